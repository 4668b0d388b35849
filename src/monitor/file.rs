//! `monitor file`: prints the events in a file, as rtmon(8) writes them. The file may be damaged or hostile.

use super::print::{self, Origin};
use super::words::Watch;
use crate::diag::Diag;
use crate::net::attr::{align, u16_at, u32_at};
use crate::net::kernel::Message;
use crate::output::out::print_stderr;
use crate::schema::NLMSG_HDRLEN;
use crate::session::Session;
use crate::state::store::BOUND;
use crate::state::{Change, Event, Store, What};
use netlink_packet_core::{NLMSG_DONE, NLMSG_ERROR, NLMSG_NOOP};
use std::ffi::OsStr;
use std::io::{BufReader, ErrorKind, Read};
use std::os::unix::ffi::OsStrExt as _;
use std::time::{Duration, UNIX_EPOCH};

/// The message type of rtmon(8) for the time of the next message.
const TIMESTAMP: u16 = 15;
/// Bytes: no message of the kernel is longer.
const LONGEST: usize = 1 << 20;

/// Prints the events of a file that `rtmon` or `monitor` recorded.
///
/// # Errors
///
/// The file cannot be opened, or as [`replay`].
pub fn show(s: &Session, w: &Watch, path: &[u8]) -> Result<u8, Diag> {
    let file = std::fs::File::open(OsStr::from_bytes(path)).map_err(|e| {
        let errno = crate::diag::errno_of(&e) as i32;
        Diag::usage(format!("Cannot fopen: {}", crate::diag::errno_text(errno)))
    })?;
    replay(s, w, BufReader::new(file))
}

/// Prints the events of any stream.
///
/// # Errors
///
/// The stream cannot be read, or has a truncated or malformed message.
pub fn replay(s: &Session, w: &Watch, mut file: impl Read) -> Result<u8, Diag> {
    s.replay_namespaces();
    let mut store = Store::new(BOUND);
    let mut from = Origin::now();
    let mut at = 0usize;
    let mut message = Vec::new();
    while s.out.borrow().failed().is_none() {
        message.clear();
        let head = read(&mut file, &mut message, 16)?;
        if head == 0 {
            return Ok(0);
        }
        let truncated = || Diag::fail("rtnl-from_file: truncated message");
        if head < 16 {
            return Err(truncated());
        }
        let len = u32_at(&message, 0).and_then(|v| usize::try_from(v).ok()).unwrap_or(0);
        if !(16..=LONGEST).contains(&len) {
            return Err(Diag::fail(format!("!!!malformed message: len={} @{}", len.cast_signed(), at + 16)));
        }
        if read(&mut file, &mut message, align(len) - 16)? < len - 16 {
            return Err(truncated());
        }
        at += align(len);
        let (Some(kind), Some(flags)) = (u16_at(&message, 4), u16_at(&message, 6)) else { return Err(truncated()) };
        let whole = message.get(..len).unwrap_or_default();
        let m = Message { kind, flags, body: whole.get(NLMSG_HDRLEN..).unwrap_or_default(), whole };
        one(s, w, &m, &mut store, &mut from);
        s.out.borrow_mut().flush_if_full();
    }
    Ok(0)
}

fn one(s: &Session, w: &Watch, m: &Message<'_>, store: &mut Store, from: &mut Origin) {
    if m.kind == TIMESTAMP {
        let (seconds, micros) = (u32_at(m.body, 0).unwrap_or(0), u32_at(m.body, 4).unwrap_or(0));
        from.at = UNIX_EPOCH + Duration::from_secs(seconds.into()) + Duration::from_micros(micros.into());
        if !s.options.json {
            s.print(|p| {
                p.text_item("Timestamp: {}", crate::command::stamp::calendar(seconds.into()).as_str());
                p.text_item(" {} us\n", micros);
            });
        }
        return;
    }
    let Some(e) = Event::read(m) else {
        if !matches!(m.kind, NLMSG_NOOP | NLMSG_DONE | NLMSG_ERROR) {
            print_stderr(&format!(
                "Unknown message: type=0x{:08x}({}) flags=0x{:08x}({}) len=0x{:08x}({})\n",
                m.kind,
                m.kind,
                m.flags,
                m.flags,
                m.whole.len(),
                m.whole.len()
            ));
        }
        return;
    };
    let when = if s.options.json { *from } else { Origin::now() };
    let change: Option<Change> = match e.what {
        What::Miss => None,
        _ => store.apply(&e),
    };
    print::event(s, w, &e, change.as_ref(), when);
}

/// Appends `len` bytes to `out`, or fewer at the end of the file; returns how many.
fn read(file: &mut impl Read, out: &mut Vec<u8>, len: usize) -> Result<usize, Diag> {
    let limit = u64::try_from(len).unwrap_or(0);
    file.take(limit).read_to_end(out).map_err(|e| match e.kind() {
        ErrorKind::IsADirectory => Diag::fail("rtnl_from_file: fread: Is a directory"),
        _ => Diag::fail(format!("rtnl_from_file: fread: {e}")),
    })
}
