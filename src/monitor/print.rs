//! Prints an event: in iproute2's lines, or as one JSON object per line.

use super::view;
use super::words::Watch;
use crate::command::stamp;
use crate::command::view::{Shown, View};
use crate::field;
use crate::grammar::address::{INET, INET6, IP6MR, IPMR, family_name};
use crate::output::out::print_stderr;
use crate::output::scalar::Literal;
use crate::output::{Printer, Scalar};
use crate::session::Session;
use crate::state::{self, Change, Event, ObjectType, What};
use crate::sys::append;
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
    s.in_view(from.nsid, || written(s, w, view, e, change, from))
}

/// Writes an event whose view it has; names are those of its namespace.
fn written(s: &Session, w: &Watch, view: &View, e: &Event<'_>, change: Option<&Change<'_>>, from: Origin) -> bool {
    view.learn.into_iter().for_each(|learn| learn(s, e));
    let family = s.options.family;
    let by_family = matches!(e.object, ObjectType::Neigh | ObjectType::Route | ObjectType::Rule | ObjectType::Prefix);
    let foreign = by_family && family != 0 && family != e.family();
    let wanted = !foreign
        && !w.is_unprinted(e.object)
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
    p.hidden_field(field!("time", ""), Utc(from.at));
    if let Some(id) = from.nsid {
        p.hidden("nsid", id);
    }
    match from.nsid {
        None => {
            if let Some(name) = &w.home {
                p.hidden("netns", name);
            }
        }
        Some(id) => {
            if let Some(name) = s.in_view(None, || crate::object::netns::name_of_nsid(s, id)) {
                p.hidden("netns", &name);
            }
        }
    }
    let name = match (e.what, change) {
        (What::Deleted, _) => "del",
        (What::Miss, _) => "miss",
        (What::Is, Some(Change::Changed { .. } | Change::PathsRemoved { .. })) => "change",
        (What::Is, _) => "new",
    };
    p.hidden_field(field!("event", ""), Literal(name));
    p.hidden_field(field!("object", ""), Literal(e.name()));
    // Their records do not contain the family.
    if matches!(e.object, ObjectType::Route | ObjectType::Mroute | ObjectType::Rule | ObjectType::Neigh) {
        let family = match e.family() {
            IPMR => INET,
            IP6MR => INET6,
            family => family,
        };
        p.hidden_field(field!("family", ""), Literal(family_name(family)));
    }
    p.object_field(field!("record", ""));
    (view.describe)(s, p, e.body, Shown { deleted: false, of_device: w.dev.is_some() });
    p.close();
    if let Some(change @ (Change::Changed { .. } | Change::PathsRemoved { .. })) = change {
        let fields = changed_fields(s, change);
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

impl Scalar for Verbatim {
    fn text(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

/// The members of the record in which an entry differs before and after a change, with their old values as JSON.
///
/// The attributes that differ tell which members can differ: the schema names the members of each. Whether one of them does
/// is seen by comparing the two records, because a member is not an attribute: it may be omitted at a default value, and
/// several attributes may share one.
fn changed_fields(s: &Session, change: &Change<'_>) -> Vec<(String, Option<Vec<u8>>)> {
    let (Some(before), Some(after)) = (change.before(), change.after()) else { return Vec::new() };
    let keys = change.keys();
    if before == after || keys.as_ref().is_some_and(Vec::is_empty) {
        return Vec::new();
    }
    let object = change.object();
    let record = |body: &[u8]| {
        Printer::fields(|p| {
            if let Some(view) = view(object) {
                (view.describe)(s, p, body, Shown::default());
            }
        })
    };
    let (before, after) = (record(before), record(after));
    // `event` is not a property of the entry.
    let can_differ = |name: &str| name != "event" && keys.as_ref().is_none_or(|keys| keys.contains(&name));
    let (before, after) = (before.by_key(can_differ), after.by_key(can_differ));
    let mut out: Vec<(String, Option<Vec<u8>>)> = Vec::new();
    for (name, value) in &after {
        let old = before.get(name);
        if old != Some(value) {
            out.push((name.to_string(), old.map(|v| v.to_vec())));
        }
    }
    let lost = before.iter().filter(|(name, _)| !after.contains_key(*name));
    out.extend(lost.map(|(name, value)| (name.to_string(), Some(value.to_vec()))));
    out
}

/// Whether two messages are equal, except for what changes as time passes. Attributes are compared first; only if
/// others differ, the descriptions decide, because a dump has attributes that an event lacks.
pub fn same(s: &Session, object: ObjectType, old: &[u8], new: &[u8]) -> bool {
    let change = Change::Changed { object, old: old.into(), new: new.into(), attributes: None };
    state::differ_by_time_alone(object, old, new)
        || changed_fields(s, &change).iter().all(|(name, _)| object.varies_by_time(name))
}

/// Reports a loss of events, in the stream itself if that is for programs.
pub fn overrun(s: &Session, dropped: Option<u64>) {
    if s.options.json {
        s.print(|p| {
            p.object(None);
            p.hidden("time", Utc(SystemTime::now()));
            p.hidden("event", "overrun");
            match dropped {
                Some(n) => p.hidden("dropped", n),
                None => p.hidden("dropped", crate::output::scalar::Null),
            }
            p.end();
        });
    }
}

/// A time as `2026-11-24T05:10:52.882230Z`: RFC 3339, in UTC.
pub struct Utc(pub SystemTime);

impl Scalar for Utc {
    fn text(&self, out: &mut Vec<u8>) {
        let (seconds, micros) = stamp::split(self.0);
        let seconds = seconds.cast_unsigned();
        let (days, rest) = ((seconds / 86_400) as u32, (seconds % 86_400) as u32);
        let (year, month, day) = civil(days);
        // Every event has a time: with `format!` an event of `-j monitor route` took 40 % more instructions.
        let two = |v: u32| {
            let (tens, ones) = (v / 10, v % 10);
            [b'0'.wrapping_add(tens as u8), b'0'.wrapping_add(ones as u8)]
        };
        match year {
            0..=9_999 => {
                let ([a, b], [c, d]) = (two(year / 100), two(year % 100));
                append(out, [a, b, c, d], 4);
            }
            _ => year.text(out),
        }
        let ([a, b], [c, d], [e, f]) = (two(month), two(day), two(rest / 3600));
        let ([g, h], [i, j]) = (two(rest / 60 % 60), two(rest % 60));
        append(out, [b'-', a, b, b'-', c, d, b'T', e, f, b':', g, h, b':', i, j, b'.'], 16);
        let ([a, b], [c, d], [e, f]) = (two(micros / 10_000), two(micros / 100 % 100), two(micros % 100));
        append(out, [a, b, c, d, e, f, b'Z', 0], 7);
    }
    fn json(&self, out: &mut Vec<u8>) {
        append(out, [b'"'], 1);
        self.text(out);
        append(out, [b'"'], 1);
    }
}

/// A time as text, in UTC; see [`Utc`].
pub fn utc(at: SystemTime) -> String {
    let mut out = Vec::new();
    Utc(at).text(&mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// The date of a day counted from 1970-01-01, by the proleptic Gregorian calendar.
fn civil(days: u32) -> (u32, u32, u32) {
    // Years are counted from March, so that the leap day is their last.
    let shifted = days.saturating_add(719_468);
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + u32::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Form;
    use std::time::{Duration, UNIX_EPOCH};

    /// Values of an attribute; `None` for a nest, whose members are not declared.
    fn values(form: Form) -> Option<Vec<Vec<u8>>> {
        let sized = |n: usize| {
            Some(vec![
                [vec![0; n - 1], vec![1]].concat(),
                [vec![2], vec![0; n - 1]].concat(),
                vec![0; n],
                vec![0xff; n],
            ])
        };
        match form {
            Form::U8 => sized(1),
            Form::U16 | Form::Be16 => sized(2),
            Form::U32 | Form::I32 | Form::Be32 => sized(4),
            Form::U64 | Form::Be64 => sized(8),
            Form::Text => Some(vec![b"aa\0".to_vec(), b"bb\0".to_vec(), b"\0".to_vec()]),
            Form::Ip => Some(vec![vec![10, 0, 0, 1], vec![10, 0, 0, 2], vec![0; 4], vec![1; 16], vec![0; 16]]),
            Form::Mac => sized(6),
            Form::Bytes => Some(vec![vec![1; 64], vec![2; 64], vec![0; 64], vec![0xff; 64], vec![1; 8], vec![2; 8]]),
            Form::Flag => Some(vec![Vec::new()]),
            Form::Secret | Form::Hops | Form::Nest(_) => None,
        }
    }

    /// Each attribute is set to several values, alone and with all others: every member that differs is declared.
    #[test]
    fn the_schema_names_the_members_that_an_attribute_decides() {
        let mut options = crate::session::options::Options::default();
        (options.json, options.details, options.stats) = (true, true, 2);
        let s = Session::new(options, crate::output::out::Out::memory());
        let (mut wrong, mut declared) = (Vec::new(), 0);
        for object in ObjectType::ALL.iter().copied().filter(|o| view(*o).is_some()) {
            let table = crate::state::normal::attrs_of(object);
            let simple: Vec<(u16, Vec<Vec<u8>>)> =
                table.iter().filter_map(|row| Some((row.number, values(row.form)?))).collect();
            for row in table {
                let Some(keys) = row.keys else { continue };
                declared += 1;
                let own = simple.iter().find(|(number, _)| *number == row.number);
                let (_, own) = own.unwrap_or_else(|| panic!("{}: a nest decides", row.name));
                for (family, fill, alone) in [INET, INET6]
                    .iter()
                    .flat_map(|f| [(*f, 0, true), (*f, 0, false), (*f, 0xff, true), (*f, 0xff, false)])
                {
                    let record = |value: Option<&Vec<u8>>| {
                        let mut body = vec![fill; object.spec().header];
                        body[0] = family;
                        for (number, all) in simple.iter().filter(|(n, _)| *n != row.number && !alone) {
                            crate::net::attr::put(&mut body, *number, &all[0]);
                        }
                        value.into_iter().for_each(|v| crate::net::attr::put(&mut body, row.number, v));
                        Printer::fields(|p| (view(object).unwrap().describe)(&s, p, &body, Shown::default()))
                    };
                    let absent = record(None);
                    let absent = absent.by_key(|_| true);
                    for value in own {
                        let present = record(Some(value));
                        let present = present.by_key(|_| true);
                        let names = absent.keys().chain(present.keys());
                        wrong.extend(
                            names
                                .filter(|name| absent.get(*name) != present.get(*name) && !keys.contains(name))
                                .map(|name| format!("{}: {} decides {name}, too", object.name(), row.name)),
                        );
                    }
                }
            }
        }
        wrong.sort_unstable();
        wrong.dedup();
        assert!(wrong.is_empty() && declared > 40, "{declared} declared\n{}", wrong.join("\n"));
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (days, date) in [
            (0, (1970, 1, 1)),
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
