//! `xfrm monitor`: prints events of states and policies as they happen. `nokeys` hides the keys in all of them.

mod event;

use crate::command::stamp;
use crate::diag::{Diag, USAGE, errno_of};
use crate::grammar::value::{Flag, Text};
use crate::grammar::{Fallback, Grammar, Row, Target, Words};
use crate::net::Kernel;
use crate::net::attr::{align, u16_at, u32_at};
use crate::net::kernel::{Message, Messages};
use crate::net::request::Protocol;
use crate::rows;
use crate::schema::NLMSG_HDRLEN;
use crate::session::Session;
use crate::sys::receive_datagram;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::ffi::OsStr;
use std::os::fd::AsFd as _;
use std::os::unix::ffi::OsStrExt as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Example command lines, and what each does.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("rip -ts xfrm monitor nokeys", "all events with their times, without keys"),
    ("rip -j xfrm monitor acquire", "packets that lack a state, as JSON lines"),
];

// Multicast groups of linux/xfrm.h: XFRMNLGRP_*.
const ACQUIRE: u32 = 1;
const EXPIRE: u32 = 2;
const STATES: u32 = 3;
const POLICIES: u32 = 4;
const ASYNC: u32 = 5;
const REPORTS: u32 = 6;
const MAPPINGS: u32 = 7;

/// The selected events.
#[derive(Default)]
pub struct Watch {
    file: Option<Vec<u8>>,
    /// Keys are hidden.
    pub nokeys: bool,
    /// Also events of namespaces that have an id here.
    pub all_nsid: bool,
    groups: Vec<u32>,
}

impl Target for Watch {}

static WORDS: &[Row<Watch>] = rows!(Watch;
    "file~" => Text("FILE"), "print the events of a file instead", |w, v| w.file = Some(v);
    "nokeys" => Flag, "hide the keys", |w, ()| w.nokeys = true;
    "all" => Flag, "all events, as without keywords", |w, ()| w.groups.extend(ACQUIRE..=MAPPINGS);
    "all-nsid~" => Flag, "also events of other namespaces", |w, ()| w.all_nsid = true;
    "acquire~" => Flag, "packets for which a state is missing", |w, ()| w.groups.push(ACQUIRE);
    "expire~" => Flag, "states and policies that expire", |w, ()| w.groups.push(EXPIRE);
    "SA~" => Flag, "states", |w, ()| w.groups.push(STATES);
    "aevent~" => Flag, "changes of sequence numbers and lifetimes", |w, ()| w.groups.push(ASYNC);
    "policy~" => Flag, "policies", |w, ()| w.groups.push(POLICIES);
    "report~" => Flag, "rejected Mobile IPv6 packets", |w, ()| w.groups.push(REPORTS);
);

/// The words of `xfrm monitor`.
pub static MONITOR: Grammar<Watch> = Grammar {
    title: "OBJECTS",
    rows: &[WORDS],
    fallback: Fallback::Unknown(|arg| {
        let what = format!("Argument \"{}\" is unknown, try \"ip xfrm monitor help\".", arg.shown());
        Diag::usage(what).at(arg.span())
    }),
};

/// The namespace of an event, and its time.
#[derive(Clone, Copy)]
struct Origin {
    at: SystemTime,
    nsid: Option<i32>,
}

/// Prints events until a signal or until the output is closed; in JSON one object per line.
///
/// # Errors
///
/// A wrong word, a file that cannot be read, or a socket that cannot be opened.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut watch = Watch::default();
    MONITOR.parse(&mut watch, w)?;
    if let Some(path) = &watch.file {
        return replay(s, &watch, path);
    }
    if watch.groups.is_empty() {
        watch.groups.extend(ACQUIRE..=MAPPINGS);
    }
    let mut kernel = Kernel::open_protocol(Protocol::Xfrm, s.options.rcvbuf)?;
    for group in &watch.groups {
        kernel.join(*group).map_err(|e| Diag::os("Cannot subscribe to events", e))?;
    }
    if watch.all_nsid {
        let all = kernel.socket().set_listen_all_namespaces(true);
        all.map_err(|e| Diag::os("Cannot listen to other namespaces", errno_of(&e)))?;
    }
    s.flush();
    follow(s, &watch, &kernel)
}

fn follow(s: &Session, watch: &Watch, kernel: &Kernel) -> Result<u8, Diag> {
    let mut buf = vec![0; LONGEST];
    loop {
        let mut fds = [
            PollFd::new(kernel.socket().as_fd(), PollFlags::POLLIN),
            // Without events, poll(2) still reports POLLERR once a pipe has no reader.
            PollFd::new(crate::sys::standard(1), PollFlags::empty()),
        ];
        match poll(&mut fds, PollTimeout::NONE) {
            Ok(_) | Err(Errno::EINTR) => {}
            Err(e) => return Err(Diag::os("poll failed", e)),
        }
        let [events, closed] = fds.map(|fd| fd.any().unwrap_or(false));
        if events {
            match receive_datagram(kernel.socket().as_fd(), &mut buf) {
                // Ignore messages that are not from the kernel (port 0).
                Ok(received) if received.port == 0 => {
                    let from = Origin { at: SystemTime::now(), nsid: received.nsid };
                    // Devices may have been renamed since the last event.
                    s.forget_all();
                    for (m, _, _) in Messages(buf.get(..received.len).unwrap_or_default()) {
                        one(s, watch, &m, from);
                    }
                    s.flush();
                }
                Ok(_) | Err(Errno::EINTR | Errno::EAGAIN) => {}
                Err(Errno::ENOBUFS) => s.note("events were lost: the receive buffer was full\n"),
                Err(e) => return Err(Diag::os("receive failed", e)),
            }
        }
        if closed || s.out.borrow().failed().is_some() {
            return Ok(0);
        }
    }
}

/// Prints one event.
fn one(s: &Session, watch: &Watch, m: &Message<'_>, from: Origin) {
    let Some(event) = event::Event::of(m) else { return };
    s.print(|p| {
        p.object(None);
        stamp::item(s, p, from.at);
        if watch.all_nsid {
            match from.nsid {
                Some(id) => p.item("nsid", "[nsid {}]", id),
                None => p.text("[nsid current]"),
            }
        }
        event.describe(s, p, watch.nokeys);
        // Ends the line in JSON only.
        p.end();
    });
}

/// The message type of rtmon(8) for the time of the next message.
const TIMESTAMP: u16 = 15;
/// Bytes: no message of the kernel is longer.
const LONGEST: usize = 1 << 20;

/// Prints the events of a file that holds netlink messages, as rtmon(8) writes them.
fn replay(s: &Session, watch: &Watch, path: &[u8]) -> Result<u8, Diag> {
    let bytes = std::fs::read(OsStr::from_bytes(path))
        .map_err(|e| Diag::new(USAGE, format!("Cannot fopen: {}", crate::diag::errno_text(errno_of(&e) as i32))))?;
    let mut from = Origin { at: SystemTime::now(), nsid: None };
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let truncated = || Diag::fail("rtnl-from_file: truncated message");
        let (Some(len), Some(kind), Some(flags)) = (u32_at(rest, 0), u16_at(rest, 4), u16_at(rest, 6)) else {
            return Err(truncated());
        };
        let len = usize::try_from(len).unwrap_or(0);
        if !(NLMSG_HDRLEN..=LONGEST).contains(&len) {
            let what = format!("!!!malformed message: len={} @{}", len.cast_signed(), at + NLMSG_HDRLEN);
            return Err(Diag::fail(what));
        }
        let Some(whole) = rest.get(..len) else { return Err(truncated()) };
        let m = Message { kind, flags, body: whole.get(NLMSG_HDRLEN..).unwrap_or_default(), whole };
        if kind == TIMESTAMP {
            let (seconds, micros) = (u32_at(m.body, 0).unwrap_or(0), u32_at(m.body, 4).unwrap_or(0));
            from.at = UNIX_EPOCH + Duration::from_secs(seconds.into()) + Duration::from_micros(micros.into());
        } else {
            one(s, watch, &m, from);
        }
        at += align(len);
    }
    Ok(0)
}
