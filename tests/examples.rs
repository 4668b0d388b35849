//! The examples are true: those of README.md, and those of the tables, which help and the manual show.
//!
//! README.md and the pages of docs/: every ```console block runs in a namespace of its own that has a veth named eth0.
//! A line `$ COMMAND` runs (`sudo` is taken off); the lines up to the next one are its output, where `...` stands for any
//! number of lines. A block that builds or installs something (cargo, git, ln, apt) is not run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::path::Path;
use std::process::ExitCode;
use support::machine;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};

const PREPARED: &str = "
rip link add eth0 address 02:00:00:00:00:01 type veth peer name uplink address 02:00:00:00:00:02
rip link set eth0 addrgenmode none; rip link set lo up; rip link set eth0 up; rip link set uplink up
for d in eth0 uplink; do for i in $(seq 500); do [ $(cat /sys/class/net/$d/operstate) = up ] && break; sleep 0.01; done; done
";

struct Block {
    line: usize,
    /// Commands and the lines they must print.
    commands: Vec<(String, Vec<String>)>,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut inside = false;
    for (n, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            inside = !inside && line.trim() == "```console";
            if inside {
                found.push(Block { line: n + 1, commands: Vec::new() });
            }
        } else if inside && let Some(block) = found.last_mut() {
            if let Some(command) = line.strip_prefix("$ ") {
                block.commands.push((command.replace("sudo ", ""), Vec::new()));
            } else if let Some((_, printed)) = block.commands.last_mut() {
                printed.push(line.trim_end().to_string());
            }
        }
    }
    found.retain(|b| !b.commands.is_empty() && !b.commands.iter().any(|(c, _)| builds(c)));
    found
}

fn builds(command: &str) -> bool {
    ["cargo", "git", "ln", "apt", "apt-get", ".ci/run"].contains(&command.split(' ').next().unwrap_or_default())
}

/// Whether `printed` is what `expected` says, `...` standing for any lines.
fn fits(expected: &[String], printed: &[&str]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((dots, rest)) if dots == "..." => (0..=printed.len()).any(|n| fits(rest, &printed[n..])),
        Some((line, rest)) => printed.split_first().is_some_and(|(p, more)| p.trim_end() == line && fits(rest, more)),
    }
}

fn run(block: &Block) -> Outcome {
    let tun = block.commands.iter().any(|(command, _)| command.contains("tuntap"));
    if let Some(why) = machine::lacks("tun").filter(|_| tun) {
        return Outcome::Skipped(why);
    }
    let mut script = format!("cd /run\n{PREPARED}");
    for (i, (command, _)) in block.commands.iter().enumerate() {
        script.push_str(&format!("eval {} >/run/{i}.out 2>&1 </dev/null\n", quoted(command)));
    }
    for i in 0..block.commands.len() {
        script.push_str(&format!("cat /run/{i}.out; printf '\\0'\n"));
    }
    let ended = Sandbox::new(Tool::Rip).script("example", &script);
    let said = ended.stdout();
    for lacking in ["Unknown device type", "nft: command not found", "sysctl: command not found"] {
        if said.contains(lacking) {
            return Outcome::Skipped(format!("not on this machine: {lacking}"));
        }
    }
    let mut report = String::new();
    for ((command, expected), printed) in block.commands.iter().zip(said.split('\0')) {
        let printed: Vec<&str> = printed.lines().collect();
        if !fits(expected, &printed) {
            report.push_str(&format!("  $ {command}\n    expected: {}\n", expected.join("\n            ")));
            report.push_str(&format!("    printed:  {}\n", printed.join("\n            ")));
        }
    }
    match ended.code {
        Some(0) if report.is_empty() => Outcome::Passed(block.commands.len()),
        code => Outcome::Failed(format!("  exit {code:?}\n{report}{}", ended.stderr())),
    }
}

/// README.md and the pages of docs/, by name.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names = vec!["README.md".to_string()];
    for entry in std::fs::read_dir(root.join("docs")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        names.extend(name.ends_with(".md").then(|| format!("docs/{name}")));
    }
    names.sort();
    names.into_iter().filter_map(|n| std::fs::read_to_string(root.join(&n)).ok().map(|text| (n, text))).collect()
}

fn main() -> ExitCode {
    let pages = pages();
    if pages.is_empty() {
        support::skip::skip("examples", "there is no README.md");
        return ExitCode::SUCCESS;
    }
    let cases = pages.into_iter().flat_map(|(name, text)| {
        blocks(&text).into_iter().map(move |block| {
            Case::new(format!("{name}, line {}", block.line), move || {
                if !machine::namespaces(!machine::root()) {
                    return Outcome::Skipped("namespaces cannot be made here".into());
                }
                run(&block)
            })
        })
    });
    let tables = support::examples::all().into_iter().map(|(place, line, _)| {
        Case::new(format!("{place}: {line}"), move || {
            if !machine::namespaces(!machine::root()) {
                return Outcome::Skipped("namespaces cannot be made here".into());
            }
            support::examples::run(line)
        })
    });
    runner::run("examples", cases.chain(tables).collect(), 2)
}
