//! Attributes of received messages as bounds-checked slices. A malformed attribute does not invalidate the message.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The bits of the attribute number, without NLA_F_NESTED and NLA_F_NET_BYTEORDER.
pub const TYPE_MASK: u16 = 0x3fff;

/// Rounds up to netlink's alignment of four bytes.
pub fn align(n: usize) -> usize {
    n.saturating_add(3) & !3
}

/// The attributes in a byte slice, in order. Stops at the first malformed one.
#[derive(Clone)]
pub struct Attrs<'a>(pub &'a [u8]);

impl<'a> Iterator for Attrs<'a> {
    type Item = (u16, &'a [u8]);

    #[inline(always)]
    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let [l0, l1, k0, k1] = *self.0.first_chunk()?;
        let len = usize::from(u16::from_ne_bytes([l0, l1]));
        let kind = u16::from_ne_bytes([k0, k1]);
        let body = self.0.get(4..len)?;
        self.0 = self.0.get(align(len)..).unwrap_or_default();
        Some((kind & TYPE_MASK, body))
    }
}

/// The value of the last attribute of a type in a list, without an index of the others.
pub fn last(list: &[u8], wanted: u16) -> Option<&[u8]> {
    Attrs(list).filter(|(kind, _)| *kind == wanted).last().map(|(_, value)| value)
}

/// A 16-bit number at an offset, in host byte order; `None` past the end.
#[inline(always)]
pub fn u16_at(b: &[u8], at: usize) -> Option<u16> {
    b.get(at..)?.first_chunk().map(|c| u16::from_ne_bytes(*c))
}

/// A 32-bit number at an offset, in host byte order; `None` past the end.
#[inline(always)]
pub fn u32_at(b: &[u8], at: usize) -> Option<u32> {
    b.get(at..)?.first_chunk().map(|c| u32::from_ne_bytes(*c))
}

/// A 64-bit number at an offset, in host byte order; `None` past the end.
#[inline(always)]
pub fn u64_at(b: &[u8], at: usize) -> Option<u64> {
    b.get(at..)?.first_chunk().map(|c| u64::from_ne_bytes(*c))
}

/// An index of attributes by type: the last of each type wins, as in the kernel's own parsers. It stores the offset of
/// each value in units of the alignment, so that 0 means absent; the length precedes the value. Attributes beyond 256
/// KiB are not found: no message is so long, and a smaller index costs half as much to clear and move.
pub struct Index<'a, const N: usize> {
    bytes: &'a [u8],
    starts: [u16; N],
}

/// An index wide enough for any nest that `rip` reads.
pub type Nested<'a> = Index<'a, 72>;

/// The length and the type at the head of an attribute, from one load: the length stands first in memory.
#[inline(always)]
fn head_of(head: [u8; 4]) -> (usize, usize) {
    let head = u32::from_ne_bytes(head);
    let (len, kind) = match cfg!(target_endian = "big") {
        true => (head >> 16, head & 0xffff),
        false => (head & 0xffff, head >> 16),
    };
    (len as usize, (kind & u32::from(TYPE_MASK)) as usize)
}

/// Stores the starts of the attributes of a list, up to the first that is longer than the rest.
#[cold]
#[inline(never)]
fn index_checked(list: &[u8], starts: &mut [u16]) {
    starts.fill(0);
    let mut rest = list;
    while let Some(head) = rest.first_chunk::<4>() {
        let (len, kind) = head_of(*head);
        if len < 4 || len > rest.len() {
            break;
        }
        if let Some(slot) = starts.get_mut(kind) {
            *slot = ((list.len() - rest.len()) / 4 + 1) as u16;
        }
        rest = rest.get(align(len)..).unwrap_or_default();
    }
}

impl<'a, const N: usize> Index<'a, N> {
    /// Indexes a list of attributes.
    #[inline(never)]
    pub fn new(bytes: &'a [u8]) -> Index<'a, N> {
        Index::of_record(bytes)
    }

    /// The same as part of the caller, for records of which there are many: elsewhere its copies would make the program larger.
    #[inline(always)]
    pub fn of_record(bytes: &'a [u8]) -> Index<'a, N> {
        let mut starts = [0u16; N];
        // No start is above 65,535 units then.
        let list = bytes.get(..4 * usize::from(u16::MAX - 1)).unwrap_or(bytes);
        let words = list.as_chunks::<4>().0;
        let mut at = 0usize;
        while let Some(head) = words.get(at) {
            let (len, kind) = head_of(*head);
            if len < 4 {
                break;
            }
            at = at.wrapping_add(1);
            if let Some(slot) = starts.get_mut(kind) {
                *slot = at as u16;
            }
            at = at.wrapping_add((len - 1) >> 2);
        }
        // The last one may be longer than the list: looked at here, not for each.
        if at > words.len() {
            index_checked(list, &mut starts);
        }
        Index { bytes, starts }
    }

    /// Whether any of these occurs.
    #[inline(always)]
    pub fn has_any<const M: usize>(&self, kinds: [u16; M]) -> bool {
        kinds.into_iter().fold(0, |all, kind| all | self.starts.get(usize::from(kind)).copied().unwrap_or(0)) != 0
    }

    /// The value of an attribute.
    #[inline(always)]
    pub fn get(&self, kind: u16) -> Option<&'a [u8]> {
        let start = *self.starts.get(usize::from(kind))?;
        if start == 0 {
            return None;
        }
        let rest = self.bytes.get((usize::from(start) - 1) * 4..)?;
        let ([l0, l1, ..], value) = rest.split_first_chunk::<4>()?;
        value.get(..usize::from(u16::from_ne_bytes([*l0, *l1])).wrapping_sub(4))
    }

    /// Whether an attribute occurs.
    #[inline(always)]
    pub fn has(&self, kind: u16) -> bool {
        self.starts.get(usize::from(kind)).is_some_and(|start| *start != 0)
    }

    /// A byte.
    #[inline(always)]
    pub fn u8(&self, kind: u16) -> Option<u8> {
        self.get(kind)?.first().copied()
    }

    /// A 16-bit number in host byte order.
    pub fn u16(&self, kind: u16) -> Option<u16> {
        u16_at(self.get(kind)?, 0)
    }

    /// A 16-bit number in network byte order.
    pub fn be16(&self, kind: u16) -> Option<u16> {
        self.u16(kind).map(u16::from_be)
    }

    /// A 32-bit number in host byte order.
    #[inline(always)]
    pub fn u32(&self, kind: u16) -> Option<u32> {
        u32_at(self.get(kind)?, 0)
    }

    /// A 32-bit number in network byte order.
    pub fn be32(&self, kind: u16) -> Option<u32> {
        self.u32(kind).map(u32::from_be)
    }

    /// A signed 32-bit number in host byte order.
    pub fn s32(&self, kind: u16) -> Option<i32> {
        self.u32(kind).map(u32::cast_signed)
    }

    /// A 64-bit number in host byte order.
    #[inline(always)]
    pub fn u64(&self, kind: u16) -> Option<u64> {
        u64_at(self.get(kind)?, 0)
    }

    /// A string, up to its NUL.
    pub fn str(&self, kind: u16) -> Option<&'a [u8]> {
        Some(until_nul(self.get(kind)?))
    }

    /// The attributes inside an attribute.
    pub fn nest(&self, kind: u16) -> Option<Nested<'a>> {
        Some(Nested::new(self.get(kind)?))
    }

    /// The value of one attribute inside an attribute, without an index of the others.
    pub fn inner(&self, kind: u16, inner: u16) -> Option<&'a [u8]> {
        last(self.get(kind)?, inner)
    }

    /// An IPv4 address.
    pub fn v4(&self, kind: u16) -> Option<Ipv4Addr> {
        self.get(kind)?.first_chunk().map(|b: &[u8; 4]| Ipv4Addr::from(*b))
    }

    /// An IPv6 address.
    pub fn v6(&self, kind: u16) -> Option<Ipv6Addr> {
        self.get(kind)?.first_chunk().map(|b: &[u8; 16]| Ipv6Addr::from(*b))
    }

    /// An IP address of a family.
    pub fn ip(&self, kind: u16, family: u8) -> Option<IpAddr> {
        match family {
            2 => self.v4(kind).map(IpAddr::V4),
            10 => self.v6(kind).map(IpAddr::V6),
            _ => None,
        }
    }
}

/// The bytes before the first NUL.
#[inline]
pub fn until_nul(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    bytes.get(..end).unwrap_or_default()
}

/// Appends an attribute (for messages that netlink-packet-route lacks, and for filters).
pub fn put(out: &mut Vec<u8>, kind: u16, body: &[u8]) {
    let len = u16::try_from(body.len() + 4).unwrap_or(u16::MAX);
    out.extend_from_slice(&len.to_ne_bytes());
    out.extend_from_slice(&kind.to_ne_bytes());
    out.extend_from_slice(body);
    out.resize(align(out.len()), 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_and_stops_at_rubbish() {
        let mut b = Vec::new();
        put(&mut b, 1, &[7]);
        put(&mut b, 0x8002, &5u32.to_ne_bytes());
        let i: Index<'_, 8> = Index::new(&b);
        assert_eq!((i.u8(1), i.u32(2), i.u64(2)), (Some(7), Some(5), None));
        for cut in 0..b.len() {
            let whole = Attrs(&b[..cut]).count();
            let i: Index<'_, 8> = Index::new(&b[..cut]);
            assert_eq!((i.has(1), i.has(2)), (whole > 0, whole > 1), "{cut}");
        }
        // A length of 0 (or shorter than its own header) ends the list.
        assert_eq!(Attrs(&[0, 0, 1, 0, 4, 0, 1, 0]).count(), 0);
    }
}
