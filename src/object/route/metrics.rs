//! The metrics of a route (RTAX_* of linux/rtnetlink.h): words, and printing order.

use super::words::RouteBuilder;
use crate::diag::Diag;
use crate::grammar::number::{Term, U8, U32};
use crate::grammar::value::Millis;
use crate::grammar::{Offer, Row, Value, Words};
use crate::net::{Index, attr::until_nul};
use crate::output::Printer;
use crate::output::scalar::{Hex, Scalar};
use crate::rows;
use crate::schema::*;
use netlink_packet_core::Nla as _;
use netlink_packet_route::route::RouteMetric;
use std::borrow::Cow;

const FEATURE_ECN: u32 = 1;
const FEATURE_TCP_USEC_TS: u32 = 16;

/// Names by number, for printing.
const NAMES: &[(u16, &str)] = &[
    (RTAX_MTU, "mtu"),
    (RTAX_WINDOW, "window"),
    (RTAX_RTT, "rtt"),
    (RTAX_RTTVAR, "rttvar"),
    (RTAX_SSTHRESH, "ssthresh"),
    (RTAX_CWND, "cwnd"),
    (RTAX_ADVMSS, "advmss"),
    (RTAX_REORDERING, "reordering"),
    (RTAX_HOPLIMIT, "hoplimit"),
    (RTAX_INITCWND, "initcwnd"),
    (RTAX_FEATURES, "features"),
    (RTAX_RTO_MIN, "rto_min"),
    (RTAX_INITRWND, "initrwnd"),
    (RTAX_QUICKACK, "quickack"),
    (RTAX_CC_ALGO, "congctl"),
    (RTAX_FASTOPEN_NO_COOKIE, "fastopen_no_cookie"),
];

/// A metric that may be locked, so that the kernel does not change it (path MTU discovery, for example).
struct Lockable<V>(V);

impl<V: Value> Value for Lockable<V> {
    type Out = (V::Out, bool);
    fn meta(&self) -> Cow<'static, str> {
        format!("[ lock ] {}", self.0.meta()).into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let lock = w.take_if(&["lock"]).is_some();
        Ok((self.0.take(w)?, lock))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = self.0.offer(w);
        all.push(Offer::new("lock", "the kernel must not change it"));
        all
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        self.0.more(w)
    }
}

fn put(d: &mut RouteBuilder, metric: RouteMetric, lock: bool) {
    let kind = metric.kind();
    d.trail.note(&[RTA_METRICS, kind]);
    d.trail.note(&[RTA_METRICS]);
    d.metrics.push(metric);
    if lock {
        d.locked |= 1 << kind;
    }
}

/// A number, 0 or 1.
struct Bit(&'static str, &'static str);

impl Value for Bit {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "{ 0 | 1 }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let v = U32::parse(arg.bytes).ok_or_else(|| arg.wrong(self.0))?;
        if v > 1 {
            return Err(arg.wrong(self.1));
        }
        Ok(v)
    }
}

/// A hop limit, 8 bits.
struct Hops;

impl Value for Hops {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        U8("\"hoplimit\" value is invalid\n").take(w).map(u32::from)
    }
}

/// One or more features.
struct Features;

impl Value for Features {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "{ ecn | tcp_usec_ts }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let mut bits = 0;
        while let Some(arg) = w.peek() {
            bits |= match arg.bytes {
                b"ecn" => FEATURE_ECN,
                b"tcp_usec_ts" => FEATURE_TCP_USEC_TS,
                _ if bits == 0 => return Err(arg.wrong("\"features\" value not valid\n")),
                _ => break,
            };
            w.skip();
        }
        if bits == 0 {
            w.next()?;
        }
        Ok(bits)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![
            Offer::new("ecn", "explicit congestion notification"),
            Offer::new("tcp_usec_ts", "TCP time stamps in microseconds"),
        ]
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        self.offer(w).into_iter().filter(|o| w.line().last().is_some_and(|l| l != o.word.as_bytes())).collect()
    }
}

/// The name of a congestion control algorithm.
struct Algorithm;

impl Value for Algorithm {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "NAME".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        Ok(w.next()?.bytes.to_vec())
    }
}

const RTT_TIME: Millis = Millis { scale: 8, why: "\"rtt\" value is invalid\n" };
const RTTVAR_TIME: Millis = Millis { scale: 4, why: "\"rttvar\" value is invalid\n" };
const RTO_TIME: Millis = Millis { scale: 1, why: "\"rto_min\" value is invalid\n" };

/// `mtu`, `hoplimit`, `advmss` and others that iproute2 matches before words that may be shortened.
pub static EXACT: &[Row<RouteBuilder>] = rows!(RouteBuilder;
    "mtu" => Term("NUMBER", Lockable(U32("\"mtu\" value is invalid\n"))), "path MTU, bytes", |d, (v, l)| put(d, RouteMetric::Mtu(v), l);
    "hoplimit" => Term("NUMBER", Lockable(Hops)), "hop limit of outgoing packets", |d, (v, l)| put(d, RouteMetric::Hoplimit(v), l);
    "advmss" => Term("NUMBER", Lockable(U32("\"mss\" value is invalid\n"))), "MSS to advertise to TCP peers", |d, (v, l)| put(d, RouteMetric::Advmss(v), l);
    "reordering~" => Term("NUMBER", Lockable(U32("\"reordering\" value is invalid\n"))), "packet reordering expected on this path, packets", |d, (v, l)| put(d, RouteMetric::Reordering(v), l);
    "rtt" => Term("TIME", Lockable(RTT_TIME)), "initial round trip time (default unit: 1/8 ms)", |d, ((v, _), l)| put(d, RouteMetric::Rtt(v), l);
    "rto_min" => Term("TIME", RTO_TIME), "minimum TCP retransmission timeout; always locked", |d, (v, _)| put(d, RouteMetric::RtoMin(v), true);
    "window~" => Term("NUMBER", Lockable(U32("\"window\" value is invalid\n"))), "largest window to advertise to TCP peers, bytes", |d, (v, l)| put(d, RouteMetric::Window(v), l);
    "cwnd~" => Term("NUMBER", Lockable(U32("\"cwnd\" value is invalid\n"))), "maximum congestion window, packets", |d, (v, l)| put(d, RouteMetric::Cwnd(v), l);
    "initcwnd~" => Term("NUMBER", Lockable(U32("\"initcwnd\" value is invalid\n"))), "initial congestion window, in MSS", |d, (v, l)| put(d, RouteMetric::InitCwnd(v), l);
    "initrwnd~" => Term("NUMBER", Lockable(U32("\"initrwnd\" value is invalid\n"))), "initial receive window, in MSS", |d, (v, l)| put(d, RouteMetric::InitRwnd(v), l);
    "features~" => Term("FEATURES", Features), "features to use on this path", |d, v| put(d, RouteMetric::Features(v), false);
    "quickack~" => Term("BOOL", Bit("\"quickack\" value is invalid\n", "\"quickack\" value should be 0 or 1\n")), "quick acknowledgements", |d, v| put(d, RouteMetric::QuickAck(v), false);
    "congctl~" => Term("NAME", Lockable(Algorithm)), "TCP congestion control algorithm", |d, (v, l)| {
        put(d, RouteMetric::Other(netlink_packet_core::DefaultNla::new(RTAX_CC_ALGO, v)), l);
    };
    "rttvar~" => Term("TIME", Lockable(RTTVAR_TIME)), "initial round trip time variance (default unit: 1/4 ms)", |d, ((v, _), l)| put(d, RouteMetric::RttVar(v), l);
    "ssthresh~" => Term("NUMBER", Lockable(U32("\"ssthresh\" value is invalid\n"))), "slow start threshold, packets", |d, (v, l)| put(d, RouteMetric::SsThresh(v), l);
    "fastopen_no_cookie~" => Term("BOOL", Bit("\"fastopen_no_cookie\" value is invalid\n", "\"fastopen_no_cookie\" value should be 0 or 1\n")),
        "TCP Fast Open without cookies", |d, v| put(d, RouteMetric::FastopenNoCookie(v), false);
);

/// A number of at least one as C's `%g` writes it: six digits, with an exponent from a million on.
fn six_digits(v: f64) -> String {
    let scientific = format!("{v:.5e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: usize = exponent.parse().unwrap_or(0);
    let short = |s: &str| {
        if s.contains('.') { s.trim_end_matches('0').trim_end_matches('.').to_string() } else { s.to_string() }
    };
    match 5usize.checked_sub(exponent) {
        Some(decimals) => short(&format!("{v:.decimals$}")),
        None => format!("{}e+{exponent:02}", short(digits)),
    }
}

/// A time in milliseconds; in text, from a second on, in seconds.
struct Time(u32);

impl Scalar for Time {
    fn text(&self, out: &mut Vec<u8>) {
        if self.0 >= 1000 {
            out.extend_from_slice(six_digits(f64::from(self.0) / 1000.0).as_bytes());
            out.push(b's');
        } else {
            self.0.text(out);
            out.extend_from_slice(b"ms");
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.0.json(out);
    }
}

/// Describes a nest of metrics.
pub fn describe(p: &mut Printer<'_>, nest: &[u8]) {
    let m: Index<'_, 18> = Index::new(nest);
    let locked = m.u32(RTAX_LOCK).unwrap_or(0);
    p.array(Some("metrics"));
    p.object(None);
    for (kind, name) in NAMES {
        let lock = locked & (1 << kind) != 0;
        if *kind == RTAX_CC_ALGO {
            if let Some(v) = m.get(*kind) {
                word(p, name, lock);
                p.item("congestion", "{} ", until_nul(v));
            }
            continue;
        }
        // The kernel omits metrics that are zero, even locked ones.
        let Some(v) = m.u32(*kind).or(lock.then_some(0)) else { continue };
        if v == 0 && *kind != RTAX_HOPLIMIT && !lock {
            continue;
        }
        word(p, name, lock);
        match *kind {
            RTAX_FEATURES => features(p, v),
            RTAX_HOPLIMIT => p.item(name, "{} ", v.cast_signed()),
            RTAX_RTT => p.item(name, "{} ", Time(v / 8)),
            RTAX_RTTVAR => p.item(name, "{} ", Time(v / 4)),
            RTAX_RTO_MIN => p.item(name, "{} ", Time(v)),
            _ => p.item(name, "{} ", v),
        }
    }
    if locked & !1 != 0 {
        p.array(Some("lock"));
        for (_, name) in NAMES.iter().filter(|(k, _)| locked & (1 << k) != 0) {
            if p.is_json() {
                p.element("", *name);
            }
        }
        p.close();
    }
    p.close();
    p.close();
}

fn word(p: &mut Printer<'_>, name: &str, lock: bool) {
    p.text_item("{} ", name);
    if lock {
        p.text("lock ");
    }
}

fn features(p: &mut Printer<'_>, bits: u32) {
    if bits & FEATURE_ECN != 0 {
        p.null("ecn", "ecn ");
    }
    if bits & FEATURE_TCP_USEC_TS != 0 {
        p.null("tcp_usec_ts", "tcp_usec_ts ");
    }
    let rest = bits & !(FEATURE_ECN | FEATURE_TCP_USEC_TS);
    if rest != 0 {
        p.item("features", "{} ", Hex::with_prefix(rest));
    }
}
