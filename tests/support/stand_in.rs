//! Stands in for a kernel that has families of generic netlink which the running one lacks: a command is traced, its messages to
//! these families never reach the kernel, and the answers are made here.
//!
//! `--stand-in FAMILIES ANSWERS FILE COMMAND...`: the families, separated by commas; a file with what their dumps list (a line
//! each: `FAMILY COMMAND ATTRIBUTES`, the attributes as in the text form of a request); where the messages go, as hexadecimal lines.

use super::forge;
use super::traced::{self, Stop};
use nix::sys::ptrace;
use nix::unistd::Pid;
use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;

const GENERIC: u64 = 16;
const CONTROLLER: u16 = 16;
/// Beyond GENL_MAX_ID: no family of a kernel has such a number.
const FIRST: u16 = 2000;
/// NLMSG_ERROR, NLMSG_DONE, NLM_F_MULTI, NLM_F_ACK, NLM_F_DUMP of linux/netlink.h.
const ERROR: u16 = 2;
const DONE: u16 = 3;
const MULTI: u16 = 2;
const ACK: u16 = 4;
const DUMP: u16 = 0x300;
const ENOENT: i32 = -2;

/// What the traced command has done so far.
struct StandIn {
    pid: Pid,
    memory: File,
    families: Vec<String>,
    /// What the dumps list, by family and command.
    answers: HashMap<(String, u8), Vec<Vec<u8>>>,
    out: File,
    sockets: HashSet<u64>,
    /// The system call under way was `socket(2)` for generic netlink.
    opening: bool,
    /// Answers that have not been read.
    queue: VecDeque<Vec<u8>>,
    /// The system call under way is left out; what it returns.
    skipped: Option<u64>,
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_ne_bytes([b[0], b[1]]))
}

/// A message of netlink.
fn message(kind: u16, flags: u16, seq: &[u8], port: u32, body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(16 + body.len()).expect("a length");
    [&len.to_ne_bytes()[..], &kind.to_ne_bytes(), &flags.to_ne_bytes(), seq, &port.to_ne_bytes(), body].concat()
}

impl StandIn {
    fn read(&self, at: u64, len: usize) -> Vec<u8> {
        let mut bytes = vec![0; len];
        self.memory.read_exact_at(&mut bytes, at).expect("its memory");
        bytes
    }

    fn word(&self, at: u64) -> u64 {
        u64::from_ne_bytes(self.read(at, 8).try_into().expect("eight bytes"))
    }

    /// The buffers of a struct msghdr, which begins with a name, its length, the buffers and their number.
    fn buffers(&self, header: u64) -> Vec<(u64, usize)> {
        let (list, count) = (self.word(header + 16), self.word(header + 24));
        (0..count).map(|i| (self.word(list + 16 * i), self.word(list + 16 * i + 8) as usize)).collect()
    }

    /// Answers what is sent, where it is for a family of ours; whether it was.
    fn sent(&mut self, bytes: &[u8]) -> bool {
        let (kind, flags, seq) = (u16_at(bytes, 4), u16_at(bytes, 6), &bytes[8..12]);
        let port = self.pid.as_raw().cast_unsigned();
        let attributes = bytes.get(20..).unwrap_or_default();
        let family = if kind == CONTROLLER {
            // Its only attribute is the name.
            let name = attributes.get(4..usize::from(u16_at(attributes, 0))).unwrap_or_default();
            self.families.iter().position(|f| [f.as_bytes(), &[0]].concat() == name)
        } else {
            kind.checked_sub(FIRST).map(usize::from)
        };
        let Some(family) = family.filter(|f| *f < self.families.len()) else { return false };
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        writeln!(self.out, "{hex}").expect("a line");
        let error = |number: i32| message(ERROR, 0, seq, port, &[&number.to_ne_bytes()[..], &bytes[..16]].concat());
        if kind == CONTROLLER {
            let id = FIRST + u16::try_from(family).expect("a number");
            let mut body = vec![1, 2, 0, 0];
            body.extend(forge::attribute(2, &[self.families[family].as_bytes(), &[0]].concat()));
            body.extend(forge::attribute(1, &id.to_ne_bytes()));
            self.queue.push_back(message(CONTROLLER, 0, seq, port, &body));
        } else if flags & DUMP == DUMP {
            let listed = self.answers.get(&(self.families[family].clone(), bytes[16]));
            for entry in listed.into_iter().flatten() {
                let body = [&[bytes[16], 1, 0, 0], entry.as_slice()].concat();
                self.queue.push_back(message(kind, MULTI, seq, port, &body));
            }
            self.queue.push_back(message(DONE, MULTI, seq, port, &[0; 4]));
        } else if flags & ACK == 0 {
            self.queue.push_back(error(ENOENT));
        }
        if flags & ACK != 0 {
            self.queue.push_back(error(0));
        }
        true
    }

    /// Gives the next answer to one that reads; how many bytes it says it has read.
    fn received(&mut self, buffers: &[(u64, usize)], flags: u64) -> Option<u64> {
        let answer = self.queue.front()?.clone();
        let mut rest = answer.as_slice();
        for (at, len) in buffers {
            let (now, later) = rest.split_at(rest.len().min(*len));
            self.memory.write_all_at(now, *at).expect("its memory");
            rest = later;
        }
        if flags & libc_flag::PEEK == 0 {
            self.queue.pop_front();
        }
        let taken = if flags & libc_flag::TRUNC == 0 { answer.len() - rest.len() } else { answer.len() };
        Some(taken as u64)
    }

    /// The kernel as the sender: struct sockaddr_nl with the port 0.
    fn sender(&self, name: u64, len: u64) {
        if name != 0 {
            let kernel = [16u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            self.memory.write_all_at(&kernel, name).expect("its memory");
            self.memory.write_all_at(&12u32.to_ne_bytes(), len).expect("its memory");
        }
    }
}

/// Flags of recv(2).
mod libc_flag {
    pub const PEEK: u64 = 2;
    pub const TRUNC: u64 = 0x20;
}

/// Runs a command with a stand-in. Gives its exit code.
pub fn run(families: &str, answers: &str, file: &str, command: &[String]) -> i32 {
    let pid = traced::start(command);
    let text = std::fs::read_to_string(answers).unwrap_or_default();
    let mut listed: HashMap<(String, u8), Vec<Vec<u8>>> = HashMap::new();
    for line in text.lines() {
        let mut words = line.splitn(3, ' ');
        let (family, command) = (words.next().expect("a family"), words.next().expect("a command"));
        let attributes = forge::attributes(&mut words.next().unwrap_or_default());
        let bytes = attributes.iter().flat_map(|(number, value)| forge::attribute(*number, value)).collect();
        listed.entry((family.into(), command.parse().expect("a number"))).or_default().push(bytes);
    }
    let memory = || File::options().read(true).write(true).open(format!("/proc/{pid}/mem")).expect("its memory");
    let mut s = StandIn {
        pid,
        memory: memory(),
        families: families.split(',').map(String::from).collect(),
        answers: listed,
        out: File::create(file).expect("a file"),
        sockets: HashSet::new(),
        opening: false,
        queue: VecDeque::new(),
        skipped: None,
    };
    traced::follow(pid, |stop| match stop {
        Stop::Call => s.stopped(),
        Stop::Exec => s.memory = memory(),
    })
}

#[cfg(target_arch = "x86_64")]
impl StandIn {
    /// At the begin or the end of a system call.
    fn stopped(&mut self) {
        const SOCKET: u64 = 41;
        const CLOSE: u64 = 3;
        const SENDTO: u64 = 44;
        const RECVFROM: u64 = 45;
        const SENDMSG: u64 = 46;
        const RECVMSG: u64 = 47;
        let mut regs = ptrace::getregs(self.pid).expect("registers");
        if let Some(result) = self.skipped.take() {
            regs.rax = result;
            ptrace::setregs(self.pid, regs).expect("registers");
            return;
        }
        // Every call begins with "not implemented" as its result.
        if regs.rax.cast_signed() != -38 {
            if std::mem::take(&mut self.opening) && regs.rax.cast_signed() >= 0 {
                self.sockets.insert(regs.rax);
            }
            return;
        }
        self.opening = regs.orig_rax == SOCKET && regs.rdi == 16 && regs.rdx == GENERIC;
        if !self.sockets.contains(&regs.rdi) {
            return;
        }
        let result = match regs.orig_rax {
            CLOSE => {
                self.sockets.remove(&regs.rdi);
                None
            }
            SENDTO => {
                let bytes = self.read(regs.rsi, regs.rdx as usize);
                self.sent(&bytes).then_some(regs.rdx)
            }
            SENDMSG => {
                let buffers = self.buffers(regs.rsi);
                let bytes: Vec<u8> = buffers.iter().flat_map(|(at, len)| self.read(*at, *len)).collect();
                self.sent(&bytes).then_some(bytes.len() as u64)
            }
            RECVFROM if !self.queue.is_empty() => {
                self.sender(regs.r8, regs.r9);
                self.received(&[(regs.rsi, regs.rdx as usize)], regs.r10)
            }
            RECVMSG if !self.queue.is_empty() => {
                self.sender(self.word(regs.rsi), regs.rsi + 8);
                // Neither ancillary data nor flags.
                self.memory.write_all_at(&[0; 12], regs.rsi + 40).expect("its memory");
                let buffers = self.buffers(regs.rsi);
                self.received(&buffers, regs.rdx)
            }
            _ => None,
        };
        if let Some(result) = result {
            regs.orig_rax = u64::MAX;
            ptrace::setregs(self.pid, regs).expect("registers");
            self.skipped = Some(result);
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
impl StandIn {
    fn stopped(&mut self) {}
}
