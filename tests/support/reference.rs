//! iproute2 7.3, where it is installed: the reference of the newest texts. It runs without its root, by its own loader.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where it may be.
const ROOT: &str = "/var/cache/rip-rig/sid";

pub struct Reference {
    root: PathBuf,
}

/// The reference, if there is one.
pub fn find() -> Option<Reference> {
    let root = Path::new(ROOT).to_path_buf();
    let found = Reference { root };
    let run = found.command().arg("-V").output().ok()?;
    String::from_utf8_lossy(&run.stdout).contains("iproute2-7.3").then_some(found)
}

impl Reference {
    /// The program and its loader, as words before those of a command line.
    pub fn words(&self) -> Vec<String> {
        let libraries = self.root.join("usr/lib/x86_64-linux-gnu");
        let loader = libraries.join("ld-linux-x86-64.so.2");
        let parts = [loader.display().to_string(), "--argv0".into(), "ip".into(), "--library-path".into()];
        let mut words = Vec::from(parts);
        words.extend([libraries.display().to_string(), self.root.join("usr/bin/ip").display().to_string()]);
        words
    }

    pub fn command(&self) -> Command {
        let words = self.words();
        let mut command = Command::new(words.first().map_or("", String::as_str));
        command.args(words.get(1..).unwrap_or_default());
        command
    }
}
