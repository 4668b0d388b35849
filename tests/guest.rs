//! Guest: the transcripts that want a kernel with all kinds of links, run inside user-mode-linux guests of two kernels: this system's
//! (Debian's 6.1) and the newest, which tests/newest fetches. This program boots them (tests/guest/boot) and runs itself there with
//! `--inside`. A guest that does not come up within a minute, or whose kernel panics before a case has failed, is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};
use support::transcript::{Transcript, all};
use support::{boot, examples, machine, random, skip};

const SECONDS: u32 = 2100;
const LINES: usize = 2000;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [role, seed, count, report] = args.as_slice()
        && role == "--role"
    {
        random::work(seed.parse().expect("a seed"), count.parse().expect("a count"), report, true);
    }
    if args.iter().any(|a| a == "--inside" || a == "--list") {
        return inside();
    }
    if args.iter().any(|a| a == "--ignored") || skip::lacking("guest", &["root", "oracle"]) {
        return ExitCode::SUCCESS;
    }
    let mut guests = Vec::new();
    match machine::lacks("uml").or_else(|| machine::lacks("busybox")) {
        Some(why) => skip::skip("guest, this system's user-mode-linux", &why),
        None => guests.push(Guest { what: "this system's user-mode-linux", root: None }),
    }
    match boot::newest() {
        Some(root) => guests.push(Guest { what: "the newest kernel", root: Some(root) }),
        None => skip::skip("guest, the newest kernel", "tests/newest has not been run"),
    }
    // A guest has one processor: they run side by side, and are reported one after the other.
    let results: Vec<PathBuf> = guests.iter().map(|_| machine::scratch("guest")).collect();
    let args = args.as_slice();
    let passed = std::thread::scope(|scope| {
        let mut started = Vec::new();
        for (guest, results) in guests.iter().zip(&results) {
            started.push((guest, results, scope.spawn(move || guest.boot(results, args))));
        }
        started.into_iter().map(|(guest, results, boot)| guest.report(results, boot.join().expect("a boot"))).min()
    });
    if passed.unwrap_or(true) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A kernel to run the suite on.
struct Guest<'a> {
    what: &'static str,
    /// The directory that tests/newest made, where it is not this machine's own root.
    root: Option<&'a Path>,
}

impl Guest<'_> {
    /// Runs the suite; gives the exit code of tests/guest/boot and how long it took.
    fn boot(&self, results: &Path, args: &[String]) -> (Option<i32>, Duration) {
        let variable = |name: &str| std::env::var(name).ok().map(|value| (name.to_string(), value));
        let mut variables: Vec<(String, String)> =
            ["RIP_TESTED", "RIP_LIMIT"].into_iter().filter_map(variable).collect();
        if std::env::var_os("RIP_RECORD").is_some() {
            variables.push(("RIP_RECORD".into(), results.join("answers").display().to_string()));
        }
        if std::env::var_os("RIP_KEYS").is_some() {
            variables.push(("RIP_KEYS".into(), results.join("keys").display().to_string()));
        }
        let words: Vec<String> = std::iter::once("--inside".to_string()).chain(args.iter().cloned()).collect();
        boot::run(self.root, results, SECONDS, &variables, &words)
    }

    /// Prints what the suite printed; whether it passed or was skipped.
    fn report(&self, results: &Path, (code, time): (Option<i32>, Duration)) -> bool {
        let what = self.what;
        println!("\nguest: {what}, {} s", time.as_secs());
        let read = |name: &str| std::fs::read_to_string(results.join(name)).unwrap_or_default();
        let out = read("out");
        print!("{out}");
        for line in read("err").lines() {
            match line.strip_prefix("SKIPPED: ").and_then(|l| l.split_once(": ")) {
                Some((test, why)) => skip::skip(&format!("{what}: {test}"), why),
                None => eprintln!("{line}"),
            }
        }
        if let Some(folder) = std::env::var_os("RIP_RECORD").map(PathBuf::from) {
            let version = if self.root.is_some() { "newest" } else { "system" };
            let folder = folder.with_extension(version);
            let _ = Command::new("cp").arg("-rT").arg(results.join("answers")).arg(folder).status();
        }
        if let Some(file) = std::env::var_os("RIP_KEYS") {
            let file = std::fs::OpenOptions::new().create(true).append(true).open(file);
            file.and_then(|mut f| f.write_all(read("keys").as_bytes())).expect("the keys");
        }
        let console = results.join("console");
        let text = std::fs::read(&console).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let last = text.lines().rfind(|l| !l.trim().is_empty()).unwrap_or("no message");
        let skip = |why: &str| {
            skip::skip(&format!("guest, {what}"), &format!("{why} ({}): {last}", console.display()));
            true
        };
        match code {
            Some(0) => {
                let _ = std::fs::remove_dir_all(results);
                true
            }
            Some(boot::DID_NOT_BOOT) => skip("it does not boot here"),
            // A panic is the kernel's fault; what failed before it is not.
            Some(boot::DIED) if !out.contains("\nFAILED  ") => skip("its kernel died"),
            _ => {
                println!("the guest ended with {code:?}; its console: {}", console.display());
                false
            }
        }
    }
}

fn inside() -> ExitCode {
    let recording = std::env::var_os("RIP_RECORD").is_some();
    let mut cases = Vec::new();
    for (name, path) in all("live").into_iter().chain(all("guest")) {
        let transcript = match Transcript::read(&path) {
            // Recorded answers are those that do not depend on the kernel: all lines are asked here, too.
            Ok(t) if t.guest == recording => continue,
            Ok(t) => t,
            Err(e) => {
                cases.push(Case::new(name, move || Outcome::Failed(format!("  {e}"))));
                continue;
            }
        };
        cases.push(Case::new(name.clone(), move || transcript.compare(&name, false)));
    }
    if recording {
        return runner::run("guest", cases, 1);
    }
    // Examples of kinds that the machine's own kernel may lack.
    let here = |place: &str| ["type ", "macsec ", "fou ", "l2tp ", "ila "].iter().any(|begin| place.starts_with(begin));
    for (place, line, _) in examples::all().into_iter().filter(|(place, _, _)| here(place)) {
        cases.push(Case::new(format!("example of {place}: {line}"), move || examples::run(line)));
    }
    cases.push(Case::new("route explain through VRFs", support::vrf::explained));
    cases.push(Case::new("route explain in random worlds with VRFs", random_vrfs));
    cases.push(Case::new("random command lines against the guest's kernel", random_lines));
    let code = runner::run("guest", cases, 1);
    support::columns::keep();
    code
}

/// Two worlds of IPv4 and two of IPv6; tests/explain.rs asks more, without VRFs.
fn random_vrfs() -> Outcome {
    const FLOWS: usize = 60;
    let asked =
        std::panic::catch_unwind(|| (0..4).map(|seed| support::worlds::check(seed, FLOWS, true)).collect::<Vec<_>>());
    match asked {
        Ok(answers) if answers.iter().map(|(ways, _)| ways).sum::<usize>() > FLOWS => Outcome::Passed(4 * FLOWS),
        Ok(answers) => Outcome::Failed(format!("  the worlds are too poor: {answers:?}")),
        Err(why) => Outcome::Failed(format!("  {}", why.downcast_ref::<String>().map_or("a panic", String::as_str))),
    }
}

/// Random requests, in a kernel that nobody shares.
fn random_lines() -> Outcome {
    let dir = machine::scratch("random");
    let report = dir.join("report").to_string_lossy().into_owned();
    let me = std::env::current_exe().expect("this program");
    let script = format!(
        "rip link add d0 type veth peer name d1; rip link set d0 up; rip link set d1 up; rip addr add 10.0.0.1/24 dev d0\n\
         exec {} --role 7 {LINES} {} >/dev/null 2>&1",
        quoted(&me.to_string_lossy()),
        quoted(&report)
    );
    let ended = Sandbox::new(Tool::Rip).run(&script, &dir);
    let said = std::fs::read_to_string(&report).unwrap_or_default();
    match random::verdict(ended.code, &said) {
        Ok(()) => Outcome::Passed(LINES),
        Err(why) => Outcome::Failed(why),
    }
}
