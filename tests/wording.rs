//! The wording of what a user can read: strings of the program, manual, README and pages. A phrase that a reader stumbled over does not
//! come back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::path::Path;

/// Phrases that no text for a reader has: a plainer or a more exact word stands behind each.
const RETIRED: &[(&str, &str)] = &[
    ("is there already", "already exists"),
    ("are there already", "already exist"),
    ("in silence", "silently"),
    ("for want of", "without"),
    ("the device below", "the lower device"),
    ("device below", "lower device"),
    ("next router", "gateway"),
    ("that fits", "matching"),
    ("the other end is", "the peer is"),
    ("made good", "re-read"),
    ("goes with it", "is deleted with it"),
    ("is told", "is reported"),
    ("are told", "are reported"),
    ("as ever", "as usual"),
    ("nobody", "no one, or the passive"),
    ("whoever", "the user, or the passive"),
    ("cannot be made again", "cannot be recreated"),
    ("each packet's path decides", "collect metadata"),
    ("of old", "obsolete"),
    ("everything is as it was.", "everything is as it was before the batch."),
    ("nothing was done", "no changes were made"),
    ("what there is", "the present state"),
    ("held against", "compared with"),
    ("made anew", "recreated"),
    ("the time is over", "the time has passed"),
    ("complains", "reports an error"),
    ("handed on", "passed on"),
    ("passed over", "skipped"),
    ("stands before", "must precede"),
];

/// What a user can read: the strings of the program, the manual's sources, the README and its pages.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for (path, text) in support::sources::all().into_iter().filter(|(p, _)| p.starts_with("src")) {
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (n, line) in program.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            let place = format!("{}:{}", path.display(), n + 1);
            found.extend(line.split('"').skip(1).step_by(2).map(|literal| (place.clone(), literal.to_string())));
        }
    }
    for folder in ["man/src", "docs", ""] {
        for file in std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten().map(|e| e.path()) {
            if file.extension().is_some_and(|e| e == "txt" || e == "md") && !file.ends_with("CHANGELOG.md") {
                let text = std::fs::read_to_string(&file).unwrap();
                found.extend(
                    text.lines().enumerate().map(|(n, l)| (format!("{}:{}", file.display(), n + 1), l.to_string())),
                );
            }
        }
    }
    found
}

#[test]
fn no_text_has_a_retired_phrase() {
    let texts = texts();
    assert!(texts.len() > 10_000, "{}", texts.len());
    let mut wrong = Vec::new();
    for (place, text) in &texts {
        let text = format!(" {} ", text.to_lowercase());
        for (phrase, better) in RETIRED {
            let whole = |at: usize| {
                let (before, after) = (text[..at].chars().next_back(), text[at + phrase.len()..].chars().next());
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            };
            if text.match_indices(phrase).any(|(at, _)| whole(at)) {
                wrong.push(format!("{place}: {phrase:?}: {better}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
