//! `ensure` and `apply`: only what is written is compared, the least is changed, all or nothing, and a second run sends
//! nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use std::time::Duration;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// `ens WORDS`: runs ensure and prints its exit code. `quiet WORDS`: the second run, which must send nothing.
const TOOLS: &str = r#"
ens() { rip ensure "$@" 2>&1; echo "=> $?"; }
changes() { strace -f -e trace=sendto,sendmsg -s 64 -o /run/strace "$@" >/dev/null 2>&1; grep -c 'RTM_NEW\|RTM_DEL\|RTM_SET' /run/strace; }
rip link add name v0 mtu 1400 type veth peer name v1; rip link add br0 type bridge; rip link add p0 type veth peer name p1
for l in lo v0 v1 br0 p0; do rip link set $l up; done
rip addr add 10.0.0.1/24 brd + dev v0; rip addr add 10.0.0.2/24 dev v0; rip addr add 2001:db8::1/64 nodad dev v0
"#;

fn run(name: &str, lines: &str, seconds: u64) -> Option<String> {
    if !machine::namespaces(!machine::root()) {
        skip::skip("ensure", "namespaces cannot be made here");
        return None;
    }
    let sandbox = Sandbox { timeout: Duration::from_secs(seconds), ..Sandbox::new(Tool::Rip) };
    let ended = sandbox.script(name, lines);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout(), ended.stderr());
    Some(ended.stdout())
}

fn said(name: &str, lines: &str, wanted: &str) {
    let Some(said) = run(name, &format!("{TOOLS}\n{lines}"), 120) else { return };
    assert_eq!(said, wanted, "{said}");
}

/// What `replace` gets wrong, class by class: see the manual.
#[test]
fn addresses() {
    if skip::lacking("ensure: addresses", &["oracle"]) {
        return;
    }
    said(
        "ensure-address",
        "rip route add 10.5.0.0/16 via 10.0.0.9; rip route add 10.6.0.0/16 via 10.0.0.9 src 10.0.0.2
ens addr add 10.0.0.1/24 dev v0
ens addr add 10.0.0.1/24 metric 7 dev v0
ens addr add 10.0.0.1/24 label v0:x dev v0
ens addr add 10.0.0.1/24 label v0:x metric 7 brd 10.0.0.255 dev v0
rip addr add 10.7.0.1/24 dev p0; rip route add 10.8.0.0/16 via 10.7.0.9; ens addr add 10.7.0.1/24 noprefixroute dev p0; ens addr add 10.7.0.1/24 scope link dev p0
ens addr add 2001:db8::1/64 metric 9 dev v0
ens addr add 2001:db8::1/48 dev v0
ens addr del 10.0.0.7/24 dev v0; ens addr del 10.0.0.7/24 dev nosuch
ens addr add 10.0.0.8/24 dev v0 valid_lft 500 preferred_lft 400; ens addr add 10.0.0.8/24 dev v0 valid_lft 500 preferred_lft 400
ens addr del 10.0.0.8/24 dev v0
reference -o -4 addr show dev v0; reference route | sort",
        "=> 0
~ addr add 10.0.0.1/24 metric 7 dev v0
=> 0
~ addr add 10.0.0.1/24 label v0:x dev v0 (label was v0)
=> 0
=> 0
Not restored after a change: append route 10.8.0.0/16 via 10.7.0.9 dev p0
~ addr add 10.7.0.1/24 noprefixroute dev p0
=> 0
~ addr add 10.7.0.1/24 scope link dev p0 (scope was 0)
=> 0
~ addr add 2001:db8::1/64 metric 9 dev v0
=> 0
Error: the address has the prefix length 64 there.
=> 1
=> 0
=> 0
+ addr add 10.0.0.8/24 dev v0 valid_lft 500 preferred_lft 400
=> 0
=> 0
- addr del 10.0.0.8/24 dev v0
=> 0
3: v0    inet 10.0.0.1/24 metric 7 brd 10.0.0.255 scope global v0:x\\       valid_lft forever preferred_lft forever
3: v0    inet 10.0.0.2/24 scope global secondary v0\\       valid_lft forever preferred_lft forever
10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 metric 7 
10.5.0.0/16 via 10.0.0.9 dev v0 
10.6.0.0/16 via 10.0.0.9 dev v0 src 10.0.0.2 
",
    );
}

#[test]
fn routes_rules_and_nexthops() {
    if skip::lacking("ensure: routes_rules_and_nexthops", &["oracle"]) {
        return;
    }
    said(
        "ensure-route",
        "rip nexthop add id 5 via 10.0.0.7 dev v0; rip nexthop add id 6 via 10.0.0.8 dev v0; rip nexthop add id 7 group 5/6
rip route add 10.77.0.0/16 nhid 7
ens route add 10.5.0.0/16 via 10.0.0.3 mtu 1300; ens route add 10.5.0.0/16 via 10.0.0.3; ens route add 10.5.0.0/16 via 10.0.0.4
ens route add 10.5.0.0/16 via 10.0.0.4 metric 5
printf 'route add 10.8.0.0/16 via 10.0.0.3 metric 4\\nroute append 10.8.0.0/16 via 10.0.0.4 metric 4\\n' >/run/f; ens /run/f; ens /run/f
printf 'route add 10.8.0.0/16 via 10.0.0.4 metric 4\\nroute append 10.8.0.0/16 via 10.0.0.3 metric 4\\n' >/run/f; ens /run/f; ens check /run/f
ens route add 2001:db8:5::/48 nexthop via 2001:db8::3 nexthop via 2001:db8::4; ens route add 2001:db8:5::/48 nexthop via 2001:db8::4 weight 3 nexthop via 2001:db8::9
ens -6 route add 2001:db8:5::/48 nexthop via 2001:db8::9 nexthop via 2001:db8::4 weight 3
ens rule add from 10.1.0.0/16 lookup 100; ens rule add from 10.1.0.0/16 lookup 100; ens rule add pref 9 from 10.1.0.0/16 lookup 100; ens rule del from 10.1.0.0/16
ens nexthop add id 5 via 10.0.0.17 dev v0; ens nexthop add id 7 group 6/5; ens nexthop add id 7 via 10.0.0.7 dev v0; ens recreate nexthop add id 7 via 10.0.0.7 dev v0
ens route del 10.5.0.0/16; ens route del 10.5.0.0/16
ens neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev v0; ens neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev v0; ens neigh add 10.0.0.6 lladdr 02:00:00:00:00:05 nud stale dev v0
reference route; reference -6 route show 2001:db8:5::/48; rip rule | grep 10.1; rip nexthop",
        "+ route add 10.5.0.0/16 via 10.0.0.3 mtu 1300
=> 0
=> 0
~ route add 10.5.0.0/16 via 10.0.0.4
=> 0
+ route add 10.5.0.0/16 via 10.0.0.4 metric 5
=> 0
+ route add 10.8.0.0/16 via 10.0.0.3 metric 4
+ route append 10.8.0.0/16 via 10.0.0.4 metric 4
=> 0
=> 0
~ route add 10.8.0.0/16 via 10.0.0.4 metric 4
~ route append 10.8.0.0/16 via 10.0.0.3 metric 4
=> 0
=> 0
+ route add 2001:db8:5::/48 nexthop via 2001:db8::3 nexthop via 2001:db8::4
=> 0
~ route add 2001:db8:5::/48 nexthop via 2001:db8::4 weight 3 nexthop via 2001:db8::9
=> 0
=> 0
+ rule add from 10.1.0.0/16 lookup 100
=> 0
=> 0
+ rule add pref 9 from 10.1.0.0/16 lookup 100
=> 0
- rule del from 10.1.0.0/16
=> 0
~ nexthop add id 5 via 10.0.0.17 dev v0 (via was 10.0.0.7)
=> 0
~ nexthop add id 7 group 6/5
=> 0
Error: the kernel cannot turn a nexthop into a group or back; \"ensure recreate\" recreates it.
=> 1
~ nexthop add id 7 via 10.0.0.7 dev v0
=> 0
- route del 10.5.0.0/16
=> 0
=> 0
+ neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev v0
=> 0
=> 0
Error: neighbour states other than permanent and noarp do not persist.
=> 1
10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.1 
10.8.0.0/16 via 10.0.0.4 dev v0 metric 4 
10.8.0.0/16 via 10.0.0.3 dev v0 metric 4 
10.77.0.0/16 nhid 7 via 10.0.0.7 dev v0 
2001:db8:5::/48 metric 1024 pref medium
\tnexthop via 2001:db8::4 dev v0 weight 3 
\tnexthop via 2001:db8::9 dev v0 weight 1 
id 5 via 10.0.0.17 dev v0 scope link 
id 6 via 10.0.0.8 dev v0 scope link 
id 7 via 10.0.0.7 dev v0 scope link 
",
    );
}

#[test]
fn links() {
    said(
        "ensure-link",
        "rip route add 10.5.0.0/16 via 10.0.0.9
ens link add name v0 type veth peer name v1; ens link set v0 mtu 1300; ens link set dev p0 master br0 mtu 1500; ens link set dev p0 master br0
ens link set p0 type bridge_slave cost 7; ens link set p0 type bridge_slave cost 7 hairpin off; ens link set br0 type bridge stp_state 1
ens link add name v0 type bridge; ens link add name v0 type veth peer name zz; ens link del nosuch; ens link set nosuch up
ens link add link v1 name m0 address 02:00:00:00:00:09 type macvlan mode bridge; rip addr add 10.9.0.1/24 dev m0; rip link set m0 up
ens link add link v0 name m0 type macvlan mode bridge
ens recreate link add link v0 name m0 address 02:00:00:00:00:09 type macvlan mode bridge; rip -br addr show dev m0; rip route show 10.9.0.0/24
ens link set m0 name n0; ens link set m0 name n0; ens link property add dev n0 altname other; ens link add name other link v0 type macvlan
rip route show 10.5.0.0/16; ls /run/rip",
        "=> 0
~ link set dev v0 mtu 1300 (was 1400)
=> 0
~ link set dev p0 master br0
=> 0
=> 0
~ link set dev p0 type bridge_slave cost 7 (was 2)
=> 0
=> 0
~ link set dev br0 type bridge stp_state 1 (was 0)
=> 0
Error: the kernel cannot change \"type bridge\" of an existing link; \"ensure recreate\" recreates it.
=> 1
Error: the kernel cannot change \"peer name zz\" of an existing link; \"ensure recreate\" recreates it.
=> 1
=> 0
Cannot find device \"nosuch\"
  rip link set nosuch up
               ^^^^^^
=> 1
+ link add link v1 name m0 address 02:00:00:00:00:09 type macvlan mode bridge
=> 0
Error: the kernel cannot change \"link v0\" of an existing link; \"ensure recreate\" recreates it.
=> 1
~ link set dev m0 link v0 (was v1)
=> 0
m0@v0            UP             10.9.0.1/24 fe80::ff:fe00:9/64 
10.9.0.0/24 dev m0 proto kernel scope link src 10.9.0.1 
~ link set dev m0 name n0 (was m0)
=> 0
=> 0
+ link property add dev n0 altname other
=> 0
=> 0
10.5.0.0/16 via 10.0.0.9 dev v0 
",
    );
}

/// What a file may not say, and what is refused leaves everything as it is.
#[test]
fn refusals() {
    said(
        "ensure-refused",
        "rip snapshot >/run/before
ens link show; ens netns exec a b; ens /nowhere; ens -j link set v0 mtu 1300; ens -s -6 link set v0 up; ens; rip -force ensure link set v0 mtu 1300 2>&1; echo $?
printf 'link set v0 mtu 1300\\nroute flush table 9\\n' >/run/f; ens /run/f; printf 'link set v0 mtu 1300\\naddr add zz dev v0\\n' >/run/f; ens /run/f
printf 'addr add 10.4.0.1/24 dev v0\\n\\naddr del 10.4.0.1/24 dev v0\\n' >/run/f; ens /run/f; printf 'link del v0\\nlink set v0 mtu 1300\\n' >/run/f; ens /run/f
printf 'link set v0 mtu 1300\\nroute add 10.6.0.0/16 via 192.168.9.9\\n' >/run/f; ens /run/f; ens check route add 10.6.0.0/16 via 192.168.9.9
rip apply /run/f 2>&1; echo \"=> $?\"; ip ensure 2>&1; echo \"=> $?\"
rip diff /run/before; ls /run/rip",
        "Error: \"link show\" does not say what should exist.
  rip link show
      ^^^^ ^^^^
=> 1
Error: rip cannot tell whether \"netns exec\" is needed.
  rip netns exec a b
      ^^^^^ ^^^^
=> 1
Cannot open file \"/nowhere\" for reading: No such file or directory
=> 1
Error: option \"-j\" must precede \"ensure\", not a line.
  rip -j link set v0 mtu 1300
      ^^
=> 255
Error: option \"-s\" must precede \"ensure\", not a line.
  rip -s -6 link set v0 up
      ^^
=> 255
Command line is not complete. Try option \"help\"
  rip ensure
             ^
=> 255
Error: -force does not apply: either all changes are made or none.
255
Error: rip cannot tell whether \"route flush\" is needed.
Failed at /run/f:2
  rip route flush table 9
      ^^^^^ ^^^^^
=> 1
Error: any valid prefix is expected rather than \"zz\".
  rip addr add zz dev v0
               ^^
Failed at /run/f:2
=> 1
Error: lines 1 and 3 contradict each other: \"addr add 10.4.0.1/24 dev v0\", \"addr del 10.4.0.1/24 dev v0\".
=> 1
Error: lines 1 and 2 contradict each other: \"link del v0\", \"link set v0 mtu 1300\".
=> 1
Error: Nexthop has invalid gateway.
Failed at /run/f:2
Rolled back: everything is as it was before the batch.
=> 2
+ route add 10.6.0.0/16 via 192.168.9.9
=> 1
Error: the first line does not state what the file covers (\"# rip snapshot 1: ...\").
=> 1
Object \"ensure\" is unknown, try \"ip help\".
=> 1
",
    );
}

/// The second run of everything sends nothing, and what no line names is as it was, byte for byte.
#[test]
fn idempotent_and_within_its_scope() {
    if skip::lacking("ensure: idempotent_and_within_its_scope", &["strace"]) {
        return;
    }
    let lines = r#"
cat >/run/f <<'END'
route add 10.5.0.0/16 via 10.0.0.3 metric 5
link set dev w0 up
address add 10.2.0.1/24 broadcast + dev w0
address add 2001:db8:2::1/64 nodad dev w0
link add name w0 mtu 1450 type veth peer name w1
link add link w1 name m0 type macvlan mode bridge
link set dev w1 up
link set dev p1 master br1
link set dev p1 type bridge_slave cost 5
link add name br1 type bridge stp_state 1
rule add from 10.0.0.0/8 lookup 100
-6 rule add from all lookup 100
route add 2001:db8:5::/48 nexthop via 2001:db8:2::3 nexthop via 2001:db8:2::4
nexthop add id 5 via 10.0.0.7 dev v0
route add 10.77.0.0/16 nhid 5
neigh add 10.2.0.5 lladdr 02:00:00:00:00:05 dev w0
-n red link set lo up
-n red address add 10.3.0.1/24 dev far
link add name near type veth peer name far netns red
netns add red
END
rip route add 10.99.0.0/16 via 10.0.0.9 table 77 proto 99; rip rule add pref 7 lookup 77; rip neigh add 10.0.0.15 lladdr 02:00:00:00:00:01 dev v0
others() { rip -d link show dev v0; rip link show dev br0; rip -d addr show dev v0; rip -d route show table 77; rip rule show pref 7; rip neigh show to 10.0.0.15; }
others >/run/a
rip ensure check /run/f | wc -l; rip netns; rip ensure /run/f >/dev/null; echo $?; others >/run/b; cmp /run/a /run/b
rip ensure /run/f; echo $?; rip ensure check /run/f; echo $?; changes rip ensure /run/f
changes rip ensure link set w0 mtu 1451; rip -n red -br addr show dev far; rip -j ensure /run/f | head -c 60; echo; ls /run/rip"#;
    let Some(said) = run("ensure-scope", &format!("{TOOLS}\n{lines}"), 120) else { return };
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(said[..6], ["20", "0", "0", "0", "0", "1"], "{said:?}");
    assert!(said[6].starts_with("far@if") && said[6].contains("10.3.0.1/24"), "{said:?}");
    assert_eq!(said[7], r#"[{"line":1,"words":["route","add","10.5.0.0/16","via","10.0."#);
    assert_eq!(said.len(), 8, "{said:?}");
}

#[test]
fn json_tells_what_changed() {
    let lines = "rip -j ensure link set v0 mtu 1300 up; printf 'route add 10.5.0.0/16 via 10.0.0.3\\nlink set v0 mtu 1300\\n' >/run/f; rip -j ensure /run/f
rip -j ensure purge table 100 link set v0 mtu 1300; rip route add 10.9.0.0/16 via 10.0.0.9 table 100; rip -j ensure check purge table 100 link set v0 mtu 1300; echo";
    let Some(said) = run("ensure-json", &format!("{TOOLS}\n{lines}"), 60) else { return };
    let all: Vec<Value> =
        said.lines().filter(|l| !l.is_empty()).map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(all[0][0]["state"], "changed");
    assert_eq!(all[0][0]["changed"]["mtu"], serde_json::json!(["1400", "1300"]));
    assert_eq!((&all[1][0]["state"], &all[1][1]["state"]), (&"added".into(), &"same".into()));
    assert_eq!((&all[1][0]["line"], &all[1][0]["requests"], &all[1][1]["requests"]), (&1.into(), &1.into(), &0.into()));
    assert_eq!(all[2].as_array().unwrap().len(), 1);
    assert_eq!((&all[3][1]["state"], &all[3][1]["words"][1]), (&"removed".into(), &"add".into()));
}

/// Names that wait for each other, addresses that change places, `purge dev`, `loose`.
#[test]
fn exchanged() {
    said(
        "ensure-exchanged",
        "rip addr flush dev v0; rip addr add 10.0.0.1/24 dev v0; rip addr add 10.0.0.2/24 dev v1; rip route add default via 10.0.0.250 dev v0
printf 'address del 10.0.0.1/24 dev v0\\naddress add 10.0.0.1/24 dev v1\\naddress del 10.0.0.2/24 dev v1\\naddress add 10.0.0.2/24 dev v0\\n' >/run/f
ens /run/f; ens /run/f; rip route show default
printf 'link set p1 name x\\nlink set p0 name p1\\n' >/run/f; ens check /run/f; ens /run/f; ens /run/f; ens check /run/f
printf 'link set p1 name p0\\nlink set x name p1\\n' >/run/f; ens /run/f; ens /run/f; rip -br link show type veth | cut -d'<' -f1 | tr -s ' ' | cut -d' ' -f1
printf 'link set p1 name p0\\nlink set p0 name p1\\n' >/run/f; ens /run/f; ens check /run/f
ens purge dev v0 addr add 10.0.0.2/24 dev v0; ens loose addr add 10.0.0.3/24 dev v0; rip -4 -br addr show dev v0; ls /run/rip",
        "- address del 10.0.0.1/24 dev v0
+ address add 10.0.0.1/24 dev v1
- address del 10.0.0.2/24 dev v1
+ address add 10.0.0.2/24 dev v0
=> 0
=> 0
default via 10.0.0.250 dev v0 
~ link set dev p1 name x (was p1)
~ link set dev p0 name p1 (was p0)
=> 1
~ link set dev p1 name x (was p1)
~ link set dev p0 name p1 (was p0)
=> 0
=> 0
=> 0
~ link set dev p1 name p0 (was p1)
~ link set dev x name p1 (was x)
=> 0
=> 0
v1@v0
v0@v1
p1@p0
p0@p1
Error: lines 1 and 2 swap names: rip cannot tell whether they have been swapped already.
=> 1
Error: lines 1 and 2 swap names: rip cannot tell whether they have been swapped already.
=> 2
- route add default via 10.0.0.250 dev v0
=> 0
+ addr add 10.0.0.3/24 dev v0
=> 0
v0@v1            UP             10.0.0.2/24 10.0.0.3/24 
",
    );
}

/// What a snapshot leaves unsaid of its links is as a new one has it.
#[test]
fn apply_resets_what_is_unsaid() {
    said(
        "ensure-reset",
        "rip link set v0 mtu 1500; rip netns add red; rip link add w0 type veth peer name w1 netns red; rip link set br0 down; rip addr flush dev v0
apply() { rip apply \"$@\" 2>&1; echo \"=> $?\"; }
rip snapshot >/run/s; (echo '# rip snapshot 1: link'; echo '-n red link set dev w1 multicast on') >/run/r
rip link set br0 up type bridge stp_state 1 forward_delay 700; rip link set p1 master br0; rip link set p1 type bridge_slave hairpin on
rip link set p1 alias 'a b' mtu 1400 txqueuelen 5 promisc on arp off group 7; rip link property add dev p1 altname zz
rip link set v1 allmulticast on addrgenmode none; rip link set v0 multicast off; rip -n red link set w1 up mtu 1450; rip link set w0 up
apply check /run/s; apply /run/s; apply /run/s; rip diff /run/s; apply /run/r; apply /run/r
rip link set p1 master br0; rip snapshot link >/run/s; rip link set p1 type bridge_slave hairpin on learning off; apply /run/s; rip diff /run/s",
        r#"~ link set dev br0 down
~ link set dev br0 type bridge forward_delay 1500 (was 700) stp_state 0 (was 1)
- link property del dev p1 altname zz
~ link set dev p1 txqueuelen 1000 (was 5) alias "" (was a b) nomaster (was br0) mtu 1500 (was 1400) group default (was 7) arp on promisc off
~ link set dev v0 multicast on
~ link set dev v1 addrgenmode eui64 allmulticast off
~ link set dev w0 down
=> 1
~ link set dev br0 down
~ link set dev br0 type bridge forward_delay 1500 (was 700) stp_state 0 (was 1)
- link property del dev p1 altname zz
~ link set dev p1 txqueuelen 1000 (was 5) alias "" (was a b) nomaster (was br0) mtu 1500 (was 1400) group default (was 7) arp on promisc off
~ link set dev v0 multicast on
~ link set dev v1 addrgenmode eui64 allmulticast off
~ link set dev w0 down
=> 0
=> 0
~ -n red link set dev w1 mtu 1500 (was 1450) down
=> 0
=> 0
~ link set dev p1 type bridge_slave hairpin off (was 1) learning on (was 0)
=> 0
"#,
    );
}
