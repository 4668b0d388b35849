//! `-br`: one line per device.

use super::ether::{self, Mac};
use super::view::{Link, name, state};
use crate::field;
use crate::output::Printer;
use crate::output::color::Role;
use crate::schema::IFLA_ADDRESS;
use crate::session::Session;

/// Describes name and state, which also begin a line of `-br address`.
pub fn head(s: &Session, p: &mut Printer<'_>, l: &Link<'_>) {
    name(s, p, l, field!("ifname", "{} "), 16);
    state(p, l, 14);
}

/// Describes a device in the line of `-br link`.
pub fn describe(s: &Session, p: &mut Printer<'_>, l: &Link<'_>) {
    head(s, p, l);
    if let Some(b) = l.a.get(IFLA_ADDRESS) {
        p.colored(Role::Mac, "address", "{} ", Mac(l.hw, b));
    }
    ether::flags(p, l.flags, l.lower_is_down(s));
}
