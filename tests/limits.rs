//! Hostile names, small limits and raised rights: what comes from outside never acts on a terminal, a limit that is met is
//! an error and no hang, and whoever lends `rip` rights lends the user no more than `ip` would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// What a script printed, in a sandbox as root or in a user namespace; it must succeed.
fn run(name: &str, script: &str) -> String {
    let sandbox = Sandbox::new(Tool::Rip);
    sandbox.script(name, &format!("exec 2>&1\n{script}\nexit 0\n")).good()
}

/// Skips what needs root in the first user namespace: other users and their rights.
fn as_root(name: &str) -> bool {
    let ok = machine::root() && machine::namespaces(false);
    if !ok {
        skip::skip(name, "needs root");
    }
    ok
}

/// Nothing but text and line breaks.
#[track_caller]
fn harmless(text: &str) {
    let acts = |c: char| c.is_control() && !"\n\t".contains(c) || "\u{202e}\u{200b}".contains(c);
    assert!(!text.contains(acts), "{}", text.escape_debug());
}

#[test]
fn names_from_files_are_escaped_in_hints_completion_and_json() {
    let out = run(
        "limits-names",
        r#"
mkdir -p /etc/iproute2
printf '77 t\033[31mb\n78 \302\233x\n79 \342\200\256y\n' >/etc/iproute2/rt_tables
rip -hint route show table $'t\e[31c'
rip -j route show table $'t\e[31c'
rip complete -- rip route show table t
rip complete -- rip route show table '\u'
rip link add d0 type veth peer name d1; rip link set d0 up
for t in '\u{9b}x' $'\302\233x' '\u{202e}y' 't\x1b[31mb'; do
  rip route add 10.0.0.0/8 dev d0 table "$t" && rip route show table "$t"
done
rip route show table all; rip -j route show table all; rip -j -p route show table all
rip link set d0 group $'\e[2J'; rip -b $'/nosuch\302\233\342\200\213'; rip link add type $'\302\233x'
"#,
    );
    harmless(&out);
    assert!(out.contains("hint: did you mean \"t\\x1b[31mb\"?"), "{out}");
    assert!(out.contains(r#""did you mean \"t\\x1b[31mb\"?""#), "{out}");
    assert!(out.contains("\nt\\x1b[31mb\t77\n") && out.contains("\n\\u{9b}x\t78\n"), "{out}");
    assert_eq!(out.lines().filter(|l| *l == "10.0.0.0/8 dev d0 scope link linkdown ").count(), 3, "{out}");
    for json in [r#""table":"\u009bx""#, r#""table":"\u202ey""#, r#""table":"t\u001b[31mb""#] {
        assert!(out.contains(json), "{json}: {out}");
    }
}

#[test]
fn a_name_as_it_is_shown_can_be_typed_back() {
    let out = run(
        "limits-typed-back",
        r#"
says() { "$@" || echo "FAILED $?: $*"; }
n=$'\302\233n'
rip link add d0 type veth peer name d1; rip link add $'\302\233z' type veth peer name z1
says rip -br link show dev '\u{9b}z'; rip -j link show dev '\u{9b}z'; rip complete -- rip link show dev '\'
says rip link set '\u{9b}z' up; says rip addr add 192.0.2.1/24 dev '\u{9b}z'; rip complete -- rip addr del 1
says rip link property add dev d0 altname $'al\302\233t'
says rip link show 'al\u{9b}t'; says rip link property del dev d0 altname 'al\u{9b}t'; rip link show d0 | grep -c altname
says rip link del '\u{9b}z'; rip link show $'\302\233z' && echo STILL THERE
if [ $UID = 0 ]; then
  rip netns add "$n" && says rip netns && says rip netns exec '\u{9b}n' true && says rip -n '\u{9b}n' -br link
  says rip netns pids '\u{9b}n'; says rip netns set '\u{9b}n' 5; says rip link set d0 netns '\u{9b}n'
  says rip netns del '\u{9b}n'; ls /run/netns
fi
# What makes a name takes it as typed.
rip link add 'q\x41' type veth peer name q1 && rip -br link show 'q\x41'
"#,
    );
    harmless(&out);
    assert!(!out.contains("FAILED") && !out.contains("STILL"), "{out}");
    assert!(out.contains(r#""ifname":"\u009bz""#) && out.contains("\n\\u{9b}z\tveth, down\n"), "{out}");
    assert!(out.contains("\n192.0.2.1/24\t\\u{9b}z\n"), "{out}");
    assert!(out.contains("\n0\n"), "the altname stays: {out}");
    assert!(out.contains("\nq\\x5cx41@q1 "), "{out}");
}

/// A copy of the program that lends rights, in a tmpfs that is mounted with them; `as_user` runs it as nobody.
const LENDING: &str = r#"
mkdir /run/s && mount -t tmpfs -o mode=755 t /run/s && chmod 755 /run
lend() { rm -f /run/s/rip; cp "$(readlink -f /run/bin/rip)" /run/s/rip && chown 0:0 /run/s/rip && chmod 755 /run/s/rip && "$@" /run/s/rip; }
as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups $INH "$@"; }
say() { "$@"; echo "$?"; }
umask 077; echo secretword >/run/secret; umask 022
command rip link add d0 type veth peer name d1
"#;

/// What a script prints that has the functions of `LENDING`; `None` where its tools or root are not there.
fn lent(name: &str, tools: &[&str], script: &str) -> Option<String> {
    let lacking = !as_root(name) || skip::lacking(name, &[&["setpriv", "setcap"], tools].concat());
    (!lacking).then(|| run(name, &format!("{LENDING}{script}")))
}

#[test]
fn a_setuid_program_lends_the_network_alone() {
    let script = r#"
lend chmod u+s
rip() { as_user /run/s/rip "$@"; }
say rip link set d0 up; ip link show d0 | grep -o UP, | head -1
say rip -batch /run/secret; say rip monitor file /run/secret; say rip link set d0 xdp pinned /run/secret
say rip netns add a; stat -c 'file %u:%g' /run/netns /run/netns/a; say rip -n a -br link
rip netns exec a bash -c 'echo users $UID $EUID; grep -E "Cap(Prm|Eff|Amb)" /proc/self/status; cat /run/secret'
printf 'netns exec a id -u
link set d1 up
' | say as_user /run/s/rip -b -
say rip netns del a; ls /run/netns
say rip tuntap add t0 mode tun; say rip tuntap del t0 mode tun
# What runs for -r is the system's, without the caller's variables.
mkdir /run/s/evil; printf '#!/bin/sh
echo 1 EVIL
' >/run/s/evil/getent; chmod 755 /run/s/evil/getent
rip addr add 127.0.0.1/8 dev d0; PATH=/run/s/evil:$PATH say as_user /run/s/rip -r addr show d0
echo netgroup; chmod u-s /run/s/rip; chgrp 0 /run/secret; chmod 640 /run/secret; chmod g+s /run/s/rip; say rip -b /run/secret
"#;
    let Some(out) = lent("limits-setuid", &[], script) else { return };
    assert!(!out.contains("secretword") && !out.contains("EVIL"), "{out}");
    for (text, times) in [
        ("0\nUP,\n", 1),
        ("Cannot open file \"/run/secret\" for reading: Permission denied\n1\n", 2),
        ("Cannot fopen: Permission denied\n255\n", 1),
        ("Couldn't retrieve pinned program '/run/secret'", 1),
        ("file 0:", 2),
        ("users 65534 65534\n", 1),
        ("CapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nCapAmb:\t0000000000000000\ncat:", 1),
        ("65534\n0\n", 1),
    ] {
        assert_eq!(out.matches(text).count(), times, "{text:?}: {out}");
    }
}

#[test]
fn file_capabilities_lend_only_what_is_inherited() {
    let script = r#"
caps=cap_net_admin,cap_sys_admin,cap_dac_override
lend setcap $caps=ep
echo plain; say as_user /run/s/rip link set d0 up; say as_user /run/s/rip -b /run/secret
INH='--inh-caps=+net_admin,+sys_admin,+dac_override'
echo inherited; say as_user /run/s/rip link set d0 mtu 1400
lend setcap $caps=eip
say as_user /run/s/rip link set d0 mtu 1400; say as_user /run/s/rip -b /run/secret
echo ambient; setcap -r /run/s/rip
INH='--inh-caps=+net_admin --ambient-caps=+net_admin'; say as_user /run/s/rip link set d0 mtu 1300
INH='--inh-caps=+net_raw --ambient-caps=+net_raw'; say as_user /run/s/rip link set d0 mtu 1200
"#;
    let Some(out) = lent("limits-filecaps", &[], script) else { return };
    assert!(!out.contains("secretword"), "{out}");
    let expected = [
        "plain",
        "RTNETLINK answers: Operation not permitted",
        "2",
        "Cannot open file \"/run/secret\" for reading: Permission denied",
        "1",
        "inherited",
        "0",
        "0",
        "Cannot open file \"/run/secret\" for reading: Permission denied",
        "1",
        "ambient",
        "0",
        "RTNETLINK answers: Operation not permitted",
        "2",
    ];
    assert_eq!(out.lines().collect::<Vec<_>>(), expected);
}

/// Runs the program where capset(2) fails, as a filter of system calls makes it.
const NO_CAPSET: &str = r#"
import ctypes, os, struct, sys
number = {'x86_64': 126, 'aarch64': 91}[os.uname().machine]
steps = [(0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, 0x50001), (0x06, 0, 0, 0x7fff0000)]
code = b''.join(struct.pack('HBBI', *s) for s in steps)
room = ctypes.create_string_buffer(code)
prog = ctypes.create_string_buffer(struct.pack('HxxxxxxQ', len(steps), ctypes.addressof(room)))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(22, 2, prog, 0, 0) == 0, os.strerror(ctypes.get_errno())
os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
os.execv(sys.argv[1], sys.argv[1:])
"#;

#[test]
fn a_right_that_stays_ends_the_program() {
    let script = format!(
        r#"
cat >/run/s/no-capset.py <<'END'{NO_CAPSET}END
lend setcap cap_net_admin=ep; say python3 /run/s/no-capset.py /run/s/rip link show lo
lend chmod u+s; say python3 /run/s/no-capset.py /run/s/rip link show lo
lend true; python3 /run/s/no-capset.py /run/s/rip -br link show lo | wc -l
"#
    );
    let Some(out) = lent("limits-capset", &["python3"], &script) else { return };
    let refused = "cannot give up rights: Operation not permitted\n1\n";
    assert_eq!(out, format!("{refused}{refused}1\n"));
}

/// Few descriptors for every object: an error that says so or the whole answer, and no panic and no hang.
#[test]
fn few_descriptors_are_an_error() {
    let script = r#"
mkdir -p /etc/iproute2; echo '77 seven' >/etc/iproute2/rt_tables; echo '9 nine' >/etc/iproute2/group
rip link add d0 type veth peer name d1; rip link set d0 up; rip link set d1 up; rip link set d0 group 9
rip addr add 10.0.0.1/24 dev d0; rip route add 10.3.0.0/16 dev d0 table 77
[ $UID = 0 ] && [ -z "$USERNS" ] && rip netns add a
printf 'link show d0\nroute show table 77\n' >/run/b
rip route save table 77 >/run/saved
while read -r c; do
  whole=$(rip $c 2>/dev/null </run/saved)
  for n in 3 4 5 6 7 8 9 10 11 12 14 18 20 22 26; do
    out=$(timeout 9 bash -c "ulimit -n $n; exec rip $c" 2>/run/err </run/saved); code=$?
    case $code in 0|1|2|124|255) ;; *) echo "FAILED: $n: $c: exit $code";; esac
    grep -q panick /run/err && echo "FAILED: $n: $c: panic"
    [ $code != 0 ] || [ -s /run/err ] || [ "$out" = "$whole" ] || echo "FAILED: $n: $c: $out"
    [ $code = 0 ] || [ $n -gt 12 ] || grep -q . /run/err || echo "FAILED: $n: $c: no error"
  done
done <<'END'
-br link
link show d0
-d link
-br addr
route show table all
rule
neigh
nexthop
-d tuntap
-r addr show dev lo
netns
netns list-id
netns pids a
netns identify
-n a -br link
netns exec a echo hi
-all netns exec echo hi
-all -jobs 3 netns exec echo hi
link set d0 mtu 1450
link set d1 netns nosuch
-dry-run link set d0 mtu 1500
-b /run/b
-force -b /run/b
-dry-run -b /run/b
complete -- rip route show table s
route showdump
route restore
addr flush dev d1
monitor link init count 1
monitor all init count 3
monitor count 1 timeout 0.1
END
(ulimit -n 12; exec rip monitor init count 1)
"#;
    let out = run("limits-descriptors", script);
    assert!(!out.contains("FAILED"), "{out}");
    assert!(out.ends_with("Cannot start the event loop: Too many open files\n"), "{out}");
}

/// What never ends is refused after a bound; the memory of the program is bounded, too.
#[test]
fn what_never_ends_is_refused() {
    let script = r#"
ulimit -v 1500000
head -c 20000000 /dev/zero | tr '\0' '#' >/run/long; printf '\n300 late\n' >>/run/long
mkdir -p /etc/iproute2; (echo '200 early'; cat /run/long) >/etc/iproute2/rt_tables
rip route show table early; rip route show table late; echo $?
rm /etc/iproute2/rt_tables; { yes '# a long comment' | head -c 3000000; printf '\n300 late\n'; } >/etc/iproute2/rt_tables
rip rule add lookup late; echo $?
for o in route addr rule; do for verb in restore showdump; do
  [ $o$verb = ruleshowdump ] || { echo $o $verb; timeout 20 rip $o $verb </dev/zero; echo $?; }
done; done
rip route save | head -c 4 >/run/magic
for verb in restore showdump; do cat /run/magic /dev/zero | timeout 20 rip route $verb; echo $?; done
for f in '' -dry-run; do yes 'link set lo up' | head -c 700000000 | timeout 50 rip $f -atomic -batch - | head -1; done
yes '' | timeout 50 rip -atomic -batch -; echo $?
"#;
    let out = run("limits-endless", script);
    let size = "/etc/iproute2/rt_tables is longer than 16777216 bytes; the rest of it is not read\n";
    assert!(out.starts_with(size), "{out}");
    let late = "Error: argument \"late\" is wrong: table id value is invalid\n";
    assert!(out.contains(late) && out.contains("\n0\nroute restore\n"), "{out}");
    assert_eq!(out.matches("Magic mismatch (1 elems, 0 magic)\n").count(), 5, "{out}");
    assert_eq!(
        out.matches(
            "!!!malformed message: len=0 @20\nThe dump is damaged from byte 4 on; the rest of it is ignored.\n2\n"
        )
        .count(),
        2,
        "{out}"
    );
    assert!(out.matches("Error: -atomic is limited to batches of 256 MiB.\n").count() >= 2, "{out}");
}

/// A user who holds the lock on /run/netns delays the first namespace, and no other.
#[test]
fn a_lock_that_is_held_ends_no_patience() {
    let name = "limits-lock";
    if !as_root(name) || skip::lacking(name, &["setpriv", "flock"]) {
        return;
    }
    let out = run(
        name,
        r#"
mkdir /run/netns; chmod 755 /run /run/netns
setpriv --reuid 65534 --regid 65534 --clear-groups flock /run/netns sleep 55 & sleep 0.5
timeout 20 rip netns add a; echo $?
SECONDS=0; timeout 20 rip netns add b; echo $? $SECONDS
rip netns; kill %1
"#,
    );
    let lines: Vec<&str> = out.lines().collect();
    let who = lines[0].strip_prefix("/run/netns is locked by process ").expect(&out);
    assert!(who.ends_with(" (flock); continuing without the lock"), "{out}");
    assert_eq!(lines[1..], ["0", "0 0", "b", "a"], "{out}");
}

/// Long words are said once, and cut where the line is shown again.
#[test]
fn a_long_word_is_said_once() {
    let script = r#"
A=$(printf 'A%.0s' $(seq 4096))
rip link add d0 type veth peer name d1
while read -r c; do
  rip -hint ${c//@/$A} 2>&1 | wc -c
done <<'END'
@
link @
link show @
link set d0 @
link set d0 mtu @
route add @ dev d0
route add 10.0.0.0/8 dev @
netns add @
rule add lookup @
END
rip link show $A 2>&1 | head -1; rip route add 10.0.0.0/8 dev $A 2>&1 | head -1
"#;
    let out = run("limits-long", script);
    let exceeded = "addattr_l ERROR: message exceeded bound of 1056";
    let (sizes, first): (Vec<&str>, Vec<&str>) = out.lines().partition(|l| l.parse::<usize>().is_ok());
    assert_eq!((sizes.len(), first), (9, vec![exceeded; 2]), "{out}");
    assert!(sizes.iter().all(|n| (4096..4600).contains(&n.parse().unwrap())), "{out}");
}

/// The name of a batch's file is escaped once, wherever it is said.
#[test]
fn file_names_are_escaped_once() {
    let script = r#"
f=$'/run/b\033'; printf 'link set nosuch up
' >"$f"
rip -b "$f"; rip -j -b "$f"; rip -atomic -b "$f"; rip -b "$f-"
"#;
    let out = run("limits-files", script);
    harmless(&out);
    assert_eq!(out.matches("Command failed /run/b\\x1b:1\n").count(), 3, "{out}");
    assert!(out.contains(r#""file":"/run/b\u001b""#) && out.contains("file \"/run/b\\x1b-\""), "{out}");
}
