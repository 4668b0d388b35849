//! The network that every generated line runs in, what the generator knows of it, and how it is looked at.

use rip::internals::diag::Diag;
use rip::internals::grammar::words;
use rip::internals::grammar::{Names, Offer, Words};
use rip::internals::state::ObjectType;

/// Batch lines that both twins run with iproute2 before anything else.
pub const SETUP: &str = "\
link set lo up
link add d0 address 02:00:00:00:00:01 type ifb
link add v0 address 02:00:00:00:01:00 type veth peer name v1 address 02:00:00:00:01:01
link add br0 address 02:00:00:00:02:00 type bridge
link add vrf0 address 02:00:00:00:03:00 type vrf table 10
link add d0.5 link d0 type vlan id 5
link add vx0 address 02:00:00:00:04:00 type vxlan id 5 remote 10.0.0.2 dstport 4789 dev d0
link add bo0 address 02:00:00:00:05:00 type bond
link add mv0 link d0 address 02:00:00:00:06:00 type macvlan mode bridge
link add g0 type gre local 10.0.0.1 remote 10.0.0.3
link set d0 up
link set v0 up
link set v1 up
link set br0 up
link set vrf0 up
link set v1 master br0
link property add dev d0 altname other
link set d0 group 7 alias text
addr add 10.0.0.1/24 brd + dev d0
addr add 10.0.0.7/24 dev d0
addr add 10.1.0.1/24 label v0:x dev v0
addr add 2001:db8::1/64 dev d0
addr add 2001:db8:1::1/64 valid_lft 40000 preferred_lft 20000 dev v0
route add 10.16.0.0/16 via 10.0.0.2
route add 10.17.0.0/16 dev d0 metric 5 mtu 1300
route add 10.18.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.1.0.2
route add blackhole 10.19.0.0/16 table 77
route add 2001:db8:16::/64 via 2001:db8::9
nexthop add id 1 via 10.0.0.2 dev d0
nexthop add id 2 via 10.1.0.2 dev v0
nexthop add id 3 via 2001:db8::9 dev d0
nexthop add id 10 group 1/2,3
rule add from 10.0.0.0/8 lookup 100 pref 5
rule add iif d0 fwmark 0x1/0xff lookup 100 pref 6
rule add to 2001:db8::/32 lookup 5 pref 77
neigh add 10.0.0.33 lladdr 02:00:00:00:00:33 dev d0
neigh add proxy 10.0.0.44 dev d0
neigh add 2001:db8::33 lladdr 02:00:00:00:00:34 dev d0 nud permanent
tuntap add dev t0 mode tun
tuntap add dev t1 mode tap
netns add n1
netns add n2
netns set n1 5
";

pub const DEVICES: &[&str] = &["d0", "v0", "v1", "br0", "vrf0", "d0.5", "vx0", "bo0", "mv0", "g0", "lo", "other", "t0"];

/// Tables shown after a round, as words.
pub const SHOWN: &[&str] = &[
    "link show",
    "addr show",
    "-4 route show table all",
    "-6 route show table all",
    "rule show",
    "-6 rule show",
    "neigh show nud all",
    "neigh show proxy",
    "nexthop show",
    "netns list-id",
    "tuntap show",
];

pub const FORMATS: &[&str] = &[
    "", "-d", "-o", "-br", "-s", "-d -j", "-j", "-j -p", "-N", "-c", "-d -d", "-s -s", "-d -o -s", "-br -j", "-d -s -j",
];

/// How the events of a round are printed. Not `-br`, `-j` and `-4`, which docs/differences.md names.
pub const MONITORED: &[&str] = &["", "-d", "-o", "-N", "-c", "-s -d", "-t"];

/// What the generator believes to be there.
pub struct World;

const TABLES: &[(&str, u32)] = &[("main", 254), ("local", 255), ("default", 253)];
const PROTOCOLS: &[(&str, u32)] = &[("kernel", 2), ("boot", 3), ("static", 4), ("ra", 9), ("bird", 12)];
const SCOPES: &[(&str, u32)] = &[("global", 0), ("link", 253), ("host", 254), ("nowhere", 255), ("site", 200)];
const FIELDS: &[(&str, u32)] = &[("CS1", 32), ("AF11", 40), ("EF", 184)];
const ADDRESS: &[(&str, u32)] = &[("kernel_lo", 1), ("kernel_ra", 2)];

fn table(which: words::Table) -> &'static [(&'static str, u32)] {
    match which {
        words::Table::Tables => TABLES,
        words::Table::Protocols => PROTOCOLS,
        words::Table::Scopes => SCOPES,
        words::Table::Realms => &[("cosmos", 0)],
        words::Table::Fields => FIELDS,
        words::Table::Groups => &[("default", 0)],
        words::Table::AddressProtocols => ADDRESS,
        words::Table::DownReasons => &[],
    }
}

impl Names for World {
    fn link(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok(DEVICES.iter().zip(1..).find(|(d, _)| d.as_bytes() == name).map(|(_, n)| n))
    }
    fn number(&self, which: words::Table, name: &[u8]) -> Option<u32> {
        table(which).iter().find(|(n, _)| n.as_bytes() == name).map(|(_, v)| *v)
    }
    fn names(&self, which: words::Table) -> Vec<Offer> {
        table(which).iter().map(|(n, _)| Offer::new(*n, "")).collect()
    }
    fn links(&self) -> Vec<Offer> {
        DEVICES.iter().map(|d| Offer::new(*d, "")).collect()
    }
    fn there(&self, what: ObjectType, _w: &Words<'_>) -> Vec<Offer> {
        let all: &[&str] = match what {
            ObjectType::Address => &["10.0.0.1/24", "10.0.0.7/24", "2001:db8::1/64"],
            ObjectType::Route => &["10.16.0.0/16", "10.17.0.0/16", "10.18.0.0/16", "2001:db8:16::/64"],
            ObjectType::Rule => &["5", "6", "77"],
            ObjectType::Neigh => &["10.0.0.33", "10.0.0.44", "2001:db8::33"],
            ObjectType::Nexthop => &["1", "2", "3", "10"],
            _ => &[],
        };
        all.iter().map(|a| Offer::new(*a, "")).collect()
    }
    fn vrf(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok((name == b"vrf0").then_some(10))
    }
}
