//! A small network with something of everything, random batches on it, and whether two looks at it saw the same.

use super::random::Dice;
use serde_json::Value;

/// Makes the network; its address detection and router solicitations are off in a sandbox.
pub const MADE: &str = r#"
rip link set lo up
rip link add e0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02
rip link add e1 address 02:00:00:00:01:01 type veth peer name p1 address 02:00:00:00:01:02
rip link add br0 address 02:00:00:00:02:01 type bridge ageing_time 10000
for l in e0 p0 e1 p1 br0; do rip link set $l up; done
rip link set p0 master br0
rip link set p0 type bridge_slave cost 55 isolated on
rip link add mv0 address 02:00:00:00:03:01 link e1 type macvlan mode bridge
rip link set mv0 up
rip link add vx0 address 02:00:00:00:04:01 type vxlan id 55 remote 10.0.0.2 dstport 4789 dev e0
rip link add i0 address 02:00:00:00:05:01 type ifb
rip link set e0 alias 'an alias' group 7
rip link property add altname e-one altname e-two dev e0
rip addr add 10.0.0.1/24 brd + dev e0
rip addr add 10.0.0.7/24 dev e0
rip addr add 10.0.1.1/24 label e0:x dev e0
rip addr add 10.1.0.1/24 dev e1
rip addr add 10.2.0.1/24 dev mv0
rip addr add 2001:db8::1/64 dev e0
rip addr add 2001:db8::2/64 valid_lft 4000 preferred_lft 2000 dev e0
rip addr add 2001:db8:1::1/64 dev e1
rip route add 10.16.0.0/16 via 10.0.0.2
rip route add 10.17.0.0/16 dev e0 metric 5 mtu 1300
rip route append 10.17.0.0/16 via 10.0.0.9 metric 5
rip route add 10.18.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.1.0.2
rip route add blackhole 10.19.0.0/16 table 77
rip route add 10.20.0.0/16 via 10.1.0.9 src 10.0.0.7
rip -6 route add 2001:db8:16::/64 via 2001:db8::9
rip -6 route add 2001:db8:17::/64 via 2001:db8::9 expires 3000
rip -6 route add 2001:db8:18::/64 nexthop via 2001:db8::8 nexthop via 2001:db8:1::7
rip nexthop add id 1 via 10.0.0.2 dev e0
rip nexthop add id 2 via 10.1.0.2 dev e1
rip nexthop add id 10 group 1/2,3
rip route add 10.21.0.0/16 nhid 10
rip rule add from 10.0.0.0/8 lookup 100 pref 5
rip rule add iif e0 fwmark 0x1/0xff lookup 100 pref 5
rip -6 rule add to 2001:db8::/32 lookup 5 pref 77
rip link add m0 address 02:00:00:00:06:01 type veth peer name m1 address 02:00:00:00:06:02
rip maddress add 33:33:00:00:00:09 dev m0
rip neigh add 10.0.0.33 lladdr 2:0:0:0:0:33 dev e0
rip neigh add proxy 10.0.0.44 dev e0
rip neigh add 2001:db8::33 lladdr 2:0:0:0:0:34 dev e0 nud stale
"#;

/// Looks at everything; the name of the file follows.
pub const LOOK: &str = r#"
look() {
  { rip -d -j link; rip -d -j addr; rip -4 -d -j route show table all; rip -6 -d -j route show table all
    rip -j rule; rip -6 -j rule; rip -j -d nexthop; rip -j neigh show nud all; rip -j neigh show proxy; rip -j mrule; rip -j ntable; rip -o maddress | grep static || true; ls /run/netns 2>/dev/null || true; } >$1
}
# What settles by itself (carriers, addresses that follow them) has time to do so.
looks() { look $1.0; sleep 0.3; look $1.1; sleep 1; look $1.2; }
"#;

/// Fields that count or run, or that follow from others in their own time.
const VOLATILE: &[&str] = &[
    "operstate",
    "qdisc",
    "hello_timer",
    "tcn_timer",
    "topology_change_timer",
    "gc_timer",
    "hold_timer",
    "message_age_timer",
    "forward_delay_timer",
    "fdb_n_learned",
    "topology_change",
    "topology_change_detected",
    "topology_change_ack",
    "root_port",
    "root_path_cost",
    "state",
    "tentative",
    "optimistic",
    "deprecated",
    "used",
    "confirmed",
    "updated",
    "refcnt",
    "probes",
    "expires",
    "promiscuity",
    "allmulti",
    "carrier_changes",
    "reachable",
];

fn plain(v: &mut Value) {
    match v {
        Value::Object(map) => {
            // A neighbour keeps the state that somebody gave it; ports follow their link.
            let lasting = map
                .get("state")
                .and_then(Value::as_array)
                .is_some_and(|s| s.iter().any(|w| w == "PERMANENT" || w == "NOARP"));
            if map.remove("designated_port").is_some() {
                // A bridge numbers its ports as they come.
                ["id", "no"].iter().for_each(|k| drop(map.remove(*k)));
            }
            VOLATILE.iter().for_each(|k| drop(map.remove(*k)));
            if lasting {
                map.insert("lasting".into(), true.into());
            }
            for key in ["valid_life_time", "preferred_life_time"] {
                if let Some(n) = map.get_mut(key).filter(|n| n.as_u64().is_some_and(|n| n < 0xffff_ffff)) {
                    // As many seconds as may pass between two looks.
                    *n = (n.as_u64().unwrap_or(0).div_ceil(200)).into();
                }
            }
            if let Some(Value::Array(flags)) = map.get_mut("flags") {
                flags.retain(|f| !["LOWER_UP", "NO-CARRIER", "linkdown", "dead"].iter().any(|n| f == n));
            }
            map.values_mut().for_each(plain);
        }
        Value::Array(list) => list.iter_mut().for_each(plain),
        _ => {}
    }
}

/// A look, one thing a line, without what changes by itself.
pub fn things(look: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (n, line) in look.lines().enumerate() {
        let Ok(Value::Array(list)) = serde_json::from_str::<Value>(line) else {
            out.push(line.to_string());
            continue;
        };
        let mut lines: Vec<String> = Vec::new();
        for mut thing in list {
            plain(&mut thing);
            let text = thing.to_string();
            // Multicast comes with the device.
            let itself = ["\"ff00::/8\"", "\"dst\":\"ff0", "\"dst\":\"224.0.0."].iter().any(|w| text.contains(w));
            // The kernel looks for a tunnel's other end, and gives up.
            let itself = itself || n == 7 && !text.contains("lladdr");
            // It makes one when a packet has no other way than lo, as while an address is missing; no line speaks of it.
            let itself = itself || n == 7 && text.contains("\"dev\":\"lo\",\"dst\":\"0.0.0.0\"");
            if !itself && text != "{}" {
                lines.push(format!("{n} {text}"));
            }
        }
        // IPv6 routes and neighbours are listed in no order that counts.
        if matches!(n, 3 | 7 | 8 | 10) {
            lines.sort();
        }
        out.extend(lines);
    }
    out
}

/// What two looks differ in; empty when they saw the same.
pub fn difference(before: &str, after: &str) -> String {
    let (a, b) = (things(before), things(after));
    if a == b {
        return String::new();
    }
    let only = |x: &[String], y: &[String], sign: &str| -> String {
        x.iter().filter(|l| !y.contains(l)).map(|l| format!("  {sign} {l}\n")).collect()
    };
    let text = only(&a, &b, "-") + &only(&b, &a, "+");
    if text.is_empty() { "  another order\n".into() } else { text }
}

/// A line that changes something, and mostly can.
pub fn line(dice: &mut Dice, n: usize) -> String {
    let pick = |dice: &mut Dice, list: &[&str]| list[dice.below(list.len())].to_string();
    let any = ["e0", "p0", "e1", "p1", "br0", "mv0", "i0", "vx0"];
    let up = ["e0", "e1", "mv0"];
    let dev = pick(dice, &any);
    let host = 50 + n % 200;
    match dice.below(40) {
        0 => format!("link set {dev} down"),
        1 => format!("link set {dev} down\nlink set {dev} up"),
        2 => format!("link set {dev} up"),
        3 => format!("link set {dev} mtu {}", 1300 + dice.below(150)),
        4 => format!("link set {dev} alias 'alias {n}'"),
        5 => format!("link set {dev} group {}", dice.below(9)),
        6 => format!("link set {} address 02:00:00:00:{host:02x}:07", pick(dice, &["e0", "p1", "i0"])),
        7 => format!("link set {} master br0", pick(dice, &["p0", "p1", "i0"])),
        8 => "link set p0 nomaster".into(),
        9 => format!("link set p0 type bridge_slave cost {} isolated off", 1 + dice.below(99)),
        10 => format!("link set br0 type bridge ageing_time {} forward_delay 500", 1000 + n),
        11 => format!("link property add altname name-{n} dev {dev}"),
        12 => "link property del altname e-one dev e0".into(),
        13 => format!("link set {dev} down\nlink set {dev} name x{n}\nlink set x{n} name {dev}\nlink set {dev} up"),
        14 => format!("link set {dev} down\nlink set {dev} name last{n}"),
        15 => format!("link add v{n} type veth peer name w{n}\nlink set v{n} up\naddr add 10.9.{host}.1/24 dev v{n}"),
        16 => format!("link add b{n} type bridge\nlink set b{n} up\nlink set p1 master b{n}"),
        17 => format!("link del {}", pick(dice, &["vx0", "mv0", "i0", "br0", "e0", "e1", "p1"])),
        18 => format!("tuntap add t{n} mode {}\nlink set t{n} up", pick(dice, &["tun", "tap"])),
        19 => format!("link add m{n} link e1 type macvlan mode bridge\nlink set m{n} up"),
        20 | 21 => format!("addr replace 10.0.0.{host}/24 dev e0"),
        22 => format!("addr replace 10.{}.0.{host}/24 dev {}", 40 + dice.below(9), pick(dice, &up)),
        23 => {
            format!("addr del {} dev e0", pick(dice, &["10.0.0.1/24", "10.0.0.7/24", "10.0.1.1/24", "2001:db8::1/64"]))
        }
        24 => format!("addr flush dev {} scope global", pick(dice, &up)),
        25 => format!("addr replace 2001:db8::{host}/64 dev e0"),
        26 => "addr change 2001:db8::2/64 valid_lft 900 preferred_lft 800 dev e0".into(),
        27 => format!("route replace 10.{}.0.0/16 via 10.0.0.{host}", 16 + dice.below(5)),
        28 => format!("route replace 10.30.{host}.0/24 dev {} metric {}", pick(dice, &up), dice.below(3)),
        29 => format!("route append 10.17.0.0/16 via 10.0.0.{host} metric 5"),
        30 => format!("route prepend 10.17.0.0/16 via 10.0.0.{host} metric 5"),
        31 => format!("route del {}", pick(dice, &["10.16.0.0/16", "10.17.0.0/16", "10.18.0.0/16", "10.0.0.0/24"])),
        32 => format!("route replace 2001:db8:{}::/64 via 2001:db8::{host}", 16 + dice.below(4)),
        33 => {
            format!("route flush {}", pick(dice, &["table 77", "dev e1", "proto boot root 10.16.0.0/13 type unicast"]))
        }
        34 if n.is_multiple_of(3) => {
            format!("mrule add iif e0 lookup {host} pref {n}{}", pick(dice, &["", "\nmrule flush"]))
        }
        34 => format!("rule add from 10.{n}.0.0/16 lookup {host} pref {}", 1 + dice.below(99)),
        35 => format!("rule {}", pick(dice, &["del pref 5", "flush\nrule add pref 32766 lookup main"])),
        36 if n.is_multiple_of(2) => format!(
            "ntable change name arp_cache dev {dev} queue {host} locktime {n}\nmaddress {} 33:33:0:0:0:9 dev m0",
            pick(dice, &["del", "add"])
        ),
        36 => format!("nexthop replace id {} via 10.0.0.{host} dev e0", pick(dice, &["1", "2", "33"])),
        37 => format!("nexthop {}", pick(dice, &["del id 10", "del id 1", "flush", "add id 44 blackhole"])),
        38 => format!("neigh replace 10.0.0.{} lladdr 2:0:0:0:1:{:x} dev e0", pick(dice, &["33", "55"]), n % 256),
        _ => pick(
            dice,
            &["neigh del 10.0.0.33 dev e0", "neigh del proxy 10.0.0.44 dev e0", "neigh flush dev e0 nud all"],
        ),
    }
}
