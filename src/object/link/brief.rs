//! `-br`: one line for a device.

use super::ether::{self, Mac};
use super::view::{Link, name, state};
use crate::output::Printer;
use crate::output::color::Role;
use crate::schema::IFLA_ADDRESS;
use crate::session::Session;

/// Name and state, which `-br address` begins with too.
pub fn head(s: &Session, p: &mut Printer<'_>, l: &Link<'_>) {
    name(s, p, l, "{} ", 16);
    state(p, l, 14);
}

/// The line of `-br link`.
pub fn describe(s: &Session, p: &mut Printer<'_>, l: &Link<'_>) {
    head(s, p, l);
    if let Some(b) = l.a.get(IFLA_ADDRESS) {
        p.colored(Role::Mac, "address", "{} ", Mac(l.hw, b));
    }
    ether::flags(p, l.flags, l.lower_is_down(s));
}
