//! `link afstats [ dev DEV ]`: per-address-family statistics of a device (linux/if_link.h, IFLA_STATS_AF_SPEC). Only
//! MPLS has any.

use super::stats::{Column, Margin, tables};
use crate::diag::{Diag, Span};
use crate::grammar::address::UNSPEC;
use crate::grammar::number::Term;
use crate::grammar::{Fallback, Grammar, Row, Target, Words};
use crate::net::Nested;
use crate::net::attr::{u32_at, u64_at};
use crate::net::kernel::Messages;
use crate::output::Printer;
use crate::rows;
use crate::schema::{IF_STATS_MSG, IFLA_STATS_AF_SPEC};
use crate::session::Session;

/// AF_MPLS of linux/socket.h.
const AF_MPLS: u16 = 28;
const MPLS_STATS_LINK: u16 = 1;

/// The words that select entries.
#[derive(Default)]
pub struct Wanted {
    dev: Option<(Vec<u8>, usize)>,
}

impl Target for Wanted {}

static ROWS: &[Row<Wanted>] = rows!(Wanted;
    "dev" => Term("DEVICE", crate::grammar::value::DevWord), "this device only", |f, v| {
        if let Some((_, first)) = f.dev.replace(v.clone()) {
            let shown = crate::output::escape::shown(&v.0);
            return Err(Diag::garbage("dev", &shown, Span::word(v.1)).at(Span::word(first)));
        }
        Ok(())
    };
);
/// The words of `link afstats`.
pub static AFSTATS: Grammar<Wanted> = Grammar {
    title: "AFSTATS",
    rows: &[ROWS],
    fallback: Fallback::Unknown(|arg| {
        let what = format!("Command \"{}\" is unknown, try \"ip link help\".", arg.shown());
        Diag::usage(what).at(arg.span())
    }),
};

/// Runs `link afstats [ dev DEV ]`.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses the request.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut wanted = Wanted::default();
    AFSTATS.parse(&mut wanted, w)?;
    let dev = wanted.dev.map(|(name, at)| super::show::find(s, &name, at)).transpose()?;
    let request = super::xstats::request(dev.unwrap_or(0), IFLA_STATS_AF_SPEC);
    let kernel = s.kernel()?;
    let found = if dev.is_some() { kernel.ask(&request) } else { kernel.collect(&request) };
    let found = found.map_err(|e| e.explain(&request))?;
    // The family option excludes the others; only MPLS has counters.
    let counts_for = [u16::from(UNSPEC), AF_MPLS].contains(&s.options.family.into());
    s.document(|p| {
        for (m, _, _) in Messages(&found) {
            let (Some(index), Some(attrs)) = (u32_at(m.body, 4), m.body.get(IF_STATS_MSG..).map(Nested::new)) else {
                continue;
            };
            let Some(counts) = attrs.get(IFLA_STATS_AF_SPEC).filter(|_| counts_for).and_then(of_mpls) else { continue };
            p.object(None);
            p.item("ifindex", "{}:", index);
            p.item("ifname", "{}", s.link_name(index));
            p.nl();
            p.text("    mpls:");
            mpls(s, p, counts, 8);
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}

/// The MPLS counters in the value of IFLA_STATS_AF_SPEC.
pub fn of_mpls(families: &[u8]) -> Option<&[u8]> {
    Nested::new(families).nest(AF_MPLS)?.get(MPLS_STATS_LINK)
}

/// Describes struct mpls_link_stats (linux/mpls.h): tables, each line after a break; in JSON `rx` and `tx`.
pub fn mpls(s: &Session, p: &mut Printer<'_>, body: &[u8], indent: usize) {
    let at = |i: usize| Some(u64_at(body, i * 8).unwrap_or(0));
    let rx: &[Column] =
        &[("bytes", at(2)), ("packets", at(0)), ("errors", at(4)), ("dropped", at(6)), ("noroute", at(8))];
    let tx: &[Column] = &[("bytes", at(3)), ("packets", at(1)), ("errors", at(5)), ("dropped", at(7))];
    for (key, columns) in [("rx", rx), ("tx", tx)] {
        p.object(Some(key));
        for (name, value) in columns {
            p.hidden(name, value.unwrap_or(0));
        }
        p.close();
    }
    if !p.is_json() {
        p.nl();
        let widths = ["RX: bytes", "packets", "errors", "dropped", "noroute"].map(str::len);
        tables(s, p, &[("RX:", rx), ("TX:", tx)], Margin { indent, widths: &widths });
    }
}
