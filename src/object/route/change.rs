//! `route add`, `change`, `replace` and the like: from the parsed words to the request.

use super::view::ShowOptions;
use super::words::{self, ROUTE, RouteBuilder};
use crate::diag::{Diag, Span};
use crate::grammar::value::Absent;
use crate::grammar::{Arg, Names as _, Words};
use crate::net::{KernelError, Request, Trail};
use crate::schema::{RTM_DELROUTE, RTMSG};
use crate::session::Session;
use netlink_packet_core::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::route::RouteAttribute;

/// Runs `route add`.
///
/// # Errors
///
/// A wrong word; EEXIST if the route exists, ENETUNREACH or EINVAL if its gateway is unreachable, or another refusal.
pub fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_CREATE | NLM_F_EXCL)
}

/// Runs `route change`.
///
/// # Errors
///
/// A wrong word; ENOENT if the route does not exist, or another refusal of the kernel.
pub fn change(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_REPLACE)
}

/// Runs `route replace`.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn replace(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_CREATE | NLM_F_REPLACE)
}

/// Runs `route prepend`.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn prepend(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_CREATE)
}

/// Runs `route append`.
///
/// # Errors
///
/// A wrong word; ENOENT if IPv6 has no route to append to, or another refusal of the kernel.
pub fn append(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_CREATE | NLM_F_APPEND)
}

/// Runs `route test`.
///
/// # Errors
///
/// A wrong word; EEXIST if the route exists, ENOENT if it does not.
pub fn test(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_EXCL)
}

fn modify(s: &Session, w: &mut Words<'_>, flags: u16) -> Result<u8, Diag> {
    let mut d = RouteBuilder::default();
    d.msg.header.protocol = 3.into();
    parse(s, &mut d, w)?;
    let request = finish(RouteNetlinkMessage::NewRoute(d.msg), flags, d.trail);
    send(s, request)
}

/// Runs `route delete`.
///
/// # Errors
///
/// A wrong word; ESRCH if the route does not exist, or another refusal of the kernel.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut d = RouteBuilder { deleting: true, ..RouteBuilder::default() };
    parse(s, &mut d, w)?;
    send(s, finish(RouteNetlinkMessage::DelRoute(d.msg), 0, d.trail))
}

fn send(s: &Session, request: Request) -> Result<u8, Diag> {
    let result = if s.options.echo { echo(s, &request) } else { s.kernel()?.change(&request) };
    s.release();
    result.map(|()| 0).map_err(|e| e.explain(&request))
}

/// Serializes a route's message.
fn finish(msg: RouteNetlinkMessage, flags: u16, trail: Trail) -> Request {
    let mut request = Request::of(msg, flags, trail);
    crate::net::multipath::mark_encaps(request.body.get_mut(RTMSG..).unwrap_or_default());
    request
}

/// Parses a line and completes the message.
fn parse(s: &Session, d: &mut RouteBuilder, w: &mut Words<'_>) -> Result<(), Diag> {
    if w.is_empty() {
        return Err(w.usage_error());
    }
    if let Err(wrong) = ROUTE.parse(d, w) {
        // As in iproute2, errors in nexthops are reported last.
        return Err(if d.listed && d.dst.is_none() { w.usage_error() } else { wrong });
    }
    if d.dst.is_none() {
        return Err(w.usage_error().at(Span::word(w.at())));
    }
    if let Some((dev, at)) = d.dev.take() {
        let arg = Arg { bytes: &dev, at };
        let index = s.link(&dev)?.ok_or_else(|| Absent::CannotFind.say(&arg))?;
        d.put(RouteAttribute::Oif(index));
        d.trail.close(Span { from: at.saturating_sub(1), to: at + 1 });
    }
    words::finish(d, w.family);
    Ok(())
}

/// `-echo`: prints the route that the kernel echoes: the new one, or the deleted one.
fn echo(s: &Session, request: &Request) -> Result<(), KernelError> {
    crate::command::echo::echo(s, request, &mut |p, m| {
        let Some(r) = super::view::Route::parse(m.body) else { return };
        p.object(None);
        let opts = ShowOptions { deleted: m.kind == RTM_DELROUTE, ..ShowOptions::default() };
        super::view::describe(s, p, &r, &opts);
        p.close();
    })
}
