//! Bounds of a route's prefix: `root`, `match`, `exact`.

use crate::grammar::address::{Addr, Prefix, UNSPEC};

/// Bounds that a route's prefix must lie between.
#[derive(Default)]
pub struct Range {
    /// `root`: the prefix is inside this one.
    root: Option<Bound>,
    /// `match`: the prefix contains this one.
    matching: Option<Bound>,
}

/// A prefix with its address as bytes, if it has one.
#[derive(Clone)]
struct Bound {
    prefix: Prefix,
    bytes: Option<Vec<u8>>,
}

impl Range {
    /// Sets a bound.
    pub fn set(&mut self, (how, prefix): (How, Prefix)) {
        let p = Bound { bytes: prefix.addr.as_ref().map(Addr::bytes), prefix };
        match how {
            How::Root => self.root = Some(p),
            How::Match => self.matching = Some(p),
            How::Exact => {
                self.root = Some(p.clone());
                self.matching = Some(p);
            }
        }
    }

    /// Whether there is a bound.
    pub fn narrows(&self) -> bool {
        self.root.is_some() || self.matching.is_some()
    }

    /// Whether a route's prefix (zeros if it has no address) lies within the bounds.
    pub fn matches(&self, family: u8, addr: Option<&[u8]>, len: u8) -> bool {
        let addr = addr.unwrap_or(&[0; 16]);
        if let Some(Bound { prefix: p, bytes: Some(bytes) }) = &self.root
            && (p.family != family || p.len > len || !alike(bytes, addr, p.len))
        {
            return false;
        }
        match &self.matching {
            Some(Bound { prefix: p, bytes: Some(bytes) }) => {
                p.family == family && p.len >= len && alike(bytes, addr, len)
            }
            // `any` without a family matches everything, with one the default route.
            Some(Bound { prefix: p, bytes: None }) => !p.given && p.family == UNSPEC || len == 0,
            None => true,
        }
    }
}

/// Whether two addresses begin with the same bits.
fn alike(a: &[u8], b: &[u8], bits: u8) -> bool {
    let bit = |bytes: &[u8], i: u8| bytes.get(usize::from(i / 8)).map(|byte| byte & (0x80 >> (i % 8)) != 0);
    let whole = usize::from(bits / 8);
    match (a.get(..whole), b.get(..whole)) {
        (Some(x), Some(y)) if x == y => (bits - bits % 8..bits).all(|i| bit(a, i) == bit(b, i)),
        _ => false,
    }
}

/// How a prefix is compared.
#[derive(Clone, Copy)]
pub enum How {
    Root,
    Match,
    Exact,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::address::{INET, INET6, MPLS, prefix};

    fn matches(how: How, wanted: &str, family: u8, addr: Option<&[u8]>, len: u8) -> bool {
        let mut range = Range::default();
        range.set((how, prefix(wanted.as_bytes(), family).unwrap()));
        range.matches(family, addr, len)
    }

    #[test]
    fn prefixes_between_bounds() {
        let net = Some(&[10u8, 9, 0, 0][..]);
        for (how, wanted, len, expected) in [
            (How::Exact, "10.9.0.0/16", 16, true),
            (How::Exact, "10.9.0.0/16", 24, false),
            (How::Root, "10.10.0.0/15", 16, false),
            (How::Root, "10.8.0.0/15", 16, true),
            (How::Root, "10.9.0.0/16", 15, false),
            (How::Root, "0.0.0.0/0", 16, true),
            (How::Root, "default", 16, true),
            (How::Match, "10.9.0.7", 16, true),
            (How::Match, "10.9.0.0/15", 16, false),
            (How::Match, "default", 16, false),
            (How::Match, "any", 16, false),
            (How::Root, "any", 16, true),
        ] {
            assert_eq!(matches(how, wanted, INET, net, len), expected, "{wanted} {len}");
        }
        assert!(matches(How::Match, "any", UNSPEC, net, 16));
        assert!(matches(How::Match, "any", INET, None, 0));
        assert!(matches(How::Match, "10.9.0.7", INET, None, 0));
        assert!(matches(How::Exact, "default", INET, None, 0));
        assert!(!matches(How::Exact, "::/0", INET6, net, 16));
        // Only the 20 bits of an MPLS label count.
        assert!(matches(How::Exact, "100", MPLS, Some(&[0, 6, 0x40, 0]), 20));
        assert!(!matches(How::Exact, "101", MPLS, Some(&[0, 6, 0x41, 0]), 20));
    }

    #[test]
    fn short_addresses_fit_nothing() {
        assert!(!alike(&[10, 0, 0, 0], &[10], 16));
        assert!(alike(&[], &[], 0));
    }
}
