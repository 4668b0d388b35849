//! `link xstats type KIND`: statistics specific to bridges, bonds and their ports (linux/if_link.h, IFLA_STATS_LINK_XSTATS).

use super::kind;
use crate::command::Table as _;
use crate::diag::{Diag, Span};
use crate::grammar::value::{Absent, Dev, Flag};
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Target, Value, Walk, Words, spells};
use crate::net::Nested;
use crate::net::Request;
use crate::net::attr::{u32_at, u64_at};
use crate::net::kernel::Messages;
use crate::output::Printer;
use crate::output::scalar::Padded;
use crate::rows;
use crate::schema::{IF_STATS_MSG, IFLA_STATS_LINK_XSTATS, IFLA_STATS_LINK_XSTATS_SLAVE, RTM_GETSTATS};
use crate::session::Session;
use std::borrow::Cow;

// LINK_XSTATS_TYPE_* of linux/if_link.h.
/// LINK_XSTATS_TYPE_BRIDGE: counters of a bridge.
pub const TYPE_BRIDGE: u16 = 1;
/// LINK_XSTATS_TYPE_BOND: counters of a bond.
pub const TYPE_BOND: u16 = 2;
// BRIDGE_XSTATS_* of linux/if_bridge.h.
/// BRIDGE_XSTATS_MCAST: IGMP and MLD messages.
pub const BRIDGE_MCAST: u16 = 2;
/// BRIDGE_XSTATS_STP: spanning tree messages.
pub const BRIDGE_STP: u16 = 4;
// BOND_XSTATS_* of linux/if_bonding.h.
/// BOND_XSTATS_3AD: LACP messages.
pub const BOND_3AD: u16 = 1;

/// A group of counters: its attribute and its description.
struct Counted {
    attr: u16,
    describe: fn(&mut Printer<'_>, &[u8]),
}

/// A kind with such counters.
struct Source {
    name: &'static str,
    place: u16,
    family: u16,
    all: &'static [Counted],
    words: &'static Grammar<Wanted>,
}

static BRIDGE: &[Counted] =
    &[Counted { attr: BRIDGE_MCAST, describe: multicast }, Counted { attr: BRIDGE_STP, describe: spanning_tree }];
static BOND: &[Counted] = &[Counted { attr: BOND_3AD, describe: lacp }];

static SOURCES: &[Source] = &[
    Source { name: "bridge", place: IFLA_STATS_LINK_XSTATS, family: TYPE_BRIDGE, all: BRIDGE, words: &BRIDGE_WORDS },
    Source {
        name: "bridge_slave",
        place: IFLA_STATS_LINK_XSTATS_SLAVE,
        family: TYPE_BRIDGE,
        all: BRIDGE,
        words: &BRIDGE_WORDS,
    },
    Source { name: "bond", place: IFLA_STATS_LINK_XSTATS, family: TYPE_BOND, all: BOND, words: &BOND_WORDS },
    Source {
        name: "bond_slave",
        place: IFLA_STATS_LINK_XSTATS_SLAVE,
        family: TYPE_BOND,
        all: BOND,
        words: &BOND_WORDS,
    },
];

/// The selected counters.
#[derive(Default)]
pub struct Wanted {
    only: Option<u16>,
    dev: Option<u32>,
}

impl Target for Wanted {}

static BRIDGE_ROWS: &[Row<Wanted>] = rows!(Wanted;
    "igmp" | "mcast" => Flag, "IGMP and MLD messages", |f, ()| f.only = Some(BRIDGE_MCAST);
    "stp" => Flag, "spanning tree messages and changes", |f, ()| f.only = Some(BRIDGE_STP);
    "dev" => Dev(Absent::CannotFind), "this device only", |f, v| f.dev = Some(v);
);

static BOND_ROWS: &[Row<Wanted>] = rows!(Wanted;
    "lacp" | "802.3ad" => Flag, "LACP messages", |f, ()| f.only = Some(BOND_3AD);
    "dev" => Dev(Absent::CannotFind), "this device only", |f, v| f.dev = Some(v);
);

/// The words after `link xstats type bridge`.
pub static BRIDGE_WORDS: Grammar<Wanted> = Grammar {
    title: "BRIDGE",
    rows: &[BRIDGE_ROWS],
    fallback: Fallback::Unknown(|arg| arg.wrong("unknown attribute")),
};
/// The words after `link xstats type bond`.
pub static BOND_WORDS: Grammar<Wanted> =
    Grammar { title: "BOND", rows: &[BOND_ROWS], fallback: Fallback::Unknown(|arg| arg.wrong("unknown attribute")) };

/// The selected device type.
#[derive(Default)]
pub struct Asked(Option<(Vec<u8>, usize)>);

impl Target for Asked {}

static TYPE: &[Row<Asked>] = rows!(Asked;
    "type~" => SourceName, "device type; its own words follow", |t, v| t.0 = Some(v);
);

/// The name of a device type; its words are parsed once the type is known.
struct SourceName;

impl Value for SourceName {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        let names: Vec<_> = SOURCES.iter().map(|x| x.name).collect();
        format!("{{ {} }} [ ARGS ]", names.join(" | ")).into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        w.stop();
        Ok((arg.bytes.to_vec(), arg.at))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        SOURCES.iter().map(|x| Offer::new(x.name, kind::find(x.name.as_bytes()).map_or("", |k| k.about))).collect()
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        let Some(arg) = w.words.peek() else { return w.want(self.offer(w.words), "") };
        w.words.skip();
        match source(arg.bytes) {
            Some(source) => source.words.walk(w),
            None => w.wrong.push(without(&arg)),
        }
        w.done = true;
    }
}

fn source(name: &[u8]) -> Option<&'static Source> {
    SOURCES.iter().find(|x| x.name.as_bytes() == name)
}

/// The words of `link xstats`.
pub static XSTATS: Grammar<Asked> =
    Grammar { title: "XSTATS", rows: &[TYPE], fallback: Fallback::Unknown(|arg| arg.wrong("unknown argument")) };

/// Runs `link xstats type KIND [ WORDS ]`.
///
/// # Errors
///
/// A wrong or missing word, a device that does not exist, or the kernel refuses the dump.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if w.peek().is_some_and(|a| spells("help~", a.bytes)) {
        return usage(s, "xstats", &XSTATS.usage());
    }
    let mut asked = Asked::default();
    XSTATS.parse(&mut asked, w)?;
    let Some((name, at)) = asked.0 else {
        return Err(Diag::fail("xstats: missing argument").at(Span::word(w.at())));
    };
    let source = source(&name).ok_or_else(|| without(&Arg { bytes: &name, at }))?;
    let mut wanted = Wanted::default();
    if w.peek().is_some_and(|a| a.is("help")) {
        return usage(s, source.name, &source.words.usage());
    }
    source.words.parse(&mut wanted, w)?;
    let request = request(0, source.place);
    let found = s.kernel()?.collect(&request).map_err(|e| e.explain(&request))?;
    s.document(|p| {
        for (m, _, _) in Messages(&found) {
            let (Some(index), Some(attrs)) = (u32_at(m.body, 4), m.body.get(IF_STATS_MSG..).map(Nested::new)) else {
                continue;
            };
            if wanted.dev.is_some_and(|d| d != index) {
                continue;
            }
            let Some(counts) = attrs.nest(source.place).and_then(|n| n.nest(source.family)) else { continue };
            p.object(None);
            p.item("ifname", "{}\n", Padded(s.link_name(index), 16));
            for part in source.all.iter().filter(|c| wanted.only.is_none_or(|o| o == c.attr)) {
                if let Some(body) = counts.get(part.attr) {
                    (part.describe)(p, body);
                }
            }
            p.close();
        }
    });
    Ok(0)
}

/// The request for one attribute of RTM_NEWSTATS, of one interface or (index 0) of all. It is a struct if_stats_msg,
/// whose `filter_mask` has a bit for each attribute (IFLA_STATS_FILTER_BIT).
pub fn request(index: u32, attr: u16) -> Request {
    let mut header = vec![0; 4];
    header.extend(index.to_ne_bytes());
    header.extend((1u32 << (attr - 1)).to_ne_bytes());
    Request::raw(RTM_GETSTATS, 0, &header)
}

/// The error for a kind without such counters, or no kind.
fn without(arg: &Arg<'_>) -> Diag {
    let d = match kind::find(arg.bytes) {
        Some(kind) => Diag::fail(format!("xstats: link type {} doesn't support xstats", kind.name)).at(arg.span()),
        None => arg.wrong("invalid type"),
    };
    crate::grammar::suggest::hint(d, arg.bytes, SOURCES.iter().map(|x| x.name))
}

/// Prints the words after `xstats` or after a kind, on stdout like iproute2.
fn usage(s: &Session, of: &str, words: &[String]) -> Result<u8, Diag> {
    s.print(|p| p.text(&format!("Usage: ... {of} {}\n", words.join(" "))));
    Ok(0)
}

const INDENT: &str = "                    ";

/// Describes counters of received and sent messages by version; `at` has their indexes in the structure.
fn versions(p: &mut Printer<'_>, key: &str, title: &str, body: &[u8], at: &[usize]) {
    const KEYS: [[&str; 3]; 2] = [["rx_v1", "rx_v2", "rx_v3"], ["tx_v1", "tx_v2", "tx_v3"]];
    const FORMS: [&str; 3] = ["v1 {}", " v2 {}", " v3 {}"];
    p.object(Some(key));
    p.text(&format!("{INDENT}{title}:\n"));
    for (side, (keys, word)) in KEYS.iter().zip(["RX", "TX"]).enumerate() {
        p.text(&format!("{INDENT}  {word}: "));
        for ((place, key), form) in at.iter().zip(keys).zip(FORMS) {
            p.item(key, form, u64_at(body, (place + side) * 8).unwrap_or(0));
        }
        p.text("\n");
    }
    p.close();
}

fn pair(p: &mut Printer<'_>, key: &str, title: &str, body: &[u8], at: usize) {
    p.object(Some(key));
    p.text(&format!("{INDENT}{title}: "));
    p.item("rx", "RX: {} ", u64_at(body, at * 8).unwrap_or(0));
    p.item("tx", "TX: {}\n", u64_at(body, (at + 1) * 8).unwrap_or(0));
    p.close();
}

fn one(p: &mut Printer<'_>, key: &str, title: &str, body: &[u8], at: usize) {
    p.text(&format!("{INDENT}{title}"));
    p.item(key, " {}\n", u64_at(body, at * 8).unwrap_or(0));
}

/// Describes a struct br_mcast_stats (linux/if_bridge.h).
pub fn multicast(p: &mut Printer<'_>, body: &[u8]) {
    p.object(Some("multicast"));
    versions(p, "igmp_queries", "IGMP queries", body, &[0, 2, 4]);
    versions(p, "igmp_reports", "IGMP reports", body, &[8, 10, 12]);
    pair(p, "igmp_leaves", "IGMP leaves", body, 6);
    one(p, "igmp_parse_errors", "IGMP parse errors:", body, 14);
    versions(p, "mld_queries", "MLD queries", body, &[15, 17]);
    versions(p, "mld_reports", "MLD reports", body, &[21, 23]);
    pair(p, "mld_leaves", "MLD leaves", body, 19);
    one(p, "mld_parse_errors", "MLD parse errors:", body, 25);
    p.close();
}

/// Describes a struct bridge_stp_xstats (linux/if_bridge.h).
pub fn spanning_tree(p: &mut Printer<'_>, body: &[u8]) {
    let at = |i: usize| u64_at(body, i * 8).unwrap_or(0);
    p.object(Some("stp"));
    p.text(INDENT);
    p.item("rx_bpdu", "STP BPDU:  RX: {} ", at(2));
    p.item("tx_bpdu", "TX: {}\n", at(3));
    p.text(INDENT);
    p.item("rx_tcn", "STP TCN:   RX: {} ", at(4));
    p.item("tx_tcn", "TX: {}\n", at(5));
    p.text(INDENT);
    p.item("transition_blk", "STP Transitions: Blocked: {} ", at(0));
    p.item("transition_fwd", "Forwarding: {}\n", at(1));
    p.close();
}

/// Describes the counters of a bond in 802.3ad mode: attributes BOND_3AD_STAT_*, from 0 on.
pub fn lacp(p: &mut Printer<'_>, body: &[u8]) {
    let counts = Nested::new(body);
    p.object(Some("802.3ad"));
    for (attr, (key, title)) in (0..).zip([
        ("lacpdu_rx", "LACPDU Rx"),
        ("lacpdu_tx", "LACPDU Tx"),
        ("lacpdu_unknown_rx", "LACPDU Unknown type Rx"),
        ("lacpdu_illegal_rx", "LACPDU Illegal Rx"),
        ("marker_rx", "Marker Rx"),
        ("marker_tx", "Marker Tx"),
        ("marker_response_rx", "Marker response Rx"),
        ("marker_response_tx", "Marker response Tx"),
        ("marker_unknown_rx", "Marker unknown type Rx"),
    ]) {
        if let Some(v) = counts.u64(attr) {
            p.text(&format!("{INDENT}{title}"));
            p.item(key, " {}\n", v);
        }
    }
    p.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::attr::put;
    use crate::output::Format;
    use crate::output::out::Out;

    fn told(describe: fn(&mut Printer<'_>, &[u8]), body: &[u8]) -> (String, String) {
        let [text, json] = [false, true].map(|json| {
            let mut out = Out::memory();
            let mut p = Printer::new(&mut out, Format { json, ..Format::default() });
            p.object(None);
            describe(&mut p, body);
            p.close();
            String::from_utf8(out.into_bytes()).unwrap()
        });
        (text, json)
    }

    /// Counters 1, 2, 3, ... as a structure.
    fn counters(n: u64) -> Vec<u8> {
        (1..=n).flat_map(u64::to_ne_bytes).collect()
    }

    #[test]
    fn multicast_of_a_bridge() {
        let (text, json) = told(multicast, &counters(30));
        let lines: Vec<&str> = text.lines().map(|l| l.strip_prefix(INDENT).unwrap()).collect();
        assert_eq!(
            lines,
            [
                "IGMP queries:",
                "  RX: v1 1 v2 3 v3 5",
                "  TX: v1 2 v2 4 v3 6",
                "IGMP reports:",
                "  RX: v1 9 v2 11 v3 13",
                "  TX: v1 10 v2 12 v3 14",
                "IGMP leaves: RX: 7 TX: 8",
                "IGMP parse errors: 15",
                "MLD queries:",
                "  RX: v1 16 v2 18",
                "  TX: v1 17 v2 19",
                "MLD reports:",
                "  RX: v1 22 v2 24",
                "  TX: v1 23 v2 25",
                "MLD leaves: RX: 20 TX: 21",
                "MLD parse errors: 26",
            ]
        );
        assert_eq!(
            json,
            "{\"multicast\":{\"igmp_queries\":{\"rx_v1\":1,\"rx_v2\":3,\"rx_v3\":5,\"tx_v1\":2,\"tx_v2\":4,\"tx_v3\":6},\
             \"igmp_reports\":{\"rx_v1\":9,\"rx_v2\":11,\"rx_v3\":13,\"tx_v1\":10,\"tx_v2\":12,\"tx_v3\":14},\
             \"igmp_leaves\":{\"rx\":7,\"tx\":8},\"igmp_parse_errors\":15,\
             \"mld_queries\":{\"rx_v1\":16,\"rx_v2\":18,\"tx_v1\":17,\"tx_v2\":19},\
             \"mld_reports\":{\"rx_v1\":22,\"rx_v2\":24,\"tx_v1\":23,\"tx_v2\":25},\
             \"mld_leaves\":{\"rx\":20,\"tx\":21},\"mld_parse_errors\":26}}"
        );
    }

    #[test]
    fn spanning_tree_of_a_port() {
        let (text, json) = told(spanning_tree, &counters(6));
        assert_eq!(
            text.replace(INDENT, ""),
            "STP BPDU:  RX: 3 TX: 4\nSTP TCN:   RX: 5 TX: 6\nSTP Transitions: Blocked: 1 Forwarding: 2\n"
        );
        assert_eq!(
            json,
            r#"{"stp":{"rx_bpdu":3,"tx_bpdu":4,"rx_tcn":5,"tx_tcn":6,"transition_blk":1,"transition_fwd":2}}"#
        );
    }

    #[test]
    fn lacp_of_a_bond() {
        let mut body = Vec::new();
        for (attr, v) in [(0, 2017u64), (1, 2038), (8, 3)] {
            put(&mut body, attr, &v.to_ne_bytes());
        }
        let (text, json) = told(lacp, &body);
        assert_eq!(text.replace(INDENT, ""), "LACPDU Rx 2017\nLACPDU Tx 2038\nMarker unknown type Rx 3\n");
        assert_eq!(json, r#"{"802.3ad":{"lacpdu_rx":2017,"lacpdu_tx":2038,"marker_unknown_rx":3}}"#);
    }
}
