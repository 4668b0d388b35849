//! Recorded answers: what iproute2 said to every line of a transcript, as far as it does not depend on the kernel.
//! They judge where iproute2 cannot be had, and must equal it where it can. `tests/bless` records them anew:
//! natively and in guests of two kernels; what differs between those is left out.
//!
//! A file holds for each line `$ COMMAND`, then `? EXIT` if not 0, `! FIRST LINE OF STDERR` if there is one, and the output, each line
//! behind a blank; a command that comes again is the next one of its name.

use super::machine;
use super::transcript::Captured;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// By command, and how often the same command has come before.
pub type Answers = HashMap<(String, usize), Captured>;

/// Where the answers to a transcript of tests/live are.
fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{}.txt", name.replace('/', "-")))
}

/// The recorded answers to a transcript.
pub fn recorded(name: &str) -> Answers {
    read(&machine::tests().join("live/answers"), name)
}

pub fn read(folder: &Path, name: &str) -> Answers {
    let text = std::fs::read_to_string(file(folder, name)).unwrap_or_default();
    let mut found = Answers::new();
    let mut key = None;
    let mut times: HashMap<&str, usize> = HashMap::new();
    for line in text.split_terminator('\n') {
        let Some((mark, rest)) = line.split_at_checked(1) else { continue };
        let rest = if mark == " " { rest } else { rest.strip_prefix(' ').unwrap_or(rest) };
        if mark == "$" {
            let nth = times.entry(rest).and_modify(|n| *n += 1).or_insert(0);
            key = Some((rest.to_string(), *nth));
            found.insert((rest.to_string(), *nth), Captured::default());
        } else if mark == "-" {
            // Left out: it counts.
            times.entry(rest).and_modify(|n| *n += 1).or_insert(0);
            key = None;
        } else if let Some(answer) = key.as_ref().and_then(|k| found.get_mut(k)) {
            match mark {
                "?" => answer.code = rest.parse().unwrap_or(-1),
                "!" => answer.err = rest.to_string(),
                "." => answer.out.truncate(answer.out.len().saturating_sub(1)),
                _ => answer.out.push_str(&format!("{rest}\n")),
            }
        }
    }
    found
}

/// Writes the answers to a transcript's lines, in order; `None` for a line whose answer is not kept.
pub fn write(folder: &Path, name: &str, lines: &[(&str, Option<&Captured>)]) -> std::io::Result<()> {
    let mut text = String::new();
    for (command, answer) in lines {
        let Some(answer) = answer else {
            text.push_str(&format!("- {command}\n"));
            continue;
        };
        text.push_str(&format!("$ {command}\n"));
        if answer.code != 0 {
            text.push_str(&format!("? {}\n", answer.code));
        }
        if !answer.err.is_empty() {
            text.push_str(&format!("! {}\n", answer.err));
        }
        answer.out.split_terminator('\n').for_each(|l| text.push_str(&format!(" {l}\n")));
        if !answer.out.is_empty() && !answer.out.ends_with('\n') {
            text.push_str(".\n");
        }
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(file(folder, name), text)
}

/// Whether a recorded answer is what iproute2 says now.
pub fn same(kept: &Captured, live: &Captured) -> bool {
    let mut out = live.out.clone();
    super::differences::hold_still(&mut out);
    kept.code == live.code && kept.err == live.err && kept.out == out
}

/// Writes what the folders agree on to tests/live/answers: what differs between them depends on the kernel or the user.
pub fn merge(name: &str, commands: &[&str], folders: &[&Path]) -> std::io::Result<usize> {
    let all: Vec<Answers> = folders.iter().map(|f| read(f, name)).filter(|a| !a.is_empty()).collect();
    let Some((first, others)) = all.split_first() else { return Ok(0) };
    let mut times: HashMap<&str, usize> = HashMap::new();
    let agreed = |command: &str, nth: usize| {
        let key = (command.to_string(), nth);
        first.get(&key).filter(|a| others.iter().all(|o| o.get(&key) == Some(a)))
    };
    let mut lines = Vec::new();
    for command in commands {
        let nth = *times.entry(command).and_modify(|n| *n += 1).or_insert(0);
        lines.push((*command, agreed(command, nth)));
    }
    write(&machine::tests().join("live/answers"), name, &lines)?;
    Ok(lines.iter().filter(|(_, a)| a.is_some()).count())
}
