//! The network as lines: `snapshot` prints the present state as batch lines, `diff` compares two such lists.
//!
//! The lines are those of iproute2's `ip -batch`. They come from the descriptions that `show` prints; the words of a
//! link kind are checked by the kind's own parser against what the kernel reports, so a new kind needs no table here.
//! What a batch of `ip` cannot express because it needs an option (IPv6 rules, MPLS routes) is a comment that begins
//! with that option: `#-6 rule add ...`. The order is canonical and contains neither times nor interface indexes, so
//! that two lists can be compared as text.

mod address;
pub mod compare;
mod diff;
mod kinds;
mod link;
pub mod need;
mod order;
pub mod reset;
pub mod snapshot;

pub use diff::OBJECT as DIFF;
pub use snapshot::OBJECT as SNAPSHOT;

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
