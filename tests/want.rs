//! `snapshot` and `diff`: what exists as lines that iproute2 takes, and back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use std::time::Duration;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// What a busy host may have, as far as every kernel has it.
const NETWORK: &str = r#"
rip link set lo up
rip link add br0 type bridge stp_state 1 priority 100
rip link add name v0 address 02:00:00:00:00:01 mtu 1400 type veth peer name v1
rip link add p0 type veth peer name p1
rip link set p0 master br0 alias "a b"
rip link set p0 type bridge_slave cost 5 hairpin on
rip link property add dev p0 altname other
rip link add mv0 link v1 type macvlan mode bridge
rip link add vx0 type vxlan id 7 remote 10.0.0.9 dstport 4789 dev v0 nolearning
rip link add vx1 type vxlan dstport 4790 external
rip tuntap add dev t0 mode tap
for l in br0 v0 v1 p0 p1 mv0 vx0; do rip link set $l up; done
rip link set mv0 txqueuelen 55 group 7
rip addr add 10.0.0.1/24 brd + dev v0
rip addr add 10.0.0.2/24 dev v0
rip addr add 10.0.0.3/24 dev v0 valid_lft 1000 preferred_lft 1000
rip addr add 10.7.0.1 peer 10.7.0.2/32 dev v1 metric 7 noprefixroute
rip addr add 10.7.0.1 peer 0.0.0.0/32 dev v1
rip addr add 10.9.0.1/24 dev v1 label v1:x scope link
rip addr add 2001:db8::1/64 dev v0 nodad
rip addr add 2001:db8::2/64 dev v0 nodad
rip route add default via 10.0.0.254
rip route add 10.5.0.0/16 via 10.0.0.3 metric 5 mtu 1300
rip route append 10.5.0.0/16 via 10.0.0.4 metric 5
rip route add 10.6.0.0/16 nexthop via 10.0.0.3 weight 2 nexthop via 10.0.0.4
rip route add blackhole 10.8.0.0/16 table 100
rip route add 10.98.0.0/16 via 10.0.0.9 proto dhcp
rip -6 route add default via 2001:db8::9
rip route add 2001:db8:5::/48 nexthop via 2001:db8::3 nexthop via 2001:db8::4 weight 3
rip -6 route add unreachable default metric 4000
rip route add 2001:db8:f::/48 dev v0 expires 9000
rip nexthop add id 5 via 10.0.0.7 dev v0
rip nexthop add id 6 via 10.0.0.8 dev v0
rip nexthop add id 7 group 5,3/6
rip route add 10.77.0.0/16 nhid 7
rip rule add from 10.0.0.0/8 lookup 100 pref 50
rip -6 rule add lookup 100 pref 51
rip rule add fwmark 7/0xff iif v0 lookup 200 pref 52
rip -6 rule add to 2001:db8::/32 prohibit pref 60
rip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev v0
rip neigh add 10.0.0.15 lladdr 02:00:00:00:00:05 dev v0 nud stale
rip neigh add proxy 10.0.0.6 dev v0
rip addrlabel add prefix 2001:db8::/32 label 99
"#;

fn run(name: &str, lines: &str) -> Option<String> {
    if !machine::namespaces(!machine::root()) {
        skip::skip("want", "namespaces cannot be made here");
        return None;
    }
    let sandbox = Sandbox { timeout: Duration::from_secs(120), ..Sandbox::new(Tool::Rip) };
    let ended = sandbox.script(name, lines);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout(), ended.stderr());
    Some(ended.stdout())
}

const SNAPSHOT: &str = "\
# rip snapshot 1: link address addrlabel nexthop route rule neigh
link add name br0 type bridge stp_state 1 priority 100
link add name p0 type veth peer name p1
tuntap add dev t0 mode tap
link add name v0 address 02:00:00:00:00:01 mtu 1400 type veth peer name v1
link add link v1 name mv0 type macvlan mode bridge
link add name vx0 mtu 1350 type vxlan id 7 remote 10.0.0.9 dev v0 dstport 4789 nolearning
link add name vx1 mtu 1500 type vxlan dstport 4790 external nolearning
link set dev p0 alias \"a b\" master br0
link set dev p0 type bridge_slave cost 5 hairpin on
link property add dev p0 altname other
link set dev mv0 txqueuelen 55 group 7
link set dev br0 up
link set dev lo up
link set dev p0 up
link set dev p1 up
link set dev v0 up
link set dev v1 up
link set dev mv0 up
link set dev vx0 up
address add 10.0.0.1/24 broadcast 10.0.0.255 dev v0
address add 10.0.0.2/24 dev v0
address add 2001:db8::1/64 nodad dev v0
address add 2001:db8::2/64 nodad dev v0
address add 10.9.0.1/24 label v1:x scope link dev v1
address add 10.7.0.1 peer 10.7.0.2/32 metric 7 noprefixroute dev v1
address add 10.7.0.1 peer 0.0.0.0/32 dev v1
addrlabel add prefix 2001:db8::/32 label 99
nexthop add id 5 via 10.0.0.7 dev v0
nexthop add id 6 via 10.0.0.8 dev v0
nexthop add id 7 group 5,3/6
route add blackhole 10.8.0.0/16 table 100
route add unreachable ::/0 dev lo metric 4000
route add default via 10.0.0.254 dev v0
route add 10.5.0.0/16 via 10.0.0.3 dev v0 metric 5 mtu 1300
route append 10.5.0.0/16 via 10.0.0.4 dev v0 metric 5
route add 10.6.0.0/16 nexthop via 10.0.0.3 dev v0 weight 2 nexthop via 10.0.0.4 dev v0 weight 1
route add 10.77.0.0/16 nhid 7
route add default via 2001:db8::9 dev v0
route add 2001:db8:5::/48 nexthop via 2001:db8::3 dev v0 weight 1 nexthop via 2001:db8::4 dev v0 weight 3
rule add pref 50 from 10.0.0.0/8 lookup 100
rule add pref 52 from all fwmark 0x7/0xff iif v0 lookup 200
#-6 rule add pref 51 from all lookup 100
#-6 rule add pref 60 from all to 2001:db8::/32 prohibit
neigh add 10.0.0.5 dev v0 lladdr 02:00:00:00:00:05 nud permanent
neigh add proxy 10.0.0.6 dev v0
";

/// In canonical order, without leases, what the kernel makes and learned neighbours.
#[test]
fn a_snapshot_is_what_somebody_configured() {
    let Some(said) = run("want-snapshot", &format!("{NETWORK}\nrip snapshot")) else { return };
    assert_eq!(said, SNAPSHOT);
}

/// Iproute2 makes the same network of the lines in another namespace, and `diff` finds nothing.
#[test]
fn iproute2_makes_the_same_of_it() {
    if machine::reference().is_none() {
        skip::skip("want", "iproute2 7.3 is not installed");
        return;
    }
    let lines = r#"rip snapshot >/run/a
unshare -n -m sh -ec 'mount -t sysfs s /sys; reference -batch /run/a; sed -n "s/^#-6 //p" /run/a | reference -6 -batch -
rip diff /run/a; rip snapshot >/run/b; cmp /run/a /run/b; rip diff /run/a /run/b; rip diff - </run/a
rip link set v1 mtu 1300; rip route del 10.77.0.0/16; rip rule add pref 53 lookup 9
rip diff /run/a && exit 1; rip -j diff /run/a || echo $?; rip snapshot rule >/run/c; rip diff /run/c; rip diff /run/b /run/c | grep -c "^-"'"#;
    let Some(said) = run("want-round", &format!("{NETWORK}\n{lines}")) else { return };
    let (text, rest) = said.split_once("\n[").expect("JSON");
    assert_eq!(
        text,
        "- link add name v0 address 02:00:00:00:00:01 mtu 1400 type veth peer name v1
+ link add name v0 address 02:00:00:00:00:01 mtu 1400 type veth peer name v1 mtu 1300
- route add 10.77.0.0/16 nhid 7
+ rule add pref 53 from all lookup 9"
    );
    let (json, rest) = rest.split_once('\n').unwrap();
    let json: Value = serde_json::from_str(&format!("[{json}")).unwrap();
    assert_eq!(json[2]["state"], "removed");
    assert_eq!((&json[2]["line"], &json[3]["line"]), (&38.into(), &Value::Null));
    assert_eq!(json[2]["words"][1], "add");
    assert_eq!(rest.lines().next(), Some("1"), "{rest}");
}

/// Trouble is told apart from a difference, as diff(1) does.
#[test]
fn exit_codes_of_diff() {
    let lines = "rip diff /nowhere 2>/dev/null; echo $?; echo 'x \"' >/run/x; rip diff /run/x 2>/dev/null; echo $?
rip diff a b c 2>/dev/null; echo $?; rip diff </dev/null; echo $?; rip snapshot zz 2>/dev/null; echo $?
ip snapshot 2>&1; echo $?; ip diff 2>&1; echo $?";
    let Some(said) = run("want-codes", lines) else { return };
    let unknown = |o: &str| format!("Object \"{o}\" is unknown, try \"ip help\".\n1\n");
    assert_eq!(said, format!("2\n2\n255\n0\n255\n{}{}", unknown("snapshot"), unknown("diff")));
}

/// An object for each line, with what `show` prints.
#[test]
fn json_has_the_records() {
    let Some(said) = run("want-json", &format!("{NETWORK}\nrip -j snapshot link route")) else { return };
    let all: Value = serde_json::from_str(&said).expect("JSON");
    let list = all.as_array().unwrap();
    assert_eq!(
        list.len(),
        SNAPSHOT.lines().filter(|l| !l.starts_with('#') && matches!(&l[..4], "link" | "rout" | "tunt")).count()
    );
    assert_eq!(list[0]["record"]["ifname"], "br0");
    assert_eq!(list.last().unwrap()["record"]["dst"], "2001:db8:5::/48");
    assert!(list.iter().any(|o| o["object"] == "link" && o["record"].is_null()));
}

/// What a batch cannot say is told, and no key is ever in a snapshot.
#[test]
fn names_that_need_quotes() {
    let lines = "rip link add v0 type veth peer name v1; rip link set v0 alias \"it's\"; rip link set v1 alias '#1 \"x\"'
rip snapshot link 2>&1 | grep -e alias -e Left; rip snapshot link 2>/dev/null >/run/a; rip diff /run/a 2>/dev/null; echo $?";
    let Some(said) = run("want-quotes", lines) else { return };
    assert_eq!(
        said,
        "Left out: link set dev v1 alias #1 \"x\"\nlink set dev v0 alias it's\n+ link set dev v1 alias #1 \"x\"\n1\n"
    );
}
