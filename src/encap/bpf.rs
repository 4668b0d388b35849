//! `encap bpf`: BPF programs that a route's packets pass through (linux/lwtunnel.h, LWT_BPF_*), and the words for a
//! program.

use super::{Body, NESTED, RecordWriter, Type};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::number::U32;
use crate::grammar::{Fallback, Grammar, Target, Value, Words};
use crate::net::attr::{put, until_nul};
use crate::net::{Index, Nested};
use crate::output::Printer;
use crate::rows;
use std::borrow::Cow;
use std::os::fd::AsRawFd as _;

attrs! {
    /// The attributes of RTA_ENCAP (linux/lwtunnel.h).
    pub const ATTRS;
    LWT_BPF_IN = 1: Nest(Attrs(PROG_ATTRS)), Set;
    LWT_BPF_OUT = 2: Nest(Attrs(PROG_ATTRS)), Set;
    LWT_BPF_XMIT = 3: Nest(Attrs(PROG_ATTRS)), Set;
    LWT_BPF_XMIT_HEADROOM = 4: U32, Set;
}

attrs! {
    /// Inside LWT_BPF_IN, LWT_BPF_OUT and LWT_BPF_XMIT.
    pub const PROG_ATTRS;
    LWT_BPF_PROG_FD = 1: U32, Request;
    LWT_BPF_PROG_NAME = 2: Text, Set;
}

/// The encapsulation `bpf`.
pub static TYPE: Type = Type {
    attrs: ATTRS,
    names: &["bpf"],
    number: 6,
    help: "BPF programs run on the route's packets",
    first: "",
    parse,
    table: &GRAMMAR,
    describe,
};

/// An encapsulation that is being parsed.
#[derive(Default)]
struct Builder {
    body: Body,
    headroom: Option<u32>,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.body.set_span(span);
    }
}

static GRAMMAR: Grammar<Builder> = Grammar {
    title: "BPF",
    rows: &[rows!(Builder;
        "in" => Program, "program for incoming packets", |d, v| d.body.raw(LWT_BPF_IN | NESTED, v);
        "out" => Program, "program for locally generated packets", |d, v| d.body.raw(LWT_BPF_OUT | NESTED, v);
        "xmit" => Program, "program for outgoing packets", |d, v| d.body.raw(LWT_BPF_XMIT | NESTED, v);
        "headroom" => Room, "headroom in bytes for the xmit program", |d, v| {
            d.body.trail.note(&[LWT_BPF_XMIT_HEADROOM]);
            d.headroom.get_or_insert(v);
        };
    )],
    fallback: Fallback::Stop,
};

/// A non-zero number.
struct Room;

impl Value for Room {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "BYTES".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes).filter(|v| *v != 0).ok_or_else(|| arg.wrong("headroom is invalid\n"))
    }
}

/// A BPF program, parsed to the bytes of its nested attributes.
pub struct Program;

impl Value for Program {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "pinned FILE".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        // iproute2 always adds this line.
        let failed = |d: Diag| d.line("Failed to parse eBPF program: Operation not permitted");
        let (fd, path) = crate::program::pinned(w, &arg).map_err(failed)?;
        let mut nest = Vec::new();
        put(&mut nest, LWT_BPF_PROG_FD, &fd.as_raw_fd().to_ne_bytes());
        let mut name = path.rsplit(|b| *b == b'/').next().unwrap_or_default().to_vec();
        name.extend_from_slice(b":[*fsobj]\0");
        put(&mut nest, LWT_BPF_PROG_NAME, &name);
        w.names.hold(fd);
        Ok(nest)
    }
}

fn parse(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut d = Builder::default();
    GRAMMAR.parse(&mut d, w)?;
    if let Some(v) = d.headroom {
        d.body.raw(LWT_BPF_XMIT_HEADROOM, v.to_ne_bytes());
    }
    Ok(d.body)
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    for (attr, key, form) in
        [(LWT_BPF_IN, "in", "in {} "), (LWT_BPF_OUT, "out", "out {} "), (LWT_BPF_XMIT, "xmit", "xmit {} ")]
    {
        if let Some(nest) = s.a.get(attr) {
            describe_program(s.p, nest, key, form);
        }
    }
    s.u32(LWT_BPF_XMIT_HEADROOM, "headroom", " {} ");
}

/// Describes a program by its name.
pub fn describe_program(p: &mut Printer<'_>, nest: &[u8], key: &str, form: &str) {
    let a: Nested<'_> = Index::new(nest);
    match a.get(LWT_BPF_PROG_NAME) {
        Some(name) => p.item(key, form, until_nul(name)),
        None => {
            p.text_item("{} ", key);
            p.hidden(key, "<unknown>");
        }
    }
}
