//! `tunnel`: tunnels over IPv4 and IPv6, through the ioctls of their drivers. Older than the link kinds, but
//! configuration tools still use it.

mod parm;
pub mod router;
mod show;
mod words;

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, UNSPEC};
use crate::grammar::value::{Absent, is_name};
use crate::grammar::{Arg, Names as _, Target, Words, spells};
use crate::net::interceptor::{Revert, SideEffect};
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::session::Session;
use crate::sys::{TunnelCall, tunnel_call, type_of_name};
use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::{AddressFamily, SockFlag, SockType, socket};
use parm::{GRE, IPIP, IPV6, Parm, VTI, Way};
use std::net::IpAddr;
use std::os::fd::{AsFd as _, OwnedFd};
use words::{Either, WORDS6};

/// The object `tunnel`.
pub static OBJECT: Object = Object {
    names: &["tunnel~", "tunl~"],
    about: "tunnels over IP",
    purpose: Purpose::Interfaces,
    terms: &[
        ("", "ip tunnel { add | change | del | show | prl | 6rd } [ NAME ]"),
        ("", "ip -f inet6 tunnel { add | change | del | show } [ NAME ]"),
        ("", "[ remote ADDR local ADDR ]"),
        ("NAME", "STRING"),
        ("ADDR", "{ IP_ADDRESS | any }, with -6 IPV6_ADDRESS"),
        ("TOS", "{ STRING | 00..ff | inherit | inherit/STRING | inherit/00..ff }"),
        ("TTL", "{ 1..255 | inherit }, with -6 0..255 (default=64)"),
        ("KEY", "{ DOTTED_QUAD | NUMBER }"),
        ("ELIM", "{ none | 0..255 } (default=4)"),
        ("TCLASS", "{ 0x0..0xff | inherit }"),
        ("FLOWLABEL", "{ 0x0..0xfffff | inherit }"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "create a tunnel",
            run: add,
            effect: Effect::Change,
            tables: TABLES,
            examples: &[
                ("rip tunnel add gre1 mode gre remote 203.0.113.1 local 192.0.2.1 ttl 255", "GRE over IPv4"),
                ("rip tunnel add ip6tun mode ip6gre remote 2001:db8::1 local 2001:db8::2", "GRE over IPv6"),
            ],
        },
        Verb {
            names: &["change~"],
            about: "change a tunnel; with the name first, other settings stay",
            run: change,
            effect: Effect::Change,
            tables: TABLES,
            examples: &[("rip tunnel change gre1 ttl 64", "change the TTL")],
        },
        Verb {
            names: &["delete~"],
            about: "delete a tunnel",
            run: delete,
            effect: Effect::Change,
            tables: TABLES,
            examples: &[("rip tunnel del gre1", "delete a tunnel")],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list tunnels; -s adds statistics",
            run: show::show,
            effect: Effect::Read,
            tables: TABLES,
            examples: &[("rip tunnel", "tunnels over IPv4"), ("rip -6 tunnel", "tunnels over IPv6")],
        },
        Verb {
            names: &["prl~"],
            about: "potential router list of an ISATAP tunnel",
            run: router::list,
            effect: Effect::Change,
            tables: &[&router::PRL],
            examples: &[("rip tunnel prl prl-default 192.0.2.9 dev isatap1", "add a default router")],
        },
        Verb {
            names: &["6rd~"],
            about: "6rd prefixes of a SIT tunnel",
            run: router::rapid,
            effect: Effect::Change,
            tables: &[&router::SIXRD],
            examples: &[("rip tunnel 6rd 6rd-prefix 2001:db8::/32 dev sit1", "the provider's prefix")],
        },
        Verb::usage(&[("rip tunnel help", "usage")]),
    ],
    default: Some(show::show),
    unknown: Some(unknown),
    ..Object::BASE
};

const TABLES: &[&dyn crate::command::Table] = &[&Either, &WORDS6];

/// A tunnel as described by the words.
pub struct Tunnel {
    parm: Parm,
    /// The position of its name.
    name_at: Option<usize>,
    /// The lower device, with the position of its word.
    dev: Option<(Vec<u8>, usize)>,
}

impl Target for Tunnel {}

/// Whether the line is about IPv6. A family without tunnels is an error.
fn is_v6(w: &Words<'_>) -> Result<bool, Diag> {
    if words::is_v6(w) {
        return Ok(true);
    }
    match w.family {
        UNSPEC | INET => Ok(false),
        other => Err(Diag::usage(format!("Unsupported protocol family: {other}"))),
    }
}

/// The error for an unknown verb; the family is checked first, by all words.
fn unknown(_s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let v6 = is_v6(w)?;
    let Some(verb) = w.peek() else { return Ok(0) };
    let d = crate::command::unknown(&OBJECT, verb.bytes, verb.at);
    let text = format!("Command \"{}\" is unknown, try \"ip ", verb.shown());
    Err(d.say(text + if v6 { "-f inet6 tunnel help\"." } else { "tunnel help\"" }))
}

/// Rejects a verb that IPv6 tunnels lack.
fn only_v4(s: &Session, w: &mut Words<'_>) -> Result<(), Diag> {
    let inner = is_v6(w)?;
    if inner {
        w.back();
        unknown(s, w)?;
    }
    Ok(())
}

/// A socket for the ioctls of the tunnel drivers.
fn channel(v6: bool) -> Result<OwnedFd, Diag> {
    let family = if v6 { AddressFamily::Inet6 } else { AddressFamily::Inet };
    socket(family, SockType::Datagram, SockFlag::SOCK_CLOEXEC, None).map_err(|e| Diag::os("create socket failed", e))
}

/// Reads a tunnel's settings from the driver.
fn get(v6: bool, name: &[u8], parm: &mut Parm) -> Result<(), Diag> {
    let fd = channel(v6)?;
    let failed = |e| Diag::os(format!("get tunnel \"{}\" failed", shown(name)), e);
    // The drivers of both families answer the same ioctl, each with its own structure.
    if type_of_name(fd.as_fd(), name).is_ok_and(|t| show::types(!v6).contains(&t)) {
        let other = if v6 { "IPv4" } else { "IPv6" };
        return Err(failed(Errno::EOPNOTSUPP).hint(format!("\"{}\" is a tunnel over {other}", shown(name))));
    }
    tunnel_call(fd.as_fd(), TunnelCall::Get, name, parm.bytes_mut()).map_err(failed)
}

/// The settings of a tunnel as the structure of its family; `None` if the device is not a tunnel.
pub fn read(device: &[u8]) -> Option<Vec<u8>> {
    let (fd, v6) = family_of(device)?;
    let mut parm = Parm::zeros(v6);
    tunnel_call(fd.as_fd(), TunnelCall::Get, device, parm.bytes_mut()).ok()?;
    Some(parm.bytes_mut().to_vec())
}

/// Restores settings from [`read`] to a tunnel.
///
/// # Errors
///
/// ENODEV if the device is not a tunnel; EPERM without CAP_NET_ADMIN, or another refusal of the driver.
pub fn write(device: &[u8], settings: &[u8]) -> Result<(), Errno> {
    let (fd, _) = family_of(device).ok_or(Errno::ENODEV)?;
    tunnel_call(fd.as_fd(), TunnelCall::Change, device, &mut settings.to_vec())
}

/// A socket for the ioctls of a tunnel, and whether it is an IPv6 tunnel.
fn family_of(device: &[u8]) -> Option<(OwnedFd, bool)> {
    let fd = channel(false).ok()?;
    let kind = type_of_name(fd.as_fd(), device).ok()?;
    let v6 = [false, true].into_iter().find(|v6| show::types(*v6).contains(&kind))?;
    if v6 { channel(true).ok().map(|fd| (fd, v6)) } else { Some((fd, v6)) }
}

/// Parses the words of a verb.
fn parse(s: &Session, w: &mut Words<'_>, mut parm: Parm, keeps: bool) -> Result<Tunnel, Diag> {
    if let Some(name) = w.peek().filter(|_| keeps).and_then(|first| first_name(w, first, parm.v6)) {
        let v6 = parm.v6;
        parm = Parm::zeros(v6);
        if let Err(d) = get(v6, &s.existing_link_name(name.bytes), &mut parm) {
            // In a dry run the tunnel need not exist yet.
            if !s.is_dry_run() || s.link(name.bytes)?.is_none() {
                return Err(d.at_first(name.span()));
            }
            parm = Parm::new(v6);
        }
    }
    let mut t = Tunnel { parm, name_at: None, dev: None };
    words::parse(&mut t, w)?;
    finish(&mut t, w)?;
    Ok(t)
}

/// The tunnel to change, if its name comes first.
fn first_name<'a>(w: &Words<'a>, first: Arg<'a>, v6: bool) -> Option<Arg<'a>> {
    let name = if first.is("name") { w.peek_second()? } else { first };
    let words = if v6 { &WORDS6 } else { &words::WORDS4 };
    let keyword = name.at == first.at && words.find(first.bytes).is_some();
    let help = name.at == first.at && spells("help~", first.bytes);
    Some(name).filter(|n| !keyword && !help && is_name(n.bytes))
}

/// Applies what follows from the combination of words.
fn finish(t: &mut Tunnel, w: &Words<'_>) -> Result<(), Diag> {
    let p = &mut t.parm;
    if !p.v6 {
        if p.protocol() == 0 {
            guess(p);
        }
        let keyed = p.gre_flags(Way::Both) & crate::object::link::kind::tunnel::GRE_KEY != 0;
        if keyed && p.protocol() != GRE && !p.has_vti() {
            return Err(Diag::fail("Keys are not allowed with ipip and sit tunnels"));
        }
    }
    if let Some((name, at)) = &t.dev {
        let arg = Arg { bytes: name, at: *at };
        p.set_link(w.names.link(name)?.ok_or_else(|| Absent::CannotFind.say(&arg))?);
    }
    if let IpAddr::V4(remote) = p.remote()
        && remote.is_multicast()
    {
        for way in [Way::In, Way::Out] {
            if p.key(way) == 0 {
                p.set_key(way, remote.octets());
            }
        }
        if p.local().is_unspecified() {
            return Err(Diag::fail("A broadcast tunnel requires a source address"));
        }
    }
    Ok(())
}

/// Guesses the mode from the name.
fn guess(p: &mut Parm) {
    let modes =
        [("gre", GRE, 0), ("ipip", IPIP, 0), ("sit", IPV6, 0), ("isatap", IPV6, parm::ISATAP), ("vti", IPIP, VTI)];
    if let Some((_, protocol, flag)) = modes.iter().find(|(start, _, _)| p.name().starts_with(start.as_bytes())) {
        p.set_protocol(*protocol);
        p.mark(*flag);
    }
}

/// The base device whose driver creates tunnels of this mode; `None` for an unknown mode.
fn base(p: &Parm) -> Option<&'static [u8]> {
    Some(match (p.v6, p.protocol()) {
        (true, GRE) => b"ip6gre0",
        (true, _) if p.has(VTI) => b"ip6_vti0",
        (true, _) => b"ip6tnl0",
        (false, IPIP) if p.has(VTI) => b"ip_vti0",
        (false, IPIP) => b"tunl0",
        (false, GRE) => b"gre0",
        (false, IPV6) => b"sit0",
        (false, _) => return None,
    })
}

fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let v6 = is_v6(w)?;
    let t = parse(s, w, Parm::new(v6), false)?;
    let base = may_be_made(&t)?;
    let undo = Revert::DeleteLink(t.parm.name().to_vec());
    make(s, t, "add", TunnelCall::Add, base, undo)
}

fn change(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let v6 = is_v6(w)?;
    let mut t = parse(s, w, Parm::new(v6), true)?;
    let base = may_be_made(&t)?;
    if t.name_at.is_some() {
        let name = s.existing_link_name(t.parm.name()).into_owned();
        t.parm.set_name(&name);
    }
    let name = t.parm.name().to_vec();
    let device = if t.name_at.is_some() { name.clone() } else { base.to_vec() };
    make(s, t, "change", TunnelCall::Change, &device, Revert::RestoreDevice(device.clone()))
}

/// The base device for creating or changing a tunnel, or why that is impossible.
fn may_be_made(t: &Tunnel) -> Result<&'static [u8], Diag> {
    let p = &t.parm;
    if p.v6 {
        if t.name_at.is_none() {
            print_stderr("Tunnel interface name not specified\n");
        }
    } else if p.ttl() != 0 && !p.df() {
        return Err(Diag::fail("ttl != 0 and nopmtudisc are incompatible"));
    }
    base(p).ok_or_else(|| Diag::fail("cannot determine tunnel mode (ipip, gre, vti or sit)"))
}

fn make(s: &Session, mut t: Tunnel, verb: &str, call: TunnelCall, device: &[u8], revert: Revert) -> Result<u8, Diag> {
    if !s.allow(|| t.side_effect(verb, revert))? {
        return Ok(0);
    }
    let fd = channel(t.parm.v6)?;
    tunnel_call(fd.as_fd(), call, device, t.parm.bytes_mut()).map_err(|e| t.failed("add", device, e))?;
    Ok(0)
}

fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let v6 = is_v6(w)?;
    let mut t = parse(s, w, Parm::new(v6), false)?;
    let name = s.existing_link_name(t.parm.name()).into_owned();
    t.parm.set_name(&name);
    let device = if name.is_empty() { base(&t.parm).unwrap_or_default().to_vec() } else { name };
    if !s.allow(|| t.side_effect("delete", Revert::RecreateDevice(device.clone())))? {
        return Ok(0);
    }
    let fd = channel(v6)?;
    let done = tunnel_call(fd.as_fd(), TunnelCall::Delete, &device, t.parm.bytes_mut());
    done.map_err(|e| t.failed("delete", &device, e))?;
    Ok(0)
}

impl Tunnel {
    /// The side effect of a verb on the tunnel.
    fn side_effect(&self, verb: &str, revert: Revert) -> SideEffect {
        let p = &self.parm;
        let family = if p.v6 { "-6 " } else { "" };
        let mode = if verb == "delete" { String::new() } else { format!(" mode {}", show::mode(p)) };
        SideEffect::new(format!("{family}tunnel {verb} {}{mode}", shown(p.name())), revert)
    }

    fn failed(&self, verb: &str, device: &[u8], e: Errno) -> Diag {
        let d = Diag::os(format!("{verb} tunnel \"{}\" failed", shown(device)), e);
        let d = match self.name_at.filter(|_| matches!(e, Errno::EEXIST | Errno::ENODEV)) {
            Some(at) if e == Errno::EEXIST || device == self.parm.name() => d.at(Span::word(at)),
            _ => d,
        };
        match (e, base(&self.parm)) {
            (Errno::ENODEV, Some(base)) if base == device => {
                d.hint(format!("the tunnel driver is not loaded: device {} does not exist", shown(base)))
            }
            (Errno::EEXIST, _) => {
                d.hint("a tunnel with these addresses, key and mode, or a device with this name, already exists")
            }
            _ => d,
        }
    }
}

impl Parm {
    fn has_vti(&self) -> bool {
        self.protocol() == IPIP && self.has(VTI)
    }
}

/// Hardware types of tunnels (linux/if_arp.h).
const ARPHRD_TUNNEL: u16 = libc::ARPHRD_TUNNEL;
const ARPHRD_TUNNEL6: u16 = libc::ARPHRD_TUNNEL6;
const ARPHRD_SIT: u16 = libc::ARPHRD_SIT;
const ARPHRD_IPGRE: u16 = libc::ARPHRD_IPGRE;
const ARPHRD_IP6GRE: u16 = 823;
