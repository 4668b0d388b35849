//! `encap bpf`: programs that see a route's packets (linux/lwtunnel.h, LWT_BPF_*), and the words for a program.

use super::{Body, NESTED, Sheet, Type};
use crate::diag::{Diag, Span};
use crate::grammar::number::U32;
use crate::grammar::{Bare, Grammar, Target, Value, Words};
use crate::net::attr::{put, until_nul};
use crate::net::{Index, Nested};
use crate::rows;
use crate::show::Paper;
use std::borrow::Cow;
use std::os::fd::AsRawFd as _;

const IN: u16 = 1;
const OUT: u16 = 2;
const XMIT: u16 = 3;
const HEADROOM: u16 = 4;

// The same in seg6local.
const PROG_FD: u16 = 1;
const PROG_NAME: u16 = 2;

pub static TYPE: Type =
    Type { names: &["bpf"], number: 6, help: "BPF programs on the way", first: "", read, table: &GRAMMAR, describe };

/// An encapsulation while its words are read.
#[derive(Default)]
struct Draft {
    body: Body,
    headroom: Option<u32>,
}

impl Target for Draft {
    fn caused(&mut self, span: Span) {
        self.body.caused(span);
    }
}

static GRAMMAR: Grammar<Draft> = Grammar {
    title: "BPF",
    rows: &[rows!(Draft;
        "in" => Program, "program for packets that come", |d, v| d.body.raw(IN | NESTED, v);
        "out" => Program, "program for packets of this host", |d, v| d.body.raw(OUT | NESTED, v);
        "xmit" => Program, "program for packets that leave", |d, v| d.body.raw(XMIT | NESTED, v);
        "headroom" => Room, "bytes that the xmit program may put before a packet", |d, v| {
            d.body.trail.note(&[HEADROOM]);
            d.headroom.get_or_insert(v);
        };
    )],
    bare: Bare::Stop,
};

/// A number that is not 0.
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

/// A program that is pinned in a BPF file system, as the bytes of its nest.
pub struct Program;

impl Value for Program {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "pinned FILE".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        // iproute2 adds this line whatever the reason.
        let failed = |d: Diag| d.line("Failed to parse eBPF program: Operation not permitted");
        let (fd, path) = crate::program::pinned(w, &arg).map_err(failed)?;
        let mut nest = Vec::new();
        put(&mut nest, PROG_FD, &fd.as_raw_fd().to_ne_bytes());
        let mut name = path.rsplit(|b| *b == b'/').next().unwrap_or_default().to_vec();
        name.extend_from_slice(b":[*fsobj]\0");
        put(&mut nest, PROG_NAME, &name);
        w.names.hold(fd);
        Ok(nest)
    }
}

fn read(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut d = Draft::default();
    GRAMMAR.parse(&mut d, w)?;
    if let Some(v) = d.headroom {
        d.body.raw(HEADROOM, v.to_ne_bytes());
    }
    Ok(d.body)
}

fn describe(s: &mut Sheet<'_, '_, '_>) {
    for (attr, key, form) in [(IN, "in", "in {} "), (OUT, "out", "out {} "), (XMIT, "xmit", "xmit {} ")] {
        if let Some(nest) = s.a.get(attr) {
            describe_program(s.p, nest, key, form);
        }
    }
    s.u32(HEADROOM, "headroom", " {} ");
}

/// Describes a program by its name.
pub fn describe_program(p: &mut Paper<'_>, nest: &[u8], key: &str, form: &str) {
    let a: Nested<'_> = Index::new(nest);
    match a.get(PROG_NAME) {
        Some(name) => p.item(key, form, until_nul(name)),
        None => {
            p.text_item("{} ", key);
            p.hidden(key, "<unknown>");
        }
    }
}
