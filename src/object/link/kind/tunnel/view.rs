//! The fields that descriptions of tunnels share.

use super::words::{
    ALLOW_LOCAL_REMOTE, IGN_ENCAP_LIMIT, RCV_DSCP_COPY, USE_ORIG_FLOWLABEL, USE_ORIG_FWMARK, USE_ORIG_TCLASS,
};
use super::{Encap, Shape};
use crate::grammar::address::{INET, INET6};
use crate::object::link::kind::RecordWriter;
use crate::output::scalar::{Both, Hex};
use std::net::Ipv4Addr;

const MIP6_DEV: u32 = 0x8;

/// Describes local and remote address and the lower device.
pub fn ends(s: &mut RecordWriter<'_, '_, '_>, shape: &Shape) {
    let at = shape.at;
    let family = if shape.v6 { INET6 } else { INET };
    for (attr, key, form) in [(at.remote, "remote", "remote {} "), (at.local, "local", "local {} ")] {
        match s.d.ip(attr, family).filter(|ip| !ip.is_unspecified()) {
            Some(ip) => s.p.item(key, form, s.s.host(ip)),
            None => s.p.item(key, form, "any"),
        }
    }
    if let Some(index) = s.d.u32(at.link).filter(|v| *v != 0) {
        s.p.item("link", "dev {} ", s.s.link_name(index));
    }
}

/// Describes `external`.
pub fn external(s: &mut RecordWriter<'_, '_, '_>, shape: &Shape) {
    if s.d.has(shape.at.external) {
        s.p.flag("external", "external ");
    }
}

/// Describes the outer IPv4 header.
pub fn v4(s: &mut RecordWriter<'_, '_, '_>, shape: &Shape) {
    match s.d.u8(shape.at.ttl).unwrap_or(0) {
        0 => s.p.item("ttl", "ttl {} ", Both("inherit", 0u8)),
        v => s.p.item("ttl", "ttl {} ", v),
    }
    match s.d.u8(shape.at.tos).unwrap_or(0) {
        0 => {}
        1 => s.p.item("tos", "tos {} ", Both("inherit", "0x1")),
        v => s.p.item("tos", "tos {} ", Hex::with_prefix(v)),
    }
}

/// Describes the outer IPv6 header, up to its DSCP.
pub fn v6(s: &mut RecordWriter<'_, '_, '_>, shape: &Shape) {
    let at = shape.at;
    let flags = s.d.u32(at.flags).unwrap_or(0);
    match s.d.u8(at.ttl).unwrap_or(0) {
        0 => s.p.item("ttl", "hoplimit {} ", Both("inherit", 0u8)),
        v => s.p.item("ttl", "hoplimit {} ", v),
    }
    if flags & IGN_ENCAP_LIMIT != 0 {
        s.p.flag("ip6_tnl_f_ign_encap_limit", "encaplimit none ");
    } else if let Some(v) = s.d.u8(at.encap_limit) {
        s.p.item("encap_limit", "encaplimit {} ", v);
    }
    let info = s.d.be32(at.flowinfo);
    if flags & USE_ORIG_TCLASS != 0 {
        s.p.flag("ip6_tnl_f_use_orig_tclass", "tclass inherit ");
    } else if let Some(v) = info {
        s.p.item("tclass", "tclass {} ", format_args!("0x{:02x}", v >> 20 & 0xff));
    }
    if flags & USE_ORIG_FLOWLABEL != 0 {
        s.p.flag("ip6_tnl_f_use_orig_flowlabel", "flowlabel inherit ");
    } else if let Some(v) = info {
        s.p.item("flowlabel", "flowlabel {} ", format_args!("0x{:05x}", v & 0xf_ffff));
    }
    if flags & RCV_DSCP_COPY != 0 {
        s.p.flag("ip6_tnl_f_rcv_dscp_copy", "dscp inherit ");
    }
}

/// Describes Mobile IPv6, which only plain tunnels report.
pub fn mobile(s: &mut RecordWriter<'_, '_, '_>, shape: &Shape) {
    if s.d.u32(shape.at.flags).unwrap_or(0) & MIP6_DEV != 0 {
        s.p.flag("ip6_tnl_f_mip6_dev", "mip6 ");
    }
}

/// Describes whether the remote address may be local, and the mark.
pub fn v6_rest(s: &mut RecordWriter<'_, '_, '_>, shape: &Shape) {
    let flags = s.d.u32(shape.at.flags).unwrap_or(0);
    if flags & ALLOW_LOCAL_REMOTE != 0 {
        s.p.flag("ip6_tnl_f_allow_local_remote", "allow-localremote ");
    }
    if flags & USE_ORIG_FWMARK != 0 {
        s.p.flag("ip6_tnl_f_use_orig_fwmark", "fwmark inherit ");
    } else {
        fwmark(s, shape);
    }
}

/// Describes the mark.
pub fn fwmark(s: &mut RecordWriter<'_, '_, '_>, shape: &Shape) {
    if let Some(v) = s.d.u32(shape.at.fwmark).filter(|v| *v != 0) {
        s.p.item("fwmark", "fwmark {} ", Hex::with_prefix(v));
    }
}

/// Describes a key, as a dotted quad.
pub fn key(s: &mut RecordWriter<'_, '_, '_>, attr: u16, name: &str, form: &str) {
    if let Some(b) = s.d.get(attr).and_then(|b| b.first_chunk::<4>()) {
        s.p.item(name, form, std::net::IpAddr::V4(Ipv4Addr::from(*b)));
    }
}

/// Describes the encapsulation in UDP.
pub fn encap(s: &mut RecordWriter<'_, '_, '_>, at: &Encap) {
    let kind = s.d.u16(at.kind).unwrap_or(0);
    if kind == 0 {
        return;
    }
    s.p.object(Some("encap"));
    let name = match kind {
        1 => "fou",
        2 => "gue",
        _ => "unknown",
    };
    s.p.item("type", "encap {} ", name);
    match s.d.be16(at.sport).unwrap_or(0) {
        0 => s.p.item("sport", "encap-sport {} ", Both("auto", 0u8)),
        v => s.p.item("sport", "encap-sport {} ", v),
    }
    s.p.item("dport", "encap-dport {} ", s.d.be16(at.dport).unwrap_or(0));
    let flags = s.d.u16(at.flags).unwrap_or(0);
    for (bit, key, yes, no) in [
        (1, "csum", "encap-csum ", "noencap-csum "),
        (2, "csum6", "encap-csum6 ", "noencap-csum6 "),
        (4, "remcsum", "encap-remcsum ", "noencap-remcsum "),
    ] {
        s.p.hidden(key, flags & bit != 0);
        s.p.text(if flags & bit != 0 { yes } else { no });
    }
    s.p.close();
}
