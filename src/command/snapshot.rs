//! Shared by the objects that write their entries as batch lines: the words that `show` prints, without those that no
//! line can set.

use super::view::{Shown, View};
use crate::output::out::Out;
use crate::output::{Format, Printer};
use crate::schema::*;
use crate::session::Session;

/// Words of a route, a nexthop or a nexthop object that the kernel reports and no line can set.
pub const STATES: &[&str] = &[
    "dead",
    "linkdown",
    "pervasive",
    "offload",
    "trap",
    "notify",
    "unresolved",
    "rt_offload",
    "rt_trap",
    "rt_offload_failed",
];
/// Protocols of routes and nexthop objects that nobody configured: kernel, router advertisement, redirect, DHCP.
pub const OTHERS: &[u8] = &[RTPROT_KERNEL, RTPROT_RA, RTPROT_REDIRECT, RTPROT_DHCP];
/// RTPROT_DHCP, linux/rtnetlink.h.
const RTPROT_DHCP: u8 = 16;

/// The words of a description's text.
pub fn described(describe: impl FnOnce(&mut Printer<'_>)) -> Vec<String> {
    let mut out = Out::memory();
    let mut printer = Printer::new(&mut out, Format { json: false, pretty: false, oneline: false, palette: None });
    describe(&mut printer);
    String::from_utf8_lossy(&out.into_bytes()).split_whitespace().map(String::from).collect()
}

/// The words that `show` prints of an entry.
pub fn words(s: &Session, view: &View, body: &[u8]) -> Vec<String> {
    described(|p| (view.describe)(s, p, body, Shown::default()))
}

/// A command and the words after it.
pub fn line(command: &str, words: Vec<String>) -> Line {
    let words: Vec<&[u8]> = words.iter().map(String::as_bytes).collect();
    Line::of(command).and(&words)
}

/// Removes a keyword and its value, if `is` holds for the value.
pub fn without(words: &mut Vec<String>, keyword: &str, is: impl Fn(&str) -> bool) {
    if let Some(at) = words.iter().position(|w| w == keyword)
        && words.get(at + 1).is_some_and(|v| is(v))
    {
        words.drain(at..at + 2);
    }
}

/// One line of a snapshot.
pub struct Line {
    /// Its words, without the program's name.
    pub words: Vec<Vec<u8>>,
}

impl Line {
    /// A line of the space-separated words of `text`.
    pub fn of(text: &str) -> Line {
        Line { words: text.split_whitespace().map(|w| w.as_bytes().to_vec()).collect() }
    }

    /// Appends words.
    pub fn and(mut self, words: &[&[u8]]) -> Line {
        self.words.extend(words.iter().map(|w| w.to_vec()));
        self
    }

    /// The line, for messages.
    pub fn shown(&self) -> String {
        self.words.iter().map(|w| crate::output::escape::shown(w)).collect::<Vec<_>>().join(" ")
    }

    /// The line as written to a batch; `None` if a word cannot be quoted. With an option first, it is a comment to
    /// `ip`.
    pub fn text(&self) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        if self.words.first().is_some_and(|w| w.starts_with(b"-")) {
            out.push(b'#');
        }
        for (i, word) in self.words.iter().enumerate() {
            if i > 0 {
                out.push(b' ');
            }
            out.extend(quoted(word)?);
        }
        Some(out)
    }
}

/// A word quoted for a batch if necessary; `None` if no quoting is possible.
pub fn quoted(word: &[u8]) -> Option<Vec<u8>> {
    let blank = |b: &u8| *b <= b' ';
    let quote = match word.first() {
        _ if word.contains(&b'#') || word.contains(&b'\n') => return None,
        Some(b'\'' | b'"') | None => true,
        Some(_) => word.iter().any(blank) || word.ends_with(b"\\"),
    };
    if !quote {
        return Some(word.to_vec());
    }
    let mark = [b'"', b'\''].into_iter().find(|q| !word.contains(q))?;
    Some([&[mark], word, &[mark]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &[&[u8]]) -> Option<String> {
        Line::of("").and(words).text().map(|t| String::from_utf8(t).unwrap())
    }

    #[test]
    fn words_are_quoted_as_a_batch_reads_them() {
        assert_eq!(text(&[b"alias", b"a b"]).unwrap(), "alias \"a b\"");
        assert_eq!(text(&[b"alias", b"a \"b"]).unwrap(), "alias 'a \"b'");
        assert_eq!(text(&[b"it's"]).unwrap(), "it's");
        assert_eq!(text(&[b"'x"]).unwrap(), "\"'x\"");
        assert_eq!(text(&[b""]).unwrap(), "\"\"");
        for lost in [&b"a '\" b"[..], b"a#b", b"a\nb"] {
            assert_eq!(text(&[lost]), None);
        }
        for (words, line) in [(&[&b"a b"[..], b"c"][..], &b"\"a b\" c"[..]), (&[b"x\\"], b"\"x\\\"")] {
            let read = crate::command::lines::split(line).unwrap();
            assert_eq!(read, words);
            assert_eq!(Line::of("").and(words).text().unwrap(), line);
        }
    }
}
