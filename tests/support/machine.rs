//! What this machine can do: asked once, so that a test can say why it did not run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The release of the installed `ip` that `differences` knows how to lift to 7.1.
pub const ORACLE: &str = "iproute2-6.1.";

/// The program under test.
pub fn rip() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_rip"))
}

/// Another program to put in its place, to test the tests: `RIP_TESTED=/usr/sbin/ip` makes `ip` its own twin.
pub fn other_tested() -> Option<PathBuf> {
    std::env::var_os("RIP_TESTED").map(PathBuf::from)
}

pub fn root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// Where a program is, also in the folders of the administrator.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':')
        .chain(["/usr/sbin", "/sbin", "/usr/bin", "/bin"])
        .map(|d| Path::new(d).join(program))
        .find(|p| p.is_file())
}

pub fn has(program: &str) -> bool {
    find(program).is_some()
}

fn works(program: &str, args: &[&str]) -> bool {
    let run =
        Command::new(program).args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|s| s.success())
}

/// Whether namespaces of one's own can be made, as root or as an ordinary user.
pub fn namespaces(user: bool) -> bool {
    static AS_ROOT: OnceLock<bool> = OnceLock::new();
    static AS_USER: OnceLock<bool> = OnceLock::new();
    let flags = |user: bool| [super::sandbox::unshare_flags(user), vec!["true"]].concat();
    if user {
        *AS_USER.get_or_init(|| works("unshare", &flags(true)))
    } else {
        *AS_ROOT.get_or_init(|| root() && works("unshare", &flags(false)))
    }
}

/// Why the installed `ip` cannot be the reference, if so.
pub fn no_oracle() -> Option<String> {
    static WHY: OnceLock<Option<String>> = OnceLock::new();
    WHY.get_or_init(|| {
        let Ok(run) = Command::new("ip").arg("-V").output() else { return Some("ip is not installed".into()) };
        let version = String::from_utf8_lossy(&run.stdout).trim().to_string();
        if version.contains(ORACLE) { None } else { Some(format!("the installed ip is no {ORACLE}x but: {version}")) }
    })
    .clone()
}

/// The version of the kernel, as far as it decides what `ip` can show.
pub fn kernel() -> (u32, u32) {
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release.split(['.', '-']).map(|n| n.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Why something that a test needs is missing, by the word that tests use for it.
pub fn lacks(need: &str) -> Option<String> {
    let missing = match need {
        "root" => !root(),
        "user" => !namespaces(true),
        "oracle" => return no_oracle(),
        "tun" => std::fs::File::options().read(true).write(true).open("/dev/net/tun").is_err(),
        "uml" => !has("linux.uml") || !Path::new("/usr/lib/uml/modules").exists(),
        program => !has(program),
    };
    missing.then(|| match need {
        "root" => "needs root".to_string(),
        "user" => "user namespaces are not available".to_string(),
        "tun" => "/dev/net/tun cannot be opened".to_string(),
        "uml" => "user-mode-linux is not installed".to_string(),
        program => format!("{program} is not installed"),
    })
}

/// Whether this is the user-mode-linux guest, whose kernel nobody shares.
pub fn is_guest() -> bool {
    std::fs::read_to_string("/proc/cpuinfo").is_ok_and(|text| text.contains("User Mode Linux"))
}

/// The folder of the tests' sources.
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// A fresh folder for the results of one run.
pub fn scratch(name: &str) -> PathBuf {
    let base =
        std::env::var_os("RIP_TEST_TMP").map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from);
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let unique = format!("{}.{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let dir = base.join(format!("{}-{unique}", name.replace(['/', ' '], "_")));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("a scratch folder");
    dir
}
