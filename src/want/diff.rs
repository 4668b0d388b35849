//! `diff`: compares two snapshots, or one with the present state.

use super::snapshot::{Snapshot, TYPES, covered};
use crate::command::lines;
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::grammar::walk::{Line, Place};
use crate::output::out::print_stderr;
use crate::session::Session;
use crate::state::ObjectType;
use std::collections::HashMap;

/// The exit code if lines differ, like diff(1).
const DIFFERS: u8 = 1;
/// The exit code of any error, like diff(1).
const TROUBLE: u8 = 2;
/// Maximum number of pairs of lines that are compared in order; of longer lists, only lines that one of them lacks are
/// shown.
const ORDERED: usize = 16 << 20;

/// The object `diff`.
pub static OBJECT: Object = Object {
    // Not abbreviable.
    names: &["diff"],
    purpose: Purpose::Changes,
    about: "compare snapshots, or one with the present state",
    terms: &[],
    verbs: &[Verb {
        names: &[],
        about: "compare snapshots, or one with the present state",
        run,
        effect: Effect::Read,
        tables: &[&FILES],
        examples: &[
            ("rip diff /run/state", "the changes since the snapshot"),
            ("rip diff /run/before /run/state", "two snapshots"),
            ("rip diff - </run/state", "standard input against the present state"),
        ],
    }],
    default: Some(run),
    unknown: Some(run),
    ..Object::BASE
};

static FILES: Line = Line {
    title: "[ FILE [ FILE2 ] ]",
    places: &[
        Place::new("FILE", "the older snapshot (default: standard input)", |_| Vec::new()),
        Place::new("FILE2", "the newer snapshot (default: the present state)", |_| Vec::new()),
    ],
};

/// A line to compare: its words, and its number in its file.
#[derive(Clone, Debug, PartialEq)]
struct Numbered {
    words: Vec<Vec<u8>>,
    number: usize,
}

/// The list that has a line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Old,
    New,
}

fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut files: Vec<Vec<u8>> = Vec::new();
    while let Some(arg) = w.peek() {
        if files.len() == 2 {
            return Err(Diag::usage("Error: diff takes at most two files.").at(arg.span()));
        }
        files.push(arg.bytes.to_vec());
        w.skip();
    }
    let trouble = |d: Diag| d.with_code(TROUBLE);
    let mut files = files.iter().map(Vec::as_slice);
    let (types, old) = read(files.next().unwrap_or(b"-")).map_err(trouble)?;
    let new = match files.next() {
        Some(file) => read(file).map_err(trouble)?.1,
        None => now(s, &types.unwrap_or_else(|| TYPES.to_vec())).map_err(trouble)?,
    };
    let changes = compare(&old, &new);
    s.document(|p| {
        for (side, line) in &changes {
            if !p.is_json() {
                let words: Vec<String> = line.words.iter().map(|w| crate::output::escape::shown(w)).collect();
                p.text(if *side == Side::Old { "- " } else { "+ " });
                p.text(&words.join(" "));
                p.end_line();
                continue;
            }
            p.object(None);
            p.item("state", "", if *side == Side::Old { "removed" } else { "added" });
            match line.number {
                0 => p.null("line", ""),
                n => p.item("line", "", n as u64),
            }
            p.array(Some("words"));
            line.words.iter().for_each(|word| p.element("", word.as_slice()));
            p.close();
            p.close();
        }
    });
    Ok(if changes.is_empty() { 0 } else { DIFFERS })
}

/// The lines of a file, and the types that its first line covers.
fn read(file: &[u8]) -> Result<(Option<Vec<ObjectType>>, Vec<Numbered>), Diag> {
    let (first, mut lines) = lines::states(file)?;
    let types = covered(&String::from_utf8_lossy(&first));
    let mut out = Vec::new();
    while lines.next_line()? {
        let words = lines::split(&lines.line)?;
        if !words.is_empty() {
            out.push(Numbered { words, number: lines.number });
        }
    }
    Ok((types, out))
}

/// The lines of the present state.
fn now(s: &Session, types: &[ObjectType]) -> Result<Vec<Numbered>, Diag> {
    let snapshot = Snapshot::read(s, types)?;
    snapshot.lost.iter().for_each(|what| print_stderr(&format!("Not compared: {what}\n")));
    Ok(snapshot.lines.into_iter().map(|(line, ..)| Numbered { words: line.words, number: 0 }).collect())
}

/// The lines that only one list has, in an order that fits both; lines that have moved count as different.
fn compare<'a>(old: &'a [Numbered], new: &'a [Numbered]) -> Vec<(Side, &'a Numbered)> {
    let same = old.iter().zip(new).take_while(|(a, b)| a.words == b.words).count();
    let (old, new) = (old.get(same..).unwrap_or_default(), new.get(same..).unwrap_or_default());
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a.words == b.words).count();
    let old = old.get(..old.len() - tail).unwrap_or_default();
    let new = new.get(..new.len() - tail).unwrap_or_default();
    if old.len().saturating_mul(new.len()) > ORDERED {
        return unordered(old, new);
    }
    // The length of the longest common subsequence, from each pair of positions to the ends.
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let get = |table: &[u32], i: usize, j: usize| table.get(at(i, j)).copied().unwrap_or(0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let best = match a.words == b.words {
                true => get(&longest, i + 1, j + 1) + 1,
                false => get(&longest, i + 1, j).max(get(&longest, i, j + 1)),
            };
            if let Some(slot) = longest.get_mut(at(i, j)) {
                *slot = best;
            }
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    loop {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a.words == b.words => (i, j) = (i + 1, j + 1),
            (Some(a), b) if b.is_none() || get(&longest, i + 1, j) >= get(&longest, i, j + 1) => {
                out.push((Side::Old, a));
                i += 1;
            }
            (_, Some(b)) => {
                out.push((Side::New, b));
                j += 1;
            }
            (_, None) => return out,
        }
    }
}

/// The lines that occur more often in one list than in the other.
fn unordered<'a>(old: &'a [Numbered], new: &'a [Numbered]) -> Vec<(Side, &'a Numbered)> {
    let count = |list: &'a [Numbered]| {
        let mut all: HashMap<&'a [Vec<u8>], usize> = HashMap::new();
        list.iter().for_each(|l| *all.entry(&l.words).or_default() += 1);
        all
    };
    let surplus = |side: Side, list: &'a [Numbered], mut other: HashMap<&[Vec<u8>], usize>| {
        let mut out = Vec::new();
        for line in list {
            match other.get_mut(line.words.as_slice()) {
                Some(n) if *n > 0 => *n -= 1,
                _ => out.push((side, line)),
            }
        }
        out
    };
    let mut out = surplus(Side::Old, old, count(new));
    out.extend(surplus(Side::New, new, count(old)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[&str]) -> Vec<Numbered> {
        let words = |l: &str| l.split(' ').map(|w| w.as_bytes().to_vec()).collect();
        lines.iter().enumerate().map(|(n, l)| Numbered { words: words(l), number: n + 1 }).collect()
    }

    fn shown(old: &[&str], new: &[&str]) -> Vec<String> {
        let (old, new) = (list(old), list(new));
        let text = |l: &Numbered| String::from_utf8(l.words.concat()).unwrap();
        compare(&old, &new)
            .into_iter()
            .map(|(side, l)| format!("{}{}", if side == Side::Old { "-" } else { "+" }, text(l)))
            .collect()
    }

    #[test]
    fn only_what_differs_is_shown() {
        assert!(shown(&["a", "b", "c"], &["a", "b", "c"]).is_empty());
        assert_eq!(shown(&["a", "b", "c"], &["a", "x", "c"]), ["-b", "+x"]);
        assert_eq!(shown(&["a", "b", "c", "d"], &["a", "d"]), ["-b", "-c"]);
        assert_eq!(shown(&[], &["a"]), ["+a"]);
        // Order counts, once for a line that has moved.
        assert_eq!(shown(&["a", "b", "c"], &["b", "c", "a"]), ["-a", "+a"]);
        let (old, new) = (list(&["a", "b", "a"]), list(&["b", "a", "c"]));
        let found: Vec<_> = unordered(&old, &new).into_iter().map(|(side, l)| (side, l.number)).collect();
        assert_eq!(found, [(Side::Old, 3), (Side::New, 3)]);
    }
}
