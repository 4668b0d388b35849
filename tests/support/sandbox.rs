//! A sandbox: fresh network, mount and process namespaces (and a user namespace for an ordinary
//! user) in which a shell script runs. /run is empty, /etc is an overlay, /proc its own.

use super::machine;
use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Words of a route's encapsulation that kernels crash on, this machine's included: they are for the guest alone.
pub const DEADLY: &[&str] = &["geneve_opts", "vxlan_opts", "erspan_opts"];

/// Which of them a script holds, also where the shell would put it together (`ge"nev"e_op\ts`) or a program write it
/// in another case. A file of saved routes holds no words: only the guest makes files with such routes.
pub fn deadly(script: &str) -> Option<&'static str> {
    let plain: String =
        script.chars().filter(|c| !matches!(c, '\'' | '"' | '\\' | '\n')).collect::<String>().to_lowercase();
    DEADLY.iter().find(|w| plain.contains(**w)).copied()
}

/// Whose `ip` the word `ip` means inside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tool {
    /// iproute2's, of the release that `rip` reproduces.
    Oracle,
    /// `rip`, under a link named `ip` (and under its own name).
    Rip,
}

pub struct Sandbox {
    pub tool: Tool,
    /// In a user namespace, as an ordinary user has to.
    pub user: bool,
    pub timeout: Duration,
}

/// How a script ended.
pub struct Ended {
    /// `None`: it took too long and was killed.
    pub code: Option<i32>,
    pub out: Vec<u8>,
    pub err: Vec<u8>,
}

pub fn unshare_flags(user: bool) -> Vec<&'static str> {
    let mut flags = vec!["-n", "-m", "-p", "--fork", "--kill-child", "--mount-proc"];
    if user {
        flags.extend(["-U", "-r"]);
    }
    flags
}

/// Makes the namespaces a place where both tools see the same world.
const PRELUDE: &str = r#"
umask 022
export LC_ALL=C TZ=UTC HOME=/ COLORFGBG='15;0'
unset NO_COLOR
mount -t tmpfs tmpfs /run || exit 99
mount -t sysfs sysfs /sys || exit 99
mkdir -p /run/upper/netns /run/work /run/bin
echo outside >/run/upper/resolv.conf
mount -t overlay overlay -o lowerdir=/etc,upperdir=/run/upper,workdir=/run/work /etc || exit 99
rm -rf /etc/iproute2; mkdir -m 755 /etc/iproute2
cp "$NAMES"/* /etc/iproute2/
for f in accept_dad router_solicitations; do
  for d in all default; do echo 0 2>/dev/null >/proc/sys/net/ipv6/conf/$d/$f; done
done
"#;

impl Sandbox {
    pub fn new(tool: Tool) -> Sandbox {
        // A guest is slow, and slower on a busy machine.
        let seconds = if machine::is_guest() { 300 } else { 60 };
        Sandbox { tool, user: !machine::root(), timeout: Duration::from_secs(seconds) }
    }

    /// The script with everything that goes before it.
    fn whole(&self, script: &str) -> String {
        let rip = machine::other_tested().unwrap_or_else(|| machine::rip().to_path_buf());
        let rip = rip.display();
        let link = match self.tool {
            Tool::Rip => format!("ln -s '{rip}' /run/bin/ip\n"),
            // No shell in between where possible: in a guest it takes a fifth of the time.
            Tool::Oracle => match machine::reference() {
                Some(r) if r.root.is_none() => format!("ln -s {} /run/bin/ip\n", r.shell()),
                Some(r) if machine::is_guest() => {
                    format!("ln -s reference /run/bin/ip\nip() {{ {} \"$@\"; }}\n", r.shell())
                }
                _ => "ln -s reference /run/bin/ip\n".to_string(),
            },
        };
        let reference = machine::reference().map_or(String::new(), |r| {
            let start = quoted(&format!("#!/bin/sh\nexec {} \"$@\"\n", r.shell()));
            format!("printf %s {start} >/run/bin/reference; chmod 755 /run/bin/reference\n")
        });
        let paths = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        let names = quoted(&machine::tests().join("names").to_string_lossy());
        format!(
            "NAMES={names}\n{PRELUDE}ln -s '{rip}' /run/bin/rip\n{reference}{link}export PATH=/run/bin:{paths}\n{script}\n"
        )
    }

    /// Starts a script on a terminal.
    pub fn on_terminal(&self, script: &str, dir: &Path, terminal: &OwnedFd) -> Child {
        let file = dir.join("script");
        std::fs::write(&file, self.whole(script)).expect("a script");
        let stream = || terminal.try_clone().expect("a terminal");
        Command::new("unshare")
            .args(unshare_flags(self.user))
            .args(["setsid", "--ctty", "--wait", "bash"])
            .arg(&file)
            .current_dir("/")
            .stdin(stream())
            .stdout(stream())
            .stderr(stream())
            .spawn()
            .expect("unshare")
    }

    /// Starts a script whose output goes to files in `dir`.
    fn start(&self, script: &str, dir: &Path) -> Child {
        if let Some(word) = deadly(script).filter(|_| !machine::is_guest()) {
            panic!("{word} may run in the guest only");
        }
        let file = dir.join("script");
        std::fs::write(&file, self.whole(script)).expect("a script");
        let create = |n: &str| File::create(dir.join(n)).expect("a file for output");
        Command::new("unshare")
            .args(unshare_flags(self.user))
            .arg("bash")
            .arg(&file)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(create("stdout"))
            .stderr(create("stderr"))
            .spawn()
            .expect("unshare")
    }

    /// Runs a script to its end, or kills it when its time is over.
    pub fn run(&self, script: &str, dir: &Path) -> Ended {
        let mut child = self.start(script, dir);
        let until = Instant::now() + self.timeout;
        let mut nap = Duration::from_millis(1);
        let code = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Some(exit_code(status)),
                Ok(None) if Instant::now() < until => {
                    std::thread::sleep(nap);
                    nap = (nap * 2).min(Duration::from_millis(20));
                }
                _ => {
                    let _ = child.kill();
                    let _ = child.wait();
                    break None;
                }
            }
        };
        let read = |n: &str| std::fs::read(dir.join(n)).unwrap_or_default();
        Ended { code, out: read("stdout"), err: read("stderr") }
    }

    /// Runs a script in a folder of its own and gives how it ended; the folder goes when all was well.
    pub fn script(&self, name: &str, script: &str) -> Ended {
        let dir: PathBuf = machine::scratch(name);
        let ended = self.run(script, &dir);
        if ended.code == Some(0) {
            let _ = std::fs::remove_dir_all(&dir);
        }
        ended
    }
}

impl Ended {
    pub fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    pub fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.err).into_owned()
    }

    /// The standard output of a script that must succeed.
    #[track_caller]
    pub fn good(&self) -> String {
        assert_eq!(self.code, Some(0), "stdout:\n{}\nstderr:\n{}", self.stdout(), self.stderr());
        self.stdout()
    }
}

/// The exit code as a shell would see it.
pub fn exit_code(status: std::process::ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt as _;
    status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}

/// A word for the shell.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
