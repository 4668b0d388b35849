//! `try`: a change is undone unless it is confirmed; the guardian outlives the shell and the connection, and a kill leaves
//! the journal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use std::time::Duration;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

const WORLD: &str = r#"
rip link add v0 mtu 1400 type veth peer name v1; rip link set v0 up; rip link set v1 up; rip addr add 10.0.0.1/24 dev v0
rip route add 10.5.0.0/16 via 10.0.0.9; rip snapshot >/run/before
same() { rip diff /run/before >/run/diff && echo same || { echo differs; cat /run/diff; }; }
mtu() { cat /sys/class/net/v0/mtu; }
gone() { for i in $(seq 100); do kill -0 $1 2>/dev/null || return 0; sleep 0.05; done; echo "still there"; }
guardian() { rip -j try show | sed 's/.*"pid":\([0-9]*\).*/\1/'; }
"#;

fn run(name: &str, lines: &str) -> Option<String> {
    if !machine::namespaces(!machine::root()) {
        skip::skip("try", "namespaces cannot be made here");
        return None;
    }
    let sandbox = Sandbox { timeout: Duration::from_secs(120), ..Sandbox::new(Tool::Rip) };
    let ended = sandbox.script(name, &format!("{WORLD}\n{lines}"));
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout(), ended.stderr());
    Some(ended.stdout())
}

fn said(name: &str, lines: &str, wanted: &str) {
    let Some(said) = run(name, lines) else { return };
    assert_eq!(said, wanted, "{said}");
}

#[test]
fn undone_when_the_time_is_over() {
    said(
        "try-over",
        "rip try 1 link set v0 mtu 1300 </dev/null 2>&1 | sed 's/confirm [0-9]*$/confirm N/'; echo ${PIPESTATUS[0]}; same
rip try confirm 2>&1 | sed 's/[0-9]*:[0-9]*:[0-9]*/T/'; rip try show | sed -E 's/^[0-9]+/N/;s/[0-9]+:[0-9]+:[0-9]+/T/'; ls /run/rip | grep -c journal; true",
        "confirm within 1 s from elsewhere: rip try confirm N
Not confirmed in time. Rolled back: everything is as it was before.
124
same
Too late: undone at T.
N undone at T: rip try 1 link set v0 mtu 1300
    link set v0 mtu 1300
0
",
    );
}

#[test]
fn confirmed_or_cancelled_from_elsewhere() {
    said(
        "try-answers",
        "rip try 60 background link set v0 mtu 1300 2>/dev/null; echo $?; mtu; p=$(guardian); rip try confirm 1 2>&1 | sed 's/number [0-9]*/number PID/'; rip try confirm $p; echo $?; mtu; gone $p
rip try confirm 2>&1 | sed 's/[0-9]*:[0-9]*:[0-9]*/T/'; rip link set v0 mtu 1400; same
printf 'link set v0 down\\naddr del 10.0.0.1/24 dev v0\\n' >/run/f; rip try 60 background -batch /run/f 2>/dev/null; rip route show; rip try cancel; echo $?; same
(rip try 60 link set v0 mtu 1350 </dev/null 2>/dev/null; echo \"foreground $?\") & sleep 0.7; mtu; rip try cancel; wait; same
(rip try 60 link set v0 mtu 1350 </dev/null 2>/dev/null; echo \"foreground $?\") & sleep 0.7; rip try confirm; wait; mtu",
        "0
1300
Error: the trial here is number PID, not 1.
  rip try confirm 1
                  ^
0
1300
It was confirmed at T.
same
0
same
1350
foreground 1
same
foreground 0
1350
",
    );
}

/// Other atomic changes are refused during a trial; plain commands run, and their changes stay.
#[test]
fn one_at_a_time() {
    said(
        "try-one",
        "rip try 60 background link set v0 mtu 1300 2>/dev/null
for w in 'try 5 link set v0 mtu 1200' 'ensure link set v0 mtu 1200'; do rip $w 2>&1 </dev/null | sed 's/until .*/until T/'; done
echo link set v0 mtu 1200 | rip -atomic -batch - 2>&1 | sed 's/until .*/until T/'; rip route add blackhole 10.6.0.0/16; rip try cancel; rip route show 10.6.0.0/16; mtu",
        "a change is on trial until T
a change is on trial until T
a change is on trial until T
blackhole 10.6.0.0/16 
1400
",
    );
}

#[test]
fn refused_lines_are_undone() {
    said(
        "try-refused",
        "printf 'link set v0 mtu 1300\\nroute add 10.7.0.0/16 via 192.168.9.9\\n' >/run/f; rip try 60 -batch /run/f 2>&1 </dev/null; echo $?; same
rip try 60 addr add zz dev v0 2>&1 </dev/null; echo $?; rip try 60 netns del nosuch 2>&1 </dev/null; echo $?
rip try x link set v0 up 2>&1 | head -1; rip try 5 2>&1; echo $?; ip try 2>&1; echo $?; rip try confirm 2>&1; echo $?; rip try cancel 2>&1; echo $?; ls /run/rip",
        "Error: Nexthop has invalid gateway.
Command failed /run/f:2
Rolled back: everything is as it was before the batch.
2
same
Error: any valid prefix is expected rather than \"zz\".
  rip addr add zz dev v0
               ^^
Command failed -:1
No changes were made.
1
Error: -atomic: cannot roll back \"delete namespace nosuch\": what is in the namespace would be lost.
Command failed -:1
No changes were made.
1
Error: argument \"x\" is wrong: \"timeout\" value is invalid
Command line is not complete. Try option \"help\"
  rip try 5
            ^
255
Object \"try\" is unknown, try \"ip help\".
1
No trial is in progress here.
1
No trial is in progress here.
1
",
    );
}

/// The shell, the terminal and the connection end; SIGTERM undoes at once; SIGKILL leaves the journal.
#[test]
fn signals() {
    said(
        "try-signals",
        "setsid bash -c 'rip try 60 link set v0 mtu 1300 </dev/null >/dev/null 2>&1 & sleep 0.7; kill -HUP 0'; sleep 0.2; mtu; p=$(guardian); kill -HUP $p; kill -INT $p; sleep 0.2; mtu; kill -TERM $p; gone $p; same
rip try 60 background link set v0 mtu 1300 2>/dev/null; p=$(guardian); kill -9 $p; gone $p; mtu; rip try show | sed 's/^[0-9]*/N/;s/until [0-9:]*/until T/'; rip try confirm 2>&1; rip batch-recover 2>&1; same
rip try 60 background link set v0 mtu 1300 2>&1 | cat | sed 's/[0-9]*$//'; rip try cancel; same",
        "1300
1300
same
1300
N broken, see rip batch-recover: a change is on trial until T (rip try 60 background link set v0 mtu 1300)
The guardian was killed; the change can only be undone: rip batch-recover
Rolled back: everything is as it was before the batch.
same
confirm within 60 s: rip try confirm 
same
",
    );
}

#[test]
fn a_command_confirms() {
    said(
        "try-check",
        "rip try 20 check test -e /run/yes \\; link set v0 mtu 1300 </dev/null 2>/dev/null & sleep 1; mtu; touch /run/yes; wait $!; echo $?; mtu
rip link set v0 mtu 1400; rip try 2 check false \\; link set v0 mtu 1300 </dev/null 2>/dev/null; echo $?; same",
        "1300
0
1300
124
same
",
    );
}

/// A connection that the change cuts off comes back by itself, and the proof of a change that works is a second connection.
#[test]
fn over_a_connection() {
    if skip::lacking("try: over_a_connection", &["python3"]) {
        return;
    }
    said(
        "try-connection",
        r#"rip netns add far; rip link set v1 netns far; rip -n far addr add 10.0.0.2/24 dev v1; rip -n far link set v1 up; rip link set lo up
cat >/run/serve.py <<'END'
import socketserver, subprocess
class H(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline().decode().strip()
        p = subprocess.run(["bash", "-c", line], stdout=self.connection.fileno(), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        try: self.wfile.write(f"exit {p.returncode}\n".encode())
        except OSError: pass
class S(socketserver.ThreadingTCPServer): allow_reuse_address = True
S(("10.0.0.1", 2222), H).serve_forever()
END
cat >/run/ask.py <<'END'
import socket, sys
try:
    c = socket.create_connection(("10.0.0.1", 2222), timeout=float(sys.argv[2])); c.settimeout(float(sys.argv[2]))
    c.sendall(sys.argv[1].encode() + b"\n"); out = b""
    while True:
        b = c.recv(4096)
        if not b: break
        out += b
    print(out.decode(), end="")
except OSError as e: print("cut off")
END
python3 /run/serve.py & server=$!; sleep 1; ask() { rip netns exec far python3 /run/ask.py "$@"; }
ask "rip try 3 addr del 10.0.0.1/24 dev v0" 1.5; ask "echo hello" 1; sleep 3; ask "echo hello" 2; rip snapshot address
ask "rip try 30 background link set v0 mtu 1300 2>/dev/null" 2; ask "rip try confirm" 2; mtu; kill $server"#,
        "cut off
cut off
hello
exit 0
# rip snapshot 1: address
address add 10.0.0.1/24 dev v0
exit 0
exit 0
1300
",
    );
}

#[test]
fn json_of_show() {
    let lines = "rip -j try show; rip try 60 background link set v0 mtu 1300 2>/dev/null; rip -j try show; rip try cancel; rip -j try show";
    let Some(said) = run("try-json", lines) else { return };
    let all: Vec<Value> = said.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(all[0], serde_json::json!([]));
    let open = &all[1][0];
    assert_eq!((&open["state"], &open["seconds"], &open["ended"]), (&"open".into(), &60.into(), &Value::Null));
    assert_eq!(open["lines"], serde_json::json!(["link set v0 mtu 1300"]));
    assert!(open["left"].as_f64().is_some_and(|left| left > 30.0 && left <= 60.0));
    assert_eq!(open["by"]["pid"], open["id"]);
    assert_eq!(all[2][0]["state"], "undone");
}
