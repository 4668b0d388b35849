//! Usage texts: programs look into `ip OBJECT help` for words and for groups such as `[ metric METRIC ]`. Every word and
//! every group of iproute2 7.3's must stand in ours, spelt alike, on the same stream and with the same exit code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use rip::internals::cli::objects::OBJECTS;
use std::collections::BTreeSet;
use std::process::Command;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// The objects that iproute2 has, too.
fn shared_objects() -> impl Iterator<Item = &'static str> {
    OBJECTS.iter().map(|o| o.name()).filter(|name| !["topology", "wait", "batch-recover"].contains(name))
}

/// Words that are prose in iproute2's texts, not words of a command line.
const PROSE: &str = "Where Note Units as be can etc given or To get values defaults default first are not if is nothing \
    specified SAN HSR PRP hsr0 e.g frames used bound connect supervision bit per second millisecond minimum quanta \
    nanosecond Length Threshold queueing 32-bit integer the new two slave devices for s of queue rx broadcast multicast \
    help type protocol time";

/// What iproute2 lists and does not take, or lists with brackets that say something else than it does.
const WRONG: &[&str] = &["encap-csum6", "[ [no]encap-csum6 ]", "[ filename ]", "[ size ]"];

/// Words that rip lacks so far.
const LACKING: &[&str] = &["lacp_strict", "dst_port"];

/// One run of `help`.
struct Page {
    code: Option<i32>,
    streams: [bool; 2],
    text: String,
}

fn page(program: &mut Command, words: &[&str]) -> Page {
    let run = program.args(words).env("LC_ALL", "C").output().expect("a run");
    let text = [run.stdout.clone(), run.stderr.clone()].concat();
    Page {
        code: run.status.code(),
        streams: [!run.stdout.is_empty(), !run.stderr.is_empty()],
        text: String::from_utf8_lossy(&text).into_owned(),
    }
}

/// Groups without a group inside: the bracket and, in order, the alternatives.
fn groups(text: &str) -> Vec<(char, BTreeSet<String>)> {
    let mut out = Vec::new();
    for (i, open) in text.char_indices().filter(|(_, c)| matches!(c, '[' | '{')) {
        let rest = &text[i + 1..];
        let Some(end) = rest.find(['[', '{', ']', '}']).filter(|e| matches!(&rest[*e..=*e], "]" | "}")) else {
            continue;
        };
        let words = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push((open, rest[..end].split('|').map(words).collect()));
    }
    out
}

fn words(text: &str) -> BTreeSet<&str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
    let trimmed = text.split(|c| !inside(c)).map(|w| w.trim_matches(['.', '-', '+', '_']));
    trimmed.filter(|w| !w.is_empty()).collect()
}

/// The beginnings of commands that stand there as they are typed: `ip link add`.
fn heads(text: &str) -> BTreeSet<String> {
    let word = |w: &&str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let all: Vec<&str> = text.split_whitespace().collect();
    all.windows(3).filter(|w| w[0] == "ip" && w[1..].iter().all(word)).map(|w| w.join(" ")).collect()
}

/// What of `theirs` is missing in `ours`.
fn missing(theirs: &str, ours: &str, skipped: &[&str]) -> Vec<String> {
    let mine = groups(ours);
    let mut out = Vec::new();
    for (open, group) in groups(theirs) {
        let same =
            |(o, g): &(char, BTreeSet<String>)| *o == open && (*g == group || group.len() > 1 && group.is_subset(g));
        // Objects that rip lacks stand in the list of iproute2.
        let known: BTreeSet<String> = group.iter().filter(|w| !skipped.contains(&w.as_str())).cloned().collect();
        let partly = |(o, g): &(char, BTreeSet<String>)| *o == open && known.len() > 1 && known.is_subset(g);
        let text = group.iter().cloned().collect::<Vec<_>>().join(" | ");
        let left_out = LACKING.iter().any(|l| text.contains(l)) || WRONG.contains(&format!("[ {text} ]").as_str());
        if !left_out && !mine.iter().any(same) && !mine.iter().any(partly) {
            out.push(format!("{open} {text}"));
        }
    }
    let mine = words(ours);
    let prose: BTreeSet<&str> = PROSE.split_whitespace().collect();
    let lacking: BTreeSet<String> = LACKING.iter().flat_map(|l| [l.to_string(), l.to_uppercase()]).collect();
    let fine = |w: &&str| {
        mine.contains(w) || prose.contains(w) || skipped.contains(w) || lacking.contains(*w) || WRONG.contains(w)
    };
    out.extend(words(theirs).into_iter().filter(|w| !fine(w) && *w != "PORT").map(String::from));
    out
}

#[test]
fn groups_and_words() {
    assert_eq!(groups("[ a B ] [ x { on | off } ]").len(), 2);
    assert_eq!(heads("Usage: ip link add [ x ]\n ip link { a }").into_iter().collect::<Vec<_>>(), ["ip link add"]);
    assert_eq!(missing("[ metric  METRIC ] {a|b}", "[ metric METRIC ] { c | b | a }", &[]), Vec::<String>::new());
    assert_eq!(missing("[ metric METRIC ]", "[ metric NUMBER ]", &[]), ["[ metric METRIC", "METRIC"]);
    assert_eq!(missing("[ a ]", "{ a }", &[]), ["[ a"]);
}

#[test]
fn every_word_of_the_reference() {
    let Some(reference) = machine::reference() else {
        skip::skip("usage", &machine::no_oracle().unwrap_or_default());
        return;
    };
    let dir = machine::scratch("usage");
    let ip = dir.join("ip");
    std::os::unix::fs::symlink(machine::rip(), &ip).expect("a link");
    let list = page(&mut reference.command(), &["help"]).text;
    let objects = groups(&list).into_iter().map(|(_, g)| g).find(|g| g.contains("address")).expect("objects");
    let ours = page(&mut Command::new(&ip), &["help"]).text;
    let absent: Vec<&str> = objects.iter().map(String::as_str).filter(|o| !words(&ours).contains(o)).collect();
    let kinds = groups(&page(&mut reference.command(), &["link", "help"]).text);
    let kinds = kinds.into_iter().map(|(_, g)| g).find(|g| g.contains("veth")).expect("kinds");
    let more = ["can", "batadv", "vti6", "tun", "wireguard", "lowpan", "nosuch"].map(String::from);

    let mut pages: Vec<Vec<&str>> = vec![vec![], vec!["help"], vec!["-help"]];
    pages.extend(shared_objects().map(|o| vec![o, "help"]));
    pages.push(vec!["-6", "tunnel", "maddress", "token", "vrf", "help"]);
    for (object, verb) in
        [("link", "add"), ("link", "set"), ("address", "add"), ("address", "show"), ("route", "get"), ("neigh", "show")]
    {
        pages.push(vec![object, verb, "help"]);
    }
    pages.extend(kinds.iter().chain(&more).map(|k| vec!["link", "help", k.as_str()]));
    let mut wrong = Vec::new();
    for words in &pages {
        let [theirs, mine] = [page(&mut reference.command(), words), page(&mut Command::new(&ip), words)];
        if (theirs.code, theirs.streams) != (mine.code, mine.streams) {
            wrong.push(format!(
                "{words:?}: {:?} {:?}, ours {:?} {:?}",
                theirs.code, theirs.streams, mine.code, mine.streams
            ));
        }
        let mut missing = missing(&theirs.text, &mine.text, &absent);
        if words.len() == 2 && shared_objects().any(|o| o == words[0]) {
            missing.extend(heads(&theirs.text).difference(&heads(&mine.text)).cloned());
        }
        if !missing.is_empty() {
            wrong.push(format!("{words:?} lacks: {}", missing.join(" ; ")));
        }
        if let Some(line) = mine.text.lines().find(|l| l.len() > 300) {
            wrong.push(format!("{words:?}: a line of {} columns", line.len()));
        }
    }
    let _ = std::fs::remove_dir_all(&dir);
    assert!(pages.len() > 60, "only {} pages", pages.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Under its own name, `rip` wraps its usage to a page.
#[test]
fn no_line_is_wide() {
    if !machine::namespaces(!machine::root()) {
        skip::skip("usage", "namespaces cannot be made here");
        return;
    }
    let script = shared_objects().map(|o| format!("rip {o} help 2>&1; rip {o} --help\n")).collect::<String>() + "true";
    let text = Sandbox::new(Tool::Rip).script("wide", &script).good();
    let wide: Vec<&str> = text.lines().filter(|l| l.chars().count() > 100).collect();
    assert!(wide.is_empty(), "{wide:#?}");
}
