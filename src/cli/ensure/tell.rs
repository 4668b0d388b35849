//! The reports of `ensure` and `apply`: a line for each change, or a JSON object for each line.

use super::lines::Entry;
use super::run::{Job, Outcome};
use crate::diag::Diag;
use crate::output::Printer;
use crate::output::escape;
use crate::output::out::print_stderr;
use crate::output::report::Place;
use crate::session::Session;
use crate::sort::Arrange as _;
use crate::want::need::{Changed, Verdict};

/// Words for a message, quoted as in a batch line.
pub fn shown(words: &[Vec<u8>]) -> String {
    let word = |w: &Vec<u8>| escape::shown(&crate::command::snapshot::quoted(w).unwrap_or_else(|| w.clone()));
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

impl Changed {
    /// ` (mtu was 1500)`, if the present value is known.
    pub fn was(&self) -> String {
        match (&self.old, self.words.first()) {
            (Some(old), Some(word)) => format!(" ({} is {old})", escape::shown(word)),
            _ => String::new(),
        }
    }
}

/// Reports an error, of a line or in general.
pub fn failure(s: &Session, file: &[u8], entry: Option<&Entry>, d: &Diag) {
    if d.what().is_empty() {
        return;
    }
    let words = entry.map_or(&[][..], |e| e.words.as_slice());
    let place = entry.filter(|e| e.number > 0).map(|e| Place { file, line: e.number });
    print_stderr(&s.options.invocation.report(d, words, place, s.options.errors_in_json()));
    if let Some(place) = place {
        print_stderr(&format!("Failed at {}:{}\n", escape::shown(file), place.line));
    }
}

/// Prints the results.
pub fn outcomes(job: &Job<'_>, list: &[Outcome]) {
    job.s.document(|p| {
        for o in list {
            let entry = o.line.and_then(|i| job.lines.get(i));
            match p.is_json() {
                true => record(p, o, entry),
                false => text(p, o, entry),
            }
        }
    });
}

fn text(p: &mut Printer<'_>, o: &Outcome, entry: Option<&Entry>) {
    let line = entry.map_or_else(|| shown(&o.words), Entry::shown);
    let out = match &o.verdict {
        Verdict::Same => return,
        Verdict::Missing => format!("+ {line}"),
        Verdict::Surplus => format!("- {line}"),
        Verdict::Refused(why) => format!("! {line}: {why}"),
        Verdict::Differs(list) => match entry.filter(|e| e.object() == "link") {
            Some(e) => format!("~ {}", setting(e, list)),
            None => format!("~ {line}{}", list.iter().map(was).collect::<String>()),
        },
    };
    p.text(&out);
    p.end_line();
}

fn was(c: &Changed) -> String {
    match (&c.old, c.words.first()) {
        (Some(old), Some(word)) => format!(" ({} was {old})", escape::shown(word)),
        _ => String::new(),
    }
}

/// The report of changed settings, with only what differs: `link set dev eth0 mtu 1400 (was 1500)`.
fn setting(e: &Entry, list: &[Changed]) -> String {
    let name = |word: &[u8]| e.words.iter().position(|w| w == word).and_then(|i| e.words.get(i + 1));
    let first = e.words.get(e.at + 2).filter(|w| !matches!(w.as_slice(), b"dev" | b"name" | b"link" | b"add"));
    let dev = first.or_else(|| name(b"dev")).or_else(|| name(b"name")).map_or_else(String::new, |w| escape::shown(w));
    let options = e.words.get(1..e.at).map(shown).filter(|o| !o.is_empty()).map_or_else(String::new, |o| o + " ");
    // The kind precedes its first setting, and its settings come last.
    let mut sorted: Vec<&Changed> = list.iter().collect();
    sorted.arrange_by_key(|c| c.kind.is_some());
    let mut kind = None;
    let changes = sorted.into_iter().map(|c| {
        let old = c.old.as_ref().map_or_else(String::new, |old| format!(" (was {old})"));
        let begins = c.kind.is_some() && kind != c.kind;
        kind.clone_from(&c.kind);
        let of = c.kind.as_ref().filter(|_| begins).map_or_else(String::new, |k| format!(" type {}", escape::shown(k)));
        format!("{of} {}{old}", shown(&c.words))
    });
    format!("{options}link set dev {dev}{}", changes.collect::<String>())
}

fn record(p: &mut Printer<'_>, o: &Outcome, entry: Option<&Entry>) {
    let state = match &o.verdict {
        Verdict::Same => "same",
        Verdict::Missing => "added",
        Verdict::Differs(_) => "changed",
        Verdict::Surplus => "removed",
        Verdict::Refused(_) => "refused",
    };
    p.object(None);
    match entry.map(|e| e.number).filter(|n| *n > 0) {
        Some(n) => p.item("line", "", n as u64),
        None => p.null("line", ""),
    }
    p.array(Some("words"));
    let words = entry.map_or(o.words.as_slice(), |e| e.words.get(1..).unwrap_or_default());
    words.iter().for_each(|w| p.element("", w.as_slice()));
    p.close();
    p.item("state", "", state);
    p.object(Some("changed"));
    if let Verdict::Differs(list) = &o.verdict {
        for c in list {
            let Some((word, rest)) = c.words.split_first() else { continue };
            p.array(Some(&escape::shown(word)));
            match &c.old {
                Some(old) => p.element("", old.as_str()),
                None => p.element("", crate::output::scalar::Null),
            }
            p.element("", shown(rest));
            p.close();
        }
    }
    p.close();
    match &o.verdict {
        Verdict::Refused(why) => p.item("why", "", why),
        _ => p.null("why", ""),
    }
    p.item("requests", "", o.requests as u64);
    p.close();
}
