//! `macvlan` and `macvtap`: devices with their own MAC addresses on a lower device (linux/if_link.h, IFLA_MACVLAN_*).

use super::{Body, Data, Filled, Kind, Raw, RecordWriter, Setting, speak_for, unknown_option, usage};
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U32, bounds, signed};
use crate::grammar::suggest;
use crate::grammar::value::{Flag, lladdr};
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::net::attr::{Attrs, put};
use crate::object::link::ether::Mac;
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoMacVlan, InfoMacVtap};
use std::borrow::Cow;

raw!(InfoMacVlan, InfoMacVtap);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_MACVLAN_MODE = 1: U32, Set;
    IFLA_MACVLAN_FLAGS = 2: U16, Set;
    IFLA_MACVLAN_MACADDR_MODE = 3: U32, Request;
    IFLA_MACVLAN_MACADDR = 4: Mac, Request;
    IFLA_MACVLAN_MACADDR_DATA = 5: Nest(Array(&Mac)), Request;
    IFLA_MACVLAN_MACADDR_COUNT = 6: U32, Read;
    IFLA_MACVLAN_BC_QUEUE_LEN = 7: U32, Set;
    IFLA_MACVLAN_BC_QUEUE_LEN_USED = 8: U32, Read;
    IFLA_MACVLAN_BC_CUTOFF = 9: I32, Set;
}

const NOPROMISC: u16 = 1;
const NODST: u16 = 2;
const PASSTHRU: u32 = 8;
const SOURCE: u32 = 16;

const MODES: &[(&str, u32)] = &[("private", 1), ("vepa", 2), ("bridge", 4), ("passthru", PASSTHRU), ("source", SOURCE)];

/// Links of type `macvlan`.
pub static MACVLAN: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, setting| finish(parse(w, setting)?, InfoData::MacVlan)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    defaults: &["bcqueuelen 1000"],
    quirks: Quirks { recreatable: true, ..Quirks::NONE },
    ..Kind::named("macvlan")
        .terms(&[
            ("", "MODE_OPTS"),
            ("MODE", "{ private | vepa | bridge | passthru | source }"),
            ("MODE_OPTS", "macaddr { { add | del } <macaddr> | set [ <macaddr> [ <macaddr> ... ] ] | flush }"),
            ("BC_QUEUE_LEN", "[ 0-4294967295 ]"),
        ])
        .about("virtual device with its own MAC address")
        .examples(&[(
            "rip link add link eth0 name mac0 type macvlan mode bridge",
            "devices on the same lower device reach each other",
        )])
};

/// Links of type `macvtap`.
pub static MACVTAP: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, setting| finish(parse(w, setting)?, InfoData::MacVtap)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    defaults: &["bcqueuelen 1000"],
    quirks: Quirks { recreatable: true, ..Quirks::NONE },
    ..Kind::named("macvtap")
        .terms(&[
            ("", "MODE_OPTS"),
            ("MODE", "{ private | vepa | bridge | passthru | source }"),
            ("MODE_OPTS", "macaddr { { add | del } <macaddr> | set [ <macaddr> [ <macaddr> ... ] ] | flush }"),
            ("BC_QUEUE_LEN", "[ 0-4294967295 ]"),
        ])
        .about("macvlan with a character device, for virtual machines")
        .examples(&[("rip link add link eth0 name tap0 type macvtap mode bridge", "for a virtual machine")])
};

/// The words of both kinds: attributes as bytes, and what is checked at the end of the line.
#[derive(Default)]
pub struct Builder {
    list: Vec<(u16, Vec<u8>)>,
    trail: crate::net::Trail,
    mode: Option<u32>,
    flags: u16,
    nopromisc: Option<Span>,
    has_flags: bool,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Builder {
    fn raw(&mut self, kind: u16, body: impl AsRef<[u8]>) {
        self.trail.note(&[kind]);
        self.list.push((kind, body.as_ref().to_vec()));
    }
}

static ROWS: &[Row<Builder>] = rows!(Builder;
    "mode~" => Mode, "mode of traffic between the devices", |d, v| {
        d.mode = Some(v);
        d.raw(IFLA_MACVLAN_MODE, v.to_ne_bytes());
    };
    "flag~" => Term("MODE_FLAG", FlagName), "nopromisc, nodst or null", |d, v, w| {
        d.flags |= v;
        d.has_flags = true;
        if v & NOPROMISC != 0 {
            d.nopromisc = Some(Span::word(w.at().saturating_sub(1)));
        }
    };
    "macaddr~" => MacList, "allowed source addresses (mode source)", |d, list| for (kind, body) in list {
        d.raw(kind, body);
    };
    "nopromisc~" => Flag, "leave the lower device out of promiscuous mode (mode passthru)", |d, (), w| {
        d.flags |= NOPROMISC;
        d.has_flags = true;
        d.nopromisc = Some(Span::word(w.at().saturating_sub(1)));
    };
    "nodst~" => Flag, "ignore destination addresses (mode source)", |d, ()| {
        d.flags |= NODST;
        d.has_flags = true;
    };
    "bcqueuelen~" => Term("BC_QUEUE_LEN", QueueLen), "length of the broadcast queue", |d, v| d.raw(IFLA_MACVLAN_BC_QUEUE_LEN, v.to_ne_bytes());
    "bclim" => Term("BCLIM", Limit), "queue multicast for groups with more members than this", |d, v| d.raw(IFLA_MACVLAN_BC_CUTOFF, v.to_ne_bytes());
);

/// A signed 32-bit number.
struct Limit;

impl Value for Limit {
    type Out = i32;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<i32, Diag> {
        let arg = w.next()?;
        let wrong = || Diag::fail(format!("Error: illegal value for \"bclim\": \"{}\"", arg.shown())).at(arg.span());
        signed(arg.bytes)
            .and_then(|v| i32::try_from(v).ok())
            .ok_or_else(|| bounds(wrong(), arg.bytes, i32::MIN, i32::MAX))
    }
}

static GRAMMAR: Grammar<Builder> =
    Grammar { title: "MACVLAN", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_option("macvlan", arg)) };

fn parse(w: &mut Words<'_>, setting: &Setting<'_>) -> Result<Builder, Diag> {
    let mut d = Builder::default();
    let kind = setting.kind;
    GRAMMAR.parse(&mut d, w).map_err(|e| speak_for(e, "macvlan", kind))?;
    if let Some(span) = d.nopromisc
        && d.mode != Some(PASSTHRU)
    {
        let text = super::find(kind.as_bytes()).map(usage).unwrap_or_default();
        let what = format!("{kind}: nopromisc flag only valid in passthru mode");
        return Err(Diag::fail(what).at(span).line(text.trim_end()));
    }
    if d.has_flags {
        let flags = d.flags;
        d.raw(IFLA_MACVLAN_FLAGS, flags.to_ne_bytes());
    }
    Ok(d)
}

fn finish<A: Raw>(d: Builder, wrap: fn(Vec<A>) -> InfoData) -> Result<Filled, Diag> {
    let mut data: Data<A> = Data::default();
    for (kind, body) in d.list {
        data.raw(kind, body);
    }
    Ok(Filled { body: Body::Data(wrap(data.list)), trail: d.trail })
}

/// `private`, `vepa`, `bridge`, `passthru` or `source`.
struct Mode;

impl Value for Mode {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "{ private | vepa | bridge | passthru | source }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        MODES.iter().find(|(n, _)| arg.is(n)).map(|(_, v)| *v).ok_or_else(|| {
            let d = Diag::fail(format!(
                "Error: argument of \"mode\" must be \"private\", \"vepa\", \"bridge\", \"passthru\" or \"source\", not \"{}\"",
                arg.shown()
            ));
            suggest::hint(d.at(arg.span()), arg.bytes, MODES.iter().map(|(n, _)| *n))
        })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        MODES.iter().map(|(n, _)| Offer::new(*n, "")).collect()
    }
}

/// A flag by name.
struct FlagName;

impl Value for FlagName {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "{ nopromisc | nodst | null }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        match arg.bytes {
            b"nopromisc" => Ok(NOPROMISC),
            b"nodst" => Ok(NODST),
            b"null" => Ok(0),
            _ => Err(Diag::fail(format!(
                "Error: argument of \"flag\" must be \"nopromisc\", \"nodst\" or \"null\", not \"{}\"",
                arg.shown()
            ))
            .at(arg.span())),
        }
    }
}

/// A queue length, with this kind's error for a bad one.
struct QueueLen;

impl Value for QueueLen {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes).ok_or_else(|| {
            Diag::fail(format!(
                "Error: argument of \"bcqueuelen\" must be a positive integer [0-4294967295], not \"{}\"",
                arg.shown()
            ))
            .at(arg.span())
        })
    }
}

/// An address that the kernel takes here.
fn six(bytes: Vec<u8>) -> Option<Vec<u8>> {
    Some(bytes).filter(|b| b.len() == 6)
}

/// The complaint of iproute2 about an address that is too long.
fn invalid(mac: &Arg<'_>) -> String {
    format!("\"{}\" is invalid lladdr.", mac.shown())
}

/// `add MAC`, `del MAC`, `set MAC ...` or `flush`.
struct MacList;

impl Value for MacList {
    type Out = Vec<(u16, Vec<u8>)>;
    fn meta(&self) -> Cow<'static, str> {
        "{ { add | del } MACADDR | set [ MACADDR ... ] | flush }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        let mode: u32 = match arg.bytes {
            b"add" => 0,
            b"del" => 1,
            b"flush" => 2,
            b"set" => 3,
            _ => return Err(Diag::fail(usage(&MACVLAN).trim_end()).at(arg.span())),
        };
        let mut out = vec![(IFLA_MACVLAN_MACADDR_MODE, mode.to_ne_bytes().to_vec())];
        match mode {
            0 | 1 => {
                let mac = w.next()?;
                let bytes = lladdr(mac.bytes).and_then(|bytes| six(bytes).ok_or_else(|| invalid(&mac)));
                out.push((IFLA_MACVLAN_MACADDR, bytes.map_err(|e| Diag::fail(e).at(mac.span()))?));
            }
            3 => {
                let mut list = Vec::new();
                while let Some(mac) = w.peek() {
                    // The list ends with the first word that is not an address of six bytes.
                    let read = match lladdr(mac.bytes) {
                        Ok(bytes) if bytes.len() < 6 => break,
                        Ok(bytes) => six(bytes).ok_or_else(|| invalid(&mac)),
                        Err(_) if GRAMMAR.find(mac.bytes).is_some() => break,
                        Err(e) => Err(e),
                    };
                    let bytes = read.map_err(|e| {
                        let unknown = format!("macvlan: unknown option \"{}\"?", mac.shown());
                        Diag::fail(e).at(mac.span()).line(unknown).line(usage(&MACVLAN).trim_end())
                    })?;
                    put(&mut list, IFLA_MACVLAN_MACADDR, &bytes);
                    w.skip();
                }
                out.push((IFLA_MACVLAN_MACADDR_DATA, list));
            }
            _ => {}
        }
        Ok(out)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        ["add", "del", "set", "flush"].map(|n| Offer::new(n, "")).to_vec()
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u32(IFLA_MACVLAN_MODE) {
        let name = MODES.iter().find(|(_, m)| *m == v).map_or("unknown", |(n, _)| n);
        s.p.item("mode", "mode {} ", name);
    }
    let flags = s.d.u16(IFLA_MACVLAN_FLAGS).unwrap_or(0);
    if flags & NOPROMISC != 0 {
        s.p.flag("nopromisc", "nopromisc ");
    }
    if flags & NODST != 0 {
        s.p.flag("nodst", "nodst ");
    }
    s.u32(IFLA_MACVLAN_BC_QUEUE_LEN, "bcqueuelen", "bcqueuelen {} ");
    s.u32(IFLA_MACVLAN_BC_QUEUE_LEN_USED, "usedbcqueuelen", "usedbcqueuelen {} ");
    if let Some(v) = s.d.s32(IFLA_MACVLAN_BC_CUTOFF) {
        s.p.item("bclim", "bclim {} ", v);
    }
    let source = s.d.u32(IFLA_MACVLAN_MODE) == Some(SOURCE);
    let Some(count) = s.d.u32(IFLA_MACVLAN_MACADDR_COUNT).filter(|_| source) else { return };
    s.p.item("macaddr_count", "remotes ({}) ", count);
    let Some(list) = s.d.get(IFLA_MACVLAN_MACADDR_DATA) else { return };
    s.p.array(Some("macaddr_data"));
    for (kind, mac) in Attrs(list) {
        if kind == IFLA_MACVLAN_MACADDR {
            s.p.element("{} ", Mac(1, mac));
        }
    }
    s.p.close();
}
