//! The words of tunnels and sessions: one list for both, as in `ip`.

use super::*;
use crate::command::usage;
use crate::diag::Span;
use crate::grammar::address::{Addr, UNSPEC, take_addr};
use crate::grammar::number::{Term, U16, U32};
use crate::grammar::value::{Choice, Flag, Text, is_name};
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value};
use crate::net::{Request, Trail};
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::rows;
use std::borrow::Cow;

/// A tunnel and a session that is being parsed.
pub struct Both {
    /// The line is about a tunnel.
    pub tunnel: bool,
    /// The line is about a session.
    pub session: bool,
    /// The tunnel id; 0 if not given.
    pub tunnel_id: u32,
    /// The session id; 0 if not given.
    pub session_id: u32,
    peer_tunnel_id: u32,
    peer_session_id: u32,
    encap: u16,
    local: Option<Addr>,
    remote: Option<Addr>,
    /// UDP ports; 0 if not given.
    sport: u16,
    dport: u16,
    csum: bool,
    csum6_tx: bool,
    csum6_rx: bool,
    name: Option<Vec<u8>>,
    cookie: Option<Vec<u8>>,
    peer_cookie: Option<Vec<u8>>,
    header: u8,
    sequence: u8,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Default for Both {
    fn default() -> Both {
        Both {
            tunnel: false,
            session: false,
            tunnel_id: 0,
            session_id: 0,
            peer_tunnel_id: 0,
            peer_session_id: 0,
            encap: UDP,
            local: None,
            remote: None,
            sport: 0,
            dport: 0,
            csum: false,
            csum6_tx: true,
            csum6_rx: true,
            name: None,
            cookie: None,
            peer_cookie: None,
            header: DEFAULT,
            sequence: 0,
            trail: Trail::default(),
        }
    }
}

impl Target for Both {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

const ENCAPS: &[(&str, u16)] = &[("ip", IP), ("udp", UDP)];
// Directions in which sequence numbers are used.
const SEND: u8 = 1;
const RECEIVE: u8 = 2;
const SEQUENCES: &[(&str, u8)] = &[("none", 0), ("send", SEND), ("recv", RECEIVE), ("both", SEND | RECEIVE)];
/// L2TP_L2SPECTYPE_DEFAULT of linux/l2tp.h, and the length of that header in bytes.
const DEFAULT: u8 = 1;
const DEFAULT_LEN: u8 = 4;
const HEADERS: &[(&str, u8)] = &[("default", DEFAULT), ("none", 0)];

static KINDS: &[Row<Both>] = rows!(Both;
    "tunnel" => Flag, "create, delete or list tunnels", |b, ()| b.tunnel = true;
    "session" => Flag, "create, delete or list sessions", |b, ()| b.session = true;
);
static IDS: &[Row<Both>] = rows!(Both;
    "tunnel_id" | "tid" => Term("ID", Id), "tunnel id", |b, v| {
        b.tunnel_id = v;
        b.trail.note(&[L2TP_ATTR_CONN_ID]);
    };
    "peer_tunnel_id" | "ptid" => Term("ID", Id), "tunnel id at the peer", |b, v| {
        b.peer_tunnel_id = v;
        b.trail.note(&[L2TP_ATTR_PEER_CONN_ID]);
    };
    "session_id" | "sid" => Term("ID", Id), "session id", |b, v| {
        b.session_id = v;
        b.trail.note(&[L2TP_ATTR_SESSION_ID]);
    };
    "peer_session_id" | "psid" => Term("ID", Id), "session id at the peer", |b, v| {
        b.peer_session_id = v;
        b.trail.note(&[L2TP_ATTR_PEER_SESSION_ID]);
    };
);
static TUNNEL: &[Row<Both>] = rows!(Both;
    "encap" => Known(ENCAPS, "tunnel encapsulation", false), "encapsulation of tunnel packets (default udp)", |b, v| {
        b.encap = v;
        b.trail.note(&[L2TP_ATTR_ENCAP_TYPE]);
    };
    "remote" => Term("ADDR", Address), "address of the peer", |b, v| {
        b.remote = v;
        b.trail.note(&[L2TP_ATTR_IP_DADDR]);
    };
    "local" => Term("ADDR", Address), "address of this host", |b, v| {
        b.local = v;
        b.trail.note(&[L2TP_ATTR_IP_SADDR]);
    };
    "udp_sport" => Term("PORT", Port), "local UDP port", |b, v| {
        b.sport = v;
        b.trail.note(&[L2TP_ATTR_UDP_SPORT]);
    };
    "udp_dport" => Term("PORT", Port), "UDP port of the peer", |b, v| {
        b.dport = v;
        b.trail.note(&[L2TP_ATTR_UDP_DPORT]);
    };
    "udp_csum" => Switch("invalid option for udp_csum\n"), "UDP checksums over IPv4 (default off)", |b, v| {
        b.csum = v;
        b.trail.note(&[L2TP_ATTR_UDP_CSUM]);
    };
    "udp6_csum_rx" => Switch("invalid option for udp6_csum_rx\n"), "require UDP checksums over IPv6 (default on)", |b, v| {
        b.csum6_rx = v;
        b.trail.note(&[L2TP_ATTR_UDP_ZERO_CSUM6_RX]);
    };
    "udp6_csum_tx" => Switch("invalid option for udp6_csum_tx\n"), "send UDP checksums over IPv6 (default on)", |b, v| {
        b.csum6_tx = v;
        b.trail.note(&[L2TP_ATTR_UDP_ZERO_CSUM6_TX]);
    };
);
static SESSION: &[Row<Both>] = rows!(Both;
    "name" => Name, "name of the session's device (default l2tpethN)", |b, v| {
        b.name = Some(v);
        b.trail.note(&[L2TP_ATTR_IFNAME]);
    };
    "cookie" => Term("HEXSTR", Cookie), "cookie that received packets must carry", |b, v| {
        b.cookie = Some(v);
        b.trail.note(&[L2TP_ATTR_COOKIE]);
    };
    "peer_cookie" => Term("HEXSTR", Cookie), "cookie to send to the peer", |b, v| {
        b.peer_cookie = Some(v);
        b.trail.note(&[L2TP_ATTR_PEER_COOKIE]);
    };
    "l2spec_type" => Term("L2SPEC", Known(HEADERS, "layer2specific header type", true)),
    "layer-2-specific header of packets", |b, v| {
        b.header = v;
        b.trail.note(&[L2TP_ATTR_L2SPEC_TYPE]);
    };
    "seq" => Known(SEQUENCES, "seq value", true), "use sequence numbers in these directions (default none)", |b, v| b.sequence = v;
    "offset" => Ignored("offset"), "obsolete, ignored", |_, _| print_stderr(&ignoring("offset"));
    "peer_offset" => Ignored("peer_offset"), "obsolete, ignored", |_, _| print_stderr(&ignoring("peer_offset"));
);

/// The words of tunnels and sessions.
pub static L2TP: Grammar<Both> = Grammar {
    title: "L2TP",
    rows: &[KINDS, IDS, TUNNEL, SESSION],
    fallback: Fallback::Unknown(|arg| {
        let usage = usage::object(&OBJECT, &|_| None, &|_| true);
        Diag::usage(format!("Unknown command: {}", arg.shown())).at(arg.span()).line(usage.trim_end())
    }),
};

/// The error about a required keyword that is missing.
pub fn required(word: &str, w: &Words<'_>) -> Diag {
    Diag::usage(format!("Error: argument \"{word}\" is required")).at(Span::word(w.at()))
}

fn ignoring(word: &str) -> String {
    format!("Ignoring option \"{word}\"\n")
}

/// A tunnel or session id.
struct Id;

impl Value for Id {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "{ 1..4294967295 }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        U32("invalid ID\n").take(w)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        Vec::new()
    }
}

/// A UDP port.
struct Port;

impl Value for Port {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "{ 0..65535 }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        U16("invalid port\n").take(w)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        Vec::new()
    }
}

/// An address of either family, whatever the options say; `None` for `any` and `all`.
struct Address;

impl Value for Address {
    type Out = Option<Addr>;
    fn meta(&self) -> Cow<'static, str> {
        "{ IP_ADDRESS | any }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<Addr>, Diag> {
        match w.take_if(&["any", "all", "default"]) {
            Some(_) => Ok(None),
            None => take_addr(w, UNSPEC).map(Some),
        }
    }
}

/// One of a few words; their noun, for the error about any other; and whether upper case is accepted.
struct Known<N: 'static>(&'static [(&'static str, N)], &'static str, bool);

impl<N: Copy + Sync> Value for Known<N> {
    type Out = N;
    fn meta(&self) -> Cow<'static, str> {
        Choice(self.0, "").meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<N, Diag> {
        let arg = w.next()?;
        let word = if self.2 { arg.bytes.to_ascii_lowercase() } else { arg.bytes.to_vec() };
        Choice(self.0, "").find(&word).ok_or_else(|| {
            let d = Diag::usage(format!("Unknown {} \"{}\"", self.1, arg.shown())).at(arg.span());
            crate::command::suggest(d, arg.bytes, self.0.iter().map(|(name, _)| name))
        })
    }
}

/// `on` or `off`; holds the error for another word.
struct Switch(&'static str);

impl Value for Switch {
    type Out = bool;
    fn meta(&self) -> Cow<'static, str> {
        "{ on | off }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<bool, Diag> {
        Choice(&[("on", true), ("off", false)], self.0).take(w)
    }
}

/// The name of a new device.
struct Name;

impl Value for Name {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "NAME".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        match is_name(arg.bytes) {
            true => Ok(arg.bytes.to_vec()),
            false => Err(arg.wrong("\"name\" not a valid ifname")),
        }
    }
}

/// Four or eight bytes in hexadecimal.
struct Cookie;

impl Value for Cookie {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "{ 8 or 16 hex digits (4 / 8 bytes) }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        if !matches!(arg.bytes.len(), 8 | 16) {
            return Err(arg.wrong("cookie must be either 8 or 16 hex digits\n"));
        }
        let byte = |pair: &[u8]| {
            let digits = std::str::from_utf8(pair).ok().filter(|p| p.bytes().all(|b| b.is_ascii_hexdigit()))?;
            u8::from_str_radix(digits, 16).ok()
        };
        let bytes: Option<Vec<u8>> = arg.bytes.chunks(2).map(byte).collect();
        bytes.ok_or_else(|| arg.wrong("cookie must be a hex string\n"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        Vec::new()
    }
}

/// The value of an option that is ignored.
struct Ignored(&'static str);

impl Value for Ignored {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        Text("NUMBER").take(w).map_err(|d| {
            let lines = d.lines();
            d.say(ignoring(self.0).trim_end()).line(lines.trim_end())
        })
    }
}

impl Both {
    /// Checks that all words required to create a tunnel or session are there.
    ///
    /// # Errors
    ///
    /// A required keyword is missing.
    pub fn check_new(&self, w: &Words<'_>) -> Result<(), Diag> {
        let udp = self.encap == UDP;
        let words = [
            (true, self.tunnel_id == 0, "tunnel_id"),
            (self.session, self.peer_session_id == 0, "peer_session_id"),
            (self.session, self.session_id == 0, "session_id"),
            (self.tunnel, self.peer_tunnel_id == 0, "peer_tunnel_id"),
            (self.tunnel, self.local.is_none(), "local"),
            (self.tunnel, self.remote.is_none(), "remote"),
            (self.tunnel && udp, self.sport == 0, "udp_sport"),
            (self.tunnel && udp, self.dport == 0, "udp_dport"),
        ];
        match words.iter().find(|(concerns, lacks, _)| *concerns && *lacks) {
            Some((.., word)) => Err(required(word, w)),
            None => Ok(()),
        }
    }

    /// Adds the tunnel to a request.
    pub fn fill_tunnel(&self, request: &mut Request) {
        request.put(L2TP_ATTR_CONN_ID, &self.tunnel_id.to_ne_bytes());
        request.put(L2TP_ATTR_PEER_CONN_ID, &self.peer_tunnel_id.to_ne_bytes());
        request.put(L2TP_ATTR_PROTO_VERSION, &[VERSION]);
        request.put(L2TP_ATTR_ENCAP_TYPE, &self.encap.to_ne_bytes());
        for (addr, four, six) in [
            (&self.local, L2TP_ATTR_IP_SADDR, L2TP_ATTR_IP6_SADDR),
            (&self.remote, L2TP_ATTR_IP_DADDR, L2TP_ATTR_IP6_DADDR),
        ] {
            if let Some(addr) = addr {
                let bytes = addr.bytes();
                request.put(if bytes.len() == 4 { four } else { six }, &bytes);
            }
        }
        if self.encap == UDP {
            request.put(L2TP_ATTR_UDP_SPORT, &self.sport.to_ne_bytes());
            request.put(L2TP_ATTR_UDP_DPORT, &self.dport.to_ne_bytes());
            if self.csum {
                request.put(L2TP_ATTR_UDP_CSUM, &[1]);
            }
            if !self.csum6_tx {
                request.put(L2TP_ATTR_UDP_ZERO_CSUM6_TX, &[]);
            }
            if !self.csum6_rx {
                request.put(L2TP_ATTR_UDP_ZERO_CSUM6_RX, &[]);
            }
        }
        request.trail = self.trail.clone();
    }

    /// Adds the session to a request.
    pub fn fill_session(&self, request: &mut Request) {
        request.put(L2TP_ATTR_CONN_ID, &self.tunnel_id.to_ne_bytes());
        request.put(L2TP_ATTR_PEER_CONN_ID, &self.peer_tunnel_id.to_ne_bytes());
        request.put(L2TP_ATTR_SESSION_ID, &self.session_id.to_ne_bytes());
        request.put(L2TP_ATTR_PEER_SESSION_ID, &self.peer_session_id.to_ne_bytes());
        request.put(L2TP_ATTR_PW_TYPE, &ETHERNET.to_ne_bytes());
        request.put(L2TP_ATTR_L2SPEC_TYPE, &[self.header]);
        request.put(L2TP_ATTR_L2SPEC_LEN, &[if self.header == DEFAULT { DEFAULT_LEN } else { 0 }]);
        if self.sequence & RECEIVE != 0 {
            request.put(L2TP_ATTR_RECV_SEQ, &[1]);
        }
        if self.sequence & SEND != 0 {
            request.put(L2TP_ATTR_SEND_SEQ, &[1]);
        }
        for (attr, cookie) in [(L2TP_ATTR_COOKIE, &self.cookie), (L2TP_ATTR_PEER_COOKIE, &self.peer_cookie)] {
            if let Some(bytes) = cookie {
                request.put(attr, bytes);
            }
        }
        if let Some(name) = &self.name {
            request.put(L2TP_ATTR_IFNAME, &[name.as_slice(), &[0]].concat());
        }
        request.trail = self.trail.clone();
    }

    /// A description of the tunnel.
    pub fn tunnel_words(&self) -> String {
        let host = |addr: &Option<Addr>| addr.as_ref().and_then(Addr::ip).map_or(String::new(), |ip| ip.to_string());
        let mut out = format!("{} from {} to {}", self.tunnel_id, host(&self.local), host(&self.remote));
        match self.encap {
            UDP => out.push_str(&format!(" encap udp ports {}/{}", self.sport, self.dport)),
            _ => out.push_str(" encap ip"),
        }
        out
    }

    /// The name of the session's device; empty if the kernel chooses it.
    pub fn device(&self) -> &[u8] {
        self.name.as_deref().unwrap_or_default()
    }

    /// A description of the session.
    pub fn session_words(&self) -> String {
        let name = self.name.as_ref().map_or(String::new(), |name| format!(" name {}", shown(name)));
        format!("{} in tunnel {}{name}", self.session_id, self.tunnel_id)
    }
}
