//! `link rate`: bytes and packets per second of devices, from the difference of two readings of their counters.

use super::stats::counter;
use super::view::Link;
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U32};
use crate::grammar::value::Word;
use crate::grammar::{Fallback, Grammar, Names as _, Row, Target, Words};
use crate::net::Request;
use crate::net::attr::u64_at;
use crate::net::kernel::Messages;
use crate::output::Printer;
use crate::output::color::Role;
use crate::output::scalar::{Both, Padded};
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use crate::{row, rows};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// The words of `rate`.
pub struct Ask {
    dev: Option<(Vec<u8>, usize)>,
    /// Seconds between two readings.
    interval: u32,
    /// The number of intervals; 0: no limit.
    count: u32,
}

impl Target for Ask {}

static DEV: Row<Ask> = row!(Ask; "dev" => Word("DEV"), "this device only", |a, v| a.dev = Some(v));

/// The words of `link rate`.
pub static RATE: Grammar<Ask> = Grammar {
    title: "RATE",
    rows: &[rows!(Ask;
        "interval" => Term("SECONDS", U32("invalid interval")), "interval in seconds (default 1)", |a, v| a.interval = v;
        "count" => Term("NUMBER", U32("invalid count")), "end after this many intervals", |a, v| a.count = v;
    )],
    fallback: Fallback::Take(&DEV),
};

/// The counters that are shown, by offset in struct rtnl_link_stats64 (linux/if_link.h): packets, bytes and dropped
/// packets of both directions.
const COUNTERS: [(usize, &str, &str); 6] = [
    (2, "rx_bytes", "RX B/s"),
    (0, "rx_packets", "RX p/s"),
    (6, "rx_dropped", "RX drop/s"),
    (3, "tx_bytes", "TX B/s"),
    (1, "tx_packets", "TX p/s"),
    (7, "tx_dropped", "TX drop/s"),
];

/// A reading of a device's counters.
struct Sample {
    name: Vec<u8>,
    values: [u64; 6],
}

/// Column widths of the text.
const NAME: usize = 16;
const COLUMN: usize = 11;

/// Runs `link rate`.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses the dump.
pub fn rate(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut ask = Ask { dev: None, interval: 1, count: 0 };
    RATE.parse(&mut ask, w)?;
    if ask.interval == 0 {
        return Err(Diag::usage("Error: an interval has at least 1 second.").at(Span::word(w.at().saturating_sub(1))));
    }
    let only = match &ask.dev {
        Some((name, at)) => Some(s.link(name)?.ok_or_else(|| {
            let arg = crate::grammar::Arg { bytes: name, at: *at };
            crate::grammar::value::Absent::DoesNotExist.say(&arg)
        })?),
        None => None,
    };
    let mut before = (Instant::now(), parse(s, only)?);
    s.print(|p| {
        p.text(&format!("{:<NAME$}", "DEVICE"));
        COUNTERS.iter().for_each(|(_, _, head)| p.text(&format!(" {head:>COLUMN$}")));
        p.text("\n");
    });
    s.flush();
    let mut round = 0;
    while ask.count == 0 || round < ask.count {
        std::thread::sleep(Duration::from_secs(ask.interval.into()));
        let now = (Instant::now(), parse(s, only)?);
        let seconds = now.0.duration_since(before.0).as_secs_f64();
        for (index, sample) in &now.1 {
            let old = before.1.get(index).filter(|old| old.name == sample.name);
            s.print(|p| line(s, p, sample, old, seconds));
        }
        for (_, gone) in before.1.iter().filter(|(index, b)| now.1.get(index).is_none_or(|n| n.name != b.name)) {
            s.print(|p| gone_line(p, gone));
        }
        s.flush();
        if s.out.borrow().failed().is_some() {
            break;
        }
        before = now;
        round += 1;
    }
    Ok(0)
}

/// Reads the counters of all devices, or of one; a deleted device has none.
fn parse(s: &Session, only: Option<u32>) -> Result<BTreeMap<u32, Sample>, Diag> {
    let mask = RTEXT_FILTER_VF.to_ne_bytes();
    let request = Request::raw(RTM_GETLINK, 0, &[0; IFINFOMSG]).with(IFLA_EXT_MASK, &mask);
    let all = consistent_dump::collect(s.kernel()?, ObjectType::Link, &request).map_err(|e| e.explain(&request))?;
    let mut found = BTreeMap::new();
    for (m, _, _) in Messages(&all) {
        let Some(l) = Link::parse(m.body).filter(|l| only.is_none_or(|o| o == l.index)) else { continue };
        let Some(stats) = l.a.get(IFLA_STATS64) else { continue };
        let values = COUNTERS.map(|(at, ..)| u64_at(stats, at * 8).unwrap_or(0));
        found.insert(l.index, Sample { name: l.name().to_vec(), values });
    }
    Ok(found)
}

/// Prints the rates of a device. One that is new since the last reading, or whose counters were reset, counts from 0.
fn line(s: &Session, p: &mut Printer<'_>, now: &Sample, old: Option<&Sample>, seconds: f64) {
    let rates = rates(now, old, seconds);
    p.object(None);
    p.colored(Role::Ifname, "ifname", "{}", Padded(now.name.as_slice(), NAME));
    for ((_, key, _), rate) in COUNTERS.iter().zip(rates) {
        let text = counter(s, rate);
        p.item(key, " {}", Both(format!("{text:>COLUMN$}"), rate));
    }
    if old.is_none() {
        p.flag("new", " new");
    }
    p.hidden("seconds", Seconds(seconds));
    p.close();
    p.text("\n");
    if p.is_json() {
        p.out.buf.push(b'\n');
    }
}

fn gone_line(p: &mut Printer<'_>, gone: &Sample) {
    p.object(None);
    p.colored(Role::Ifname, "ifname", "{}", Padded(gone.name.as_slice(), NAME));
    p.flag("gone", " gone");
    p.close();
    p.text("\n");
    if p.is_json() {
        p.out.buf.push(b'\n');
    }
}

fn rates(now: &Sample, old: Option<&Sample>, seconds: f64) -> [u64; 6] {
    let mut rates = [0; 6];
    for (i, rate) in rates.iter_mut().enumerate() {
        let value = now.values.get(i).copied().unwrap_or(0);
        let before = old.and_then(|o| o.values.get(i).copied()).filter(|b| *b <= value).unwrap_or(0);
        // The differences within an interval are far below 2^53, so f64 holds them exactly.
        *rate = ((value - before) as f64 / seconds.max(0.001)).round() as u64;
    }
    rates
}

/// Seconds with milliseconds.
struct Seconds(f64);

impl crate::output::Scalar for Seconds {
    fn text(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("{:.3}", self.0).as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_of_the_time_that_passed_and_never_negative() {
        let sample = |values| Sample { name: b"d".to_vec(), values };
        let now = sample([3000, 30, 0, 100, 1, 5]);
        assert_eq!(rates(&now, Some(&sample([1000, 10, 0, 100, 1, 9])), 2.0), [1000, 10, 0, 0, 0, 3]);
        assert_eq!(rates(&now, None, 1.0), [3000, 30, 0, 100, 1, 5]);
    }
}
