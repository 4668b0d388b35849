//! `rip complete -- WORDS`: the candidates for the last word, for the shells. Prints no errors.

use super::objects::OBJECTS;
use super::there::Present;
use super::{head, tree};
use crate::command::{Object, Verb};
use crate::diag::Diag;
use crate::grammar::address::family_of;
use crate::grammar::walk::Table as _;
use crate::grammar::words::Table;
use crate::grammar::{Names, Offer, Walk, Words, full};
use crate::output::escape;
use crate::output::out::Out;
use crate::session::{Session, options};

/// Maximum number of candidates.
const MOST: usize = 2000;

/// The candidates of a position: words, and possibly file names.
#[derive(Default)]
pub struct Candidates {
    /// The words.
    pub offers: Vec<Offer>,
    /// File names are candidates too.
    pub files: bool,
}

/// Prints the candidates, one per line: the word, a tab, its description. A line that begins with a tab stands for file
/// names.
pub fn run(s: &Session, line: &[Vec<u8>]) {
    // An error here must not disturb the line that the user is typing.
    if let Ok(null) = std::fs::File::options().write(true).open("/dev/null") {
        let _ = nix::unistd::dup2_stderr(null);
    }
    let Some((typed, before)) = line.split_last() else { return };
    let found = candidates(before, typed);
    s.print_text(|p| {
        let text = |w: &str| escape::guard(&w.replace(['\t', '\n'], " ")).into_owned();
        for o in &found.offers {
            p.text(&format!("{}\t{}\n", text(&o.word), text(&o.help)));
        }
        if found.files {
            p.text("\tfiles\n");
        }
    });
}

/// The candidates for an incomplete word after the words of a line.
pub fn candidates(before: &[Vec<u8>], typed: &[u8]) -> Candidates {
    let mut found = open(before, typed).unwrap_or_default();
    let mut seen = std::collections::HashSet::new();
    // Aliases are offered only if they match what is typed and the first name does not.
    let mut first = false;
    found.offers.retain(|o| {
        let fits = o.word.as_bytes().starts_with(typed) && !o.word.is_empty();
        let keep = fits && (!o.other || !first && !typed.is_empty());
        first = if o.other { first || keep } else { fits };
        keep && seen.insert(o.word.clone())
    });
    found.offers.truncate(MOST);
    found
}

/// All candidates, before the typed prefix narrows them.
fn open(before: &[Vec<u8>], typed: &[u8]) -> Option<Candidates> {
    if let Some(found) = value_of_option(before, typed) {
        return Some(found);
    }
    let head = head::parse(before).ok()?;
    if !matches!(head.action, head::Action::Run) || head.options.batch.is_some() {
        return None;
    }
    let mut rest = head.rest;
    // `help` is followed by the words of a command line.
    if before.get(rest).is_some_and(|w| w == b"help") {
        rest += 1;
    }
    if before.len() <= rest {
        let offers = if typed.starts_with(b"-") { switches(typed) } else { objects() };
        return Some(Candidates { offers, files: false });
    }
    if head.options.rootless || crate::rootless::is_in_environment() {
        crate::rootless::join_existing();
    }
    // Query the kernel in the namespace where the command would run; if that cannot be entered, do not query it.
    let there = head.options.netns.as_ref().is_none_or(|name| crate::object::netns::switch(name, false).is_ok());
    let family = head.options.family;
    let s = Session::new(head.options, Out::memory());
    let (inside, outside) = (Present(&s), Outside(&s));
    let names = if there { &inside as &dyn Names } else { &outside };
    // A nested line, with its own options.
    let mut inner = Words::new(before, rest + 1, names);
    let line = match before.get(rest).map(Vec::as_slice) {
        Some(b"ensure") => super::ensure::line_at(&mut inner),
        Some(b"try") => super::trial::line_at(&mut inner),
        _ => None,
    };
    if let Some(at) = line.filter(|at| *at < before.len()) {
        let inner = [before.get(..rest)?, before.get(at..)?].concat();
        let mut found = open(&inner, typed)?;
        if before.get(rest).is_some_and(|w| w == b"ensure") && inner.len() == rest + 1 {
            found.offers.retain(|o| super::ensure::says_what_should_exist(&o.word));
        }
        return Some(found);
    }
    let mut words = Words::new(before, rest, names);
    words.family = family;
    let mut walk = Walk::new(&mut words);
    let tries = line.is_some() && before.get(rest).is_some_and(|w| w == b"try");
    if tries {
        // Skip the object and the time.
        walk.words.skip();
        walk.words.skip();
        super::trial::TRY.walk(&mut walk);
    } else {
        tail(&mut walk);
    }
    if typed.starts_with(b"-") && !walk.wanting {
        walk.offers.push(Offer::new("--help", "list the words that are valid here"));
    }
    let mut found = Candidates { offers: walk.offers, files: walk.files };
    if tries {
        found.offers.extend(objects());
    }
    Some(found)
}

/// The name tables, without querying the kernel.
struct Outside<'a>(&'a Session);

impl Names for Outside<'_> {
    fn link(&self, _name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok(None)
    }
    fn number(&self, table: Table, name: &[u8]) -> Option<u32> {
        self.0.number(table, name)
    }
    fn names(&self, table: Table) -> Vec<Offer> {
        self.0.names(table)
    }
}

/// Walks object, verb and the words after them; returns object and verb.
pub fn tail(walk: &mut Walk<'_, '_>) -> (Option<&'static Object>, Option<&'static Verb>) {
    let Some(object) = walk.words.peek().and_then(|w| tree::object(w.bytes)) else { return (None, None) };
    walk.words.skip();
    // An object without verbs parses the words itself.
    let nameless = object.verbs.iter().find(|v| v.names.is_empty());
    let verb = match (walk.words.peek(), nameless) {
        (_, Some(verb)) => Some(verb),
        (Some(word), None) => {
            let verb = object.verb(word.bytes);
            if verb.is_some() {
                walk.words.skip();
            }
            verb
        }
        (None, None) => {
            for verb in object.verbs {
                walk.keyword(verb.names, verb.about);
            }
            None
        }
    };
    if let Some(table) = verb.and_then(|v| v.tables.first()) {
        table.walk(walk);
    }
    if let Some(arg) = walk.words.peek().filter(|_| !walk.done) {
        walk.wrong.push(arg.wrong("nothing can follow here"));
    }
    (Some(object), verb)
}

/// The values of an option, if the last word before the cursor is one that takes a value.
fn value_of_option(before: &[Vec<u8>], typed: &[u8]) -> Option<Candidates> {
    let mut at = 1;
    while let Some(name) = before.get(at).and_then(|w| w.strip_prefix(b"-")) {
        let name = name.strip_prefix(b"-").unwrap_or(name);
        at += 1;
        let Some(opt) = options::find(name, false).filter(|o| o.takes_value()) else { continue };
        if at >= before.len() {
            let offers = match opt.id {
                "fields" => super::fields::offers(typed),
                "netns" => crate::object::netns::references(),
                "family" => {
                    opt.help.split([',', ' ']).filter(|w| family_of(w.as_bytes()).is_some()).map(named).collect()
                }
                _ => Vec::new(),
            };
            return Some(Candidates { offers, files: opt.id == "batch" });
        }
        at += 1;
    }
    None
}

fn named(word: &str) -> Offer {
    Offer::new(word, "")
}

/// The options, with as many dashes as typed.
fn switches(typed: &[u8]) -> Vec<Offer> {
    let dashes = if typed.starts_with(b"--") { "--" } else { "-" };
    let all = options::OPTIONS.iter().flat_map(|o| o.names.iter().enumerate().map(move |(i, n)| (o, i, n)));
    all.map(|(o, i, n)| Offer { word: format!("{dashes}{}", full(n)), help: o.help.into(), other: i > 0 }).collect()
}

fn objects() -> Vec<Offer> {
    let all = OBJECTS.iter().flat_map(|o| o.names.iter().enumerate().map(move |(i, n)| (o, i, n)));
    let mut all: Vec<Offer> =
        all.map(|(o, i, n)| Offer { word: full(n).into(), help: o.about.into(), other: i > 0 }).collect();
    all.push(Offer::new("help", "help for any command: help link add"));
    all
}

/// Whether a word is `complete`: in full only, so that no abbreviation of iproute2 changes its meaning.
pub fn asks(word: &[u8]) -> bool {
    word == b"complete"
}
