//! The words of `link add`, `set`, `replace`, `change` and `delete`: one grammar for all.

use super::kind::{self, Body, Filled, Setting};
use super::values::{AddrGenMode, Alias, DownReason, Index, Late, Mode, Namespace, Segments, State};
use crate::diag::{Diag, Span};
use crate::grammar::named::Group;
use crate::grammar::number::{S32, Term, U32};
use crate::grammar::value::{Absent, Dev, Flag, LlAddr, Switch, Text, Toggle, VrfDev, Word, bad_name, is_name};
use crate::grammar::walk::{Entry, Offers, Table, Topic};
use crate::grammar::{Arg, Fallback, Grammar, Row, Target, Value, Walk, Words};
use crate::net::Trail;
use crate::schema::*;
use crate::session::Session;
use crate::{row, rows};
use netlink_packet_core::{DefaultNla, Nla as _};
use netlink_packet_route::link::{AfSpecInet6, AfSpecUnspec, LinkAttribute, LinkFlags, LinkInfo, LinkMessage};
use std::borrow::Cow;
use std::os::fd::OwnedFd;

/// A link message that is being parsed, and words that are only resolved at the end of the line.
#[derive(Default)]
pub struct LinkBuilder {
    /// The message.
    pub msg: LinkMessage,
    /// Which words led to which attribute.
    pub trail: Trail,
    /// `add`: the device is created.
    pub adding: bool,
    /// The words of a peer (`veth`, `netkit`, `vxcan`).
    pub peer: bool,
    /// IFLA_IFNAME, with the position of its word.
    pub name: Option<(Vec<u8>, usize)>,
    /// The device to change, with the position of its word.
    pub dev: Option<(Vec<u8>, usize)>,
    /// The index of a new device.
    pub index: Option<(u32, Span)>,
    /// The lower device by name, with the position of its word.
    pub link: Option<(Vec<u8>, usize)>,
    /// The group, for `set group` and `delete group`.
    pub group: Option<u32>,
    /// IFLA_ADDRESS, checked against the device type at the end.
    pub address: Option<(Vec<u8>, Span)>,
    /// IFLA_INFO_KIND, with the position of its word.
    pub kind: Option<(Vec<u8>, usize)>,
    /// A namespace was given.
    pub netns: bool,
    /// The namespace of the lower device.
    pub link_netns: Option<OwnedFd>,
    /// `delete`. iproute2 parses a kind's words as for `add`.
    pub deleting: bool,
    /// Why the namespace of the lower device cannot be opened.
    pub no_netns: Option<Diag>,
    /// The nsid of the namespace of the lower device.
    pub link_netnsid: Option<i32>,
    /// Settings of virtual functions.
    pub vf: Vec<super::vf::Vf>,
    /// -force: an XDP program may replace another.
    pub force: bool,
    /// Descriptors that must stay open until the request is sent.
    pub fds: Vec<OwnedFd>,
}

impl Target for LinkBuilder {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl LinkBuilder {
    /// Adds an attribute.
    pub fn put(&mut self, attr: LinkAttribute) {
        self.trail.note(&[attr.kind()]);
        self.msg.attributes.push(attr);
    }

    /// Adds an attribute as bytes: strings that may not be UTF-8, and attributes that netlink-packet-route lacks.
    pub fn raw(&mut self, kind: u16, body: impl AsRef<[u8]>) {
        self.put(LinkAttribute::Other(DefaultNla::new(kind, body.as_ref().to_vec())));
    }

    /// Adds a NUL-terminated string.
    pub fn text(&mut self, kind: u16, bytes: &[u8]) {
        let mut z = bytes.to_vec();
        z.push(0);
        self.raw(kind, z);
    }

    fn flag(&mut self, bit: LinkFlags, on: bool) {
        self.msg.header.change_mask.insert(bit);
        self.msg.header.flags.set(bit, on);
    }

    /// `link-netns` and `link-netnsid` are the same setting, which may be given once.
    fn only_one_netns(&self, w: &Words<'_>) -> Result<(), Diag> {
        if self.link_netns.is_none() && self.no_netns.is_none() && self.link_netnsid.is_none() {
            return Ok(());
        }
        let at = w.at().saturating_sub(1);
        let value = w.line().get(at).map(|v| crate::output::escape::shown(v)).unwrap_or_default();
        Err(Diag::duplicate("link-netns/link-netnsid", &value).at(Span { from: at.saturating_sub(1), to: at + 1 }))
    }

    /// The device that `vf` and `xdp` words refer to.
    ///
    /// # Errors
    ///
    /// No word before them names a device.
    pub(super) fn target<'a>(&'a self, w: &Words<'_>) -> Result<&'a [u8], Diag> {
        match self.dev.as_ref().or(self.name.as_ref()) {
            Some((name, _)) => Ok(name),
            None => Err(Diag::usage("Error: argument \"dev\" is required").at(Span::word(w.at()))),
        }
    }
}

static ROWS: &[Row<LinkBuilder>] = rows!(LinkBuilder;
    "up" => Flag, "bring the device up", |d, ()| d.flag(LinkFlags::Up, true);
    "down" => Flag, "bring the device down", |d, ()| d.flag(LinkFlags::Up, false);
    @once "name" => Term("NEWNAME", NewName("name")), "name of the new device; with set: the new name", |d, v| d.name = Some(v);
    @once "index" => Term("IDX", Index), "interface index of the new device", |d, v| {
        d.index = Some(v);
        d.trail.note(&[HEAD_INDEX]);
    };
    "link~" => Word("DEV"), "lower device", |d, v| d.link = Some(v);
    "address~" => Term("LLADDR", LlAddr), "link-layer address", |d, v, w| {
        d.address = Some((v, Span { from: w.at().saturating_sub(2), to: w.at() }));
        d.trail.note(&[IFLA_ADDRESS]);
    };
    "broadcast~" | "brd" => Term("LLADDR", LlAddr), "link-layer broadcast address", |d, v| d.put(LinkAttribute::Broadcast(v));
    @once "txqueuelen~" | "qlen" | "txqlen~" => Term("PACKETS", S32("Invalid \"txqueuelen\" value\n")), "length of the transmit queue",
        |d, v| d.put(LinkAttribute::TxQueueLen(v.cast_unsigned()));
    @once "mtu" => Term("MTU", S32("Invalid \"mtu\" value\n")), "MTU, bytes", |d, v| d.put(LinkAttribute::Mtu(v.cast_unsigned()));
    "inet" => super::inet::Block, "IPv4 settings of the device", |d, v| {
        d.raw(IFLA_AF_SPEC, v);
    };
    "xdp" => super::xdp::Program, "XDP program", |d, v| super::xdp::attach(d, 0, v);
    "xdpgeneric" => super::xdp::Program, "generic XDP program, run by the network stack", |d, v| super::xdp::attach(d, super::xdp::SKB, v);
    "xdpdrv" => super::xdp::Program, "native XDP program, run by the driver", |d, v| super::xdp::attach(d, super::xdp::DRV, v);
    "xdpoffload" => super::xdp::Offload, "offloaded XDP program, run by the hardware", |d, v, w| super::xdp::offload(d, v, w);
    @once "netns" => Namespace("Invalid \"netns\" value\n"), "move to this network namespace: name, path or PID", |d, fd| {
        d.netns = true;
        hold(d, fd);
    };
    "multicast" => Toggle("multicast"), "MULTICAST flag", |d, v| d.flag(LinkFlags::Multicast, v);
    "allmulticast" => Toggle("allmulticast"), "ALLMULTI flag: receive all multicast frames", |d, v| d.flag(LinkFlags::Allmulti, v);
    "promisc" => Toggle("promisc"), "promiscuous mode", |d, v| d.flag(LinkFlags::Promisc, v);
    "trailers" => Toggle("trailers"), "obsolete, ignored", |d, v| d.flag(LinkFlags::Notrailers, !v);
    "arp" => Toggle("arp"), "ARP on this device", |d, v| d.flag(LinkFlags::Noarp, !v);
    "carrier" => Switch("carrier", 22), "carrier state", |d, v| d.put(LinkAttribute::Carrier(u8::from(v)));
    "vf" => Vf, "settings of a virtual function", |d, v, w| {
        d.target(w)?;
        super::vf::parse(d, v, w)?;
        super::vf::rates_of_a_device(d, d.target(w)?, w)
    };
    "master~" => Term("DEVICE", Dev(Absent::Wrong)), "enslave to this device", |d, v| d.put(LinkAttribute::Controller(v));
    "vrf" => Term("NAME", VrfDev("Not a valid VRF name\n")), "enslave to this VRF", |d, v| d.put(LinkAttribute::Controller(v));
    "nomaster~" => Flag, "release from its master", |d, ()| d.put(LinkAttribute::Controller(0));
    "dynamic~" => Toggle("dynamic"), "DYNAMIC flag", |d, v| d.flag(LinkFlags::Dynamic, v);
    "type~" => Term("TYPE", KindWords), "kind of link; its own words follow", |d, v| d.kind = Some(v);
    "alias~" => Term("NAME", Alias), "description of the device", |d, v| d.raw(IFLA_IFALIAS, v);
    @once "group" => Group("Invalid \"group\" value\n"), "group of the device", |d, v| {
        d.group = Some(v);
        d.trail.note(&[IFLA_GROUP]);
    };
    "mode" => Mode, "link mode", |d, v| d.raw(IFLA_LINKMODE, [v]);
    "state" => State, "operational state", |d, v| d.raw(IFLA_OPERSTATE, [v]);
    @once "numtxqueues~" => Term("QUEUE_COUNT", S32("Invalid \"numtxqueues\" value\n")), "number of transmit queues of a new device",
        |d, v| d.put(LinkAttribute::NumTxQueues(v.cast_unsigned()));
    @once "numrxqueues~" => Term("QUEUE_COUNT", S32("Invalid \"numrxqueues\" value\n")), "number of receive queues of a new device",
        |d, v| d.put(LinkAttribute::NumRxQueues(v.cast_unsigned()));
    "addrgenmode~" => AddrGenMode, "generation mode of IPv6 link-local addresses", |d, v|
        d.put(LinkAttribute::AfSpecUnspec(vec![AfSpecUnspec::Inet6(vec![AfSpecInet6::AddrGenMode(v.into())])]));
    "link-netns~" => Late(Namespace("Invalid \"link-netns\" value\n")), "namespace of the lower device, by name", |d, v, w| {
        d.only_one_netns(w)?;
        // As in iproute2, other errors of the line are reported first.
        match v {
            Ok(fd) => d.link_netns = Some(fd),
            Err(wrong) => d.no_netns = Some(wrong),
        }
        Ok(())
    };
    "link-netnsid~" => Late(S32("Invalid \"link-netnsid\" value\n")), "namespace of the lower device, by id", |d, v, w| {
        d.only_one_netns(w)?;
        let id = v?;
        d.link_netnsid = Some(id);
        d.put(LinkAttribute::LinkNetNsId(id));
        Ok(())
    };
    "protodown" => Switch("protodown", 22), "protodown state: hold the carrier down", |d, v| d.put(LinkAttribute::ProtoDown(u8::from(v)));
    "protodown_reason" => DownReason, "protodown reason bit, on or off", |d, v| d.raw(IFLA_PROTO_DOWN_REASON | 0x8000, v);
    "gso_max_size" => Term("BYTES", U32("Invalid \"gso_max_size\" value\n")), "maximum size of GSO packets, bytes", |d, v| d.put(LinkAttribute::GsoMaxSize(v));
    "gso_max_segs" => Term("PACKETS", Segments), "maximum segments of a GSO packet", |d, v| d.put(LinkAttribute::GsoMaxSegs(v));
    "gro_max_size" => Term("BYTES", U32("Invalid \"gro_max_size\" value\n")), "maximum size of GRO packets, bytes", |d, v| d.put(LinkAttribute::GroMaxSize(v));
    "gso_ipv4_max_size" => Term("BYTES", U32("Invalid \"gso_ipv4_max_size\" value\n")), "maximum IPv4 GSO packet, bytes", |d, v| d.put(LinkAttribute::GsoIpv4MaxSize(v));
    "gro_ipv4_max_size" => Term("BYTES", U32("Invalid \"gro_ipv4_max_size\" value\n")), "maximum IPv4 GRO packet, bytes", |d, v| d.put(LinkAttribute::GroIpv4MaxSize(v));
    "parentdev" => Text("NAME"), "parent device on its bus", |d, v| d.text(IFLA_PARENT_DEV_NAME, &v);
);

static DEV: Row<LinkBuilder> = row!(LinkBuilder; @once "dev" => Term("DEVICE", NewName("dev")), "the device", |d, v| {
    d.dev = Some(v);
    d.trail.note(&[HEAD_DEV]);
});

/// The words of `link add` and `link set`.
pub static LINK: Grammar<LinkBuilder> = Grammar { title: "LINK", rows: &[ROWS], fallback: Fallback::Take(&DEV) };

static PEER_ROWS: &[Row<LinkBuilder>] =
    rows!(LinkBuilder; "peer" => Peer, "the peer device, with the words of link add", |_d, ()| (););

/// The words of the peer.
struct Peer;

impl Value for Peer {
    type Out = ();
    fn meta(&self) -> Cow<'static, str> {
        "[ LINK ]".into()
    }
    fn take(&self, _w: &mut Words<'_>) -> Result<(), Diag> {
        Ok(())
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        LINK.walk(w);
        w.done = true;
    }
}

/// The word `peer` of `veth`, `vxcan` and `netkit`.
pub static PEER: Grammar<LinkBuilder> = Grammar {
    title: "PEER",
    rows: &[PEER_ROWS],
    fallback: Fallback::Unknown(|arg| kind::unknown_command("veth", arg)),
};

/// Parses the generic words; a kind's words are left for `read_kind`, after the devices are known.
///
/// # Errors
///
/// A wrong word.
pub fn parse(d: &mut LinkBuilder, w: &mut Words<'_>) -> Result<(), Diag> {
    LINK.parse(d, w)
}

/// Parses the words of a peer: those of `link add`; a bare word is its name.
///
/// # Errors
///
/// A wrong word, or a device that does not exist.
pub fn parse_peer(w: &mut Words<'_>, setting: &Setting<'_>) -> Result<LinkBuilder, Diag> {
    let mut d = LinkBuilder {
        adding: setting.adding,
        peer: true,
        force: setting.session.options.force,
        ..LinkBuilder::default()
    };
    // A switch that would end the program with EINVAL ends it with 1 among the words of a peer.
    parse(&mut d, w).map_err(|e| if e.code() == 22 { e.with_code(crate::diag::FAIL) } else { e })?;
    d.no_netns.take().map_or(Ok(()), Err)?;
    if d.adding {
        name_one(&mut d)?;
    } else if let Some((dev, at)) = d.dev.take().or_else(|| d.name.clone()) {
        // The kernel would refuse an existing device as peer, but iproute2 checks first.
        d.msg.header.index = super::change::device(setting.session, &dev, at)?;
    } else if d.group.is_none() {
        return Err(super::change::missing_device(w));
    }
    match d.index {
        Some((index, _)) if d.adding => d.msg.header.index = index,
        _ => super::change::new_index(&mut d)?,
    }
    super::change::link_nsid(setting.session, &mut d)?;
    if d.adding {
        super::change::link(setting.session, &mut d)?;
    }
    if let Some((kind, at)) = d.kind {
        let kind = crate::output::escape::shown(&kind);
        return Err(Diag::duplicate("type", &kind).at(Span::word(at.saturating_sub(1))));
    }
    if let Some((v, span)) = d.address.take() {
        d.put(LinkAttribute::Address(v));
        d.trail.close(span);
    }
    if let Some(group) = d.group {
        d.put(LinkAttribute::Group(group));
    }
    super::vf::finish(&mut d, || None)?;
    setting.session.hold(std::mem::take(&mut d.fds));
    Ok(d)
}

/// Adds the name of a new device, given after `name` or bare.
///
/// # Errors
///
/// Both are given and differ, or a group is given instead of a name.
pub fn name_one(d: &mut LinkBuilder) -> Result<(), Diag> {
    if let (Some((name_given, name)), Some((dev_given, dev))) = (&d.name, &d.dev)
        && name_given != dev_given
    {
        return Err(Diag::usage("both \"name\" and \"dev\" cannot be used when creating devices.")
            .at(Span::word(*name))
            .at(Span::word(*dev)));
    }
    let bare = d.dev.take();
    match d.name.take().or(bare) {
        Some((name, at)) => {
            d.text(IFLA_IFNAME, &name);
            d.trail.close(Span::word(at));
            Ok(())
        }
        None if d.group.is_some() => {
            let e = Diag::usage("group cannot be used when creating devices.");
            Err(match d.trail.words(&[IFLA_GROUP]) {
                Some(span) => e.at(span).hint("a new device in a group needs a name"),
                None => e,
            })
        }
        None => Ok(()),
    }
}

/// The error for a word where none is allowed.
pub fn garbage(arg: &Arg<'_>) -> Diag {
    let what = format!("Garbage instead of arguments \"{} ...\". Try \"ip link help\".", arg.shown());
    Diag::fail(what).at(arg.span())
}

/// Parses `type KIND WORDS`, the rest of the line.
///
/// # Errors
///
/// The kind has no words or a word is wrong.
pub fn read_kind(s: &Session, d: &mut LinkBuilder, w: &mut Words<'_>) -> Result<(), Diag> {
    let Some((name, at)) = d.kind.clone() else { return Ok(()) };
    let name = name.as_slice();
    let known = kind::find(name);
    // As iproute2 sends it: the kind of a port (`bridge_slave`) is in IFLA_INFO_KIND too, not in IFLA_INFO_SLAVE_KIND.
    let mut infos = vec![LinkInfo::Other(DefaultNla::new(IFLA_INFO_KIND, [name, b"\0"].concat()))];
    d.trail.note(&[IFLA_LINKINFO, IFLA_INFO_KIND]);
    d.trail.close(Span { from: at.saturating_sub(1), to: at + 1 });
    if let Some(first) = w.peek() {
        let wordless = || if crate::grammar::spells("help~", first.bytes) { w.usage() } else { garbage(&first) };
        let (kind, read) = known.and_then(|k| k.parse.map(|r| (k, r))).ok_or_else(wordless)?;
        let device = Some(d.msg.header.index).filter(|index| *index != 0 && !d.adding);
        w.help = Box::new(move || kind::usage(kind));
        w.help_code = crate::diag::FAIL;
        let setting = Setting { session: s, kind: kind.name, device, adding: d.adding, deleting: d.deleting };
        let Filled { body, trail } = read(w, &setting)?;
        let (data, data_attr) = match body {
            Body::Data(v) => (LinkInfo::Data(v), IFLA_INFO_DATA),
            Body::Port(v) => (LinkInfo::PortData(v), IFLA_INFO_SLAVE_DATA),
        };
        d.trail.adopt(&[IFLA_LINKINFO, data_attr], trail);
        infos.push(data);
    }
    d.trail.note(&[IFLA_LINKINFO]);
    d.trail.close(Span { from: at.saturating_sub(1), to: w.at().max(at + 1) });
    d.msg.attributes.push(LinkAttribute::LinkInfo(infos));
    Ok(())
}

/// Keeps a namespace open until the request is sent.
fn hold(d: &mut LinkBuilder, fd: OwnedFd) {
    use std::os::fd::AsRawFd as _;
    d.put(LinkAttribute::NetNsFd(fd.as_raw_fd()));
    d.fds.push(fd);
}

/// A device name that need not exist, checked for its form.
pub struct NewName(pub &'static str);

impl Value for NewName {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        if self.0 == "name" { "NAME" } else { "DEV" }.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        // An altname may hold any byte. Other rules for the name of a new device are left to the kernel.
        let good = if self.0 == "dev" { (1..128).contains(&arg.bytes.len()) } else { is_name(arg.bytes) };
        if !good {
            return Err(bad_name(&arg, self.0));
        }
        Ok((arg.bytes.to_vec(), arg.at))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<crate::grammar::Offer> {
        if self.0 == "dev" { w.names.links() } else { Vec::new() }
    }
}

/// `vf NUM` and its settings.
struct Vf;

/// All kinds with their descriptions.
struct KindNames;
static KIND_NAMES: KindNames = KindNames;

impl Table for KindNames {
    fn title(&self) -> &'static str {
        "TYPE"
    }
    fn entries(&self) -> Vec<Entry> {
        let every = kind::KINDS.iter().chain(super::port::PORTS);
        let entry = |k: &&'static kind::Kind| Entry {
            names: std::slice::from_ref(&k.name),
            meta: "".into(),
            term: "".into(),
            help: k.about,
            once: false,
            offers: Offers::Place(|_| Vec::new()),
        };
        every.map(entry).collect()
    }
}

const VF_EXAMPLES: &[(&str, &str)] = &[
    ("rip link set eth0 vf 0 spoofchk on trust off", "drop packets with a spoofed source address"),
    ("rip link set eth0 vf 1 vlan 100 qos 3", "VLAN 100, priority 3"),
];

impl Value for Vf {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "NUM ...".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        S32("Invalid \"vf\" value\n").take(w).map(i32::cast_unsigned)
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        w.pass(&|w| self.take(w).map(drop), &|_| Vec::new(), &|_| Vec::new(), "NUM");
        if !w.done {
            w.topic = Some(Topic {
                keyword: "vf",
                name: "NUM",
                first: "",
                about: "settings of a virtual function of an SR-IOV device",
                tables: vec![&super::vf::GRAMMAR],
                examples: VF_EXAMPLES,
            });
            super::vf::GRAMMAR.walk(w);
        }
    }
}

/// A kind's name; the kind parses the words after it.
struct KindWords;

impl Value for KindWords {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        "TYPE [ ARGS ]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        w.stop();
        Ok((arg.bytes.to_vec(), arg.at))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<crate::grammar::Offer> {
        kind::offers()
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        let Some(arg) = w.words.peek() else {
            w.topic = Some(Topic {
                keyword: "type",
                name: "TYPE",
                first: "",
                about: "kinds of link; type TYPE --help lists the words of one",
                tables: vec![&KIND_NAMES],
                examples: &[],
            });
            return w.want(kind::offers(), "");
        };
        w.words.skip();
        match kind::find(arg.bytes) {
            Some(kind) => {
                w.topic = Some(kind.topic());
                kind.tables.iter().for_each(|t| {
                    if !w.done {
                        t.walk(w)
                    }
                });
            }
            None => {
                let every = kind::KINDS.iter().chain(super::port::PORTS).map(|k| k.name);
                w.wrong.push(crate::grammar::suggest::hint(arg.wrong("no such kind"), arg.bytes, every));
            }
        }
        if let Some(arg) = w.words.peek().filter(|_| !w.done) {
            w.wrong.push(arg.wrong("nothing can follow here"));
        }
        w.done = true;
    }
}
