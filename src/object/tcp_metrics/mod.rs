//! `tcp_metrics`: the metrics that TCP caches per host for later connections (linux/tcp_metrics.h). They can be listed
//! and deleted, not added.

mod change;
mod show;
mod view;
mod words;

use crate::command::{Effect, Object, Purpose, Verb, generic};
use crate::diag::{Diag, FAIL};
use crate::grammar::Words;
use crate::grammar::address::{INET, INET6, UNSPEC};
use crate::net::Kernel;
use crate::net::generic::{Family, FamilyName};
use crate::session::Session;

/// The object.
pub static OBJECT: Object = Object {
    names: &["tcp_metrics~", "tcpmetrics~"],
    about: "TCP metrics cached per host",
    purpose: Purpose::Neighbours,
    terms: &[("", "ip tcp_metrics/tcpmetrics { COMMAND | help }"), ("", "SELECTOR := [ [ address ] PREFIX ]")],
    verbs: &[
        Verb {
            names: &["show~", "list~", "lst~"],
            about: "list metrics",
            run: show::show,
            effect: Effect::Read,
            tables: &[&words::SELECTOR],
            examples: &[("rip tcp_metrics", "all hosts"), ("rip tcp_metrics show 192.0.2.0/24", "hosts in a network")],
        },
        Verb {
            names: &["flush~"],
            about: "delete the matching metrics",
            run: change::flush,
            effect: Effect::Change,
            tables: &[&words::SELECTOR],
            examples: &[
                ("rip tcp_metrics flush 192.0.2.0/24", "hosts in a network"),
                ("rip tcp_metrics flush", "all hosts"),
            ],
        },
        Verb {
            names: &["delete~", "remove~"],
            about: "delete the metrics of a host",
            run: change::delete,
            effect: Effect::Change,
            tables: &[&words::HOST],
            examples: &[("rip tcp_metrics delete 192.0.2.9", "one host")],
        },
    ],
    default: Some(show::show),
    unknown: Some(|s, w| generic::unknown(s, w, &FAMILY, &OBJECT)),
    ..Object::BASE
};

// linux/tcp_metrics.h: the family and its commands.
const FAMILY: FamilyName = FamilyName { name: "tcp_metrics", version: 1 };
const TCP_METRICS_CMD_GET: u8 = 1;
const TCP_METRICS_CMD_DEL: u8 = 2;

crate::attrs! {
    /// The attributes of the family.
    pub const TCP_METRICS_ATTRS;
    TCP_METRICS_ATTR_ADDR_IPV4 = 1: Ip, Request;
    TCP_METRICS_ATTR_ADDR_IPV6 = 2: Ip, Request;
    /// Milliseconds since the entry was last used.
    TCP_METRICS_ATTR_AGE = 3: U64, Read;
    /// The last timestamp of a connection in TIME-WAIT, and the seconds since; kernels before 4.14 report them.
    TCP_METRICS_ATTR_TW_TSVAL = 4: U32, Read;
    TCP_METRICS_ATTR_TW_TS_STAMP = 5: I32, Read;
    /// The metrics: nested attributes, numbered by enum tcp_metric_index plus one.
    TCP_METRICS_ATTR_VALS = 6: Bytes, Read;
    TCP_METRICS_ATTR_FOPEN_MSS = 7: U16, Read;
    TCP_METRICS_ATTR_FOPEN_SYN_DROPS = 8: U16, Read;
    /// Milliseconds since the last SYN drop.
    TCP_METRICS_ATTR_FOPEN_SYN_DROP_TS = 9: U64, Read;
    TCP_METRICS_ATTR_FOPEN_COOKIE = 10: Bytes, Read;
    TCP_METRICS_ATTR_SADDR_IPV4 = 11: Ip, Request;
    TCP_METRICS_ATTR_SADDR_IPV6 = 12: Ip, Request;
}

/// The generic netlink socket and the family. The kernel has metrics for IPv4 and IPv6 only.
fn open<'s>(s: &'s Session, w: &Words<'_>) -> Result<(&'s Kernel, Family), Diag> {
    let found = s.generic(&FAMILY)?;
    match w.family {
        UNSPEC | INET | INET6 => Ok(found),
        family => Err(Diag::fail(format!("Unsupported protocol family: {family}"))),
    }
}

/// The exit code if the kernel refuses the dump.
const REFUSED_LIST: u8 = FAIL;
