//! A request: the message, its flags, and the trail of words that caused each attribute.

use crate::diag::Span;
use crate::sys::append;
use netlink_packet_core::NetlinkSerializable;
use netlink_packet_route::RouteNetlinkMessage;

/// The path of an attribute in a message: the types from the top down.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Path(pub Vec<u16>);

/// Which words caused which attribute. Longer paths are stored one after the other, without an allocation each.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    ids: Vec<u16>,
    notes: Vec<Note>,
}

/// A path and its words.
#[derive(Clone, Debug)]
struct Note {
    steps: Steps,
    span: Option<Span>,
}

/// A path: the attribute itself, if it is not in another, or its range among the ids of the trail.
#[derive(Clone, Copy, Debug)]
enum Steps {
    One(u16),
    Many(usize, usize),
}

impl Trail {
    /// Records that an attribute was pushed; its words follow with `close`.
    pub fn note(&mut self, path: &[u16]) {
        self.add(&[], path, None);
    }

    fn add(&mut self, prefix: &[u16], path: &[u16], span: Option<Span>) {
        let steps = match (prefix, path) {
            ([], [one]) => Steps::One(*one),
            _ => {
                let from = self.ids.len();
                self.ids.extend_from_slice(prefix);
                self.ids.extend_from_slice(path);
                Steps::Many(from, self.ids.len())
            }
        };
        if self.notes.capacity() == 0 {
            // What nearly every line has at most: grown step by step, a line of a batch took 4 % more instructions.
            self.notes.reserve(8);
        }
        self.notes.push(Note { steps, span });
    }

    /// Sets the words of everything recorded since the last call.
    pub fn close(&mut self, span: Span) {
        for note in self.notes.iter_mut().rev() {
            match &mut note.span {
                slot @ None => *slot = Some(span),
                Some(_) => break,
            }
        }
    }

    /// All paths with their words, in order of recording.
    fn all(&self) -> impl DoubleEndedIterator<Item = (&[u16], Option<Span>)> {
        self.notes.iter().map(|note| {
            let path = match &note.steps {
                Steps::One(one) => std::slice::from_ref(one),
                Steps::Many(from, to) => self.ids.get(*from..*to).unwrap_or_default(),
            };
            (path, note.span)
        })
    }

    /// The words that caused the attribute at `path`, or else its nearest enclosing attribute.
    pub fn words(&self, path: &[u16]) -> Option<Span> {
        let mut path = path;
        while !path.is_empty() {
            if let Some(span) = self.all().rev().find(|(p, s)| *p == path && s.is_some()).and_then(|(_, s)| s) {
                return Some(span);
            }
            path = path.get(..path.len() - 1).unwrap_or_default();
        }
        None
    }

    /// The words that caused the attribute at exactly this path.
    pub fn exact(&self, path: &[u16]) -> Option<Span> {
        self.all().rev().find(|(p, _)| *p == path).and_then(|(_, s)| s)
    }

    /// All paths with their words.
    pub fn spans(&self) -> Vec<(Vec<u16>, Span)> {
        self.all().filter_map(|(path, span)| span.map(|s| (path.to_vec(), s))).collect()
    }

    /// Takes over the trail of a nested message, below `prefix`.
    pub fn adopt(&mut self, prefix: &[u16], other: Trail) {
        for (path, span) in other.all() {
            self.add(prefix, path, span);
        }
    }
}

/// A netlink protocol (linux/netlink.h), which determines the meaning of message numbers and the header after them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    /// NETLINK_ROUTE.
    #[default]
    Route,
    /// NETLINK_GENERIC: the message number is a family's, and struct genlmsghdr follows.
    Generic,
    /// NETLINK_XFRM.
    Xfrm,
}

impl Protocol {
    /// Its number.
    pub const fn number(self) -> isize {
        match self {
            Protocol::Route => netlink_sys::protocols::NETLINK_ROUTE,
            Protocol::Generic => netlink_sys::protocols::NETLINK_GENERIC,
            Protocol::Xfrm => netlink_sys::protocols::NETLINK_XFRM,
        }
    }
}

/// A finished request: type, flags, and the bytes after the netlink header.
#[derive(Clone, Debug)]
pub struct Request {
    /// The protocol of the socket that it is for.
    pub protocol: Protocol,
    /// `nlmsg_type`, RTM_*.
    pub kind: u16,
    /// `nlmsg_flags`, NLM_F_*, without NLM_F_REQUEST and NLM_F_ACK.
    pub flags: u16,
    /// The family header and the attributes.
    pub body: Vec<u8>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Request {
    /// A request from a message of netlink-packet-route.
    pub fn of(msg: RouteNetlinkMessage, flags: u16, trail: Trail) -> Request {
        let mut body = vec![0; msg.buffer_len()];
        msg.serialize(&mut body);
        Request { protocol: Protocol::Route, kind: msg.message_type(), flags, body, trail }
    }

    /// A request of a type that netlink-packet-route lacks, or whose attributes are already bytes.
    pub fn raw(kind: u16, flags: u16, header: &[u8]) -> Request {
        let mut body = header.to_vec();
        body.resize(super::attr::align(body.len()), 0);
        Request { protocol: Protocol::Route, kind, flags, body, trail: Trail::default() }
    }

    /// A request of NETLINK_XFRM, with the structure before its attributes.
    pub fn xfrm(kind: u16, flags: u16, header: &[u8]) -> Request {
        Request { protocol: Protocol::Xfrm, ..Request::raw(kind, flags, header) }
    }

    /// A request whose header has only an address family, AF_*.
    pub fn of_family(kind: u16, flags: u16, family: u8) -> Request {
        let mut header = vec![family];
        header.resize(crate::schema::header_len(kind), 0);
        Request::raw(kind, flags, &header)
    }

    /// A request whose header has an address family and an interface: struct ifinfomsg, ifaddrmsg and ndmsg have the
    /// index at the same offset.
    pub fn of_device(kind: u16, flags: u16, family: u8, index: u32) -> Request {
        let mut request = Request::of_family(kind, flags, family);
        if let Some(slot) = request.body.get_mut(4..8) {
            slot.copy_from_slice(&index.to_ne_bytes());
        }
        request
    }

    /// The request with another byte at an offset of its header.
    pub fn with_header_byte(mut self, at: usize, value: u8) -> Request {
        if let Some(slot) = self.body.get_mut(at) {
            *slot = value;
        }
        self
    }

    /// Appends an attribute.
    pub fn put(&mut self, kind: u16, value: &[u8]) {
        super::attr::put(&mut self.body, kind, value);
    }

    /// The request with one more attribute.
    pub fn with(mut self, kind: u16, value: &[u8]) -> Request {
        self.put(kind, value);
        self
    }

    /// The length of the family header before the attributes, in bytes.
    pub fn header_len(&self) -> usize {
        match self.protocol {
            Protocol::Route => crate::schema::header_len(self.kind),
            Protocol::Generic => super::generic::GENLMSGHDR,
            Protocol::Xfrm => crate::schema::xfrm::xfrm_header_len(self.kind),
        }
    }

    /// The whole datagram.
    pub fn bytes(&self, seq: u32, flags: u16) -> Vec<u8> {
        let mut out = Vec::with_capacity(16 + self.body.len());
        self.append(&mut out, seq, flags);
        out
    }

    /// Appends the complete message to others.
    pub fn append(&self, out: &mut Vec<u8>, seq: u32, flags: u16) {
        let len = u32::try_from(16 + self.body.len()).unwrap_or(u32::MAX);
        append(out, len.to_ne_bytes(), 4);
        append(out, self.kind.to_ne_bytes(), 2);
        append(out, flags.to_ne_bytes(), 2);
        append(out, seq.to_ne_bytes(), 4);
        append(out, [0; 4], 4);
        out.extend_from_slice(&self.body);
        out.resize(super::attr::align(out.len()), 0);
    }
}
