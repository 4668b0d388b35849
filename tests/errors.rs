//! Errors: every wrong line of the explained transcripts once more, plainly, with -hint and with -j. Exit code and first line
//! are the same; hints stand only where they are asked for; with -j the errors end in one JSON object that says the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::path::Path;
use support::sandbox::{Sandbox, Tool, quoted};
use support::transcript::{Judge, Step, Transcript, all};
use support::{machine, skip};

/// Ways to run a line: the options it gets.
const WAYS: [&str; 3] = ["", "-hint", "-j"];

/// What one line did in one way.
struct Said {
    code: String,
    out: String,
    err: Vec<String>,
}

fn read(dir: &Path, name: &str) -> Said {
    let file = |end: &str| {
        String::from_utf8_lossy(&std::fs::read(dir.join(format!("{name}.{end}"))).unwrap_or_default()).into_owned()
    };
    let err = file("err").lines().map(String::from).collect();
    Said { code: file("rc").trim().to_string(), out: file("out"), err }
}

/// Runs a transcript's lines in every way; what each did.
fn run(t: &Transcript, name: &str) -> Vec<(String, [Said; 3])> {
    let dir = machine::scratch(name);
    let mut script = format!("mkdir -p /run/t && cd /run/t\nD={}\n", quoted(&dir.to_string_lossy()));
    script.push_str("ip() { command rip $HINT \"$@\"; }\n");
    script.push_str("step() { eval \"$2\" >$D/$1.out 2>$D/$1.err </dev/null; echo $? >$D/$1.rc; }\n");
    for (i, step) in t.steps.iter().enumerate() {
        let ways = if step.judge == Judge::Setup { 1 } else { WAYS.len() };
        for (w, way) in WAYS.iter().enumerate().take(ways) {
            script.push_str(&format!(
                "HINT={way}; step {i}.{w} {}\n",
                quoted(&step.command.replace(" ip $HINT", " rip $HINT"))
            ));
        }
    }
    let ended = Sandbox::new(Tool::Rip).run(&script, &dir);
    assert_eq!(ended.code, Some(0), "{name}: {}", ended.stderr());
    // A line that looks at its errors itself has none to be judged.
    let judged = |s: &Step| s.judge != Judge::Setup && !s.command.contains("2>&1");
    let steps = t.steps.iter().enumerate().filter(|(_, s)| judged(s));
    let said = steps.map(|(i, s)| (s.command.clone(), [0, 1, 2].map(|w| read(&dir, &format!("{i}.{w}"))))).collect();
    let _ = std::fs::remove_dir_all(&dir);
    said
}

/// What is wrong with a line.
fn judge([plain, hinted, json]: &[Said; 3]) -> Result<(), String> {
    let hint = |line: &&String| line.starts_with("  hint: ");
    let first = plain.err.first().ok_or("no error")?;
    if [hinted, json].iter().any(|s| s.code != plain.code || s.err.first() != Some(first)) {
        return Err(format!(
            "exit or first line differ: {} {first:?}, {} {:?}",
            plain.code,
            json.code,
            json.err.first()
        ));
    }
    if let Some(line) = plain.err.iter().find(hint) {
        return Err(format!("a hint that nobody asked for: {line}"));
    }
    let hints: Vec<&str> = hinted.err.iter().filter(hint).map(|l| &l[8..]).collect();
    if hints.len() > 2 || hinted.err.len() != plain.err.len() + hints.len() {
        return Err("more than hints, or more than two".into());
    }
    let object: serde_json::Value = json
        .err
        .last()
        .ok_or("no object")
        .and_then(|l| serde_json::from_str(l).map_err(|_| "the last line is no JSON"))?;
    let exit: u64 = plain.code.parse().map_err(|_| "no exit code")?;
    let told: Option<Vec<&str>> = object["hints"].as_array().map(|a| a.iter().filter_map(|h| h.as_str()).collect());
    if object["message"] != serde_json::json!(first) || object["exit"] != serde_json::json!(exit) || told != Some(hints)
    {
        return Err(format!("the object says something else: {object}"));
    }
    let marked = plain.err.iter().any(|l| l.contains('^') && l.trim_matches([' ', '^']).is_empty());
    let spans = object["spans"].as_array().ok_or("no spans")?;
    if marked == spans.is_empty() || !object["words"].is_array() || object.get("errno").is_none() {
        return Err(format!("carets without spans, or the other way: {object}"));
    }
    if !json.out.is_empty() && serde_json::from_str::<serde_json::Value>(&json.out).is_err() {
        return Err(format!("not a document: {:?}", json.out));
    }
    Ok(())
}

#[test]
fn every_wrong_line_in_every_way() {
    if !machine::namespaces(!machine::root()) {
        skip::skip("errors", "namespaces cannot be made here");
        return;
    }
    let (mut count, mut wrong) = (0, Vec::new());
    for (name, path) in all("live") {
        let t = Transcript::read(&path).expect("a transcript");
        if !t.explained || t.guest || t.needs.iter().any(|n| machine::lacks(n).is_some()) {
            continue;
        }
        for (line, said) in run(&t, &format!("errors-{name}")) {
            count += 1;
            if let Err(why) = judge(&said) {
                wrong.push(format!("{name}: {line}\n    {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count >= 100, "only {count} wrong lines");
}
