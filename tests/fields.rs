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
use support::{columns, machine, skip};

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

/// A machine with something of everything that this kernel can hold; quiet, so that nothing changes between two questions.
const MACHINE: &str = r#"
for f in all default; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; echo 0 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done
rip link set lo up; rip netns add red
rip link add a0 type veth peer name b0; rip link set a0 addrgenmode none; rip link set b0 addrgenmode none
rip link add c0 type veth peer name c1 netns red
rip link add br0 type bridge; rip link set br0 addrgenmode none; rip link set b0 master br0
rip link add mv link a0 type macvlan mode source; rip link set mv type macvlan macaddr add 02:00:00:00:00:01
rip link add vx type vxlan id 7 dstport 4789 remote 10.0.0.9 local 10.0.0.1 dev a0 ttl 5 tos 0x10
rip link add if0 type ifb; rip link property add dev a0 altname other; rip link set a0 alias 'a "b" \ c'
rip tuntap add dev t0 mode tun user 0
rip link set a0 up; rip link set b0 up; rip link set br0 up
rip addr add 10.0.0.1/24 brd + dev a0 label a0:x; rip addr add 10.0.1.1/24 dev a0 valid_lft forever; rip addr add 10.0.2.1 peer 10.0.2.2 dev a0
rip addr add 2001:db8::1/64 dev a0 nodad; rip token set ::7 dev a0
rip nexthop add id 1 via 10.0.0.2 dev a0; rip nexthop add id 2 via 10.0.0.3 dev a0; rip nexthop add id 4 blackhole
rip nexthop add id 3 group 1,3/2,1 type resilient buckets 8 idle_timer 5 unbalanced_timer 9
rip nexthop add id 5 group 1/2 2>/dev/null
rip route add 10.1.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.1.2
rip route add 10.2.0.0/16 via 10.0.0.2 mtu lock 1400 advmss 1300 rtt 20ms src 10.0.0.1 metric 5 table 7 proto static
rip route add 10.4.0.0/16 nhid 1; rip route add blackhole 10.5.0.0/16
rip route add 10.6.0.0/16 encap ip id 5 dst 10.9.9.9 ttl 3 dev a0; rip route add 2001:db8:6::/48 encap seg6 mode encap segs 2001:db8::9 dev a0
rip route add 2001:db8:2::/48 via 2001:db8::2 pref high; rip route add 2001:db8:3::/48 nexthop via 2001:db8::2 dev a0 nexthop via 2001:db8::3 dev a0
rip rule add pref 100 from 10.0.0.0/8 to 10.9.0.0/16 fwmark 1/3 iif a0 oif b0 uidrange 1-2 ipproto tcp sport 1-2 dport 80 lookup 7 suppress_prefixlength 3 suppress_ifgroup 5
rip rule add pref 101 not from all tos 0x10 goto 32766; rip -6 rule add pref 7 to 2001:db8::/32 prohibit; rip mrule add iif a0 lookup 9
rip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev a0 protocol 9; rip neigh add proxy 10.0.0.6 dev a0; rip neigh add 2001:db8::5 lladdr 02:00:00:00:00:05 dev a0 router
rip maddress add 33:33:00:00:00:77 dev a0; rip addrlabel add prefix 2001:db8::/32 dev a0 label 9
rip mptcp endpoint add 10.0.0.1 dev a0 id 9 subflow backup; rip mptcp endpoint add 2001:db8::1 fullmesh
rip ioam namespace add 5 data 7 wide 9; rip ioam schema add 7 text; rip ioam namespace set 5 schema 7; rip sr tunsrc set 2001:db8::1
rip xfrm policy add src 10.0.0.1 dst 10.9.0.0/16 proto tcp sport 7 dir in mark 1 if_id 3 flag icmp tmpl src 10.0.0.1 dst 10.0.0.2 proto esp level use
rip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 0x1000 max 0x1000 mode tunnel reqid 7 >/dev/null
"#;

/// What is asked on it.
const COMMANDS: &[&str] = &[
    "-d -s -s link show",
    "link show dev a0",
    "address show",
    "-d -s address show dev br0",
    "-d -4 route show table all",
    "-d -6 route show table all",
    "route get 10.1.0.9",
    "-d rule",
    "-6 rule",
    "mrule",
    "-d -s neigh show",
    "neigh show proxy",
    "-s ntable show",
    "-d -s nexthop show",
    "nexthop bucket show",
    "nexthop get id 1",
    "netns list",
    "netns list-id",
    "-s tunnel show",
    "maddress show",
    "token list",
    "vrf show",
    "mroute show table all",
    "stats show",
    "link xstats type bridge",
    "link afstats",
    "netconf show",
    "addrlabel list",
    "tcp_metrics show",
    "tuntap show",
    "mptcp endpoint show",
    "mptcp limits show",
    "ioam namespace show",
    "ioam schema show",
    "sr tunsrc show",
    "xfrm state list",
    "xfrm state count",
    "xfrm policy list",
    "xfrm policy count",
    "xfrm policy getdefault",
];

/// Objects of which this kernel has nothing to show: the transcripts of the guest hold their keys against the fields.
const ELSEWHERE: &[&str] = &["tunnel", "vrf", "mroute", "tcp_metrics", "macsec", "fou", "l2tp", "ila"];

/// A column; the members of an object have no order, and 0.00 is 0.0.
fn read(column: &str) -> Value {
    serde_json::from_str(column).unwrap_or_else(|_| column.into())
}

/// The object that a command asks.
fn object_of(command: &str) -> &str {
    command.split(' ').find(|w| !w.starts_with('-')).expect("an object")
}

/// `rip -fields KEY ...` prints for each key and each path what another reader finds in `rip -j ...`.
#[test]
fn every_field_of_every_object() {
    if !machine::namespaces(!machine::root()) {
        return skip::skip("fields", "namespaces cannot be made here");
    }
    let ask = |lines: String| {
        let whole = Sandbox { timeout: std::time::Duration::from_secs(300), ..Sandbox::new(Tool::Rip) };
        whole.script("fields", &format!("{MACHINE}\nexec 2>&1; {lines}")).stdout()
    };
    // The same machine twice: first for the fields that there are, then for their values.
    let documents = |said: &str| -> Vec<Value> {
        let parts = said.split("\n=end\n").filter_map(|part| part.split_once("=json\n"));
        parts.map(|(_, text)| serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))).collect()
    };
    let commands: Vec<&str> = COMMANDS.iter().copied().filter(|c| machine::may_ask(object_of(c))).collect();
    let json = |command: &str| format!("echo =json; rip -j {command}; printf '\n=end\n'\n");
    let first = documents(&ask(commands.iter().map(|c| json(c)).collect()));
    assert_eq!(first.len(), commands.len());
    let mut lines = String::new();
    let mut asked = Vec::new();
    for (command, document) in commands.iter().zip(&first) {
        lines.push_str(&json(command));
        for field in columns::fields(document) {
            let name = field.join(".");
            lines.push_str(&format!("rip -fields '{name}' {command}; printf '=%s\n=end\n' $?\n"));
            asked.push((*command, field));
        }
        lines.push_str(&json(command));
    }
    let said = ask(lines);
    let now = documents(&said);
    let answers: Vec<&str> =
        said.split("=end\n").filter(|part| !part.contains("=json\n") && !part.is_empty()).collect();
    let mut compared = std::collections::BTreeMap::new();
    let mut strange = std::collections::BTreeSet::new();
    for ((command, field), answer) in asked.iter().zip(&answers) {
        let at = commands.iter().position(|c| c == command).unwrap();
        strange.extend(
            field
                .iter()
                .filter(|k| !keys(object_of(command)).any(|known| known == *k))
                .map(|k| format!("{} {k}", object_of(command))),
        );
        let (name, story) = (field.join("."), || format!("rip -fields {} {command}:\n{answer}", field.join(".")));
        match columns::lines(&now[2 * at], field) {
            Ok(wanted) => {
                let body = answer.strip_suffix("=0\n").unwrap_or_else(|| panic!("{}", story()));
                let got: Vec<&str> = body.lines().collect();
                // A clock or a counter moves on; what is the same before and after was the same in between.
                match columns::lines(&now[2 * at + 1], field).is_ok_and(|after| after != wanted) {
                    true => assert_eq!(got.len(), wanted.len(), "{}", story()),
                    false => {
                        assert!(
                            got.iter().map(|l| read(l)).eq(wanted.iter().map(|l| read(l))),
                            "{wanted:?}: {}",
                            story()
                        );
                    }
                }
            }
            Err(several) => {
                let all = several.join(", ");
                let told = answer.contains(&format!("Error: \"{name}\" is ambiguous: {all}."));
                assert!(told && answer.ends_with("=255\n"), "{}", story());
            }
        }
        *compared.entry(object_of(command)).or_insert(0) += 1;
    }
    assert_eq!(answers.len(), asked.len());
    assert!(strange.is_empty(), "tests/more-fields.txt lacks {strange:#?}");
    println!("{} fields: {compared:?}", asked.len());
    for object in rip::internals::cli::objects::OBJECTS.iter().map(|o| o.name()) {
        let has = keys(object).next().is_some() && !ELSEWHERE.contains(&object) && machine::may_ask(object);
        assert!(!has || compared.contains_key(object), "nothing of {object} was compared");
    }
}

/// Every object tells near words for a field with a slip in it, and offers its fields.
#[test]
fn slips_and_completion_of_every_object() {
    let mut script = String::from("exec 2>&1\n");
    let mut asked = Vec::new();
    let objects = rip::internals::cli::objects::OBJECTS.iter().map(|o| o.name());
    // Without the kernel's part of MACsec there is no list of it.
    for object in objects.filter(|o| *o != "macsec" && machine::may_ask(o)) {
        // Without a verb some objects have nothing to list.
        let verb = match object {
            "mptcp" => "limits",
            "ioam" => "namespace show",
            "sr" => "tunsrc show",
            "xfrm" => "state list",
            "fou" | "ila" => "show",
            "l2tp" => "show tunnel",
            _ => "",
        };
        let all: Vec<&str> = keys(object).collect();
        // Long words only: of a short one, every other short word is near.
        for key in all.iter().filter(|k| k.len() > 5 && k.is_ascii()) {
            let mut slip = key.as_bytes().to_vec();
            slip.swap(2, 3);
            let slip = String::from_utf8(slip).unwrap();
            if !all.contains(&slip.as_str()) {
                script.push_str(&format!("echo '= {object} {key}'; rip -hint -fields {slip} {object} {verb}\n"));
                script.push_str(&format!("rip complete -- rip -fields {}\n", &key[..3]));
                asked.push((object, *key, slip));
                break;
            }
        }
    }
    let said = Sandbox::new(Tool::Rip).script("fields", &script).stdout();
    let mut parts = said.split("= ").skip(1);
    for (object, key, slip) in &asked {
        let part = parts.next().unwrap_or_default();
        assert!(part.starts_with(&format!("{object} {key}\n")), "{part}");
        assert!(part.lines().any(|l| l.split('\t').next() == Some(*key)), "completion: {part}");
        // This kernel lacks the family: nothing is listed, and no field looked at.
        if part.contains("Error talking to the kernel") && ["fou", "l2tp", "ila"].contains(object) {
            continue;
        }
        assert!(part.contains(&format!("argument \"{slip}\" is wrong: {object} has no such field")), "{part}");
        assert!(part.contains(&format!("\"{key}\"")), "{part}");
    }
    assert!(asked.len() >= 15, "{asked:?}");
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
