//! `tunnel show`: lists the links that are tunnels, and reads the settings of each from its driver.

use super::parm::{GRE, IPIP, IPV6, ISATAP, Parm, Way};
use super::{ARPHRD_IP6GRE, ARPHRD_IPGRE, ARPHRD_SIT, ARPHRD_TUNNEL, ARPHRD_TUNNEL6};
use super::{Tunnel, base, channel, get, is_v6, parse, router};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::grammar::words::Table;
use crate::net::kernel::Messages;
use crate::net::{Request, attr::u64_at};
use crate::object::link::kind::tunnel::words::{
    ALLOW_LOCAL_REMOTE, FLOWLABEL, IGN_ENCAP_LIMIT, RCV_DSCP_COPY, TCLASS, USE_ORIG_FLOWLABEL, USE_ORIG_TCLASS,
};
use crate::object::link::kind::tunnel::{GRE_CSUM, GRE_KEY, GRE_SEQ};
use crate::object::link::view::Link;
use crate::output::scalar::{Both, Padded};
use crate::output::{Printer, Scalar, color::Role};
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use crate::sys::{TunnelCall, tunnel_call};
use nix::libc;
use std::os::fd::{AsFd as _, OwnedFd};

/// The hardware types of a family's tunnels.
pub fn types(v6: bool) -> &'static [u16] {
    if v6 { &[ARPHRD_TUNNEL6, ARPHRD_IP6GRE] } else { &[ARPHRD_TUNNEL, ARPHRD_IPGRE, ARPHRD_SIT] }
}

/// Runs `tunnel show`.
///
/// # Errors
///
/// A wrong word, a tunnel that does not exist, or the driver refuses the ioctl.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let v6 = is_v6(w)?;
    // Settings that are not given match any.
    let start = if v6 { Parm::zeros(true) } else { Parm::new(false) };
    let mut t = parse(s, w, start, false)?;
    let name = s.existing_link_name(t.parm.name()).into_owned();
    t.parm.set_name(&name);
    let one = match v6 {
        true => Some(name.clone()).filter(|n| !n.is_empty() && s.options.stats == 0),
        false if t.parm.protocol() == 0 => None,
        false if name.is_empty() => base(&t.parm).map(<[u8]>::to_vec),
        false => Some(name.clone()),
    };
    if let Some(device) = one {
        let at = t.name_at.map(crate::diag::Span::word);
        get(v6, &device, &mut t.parm).map_err(|d| at.into_iter().fold(d, Diag::at_first))?;
        let fd = channel(v6)?;
        s.document(|p| describe(s, p, &fd, &t.parm, None));
        return Ok(0);
    }
    all(s, &t)
}

/// Lists the tunnels of a family that match the words.
fn all(s: &Session, wanted: &Tunnel) -> Result<u8, Diag> {
    let v6 = wanted.parm.v6;
    let mask = if s.options.stats == 0 { RTEXT_FILTER_SKIP_STATS } else { 0 };
    let request = Request::raw(RTM_GETLINK, 0, &[0; IFINFOMSG]).with(IFLA_EXT_MASK, &mask.to_ne_bytes());
    let links = consistent_dump::collect(s.kernel()?, ObjectType::Link, &request).map_err(|e| e.explain(&request))?;
    let fd = channel(v6)?;
    s.document(|p| {
        for (m, _, _) in Messages(&links) {
            let Some(l) = Link::parse(m.body).filter(|l| types(v6).contains(&l.hw)) else { continue };
            let name = wanted.parm.name();
            if !name.is_empty() && name != l.name() {
                continue;
            }
            let mut parm = Parm::zeros(v6);
            if tunnel_call(fd.as_fd(), TunnelCall::Get, l.name(), parm.bytes_mut()).is_err() {
                continue;
            }
            parm.set_name(l.name());
            if matches(&wanted.parm, &parm) {
                describe(s, p, &fd, &parm, Some(&l).filter(|_| s.options.stats > 0));
            }
        }
    });
    Ok(0)
}

/// Whether a tunnel matches the words.
fn matches(wanted: &Parm, is: &Parm) -> bool {
    fn any<T: PartialEq + Default>(wanted: T, is: T) -> bool {
        wanted == T::default() || wanted == is
    }
    let ends = (wanted.remote().is_unspecified() || wanted.remote() == is.remote())
        && (wanted.local().is_unspecified() || wanted.local() == is.local());
    if !ends || !any(wanted.link(), is.link()) {
        return false;
    }
    if !wanted.v6 {
        return any(wanted.key(Way::In), is.key(Way::In));
    }
    // A tunnel of mode `any` matches every mode.
    let field = |mask: u32| any(wanted.flowinfo() & mask, is.flowinfo() & mask);
    (is.protocol() == 0 || any(wanted.protocol(), is.protocol()))
        && any(wanted.encap_limit(), is.encap_limit())
        && any(wanted.ttl(), is.ttl())
        && field(TCLASS)
        && field(FLOWLABEL)
        && (wanted.flags6() == 0 || wanted.flags6() & is.flags6() != 0)
}

/// The mode of a tunnel, as `show` prints it.
pub fn mode(p: &Parm) -> String {
    let carried = match p.protocol() {
        IPIP => "ip",
        GRE => "gre",
        IPV6 => "ipv6",
        ESP => "esp",
        MPLS => "mpls",
        0 => "any",
        _ => "unknown",
    };
    format!("{carried}/{}", if p.v6 { "ipv6" } else { "ip" })
}

const ESP: u8 = libc::IPPROTO_ESP as u8;
const MPLS: u8 = libc::IPPROTO_MPLS as u8;

fn describe(s: &Session, p: &mut Printer<'_>, fd: &OwnedFd, t: &Parm, link: Option<&Link<'_>>) {
    p.object(None);
    p.colored(Role::Ifname, "ifname", "{}: ", t.name());
    p.item("mode", "{} ", mode(t).as_str());
    let role = if t.v6 { Role::Inet6 } else { Role::Inet };
    for (key, ip, form, tail) in [("remote", t.remote(), "{} ", ""), ("local", t.local(), "{}", "")] {
        p.text(&format!("{key} "));
        match ip.is_unspecified() && !t.v6 {
            true => p.colored(role, key, form, Both("any", "0.0.0.0")),
            false => p.colored(role, key, form, s.host(ip)),
        }
        p.text(tail);
    }
    if t.v6 {
        outer6(s, p, t)
    } else {
        outer4(s, p, fd, t)
    }
    keys(p, t);
    if t.protocol() == GRE {
        gre(p, t);
    }
    if let Some(link) = link {
        statistics(p, link);
    }
    p.close();
    // Each tunnel ends its line in JSON too.
    if p.is_json() {
        p.out.buf.push(b'\n');
    }
    p.end_line();
}

/// Describes the outer IPv4 header, and the SIT settings.
fn outer4(s: &Session, p: &mut Printer<'_>, fd: &OwnedFd, t: &Parm) {
    if t.protocol() == IPV6 && t.has(ISATAP) {
        for (address, flags) in router::routers(fd, t.name()) {
            match flags & router::DEFAULT != 0 {
                true => p.item("pdr", " pdr {}", s.host(address.into())),
                false => p.item("pr", " pr {}", s.host(address.into())),
            }
        }
    }
    if t.link() != 0 {
        p.item("dev", " dev {}", s.link_name(t.link()));
    }
    match t.ttl() {
        0 => p.text(" ttl inherit"),
        v => p.item("ttl", " ttl {}", v),
    }
    match (t.tos(), p.is_json()) {
        (0 | 1, true) | (0, false) => {}
        (v, true) => p.hidden("tos", Field(s, v)),
        (1, false) => p.text(" tos inherit"),
        (v, false) => {
            let lead = if v & 1 != 0 { " tos inherit/" } else { " tos " };
            p.text(lead);
            p.text_item("{}", Field(s, v & !1));
        }
    }
    if !t.df() {
        p.null("nopmtudisc", " nopmtudisc");
    }
    if t.protocol() == IPV6
        && let Some(r) = router::prefixes(fd, t.name()).filter(|r| r.prefix_len != 0)
    {
        p.item("6rd-prefix", " 6rd-prefix {}", s.host(r.prefix.into()));
        p.item("6rd-prefixlen", "/{}", r.prefix_len);
        if !r.relay.is_unspecified() {
            p.item("6rd-relay_prefix", " 6rd-relay_prefix {}", s.host(r.relay.into()));
            p.item("6rd-relay_prefixlen", "/{}", r.relay_len);
        }
    }
}

/// A TOS by its name, if it has one.
struct Field<'a>(&'a Session, u8);

impl Scalar for Field<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        match self.0.named(Table::Fields, self.1.into()).name {
            Some(name) => name.text(out),
            None => format_args!("0x{:02x}", self.1).text(out),
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        self.text(out);
        out.push(b'"');
    }
}

/// Describes the outer IPv6 header.
fn outer6(s: &Session, p: &mut Printer<'_>, t: &Parm) {
    if t.link() != 0 {
        p.item("link", " dev {}", s.link_name(t.link()));
    }
    let (flags, info) = (t.flags6(), t.flowinfo());
    match flags & IGN_ENCAP_LIMIT != 0 {
        true => p.null("ip6_tnl_f_ign_encap_limit", " encaplimit none"),
        false => p.item("encap_limit", " encaplimit {}", t.encap_limit()),
    }
    match t.ttl() {
        0 => p.text(" hoplimit inherit"),
        v => p.item("hoplimit", " hoplimit {}", v),
    }
    match flags & USE_ORIG_TCLASS != 0 {
        true => p.null("ip6_tnl_f_use_orig_tclass", " tclass inherit"),
        false => p.item("tclass", " tclass {}", format_args!("0x{:02x}", info >> 20 & 0xff)),
    }
    match flags & USE_ORIG_FLOWLABEL != 0 {
        true => p.null("ip6_tnl_f_use_orig_flowlabel", " flowlabel inherit"),
        false => p.item("flowlabel", " flowlabel {}", format_args!("0x{:05x}", info & FLOWLABEL)),
    }
    p.item("flowinfo", " (flowinfo {})", format_args!("0x{info:08x}"));
    if flags & RCV_DSCP_COPY != 0 {
        p.null("ip6_tnl_f_rcv_dscp_copy", " dscp inherit");
    }
    if flags & ALLOW_LOCAL_REMOTE != 0 {
        p.null("ip6_tnl_f_allow_local_remote", " allow-localremote");
    }
}

fn keys(p: &mut Printer<'_>, t: &Parm) {
    let has = |way| t.gre_flags(way) & GRE_KEY != 0;
    let (inward, outward) = (t.key(Way::In), t.key(Way::Out));
    if has(Way::In) && has(Way::Out) && inward == outward {
        p.item("key", " key {}", inward);
        return;
    }
    if has(Way::In) {
        p.item("ikey", " ikey {}", inward);
    }
    if has(Way::Out) {
        p.item("okey", " okey {}", outward);
    }
}

fn gre(p: &mut Printer<'_>, t: &Parm) {
    p.array(Some("flags"));
    for (way, bit, key, text) in [
        (Way::In, GRE_SEQ, "rx_drop_ooseq", "  Drop packets out of sequence."),
        (Way::In, GRE_CSUM, "rx_csum", "  Checksum in received packet is required."),
        (Way::Out, GRE_SEQ, "tx_seq", "  Sequence packets on output."),
        (Way::Out, GRE_CSUM, "tx_csum", "  Checksum output packets."),
    ] {
        if t.gre_flags(way) & bit != 0 {
            p.nl();
            p.element("{}", Both(text, key));
        }
    }
    p.close();
}

/// The counters of a direction: key, index in struct rtnl_link_stats64, and column width.
type Counters = [(&'static str, usize, usize); 6];

const RX: Counters = [
    ("packets", 0, 10),
    ("bytes", 2, 12),
    ("errors", 4, 6),
    ("csum_errors", 13, 8),
    ("out_of_sequence", 14, 8),
    ("multicast", 8, 8),
];
const TX: Counters = [
    ("packets", 1, 10),
    ("bytes", 3, 12),
    ("errors", 5, 6),
    ("dead_loop", 9, 8),
    ("no_route", 17, 8),
    ("no_buffers", 7, 6),
];

fn statistics(p: &mut Printer<'_>, l: &Link<'_>) {
    let Some(stats) = l.a.get(IFLA_STATS64) else { return };
    p.object(Some("stats"));
    for (key, head, counters) in [
        ("rx", "RX: Packets    Bytes        Errors CsumErrs OutOfSeq Mcasts", RX),
        ("tx", "TX: Packets    Bytes        Errors DeadLoop NoRoute  NoBufs", TX),
    ] {
        p.object(Some(key));
        p.nl();
        p.text(head);
        p.nl();
        p.text("    ");
        for (i, (key, place, width)) in counters.iter().enumerate() {
            let value = u64_at(stats, 8 * place).unwrap_or(0);
            p.item(key, if i < 5 { "{} " } else { "{}" }, Padded(value, *width));
        }
        p.close();
    }
    p.close();
}
