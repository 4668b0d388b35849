//! `rule add` and `delete`: from the parsed words to the request.

use super::view::{self, *};
use super::words::{Builder, RULE};
use crate::diag::{Diag, Span};
use crate::grammar::Words;
use crate::grammar::address::{Addr, INET, UNSPEC};
use crate::net::{KernelError, Request};
use crate::schema::*;
use crate::session::Session;
use netlink_packet_core::{DefaultNla, NLM_F_CREATE, NLM_F_EXCL};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::rule::{RuleAttribute, RuleFlags, RuleMessage};

/// Runs `rule add`.
///
/// # Errors
///
/// A wrong word; EEXIST if the rule exists, or another refusal of the kernel.
pub fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (msg, d) = parse(w, true)?;
    send(s, &Request::of(RouteNetlinkMessage::NewRule(msg), NLM_F_CREATE | NLM_F_EXCL, d.trail))
}

/// Runs `rule delete`.
///
/// # Errors
///
/// A wrong word; ENOENT if no rule matches, or another refusal of the kernel.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (msg, d) = parse(w, false)?;
    send(s, &Request::of(RouteNetlinkMessage::DelRule(msg), 0, d.trail))
}

fn send(s: &Session, request: &Request) -> Result<u8, Diag> {
    let result = if s.options.echo { echo(s, request) } else { s.kernel()?.change(request) };
    result.map(|()| 0).map_err(|e| e.explain(request))
}

fn parse(w: &mut Words<'_>, adding: bool) -> Result<(RuleMessage, Builder), Diag> {
    if w.is_empty() {
        let verb = if adding { "add" } else { "del" };
        return Err(Diag::fail(format!("\"ip rule {verb}\" requires arguments.")).at(Span::word(w.at())));
    }
    let mut d = Builder::default();
    RULE.parse(&mut d, w)?;
    if d.l3mdev && d.table.is_some_and(|t| t != 0) {
        let at = Span::word(w.at().saturating_sub(1));
        return Err(Diag::new(22, "table can not be specified for l3mdev rules").at(at));
    }
    let family = if w.family == UNSPEC { INET } else { w.family };
    let mut msg = RuleMessage::default();
    msg.header.family = family.into();
    msg.header.tos = d.tos;
    msg.header.flags = RuleFlags::from_bits_retain(d.flags);
    for (prefix, kind) in [(d.src.take(), FRA_SRC), (d.dst.take(), FRA_DST)] {
        let Some(p) = prefix else { continue };
        if kind == FRA_SRC {
            msg.header.src_len = p.len;
        } else {
            msg.header.dst_len = p.len;
        }
        // As iproute2 sends them: words for any address are an attribute without bytes, or the unspecified address.
        let bytes = match &p.addr {
            Some(a) => a.bytes(),
            None => p.zeros().map_or(Vec::new(), |ip| Addr::Ip(ip).bytes()),
        };
        msg.attributes.push(RuleAttribute::Other(DefaultNla::new(kind, bytes)));
    }
    let action = d.action.unwrap_or(if adding { FR_ACT_TO_TBL } else { 0 });
    msg.header.action = action.into();
    let asks = !d.typed;
    let table = d.table.unwrap_or(if adding && asks && !d.l3mdev { RT_TABLE_MAIN } else { 0 });
    match u8::try_from(table) {
        Ok(t) => msg.header.table = t,
        Err(_) => msg.attributes.push(RuleAttribute::Table(table)),
    }
    for (kind, body) in std::mem::take(&mut d.attrs) {
        msg.attributes.push(RuleAttribute::Other(DefaultNla::new(kind, body)));
    }
    Ok((msg, d))
}

/// `-echo`: prints the rule that the kernel echoes: the new one, or the deleted one.
fn echo(s: &Session, request: &Request) -> Result<(), KernelError> {
    crate::command::echo::echo(s, request, &mut |p, m| {
        let Some(r) = Rule::parse(m.body).filter(|_| matches!(m.kind, RTM_NEWRULE | RTM_DELRULE)) else { return };
        p.object(None);
        view::describe(s, p, &r, m.kind == RTM_DELRULE);
        p.close();
    })
}
