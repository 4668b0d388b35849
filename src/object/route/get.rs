//! `route get`: the route that a packet would take.

use super::view::{self, Route, ShowOptions};
use super::words::address;
use crate::command::ip_proto::IpProto;
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, INET6, MPLS, Prefix, PrefixOf, UNSPEC};
use crate::grammar::number::{Named, Term, U16, U32};
use crate::grammar::value::{Absent, Flag, Word};
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Row, Target, Value, Words};
use crate::net::{Request, Trail};
use crate::output::out::print_stderr;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;
use crate::{row, rows};
use netlink_packet_core::Nla as _;
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::route::{RouteAddress, RouteAttribute, RouteFlags, RouteMessage};
use std::borrow::Cow;

/// A question that is being parsed.
#[derive(Default)]
pub struct Question {
    msg: RouteMessage,
    trail: Trail,
    dst: Option<Prefix>,
    /// The prefix length of the destination, in bits.
    length: u8,
    src: Option<Prefix>,
    iif: Option<(Vec<u8>, usize)>,
    oif: Option<(Vec<u8>, usize)>,
    vrf: Option<u32>,
    connected: bool,
    fibmatch: bool,
}

impl Target for Question {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Question {
    fn put(&mut self, attr: RouteAttribute) {
        self.trail.note(&[attr.kind()]);
        self.msg.attributes.push(attr);
    }

    fn raw(&mut self, kind: u16, body: &[u8]) {
        self.put(RouteAttribute::Other(netlink_packet_core::DefaultNla::new(kind, body.to_vec())));
    }
}

static TO: Row<Question> = row!(Question; "to" => Net, "destination of the packet", |q, v, w| {
    q.length = length(&v, if w.family == UNSPEC { INET } else { w.family });
    q.dst = Some(v);
    q.trail.note(&[RTA_DST]);
});

/// Keywords for the packet and its devices.
static PACKET: &[Row<Question>] = rows!(Question;
    "tos" | "dsfield~" => Term("TOS", super::select::Tos), "type of service", |q, v| q.msg.header.tos = u8::try_from(v).unwrap_or(0);
    "from~" => Net, "source of the packet", |q, v| {
        q.src = Some(v);
        q.trail.note(&[RTA_SRC]);
    };
    "iif~" => Word("DEV"), "input device of the packet", |q, v| q.iif = Some(v);
    "mark~" => Term("NUMBER", Named("MARK", U32("invalid mark value"))), "mark of the packet", |q, v| if v != 0 { q.put(RouteAttribute::Mark(v)) };
    "oif~" | "dev" => Term("STRING", Word("DEV")), "output device of the packet", |q, v| q.oif = Some(v);
);

/// Keywords that only `get` has. Order matters: the first keyword that a word abbreviates wins.
static TELL: &[Row<Question>] = rows!(Question;
    "notify~" => Flag, "notify when the route changes", |q, ()| q.msg.header.flags.insert(RouteFlags::Notify);
    "connected~" => Flag, "connect a socket with the result (connected)", |q, ()| q.connected = true;
);

/// Keywords for sender and VRF.
static OWNER: &[Row<Question>] = rows!(Question;
    "vrf~" => Term("NAME", crate::grammar::value::VrfDev("Invalid VRF\n")), "in this VRF", |q, v| q.vrf = Some(v);
    "uid~" => Term("NUMBER", Named("UID", U32("invalid UID\n"))), "user id of the sender", |q, v| q.put(RouteAttribute::Uid(v));
);

/// Further keywords that only `get` has.
static ENTRY: &[Row<Question>] = rows!(Question;
    "fibmatch~" => Flag, "show the matching table entry (fibmatch)", |q, ()| q.fibmatch = true;
    "as" => Term("ADDRESS", crate::grammar::address::ToAddress), "new destination", |q, v| q.raw(RTA_NEWDST, &v.bytes());
);

/// Keywords for protocol and ports.
static FLOW: &[Row<Question>] = rows!(Question;
    "sport~" => Term("NUMBER", Named("PORT", U16("invalid sport\n"))), "source port", |q, v| q.raw(RTA_SPORT, &v.to_be_bytes());
    "dport~" => Term("NUMBER", Named("PORT", U16("invalid dport\n"))), "destination port", |q, v| q.raw(RTA_DPORT, &v.to_be_bytes());
    "ipproto~" => Term("PROTOCOL", IpProto), "IP protocol", |q, v| q.put(RouteAttribute::IpProto(v));
    "flowlabel" => Term("FLOWLABEL", Named("LABEL", U32("invalid flowlabel"))), "IPv6 flow label", |q, v| q.raw(RTA_FLOWLABEL, &v.to_be_bytes());
);

/// The words of `route get`.
pub static GET: Grammar<Question> =
    Grammar { title: "GET", rows: &[PACKET, TELL, OWNER, ENTRY, FLOW], fallback: Fallback::Take(&TO) };

/// The words of `route explain`: those of `get` without the ones that change the answer.
pub static EXPLAIN: Grammar<Question> =
    Grammar { title: "EXPLAIN", rows: &[PACKET, OWNER, FLOW], fallback: Fallback::Take(&TO) };

/// A prefix; its length is checked later.
struct Net;

impl Value for Net {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        if let Some(arg) = w.peek()
            && crate::grammar::spells("help~", arg.bytes)
        {
            return Err(w.usage());
        }
        PrefixOf.take(w)
    }
}

/// Runs `route get`.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel's refusal, which is that of the packet: ENETUNREACH
/// without a route; for `connected`, an answer without a source address.
pub fn get(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (request, connected) = question(s, w, &GET)?;
    // Like iproute2, `connected` without `from` sends the same request again, if the answer has a source address.
    let twice = connected && !ObjectType::Route.index(&request.body).has(RTA_SRC);
    for last in [!twice, true] {
        let answer = s.kernel()?.ask(&request).map_err(|e| e.explain(&request))?;
        let route = answer.get(NLMSG_HDRLEN..).unwrap_or_default();
        print(s, route);
        if last {
            break;
        }
        if !ObjectType::Route.index(route).has(RTA_PREFSRC) {
            return Err(Diag::fail("Failed to connect the route"));
        }
    }
    Ok(0)
}

/// The request for the words, and whether to send it twice.
///
/// # Errors
///
/// A wrong word, no destination, or a device that does not exist.
pub(super) fn question(s: &Session, w: &mut Words<'_>, grammar: &Grammar<Question>) -> Result<(Request, bool), Diag> {
    let mut q = Question::default();
    grammar.parse(&mut q, w)?;
    let Some(dst) = q.dst.take() else {
        return Err(Diag::fail("need at least a destination address").at(Span::word(w.at())));
    };
    let family = if w.family == UNSPEC { INET } else { w.family };
    q.msg.header.address_family = family.into();
    q.msg.header.destination_prefix_length = q.length;
    if let Some(a) = whole(&dst) {
        q.msg.attributes.insert(0, RouteAttribute::Destination(a));
    }
    if let Some(src) = q.src.take() {
        q.msg.header.source_prefix_length = src.len;
        q.msg.attributes.extend(whole(&src).map(RouteAttribute::Source));
    }
    if let Some(index) = device(s, q.iif.as_ref())? {
        q.put(RouteAttribute::Iif(index));
    }
    if let Some(index) = device(s, q.oif.as_ref())?.or(q.vrf) {
        q.put(RouteAttribute::Oif(index));
    }
    // As in iproute2: only IPv4 needs a flag to report the table.
    if family == INET {
        q.msg.header.flags.insert(RouteFlags::LookupTable);
    }
    if q.fibmatch {
        q.msg.header.flags.insert(RouteFlags::FibMatch);
    }
    Ok((Request::of(RouteNetlinkMessage::GetRoute(q.msg), 0, q.trail), q.connected))
}

fn print(s: &Session, body: &[u8]) {
    s.document(|p| {
        if let Some(r) = Route::parse(body) {
            p.object(None);
            view::describe(s, p, &r, &ShowOptions::default());
            p.close();
        }
    });
}

/// The address of a prefix; for `default` the unspecified one if the family is known.
fn whole(p: &Prefix) -> Option<RouteAddress> {
    match &p.addr {
        Some(a) => Some(address(a)),
        None => p.zeros().map(Into::into),
    }
}

/// The full prefix length: a destination with any other length gets a warning.
fn length(p: &Prefix, family: u8) -> u8 {
    let full = match &p.addr {
        Some(a) => a.bits(),
        None if family == INET6 => 128,
        None if p.family == INET => 32,
        None => return 0,
    };
    if p.len != full && family != MPLS {
        print_stderr(&format!("Warning: /{} as prefix is invalid, only /{full} (or none) is supported.\n", p.len));
    }
    full
}

fn device(s: &Session, word: Option<&(Vec<u8>, usize)>) -> Result<Option<u32>, Diag> {
    let Some((name, at)) = word else { return Ok(None) };
    let arg = Arg { bytes: name, at: *at };
    match s.link(name)? {
        Some(index) => Ok(Some(index)),
        None => Err(Absent::CannotFind.say(&arg)),
    }
}
