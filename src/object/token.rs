//! `token`: tokenized interface identifiers for addresses configured by router advertisements
//! (draft-chown-6man-tokenised-ipv6-identifiers).

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Lost, Span};
use crate::grammar::address::{INET6, Prefix, take_prefix};
use crate::grammar::value::{DevWord, Word};
use crate::grammar::{Arg, Fallback, Grammar, Row, Target, Words};
use crate::net::Request;
use crate::net::attr::put;
use crate::object::link::view::Link;
use crate::output::Printer;
use crate::output::color::Role;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;
use crate::{row, rows};
use nix::libc;

/// The object.
pub static OBJECT: Object = Object {
    names: &["token~"],
    about: "interface identifiers for autoconfigured IPv6 addresses",
    purpose: Purpose::Interfaces,
    terms: &[("", "ip token [ list | set | del | get ] [ TOKEN ] [ dev DEV ]")],
    verbs: &[
        Verb {
            names: &["list~", "lst~", "show~"],
            about: "list the tokens",
            run: show,
            effect: Effect::Read,
            tables: &[&SELECTOR],
            examples: &[("rip token", "all devices")],
        },
        Verb {
            names: &["set~", "add~"],
            about: "set the token of a device",
            run: |s, w| change(s, w, true),
            effect: Effect::Request,
            tables: &[&SET],
            examples: &[("rip token set ::5 dev eth0", "autoconfigured addresses of eth0 end in ::5")],
        },
        Verb {
            names: &["delete~"],
            about: "delete the token of a device",
            run: |s, w| change(s, w, false),
            effect: Effect::Request,
            tables: &[&DELETE],
            examples: &[("rip token del dev eth0", "delete the token")],
        },
        Verb {
            names: &["get~"],
            about: "show the token of a device",
            run: show,
            effect: Effect::Read,
            tables: &[&SELECTOR],
            examples: &[("rip token get dev eth0", "one device")],
        },
    ],
    default: Some(show),
    ..Object::BASE
};

/// The device and the token of a line; the first of each counts.
#[derive(Default)]
pub struct Ask {
    device: Option<(u32, Span)>,
    token: Option<(Vec<u8>, Span)>,
}

impl Target for Ask {}

static DEVICE: &[Row<Ask>] = rows!(Ask;
    "dev" => DevWord, "the device", |a, (name, at), w| {
        if a.device.is_none() {
            a.device = Some((index(&name, at, w)?, Span::word(at)));
        }
        Ok(())
    };
);
static TOKEN: Row<Ask> = row!(Ask; "" => Word("TOKEN"), "the last 64 bits of an IPv6 address: ::5", |a, (_, at), w| {
    if a.token.is_none() {
        w.back();
        a.token = Some((token(&take_prefix(w, INET6)?), Span::word(at)));
    }
    Ok(())
});
static IGNORED: Row<Ask> = row!(Ask; "" => Word("WORD"), "ignored", |_, _| ());

/// The words of `token set`.
pub static SET: Grammar<Ask> = Grammar { title: "TOKEN-SET", rows: &[DEVICE], fallback: Fallback::Take(&TOKEN) };
/// The words of `token delete`.
pub static DELETE: Grammar<Ask> =
    Grammar { title: "TOKEN-DELETE", rows: &[DEVICE], fallback: Fallback::Take(&IGNORED) };
/// The words of `token list` and `token get`.
pub static SELECTOR: Grammar<Ask> =
    Grammar { title: "TOKEN-SELECTOR", rows: &[DEVICE], fallback: Fallback::TakeAll(&IGNORED) };

fn index(name: &[u8], at: usize, w: &Words<'_>) -> Result<u32, Diag> {
    let absent = || Arg { bytes: name, at }.wrong("dev is invalid\n").lost(Lost::Device(name.to_vec()));
    w.names.link(name)?.ok_or_else(absent)
}

/// The bytes of a token; empty for `any`, which the kernel refuses.
fn token(p: &Prefix) -> Vec<u8> {
    match p.ip().or(p.zeros()) {
        Some(std::net::IpAddr::V6(ip)) => ip.octets().to_vec(),
        _ => Vec::new(),
    }
}

fn change(s: &Session, w: &mut Words<'_>, set: bool) -> Result<u8, Diag> {
    let mut a = Ask::default();
    if set {
        SET.parse(&mut a, w)?
    } else {
        DELETE.parse(&mut a, w)?
    };
    let end = Span::word(w.at());
    if set && a.token.is_none() {
        return Err(Diag::fail("Not enough information: token is required.").at(end));
    }
    let Some((device, device_at)) = a.device else {
        return Err(Diag::fail("Not enough information: \"dev\" argument is required.").at(end));
    };
    let (bytes, token_at) = a.token.map_or((vec![0; 16], None), |(bytes, at)| (bytes, Some(at)));
    let mut header = vec![INET6, 0, 0, 0];
    header.extend(device.to_ne_bytes());
    header.resize(IFINFOMSG, 0);
    let mut request = Request::raw(RTM_SETLINK, 0, &header);
    request.trail.note(&[]);
    request.trail.close(device_at);
    let (mut own, mut family) = (Vec::new(), Vec::new());
    put(&mut own, IFLA_INET6_TOKEN, &bytes);
    put(&mut family, AF_SPEC_INET6, &own);
    request.put(IFLA_AF_SPEC, &family);
    if let Some(at) = token_at {
        request.trail.note(&[IFLA_AF_SPEC, AF_SPEC_INET6, IFLA_INET6_TOKEN]);
        request.trail.close(at);
    }
    s.change(&request)?;
    Ok(0)
}

fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut a = Ask::default();
    // Words after the first device are ignored.
    while a.device.is_none() && !w.is_empty() {
        let before = w.at();
        if !SELECTOR.one("dev", &mut a, w)? && w.at() == before {
            w.skip();
        }
    }
    let wanted = a.device.map(|(index, _)| index);
    let mut header = [0u8; IFINFOMSG];
    if let Some(first) = header.first_mut() {
        *first = INET6;
    }
    let request = Request::raw(RTM_GETLINK, 0, &header);
    let shown = s.show_dump(&request, ObjectType::Link, &mut |_| {}, &mut |p, m| {
        let Some(l) = Link::parse(m.body).filter(|l| wanted.is_none_or(|w| w == l.index)) else { return };
        if l.flags & (libc::IFF_LOOPBACK | libc::IFF_NOARP) as u32 == 0 {
            describe(p, &l);
        }
    })?;
    shown.map(|()| 0).map_err(|e| e.explain(&request))
}

fn describe(p: &mut Printer<'_>, l: &Link<'_>) {
    let Some(token) = l.a.nest(IFLA_PROTINFO).and_then(|info| info.v6(IFLA_INET6_TOKEN)) else { return };
    p.object(None);
    p.text("token ");
    p.colored(Role::Inet6, "token", "{}", token);
    p.text(" dev ");
    // As in iproute2, the colour includes the line break.
    p.colored(Role::Ifname, "ifname", "{}\n", l.name());
    p.out.flush_if_full();
    p.close();
}
