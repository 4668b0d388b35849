//! `ensure` and `apply`: batch lines as a description of the wanted state.
//!
//! Each line is parsed by its object into the request that it would send, which is compared with what the kernel
//! reports (`want/need`); what differs is sent under the journal of `-atomic`, and then everything is read again.

mod capture;
mod lines;
mod phases;
mod purge;
mod reset;
mod run;
mod tell;

use super::tree;
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::Diag;
use crate::grammar::value::Flag;
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::session::Session;
use crate::state::ObjectType;
use crate::want::need::Verdict;
use crate::{row, rows};
use lines::Entry;
pub use lines::says_what_should_exist;
use purge::{Purge, Scope};
use run::Job;
use std::borrow::Cow;

/// The exit code of a check that finds differences.
const DIFFERS: u8 = 1;
/// The exit code of a check that cannot be made.
const TROUBLE: u8 = 2;

/// The object `ensure`.
pub static ENSURE: Object = Object {
    // Not abbreviable.
    names: &["ensure"],
    purpose: Purpose::Changes,
    about: "make the network match the given lines",
    terms: &[
        ("", "[ check ] [ recreate ] [ loose ] [ purge SCOPE ]... { LINE | FILE | - }"),
        ("LINE", "OBJECT { add | set | delete } ..."),
    ],
    verbs: &[Verb {
        names: &[],
        about: "make the network match the given lines",
        run: ensure,
        effect: Effect::Opaque,
        tables: &[&ENSURE_WORDS],
        examples: &[
            ("rip ensure addr add 192.0.2.7/24 dev eth0", "an address, whether it exists or not"),
            ("rip ensure link set eth0 mtu 1400", "a setting; nothing is sent if it has this value"),
            ("rip ensure /run/state", "every line of a file, or none"),
            (
                "rip ensure purge proto static route add 10.3.0.0/16 via 192.0.2.254 proto static",
                "and delete all other routes of the protocol",
            ),
        ],
    }],
    default: Some(ensure),
    unknown: Some(ensure),
    ..Object::BASE
};

/// The object `apply`.
pub static APPLY: Object = Object {
    // Not abbreviable: `a` means `address` in iproute2.
    names: &["apply"],
    purpose: Purpose::Changes,
    about: "make the network match a snapshot",
    terms: &[("", "[ check ] [ recreate ] [ loose ] [ purge SCOPE ]... FILE")],
    verbs: &[Verb {
        names: &[],
        about: "make the network match a snapshot",
        run: apply,
        effect: Effect::Opaque,
        tables: &[&APPLY_WORDS],
        examples: &[("rip apply /run/state", "the lines of a snapshot and nothing else")],
    }],
    default: Some(apply),
    unknown: Some(apply),
    ..Object::BASE
};

/// The words before the lines.
#[derive(Default)]
pub struct Ask {
    check: bool,
    recreate: bool,
    loose: bool,
    purges: Vec<Purge>,
    /// The position of the lines, or of the name of their file.
    rest: Option<usize>,
}

impl Target for Ask {}

static ROWS: &[Row<Ask>] = rows!(Ask;
    "check" => Flag, "change nothing; exit code 1 if something differs", |a, ()| a.check = true;
    "recreate" => Flag, "delete and recreate what the kernel cannot change", |a, ()| a.recreate = true;
    "loose" => Flag, "do not verify the result", |a, ()| a.loose = true;
    "purge" => Scope, "also delete what no line names, in this scope; may be repeated", |a, v| a.purges.push(v);
);

static LINES: Row<Ask> =
    row!(Ask; "" => Rest("{ LINE | FILE | - }"), "a command line, or a file of them", |a, v| a.rest = Some(v));
static FILE: Row<Ask> = row!(Ask; "" => Rest("FILE"), "the snapshot", |a, v| a.rest = Some(v));

static ENSURE_WORDS: Grammar<Ask> = Grammar { title: "ENSURE", rows: &[ROWS], fallback: Fallback::TakeAll(&LINES) };
static APPLY_WORDS: Grammar<Ask> = Grammar { title: "APPLY", rows: &[ROWS], fallback: Fallback::TakeAll(&FILE) };

/// Everything up to the end of the line, parsed to the position of its first word.
struct Rest(&'static str);

impl Value for Rest {
    type Out = usize;
    fn meta(&self) -> Cow<'static, str> {
        self.0.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<usize, Diag> {
        let from = w.at();
        w.next()?;
        while !w.is_empty() {
            w.skip();
        }
        Ok(from)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        match self.0 {
            "FILE" => Vec::new(),
            _ => lines::objects().map(|o| Offer::new(o.name(), "")).collect(),
        }
    }
}

/// The position of the line of `ensure`, after its own words.
pub fn line_at(w: &mut Words<'_>) -> Option<usize> {
    let mut ask = Ask::default();
    ENSURE_WORDS.parse(&mut ask, w).ok()?;
    ask.rest
}

fn ensure(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    begin(s, w, &ENSURE_WORDS, false)
}

fn apply(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    begin(s, w, &APPLY_WORDS, true)
}

fn begin(s: &Session, w: &mut Words<'_>, grammar: &'static Grammar<Ask>, covers: bool) -> Result<u8, Diag> {
    let mut ask = Ask::default();
    grammar.parse(&mut ask, w)?;
    if s.options.force {
        return Err(Diag::usage("Error: -force does not apply: either all changes are made or none."));
    }
    let trouble = |d: Diag| if ask.check && d.code() == 1 { d.with_code(TROUBLE) } else { d };
    let first = ask.rest.and_then(|at| Some(Arg { bytes: w.line().get(at)?, at }));
    let Some(first) = first else { return Err(Diag::incomplete(w.at())) };
    let program = w.line().first().cloned().unwrap_or_default();
    let is_option = first.bytes.starts_with(b"-") && first.bytes != b"-";
    let is_line = !covers && (is_option || tree::object(first.bytes).is_some());
    let mut purges = ask.purges.clone();
    let mut resets = false;
    let (file, entries) = if is_line {
        let words = w.line().get(first.at..).unwrap_or_default().to_vec();
        (Vec::new(), vec![Entry::new(s, &program, 0, words).map_err(trouble)?])
    } else {
        if w.line().len() > first.at + 1 {
            return Err(Diag::usage("Error: only one file is allowed.").at(crate::diag::Span::word(first.at + 1)));
        }
        let file = first.bytes.to_vec();
        let (head, entries) = lines::read(s, &program, &file).map_err(|(line, d)| {
            let at = if line > 0 {
                format!("Failed at {}:{line}", crate::output::escape::shown(&file))
            } else {
                String::new()
            };
            trouble(if at.is_empty() { d } else { d.line(at) })
        })?;
        if covers {
            let types = crate::want::snapshot::covered(&String::from_utf8_lossy(&head));
            let Some(types) = types else {
                let why = format!(
                    "Error: the first line does not state what the file covers (\"{} ...\").",
                    crate::want::snapshot::HEAD
                );
                return Err(trouble(Diag::fail(why).hint("\"rip ensure\" applies its lines and deletes nothing")));
            };
            resets = types.contains(&ObjectType::Link);
            purges.extend(Job::of_types(&types));
        }
        (file, entries)
    };
    if let Some((a, b)) = lines::contradiction(&entries) {
        let why = format!(
            "Error: lines {} and {} contradict each other: \"{}\", \"{}\".",
            a.number,
            b.number,
            a.shown(),
            b.shown()
        );
        return Err(trouble(Diag::fail(why)));
    }
    if let Some((a, b)) = lines::circle(&entries) {
        let why = format!(
            "Error: lines {} and {} swap names: rip cannot tell whether they have been swapped already.",
            a.number, b.number
        );
        return Err(trouble(Diag::fail(why).hint("name the links by their altnames: link set ALTNAME name NAME")));
    }
    let mut job = Job { s, check: ask.check, recreate: ask.recreate, loose: ask.loose, purges, file, lines: entries };
    let ready = match resets {
        true => job.resets().and_then(|lines| {
            for line in lines {
                job.lines.push(Entry::new(s, &program, 0, line.words).map_err(|d| (None, d))?);
            }
            Ok(())
        }),
        false => Ok(()),
    };
    match ready.and_then(|()| job.run()) {
        Ok(outcomes) => {
            tell::outcomes(&job, &outcomes);
            let differs = ask.check && outcomes.iter().any(|o| o.verdict != Verdict::Same);
            let refused = ask.check && outcomes.iter().any(|o| matches!(o.verdict, Verdict::Refused(_)));
            Ok(if refused {
                TROUBLE
            } else if differs {
                DIFFERS
            } else {
                0
            })
        }
        Err((line, d)) => {
            job.tell(line, &d);
            Ok(if ask.check && d.code() == 1 { TROUBLE } else { d.code() })
        }
    }
}
