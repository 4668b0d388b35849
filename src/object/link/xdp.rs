//! `xdp`: attaches an XDP program from an object file or a BPF file system, or detaches it.

use super::words::LinkBuilder;
use crate::diag::Diag;
use crate::grammar::{Offer, Value, Words};
use crate::net::attr::put;
use crate::schema::{IFLA_XDP, IFLA_XDP_FD, IFLA_XDP_FLAGS};
use std::borrow::Cow;
use std::os::fd::{AsRawFd as _, OwnedFd};

// XDP_FLAGS_* of linux/if_link.h.
const NO_EXIST: u32 = 1;
/// XDP_FLAGS_SKB_MODE.
pub const SKB: u32 = 1 << 1;
/// XDP_FLAGS_DRV_MODE.
pub const DRV: u32 = 1 << 2;
/// XDP_FLAGS_HW_MODE.
pub const HW: u32 = 1 << 3;

/// `off`, or the source of a program. Without -force it replaces no other (XDP_FLAGS_UPDATE_IF_NOEXIST).
pub struct Program;

/// A program to attach, or `None` to detach.
pub type Wanted = Option<OwnedFd>;

impl Value for Program {
    type Out = Wanted;
    fn meta(&self) -> Cow<'static, str> {
        "{ off | none | object FILE | pinned FILE }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Wanted, Diag> {
        let arg = w.next()?;
        // As in iproute2, `off` is a keyword only at the end of the line.
        if (arg.is("off") || arg.is("none")) && w.is_empty() {
            return Ok(None);
        }
        if crate::program::is_object(&arg) {
            return crate::program::load(w).map(Some);
        }
        Ok(Some(crate::program::pinned(w, &arg)?.0))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        let (off, pinned) = ("detach", "a program pinned in a BPF file system");
        let object = Offer::new("object", "a program in an object file");
        vec![Offer::new("off", off), Offer::new("none", off), object, Offer::new("pinned", pinned)]
    }
}

/// A program for hardware offload. Its error is reported only if the device exists.
pub struct Offload;

impl Value for Offload {
    type Out = Result<Wanted, Diag>;
    fn meta(&self) -> Cow<'static, str> {
        Program.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        if w.is_empty() {
            return Program.take(w).map(Ok);
        }
        Ok(Program.take(w))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        Program.offer(w)
    }
}

/// Adds a program that is offloaded to an existing device.
///
/// # Errors
///
/// The device does not exist, or the program cannot be loaded.
pub fn offload(d: &mut LinkBuilder, program: Result<Wanted, Diag>, w: &Words<'_>) -> Result<(), Diag> {
    let name = d.dev.as_ref().or(d.name.as_ref()).map(|(name, _)| name.as_slice());
    let there = name.map(|name| w.names.link(name)).transpose()?.flatten();
    let program = there.map_or_else(|| Err(Diag::incomplete(w.at())), |_| program)?;
    attach(d, HW, program);
    Ok(())
}

/// Adds the program's descriptor (-1: detach) and the attach mode.
pub fn attach(d: &mut LinkBuilder, place: u32, program: Wanted) {
    let flags = if d.force { place } else { place | NO_EXIST };
    let fd = program.as_ref().map_or(-1, |fd| fd.as_raw_fd());
    let mut body = Vec::new();
    put(&mut body, IFLA_XDP_FD, &fd.to_ne_bytes());
    if flags != 0 {
        put(&mut body, IFLA_XDP_FLAGS, &flags.to_ne_bytes());
    }
    d.raw(IFLA_XDP, body);
    d.fds.extend(program);
}
