//! Prints errors: with the command line, carets and hints, or as a JSON object.

use crate::diag::{Diag, Span};
use crate::output::escape;
use crate::output::json::Json;
use crate::output::scalar::decimal;
use crate::output::secret::without_keys;
use std::fmt::Write as _;

/// Hints shown per error at most.
const HINTS: usize = 2;

/// The position of a line in a batch.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file's name.
    pub file: &'a [u8],
    /// Counted from 1.
    pub line: usize,
}

impl Diag {
    /// The text for stderr without the hints. `words` is the command line as typed.
    pub fn render(&self, words: &[Vec<u8>]) -> String {
        let mut out = self.text();
        if !self.spans().is_empty() {
            carets(&mut out, &without_keys(self.words(words)), self.spans());
        }
        out
    }
}

/// iproute2's lines, the command line with carets, and hints where they are wanted.
pub fn text(d: &Diag, words: &[Vec<u8>], hints: bool) -> String {
    let mut out = d.render(words);
    if hints {
        for hint in d.hints().iter().take(HINTS) {
            out.push_str(&format!("  hint: {}\n", hint.replace('\n', "\\x0a")));
        }
    }
    escape::guard(&out).into_owned()
}

/// iproute2's lines, then the whole error as one JSON object on a line.
pub fn json(d: &Diag, words: &[Vec<u8>], place: Option<Place<'_>>) -> String {
    let mut out = escape::guard(&d.lines()).into_owned().into_bytes();
    let words = &without_keys(d.words(words));
    let mut j = Json::new(false);
    j.open(&mut out, None, false);
    let message = d.what().first().and_then(|w| w.lines().next()).unwrap_or_default();
    j.value(&mut out, Some("message"), &Plain(message));
    match d.errno().map(nix::errno::Errno::from_raw) {
        Some(e) => j.value(&mut out, Some("errno"), &Plain(&format!("{e:?}"))),
        None => j.value(&mut out, Some("errno"), &crate::output::scalar::Null),
    }
    j.value(&mut out, Some("exit"), &d.code());
    j.open(&mut out, Some("words"), true);
    for word in d.spans().iter().flat_map(|s| words.get(s.from..s.to.min(words.len())).unwrap_or_default()) {
        j.value(&mut out, None, &word.as_slice());
    }
    j.close(&mut out);
    j.open(&mut out, Some("spans"), true);
    for span in d.spans() {
        let (from, to) = columns(words, *span);
        j.open(&mut out, None, false);
        j.value(&mut out, Some("first"), &Count(span.from));
        j.value(&mut out, Some("last"), &Count(span.to.saturating_sub(1)));
        j.value(&mut out, Some("from"), &Count(from));
        j.value(&mut out, Some("to"), &Count(to));
        j.close(&mut out);
    }
    j.close(&mut out);
    j.open(&mut out, Some("hints"), true);
    for hint in d.hints().iter().take(HINTS) {
        j.value(&mut out, None, &Plain(hint));
    }
    j.close(&mut out);
    if let Some(place) = place {
        j.value(&mut out, Some("file"), &place.file);
        j.value(&mut out, Some("line"), &Count(place.line));
    }
    j.close(&mut out);
    while out.last() == Some(&b'\n') {
        out.pop();
    }
    out.push(b'\n');
    String::from_utf8_lossy(&out).into_owned()
}

/// Text of ours; strings from outside are already escaped in it.
struct Plain<'a>(&'a str);

impl crate::output::Scalar for Plain<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        escape::json_text(out, self.0);
    }
}

/// A position or a number of lines.
struct Count(usize);

impl crate::output::Scalar for Count {
    fn text(&self, out: &mut Vec<u8>) {
        decimal(out, self.0 as u64);
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

/// The bytes of a span, first and one past the last, in the words joined by single blanks.
fn columns(words: &[Vec<u8>], span: Span) -> (usize, usize) {
    let start = |n: usize| words.iter().take(n).map(|w| w.len() + 1).sum::<usize>();
    let end = start(span.to).saturating_sub(1);
    let from = start(span.from).min(end + usize::from(span.to > words.len()));
    (from, end.max(from))
}

/// Appends the command line, and under it carets for each span; a span past the end marks the missing word.
fn carets(out: &mut String, words: &[Vec<u8>], spans: &[Span]) {
    let mut line = String::from(" ");
    let mut marks = String::from(" ");
    let mark_of = |i: usize| spans.iter().any(|s| i >= s.from && i < s.to);
    for (i, word) in words.iter().enumerate() {
        let shown = if i == 0 { program(word) } else { quoted(word) };
        line.push(' ');
        marks.push(' ');
        line.push_str(&shown);
        let c = if mark_of(i) { '^' } else { ' ' };
        marks.extend(std::iter::repeat_n(c, width(&shown)));
    }
    if spans.iter().any(|s| s.to > words.len()) {
        marks.push_str(" ^");
    }
    if marks.contains('^') {
        let _ = writeln!(out, "{line}");
        let _ = writeln!(out, "{}", marks.trim_end());
    }
}

fn width(s: &str) -> usize {
    s.chars().count()
}

/// The name that the program was called by, without its directory.
fn program(word: &[u8]) -> String {
    let base = word.rsplit(|b| *b == b'/').next().unwrap_or(word);
    escape::shown(base)
}

/// Longer words are shortened in the line with the carets; the message has them whole.
const WORD_MAX: usize = 64;

/// A word quoted as a shell would need it.
fn quoted(word: &[u8]) -> String {
    let mut text = escape::shown(word);
    if let Some((end, _)) = text.char_indices().nth(WORD_MAX) {
        text.truncate(end);
        text.push_str("...");
    }
    if text.is_empty()
        || text.contains([' ', '\t', '"', '\'', '\\', '$', '*', '?', ';', '&', '|', '<', '>', '(', ')', '#'])
    {
        format!("'{}'", text.replace('\'', "'\\''"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<Vec<u8>> {
        line.split(' ').map(|w| w.as_bytes().to_vec()).collect()
    }

    #[test]
    fn an_object_says_it_all() {
        let w = words("rip link set d0 mtu 10");
        let d = Diag::new(2, "Error: mtu less than device minimum.")
            .at(Span { from: 4, to: 6 })
            .with_errno(nix::libc::EINVAL)
            .hint("d0 takes 68 to 65535");
        let text = json(&d, &w, None);
        let (first, rest) = text.split_once('\n').unwrap();
        assert_eq!(first, "Error: mtu less than device minimum.");
        assert_eq!(
            rest,
            "{\"message\":\"Error: mtu less than device minimum.\",\"errno\":\"EINVAL\",\"exit\":2,\"words\":[\"mtu\",\"10\"],\
             \"spans\":[{\"first\":4,\"last\":5,\"from\":16,\"to\":22}],\"hints\":[\"d0 takes 68 to 65535\"]}\n"
        );
    }

    #[test]
    fn a_missing_word_stands_past_the_end_and_a_batch_has_its_place() {
        let w = words("rip link set");
        let text = json(&Diag::incomplete(3), &w, Some(Place { file: b"a\"b", line: 7 }));
        let object: serde_json::Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
        assert_eq!(object["spans"][0], serde_json::json!({"first": 3, "last": 3, "from": 13, "to": 13}));
        assert_eq!(object["words"], serde_json::json!([]));
        assert_eq!((object["errno"].is_null(), &object["exit"]), (true, &serde_json::json!(255)));
        assert_eq!((&object["file"], &object["line"]), (&serde_json::json!("a\"b"), &serde_json::json!(7)));
    }

    #[test]
    fn hints_are_two_at_most_and_only_where_wanted() {
        let d = Diag::fail("no").hint("a").hint("b").hint("c");
        assert_eq!(text(&d, &[], true), "no\n  hint: a\n  hint: b\n");
        assert_eq!(text(&d, &[], false), "no\n");
    }

    #[test]
    fn carets_stand_under_the_words() {
        let w = words("rip link add name x0 type vxlan id 99999999 dstport 4789");
        let d =
            Diag::new(crate::diag::REFUSED, "Error: VXLAN ID must be lower than 16777216.").at(Span { from: 7, to: 9 });
        assert_eq!(
            d.render(&w),
            "Error: VXLAN ID must be lower than 16777216.\n  rip link add name x0 type vxlan id 99999999 dstport 4789\n                                  ^^ ^^^^^^^^\n"
        );
    }

    #[test]
    fn a_missing_word_is_marked_past_the_end() {
        let w = words("rip link set");
        let text = Diag::incomplete(3).render(&w);
        assert!(text.ends_with("  rip link set\n               ^\n"), "{text:?}");
    }

    #[test]
    fn a_long_word_is_cut_under_the_error() {
        let w = vec![b"rip".to_vec(), "\u{e4}".repeat(4096).into_bytes(), b"x".to_vec()];
        let text = Diag::wrong("x", "y", Span { from: 1, to: 3 }).render(&w);
        let line = format!("  rip {}... x\n      {} ^\n", "\u{e4}".repeat(64), "^".repeat(67));
        assert!(text.ends_with(&line), "{text}");
    }

    #[test]
    fn escapes_never_reach_the_terminal() {
        let w = vec![b"rip".to_vec(), b"\x1b[2J".to_vec()];
        let text = Diag::wrong("x", "y", Span::word(1)).render(&w);
        assert!(!text.contains('\x1b'), "{text:?}");
    }
}
