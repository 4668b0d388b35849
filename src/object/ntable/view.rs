//! A neighbour table: reads its message without copying, and prints it.

use crate::field;
use crate::grammar::address::family_name;
use crate::net::attr::{u16_at, u32_at, u64_at};
use crate::net::{Index, Nested};
use crate::output::Printer;
use crate::output::color::Role;
use crate::output::field::Field;
use crate::output::scalar::{Both, Hex};
use crate::schema::*;
use crate::session::Session;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A message about a table: its defaults, or its parameters for one device.
pub struct Entry<'a> {
    /// `ndtm_family`.
    pub family: u8,
    /// The attributes, NDTA_*.
    pub a: Index<'a, 16>,
    parms: Option<Nested<'a>>,
}

impl<'a> Entry<'a> {
    /// Parses a message body; `None` if it is too short.
    pub fn parse(body: &'a [u8]) -> Option<Entry<'a>> {
        let a: Index<'a, 16> = Index::new(body.get(RTGENMSG..)?);
        Some(Entry { family: *body.first()?, parms: a.nest(NDTA_PARMS), a })
    }

    /// NDTA_NAME.
    pub fn name(&self) -> Option<&'a [u8]> {
        self.a.str(NDTA_NAME)
    }

    /// The device; `None` for the table's defaults. Newer kernels report some without a device as index 0.
    pub fn index(&self) -> Option<u32> {
        self.parms.as_ref().and_then(|p| p.u32(NDTPA_IFINDEX))
    }
}

/// Describes a table, or its parameters for a device, and ends with an empty line.
pub fn describe(s: &Session, p: &mut Printer<'_>, e: &Entry<'_>) {
    p.field(field!("family", "{} "), family_name(e.family));
    if let Some(name) = e.name() {
        p.field(field!("name", "{} "), name);
    }
    p.nl();
    thresholds(p, e);
    let stats = s.options.stats > 0;
    if let Some(config) = e.a.get(NDTA_CONFIG).filter(|_| stats) {
        configuration(p, config);
    }
    if let Some(parms) = &e.parms {
        parameters(s, p, parms);
    }
    if let Some(counts) = e.a.get(NDTA_STATS).filter(|_| stats) {
        counters(p, counts);
    }
    p.end_line();
}

fn thresholds(p: &mut Printer<'_>, e: &Entry<'_>) {
    let own = [
        (NDTA_THRESH1, field!("thresh1", "thresh1 {} ")),
        (NDTA_THRESH2, field!("thresh2", "thresh2 {} ")),
        (NDTA_THRESH3, field!("thresh3", "thresh3 {} ")),
    ];
    let interval = e.a.u64(NDTA_GC_INTERVAL);
    if interval.is_none() && !own.iter().any(|(attr, ..)| e.a.has(*attr)) {
        return;
    }
    p.text("    ");
    for (attr, field) in own {
        if let Some(v) = e.a.u32(attr) {
            p.field(field, v);
        }
    }
    if let Some(v) = interval {
        p.field(field!("gc_interval", "gc_int {} "), v);
    }
    p.nl();
}

/// Describes struct ndt_config of linux/neighbour.h.
fn configuration(p: &mut Printer<'_>, config: &[u8]) {
    let short = |at| u16_at(config, at).unwrap_or(0);
    let long = |at| u32_at(config, at).unwrap_or(0);
    p.text("    ");
    p.field(field!("key_length", "config key_len {} "), short(0));
    p.field(field!("entry_size", "entry_size {} "), short(2));
    p.field(field!("entries", "entries {} "), long(4));
    p.nl();
    p.text("        ");
    p.field(field!("last_flush", "last_flush {} "), ago(long(8)).as_str());
    p.field(field!("last_rand", "last_rand {} "), ago(long(12)).as_str());
    p.nl();
    p.text("        ");
    p.field(field!("hash_rnd", "hash_rnd {} "), long(16));
    let mask = long(20);
    p.field(field!("hash_mask", "hash_mask {} "), Both(format_args!("{mask:08x}"), Hex::with_prefix(mask)));
    p.field(field!("hash_chain_gc", "hash_chain_gc {} "), long(24));
    p.field(field!("proxy_qlen", "proxy_qlen {} "), long(28));
    p.nl();
}

/// The time `ms` milliseconds ago, in local time.
fn ago(ms: u32) -> String {
    let at = SystemTime::now().checked_sub(Duration::from_millis(ms.into())).unwrap_or(UNIX_EPOCH);
    let seconds = at.duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX));
    let [year, month, day, _, hour, minute, second] = crate::sys::local_time(seconds);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// An attribute, its field, and whether it is a 64-bit number.
type Parameter = (u16, &'static Field, bool);

/// The parameters, line by line.
const PARAMETERS: &[&[Parameter]] = &[
    &[
        (NDTPA_REFCNT, field!("refcnt", "refcnt {} "), false),
        (NDTPA_REACHABLE_TIME, field!("reachable", "reachable {} "), true),
        (NDTPA_BASE_REACHABLE_TIME, field!("base_reachable", "base_reachable {} "), true),
        (NDTPA_RETRANS_TIME, field!("retrans", "retrans {} "), true),
    ],
    &[
        (NDTPA_GC_STALETIME, field!("gc_stale", "gc_stale {} "), true),
        (NDTPA_DELAY_PROBE_TIME, field!("delay_probe", "delay_probe {} "), true),
        (NDTPA_QUEUE_LEN, field!("queue", "queue {} "), false),
    ],
    &[
        (NDTPA_APP_PROBES, field!("app_probes", "app_probes {} "), false),
        (NDTPA_UCAST_PROBES, field!("ucast_probes", "ucast_probes {} "), false),
        (NDTPA_MCAST_PROBES, field!("mcast_probes", "mcast_probes {} "), false),
        (NDTPA_MCAST_REPROBES, field!("mcast_reprobes", "mcast_reprobes {} "), false),
    ],
    &[
        (NDTPA_ANYCAST_DELAY, field!("anycast_delay", "anycast_delay {} "), true),
        (NDTPA_PROXY_DELAY, field!("proxy_delay", "proxy_delay {} "), true),
        (NDTPA_PROXY_QLEN, field!("proxy_queue", "proxy_queue {} "), false),
        (NDTPA_LOCKTIME, field!("locktime", "locktime {} "), true),
    ],
];

fn parameters(s: &Session, p: &mut Printer<'_>, parms: &Nested<'_>) {
    if let Some(index) = parms.u32(NDTPA_IFINDEX) {
        p.text("    dev ");
        s.with_link_name(index, |name| p.colored(Role::Ifname, "dev", "{} ", name));
        p.nl();
    }
    for line in PARAMETERS {
        p.text("    ");
        for (attr, field, wide) in *line {
            let value = if *wide { parms.u64(*attr) } else { parms.u32(*attr).map(u64::from) };
            if let Some(v) = value {
                p.field(field, v);
            }
        }
        p.nl();
    }
}

/// struct ndt_stats of linux/neighbour.h, by output line: 64-bit counters.
const COUNTERS: &[&[(&str, &str)]] = &[
    &[("allocs", "stats allocs {} "), ("destroys", "destroys {} "), ("hash_grows", "hash_grows {} ")],
    &[("res_failed", "res_failed {} "), ("lookups", "lookups {} "), ("hits", "hits {} ")],
    &[("rcv_probes_mcast", "rcv_probes_mcast {} "), ("rcv_probes_ucast", "rcv_probes_ucast {} ")],
    &[("periodic_gc_runs", "periodic_gc_runs {} "), ("forced_gc_runs", "forced_gc_runs {} ")],
    &[("table_fulls", "table_fulls {} ")],
];

fn counters(p: &mut Printer<'_>, counts: &[u8]) {
    let mut at = 0;
    for line in COUNTERS {
        p.text("    ");
        for (key, form) in *line {
            p.item(key, form, u64_at(counts, at).unwrap_or(0));
            at += 8;
        }
        p.nl();
    }
}
