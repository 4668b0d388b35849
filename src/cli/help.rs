//! `rip OBJECT VERB --help` and `rip help WORDS`: a short page on stdout, examples first.
//!
//! Words and examples come from the tables. `ip`'s own `help` is in `tree`.

use super::complete;
use crate::command::usage::{KINDS, SELECTABLE};
use crate::command::{Object, Verb};
use crate::diag::{Diag, Span};
use crate::grammar::walk::{Entry, Table};
use crate::grammar::{Walk, Words, full};
use crate::session::Session;

/// The widths of a page and of its left column, in columns.
const WIDTH: usize = 80;
const LEFT: usize = 26;

/// The page for words that end in `--help`, unless that is a word of the command itself: after the object or the verb,
/// or where a keyword could stand. Under the name `ip` there is none, because `--help` could name a device.
///
/// # Errors
///
/// The words before `--help` are wrong: an unknown link kind, for example.
pub fn asked(s: &Session, line: &[Vec<u8>], at: usize) -> Option<Result<String, Diag>> {
    if s.options.invocation.is_ip || s.in_batch {
        return None;
    }
    let (_, before) = line.split_last()?;
    let mut words = Words::new(before, at, s);
    words.family = s.options.family;
    let mut walk = Walk::new(&mut words);
    let (object, verb) = complete::tail(&mut walk);
    let head = at + 1 + verb.map_or(0, |v| usize::from(!v.names.is_empty()));
    // `type --help` and `encap --help`: the list of kinds or types.
    let choosing = walk.topic.as_ref().is_some_and(|t| before.last().is_some_and(|w| w == t.keyword.as_bytes()));
    let object = object.filter(|_| before.len() == head || verb.is_some() && (!walk.wanting || choosing))?;
    // There is no page for an unknown kind.
    match walk.wrong.is_empty() {
        true => Some(Ok(page(s, &walk, object, verb))),
        false => Some(Err(walk.wrong.swap_remove(0))),
    }
}

/// Runs `help WORDS`: prints the page for these words.
///
/// # Errors
///
/// The object or the verb is unknown.
pub fn about(s: &Session, line: &[Vec<u8>], at: usize) -> Result<u8, Diag> {
    let mut words = Words::new(line, at, s);
    let mut walk = Walk::new(&mut words);
    let (object, verb) = complete::tail(&mut walk);
    let Some(object) = object else {
        let shown = line.get(at).map(|w| crate::output::escape::shown(w)).unwrap_or_default();
        return Err(Diag::fail(format!("Object \"{shown}\" is unknown, try \"ip help\".")).at(Span::word(at)));
    };
    if verb.is_none()
        && let Some(word) = line.get(at + 1)
    {
        return Err(crate::command::unknown(object, word, at + 1));
    }
    let text = page(s, &walk, object, verb);
    s.print_text(|p| p.text(&text));
    Ok(0)
}

/// The page of the place that a walk has reached: a topic, a verb or an object.
fn page(s: &Session, walk: &Walk<'_, '_>, object: &'static Object, verb: Option<&'static Verb>) -> String {
    let mut out = String::new();
    let mut path = format!("rip {}", object.name());
    let Some(verb) = verb else {
        out.push_str(&format!("{path}: {}\n", object.about));
        examples(&mut out, object.verbs.iter().filter_map(|v| v.examples.first()));
        out.push_str(&format!("\nUsage: rip [ OPTIONS ] {} COMMAND\n\nCommands:\n", object.name()));
        for v in object.verbs {
            let names: Vec<_> = v.names.iter().map(|n| full(n)).collect();
            row(&mut out, &names.join(", "), v.about);
        }
        out.push_str(&format!(
            "\nHelp for a command: {path} COMMAND --help. All commands: man rip-{}\n",
            object.name()
        ));
        return out;
    };
    if !verb.names.is_empty() {
        path = format!("{path} {}", verb.name());
    }
    let (about, list, tables) = match &walk.topic {
        Some(t) => {
            path = match t.keyword {
                "" => format!("{path} {}", t.name),
                keyword => format!("{path} ... {keyword} {}", t.name),
            };
            (t.about, t.examples, t.tables.as_slice())
        }
        None => (verb.about, verb.examples, verb.tables),
    };
    out.push_str(&format!("{path}: {about}\n"));
    examples(&mut out, list.iter());
    if let Some(first) = walk.topic.as_ref().map(|t| t.first).filter(|f| !f.is_empty()) {
        path = format!("{path} {first}");
    }
    out.push_str(&format!("\nUsage: {}\n", usage(&path, tables)));
    for (i, table) in tables.iter().enumerate() {
        let entries = table.entries();
        if !table.verbs().is_empty() {
            out.push_str("\nCommands:\n");
        }
        table.verbs().iter().for_each(|(n, about)| row(&mut out, full(n), about));
        // Keywords with a value, then flags.
        let title = if i == 0 { "Words".to_string() } else { format!("Words of {}", table.title()) };
        for (alone, what) in [(false, title.clone()), (true, format!("{title} without a value"))] {
            let group: Vec<_> = entries.iter().filter(|e| e.meta.is_empty() == alone).collect();
            if !group.is_empty() {
                out.push_str(&format!("\n{what}:\n"));
            }
            group.iter().for_each(|e| row(&mut out, &left(e), e.help));
        }
        let words = Words::new(&[], 0, s);
        for e in entries.iter().filter(|e| e.meta.starts_with("TYPE") || e.meta.starts_with("ENCAP")) {
            let names: Vec<String> = e.offer(&words).into_iter().map(|o| o.word).collect();
            let meta = e.meta.split(' ').next().unwrap_or_default();
            out.push_str(&format!("\n{meta} is one of"));
            fold(&mut out, names.join(", ").split(' '), "   ");
            out.push('\n');
        }
    }
    let used = |term: &str| tables.iter().any(|t| t.entries().iter().any(|e| e.term == term || e.meta == term));
    let listed =
        object.terms.iter().filter(|(term, of)| !term.is_empty() && ![KINDS, SELECTABLE].contains(of) && used(term));
    for (term, of) in listed {
        out.push_str(&format!("\n{term} is"));
        fold(&mut out, of.split(' '), "   ");
        out.push('\n');
    }
    out.push_str(&format!("\nOptions go before {}: rip -help. More: man rip-{}\n", object.name(), object.name()));
    out
}

/// The usage line of a command: `rip link add [ dev ] DEV [ WORDS ]`.
pub fn usage(path: &str, tables: &[&dyn Table]) -> String {
    let mut out = path.replacen("rip ", "rip [ OPTIONS ] ", 1);
    let Some(first) = tables.first() else { return out };
    if first.entries().iter().all(|e| e.names.is_empty()) {
        return format!("{out} {}", first.title());
    }
    let verbs: Vec<&str> = first.verbs().iter().map(|(n, _)| full(n)).collect();
    if !verbs.is_empty() {
        out.push_str(&format!(" {{ {} }}", verbs.join(" | ")));
    }
    if let Some(bare) = first.fallback_entry() {
        match bare.names.first().map_or("", |n| full(n)) {
            "" => out.push_str(&format!(" [ {} ]", bare.meta)),
            name => out.push_str(&format!(" [ [ {name} ] {} ]", bare.meta)),
        }
    }
    out.push_str(" [ WORD ... ]");
    out
}

/// The left column of a keyword: `metric, priority METRIC`.
pub fn left(e: &Entry) -> String {
    let names: Vec<_> = e.names.iter().map(|n| full(n)).filter(|n| !n.is_empty()).collect();
    match (names.join(", "), e.meta.as_ref()) {
        (n, "") => n,
        (n, m) if n.is_empty() => m.to_string(),
        (n, m) => format!("{n} {m}"),
    }
}

/// Appends examples with their descriptions beside them, or above if the line is long.
fn examples<'a>(out: &mut String, all: impl Iterator<Item = &'a (&'static str, &'static str)>) {
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        return;
    }
    out.push_str("\nExamples:\n");
    let fits = |(line, what): &(&str, &str)| line.len() + what.len() + 6 <= WIDTH;
    let wide = all.iter().filter(|e| fits(e)).map(|(line, _)| line.len()).max().unwrap_or(0);
    for e in all {
        let (line, what) = e;
        if fits(e) && wide + what.len() + 6 <= WIDTH {
            out.push_str(&format!("  {line:wide$}  # {what}\n"));
        } else {
            out.push_str(&format!("  # {what}\n  {line}\n"));
        }
    }
}

/// Appends a word and its meaning, in two columns.
pub fn row(out: &mut String, left: &str, right: &str) {
    out.push(' ');
    fold(out, left.split(' '), "     ");
    let used = out.len() - out.rfind('\n').map_or(0, |i| i + 1);
    if used > LEFT + 2 {
        out.push_str(&format!("\n{:1$}", "", LEFT + 3));
    } else {
        out.push_str(&" ".repeat(LEFT + 3 - used));
    }
    fold(out, right.split(' '), &" ".repeat(LEFT + 3));
    out.push('\n');
}

/// Appends words wrapped to the width of a page, each after a space.
fn fold<'a>(out: &mut String, words: impl Iterator<Item = &'a str>, indent: &str) {
    for word in words {
        let column = out.len() - out.rfind('\n').map_or(0, |i| i + 1);
        if column + 1 + word.len() > WIDTH {
            out.push_str(&format!("\n{indent}"));
        }
        out.push(' ');
        out.push_str(word);
    }
}
