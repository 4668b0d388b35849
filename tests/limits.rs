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
