//! What this machine can do: asked once, so that a test can say why it did not run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// iproute2's `ip`, of the release that `rip` reproduces or a newer one.
pub struct Reference {
    /// Starts it: its own loader and libraries where it lies in a root directory of its own.
    start: Vec<String>,
    /// "7.3.0".
    pub version: String,
    /// The root directory that tests/newest made, with a user-mode-linux kernel of the same age.
    pub root: Option<PathBuf>,
}

impl Reference {
    /// The words that start it, before those of its own command line.
    pub fn words(&self) -> &[String] {
        &self.start
    }

    /// The same, quoted for a shell.
    pub fn shell(&self) -> String {
        shell(&self.start)
    }

    /// Starts it outside a sandbox: for questions that change nothing.
    pub fn command(&self) -> Command {
        command(&self.start)
    }

    /// The program found in a root directory.
    fn in_root(root: PathBuf) -> Option<Reference> {
        let libraries = |dir: &Path| -> Option<(PathBuf, PathBuf)> {
            let loaders = std::fs::read_dir(dir).ok()?.flatten().map(|f| f.path());
            let is_loader = |p: &PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("ld-linux"));
            loaders.filter(is_loader).map(|l| (l, dir.to_path_buf())).next()
        };
        let found = std::fs::read_dir(root.join("usr/lib")).ok()?.flatten().find_map(|d| libraries(&d.path()));
        let (loader, libraries) = found?;
        let word = |p: &Path| p.to_string_lossy().into_owned();
        let [loader, libraries, program] = [word(&loader), word(&libraries), word(&root.join("usr/bin/ip"))];
        let start = vec![loader, "--argv0".into(), "ip".into(), "--library-path".into(), libraries, program];
        Reference::asked(start, Some(root))
    }

    fn asked(start: Vec<String>, root: Option<PathBuf>) -> Option<Reference> {
        let run = command(&start).arg("-V").output().ok()?;
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        let version = said.split("iproute2-").nth(1)?.split([',', '\n']).next()?.trim().to_string();
        numbers(&version).ge(&numbers(rip::REFERENCE)).then_some(Reference { start, version, root })
    }
}

fn command(words: &[String]) -> Command {
    let mut command = Command::new(words.first().map_or("", String::as_str));
    command.args(words.iter().skip(1));
    command
}

fn shell(words: &[String]) -> String {
    words.iter().map(|w| super::sandbox::quoted(w)).collect::<Vec<_>>().join(" ")
}

/// A version as numbers, to compare.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|n| n.parse().unwrap_or(0)).collect()
}

/// Where tests/newest puts its root directory.
fn newest() -> PathBuf {
    std::env::var_os("RIP_NEWEST").map_or_else(|| PathBuf::from("/var/cache/rip-tests/newest"), PathBuf::from)
}

/// iproute2: in the root directory of tests/newest, or installed. Says once which one it is.
pub fn reference() -> Option<&'static Reference> {
    static FOUND: OnceLock<Option<Reference>> = OnceLock::new();
    FOUND
        .get_or_init(|| {
            let found = Reference::in_root(newest()).or_else(|| {
                let installed = find("ip")?;
                Reference::asked(vec![installed.to_string_lossy().into_owned()], None)
            })?;
            println!("reference: iproute2 {}; rip reproduces {}", found.version, rip::REFERENCE);
            if numbers(&found.version) > numbers(rip::REFERENCE) {
                println!(
                    "*** NEWER REFERENCE: iproute2 {} is served; the source names {} ***",
                    found.version,
                    rip::REFERENCE
                );
            }
            Some(found)
        })
        .as_ref()
}

/// The program under test.
pub fn rip() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_rip"))
}

/// Another program to put in its place, to test the tests: `RIP_TESTED=PROGRAM` makes another `ip` the twin.
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

/// Objects of which the kernel tells only a caller with rights in the initial user namespace: root itself.
const INITIAL_RIGHTS: [&str; 2] = ["ioam", "sr"];

/// Whether this user may ask the kernel of an object, in namespaces of its own.
pub fn may_ask(object: &str) -> bool {
    root() || !INITIAL_RIGHTS.contains(&object)
}

/// Whether iproute2 is of the very release that `rip` reproduces, so that recorded answers are its own.
pub fn as_old_as_ours() -> bool {
    reference().is_some_and(|r| r.version == rip::REFERENCE)
}

/// Why there is nothing to compare with, if so.
pub fn no_oracle() -> Option<String> {
    let why = || format!("iproute2 {} is not here (tests/newest gets it)", rip::REFERENCE);
    reference().is_none().then(why)
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
        "clients" => !clients().join("done").exists(),
        file if file.starts_with('/') => !Path::new(file).exists(),
        program => !has(program),
    };
    missing.then(|| match need {
        "root" => "needs root".to_string(),
        "user" => "user namespaces are not available".to_string(),
        "tun" => "/dev/net/tun cannot be opened".to_string(),
        "uml" => "user-mode-linux is not installed".to_string(),
        "clients" => "tests/clients/fetch has not run".to_string(),
        program => format!("{program} is not installed"),
    })
}

/// Whether this is the user-mode-linux guest, whose kernel nobody shares.
pub fn is_guest() -> bool {
    std::fs::read_to_string("/proc/cpuinfo").is_ok_and(|text| text.contains("User Mode Linux"))
}

/// The programs that tests/clients/fetch unpacks.
pub fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/clients")
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
