//! Lists of SIT tunnels: the potential router list of ISATAP (RFC 5214), the prefixes of 6rd (RFC 5969).

use super::{channel, only_v4};
use crate::diag::Diag;
use crate::grammar::address::{Addr, INET, INET6, Prefix, octets, take_prefix};
use crate::grammar::number::Term;
use crate::grammar::value::{Flag, check_name};
use crate::grammar::{Fallback, Grammar, Offer, Target, Value, Words};
use crate::net::attr::{u16_at, u32_at};
use crate::net::interceptor::{Revert, Setting, SideEffect};
use crate::output::escape::shown;
use crate::rows;
use crate::session::Session;
use crate::sys::{TunnelCall, tunnel_call};
use nix::errno::Errno;
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::os::fd::{AsFd as _, OwnedFd};

/// PRL_DEFAULT of linux/if_tunnel.h.
pub const DEFAULT: u16 = 1;

/// The request of either verb's words.
#[derive(Default)]
pub struct Ask {
    device: Vec<u8>,
    call: Option<TunnelCall>,
    router: [u8; 4],
    flags: u16,
    prefix: [u8; 16],
    prefix_len: u8,
    relay: [u8; 4],
    relay_len: u8,
}

impl Target for Ask {}

impl Ask {
    fn router(&mut self, call: TunnelCall, flags: u16, router: [u8; 4]) -> Result<(), Diag> {
        if self.call.is_some() {
            return Err(Diag::usage("One PRL entry at a time"));
        }
        (self.call, self.flags, self.router) = (Some(call), flags, router);
        Ok(())
    }
}

/// The words of `tunnel prl`.
pub static PRL: Grammar<Ask> = Grammar {
    title: "PRL",
    rows: &[rows!(Ask;
        "prl-default" => Term("ADDR", Router), "add a default router", |a, v| a.router(TunnelCall::AddRouter, DEFAULT, v);
        "prl-nodefault" => Term("ADDR", Router), "add a router that is not a default router", |a, v| a.router(TunnelCall::AddRouter, 0, v);
        "prl-delete" => Term("ADDR", Router), "delete a router", |a, v| a.router(TunnelCall::DeleteRouter, 0, v);
        "dev" => Term("PHYS_DEV", Device), "the tunnel", |a, v| a.device = v;
    )],
    fallback: Fallback::Unknown(|arg| Diag::usage(format!("Invalid PRL parameter \"{}\"", arg.shown())).at(arg.span())),
};

/// The words of `tunnel 6rd`.
pub static SIXRD: Grammar<Ask> = Grammar {
    title: "6RD",
    rows: &[rows!(Ask;
        "6rd-prefix" => Term("ADDR", Of(INET6)), "6rd prefix of the provider", |a, p| {
            a.call = Some(TunnelCall::Add6rd);
            a.prefix = p.addr.as_ref().map(Addr::bytes).unwrap_or_default().first_chunk().copied().unwrap_or_default();
            a.prefix_len = p.len;
        };
        "6rd-relay_prefix" => Term("ADDR", Of(INET)), "IPv4 prefix shared by all relays", |a, p| {
            a.call = Some(TunnelCall::Add6rd);
            a.relay = p.addr.as_ref().map(Addr::bytes).unwrap_or_default().first_chunk().copied().unwrap_or_default();
            a.relay_len = p.len;
        };
        "6rd-reset" => Flag, "reset to the 6to4 prefix", |a, ()| a.call = Some(TunnelCall::Delete6rd);
        "dev" => Term("PHYS_DEV", Device), "the tunnel", |a, v| a.device = v;
    )],
    fallback: Fallback::Unknown(|arg| Diag::usage(format!("Invalid 6RD parameter \"{}\"", arg.shown())).at(arg.span())),
};

/// An IPv4 address, or `any`.
struct Router;

impl Value for Router {
    type Out = [u8; 4];
    fn meta(&self) -> Cow<'static, str> {
        "IP_ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<[u8; 4], Diag> {
        let arg = w.next()?;
        match arg.bytes {
            b"any" | b"all" | b"default" => Ok([0; 4]),
            _ => octets(&arg),
        }
    }
}

/// A prefix of one family.
struct Of(u8);

impl Value for Of {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        take_prefix(w, self.0)
    }
}

/// The name of the tunnel, which only the driver looks up.
struct Device;

impl Value for Device {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        check_name(&arg, "dev")?;
        Ok(arg.bytes.to_vec())
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

fn parse(s: &Session, w: &mut Words<'_>, grammar: &Grammar<Ask>) -> Result<Ask, Diag> {
    only_v4(s, w)?;
    let mut a = Ask::default();
    // Here even `help` is an unknown word.
    w.help_word = "\0";
    grammar.parse(&mut a, w)?;
    if a.device.is_empty() {
        return Err(Diag::usage("Must specify device").at(crate::diag::Span::word(w.at())));
    }
    a.device = s.existing_link_name(&a.device).into_owned();
    Ok(a)
}

fn send(s: &Session, a: &Ask, verb: &str, revert: Revert, data: &mut [u8]) -> Result<u8, Diag> {
    // Without a word for an operation, iproute2 calls an ioctl that no device has.
    let number = a.call.map_or(0, |c| c as u32);
    let failed = |e| Diag::os(format!("{}: ioctl {number:x} failed", shown(&a.device)), e);
    let Some(call) = a.call else { return Err(failed(Errno::ENOTTY)) };
    if s.allow(|| SideEffect::new(format!("tunnel {verb} dev {}", shown(&a.device)), revert))? {
        tunnel_call(channel(false)?.as_fd(), call, &a.device, data).map_err(failed)?;
    }
    Ok(0)
}

/// Runs `tunnel prl`.
///
/// # Errors
///
/// A wrong word, or a refusal of the driver.
pub fn list(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let a = parse(s, w, &PRL)?;
    let undo = Revert::RestoreSetting(Setting::Routers { device: a.device.clone() });
    send(s, &a, "prl", undo, &mut entry(a.router, a.flags))
}

/// Runs `tunnel 6rd`.
///
/// # Errors
///
/// A wrong word, or a refusal of the driver.
pub fn rapid(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let a = parse(s, w, &SIXRD)?;
    // struct ip_tunnel_6rd: the prefix, the relay prefix, and their lengths.
    let mut data = [&a.prefix[..], &a.relay].concat();
    data.extend(u16::from(a.prefix_len).to_ne_bytes());
    data.extend(u16::from(a.relay_len).to_ne_bytes());
    send(s, &a, "6rd", Revert::RestoreDevice(a.device.clone()), &mut data)
}

const PRL_SIZE: usize = 16;

/// The potential routers of a tunnel, with their flags; none if it is not an ISATAP tunnel.
pub fn of(device: &[u8]) -> Vec<(Ipv4Addr, u16)> {
    channel(false).map_or(Vec::new(), |fd| routers(&fd, device))
}

/// Adds a potential router with these flags; without flags, deletes it.
///
/// # Errors
///
/// The errno of the driver's refusal; ENXIO if there is no such router to delete.
pub fn set(device: &[u8], router: Ipv4Addr, flags: Option<u16>) -> Result<(), Errno> {
    let fd = channel(false).map_err(|d| d.errno().map_or(Errno::EIO, Errno::from_raw))?;
    let call = if flags.is_some() { TunnelCall::AddRouter } else { TunnelCall::DeleteRouter };
    tunnel_call(fd.as_fd(), call, device, &mut entry(router.octets(), flags.unwrap_or(0)))
}

/// struct ip_tunnel_prl: address, flags, 16 reserved bits, the length of the rest, 32 reserved bits.
fn entry(router: [u8; 4], flags: u16) -> Vec<u8> {
    let mut data = router.to_vec();
    data.extend(flags.to_ne_bytes());
    data.resize(PRL_SIZE, 0);
    data
}

/// The potential routers of a tunnel, and the flags of each.
pub fn routers(fd: &OwnedFd, device: &[u8]) -> Vec<(Ipv4Addr, u16)> {
    let mut entries = 16;
    loop {
        let mut data = vec![0u8; entries * PRL_SIZE];
        if tunnel_call(fd.as_fd(), TunnelCall::GetRouters, device, &mut data).is_err() {
            return Vec::new();
        }
        // The first entry has the number of bytes that follow it.
        let length = u32_at(&data, 8).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        if length + PRL_SIZE >= data.len() && entries < 1 << 16 {
            entries *= 8;
            continue;
        }
        let list = data.get(PRL_SIZE..PRL_SIZE + length).unwrap_or_default();
        let entry = |b: &[u8]| {
            let address = Ipv4Addr::from(b.first_chunk::<4>().copied().unwrap_or_default());
            (address, u16_at(b, 4).unwrap_or(0))
        };
        return list.chunks_exact(PRL_SIZE).map(entry).collect();
    }
}

/// The 6rd prefixes of a tunnel.
pub struct Rapid {
    /// The prefix of the domain.
    pub prefix: Ipv6Addr,
    /// Its length, in bits.
    pub prefix_len: u16,
    /// The IPv4 prefix common to all customers.
    pub relay: Ipv4Addr,
    /// Its length, in bits.
    pub relay_len: u16,
}

/// The 6rd prefixes of a tunnel; `None` if the kernel was built without 6rd.
pub fn prefixes(fd: &OwnedFd, device: &[u8]) -> Option<Rapid> {
    let mut data = [0u8; 24];
    tunnel_call(fd.as_fd(), TunnelCall::Get6rd, device, &mut data).ok()?;
    Some(Rapid {
        prefix: Ipv6Addr::from(*data.first_chunk::<16>()?),
        relay: Ipv4Addr::from(*data.get(16..20)?.first_chunk::<4>()?),
        prefix_len: u16_at(&data, 20)?,
        relay_len: u16_at(&data, 22)?,
    })
}
