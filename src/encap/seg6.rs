//! `encap seg6`: a segment routing header in an outer header, or inserted into the packet (linux/seg6_iptunnel.h).

use super::srh::{self, HMAC, Path, Segments};
use super::{Address, Body, RecordWriter, Type, seg6local};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::address::INET6;
use crate::grammar::named::Number;
use crate::grammar::number::Term;
use crate::grammar::value::{Choice, Word};
use crate::grammar::words::Table;
use crate::grammar::{Arg, Fallback, Grammar, Target, Value as _, Words};
use crate::net::attr::u32_at;
use crate::rows;

attrs! {
    /// The attributes of RTA_ENCAP (linux/seg6_iptunnel.h).
    pub const ATTRS;
    SEG6_IPTUNNEL_SRH = 1: Bytes, Set;
    SEG6_IPTUNNEL_SRC = 2: Ip, Set;
    SEG6_IPTUNNEL_TABLE = 3: U32, Set;
}

const LOOKUP: Number = seg6local::table("\"lookup\" value is invalid\n");

/// The encapsulation `seg6`.
pub static TYPE: Type = Type {
    attrs: ATTRS,
    names: &["seg6"],
    number: 5,
    help: "SRv6: a list of segments",
    first: "",
    parse,
    table: &GRAMMAR,
    describe,
};

const INLINE: u32 = 0;
const MODES: Choice<u32> = Choice(
    &[("inline", INLINE), ("encap", 1), ("l2encap", 2), ("encap.red", 3), ("l2encap.red", 4)],
    "\"mode\" value is invalid\n",
);

/// An encapsulation that is being parsed.
#[derive(Default)]
struct Builder {
    body: Body,
    mode: Option<u32>,
    path: Path,
    hmac: u32,
    source: Option<Vec<u8>>,
    table: Option<u32>,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.body.set_span(span);
    }
}

static GRAMMAR: Grammar<Builder> = Grammar {
    title: "SEG6",
    rows: &[rows!(Builder;
        @once "mode" => Term("SEGMODE", MODES), "encapsulation mode", |d, v| d.mode = Some(v);
        @once "tunsrc" => Word("ADDRESS"), "outer source", |d, (typed, at), w| {
            let arg = Arg { bytes: &typed, at };
            match d.mode {
                None => return Err(arg.wrong("\"tunsrc\" provided before \"mode\"\n")),
                Some(INLINE) => return Err(arg.wrong("\"tunsrc\" invalid with inline mode\n")),
                Some(_) => {}
            }
            w.back();
            let source = Address(INET6).take(w)?;
            if arg.is("any") || arg.is("all") {
                return Err(arg.wrong("\"tunsrc\" value is invalid\n"));
            }
            d.body.trail.note(&[SEG6_IPTUNNEL_SRC]);
            d.source = Some(source);
            Ok(())
        };
        @once "segs" => Word("ADDRESS[,ADDRESS...]"), "segments, first hop first", |d, (typed, at), w| {
            if d.mode.is_none() {
                return Err(Arg { bytes: &typed, at }.wrong("\"segs\" provided before \"mode\"\n"));
            }
            w.back();
            d.path = Segments.take(w)?;
            d.body.trail.note(&[SEG6_IPTUNNEL_SRH]);
            Ok(())
        };
        @once "lookup" => LOOKUP, "routing table for the first segment", |d, v, w| {
            if v == 0 {
                let word = w.at().saturating_sub(1);
                return Err(Diag::wrong("0", LOOKUP.why, Span::word(word)));
            }
            d.body.trail.note(&[SEG6_IPTUNNEL_TABLE]);
            d.table = Some(v);
            Ok(())
        };
        @once "hmac" => Term("HMACKEYID", HMAC), "HMAC key id", |d, v| d.hmac = v;
    )],
    fallback: Fallback::Stop,
};

fn parse(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut d = Builder::default();
    GRAMMAR.parse(&mut d, w)?;
    // Without `mode` the kernel must refuse, so an invalid mode is sent, as by iproute2.
    let mut header = d.mode.unwrap_or(u32::MAX).to_ne_bytes().to_vec();
    header.extend(srh::build(d.path, d.hmac, d.mode == Some(INLINE))?);
    d.body.raw(SEG6_IPTUNNEL_SRH, header);
    if let Some(source) = d.source {
        d.body.raw(SEG6_IPTUNNEL_SRC, source);
    }
    if let Some(table) = d.table {
        d.body.raw(SEG6_IPTUNNEL_TABLE, table.to_ne_bytes());
    }
    Ok(d.body)
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    let Some(header) = s.a.get(SEG6_IPTUNNEL_SRH) else { return };
    let mode = u32_at(header, 0).unwrap_or(u32::MAX);
    s.p.item("mode", "mode {} ", MODES.name(mode).unwrap_or("<unknown>"));
    s.ip(SEG6_IPTUNNEL_SRC, INET6, "tunsrc", "tunsrc {} ");
    srh::describe(s.p, header.get(4..).unwrap_or_default());
    if let Some(table) = s.a.u32(SEG6_IPTUNNEL_TABLE) {
        s.p.item("lookup", "lookup {} ", s.s.named(Table::Tables, table));
    }
}
