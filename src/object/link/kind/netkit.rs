//! `netkit`: a pair of connected devices with BPF programs in their transmit path (linux/if_link.h, IFLA_NETKIT_*).

use super::{Body, Data, Filled, Kind, RecordWriter, Setting, parse_data, unknown_option};
use crate::command::Table;
use crate::diag::{Diag, Span};
use crate::grammar::number::Term;
use crate::grammar::value::{Either, Flag};
use crate::grammar::{Fallback, Grammar, Offer, Row, Value, Walk, Words};
use crate::net::Trail;
use crate::object::link::words;
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoNetkit, NetkitMode, NetkitPolicy, NetkitScrub};
use std::borrow::Cow;

raw!(InfoNetkit);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_NETKIT_PEER_INFO = 1: Nest(Link), Set;
    IFLA_NETKIT_PRIMARY = 2: U8, Read;
    IFLA_NETKIT_POLICY = 3: U32, Set;
    IFLA_NETKIT_PEER_POLICY = 4: U32, Set;
    IFLA_NETKIT_MODE = 5: U32, Set;
    IFLA_NETKIT_SCRUB = 6: U32, Set;
    IFLA_NETKIT_PEER_SCRUB = 7: U32, Set;
    IFLA_NETKIT_HEADROOM = 8: U16, Set;
    IFLA_NETKIT_TAILROOM = 9: U16, Set;
}

/// Links of type `netkit`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(parse),
    tables: TABLES,
    describe: Some(describe),
    quirks: Quirks { peer: Some(IFLA_NETKIT_PEER_INFO), ..Quirks::NONE },
    ..Kind::named("netkit")
        .terms(&[
            ("", "[ POLICY ] [ peer [ POLICY <options> ] ]"),
            ("POLICY", "{ forward | blackhole }"),
            ("<options>", "those of ip link add"),
        ])
        .about("pair of connected devices, programmable with BPF")
        .examples(&[("rip link add nk0 type netkit peer name nk1", "a pair")])
};

static TABLES: &[&dyn Table] = &[&GRAMMAR, &words::PEER];

type D = Data<InfoNetkit>;

static ROWS: &[Row<D>] = rows!(D;
    "mode" => Term("MODE", Mode), "mode: l2 or l3", |d, v, w| mode(d, v, w);
    "forward" => Flag, "pass packets when no program is attached", |d, ()| d.put(InfoNetkit::Policy(NetkitPolicy::Pass));
    "blackhole" => Flag, "drop packets when no program is attached", |d, ()| d.put(InfoNetkit::Policy(NetkitPolicy::Drop));
    "scrub" => Term("SCRUB", SCRUBS), "packet metadata to clear", |d, v| d.put(InfoNetkit::Scrub(v));
);

static GRAMMAR: Grammar<D> = Grammar { title: "NETKIT", rows: &[ROWS], fallback: Fallback::Stop };

static PEER_ROWS: &[Row<D>] = rows!(D;
    "mode" => Term("MODE", Mode), "mode: l2 or l3", |d, v, w| mode(d, v, w);
    "forward" => Flag, "pass the peer's packets when no program is attached", |d, ()| d.put(InfoNetkit::PeerPolicy(NetkitPolicy::Pass));
    "blackhole" => Flag, "drop the peer's packets when no program is attached", |d, ()| d.put(InfoNetkit::PeerPolicy(NetkitPolicy::Drop));
    "scrub" => Term("SCRUB", SCRUBS), "metadata of the peer's packets to clear", |d, v| d.put(InfoNetkit::PeerScrub(v));
);

/// The words allowed between `peer` and the generic ones.
static PEER: Grammar<D> = Grammar { title: "NETKIT PEER", rows: &[PEER_ROWS], fallback: Fallback::Stop };

fn parse(w: &mut Words<'_>, setting: &Setting<'_>) -> Result<Filled, Diag> {
    let Filled { mut body, mut trail } = parse_data(w, &GRAMMAR, InfoData::Netkit)?;
    let Some(arg) = w.peek() else { return Ok(Filled { body, trail }) };
    if !arg.is("peer") {
        return Err(if crate::grammar::spells("help~", arg.bytes) {
            w.usage()
        } else {
            GRAMMAR.suggest(unknown_option("netkit", &arg), &arg)
        });
    }
    w.skip();
    let Body::Data(InfoData::Netkit(list)) = &mut body else { return Ok(Filled { body, trail }) };
    let mut peer = D { list: std::mem::take(list), trail: Trail::default() };
    PEER.parse(&mut peer, w)?;
    *list = peer.list;
    trail.adopt(&[], peer.trail);
    // Without words, the kernel chooses the peer's settings.
    if !w.is_empty() {
        let peer = words::parse_peer(w, setting)?;
        trail.adopt(&[IFLA_NETKIT_PEER_INFO], peer.trail);
        list.push(InfoNetkit::Peer(peer.msg));
    }
    Ok(Filled { body, trail })
}

const MODES: Either<NetkitMode> =
    Either("argument of \"mode\" must be either \"l3\" or \"l2\"", &[("l2", NetkitMode::L2), ("l3", NetkitMode::L3)]);
const SCRUBS: Either<NetkitScrub> = Either(
    "scrub must be either \"none\" or \"default\"",
    &[("none", NetkitScrub::None), ("default", NetkitScrub::Default)],
);

/// A mode, or its error, because a second mode is reported first.
struct Mode;

impl Value for Mode {
    type Out = Result<NetkitMode, Diag>;
    fn meta(&self) -> Cow<'static, str> {
        MODES.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        if w.is_empty() {
            w.next()?;
        }
        Ok(MODES.take(w))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        MODES.offer(w)
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        MODES.walk(w);
    }
}

/// Sets the mode; iproute2 refuses a second one.
fn mode(d: &mut D, v: Result<NetkitMode, Diag>, w: &Words<'_>) -> Result<(), Diag> {
    if d.list.iter().any(|info| matches!(info, InfoNetkit::Mode(_))) {
        let at = w.at().saturating_sub(1);
        let word = w.line().get(at).map(|word| crate::output::escape::shown(word)).unwrap_or_default();
        return Err(Diag::duplicate("mode", &word).at(Span::word(at)));
    }
    d.put(InfoNetkit::Mode(v?));
    Ok(())
}

fn name(names: [&'static str; 2], v: u32) -> &'static str {
    usize::try_from(v).ok().and_then(|i| names.get(i)).copied().unwrap_or("unknown")
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u32(IFLA_NETKIT_MODE) {
        s.p.item("mode", "mode {} ", name(["l2", "l3"], v));
    }
    if let Some(v) = s.d.u8(IFLA_NETKIT_PRIMARY) {
        s.p.item("type", "type {} ", if v != 0 { "primary" } else { "peer" });
    }
    for (attr, key, form) in
        [(IFLA_NETKIT_POLICY, "policy", "policy {} "), (IFLA_NETKIT_PEER_POLICY, "peer_policy", "peer policy {} ")]
    {
        if let Some(v) = s.d.u32(attr) {
            let name = match v {
                0 => "forward",
                2 => "blackhole",
                _ => "unknown",
            };
            s.p.item(key, form, name);
        }
    }
    for (attr, key, form) in
        [(IFLA_NETKIT_SCRUB, "scrub", "scrub {} "), (IFLA_NETKIT_PEER_SCRUB, "peer_scrub", "peer scrub {} ")]
    {
        if let Some(v) = s.d.u32(attr) {
            s.p.item(key, form, name(["none", "default"], v));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let header = "1=00000000000000000000000000000000";
        let peer = format!("4=00000000 7=01000000 {header}0700030076390000");
        let words: &[(&str, &str)] = &[
            ("mode l3 forward scrub default", "5=01000000 3=00000000 6=01000000"),
            ("mode l2 blackhole scrub none", "5=00000000 3=02000000 6=00000000"),
            ("peer", ""),
            ("mode l2 peer mode l3", "!Error: duplicate \"mode\": \"l3\" is the second value."),
            ("peer forward scrub default name v9", &peer),
            ("blackhole peer blackhole", "3=02000000 4=02000000"),
            ("mode zz", "!Error: argument of \"mode\" must be either \"l3\" or \"l2\""),
            ("foo", "!netkit: unknown option \"foo\"?"),
        ];
        sends("netkit", words);
        covers("netkit", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "netkit",
            &[
                (
                    "2=00 3=00000000 5=01000000",
                    "mode l3 type peer policy forward ",
                    r#"{"mode":"l3","type":"peer","policy":"forward"}"#,
                ),
                (
                    "2=01 3=02000000 4=00000000 5=00000000 6=01000000 7=00000000",
                    "mode l2 type primary policy blackhole peer policy forward scrub default peer scrub none ",
                    r#"{"mode":"l2","type":"primary","policy":"blackhole","peer_policy":"forward","scrub":"default","peer_scrub":"none"}"#,
                ),
            ],
        );
    }
}
