//! `link set DEV inet { SETTING VALUE } ...`: the device's IPv4 settings (net.ipv4.conf.DEV) over netlink.

use crate::diag::Diag;
use crate::grammar::number::signed;
use crate::grammar::value::Switch;
use crate::grammar::{Offer, Value, Words};
use crate::net::attr::put;
use crate::schema::{AF_SPEC_INET, IFLA_INET_CONF, NESTED};
use std::borrow::Cow;

/// The settings: number (linux/ip.h, IPV4_DEVCONF_*), name, and whether it is on/off.
const SETTINGS: &[(u16, &str, bool)] = &[
    (1, "forwarding", true),
    (3, "proxy_arp", true),
    (4, "accept_redirects", true),
    (5, "secure_redirects", true),
    (6, "send_redirects", true),
    (7, "shared_media", true),
    (9, "accept_source_route", true),
    (10, "bootp_relay", true),
    (11, "log_martians", true),
    (13, "arp_filter", true),
    (15, "disable_xfrm", true),
    (16, "disable_policy", true),
    (20, "promote_secondaries", true),
    (22, "arp_notify", true),
    (23, "accept_local", true),
    (24, "src_vmark", true),
    (25, "proxy_arp_pvlan", true),
    (26, "route_localnet", true),
    (32, "bc_forwarding", true),
    (29, "ignore_routes_with_linkdown", true),
    (30, "drop_unicast_in_l2_multicast", true),
    (31, "drop_gratuitous_arp", true),
    (33, "arp_evict_nocarrier", true),
    (8, "rp_filter", false),
    (12, "tag", false),
    (14, "medium_id", false),
    (17, "force_igmp_version", false),
    (18, "arp_announce", false),
    (19, "arp_ignore", false),
    (21, "arp_accept", false),
    (27, "igmpv2_unsolicited_report_interval", false),
    (28, "igmpv3_unsolicited_report_interval", false),
];

/// One or more settings and their values, up to the first other word; parsed to the body of IFLA_AF_SPEC.
pub struct Block;

impl Value for Block {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        let names: Vec<_> = SETTINGS.iter().map(|(_, n, _)| *n).collect();
        format!("{{ {{ {} }} {{ VALUE | on | off }} }} ...", names.join(" | ")).into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let mut conf = Vec::new();
        while let Some(arg) = w.peek() {
            let Some((id, name, switch)) = SETTINGS.iter().find(|(_, n, _)| arg.is(n)) else { break };
            w.skip();
            let value = if *switch {
                i32::from(Switch(name, 1).take(w)?)
            } else {
                let arg = w.next()?;
                signed(arg.bytes)
                    .and_then(|v| i32::try_from(v).ok())
                    .ok_or_else(|| arg.wrong(&format!("Invalid \"{name}\" value\n")))?
            };
            put(&mut conf, *id, &value.to_ne_bytes());
        }
        if conf.is_empty() {
            return Err(Diag::incomplete(w.at()));
        }
        let mut inet = Vec::new();
        put(&mut inet, IFLA_INET_CONF | NESTED, &conf);
        let mut out = Vec::new();
        put(&mut out, AF_SPEC_INET, &inet);
        Ok(out)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        SETTINGS.iter().map(|(_, n, _)| Offer::new(*n, "setting of net.ipv4.conf")).collect()
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        self.offer(w)
    }
}
