//! The paths of a multipath route: consecutive `struct rtnexthop` (linux/rtnetlink.h).

use super::Index;
use super::attr::{TYPE_MASK, align, u16_at, u32_at};
use crate::schema::{NESTED, RTA_ENCAP, RTA_MULTIPATH};

/// A path: its flags, its weight, its device, its attributes.
pub struct Hop<'a> {
    /// `rtnh_flags`, RTNH_F_*.
    pub flags: u8,
    /// `rtnh_hops`: the weight less one.
    pub weight: u8,
    /// `rtnh_ifindex`.
    pub dev: u32,
    /// Its attributes.
    pub a: Index<'a, 32>,
    /// Its attributes, unparsed.
    pub bytes: &'a [u8],
}

/// The paths of RTA_MULTIPATH; an invalid length ends them.
pub struct Hops<'a>(&'a [u8]);

impl<'a> Hops<'a> {
    /// The paths in the content of RTA_MULTIPATH.
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

/// Sets NLA_F_NESTED on each RTA_ENCAP among a route's attributes: netlink-packet-route sets it on some only, the
/// kernel's dumps on none, but without it many types are refused.
pub fn mark_encaps(attrs: &mut [u8]) {
    let mut rest = attrs;
    while let (Some(len), Some(kind)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let len = usize::from(len);
        let (Some(body), true) = (rest.get_mut(4..len), len >= 4) else { return };
        match kind & TYPE_MASK {
            RTA_MULTIPATH => mark_hops(body),
            RTA_ENCAP => {
                if let Some(place) = rest.get_mut(2..4) {
                    place.copy_from_slice(&(kind | NESTED).to_ne_bytes());
                }
            }
            _ => {}
        }
        rest = rest.get_mut(align(len)..).unwrap_or_default();
    }
}

/// Sets it in each path, after struct rtnexthop.
fn mark_hops(hops: &mut [u8]) {
    let mut rest = hops;
    while let Some(len) = u16_at(rest, 0).map(usize::from) {
        match rest.get_mut(8..len) {
            Some(body) => mark_encaps(body),
            None => return,
        }
        rest = rest.get_mut(align(len)..).unwrap_or_default();
    }
}
