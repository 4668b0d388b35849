//! `-fields`: its values are what jq finds in the JSON of iproute2's recorded answers, for every object and key.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use rip::internals::cli::fields::keys;
use rip::internals::output::fields::{Extractor, Fields};
use serde_json::Value;
use std::io::Write as _;
use std::process::{Command, Stdio};
use support::fields::answers;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// jq's side: each record, and every path of keys in it with the values there.
const JQ: &str = r#"
def at($p): if ($p | length) == 0 then . else
  (if type == "array" then .[] else . end) | objects | select(has($p[0])) | .[$p[0]] | at($p[1:]) end;
def plain: type != "array" and type != "object";
def shown: if . == null then "" elif type == "array" and all(.[]; plain) then map(shown) | join(",")
  elif plain then tostring else tojson end;
(if type == "array" then .[] else . end) | . as $record | {record: tojson},
  ([paths | map(strings)] | unique | map(select(length > 0)) | .[] | . as $p
  | {path: join("."), values: [$record | at($p) | shown]})
"#;

#[test]
fn fields_are_what_jq_finds() {
    if skip::lacking("fields", &["jq"]) {
        return;
    }
    let (mut compared, mut objects) = (0, 0);
    for (object, documents) in answers() {
        let mut jq =
            Command::new("jq").args(["-c", JQ]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("jq");
        let mut stdin = jq.stdin.take().expect("a pipe");
        let all = documents.join("\n");
        let writer = std::thread::spawn(move || stdin.write_all(all.as_bytes()));
        let said = String::from_utf8(jq.wait_with_output().expect("jq").stdout).expect("UTF-8");
        writer.join().expect("a thread").expect("written");
        let mut record = String::new();
        for line in said.lines() {
            let found: Value = serde_json::from_str(line).expect("JSON");
            if let Some(next) = found["record"].as_str() {
                record = next.to_string();
                continue;
            }
            let path = found["path"].as_str().expect("a path");
            let unknown = path.split('.').find(|part| !keys(object).any(|k| k == *part));
            assert_eq!(unknown, None, "{object}: a key of {record} is not in the table");
            let mut extractor = Extractor::new(Fields::parse(path.as_bytes(), 0).expect("a path").paths);
            let mut out = Vec::new();
            extractor.feed(record.as_bytes(), &mut out);
            let ours = String::from_utf8(out).expect("UTF-8");
            // A path that also ends another, longer one means the shorter.
            assert_eq!(extractor.wrong(), None, "{object} {path}");
            let theirs: Vec<&str> =
                found["values"].as_array().expect("a list").iter().map(|v| v.as_str().unwrap()).collect();
            assert_eq!(ours.lines().collect::<Vec<_>>(), theirs, "{object} {path} of {record}");
            compared += 1;
        }
        objects += 1;
    }
    assert!(objects >= 7 && compared > 1000, "{compared} paths of {objects} objects");
}

#[test]
fn fields_of_a_machine() {
    if !machine::namespaces(!machine::root()) {
        return skip::skip("fields", "namespaces cannot be made here");
    }
    let script = r#"
exec 2>&1
rip link add a0 type veth peer name b0; rip link set a0 addrgenmode none; rip link set b0 addrgenmode none
rip addr add 10.0.0.1/24 dev a0; rip addr add 10.0.1.1/24 dev a0; rip link set a0 up; rip link set b0 up
rip route add 10.1.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.1.2
printf 'addr show dev a0\nroute show 10.1.0.0/16\nlink set b0 down\n' >/run/lines
check() { echo "== $*"; "$@"; code=$?; [ $code = 0 ] || echo "exit $code"; }
check rip -fields local,prefixlen addr show dev a0
check rip -fields ifname,local addr
check rip -4 -fields gateway,dev,weight route show 10.1.0.0/16
check rip -fields priority,table rule
check rip -d -fields info_kind link show a0
check rip -s -fields rx.packets link show lo
check rip -s -fields bytes link show lo
check rip -hint -fields loca addr show dev a0
check rip -hint -fields src tcp_metrics
check rip -hint -fields protodown link
check rip -fields all rule
check rip -fields dev token
check rip -fields 'a b' addr
check rip -fields name link set a0 down
check rip -fields name monitor
check rip -fields ifname link show nosuch
check rip -fields dev -batch /run/lines
check ip -fields ifname link
check rip complete -- rip -fields ifname,addr_inf
"#;
    let ended = Sandbox::new(Tool::Rip).script("fields", script);
    let expected = "\
== rip -fields local,prefixlen addr show dev a0
10.0.0.1\t24
10.0.1.1\t24
== rip -fields ifname,local addr
lo\t
b0\t
a0\t10.0.0.1
a0\t10.0.1.1
== rip -4 -fields gateway,dev,weight route show 10.1.0.0/16
10.0.0.2\ta0\t2
10.0.1.2\ta0\t1
== rip -fields priority,table rule
0\tlocal
32766\tmain
32767\tdefault
== rip -d -fields info_kind link show a0
veth
== rip -s -fields rx.packets link show lo
0
== rip -s -fields bytes link show lo
Error: \"bytes\" is ambiguous: stats64.rx.bytes, stats64.tx.bytes.
";
    let said = ended.stdout();
    assert!(said.starts_with(expected), "{said}{}", ended.stderr());
    for wanted in [
        "Error: argument \"loca\" is wrong: address has no such field\n",
        "did you mean \"local\"?",
        "Error: argument \"src\" is wrong: tcp_metrics has no such field\n",
        "did you mean \"proto_down\"?",
        "Error: argument \"all\" is wrong: rule has no such field\n  rip -fields all rule\n              ^^^\nexit 255\n",
        "Error: argument \"dev\" is wrong: token has no such field\n  rip -fields dev token\n              ^^^\nexit 255\n",
        "Error: argument \"a b\" is wrong: not a field\n",
        "Error: \"link set\" has no fields.\n",
        "Error: \"monitor\" has no fields.\n",
        "Device \"nosuch\" does not exist.\n",
        "Option \"-fields\" is unknown, try \"ip -help\".\nexit 255\n",
        "\nifname,addr_info\taddress",
    ] {
        assert!(said.contains(wanted), "no {wanted:?} in:\n{said}");
    }
}
