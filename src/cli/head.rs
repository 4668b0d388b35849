//! Parses the options before the object: brings them into canonical spelling, then has clap read them.
//!
//! iproute2 matches options by prefix, in the order of its table, with one dash or two; clap cannot, so each is first
//! spelt in full. clap gets exactly the options that the line uses: with the whole tree `-j link show lo` took 330,000
//! more instructions (callgrind).

use super::objects::OBJECTS;
use crate::diag::{Diag, Span};
use crate::grammar::address::{BRIDGE, INET, INET6, MPLS, PACKET, family_of};
use crate::grammar::number;
use crate::output::color::Palette;
use crate::output::fields::Fields;
use crate::session::invocation::Invocation;
use crate::session::options::{self, Color, Options};
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

/// A parsed command line head.
pub struct Head {
    /// The options before the object.
    pub options: Options,
    /// The position of the object's word.
    pub rest: usize,
    /// What to do.
    pub action: Action,
}

/// The action that the options select.
pub enum Action {
    /// Run the object, or the batch.
    Run,
    /// -Version.
    Version,
    /// -help.
    Help,
}

/// An option as typed: its row, its value, and its position.
struct Used {
    opt: &'static options::Opt,
    value: Option<Vec<u8>>,
    at: usize,
}

/// Parses the words up to the object.
///
/// # Errors
///
/// A wrong option; exit code 255.
pub fn parse(words: &[Vec<u8>]) -> Result<Head, Diag> {
    let called = Invocation::new(words);
    let mut used = Vec::new();
    // Options apply in order: of two wrong ones, the first is reported.
    let first = |d, used: &[Used]| order(used, called.is_ip).err().unwrap_or(d);
    let rest = normalise(words, called.is_ip, &mut used).map_err(|d| first(d, &used))?;
    let ends = used.iter().any(|u| matches!(u.opt.id, "version" | "help"));
    if ends || used.iter().filter(|u| u.opt.id == "netns").count() > 1 {
        order(&used, called.is_ip)?;
    }
    if let Some(u) = used.iter().find(|u| matches!(u.opt.id, "version" | "help")) {
        // Earlier options have been checked; later ones do not count.
        let action = if u.opt.id == "help" { Action::Help } else { Action::Version };
        return Ok(Head { options: Options { invocation: called, ..Options::default() }, rest, action });
    }
    let mut options = Options { invocation: called, ..Options::default() };
    // Unlike all other options, families override one another by position.
    for u in &used {
        options.family = match (u.opt.id, &u.value) {
            ("inet", _) => INET,
            ("inet6", _) => INET6,
            ("packet", _) => PACKET,
            ("mpls", _) => MPLS,
            ("bridge", _) => BRIDGE,
            ("family", Some(v)) if v == b"help" => return Err(Diag::usage(super::usage::program(called.is_ip))),
            ("family", Some(v)) => family(v, u.at).map_err(|d| first(d, &used))?,
            _ => options.family,
        };
    }
    read(&matches(&used)?, &mut options, &used).map_err(|d| first(d, &used))?;
    options.palette = palette(&options);
    Ok(Head { options, rest, action: Action::Run })
}

fn family(word: &[u8], at: usize) -> Result<u8, Diag> {
    let wrong = || Diag::wrong(&crate::output::escape::shown(word), "invalid protocol family", Span::word(at + 1));
    family_of(word).ok_or_else(wrong)
}

/// Reports the first option with a wrong value: a family, a size, or a namespace that cannot be entered.
fn order(used: &[Used], is_ip: bool) -> Result<(), Diag> {
    for u in used {
        match (u.opt.id, &u.value) {
            ("family", Some(v)) if v != b"help" => drop(family(v, u.at)?),
            ("rcvbuf", Some(v)) => drop(rcvbuf(v, u.at)?),
            ("netns", Some(v)) => {
                drop(crate::object::netns::found(v, is_ip).map_err(|d| d.at_first(Span::word(u.at + 1)))?);
            }
            _ => {}
        }
    }
    Ok(())
}

fn rcvbuf(word: &[u8], at: usize) -> Result<u32, Diag> {
    let wrong = || Diag::usage(format!("Invalid rcvbuf size '{}'", crate::output::escape::shown(word)));
    number::U32::parse(word).ok_or_else(|| wrong().at(Span::word(at + 1)))
}

/// Brings the options of the line into canonical form; returns the position of the object.
fn normalise(words: &[Vec<u8>], is_ip: bool, used: &mut Vec<Used>) -> Result<usize, Diag> {
    let mut at = 1;
    while let Some(word) = words.get(at) {
        let Some(name) = word.strip_prefix(b"-") else { break };
        if word == b"--" {
            at += 1;
            break;
        }
        let name = name.strip_prefix(b"-").unwrap_or(name);
        let unknown = || {
            Diag::usage(format!(
                "Option \"{}\" is unknown, try \"ip -help\".",
                crate::output::escape::shown(&shape(word))
            ))
            .at(Span::word(at))
        };
        if let Some((name, value)) = split_value(name) {
            let opt = options::find(name, is_ip).filter(|o| o.id == "color" && !name.is_empty()).ok_or_else(unknown)?;
            if !matches!(value, b"always" | b"auto" | b"never" | b"") {
                return Err(unknown());
            }
            used.push(Used { opt, value: Some(value.to_vec()).filter(|v| !v.is_empty()), at });
            at += 1;
            continue;
        }
        let opt = options::find(name, is_ip).ok_or_else(unknown)?;
        let stop = matches!(opt.id, "version" | "help");
        let mut value = None;
        let here = at;
        if opt.takes_value() {
            at += 1;
            let v = words.get(at).ok_or_else(|| {
                if opt.id == "netns" {
                    Diag::incomplete(at)
                } else {
                    Diag::usage(format!("Error: argument \"{}\" is required", opt.missing)).at(Span::word(at))
                }
            })?;
            value = Some(v.clone());
        }
        used.push(Used { opt, value, at: here });
        at += 1;
        if stop {
            break;
        }
    }
    Ok(at)
}

/// iproute2 drops one of two dashes before it parses an option, and in its errors.
fn shape(word: &[u8]) -> Vec<u8> {
    if word.starts_with(b"--") { word.get(1..).unwrap_or_default().to_vec() } else { word.to_vec() }
}

fn split_value(name: &[u8]) -> Option<(&[u8], &[u8])> {
    let i = name.iter().position(|b| *b == b'=')?;
    Some((name.get(..i)?, name.get(i + 1..)?))
}

/// An option as a clap argument.
fn argument(opt: &'static options::Opt) -> Arg {
    let arg = Arg::new(opt.id).long(opt.id).help(opt.help);
    match (opt.id, opt.meta) {
        ("stats" | "details", _) => arg.action(ArgAction::Count),
        ("color", _) => {
            arg.action(ArgAction::Append).require_equals(true).num_args(0..=1).default_missing_value("always")
        }
        (_, "") => arg.action(ArgAction::SetTrue).overrides_with(opt.id),
        (_, meta) => arg
            .action(ArgAction::Append)
            .value_name(meta)
            .allow_hyphen_values(true)
            .value_parser(clap::builder::ValueParser::os_string()),
    }
}

/// Has clap parse the options in use, and nothing else: a line without options saves a quarter of the start (66,000
/// instead of 86,000 instructions). Objects and verbs are looked up in the tree itself.
fn matches(used: &[Used]) -> Result<ArgMatches, Diag> {
    if used.is_empty() {
        return Ok(ArgMatches::default());
    }
    let mut command = bare("rip");
    let mut line: Vec<OsString> = vec!["rip".into()];
    let mut known: Vec<&str> = Vec::new();
    for u in used {
        if !known.contains(&u.opt.id) {
            known.push(u.opt.id);
            command = command.arg(argument(u.opt));
        }
        let mut word = OsString::from(format!("--{}", u.opt.id));
        if u.opt.id == "color" {
            if let Some(v) = &u.value {
                word.push("=");
                word.push(std::ffi::OsStr::from_bytes(v));
            }
            line.push(word);
        } else {
            line.push(word);
            if let Some(v) = &u.value {
                line.push(OsString::from_vec(v.clone()));
            }
        }
    }
    command.try_get_matches_from(line).map_err(|e| Diag::usage(e.to_string().trim_end().to_string()))
}

fn bare(name: &'static str) -> Command {
    Command::new(name).disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true)
}

/// The whole tree, for help and for tests: all options, objects and verbs.
pub fn whole() -> Command {
    let mut command =
        bare("rip").about("Linux networking from the command line").args(options::OPTIONS.iter().map(argument));
    for object in OBJECTS {
        let mut branch = bare(object.name()).about(object.about);
        for verb in object.verbs {
            branch = branch.subcommand(bare(verb.name()).about(verb.about));
        }
        command = command.subcommand(branch);
    }
    command
}

/// Sets the options from clap's matches, without querying clap for options that the line does not have.
fn read(m: &ArgMatches, o: &mut Options, used: &[Used]) -> Result<(), Diag> {
    let at = |id: &str| used.iter().rev().find(|u| u.opt.id == id).map_or(0, |u| u.at + 1);
    let last = |id: &str| -> Option<Vec<u8>> {
        m.get_many::<OsString>(id).and_then(|mut v| v.next_back().map(|s| s.as_bytes().to_vec()))
    };
    for u in used {
        match u.opt.id {
            "human" => o.human = m.get_flag("human"),
            "iec" => o.iec = m.get_flag("iec"),
            "stats" => o.stats = m.get_count("stats"),
            "details" => {
                o.details = m.get_count("details") > 0;
                o.defaults = m.get_count("details") > 1;
            }
            "resolve" => o.resolve = m.get_flag("resolve"),
            "oneline" => o.oneline = m.get_flag("oneline"),
            "timestamp" => o.timestamp = m.get_flag("timestamp"),
            "tshort" => {
                o.tshort = m.get_flag("tshort");
                o.timestamp = true;
            }
            "force" => o.force = m.get_flag("force"),
            "dry-run" => o.dry_run = m.get_flag("dry-run"),
            "atomic" => o.atomic = m.get_flag("atomic"),
            "fail" => o.fail = m.get_flag("fail"),
            "rootless" => o.rootless = m.get_flag("rootless"),
            "brief" => o.brief = m.get_flag("brief"),
            "json" => o.json |= m.get_flag("json"),
            "pretty" => o.pretty = m.get_flag("pretty"),
            "fields" => {
                let list = last("fields").unwrap_or_default();
                let wrong = |part: String| Diag::wrong(&part, "not a field", Span::word(at("fields")));
                o.fields = Some(Fields::parse(&list, at("fields")).map_err(wrong)?);
                o.json = true;
            }
            "numeric" => o.numeric = m.get_flag("numeric"),
            "all" => o.all = m.get_flag("all"),
            "echo" => o.echo = m.get_flag("echo"),
            "batch" => o.batch = last("batch"),
            "netns" => o.netns = last("netns"),
            "jobs" => {
                let v = last("jobs").unwrap_or_default();
                let jobs = number::U32::parse(&v).and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0);
                o.jobs = jobs.ok_or_else(|| {
                    Diag::usage(format!("Invalid jobs count '{}'", crate::output::escape::shown(&v)))
                        .at(Span::word(at("jobs")))
                })?;
            }
            "loops" => o.loops = last("loops").map_or(0, |v| atoi(&v)),
            "rcvbuf" => {
                let v = last("rcvbuf").unwrap_or_default();
                o.rcvbuf = rcvbuf(&v, at("rcvbuf").saturating_sub(1))?;
            }
            "color" => {
                o.color = match m.get_many::<String>("color").and_then(|mut v| v.next_back()).map(String::as_str) {
                    Some("auto") => Color::Auto,
                    Some("never") => Color::Never,
                    _ => Color::Always,
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The leading digits of a word, as C's atoi reads them.
fn atoi(word: &[u8]) -> u32 {
    let digits: Vec<u8> = word.iter().copied().take_while(u8::is_ascii_digit).collect();
    String::from_utf8(digits).ok().and_then(|s| s.parse().ok()).unwrap_or(0)
}

/// The palette to use, if any.
fn palette(o: &Options) -> Option<Palette> {
    let terminal = || nix::unistd::isatty(crate::sys::standard(1)).unwrap_or(false);
    let on = match o.color {
        Color::Never => false,
        Color::Always => true,
        Color::Auto => terminal(),
        // https://no-color.org
        Color::Unset => !o.invocation.is_ip && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && terminal(),
    };
    let asked = o.color != Color::Unset;
    on.then(|| match std::env::var_os("COLORFGBG") {
        None if !asked => Palette::Either,
        background => Palette::from_env(background.as_ref().map(|v| v.as_bytes())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(line: &str) -> Result<Head, Diag> {
        let words: Vec<Vec<u8>> = line.split(' ').map(|w| w.as_bytes().to_vec()).collect();
        parse(&words)
    }

    #[test]
    fn options_in_every_spelling() {
        let h = head("rip -s -stat -j --json -br -4 -6 -c=never -l 3 link show").unwrap();
        assert_eq!(
            (h.options.stats, h.options.json, h.options.brief, h.options.family, h.options.loops),
            (2, true, true, INET6, 3)
        );
        assert_eq!(h.rest, 11);
        let h = head("rip -f inet -b - ").unwrap();
        assert_eq!((h.options.family, h.options.batch.as_deref()), (INET, Some(&b"-"[..])));
        for bad in ["rip -jp link", "rip -c=blue link", "rip -f unspec link", "rip -x", "rip -rc 1x link"] {
            assert_eq!(head(bad).err().map(|d| d.code()), Some(255), "{bad}");
        }
    }

    #[test]
    fn the_whole_tree_is_sound() {
        whole().debug_assert();
    }
}
