//! `ntable change`: thresholds of a table, and parameters of a device or the defaults for new devices.

use super::{NO_HELP, Table, unknown};
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U32, U64};
use crate::grammar::value::{Absent, Dev};
use crate::grammar::{Fallback, Grammar, Row, Target, Words};
use crate::net::attr::put;
use crate::net::{Request, Trail};
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use netlink_packet_core::NLM_F_REPLACE;

/// The table or device, and its new parameters.
#[derive(Default)]
pub struct Change {
    name: Option<Span>,
    /// The attributes of the table, and those inside NDTA_PARMS.
    table: Vec<u8>,
    parms: Vec<u8>,
    changes: bool,
    trail: Trail,
}

impl Target for Change {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Change {
    fn of_table(&mut self, attr: u16, value: &[u8]) {
        self.trail.note(&[attr]);
        put(&mut self.table, attr, value);
        self.changes = true;
    }

    fn of_device(&mut self, attr: u16, value: &[u8]) {
        self.trail.note(&[NDTA_PARMS, attr]);
        put(&mut self.parms, attr, value);
        self.changes = true;
    }
}

static ROWS: &[Row<Change>] = rows!(Change;
    "name" => Table, "the table: arp_cache or ndisc_cache", |c, v, w| {
        let here = Span { from: w.at().saturating_sub(2), to: w.at() };
        if let Some(earlier) = c.name.replace(here) {
            return Err(Diag::duplicate("NAME", &crate::output::escape::shown(&v)).at(earlier).at(here));
        }
        c.trail.note(&[NDTA_NAME]);
        put(&mut c.table, NDTA_NAME, &[v.as_slice(), &[0]].concat());
        Ok(())
    };
    "dev" => Dev(Absent::CannotFind), "the device; without it, the defaults of new devices", |c, v| {
        c.trail.note(&[NDTA_PARMS, NDTPA_IFINDEX]);
        put(&mut c.parms, NDTPA_IFINDEX, &v.to_ne_bytes());
    };
    "thresh1" => Term("VAL", U32("\"thresh1\" value is invalid")), "gc_thresh1: minimum number of entries for garbage collection",
        |c, v| c.of_table(NDTA_THRESH1, &v.to_ne_bytes());
    "thresh2" => Term("VAL", U32("\"thresh2\" value is invalid")), "gc_thresh2: above it, entries older than 5 seconds are collected",
        |c, v| c.of_table(NDTA_THRESH2, &v.to_ne_bytes());
    "thresh3" => Term("VAL", U32("\"thresh3\" value is invalid")), "gc_thresh3: maximum number of entries",
        |c, v| c.of_table(NDTA_THRESH3, &v.to_ne_bytes());
    "gc_int" => Term("MSEC", U64("\"gc_int\" value is invalid")), "garbage collection interval, milliseconds",
        |c, v| c.of_table(NDTA_GC_INTERVAL, &v.to_ne_bytes());
    "base_reachable" => Term("MSEC", U64("\"base_reachable\" value is invalid")), "base reachable time, milliseconds",
        |c, v| c.of_device(NDTPA_BASE_REACHABLE_TIME, &v.to_ne_bytes());
    "retrans" => Term("MSEC", U64("\"retrans\" value is invalid")), "interval between probes, milliseconds",
        |c, v| c.of_device(NDTPA_RETRANS_TIME, &v.to_ne_bytes());
    "gc_stale" => Term("MSEC", U64("\"gc_stale\" value is invalid")), "lifetime of unused stale entries, milliseconds",
        |c, v| c.of_device(NDTPA_GC_STALETIME, &v.to_ne_bytes());
    "delay_probe" => Term("MSEC", U64("\"delay_probe\" value is invalid")), "delay before the first probe of a stale entry, milliseconds",
        |c, v| c.of_device(NDTPA_DELAY_PROBE_TIME, &v.to_ne_bytes());
    "queue" => Term("LEN", U32("\"queue\" value is invalid")), "maximum number of packets queued for an unresolved address",
        |c, v| c.of_device(NDTPA_QUEUE_LEN, &v.to_ne_bytes());
    "app_probes" => Term("VAL", U32("\"app_probes\" value is invalid")), "probes by a user-space daemon before multicast probes",
        |c, v| c.of_device(NDTPA_APP_PROBES, &v.to_ne_bytes());
    "ucast_probes" => Term("VAL", U32("\"ucast_probes\" value is invalid")), "number of unicast probes",
        |c, v| c.of_device(NDTPA_UCAST_PROBES, &v.to_ne_bytes());
    "mcast_probes" => Term("VAL", U32("\"mcast_probes\" value is invalid")), "number of broadcast or multicast probes",
        |c, v| c.of_device(NDTPA_MCAST_PROBES, &v.to_ne_bytes());
    "mcast_reprobes" => Term("VAL", U32("\"mcast_reprobes\" value is invalid")), "multicast probes after the unicast probes have failed",
        |c, v| c.of_device(NDTPA_MCAST_REPROBES, &v.to_ne_bytes());
    "anycast_delay" => Term("MSEC", U64("\"anycast_delay\" value is invalid")), "maximum delay of replies for anycast addresses, milliseconds",
        |c, v| c.of_device(NDTPA_ANYCAST_DELAY, &v.to_ne_bytes());
    "proxy_delay" => Term("MSEC", U64("\"proxy_delay\" value is invalid")), "maximum delay of proxy replies, milliseconds",
        |c, v| c.of_device(NDTPA_PROXY_DELAY, &v.to_ne_bytes());
    "proxy_queue" => Term("LEN", U32("\"proxy_queue\" value is invalid")), "maximum number of delayed proxy requests",
        |c, v| c.of_device(NDTPA_PROXY_QLEN, &v.to_ne_bytes());
    "locktime" => Term("MSEC", U64("\"locktime\" value is invalid")), "minimum time between changes of an ARP entry, milliseconds",
        |c, v| c.of_device(NDTPA_LOCKTIME, &v.to_ne_bytes());
);

/// The words of `ntable change`.
pub static CHANGE: Grammar<Change> = Grammar { title: "PARMS", rows: &[ROWS], fallback: Fallback::Unknown(unknown) };

/// Runs `ntable change`.
///
/// # Errors
///
/// A wrong word, no table name, no parameter, or a refusal of the kernel.
pub fn change(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut c = Change::default();
    w.help_word = NO_HELP;
    CHANGE.parse(&mut c, w)?;
    if c.name.is_none() {
        return Err(Diag::usage("Error: argument \"NAME\" is required").at(Span::word(w.at())));
    }
    if !c.changes {
        let d = Diag::usage("Not enough information: changeable attributes required.");
        return Err(d.at(Span::word(w.at())));
    }
    let mut request = Request::raw(RTM_SETNEIGHTBL, NLM_F_REPLACE, &[w.family, 0, 0, 0]);
    request.body.extend_from_slice(&c.table);
    if !c.parms.is_empty() {
        request.put(NDTA_PARMS, &c.parms);
    }
    request.trail = c.trail;
    s.change(&request).map(|()| 0)
}
