//! The types of a route (linux/rtnetlink.h, RTN_*), by name.

use crate::output::scalar::{Scalar, decimal};
use crate::schema::{RTN_ANYCAST, RTN_BROADCAST, RTN_LOCAL, RTN_MULTICAST, RTN_NAT, RTN_UNICAST};
use crate::session::Session;

/// Names in iproute2's matching order; `~` marks those that may be shortened.
const TYPES: &[(&str, u8)] = &[
    ("local", RTN_LOCAL),
    ("nat", RTN_NAT),
    ("broadcast~", RTN_BROADCAST),
    ("brd", RTN_BROADCAST),
    ("anycast~", RTN_ANYCAST),
    ("multicast~", RTN_MULTICAST),
    ("prohibit~", 8),
    ("unreachable~", 7),
    ("blackhole~", 6),
    ("xresolve~", 11),
    ("unicast~", RTN_UNICAST),
    ("throw", 9),
];

/// The route type of a word: a name, or a number that cannot be an address.
pub fn number(word: &[u8]) -> Option<u8> {
    if word.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let named = TYPES.iter().find(|(n, _)| crate::grammar::spells(n, word)).map(|(_, v)| *v);
    // `+5` and ` 5` cannot be addresses.
    named.or_else(|| crate::grammar::number::U8::parse(word))
}

/// The route type of a word where nothing else is possible: a name or any number.
pub fn number_or_digits(word: &[u8]) -> Option<u8> {
    number(word).or_else(|| crate::grammar::number::U8::parse(word))
}

/// The names of the route types.
pub fn names() -> impl Iterator<Item = &'static str> {
    TYPES.iter().map(|(n, _)| crate::grammar::full(n))
}

/// A route type for printing: its name, or with -N its number.
pub struct Type {
    value: u8,
    numeric: bool,
}

/// A route type for printing.
pub fn shown(s: &Session, value: u8) -> Type {
    Type { value, numeric: s.options.numeric }
}

impl Type {
    fn name(&self) -> Option<&'static str> {
        if self.numeric {
            return None;
        }
        if self.value == 0 {
            return Some("none");
        }
        TYPES.iter().find(|(_, v)| *v == self.value).map(|(n, _)| crate::grammar::full(n))
    }
}

impl Scalar for Type {
    fn text(&self, out: &mut Vec<u8>) {
        match self.name() {
            Some(n) => out.extend_from_slice(n.as_bytes()),
            None => decimal(out, self.value.into()),
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        self.text(out);
        out.push(b'"');
    }
}
