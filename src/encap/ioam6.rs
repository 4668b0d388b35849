//! `encap ioam6`: In-situ OAM, which records a trace of the path in the packet (linux/ioam6_iptunnel.h).

use super::{Body, RecordWriter, Type};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET6, take_addr};
use crate::grammar::number::{Term, U16, U32, unsigned};
use crate::grammar::value::Choice;
use crate::grammar::{Arg, Fallback, Grammar, Target, Value, Words};
use crate::output::scalar::Both;
use crate::rows;
use netlink_packet_route::route::{Ioam6Mode, Ioam6TraceHdr, RouteIoam6Tunnel};
use std::borrow::Cow;

attrs! {
    /// The attributes of RTA_ENCAP (linux/ioam6_iptunnel.h).
    pub const ATTRS;
    IOAM6_IPTUNNEL_MODE = 1: U8, Set;
    IOAM6_IPTUNNEL_DST = 2: Ip, Set;
    IOAM6_IPTUNNEL_TRACE = 3: Bytes, Set;
    IOAM6_IPTUNNEL_FREQ_K = 4: U32, Set;
    IOAM6_IPTUNNEL_FREQ_N = 5: U32, Set;
    IOAM6_IPTUNNEL_SRC = 6: Ip, Set;
}

const FREQ_MAX: u64 = 1_000_000;
const SIZE_MAX: u32 = 244;
/// One more than the largest trace type, which has 24 bits.
const TYPES: u32 = 1 << 24;

/// The encapsulation `ioam6`.
pub static TYPE: Type = Type {
    attrs: ATTRS,
    names: &["ioam6"],
    number: 9,
    help: "in-situ OAM: record a trace of the path",
    first: "",
    parse,
    table: &GRAMMAR,
    describe,
};

const INLINE: u8 = 1;
const MODES: Choice<u8> = Choice(&[("inline", INLINE), ("encap", 2), ("auto", 3)], "Invalid mode");

/// An encapsulation that is being parsed.
#[derive(Default)]
struct Builder {
    body: Body,
    freq: Option<(u32, u32)>,
    mode: Option<u8>,
    source: Option<Vec<u8>>,
    destination: Option<Vec<u8>>,
    trace: Option<Ioam6TraceHdr>,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.body.set_span(span);
    }
}

static GRAMMAR: Grammar<Builder> = Grammar {
    title: "IOAM6",
    rows: &[rows!(Builder;
        @once "freq" => Frequency, "insert into K of every N packets", |d, v| {
            d.body.trail.note(&[IOAM6_IPTUNNEL_FREQ_K]);
            d.body.trail.note(&[IOAM6_IPTUNNEL_FREQ_N]);
            d.freq = Some(v);
        };
        @once "mode" => Term("SEGMODE", MODES), "encapsulation mode", |d, v| {
            d.body.trail.note(&[IOAM6_IPTUNNEL_MODE]);
            d.mode = Some(v);
        };
        @once "tunsrc" => End("tunsrc"), "outer source", |d, v| {
            d.body.trail.note(&[IOAM6_IPTUNNEL_SRC]);
            d.source = Some(v);
        };
        @once "tundst" => End("tundst"), "outer destination", |d, v| {
            d.body.trail.note(&[IOAM6_IPTUNNEL_DST]);
            d.destination = Some(v);
        };
        @once "trace" => Trace, "trace type, namespace and size in bytes", |d, v| {
            d.body.trail.note(&[IOAM6_IPTUNNEL_TRACE]);
            d.trace = Some(v);
        };
    )],
    fallback: Fallback::Stop,
};

/// `K/N`, decimal.
struct Frequency;

impl Value for Frequency {
    type Out = (u32, u32);
    fn meta(&self) -> Cow<'static, str> {
        "K/N".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<(u32, u32), Diag> {
        let arg = w.next()?;
        let malformed = || arg.wrong("Invalid frequency (malformed)");
        let (k, n) = arg.str().and_then(|s| s.split_once('/')).ok_or_else(malformed)?;
        let one = |part: &str, why: &str| {
            let v = unsigned(part.as_bytes(), 10).ok_or_else(malformed)?;
            let fits = (1..=FREQ_MAX).contains(&v).then(|| u32::try_from(v).ok()).flatten();
            Ok(fits.ok_or_else(|| arg.wrong(why)))
        };
        let (k, n) = (one(k, "Out of bound \"k\" frequency")?, one(n, "Out of bound \"n\" frequency")?);
        let (k, n) = (k?, n?);
        if k > n {
            return Err(arg.wrong("Frequency with k > n is forbidden"));
        }
        Ok((k, n))
    }
}

/// The source or destination of the outer header.
struct End(&'static str);

impl Value for End {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        if let Some(arg) = w.take_if(&["any", "all", "default"]) {
            return Err(arg.wrong(&format!("Invalid IPv6 address for {}", self.0)));
        }
        Ok(take_addr(w, INET6)?.bytes())
    }
}

/// `prealloc type TYPE ns ID size BYTES`
struct Trace;

fn required(word: &str, at: usize) -> Diag {
    Diag::usage(format!("Error: argument \"{word}\" is required")).at(Span::word(at))
}

impl Value for Trace {
    type Out = Ioam6TraceHdr;
    fn meta(&self) -> Cow<'static, str> {
        "prealloc type BITS ns NAMESPACE size BYTES".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Ioam6TraceHdr, Diag> {
        w.take_if(&["prealloc"]).ok_or_else(|| required("prealloc", w.at()))?;
        w.take_if(&["type"]).ok_or_else(|| required("type", w.at()))?;
        let mut header = Ioam6TraceHdr::default();
        let arg = w.next()?;
        header.trace_type =
            U32::parse(arg.bytes).filter(|v| (1..TYPES).contains(v)).ok_or_else(|| arg.wrong("Invalid trace type"))?;
        let (mut ns, mut size) = (None, None);
        while let Some(keyword) = w.take_if(&["ns", "size"]) {
            let arg = w.next()?;
            let is_ns = keyword.is("ns");
            if if is_ns { ns.is_some() } else { size.is_some() } {
                return Err(Diag::garbage(&keyword.shown(), &arg.shown(), arg.span()));
            }
            if is_ns {
                ns = Some(U16::parse(arg.bytes).ok_or_else(|| arg.wrong("Invalid namespace ID"))?);
            } else {
                size = Some(room(&arg)?);
            }
        }
        header.namespace_id = ns.ok_or_else(|| required("ns", w.at()))?;
        header.remlen = size.ok_or_else(|| required("size", w.at()))?;
        Ok(header)
    }
}

/// A size of trace data in bytes, parsed to units of four octets.
fn room(arg: &Arg<'_>) -> Result<u8, Diag> {
    let v = U32::parse(arg.bytes).filter(|v| *v != 0).ok_or_else(|| arg.wrong("Invalid trace size"))?;
    if v % 4 != 0 {
        return Err(arg.wrong("Trace size must be a 4-octet multiple"));
    }
    u8::try_from(v / 4).ok().filter(|_| v <= SIZE_MAX).ok_or_else(|| arg.wrong("Trace size is too big"))
}

/// The error for a required word that is missing.
fn missing(word: &str, w: &Words<'_>) -> Diag {
    if w.is_empty() { Diag::incomplete(w.at()) } else { required(word, w.at()) }
}

/// The words have one order: `freq`, `mode`, `tunsrc`, `tundst`, `trace`.
fn parse(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut d = Builder::default();
    GRAMMAR.one("freq", &mut d, w)?;
    GRAMMAR.one("mode", &mut d, w)?;
    let mode = d.mode.unwrap_or(INLINE);
    if mode == INLINE {
        if let Some(end) = w.take_if(&["tunsrc", "tundst"]) {
            return Err(end.wrong(&format!("Inline mode does not need {}", end.shown())));
        }
    } else {
        GRAMMAR.one("tunsrc", &mut d, w)?;
        if !GRAMMAR.one("tundst", &mut d, w)? {
            return Err(missing("tundst", w));
        }
    }
    GRAMMAR.one("trace", &mut d, w)?;
    let trace = d.trace.ok_or_else(|| missing("trace", w))?;
    let (k, n) = d.freq.unwrap_or((1, 1));
    let mut body = Body::default();
    body.put(RouteIoam6Tunnel::FreqK(k));
    body.put(RouteIoam6Tunnel::FreqN(n));
    body.put(RouteIoam6Tunnel::Mode(Ioam6Mode::from(mode)));
    for (attr, end) in [(IOAM6_IPTUNNEL_SRC, d.source), (IOAM6_IPTUNNEL_DST, d.destination)] {
        if let Some(bytes) = end {
            body.raw(attr, bytes);
        }
    }
    body.put(RouteIoam6Tunnel::Trace(trace));
    body.trail = d.body.trail;
    Ok(body)
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let (Some(k), Some(n)) = (s.a.u32(IOAM6_IPTUNNEL_FREQ_K), s.a.u32(IOAM6_IPTUNNEL_FREQ_N)) {
        s.p.item("freqk", "freq {}", k);
        s.p.item("freqn", "/{} ", n);
    }
    if let Some(mode) = s.a.u8(IOAM6_IPTUNNEL_MODE) {
        s.p.item("mode", "mode {} ", MODES.name(mode).unwrap_or("<unknown>"));
    }
    s.ip(IOAM6_IPTUNNEL_SRC, INET6, "tunsrc", "tunsrc {} ");
    s.ip(IOAM6_IPTUNNEL_DST, INET6, "tundst", "tundst {} ");
    // struct ioam6_trace_hdr of linux/ioam6.h, in network byte order.
    let Some([ns0, ns1, _, room, t0, t1, t2, _]) = s.a.get(IOAM6_IPTUNNEL_TRACE).and_then(|b| b.first_chunk::<8>())
    else {
        return;
    };
    let bits = u32::from_be_bytes([0, *t0, *t1, *t2]);
    s.p.null("trace", "trace ");
    s.p.null("prealloc", "prealloc ");
    s.p.item("type", "type {} ", Both(format_args!("0x{bits:06x}"), format_args!("{bits:x}")));
    s.p.item("ns", "ns {} ", u16::from_be_bytes([*ns0, *ns1]));
    s.p.item("size", "size {} ", u16::from(room & 0x7f) * 4);
}
