//! `l2tp show`.

use super::*;
use crate::diag::FAIL;
use crate::grammar::address::{INET, INET6};
use crate::output::Printer;
use crate::output::color::Role;
use crate::output::scalar::Both as Forms;

/// Runs `l2tp show`: lists the matching tunnels or sessions. The kernel dumps all of them, whatever the request says.
///
/// # Errors
///
/// A wrong word, the kernel lacks the family, or it refuses the dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let b = parse(w)?;
    let mut question = family.request(if b.session { L2TP_CMD_SESSION_GET } else { L2TP_CMD_TUNNEL_GET }, 0);
    if b.tunnel_id != 0 && (!b.session || b.session_id != 0) {
        question.put(L2TP_ATTR_CONN_ID, &b.tunnel_id.to_ne_bytes());
        if b.session {
            question.put(L2TP_ATTR_SESSION_ID, &b.session_id.to_ne_bytes());
        }
    }
    let answer = generic::dump(s, kernel, &question, FAIL)?;
    let is = |asked: u32, has: Option<u32>| asked == 0 || has == Some(asked);
    s.document(|p| {
        for a in generic::entries(&answer) {
            let matches = is(b.tunnel_id, a.u32(L2TP_ATTR_CONN_ID))
                && (!b.session || is(b.session_id, a.u32(L2TP_ATTR_SESSION_ID)));
            if matches {
                p.object(None);
                if b.session {
                    session(p, &a)
                } else {
                    tunnel(s, p, &a)
                }
                p.close();
            }
        }
    });
    Ok(0)
}

/// Describes a tunnel and ends its line.
fn tunnel(s: &Session, p: &mut Printer<'_>, a: &generic::Entry<'_>) {
    let udp = a.u16(L2TP_ATTR_ENCAP_TYPE) == Some(UDP);
    p.item("tunnel_id", "Tunnel {},", a.u32(L2TP_ATTR_CONN_ID).unwrap_or(0));
    let encap = match a.u16(L2TP_ATTR_ENCAP_TYPE) {
        Some(UDP) => "UDP",
        Some(IP) => "IP",
        _ => "???",
    };
    p.item("encap", " encap {}", encap);
    p.nl();
    let address = |four, six| a.ip(four, INET).or_else(|| a.ip(six, INET6));
    if let Some(ip) = address(L2TP_ATTR_IP_SADDR, L2TP_ATTR_IP6_SADDR) {
        p.item("local", "  From {} ", s.host(ip));
    }
    if let Some(ip) = address(L2TP_ATTR_IP_DADDR, L2TP_ATTR_IP6_DADDR) {
        p.item("peer", "to {}", s.host(ip));
    }
    p.nl();
    p.item("peer_tunnel", "  Peer tunnel {}", a.u32(L2TP_ATTR_PEER_CONN_ID).unwrap_or(0));
    p.nl();
    if !udp {
        return p.out.flush_if_full();
    }
    p.item("local_port", "  UDP source / dest ports: {}", a.u16(L2TP_ATTR_UDP_SPORT).unwrap_or(0));
    p.item("peer_port", "/{}", a.u16(L2TP_ATTR_UDP_DPORT).unwrap_or(0));
    p.nl();
    if a.has(L2TP_ATTR_IP6_SADDR) {
        let (tx, rx) = (!a.has(L2TP_ATTR_UDP_ZERO_CSUM6_TX), !a.has(L2TP_ATTR_UDP_ZERO_CSUM6_RX));
        p.hidden("checksum_tx", tx);
        p.hidden("checksum_rx", rx);
        let text = match (tx, rx) {
            (true, true) => "enabled",
            (true, false) => "tx",
            (false, true) => "rx",
            (false, false) => "disabled",
        };
        p.text_item("  UDP checksum: {}", text);
    } else {
        let on = a.u8(L2TP_ATTR_UDP_CSUM).is_some_and(|v| v != 0);
        p.item("checksum", "  UDP checksum: {}", Forms(if on { "enabled" } else { "disabled" }, on));
    }
    p.end_line();
}

/// Describes a session and ends its line.
fn session(p: &mut Printer<'_>, a: &generic::Entry<'_>) {
    p.item("session_id", "Session {}", a.u32(L2TP_ATTR_SESSION_ID).unwrap_or(0));
    p.item("tunnel_id", " in tunnel {}", a.u32(L2TP_ATTR_CONN_ID).unwrap_or(0));
    p.nl();
    p.item("peer_session_id", "  Peer session {},", a.u32(L2TP_ATTR_PEER_SESSION_ID).unwrap_or(0));
    p.item("peer_tunnel_id", " tunnel {}", a.u32(L2TP_ATTR_PEER_CONN_ID).unwrap_or(0));
    p.nl();
    if let Some(name) = a.str(L2TP_ATTR_IFNAME) {
        p.colored(Role::Ifname, "interface", "  interface name: {}", name);
        p.nl();
    }
    p.text("  offset 0, peer offset 0\n");
    for (attr, key, form) in
        [(L2TP_ATTR_COOKIE, "cookie", "  cookie {}"), (L2TP_ATTR_PEER_COOKIE, "peer_cookie", "  peer cookie {}")]
    {
        if let Some(bytes) = a.get(attr).filter(|bytes| !bytes.is_empty()) {
            let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
            p.item(key, form, hex.as_str());
        }
    }
    if let Some(ms) = a.u64(L2TP_ATTR_RECV_TIMEOUT).filter(|ms| *ms != 0) {
        p.item("reorder_timeout", "  reorder timeout: {}", ms);
    }
    let is_on = |attr| a.u8(attr).is_some_and(|v| v != 0);
    let (send, receive) = (is_on(L2TP_ATTR_SEND_SEQ), is_on(L2TP_ATTR_RECV_SEQ));
    if send || receive {
        p.nl();
        p.text("  sequence numbering:");
        if send {
            p.null("send_seq", " send");
        }
        if receive {
            p.null("recv_seq", " recv");
        }
    }
    p.end_line();
}
