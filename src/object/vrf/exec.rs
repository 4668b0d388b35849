//! `vrf exec`: moves into the control group of a VRF, whose BPF program binds every new socket to the VRF's device, and
//! runs a command.

use super::{group, known};
use crate::diag::{Diag, Span, USAGE, errno_of, errno_text};
use crate::grammar::Words;
use crate::net::interceptor::{Revert, SideEffect};
use crate::object::netns;
use crate::output::escape::shown;
use crate::session::Session;
use crate::sys::{bpf_attach_sock_create, bpf_load_cgroup_sock};
use nix::errno::Errno;
use std::fs::File;
use std::io::Write as _;
use std::os::fd::AsFd as _;
use std::path::Path;

/// Runs `vrf exec`.
///
/// # Errors
///
/// No VRF or command, a VRF that does not exist, a control group that cannot be set up or joined, or a command that
/// cannot be run.
pub fn exec(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let Some(name) = w.peek() else { return Err(Diag::fail("No VRF name specified").at(Span::word(w.at()))) };
    w.skip();
    if w.is_empty() {
        return Err(Diag::fail("No command specified").at(Span::word(w.at())));
    }
    let device = if name.is("default") { 0 } else { known(s, name.bytes, name.at, USAGE)? };
    let command = w.rest();
    let what = || {
        let words: Vec<String> = command.iter().map(|w| shown(w)).collect();
        let text = format!("run {} in VRF {}", words.join(" "), name.shown());
        SideEffect::new(text, Revert::Impossible("what the program does is unknown"))
    };
    if !s.allow(what)? {
        return Ok(0);
    }
    s.flush();
    let become_it = || match join(name.bytes, device) {
        Ok(()) => netns::replace(command).at_first(Span::word(name.at + 1)),
        Err(d) => d.at_first(name.span()),
    };
    if s.in_batch { netns::spawn(s, become_it) } else { Err(become_it()) }
}

/// Moves this process into the control group of a VRF; for index 0, into the group outside all VRFs.
fn join(name: &[u8], device: u32) -> Result<(), Diag> {
    let refused = |d: Diag| d.with_code(USAGE);
    let mount = group::mount().map_err(refused)?;
    let own = group::of_process("self").map_err(|e| refused(Diag::os("Failed to lookup vrf association", e)))?;
    let space = netns::name_of_process("self").ok().flatten();
    let path = group::path(&mount, &own, space.as_deref(), if device == 0 { b"" } else { name });
    group::make(&path).map_err(|d| refused(d.line("Failed to setup vrf cgroup2 directory")))?;
    if device != 0 {
        bind(&path, device).map_err(refused)?;
    }
    let failed = |what: &str| Diag::usage(what);
    let mut list = File::options().append(true).open(path.join("cgroup.procs")).map_err(|e| {
        let e = errno_of(&e);
        failed(&format!("Failed to open cgroups.procs file: {}.", errno_text(e as i32))).with_errno(e as i32)
    })?;
    list.write_all(std::process::id().to_string().as_bytes()).map_err(|e| {
        let e = errno_of(&e);
        failed("Failed to join cgroup").with_errno(e as i32).hint(errno_text(e as i32))
    })
}

/// Attaches the program that binds new sockets to a device to a control group.
fn bind(path: &Path, device: u32) -> Result<(), Diag> {
    let said = |what: &str, e: Errno| Diag::fail(format!("{what}: '{}'", errno_text(e as i32))).with_errno(e as i32);
    let group = File::open(path).map_err(|e| said("Failed to open cgroup path", errno_of(&e)))?;
    let program = bpf_load_cgroup_sock(&binding(device)).map_err(|(e, log)| {
        let mut d = said("Failed to load BPF prog", e);
        let log = log.trim_end();
        if !log.is_empty() {
            d = d.line(log);
        }
        match e {
            Errno::EPERM => d.hint("loading a program needs CAP_BPF and CAP_NET_ADMIN, or CAP_SYS_ADMIN"),
            _ => d.line("Kernel compiled with CGROUP_BPF enabled?"),
        }
    })?;
    bpf_attach_sock_create(group.as_fd(), program.as_fd()).map_err(|e| {
        let d = said("Failed to attach prog to cgroup", e);
        if e == Errno::EPERM { d.hint("a parent control group has a program that forbids others") } else { d }
    })
}

/// The program, each instruction as a number (struct bpf_insn): sets `bound_dev_if`, the first field of struct
/// bpf_sock, to the device, and allows the socket.
fn binding(device: u32) -> [u64; 4] {
    // Opcodes of linux/bpf.h and linux/bpf_common.h.
    const MOV64_IMMEDIATE: u8 = 0x07 | 0xb0;
    const STORE_WORD: u8 = 0x03 | 0x60;
    const EXIT: u8 = 0x05 | 0x90;
    let instruction = |code: u8, to: u8, from: u8, immediate: u32| {
        let [a, b, c, d] = immediate.to_ne_bytes();
        let registers = if cfg!(target_endian = "big") { to << 4 | from } else { from << 4 | to };
        u64::from_ne_bytes([code, registers, 0, 0, a, b, c, d])
    };
    [
        instruction(MOV64_IMMEDIATE, 2, 0, device),
        instruction(STORE_WORD, 1, 2, 0),
        instruction(MOV64_IMMEDIATE, 0, 0, 1),
        instruction(EXIT, 0, 0, 0),
    ]
}
