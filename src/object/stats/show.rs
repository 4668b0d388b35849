//! `stats show`.

use super::tree::{LEAVES, LEVELS, Leaf, at_level, bit, children};
use super::{Device, INVALID, view, what};
use crate::diag::{Diag, FAIL, Span};
use crate::grammar::value::Absent;
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Offer, Row, Target, Value, Words};
use crate::net::Request;
use crate::net::attr::put;
use crate::output::Printer;
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;
use std::borrow::Cow;

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    dev: Option<(Vec<u8>, usize)>,
    /// The names of the node that the last words select; looked up when the next node begins.
    path: Vec<(Vec<u8>, Span)>,
    /// The leaves below earlier nodes.
    leaves: Vec<usize>,
}

impl Target for Selector {}

static ROWS: &[Row<Selector>] = rows!(Selector;
    "dev" => Device, "this device only", |f, v| once(&mut f.dev, v);
    "group" => Node(0), "group of statistics; may be repeated", |f, v, w| f.read(0, v, w);
    "subgroup" => Node(1), "subgroup of the group; may be repeated", |f, v, w| f.read(1, v, w);
    "suite" => Node(2), "suite of the subgroup; may be repeated", |f, v, w| f.read(2, v, w);
);

/// The words of `stats show`.
pub static SELECTOR: Grammar<Selector> =
    Grammar { title: "STATS-SELECTOR", rows: &[ROWS], fallback: Fallback::Unknown(what) };

/// Takes a device; a second one is an error.
///
/// # Errors
///
/// The device was named before.
pub(super) fn once(dev: &mut Option<(Vec<u8>, usize)>, v: (Vec<u8>, usize)) -> Result<(), Diag> {
    let shown = crate::output::escape::shown(&v.0);
    let here = Span::word(v.1);
    match dev.replace(v) {
        Some((_, first)) => Err(Diag::garbage("dev", &shown, here).at(Span::word(first))),
        None => Ok(()),
    }
}

/// A name at a level of the tree.
struct Node(usize);

impl Value for Node {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        format!("{{ {} }}", at_level(self.0).join(" | ")).into()
    }
    fn term(&self) -> Cow<'static, str> {
        LEVELS.get(self.0).map_or(String::new(), |name| name.to_ascii_uppercase()).into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        Ok(w.next()?.bytes.to_vec())
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        // The line has the names of the levels above, the nearest last.
        let line = w.line();
        let above = LEVELS.iter().take(self.0).map_while(|level| {
            let at = line.iter().rposition(|word| word == level.as_bytes())?;
            LEAVES.iter().flat_map(|leaf| leaf.path).find(|name| line.get(at + 1).is_some_and(|w| w == name.as_bytes()))
        });
        let path: Vec<&str> = above.copied().collect();
        let names = if path.len() == self.0 { children(&path) } else { at_level(self.0) };
        names.into_iter().map(|name| Offer::new(name, "")).collect()
    }
}

impl Selector {
    /// Parses a name at a level. If the name is the keyword of a lower level, it is also parsed as that, as by
    /// iproute2.
    fn read(&mut self, level: usize, mut name: Vec<u8>, w: &mut Words<'_>) -> Result<(), Diag> {
        self.descend(level, name.clone(), w.at())?;
        for (lower, keyword) in LEVELS.iter().enumerate().skip(level + 1) {
            if name == keyword.as_bytes() {
                name = w.next()?.bytes.to_vec();
                self.descend(lower, name.clone(), w.at())?;
            }
        }
        Ok(())
    }

    /// Selects a node of a level; keeps what another name of that level selected.
    fn descend(&mut self, level: usize, name: Vec<u8>, end: usize) -> Result<(), Diag> {
        let here = Span { from: end.saturating_sub(2), to: end };
        if let Some(missing) = LEVELS.get(self.path.len()).filter(|_| self.path.len() < level) {
            let kind = LEVELS.get(level).copied().unwrap_or_default();
            let shown = crate::output::escape::shown(&name);
            let what = format!("Error: {kind} {shown} requested without selecting a {missing} first");
            return Err(Diag::new(INVALID, what).at(here));
        }
        if self.path.len() > level {
            self.keep()?;
            self.path.truncate(level);
        }
        self.path.push((name, here));
        Ok(())
    }

    /// Adds the leaves below the current node.
    fn keep(&mut self) -> Result<(), Diag> {
        let mut path: Vec<&'static str> = Vec::new();
        for (level, (name, here)) in self.path.iter().enumerate() {
            let shown = crate::output::escape::shown(name);
            let kind = LEVELS.get(level).copied().unwrap_or_default();
            let refuse = |text: String| Diag::new(INVALID, format!("Error: {text}")).at(*here);
            let names = children(&path);
            if names.is_empty() {
                let leaf = path.last().copied().unwrap_or_default();
                return Err(refuse(format!("{kind} {shown} requested inside leaf {} {leaf}", above(level))));
            }
            let Some(found) = names.iter().find(|n| n.as_bytes() == name) else {
                let inside = path.last().copied().unwrap_or("top-level");
                let d = refuse(format!("no {kind} named {shown} found inside {inside}"));
                return Err(crate::grammar::suggest::hint(d, name, names.into_iter()));
            };
            path.push(found);
        }
        let below = LEAVES.iter().enumerate().filter(|(_, leaf)| leaf.path.starts_with(&path)).map(|(i, _)| i);
        self.leaves.extend(below);
        Ok(())
    }

    /// The selected leaves in output order; without words, all.
    fn chosen(&mut self) -> Result<Vec<&'static Leaf>, Diag> {
        if !self.path.is_empty() || self.leaves.is_empty() {
            self.keep()?;
        }
        Ok(LEAVES.iter().enumerate().filter(|(i, _)| self.leaves.contains(i)).map(|(_, leaf)| leaf).collect())
    }
}

/// The keyword of the level above.
fn above(level: usize) -> &'static str {
    level.checked_sub(1).and_then(|i| LEVELS.get(i)).copied().unwrap_or_default()
}

/// The request for these leaves of a device; index 0: of all devices.
fn request(leaves: &[&Leaf], index: u32) -> Request {
    let mask = leaves.iter().fold(0, |mask, leaf| mask | bit(leaf.attr));
    let header = [[0; 4], index.to_ne_bytes(), mask.to_ne_bytes()].concat();
    let mut request = Request::raw(RTM_GETSTATS, 0, &header);
    let mut filters = Vec::new();
    for attr in crate::sort::set(LEAVES.iter().map(|leaf| leaf.attr)) {
        let of = |leaf: &&Leaf| leaf.attr == attr;
        let wanted = leaves.iter().copied().filter(of).fold(0, |mask, leaf| mask | leaf.filter);
        let all = LEAVES.iter().filter(of).fold(0, |mask, leaf| mask | leaf.filter);
        if wanted != 0 && wanted != all {
            put(&mut filters, attr, &wanted.to_ne_bytes());
        }
    }
    if !filters.is_empty() {
        request.put(IFLA_STATS_GET_FILTERS | NESTED, &filters);
    }
    request
}

/// Runs `stats show`, which implies one `-s`; `-d` adds another.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses the request.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let level = s.options.stats.saturating_add(1 + u8::from(s.options.details));
    list(s, w, level)
}

/// Runs `stats` without a verb.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses the request.
pub fn bare(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    list(s, w, s.options.stats)
}

fn list(s: &Session, w: &mut Words<'_>, level: u8) -> Result<u8, Diag> {
    let mut f = Selector::default();
    w.help_word = "help";
    w.help_code = 0;
    SELECTOR.parse(&mut f, w)?;
    let leaves = f.chosen()?;
    let index = match f.dev.take() {
        Some((name, at)) => {
            let arg = Arg { bytes: &name, at };
            Some(s.link(&name)?.ok_or_else(|| Absent::CannotFind.say(&arg))?)
        }
        None => None,
    };
    let request = request(&leaves, index.unwrap_or(0));
    let describe = |p: &mut Printer<'_>, body: &[u8]| {
        leaves.iter().for_each(|leaf| view::describe(s, p, leaf, body, level));
        // In a dump each device ends with an empty line; with -o the line always has to be ended.
        if index.is_none() || p.oneline() {
            p.end_line();
        }
    };
    if index.is_some() {
        let answer = s.kernel()?.ask(&request).map_err(|e| e.explain(&request).with_code(FAIL));
        let answer = s.listed(answer)?;
        s.document(|p| describe(p, answer.get(NLMSG_HDRLEN..).unwrap_or_default()));
        return Ok(0);
    }
    let shown = s.show_dump(&request, ObjectType::Stats, &mut |_| {}, &mut |p, m| describe(p, m.body))?;
    shown.map(|()| 0).map_err(|e| e.explain(&request).with_code(FAIL))
}
