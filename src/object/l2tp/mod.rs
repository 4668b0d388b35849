//! `l2tp`: static (unmanaged) L2TPv3 tunnels and sessions, without a control connection (RFC 3931, linux/l2tp.h).

mod show;
mod words;

use crate::command::generic::Entries;
use crate::command::{Effect, Object, Purpose, Verb, generic};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::net::generic::FamilyName;
use crate::session::Session;
use words::{Both, L2TP};

/// The object.
pub static OBJECT: Object = Object {
    names: &["l2tp~"],
    about: "L2TPv3 tunnels and sessions",
    purpose: Purpose::Interfaces,
    terms: &[
        (
            "",
            "ip l2tp add tunnel remote ADDR local ADDR tunnel_id ID peer_tunnel_id ID [ encap { ip | udp } ] [ udp_sport PORT ] \
             [ udp_dport PORT ] [ udp_csum { on | off } ] [ udp6_csum_tx { on | off } ] [ udp6_csum_rx { on | off } ]",
        ),
        (
            "",
            "ip l2tp add session [ name NAME ] tunnel_id ID session_id ID peer_session_id ID [ cookie HEXSTR ] \
             [ peer_cookie HEXSTR ] [ seq { none | send | recv | both } ] [ l2spec_type L2SPEC ]",
        ),
        ("", "ip l2tp del tunnel tunnel_id ID"),
        ("", "ip l2tp del session tunnel_id ID session_id ID"),
        ("", "ip l2tp show tunnel [ tunnel_id ID ]"),
        ("", "ip l2tp show session [ tunnel_id ID ] [ session_id ID ]"),
        ("NAME", "STRING"),
        ("ADDR", "{ IP_ADDRESS | any }"),
        ("PORT", "{ 0..65535 }"),
        ("ID", "{ 1..4294967295 }"),
        ("HEXSTR", "{ 8 or 16 hex digits (4 / 8 bytes) }"),
        ("L2SPEC", "{ none | default }"),
    ],
    verbs: &[
        // First in the list, so that `ip l2tp h` means help.
        Verb::usage(&[("rip l2tp help", "the usage of l2tp")]),
        Verb {
            names: &["add~"],
            about: "create a tunnel or a session",
            run: add,
            effect: Effect::Change,
            tables: &[&L2TP],
            examples: &[
                (
                    "rip l2tp add tunnel tid 1 ptid 2 local 192.0.2.1 remote 192.0.2.2 udp_sport 1701 udp_dport 1701",
                    "a tunnel over UDP",
                ),
                (
                    "rip l2tp add tunnel tunnel_id 3 peer_tunnel_id 4 local 192.0.2.1 remote 192.0.2.2 encap ip",
                    "a tunnel over IP, protocol 115",
                ),
                (
                    "rip l2tp add session tunnel_id 1 session_id 10 peer_session_id 20 name l2tp0",
                    "a session and its Ethernet device",
                ),
            ],
        },
        Verb {
            names: &["delete~"],
            about: "delete a tunnel with its sessions, or a session with its device",
            run: delete,
            effect: Effect::Change,
            tables: &[&L2TP],
            examples: &[
                ("rip l2tp delete session tunnel_id 1 session_id 10", "a session"),
                ("rip l2tp delete tunnel tunnel_id 1", "a tunnel and its sessions"),
            ],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list tunnels or sessions",
            run: show::show,
            effect: Effect::Read,
            tables: &[&L2TP],
            examples: &[
                ("rip l2tp show tunnel", "list tunnels"),
                ("rip -j l2tp show session tunnel_id 1", "list the sessions of a tunnel, as JSON"),
            ],
        },
    ],
    unknown: Some(|s, w| generic::unknown(s, w, &FAMILY, &OBJECT)),
    ..Object::BASE
};

// linux/l2tp.h: the family and its commands.
const FAMILY: FamilyName = FamilyName { name: "l2tp", version: 1 };
const L2TP_CMD_TUNNEL_CREATE: u8 = 1;
const L2TP_CMD_TUNNEL_DELETE: u8 = 2;
const L2TP_CMD_TUNNEL_GET: u8 = 4;
const L2TP_CMD_SESSION_CREATE: u8 = 5;
const L2TP_CMD_SESSION_DELETE: u8 = 6;
const L2TP_CMD_SESSION_GET: u8 = 8;

crate::attrs! {
    /// The attributes of the family.
    pub const L2TP_ATTRS;
    L2TP_ATTR_PW_TYPE = 1: U16, Request;
    L2TP_ATTR_ENCAP_TYPE = 2: U16, Request;
    L2TP_ATTR_L2SPEC_TYPE = 5: U8, Request;
    L2TP_ATTR_L2SPEC_LEN = 6: U8, Request;
    L2TP_ATTR_PROTO_VERSION = 7: U8, Request;
    L2TP_ATTR_IFNAME = 8: Text, Request;
    L2TP_ATTR_CONN_ID = 9: U32, Request;
    L2TP_ATTR_PEER_CONN_ID = 10: U32, Request;
    L2TP_ATTR_SESSION_ID = 11: U32, Request;
    L2TP_ATTR_PEER_SESSION_ID = 12: U32, Request;
    L2TP_ATTR_UDP_CSUM = 13: U8, Request;
    L2TP_ATTR_COOKIE = 15: Bytes, Request;
    L2TP_ATTR_PEER_COOKIE = 16: Bytes, Request;
    L2TP_ATTR_RECV_SEQ = 18: U8, Request;
    L2TP_ATTR_SEND_SEQ = 19: U8, Request;
    /// How long out-of-order packets are held for reordering, in milliseconds.
    L2TP_ATTR_RECV_TIMEOUT = 22: U64, Read;
    L2TP_ATTR_IP_SADDR = 24: Ip, Request;
    L2TP_ATTR_IP_DADDR = 25: Ip, Request;
    L2TP_ATTR_UDP_SPORT = 26: U16, Request;
    L2TP_ATTR_UDP_DPORT = 27: U16, Request;
    L2TP_ATTR_IP6_SADDR = 31: Ip, Request;
    L2TP_ATTR_IP6_DADDR = 32: Ip, Request;
    L2TP_ATTR_UDP_ZERO_CSUM6_TX = 33: Flag, Request;
    L2TP_ATTR_UDP_ZERO_CSUM6_RX = 34: Flag, Request;
}

// enum l2tp_encap_type, L2TP_PWTYPE_ETH and the protocol version, of linux/l2tp.h.
const UDP: u16 = 0;
const IP: u16 = 1;
const ETHERNET: u16 = 5;
const VERSION: u8 = 3;

/// Why `-atomic` refuses to delete: the kernel lists neither the header type of a session nor the settings of its device.
const NEVER: &str = "rip cannot restore L2TP sessions and their devices";

/// How a rollback restores tunnels.
pub static TUNNELS: Entries = Entries {
    name: "L2TP tunnel",
    family: &FAMILY,
    add: L2TP_CMD_TUNNEL_CREATE,
    delete: L2TP_CMD_TUNNEL_DELETE,
    list: L2TP_CMD_TUNNEL_GET,
    key: |a| generic::copied(a, &[L2TP_ATTR_CONN_ID]),
    body: |a| generic::copied(a, &[L2TP_ATTR_CONN_ID]),
    words: |a| format!("L2TP tunnel {}", a.u32(L2TP_ATTR_CONN_ID).unwrap_or_default()),
    fixed: None,
};

/// How a rollback restores sessions.
pub static SESSIONS: Entries = Entries {
    name: "L2TP session",
    family: &FAMILY,
    add: L2TP_CMD_SESSION_CREATE,
    delete: L2TP_CMD_SESSION_DELETE,
    list: L2TP_CMD_SESSION_GET,
    key: |a| generic::copied(a, &[L2TP_ATTR_CONN_ID, L2TP_ATTR_SESSION_ID]),
    body: |a| generic::copied(a, &[L2TP_ATTR_CONN_ID, L2TP_ATTR_SESSION_ID]),
    words: |a| {
        let number = |attr| a.u32(attr).unwrap_or_default();
        format!("L2TP session {} in tunnel {}", number(L2TP_ATTR_SESSION_ID), number(L2TP_ATTR_CONN_ID))
    },
    // The kernel would add a second session with this id.
    fixed: Some("the session already exists"),
};

/// Parses the words; an empty line is an error.
fn parse(w: &mut Words<'_>) -> Result<Both, Diag> {
    if w.is_empty() {
        return Err(w.usage_error());
    }
    let mut b = Both::default();
    L2TP.parse(&mut b, w)?;
    match b.tunnel || b.session {
        true => Ok(b),
        false => Err(words::required("tunnel or session", w)),
    }
}

fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let b = parse(w)?;
    b.check_new(w)?;
    if b.tunnel {
        let mut request = family.request(L2TP_CMD_TUNNEL_CREATE, 0);
        b.fill_tunnel(&mut request);
        generic::change_entry(s, kernel, &request, format!("add L2TP tunnel {}", b.tunnel_words()), &TUNNELS, None)?;
    }
    if b.session {
        let mut request = family.request(L2TP_CMD_SESSION_CREATE, 0);
        b.fill_session(&mut request);
        generic::change_entry(
            s,
            kernel,
            &request,
            format!("add L2TP session {}", b.session_words()),
            &SESSIONS,
            Some(b.device()),
        )?;
    }
    Ok(0)
}

fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let mut b = parse(w)?;
    if b.tunnel && b.tunnel_id == 0 {
        return Err(words::required("tunnel_id", w));
    }
    if b.session && b.session_id == 0 {
        return Err(words::required("session_id", w));
    }
    let (command, words) = match b.session_id {
        0 => (L2TP_CMD_TUNNEL_DELETE, format!("delete L2TP tunnel {}", b.tunnel_id)),
        id => (L2TP_CMD_SESSION_DELETE, format!("delete L2TP session {id} of tunnel {}", b.tunnel_id)),
    };
    let mut request = family.request(command, 0);
    request.put(L2TP_ATTR_CONN_ID, &b.tunnel_id.to_ne_bytes());
    if b.session_id != 0 {
        request.put(L2TP_ATTR_SESSION_ID, &b.session_id.to_ne_bytes());
    }
    request.trail = std::mem::take(&mut b.trail);
    generic::change(s, kernel, &request, words, NEVER)?;
    Ok(0)
}
