//! Completion in the real shells: each runs on a terminal of its own, in a namespace; keys are typed, the screen is
//! read, and the line that came of it is run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::pty::openpty;
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;
use std::process::{Child, ExitCode};
use std::time::{Duration, Instant};
use support::machine;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool};

const PREPARED: &str = "
rip link add eth0 type veth peer name uplink; rip link set lo up; rip link set eth0 up; rip link set uplink up
rip link property add dev eth0 altname lan-port-one
rip addr add 192.0.2.1/24 dev eth0; rip addr add 2001:db8::1/64 dev eth0 nodad; rip addr add 198.51.100.1/24 dev uplink
rip netns add blue; rip route add 203.0.113.0/24 via 192.0.2.254; rip link add dummies type bridge
mkdir -p /run/home; cd /run/home; touch some-batch; export HOME=/run/home TERM=xterm
stty rows 60 cols 150
";

/// How each shell is started, with the completion in place and a prompt that is known.
const SHELLS: &[(&str, &str)] = &[
    (
        "bash",
        "printf '%s\\n' 'PS1=\"READY> \"' 'bind \"set enable-bracketed-paste off\"' 'bind \"set page-completions off\"' \
         'bind \"set completion-query-items 0\"' \". $SHIMS/rip.bash\" >rc; exec bash --rcfile rc -i",
    ),
    (
        "zsh",
        "printf '%s\\n' 'PS1=\"READY> \"; RPS1=; unset zle_bracketed_paste; LISTMAX=1000' \"fpath=($SHIMS \\$fpath)\" \
         'autoload -Uz compinit && compinit -u' >.zshrc; exec zsh -i",
    ),
    (
        "fish",
        "mkdir -p .config/fish/completions; cp $SHIMS/rip.fish .config/fish/completions/
         printf '%s\\n' 'function fish_prompt; echo \"READY> \"; end' 'set -g fish_greeting' \
         'set -g fish_autosuggestion_enabled 0' >.config/fish/config.fish; exec fish -i",
    ),
];

/// A shell on a terminal.
struct Terminal {
    shell: Child,
    keys: OwnedFd,
    screen: String,
    /// How much of the screen has been asked for.
    seen: usize,
}

impl Terminal {
    fn start(start: &str, dir: &Path) -> Terminal {
        let pair = openpty(None, None).expect("a terminal");
        let shims = machine::tests().join("../completions");
        let script = format!("export SHIMS='{}'\n{PREPARED}{start}", shims.display());
        let shell = Sandbox::new(Tool::Rip).on_terminal(&script, dir, &pair.slave);
        Terminal { shell, keys: pair.master, screen: String::new(), seen: 0 }
    }

    /// Reads until the screen holds what is waited for, and forgets the screen up to there.
    fn expect(&mut self, wanted: &str) -> Result<String, String> {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let shown = plain(&self.screen);
            let shown = shown.get(self.seen..).unwrap_or_default();
            if let Some(at) = shown.find(wanted) {
                self.seen += at + wanted.len();
                return Ok(shown[..at + wanted.len()].to_string());
            }
            let left = until.saturating_duration_since(Instant::now());
            let mut fds = [PollFd::new(self.keys.as_fd(), PollFlags::POLLIN)];
            let ms = PollTimeout::try_from(left).unwrap_or(PollTimeout::ZERO);
            if left.is_zero() || poll(&mut fds, ms).unwrap_or(0) == 0 {
                return Err(format!("    {wanted:?} did not appear; the screen:\n{shown}"));
            }
            let mut buf = [0; 4096];
            match nix::unistd::read(&self.keys, &mut buf) {
                Ok(n) if n > 0 => self.screen.push_str(&String::from_utf8_lossy(&buf[..n])),
                _ => return Err(format!("    the shell ended before {wanted:?}; the screen:\n{shown}")),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        nix::unistd::write(&self.keys, keys.as_bytes()).expect("keys");
    }

    /// Types keys, and waits for the words that they must bring.
    fn step(&mut self, keys: &str, wanted: &[&str]) -> Result<(), String> {
        self.press(keys);
        let mut seen = String::new();
        for word in wanted {
            // What has been seen on the way to another word has been seen.
            if !seen.contains(word) {
                seen.push_str(&self.expect(word).map_err(|e| format!("  after {keys:?}\n{e}"))?);
            }
        }
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}

/// What a terminal shows, without the sequences that move and colour it.
fn plain(screen: &str) -> String {
    let mut out = String::new();
    let mut rest = screen.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\x1b' => match rest.next() {
                Some('[') => while rest.next().is_some_and(|c| !('@'..='~').contains(&c)) {},
                Some(']') => while rest.next().is_some_and(|c| c != '\x07' && c != '\\') {},
                Some('(' | ')') => {
                    rest.next();
                }
                _ => {}
            },
            '\r' | '\x07' | '\x0f' => {}
            '\x08' => {
                out.pop();
            }
            c => out.push(c),
        }
    }
    out
}

/// What is typed in every shell, and what must be seen. The last words of a line show that it ran.
fn session(shell: &str, t: &mut Terminal) -> Result<usize, String> {
    let lists = shell != "bash";
    t.step("", &["READY>"])?;
    // Objects, verbs, devices and keywords; the line then works.
    t.step("rip li\t", &["link "])?;
    t.step("se\t", &["set "])?;
    t.step("et\t", &["eth0 "])?;
    t.step("mt\t", &["mtu "])?;
    t.step("1400\r", &["READY>"])?;
    t.step("cat /sys/class/net/eth0/mtu\r", &["1400\n", "READY>"])?;
    // Another name of a device; a namespace after an option; an address of the device that is named; a route.
    t.step("rip link show lan\t", &["lan-port-one "])?;
    t.step("\r", &["eth0@uplink", "READY>"])?;
    t.step("rip -n bl\t", &["blue "])?;
    t.step("link show dev l\t", &["lo "])?;
    t.step("\r", &["LOOPBACK", "READY>"])?;
    t.step("rip addr del dev uplink 19\t", &["198.51.100.1/24 "])?;
    t.step("\r", &["READY>"])?;
    t.step("rip -4 -br addr show uplink; echo done\r", &["done\n", "READY>"])?;
    t.step("rip addr del dev eth0 2001\t", &["2001:db8::1/64 "])?;
    t.step("\r", &["READY>"])?;
    t.step("rip -6 -br addr show to 2001:db8::/32 | wc -l\r", &["0\n", "READY>"])?;
    t.step("rip route del 203\t", &["203.0.113.0/24 "])?;
    t.step("\r", &["READY>"])?;
    t.step("rip route show 203.0.113.0/24 | wc -l\r", &["0\n", "READY>"])?;
    // The kinds and their words, tables, protocols; files where a file can stand.
    t.step("rip link add x1 type brid\t", &["bridge"])?;
    t.step("\x15", &[])?;
    t.step("rip link add x1 type bridge age\t", &["ageing_time "])?;
    t.step("1000\r", &["READY>"])?;
    t.step("cat /sys/class/net/x1/bridge/ageing_time\r", &["1000\n", "READY>"])?;
    t.step("rip route show table loc\t", &["local "])?;
    t.step("proto ker\t", &["kernel "])?;
    t.step("\r", &["local 192.0.2.1", "READY>"])?;
    t.step("rip -batch some\t", &["some-batch "])?;
    t.step("\r", &["READY>"])?;
    // All that can stand somewhere, with what it is where the shell shows that.
    let all: &[&str] = if lists { &["eth0", "veth, up", "uplink"] } else { &["eth0", "uplink"] };
    t.step("rip link delete \t\t", all)?;
    t.step("\x15", &[])?;
    let verbs: &[&str] = if lists { &["add", "add an address", "flush"] } else { &["add", "flush"] };
    t.step("rip addr \t\t", verbs)?;
    t.step("\x15", &[])?;
    // A link named ip.
    t.step("ip addr show dev upl\t", &["uplink "])?;
    t.step("\x15", &[])?;
    // Nothing is said, and nothing breaks, where the line is wrong.
    t.step("rip nonsense \t", &[])?;
    t.step("\x15echo alive\r", &["alive\n"])?;
    Ok(30)
}

fn main() -> ExitCode {
    let cases = SHELLS.iter().map(|(shell, start)| {
        Case::new(*shell, move || {
            if let Some(why) = machine::lacks(shell) {
                return Outcome::Skipped(why);
            }
            if !machine::namespaces(!machine::root()) {
                return Outcome::Skipped("namespaces cannot be made here".into());
            }
            let dir = machine::scratch(&format!("shell-{shell}"));
            let mut terminal = Terminal::start(start, &dir);
            match session(shell, &mut terminal) {
                Ok(n) => Outcome::Passed(n),
                Err(why) => Outcome::Failed(why),
            }
        })
    });
    runner::run("shells", cases.collect(), 1)
}
