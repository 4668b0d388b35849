//! "Did you mean": the known word nearest to a mistyped one.
//!
//! The distance is optimal string alignment: an insertion, a deletion, a substitution or a swap of two neighbours
//! counts one.

use crate::diag::Diag;

/// Shorter words are within one edit of too many others (`up`, `to`, `dev`).
const SHORTEST: usize = 3;
/// The longest keywords have 29 letters. The distance takes time quadratic in the length.
const LONGEST: usize = 32;
/// One edit is allowed for each three letters of the word, two at most: with more, unrelated keywords of four to six
/// letters would be suggested.
const LETTERS_AN_EDIT: usize = 3;
const MOST_EDITS: usize = 2;

/// The nearest of `names`, within one edit per three letters and two at most; `None` if two are equally near.
pub fn nearest<'a>(word: &str, mut names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(word, &mut names)
}

/// The same, once for every kind of list.
fn nearest_of<'a>(word: &str, names: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    // A number is not a mistyped keyword.
    if !(SHORTEST..=LONGEST).contains(&word.len()) || word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let limit = (word.chars().count() / LETTERS_AN_EDIT).clamp(1, MOST_EDITS);
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    // `br1` is a device name, not a mistyped `brd`.
    let numbered = word.ends_with(|c: char| c.is_ascii_digit());
    let letters = |n: &str| n.len() == word.len() && !n.contains(|c: char| c.is_ascii_digit());
    for name in names.filter(|n| !numbered || !letters(n)) {
        let d = strsim::osa_distance(word, name);
        if d == 0 || d > limit {
            continue;
        }
        match best {
            Some((b, n)) if d == b && n != name => tie = true,
            Some((b, _)) if d >= b => {}
            _ => {
                best = Some((d, name));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, n)| n)
}

/// The text of the hint.
pub fn did_you_mean(word: &str) -> String {
    format!("did you mean \"{word}\"?")
}

/// Adds the nearest of `names`, the words allowed there, to an error about `word`.
pub fn hint<'a>(d: Diag, word: &[u8], names: impl Iterator<Item = &'a str>) -> Diag {
    // Device names are escaped for printing, so the typed word is too.
    match nearest(&crate::output::escape::shown(word), names) {
        Some(near) => d.hint(did_you_mean(near)),
        None => d,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_word_meant() {
        let names = ["master", "mtu", "multicast", "name"];
        assert_eq!(nearest("mastr", names.into_iter()), Some("master"));
        assert_eq!(nearest("mutlicast", names.into_iter()), Some("multicast"));
        assert_eq!(nearest("xyzzy", names.into_iter()), None);
        assert_eq!(nearest("br1", ["brd", "br0"].into_iter()), Some("br0"));
        assert_eq!(nearest("bridg", ["bridge", "bond"].into_iter()), Some("bridge"));
    }

    #[test]
    fn two_equally_near_words_are_no_hint() {
        assert_eq!(nearest("veth", ["beth", "meth"].into_iter()), None);
    }
}
