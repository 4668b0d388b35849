//! Differences: what is said of one, which of them are the same, and which were only a late event.

use super::grow::Line;
use super::judge::Seen;
use super::round::shown;
use std::collections::HashSet;

/// So many distinct differences are reported; the lines after them are compared, and counted, all the same.
const MOST: usize = 20;

/// How much was compared, and what was found.
#[derive(Default)]
pub struct Compared {
    /// Lines that both programs ran, each counted once.
    pub lines: usize,
    /// Looks at the state that lines left, or events of a monitor.
    pub looks: usize,
    /// Every difference, for people; empty if there is none.
    pub found: String,
    /// Differences that a second run in fresh namespaces did not show.
    pub unsettled: usize,
}

impl Compared {
    pub fn with(self, found: Found) -> Compared {
        let more = found.seen.len().saturating_sub(MOST);
        let more = if more > 0 { format!("  and {more} more\n") } else { String::new() };
        Compared { found: found.text + &more, unsettled: found.unsettled, ..self }
    }
}

/// The differences of a run.
#[derive(Default)]
pub struct Found {
    seen: HashSet<String>,
    text: String,
    unsettled: usize,
}

impl Found {
    /// Takes a difference that was seen; one of a new sort is confirmed before it is reported.
    pub fn seen(&mut self, difference: &Difference, confirm: impl FnOnce() -> Option<Difference>) {
        if self.seen.contains(&difference.sort) {
            return;
        }
        if self.seen.len() >= MOST {
            self.seen.insert(difference.sort.clone());
            return;
        }
        match confirm() {
            Some(confirmed) => {
                self.seen.extend([difference.sort.clone(), confirmed.sort]);
                self.text += &confirmed.text;
            }
            None => self.unsettled += 1,
        }
    }

    /// Lines that could not be run: they are not counted as compared.
    pub fn failed(&mut self, why: &str) {
        self.text += why;
    }
}

/// One difference.
pub struct Difference {
    /// Equal for differences of one sort.
    sort: String,
    text: String,
}

impl Difference {
    pub fn new(what: &str, line: &Line, theirs: &Seen, mine: &Seen) -> Difference {
        let mut text = format!("  {what}: {}\n", shown(line));
        let [t, m] = [theirs, mine].map(|s| parts(what, s));
        let at = (0..).find(|i| t.get(*i) != m.get(*i) || *i > t.len().max(m.len())).unwrap_or(0);
        let [t, m] = [t, m].map(|list| list.get(at).cloned().unwrap_or_else(|| "(nothing)".into()));
        let from = t.chars().zip(m.chars()).position(|(a, b)| a != b).unwrap_or_else(|| t.len().min(m.len()));
        let cut = |part: &str| part.chars().skip(from.saturating_sub(60)).take(200).collect::<String>();
        for (who, seen, part) in [("ip ", theirs, &t), ("rip", mine, &m)] {
            text += &format!("    {who}: {} {}\n", seen.code, seen.err);
            if what.starts_with("request") || what == "crash" {
                seen.sent.iter().for_each(|sent| text += &format!("      > {sent}\n"));
            }
            text += &format!("    {who}| {at}: {}\n", cut(part));
        }
        let near = |part: &str| part.chars().skip(from.saturating_sub(12)).take(40).collect::<String>();
        let sort = [what, &theirs.err, &mine.err, &near(&t), &near(&m)].map(without_values).join("|");
        Difference { sort, text }
    }

    /// A difference that was reported already; `sort` is what is special about it.
    pub fn told(text: String, sort: &str) -> Difference {
        Difference { sort: without_values(sort), text }
    }

    /// The same, with the lines that lead to it.
    pub fn after(self, lines: &[Line]) -> Difference {
        let lines = lines.iter().map(shown).collect::<Vec<_>>().join("; ");
        Difference { text: format!("{}      after {lines}\n", self.text), ..self }
    }
}

/// What is compared of a run where this differs, in pieces.
fn parts(what: &str, seen: &Seen) -> Vec<String> {
    match what {
        w if w.ends_with("output") => seen.out.split('\n').map(str::to_string).collect(),
        w if w.starts_with("error") => seen.said.clone(),
        "code" => vec![seen.code.to_string()],
        _ => seen.sent.clone(),
    }
}

/// Text without digits and without what stands in quotes.
fn without_values(text: &str) -> String {
    let unquoted: String = text.split('"').step_by(2).collect::<Vec<_>>().join("\"");
    unquoted.chars().filter(|c| !c.is_ascii_digit()).collect()
}
