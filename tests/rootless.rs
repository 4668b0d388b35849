//! `-rootless`: whole sessions as an ordinary user, many at once, what ends the holder, what forbids it, and what a
//! setuid program must not lend to it. Needs root, to become two other users.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::time::Duration;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// `user COMMAND` and `other COMMAND` run as two users with a /tmp of the sandbox's own; `left` prints what is left of them.
const USERS: &str = r#"
mount -t tmpfs -o mode=1777 tmpfs /tmp; mkdir /run/s; cp -L $(command -v rip) /run/s/rip; ln -s rip /run/s/ip; chmod 755 /run/s
mknod /run/tun c 10 200 && chmod 666 /run/tun && mount --bind /run/tun /dev/net/tun
unset XDG_RUNTIME_DIR RIP_ROOTLESS; export PATH=/run/s:$PATH; cd /tmp; chmod 755 /run
user() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
other() { setpriv --reuid 65533 --regid 65533 --clear-groups "$@"; }
running() { for p in /proc/[0-9]*; do [ "$(cat $p/comm 2>/dev/null)" = rip-rootless ] && ! grep -q '^State:.Z' $p/status 2>/dev/null && [ -d $p ] && echo ${p#/proc/}; done; }
left() { for i in $(seq 100); do [ -z "$(running)" ] && break; sleep 0.02; done; echo "left: $(running | wc -l) $(ls -d /tmp/rip-* 2>/dev/null)"; }
exec 2>&1
"#;

fn run(name: &str, needs: &[&str], lines: &str) -> Option<String> {
    let sandbox = Sandbox { timeout: Duration::from_secs(240), ..Sandbox::new(Tool::Rip) };
    if !machine::root() || !machine::namespaces(true) {
        skip::skip(name, "needs root, and user namespaces");
        return None;
    }
    if skip::lacking(name, &[&["setpriv"], needs].concat()) {
        return None;
    }
    Some(sandbox.script(name, &format!("{USERS}\n{lines}\nexit 0\n")).good())
}

/// Two namespaces and what joins them; a tunnel through UDP (vxlan), a bridge, a tun device, NAT.
const SESSION: &str = r#"
cat >/tmp/session <<'END'
set -e
r() { rip -rootless "$@"; }
r netns add red; r netns add blue
r link add br0 type bridge; r link set br0 up; r link set lo up; r addr add 10.0.0.254/24 dev br0
n=1
for ns in red blue; do
  r link add p-$ns type veth peer name eth0 netns $ns
  r link set p-$ns master br0 up
  r -n $ns addr add 10.0.0.$n/24 dev eth0; r -n $ns link set eth0 up; r -n $ns link set lo up
  n=2
done
r netns exec red ping -c1 -w5 10.0.0.2 | grep -o '1 received'
r netns exec blue sysctl -w net.ipv4.ip_forward=1
r -n blue link add up0 type veth peer name up1; r -n blue addr add 192.0.2.1/24 dev up0; r -n blue link set up0 up; r -n blue link set up1 up
[ -n "$VXLAN" ] && {
r -n red link add vx type vxlan id 7 dstport 4789 local 10.0.0.1 remote 10.0.0.2 dev eth0
r -n blue link add vx type vxlan id 7 dstport 4789 local 10.0.0.2 remote 10.0.0.1 dev eth0
r -n red addr add 10.9.0.1/24 dev vx; r -n blue addr add 10.9.0.2/24 dev vx; r -n red link set vx up; r -n blue link set vx up
r netns exec red ping -c1 -w5 10.9.0.2 | grep -o '1 received'; }
[ -n "$TUN" ] && { r -n red tuntap add dev tun0 mode tun; r -n red addr add 10.8.0.1/24 dev tun0; r -n red tuntap; }
r -br link show master br0 | wc -l; r -all -jobs 2 netns exec rip -br link show lo | grep -c UNKNOWN
set +e
r netns exec red sh -c 'exit 7'; echo "exit $?"; echo "text: $(r netns add third; echo done)"
printf 'netns add fourth\nlink set nosuch up\n' | r -batch - ; echo "batch $?"
r netns exec red sh -c 'rip -rootless netns | wc -l; id -u; pwd'; r -d netns list | sed 's/ (id: .*)//; s/[0-9]\+/N/'
echo "offers $(r netns exec red rip complete -- rip netns del '' | wc -l) $(rip complete -- rip -rootless netns del '' | wc -l)"
ls -d $(r -d -fields path netns list | head -1) >/dev/null; echo "from outside $?"
END
user env TUN=$(rip tuntap add dev t9 mode tun 2>/dev/null && echo 1) VXLAN=$(rip link add v9 type vxlan id 9 dstport 4789 2>/dev/null && echo 1) bash /tmp/session
"#;

#[test]
fn a_whole_session() {
    let lines = format!("{SESSION}\nuser rip -rootless -all netns delete; left");
    let Some(said) = run("rootless-session", &["ping"], &lines) else { return };
    for line in [
        "1 received",
        "exit 7",
        "text: done",
        "batch 1",
        "/tmp",
        "from outside 0",
        "offers 4 4",
        "red /proc/N/root/run/netns/red",
    ] {
        assert!(said.lines().any(|l| l == line), "no {line:?}: {said}");
    }
    // Two ports; two namespaces with an lo that is up; four names within.
    assert!(said.contains("\n2\n2\nexit 7\n") && said.contains("\n4\n0\n/tmp\n"), "{said}");
    assert!(said.ends_with("left: 0 \n"), "{said}");
}

#[test]
fn addresses_are_translated() {
    let lines = r#"
cat >/tmp/nat <<'END'
r() { rip -rootless "$@"; }
for n in in gw out; do r netns add $n; done
r -n gw link add toin type veth peer name eth0 netns in; r -n gw link add toout type veth peer name eth0 netns out
r -n in addr add 10.1.0.2/24 dev eth0; r -n out addr add 192.0.2.2/24 dev eth0
r -n gw addr add 10.1.0.1/24 dev toin; r -n gw addr add 192.0.2.1/24 dev toout
for d in toin toout; do r -n gw link set $d up; done; for n in in out; do r -n $n link set eth0 up; done
r -n in route add default via 10.1.0.1; r netns exec gw sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
r netns exec gw nft add table ip t && r netns exec gw nft 'add chain ip t post { type nat hook postrouting priority 100; }' &&
r netns exec gw nft add rule ip t post oifname toout masquerade && echo ruled
r -n in wait timeout 5 ready eth0; r netns exec in ping -c1 -w5 192.0.2.2 | grep -o '1 received'
END
user bash /tmp/nat; user rip -rootless -all netns delete; left"#;
    let Some(said) = run("rootless-nat", &["nft", "ping"], lines) else { return };
    // There is no route back without it.
    assert!(said.ends_with("ruled\n1 received\nleft: 0 \n"), "{said}");
}

#[test]
fn the_example_of_the_manual_leaves_nothing() {
    let manual = std::fs::read_to_string(machine::tests().join("../man/src/rip-netns.txt")).unwrap();
    let example: Vec<&str> = manual.lines().filter_map(|l| l.strip_prefix("$ ")).collect();
    assert!(example.len() > 10);
    let lines = format!("cat >/tmp/ci <<'END'\nset -e\n{}\nEND\nuser bash /tmp/ci; echo $?; left", example.join("\n"));
    let Some(said) = run("rootless-manual", &["ping"], &lines) else { return };
    assert!(said.contains(" 1 received") && said.ends_with("0\nleft: 0 \n"), "{said}");
}

#[test]
fn fifty_at_once_and_two_users() {
    let lines = r#"
for i in $(seq 50); do user rip -rootless netns add n$i & other rip -rootless netns add o$i & done; wait
user rip -rootless netns | grep -c '^n'; other rip -rootless netns | grep -c '^o'
user rip -rootless netns | grep -c '^o'; running | wc -l
# Neither reaches into the other's.
p=$(cut -d' ' -f1 /tmp/rip-65534/rootless); other ls /proc/$p/root/run/netns 2>&1 | grep -o 'Permission denied'; other cat /tmp/rip-65534/rootless 2>&1 | grep -o 'Permission denied'
for i in $(seq 50); do user rip -rootless netns delete n$i & done; wait; user rip -rootless netns | wc -l; other rip -rootless netns | wc -l
other rip -rootless -all netns delete; left"#;
    let Some(said) = run("rootless-fifty", &[], lines) else { return };
    assert_eq!(said, "50\n50\n0\n2\nPermission denied\nPermission denied\n0\n50\nleft: 0 \n");
}

#[test]
fn what_ends_the_holder() {
    let lines = r#"
echo "nothing: $(user rip -rootless netns)"; user rip -rootless -dry-run netns add x; user rip -rootless link add bad type nosuch 2>/dev/null; left
user rip -rootless link add br0 type bridge; user rip -rootless -br link show br0 | wc -l; user rip -rootless link del br0; left
user rip -rootless link add br0 type bridge; user rip -rootless netns add a; user rip -rootless netns del a; left
user rip -rootless netns add a; kill -9 $(running); user rip -rootless netns add b 2>&1 | sed 's/[0-9]\+/N/'; user rip -rootless netns
user rip -rootless netns del b; left
# A command that runs holds them; one that was killed does not.
user rip -rootless netns add a; { user rip -rootless monitor link; } >/dev/null 2>&1 & disown; sleep 0.3; user rip -rootless netns del a; running | wc -l
pkill=$(for p in /proc/[0-9]*; do tr '\0' ' ' <$p/cmdline 2>/dev/null | grep -q '^rip -rootless monitor' && echo ${p#/proc/}; done); kill -9 $pkill; left
# Logout: the directory goes.
mkdir -p /run/user/65534; chown 65534:65534 /run/user/65534; chmod 700 /run/user/65534
export XDG_RUNTIME_DIR=/run/user/65534; user rip -rootless netns add a; ls /run/user/65534/rip; rm -r /run/user/65534; left
# No directory of this user alone.
unset XDG_RUNTIME_DIR; mkdir /tmp/rip-65534; user rip -rootless netns add a; echo $?; rm -r /tmp/rip-65534; ln -s /tmp /tmp/rip-65534; user rip -rootless netns; echo $?"#;
    let Some(said) = run("rootless-ends", &[], lines) else { return };
    let gone = "the namespaces of the earlier -rootless holder, process N, are gone\n";
    let ours = "/tmp/rip-65534 is not a directory of this user alone\n1\n";
    assert_eq!(
        said,
        format!(
            "nothing: \nwould add namespace x\nleft: 0 \n1\nleft: 0 \nleft: 0 \n{gone}b\nleft: 0 \n1\nleft: 0 \n\
             rootless\nrootless.lock\nleft: 0 \n{ours}{ours}"
        )
    );
}

#[test]
fn what_forbids_it_is_named() {
    let lines = r#"
cat >/tmp/off <<'END'
echo 0 >/proc/sys/user/max_user_namespaces || exit 9
rip -hint -rootless netns add x; echo $?; rip -rootless help 2>&1 | head -1; rip -rootless netns --help | head -1; ls -d /tmp/rip-*
echo 10 >/proc/sys/user/max_user_namespaces; echo 0 >/proc/sys/user/max_net_namespaces; rip -hint -rootless netns add x
END
user unshare -Ur bash /tmp/off; left
user rip -hint netns add x; user env RIP_ROOTLESS=1 ip -hint netns add x; user env RIP_ROOTLESS=1 rip netns add x; echo $?
rip link add hostdev type veth peer name hp; user rip -hint -rootless link set hostdev netns x; user rip -hint -rootless link set lo9 up; user rip -rootless netns del x; left"#;
    let Some(said) = run("rootless-forbidden", &[], lines) else { return };
    for wanted in [
        "cannot create a user namespace: No space left on device\n",
        "hint: user.max_user_namespaces is 0, which switches it off; root allows it with \"sysctl user.max_user_namespaces=10000\"\n1\nUsage:",
        "hint: user.max_net_namespaces is 0, ",
        "mkdir /run/netns failed: Permission denied\n",
        "hint: hostdev is a device of the host, which -rootless does not reach; for the internet, start pasta",
        "Cannot find device \"lo9\"\n",
    ] {
        assert!(said.contains(wanted), "no {wanted:?}: {said}");
    }
    assert_eq!(said.matches("\"rip -rootless COMMAND\" works").count(), 2, "{said}");
    assert_eq!(said.matches("left: 0 \n").count(), 2, "{said}");
}

#[test]
fn a_setuid_program_lends_nothing_to_it() {
    let lines = r#"
umask 077; echo secretword >/run/secret; umask 022
cat >/tmp/lent <<'END'
rip -rootless netns add a; rip -rootless netns exec a sh -c 'cat /proc/self/uid_map /run/secret; id -u; grep -E "^(Uid|Gid)" /proc/self/status'
grep -hE '^(Uid|Gid|Groups)' /proc/$(cut -d' ' -f1 /tmp/rip-65534/rootless)/status | tr '\t' ' '
rip -rootless -batch /run/secret; rip -rootless netns del a
END
chmod u+s /run/s/rip; user bash /tmp/lent; left; ls /run/netns 2>/dev/null
chmod u-s /run/s/rip; setcap cap_net_admin,cap_sys_admin,cap_dac_override=eip /run/s/rip; user bash /tmp/lent; left"#;
    let Some(said) = run("rootless-setuid", &["setcap"], lines) else { return };
    assert!(!said.contains("secretword"), "{said}");
    let one = "Permission denied\n0\n";
    let map = format!("{:>10} {:>10} {:>10}\n", 0, 65534, 1);
    for wanted in [map.as_str(), one, "Uid: 65534 65534 65534 65534\nGid: 65534 65534 65534 65534\n", "left: 0 \n"] {
        assert_eq!(said.matches(wanted).count(), 2, "{wanted:?}: {said}");
    }
    assert_eq!(said.matches("Cannot open file \"/run/secret\" for reading: Permission denied").count(), 2, "{said}");
}

#[test]
fn ranges_of_subordinate_users() {
    let lines = r#"
echo nobody:200000:1000 >/etc/subuid; echo 65534:300000:500 >/etc/subgid
user rip -rootless netns add a; user rip -rootless netns exec a sh -c 'cat /proc/self/uid_map /proc/self/gid_map; touch /tmp/f; chown 5:6 /tmp/f; echo $?'
stat -c %u:%g /tmp/f; user rip -rootless netns del a; left
# A helper that fails: the user alone.
printf '#!/bin/sh\nexit 1\n' >/run/s/newuidmap; cp /run/s/newuidmap /run/s/newgidmap; chmod 755 /run/s/new*
user rip -rootless netns add a; user rip -rootless netns exec a cat /proc/self/uid_map; user rip -rootless netns del a; left"#;
    if skip::lacking("rootless-subuid", &["newuidmap", "newgidmap"]) {
        return;
    }
    let helpers = ["newuidmap", "newgidmap"].map(|h| machine::find(h).unwrap().display().to_string());
    let lines = format!("cp -p {} /run/s/\n{lines}", helpers.join(" "));
    let Some(said) = run("rootless-subuid", &[], &lines) else { return };
    let said: Vec<String> = said.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let own = ["0 65534 1"];
    let ranges =
        ["1 200000 1000", "0 65534 1", "1 300000 500", "0", "200004:300005", "left: 0", "0 65534 1", "left: 0"];
    assert_eq!(said, [&own[..], &ranges].concat());
}
