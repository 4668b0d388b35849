//! `xfrm state list`, `deleteall`, `flush` and `count`.

use super::super::id::Id;
use super::super::names::{AH, ANY, COMP, ESP, protocol};
use super::super::pack::{address_of, ip_of, set, u8_of, u32_of};
use super::change::NEVER;
use super::request::named;
use super::view::{self, Look, Sa};
use super::words::{FLUSH, Flush, LIST, MATCHING, Matching};
use crate::command::generic;
use crate::diag::{Diag, USAGE};
use crate::grammar::Words;
use crate::grammar::address::{Prefix, UNSPEC};
use crate::net::kernel::Messages;
use crate::net::{Index, Request};
use crate::output::out::print_stderr;
use crate::schema::xfrm::*;
use crate::session::Session;
use nix::errno::Errno;

/// The states that words select.
struct Filter {
    id: Id,
    m: Matching,
    family: u8,
}

impl Filter {
    fn new(mut m: Matching, preferred: u8) -> Filter {
        let id = m.take_id();
        let family = if id.src.is_some() || id.dst.is_some() { id.family(preferred) } else { preferred };
        Filter { id, m, family }
    }

    /// The dump request, with the kernel's filters.
    fn request(&self) -> Request {
        let mut r = Request::xfrm(XFRM_MSG_GETSA, 0, &[]);
        if let Some(proto) = self.id.proto {
            r.put(XFRMA_PROTO, &[proto]);
        }
        let mut b = vec![0; address_filter::SIZE];
        set(&mut b, address_filter::SADDR, &address_of(&self.id.src));
        set(&mut b, address_filter::DADDR, &address_of(&self.id.dst));
        set(&mut b, address_filter::FAMILY, &u16::from(self.family).to_ne_bytes());
        set(&mut b, address_filter::SPLEN, &[self.id.src.as_ref().map_or(0, |p| p.len)]);
        set(&mut b, address_filter::DPLEN, &[self.id.dst.as_ref().map_or(0, |p| p.len)]);
        r.put(XFRMA_ADDRESS_FILTER, &b);
        r
    }

    /// Whether the words select a state; kernels before 3.15 do not filter.
    fn matches(&self, sa: &Sa<'_>) -> bool {
        let family = sa.family();
        let within = |p: &Option<Prefix>, at| match p {
            Some(p) if p.family == family => match (p.network(), ip_of(sa.head, at, family)) {
                (Some(net), Some(ip)) => net.contains(ip),
                // A word for the unspecified address.
                _ => p.len == 0,
            },
            Some(_) => false,
            None => true,
        };
        let proto = |wanted| match wanted {
            ANY => matches!(sa.proto(), ESP | AH | COMP),
            one => one == sa.proto(),
        };
        (self.family == UNSPEC || self.family == family)
            && within(&self.id.src, usersa_info::SADDR)
            && within(&self.id.dst, usersa_info::DADDR)
            && self.id.proto.is_none_or(proto)
            && self.id.spi.is_none_or(|spi| spi == sa.spi())
            && self.m.mode.is_none_or(|mode| mode == u8_of(sa.head, usersa_info::MODE))
            && self.m.reqid.is_none_or(|reqid| reqid == u32_of(sa.head, usersa_info::REQID))
            && self.m.flags.is_none_or(|flags| match u32::from(u8_of(sa.head, usersa_info::FLAGS)) {
                set if flags == 0 => set == 0,
                set => set & flags != 0,
            })
    }
}

fn states(answer: &[u8]) -> impl Iterator<Item = Sa<'_>> {
    Messages(answer)
        .filter(|(m, _, _)| m.kind == XFRM_MSG_NEWSA)
        .filter_map(|(m, _, _)| Sa::parse(m.body, usersa_info::SIZE))
}

/// Runs `list`.
///
/// # Errors
///
/// A wrong word, or the kernel refuses the dump.
pub fn list(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut m = Matching::default();
    LIST.parse(&mut m, w)?;
    let look = Look { nokeys: m.nokeys, hard: None };
    let filter = Filter::new(m, w.family);
    let question = filter.request();
    let kernel = s.xfrm()?;
    let answer = s.listed(kernel.collect(&question).map_err(|e| e.explain(&question)))?;
    s.document(|p| {
        for sa in states(&answer).filter(|sa| filter.matches(sa)) {
            p.object(None);
            view::describe(s, p, &sa, look);
            p.close();
        }
    });
    Ok(0)
}

/// Runs `deleteall`: deletes the matching states in rounds, until there are none.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn delete_all(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut m = Matching::default();
    MATCHING.parse(&mut m, w)?;
    let filter = Filter::new(m, w.family);
    let kernel = s.xfrm()?;
    super::super::rounds::delete_all(s, &filter.request(), Errno::ESRCH, |answer, delete| {
        for sa in states(answer).filter(|sa| filter.matches(sa)) {
            let request = named(XFRM_MSG_DELSA, &sa.id(), Some(sa.source()), sa.a.get(XFRMA_MARK));
            delete(generic::change(s, kernel, &request, format!("delete IPsec state {}", sa.words()), NEVER))?;
        }
        Ok(())
    })
}

/// Runs `flush`.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut f = Flush::default();
    FLUSH.parse(&mut f, w)?;
    // struct xfrm_usersa_flush, a byte.
    let request = Request { body: vec![f.0.unwrap_or(0)], ..Request::xfrm(XFRM_MSG_FLUSHSA, 0, &[]) };
    let words = match f.0 {
        Some(proto) => format!("delete all IPsec states of {}", protocol(proto)),
        None => "delete all IPsec states".into(),
    };
    if s.options.stats > 1 {
        print_stderr(&format!("Flush state with XFRM-PROTO value \"{}\"\n", protocol(f.0.unwrap_or(0))));
    }
    generic::change(s, s.xfrm()?, &request, words, NEVER).map(|()| 0)
}

/// Runs `count`.
///
/// # Errors
///
/// The kernel refuses the request, or reports no number.
pub fn count(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let question = Request::xfrm(XFRM_MSG_GETSADINFO, 0, &u32::MAX.to_ne_bytes());
    let answer = s.listed(s.xfrm()?.ask(&question).map_err(|e| e.explain(&question)))?;
    let body = Messages(&answer).next().map(|(m, _, _)| m.body).unwrap_or_default();
    let a: Index<'_, 4> = Index::new(body.get(4..).unwrap_or_default());
    let Some(count) = a.u32(XFRMA_SAD_CNT) else {
        return Err(Diag::new(USAGE, "BUG: the kernel does not count its IPsec states"));
    };
    s.document(|p| {
        p.object(None);
        p.object(Some("sad"));
        p.item("count", "\t SAD count {}", count);
        if let Some(info) = a.get(XFRMA_SAD_HINFO).filter(|_| s.options.stats > 0 || p.is_json()) {
            p.item("buckets", " (buckets count {}", u32_of(info, 0));
            p.item("max", " Max {})", u32_of(info, 4));
        }
        p.close();
        p.end_line();
        p.close();
    });
    Ok(0)
}
