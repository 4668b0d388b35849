//! What rtnetlink messages look like, as data: message types, headers and attributes, each declared once.
//!
//! A row names an attribute as the kernel's headers do and says what form its value has, whether a request can carry
//! it back, and which keyword of `ip` sets it. The constants, the names and values in `-dry-run -j`, what a rollback
//! sends back and the keyword that a hint gives for a missing attribute all follow from the row.
//!
//! The layer imports nothing of ours. The attributes of a link kind, a port or a lightweight tunnel stay in its own
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

/// How the bytes of a value are to be read. Numbers are in the machine's order unless the name says otherwise.
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
    /// 32 bits with a sign.
    I32,
    /// 16 bits in network order.
    Be16,
    /// 32 bits in network order.
    Be32,
    /// 64 bits in network order.
    Be64,
    /// A string, with or without a NUL at its end.
    Text,
    /// An IPv4 or IPv6 address, by its length.
    Ip,
    /// A link-layer address.
    Mac,
    /// A structure, or bytes without a form.
    Bytes,
    /// A key, or a structure that holds one: no output shows it.
    Secret,
    /// It has no value: its presence is what it says.
    Flag,
    /// struct rtnexthop, repeated, each with the attributes of a route.
    Hops,
    /// Attributes.
    Nest(Inner),
}

/// What the attributes inside an attribute are.
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
    /// Those of the lightweight tunnel whose type stands beside it, in this attribute.
    Encap(u16),
}

/// In which direction an attribute goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The kernel reports it and takes it in no request that makes or changes the object.
    Read,
    /// The kernel takes back what it reports, but only in a request that creates the object.
    Create,
    /// The kernel takes back what it reports, also in a change.
    Set,
    /// It occurs in requests only, or is reported in another form than it is set in.
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
    /// The keyword of `ip` that sets it, where the kernel can report its absence; empty for the others.
    pub word: &'static str,
    /// The members of the record that `show` prints in JSON that its value decides; `None`: not declared, so any of them.
    pub keys: Option<&'static [&'static str]>,
}

impl Attr {
    /// Whether a request can carry back what the kernel reported.
    pub const fn is_settable(&self) -> bool {
        matches!(self.access, Access::Create | Access::Set)
    }
}

/// Declares attributes: a constant each, and the table of all of them.
///
/// A row is `NAME = number: form, access;`, with the keyword of `ip` before the semicolon where one is needed, and after `->`
/// the members of the JSON record that the attribute decides. Without a number the constant is libc's.
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

/// The members of a record that an attribute decides, if its row says so.
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

/// The number of an attribute: the one given, or libc's.
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

/// The value that a request must carry for an attribute's reported one; `None`: the same.
pub type RequestValue = fn(u16, &[u8]) -> Option<Vec<u8>>;

/// How a link kind departs from the plain case: what its `rtnl_link_ops` does with the attributes of a request, so far as
/// creating a link again or changing it back depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Quirks {
    /// A request made of what the kernel reports creates the same link again.
    pub recreatable: bool,
    /// The kernel sets what a change does not name to its default: its `changelink` fills the parameters from the request alone.
    pub resets: bool,
    /// The kernel refuses some settings in the request that creates the link: they follow in a change.
    pub settings_follow: bool,
    /// The carrier is a setting: IFLA_CARRIER in a change sets it.
    pub sets_carrier: bool,
    /// The kernel chooses the link-layer address from the ports unless one was set; an address of zeros is no setting.
    pub address_from_ports: bool,
    /// The attribute with the message of the other end, where links of the kind come in pairs.
    pub peer: Option<u16>,
    /// The attribute with the index of the device that its packets leave by, where that is not IFLA_LINK.
    pub underlay: Option<u16>,
    /// Switches (NLA_FLAG) that the kernel reports as a byte: their presence in a request turns them on, whatever the value.
    pub presence: &'static [u16],
    /// The value that a request must carry for one that the kernel reported, where the two differ.
    pub request_value: Option<RequestValue>,
}

impl Quirks {
    /// The plain case.
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

/// Reaches what is declared with link kinds, ports and lightweight tunnels.
pub trait Kinds {
    /// The attributes of a link kind (IFLA_INFO_DATA).
    fn kind(&self, name: &[u8]) -> Option<&'static [Attr]>;
    /// How a link kind departs from the plain case.
    fn quirks(&self, kind: &[u8]) -> Quirks;
    /// The attributes of a port of a link kind (IFLA_INFO_SLAVE_DATA).
    fn port(&self, master: &[u8]) -> Option<&'static [Attr]>;
    /// The attributes of a lightweight tunnel (enum lwtunnel_encap_types).
    fn encap(&self, kind: u16) -> Option<&'static [Attr]>;
}

/// What names the attributes of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// A table.
    Attrs(&'static [Attr]),
    /// None: they are indexes, and all values have this form.
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
    /// What names the attributes inside. `beside` gives the value of an attribute of the enclosing list.
    pub fn names<'a>(self, beside: impl Fn(u16) -> Option<&'a [u8]>, kinds: &dyn Kinds) -> Option<Names> {
        let name = |attr| beside(attr).and_then(|b| b.split(|c| *c == 0).next());
        let table = match self {
            Inner::Attrs(table) => Some(table),
            Inner::Array(form) => return Some(Names::Array(form)),
            Inner::Link => return Some(Names::Link),
            Inner::Kind => name(IFLA_INFO_KIND).and_then(|n| kinds.kind(n)),
            // `link set type bridge_slave` names the port's kind where a link's kind stands.
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
