//! `xfrm policy list`, `deleteall`, `count` and `getdefault`.

use super::super::pack::{u8_of, u32_of};
use super::change::change;
use super::default_name;
use super::view::{self, Policy};
use super::words::{MATCHING, Matching};
use crate::diag::{Diag, USAGE};
use crate::grammar::Words;
use crate::grammar::address::UNSPEC;
use crate::net::kernel::Messages;
use crate::net::{Index, Request};
use crate::output::Printer;
use crate::schema::xfrm::*;
use crate::session::Session;
use nix::errno::Errno;

impl Matching {
    /// Whether the words select a policy.
    fn matches(&self, policy: &Policy<'_>, family: u8) -> bool {
        let socket = policy.is_of_socket();
        let flags = u32::from(u8_of(policy.head, userpolicy_info::FLAGS));
        (family == UNSPEC || family == policy.family())
            && !(socket && self.nosock)
            && self.sel.as_ref().is_none_or(|sel| sel.matches(policy.sel()))
            && self.dir.is_none_or(|dir| !socket && dir == policy.dir())
            && self.index.is_none_or(|index| index == policy.index())
            && self.kind.is_none_or(|kind| kind == policy.kind().unwrap_or(0))
            && self.action.is_none_or(|action| action == u8_of(policy.head, userpolicy_info::ACTION))
            && self.priority.is_none_or(|priority| priority == u32_of(policy.head, userpolicy_info::PRIORITY))
            && self.flags.is_none_or(|wanted| wanted & flags != 0)
    }
}

fn read(w: &mut Words<'_>) -> Result<Matching, Diag> {
    w.help_word = "";
    let mut m = Matching::default();
    MATCHING.parse(&mut m, w)?;
    Ok(m)
}

fn policies(answer: &[u8]) -> impl Iterator<Item = Policy<'_>> {
    Messages(answer)
        .filter(|(m, _, _)| m.kind == XFRM_MSG_NEWPOLICY)
        .filter_map(|(m, _, _)| Policy::parse(m.body, userpolicy_info::SIZE))
}

/// Runs `list`.
///
/// # Errors
///
/// A wrong word, or the kernel refuses the dump.
pub fn list(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let m = read(w)?;
    let question = Request::xfrm(XFRM_MSG_GETPOLICY, 0, &[]);
    let kernel = s.xfrm()?;
    let answer = s.listed(kernel.collect(&question).map_err(|e| e.explain(&question)))?;
    s.document(|p| {
        for policy in policies(&answer).filter(|policy| m.matches(policy, w.family)) {
            p.object(None);
            view::describe(s, p, &policy, "");
            view::end(p);
            p.close();
        }
    });
    Ok(0)
}

/// Runs `deleteall`: deletes the matching policies in rounds, until there are none. Socket policies end with their
/// sockets.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn delete_all(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let m = Matching { nosock: true, ..read(w)? };
    let question = Request::xfrm(XFRM_MSG_GETPOLICY, 0, &[]);
    super::super::rounds::delete_all(s, &question, Errno::ENOENT, |answer, delete| {
        for policy in policies(answer).filter(|policy| m.matches(policy, w.family)) {
            let request = policy.named(XFRM_MSG_DELPOLICY, &policy.id());
            delete(change(s, &request, request.body.clone(), format!("delete IPsec policy {}", policy.words(s))))?;
        }
        Ok(())
    })
}

/// Runs `count`.
///
/// # Errors
///
/// The kernel refuses the request, or reports no numbers.
pub fn count(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let question = Request::xfrm(XFRM_MSG_GETSPDINFO, 0, &u32::MAX.to_ne_bytes());
    let answer = s.listed(s.xfrm()?.ask(&question).map_err(|e| e.explain(&question)))?;
    let body = Messages(&answer).next().map(|(m, _, _)| m.body).unwrap_or_default();
    let a: Index<'_, 8> = Index::new(body.get(4..).unwrap_or_default());
    let Some(info) = a.get(XFRMA_SPD_INFO) else {
        return Err(Diag::new(USAGE, "BUG: the kernel does not count its IPsec policies"));
    };
    s.document(|p| {
        p.object(None);
        p.object(Some("spd"));
        numbers(s, p, info, &a);
        p.close();
        if p.oneline() {
            p.text("\n");
        }
        p.close();
    });
    Ok(0)
}

fn numbers(s: &Session, p: &mut Printer<'_>, info: &[u8], a: &Index<'_, 8>) {
    let n = |i: usize| u32_of(info, 4 * i);
    let json = p.is_json();
    p.item("in", "\t SPD IN  {}", n(0));
    p.item("out", " OUT {}", n(1));
    p.item("fwd", " FWD {}", n(2));
    if s.options.stats > 0 || json {
        p.object(Some("sockets"));
        p.item("in", " (Sock: IN {}", n(3));
        p.item("out", " OUT {}", n(4));
        p.item("fwd", " FWD {})", n(5));
        p.close();
    }
    p.nl();
    if s.options.stats < 2 && !json {
        return;
    }
    if let Some(b) = a.get(XFRMA_SPD_HINFO) {
        p.object(Some("buckets"));
        p.item("count", "\t SPD buckets: count {}", u32_of(b, 0));
        p.item("max", " Max {}", u32_of(b, 4));
        p.close();
        p.nl();
    }
    for (attr, key, name) in
        [(XFRMA_SPD_IPV4_HTHRESH, "ipv4_thresholds", "IPv4"), (XFRMA_SPD_IPV6_HTHRESH, "ipv6_thresholds", "IPv6")]
    {
        if let Some(b) = a.get(attr) {
            p.object(Some(key));
            p.text(&format!("\t SPD {name} thresholds:"));
            p.item("local", " local {}", u8_of(b, 0));
            p.item("remote", " remote {}", u8_of(b, 1));
            p.close();
            p.nl();
        }
    }
}

/// Runs `getdefault`.
///
/// # Errors
///
/// The kernel refuses the request; it is older than 5.15, for example.
pub fn get_default(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let question = super::defaults_request(XFRM_MSG_GETDEFAULT, [0; 3]);
    let answer = s.listed(s.xfrm()?.ask(&question).map_err(|e| e.explain(&question)))?;
    let body = Messages(&answer).next().map(|(m, _, _)| m.body).unwrap_or_default();
    s.document(|p| {
        p.object(None);
        defaults(p, body);
        p.close();
    });
    Ok(0)
}

/// Describes struct xfrm_userpolicy_default.
pub fn defaults(p: &mut Printer<'_>, b: &[u8]) {
    p.text("Default policies:\n");
    p.item("in", " in:  {}\n", default_name(u8_of(b, 0)));
    p.item("fwd", " fwd: {}\n", default_name(u8_of(b, 1)));
    p.item("out", " out: {}\n", default_name(u8_of(b, 2)));
}
