//! The kinds of link: one file each, which holds the kind's words, its request and its description.

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

/// Reads the words of a kind, up to the end of the line.
pub type Parse = fn(&mut Words<'_>, &Setting<'_>) -> Result<Filled, Diag>;

/// Describes a structure of counters.
pub type Counts = fn(&mut RecordWriter<'_, '_, '_>, &[u8]);

/// One kind of link.
pub struct Kind {
    /// IFLA_INFO_KIND.
    pub name: &'static str,
    /// One line for help and completion.
    pub about: &'static str,
    /// Command lines, and what each does.
    pub examples: &'static [(&'static str, &'static str)],
    /// Reads the kind's words; kinds without words of their own have none.
    pub parse: Option<Parse>,
    /// The grammars its words are read by.
    pub tables: &'static [&'static dyn Table],
    /// What the words of its usage stand for, where no row says it.
    pub terms: Terms,
    /// `link help` has a usage of its own for it. Of the others iproute2 prints that of `link`.
    pub has_usage: bool,
    /// The attributes of its data (IFLA_INFO_DATA, of a port IFLA_INFO_SLAVE_DATA).
    pub attrs: &'static [Attr],
    /// Words that the description lacks, for `snapshot`; what is not so in the record is dropped there.
    pub more: Option<fn(&Nested<'_>) -> String>,
    /// Keywords with the values that a new link has, one space between: `snapshot` leaves them out.
    pub defaults: &'static [&'static str],
    /// Keywords that can be set only once the link has ports.
    pub late: &'static [&'static str],
    /// What a rollback and `apply` must know of it.
    pub quirks: Quirks,
    /// Describes the kind's data.
    pub describe: Option<fn(&mut RecordWriter<'_, '_, '_>)>,
    /// Describes what the kind counts, a structure of its own.
    pub xstats: Option<Counts>,
}

impl Kind {
    /// A kind with a name and nothing else; the files of the others start from this.
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

    /// With a line that says what it is.
    pub const fn about(mut self, about: &'static str) -> Kind {
        self.about = about;
        self
    }

    /// With command lines, and what each does.
    pub const fn examples(mut self, examples: &'static [(&'static str, &'static str)]) -> Kind {
        self.examples = examples;
        self
    }

    /// With what the words of its usage stand for, where no row says it.
    pub const fn terms(mut self, terms: Terms) -> Kind {
        self.terms = terms;
        self
    }

    /// With what a rollback must know of it.
    pub const fn quirks(mut self, quirks: Quirks) -> Kind {
        self.quirks = quirks;
        self
    }

    /// A kind that iproute2 knows by its name alone.
    pub const fn without_usage(mut self) -> Kind {
        self.has_usage = false;
        self
    }

    /// What help and completion know of it.
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

/// Every kind, in the order of the help text; one a line.
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

/// The kind of a name, if it is one that `rip` has words for.
pub fn find(name: &[u8]) -> Option<&'static Kind> {
    KINDS.iter().chain(super::port::PORTS).find(|k| k.name.as_bytes() == name).copied()
}

/// Every kind, for completion.
pub fn offers() -> Vec<Offer> {
    KINDS.iter().chain(super::port::PORTS).map(|k| Offer::new(k.name, k.about)).collect()
}

/// What stands around a kind's words: the device they are about, and whether it is being made.
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

/// What a kind's words came to.
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

/// The attributes of one kind while its words are read.
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

/// An attribute enum that can hold bytes which it has no variant for.
pub trait Raw: Nla {
    fn raw(nla: DefaultNla) -> Self;
}

/// `raw!(InfoVlan, ...)`: the crate's enums all have such a variant.
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

    /// Adds an attribute that the crate lacks, or holds in a type narrower than the kernel's.
    pub fn raw(&mut self, kind: u16, body: impl AsRef<[u8]>) {
        self.put(A::raw(DefaultNla::new(kind, body.as_ref().to_vec())));
    }
}

/// Reads a kind's words by its grammar.
pub fn parse_data<A: Raw>(
    w: &mut Words<'_>,
    grammar: &Grammar<Data<A>>,
    wrap: fn(Vec<A>) -> InfoData,
) -> Result<Filled, Diag> {
    let mut data = Data::default();
    grammar.parse(&mut data, w)?;
    Ok(Filled { body: Body::Data(wrap(data.list)), trail: data.trail })
}

/// Reads a port's words by its grammar.
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

/// The same in the words of other kinds: `unknown option`.
pub fn unknown_option(kind: &str, arg: &Arg<'_>) -> Diag {
    Diag::fail(format!("{kind}: unknown option \"{}\"?", arg.shown())).at(arg.span()).line(usage_of(kind).trim_end())
}

/// An error of the grammar that `wrote` lends to `kind`, in the name of the kind on the line.
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

/// Writes the fields of a kind's data: those that are absent are left out.
pub struct RecordWriter<'s, 'o, 'd> {
    /// The session, for names and options.
    pub s: &'s Session,
    /// Where the fields go.
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

    /// Writes a 16-bit number in network order.
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

    /// A byte that means on or off.
    pub fn switch(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.d.u8(attr) {
            self.p.switch(key, form, v != 0);
        }
    }

    /// A device, by its name.
    pub fn device(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(index) = self.d.u32(attr) {
            let name = self.s.link_name(index);
            self.p.item(key, form, name);
        }
    }
}
