//! Transcripts: a file of shell lines, run in two twin sandboxes by iproute2's `ip` and by `rip`,
//! whose standard output, exit code and first line of standard error must be equal for every line.
//! The format is described in tests/live/README.md.

use super::answers;
use super::columns;
use super::differences;
use super::machine;
use super::runner::Outcome;
use super::sandbox::{Sandbox, Tool, deadly, quoted};
use super::skip;
use std::path::Path;

/// What `*` runs a command with; `+` leaves out the statistics, whose counters may run.
const FORMATS: &[&str] = &["", "-o", "-d", "-s", "-s -s", "-br", "-N", "-c", "-j", "-j -p", "-d -j", "-s -j"];

/// How a line is judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Judge {
    /// Output, exit code and first line of the errors.
    All,
    /// Output and exit code.
    Quiet,
    /// It only has to succeed.
    Setup,
    /// By the expectation written below it; `ip` is not asked.
    Own,
    /// It must succeed and print valid JSON; `ip` is not asked.
    Json,
}

impl Judge {
    /// Whether iproute2's answer counts.
    fn compares(self) -> bool {
        matches!(self, Judge::All | Judge::Quiet)
    }
}

pub struct Step {
    pub number: usize,
    pub command: String,
    pub judge: Judge,
    pub own: Captured,
    /// iproute2 hangs on it, and is not asked.
    pub hangs: bool,
}

/// What a line did.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Captured {
    pub code: i32,
    pub out: String,
    /// The first line of the standard error.
    pub err: String,
    /// Its further lines, of `rip` alone.
    pub more: String,
    /// Why the output is not JSON, if so.
    pub not_json: Option<String>,
}

#[derive(Default)]
pub struct Transcript {
    pub steps: Vec<Step>,
    pub needs: Vec<String>,
    /// It wants the guest's kernel.
    pub guest: bool,
    /// Every line of rip's errors is written down; rip runs with -hint.
    pub explained: bool,
    /// It runs in a user namespace as well where root runs the tests.
    pub also_user: bool,
    /// What has to be built first.
    pub waits: Option<String>,
}

impl Transcript {
    pub fn read(path: &Path) -> Result<Transcript, String> {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Transcript::parse(&text)
    }

    pub fn parse(text: &str) -> Result<Transcript, String> {
        let mut t = Transcript::default();
        for (i, line) in text.lines().enumerate() {
            let number = i + 1;
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (mark, rest) = match line.split_once(' ') {
                Some((mark, rest)) => (mark, rest),
                None => (line, ""),
            };
            let mut push = |command: &str, judge| {
                let own = Captured::default();
                t.steps.push(Step { number, command: command.to_string(), judge, own, hangs: false });
            };
            match mark {
                "@" => match rest {
                    "guest" => t.guest = true,
                    "explained" => t.explained = true,
                    "also user" => t.also_user = true,
                    _ => match rest.split_once(' ') {
                        Some(("needs", words)) => t.needs.extend(words.split_whitespace().map(String::from)),
                        Some(("waits", what)) => t.waits = Some(what.to_string()),
                        _ => return Err(format!("line {number}: unknown directive {rest:?}")),
                    },
                },
                "!" => push(rest, Judge::Setup),
                "{" => push(rest, Judge::Json),
                "~" => push(rest, Judge::Quiet),
                "*" | "+" => {
                    let tail = rest.strip_prefix("ip ").ok_or(format!("line {number}: only `ip` has formats"))?;
                    for format in FORMATS.iter().filter(|f| mark == "*" || !f.contains("-s")) {
                        push(format!("ip {format} {tail}").replace("  ", " ").as_str(), Judge::All);
                    }
                }
                "=e" => {
                    let step = t.steps.last_mut().filter(|_| t.explained);
                    let step = step.ok_or(format!("line {number}: `=e` is for explained transcripts"))?;
                    step.own.more.push_str(&format!("{rest}\n"));
                }
                "=h" => {
                    let step = t.steps.last_mut().ok_or(format!("line {number}: nothing to expect of"))?;
                    step.hangs = true;
                }
                "=" | "=2" | "=?" => {
                    let step = t.steps.last_mut().ok_or(format!("line {number}: nothing to expect of"))?;
                    step.judge = Judge::Own;
                    match mark {
                        "=" => step.own.out.push_str(&format!("{rest}\n")),
                        "=2" => step.own.err = rest.to_string(),
                        _ => step.own.code = rest.trim().parse().map_err(|e| format!("line {number}: {e}"))?,
                    }
                }
                _ => push(line, Judge::All),
            }
        }
        if let Some(word) = t.steps.iter().find_map(|s| deadly(&s.command)).filter(|_| !t.guest) {
            return Err(format!("{word} may stand in the guest's transcripts only"));
        }
        Ok(t)
    }

    /// Runs every line with one tool.
    fn record(&self, tool: Tool, user: bool, dir: &Path) -> Result<Vec<Option<Captured>>, String> {
        let dir = dir.join(format!("{tool:?}"));
        std::fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
        let mut script = String::from("mkdir -p /run/t && cd /run/t\n");
        script.push_str(&format!("D={}\n", quoted(&dir.to_string_lossy())));
        script.push_str(&format!("TESTS={}\n", quoted(&machine::tests().to_string_lossy())));
        script.push_str("step() { eval \"$2\" >$D/$1.out 2>$D/$1.err </dev/null; echo $? >$D/$1.rc; }\n");
        if self.explained && tool == Tool::Rip {
            // Lines that run `ip` in another way say `ip $HINT`.
            script.push_str("HINT=-hint; ip() { command ip -hint \"$@\"; }\n");
        }
        for (i, step) in self.steps.iter().enumerate() {
            if tool == Tool::Oracle && step.hangs {
                continue;
            }
            script.push_str(&format!("step {i} {}\n", quoted(&step.command)));
        }
        let sandbox = Sandbox { user, ..Sandbox::new(tool) };
        let ended = sandbox.run(&script, &dir);
        if ended.code == Some(99) {
            return Err(format!("the sandbox could not be set up: {}", ended.stderr()));
        }
        if !dir.join("0.rc").exists() {
            return Err(format!("  the sandbox ended with {:?}: {}", ended.code, ended.stderr()));
        }
        Ok((0..self.steps.len()).map(|i| capture(&dir, i)).collect())
    }

    /// The recorded answers, a line each.
    fn recorded(&self, name: &str) -> Vec<Option<Captured>> {
        let answers = answers::recorded(name);
        let mut times = std::collections::HashMap::new();
        let mut answer = |s: &Step| {
            let nth = *times.entry(s.command.clone()).and_modify(|n| *n += 1).or_insert(0);
            answers.get(&(s.command.clone(), nth)).cloned()
        };
        self.steps.iter().map(|s| if s.judge.compares() { answer(s) } else { None }).collect()
    }

    /// Which recorded answers are no longer iproute2's, for people.
    fn stale(&self, kept: &[Option<Captured>], live: &[Option<Captured>]) -> String {
        let differs = |(kept, live): (&Option<Captured>, &Option<Captured>)| match (kept, live) {
            (Some(k), Some(l)) => !answers::same(k, l),
            _ => false,
        };
        let lines = kept.iter().zip(live).zip(&self.steps).filter(|(pair, _)| differs(*pair));
        let lines = lines.map(|(_, s)| {
            format!("  line {}: {}\n    the recorded answer is stale (tests/bless)\n", s.number, s.command)
        });
        lines.collect()
    }

    /// The commands whose answers are recorded.
    pub fn recordable(&self) -> Vec<&str> {
        self.steps.iter().filter(|s| s.judge.compares()).map(|s| s.command.as_str()).collect()
    }

    /// Runs iproute2 alone and writes its answers to a folder.
    fn record_answers(&self, name: &str, user: bool, dir: &Path, folder: &Path) -> Result<usize, String> {
        let mut theirs = self.record(Tool::Oracle, user, dir)?;
        theirs.iter_mut().flatten().for_each(|t| differences::hold_still(&mut t.out));
        let lines: Vec<_> = self.steps.iter().zip(&theirs).filter(|(s, _)| s.judge.compares()).collect();
        let lines: Vec<_> = lines.into_iter().map(|(s, t)| (s.command.as_str(), t.as_ref())).collect();
        answers::write(folder, name, &lines).map_err(|e| e.to_string())?;
        Ok(lines.len())
    }

    /// Runs the twins and compares.
    pub fn compare(&self, name: &str, user: bool) -> Outcome {
        if let Some(why) = self.needs.iter().find_map(|n| machine::lacks(n)) {
            return Outcome::Skipped(why);
        }
        if let (Some(what), None) = (&self.waits, machine::other_tested()) {
            return Outcome::Skipped(format!("waits for {what}"));
        }
        let no_oracle = machine::no_oracle();
        if let Some(why) = &no_oracle
            && self.steps.iter().all(|s| s.judge != Judge::Own)
            && self.recorded(name).iter().all(Option::is_none)
        {
            return Outcome::Skipped(why.clone());
        }
        let dir = machine::scratch(&format!("{name}{}", if user { "-user" } else { "" }));
        if let Some(folder) = std::env::var_os("RIP_RECORD") {
            let folder = Path::new(&folder).with_extension(if user { "user" } else { "" });
            return match self.record_answers(name, user, &dir, &folder) {
                Ok(n) => Outcome::Passed(n),
                Err(why) => Outcome::Failed(why),
            };
        }
        let mine = match self.record(Tool::Rip, user, &dir) {
            Ok(mine) => mine,
            Err(why) => return Outcome::Failed(why),
        };
        let kept = self.recorded(name);
        let theirs = match &no_oracle {
            Some(_) => Ok(kept.clone()),
            None => self.record(Tool::Oracle, user, &dir),
        };
        let theirs = match theirs {
            Ok(theirs) => theirs,
            Err(why) => return Outcome::Failed(why),
        };
        let mut report = String::new();
        if no_oracle.is_none() && machine::as_old_as_ours() {
            report.push_str(&self.stale(&kept, &theirs));
        }
        let (mut compared, mut bad, mut left_out) = (0, 0, 0);
        for (i, step) in self.steps.iter().enumerate() {
            let reference = match step.judge {
                Judge::Own | Judge::Json => Some(step.own.clone()),
                _ => theirs.get(i).cloned().flatten(),
            };
            let Some(mine) = mine.get(i).cloned().flatten() else {
                report.push_str(&format!("  line {}: {}\n    rip did not finish\n", step.number, step.command));
                break;
            };
            let Some(reference) = reference else {
                left_out += usize::from(step.judge != Judge::Setup);
                continue;
            };
            if matches!(step.judge, Judge::Own | Judge::Json) && machine::other_tested().is_some() {
                continue;
            }
            compared += usize::from(step.judge != Judge::Setup);
            let mut wrong = String::new();
            // In guests an expectation can stand for one of the two kernels.
            if let (Judge::Own, None, false, Some(Some(theirs))) = (step.judge, &no_oracle, self.guest, theirs.get(i)) {
                wrong.push_str(&not_different(step, theirs.clone()));
            }
            if self.explained && step.judge != Judge::Setup && mine.more != step.own.more {
                let [expected, said] = [&step.own.more, &mine.more].map(|t| t.replace('\n', "\n      "));
                wrong = format!(
                    "    the file expects of stderr, line 2 on:\n      {expected}\n    rip says:\n      {said}\n"
                );
            }
            if !self.explained && step.judge == Judge::All && no_oracle.is_none() {
                wrong.push_str(&rest_of_stderr(&reference, &mine));
            }
            if mine.code == 0 && machine::other_tested().is_none() {
                let out = std::fs::read(dir.join(format!("{:?}/{i}.out", Tool::Rip))).unwrap_or_default();
                wrong.extend(columns::judge(&step.command, &out).err().map(|why| format!("    -fields: {why}\n")));
            }
            wrong.push_str(&judge(step, reference, mine));
            if !wrong.is_empty() {
                bad += 1;
                if bad > limit() {
                    continue;
                }
                report.push_str(&format!("  line {}: {}\n{wrong}", step.number, step.command));
            }
        }
        if bad > limit() {
            report.push_str(&format!("  and {} more (RIP_LIMIT=N shows N)\n", bad - limit()));
        }
        if let (Some(why), 1..) = (&no_oracle, left_out) {
            skip::skip(&format!("{name}, {left_out} lines"), why);
        }
        if report.is_empty() {
            let _ = std::fs::remove_dir_all(&dir);
            Outcome::Passed(compared)
        } else {
            Outcome::Failed(report)
        }
    }
}

/// Compares stderr from its second line on: under the name `ip`, without -hint, all of it is iproute2's, but for the
/// wording of usage texts.
fn rest_of_stderr(reference: &Captured, mine: &Captured) -> String {
    let told = |c: &Captured| -> Vec<String> {
        let lines = c.more.lines().take_while(|l| !l.starts_with("Usage:"));
        lines.map(String::from).filter(|_| !c.err.starts_with("Usage:")).collect()
    };
    let (theirs, ours) = (told(reference), told(mine));
    let shown = |lines: &[String]| lines.join("\n      ");
    if theirs == ours {
        return String::new();
    }
    format!("    stderr, line 2 on:\n      ip : {}\n      rip: {}\n", shown(&theirs), shown(&ours))
}

/// How many wrong lines of a transcript are shown: the later ones are often children of the first.
fn limit() -> usize {
    std::env::var("RIP_LIMIT").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
}

/// An expectation of our own stands for a difference from iproute2: says so when iproute2 answers the same.
fn not_different(step: &Step, mut theirs: Captured) -> String {
    differences::hold_still(&mut theirs.out);
    let mut own = step.own.clone();
    differences::hold_still(&mut own.out);
    let err = own.err.is_empty() || own.err == theirs.err;
    // What is run under the name `rip`, or by a script, may differ by that alone.
    let runs = |name: &str| step.command.split([' ', '|', '(', ';']).any(|w| w == name);
    if runs("rip") || !runs("ip") || own.code != theirs.code || own.out != theirs.out || !err {
        return String::new();
    }
    "    iproute2 answers as expected of rip: compare the line with it, without `=`\n".to_string()
}

fn capture(dir: &Path, i: usize) -> Option<Captured> {
    let read = |end: &str| std::fs::read(dir.join(format!("{i}.{end}"))).ok();
    let code = String::from_utf8(read("rc")?).ok()?.trim().parse().ok()?;
    let said = without_hint(&visible(&read("err")?));
    let (err, more) = said.split_once('\n').unwrap_or((&said, ""));
    let (err, more) = (err.to_string(), more.to_string());
    let out = read("out")?;
    let not_json = serde_json::Deserializer::from_slice(&out).into_iter::<serde_json::Value>().find_map(Result::err);
    Some(Captured { code, out: visible(&out), err, more, not_json: not_json.map(|e| e.to_string()) })
}

/// Takes the option that asked for hints out of the command line that errors show, and its place out of the carets.
fn without_hint(said: &str) -> String {
    let mut out = String::new();
    let mut lines = said.lines();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("  ip -hint ") else {
            out.push_str(&format!("{line}\n"));
            continue;
        };
        let carets = lines.next().unwrap_or_default();
        let (lead, under) = carets.split_at(carets.len().min(5));
        out.push_str(&format!("  ip {rest}\n{lead}{}\n", under.get(6..).unwrap_or_default()));
    }
    out
}

/// Bytes as text: control characters (but line ends) and what is not UTF-8 become `<NN>`, a form that no program prints.
fn visible(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() && c != '\n' && c != '\t' {
                out.push_str(&format!("<{:02x}>", u32::from(c)));
            } else {
                out.push(c);
            }
        }
        for b in chunk.invalid() {
            out.push_str(&format!("<{b:02x}>"));
        }
    }
    out
}

/// What is wrong with a line, for people; empty when nothing is.
fn judge(step: &Step, mut reference: Captured, mut mine: Captured) -> String {
    let mut wrong = String::new();
    if step.judge == Judge::Setup {
        for (who, got) in [("ip", &reference), ("rip", &mine)] {
            if got.code != 0 {
                wrong.push_str(&format!("    {who}: exit {} ({})\n", got.code, got.err));
            }
        }
        return wrong;
    }
    if step.judge == Judge::Json {
        let said = mine.not_json.or((mine.code != 0).then_some(mine.err));
        return said.map_or(String::new(), |e| format!("    no JSON: exit {}, {e}\n", mine.code));
    }
    differences::hold_still(&mut reference.out);
    differences::hold_still(&mut mine.out);
    if step.judge != Judge::Own && machine::other_tested().is_none() {
        differences::lift(&mut reference, &mut mine);
    }
    if reference.code != mine.code {
        wrong.push_str(&format!("    exit: ip {}, rip {} ({})\n", reference.code, mine.code, mine.err));
    }
    if reference.out != mine.out {
        wrong.push_str(&first_difference(&reference.out, &mine.out));
    }
    let usage = reference.err.starts_with("Usage:") && mine.err.starts_with("Usage:");
    let told = step.judge == Judge::All || (step.judge == Judge::Own && !reference.err.is_empty());
    if told && reference.err != mine.err && !usage {
        wrong.push_str(&format!("    errors:\n      ip : {}\n      rip: {}\n", reference.err, mine.err));
    }
    let json = ["ip -j", "-d -j", "-s -j"].iter().any(|f| step.command.contains(f));
    if json && mine.code == 0 && !step.command.contains('|') {
        wrong.extend(mine.not_json.iter().map(|e| format!("    rip's JSON is invalid: {e}\n")));
    }
    wrong
}

fn first_difference(a: &str, b: &str) -> String {
    let (mut left, mut right) = (a.lines(), b.lines());
    for n in 1.. {
        match (left.next(), right.next()) {
            (None, None) => break,
            (l, r) if l == r => {}
            (l, r) => {
                let same = l.unwrap_or("").chars().zip(r.unwrap_or("").chars()).take_while(|(a, b)| a == b).count();
                let shown = |l: Option<&str>| l.map_or("(no such line)".to_string(), |l| excerpt(l, same));
                return format!("    output, line {n}:\n      ip : {}\n      rip: {}\n", shown(l), shown(r));
            }
        }
    }
    "    output: the last newline\n".to_string()
}

/// A line, or of a long one the part around its first difference.
fn excerpt(line: &str, same: usize) -> String {
    let skip = if line.len() > 150 { same.saturating_sub(60) } else { 0 };
    let part: String = line.chars().skip(skip).take(150).collect();
    let lead = if skip > 0 { "..." } else { "" };
    let tail = if line.chars().count() > skip + 150 { "..." } else { "$" };
    format!("{lead}{part}{tail}")
}

/// Every transcript below a folder, by name, in order.
pub fn all(folder: &str) -> Vec<(String, std::path::PathBuf)> {
    let mut found = Vec::new();
    let mut todo = vec![machine::tests().join(folder)];
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "t") {
                let name = path.strip_prefix(machine::tests().join(folder)).unwrap_or(&path);
                found.push((name.with_extension("").to_string_lossy().into_owned(), path.clone()));
            }
        }
    }
    found.sort();
    found
}
