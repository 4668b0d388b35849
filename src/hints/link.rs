//! Links: which device has the name, index or address, which kinds this kernel has, which MTU a device accepts.

use super::{Case, Reason, by_errno, by_message};
use crate::diag::Span;
use crate::grammar::suggest;
use crate::grammar::value::NAME_MAX;
use crate::net::attr::until_nul;
use crate::net::kernel::Messages;
use crate::net::{Index, Nested};
use crate::object::link::kind::tun::IFLA_TUN_TYPE;
use crate::object::link::kind::veth::VETH_INFO_PEER;
use crate::object::link::kind::vlan::IFLA_VLAN_ID;
use crate::object::link::kind::vxlan::{IFLA_VXLAN_ID, IFLA_VXLAN_PORT};
use crate::object::link::kind::{self, KINDS};
use crate::object::link::select::Selector;
use crate::object::link::view::Link;
use crate::output::escape::shown;
use crate::schema::*;
use netlink_packet_core::NLM_F_CREATE;
use nix::errno::Errno;

const LINKS: &[u16] = &[RTM_NEWLINK, RTM_SETLINK];
const NEW: &[u16] = &[RTM_NEWLINK, RTM_NEWLINKPROP];

/// Reasons for refused links.
pub const REASONS: &[Reason] = &[
    by_errno(NEW, Errno::EEXIST, |c| taken(c).map(|(_, why)| why)),
    by_message(LINKS, "Unknown device type", kind_of),
    by_message(LINKS, "via rtnetlink is not supported", |_| Some("use \"tuntap add\" to create such a device".into())),
    by_message(LINKS, "VXLAN device with the specified VNI already exists", |c| taken(c).map(|(_, why)| why)),
    by_errno(LINKS, Errno::EADDRINUSE, port),
    by_message(LINKS, "Attribute failed policy validation", too_long),
    by_message(LINKS, "VLAN device already exists", same_vlan),
    by_message(LINKS, "mtu greater than device maximum", largest),
    by_message(LINKS, "mtu less than device minimum", smallest),
    by_errno(LINKS, Errno::EOPNOTSUPP, no_ports),
    by_message(LINKS, "Device can not be enslaved while up", enslaved_up),
    by_message(LINKS, "Device is up. Set it down before adding it as a team port", enslaved_up),
    by_message(LINKS, "Invalid VLAN id", |_| Some("0 to 4094".into())),
    by_errno(LINKS, Errno::ENETDOWN, lower_down),
    by_errno(&[RTM_NEWLINK], Errno::EINVAL, |c| unfit(c).map(|(_, why)| why)),
];

/// Link kinds that have ports.
const MASTERS: &[&[u8]] = &[b"bridge", b"bond", b"team", b"vrf", b"hsr", b"batadv", b"rmnet", b"openvswitch"];

/// Maximum number of devices in a hint.
const NAMED: usize = 3;

/// Link kinds with a lower device.
const STANDING: &[&str] = &["macvlan", "macvtap", "ipvlan", "ipvtap", "vlan"];

/// The word that is already in use, and by what.
pub fn taken(case: &Case<'_>) -> Option<(Option<Span>, String)> {
    let a = case.attrs();
    let there = |name: &[u8]| {
        let answer = case.s.get_link(Some(name), 0, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS).ok()?;
        let l = Link::parse(answer.get(NLMSG_HDRLEN..)?)?;
        let kind = l.info().and_then(|i| i.str(IFLA_INFO_KIND).map(shown));
        let kind = kind.map(|k| format!(", type {k}")).unwrap_or_default();
        let known = format!("(index {}{kind})", l.index);
        Some(match l.name() == name {
            true => format!("\"{}\" already exists {known}", shown(name)),
            false => format!("\"{}\" is an alternative name of {} {known}", shown(name), shown(l.name())),
        })
    };
    if case.r.kind == RTM_NEWLINKPROP {
        let names = a.nest(IFLA_PROP_LIST)?;
        let why = there(names.str(IFLA_ALT_IFNAME)?)?;
        return Some((case.words_of(&[IFLA_PROP_LIST, IFLA_ALT_IFNAME]), why));
    }
    if let Some(why) = a.str(IFLA_IFNAME).and_then(there) {
        return Some((case.words_of(&[IFLA_IFNAME]), why));
    }
    if let Some(index) = Some(case.head_u32(4)).filter(|i| *i != 0 && case.words_of(&[HEAD_INDEX]).is_some()) {
        case.s.ask_link(index)?;
        return Some((case.words_of(&[HEAD_INDEX]), format!("index {index} belongs to {}", case.device(index))));
    }
    let info = a.nest(IFLA_LINKINFO)?;
    if matches!(info.str(IFLA_INFO_KIND), Some(b"veth" | b"vxcan" | b"netkit")) {
        let peer: Index<'_, 72> = Index::new(info.nest(IFLA_INFO_DATA)?.get(VETH_INFO_PEER)?.get(IFINFOMSG..)?);
        let why = there(until_nul(peer.get(IFLA_IFNAME)?))?;
        return Some((case.words_of(&[IFLA_LINKINFO, IFLA_INFO_DATA, VETH_INFO_PEER, IFLA_IFNAME]), why));
    }
    if info.str(IFLA_INFO_KIND) == Some(b"vxlan") {
        let id = info.nest(IFLA_INFO_DATA)?.u32(IFLA_VXLAN_ID)?;
        let at = case.words_of(&[IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VXLAN_ID]);
        let same = |_: &Link<'_>, data: &Nested<'_>| data.u32(IFLA_VXLAN_ID) == Some(id);
        return Some((at, format!("VNI {id} belongs to {}", of_kind(case, b"vxlan", &same)?)));
    }
    None
}

/// A name with an invalid character, or a kind that needs a lower device, without one.
pub fn unfit(case: &Case<'_>) -> Option<(Span, String)> {
    if case.r.flags & NLM_F_CREATE == 0 {
        return None;
    }
    let a = case.attrs();
    if a.str(IFLA_IFNAME).is_some_and(|n| n.contains(&b':')) {
        return Some((case.words_of(&[IFLA_IFNAME])?, "a device name cannot contain a colon".into()));
    }
    let info = a.nest(IFLA_LINKINFO)?;
    let stands = STANDING.iter().find(|k| info.str(IFLA_INFO_KIND) == Some(k.as_bytes()))?;
    let missing = !a.has(IFLA_LINK) && case.words_of(&[IFLA_IFNAME]).is_some();
    missing.then(|| (Span::word(case.words.len()), format!("missing: link DEV, the lower device of the {stands}")))
}

/// The UDP port of a tunnel, which another socket uses.
fn port(case: &Case<'_>) -> Option<String> {
    let link = changed(case)?;
    let l = Link::parse(&link)?;
    let info = l.info().filter(|i| i.str(IFLA_INFO_KIND) == Some(b"vxlan"))?;
    let port = info.nest(IFLA_INFO_DATA)?.be16(IFLA_VXLAN_PORT)?;
    let bound = |file| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let mine = format!(":{port:04X}");
        text.lines().skip(1).any(|l| l.split_whitespace().nth(1).is_some_and(|local| local.ends_with(&mine)))
    };
    let taken = bound("/proc/net/udp") || bound("/proc/net/udp6");
    taken.then(|| format!("another socket uses UDP port {port}"))
}

/// A name that is too long for the kernel.
fn too_long(case: &Case<'_>) -> Option<String> {
    let len = case.attrs().str(IFLA_IFNAME).map(<[u8]>::len).filter(|len| *len > NAME_MAX)?;
    Some(format!("a device name has at most {NAME_MAX} bytes; this one has {len}"))
}

/// The name of the link of a kind that satisfies a condition.
fn of_kind(case: &Case<'_>, kind: &[u8], is: &dyn Fn(&Link<'_>, &Nested<'_>) -> bool) -> Option<String> {
    if case.is_one_of_many() {
        return None;
    }
    let links = crate::object::link::show::dump(case.s, &Selector::default()).ok()?;
    Messages(&links).find_map(|(m, _, _)| {
        let l = Link::parse(m.body)?;
        let data = l.info().filter(|i| i.str(IFLA_INFO_KIND) == Some(kind))?.nest(IFLA_INFO_DATA)?;
        is(&l, &data).then(|| shown(l.name()))
    })
}

/// The VLAN that exists already.
fn same_vlan(case: &Case<'_>) -> Option<String> {
    let a = case.attrs();
    let (below, data) = (a.u32(IFLA_LINK)?, a.nest(IFLA_LINKINFO)?.nest(IFLA_INFO_DATA)?);
    let id = data.u16(IFLA_VLAN_ID)?;
    let name = of_kind(case, b"vlan", &|l, d| l.a.u32(IFLA_LINK) == Some(below) && d.u16(IFLA_VLAN_ID) == Some(id))?;
    Some(format!("VLAN {id} of {} already exists: {name}", case.device(below)))
}

/// A kind that this kernel lacks, or that is mistyped.
fn kind_of(case: &Case<'_>) -> Option<String> {
    let info = case.attrs().nest(IFLA_LINKINFO)?;
    let name = info.str(IFLA_INFO_KIND)?;
    if kind::find(name).is_some() {
        return Some(format!("this kernel has no {} support, built in or as a module", shown(name)));
    }
    if matches!(name, b"tuntap" | b"tap") {
        return Some("use \"tuntap add\" to create such a device".into());
    }
    suggest::nearest(std::str::from_utf8(name).ok()?, KINDS.iter().map(|k| k.name)).map(suggest::did_you_mean)
}

/// The device that the request changes.
fn changed(case: &Case<'_>) -> Option<Vec<u8>> {
    let index = Some(case.head_u32(4)).filter(|i| *i != 0)?;
    case.s.ask_link(index)?.get(NLMSG_HDRLEN..).map(<[u8]>::to_vec)
}

fn largest(case: &Case<'_>) -> Option<String> {
    let link = changed(case)?;
    let l = Link::parse(&link)?;
    let max = l.a.u32(IFLA_MAX_MTU).filter(|m| *m != 0)?;
    Some(format!("{} takes an mtu of at most {max}", shown(l.name())))
}

fn smallest(case: &Case<'_>) -> Option<String> {
    let link = changed(case)?;
    let l = Link::parse(&link)?;
    Some(format!("{} takes an mtu of at least {}", shown(l.name()), l.a.u32(IFLA_MIN_MTU)?))
}

/// A master that has no ports, or port settings for a device that is not a port.
fn no_ports(case: &Case<'_>) -> Option<String> {
    let a = case.attrs();
    if let Some(master) = a.u32(IFLA_MASTER).filter(|m| *m != 0) {
        let answer = case.s.ask_link(master)?;
        let l = Link::parse(answer.get(NLMSG_HDRLEN..)?)?;
        let info = l.info();
        let takes = info.and_then(|i| i.str(IFLA_INFO_KIND)).is_some_and(|k| MASTERS.contains(&k));
        return (!takes).then(|| format!("{} is not a bridge, bond or other device that takes ports", shown(l.name())));
    }
    let words = a.nest(IFLA_LINKINFO)?;
    if !words.str(IFLA_INFO_KIND)?.ends_with(b"_slave") {
        return None;
    }
    let link = changed(case)?;
    let l = Link::parse(&link)?;
    let free = l.a.u32(IFLA_MASTER).unwrap_or(0) == 0;
    free.then(|| format!("{} is not a port: it has no master", shown(l.name())))
}

/// A device that must be down to become a port.
fn enslaved_up(case: &Case<'_>) -> Option<String> {
    let index = Some(case.head_u32(4)).filter(|i| case.s.link_up(*i) == Some(true))?;
    let name = case.device(index);
    Some(format!("{name} is up: type \"link set {name} down\" first"))
}

/// A lower device that must be up first.
fn lower_down(case: &Case<'_>) -> Option<String> {
    let link = changed(case)?;
    let l = Link::parse(&link)?;
    let lower = l.a.u32(IFLA_LINK).filter(|i| !l.a.has(IFLA_LINK_NETNSID) && case.s.link_up(*i) == Some(false))?;
    let name = case.device(lower);
    Some(format!("{name}, the lower device of {}, is down: type \"link set {name} up\"", shown(l.name())))
}

/// The devices that can have ports, if the line names a master that does not exist.
pub fn masters(case: &Case<'_>) -> Option<String> {
    let at = case.d.spans().first()?.from;
    if case.text(at.checked_sub(1)?) != Some("master") || case.is_one_of_many() {
        return None;
    }
    let links = crate::object::link::show::dump(case.s, &Selector::default()).ok()?;
    let takes = |l: &Link<'_>| l.info().and_then(|i| i.str(IFLA_INFO_KIND)).is_some_and(|k| MASTERS.contains(&k));
    let names: Vec<String> =
        Messages(&links).filter_map(|(m, _, _)| Link::parse(m.body).filter(takes).map(|l| shown(l.name()))).collect();
    match names.as_slice() {
        [] => Some("no device here takes ports: create one, such as \"rip link add br0 type bridge\"".into()),
        few if few.len() <= NAMED => Some(format!("devices that take ports: {}", few.join(", "))),
        _ => None,
    }
}

/// The device that has the name of the TUN or TAP device.
pub fn tun(case: &Case<'_>) -> Option<String> {
    let asked = case.d.what().first().is_some_and(|l| l.starts_with("ioctl(TUNSETIFF)"));
    let at = case.d.spans().first().filter(|_| asked)?;
    let name = case.words.get(at.from)?;
    let answer = case.s.get_link(Some(name), 0, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS).ok()?;
    let l = Link::parse(answer.get(NLMSG_HDRLEN..)?)?;
    let info = l.info();
    let mode = info.as_ref().filter(|i| i.str(IFLA_INFO_KIND) == Some(b"tun")).and_then(|i| i.nest(IFLA_INFO_DATA));
    match mode.and_then(|d| d.u8(IFLA_TUN_TYPE)) {
        Some(1) => Some(format!("{} is a tun device", shown(name))),
        Some(2) => Some(format!("{} is a tap device", shown(name))),
        _ => Some(format!("{} exists and is neither tun nor tap", shown(name))),
    }
}
