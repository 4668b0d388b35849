//! The words of `tcp_metrics`: a source and a destination.

use super::*;
use crate::diag::Span;
use crate::grammar::address::{Addr, Net, Prefix, take_prefix};
use crate::grammar::{Fallback, Grammar, Row, Target, Value};
use crate::net::Request;
use crate::{row, rows};
use std::borrow::Cow;
use std::net::IpAddr;

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    /// The source.
    pub source: Option<IpAddr>,
    source_at: Option<Span>,
    /// The destination.
    pub to: Option<Prefix>,
}

impl Target for Selector {}

static SOURCES: &[Row<Selector>] = rows!(Selector;
    "src" | "source" => Host, "of connections from this address", |f, v, w| {
        let here = Span::word(w.at().saturating_sub(1));
        if let Some(first) = f.source_at.replace(here) {
            return Err(Diag::garbage("src", &v.to_string(), here).at(first));
        }
        f.source = Some(v);
        Ok(())
    };
);

static TO: Row<Selector> =
    row!(Selector; @once "address" | "addr" => Net, "of hosts in this prefix", |f, v| f.to = Some(v));
static TO_HOST: Row<Selector> = row!(Selector; @once "address" | "addr" => Host, "of this host", |f, v| {
    f.to = Some(whole(v));
});

/// The full-length prefix of an address.
fn whole(ip: IpAddr) -> Prefix {
    let addr = Addr::Ip(ip);
    Prefix { family: addr.family(), len: addr.bits(), given: false, addr: Some(addr) }
}

/// The words of `show` and `flush`.
pub static SELECTOR: Grammar<Selector> = Grammar { title: "SELECTOR", rows: &[SOURCES], fallback: Fallback::Take(&TO) };
/// The words of `delete`.
pub static HOST: Grammar<Selector> = Grammar { title: "ADDRESS", rows: &[SOURCES], fallback: Fallback::Take(&TO_HOST) };

/// An address without a prefix length.
struct Host;

impl Value for Host {
    type Out = IpAddr;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<IpAddr, Diag> {
        let arg = w.peek();
        let p = take_prefix(w, w.family)?;
        host(&p).ok_or_else(|| {
            let (shown, at) = arg.map_or((String::new(), Span::word(w.at())), |arg| (arg.shown(), arg.span()));
            Diag::fail(format!("Error: a specific IP address is expected rather than \"{shown}\"")).at(at)
        })
    }
}

/// The address of a full-length prefix.
fn host(p: &Prefix) -> Option<IpAddr> {
    p.addr.as_ref().filter(|addr| addr.bits() == p.len).and_then(Addr::ip)
}

impl Selector {
    /// The host, if a single one is selected.
    pub fn host(&self) -> Option<IpAddr> {
        self.to.as_ref().and_then(host)
    }

    /// Whether all entries are selected.
    pub fn is_any(&self) -> bool {
        self.source.is_none() && self.to.as_ref().is_none_or(|p| p.len == 0)
    }
}

/// A request about a destination and a source, if given.
pub fn request(family: &Family, command: u8, to: Option<IpAddr>, source: Option<IpAddr>) -> Request {
    let mut request = family.request(command, 0);
    for (ip, four, six) in [
        (to, TCP_METRICS_ATTR_ADDR_IPV4, TCP_METRICS_ATTR_ADDR_IPV6),
        (source, TCP_METRICS_ATTR_SADDR_IPV4, TCP_METRICS_ATTR_SADDR_IPV6),
    ] {
        match ip {
            Some(IpAddr::V4(ip)) => request.put(four, &ip.octets()),
            Some(IpAddr::V6(ip)) => request.put(six, &ip.octets()),
            None => {}
        }
    }
    request
}
