//! LIMIT: the lifetimes of a state or a policy, their current use, and their times.

use super::pack::{set, u64_of};
use crate::diag::Diag;
use crate::grammar::number::{Term, U64};
use crate::grammar::{Fallback, Grammar, Offer, Target, Value, Walk, Words};
use crate::output::Printer;
use crate::output::scalar::Null;
use crate::rows;
use crate::schema::xfrm::{current, lifetime};
use std::borrow::Cow;

/// XFRM_INF: no limit.
const INFINITE: u64 = u64::MAX;

/// struct xfrm_lifetime_cfg: no limits, until words set some.
#[derive(Clone, Debug)]
pub struct Limits(pub [u8; lifetime::SIZE]);

impl Default for Limits {
    fn default() -> Limits {
        let mut out = [0; lifetime::SIZE];
        for at in [lifetime::SOFT_BYTES, lifetime::HARD_BYTES, lifetime::SOFT_PACKETS, lifetime::HARD_PACKETS] {
            set(&mut out, at, &INFINITE.to_ne_bytes());
        }
        Limits(out)
    }
}

impl Limits {
    /// Sets one limit.
    pub fn put(&mut self, (at, value): (usize, u64)) {
        set(&mut self.0, at, &value.to_ne_bytes());
    }
}

/// One limit during parsing: its offset in struct xfrm_lifetime_cfg and its value.
#[derive(Default)]
pub struct One(Option<(usize, u64)>);

impl Target for One {}

/// The words after `limit`.
pub static LIMIT: Grammar<One> = Grammar {
    title: "LIMIT",
    rows: &[rows!(One;
        "time-soft" => Seconds("value after \"time-soft\" is invalid"), "seconds after it was added: send an expire event", |o, v| {
            o.0 = Some((lifetime::SOFT_ADD, v));
        };
        "time-hard" => Seconds("value after \"time-hard\" is invalid"), "seconds after it was added: delete it", |o, v| {
            o.0 = Some((lifetime::HARD_ADD, v));
        };
        "time-use-soft" => Seconds("value after \"time-use-soft\" is invalid"), "seconds after its first use: send an expire event",
            |o, v| o.0 = Some((lifetime::SOFT_USE, v));
        "time-use-hard" => Seconds("value after \"time-use-hard\" is invalid"), "seconds after its first use: delete it",
            |o, v| o.0 = Some((lifetime::HARD_USE, v));
        "byte-soft" => Term("SIZE", U64("value after \"byte-soft\" is invalid")), "bytes: announce it", |o, v| {
            o.0 = Some((lifetime::SOFT_BYTES, v));
        };
        "byte-hard" => Term("SIZE", U64("value after \"byte-hard\" is invalid")), "bytes: delete it", |o, v| {
            o.0 = Some((lifetime::HARD_BYTES, v));
        };
        "packet-soft" => Term("COUNT", U64("value after \"packet-soft\" is invalid")), "packets: announce it", |o, v| {
            o.0 = Some((lifetime::SOFT_PACKETS, v));
        };
        "packet-hard" => Term("COUNT", U64("value after \"packet-hard\" is invalid")), "packets: delete it", |o, v| {
            o.0 = Some((lifetime::HARD_PACKETS, v));
        };
    )],
    fallback: Fallback::Unknown(|arg| arg.wrong("LIMIT value is invalid")),
};

/// A time, in seconds.
struct Seconds(&'static str);

impl Value for Seconds {
    type Out = u64;
    fn meta(&self) -> Cow<'static, str> {
        "SECONDS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u64, Diag> {
        U64(self.0).take(w)
    }
}

/// One limit: its keyword and its value.
pub struct Limit;

impl Value for Limit {
    type Out = (usize, u64);
    fn meta(&self) -> Cow<'static, str> {
        "LIMIT".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<(usize, u64), Diag> {
        let arg = w.next()?;
        let mut one = One::default();
        match LIMIT.find(arg.bytes) {
            Some(row) => (row.take)(&mut one, w)?,
            None => return Err(LIMIT.suggest(arg.wrong("LIMIT value is invalid"), &arg)),
        }
        // Every row sets the value.
        one.0.ok_or_else(|| arg.wrong("LIMIT value is invalid"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        LIMIT.all().map(|row| Offer::new(row.name(), row.help)).collect()
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        let row = w.words.peek().and_then(|arg| LIMIT.find(arg.bytes));
        match row {
            Some(row) => {
                w.words.skip();
                row.value.walk(w);
            }
            None => w.pass(&|w| self.take(w).map(drop), &|w| self.offer(w), &|_| Vec::new(), "LIMIT"),
        }
    }
}

/// Describes struct xfrm_lifetime_cfg and xfrm_lifetime_cur, each line after `indent`.
pub fn describe(p: &mut Printer<'_>, indent: &str, cfg: &[u8], cur: &[u8]) {
    if p.is_json() {
        return json(p, cfg, cur);
    }
    let limit = |at: usize| match u64_of(cfg, at) {
        INFINITE => "(INF)".to_string(),
        v => v.to_string(),
    };
    p.text(indent);
    p.text("\tlifetime config:");
    p.nl();
    for (soft, hard, what) in [
        (lifetime::SOFT_BYTES, lifetime::HARD_BYTES, "bytes"),
        (lifetime::SOFT_PACKETS, lifetime::HARD_PACKETS, "packets"),
    ] {
        p.text(indent);
        p.text(&format!("\t  limit: soft {}({what}), hard {}({what})", limit(soft), limit(hard)));
        p.nl();
    }
    for (soft, hard, what) in
        [(lifetime::SOFT_ADD, lifetime::HARD_ADD, "add"), (lifetime::SOFT_USE, lifetime::HARD_USE, "use")]
    {
        p.text(indent);
        p.text(&format!("\t  expire {what}: soft {}(sec), hard {}(sec)", u64_of(cfg, soft), u64_of(cfg, hard)));
        p.nl();
    }
    p.text(indent);
    p.text("\tlifetime current:");
    p.nl();
    p.text(indent);
    p.text(&format!("\t  {}(bytes), {}(packets)", u64_of(cur, current::BYTES), u64_of(cur, current::PACKETS)));
    p.nl();
    p.text(indent);
    p.text(&format!("\t  add {} use {}", time(u64_of(cur, current::ADD_TIME)), time(u64_of(cur, current::USE_TIME))));
    p.nl();
}

/// Describes the limits in JSON: infinite limits and times of 0 are `null`.
fn json(p: &mut Printer<'_>, cfg: &[u8], cur: &[u8]) {
    p.object(Some("current"));
    p.hidden("bytes", u64_of(cur, current::BYTES));
    p.hidden("packets", u64_of(cur, current::PACKETS));
    for (key, at) in [("added", current::ADD_TIME), ("used", current::USE_TIME)] {
        match u64_of(cur, at) {
            0 => p.hidden(key, Null),
            v => p.hidden(key, v),
        }
    }
    p.close();
    p.object(Some("lifetime"));
    let soft = [lifetime::SOFT_BYTES, lifetime::SOFT_PACKETS, lifetime::SOFT_ADD, lifetime::SOFT_USE];
    let hard = [lifetime::HARD_BYTES, lifetime::HARD_PACKETS, lifetime::HARD_ADD, lifetime::HARD_USE];
    for (key, places) in [("hard", hard), ("soft", soft)] {
        p.object(Some(key));
        for (i, (key, at)) in ["bytes", "packets", "add", "use"].into_iter().zip(places).enumerate() {
            let none = if i < 2 { INFINITE } else { 0 };
            match u64_of(cfg, at) {
                v if v == none => p.hidden(key, Null),
                v => p.hidden(key, v),
            }
        }
        p.close();
    }
    p.close();
}

/// A Unix time as `2026-11-24 05:10:52`, in local time; 0 is `-`.
pub fn time(seconds: u64) -> String {
    if seconds == 0 {
        return "-".into();
    }
    let [year, month, day, _, hour, minute, second] =
        crate::sys::local_time(i64::try_from(seconds).unwrap_or(i64::MAX));
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
