//! Values that can be written, as text and as JSON, without allocating.

use super::escape;
use crate::sys::append;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One of our own words, which needs no escaping.
pub struct Literal(pub &'static str);

impl Scalar for Literal {
    fn text(&self, out: &mut Vec<u8>) {
        push_short(out, self.0.as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        append(out, [b'"'], 1);
        push_short(out, self.0.as_bytes());
        append(out, [b'"'], 1);
    }
}

/// A value of a field.
pub trait Scalar {
    fn text(&self, out: &mut Vec<u8>);
    fn json(&self, out: &mut Vec<u8>);
}

/// The digits of 0 to 255, each followed by a dot, for IPv4 addresses. With a division for each digit `route show` took 16 % more instructions (2,788 instead of 2,404 a route, callgrind).
static OCTETS: [[u8; 4]; 256] = {
    let mut table = [[0; 4]; 256];
    let mut v = 0u8;
    loop {
        let (a, b, c) = (b'0' + v / 100, b'0' + v / 10 % 10, b'0' + v % 10);
        #[allow(clippy::indexing_slicing)]
        {
            table[v as usize] = match v {
                0..=9 => [c, b'.', 0, 0],
                10..=99 => [b, c, b'.', 0],
                _ => [a, b, c, b'.'],
            };
        }
        if v == u8::MAX {
            break table;
        }
        v += 1;
    }
};

/// How many bytes of it are used.
static OCTET_LENGTHS: [u8; 256] = {
    let mut table = [2; 256];
    let mut v = 10;
    while v < 256 {
        #[allow(clippy::indexing_slicing)]
        {
            table[v] = if v < 100 { 3 } else { 4 };
        }
        v += 1;
    }
    table
};

/// The digits of two octets, each followed by a dot, and how many bytes that is.
#[inline(always)]
fn octet_pair(a: u8, b: u8) -> ([u8; 8], usize) {
    let word = |v: u8| OCTETS.get(usize::from(v)).map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)));
    let len = |v: u8| OCTET_LENGTHS.get(usize::from(v)).map_or(0, |n| u32::from(*n));
    ((word(a) | word(b).wrapping_shl(8 * len(a))).to_le_bytes(), (len(a) + len(b)) as usize)
}

/// Appends an IPv4 address.
#[inline(always)]
pub fn push_v4(out: &mut Vec<u8>, [a, b, c, d]: [u8; 4]) {
    let (bytes, len) = octet_pair(a, b);
    append(out, bytes, len);
    let (bytes, len) = octet_pair(c, d);
    append(out, bytes, len.wrapping_sub(1));
}

/// Appends a short run of bytes by two overlapping stores: a copy of unknown length would be a call of memcpy.
#[inline(always)]
pub fn push_short(out: &mut Vec<u8>, bytes: &[u8]) {
    match (bytes.len(), bytes) {
        (0, _) => {}
        (4..=8, [a, b, c, d, ..]) => {
            let [w, x, y, z] = bytes.last_chunk().copied().unwrap_or_default();
            // The last four bytes go at offset `n - 4`.
            let behind = 8 * (bytes.len() - 4);
            let word =
                u64::from(u32::from_le_bytes([*a, *b, *c, *d])) | u64::from(u32::from_le_bytes([w, x, y, z])) << behind;
            append(out, word.to_le_bytes(), bytes.len());
        }
        (9..=16, _) => {
            append(out, bytes.first_chunk::<8>().copied().unwrap_or_default(), bytes.len() - 8);
            append(out, bytes.last_chunk::<8>().copied().unwrap_or_default(), 8);
        }
        (1, [a, ..]) => append(out, [*a], 1),
        (2, [a, b, ..]) => append(out, [*a, *b], 2),
        (3, [a, b, c, ..]) => append(out, [*a, *b, *c], 3),
        _ => out.extend_from_slice(bytes),
    }
}

/// Appends decimal digits.
pub fn decimal(out: &mut Vec<u8>, v: u64) {
    if let Ok(v) = u8::try_from(v) {
        let digits = 1 + usize::from(v > 9) + usize::from(v > 99);
        return append(out, OCTETS.get(usize::from(v)).copied().unwrap_or_default(), digits);
    }
    if v >= EIGHT_DIGITS {
        return long_decimal(out, v);
    }
    let digits = eight_digits(v);
    // Leading zeros: their bytes have only the bits of '0'.
    let zeros = (digits ^ ZEROS).trailing_zeros() / 8;
    append(out, (digits >> (8 * zeros)).to_le_bytes(), 8 - zeros as usize);
}

#[inline(never)]
fn long_decimal(out: &mut Vec<u8>, v: u64) {
    decimal(out, v / EIGHT_DIGITS);
    append(out, eight_digits(v % EIGHT_DIGITS).to_le_bytes(), 8);
}

const EIGHT_DIGITS: u64 = 100_000_000;
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The eight digits of a number below 10^8, the first in the lowest byte: halves, quarters and digits are divided side
/// by side in one word.
#[inline(always)]
fn eight_digits(v: u64) -> u64 {
    let fours = (v / 10_000) | ((v % 10_000) << 32);
    // 10486 / 2^20 is 1 / 100 for numbers of four digits, 103 / 2^10 is 1 / 10 for those of two.
    let hundreds = (fours.wrapping_mul(10_486) >> 20) & 0x7f_0000_007f;
    let twos = hundreds | (fours - hundreds * 100) << 16;
    let tens = (twos.wrapping_mul(103) >> 10) & 0x0f_000f_000f_000f;
    (tens | (twos - tens * 10) << 8) | ZEROS
}

macro_rules! unsigned {
    ($($ty:ty)*) => {$(
        impl Scalar for $ty {
            fn text(&self, out: &mut Vec<u8>) {
                decimal(out, u64::from(*self));
            }
            fn json(&self, out: &mut Vec<u8>) {
                decimal(out, u64::from(*self));
            }
        }
    )*};
}
unsigned!(u8 u16 u32 u64);

macro_rules! signed {
    ($($ty:ty)*) => {$(
        impl Scalar for $ty {
            fn text(&self, out: &mut Vec<u8>) {
                if *self < 0 {
                    out.push(b'-');
                }
                decimal(out, u64::from(self.unsigned_abs()));
            }
            fn json(&self, out: &mut Vec<u8>) {
                self.text(out);
            }
        }
    )*};
}
signed!(i8 i16 i32 i64);

/// A string from outside.
impl Scalar for [u8] {
    fn text(&self, out: &mut Vec<u8>) {
        escape::text(out, self);
    }
    fn json(&self, out: &mut Vec<u8>) {
        escape::json(out, self);
    }
}

impl Scalar for Vec<u8> {
    fn text(&self, out: &mut Vec<u8>) {
        escape::text(out, self);
    }
    fn json(&self, out: &mut Vec<u8>) {
        escape::json(out, self);
    }
}

impl Scalar for str {
    fn text(&self, out: &mut Vec<u8>) {
        escape::text(out, self.as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        escape::json(out, self.as_bytes());
    }
}

impl Scalar for String {
    fn text(&self, out: &mut Vec<u8>) {
        self.as_str().text(out);
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.as_str().json(out);
    }
}

impl<T: Scalar + ?Sized> Scalar for &T {
    fn text(&self, out: &mut Vec<u8>) {
        (**self).text(out);
    }
    fn json(&self, out: &mut Vec<u8>) {
        (**self).json(out);
    }
}

impl Scalar for bool {
    fn text(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

impl Scalar for Ipv4Addr {
    fn text(&self, out: &mut Vec<u8>) {
        push_v4(out, self.octets());
    }
    fn json(&self, out: &mut Vec<u8>) {
        append(out, [b'"'], 1);
        self.text(out);
        append(out, [b'"'], 1);
    }
}

impl Scalar for Ipv6Addr {
    fn text(&self, out: &mut Vec<u8>) {
        use std::io::Write as _;
        // inet_ntop also writes the deprecated ::a.b.c.d form, where std writes hex groups.
        let s = self.segments();
        if let [0, 0, 0, 0, 0, 0, hi, lo] = s
            && hi != 0
        {
            let [a, b] = hi.to_be_bytes();
            let [c, d] = lo.to_be_bytes();
            out.extend_from_slice(b"::");
            Ipv4Addr::new(a, b, c, d).text(out);
            return;
        }
        let _ = write!(out, "{self}");
    }
    fn json(&self, out: &mut Vec<u8>) {
        append(out, [b'"'], 1);
        self.text(out);
        append(out, [b'"'], 1);
    }
}

impl Scalar for IpAddr {
    fn text(&self, out: &mut Vec<u8>) {
        match self {
            IpAddr::V4(a) => a.text(out),
            IpAddr::V6(a) => a.text(out),
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        match self {
            IpAddr::V4(a) => a.json(out),
            IpAddr::V6(a) => a.json(out),
        }
    }
}

/// A number in hexadecimal: `ff` as text, `"ff"` in JSON.
pub struct Hex {
    /// The number.
    pub value: u64,
    /// With `0x`.
    pub prefix: bool,
}

impl Hex {
    /// `0xff`
    pub fn with_prefix(value: impl Into<u64>) -> Hex {
        Hex { value: value.into(), prefix: true }
    }
    /// `0xff`, but `0` without prefix, like C's `%#x`.
    pub fn alternate(value: impl Into<u64>) -> Hex {
        let value = value.into();
        Hex { value, prefix: value != 0 }
    }
    /// `ff`
    pub fn digits(value: impl Into<u64>) -> Hex {
        Hex { value: value.into(), prefix: false }
    }
}

impl Scalar for Hex {
    fn text(&self, out: &mut Vec<u8>) {
        use std::io::Write as _;
        if self.prefix {
            out.extend_from_slice(b"0x");
        }
        let _ = write!(out, "{:x}", self.value);
    }
    fn json(&self, out: &mut Vec<u8>) {
        append(out, [b'"'], 1);
        self.text(out);
        append(out, [b'"'], 1);
    }
}

/// A formatted string, escaped like any other.
impl Scalar for std::fmt::Arguments<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        match self.as_str() {
            Some(s) => s.text(out),
            None => self.to_string().text(out),
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        match self.as_str() {
            Some(s) => s.json(out),
            None => self.to_string().json(out),
        }
    }
}

/// Text padded on the right to a width in bytes; JSON without padding.
pub struct Padded<T>(pub T, pub usize);

impl<T: Scalar> Scalar for Padded<T> {
    fn text(&self, out: &mut Vec<u8>) {
        let start = out.len();
        self.0.text(out);
        while out.len() - start < self.1 {
            out.push(b' ');
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.0.json(out);
    }
}

/// A number of hundredths of a second (timers): `0.00`, padded on the left in text to the width that iproute2 uses.
pub struct Hundredths(pub u64, pub usize);

impl Scalar for Hundredths {
    fn text(&self, out: &mut Vec<u8>) {
        let s = format!("{}.{:02}", self.0 / 100, self.0 % 100);
        for _ in s.len()..self.1 {
            out.push(b' ');
        }
        out.extend_from_slice(s.as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        Hundredths(self.0, 0).text(out);
    }
}

/// A number as C's `%g` writes it: six significant digits, no trailing zeros, an exponent below 0.0001 and from a
/// million on.
pub struct Float(pub f64);

impl Scalar for Float {
    fn text(&self, out: &mut Vec<u8>) {
        let scientific = format!("{:.5e}", self.0);
        let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let short = |digits: &str| match digits.contains('.') {
            true => digits.trim_end_matches('0').trim_end_matches('.').to_string(),
            false => digits.to_string(),
        };
        let text = match usize::try_from(5 - exponent) {
            Ok(places) if exponent >= -4 => short(&format!("{:.places$}", self.0)),
            _ => {
                let sign = if exponent < 0 { '-' } else { '+' };
                format!("{}e{sign}{:02}", short(digits), exponent.unsigned_abs())
            }
        };
        out.extend_from_slice(text.as_bytes());
    }
    /// JSON has neither infinity nor NaN: they are `null`.
    fn json(&self, out: &mut Vec<u8>) {
        match self.0.is_finite() {
            true => self.text(out),
            false => Null.json(out),
        }
    }
}

/// One value as text and another in JSON.
pub struct Both<A, B>(pub A, pub B);

impl<A: Scalar, B: Scalar> Scalar for Both<A, B> {
    fn text(&self, out: &mut Vec<u8>) {
        self.0.text(out);
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.1.json(out);
    }
}

/// JSON `null`: the flag is present.
pub struct Null;

impl Scalar for Null {
    fn text(&self, _out: &mut Vec<u8>) {}
    fn json(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"null");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(v: impl Scalar) -> String {
        let mut out = Vec::new();
        v.text(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers() {
        assert_eq!(text(0u8), "0");
        let long = (1..20u32).flat_map(|n| [10u64.pow(n) - 1, 10u64.pow(n), 10u64.pow(n) + 7]);
        for v in (0u64..20_000).chain((0..EIGHT_DIGITS).step_by(9_973)).chain(long).chain([65_535, u64::MAX]) {
            assert_eq!(text(v), v.to_string());
        }
        assert_eq!(text(i32::MIN), i32::MIN.to_string());
        assert_eq!(text(Hundredths(5, 7)), "   0.05");
        assert_eq!(text(Hex::with_prefix(255u8)), "0xff");
        for (v, wanted) in [
            (0.0, "0"),
            (0.86, "0.86"),
            (1.5, "1.5"),
            (0.000457, "0.000457"),
            (3.7e-05, "3.7e-05"),
            (100.0, "100"),
            (123_456.7, "123457"),
            (999_999.9, "1e+06"),
            (1_234_567.0, "1.23457e+06"),
            (-0.25, "-0.25"),
        ] {
            assert_eq!(text(Float(v)), wanted);
        }
    }

    #[test]
    fn v6_as_inet_ntop_writes_it() {
        for a in ["::", "::1", "::1.2.3.4", "fe80::1", "::ffff:1.2.3.4", "2001:db8:0:1::", "1:0:0:2::3"] {
            assert_eq!(text(a.parse::<Ipv6Addr>().unwrap()), a);
        }
    }
}
