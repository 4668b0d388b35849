//! The paths of a multipath route: consecutive `struct rtnexthop` (linux/rtnetlink.h).

use super::Index;
use super::attr::{align, u16_at, u32_at};

/// One hop: its flags, its weight less one, its device, its attributes.
pub struct Hop<'a> {
    /// `rtnh_flags`, RTNH_F_*.
    pub flags: u8,
    /// `rtnh_hops`: the weight less one.
    pub weight: u8,
    /// `rtnh_ifindex`.
    pub dev: u32,
    /// Its attributes.
    pub a: Index<'a, 32>,
    /// Its attributes as they came.
    pub bytes: &'a [u8],
}

/// The hops of a multipath attribute; a length that cannot be ends them.
pub struct Hops<'a>(&'a [u8]);

impl<'a> Hops<'a> {
    /// Of the content of a multipath attribute.
    pub fn new(list: &'a [u8]) -> Hops<'a> {
        Hops(list)
    }
}

impl<'a> Iterator for Hops<'a> {
    type Item = Hop<'a>;

    fn next(&mut self) -> Option<Hop<'a>> {
        let len = usize::from(u16_at(self.0, 0)?);
        let body = self.0.get(8..len)?;
        let (flags, weight, dev) = (*self.0.get(2)?, *self.0.get(3)?, u32_at(self.0, 4)?);
        let hop = Hop { flags, weight, dev, a: Index::new(body), bytes: body };
        self.0 = self.0.get(align(len)..).unwrap_or_default();
        Some(hop)
    }
}
