//! Lints of what help, completion and the manual take from the tables: examples, offers, usage.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use rip::internals::cli::objects::OBJECTS;
use rip::internals::cli::{complete, head};
use rip::internals::diag::Diag;
use rip::internals::grammar::walk::{Entry, Table};
use rip::internals::grammar::words;
use rip::internals::grammar::{Names, Offer, Walk, Words, full};
use rip::internals::object::link::kind::{KINDS, Kind};
use rip::internals::object::link::port::PORTS;
use rip::internals::state::ObjectType;
use support::examples;
use support::machine;
use support::sandbox::{Sandbox, Tool, quoted};

/// A world in which every name means something.
struct Anything;

impl Names for Anything {
    fn link(&self, _name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok(Some(7))
    }
    fn number(&self, _table: words::Table, name: &[u8]) -> Option<u32> {
        name.first().is_some_and(u8::is_ascii_alphabetic).then_some(4)
    }
    fn names(&self, _table: words::Table) -> Vec<Offer> {
        vec![Offer::new("a-name", "")]
    }
    fn links(&self) -> Vec<Offer> {
        vec![Offer::new("a-device", "")]
    }
    fn there(&self, _what: ObjectType, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("a-thing", "")]
    }
    fn vrf(&self, _name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok(Some(10))
    }
}

fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().chain(PORTS).copied()
}

/// Every table, with where it was found.
fn tables() -> Vec<(String, &'static dyn Table)> {
    let verbs =
        OBJECTS.iter().flat_map(|o| o.verbs.iter().map(move |v| (format!("{} {}", o.name(), v.name()), v.tables)));
    let kinds = kinds().map(|k| (format!("type {}", k.name), k.tables));
    verbs.chain(kinds).flat_map(|(place, tables)| tables.iter().map(move |t| (place.clone(), *t))).collect()
}

fn none_of(mut wrong: Vec<String>) {
    wrong.dedup();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn bytes(words: &[&str]) -> Vec<Vec<u8>> {
    words.iter().map(|w| w.as_bytes().to_vec()).collect()
}

#[test]
fn every_verb_and_every_kind_with_words_has_an_example() {
    let mut wrong = Vec::new();
    for object in OBJECTS {
        let without = object.verbs.iter().filter(|v| v.examples.is_empty());
        wrong.extend(without.map(|v| format!("{} {} has no example", object.name(), v.name())));
    }
    let without = kinds().filter(|k| k.parse.is_some() && k.examples.is_empty());
    wrong.extend(without.map(|k| format!("type {} has no example", k.name)));
    none_of(wrong);
}

#[test]
fn the_words_of_examples_are_those_of_the_tables() {
    let mut wrong = Vec::new();
    for (place, line, what) in examples::all() {
        let line_words = examples::words(line);
        let words: Vec<Vec<u8>> = line_words.iter().map(|w| w.as_bytes().to_vec()).collect();
        if words.first().map(Vec::as_slice) != Some(b"rip") || what.is_empty() || what.ends_with('.') || what.len() > 60
        {
            wrong.push(format!("{place}: {line:?}: {what:?}"));
        }
        let head = match head::parse(&words) {
            Ok(head) => head,
            Err(d) => {
                wrong.push(format!("{place}: {line}: {}", d.what().join(" ")));
                continue;
            }
        };
        let mut rest = Words::new(&words, head.rest, &Anything);
        rest.family = head.options.family;
        let mut walk = Walk::new(&mut rest);
        let (object, verb) = complete::tail(&mut walk);
        wrong.extend(walk.wrong.iter().map(|d| format!("{place}: {line}: {}", d.what().join(" "))));
        if walk.wanting && !walk.words.rest().is_empty() {
            wrong.push(format!("{place}: {line}: a word is missing"));
        }
        let (Some(object), true) = (object, verb.is_some() || line_words.len() == head.rest + 1) else {
            wrong.push(format!("{place}: {line}: no such command"));
            continue;
        };
        let here = match verb {
            Some(v) => format!("{} {}", object.name(), v.name()),
            None => object.name().to_string(),
        };
        if !place.starts_with("type ") && !place.starts_with(&here) {
            wrong.push(format!("{place}: {line} is an example of {here}"));
        }
        if let Some(kind) = place.strip_prefix("type ")
            && walk.topic.as_ref().map(|t| t.name) != Some(kind)
        {
            wrong.push(format!("{place}: {line} is an example of something else"));
        }
    }
    none_of(wrong);
}

/// The words of `{ one | other }`, where the whole of a meta is such a choice.
fn choices(e: &Entry) -> Vec<String> {
    let inner = e.meta.strip_prefix("{ ").and_then(|m| m.strip_suffix(" }")).unwrap_or_default();
    if inner.contains(['{', '[']) {
        return Vec::new();
    }
    let word = |w: &&str| w.starts_with(|c: char| c.is_ascii_lowercase()) && !w.contains(' ');
    inner.split(" | ").filter(word).map(str::to_string).collect()
}

#[test]
fn what_a_usage_line_says_can_be_had_by_the_tab_key() {
    let nothing: Vec<Vec<u8>> = Vec::new();
    let mut wrong = Vec::new();
    for (place, table) in tables() {
        for e in table.entries() {
            let words = Words::new(&nothing, 0, &Anything);
            let offers: Vec<String> = e.offer(&words).into_iter().map(|o| o.word).collect();
            for word in choices(&e).iter().filter(|w| !offers.contains(w)) {
                wrong.push(format!("{place} {:?} {} does not offer {word:?}", e.names, e.meta));
            }
            if matches!(e.meta.as_ref(), "DEV" | "VRF") && !offers.iter().any(|o| o == "a-device") {
                wrong.push(format!("{place} {:?} {} offers no devices", e.names, e.meta));
            }
            let named = ["TABLE_ID", "RTPROTO", "SCOPE", "GROUP", "REALM"].contains(&e.meta.as_ref());
            if named && !e.names.contains(&"group~") && !offers.iter().any(|o| o == "a-name") {
                wrong.push(format!("{place} {:?} {} offers no names", e.names, e.meta));
            }
        }
    }
    none_of(wrong);
}

/// The end of a line that holds these words of a table.
fn end<R>(table: &'static dyn Table, words: &[&str], see: impl FnOnce(&Walk<'_, '_>) -> R) -> R {
    let line = bytes(words);
    let mut w = Words::new(&line, 0, &Anything);
    let mut walk = Walk::new(&mut w);
    table.walk(&mut walk);
    see(&walk)
}

#[test]
fn a_word_without_a_value_wants_none_and_the_others_do() {
    let mut wrong = Vec::new();
    for (place, table) in tables() {
        // Verbs below verbs stand first.
        if end(table, &[], |w| w.wanting) {
            continue;
        }
        for e in table.entries() {
            let Some(name) = e.names.first().map(|n| full(n)).filter(|n| !n.is_empty()) else { continue };
            let (wanting, missing) = end(table, &[name], |w| (w.wanting, w.wrong.len()));
            // What is in brackets can be left out; the types of encapsulation are no words of the line's own.
            let optional = e.meta.starts_with('[') && e.meta.ends_with(']') || e.meta.ends_with("...");
            let own = table.title() != "ENCAP";
            if own && !optional && wanting == e.meta.is_empty() {
                wrong.push(format!("{place}: {name} {:?} wants a value: {wanting}", e.meta));
            }
            if missing > 0 && own {
                wrong.push(format!("{place}: {name} is wrong in its own table"));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn every_keyword_is_offered_once_and_not_again() {
    let mut wrong = Vec::new();
    for (place, table) in tables() {
        let offered = end(table, &[], |w| w.offers.iter().map(|o| o.word.clone()).collect::<Vec<_>>());
        if end(table, &[], |w| w.wanting) || table.title() == "ENCAP" {
            continue;
        }
        for e in table.entries() {
            for name in e.names.iter().map(|n| full(n)).filter(|n| !n.is_empty()) {
                if !offered.iter().any(|o| o == name) {
                    wrong.push(format!("{place}: {name} is not offered"));
                }
            }
            let first = e.names.first().map_or("", |n| full(n));
            if e.meta.is_empty() && end(table, &[first], |w| w.offers.iter().any(|o| o.word == first)) {
                wrong.push(format!("{place}: {first} is offered again"));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn no_line_hangs_the_walk_or_breaks_it() {
    let mut pool: Vec<Vec<u8>> =
        vec![b"".to_vec(), b"\xff".to_vec(), b"-4".to_vec(), b"10.0.0.1/8".to_vec(), b"::1".to_vec()];
    pool.extend(
        ["5", "any", "default", "x", "802.1Q", "02:00:00:00:00:01", "1:2", "help"].map(|w| w.as_bytes().to_vec()),
    );
    let tables = tables();
    for (_, table) in &tables {
        for e in table.entries() {
            pool.extend(e.names.iter().map(|n| full(n).as_bytes().to_vec()));
            pool.extend(choices(&e).iter().map(|w| w.as_bytes().to_vec()));
        }
    }
    pool.extend(kinds().map(|k| k.name.as_bytes().to_vec()));
    let mut state = 7u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..20_000 {
        let object = OBJECTS[next(OBJECTS.len())];
        let mut line = bytes(&["rip", object.name()]);
        if let Some(verb) = object.verbs.get(next(object.verbs.len() + 1)) {
            line.push(verb.name().as_bytes().to_vec());
        }
        line.extend((0..next(9)).map(|_| pool[next(pool.len())].clone()));
        let mut words = Words::new(&line, 1, &Anything);
        let mut walk = Walk::new(&mut words);
        complete::tail(&mut walk);
        assert!(walk.words.at() <= line.len(), "{line:?}");
    }
}

const WORLD: &str = "
rip link add eth0 address 02:00:00:00:00:01 type veth peer name uplink; rip link set eth0 up; rip link set uplink up
rip link set lo up; rip link property add dev eth0 altname lan-port-one
rip addr add 192.0.2.1/24 dev eth0; rip addr add 198.51.100.1/24 dev uplink
rip netns add blue; rip route add default via 192.0.2.254; rip rule add from 10.0.0.0/8 lookup 100 pref 1000
rip route add blackhole 10.66.0.0/16 table 100; rip nexthop add id 9 via 192.0.2.254 dev eth0
rip neigh add 192.0.2.5 lladdr 02:00:00:00:00:05 dev eth0 nud permanent
";

/// Command lines (a `~` is the cursor's empty word), words that must be offered, words that must not.
const LINES: &[(&str, &str, &str)] = &[
    ("rip ~", "address link route monitor", "neighbour eth0 -json"),
    ("rip neighb", "neighbor", "address"),
    ("rip neighbou", "neighbour", "neighbor"),
    ("rip -", "-json -netns -details -color", "link --json"),
    ("rip --j", "--json", "-json"),
    ("rip -f ~", "inet inet6 mpls bridge link", "address -json unspec"),
    ("rip -n ~", "blue", "link"),
    ("rip -b ~", "\tfiles", "link"),
    ("rip -br -j a", "address", "link"),
    ("rip link ~", "add set delete show property", "lst eth0"),
    ("rip link ls", "lst", "show list"),
    ("rip l s ~", "eth0 uplink lan-port-one up mtu type", "delete eth0@uplink"),
    ("rip link set eth0 ~", "up mtu master", "eth0 dev"),
    ("rip link set eth0 mtu 1400 up ~", "down master", "mtu up eth0"),
    ("rip link set eth0 mtu ~", "", "up eth0"),
    ("rip link set eth0 master ~", "uplink lo", "up"),
    ("rip link set eth0 br", "broadcast", "brd"),
    ("rip link set eth0 brd", "brd", "broadcast"),
    ("rip link set eth0 netns ~", "blue", "up"),
    ("rip link set eth0 arp ~", "on off", "up"),
    ("rip link set eth0 type ~", "bridge_slave bond_slave", "up"),
    ("rip link set eth0 vf 0 ~", "mac vlan trust", "eth0"),
    ("rip link set eth0 vf 0 vlan 5 ~", "qos proto trust up", "vlan"),
    ("rip link set eth0 inet forwarding on ~", "rp_filter up", "eth0"),
    ("rip link add x type ~", "bridge vxlan veth", "up"),
    ("rip link add x type vxlan id 5 ~", "remote dstport learning", "id mtu"),
    ("rip link add x type vxlan dev ~", "eth0", "remote"),
    ("rip link add x type veth ~", "peer", "mtu"),
    ("rip link add x type veth peer name y ~", "mtu address netns", "peer name"),
    ("rip link add x type nonsense ~", "", "mtu peer"),
    ("rip link add x type dummy ~", "", "mtu"),
    ("rip link show type ~", "bridge", "up"),
    ("rip link xstats type ~", "bridge bond_slave", "dev stp"),
    ("rip link xstats type bridge ~", "stp dev", "lacp type"),
    ("rip link property ~", "add del", "altname"),
    ("rip link property add ~", "altname dev", "mtu"),
    ("rip link help ~", "bridge vxlan", "up"),
    ("rip addr del ~", "192.0.2.1/24 198.51.100.1/24 dev", "eth0"),
    ("rip addr del dev eth0 ~", "192.0.2.1/24", "198.51.100.1/24"),
    ("rip -6 addr del dev eth0 ~", "", "192.0.2.1/24"),
    ("rip addr del 192.0.2.1/24 ~", "dev", "192.0.2.1/24 198.51.100.1/24"),
    ("rip addr add ~", "dev scope", "192.0.2.1/24"),
    ("rip addr add 10.0.0.1/8 scope ~", "global link host", "dev"),
    ("rip addr show scope ~", "all global", "dev"),
    ("rip route del ~", "default 192.0.2.0/24", "10.66.0.0/16"),
    ("rip route del table 100 ~", "10.66.0.0/16", "192.0.2.0/24"),
    ("rip route add default via 192.0.2.1 ~", "dev metric table", "via 192.0.2.0/24"),
    ("rip route add default proto ~", "static kernel", "dev"),
    ("rip route add default table ~", "main local", "dev"),
    ("rip route add default nexthop ~", "via dev weight", "metric table"),
    ("rip route add default nexthop via 192.0.2.1 ~", "nexthop weight dev", "metric"),
    ("rip route add default encap ~", "mpls seg6 ip6", "dev"),
    ("rip route add default encap mpls ~", "", "ttl dev"),
    ("rip route add default encap mpls 100 ~", "ttl via dev", "encap"),
    ("rip route add default mtu ~", "lock", "dev"),
    ("rip route show ~", "table match default", "mtu nonsense"),
    ("rip route add nhid ~", "9", "dev"),
    ("rip rule del pref ~", "1000", "from"),
    ("rip neigh del ~", "192.0.2.5 dev", ""),
    ("rip neigh show nud ~", "reachable permanent all", "dev"),
    ("rip nexthop del id ~", "9", "dev"),
    ("rip nexthop add id 5 type resilient ~", "buckets idle_timer dev", "mpath"),
    ("rip nexthop add id 5 type resilient buckets 8 ~", "idle_timer", "buckets"),
    ("rip nexthop add id 5 type mpath ~", "group", "buckets"),
    ("rip nexthop bucket ~", "list get", "id"),
    ("rip monitor ~", "link until init", "show"),
    ("rip monitor until ~", "gone link route", "init"),
    ("rip monitor until gone ~", "link", "gone"),
    ("rip monitor until link dev ~", "eth0", "init"),
    ("rip monitor until link dev eth0 ~", "up down", "init dev"),
    ("rip monitor file ~", "\tfiles", "link"),
    ("rip tuntap add mode ~", "tun tap", "user"),
    ("rip tunnel add t0 mode ~", "gre ipip ip6gre any", "remote"),
    ("rip tunnel add t0 mode gre ~", "remote ttl pmtudisc key", "encaplimit"),
    ("rip tunnel add t0 mode ip6gre ~", "remote encaplimit flowlabel key", "pmtudisc"),
    ("rip -6 tunnel add t0 mode ~", "ip6ip6 vti6", "sit"),
    ("rip tunnel prl ~", "prl-default dev", "remote"),
    ("rip netns del ~", "blue", "del"),
    ("rip netns del blue ~", "", "blue"),
    ("rip netns set blue ~", "auto", "blue"),
    ("rip netns exec blue ls ~", "\tfiles", "blue"),
    ("rip netns exec blue ca", "cat", "ls"),
    ("rip -n blue link show ~", "lo", "eth0"),
    ("rip -n nonsense link show ~", "up master", "lo eth0"),
    ("rip -n nonsense route add default table ~", "main", "lo eth0"),
    ("rip help link a", "add", "set"),
    ("rip link add --h", "--help", ""),
    ("rip link set eth0 alias --h", "", "--help"),
    ("rip nonsense ~", "", "add up"),
    ("rip link nonsense ~", "", "add up"),
    ("rip -x ~", "", "link"),
    ("rip ensure ~", "link route check purge", "monitor"),
    ("rip ensure link ~", "add set delete", "show"),
    ("rip ensure purge proto static route add ~", "default via blackhole", ""),
    ("rip ensure check recreate -6 route add default ~", "via dev", ""),
    ("rip try ~", "confirm cancel show", "link"),
    ("rip try 30 ~", "link route background check", ""),
    ("rip try 30 background check ping ; link set dev ~", "lo", ""),
];

#[test]
fn what_can_stand_where() {
    if support::skip::lacking("completion", &[if machine::root() { "root" } else { "user" }]) {
        return;
    }
    let mut script = WORLD.to_string();
    for (i, (line, _, _)) in LINES.iter().enumerate() {
        let words: Vec<String> = line.split(' ').map(|w| quoted(if w == "~" { "" } else { w })).collect();
        script.push_str(&format!("rip complete -- {} 2>>/run/err; echo \"=$? {i}\"\n", words.join(" ")));
    }
    script.push_str("cat /run/err\n");
    let said = Sandbox::new(Tool::Rip).script("complete", &script).good();
    let mut wrong = Vec::new();
    let mut rest = said.as_str();
    for (i, (line, with, without)) in LINES.iter().enumerate() {
        let (part, after) = rest.split_once(&format!("=0 {i}\n")).unwrap_or_else(|| panic!("{line}: {rest}"));
        rest = after;
        let offered = |word: &str| {
            let word = if word == "\tfiles" { "" } else { word };
            part.lines().any(|l| l.split('\t').next() == Some(word))
        };
        let words = |list: &'static str| list.split(' ').filter(|w| !w.is_empty());
        wrong.extend(words(with).filter(|w| !offered(w)).map(|w| format!("{line}: no {w:?}")));
        wrong.extend(words(without).filter(|w| offered(w)).map(|w| format!("{line}: {w:?} is offered")));
    }
    assert_eq!(rest, "", "nothing may be said on stderr");
    none_of(wrong);
}

#[test]
fn pages_of_help() {
    if support::skip::lacking("help", &[if machine::root() { "root" } else { "user" }]) {
        return;
    }
    // The words, whether there is a page for them, and words that it must have.
    let lines: &[(&str, bool, &[&str])] = &[
        ("rip link --help", true, &["rip link: network devices", "Commands:", "property"]),
        (
            "rip link add --help",
            true,
            &["rip link add: create a device", "Examples:", "mtu NUMBER", "vxlan, wireguard"],
        ),
        ("rip link add x mtu 9 --help", true, &["rip link add: create a device"]),
        ("rip link add type vxlan --help", true, &["type vxlan: Ethernet over UDP", "dstport"]),
        ("rip help link add type vxlan", true, &["type vxlan: Ethernet over UDP", "dstport"]),
        ("rip help link", true, &["Commands:"]),
        ("rip help route add encap mpls", true, &["encap mpls LABEL[/LABEL...]", "ttl NUMBER"]),
        ("rip monitor --help", true, &["until [ gone ] OBJECT SELECTOR"]),
        ("rip netns exec --help", true, &["NAME COMMAND ..."]),
        ("rip nexthop bucket --help", true, &["nexthop bucket { list | show | get }", "Commands:", "one bucket"]),
        // As in iproute2: a value, a word for somebody else, usage texts, unknown words.
        ("rip link show dev --help", false, &["Device \"--help\" does not exist."]),
        ("rip help", false, &["Usage: ip [ OPTIONS ] OBJECT"]),
        ("rip --help", true, &["Usage: rip [ OPTIONS ] OBJECT", "topology"]),
        ("ip --help", false, &["Usage: ip [ OPTIONS ] OBJECT"]),
        ("rip link help", false, &["Usage: ip link"]),
        ("rip help nonsense", false, &["Object \"nonsense\" is unknown"]),
        ("rip help link nonsense", false, &["Command \"nonsense\" is unknown"]),
        ("ip link --help", false, &["Command \"--help\" is unknown"]),
        ("ip help link", false, &["Usage: ip [ OPTIONS ] OBJECT"]),
        ("rip netns add n; rip netns exec n echo --help", true, &["--help"]),
    ];
    let mut wrong = Vec::new();
    let sandbox = Sandbox::new(Tool::Rip);
    for (line, page, words) in lines {
        let ended = sandbox
            .script("help", &format!("{line}; echo $? >/run/code; cat /run/code >&3; exit 0").replace(" >&3", ""));
        let said = ended.stdout();
        let code = said.lines().last().unwrap_or_default().to_string();
        let text = if *page { said.clone() } else { ended.stderr() };
        if *page != (code == "0") || *page && !ended.stderr().is_empty() || !page && said.lines().count() > 1 {
            wrong.push(format!("{line}: exit {code}\n{said}{}", ended.stderr()));
        }
        wrong.extend(words.iter().filter(|w| !text.contains(**w)).map(|w| format!("{line}: no {w:?} in\n{text}")));
        wrong.extend(text.lines().filter(|l| l.ends_with(' ')).map(|l| format!("{line}: blanks at the end of {l:?}")));
    }
    none_of(wrong);
}
