//! Prints an event: in iproute2's lines, or as one JSON object per line.

use super::view;
use super::words::Watch;
use crate::command::stamp;
use crate::command::view::{Shown, View};
use crate::grammar::address::{INET, INET6, IP6MR, IPMR, family_name};
use crate::output::Printer;
use crate::output::out::print_stderr;
use crate::session::Session;
use crate::state::{self, Change, Event, ObjectType, What};
use std::time::SystemTime;

/// The time and namespace of an event.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// When it was received.
    pub at: SystemTime,
    /// The id of the namespace, if it is not our own.
    pub nsid: Option<i32>,
}

impl Origin {
    /// The origin of an event of this namespace, now.
    pub fn now() -> Origin {
        Origin { at: SystemTime::now(), nsid: None }
    }
}

/// Fields that change as time passes.
const TIMES: &[&str] =
    &["valid_life_time", "preferred_life_time", "expires", "used", "confirmed", "updated", "probes", "gc_timer"];

/// Prints an event; false if there was nothing to print, because it is of another device or family.
pub fn event(s: &Session, w: &Watch, e: &Event<'_>, change: Option<&Change<'_>>, from: Origin) -> bool {
    let Some(view) = view(e.object) else { return false };
    if let Some(what) = view.defect.and_then(|defect| defect(e.body)) {
        if !what.is_empty() {
            print_stderr(&format!("{what}\n"));
        }
        return false;
    }
    if e.body.len() < e.object.spec().header {
        return false;
    }
    s.look_at(from.nsid);
    view.learn.into_iter().for_each(|learn| learn(s, e));
    let family = s.options.family;
    let by_family = matches!(e.object, ObjectType::Neigh | ObjectType::Route | ObjectType::Rule | ObjectType::Prefix);
    let foreign = by_family && family != 0 && family != e.family();
    let wanted = !foreign
        && !w.overhears(e.object)
        && w.dev.is_none_or(|index| view.is_on.is_none_or(|is_on| is_on(e.body, index)));
    if wanted {
        let dev = w.dev.is_some();
        if s.options.json {
            let e = match change {
                // The route still exists: a reader that identifies it by prefix must not lose it.
                Some(Change::PathsRemoved { left, .. }) => Event { what: What::Is, body: left, ..*e },
                _ => *e,
            };
            s.print(|p| object(s, w, p, view, &e, change, from));
        } else {
            s.print(|p| {
                stamp::text(s, p, from.at);
                if w.all_nsid {
                    match from.nsid {
                        Some(id) => p.text_item("[nsid {}]", id),
                        None => p.text("[nsid current]"),
                    }
                }
                if w.label {
                    p.text(e.object.spec().label);
                }
                if e.what == What::Miss {
                    p.text("miss ");
                }
                (view.describe)(s, p, e.body, Shown { deleted: e.what == What::Deleted, of_device: dev });
            });
        }
    }
    view.forget.into_iter().for_each(|forget| forget(s, e));
    s.look_at(None);
    wanted
}

/// Prints a JSON object: time, namespace, event, object, record, and the changed fields.
fn object(
    s: &Session,
    w: &Watch,
    p: &mut Printer<'_>,
    view: &View,
    e: &Event<'_>,
    change: Option<&Change<'_>>,
    from: Origin,
) {
    p.object(None);
    p.hidden("time", utc(from.at).as_str());
    if let Some(id) = from.nsid {
        p.hidden("nsid", id);
    }
    if let Some(name) = place(s, w, from.nsid) {
        p.hidden("netns", &name);
    }
    let old = match change {
        Some(Change::Changed { old, .. } | Change::PathsRemoved { old, .. }) => Some(old),
        _ => None,
    };
    let name = match (e.what, change) {
        (What::Deleted, _) => "del",
        (What::Miss, _) => "miss",
        (What::Is, Some(Change::Changed { .. } | Change::PathsRemoved { .. })) => "change",
        (What::Is, _) => "new",
    };
    p.hidden("event", name);
    p.hidden("object", e.name());
    // Their records do not contain the family.
    if matches!(e.object, ObjectType::Route | ObjectType::Mroute | ObjectType::Rule | ObjectType::Neigh) {
        let family = match e.family() {
            IPMR => INET,
            IP6MR => INET6,
            family => family,
        };
        p.hidden("family", family_name(family));
    }
    p.object(Some("record"));
    (view.describe)(s, p, e.body, Shown { deleted: false, of_device: w.dev.is_some() });
    p.close();
    if let Some(old) = old {
        let fields = changes(s, e.object, old, e.body);
        p.array(Some("changed"));
        for (name, _) in &fields {
            p.element("{}", name.as_str());
        }
        p.close();
        p.object(Some("old"));
        for (name, value) in fields {
            if let Some(value) = value {
                p.hidden(&name, Verbatim(value));
            }
        }
        p.close();
    }
    p.end();
}

/// Preformatted JSON.
struct Verbatim(Vec<u8>);

impl crate::output::Scalar for Verbatim {
    fn text(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

/// The name of the event's namespace, or of our own.
fn place(s: &Session, w: &Watch, nsid: Option<i32>) -> Option<Vec<u8>> {
    match nsid {
        None => w.home.clone(),
        Some(id) => {
            s.look_at(None);
            let name = crate::object::netns::name_of_nsid(s, id);
            s.look_at(nsid);
            name
        }
    }
}

/// The fields in which two messages about an entry differ, with their old values as JSON.
fn changes(s: &Session, object: ObjectType, old: &[u8], new: &[u8]) -> Vec<(String, Option<Vec<u8>>)> {
    if old == new {
        return Vec::new();
    }
    let record = |body: &[u8]| {
        Printer::fields(|p| {
            if let Some(view) = view(object) {
                (view.describe)(s, p, body, Shown::default());
            }
        })
    };
    let (old, new) = (record(old), record(new));
    let (old, new) = (old.by_key(), new.by_key());
    // `event` is not a property of the entry.
    let is_property = |name: &str| name != "event";
    let mut out: Vec<(String, Option<Vec<u8>>)> = Vec::new();
    for (name, value) in new.iter().filter(|(name, _)| is_property(name)) {
        let before = old.get(name);
        if before != Some(value) {
            out.push((name.to_string(), before.map(|v| v.to_vec())));
        }
    }
    // For some types, an event has only what changed.
    let lost = old.iter().filter(|(name, _)| !object.spec().partial && is_property(name) && !new.contains_key(*name));
    out.extend(lost.map(|(name, value)| (name.to_string(), Some(value.to_vec()))));
    out
}

/// Whether two messages are equal, except for what changes as time passes. Attributes are compared first; only if
/// others differ, the descriptions decide, because a dump has attributes that an event lacks.
pub fn same(s: &Session, object: ObjectType, old: &[u8], new: &[u8]) -> bool {
    state::differ_by_time_alone(object, old, new)
        || changes(s, object, old, new).iter().all(|(name, _)| TIMES.contains(&name.as_str()))
}

/// Reports a loss of events, in the stream itself if that is for programs.
pub fn overrun(s: &Session, dropped: Option<u64>) {
    if s.options.json {
        s.print(|p| {
            p.object(None);
            p.hidden("time", utc(SystemTime::now()).as_str());
            p.hidden("event", "overrun");
            match dropped {
                Some(n) => p.hidden("dropped", n),
                None => p.hidden("dropped", crate::output::scalar::Null),
            }
            p.end();
        });
    }
}

/// `2026-11-24T05:10:52.882230Z`: RFC 3339, in UTC.
pub fn utc(at: SystemTime) -> String {
    let (seconds, micros) = stamp::split(at);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
}

/// The date of a day counted from 1970-01-01, by the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years are counted from March, so that the leap day is their last.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (59, (1970, 3, 1)),
            (11_016, (2000, 2, 29)),
            (11_017, (2000, 3, 1)),
            (20_781, (2026, 11, 24)),
        ] {
            assert_eq!(civil(days), date, "{days}");
        }
        let at = UNIX_EPOCH + Duration::new(20_781 * 86_400 + 5 * 3600 + 10 * 60 + 52, 882_230_999);
        assert_eq!(utc(at), "2026-11-24T05:10:52.882230Z");
    }
}
