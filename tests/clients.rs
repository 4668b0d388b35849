//! Programs that call `ip`: Debian's ifupdown, dhclient-script, Mininet, cloud-init, Ansible, Pacemaker's agents, sosreport, libreswan.
//! (ifupdown's and netctl's tunnels need a kernel that has them: tests/guest/clients.t.)
//! Each script of tests/clients runs twice, with iproute2's `ip` and with `rip` under that name; what the programs
//! say and leave behind must be equal. `tests/clients/fetch` fetches the programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};
use support::{differences, machine, transcript::Captured};

fn record(script: &str, tool: Tool) -> Result<Captured, String> {
    // No link-local addresses: 7.1 says more of them than 6.1, and the programs read it in ways of their own.
    let script = format!(
        "C={}\nfor d in all default; do echo 1 >/proc/sys/net/ipv6/conf/$d/addr_gen_mode; done\nexec 2>&1\n{script}",
        quoted(&machine::clients().to_string_lossy())
    );
    let ended = Sandbox { timeout: Duration::from_secs(90), ..Sandbox::new(tool) }.script("clients", &script);
    let code = ended.code.ok_or_else(|| format!("  {tool:?} did not end:\n{}", ended.stdout()))?;
    Ok(Captured { code, out: ended.stdout(), ..Captured::default() })
}

fn compare(script: &str) -> Result<usize, String> {
    let (mut theirs, mut mine) = (record(script, Tool::Oracle)?, record(script, Tool::Rip)?);
    differences::lift(&mut theirs, &mut mine);
    // What follows the first line of an error is ours.
    let ours = |line: &&str| !line.contains('^') && !line.starts_with("  ip ");
    let (theirs, mine): (Vec<&str>, Vec<&str>) =
        (theirs.out.lines().collect(), mine.out.lines().filter(ours).collect());
    if theirs.iter().any(|l| l.contains("Traceback") || l.contains("No such file or directory")) {
        return Err(format!("  the script itself is wrong:\n    {}", theirs.join("\n    ")));
    }
    if theirs == mine {
        return Ok(theirs.len());
    }
    let at = theirs.iter().zip(&mine).position(|(t, m)| t != m).unwrap_or(theirs.len().min(mine.len()));
    let some =
        |lines: &[&str]| lines.iter().skip(at.saturating_sub(2)).take(6).copied().collect::<Vec<_>>().join("\n    ");
    Err(format!("  line {}\n   ip:\n    {}\n   rip:\n    {}", at + 1, some(&theirs), some(&mine)))
}

fn main() -> ExitCode {
    let mut scripts: Vec<PathBuf> = std::fs::read_dir(machine::tests().join("clients"))
        .map(|d| d.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "sh")).collect())
        .unwrap_or_default();
    scripts.sort();
    let cases = scripts.into_iter().map(|path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Case::new(name, move || {
            if let Some(why) = ["root", "oracle", "clients"].iter().find_map(|need| machine::lacks(need)) {
                return Outcome::Skipped(why);
            }
            let script = std::fs::read_to_string(&path).expect("a script");
            compare(&script).map_or_else(Outcome::Failed, Outcome::Passed)
        })
    });
    runner::run("clients", cases.collect(), 2)
}
