//! Common mistakes in a line: words of other tools, a value without its keyword, options after the object, invalid
//! addresses. What is found here is certain, so it replaces the nearest keyword as a hint.

use super::Case;
use crate::diag::Lost;
use crate::grammar::address::{INET, INET6, parse, prefix, v4};
use crate::grammar::value::{is_name, lladdr};
use crate::object::link::kind;
use crate::output::escape::shown;
use crate::schema::*;
use std::net::Ipv6Addr;

/// Words of other tools (route(8), ifconfig(8), router configurations): the objects where they are typed, and the
/// keyword that takes the same value.
#[rustfmt::skip]
const FOREIGN: &[(&[&str], &[&str], &str, &str)] = &[
    (&["gw", "gateway", "next-hop"], &["route", "nexthop"], "via", "the gateway"),
    (&["bridge", "bond", "team", "slave-of"], &["link"], "master", "the bridge or bond"),
    (&["on"], &["route", "nexthop", "neigh", "address"], "dev", "the device"),
    (&["interface", "iface", "device", "ifname", "if"], &["route", "nexthop", "neigh", "address", "link"], "dev", "the device"),
    (&["oif"], &["nexthop", "neigh", "address"], "dev", "the device"),
    (&["mac", "hw", "ether", "hwaddr", "macaddr"], &["link"], "address", "the link-layer address"),
    (&["mac", "hw", "ether", "hwaddr", "macaddr", "address"], &["neigh"], "lladdr", "the link-layer address"),
    (&["source", "src"], &["rule"], "from", "the source prefix"),
    (&["source", "from"], &["route"], "src", "the preferred source address"),
    (&["destination", "dest", "dst"], &["rule", "route"], "to", "the destination prefix"),
    (&["mark"], &["rule"], "fwmark", "the packet mark"),
    (&["owner", "uid"], &["tuntap"], "user", "the owner"),
    (&["type"], &["tuntap"], "mode", "tun or tap"),
];

/// Words of other tools in place of a link kind's keywords.
const FOREIGN_TO_KINDS: &[(&[&str], &str)] = &[
    (&["dst", "dest", "destination", "to", "peer"], "remote"),
    (&["src", "source", "from"], "local"),
    (&["vid", "vlan", "vlanid", "tag"], "id"),
    (&["port"], "dstport"),
];

/// Verbs of other tools, and the corresponding ones.
const VERBS: &[(&[&str], &[&str])] = &[
    (&["create", "new", "make"], &["add"]),
    (&["remove", "rm", "destroy"], &["delete"]),
    (&["modify", "mod", "edit", "update", "set"], &["set", "replace", "change"]),
    (&["ls", "print", "dump", "display"], &["show"]),
];

/// What was meant, if that is certain.
pub fn meant(case: &Case<'_>) -> Option<String> {
    if case.d.refusal().is_some() {
        return None;
    }
    address(case).or_else(|| link_address(case)).or_else(|| lost(case)).or_else(|| unknown(case))
}

/// Words that are not keywords where they stand.
fn lost(case: &Case<'_>) -> Option<String> {
    case.d.what_is_lost().iter().find_map(|lost| match lost {
        Lost::Keyword(at) => keyword(case, *at),
        Lost::Device(name) => option(case, std::str::from_utf8(name).ok()?),
        Lost::Namespace(_) => None,
    })
}

fn keyword(case: &Case<'_>, at: usize) -> Option<String> {
    let word = case.text(at)?;
    let (object, _) = case.verb()?;
    if let Some(why) = option(case, word) {
        return Some(why);
    }
    if let Some(why) = mask(case, at, word) {
        return Some(why);
    }
    if case.kind_at().is_some_and(|kind| at > kind) {
        return after_kind(case, at, word);
    }
    if object.name() == "address" && matches!(word, "gw" | "gateway" | "via") {
        let ip = case.text(at + 1).filter(|w| is_address(w))?;
        return Some(format!("a gateway belongs to a route: \"rip route add default via {ip}\""));
    }
    if object.name() == "link" && matches!(word, "ip" | "inet" | "addr") && case.text(at + 1).is_some_and(is_address) {
        return bare(case, at, case.text(at + 1)?);
    }
    let foreign =
        FOREIGN.iter().find(|(words, objects, _, _)| words.contains(&word) && objects.contains(&object.name()));
    let fits = |keyword: &str| {
        case.takes(keyword) && (keyword != "master" || case.text(at + 1).is_some_and(|w| case.is_device(w)))
    };
    if let Some((_, _, keyword, what)) = foreign.filter(|(_, _, keyword, _)| fits(keyword)) {
        return Some(format!("{what} goes after \"{keyword}\""));
    }
    bare(case, at, word)
}

/// A word after `type KIND` that the kind lacks.
pub(super) fn after_kind(case: &Case<'_>, at: usize, word: &str) -> Option<String> {
    let kind = case.kind()?;
    let at_kind = case.kind_at()?;
    let owns = |word: &str| kind.tables.iter().any(|t| super::word::owns(*t, word));
    let ours = FOREIGN_TO_KINDS.iter().find(|(words, ours)| words.contains(&word) && owns(ours)).map(|(_, ours)| ours);
    if let Some(ours) = ours {
        return Some(format!("use \"{ours}\" instead of \"{word}\""));
    }
    if at != at_kind + 2 || !case.d.hints().is_empty() || !is_name(word.as_bytes()) || case.general(word) {
        return None;
    }
    // Nothing between the verb and `type`: the device has no name yet.
    let (object, verb) = case.verb()?;
    let named = case.before(at_kind).is_none_or(|w| object.verb(w.as_bytes()).is_none_or(|v| !std::ptr::eq(v, verb)));
    if !named && verb.name() == "add" {
        return Some(format!(
            "the name goes before \"type\": \"rip link add {} type {} ...\"",
            shown(word.as_bytes()),
            kind.name
        ));
    }
    let pair = matches!(kind.name, "veth" | "vxcan" | "netkit");
    (pair && verb.name() == "add")
        .then(|| format!("the peer's words go after \"peer\": \"peer {}\"", shown(word.as_bytes())))
}

/// An option after the object.
fn option(case: &Case<'_>, word: &str) -> Option<String> {
    if matches!(word, "-net" | "-host") {
        return Some(format!("leave out \"{word}\", which is a word of route(8)"));
    }
    option_of(word, case.verb()?.0.name())
}

/// A netmask as a separate word.
fn mask(case: &Case<'_>, at: usize, word: &str) -> Option<String> {
    let named = matches!(word, "netmask" | "mask");
    let (mask, before) = if named { (case.text(at + 1)?, case.before(at)?) } else { (word, case.before(at)?) };
    let ones = u32::from(v4(mask.as_bytes()).filter(|_| mask.split('.').count() == 4)?);
    let length = ones.count_ones();
    let fits = length == ones.leading_ones() && (named || length > 0) && v4(before.as_bytes()).is_some();
    fits.then(|| format!("write the netmask as a prefix length: {before}/{length}"))
}

/// A value whose keyword is missing.
fn bare(case: &Case<'_>, at: usize, word: &str) -> Option<String> {
    let (object, verb) = case.verb()?;
    let (object, adds) =
        (object.name(), matches!(verb.name(), "add" | "change" | "replace" | "append" | "prepend" | "set"));
    let free = |keyword: &str| case.takes(keyword) && !case.words.iter().any(|w| w == keyword.as_bytes());
    let say = |keyword: &str| Some(format!("type \"{keyword} {}\"", shown(word.as_bytes())));
    if case.before(at).is_some_and(|w| w == "nomaster") && case.is_device(word) {
        return Some("\"nomaster\" takes no device".into());
    }
    // The bare word of these objects is the device itself.
    let named_bare = object == "link" || object == "address" && !adds && verb.name() != "delete";
    if free("dev") && !named_bare && case.is_device(word) {
        return say("dev");
    }
    if matches!(word, "up" | "down") && !case.takes(word) {
        let dev = case.words.windows(2).find(|w| w.first().is_some_and(|w| w == b"dev")).and_then(|w| w.get(1));
        let dev = dev.map_or("DEV".to_string(), |d| shown(d));
        return Some(format!("type \"rip link set {dev} {word}\""));
    }
    match object {
        "link" if verb.name() == "add" && free("type") && kind::find(word.as_bytes()).is_some() => say("type"),
        "link" if adds && free("address") && is_lladdr(word) => say("address"),
        "link" if verb.name() == "set" && is_address(word) => {
            let dev = case.before(at).filter(|w| case.is_device(w)).unwrap_or("DEV");
            let dev = format!(" dev {dev}");
            Some(format!("type \"rip address add {word}{dev}\" to add an address"))
        }
        "route" if adds && free("via") && !word.contains('/') && is_address(word) => say("via"),
        "neigh" if adds && free("lladdr") && is_lladdr(word) => say("lladdr"),
        "nexthop" if free("via") && !word.contains('/') && is_address(word) => say("via"),
        "nexthop" if word == "weight" && case.text(at + 1).is_some() => {
            Some("the weight goes after the id: \"group ID,WEIGHT\"".into())
        }
        "nexthop" if free("id") && word.parse::<u32>().is_ok() => say("id"),
        "rule" if free("from") && free("to") && is_address(word) => {
            Some(format!("type \"from {word}\" or \"to {word}\""))
        }
        "tuntap" if free("mode") && matches!(word, "tun" | "tap") => say("mode"),
        _ => None,
    }
}

fn is_lladdr(word: &str) -> bool {
    word.contains(':') && lladdr(word.as_bytes()).is_ok_and(|bytes| bytes.len() == 6)
}

/// A complete address, with or without a prefix length.
fn is_address(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or_default();
    (host.contains(':') || host.split('.').count() == 4) && prefix(word.as_bytes(), 0).is_some()
}

/// An unknown verb or object.
fn unknown(case: &Case<'_>) -> Option<String> {
    let first = case.d.what().first()?;
    let span = case.d.spans().first()?;
    let word = case.text(span.from)?;
    if first.starts_with("Object \"") && case.is_device(word) {
        return Some(format!("type \"rip address show {}\" to see the device", shown(word.as_bytes())));
    }
    if !first.starts_with("Command \"") {
        return None;
    }
    let object = case.text(span.from.checked_sub(1)?).and_then(|w| crate::cli::tree::object(w.as_bytes()))?;
    let after = case.text(span.from + 1);
    let ours = VERBS
        .iter()
        .find(|(words, _)| words.contains(&word))
        .and_then(|(_, ours)| ours.iter().find(|v| object.verbs.iter().any(|o| o.name() == **v)));
    if let Some(verb) = ours {
        return Some(format!("use \"{} {verb}\"", object.name()));
    }
    option_of(word, object.name()).or_else(|| match object.name() {
        "link" if word == "rename" => {
            let (old, new) = (after.unwrap_or("OLD"), case.text(span.from + 2).unwrap_or("NEW"));
            Some(format!("type \"rip link set {old} name {new}\""))
        }
        "link" if matches!(word, "up" | "down") => {
            let dev = case.text(span.from + 1).filter(|w| case.is_device(w)).unwrap_or("DEV");
            Some(format!("type \"rip link set {dev} {word}\""))
        }
        name @ ("link" | "address") if case.is_device(word) => {
            let words: Vec<String> = case.words.iter().skip(span.from).map(|w| shown(w)).collect();
            let verb = if name == "link" && after.is_some() { "set" } else { "show" };
            Some(format!("type \"rip {name} {verb} {}\"", words.join(" ")))
        }
        name @ ("address" | "route") if word == "default" || is_address(word) => {
            Some(format!("a verb is missing: \"rip {name} add {word} ...\""))
        }
        _ => None,
    })
}

/// An option of the program.
fn option_of(word: &str, object: &str) -> Option<String> {
    let name = word.strip_prefix('-')?;
    crate::session::options::find(name.as_bytes(), false)?;
    Some(format!("options go before the object: \"rip {word} {object} ...\""))
}

/// A word that is not an address, or not of the expected family.
fn address(case: &Case<'_>) -> Option<String> {
    let first = case.d.what().first()?;
    let (due, _) = first.strip_prefix("Error: ")?.split_once(" is expected rather than \"")?;
    let (family, kind) = due.rsplit_once(' ')?;
    let [span] = case.d.spans() else { return None };
    let word = case.text(span.from)?;
    if case.before(span.from) == Some("via") && case.takes("dev") && case.is_device(word) {
        return Some(format!("{word} is a device: type \"dev {word}\""));
    }
    if case.d.what_is_lost().is_empty() || word.contains(['.', ':', '/']) {
        return malformed(word, kind).or_else(|| other_family(case, span.from, word, family));
    }
    None
}

/// A link-layer address in the notation of other systems.
fn link_address(case: &Case<'_>) -> Option<String> {
    let [span] = case.d.spans() else { return None };
    let word =
        case.text(span.from).filter(|_| case.d.what().first().is_some_and(|l| l.ends_with(" is invalid lladdr.")))?;
    let digits: String = word.chars().filter(char::is_ascii_hexdigit).collect();
    let rest = word.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '-' | '.' | ':'));
    if digits.len() != 12 || !rest {
        return None;
    }
    let bytes: Vec<&str> = (0..6).filter_map(|i| digits.get(2 * i..2 * i + 2)).collect();
    Some(format!("type \"{}\"", bytes.join(":")))
}

fn malformed(word: &str, kind: &str) -> Option<String> {
    let (host, length) = word.split_once('/').map_or((word, None), |(host, length)| (host, Some(length)));
    if let Some(ip) = parse(host.as_bytes(), 0) {
        let length = length?;
        if kind == "address" {
            return Some(format!("an address without a prefix length: {host}"));
        }
        if length.is_empty() {
            return Some(format!("the prefix length is missing: {host}/{}", ip.bits()));
        }
        let version = if ip.family() == INET { "IPv4" } else { "IPv6" };
        if length.bytes().all(|b| b.is_ascii_digit()) {
            return Some(format!("an {version} prefix length is 0 to {}", ip.bits()))
                .filter(|_| prefix(word.as_bytes(), 0).is_none());
        }
        let mask = u32::from(v4(length.as_bytes()).filter(|_| ip.family() == INET)?);
        let holes = mask.count_ones() != mask.leading_ones();
        return holes.then(|| format!("{length} is not a netmask: its one bits are not contiguous"));
    }
    let parts: Vec<&str> = host.split('.').collect();
    if parts.len() > 1 && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())) {
        if parts.len() > 4 {
            return Some(format!("an IPv4 address has four parts, not {}", parts.len()));
        }
        let large = parts.iter().find(|p| p.parse::<u8>().is_err())?;
        return Some(format!("{large} is too large: each part of an IPv4 address is 0 to 255"));
    }
    if word.contains("::") && word.matches("::").count() > 1 {
        return Some("\"::\" can occur only once in an IPv6 address".into());
    }
    let groups: Vec<&str> = host.split(':').collect();
    let hex = |g: &&str| (1..=4).contains(&g.len()) && g.bytes().all(|b| b.is_ascii_hexdigit());
    if groups.len() == 6 && groups.iter().all(|g| g.len() == 2) && groups.iter().all(hex) {
        return Some(format!("{host} is a link-layer address"));
    }
    if groups.len() > 1 && groups.len() != 8 && groups.iter().all(hex) {
        return Some(format!("an IPv6 address has eight groups, not {}, or \"::\" for groups of zeros", groups.len()));
    }
    let letters = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let name = (parts.len() > 1 || host == "localhost")
        && letters
        && host.contains(|c: char| c.is_ascii_alphabetic())
        && !host.starts_with("0x");
    name.then(|| "host names are not resolved: type an address".to_string())
}

/// An address of another family than that of the line.
fn other_family(case: &Case<'_>, at: usize, word: &str, family: &str) -> Option<String> {
    let found = prefix(word.as_bytes(), 0).map(|p| p.family)?;
    let (object, _) = case.verb()?;
    let gateway = case.before(at) == Some("via") && object.name() == "route";
    match (family, found) {
        ("inet", INET6) if gateway && word.parse::<Ipv6Addr>().is_ok() => {
            Some(format!("type \"via inet6 {word}\" for an IPv6 gateway of an IPv4 route"))
        }
        ("inet6", INET) if gateway => Some("an IPv6 route cannot have an IPv4 gateway".into()),
        ("inet", INET6) => Some(format!("{word} is IPv6, but {} IPv4", asked(case, INET))),
        ("inet6", INET) => Some(format!("{word} is IPv4, but {} IPv6", asked(case, INET6))),
        _ => None,
    }
}

/// What determines the family of a line.
fn asked(case: &Case<'_>, family: u8) -> String {
    let letter = if family == INET { "-4" } else { "-6" };
    let given = case.words.iter().any(|w| w == letter.as_bytes());
    if given { format!("{letter} asks for") } else { "the line is about".into() }
}

impl Case<'_> {
    /// A word of the line, if it is UTF-8.
    pub(super) fn text(&self, at: usize) -> Option<&str> {
        self.words.get(at).and_then(|w| std::str::from_utf8(w).ok())
    }

    /// The word before another.
    fn before(&self, at: usize) -> Option<&str> {
        self.text(at.checked_sub(1)?)
    }

    /// The position of `type`, if a kind follows.
    pub(super) fn kind_at(&self) -> Option<usize> {
        self.words.iter().position(|w| w == b"type").filter(|_| self.kind().is_some())
    }

    /// Whether a word is a keyword of links of all kinds.
    pub(super) fn general(&self, word: &str) -> bool {
        self.verb().is_some_and(|(o, _)| o.name() == "link") && self.takes(word)
    }

    /// Whether the verb of the line has a keyword.
    fn takes(&self, keyword: &str) -> bool {
        self.verb().is_some_and(|(_, v)| v.tables.iter().any(|t| super::word::owns(*t, keyword)))
    }

    /// Whether an interface has this name.
    pub(super) fn is_device(&self, name: &str) -> bool {
        !name.is_empty() && self.s.get_link(Some(name.as_bytes()), 0, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS).is_ok()
    }
}
