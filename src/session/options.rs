//! The global options: one table, in matching order, folded into clap's arguments and the usage text.

use super::invocation::Invocation;
use crate::output::color::Palette;
use crate::output::fields::Fields;

/// The default receive buffer of a socket, in bytes.
pub const RCVBUF: u32 = 1024 * 1024;

/// The parsed global options.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name that the program was called by.
    pub invocation: Invocation,
    /// -family: AF_*; AF_UNSPEC if it was not given.
    pub family: u8,
    /// How often -statistics was given.
    pub stats: u8,
    /// -details.
    pub details: bool,
    /// `-d -d`: also settings that have their default value.
    pub defaults: bool,
    /// -oneline.
    pub oneline: bool,
    /// -brief.
    pub brief: bool,
    /// -json; also set by -fields.
    pub json: bool,
    /// -fields.
    pub fields: Option<Fields>,
    /// -pretty.
    pub pretty: bool,
    /// -human-readable: rates and counters with a unit.
    pub human: bool,
    /// -iec: units are powers of 1024.
    pub iec: bool,
    /// -Numeric.
    pub numeric: bool,
    /// -resolve: print host names.
    pub resolve: bool,
    /// -timestamp.
    pub timestamp: bool,
    /// -tshort.
    pub tshort: bool,
    /// -all: run the command in all namespaces.
    pub all: bool,
    /// -echo: print what the kernel created or changed.
    pub echo: bool,
    /// -force.
    pub force: bool,
    /// -dry-run.
    pub dry_run: bool,
    /// -atomic.
    pub atomic: bool,
    /// -fail.
    pub fail: bool,
    /// -rootless.
    pub rootless: bool,
    /// -jobs: maximum number of concurrent commands.
    pub jobs: usize,
    /// -loops: maximum number of rounds of `address flush`; 0: no limit.
    pub loops: u32,
    /// -rcvbuf: the receive buffer of a socket, in bytes.
    pub rcvbuf: u32,
    /// -batch: the file; `-` is standard input.
    pub batch: Option<Vec<u8>>,
    /// -netns: the name of a namespace.
    pub netns: Option<Vec<u8>>,
    /// -color.
    pub color: Color,
    /// The palette, if output is coloured.
    pub palette: Option<Palette>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            invocation: Invocation::default(),
            family: 0,
            stats: 0,
            details: false,
            defaults: false,
            oneline: false,
            brief: false,
            json: false,
            fields: None,
            pretty: false,
            human: false,
            iec: false,
            numeric: false,
            resolve: false,
            timestamp: false,
            tshort: false,
            all: false,
            echo: false,
            force: false,
            dry_run: false,
            atomic: false,
            fail: false,
            rootless: false,
            jobs: 1,
            loops: 10,
            rcvbuf: RCVBUF,
            batch: None,
            netns: None,
            color: Color::Unset,
            palette: None,
        }
    }
}

impl Options {
    /// Whether errors are also printed as JSON objects.
    pub fn errors_in_json(&self) -> bool {
        self.json && self.fields.is_none()
    }
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// No -color: none under the name `ip`, automatic under our own.
    Unset,
    Never,
    Auto,
    Always,
}

/// One option. Spellings as in a grammar row: `~` at the end means it may be shortened.
pub struct Opt {
    /// Its name in clap and in the table below.
    pub id: &'static str,
    /// The spellings.
    pub names: &'static [&'static str],
    /// The placeholder of its value; empty for a switch.
    pub meta: &'static str,
    /// iproute2's name for a missing value.
    pub missing: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Whether iproute2 lacks it, so that it does not exist under the name `ip`.
    pub ours: bool,
}

impl Opt {
    /// Whether a value follows.
    pub fn takes_value(&self) -> bool {
        !self.meta.is_empty()
    }
}

const fn switch(id: &'static str, names: &'static [&'static str], help: &'static str) -> Opt {
    Opt { id, names, meta: "", missing: "", help, ours: false }
}

const fn valued(
    id: &'static str,
    names: &'static [&'static str],
    meta: &'static str,
    missing: &'static str,
    help: &'static str,
) -> Opt {
    Opt { id, names, meta, missing, help, ours: false }
}

/// An option that only `rip` has.
const fn ours(opt: Opt) -> Opt {
    Opt { ours: true, ..opt }
}

/// In iproute2's matching order: the first match wins.
pub static OPTIONS: &[Opt] = &[
    valued(
        "loops",
        &["loops~"],
        "{ maximum-addr-flush-attempts }",
        "loop count",
        "rounds of `addr flush` at most (0: no limit)",
    ),
    valued(
        "family",
        &["family~"],
        "{ inet | inet6 | mpls | bridge | link }",
        "family type",
        "inet, inet6, mpls, bridge or link",
    ),
    switch("inet", &["4"], "IPv4 only"),
    switch("inet6", &["6"], "IPv6 only"),
    switch("packet", &["0"], "link layer only"),
    switch("mpls", &["M"], "MPLS only"),
    switch("bridge", &["B"], "bridge family"),
    switch("human", &["human~", "human-readable~"], "counters with SI suffixes"),
    switch("iec", &["iec~"], "with -human: powers of 1024"),
    switch("stats", &["stats~", "statistics~"], "statistics; twice for more"),
    switch("details", &["details~"], "all details; twice: also default values"),
    switch("resolve", &["resolve~"], "host names instead of addresses"),
    switch("oneline", &["oneline~"], "one record per line"),
    switch("timestamp", &["timestamp~"], "monitor: a time stamp before each event"),
    switch("tshort", &["tshort~"], "monitor: short time stamps"),
    switch("version", &["Version~"], "version"),
    switch("force", &["force~"], "batch: continue after an error"),
    valued("batch", &["batch~"], "filename", "batch file", "run the lines of FILE (- for standard input)"),
    switch("brief", &["brief~"], "tabular output"),
    switch("json", &["json~"], "JSON output"),
    switch("pretty", &["pretty~"], "with -json: indented output"),
    valued("rcvbuf", &["rcvbuf~"], "size", "rcvbuf size", "socket receive buffer"),
    switch("color", &["color~"], "-color[={always|auto|never}]"),
    switch("help", &["help~"], "usage"),
    valued("netns", &["netns~"], "name", "netns name", "run in this network namespace"),
    switch("numeric", &["Numeric~"], "numbers instead of names"),
    switch("all", &["all~"], "netns: all namespaces"),
    switch("echo", &["echo"], "print the object that the kernel created or changed"),
    // Our own options; last and not abbreviable, so that they take no spelling of iproute2, present or future.
    ours(switch("dry-run", &["dry-run"], "print what would be changed; change nothing")),
    ours(switch("atomic", &["atomic"], "with -batch: all or nothing")),
    ours(switch("fail", &["fail"], "-all netns exec: exit code 1 if a command failed")),
    ours(switch("rootless", &["rootless"], "run as an ordinary user, in namespaces of your own")),
    // Also under the name `ip`: it requests output that programs do not expect there.
    switch("hint", &["hint"], "hints after an error, also when stderr is not a terminal"),
    ours(valued("jobs", &["jobs"], "COUNT", "jobs", "-all netns exec: run this many commands at once")),
    ours(valued("fields", &["fields"], "LIST", "fields", "only the values of these JSON keys, separated by commas")),
];

/// The option that a word (without its dashes) names, under the name `ip` or under its own.
pub fn find(word: &[u8], is_ip: bool) -> Option<&'static Opt> {
    if word.is_empty() {
        return OPTIONS.first();
    }
    OPTIONS.iter().find(|o| !(o.ours && is_ip) && o.names.iter().any(|n| crate::grammar::spells(n, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_match_wins() {
        for (typed, id) in [
            ("h", "human"),
            ("he", "help"),
            ("f", "family"),
            ("fo", "force"),
            ("b", "batch"),
            ("br", "brief"),
            ("r", "resolve"),
            ("rc", "rcvbuf"),
            ("s", "stats"),
            ("t", "timestamp"),
            ("ts", "tshort"),
            ("n", "netns"),
            ("N", "numeric"),
            ("l", "loops"),
            ("", "loops"),
            ("4", "inet"),
            ("o", "oneline"),
            ("d", "details"),
            ("j", "json"),
            ("p", "pretty"),
            ("a", "all"),
            ("c", "color"),
            ("i", "iec"),
            ("V", "version"),
            ("stat", "stats"),
            ("echo", "echo"),
            ("d", "details"),
            ("dry-run", "dry-run"),
            ("a", "all"),
            ("atomic", "atomic"),
            ("hu", "human"),
            ("hint", "hint"),
        ] {
            assert_eq!(find(typed.as_bytes(), false).map(|o| o.id), Some(id), "-{typed}");
        }
        for bad in ["e", "ec", "dr", "dry", "at", "hi", "hin", "hints", "fi", "field", "jp", "ss", "4o", "x"] {
            assert!(find(bad.as_bytes(), false).is_none(), "-{bad}");
        }
        for (typed, there) in
            [("atomic", false), ("dry-run", false), ("jobs", false), ("fields", false), ("hint", true), ("echo", true)]
        {
            assert_eq!(find(typed.as_bytes(), true).is_some(), there, "ip -{typed}");
        }
    }

    #[test]
    fn every_full_name_finds_its_own_row() {
        for o in OPTIONS {
            for n in o.names {
                assert_eq!(find(crate::grammar::full(n).as_bytes(), false).map(|f| f.id), Some(o.id));
            }
        }
    }
}
