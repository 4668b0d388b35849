//! `nexthop bucket`: the assignment of a resilient group's buckets to its members.

use super::view::*;
use crate::diag::{Diag, Span};
use crate::grammar::number::{Named, Term, U16, U32};
use crate::grammar::value::VrfDev;
use crate::grammar::value::{Absent, Dev};
use crate::grammar::walk::{Below, Of};
use crate::grammar::{Fallback, Grammar, Row, Target, Words, spells};
use crate::net::attr::put;
use crate::net::kernel::Messages;
use crate::net::{Request, Trail};
use crate::object::nexthop::view::flags;
use crate::output::Printer;
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;

/// The words that select entries.
#[derive(Default)]
pub struct Question {
    id: Option<u32>,
    index: Option<u16>,
    oif: Option<u32>,
    master: Option<u32>,
    nhid: Option<u32>,
    trail: Trail,
}

impl Target for Question {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static SELECTORS: &[Row<Question>] = rows!(Question;
    "dev~" => Term("DEV", Dev(Absent::Wrong)), "through this device", |q, v| q.oif = Some(v);
    "master~" => Term("DEV", Dev(Absent::Wrong)), "through ports of this device", |q, v| q.master = Some(v);
    "vrf~" => Term("NAME", VrfDev("Invalid VRF\n")), "through devices of this VRF", |q, v| q.master = Some(v);
    "nhid" => Of(ObjectType::Nexthop, Named("ID", U32("invalid id value"))), "of this nexthop", |q, v| q.nhid = Some(v);
);
static GROUP: &[Row<Question>] = rows!(Question;
    "id" => Of(ObjectType::Nexthop, Named("ID", U32("invalid id value"))), "of this group", |q, v| {
        q.id = Some(v);
        q.trail.note(&[NHA_ID]);
    };
);
static INDEXES: &[Row<Question>] = rows!(Question;
    "index" => Named("INDEX", U16("invalid bucket index value")), "this bucket (for get)", |q, v| q.index = Some(v);
);

/// `bucket list|get`.
const VERBS: &[(&str, &str)] =
    &[("list~", "list the matching buckets"), ("show~", "list the matching buckets"), ("get~", "show one bucket")];

/// The verbs below `nexthop bucket`.
pub static BELOW: Below = Below { title: "BUCKET", verbs: VERBS, then: &BUCKET };

/// The words of all verbs, for help and completion.
pub static BUCKET: Grammar<Question> =
    Grammar { title: "BUCKET", rows: &[SELECTORS, GROUP, INDEXES], fallback: Fallback::Unknown(|arg| arg.wrong("")) };
static LIST: Grammar<Question> =
    Grammar { title: "BUCKET", rows: &[SELECTORS, GROUP], fallback: Fallback::Unknown(|arg| arg.wrong("")) };
static ONE: Grammar<Question> = Grammar {
    title: "BUCKET",
    rows: &[GROUP, INDEXES],
    fallback: Fallback::Unknown(|arg| {
        Diag::usage(crate::command::usage::object(&super::OBJECT, &|_| None, &|_| true).trim_end()).at(arg.span())
    }),
};

/// Runs `nexthop bucket`.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel: ENOENT if the group does not exist, EINVAL if it is not resilient.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let one = match w.peek() {
        None => false,
        Some(arg) if ["list~", "show~", "lst~"].iter().any(|n| spells(n, arg.bytes)) => {
            w.skip();
            false
        }
        Some(arg) if spells("get~", arg.bytes) => {
            w.skip();
            true
        }
        Some(arg) if spells("help~", arg.bytes) => return Err(w.usage()),
        Some(arg) => {
            let what = format!("Command \"{}\" is unknown, try \"ip nexthop help\".", arg.shown());
            return Err(Diag::usage(what).at(arg.span()));
        }
    };
    let mut q = Question::default();
    if one { &ONE } else { &LIST }.parse(&mut q, w)?;
    let mut request = Request::of_family(RTM_GETNEXTHOPBUCKET, 0, w.family);
    for (kind, value) in [(NHA_ID, q.id), (NHA_OIF, q.oif), (NHA_MASTER, q.master)] {
        if let Some(v) = value.filter(|v| *v != 0) {
            request.put(kind, &v.to_ne_bytes());
        }
    }
    let mut nest = Vec::new();
    if let Some(v) = q.index {
        put(&mut nest, NHA_RES_BUCKET_INDEX, &v.to_ne_bytes());
    }
    if let Some(v) = q.nhid.filter(|v| *v != 0) {
        put(&mut nest, NHA_RES_BUCKET_NH_ID, &v.to_ne_bytes());
    }
    if !nest.is_empty() {
        request.put(NHA_RES_BUCKET | 0x8000, &nest);
    }
    if one && (q.id.is_none_or(|id| id == 0) || q.index.is_none()) {
        return Err(w.usage_error().at(Span::word(w.at())));
    }
    request.trail = q.trail;
    let kernel = s.kernel()?;
    let answer = if one { kernel.ask(&request) } else { kernel.collect(&request) };
    let answer = answer.map_err(|e| e.explain(&request));
    let answer = if one { answer } else { s.listed(answer) }?;
    s.document(|p| {
        for (m, _, _) in Messages(&answer) {
            if let Some(n) = Nexthop::parse(m.body) {
                p.object(None);
                describe(p, &n, false);
                p.close();
            }
        }
    });
    Ok(0)
}

/// Describes a bucket and ends its line.
pub fn describe(p: &mut Printer<'_>, n: &Nexthop<'_>, deleted: bool) {
    if deleted {
        p.flag("deleted", "Deleted ");
    }
    if let Some(id) = n.a.u32(NHA_ID) {
        p.item("id", "id {} ", id);
    }
    if let Some(b) = n.a.nest(NHA_RES_BUCKET) {
        p.object(Some("bucket"));
        if let Some(v) = b.u16(NHA_RES_BUCKET_INDEX) {
            p.item("index", "index {} ", v);
        }
        if let Some(v) = b.u64(NHA_RES_BUCKET_IDLE_TIME) {
            p.item("idle_time", "idle_time {} ", Ticks(v));
        }
        if let Some(v) = b.u32(NHA_RES_BUCKET_NH_ID) {
            p.item("nhid", "nhid {} ", v);
        }
        p.close();
    }
    flags(p, n.flags);
    p.end_line();
}
