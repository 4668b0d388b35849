//! The ioctls of a program that reach network drivers, as text: number, device, and the structure it hands over.
//!
//! strace does not show what these point to; so the program is traced here (`--trace FILE COMMAND...`).

use super::traced::{self, Stop};
use nix::sys::ptrace;
use nix::unistd::Pid;
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;

/// Numbers of linux/if_tunnel.h and linux/sockios.h; the family decides how long the structure of a tunnel is.
fn known(number: u64, family: u64) -> Option<(&'static str, usize)> {
    let tunnel = if family == 10 { 76 } else { 52 };
    Some(match number {
        0x89f0 => ("SIOCGETTUNNEL", 0),
        0x89f1 => ("SIOCADDTUNNEL", tunnel),
        0x89f2 => ("SIOCDELTUNNEL", tunnel),
        0x89f3 => ("SIOCCHGTUNNEL", tunnel),
        // Behind the flags, iproute2 leaves what was on its stack.
        0x89f5 => ("SIOCADDPRL", 8),
        0x89f6 => ("SIOCDELPRL", 8),
        0x89f9 => ("SIOCADD6RD", 24),
        0x89fa => ("SIOCDEL6RD", 24),
        0x8931 => ("SIOCADDMULTI", 0),
        0x8932 => ("SIOCDELMULTI", 0),
        _ => return None,
    })
}

fn hex(bytes: &[u8]) -> String {
    let word = |w: &[u8]| w.iter().map(|b| format!("{b:02x}")).collect::<String>();
    bytes.chunks(4).map(word).collect::<Vec<_>>().join(" ")
}

/// Runs a command and writes its ioctls to a file, a line each. Gives its exit code.
pub fn trace(file: &str, command: &[String]) -> i32 {
    let mut out = File::create(file).expect("a file");
    let pid = traced::start(command);
    let mut family = 0;
    traced::follow(pid, |stop| {
        if let Stop::Call = stop
            && let Some(line) = entered(pid, &mut family)
        {
            writeln!(out, "{line}").expect("a line");
        }
    })
}

#[cfg(target_arch = "x86_64")]
fn entered(pid: Pid, family: &mut u64) -> Option<String> {
    const SOCKET: u64 = 41;
    const IOCTL: u64 = 16;
    let regs = ptrace::getregs(pid).ok()?;
    // Every call begins with "not implemented" as its result.
    if regs.rax.cast_signed() != -38 {
        return None;
    }
    if regs.orig_rax == SOCKET && matches!(regs.rdi, 2 | 10 | 17) {
        *family = regs.rdi;
    }
    let (name, len) = known(regs.rsi, *family).filter(|_| regs.orig_rax == IOCTL)?;
    let memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    let mut request = [0u8; 40];
    memory.read_exact_at(&mut request, regs.rdx).ok()?;
    let device: Vec<u8> = request.iter().take(16).copied().take_while(|b| *b != 0).collect();
    let mut data = vec![0u8; len];
    let at = u64::from_ne_bytes(request[16..24].try_into().expect("eight bytes"));
    memory.read_exact_at(&mut data, at).ok()?;
    // A list of addresses carries them in the request itself.
    let data = if name.ends_with("MULTI") { &request[16..32] } else { &data };
    Some(format!("{name} family {family} {} {}", String::from_utf8_lossy(&device), hex(data)).trim_end().to_string())
}

#[cfg(not(target_arch = "x86_64"))]
fn entered(_pid: Pid, _family: &mut u64) -> Option<String> {
    None
}
