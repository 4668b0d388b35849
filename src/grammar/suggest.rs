//! Did-you-mean: the known word that a mistyped one is nearest to.

use crate::diag::Diag;

/// The nearest of `names` within a third of the word's length; none when two are equally near.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A number is no keyword with a slip in it.
    if word.len() < 3 || word.len() > 32 || word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let limit = (word.chars().count() / 3).clamp(1, 2);
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    // br1 is the name of a device, not brd with a slip in it.
    let numbered = word.ends_with(|c: char| c.is_ascii_digit());
    let letters = |n: &str| n.len() == word.len() && !n.contains(|c: char| c.is_ascii_digit());
    for name in names.filter(|n| !numbered || !letters(n)) {
        let d = distance(word, name);
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

/// The hint that names it.
pub fn say(word: &str) -> String {
    format!("did you mean \"{word}\"?")
}

/// An error about a word, with the nearest of the words that could stand there.
pub fn hint<'a>(d: Diag, word: &[u8], names: impl Iterator<Item = &'a str>) -> Diag {
    // The names are as they are printed.
    match nearest(&crate::output::escape::shown(word), names) {
        Some(near) => d.hint(say(near)),
        None => d,
    }
}

/// Edits between two words: insert, delete, replace, or swap two neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    let cell = |rows: &[Vec<usize>], i: usize, j: usize| -> usize {
        rows.get(i).and_then(|r| r.get(j)).copied().unwrap_or(usize::MAX / 2)
    };
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let left = row.last().copied().unwrap_or(0) + 1;
            let up = cell(&rows, i, j + 1) + 1;
            let diagonal = cell(&rows, i, j) + usize::from(ca != cb);
            let mut d = left.min(up).min(diagonal);
            if i > 0 && j > 0 && a.get(i - 1) == Some(cb) && b.get(j - 1) == Some(ca) {
                d = d.min(cell(&rows, i - 1, j - 1) + 1);
            }
            row.push(d);
        }
        rows.push(row);
    }
    cell(&rows, a.len(), b.len())
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
