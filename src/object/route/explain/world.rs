//! The data of an explanation, read once: rules, routes that could match, devices, neighbours.

use super::super::view::Route;
use super::flow::within;
use crate::diag::Diag;
use crate::grammar::address::{INET, INET6};
use crate::net::attr::u32_at;
use crate::net::kernel::Messages;
use crate::net::{Nested, Request};
use crate::object::neigh::view::Neigh;
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use std::collections::HashMap;
use std::net::IpAddr;

/// A device.
pub struct Link {
    /// The name.
    pub name: Vec<u8>,
    /// IFF_*.
    pub flags: u32,
    /// The group.
    pub group: u32,
    /// The index of its master.
    pub master: Option<u32>,
    /// The table of a VRF.
    pub table: Option<u32>,
}

/// The routes of a table that contain one of the addresses, in the kernel's order.
#[derive(Default)]
pub struct Table {
    /// The messages of its routes, without the netlink header.
    pub routes: Vec<Vec<u8>>,
    /// Total number of routes.
    pub total: usize,
}

/// The rules, routes and links that a look-up depends on.
#[derive(Default)]
pub struct World {
    /// The messages of the rules, by preference.
    pub rules: Vec<Vec<u8>>,
    /// Tables by number.
    pub tables: HashMap<u32, Table>,
    pub(super) links: HashMap<u32, Link>,
    /// Neighbours in state NUD_FAILED: interface index and address.
    pub(super) failed: Vec<(u32, IpAddr)>,
    /// Whether IPv6 forwarding is on (net.ipv6.conf.all.forwarding).
    pub forwards: bool,
}

impl World {
    /// Reads the rules, links and neighbours, and the routes to any of the addresses.
    ///
    /// # Errors
    ///
    /// The kernel refuses a dump.
    pub fn read(s: &Session, family: u8, addresses: &[IpAddr]) -> Result<World, Diag> {
        let all = |object: ObjectType, len: usize, family: u8| {
            let mut header = vec![family];
            header.resize(len, 0);
            let request = Request::raw(object.spec().get, 0, &header);
            consistent_dump::collect(s.kernel()?, object, &request).map_err(|e| e.explain(&request))
        };
        let mut world = World {
            rules: Vec::new(),
            tables: HashMap::new(),
            links: HashMap::new(),
            failed: Vec::new(),
            forwards: sysctl(family, "all", "forwarding").is_some_and(|v| v != 0),
        };
        let links = Request::raw(RTM_GETLINK, 0, &[0; IFINFOMSG])
            .with(IFLA_EXT_MASK, &(RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS).to_ne_bytes());
        let links = consistent_dump::collect(s.kernel()?, ObjectType::Link, &links).map_err(|e| e.explain(&links))?;
        for (m, _, _) in Messages(&links) {
            let (Some(index), Some(flags)) = (u32_at(m.body, 4), u32_at(m.body, 8)) else { continue };
            let a = Nested::new(m.body.get(IFINFOMSG..).unwrap_or_default());
            let info = a.nest(IFLA_LINKINFO);
            let vrf = info.filter(|i| i.str(IFLA_INFO_KIND) == Some(b"vrf")).and_then(|i| i.nest(IFLA_INFO_DATA));
            let link = Link {
                name: a.str(IFLA_IFNAME).unwrap_or(b"?").to_vec(),
                flags,
                group: a.u32(IFLA_GROUP).unwrap_or(0),
                master: a.u32(IFLA_MASTER),
                table: vrf.and_then(|d| d.u32(IFLA_VRF_TABLE)),
            };
            s.remember_link(index, &link.name, Some(flags));
            world.links.insert(index, link);
        }
        for (m, _, _) in Messages(&all(ObjectType::Rule, FIB_RULE_HDR, family)?) {
            world.rules.push(m.body.to_vec());
        }
        for (m, _, _) in Messages(&all(ObjectType::Route, RTMSG, family)?) {
            let Some(r) = Route::parse(m.body).filter(|r| r.flags & RTM_F_CLONED == 0) else { continue };
            let table = world.tables.entry(r.table()).or_default();
            table.total += 1;
            if addresses.iter().any(|ip| within(*ip, r.a.ip(RTA_DST, family), r.dst_len)) {
                table.routes.push(m.body.to_vec());
            }
        }
        if family == INET6 {
            for (m, _, _) in Messages(&all(ObjectType::Neigh, NDMSG, family)?) {
                let Some(n) = Neigh::parse(m.body) else { continue };
                if n.state & FAILED != 0
                    && let Some(ip) = n.a.ip(NDA_DST, family)
                {
                    world.failed.push((n.index, ip));
                }
            }
        }
        Ok(world)
    }

    /// The link with an index.
    pub fn link(&self, index: u32) -> Option<&Link> {
        self.links.get(&index)
    }

    /// The index of the link with a name.
    pub fn index_of(&self, name: &[u8]) -> Option<u32> {
        self.links.iter().find(|(_, l)| l.name == name).map(|(index, _)| *index)
    }

    /// The VRF device that a device is, or is a port of.
    pub fn vrf_of(&self, index: u32) -> Option<u32> {
        let link = self.link(index)?;
        match link.table {
            Some(_) => Some(index),
            None => link.master.filter(|m| self.link(*m).is_some_and(|l| l.table.is_some())),
        }
    }

    /// Whether a neighbour is in state NUD_FAILED.
    pub fn has_failed(&self, dev: u32, gateway: IpAddr) -> bool {
        self.failed.contains(&(dev, gateway))
    }
}

/// NUD_FAILED of linux/neighbour.h.
const FAILED: u16 = 0x20;

/// A sysctl of net.ipv4.conf or net.ipv6.conf, in the current namespace.
pub fn sysctl(family: u8, device: &str, name: &str) -> Option<u32> {
    let version = if family == INET { "ipv4" } else { "ipv6" };
    let path = format!("/proc/sys/net/{version}/conf/{device}/{name}");
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}
