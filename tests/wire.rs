//! Wire parity: the requests of command lines, traced with strace, equal those of iproute2's `ip`
//! (or, without it, those stored; or, where `rip` sends other requests on purpose, those written below the line).
//! `RIP_BLESS=1 cargo test --test wire` stores them anew. The format is described in tests/wire/README.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::runner::{self, Case, Outcome};
use support::sandbox::{self, Sandbox, Tool, quoted};
use support::{machine, request, transcript};

struct Line {
    number: usize,
    command: String,
    setup: bool,
    /// What it asks for a list counts, too.
    lists: bool,
    /// Its ioctls count, not its requests.
    ioctls: bool,
    /// What it prints and its exit code count, not its requests.
    output: bool,
    /// Written by hand: the requests it must send.
    own: Option<Vec<String>>,
}

/// A file of lines.
#[derive(Default)]
struct Lines {
    lines: Vec<Line>,
    /// The families of generic netlink that the kernel may lack: a stand-in answers for them.
    families: Vec<String>,
    /// What their dumps list.
    answers: String,
}

fn read(path: &Path) -> Result<Lines, String> {
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let mut file = Lines::default();
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(word) = sandbox::deadly(line) {
            return Err(format!("  {word} may stand in the guest's transcripts only"));
        }
        if let Some(names) = line.strip_prefix("@ stand-in ") {
            file.families = names.split_whitespace().map(String::from).collect();
            continue;
        }
        if let Some(answer) = line.strip_prefix("< ") {
            file.answers.push_str(answer);
            file.answers.push('\n');
            continue;
        }
        let lines = &mut file.lines;
        if let Some(expected) = line.strip_prefix('>') {
            let last = lines.last_mut().ok_or("an expectation without a command")?;
            last.own.get_or_insert_default().extend(Some(expected.trim().to_string()).filter(|e| !e.is_empty()));
            continue;
        }
        let (setup, command) = line.strip_prefix("! ").map_or((false, line), |c| (true, c));
        let (lists, command) = command.strip_prefix("? ").map_or((false, command), |c| (true, c));
        let (ioctls, command) = command.strip_prefix("i ").map_or((false, command), |c| (true, c));
        let (output, command) = command.strip_prefix("o ").map_or((false, command), |c| (true, c));
        lines.push(Line { number: i + 1, command: command.to_string(), setup, lists, ioctls, output, own: None });
    }
    Ok(file)
}

/// What each line sends, as text.
fn record(file: &Lines, tool: Tool, dir: &Path) -> Result<Vec<Vec<String>>, String> {
    let lines = &file.lines;
    let dir = dir.join(format!("{tool:?}"));
    std::fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    let mut script = format!("D={}\n", quoted(&dir.to_string_lossy()));
    script.push_str("S='strace -f -qq -s 0 -e signal=none -e trace=socket,sendmsg,sendto -e write=all'\n");
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    script.push_str(&format!("T='{} --trace'\n", me.display()));
    std::fs::write(dir.join("answers"), &file.answers).map_err(|e| e.to_string())?;
    script.push_str(&format!("A='{} --stand-in {}'\n", me.display(), file.families.join(",")));
    for (i, line) in lines.iter().enumerate() {
        match line.command.strip_prefix("ip ") {
            Some(tail) if !line.setup && !file.families.is_empty() => {
                let run = format!("$A $D/answers $D/{i}.trace ip {tail} >$D/{i}.out 2>$D/{i}.err </dev/null");
                script.push_str(&format!("{run}; echo $? >$D/{i}.code\n"));
            }
            Some(tail) if line.ioctls => {
                script.push_str(&format!("$T $D/{i}.trace ip {tail} >/dev/null 2>$D/{i}.err </dev/null\n"));
            }
            Some(tail) if !line.setup => {
                script.push_str(&format!("$S -o $D/{i}.trace ip {tail} >/dev/null 2>$D/{i}.err </dev/null\n"));
            }
            _ => script.push_str(&format!("{{ {}; }} >/dev/null 2>$D/{i}.err </dev/null\n", line.command)),
        }
    }
    let ended = Sandbox::new(tool).run(&script, &dir);
    if ended.code.is_none() || ended.code == Some(99) {
        return Err(format!("  {tool:?} did not finish: {}", ended.stderr()));
    }
    let decode = |(i, line): (usize, &Line)| {
        let written = |what: &str| std::fs::read_to_string(dir.join(format!("{i}.{what}"))).unwrap_or_default();
        let trace = written("trace");
        if line.output {
            let mut said: Vec<String> =
                written("out").lines().map(|l| format!("| {l}").trim_end().to_string()).collect();
            // Usages have the same words, not the same lines; tests/usage.rs compares them.
            let error = |l: &str| format!("error {}", if l.starts_with("Usage: ip ") { "Usage" } else { l });
            said.extend(written("err").lines().next().map(error));
            said.push(format!("exit {}", written("code").trim()));
            return said;
        }
        if line.ioctls {
            return trace.lines().map(String::from).collect();
        }
        let passing =
            |p: &str, m: &[u8]| if line.lists { request::is_look_up(p, m) } else { request::is_question(p, m) };
        let all = match file.families.is_empty() {
            true => request::from_strace(&trace),
            false => trace.lines().map(|hex| ("NETLINK_GENERIC".to_string(), support::forge::unhex(hex))).collect(),
        };
        let sent = all.clone().into_iter().filter(|(p, m)| !passing(p, m));
        let mut sent: Vec<String> = sent.map(|(p, m)| request::text(&p, &m)).collect();
        // A family of generic netlink has another number in each kernel.
        let family = all.iter().find_map(|(p, m)| request::family_asked(p, m));
        if let Some(name) = family {
            let named = |line: &String| match line.strip_prefix("NETLINK_GENERIC:").and_then(|l| l.split_once(' ')) {
                Some((_, rest)) => format!("NETLINK_GENERIC:{name} {rest}"),
                None => line.clone(),
            };
            sent = sent.iter().map(named).collect();
        }
        if line.lists {
            // A list may be read again.
            sent.dedup();
        }
        sent
    };
    Ok(lines.iter().enumerate().map(decode).collect())
}

fn stored_file(name: &str) -> PathBuf {
    machine::tests().join("wire/stored").join(format!("{}.txt", name.replace('/', "-")))
}

/// Stored requests, by command (and how often the command has come before).
fn stored(name: &str) -> HashMap<(String, usize), Vec<String>> {
    let text = std::fs::read_to_string(stored_file(name)).unwrap_or_default();
    let mut found = HashMap::new();
    let mut key = None;
    for line in text.lines() {
        if let (Some(sent), Some(key)) = (line.strip_prefix("> "), &key) {
            found.entry(Clone::clone(key)).or_insert_with(Vec::new).push(sent.to_string());
        } else {
            let nth = (0..).find(|n| !found.contains_key(&(line.to_string(), *n))).unwrap_or(0);
            found.insert((line.to_string(), nth), Vec::new());
            key = Some((line.to_string(), nth));
        }
    }
    found
}

fn store(name: &str, lines: &[Line], theirs: &[Vec<String>]) {
    let mut text = String::new();
    for (line, sent) in lines.iter().zip(theirs).filter(|(l, _)| !l.setup && l.own.is_none()) {
        text.push_str(&format!("{}\n", line.command));
        sent.iter().for_each(|s| text.push_str(&format!("> {s}\n")));
    }
    std::fs::write(stored_file(name), text).expect("the stored requests");
}

fn compare(name: &str, path: &Path) -> Outcome {
    if let Some(why) = machine::lacks("strace") {
        return Outcome::Skipped(why);
    }
    if !machine::namespaces(!machine::root()) {
        return Outcome::Skipped("namespaces cannot be made here".into());
    }
    let dir = machine::scratch(&format!("wire-{name}"));
    let run = || -> Result<(usize, String), String> {
        let file = read(path)?;
        let lines = &file.lines;
        let mine = record(&file, Tool::Rip, &dir)?;
        let live = machine::no_oracle().is_none();
        let theirs = if live { record(&file, Tool::Oracle, &dir)? } else { Vec::new() };
        if live && std::env::var_os("RIP_BLESS").is_some() {
            store(name, lines, &theirs);
        }
        let kept = stored(name);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let (mut compared, mut report) = (0, String::new());
        for (i, line) in lines.iter().enumerate().filter(|(_, l)| !l.setup) {
            let nth = *seen.entry(&line.command).and_modify(|n| *n += 1).or_insert(0);
            if line.own.is_some() {
                seen.remove(line.command.as_str());
                if machine::other_tested().is_some() {
                    continue;
                }
            }
            let key = (line.command.clone(), nth);
            let expected = match (&line.own, theirs.get(i), kept.get(&key)) {
                (Some(own), _, _) => own,
                (None, Some(live), Some(kept)) if live == kept => live,
                (None, Some(_), _) => {
                    report.push_str(&format!("  line {}: stored requests are stale: RIP_BLESS=1\n", line.number));
                    continue;
                }
                (None, None, Some(kept)) => kept,
                (None, None, None) => return Err(format!("  line {}: nothing stored", line.number)),
            };
            let sent = &mine[i];
            compared += 1;
            if expected != sent {
                let said = std::fs::read_to_string(dir.join(format!("Rip/{i}.err"))).unwrap_or_default();
                report.push_str(&format!("  line {}: {}\n", line.number, line.command));
                expected.iter().for_each(|t| report.push_str(&format!("    ip : {t}\n")));
                sent.iter().for_each(|m| report.push_str(&format!("    rip: {m}\n")));
                report.push_str(&format!("    rip said: {}\n", said.lines().next().unwrap_or("nothing")));
            }
        }
        Ok((compared, report))
    };
    match run() {
        Ok((n, report)) if report.is_empty() => {
            let _ = std::fs::remove_dir_all(&dir);
            Outcome::Passed(n)
        }
        Ok((_, report)) | Err(report) => Outcome::Failed(report),
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if let [_, role, file, command @ ..] = args.as_slice()
        && role == "--trace"
    {
        return ExitCode::from(u8::try_from(support::ioctls::trace(file, command)).unwrap_or(1));
    }
    if let [_, role, families, answers, file, command @ ..] = args.as_slice()
        && role == "--stand-in"
    {
        return ExitCode::from(u8::try_from(support::stand_in::run(families, answers, file, command)).unwrap_or(1));
    }
    let cases = transcript::all("wire");
    let cases = cases.into_iter().map(|(name, path)| Case::new(name.clone(), move || compare(&name, &path)));
    let code = runner::run("wire", cases.collect(), 2);
    if !std::env::args().any(|a| a == "--list") {
        println!("{}", support::coverage::table());
    }
    code
}
