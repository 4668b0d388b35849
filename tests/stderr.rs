//! Under the name `ip`, stderr carries iproute2's lines alone, byte for byte: programs compare the whole of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use support::sandbox::{Sandbox, Tool, quoted};
use support::{machine, skip};

const WORLD: &str = "ip link add d0 type veth peer name d1; ip link set d0 up; ip link set d1 up; ip addr add 192.0.2.1/24 dev d0; \
    ip link add br0 type bridge; ip route add 198.51.100.0/24 dev d0; ip rule add pref 99 table 7; \
    ip netns add n1; ip nexthop add id 1 dev d0";

/// Lines that fail, and some that only warn.
const LINES: &[&str] = &[
    "ip link add br0 type bridge",
    "ip link add x0 type nosuch",
    "ip link add x0 type veth junk",
    "ip link set nosuch up",
    "ip link show nosuch",
    "ip link del nosuch",
    "ip link set d0 mtu 1",
    "ip link set d0 mtu x",
    "ip link set d0 mtu",
    "ip link set d0 nosuchword",
    "ip link set d0 master d0",
    "ip link set d0 address zz",
    "ip link set d0 address 02:00:00:00:00:zz",
    "ip link set d0 netns nosuch",
    "ip link add link d0 name d0.5000 type vlan id 5000",
    "ip link add x0 type vxlan id 99999999 dstport 4789",
    "ip link add x0 type vxlan id 5",
    "ip link add link d0 name m0 type macvlan mode nosuch",
    "ip link add link d0 name m0 type macvtap mode source macaddr set zz",
    "ip link add link d0 name m0 type ipvtap mode l2 zz",
    "ip addr add 192.0.2.1/24 dev d0",
    "ip addr add 192.0.2.300/24 dev d0",
    "ip addr add 192.0.2.5/24 dev nosuch",
    "ip addr add 192.0.2.5/24",
    "ip addr add 192.0.2.5/24 dev d0 metric x",
    "ip addr add 192.0.2.5/24 dev d0 valid_lft 0",
    "ip addr del 203.0.113.9/24 dev d0",
    "ip addr show dev nosuch",
    "ip addr show scope nosuch",
    "ip route add 198.51.100.0/24 dev d0",
    "ip route add 10.0.0.0/8 via 203.0.113.1",
    "ip route add 10.0.0.0/33 dev d0",
    "ip route add 10.0.0.0/8 dev nosuch",
    "ip route add 10.0.0.0/8 via 192.0.2.9 metric x",
    "ip route add 10.0.0.0/8 nexthop dev nosuch",
    "ip route add 10.0.0.0/8 via link zz dev d0",
    "ip route add 2001:db8::/64 nexthop via link 1000 dev d0",
    "ip nexthop add id 5 via link 100:2 dev d0",
    "ip route del 203.0.113.0/24",
    "ip route get nosuch",
    "ip route show table nosuch",
    "ip route show table 4444",
    "ip rule add pref 99 table 7",
    "ip rule del pref 4444",
    "ip rule add nosuch",
    "ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev nosuch",
    "ip neigh del 192.0.2.77 dev d0",
    "ip neigh add 192.0.2.9 dev d0 nud nosuch",
    "ip neigh show protocol nosuch",
    "ip netns add n1",
    "ip netns del nosuch",
    "ip netns exec nosuch true",
    "ip netns attach",
    "ip nexthop add id 1 dev d0",
    "ip nexthop get id 99",
    "ip nexthop del id 99",
    "ip tuntap add t0",
    "ip tuntap add t0 mode nosuch",
    "ip nosuch",
    "ip link nosuch",
    "ip -nosuch link",
    "ip -j link show nosuch",
    "ip -j link set d0 mtu 1",
    "ip -n nosuch link",
    "ip batch-recover",
    "ip complete -- ip link",
    "ip -atomic -batch /dev/null",
    "ip -dry-run link set d0 up",
    "ip -jobs 2 netns",
    "printf 'link set nosuch up\\nlink set d0 mtu 1\\n' | ip -batch -",
    "printf 'link set nosuch up\\nroute add 10.0.0.0/8 via 203.0.113.1\\naddr add 192.0.2.1/24 dev d0\\n' | ip -force -batch -",
    "ip -batch /nosuch",
    // A word that is wrong ends a batch.
    "printf 'link set d0 nosuch\\nlink show d0\\n' | ip -force -batch -",
    "printf 'link show nosuch\\nnetns exec nosuch true\\nlink nosuch\\nlink show d0\\n' | ip -force -batch -",
    "printf 'route del 203.0.113.0/24\\nlink set d0 mtu x\\nlink show d0\\n' | ip -force -batch -",
    "printf 'neigh add\\nlink show d0\\n' | ip -force -batch -",
    "ip monitor init",
    "ip monitor count 1",
    "ip monitor timeout 1",
    "ip monitor until link dev d0",
];

/// Runs every line with a tool's `ip`: how each ended, and all of its stderr.
fn run(tool: Tool, name: &str) -> Vec<String> {
    let mut script = format!("set -e\n{WORLD}\nset +e\n");
    for line in LINES {
        script.push_str(&format!(
            "eval {} 2>/run/e >/dev/null </dev/null; echo $?; cat /run/e; printf '\\0'\n",
            quoted(line)
        ));
    }
    let ended = Sandbox::new(tool).script(name, &format!("{script}true"));
    ended.good().split('\0').map(String::from).collect()
}

#[test]
fn all_of_it_is_the_references() {
    if let Some(why) = machine::no_oracle().or_else(|| machine::lacks("root")) {
        skip::skip("stderr", &why);
        return;
    }
    let theirs = run(Tool::Oracle, "stderr-ip");
    let mine = run(Tool::Rip, "stderr-rip");
    let mut wrong = Vec::new();
    for ((line, theirs), mine) in LINES.iter().zip(&theirs).zip(&mine) {
        // The words of a usage are compared elsewhere.
        let usage = |text: &str| {
            text.split("Usage:").next().unwrap_or("").to_string() + if text.contains("Usage:") { "Usage" } else { "" }
        };
        if usage(theirs) != usage(mine) {
            wrong.push(format!("{line}\n  ip : {theirs:?}\n  rip: {mine:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_same_as_a_script_sees_it() {
    if !machine::namespaces(!machine::root()) {
        skip::skip("stderr", "namespaces cannot be made here");
        return;
    }
    let script = r#"set -e
ip link add br0 type bridge
[ "$(ip link add br0 type bridge 2>&1)" = "RTNETLINK answers: File exists" ]
[ "$(ip -hint link set nosuch up 2>&1 | wc -l)" -ge 3 ]
[ "$(rip link set nosuch up 2>&1 | wc -l)" = 3 ]
[ "$(rip -j link set nosuch up 2>&1 | wc -l)" = 2 ]
[ "$(ip -j link set nosuch up 2>&1 | wc -l)" = 1 ]
[ "$(ip -j -hint link set nosuch up 2>&1 | tail -1 | cut -c1)" = "{" ]
rip batch-recover 2>&1 | grep -q Nothing
[ "$(rip 2>&1 >/dev/null | wc -c)" = 0 ]
[ "$(rip --help)" = "$(rip)" ]
rip --version | grep -q '^rip .*iproute2-'
! rip link --help junk 2>/dev/null
for words in "" --help; do code=0; ip $words >/run/out 2>/run/err || code=$?; [ $code = 255 ]; [ ! -s /run/out ]; done
code=0; ip --version >/run/out 2>/run/err || code=$?; [ $code = 255 ]
"#;
    Sandbox::new(Tool::Rip).script("stderr-script", script).good();
}

#[test]
fn colours_on_a_terminal_under_our_own_name() {
    if !machine::namespaces(!machine::root()) {
        return skip::skip("stderr", "namespaces cannot be made here");
    }
    if skip::lacking("stderr", &["script"]) {
        return;
    }
    // COLORFGBG is set in the sandbox.
    let script = r#"
shown() { script -qec "$1" /dev/null </dev/null | grep -c "$(printf '\033')\[$2mlo"; }
shown 'rip -br link show lo' '1;36'
shown 'env -u COLORFGBG rip -br link show lo' 36
shown 'env NO_COLOR=1 rip -br link show lo' '[0-9;]*'
shown 'env NO_COLOR= rip -br link show lo' '1;36'
shown 'env NO_COLOR=1 rip -c=auto -br link show lo' '1;36'
shown 'rip -c=never -br link show lo' '[0-9;]*'
shown 'ip -br link show lo' '[0-9;]*'
shown 'ip -c=auto -br link show lo' '1;36'
rip -br link show lo | grep -c "$(printf '\033')"
true"#;
    let said = Sandbox::new(Tool::Rip).script("stderr-colours", script).good();
    let counts: Vec<&str> = said.lines().collect();
    assert_eq!(counts, ["1", "1", "0", "1", "1", "0", "0", "1", "0"]);
}
