//! The words of a link kind's settings: those words of its description that its own parser turns into what the kernel
//! reports.

use super::compare::{self, Around};
use crate::command::snapshot::described;
use crate::grammar::{Words, full};
use crate::net::Nested;
use crate::object::link::kind::{Body, Kind, RecordWriter, Setting};
use crate::schema::{IFLA_INFO_KIND, IFLA_INFO_SLAVE_KIND, find};
use crate::session::Session;
use netlink_packet_core::Nla as _;
use netlink_packet_route::link::LinkInfo;

/// A keyword and its values.
type Segment = Vec<Vec<u8>>;

/// The words for a kind's settings (IFLA_INFO_DATA, IFLA_INFO_SLAVE_DATA), without the kind's defaults. `late`: the
/// words that need the link's ports, instead of the others.
pub fn words(s: &Session, kind: &'static Kind, data: &[u8], late: bool) -> Vec<Vec<u8>> {
    let mut segments = segments(s, kind, data);
    segments.retain(|s| {
        let word = s.first().map_or(&[][..], Vec::as_slice);
        kind.late.iter().any(|l| l.as_bytes() == word) == late && !kind.defaults.contains(&text(s).as_str())
    });
    segments.into_iter().flatten().collect()
}

/// The words that reset settings to their defaults, if they differ and `is_said` does not name their attribute.
pub fn defaults(s: &Session, kind: &'static Kind, data: &[u8], is_said: impl Fn(u16) -> bool) -> Vec<Vec<u8>> {
    let Some(parse) = kind.parse else { return Vec::new() };
    let mut out = Vec::new();
    for segment in segments(s, kind, data) {
        let word = String::from_utf8_lossy(segment.first().map_or(&[][..], Vec::as_slice)).into_owned();
        let default = kind.defaults.iter().find(|d| d.split(' ').next() == Some(word.as_str()));
        let Some(default) = default.filter(|d| **d != text(&segment)) else { continue };
        let setting = Setting { session: s, kind: kind.name, device: None, adding: false, deleting: false };
        let said = parse(&mut Words::new(&segment, 0, s), &setting)
            .is_ok_and(|filled| filled.trail.spans().iter().any(|(path, _)| path.first().is_some_and(|a| is_said(*a))));
        if !said {
            out.extend(default.split(' ').map(|w| w.as_bytes().to_vec()));
        }
    }
    out
}

fn text(segment: &Segment) -> String {
    segment.iter().map(|w| String::from_utf8_lossy(w)).collect::<Vec<_>>().join(" ")
}

/// The keywords of a kind's description that its own parser turns into what the kernel reports, with their values.
fn segments(s: &Session, kind: &'static Kind, data: &[u8]) -> Vec<Segment> {
    let (Some(parse), Some(describe)) = (kind.parse, kind.describe) else { return Vec::new() };
    let nested = Nested::new(data);
    let mut tokens = described(|p| describe(&mut RecordWriter { s, p, d: &nested }));
    if let Some(more) = kind.more {
        tokens.extend(more(&nested).split_whitespace().map(String::from));
    }
    let mut segments = cut(kind, tokens);
    // Each round removes one wrong word or keyword.
    for _ in 0..=segments.iter().map(Vec::len).sum::<usize>() {
        let list: Vec<Vec<u8>> = segments.iter().flatten().cloned().collect();
        let mut w = Words::new(&list, 0, s);
        let setting = Setting { session: s, kind: kind.name, device: None, adding: true, deleting: false };
        let wrong = match parse(&mut w, &setting) {
            Err(d) => match d.spans().last().map(|span| span.from).filter(|at| *at < list.len()) {
                Some(at) => at,
                // Of two that exclude each other, remove the one without which the rest parses.
                None => match lone(s, kind, &segments) {
                    Some(at) => at,
                    None => break,
                },
            },
            Ok(_) if !w.is_empty() => w.at(),
            Ok(filled) => {
                let said = bytes(filled.body);
                let around = Around { said: &[], kinds: (IFLA_INFO_KIND, IFLA_INFO_SLAVE_KIND) };
                let wrong = filled.trail.spans().into_iter().find(|(path, _)| {
                    let Some(attr) = path.first() else { return false };
                    let row = find(kind.attrs, *attr);
                    let value = compare::value(&said, *attr).unwrap_or_default();
                    !compare::same_value(row, value, compare::value(data, *attr), around)
                });
                match wrong {
                    Some((_, span)) => span.from,
                    None => break,
                }
            }
        };
        remove(&mut segments, wrong);
    }
    segments
}

/// The position of the keyword without which the words parse.
fn lone(s: &Session, kind: &'static Kind, segments: &[Segment]) -> Option<usize> {
    let parse = kind.parse?;
    let mut at = 0;
    for (i, segment) in segments.iter().enumerate() {
        let rest: Vec<Vec<u8>> =
            segments.iter().enumerate().filter(|(n, _)| *n != i).flat_map(|(_, s)| s).cloned().collect();
        let setting = Setting { session: s, kind: kind.name, device: None, adding: true, deleting: false };
        if parse(&mut Words::new(&rest, 0, s), &setting).is_ok() {
            return Some(at);
        }
        at += segment.len();
    }
    None
}

/// Splits the description before each keyword; text before the first one is dropped.
fn cut(kind: &Kind, tokens: Vec<String>) -> Vec<Segment> {
    let names: Vec<&str> =
        kind.tables.iter().flat_map(|t| t.entries()).flat_map(|e| e.names).map(|n| full(n)).collect();
    let mut out: Vec<Segment> = Vec::new();
    for token in tokens {
        let starts = names.contains(&token.as_str());
        match out.last_mut() {
            // A value may be spelt like a keyword: `external` is one of gre's, `inherit` is none. A keyword that takes
            // a value gets at least one.
            Some(last) if !starts || last.len() == 1 && wants_value(kind, last) => last.push(token.into_bytes()),
            None if !starts => {}
            _ => out.push(vec![token.into_bytes()]),
        }
    }
    out
}

/// Whether a keyword takes a value.
fn wants_value(kind: &Kind, segment: &Segment) -> bool {
    let word = segment.first().map_or(&[][..], Vec::as_slice);
    let mut entries = kind.tables.iter().flat_map(|t| t.entries());
    entries.any(|e| !e.meta.is_empty() && e.names.iter().any(|n| full(n).as_bytes() == word))
}

/// Removes the word at a position, or a keyword with its values.
fn remove(segments: &mut Vec<Segment>, at: usize) {
    let mut from = 0;
    for i in 0..segments.len() {
        let Some(segment) = segments.get_mut(i) else { return };
        let len = segment.len();
        if at < from + len {
            match at - from {
                // Without the rejected value, its keyword would have none.
                0 | 1 => drop(segments.remove(i)),
                n => segment.truncate(n),
            }
            return;
        }
        from += len;
    }
    segments.pop();
}

fn bytes(body: Body) -> Vec<u8> {
    let info = match body {
        Body::Data(data) => LinkInfo::Data(data),
        Body::Port(data) => LinkInfo::PortData(data),
    };
    let mut out = vec![0; info.value_len()];
    info.emit_value(&mut out);
    out
}
