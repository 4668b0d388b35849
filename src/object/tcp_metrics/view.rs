//! An entry: reads its message without copying, and prints it.

use super::words::Selector;
use super::*;
use crate::net::Index;
use crate::net::attr::Attrs;
use crate::net::attr::u32_at;
use crate::net::generic::GENLMSGHDR;
use crate::output::Printer;
use crate::output::color::of_family;
use crate::output::scalar::{Both, Float};
use std::net::IpAddr;

/// The metrics of a host.
pub struct Entry<'a> {
    /// The destination.
    pub to: IpAddr,
    /// The source.
    pub source: Option<IpAddr>,
    a: Index<'a, 16>,
}

impl<'a> Entry<'a> {
    /// Parses a message body; `None` if it has no destination.
    pub fn parse(body: &'a [u8]) -> Option<Entry<'a>> {
        let a: Index<'a, 16> = Index::new(body.get(GENLMSGHDR..)?);
        let ip = |four, six| a.ip(four, INET).or_else(|| a.ip(six, INET6));
        let to = ip(TCP_METRICS_ATTR_ADDR_IPV4, TCP_METRICS_ATTR_ADDR_IPV6)?;
        Some(Entry { to, source: ip(TCP_METRICS_ATTR_SADDR_IPV4, TCP_METRICS_ATTR_SADDR_IPV6), a })
    }

    /// The address family, AF_*.
    pub fn family(&self) -> u8 {
        if self.to.is_ipv4() { INET } else { INET6 }
    }

    /// Whether the words select this entry.
    pub fn matches(&self, f: &Selector, family: u8) -> bool {
        (family == UNSPEC || family == self.family())
            && f.source.is_none_or(|ip| self.source == Some(ip))
            && f.to.as_ref().is_none_or(|p| p.addr.is_none() || p.network().is_some_and(|net| net.contains(self.to)))
    }
}

/// Describes an entry and ends its line. The caller opens and closes the record.
pub fn describe(s: &Session, p: &mut Printer<'_>, e: &Entry<'_>, deleted: bool) {
    if deleted {
        p.flag("deleted", "Deleted ");
    }
    p.colored(of_family(e.family()), "dst", "{}", s.host(e.to));
    if let Some(ms) = e.a.u64(TCP_METRICS_ATTR_AGE) {
        p.item("age", " age {}sec", seconds(ms));
    }
    if let (Some(value), Some(ago)) = (e.a.u32(TCP_METRICS_ATTR_TW_TSVAL), e.a.s32(TCP_METRICS_ATTR_TW_TS_STAMP)) {
        p.item("tw_ts_stamp", " tw_ts {}sec ago", format_args!("{value}/{ago}"));
    }
    if let Some(list) = e.a.get(TCP_METRICS_ATTR_VALS) {
        metrics(p, list);
    }
    if let Some(v) = e.a.u16(TCP_METRICS_ATTR_FOPEN_MSS) {
        p.item("fopen_miss", " fo_mss {}", v);
    }
    if let Some(v) = e.a.u16(TCP_METRICS_ATTR_FOPEN_SYN_DROPS) {
        p.item("fopen_syn_drops", " fo_syn_drops {}", v);
        if let Some(ms) = e.a.u64(TCP_METRICS_ATTR_FOPEN_SYN_DROP_TS) {
            p.item("fopen_syn_drop_ts", "/{}usec ago", seconds(ms));
        }
    }
    if let Some(cookie) = e.a.get(TCP_METRICS_ATTR_FOPEN_COOKIE) {
        let hex: String = cookie.iter().map(|b| format!("{b:02x}")).collect();
        p.item("fo_cookie", " fo_cookie {}", hex.as_str());
    }
    if let Some(ip) = e.source {
        p.item("source", " source {}", s.host(ip));
    }
    p.end_line();
}

/// Milliseconds, printed as seconds: with three decimals in text, as a number in JSON.
fn seconds(ms: u64) -> Both<String, Float> {
    // Saturates at 2^32 milliseconds (50 days), which f64 holds exactly.
    let number = Float(f64::from(u32::try_from(ms).unwrap_or(u32::MAX)) / 1000.0);
    Both(format!("{}.{:03}", ms / 1000, ms % 1000), number)
}

// enum tcp_metric_index of linux/tcp_metrics.h; the attribute number is one higher.
const RTT: u16 = 0;
const RTTVAR: u16 = 1;
const RTT_US: u16 = 5;
const RTTVAR_US: u16 = 6;
const NAMES: &[(u16, &str, &str)] =
    &[(2, "ssthresh", " ssthresh {}"), (3, "cwnd", " cwnd {}"), (4, "reordering", " reordering {}")];

/// Describes the metrics in the kernel's order, the times last. The kernel scales RTT by 8 and its variance by 4.
fn metrics(p: &mut Printer<'_>, list: &[u8]) {
    let (mut rtt, mut rttvar) = (0, 0);
    for (attr, v) in Attrs(list) {
        let v = u64::from(u32_at(v, 0).unwrap_or(0));
        match attr.saturating_sub(1) {
            RTT if rtt == 0 => rtt = (v * 1000) >> 3,
            RTTVAR if rttvar == 0 => rttvar = (v * 1000) >> 2,
            RTT | RTTVAR => {}
            RTT_US => rtt = v >> 3,
            RTTVAR_US => rttvar = v >> 2,
            i => match NAMES.iter().find(|(of, ..)| *of == i) {
                Some((_, key, form)) => p.item(key, form, v),
                None => p.item(&format!("metric_{i}"), &format!(" metric_{i} {{}}"), v),
            },
        }
    }
    for (v, key, form) in [(rtt, "rtt", " rtt {}us"), (rttvar, "rttvar", " rttvar {}us")] {
        if v != 0 {
            let number = Float(f64::from(u32::try_from(v).unwrap_or(u32::MAX)) / 1_000_000.0);
            p.item(key, form, Both(v, number));
        }
    }
}
