//! `topology`, the names of peers and `link rate`, of known networks: stored trees, graphs and pictures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// Two bridges over three namespaces, one of them with a hostile name; a tunnel between two of them; a pair within one; a
/// namespace without a name, one with two names.
const NETWORK: &str = r#"
export LC_ALL=C.UTF-8
for f in all default; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done
rip link set lo up
for n in blue red '<b>"&\n'; do
  rip netns add "$n"
  for f in all default; do rip netns exec "$n" sh -c "echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6"; done
done
touch /run/netns/crimson; mount --bind /run/netns/red /run/netns/crimson
rip link add br0 type bridge; rip link set br0 up; rip addr add 10.0.0.1/24 dev br0
rip link add br1 type bridge
for n in red blue; do
  rip link add v-$n type veth peer name eth0 netns $n; rip link set v-$n master br0 up; rip -n $n link set eth0 up
done
rip -n red addr add 10.0.0.2/24 dev eth0; rip -n blue addr add 10.0.0.3/24 dev eth0
rip -n red route add default via 10.0.0.1
rip link add w0 type veth peer name w1; rip link set w1 master br1; rip link set w0 up
rip link add mv link w0 type macvlan
rip link add v-odd type veth peer name eth0 netns '<b>"&\n'
rip -n blue link set eth0 mtu 1400
rip -n red link add vx type vxlan id 5 dstport 4789 remote 10.0.0.3 local 10.0.0.2 dev eth0
rip -n blue link add vx type vxlan id 5 dstport 4789 remote 10.0.0.2 local 10.0.0.3 dev eth0
for d in v-red v-blue; do for i in $(seq 500); do [ $(cat /sys/class/net/$d/operstate) = up ] && break; sleep 0.01; done; done
"#;

const TREE: &str = r#"(here)
├─ lo  loopback  up  127.0.0.1/8
├─ br0  bridge  up  10.0.0.1/24
│  ├─ v-red  veth  up ── crimson, red: eth0
│  └─ v-blue  veth  up ── blue: eth0
├─ br1  bridge  down
│  └─ w1  veth  down ── w0
├─ w0  veth  no carrier ── w1
│  └─ mv  macvlan  down
└─ v-odd  veth  down ── <b>"&\n: eth0
<b>"&\n
├─ lo  loopback  down
└─ eth0  veth  down ── (here): v-odd
blue
├─ lo  loopback  down
└─ eth0  veth  up  mtu 1400  10.0.0.3/24 ── (here): v-blue
   └─ vx  vxlan  down  mtu 1350 ══ crimson, red: vx
crimson, red
├─ lo  loopback  down
├─ eth0  veth  up  10.0.0.2/24 ── (here): v-red
│  └─ vx  vxlan  down  mtu 1450 ══ blue: vx
└─ default via 10.0.0.1 dev eth0
"#;

const PART: &str = "(here)
`- br0  bridge  up  10.0.0.1/24
   |- v-red  veth  up -- crimson, red: eth0
   `- v-blue  veth  up -- another namespace (nsid 0)
crimson, red
`- eth0  veth  up  10.0.0.2/24 -- (here): v-red
   `- vx  vxlan  down  mtu 1450
";

fn run(lines: &str) -> Option<String> {
    if !machine::namespaces(!machine::root()) {
        skip::skip("topology", "namespaces cannot be made here");
        return None;
    }
    let ended = Sandbox::new(Tool::Rip).script("topology", &format!("{NETWORK}\n{lines}"));
    let said = ended.stdout();
    assert_eq!(ended.code, Some(0), "{said}{}", ended.stderr());
    Some(said)
}

#[test]
fn a_known_network_in_every_form() {
    let lines = "rip topology routes; echo END
LC_ALL=C rip topology dev v-red netns red; echo END
rip topology routes as dot; echo END; rip topology as mermaid; echo END
rip topology as svg; echo END; rip topology as svg; echo END; rip -j topology; echo END
rip -d -j link show; echo END; ip -d -j link show; echo END
unshare -n sleep 30 & p=$!
for i in $(seq 500); do [ $(readlink /proc/$p/ns/net) != $(readlink /proc/self/ns/net) ] && break; sleep 0.01; done
rip link add v-un type veth peer name eth0 netns $p
rip topology all dev v-un | sed s/pid:$p/pid:PID/; echo END; rip -d -j link show dev v-un | sed s/:$p,/:77,/; echo END; kill $p
ip topology; rip topo; rip topology as png; rip topology dev nosuch; true";
    let Some(said) = run(lines) else { return };
    let parts: Vec<&str> = said.split("END\n").collect();
    assert_eq!(parts[0], TREE);
    // Its number depends on who was asked first.
    assert_eq!(parts[1].replace("nsid 1", "nsid 0").replace("nsid 2", "nsid 0"), PART);
    let (dot, mermaid) = (parts[2], parts[3]);
    for wanted in [
        "    label=\"<b>\\\"&\\\\n\"\n",
        "    label=\"crimson, red\\ndefault via 10.0.0.1 dev eth0\"\n",
        "    n2_1 [label=\"eth0\\nveth, up\\nmtu 1400\\n10.0.0.3/24\", style=solid]\n",
        "  n0_3 -- n0_1 [label=\"master\", style=solid]\n",
        "  n2_2 -- n3_2 [label=\"tunnel\", style=dashed]\n",
    ] {
        assert!(dot.contains(wanted), "no {wanted:?} in:\n{dot}");
    }
    for wanted in ["s1[\"#60;b#62;#34;#38;#92;n\"]", "n0_3 ---|master| n0_1", "n2_2 -.-|tunnel| n3_2", "===|peer|"] {
        assert!(mermaid.contains(wanted), "no {wanted:?} in:\n{mermaid}");
    }
    picture(parts[4]);
    assert_eq!(parts[4], parts[5], "two pictures of one network differ");
    records(parts[6]);
    peers(parts[7], parts[8]);
    assert!(parts[9].contains("v-un  veth  down ── pid:PID (sleep): eth0\n"), "{}", parts[9]);
    let one: Value = serde_json::from_str(parts[10]).expect("JSON");
    let peer = serde_json::json!({"ifname": "eth0", "netns": null, "pid": 77, "command": "sleep"});
    assert_eq!(one[0]["peer"], peer);
    if !skip::lacking("topology", &["dot"]) {
        let file = machine::scratch("topology").join("net.dot");
        std::fs::write(&file, dot).expect("a file");
        let drawn = std::process::Command::new("dot").arg("-Tsvg").arg(&file).output().expect("dot");
        assert!(drawn.status.success() && drawn.stderr.is_empty(), "{}", String::from_utf8_lossy(&drawn.stderr));
    }
}

/// Names that mean something in mermaid or dot, as namespaces and, cut to their length, as links.
const HOSTILE: &str = r#"
i=0
for n in end 'a;b' '%%{init' 'graph TD' 'style x' 'sub|]graph' click '"]' '`md`' '#35;' '**b**' '-->' 1.x 'ünï' $'tab\tx' $'nl\nx' '[(' '@{' ':::c'; do
  rip netns add "$n"; i=$((i + 1)); name="${n:0:8}"
  case "$name" in *[[:space:]:/]*) name=h$i ;; esac
  rip -n "$n" link add "$name" type veth peer name "p$i"
done
"#;

/// `RIP_MERMAID=FOLDER cargo test --test topology`, where `npm install mermaid jsdom` has been run in FOLDER.
#[test]
fn mermaid_s_own_parser_takes_it() {
    let Some(folder) = std::env::var_os("RIP_MERMAID") else {
        return skip::skip("topology", "RIP_MERMAID names no folder with mermaid and jsdom");
    };
    let Some(said) = run(&format!("{HOSTILE}\nrip topology routes as mermaid; echo END; rip -j topology")) else {
        return;
    };
    let (mermaid, records) = said.split_once("END\n").expect("two documents");
    let file = machine::scratch("topology").join("net.mermaid");
    std::fs::write(&file, mermaid).expect("a file");
    let script = machine::tests().join("topology/mermaid.mjs");
    let parsed = std::process::Command::new("node").arg(script).arg(&folder).arg(&file).output().expect("node");
    assert!(parsed.status.success(), "{}\n{mermaid}", String::from_utf8_lossy(&parsed.stderr));
    let all: Value = serde_json::from_str(records).expect("JSON");
    let namespaces = all["namespaces"].as_array().unwrap();
    let links: usize = namespaces.iter().map(|n| n["links"].as_array().unwrap().len()).sum();
    let counted = format!("{links} {} {}\n", all["edges"].as_array().unwrap().len(), namespaces.len());
    assert_eq!(String::from_utf8_lossy(&parsed.stdout), counted, "vertices, edges, subgraphs");
}

/// Elements are closed in their order, text is escaped, and nothing lies outside of the picture or on another row.
fn picture(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{svg}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(svg.contains("&lt;b&gt;&quot;&amp;\\n") && !svg.contains("<b>") && !svg.contains("href"));
    let number = |tag: &str, key: &str| -> Option<i64> {
        tag.split_once(&format!(" {key}=\""))?.1.split('"').next()?.parse().ok()
    };
    let height = number(svg, "height").expect("a height");
    let boxes: Vec<[i64; 4]> = svg
        .split("<rect")
        .skip(1)
        .map(|tag| ["x", "y", "width", "height"].map(|key| number(tag, key).expect("a number")))
        .collect();
    assert_eq!(boxes.len(), 4);
    for (i, [x, y, w, h]) in boxes.iter().enumerate() {
        assert!(*x >= 0 && *y >= 0 && x + w <= 1000 && y + h <= height);
        let apart = |[a, b, c, d]: &[i64; 4]| x + w <= *a || a + c <= *x || y + h <= *b || b + d <= *y;
        assert!(boxes.iter().enumerate().all(|(k, other)| k == i || apart(other)), "boxes overlap: {boxes:?}");
    }
    let mut rows: Vec<(i64, i64)> = svg
        .split("<text")
        .skip(1)
        .map(|tag| (i64::from(number(tag, "x").expect("x") > 500), number(tag, "y").expect("y")))
        .filter(|(_, y)| *y < height - 30)
        .collect();
    rows.sort_unstable();
    assert!(rows.windows(2).all(|w| w[0].0 != w[1].0 || w[1].1 - w[0].1 >= 14), "lines overlap: {rows:?}");
}

fn records(text: &str) {
    let all: Value = serde_json::from_str(text).expect("JSON");
    let names: Vec<&Value> = all["namespaces"].as_array().unwrap().iter().map(|n| &n["name"]).collect();
    assert_eq!(names, [&Value::Null, &"<b>\"&\\n".into(), &"blue".into(), &"crimson".into()]);
    assert_eq!(all["namespaces"][3]["names"], serde_json::json!(["crimson", "red"]));
    assert_eq!(all["namespaces"][2]["links"][1]["addr_info"][0]["local"], "10.0.0.3");
    let edges = all["edges"].as_array().unwrap();
    let count = |kind: &str| edges.iter().filter(|e| e["kind"] == kind).count();
    assert_eq!((count("master"), count("lower"), count("peer"), count("tunnel")), (3, 3, 4, 1), "{edges:#?}");
}

/// Under the name `rip` JSON names the other end; under `ip` it is as iproute2's.
fn peers(ours: &str, theirs: &str) {
    let all: Value = serde_json::from_str(ours).expect("JSON");
    let peer =
        |name: &str| all.as_array().unwrap().iter().find(|l| l["ifname"] == name).expect("a link")["peer"].clone();
    assert_eq!(peer("v-red")["ifname"], "eth0");
    assert!(["red", "crimson"].contains(&peer("v-red")["netns"].as_str().unwrap()));
    assert_eq!(peer("w0"), serde_json::json!({"ifname": "w1", "netns": null}));
    assert_eq!((peer("mv"), peer("br0")), (Value::Null, Value::Null));
    assert!(!theirs.contains("\"peer\""), "{theirs}");
}

#[test]
fn errors_of_topology() {
    let lines = "exec 2>&1
ip topology; echo $?; rip topo; echo $?; rip topology as png; echo $?; rip topology dev nosuch; echo $?
rip topology netns nosuch; echo $?; mkdir /run/netns/folder; rip topology dev w0; echo $?; rip -fields name topology; echo $?";
    let Some(said) = run(lines) else { return };
    for wanted in [
        "Object \"topology\" is unknown, try \"ip help\".\n1\n",
        "Object \"topo\" is unknown",
        "must be one of \"tree\", \"dot\", \"mermaid\", \"svg\", not \"png\"",
        "Device \"nosuch\" does not exist.\n",
        "Cannot open network namespace \"nosuch\": No such file or directory\n",
        "Not read: folder\n0\n",
        "Error: \"topology\" has no fields.",
    ] {
        assert!(said.contains(wanted), "no {wanted:?} in:\n{said}");
    }
}

#[test]
fn rates_of_links() {
    let lines = "exec 2>/dev/null
rip link rate dev lo count 1; echo END; rip -j link rate count 1 | grep -v '^$'; echo END
(sleep 0.5; rip link del w0; rip link add late type veth peer name other; rip link set late up) & rip -j link rate count 1; wait; echo END
ping -c 3 -i 0.2 -q 127.0.0.1 >/dev/null & rip -j link rate dev lo count 1; wait; echo END
rip link rate interval 0; echo $?; rip link rate dev nosuch; echo $?; ip link rate; echo $?; rip link rat; echo $?";
    let Some(said) = run(lines) else { return };
    let parts: Vec<&str> = said.split("END\n").collect();
    let text: Vec<Vec<&str>> = parts[0].lines().map(|l| l.split_whitespace().collect()).collect();
    assert_eq!(text[0][..3], ["DEVICE", "RX", "B/s"]);
    assert_eq!((text.len(), text[1][0], text[1].len()), (2, "lo", 7), "{text:?}");
    let objects =
        |text: &str| -> Vec<Value> { text.lines().map(|l| serde_json::from_str(l).expect("a JSON line")).collect() };
    let all = objects(parts[1]);
    assert!(all.len() >= 8 && all.iter().all(|o| o["seconds"].as_f64().is_some_and(|s| (1.0..10.0).contains(&s))));
    let changed = objects(parts[2]);
    let of = |name: &str| changed.iter().find(|o| o["ifname"] == name).unwrap_or(&Value::Null);
    assert_eq!((&of("w0")["gone"], &of("late")["new"], &of("br0")["new"]), (&true.into(), &true.into(), &Value::Null));
    // Three requests and their replies, in a little more than a second.
    if !skip::lacking("topology: rates of a busy link", &["ping"]) {
        let busy = &objects(parts[3])[0];
        let packets = busy["rx_packets"].as_u64().unwrap();
        assert!((1..=6).contains(&packets) && busy["rx_bytes"].as_u64() > Some(80), "{busy}");
    }
    assert_eq!(parts[4], "255\n1\n255\n255\n");
}
