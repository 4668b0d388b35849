//! Reads the namespaces: a dump of links, addresses and default routes in each.

use super::model::{Namespace, Network, Node, State};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::net::kernel::Messages;
use crate::net::{Kernel, Nested, Request};
use crate::object::address::view::Address;
use crate::object::link::kind::geneve::{IFLA_GENEVE_REMOTE, IFLA_GENEVE_REMOTE6};
use crate::object::link::kind::tunnel::{gre::IFLA_GRE_REMOTE, ip::IFLA_IPTUN_REMOTE, vti::IFLA_VTI_REMOTE};
use crate::object::link::kind::vxlan::{IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6, IFLA_VXLAN_LINK};
use crate::object::link::view::Link;
use crate::object::netns::{self, unnamed};
use crate::object::route::view::{self as route, Route};
use crate::output::escape::shown;
use crate::output::out::Out;
use crate::output::{Format, Printer};
use crate::schema::*;
use crate::session::Session;
use crate::session::options::Options;
use crate::sort::Arrange as _;
use crate::state::{ObjectType, consistent_dump};
use std::collections::HashMap;
use std::net::IpAddr;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::MetadataExt as _;

/// What to read.
#[derive(Default)]
pub struct Wish {
    /// These namespaces besides our own; empty: all that have a name.
    pub names: Vec<Vec<u8>>,
    /// Also unnamed namespaces.
    pub all: bool,
    /// Records for JSON.
    pub records: bool,
}

fn identity(fd: &OwnedFd) -> Option<(u64, u64)> {
    let m = std::fs::File::from(fd.try_clone().ok()?).metadata().ok()?;
    Some((m.dev(), m.ino()))
}

/// Reads everything. The second value lists what could not be read.
///
/// # Errors
///
/// Our own namespace, or one given by name, cannot be read.
pub fn read(s: &Session, wish: &Wish) -> Result<(Network, Vec<String>), Diag> {
    let mut missed = Vec::new();
    let mut found: Vec<(Namespace, (u64, u64), OwnedFd)> = Vec::new();
    let mut add = |fd: OwnedFd, name: Option<&[u8]>, process: Option<(u32, Vec<u8>)>, here: bool| {
        let Some(identity) = identity(&fd) else { return };
        match found.iter_mut().find(|(_, i, _)| *i == identity) {
            Some((ns, ..)) => ns.names.extend(name.map(<[u8]>::to_vec)),
            None => {
                let names = name.map(<[u8]>::to_vec).into_iter().collect();
                found.push((
                    Namespace { names, process, here, inode: identity.1, ..Namespace::default() },
                    identity,
                    fd,
                ));
            }
        }
    };
    let own = unnamed::open_own().map_err(|e| Diag::os("Cannot open network namespace", e))?;
    let own_identity = identity(&own);
    add(own, None, None, true);
    let mut names = netns::names().unwrap_or_default();
    names.arrange();
    let mut wanted = vec![own_identity];
    for name in &wish.names {
        let fd = netns::found(name, false)?;
        wanted.push(identity(&fd));
        match netns::Reference::parse(name, false)? {
            netns::Reference::Name(_) => {}
            netns::Reference::Path(_) => add(fd, Some(name), None, false),
            netns::Reference::Process(pid) | netns::Reference::Container(pid) => {
                add(fd, None, Some((pid, unnamed::command(pid))), false);
            }
        }
    }
    for name in names {
        match netns::found(&name, true) {
            Ok(fd) => {
                if wish.names.is_empty() || wanted.contains(&identity(&fd)) {
                    add(fd, Some(&name), None, false);
                }
            }
            Err(_) => missed.push(shown(&name)),
        }
    }
    if wish.all {
        let (inhabited, closed) = unnamed::inhabited();
        for p in inhabited {
            if let Some(fd) = unnamed::open(p.pid) {
                add(fd, None, Some((p.pid, p.command)), false);
            }
        }
        if closed > 0 {
            missed.push(format!("those of {closed} processes that only root may inspect"));
        }
    }
    let fds: Vec<OwnedFd> = found.iter().filter_map(|(.., fd)| fd.try_clone().ok()).collect();
    let mut network = Network::default();
    for (mut ns, _, fd) in found {
        let label = ns.label();
        let entered = match ns.here {
            true => Ok(fill(&mut ns, &s.options, wish, &fds)),
            false => netns::within(&fd, || fill(&mut ns, &s.options, wish, &fds)),
        };
        match entered {
            Ok(result) => result?,
            Err(_) => missed.push(label),
        }
        network.namespaces.push(ns);
    }
    network.join();
    Ok((network, missed))
}

/// Reads the current namespace.
fn fill(ns: &mut Namespace, options: &Options, wish: &Wish, all: &[OwnedFd]) -> Result<(), Diag> {
    let options = Options { netns: None, fields: None, family: 0, json: false, details: false, ..options.clone() };
    let s = Session::new(options.clone(), Out::memory());
    let kernel = s.kernel()?;
    let mask = (RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS).to_ne_bytes();
    let links =
        dump(kernel, ObjectType::Link, Request::raw(RTM_GETLINK, 0, &[0; IFINFOMSG]).with(IFLA_EXT_MASK, &mask))?;
    let addresses = dump(kernel, ObjectType::Address, Request::raw(RTM_GETADDR, 0, &[0; IFADDRMSG]))?;
    let mut by_index: HashMap<u32, Vec<String>> = HashMap::new();
    for (m, _, _) in Messages(&addresses) {
        if let Some(a) = Address::parse(m.body)
            && let Some(ip) = a.local()
        {
            by_index.entry(a.index).or_default().push(format!("{ip}/{}", a.len));
        }
    }
    let mut foreign = false;
    for (m, _, _) in Messages(&links) {
        let Some(l) = Link::parse(m.body) else { continue };
        foreign |= l.a.has(IFLA_LINK_NETNSID);
        s.remember_link(l.index, l.name(), Some(l.flags));
        ns.nodes.push(node(&l, by_index.remove(&l.index).unwrap_or_default()));
    }
    ns.nodes.arrange_by_key(|n| n.index);
    if foreign {
        for (at, fd) in all.iter().enumerate() {
            if let Some(id) = netns::id::ask(kernel, fd.as_fd()) {
                ns.known.insert(id, at);
            }
        }
    }
    for family in [crate::grammar::address::INET, crate::grammar::address::INET6] {
        let mut header = vec![family];
        header.resize(RTMSG, 0);
        let request = Request::raw(RTM_GETROUTE, 0, &header).with(RTA_TABLE, &RT_TABLE_MAIN.to_ne_bytes());
        // A new namespace has no main table.
        for (m, _, _) in Messages(&consistent_dump::collect(kernel, ObjectType::Route, &request).unwrap_or_default()) {
            if let Some(r) = Route::parse(m.body).filter(|r| r.dst_len == 0 && r.table() == RT_TABLE_MAIN) {
                ns.routes.push(default_route(&s, &r));
            }
        }
    }
    if wish.records {
        let words: Vec<Vec<u8>> = ["rip", "address", "show"].iter().map(|w| w.as_bytes().to_vec()).collect();
        let s = Session::new(Options { json: true, pretty: false, details: true, ..options }, Out::memory());
        let mut words = Words::new(&words, words.len(), &s);
        if let Some(show) = crate::object::address::OBJECT.default {
            show(&s, &mut words)?;
        }
        let text = s.out.into_inner().into_bytes();
        ns.records = records(&String::from_utf8_lossy(&text));
    }
    Ok(())
}

fn dump(kernel: &Kernel, object: ObjectType, request: Request) -> Result<Vec<u8>, Diag> {
    consistent_dump::collect(kernel, object, &request).map_err(|e| e.explain(&request))
}

/// The objects of a JSON list, unparsed, by interface index.
fn records(text: &str) -> Vec<(u32, String)> {
    const KEY: &str = "\"ifindex\":";
    let (mut found, mut depth, mut start, mut quoted, mut escaped) = (Vec::new(), 0u32, 0, false, false);
    for (at, b) in text.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => {
                depth += 1;
                start = if depth == 1 { at } else { start };
            }
            b'}' if !quoted => {
                depth = depth.saturating_sub(1);
                let record = text.get(start..=at).filter(|_| depth == 0);
                let index = record.and_then(|r| r.split_once(KEY)).and_then(|(_, rest)| {
                    rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok())
                });
                found.extend(record.zip(index).map(|(r, index): (&str, u32)| (index, r.to_string())));
            }
            _ => {}
        }
    }
    found
}

fn default_route(s: &Session, r: &Route<'_>) -> String {
    let mut out = Out::memory();
    route::describe(s, &mut Printer::new(&mut out, Format::default()), r, &route::ShowOptions::default());
    let text = String::from_utf8_lossy(&out.into_bytes()).replace(['\n', '\t'], " ");
    text.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// IFF_* of linux/if.h, and an operational state of RFC 2863.
const IFF_LOWER_UP: u32 = 0x10000;
const OPERSTATE_UNKNOWN: u8 = 0;

fn node(l: &Link<'_>, addresses: Vec<String>) -> Node {
    let info = l.info();
    let kind = info.as_ref().and_then(|i| i.str(IFLA_INFO_KIND)).map(shown);
    let operstate = l.a.u8(IFLA_OPERSTATE).unwrap_or(OPERSTATE_UNKNOWN);
    let state = match (l.flags & IFF_UP != 0, l.flags & IFF_LOWER_UP != 0) {
        (false, _) => State::Down,
        (true, true) if matches!(operstate, OPERSTATE_UNKNOWN | 6) => State::Up,
        (true, _) => State::NoCarrier,
    };
    // A VXLAN device reports its lower device among its settings.
    let vxlan = info
        .as_ref()
        .filter(|_| kind.as_deref() == Some("vxlan"))
        .and_then(|i| i.nest(IFLA_INFO_DATA)?.u32(IFLA_VXLAN_LINK));
    let remote = info.as_ref().and_then(|i| remote(kind.as_deref().unwrap_or_default(), &i.nest(IFLA_INFO_DATA)?));
    Node {
        index: l.index,
        name: shown(l.name()),
        kind: kind.unwrap_or_else(|| if l.flags & 8 != 0 { "loopback".into() } else { "device".into() }),
        state,
        mtu: l.a.u32(IFLA_MTU).filter(|m| *m != 1500 && l.flags & 8 == 0),
        addresses,
        master: l.a.u32(IFLA_MASTER),
        lower: l.a.u32(IFLA_LINK).or(vxlan).filter(|i| *i != 0).map(|i| (i, l.a.s32(IFLA_LINK_NETNSID))),
        remote,
    }
}

/// The remote address of a tunnel (linux/if_tunnel.h, linux/if_link.h).
fn remote(kind: &str, data: &Nested<'_>) -> Option<IpAddr> {
    let attrs: &[u16] = match kind {
        "vxlan" => &[IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6],
        "geneve" => &[IFLA_GENEVE_REMOTE, IFLA_GENEVE_REMOTE6],
        "gre" | "gretap" | "ip6gre" | "ip6gretap" | "erspan" | "ip6erspan" => &[IFLA_GRE_REMOTE],
        "ipip" | "sit" | "ip6tnl" => &[IFLA_IPTUN_REMOTE],
        "vti" | "vti6" => &[IFLA_VTI_REMOTE],
        _ => return None,
    };
    attrs.iter().find_map(|attr| {
        let bytes = data.get(*attr)?;
        match bytes.len() {
            4 => bytes.first_chunk::<4>().map(|b| IpAddr::from(*b)),
            16 => bytes.first_chunk::<16>().map(|b| IpAddr::from(*b)),
            _ => None,
        }
        .filter(|ip| !ip.is_unspecified() && !ip.is_multicast())
    })
}
