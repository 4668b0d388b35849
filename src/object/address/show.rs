//! `address show`: links and addresses, joined by interface index.

use super::view::{self, Address};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::grammar::address::PACKET;
use crate::net::Request;
use crate::net::attr::u32_at;
use crate::net::kernel::{Message, Messages};
use crate::object::link::select::{Selector, glob_matches};
use crate::object::link::show as links;
use crate::object::link::view::{Link, ShowOptions};
use crate::object::link::{brief, stats};
use crate::output::Printer;
use crate::schema::*;
use crate::session::Session;
use crate::session::devices::ByIndex;
use crate::state::{ObjectType, consistent_dump};

/// Runs `address show`.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses a dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    // The family of a `to` prefix restricts the addresses, not the links.
    let asked = w.family;
    let mut f = Selector::parse(w)?;
    if f.dev.is_some() {
        f.forgive();
    }
    let family = w.family;
    let o = &s.options;
    let link = f.dev.as_ref().map(|(name, at)| links::one(s, name, *at, true)).transpose()?;
    let index = link.as_ref().and_then(|list| u32_at(list, 20)).unwrap_or(0);
    let addresses = if family == PACKET { Vec::new() } else { dump(s, family, index)? };
    let by_device = ByDevice::new(&addresses);
    let narrowed =
        family != 0 && family != PACKET || f.scope.is_some() || f.label.is_some() || f.mask != 0 || f.to.is_some();
    // A label selects addresses only, and -oneline prints only addresses.
    let no_link = f.label.is_some() || o.oneline && !o.brief && family != PACKET;
    let opts = ShowOptions { link: false, family, details: o.details, stats: o.stats, deleted: false, event: false };
    let mut describe = |p: &mut Printer<'_>, m: &Message<'_>| {
        let Some(l) = Link::parse(m.body) else { return };
        // A link without addresses is hidden only by a family, not by other words about addresses.
        if narrowed {
            let bare = matches!(family, 0 | PACKET) && by_device.of(l.index).next().is_none();
            if !bare && !by_device.of(l.index).any(|a| matches_but_proto(s, &f, family, &a)) {
                return;
            }
        }
        if !links::in_group(&f, &l) {
            return;
        }
        p.object(None);
        if !links::matches(&f, &l) {
            p.close();
            return;
        }
        if no_link {
        } else if o.brief && family == PACKET {
            brief::describe(s, p, &l);
        } else if o.brief {
            brief::head(s, p, &l);
        } else {
            crate::object::link::view::describe(s, p, &l, opts);
            p.end_line();
        }
        if family != PACKET {
            p.array(Some("addr_info"));
            for a in by_device.of(l.index) {
                p.object(None);
                if matches(s, &f, family, &a) {
                    if o.brief {
                        view::ends(s, p, &a);
                    } else {
                        view::describe(s, p, &a, o.oneline || o.echo);
                    }
                }
                p.close();
            }
            p.close();
        }
        if o.brief {
            p.end_line();
        } else if !no_link && o.stats > 0 {
            stats::describe(s, p, &l, o.stats);
            p.end_line();
        }
        p.close();
    };
    match link {
        Some(link) => {
            s.document(|p| Messages(&link).for_each(|(m, _, _)| describe(p, &m)));
            Ok(0)
        }
        None => links::show_all(s, &f, asked, &mut describe),
    }
}

/// Dumps the addresses of a family (0: all), of one device or (index 0) of all.
///
/// # Errors
///
/// The kernel refuses the dump, or the socket fails.
pub fn dump(s: &Session, family: u8, index: u32) -> Result<Vec<u8>, Diag> {
    dump_for(s, family, index, "Dump terminated")
}

/// [`dump`], with `ended` as the last line of its error.
///
/// # Errors
///
/// The kernel refuses the dump, or the socket fails.
pub fn dump_for(s: &Session, family: u8, index: u32, ended: &str) -> Result<Vec<u8>, Diag> {
    let mut header = vec![family, 0, 0, 0];
    header.extend(index.to_ne_bytes());
    let request = Request::raw(RTM_GETADDR, 0, &header);
    consistent_dump::collect(s.kernel()?, ObjectType::Address, &request).map_err(|e| e.explain_ended(&request, ended))
}

/// The addresses of each device, in the kernel's order. A list each would take 7 % of the instructions of `address show`, so
/// they are in one, chained.
#[derive(Default)]
struct ByDevice<'a> {
    /// The bodies of the messages, each with the place of the next one of the device: 0 is the end.
    all: Vec<(&'a [u8], usize)>,
    /// The places of the first and the last of each device, from 1.
    ends: ByIndex<(usize, usize)>,
}

impl<'a> ByDevice<'a> {
    fn new(addresses: &'a [u8]) -> ByDevice<'a> {
        let mut out = ByDevice::default();
        for (m, _, _) in Messages(addresses) {
            let Some(index) = u32_at(m.body, 4) else { continue };
            out.all.push((m.body, 0));
            let place = out.all.len();
            let (_, last) = out.ends.entry(index).or_insert((place, place));
            let before = std::mem::replace(last, place);
            if before != place
                && let Some((_, next)) = out.all.get_mut(before - 1)
            {
                *next = place;
            }
        }
        out
    }

    /// The addresses of a device.
    fn of(&self, index: u32) -> impl Iterator<Item = Address<'a>> {
        let mut place = self.ends.get(&index).map_or(0, |(first, _)| *first);
        let bodies = std::iter::from_fn(move || {
            let (body, next) = self.all.get(place.checked_sub(1)?)?;
            place = *next;
            Some(*body)
        });
        bodies.filter_map(Address::parse)
    }
}

/// Whether an address matches the selector's words about addresses.
pub fn matches(s: &Session, f: &Selector, family: u8, a: &Address<'_>) -> bool {
    let proto = f.proto.is_none_or(|wanted| a.a.u8(IFA_PROTO).is_none_or(|proto| proto == wanted));
    proto && matches_but_proto(s, f, family, a)
}

/// [`matches`] without the protocol, which hides an address but never its link.
fn matches_but_proto(s: &Session, f: &Selector, family: u8, a: &Address<'_>) -> bool {
    if family != 0 && family != a.family {
        return false;
    }
    if f.scope.is_some_and(|v| v != a.scope) || (f.flags ^ a.flags) & f.mask != 0 {
        return false;
    }
    if let Some(pattern) = &f.label {
        let good = match a.a.str(IFA_LABEL) {
            Some(label) => glob_matches(pattern, label),
            None => s.with_link_name(a.index, |name| glob_matches(pattern, name.bytes())),
        };
        if !good {
            return false;
        }
    }
    match &f.to {
        Some(prefix) => prefix.addr.is_none() || within(prefix, a),
        None => true,
    }
}

/// Whether an address lies in a prefix.
fn within(prefix: &crate::grammar::address::Prefix, a: &Address<'_>) -> bool {
    match (prefix.network(), a.local()) {
        (Some(net), Some(ip)) => net.contains(ip),
        _ => false,
    }
}
