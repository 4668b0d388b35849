//! The link kinds, one file each with the kind's words, its request and its description.

pub mod amt;
pub mod bareudp;
pub mod batadv;
pub mod bond;
pub mod bridge;
pub mod can;
pub mod can_view;
pub mod dsa;
pub mod geneve;
pub mod gtp;
pub mod hsr;
pub mod ipoib;
pub mod ipvlan;
pub mod macsec;
pub mod macvlan;
pub mod netkit;
pub mod once;
pub mod ovpn;
pub mod rmnet;
pub mod simple;
#[cfg(test)]
pub mod testing;
pub mod tun;
pub mod tunnel;
pub mod veth;
pub mod vlan;
pub mod vrf;
pub mod vxcan;
pub mod vxlan;
pub mod wwan;
pub mod xfrm;

use crate::command::Table;
use crate::command::usage::Terms;
use crate::diag::{Diag, Span};
use crate::grammar::walk::Topic;
use crate::grammar::{Arg, Grammar, Offer, Target, Words};
use crate::net::{Nested, Trail};
use crate::output::Printer;
use crate::schema::{Attr, Quirks};
use crate::session::Session;
use netlink_packet_core::{DefaultNla, Nla};
use netlink_packet_route::link::{InfoData, InfoPortData};

/// Parses the words of a kind, to the end of the line.
pub type Parse = fn(&mut Words<'_>, &Setting<'_>) -> Result<Filled, Diag>;

/// Describes a structure of counters (IFLA_INFO_XSTATS).
pub type Counts = fn(&mut RecordWriter<'_, '_, '_>, &[u8]);

/// One kind of link.
pub struct Kind {
    /// IFLA_INFO_KIND.
    pub name: &'static str,
    /// One line for help and completion.
    pub about: &'static str,
    /// Example command lines, and what each does.
    pub examples: &'static [(&'static str, &'static str)],
    /// Parses the kind's words; `None` for kinds without words.
    pub parse: Option<Parse>,
    /// The grammars of its words.
    pub tables: &'static [&'static dyn Table],
    /// Definitions of the placeholders in its usage that no row explains.
    pub terms: Terms,
    /// Whether `link help KIND` prints its own usage; for other kinds iproute2 prints that of `link`.
    pub has_usage: bool,
    /// The attributes of its data (IFLA_INFO_DATA; of a port, IFLA_INFO_SLAVE_DATA).
    pub attrs: &'static [Attr],
    /// Further words for `snapshot`, which the description lacks.
    pub more: Option<fn(&Nested<'_>) -> String>,
    /// Keywords with their default values, separated by a space: `snapshot` omits them.
    pub defaults: &'static [&'static str],
    /// Keywords that can be set only once the link has ports.
    pub late: &'static [&'static str],
    /// What rollback and `ensure` need to know about it.
    pub quirks: Quirks,
    /// Describes the kind's data.
    pub describe: Option<fn(&mut RecordWriter<'_, '_, '_>)>,
    /// Describes the kind's counters (IFLA_INFO_XSTATS).
    pub xstats: Option<Counts>,
}

impl Kind {
    /// A kind with nothing but a name; the other kinds start from this.
    pub const fn named(name: &'static str) -> Kind {
        Kind {
            name,
            about: "",
            examples: &[],
            parse: None,
            tables: &[],
            terms: &[],
            has_usage: true,
            attrs: &[],
            more: None,
            defaults: &[],
            late: &[],
            quirks: Quirks::NONE,
            describe: None,
            xstats: None,
        }
    }

    /// Sets the line for help and completion.
    pub const fn about(mut self, about: &'static str) -> Kind {
        self.about = about;
        self
    }

    /// Sets the examples.
    pub const fn examples(mut self, examples: &'static [(&'static str, &'static str)]) -> Kind {
        self.examples = examples;
        self
    }

    /// Sets the definitions of placeholders.
    pub const fn terms(mut self, terms: Terms) -> Kind {
        self.terms = terms;
        self
    }

    /// Sets what a rollback needs to know about it.
    pub const fn quirks(mut self, quirks: Quirks) -> Kind {
        self.quirks = quirks;
        self
    }

    /// Marks it as a kind without its own usage in iproute2.
    pub const fn without_usage(mut self) -> Kind {
        self.has_usage = false;
        self
    }

    /// The kind as help and completion see it.
    pub fn topic(&self) -> Topic {
        Topic {
            keyword: "type",
            name: self.name,
            first: "",
            about: self.about,
            tables: self.tables.to_vec(),
            examples: self.examples,
        }
    }
}

/// All kinds, in the order of the help text; one per line.
#[rustfmt::skip]
pub static KINDS: &[&Kind] = &[
    &amt::KIND,
    &bareudp::KIND,
    &batadv::KIND,
    &bond::KIND,
    &bridge::KIND,
    &can::KIND,
    &dsa::KIND,
    &simple::DUMMY,
    &tunnel::gre::ERSPAN,
    &geneve::KIND,
    &tunnel::gre::GRE,
    &tunnel::gre::GRETAP,
    &gtp::KIND,
    &hsr::KIND,
    &simple::IFB,
    &tunnel::gre::IP6ERSPAN,
    &tunnel::gre::IP6GRE,
    &tunnel::gre::IP6GRETAP,
    &tunnel::ip::IP6TNL,
    &tunnel::ip::IPIP,
    &ipoib::KIND,
    &ipvlan::IPVLAN,
    &ipvlan::IPVTAP,
    &simple::LOWPAN,
    &macsec::KIND,
    &macvlan::MACVLAN,
    &macvlan::MACVTAP,
    &simple::NETDEVSIM,
    &netkit::KIND,
    &simple::NLMON,
    &ovpn::KIND,
    &simple::PFCP,
    &rmnet::KIND,
    &tunnel::ip::SIT,
    &simple::TEAM,
    &tun::KIND,
    &simple::VCAN,
    &veth::KIND,
    &simple::VIRT_WIFI,
    &vlan::KIND,
    &vrf::KIND,
    &tunnel::vti::VTI,
    &tunnel::vti::VTI6,
    &vxcan::KIND,
    &vxlan::KIND,
    &simple::WIREGUARD,
    &wwan::KIND,
    &xfrm::KIND,
];

/// The usage of a kind.
pub fn usage(kind: &Kind) -> String {
    crate::command::usage::kind(kind.name, kind.tables, kind.terms)
}

/// The kind with this name, if `rip` knows it.
pub fn find(name: &[u8]) -> Option<&'static Kind> {
    // Plain loops: every link with -details looks its kind up.
    for kinds in [KINDS, super::port::PORTS] {
        for kind in kinds {
            if kind.name.len() == name.len() && kind.name.as_bytes() == name {
                return Some(kind);
            }
        }
    }
    None
}

/// All kinds, for completion.
pub fn offers() -> Vec<Offer> {
    KINDS.iter().chain(super::port::PORTS).map(|k| Offer::new(k.name, k.about)).collect()
}

/// The context of a kind's words: the device, and whether it is being created.
pub struct Setting<'a> {
    /// The session, for names and options.
    pub session: &'a Session,
    /// The name of the kind.
    pub kind: &'static str,
    /// The index of the device named before the kind, if it exists.
    pub device: Option<u32>,
    /// The device is being created.
    pub adding: bool,
    /// The device is being deleted.
    pub deleting: bool,
}

impl Setting<'_> {
    /// Whether an existing link is changed.
    pub fn changes(&self) -> bool {
        !self.adding && !self.deleting
    }
}

/// The result of parsing a kind's words.
#[derive(Debug)]
pub struct Filled {
    /// The attributes.
    pub body: Body,
    /// Which words led to which attribute.
    pub trail: Trail,
}

/// The attributes of a kind, or of a port.
#[derive(Debug)]
pub enum Body {
    Data(InfoData),
    Port(InfoPortData),
}

/// The attributes of one kind that is being parsed.
pub struct Data<A> {
    /// The attributes.
    pub list: Vec<A>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl<A> Default for Data<A> {
    fn default() -> Data<A> {
        Data { list: Vec::new(), trail: Trail::default() }
    }
}

impl<A> Target for Data<A> {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

/// An attribute enum with a variant for other attributes as bytes.
pub trait Raw: Nla {
    fn raw(nla: DefaultNla) -> Self;
}

/// Implements [`Raw`] for these enums: `raw!(InfoVlan, ...)`.
#[macro_export]
macro_rules! raw {
    ($($ty:ty),*) => {$(
        impl $crate::object::link::kind::Raw for $ty {
            fn raw(nla: netlink_packet_core::DefaultNla) -> Self {
                Self::Other(nla)
            }
        }
    )*};
}

impl<A: Raw> Data<A> {
    /// Adds an attribute.
    pub fn put(&mut self, attr: A) {
        self.trail.note(&[attr.kind()]);
        self.list.push(attr);
    }

    /// Adds an attribute that netlink-packet-route lacks, or types more narrowly than the kernel.
    pub fn raw(&mut self, kind: u16, body: impl AsRef<[u8]>) {
        self.put(A::raw(DefaultNla::new(kind, body.as_ref().to_vec())));
    }
}

/// Parses a kind's words by its grammar.
///
/// # Errors
///
/// A word of the line is wrong or missing.
pub fn parse_data<A: Raw>(
    w: &mut Words<'_>,
    grammar: &Grammar<Data<A>>,
    wrap: fn(Vec<A>) -> InfoData,
) -> Result<Filled, Diag> {
    let mut data = Data::default();
    grammar.parse(&mut data, w)?;
    Ok(Filled { body: Body::Data(wrap(data.list)), trail: data.trail })
}

/// Parses a port's words by its grammar.
///
/// # Errors
///
/// A word of the line is wrong or missing.
pub fn parse_port<A: Raw>(
    w: &mut Words<'_>,
    grammar: &Grammar<Data<A>>,
    wrap: fn(Vec<A>) -> InfoPortData,
) -> Result<Filled, Diag> {
    let mut data = Data::default();
    grammar.parse(&mut data, w)?;
    Ok(Filled { body: Body::Port(wrap(data.list)), trail: data.trail })
}

/// `KIND: unknown command "X"?` and the kind's usage, exit 1.
pub fn unknown_command(kind: &str, arg: &Arg<'_>) -> Diag {
    Diag::fail(format!("{kind}: unknown command \"{}\"?", arg.shown())).at(arg.span()).line(usage_of(kind).trim_end())
}

/// `KIND: unknown option "X"?` and the kind's usage, exit 1.
pub fn unknown_option(kind: &str, arg: &Arg<'_>) -> Diag {
    Diag::fail(format!("{kind}: unknown option \"{}\"?", arg.shown())).at(arg.span()).line(usage_of(kind).trim_end())
}

/// Replaces the kind's name in an error of a grammar that one kind (`wrote`) lends to another (`kind`).
pub fn speak_for(error: Diag, wrote: &str, kind: &str) -> Diag {
    if wrote == kind {
        return error;
    }
    let (was, usage) = (format!("{wrote}: "), usage_of(wrote));
    error.map_lines(|line| match line.strip_prefix(&was) {
        Some(rest) => format!("{kind}: {rest}"),
        None if line == usage.trim_end() => usage_of(kind).trim_end().to_string(),
        None => line,
    })
}

fn usage_of(kind: &str) -> String {
    find(kind.as_bytes()).map(usage).unwrap_or_default()
}

/// Writes the fields of a kind's data that are present.
pub struct RecordWriter<'s, 'o, 'd> {
    /// The session, for names and options.
    pub s: &'s Session,
    /// The printer to write to.
    pub p: &'s mut Printer<'o>,
    /// The data.
    pub d: &'s Nested<'d>,
}

impl RecordWriter<'_, '_, '_> {
    /// Writes a byte.
    pub fn u8(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.d.u8(attr) {
            self.p.item(key, form, v);
        }
    }

    /// Writes a 16-bit number.
    pub fn u16(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.d.u16(attr) {
            self.p.item(key, form, v);
        }
    }

    /// Writes a 16-bit number in network byte order.
    pub fn be16(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.d.be16(attr) {
            self.p.item(key, form, v);
        }
    }

    /// Writes a 32-bit number.
    pub fn u32(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.d.u32(attr) {
            self.p.item(key, form, v);
        }
    }

    /// Writes a signed 32-bit number.
    pub fn s32(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.d.s32(attr) {
            self.p.item(key, form, v);
        }
    }

    /// Writes a 64-bit number.
    pub fn u64(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.d.u64(attr) {
            self.p.item(key, form, v);
        }
    }

    /// Writes a byte as on or off.
    pub fn switch(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.d.u8(attr) {
            self.p.switch(key, form, v != 0);
        }
    }

    /// Writes a device by its name.
    pub fn device(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(index) = self.d.u32(attr) {
            let name = self.s.link_name(index);
            self.p.item(key, form, name);
        }
    }
}
