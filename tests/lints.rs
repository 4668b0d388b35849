//! Lints: folds over every table of the program, and over its sources.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use rip::internals::cli::objects::OBJECTS;
use rip::internals::cli::tree;
use rip::internals::cli::usage;
use rip::internals::command::{Object, Table};
use rip::internals::grammar::{full, spells};
use rip::internals::object::link::kind::{KINDS, Kind};
use rip::internals::object::link::port::PORTS;
use rip::internals::session::options::OPTIONS;
use std::collections::BTreeSet;
use std::path::Path;

/// Every table of every verb, once each, with where it was found.
fn tables() -> Vec<(String, &'static dyn Table)> {
    let mut found: Vec<(String, &'static dyn Table)> = Vec::new();
    for object in OBJECTS {
        for verb in object.verbs {
            for table in verb.tables {
                if !found.iter().any(|(_, t)| std::ptr::addr_eq(*t, *table)) {
                    found.push((format!("{} {}: {}", object.name(), verb.name(), table.title()), *table));
                }
            }
        }
    }
    for kind in kinds() {
        found.extend(kind.tables.iter().map(|t| (format!("link type {}: {}", kind.name, t.title()), *t)));
    }
    found
}

fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().chain(PORTS).copied()
}

/// What is wrong, all at once.
fn none_of(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_name_resolves_to_its_own_row() {
    let mut wrong = Vec::new();
    for (place, table) in tables() {
        let rows = table.entries();
        for (i, row) in rows.iter().enumerate() {
            for name in row.names.iter().map(|n| full(n)).filter(|n| !n.is_empty()) {
                let first = rows.iter().position(|r| r.names.iter().any(|n| spells(n, name.as_bytes())));
                if first != Some(i) {
                    let other = first.map_or("none", |f| rows[f].names[0]);
                    wrong.push(format!("{place}: {name:?} means {other:?}"));
                }
            }
        }
    }
    none_of(wrong);
}

#[test]
fn every_verb_and_option_resolves_to_itself() {
    let mut wrong = Vec::new();
    for object in OBJECTS {
        for name in object.names {
            let found = tree::object(full(name).as_bytes()).map(Object::name);
            if found != Some(object.name()) {
                wrong.push(format!("object {name:?} means {found:?}"));
            }
        }
        for verb in object.verbs {
            for name in verb.names {
                let found = object.verb(full(name).as_bytes());
                if !found.is_some_and(|f| std::ptr::eq(f, verb)) {
                    wrong.push(format!("{} {name:?} means {:?}", object.name(), found.map(|f| f.name())));
                }
            }
        }
    }
    for option in OPTIONS {
        for name in option.names {
            let found = OPTIONS.iter().find(|o| o.names.iter().any(|n| spells(n, full(name).as_bytes())));
            if found.is_some_and(|f| f.id != option.id) {
                wrong.push(format!("option {name:?} means {:?}", found.map(|f| f.id)));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn help_is_short_plain_and_there() {
    let mut wrong = Vec::new();
    let mut check = |place: String, help: &str| {
        if help.is_empty() {
            wrong.push(format!("{place}: no help"));
        }
        if help.trim() != help || help.ends_with('.') || help.contains('\n') || help.len() > 70 {
            wrong.push(format!("{place}: {help:?} is no short plain line"));
        }
    };
    for (place, table) in tables() {
        for row in table.entries() {
            check(format!("{place} {:?}", row.names), row.help);
        }
    }
    for object in OBJECTS {
        check(object.name().to_string(), object.about);
        object.verbs.iter().for_each(|v| check(format!("{} {}", object.name(), v.name()), v.about));
    }
    kinds().for_each(|k| check(format!("type {}", k.name), k.about));
    OPTIONS.iter().for_each(|o| check(format!("-{}", full(o.names[0])), o.help));
    none_of(wrong);
}

/// The words that a usage writes as one: `key`, `ikey` and `okey` of `[i|o]key`.
fn unfolded(word: &str) -> Vec<String> {
    let with = |bracket: &str, heads: &[&str]| -> Vec<String> {
        let rest = word.strip_prefix(bracket).into_iter();
        rest.flat_map(|rest| heads.iter().map(move |h| format!("{h}{rest}"))).collect()
    };
    [with("[i|o]", &["", "i", "o"]), with("[no]", &["", "no"])].concat()
}

#[test]
fn usage_has_no_trailing_blanks_and_names_every_keyword() {
    let mut wrong = Vec::new();
    for object in OBJECTS {
        let mut text = usage::object_of(object, false);
        text.extend(object.verbs.iter().flat_map(|v| v.tables).filter_map(|t| t.usage()));
        for line in text.lines() {
            if line.ends_with(' ') || line.contains('\t') {
                wrong.push(format!("{}: {line:?}", object.name()));
            }
        }
        let mut words: BTreeSet<&str> = text.split_whitespace().collect();
        // `[i|o]key` and `[no]pmtudisc` stand for all their forms.
        let folded: Vec<String> = words.iter().flat_map(|w| unfolded(w)).collect();
        words.extend(folded.iter().map(String::as_str));
        for verb in object.verbs {
            for name in verb.names.iter().map(|n| full(n)) {
                if !words.contains(name) {
                    wrong.push(format!("{}: the usage lacks {name:?}", object.name()));
                }
            }
            for entry in verb.tables.iter().flat_map(|t| t.entries()) {
                for name in entry.names.iter().map(|n| full(n)).filter(|n| !n.is_empty()) {
                    if !words.contains(name) {
                        wrong.push(format!("{} {}: the usage lacks {name:?}", object.name(), verb.name()));
                    }
                }
            }
        }
    }
    let all = usage::program(false);
    wrong.extend(all.lines().filter(|l| l.ends_with(' ')).map(|l| format!("usage: {l:?}")));
    none_of(wrong);
}

/// `-fields` knows the keys that the sources write, and no other word. `RIP_BLESS=1` writes its table.
#[test]
fn every_key_of_json_is_a_field() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/fields.txt");
    let table = support::fields::table();
    if std::env::var_os("RIP_BLESS").is_some() {
        return std::fs::write(&file, &table).expect("the table");
    }
    let mut wrong = Vec::new();
    for (object, keys) in table.lines().filter_map(|l| l.split_once(": ")) {
        let known: BTreeSet<&str> = rip::internals::cli::fields::keys(object).collect();
        let keys: BTreeSet<&str> = keys.split(' ').collect();
        wrong.extend(keys.difference(&known).map(|k| format!("{object}: no field {k:?}")));
        wrong.extend(known.difference(&keys).map(|k| format!("{object}: {k:?} is no key")));
    }
    if !wrong.is_empty() {
        wrong.push("run RIP_BLESS=1 cargo test --test lints".into());
    }
    none_of(wrong);
}

/// The keywords of iproute2's grammar, by object and verb: tests/keywords.txt.
#[test]
fn every_keyword_of_the_reference_is_there() {
    let mut wrong = Vec::new();
    for line in include_str!("keywords.txt").lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        let (place, words) = line.split_once(':').expect("`object verb: words`");
        let (object, verb) = place.split_once(' ').expect("`object verb`");
        let Some(object) = OBJECTS.iter().find(|o| o.names.iter().any(|n| full(n) == object)) else {
            wrong.push(format!("no object {object:?}"));
            continue;
        };
        let Some(verb) = object.verbs.iter().find(|v| v.names.iter().any(|n| full(n) == verb)) else {
            wrong.push(format!("{} has no verb {verb:?}", object.name()));
            continue;
        };
        let names: BTreeSet<&str> =
            verb.tables.iter().flat_map(|t| t.entries()).flat_map(|e| e.names).map(|n| full(n)).collect();
        let missing: Vec<&str> = words.split_whitespace().filter(|w| !names.contains(w)).collect();
        if !missing.is_empty() {
            wrong.push(format!("{} {} lacks: {}", object.name(), verb.name(), missing.join(" ")));
        }
    }
    none_of(wrong);
}

/// The same of the kinds of links: tests/kinds.txt.
#[test]
fn every_word_of_the_reference_s_kinds_is_there() {
    let mut wrong = support::coverage::lacking();
    let listed: BTreeSet<&str> = support::coverage::reference().iter().map(|(kind, _)| *kind).collect();
    let ours = rip::internals::object::link::kind::KINDS.iter().chain(rip::internals::object::link::port::PORTS);
    wrong.extend(
        ours.filter(|k| !listed.contains(k.name)).map(|k| format!("tests/kinds.txt has no line for {}", k.name)),
    );
    none_of(wrong);
}

/// A word of a kind of link that no wire case sends is one that nobody has compared.
#[test]
fn every_word_of_a_kind_is_sent_by_a_wire_case() {
    let bare = support::coverage::counts().into_iter().filter(|c| !c.left.is_empty());
    none_of(bare.map(|c| format!("{}: no wire case sends {:?}", c.kind, c.left)).collect());
}

/// The keywords of tables that no line of a wire test has.
fn without_wire_case(tables: &[&dyn Table], lines: &[&str]) -> Vec<&'static str> {
    let words: BTreeSet<&str> = lines.iter().flat_map(|l| l.split_whitespace()).collect();
    let names = tables.iter().flat_map(|t| t.entries()).flat_map(|e| e.names);
    names.map(|n| full(n)).filter(|n| !n.is_empty() && !words.contains(n)).collect()
}

/// The command lines of tests/wire that are traced.
fn wire_lines() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    let files = std::fs::read_dir(dir).expect("tests/wire").flatten().map(|e| e.path());
    let texts = files.filter(|p| p.extension().is_some_and(|e| e == "t")).map(|p| std::fs::read_to_string(p).unwrap());
    let lines = texts.flat_map(|t| t.lines().map(|l| l.trim_start_matches("? ").to_string()).collect::<Vec<_>>());
    lines.filter(|l| l.starts_with("ip ")).collect()
}

/// Every keyword of routes, rules, neighbours and nexthops is in a wire test of a verb that knows it.
#[test]
fn every_keyword_of_routing_has_a_wire_case() {
    let lines = wire_lines();
    let of = |object: &str, verbs: &[&str]| -> Vec<&str> {
        let fits = |l: &&str| {
            let mut words = l.split_whitespace().skip(1).skip_while(|w| w.starts_with('-') || *w == "mpls");
            words.next() == Some(object) && words.next().is_some_and(|verb| verbs.contains(&verb))
        };
        lines.iter().map(String::as_str).filter(fits).collect()
    };
    let mut wrong = Vec::new();
    for name in ["route", "rule", "neigh", "nexthop"] {
        let object = OBJECTS.iter().find(|o| o.name() == name).expect("an object");
        // What iproute2 lacks cannot be compared with it.
        let theirs = object.verbs.iter().filter(|v| !tree::is_ours(object, v.name()));
        let mut tables: Vec<&dyn Table> = theirs.flat_map(|v| v.tables).copied().collect();
        // A table may stand behind another that names what is there.
        let same = |a: &dyn Table, b: &dyn Table| a.title() == b.title() && a.entries().len() == b.entries().len();
        tables.dedup_by(|a, b| same(*a, *b));
        for table in tables {
            let knows = |v: &&rip::internals::command::Verb| v.tables.iter().any(|t| same(*t, table));
            let verbs: Vec<&str> = object.verbs.iter().filter(knows).flat_map(|v| v.names).map(|n| full(n)).collect();
            let missing = without_wire_case(&[table], &of(name, &verbs));
            wrong.extend(missing.iter().map(|w| format!("{name} {}: no wire case has {w:?}", table.title())));
        }
    }
    for t in rip::internals::encap::TYPES {
        let lead = format!(" encap {} ", t.name());
        let own: Vec<&str> = of("route", &["add"]).into_iter().filter(|l| l.contains(&lead)).collect();
        let missing = without_wire_case(&[t.table], &own);
        // Options of tunnels crash kernels: the guest has them.
        let missing = missing.iter().filter(|w| !support::sandbox::DEADLY.contains(*w));
        wrong.extend(missing.map(|w| format!("encap {}: no wire case has {w:?}", t.name())));
    }
    none_of(wrong);
}

/// The guard itself: scripts, transcripts, wire tests and random lines cannot carry a word that crashes kernels.
#[test]
fn words_that_crash_kernels_stay_in_the_guest() {
    use support::sandbox::{DEADLY, Sandbox, Tool, deadly};
    use support::transcript::Transcript;
    if support::machine::is_guest() {
        return;
    }
    for word in DEADLY {
        let (a, b) = word.split_at(3);
        for script in
            [format!("true {word}"), format!("true {a}'{b}'"), format!("true {a}\\\n{b}"), word.to_uppercase()]
        {
            assert_eq!(deadly(&script), Some(*word), "{script}");
            let line = script.replace("\\\n", "");
            assert!(Transcript::parse(&format!("ip {line}")).is_err(), "{line}");
            assert!(Transcript::parse(&format!("@ guest\nip {line}")).is_ok(), "{line}");
            // Nothing but `true` would run, should the guard have fallen asleep.
            let run = std::panic::catch_unwind(|| Sandbox::new(Tool::Rip).script("guard", &format!(": {script}")));
            assert!(run.is_err(), "a sandbox ran {script}");
        }
    }
    let mut dice = support::random::Dice::new(1);
    for _ in 0..20_000 {
        let line = support::random::tail(&mut dice);
        assert!(line.iter().all(|w| deadly(&String::from_utf8_lossy(w)).is_none()), "{line:?}");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let mut todo = vec![root.join("tests"), root.join("benches"), root.join("README.md"), root.join("docs")];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(std::fs::read_dir(&path).into_iter().flatten().flatten().map(|e| e.path()));
            continue;
        }
        let text = std::fs::read(&path).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
        let guard = path.ends_with("support/sandbox.rs");
        for line in text.lines().filter(|_| !guard && !path.starts_with(root.join("tests/guest"))) {
            if let Some(word) = deadly(line).filter(|_| !line.starts_with('#') && !line.starts_with('|')) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn files_are_short_and_begin_with_what_they_are() {
    let mut wrong = Vec::new();
    for (path, text) in support::sources::all() {
        let lines = text.lines().count();
        if lines > 500 {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!("{}: no first paragraph", path.display()));
        }
        for word in ["utils", "common", "helper", "manager"] {
            if path.file_stem().is_some_and(|s| s.to_string_lossy().contains(word)) {
                wrong.push(format!("{}: the name says nothing", path.display()));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn nothing_is_left_to_do() {
    // Written apart, so that this file is not its own finding.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
        concat!("unimple", "mented!"),
        concat!("to", "do!("),
    ];
    let mut wrong = Vec::new();
    for (path, text) in support::sources::all() {
        for (n, line) in text.lines().enumerate() {
            if path.starts_with("src") && line.contains("asm!") || marks.iter().any(|m| line.contains(m)) {
                wrong.push(format!("{}:{}: {line}", path.display(), n + 1));
            }
            if path.starts_with("src") && line.contains("unsafe ") && line.contains('{') && !path.ends_with("sys.rs") {
                wrong.push(format!("{}:{}: unsafe outside src/sys.rs", path.display(), n + 1));
            }
        }
    }
    none_of(wrong);
}

/// What tests/layers.rs cannot see, for it looks at modules: the transport prints nothing, and the output knows no netlink.
#[test]
fn the_transport_prints_nothing_and_the_output_knows_no_netlink() {
    let forbidden = [("src/net", "print!"), ("src/output", "netlink")];
    let mut wrong = Vec::new();
    for (path, text) in support::sources::all() {
        for (_, word) in forbidden.iter().filter(|(folder, _)| path.starts_with(folder)) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|l| l.contains(word) && !l.trim_start().starts_with("//"));
            wrong.extend(lines.map(|l| format!("{} uses {word}: {}", path.display(), l.trim())));
        }
    }
    none_of(wrong);
}

/// The words of a table that none of the lines has.
fn untried(table: &dyn Table, lines: &[&str]) -> Vec<&'static str> {
    let tried: BTreeSet<&str> = lines.iter().flat_map(|l| l.split_whitespace()).collect();
    let names = table.entries().into_iter().flat_map(|e| e.names).map(|n| full(n));
    names.filter(|n| !n.is_empty() && !tried.contains(n)).collect()
}

/// Every generic word of `link add` and `link set`, and every word of a port, has a case in tests/wire.
#[test]
fn every_word_of_links_and_ports_is_sent() {
    // On this kernel there is no VRF to name (the guest's transcripts do it), and `xdp off` can only end a line.
    const ELSEWHERE: [(&str, &[&str]); 2] =
        [("ip link add ", &["vrf", "xdp", "xdpgeneric", "xdpdrv", "xdpoffload"]), ("ip link set ", &["vrf"])];
    let wire = include_str!("wire/link-words.t");
    let lines = |lead: &str| -> Vec<&str> { wire.lines().filter(|l| l.starts_with(lead)).collect() };
    let mut wrong = Vec::new();
    for (lead, elsewhere) in ELSEWHERE {
        // What stands after `type KIND` is the kind's.
        let own: Vec<&str> = lines(lead).iter().map(|l| l.split_once(" type ").map_or(*l, |(own, _)| own)).collect();
        let all = untried(&rip::internals::object::link::words::LINK, &own);
        let left: Vec<_> = all.into_iter().filter(|n| *n != "type" && !elsewhere.contains(n)).collect();
        if !left.is_empty() {
            wrong.push(format!("{lead}: no case sends {left:?}"));
        }
    }
    let left = untried(&rip::internals::object::link::vf::GRAMMAR, &lines("ip link set d0 vf "));
    if !left.is_empty() {
        wrong.push(format!("vf: no case sends {left:?}"));
    }
    for port in rip::internals::object::link::port::PORTS {
        let own = lines(&format!("ip link set d1 type {}", port.name));
        let left: Vec<_> = port.tables.iter().flat_map(|t| untried(*t, &own)).collect();
        if own.is_empty() || !left.is_empty() {
            wrong.push(format!("{}: no case sends {left:?}", port.name));
        }
    }
    none_of(wrong);
}

/// The schema names every attribute that a wire case sends, down to those of link kinds and encapsulations.
#[test]
fn every_attribute_that_is_sent_has_a_name() {
    none_of(support::sent::without_a_name());
}

/// Attributes and headers have names: a number stands only where `attrs!` declares it, a size only in the schema.
#[test]
fn attributes_have_names_in_the_code() {
    // The readers of attributes whose first argument is a number; elsewhere `get` and `u8` read bytes, too.
    let readers = [
        ".u16(", ".u32(", ".u64(", ".s32(", ".be16(", ".be32(", ".has(", ".nest(", ".str(", ".ip(", ".v4(", ".v6(",
        ".switch(", ".device(", "s.u8(", "d.u8(", "a.u8(", ".d.get(", ".a.get(",
    ];
    let writers = ["put(&mut ", ".with(", ".put(", ".raw(", "note(&["];
    let headers = ["&[0; ", "header.resize("];
    let is_number = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
    let mut wrong = Vec::new();
    for (path, text) in support::sources::all() {
        if !path.starts_with("src") || path.starts_with("src/schema") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (n, line) in code.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            let reads = readers.iter().any(|r| line.split(r).skip(1).any(is_number));
            let writes = writers.iter().any(|w| {
                let first = if *w == "put(&mut " {
                    line.split(w).nth(1).and_then(|a| a.split_once(", ")).map(|a| a.1)
                } else {
                    line.split(w).nth(1)
                };
                first.is_some_and(is_number)
            });
            let declared = ["IFLA_", "IFA_", "RTA_", "RTAX_", "NDA_", "FRA_", "NHA_", "NETNSA_", "NETCONFA_", "RTM_"];
            let constant = line.trim_start().trim_start_matches("pub ").strip_prefix("const ");
            let again = constant.is_some_and(|c| declared.iter().any(|d| c.starts_with(d)) && c.contains(": u16"));
            let sized = headers.iter().any(|h| line.split(h).skip(1).any(is_number))
                && (line.contains("Request::raw") || line.contains("header"));
            if reads || writes || again || sized {
                wrong.push(format!("{}:{}: {}", path.display(), n + 1, line.trim()));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn transcripts_have_names_of_their_own() {
    // What iproute2 answered is recorded by name.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let names = |of: &str| -> BTreeSet<_> {
        std::fs::read_dir(folder.join(of)).expect("transcripts").flatten().map(|e| e.file_name()).collect()
    };
    let twice: Vec<_> = names("live").intersection(&names("guest")).map(|n| n.to_string_lossy().into_owned()).collect();
    none_of(twice);
}

#[test]
fn transcripts_name_the_programs_that_they_need() {
    let mut wrong = Vec::new();
    for (name, path) in support::transcript::all("live").into_iter().chain(support::transcript::all("guest")) {
        let text = std::fs::read_to_string(&path).expect("a transcript");
        let needs: BTreeSet<&str> =
            text.lines().filter_map(|l| l.strip_prefix("@ needs ")).flat_map(str::split_whitespace).collect();
        let lines = || text.lines().filter(|l| !l.starts_with(['#', '@', '=']));
        for program in ["jq", "python3", "perl", "ping"] {
            let begins = |l: &str| {
                l.match_indices(&format!("{program} "))
                    .any(|(at, _)| at == 0 || l[..at].ends_with(['|', ';', '&', '(', '{', ' ']))
            };
            if !needs.contains(program) && lines().any(begins) {
                wrong.push(format!("{name} needs {program}"));
            }
        }
    }
    none_of(wrong);
}
