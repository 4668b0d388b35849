//! `netns monitor`: names as they are added and deleted (inotify).

use super::place::RUN_DIR;
use crate::diag::Diag;
use crate::grammar::Words;
use crate::session::Session;
use nix::errno::Errno;
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use std::os::unix::ffi::OsStrExt as _;

/// Runs `netns monitor`.
///
/// # Errors
///
/// A word follows, or inotify cannot be set up; otherwise it does not return.
pub fn monitor(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    super::check(s, w)?;
    let watch = Inotify::init(InitFlags::IN_CLOEXEC).map_err(|e| Diag::os("inotify_init failed", e))?;
    let mode = nix::sys::stat::Mode::from_bits_truncate(0o755);
    if let Err(e) = crate::rights::as_lender(|| nix::unistd::mkdir(RUN_DIR, mode))
        && e != Errno::EEXIST
    {
        return Err(Diag::os(format!("mkdir {RUN_DIR} failed"), e));
    }
    watch
        .add_watch(RUN_DIR, AddWatchFlags::IN_CREATE | AddWatchFlags::IN_DELETE)
        .map_err(|e| Diag::os("inotify_add_watch failed", e))?;
    loop {
        let events = match watch.read_events() {
            Ok(events) => events,
            Err(Errno::EINTR) => continue,
            Err(e) => return Err(Diag::os("read failed", e)),
        };
        for event in events {
            if event.mask.contains(AddWatchFlags::IN_Q_OVERFLOW) {
                s.note("netns events were lost\n");
            }
            let Some(name) = event.name else { continue };
            let word = if event.mask.contains(AddWatchFlags::IN_CREATE) { "add" } else { "delete" };
            // It never ends, so each event is a separate JSON document.
            s.print(|p| {
                p.object(None);
                p.item("event", "{} ", word);
                p.item("name", "{}", name.as_bytes());
                p.end_line();
                p.end();
            });
        }
        s.flush();
        if s.out.borrow().failed().is_some() {
            return Ok(0);
        }
    }
}
