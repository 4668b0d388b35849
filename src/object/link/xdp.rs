//! `xdp`: detach a program, or attach one that is pinned in a BPF file system.

use super::words::LinkDraft;
use crate::diag::Diag;
use crate::grammar::{Value, Words};
use crate::net::attr::put;
use crate::net::uapi::IFLA_XDP;
use std::borrow::Cow;

// linux/if_link.h
pub const SKB: u32 = 1 << 1;
pub const DRV: u32 = 1 << 2;
pub const HW: u32 = 1 << 3;
const XDP_FD: u16 = 1;
const XDP_FLAGS: u16 = 3;

/// `off`, or where a program comes from. Only `off` needs no loader.
pub struct Program(pub &'static str);

impl Value for Program {
    type Out = i32;
    fn meta(&self) -> Cow<'static, str> {
        "{ off | none | object FILE [ section NAME ] | pinned FILE }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<i32, Diag> {
        let arg = w.next()?;
        // As in the reference, `off` stands for itself only at the end of the line.
        if (arg.is("off") || arg.is("none")) && w.is_empty() {
            return Ok(-1);
        }
        let loader = ["object-file~", "obj", "object-pinned~", "pinned~", "fd~", "bytecode", "bytecode-file"];
        if loader.iter().any(|n| crate::grammar::spells(n, arg.bytes)) {
            let what = format!("{}: this build of rip does not load BPF programs", self.0);
            return Err(Diag::usage(what)
                .at(arg.span())
                .hint("attach it with bpftool: bpftool net attach xdp pinned FILE dev DEV"));
        }
        Err(Diag::usage(format!("What mode is \"{}\"?", arg.shown())).at(arg.span()))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<crate::grammar::Offer> {
        vec![crate::grammar::Offer::new("off", "detach")]
    }
}

/// Adds the program's descriptor (-1: none) and the place it is attached to.
pub fn attach(d: &mut LinkDraft, flags: u32, fd: &i32) {
    let mut body = Vec::new();
    put(&mut body, XDP_FD, &fd.to_ne_bytes());
    if flags != 0 {
        put(&mut body, XDP_FLAGS, &flags.to_ne_bytes());
    }
    d.raw(IFLA_XDP, body);
}
