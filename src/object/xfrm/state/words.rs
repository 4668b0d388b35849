//! The words of `xfrm state`.

use super::super::id::{Endpoint, HasId, Id, IdWord, again};
use super::super::limit::{Limit, Limits};
use super::super::mark::{MARK, Mark, MarkWord};
use super::super::names::{DIRECTIONS, FlagList, Flags, MODES, Protocol};
use super::super::pack::{address, set};
use super::super::selector::{SELECTOR, Selector, unknown};
use super::algorithm::{Algo, Algorithm, Kind};
use crate::diag::{Diag, Span};
use crate::grammar::address::{Prefix, UNSPEC, take_addr, take_prefix};
use crate::grammar::number::{Named, Term, U16, U32};
use crate::grammar::value::{Choice, Flag, Text, Word, is_name};
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Target, Value, Walk, Words};
use crate::net::Trail;
use crate::output::secret;
use crate::schema::xfrm::*;
use crate::{id_rows, rows};
use std::borrow::Cow;

/// XFRM_STATE_*.
pub const FLAGS: Flags = &[
    (1, "noecn"),
    (2, "decap-dscp"),
    (4, "nopmtudisc"),
    (8, "wildrecv"),
    (16, "icmp"),
    (32, "af-unspec"),
    (64, "align4"),
    (128, "esn"),
];
/// XFRM_STATE_ESN.
pub const ESN: u32 = 128;
/// XFRM_SA_XFLAG_*.
pub const EXTRA_FLAGS: Flags = &[(1, "dont-encap-dscp"), (2, "oseq-may-wrap")];
/// UDP_ENCAP_* of linux/udp.h, and TCP_ENCAP_ESPINTCP.
pub const ENCAPS: Choice<u16> =
    Choice(&[("espinudp-nonike", 1), ("espinudp", 2), ("espintcp", 7)], "ENCAP-TYPE value is invalid");
/// XFRM_SA_DIR_IN.
pub const IN: u8 = 1;
/// XFRM_SA_DIR_OUT.
pub const OUT: u8 = 2;

/// A state, as far as given.
#[derive(Default)]
pub struct State {
    id: Option<Id>,
    /// XFRM_MODE_*.
    pub mode: Option<u8>,
    /// The mark that packets must have.
    pub mark: Mark,
    /// The request id that templates name.
    pub reqid: u32,
    /// The sequence number of the acquire event that it answers.
    pub seq: u32,
    /// The size of the replay window, in packets.
    pub window: u32,
    /// Sequence numbers: seq, seq-hi, oseq, oseq-hi.
    pub replay: [Option<u32>; 4],
    /// XFRM_STATE_*.
    pub flags: u32,
    /// XFRM_SA_XFLAG_*.
    pub extra: u32,
    /// The traffic it is for.
    pub sel: Option<Selector>,
    /// Its lifetimes.
    pub limits: Limits,
    /// struct xfrm_encap_tmpl.
    pub encap: Option<Vec<u8>>,
    /// The care-of address.
    pub coa: Option<Prefix>,
    /// The security context.
    pub ctx: Option<Vec<u8>>,
    /// struct xfrm_user_offload.
    pub offload: Option<Vec<u8>>,
    /// The mark that its packets are given.
    pub output: Mark,
    /// The id of an xfrm interface.
    pub if_id: Option<u32>,
    /// The length that packets are padded to, in bytes.
    pub tfcpad: u32,
    /// XFRM_SA_DIR_*.
    pub dir: Option<u8>,
    /// The CPU that it is restricted to.
    pub pcpu: Option<u32>,
    /// Its algorithms.
    pub algorithms: Vec<Algorithm>,
    /// The range of SPIs.
    pub range: [Option<u32>; 2],
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Target for State {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        let twice = |key: &str| Some(Diag::duplicate(key, key).at(Span::word(w.at().saturating_sub(1))));
        match names.first().copied() {
            Some("coa") if self.coa.is_some() => twice("coa"),
            Some("ctx") if self.ctx.is_some() => twice("ctx"),
            Some("min") if self.range.first().is_some_and(Option::is_some) => twice("min"),
            Some("max") if self.range.get(1).is_some_and(Option::is_some) => twice("max"),
            Some(word) => {
                let clash = |a: &Algorithm| ALGORITHMS.iter().any(|k| k.word() == word && k.excludes(a.kind));
                match self.algorithms.iter().any(clash) {
                    true => Some(Diag::duplicate("ALGO-TYPE", word).at(Span::word(w.at().saturating_sub(1)))),
                    false => again(&self.id, names, w),
                }
            }
            None => None,
        }
    }
}

const ALGORITHMS: [Kind; 5] = [Kind::Enc, Kind::Auth, Kind::AuthTrunc, Kind::Aead, Kind::Comp];

impl HasId for State {
    fn id(&mut self) -> &mut Option<Id> {
        &mut self.id
    }
}

impl State {
    fn algorithm(&mut self, a: Algorithm) {
        self.trail.note(&[a.kind.attribute()]);
        self.algorithms.push(a);
    }

    fn replay(&mut self, at: usize, v: u32) {
        self.trail.note(&[XFRMA_REPLAY_ESN_VAL]);
        self.trail.note(&[XFRMA_REPLAY_VAL]);
        if let Some(slot) = self.replay.get_mut(at) {
            *slot = Some(v);
        }
    }

    /// Takes the ID out.
    pub fn take_id(&mut self) -> Option<Id> {
        self.id.take()
    }
}

fn wrong_word(arg: &Arg<'_>) -> Diag {
    Diag::wrong(&secret::shown(arg.bytes), "unknown", arg.span())
}

/// The error about an unknown word on a line without an ID, which iproute2 treats as the start of one.
pub fn without_id(d: Diag, id: Option<&Id>) -> Diag {
    let unknown = d.what().first().is_some_and(|text| text.ends_with("is wrong: unknown"));
    if unknown && id.is_none() { d.say("Error: argument \"XFRM-PROTO\" is required") } else { d }
}

static KEYS: &[Row<State>] = rows!(State;
    "enc" => Algo(Kind::Enc), "encryption; the key as hex digits after 0x, or as text", |t, v| t.algorithm(v);
    "auth" => Algo(Kind::Auth), "authentication", |t, v| t.algorithm(v);
    "auth-trunc" => Algo(Kind::AuthTrunc), "authentication; length of the truncated ICV in bits", |t, v| {
        t.algorithm(v);
    };
    "aead" => Algo(Kind::Aead), "authenticated encryption; length of the ICV in bits", |t, v| {
        t.algorithm(v);
    };
    "comp" => Algo(Kind::Comp), "compression (IPComp)", |t, v| t.algorithm(v);
);

static SHARED: &[Row<State>] = rows!(State;
    "mode" => Term("MODE", MODES), "IPsec mode (default transport)", |t, v| t.mode = Some(v);
    "mark" => MARK, "mark of packets that use it, and its significant bits", |t, v| {
        t.mark = v;
        t.trail.note(&[XFRMA_MARK]);
    };
    "reqid" => Named("REQID", U32("REQID value is invalid")), "request id that policy templates refer to", |t, v| {
        t.reqid = v;
    };
    "seq" => Named("SEQ", U32("SEQ value is invalid")), "sequence number of the acquire event that it answers", |t, v| t.seq = v;
    "dir" => Term("DIR", DIRECTIONS), "direction of its traffic", |t, v| {
        t.dir = Some(v);
        t.trail.note(&[XFRMA_SA_DIR]);
    };
    "pcpu-num" => Named("CPUNUM", U32("value after \"pcpu-num\" is invalid")), "CPU that it is restricted to", |t, v| {
        t.pcpu = Some(v);
        t.trail.note(&[XFRMA_SA_PCPU]);
    };
);

static MORE: &[Row<State>] = rows!(State;
    "replay-window" => Named("SIZE", U32("value after \"replay-window\" is invalid")), "packets; up to 4096", |t, v| {
        t.window = v;
        t.trail.note(&[XFRMA_REPLAY_ESN_VAL]);
    };
    "replay-seq" => Named("SEQ", U32("value after \"replay-seq\" is invalid")), "highest received sequence number", |t, v| {
        t.replay(0, v);
    };
    "replay-seq-hi" => Named("SEQ", U32("value after \"replay-seq-hi\" is invalid")), "its upper 32 bits (for esn)", |t, v| {
        t.replay(1, v);
    };
    "replay-oseq" => Named("SEQ", U32("value after \"replay-oseq\" is invalid")), "last sent sequence number", |t, v| {
        t.replay(2, v);
    };
    "replay-oseq-hi" => Named("SEQ", U32("value after \"replay-oseq-hi\" is invalid")), "its upper 32 bits (for esn)",
        |t, v| t.replay(3, v);
    "flag" => FlagList(FLAGS, "FLAG value is invalid", 0xff), "flags; esn: extended sequence numbers", |t, v| {
        t.flags = v;
    };
    "extra-flag" => FlagList(EXTRA_FLAGS, "\"EXTRA-FLAG\" is invalid", u32::MAX), "further flags", |t, v| {
        t.extra = v;
        t.trail.note(&[XFRMA_SA_EXTRA_FLAGS]);
    };
    "sel" => Sel, "traffic that it accepts", |t, v| t.sel = Some(v);
    "limit" => Limit, "lifetime limit; may be repeated", |t, v| t.limits.put(v);
    "encap" => Encap, "encapsulation in UDP or TCP: ports, original address", |t, v| {
        t.encap = Some(v);
        t.trail.note(&[XFRMA_ENCAP]);
    };
    "coa" => Term("ADDR[/PLEN]", Word("ADDRESS")), "care-of address (for route2 and hao)", |t, _, w| {
        // Of the family of the ID, if that was given before.
        w.back();
        t.coa = Some(take_prefix(w, t.id.as_ref().map_or(w.family, |id| id.family(w.family)))?);
        t.trail.note(&[XFRMA_COADDR]);
        Ok(())
    };
    "ctx" => Text("CTX"), "security context", |t, v| {
        t.ctx = Some(v);
        t.trail.note(&[XFRMA_SEC_CTX]);
    };
    "offload" => Offload, "offload to this device, and the direction", |t, (bytes, dir)| {
        t.offload = Some(bytes);
        t.dir = Some(dir);
        t.trail.note(&[XFRMA_OFFLOAD_DEV]);
    };
    "output-mark" => OUTPUT_MARK, "mark to set on its packets", |t, v| {
        t.output = v;
        t.trail.note(&[XFRMA_SET_MARK]);
    };
    "if_id" => Named("IF_ID", U32("value after \"if_id\" is invalid")), "id of an xfrm interface", |t, v| {
        t.if_id = Some(v);
        t.trail.note(&[XFRMA_IF_ID]);
    };
    "tfcpad" => Named("LENGTH", U32("value after \"tfcpad\" is invalid")), "length to pad packets to, in bytes",
        |t, v| {
            t.tfcpad = v;
            t.trail.note(&[XFRMA_TFCPAD]);
        };
);

static RANGE: &[Row<State>] = rows!(State;
    "min" => Named("SPI", U32("value after \"min\" is invalid")), "lowest SPI to choose", |t, v| t.range = [Some(v), t.range[1]];
    "max" => Named("SPI", U32("value after \"max\" is invalid")), "highest SPI to choose", |t, v| t.range = [t.range[0], Some(v)];
);

static IDS: &[Row<State>] = id_rows!(State, false);

/// The words of `add` and `update`.
pub static STATE: Grammar<State> =
    Grammar { title: "STATE", rows: &[SHARED, MORE, KEYS, IDS], fallback: Fallback::Unknown(wrong_word) };
/// The words of `allocspi`.
pub static ALLOC: Grammar<State> =
    Grammar { title: "ALLOCSPI", rows: &[SHARED, RANGE, IDS], fallback: Fallback::Unknown(wrong_word) };

/// A reference to a state by ID and mark.
#[derive(Default)]
pub struct One {
    id: Option<Id>,
    /// Its mark.
    pub mark: Mark,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Target for One {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        again(&self.id, names, w)
    }
}

impl HasId for One {
    fn id(&mut self) -> &mut Option<Id> {
        &mut self.id
    }
}

/// The words of `delete` and `get`.
pub static ONE: Grammar<One> = Grammar {
    title: "ID",
    rows: &[
        rows!(One;
            "mark" => MARK, "its mark", |t, v| {
                t.mark = v;
                t.trail.note(&[XFRMA_MARK]);
            };
        ),
        id_rows!(One, false),
    ],
    fallback: Fallback::Unknown(wrong_word),
};

/// The selected states.
#[derive(Default)]
pub struct Matching {
    id: Option<Id>,
    /// Keys are not shown.
    pub nokeys: bool,
    /// XFRM_MODE_*.
    pub mode: Option<u8>,
    /// The request id.
    pub reqid: Option<u32>,
    /// A state must have at least one of these flags.
    pub flags: Option<u32>,
}

impl Target for Matching {
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        again(&self.id, names, w)
    }
}

impl HasId for Matching {
    fn id(&mut self) -> &mut Option<Id> {
        &mut self.id
    }
}

impl Matching {
    /// The ID, as far as given.
    pub fn take_id(&mut self) -> Id {
        self.id.take().unwrap_or_default()
    }
}

static NOKEYS: &[Row<Matching>] = rows!(Matching;
    "nokeys" => Flag, "hide the keys", |m, ()| m.nokeys = true;
);
static FILTER: &[Row<Matching>] = rows!(Matching;
    "mode" => Term("MODE", MODES), "of this mode", |m, v| m.mode = Some(v);
    "reqid" => Named("REQID", U32("REQID value is invalid")), "with this request id", |m, v| m.reqid = Some(v);
    "flag" => FlagList(FLAGS, "FLAG value is invalid", 0xff), "with one of these flags", |m, v| m.flags = Some(v);
);
static PARTS: &[Row<Matching>] = id_rows!(Matching, true);

/// The words of `list`.
pub static LIST: Grammar<Matching> =
    Grammar { title: "LIST", rows: &[NOKEYS, FILTER, PARTS], fallback: Fallback::Unknown(wrong_word) };
/// The words of `deleteall`.
pub static MATCHING: Grammar<Matching> =
    Grammar { title: "DELETEALL", rows: &[NOKEYS, FILTER, PARTS], fallback: Fallback::Unknown(wrong_word) };

/// The protocol whose states are flushed.
#[derive(Default)]
pub struct Flush(pub Option<u8>);

impl Target for Flush {
    fn repeated(&self, _names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        self.0.map(|_| Diag::duplicate("proto", "proto").at(Span::word(w.at().saturating_sub(1))))
    }
}

/// The words of `flush`.
pub static FLUSH: Grammar<Flush> = Grammar {
    title: "FLUSH",
    rows: &[rows!(Flush;
        "proto" => Protocol, "states of this protocol", |f, v| f.0 = Some(v);
    )],
    fallback: Fallback::Unknown(wrong_word),
};

/// The value of `output-mark`.
const OUTPUT_MARK: MarkWord = MarkWord {
    value: "value after \"output-mark\" is invalid",
    mask: "mask value is invalid\n",
    full: 0,
    term: "OUTPUT-MARK [ mask MASK ]",
};

/// A selector.
struct Sel;

impl Value for Sel {
    type Out = Selector;
    fn meta(&self) -> Cow<'static, str> {
        "SELECTOR".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Selector, Diag> {
        let arg = w.next()?;
        w.back();
        let before = w.at();
        let s = Selector::take(w, unknown)?;
        if w.at() == before { Err(arg.wrong("unknown")) } else { Ok(s) }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        SELECTOR.all().map(|row| Offer::new(row.name(), row.help)).collect()
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        if w.words.is_empty() {
            let offers = self.offer(w.words);
            return w.want(offers, "SELECTOR");
        }
        crate::command::Table::walk(&SELECTOR, w);
    }
}

/// Encapsulation: type, ports, original address.
struct Encap;

impl Value for Encap {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "TYPE SPORT DPORT ADDRESS".into()
    }
    fn term(&self) -> Cow<'static, str> {
        "ENCAP".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let mut out = vec![0; encap_tmpl::SIZE];
        set(&mut out, encap_tmpl::TYPE, &ENCAPS.take(w)?.to_ne_bytes());
        let sport = U16("SPORT value after \"encap\" is invalid").take(w)?;
        set(&mut out, encap_tmpl::SPORT, &sport.to_be_bytes());
        let dport = U16("DPORT value after \"encap\" is invalid").take(w)?;
        set(&mut out, encap_tmpl::DPORT, &dport.to_be_bytes());
        if let Some(ip) = take_addr(w, UNSPEC)?.ip() {
            set(&mut out, encap_tmpl::OA, &address(ip));
        }
        Ok(out)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        ENCAPS.offer(w)
    }
}

/// Offload to a device: the mode, the device, the direction.
struct Offload;

impl Value for Offload {
    type Out = (Vec<u8>, u8);
    fn meta(&self) -> Cow<'static, str> {
        "[ crypto | packet ] dev DEV dir { in | out }".into()
    }
    fn term(&self) -> Cow<'static, str> {
        "[ crypto | packet ] dev DEV dir DIR".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<(Vec<u8>, u8), Diag> {
        let packet = w.take_if(&["crypto", "packet"]).is_some_and(|arg| arg.is("packet"));
        let key = w.next()?;
        if !key.is("dev") {
            return Err(key.wrong("Missing dev keyword"));
        }
        let name = w.next()?;
        let absent = || name.wrong("Invalid device name").lost(crate::diag::Lost::Device(name.bytes.to_vec()));
        let index = if is_name(name.bytes) { w.names.link(name.bytes)? } else { None };
        let index = index.ok_or_else(absent)?;
        let key = w.next()?;
        if !key.is("dir") {
            return Err(key.wrong("Missing DIR keyword"));
        }
        let dir = DIRECTIONS.take(w)?;
        let mut out = vec![0; user_offload::SIZE];
        set(&mut out, user_offload::IFINDEX, &index.to_ne_bytes());
        set(&mut out, user_offload::FLAGS, &[u8::from(packet) * PACKET]);
        Ok((out, dir))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        ["crypto", "packet", "dev"].into_iter().map(|word| Offer::new(word, "")).collect()
    }
}

/// XFRM_OFFLOAD_INBOUND.
pub const INBOUND: u8 = 2;
/// XFRM_OFFLOAD_PACKET.
pub const PACKET: u8 = 4;

impl One {
    /// Takes the ID out.
    pub fn take_id(&mut self) -> Option<Id> {
        self.id.take()
    }
}
