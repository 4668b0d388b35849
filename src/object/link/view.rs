//! A link: reads its message without copying, and prints it: the lines that `link show`, `address show` and `monitor` print.

use super::ether::{self, Mac};
use super::kind::{self, RecordWriter};
use super::{stats, vf_view};
use crate::field;
use crate::grammar::address::{PACKET, UNSPEC};
use crate::grammar::words::Table;
use crate::net::attr::{Attrs, last, u16_at, u32_at, until_nul};
use crate::net::{Index, Nested};
use crate::output::color::Role;
use crate::output::field::Field;
use crate::output::out::print_stderr;
use crate::output::scalar::{Hex, Literal, Null};
use crate::output::{Printer, Scalar, escape};
use crate::schema::*;
use crate::session::Session;

/// enum in6_addr_gen_mode of linux/if_link.h.
pub const ADDR_GEN_MODES: &[&str] = &["eui64", "none", "stable_secret", "random"];

/// The reason of an event (linux/if_link.h, enum ifla_event).
const EVENTS: &[&str] =
    &["NONE", "REBOOT", "FEATURE CHANGE", "BONDING FAILOVER", "NOTIFY PEERS", "RESEND IGMP", "BONDING OPTION"];

/// A link message: its header and its attributes.
pub struct Link<'a> {
    /// `ifi_family`.
    pub family: u8,
    /// `ifi_type`, ARPHRD_*.
    pub hw: u16,
    /// `ifi_index`.
    pub index: u32,
    /// `ifi_flags`, IFF_*.
    pub flags: u32,
    /// The attributes, IFLA_*.
    pub a: Index<'a, 72>,
}

impl<'a> Link<'a> {
    /// Parses a message body; `None` if it is too short.
    pub fn parse(body: &'a [u8]) -> Option<Link<'a>> {
        Some(Link {
            family: *body.first()?,
            hw: u16_at(body, 2)?,
            index: u32_at(body, 4)?,
            flags: u32_at(body, 8)?,
            a: Index::of_record(body.get(IFINFOMSG..)?),
        })
    }

    /// IFLA_IFNAME.
    pub fn name(&self) -> &'a [u8] {
        self.a.str(IFLA_IFNAME).unwrap_or(b"?")
    }

    /// IFLA_LINKINFO.
    pub fn info(&self) -> Option<Nested<'a>> {
        self.a.nest(IFLA_LINKINFO)
    }

    /// IFLA_XDP, if a program is attached.
    fn xdp(&self) -> Option<Nested<'a>> {
        let mode = self.a.inner(IFLA_XDP, IFLA_XDP_ATTACHED)?.first()?;
        if *mode != 0 { self.a.nest(IFLA_XDP) } else { None }
    }

    /// The lower device: its index, and whether it is in another namespace.
    fn lower(&self) -> Option<(u32, bool)> {
        Some((self.a.u32(IFLA_LINK)?, self.a.has(IFLA_LINK_NETNSID)))
    }

    /// Whether the lower device is known to be down.
    pub fn lower_is_down(&self, s: &Session) -> bool {
        match self.lower() {
            Some((index, false)) if index != 0 => s.link_up(index) == Some(false),
            _ => false,
        }
    }
}

/// Which parts of a link are described.
#[derive(Clone, Copy, Default)]
pub struct ShowOptions {
    /// `link` rather than `address`: with mode, alias and statistics.
    pub link: bool,
    /// The family of the addresses that follow; AF_PACKET for `link`.
    pub family: u8,
    /// -details.
    pub details: bool,
    /// How often -statistics was given.
    pub stats: u8,
    /// RTM_DELLINK: starts with `Deleted`.
    pub deleted: bool,
    /// An event: without the queue length.
    pub event: bool,
}

/// A device's name and, after an `@`, its lower device's; JSON has only the former.
pub struct Joined<'a>(pub &'a [u8], pub Option<&'a [u8]>);

impl Scalar for Joined<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        self.0.text(out);
        if let Some(lower) = self.1 {
            out.push(b'@');
            lower.text(out);
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.0.json(out);
    }
}

/// Describes the name, with its peer; in JSON the peer comes first, under its own key.
pub fn name(s: &Session, p: &mut Printer<'_>, l: &Link<'_>, field: &Field, pad: usize) {
    let put = |p: &mut Printer<'_>, lower: Option<&[u8]>| {
        p.any_field(Role::Ifname, field, &crate::output::scalar::Padded(Joined(l.name(), lower), pad));
    };
    match l.lower() {
        None => put(p, None),
        Some((index, true)) => {
            p.hidden("link_index", index);
            put(p, Some(format!("if{index}").as_bytes()));
        }
        Some((0, false)) => {
            p.hidden("link", Null);
            put(p, Some(b"NONE"));
        }
        Some((index, false)) => s.with_link_name(index, |name| {
            p.hidden_field(field!("link", ""), name);
            put(p, Some(name.bytes()));
        }),
    }
}

/// Describes the state, coloured if it is UP or DOWN.
pub fn state(p: &mut Printer<'_>, l: &Link<'_>, pad: usize) {
    let Some(v) = l.a.u8(IFLA_OPERSTATE) else { return };
    let role = match v {
        6 => Role::Up,
        2 => Role::Down,
        _ => Role::Plain,
    };
    match ether::STATES.get(usize::from(v)) {
        Some(name) => {
            p.field_colored(role, field!("operstate", "{} "), crate::output::scalar::Padded(Literal(name), pad))
        }
        None => {
            p.hidden("operstate_index", v);
            // Without the space that follows a name.
            p.text_item("{}", crate::output::scalar::Padded(Hex::with_prefix(v), pad));
        }
    }
}

/// Describes a link, from its index to its altnames. The caller opens and closes the record.
pub fn describe(s: &Session, p: &mut Printer<'_>, l: &Link<'_>, opts: ShowOptions) {
    if opts.deleted {
        p.flag("deleted", "Deleted ");
    }
    first_line(s, p, l, opts);
    let plain = matches!(opts.family, UNSPEC | PACKET);
    if plain || opts.details {
        p.nl();
        hardware(s, p, l);
    }
    namespaces(s, p, l);
    if let Some(v) = l.a.u8(IFLA_PROTO_DOWN).filter(|v| *v != 0) {
        p.switch("proto_down", " protodown {} ", v != 0);
    }
    down_reason(s, p, l);
    if opts.details {
        details(s, p, l, opts);
    }
    if (opts.link || opts.details)
        && let Some(alias) = l.a.str(IFLA_IFALIAS)
    {
        p.nl();
        p.field(field!("ifalias", "    alias {}"), alias);
    }
    if (opts.link || opts.details)
        && let Some(xdp) = l.xdp()
    {
        super::xdp_view::programs(p, &xdp, opts.details);
    }
    if opts.link && opts.stats > 0 {
        p.nl();
        stats::describe(s, p, l, opts.stats);
    }
    if (opts.link || opts.details)
        && l.a.has(IFLA_NUM_VF)
        && let Some(list) = l.a.get(IFLA_VFINFO_LIST)
    {
        let told = vf_view::describe(s, p, l.hw, list, opts.stats > 0);
        if l.a.u32(IFLA_NUM_VF).is_some_and(|count| told < count) {
            print_stderr(&format!("Truncated VF list: {}\n", escape::shown(l.name())));
        }
    }
    altnames(p, l);
}

fn first_line(s: &Session, p: &mut Printer<'_>, l: &Link<'_>, opts: ShowOptions) {
    p.field(field!("ifindex", "{}: "), l.index);
    name(s, p, l, field!("ifname", "{}: "), 0);
    ether::flags(p, l.flags, l.lower_is_down(s));
    if let Some(v) = l.a.u32(IFLA_MTU) {
        p.field(field!("mtu", "mtu {} "), v);
    }
    if let Some(xdp) = l.xdp() {
        super::xdp_view::attached(p, &xdp, opts);
    }
    if let Some(v) = l.a.str(IFLA_QDISC) {
        p.field(field!("qdisc", "qdisc {} "), v);
    }
    if let Some(v) = l.a.u32(IFLA_MASTER).filter(|v| *v != 0) {
        s.with_link_name(v, |master| p.field(field!("master", "master {} "), master));
    }
    if l.a.has(IFLA_OPERSTATE) {
        p.text("state ");
        state(p, l, 0);
    }
    if opts.link
        && let Some(v) = l.a.u8(IFLA_LINKMODE)
    {
        match v {
            0 => p.field(field!("linkmode", "mode {} "), Literal("DEFAULT")),
            1 => p.field(field!("linkmode", "mode {} "), Literal("DORMANT")),
            v => p.field(field!("linkmode", "mode {} "), v),
        }
    }
    if let Some(v) = l.a.u32(IFLA_GROUP) {
        p.field(field!("group", "group {} "), s.named(Table::Groups, v));
    }
    if let Some(v) = l.a.u32(IFLA_TXQLEN).filter(|_| !opts.event) {
        p.field(field!("txqlen", "qlen {}"), v);
    }
    if let Some(v) = l.a.u32(IFLA_EVENT).filter(|v| *v != 0) {
        match usize::try_from(v).ok().and_then(|v| EVENTS.get(v)) {
            Some(n) => p.field(field!("event", "event {} "), *n),
            None => p.field(field!("event", "event {} "), v),
        }
    }
}

fn hardware(s: &Session, p: &mut Printer<'_>, l: &Link<'_>) {
    match ether::type_name(l.hw).filter(|_| !s.options.numeric) {
        Some(n) => p.field(field!("link_type", "    link/{} "), Literal(n)),
        None => p.field(field!("link_type", "    link/{} "), format_args!("[{}]", l.hw)),
    }
    let address = l.a.get(IFLA_ADDRESS);
    if let Some(b) = address {
        p.field_colored(Role::Mac, field!("address", "{}"), Mac(l.hw, b));
    }
    if let Some(b) = l.a.get(IFLA_BROADCAST) {
        if l.flags & IFF_POINTOPOINT != 0 {
            p.flag("link_pointtopoint", " peer ");
        } else {
            p.text(" brd ");
        }
        p.field_colored(Role::Mac, field!("broadcast", "{}"), Mac(l.hw, b));
    }
    if let Some(b) = l.a.get(IFLA_PERM_ADDRESS).filter(|b| Some(*b) != address) {
        p.text(" permaddr ");
        p.field_colored(Role::Mac, field!("permaddr", "{}"), Mac(l.hw, b));
    }
}

fn namespaces(s: &Session, p: &mut Printer<'_>, l: &Link<'_>) {
    if let Some(id) = l.a.s32(IFLA_LINK_NETNSID) {
        netns(s, p, id, "link_netnsid", "link-netns");
    }
    if let Some(id) = l.a.s32(IFLA_NEW_NETNSID) {
        netns(s, p, id, "new_netnsid", "new-netns");
    }
    if let Some(v) = l.a.s32(IFLA_NEW_IFINDEX) {
        p.field(field!("new_ifindex", " new-ifindex {}"), v);
    }
}

/// Describes a namespace by its name in /run/netns, or else by its id.
fn netns(s: &Session, p: &mut Printer<'_>, id: i32, key: &str, word: &str) {
    p.hidden(key, id);
    if id < 0 {
        p.text_item(" {}id unknown", word);
        return;
    }
    p.text_item(" {}", word);
    match crate::object::netns::name_of_nsid(s, id) {
        Some(name) => p.text_item(" {}", name),
        None => p.text_item("id {}", id),
    }
}

/// Describes the peer of a pair, and a lower device in another namespace: only in JSON, and not under the name `ip`.
fn peer(s: &Session, p: &mut Printer<'_>, l: &Link<'_>, info: &Nested<'_>) {
    let nsid = l.a.s32(IFLA_LINK_NETNSID);
    let is_pair = info.str(IFLA_INFO_KIND).is_some_and(|k| matches!(k, b"veth" | b"netkit" | b"vxcan"));
    let Some(index) = l.a.u32(IFLA_LINK).filter(|i| *i != 0 && (is_pair || nsid.is_some())) else { return };
    let Some(peer) = crate::object::netns::unnamed::peer(s, nsid, index) else { return };
    p.object(Some("peer"));
    match &peer.ifname {
        Some(name) => p.hidden("ifname", name.as_slice()),
        None => p.hidden("ifname", Null),
    }
    match &peer.netns {
        Some(name) => p.hidden("netns", name.as_slice()),
        None => p.hidden("netns", Null),
    }
    if let Some((pid, command)) = &peer.process {
        p.hidden("pid", *pid);
        p.hidden("command", command.as_slice());
    }
    p.close();
}

fn down_reason(s: &Session, p: &mut Printer<'_>, l: &Link<'_>) {
    let Some(bits) =
        l.a.nest(IFLA_PROTO_DOWN_REASON).and_then(|n| n.u32(IFLA_PROTO_DOWN_REASON_VALUE)).filter(|v| *v != 0)
    else {
        return;
    };
    p.array(Some("proto_down_reason"));
    p.text("protodown_reason <");
    let mut first = true;
    for bit in (0..32u32).filter(|b| bits & (1 << b) != 0) {
        p.text(if first { "" } else { "," });
        first = false;
        p.element("{}", s.named(Table::DownReasons, bit));
    }
    p.text(">");
    p.close();
}

static MODES: &[(u16, Field)] = &[
    (IFLA_PROMISCUITY, Field::new("promiscuity", " promiscuity {} ")),
    (IFLA_ALLMULTI, Field::new("allmulti", "allmulti {} ")),
    (IFLA_MIN_MTU, Field::new("min_mtu", "minmtu {} ")),
    (IFLA_MAX_MTU, Field::new("max_mtu", "maxmtu {} ")),
];

static SIZES: &[(u16, Field)] = &[
    (IFLA_NUM_TX_QUEUES, Field::new("num_tx_queues", "numtxqueues {} ")),
    (IFLA_NUM_RX_QUEUES, Field::new("num_rx_queues", "numrxqueues {} ")),
    (IFLA_GSO_MAX_SIZE, Field::new("gso_max_size", "gso_max_size {} ")),
    (IFLA_GSO_MAX_SEGS, Field::new("gso_max_segs", "gso_max_segs {} ")),
    (IFLA_TSO_MAX_SIZE, Field::new("tso_max_size", "tso_max_size {} ")),
    (IFLA_TSO_MAX_SEGS, Field::new("tso_max_segs", "tso_max_segs {} ")),
    (IFLA_GRO_MAX_SIZE, Field::new("gro_max_size", "gro_max_size {} ")),
    (IFLA_GSO_IPV4_MAX_SIZE, Field::new("gso_ipv4_max_size", "gso_ipv4_max_size {} ")),
    (IFLA_GRO_IPV4_MAX_SIZE, Field::new("gro_ipv4_max_size", "gro_ipv4_max_size {} ")),
];

/// Describes the attributes of a table that are 32-bit numbers.
fn numbers(p: &mut Printer<'_>, l: &Link<'_>, fields: &[(u16, Field)]) {
    for (attr, field) in fields {
        if let Some(v) = l.a.u32(*attr) {
            p.any_field(Role::Plain, field, &v);
        }
    }
}

fn details(s: &Session, p: &mut Printer<'_>, l: &Link<'_>, opts: ShowOptions) {
    numbers(p, l, MODES);
    if l.a.u8(IFLA_NETNS_IMMUTABLE).is_some_and(|v| v != 0) {
        p.flag("netns-immutable", "netns-immutable ");
    }
    if let Some(info) = l.info() {
        linkinfo(s, p, &info, opts.stats > 0);
        if p.is_json() && !s.options.invocation.is_ip {
            peer(s, p, l, &info);
        }
    }
    if opts.link
        && let Some(v) =
            l.a.inner(IFLA_AF_SPEC, AF_SPEC_INET6).and_then(|n| last(n, IFLA_INET6_ADDR_GEN_MODE)?.first().copied())
    {
        match ADDR_GEN_MODES.get(usize::from(v)) {
            Some(n) => p.field(field!("inet6_addr_gen_mode", "addrgenmode {} "), *n),
            None => p.field(field!("inet6_addr_gen_mode", "addrgenmode {} "), Hex::with_prefix(v)),
        }
    }
    numbers(p, l, SIZES);
    if let Some(v) = l.a.str(IFLA_PHYS_PORT_NAME) {
        p.field(field!("phys_port_name", "portname {} "), v);
    }
    for (attr, key, form) in
        [(IFLA_PHYS_PORT_ID, "phys_port_id", "portid {} "), (IFLA_PHYS_SWITCH_ID, "phys_switch_id", "switchid {} ")]
    {
        if let Some(b) = l.a.get(attr) {
            let hex: String = b.iter().map(|b| format!("{b:02x}")).collect();
            p.item(key, form, hex);
        }
    }
    if let Some(v) = l.a.str(IFLA_PARENT_DEV_BUS_NAME) {
        p.field(field!("parentbus", "parentbus {} "), v);
    }
    if let Some(v) = l.a.str(IFLA_PARENT_DEV_NAME) {
        p.field(field!("parentdev", "parentdev {} "), v);
    }
}

fn linkinfo(s: &Session, p: &mut Printer<'_>, info: &Nested<'_>, stats: bool) {
    let (name, port) = (info.str(IFLA_INFO_KIND), info.str(IFLA_INFO_SLAVE_KIND));
    if name.is_none() && port.is_none() {
        return;
    }
    p.object(Some("linkinfo"));
    if let Some(name) = name {
        p.nl();
        p.field(field!("info_kind", "    {} "), name);
        let known = kind::find(name);
        if let (Some(data), Some(describe)) = (info.nest(IFLA_INFO_DATA), known.and_then(|k| k.describe)) {
            p.object(Some("info_data"));
            describe(&mut RecordWriter { s, p, d: &data });
            p.close();
        }
        if stats && let (Some(counts), Some(describe)) = (info.get(IFLA_INFO_XSTATS), known.and_then(|k| k.xstats)) {
            p.object(Some("info_xstats"));
            describe(&mut RecordWriter { s, p, d: info }, counts);
            p.close();
        }
    }
    if let Some(name) = port {
        p.nl();
        p.field(field!("info_slave_kind", "    {}_slave "), name);
        let full = [name, b"_slave"].concat();
        let known = kind::find(&full);
        if let (Some(data), Some(describe)) = (info.nest(IFLA_INFO_SLAVE_DATA), known.and_then(|k| k.describe)) {
            p.object(Some("info_slave_data"));
            describe(&mut RecordWriter { s, p, d: &data });
            p.close();
        }
    }
    p.close();
}

fn altnames(p: &mut Printer<'_>, l: &Link<'_>) {
    let Some(list) = l.a.get(IFLA_PROP_LIST) else { return };
    p.array(Some("altnames"));
    for (kind, body) in Attrs(list) {
        if kind == IFLA_ALT_IFNAME {
            p.nl();
            p.element("    altname {}", until_nul(body));
        }
    }
    p.close();
}
