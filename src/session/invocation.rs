//! The name that the program was called by and its consequences, decided in one place.
//!
//! A link named `ip` stands in for iproute2. Programs compare its complete stderr, so that has only iproute2's lines,
//! unless a person reads them (a terminal) or `-hint` requests more. Extensions of `rip` do not exist there.

use super::options::{self, Opt};
use crate::diag::Diag;
use crate::output::report::{self, Place};

/// How the program was called, and who reads its errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// By the name `ip`: objects, options and help pages that iproute2 lacks do not exist.
    pub is_ip: bool,
    /// Errors carry what iproute2 does not print: carets, JSON objects, notes.
    pub explains: bool,
    /// Hints follow an error, too.
    pub hints: bool,
}

impl Invocation {
    /// Decides from argv.
    pub fn new(words: &[Vec<u8>]) -> Invocation {
        let is_ip = name(words) == b"ip";
        let hints = asks(words, "hint", is_ip) || nix::unistd::isatty(crate::sys::standard(2)).unwrap_or(false);
        Invocation { is_ip, explains: hints || !is_ip, hints }
    }
}

impl Invocation {
    /// The complete text on stderr for an error: iproute2's lines, and more if wanted.
    pub fn report(self, d: &Diag, words: &[Vec<u8>], place: Option<Place<'_>>, in_json: bool) -> String {
        match (self.explains, in_json) {
            (false, _) => d.lines(),
            (true, true) => report::json(d, words, place),
            (true, false) => report::text(d, words, self.hints),
        }
    }
}

impl Default for Invocation {
    /// Called by its own name, without a terminal.
    fn default() -> Invocation {
        Invocation { is_ip: false, explains: true, hints: false }
    }
}

/// argv[0] without its directory.
pub fn name(words: &[Vec<u8>]) -> &[u8] {
    words.first().and_then(|w| w.rsplit(|b| *b == b'/').next()).unwrap_or_default()
}

/// Whether the line uses an option, even if other options are wrong.
pub fn asks(words: &[Vec<u8>], id: &str, is_ip: bool) -> bool {
    let mut found = false;
    head(words, is_ip, &mut |opt| found |= opt.is_some_and(|o| o.id == id));
    found
}

/// The index of the object's word, as far as the options before it are known.
pub fn object_at(words: &[Vec<u8>], is_ip: bool) -> usize {
    head(words, is_ip, &mut |_| ())
}

/// Calls `see` for every option before the object, and returns the index after them.
fn head(words: &[Vec<u8>], is_ip: bool, see: &mut dyn FnMut(Option<&'static Opt>)) -> usize {
    let mut at = 1;
    while let Some(name) = words.get(at).and_then(|w| w.strip_prefix(b"-")) {
        let found = options::find(name.strip_prefix(b"-").unwrap_or(name), is_ip);
        see(found);
        at += 1 + usize::from(found.is_some_and(Opt::takes_value));
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<Vec<u8>> {
        line.split(' ').map(|w| w.as_bytes().to_vec()).collect()
    }

    #[test]
    fn the_name_alone_decides() {
        for (line, is_ip) in [("ip link", true), ("/usr/sbin/ip link", true), ("rip link", false), ("/a/ip/rip", false)]
        {
            assert_eq!(Invocation::new(&words(line)).is_ip, is_ip, "{line}");
        }
        for line in ["ip -hint link", "ip -b x -x --hint link", "rip -hint"] {
            assert!(Invocation::new(&words(line)).hints, "{line}");
        }
    }

    #[test]
    fn an_option_is_found_before_the_object_only() {
        assert!(asks(&words("rip -n x -j link"), "json", false));
        for line in ["rip -n -j link", "rip link -j", "rip"] {
            assert!(!asks(&words(line), "json", false), "{line}");
        }
    }
}
