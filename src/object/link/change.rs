//! `link add`, `set`, `replace`, `change` and `delete`: from the parsed words to the request.

use super::view::ShowOptions;
use super::words::{self, LinkBuilder};
use crate::diag::{Diag, Span};
use crate::grammar::address::PACKET;
use crate::grammar::value::{Absent, NAME_MAX};
use crate::grammar::{Arg, Names as _, Words};
use crate::net::attr::u32_at;
use crate::net::{KernelError, Request};
use crate::schema::*;
use crate::session::Session;
use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::link::LinkAttribute;
use std::os::fd::AsFd as _;

/// Runs `link add`.
///
/// # Errors
///
/// A wrong word; EEXIST if the device exists, EOPNOTSUPP if the kernel lacks its kind, or another refusal.
pub fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    make(s, w, NLM_F_CREATE | NLM_F_EXCL)
}

/// Runs `link replace`.
///
/// # Errors
///
/// A wrong word; EOPNOTSUPP if the kernel lacks the kind, or another refusal.
pub fn replace(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    make(s, w, NLM_F_CREATE | NLM_F_REPLACE)
}

/// Creates a link.
fn make(s: &Session, w: &mut Words<'_>, flags: u16) -> Result<u8, Diag> {
    let first = w.at();
    let mut d = LinkBuilder { adding: true, ..builder(s, w) };
    words::parse(&mut d, w)?;
    d.no_netns.take().map_or(Ok(()), Err)?;
    words::name_one(&mut d)?;
    if let Some((index, _)) = d.index {
        d.msg.header.index = index;
    }
    link_nsid(s, &mut d)?;
    link(s, &mut d)?;
    if d.kind.is_none() {
        return Err(
            Diag::fail("Not enough information: \"type\" argument is required").at(Span::word(w.at().max(first)))
        );
    }
    words::read_kind(s, &mut d, w)?;
    common(s, &mut d)?;
    send(s, d, flags, "add")
}

/// An empty message, of the family that the options name.
fn builder(s: &Session, w: &Words<'_>) -> LinkBuilder {
    let mut d = LinkBuilder { force: s.options.force, ..LinkBuilder::default() };
    d.msg.header.interface_family = w.family.into();
    d
}

/// Runs `link set`: changes one link, or all links of a group.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or a refusal of the kernel.
pub fn set(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut d = builder(s, w);
    words::parse(&mut d, w)?;
    if d.dev.is_none() && d.name.is_none() && d.group.is_some() {
        return of_group(s, d, w, "set");
    }
    // A name alone means the device.
    let target = checked_target(s, &mut d)?;
    let Some((dev, at)) = target else {
        return Err(missing_device(w));
    };
    let index = device(s, &dev, at)?;
    d.msg.header.index = index;
    new_name(&mut d, &dev);
    words::read_kind(s, &mut d, w)?;
    link_nsid(s, &mut d)?;
    common(s, &mut d)?;
    send(s, d, 0, "set")
}

/// Runs `link delete`.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or a refusal of the kernel: EOPNOTSUPP for a physical device.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut d = LinkBuilder { deleting: true, ..builder(s, w) };
    words::parse(&mut d, w)?;
    if d.dev.is_none() && d.name.is_none() && d.group.is_some() {
        return of_group(s, d, w, "delete");
    }
    let Some((dev, at)) = checked_target(s, &mut d)? else {
        return Err(missing_device(w));
    };
    d.msg.header.index = device(s, &dev, at)?;
    new_name(&mut d, &dev);
    words::read_kind(s, &mut d, w)?;
    link_nsid(s, &mut d)?;
    common(s, &mut d)?;
    send(s, d, 0, "delete")
}

/// Sends a request for all devices of a group. They are of any kind, so no kind's words are parsed.
fn of_group(s: &Session, mut d: LinkBuilder, w: &Words<'_>, verb: &str) -> Result<u8, Diag> {
    if let Some(first) = w.peek() {
        return Err(words::garbage(&first).with_code(crate::diag::USAGE));
    }
    if let Some((address, span)) = d.address.take() {
        d.put(LinkAttribute::Address(address));
        d.trail.close(span);
    }
    if let Some(group) = d.group {
        d.put(LinkAttribute::Group(group));
    }
    send(s, d, 0, verb)
}

/// The device that a line names, after the checks that iproute2 makes before it looks the device up.
fn checked_target(s: &Session, d: &mut LinkBuilder) -> Result<Option<(Vec<u8>, usize)>, Diag> {
    let target = d.dev.take().or_else(|| d.name.take());
    if let (Some((dev, _)), Some((address, span))) = (&target, &d.address)
        && let Some(index) = s.link(dev)?
    {
        check_address(s, index, address, *span)?;
    }
    new_index(d)?;
    d.no_netns.take().map_or(Ok(target), Err)
}

/// Adds the new name, if one is given besides the device's own.
fn new_name(d: &mut LinkBuilder, dev: &[u8]) {
    if let Some((name, at)) = d.name.take().filter(|(name, _)| name != dev) {
        d.text(IFLA_IFNAME, &name);
        d.trail.close(Span { from: at.saturating_sub(1), to: at + 1 });
    }
}

/// Adds the index that the device gets in another namespace.
///
/// # Errors
///
/// The device stays in its namespace.
pub(super) fn new_index(d: &mut LinkBuilder) -> Result<(), Diag> {
    let Some((new, span)) = d.index else { return Ok(()) };
    if !d.netns {
        let why = "index can be used only when creating devices or when moving device to another netns.";
        return Err(Diag::usage(why).at(span));
    }
    d.raw(IFLA_NEW_IFINDEX, new.to_ne_bytes());
    d.trail.close(span);
    Ok(())
}

/// The error for a line with neither a device nor a group.
pub fn missing_device(w: &Words<'_>) -> Diag {
    Diag::usage("Not enough information: \"dev\" argument is required.").at(Span::word(w.at()))
}

/// The index of an existing device.
///
/// # Errors
///
/// The device does not exist, or the kernel cannot be asked.
pub fn device(s: &Session, name: &[u8], at: usize) -> Result<u32, Diag> {
    let arg = Arg { bytes: name, at };
    s.link(name)?.ok_or_else(|| Absent::CannotFind.say(&arg))
}

/// Adds the nsid of the namespace that `link-netns` names.
///
/// # Errors
///
/// The namespace has no nsid and none can be assigned.
pub fn link_nsid(s: &Session, d: &mut LinkBuilder) -> Result<(), Diag> {
    let Some(ns) = &d.link_netns else { return Ok(()) };
    let target = d.fds.first().map(|fd| fd.as_fd());
    let id = crate::object::netns::nsid_for(s, ns.as_fd(), target)
        .ok_or_else(|| Diag::usage("Error: argument \"link-netns\" is wrong: Invalid \"link-netns\" value"))?;
    d.link_netnsid = Some(id);
    d.put(LinkAttribute::LinkNetNsId(id));
    Ok(())
}

/// Looks up the lower device of a new device, in this namespace or in that of `link-netns` or `link-netnsid`.
///
/// # Errors
///
/// The lower device does not exist, or its namespace cannot be entered.
pub fn link(s: &Session, d: &mut LinkBuilder) -> Result<(), Diag> {
    let Some((name, at)) = d.link.take() else { return Ok(()) };
    let arg = Arg { bytes: &name, at };
    let index = match (d.link_netnsid, &d.link_netns) {
        (Some(id), _) if id >= 0 => in_nsid(s, d, id, &arg)?,
        // A dry run does not know the nsid that the kernel will assign.
        (_, Some(ns)) => {
            let index = crate::object::netns::within(ns, || {
                let there = Session::new(s.options.clone(), crate::output::out::Out::memory());
                there.link(&name)
            })??;
            index.ok_or_else(|| Absent::CannotFind.say(&arg))?
        }
        _ => device(s, &name, at)?,
    };
    d.put(LinkAttribute::Link(index));
    d.trail.close(Span { from: at - 1, to: at + 1 });
    Ok(())
}

/// The index of a device in the namespace with this nsid, as seen from the new device's namespace.
fn in_nsid(s: &Session, d: &LinkBuilder, id: i32, arg: &Arg<'_>) -> Result<u32, Diag> {
    let mut name = arg.bytes.to_vec();
    name.push(0);
    let kind = if name.len() > NAME_MAX + 1 { IFLA_ALT_IFNAME } else { IFLA_IFNAME };
    let request = Request::of_family(RTM_GETLINK, 0, 0).with(IFLA_TARGET_NETNSID, &id.to_ne_bytes()).with(kind, &name);
    let answer = match d.fds.first() {
        None => s.kernel()?.ask(&request),
        Some(target) => crate::object::netns::within(target, || Ok(s.fresh_kernel()?.ask(&request)))??,
    };
    let answer = answer.map_err(|e| {
        let e = e.explain(&request).with_code(crate::diag::FAIL).at(arg.span());
        e.line(format!("Cannot find device \"{}\"", arg.shown()))
    })?;
    u32_at(&answer, 20).ok_or_else(|| Absent::CannotFind.say(arg))
}

/// Completes a message to add or set a device.
fn common(s: &Session, d: &mut LinkBuilder) -> Result<(), Diag> {
    if let Some((v, span)) = d.address.take() {
        d.put(LinkAttribute::Address(v));
        d.trail.close(span);
    }
    if let Some(group) = d.group {
        d.put(LinkAttribute::Group(group));
    }
    let index = d.msg.header.index;
    super::vf::finish(d, || s.get_link(None, index, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS).ok())?;
    Ok(())
}

/// Checks that the address is as long as the device's own.
fn check_address(s: &Session, index: u32, address: &[u8], span: Span) -> Result<(), Diag> {
    let length = s.hardware_address_len(index);
    match length {
        Some(n) if n != address.len() => {
            Err(Diag::fail(format!("Invalid address length {} - must be {n} bytes", address.len())).at(span))
        }
        _ => Ok(()),
    }
}

fn send(s: &Session, d: LinkBuilder, flags: u16, verb: &str) -> Result<u8, Diag> {
    // The descriptors stay open until the request is sent.
    let LinkBuilder { msg, trail, fds, link_netns, .. } = d;
    let message = if verb == "delete" { RouteNetlinkMessage::DelLink(msg) } else { RouteNetlinkMessage::NewLink(msg) };
    let request = Request::of(message, flags, trail);
    let result = if s.options.echo { echo(s, &request) } else { s.kernel()?.change(&request) };
    drop((fds, link_netns));
    s.release();
    s.forget_all();
    result.map(|()| 0).map_err(|e| e.explain(&request))
}

/// `-echo`: the kernel echoes the notification of a created or deleted link, but nothing for a changed one.
fn echo(s: &Session, request: &Request) -> Result<(), KernelError> {
    let made = crate::command::echo::collect(s, request)?;
    super::show::remember(s, &made);
    let opts = ShowOptions {
        family: PACKET,
        details: s.options.details,
        stats: s.options.stats,
        event: true,
        ..ShowOptions::default()
    };
    s.document(|p| {
        if made.is_empty() {
            p.object(None);
            p.close();
        }
        // Of a pair, iproute2 prints the named device.
        for (m, _, _) in crate::net::kernel::Messages(&made).take(1) {
            if let Some(l) = super::view::Link::parse(m.body) {
                p.object(None);
                if s.options.brief {
                    if m.kind == RTM_DELLINK {
                        p.flag("deleted", "Deleted ");
                    }
                    super::brief::describe(s, p, &l);
                } else {
                    super::view::describe(s, p, &l, ShowOptions { deleted: m.kind == RTM_DELLINK, ..opts });
                }
                p.end_line();
                p.close();
            }
        }
    });
    Ok(())
}
