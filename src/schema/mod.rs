//! Declares rtnetlink messages as data: message types, headers and attributes, each once.
//!
//! A row names an attribute like the kernel's headers, and says what form its value has, whether a request can carry it
//! back, and which keyword of `ip` sets it. The constants, the names and values in `-dry-run -j`, what a rollback sends
//! back and the keyword that a hint gives for a missing attribute all follow from the row.
//!
//! The layer imports nothing of ours. The attributes of a link kind, a port or a lightweight tunnel stay in their own
//! file; code that walks a message passes the look-ups that reach them (`Kinds`).

mod address;
pub mod family;
mod link;
mod message;
mod neigh;
mod netconf;
mod nexthop;
mod nsid;
mod route;
mod rule;
mod stats;
pub mod xfrm;

pub use address::*;
pub use link::*;
pub use message::*;
pub use neigh::*;
pub use netconf::*;
pub use nexthop::*;
pub use nsid::*;
pub use route::*;
pub use rule::*;
pub use stats::*;

/// NLA_F_NESTED (linux/netlink.h): the attribute's value is a list of attributes.
pub const NESTED: u16 = 0x8000;

/// The form of a value. Numbers are in host byte order unless the name says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A byte.
    U8,
    /// 16 bits.
    U16,
    /// 32 bits.
    U32,
    /// 64 bits.
    U64,
    /// 32 bits, signed.
    I32,
    /// 16 bits in network byte order.
    Be16,
    /// 32 bits in network byte order.
    Be32,
    /// 64 bits in network byte order.
    Be64,
    /// A string, optionally NUL-terminated.
    Text,
    /// An IPv4 or IPv6 address, by its length.
    Ip,
    /// A link-layer address.
    Mac,
    /// A structure, or opaque bytes.
    Bytes,
    /// A key, or a structure with a key: never printed.
    Secret,
    /// No value: only its presence counts (NLA_FLAG).
    Flag,
    /// struct rtnexthop, repeated, each with the attributes of a route.
    Hops,
    /// Attributes.
    Nest(Inner),
}

/// The attributes inside a nest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inner {
    /// Those of a table.
    Attrs(&'static [Attr]),
    /// An array: the attributes' numbers are indexes, and all have the same form.
    Array(&'static Form),
    /// A link: struct ifinfomsg, then the attributes of a link.
    Link,
    /// Those of the link kind that the attribute beside it names (IFLA_INFO_KIND).
    Kind,
    /// Those of a port of the kind that the attribute beside it names (IFLA_INFO_SLAVE_KIND).
    Port,
    /// Those of the lightweight tunnel whose type is in this attribute beside it.
    Encap(u16),
}

/// The direction of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The kernel reports it, but accepts it in no request that creates or changes the object.
    Read,
    /// The kernel accepts the reported value, but only in a request that creates the object.
    Create,
    /// The kernel accepts the reported value, also in a change.
    Set,
    /// It occurs only in requests, or is reported in another form.
    Request,
}

/// An attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attr {
    /// Its number, without the flag bits.
    pub number: u16,
    /// Its name in the kernel's headers.
    pub name: &'static str,
    /// The form of its value.
    pub form: Form,
    /// Whether it is read, set, or both.
    pub access: Access,
    /// The keyword of `ip` that sets it, if the kernel can report it as missing; otherwise empty.
    pub word: &'static str,
    /// The members of `show`'s JSON record that its value decides; `None`: not declared, so any of them.
    pub keys: Option<&'static [&'static str]>,
}

impl Attr {
    /// Whether a request can carry back the reported value.
    pub const fn is_settable(&self) -> bool {
        matches!(self.access, Access::Create | Access::Set)
    }
}

/// Declares attributes: a constant for each, and a table of them.
///
/// A row is `NAME = number: form, access;`, with the keyword of `ip` before the semicolon if needed, and after `->` the
/// members of the JSON record that the attribute decides. Without a number the constant is libc's.
#[macro_export]
macro_rules! attrs {
    ($(#[$doc:meta])* $vis:vis const $table:ident;
     $($(#[$note:meta])* $name:ident $(= $number:literal)?: $form:expr, $access:ident $(, $word:literal)? $(-> $($key:literal)+)?;)*) => {
        $(
            #[doc = concat!("The attribute ", stringify!($name), ".")]
            $(#[$note])*
            #[allow(dead_code)]
            $vis const $name: u16 = $crate::attr_number!($name $(, $number)?);
        )*
        $(#[$doc])*
        $vis const $table: &[$crate::schema::Attr] = {
            #[allow(unused_imports)]
            use $crate::schema::{Form::*, Inner::*};
            &[$($crate::schema::Attr {
                number: $name,
                name: stringify!($name),
                form: $form,
                access: $crate::schema::Access::$access,
                word: concat!($($word)?),
                keys: $crate::attr_keys!($($($key)+)?),
            },)*]
        };
    };
}

/// The members of the JSON record that an attribute decides, if its row names them.
#[doc(hidden)]
#[macro_export]
macro_rules! attr_keys {
    () => {
        None
    };
    ($($key:literal)+) => {
        Some(&[$($key),+])
    };
}

/// The number of an attribute: as given, or libc's.
#[doc(hidden)]
#[macro_export]
macro_rules! attr_number {
    ($name:ident) => {
        nix::libc::$name
    };
    ($name:ident, $number:literal) => {
        $number
    };
}

/// The row of an attribute in a table.
pub fn find(table: &[Attr], number: u16) -> Option<&Attr> {
    table.iter().find(|a| a.number == number)
}

/// The value that a request must carry for a reported one; `None`: the same.
pub type RequestValue = fn(u16, &[u8]) -> Option<Vec<u8>>;

/// How a link kind differs from the default: how its `rtnl_link_ops` treats the attributes of a request, as far as
/// recreating a link or reverting a change depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Quirks {
    /// A request with the reported attributes creates the same link again.
    pub recreatable: bool,
    /// The kernel resets what a change omits to its default: its `changelink` takes the parameters from the request
    /// only.
    pub resets: bool,
    /// The kernel refuses some settings at creation: they are sent in a change.
    pub settings_follow: bool,
    /// The carrier is a setting: IFLA_CARRIER in a change sets it.
    pub sets_carrier: bool,
    /// The kernel chooses the link-layer address from the ports unless one was set; an address of zeros is no setting.
    pub address_from_ports: bool,
    /// The attribute with the peer's message, for kinds that come in pairs.
    pub peer: Option<u16>,
    /// The attribute with the index of the underlay device, if that is not IFLA_LINK.
    pub underlay: Option<u16>,
    /// Switches (NLA_FLAG) that the kernel reports as a byte: in a request their presence turns them on, whatever the
    /// value.
    pub presence: &'static [u16],
    /// The value that a request must carry for a reported one, if they differ.
    pub request_value: Option<RequestValue>,
}

impl Quirks {
    /// The default.
    pub const NONE: Quirks = Quirks {
        recreatable: false,
        resets: false,
        settings_follow: false,
        sets_carrier: false,
        address_from_ports: false,
        peer: None,
        underlay: None,
        presence: &[],
        request_value: None,
    };
}

/// Looks up what link kinds, ports and lightweight tunnels declare.
pub trait Kinds {
    /// The attributes of a link kind (IFLA_INFO_DATA).
    fn kind(&self, name: &[u8]) -> Option<&'static [Attr]>;
    /// How a link kind differs from the default.
    fn quirks(&self, kind: &[u8]) -> Quirks;
    /// The attributes of a port of a link kind (IFLA_INFO_SLAVE_DATA).
    fn port(&self, master: &[u8]) -> Option<&'static [Attr]>;
    /// The attributes of a lightweight tunnel (enum lwtunnel_encap_types).
    fn encap(&self, kind: u16) -> Option<&'static [Attr]>;
}

/// What determines the attributes of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// A table.
    Attrs(&'static [Attr]),
    /// An array: the numbers are indexes, and all values have this form.
    Array(&'static Form),
    /// The table of a link, after struct ifinfomsg.
    Link,
}

impl Names {
    /// The row of an attribute.
    pub fn row(self, number: u16) -> Option<&'static Attr> {
        match self {
            Names::Attrs(table) => find(table, number),
            Names::Link => find(LINK_ATTRS, number),
            Names::Array(_) => None,
        }
    }

    /// Bytes before the attributes.
    pub const fn header_len(self) -> usize {
        match self {
            Names::Link => IFINFOMSG,
            Names::Attrs(_) | Names::Array(_) => 0,
        }
    }
}

impl Inner {
    /// The attributes inside a nest. `beside` returns the value of an attribute of the enclosing list.
    pub fn names<'a>(self, beside: impl Fn(u16) -> Option<&'a [u8]>, kinds: &dyn Kinds) -> Option<Names> {
        let name = |attr| beside(attr).and_then(|b| b.split(|c| *c == 0).next());
        let table = match self {
            Inner::Attrs(table) => Some(table),
            Inner::Array(form) => return Some(Names::Array(form)),
            Inner::Link => return Some(Names::Link),
            Inner::Kind => name(IFLA_INFO_KIND).and_then(|n| kinds.kind(n)),
            // `link set type bridge_slave` sends the port's kind as IFLA_INFO_KIND.
            Inner::Port => match (name(IFLA_INFO_SLAVE_KIND), name(IFLA_INFO_KIND)) {
                (Some(master), _) => kinds.port(master),
                (None, Some(port)) => port.strip_suffix(b"_slave").and_then(|master| kinds.port(master)),
                (None, None) => None,
            },
            Inner::Encap(attr) => {
                let kind = beside(attr).and_then(|b| b.first_chunk::<2>()).map(|b| u16::from_ne_bytes(*b));
                kind.and_then(|k| kinds.encap(k))
            }
        };
        table.map(Names::Attrs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_each_number_is_declared_once() {
        let tables = MESSAGES.iter().map(|m| m.attrs).chain([LINKINFO_ATTRS, METRIC_ATTRS]);
        for table in tables {
            let numbers: Vec<u16> = table.iter().map(|a| a.number).collect();
            assert!(numbers.is_sorted_by(|a, b| a < b), "{:?}", table.first().map(|a| a.name));
        }
    }

    #[test]
    fn a_row_is_a_constant_and_a_name() {
        let mtu = find(LINK_ATTRS, IFLA_MTU).expect("a row");
        assert_eq!((mtu.name, mtu.form, mtu.is_settable(), mtu.word), ("IFLA_MTU", Form::U32, true, ""));
        assert_eq!(find(ROUTE_ATTRS, RTA_OIF).map(|a| a.word), Some("dev"));
        assert_eq!(find(LINK_ATTRS, 999), None);
    }
}
