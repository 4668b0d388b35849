//! A hash for maps whose keys an attacker cannot choose, such as the kernel's indexes and the administrator's names: it
//! withstands no attacks, and costs a fraction of SipHash. The maps that use it say what they gain.

use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a for bytes, the key itself for numbers.
#[derive(Default)]
pub struct TrustedKey(u64);

/// Hashes the keys of a map by [`TrustedKey`].
pub type TrustedKeys = BuildHasherDefault<TrustedKey>;

impl Hasher for TrustedKey {
    fn finish(&self) -> u64 {
        // The map wants the high bits to differ as well.
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    fn write_u32(&mut self, number: u32) {
        self.0 ^= u64::from(number);
    }
    fn write_usize(&mut self, len: usize) {
        self.0 ^= len as u64;
    }
}
