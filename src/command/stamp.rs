//! `-timestamp` and `-tshort`: when an event was received, in local time.

use crate::output::Printer;
use crate::session::Session;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Prints the time before an event, in text only.
pub fn text(s: &Session, p: &mut Printer<'_>, at: SystemTime) {
    let o = &s.options;
    if o.tshort {
        p.text_item("[{}] ", local(at).as_str());
    } else if o.timestamp {
        p.text_item("Timestamp: {}\n", long(at).as_str());
    }
}

/// Prints the time before an event, in JSON too.
pub fn item(s: &Session, p: &mut Printer<'_>, at: SystemTime) {
    let o = &s.options;
    if o.tshort {
        p.item("timestamp_short", "[{}] ", local(at).as_str());
    } else if o.timestamp {
        p.item("timestamp", "Timestamp: {}\n", long(at).as_str());
    }
}

/// Seconds and microseconds since the Unix epoch.
pub fn split(at: SystemTime) -> (i64, u32) {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_micros())
}

/// `Tue Nov 24 05:10:52 2026 882230 usec`, in local time.
fn long(at: SystemTime) -> String {
    let (seconds, micros) = split(at);
    format!("{} {micros} usec", calendar(seconds))
}

/// `Tue Nov 24 05:10:52 2026`, in local time: asctime(3).
pub fn calendar(seconds: i64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [year, month, day, week, hour, minute, second] = crate::sys::local_time(seconds);
    let pick = |names: &[&'static str], i: i32| usize::try_from(i).ok().and_then(|i| names.get(i).copied());
    let (week, month) = (pick(&DAYS, week).unwrap_or("???"), pick(&MONTHS, month - 1).unwrap_or("???"));
    format!("{week} {month} {day:2} {hour:02}:{minute:02}:{second:02} {year}")
}

/// `2026-11-24T05:10:52.882230`, in local time.
fn local(at: SystemTime) -> String {
    let (seconds, micros) = split(at);
    let [year, month, day, _, hour, minute, second] = crate::sys::local_time(seconds);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}")
}
