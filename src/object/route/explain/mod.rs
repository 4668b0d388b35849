//! `route explain`: walks a packet through rules and tables, and compares the result with the kernel's own answer.
//!
//! Everything is read once and evaluated here; then the kernel is asked for the route that it would use and for the
//! table entry that this comes from. If the two disagree, the last line says so and the exit code is 1: an explanation
//! that the kernel contradicts is never shown as a fact. Not covered: netfilter, XDP, tc, BPF, and what encapsulations
//! do inside.

mod flow;
mod print;
mod reason;
mod table;
mod walk;
mod world;

use super::get::{EXPLAIN, question};
use super::view::Route;
use crate::diag::{Diag, FAIL};
use crate::grammar::Words;
use crate::grammar::address::INET6;
use crate::net::{KernelError, Request};
use crate::schema::*;
use crate::session::Session;
use crate::sort::Arrange as _;
use flow::Flow;
use nix::errno::Errno;
use walk::{End, Step, walk};
use world::World;

/// RTM_F_LOOKUP_TABLE and RTM_F_FIB_MATCH of linux/rtnetlink.h.
const RTM_F_LOOKUP_TABLE: u32 = 0x1000;
const RTM_F_FIB_MATCH: u32 = 0x2000;

/// The kernel's answers: the route that it would use, and the table entry that this comes from.
struct Answers {
    route: Result<Vec<u8>, KernelError>,
    entry: Result<Vec<u8>, KernelError>,
}

/// How explanation and kernel's answer compare.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Agreement {
    Yes,
    /// The kernel refuses a packet that the tables have a route for, and the reason was found.
    Refused,
    /// A rule could not be evaluated.
    Unknown,
    No,
}

/// The complete explanation of a packet.
struct Explanation<'w> {
    world: &'w World,
    flow: Flow,
    steps: Vec<Step<'w>>,
    end: End<'w>,
    kernel: Answers,
    agreement: Agreement,
    /// Why the kernel refuses the packet, or consults no table.
    refusal: Option<reason::Refusal>,
}

/// Runs `route explain`.
///
/// # Errors
///
/// A wrong word, a refused dump, or the kernel's refusal of the packet.
pub fn explain(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (request, _) = question(s, w, &EXPLAIN)?;
    let asked = Route::parse(&request.body).ok_or_else(|| Diag::silent(FAIL))?;
    let addresses: Vec<_> = [RTA_DST, RTA_SRC].iter().filter_map(|attr| asked.a.ip(*attr, asked.family)).collect();
    let world = World::read(s, asked.family, &addresses)?;
    let Some(flow) = Flow::of(&asked, &world) else { return Err(Diag::silent(FAIL)) };
    let (steps, end) = walk(&world, &flow);
    let kernel = Answers { route: ask(s, &request, 0)?, entry: ask(s, &request, RTM_F_FIB_MATCH)? };
    let refusal = reason::refusal(s, &world, &flow, end, &kernel)?;
    let agreement = compare(&flow, end, &kernel, refusal.is_some());
    let e = Explanation { world: &world, flow, steps, end, kernel, agreement, refusal };
    s.document(|p| print::print(s, p, &e));
    match (&e.kernel.route, agreement) {
        (_, Agreement::No | Agreement::Unknown) => Ok(FAIL),
        (Err(error), _) => Err(error.explain(&request)),
        (Ok(_), _) => Ok(0),
    }
}

/// Sends the request with further flags.
fn ask(s: &Session, request: &Request, flags: u32) -> Result<Result<Vec<u8>, KernelError>, Diag> {
    let mut body = request.body.clone();
    // Only IPv4 needs a flag to report the table; IPv6 refuses it.
    let table = if body.first() == Some(&INET6) { 0 } else { RTM_F_LOOKUP_TABLE };
    if let Some(bits) = body.get_mut(8..12)
        && let Some(now) = bits.first_chunk().map(|b| u32::from_ne_bytes(*b))
    {
        bits.copy_from_slice(&(now | flags | table).to_ne_bytes());
    }
    let answer = s.kernel()?.ask(&Request::raw(RTM_GETROUTE, 0, &body));
    Ok(answer.map(|whole| whole.get(NLMSG_HDRLEN..).unwrap_or_default().to_vec()))
}

fn compare(flow: &Flow, end: End<'_>, kernel: &Answers, refused: bool) -> Agreement {
    match (end, &kernel.route, &kernel.entry) {
        (End::Unknown, ..) => Agreement::Unknown,
        (End::Way { route, table }, Ok(_), Ok(entry)) => match same(flow, route, table, entry) {
            true => Agreement::Yes,
            false => Agreement::No,
        },
        (End::Refused(ours), Err(theirs), _) if theirs.is(ours) => Agreement::Yes,
        (_, Err(_), _) if refused => Agreement::Refused,
        // No table was consulted, so there is no entry.
        (_, Ok(_), Err(_)) if refused => Agreement::Yes,
        _ => Agreement::No,
    }
}

/// Whether a table entry of the kernel is the route that the walk found.
fn same(flow: &Flow, route: &[u8], table: u32, entry: &[u8]) -> bool {
    let (Some(a), Some(b)) = (Route::parse(route), Route::parse(entry)) else { return false };
    let head = |r: &Route<'_>| (r.dst_len, r.src_len, r.tos, r.kind, r.scope, r.protocol);
    const PARTS: &[u16] = &[RTA_DST, RTA_SRC, RTA_PRIORITY, RTA_PREFSRC, RTA_NH_ID];
    // An IPv6 multipath route starts with the selected path.
    let ways = |r: &Route<'_>| {
        let one = (r.a.u32(RTA_OIF).unwrap_or(0), 0, r.a.get(RTA_GATEWAY).map(<[u8]>::to_vec));
        let hops = r.hops().map(|h| (h.dev, h.weight, h.a.get(RTA_GATEWAY).map(<[u8]>::to_vec)));
        let mut all: Vec<_> = if r.a.has(RTA_MULTIPATH) { hops.collect() } else { vec![one] };
        if r.family == INET6 {
            all.arrange();
        }
        all
    };
    let equal = table == b.table()
        && head(&a) == head(&b)
        && PARTS.iter().all(|attr| a.a.get(*attr) == b.a.get(*attr))
        && ways(&a) == ways(&b);
    // The kernel caches one IPv6 route per nexthop object and reports the route that it was made from, which may be
    // another one of the same nexthop.
    let shared = a.family == INET6 && a.a.has(RTA_NH_ID) && a.a.get(RTA_NH_ID) == b.a.get(RTA_NH_ID);
    equal || shared || reason::other_default(flow, &a, &b)
}

/// The error of a refusal, as text.
fn text_of(e: Errno) -> String {
    crate::diag::errno_text(e as i32).to_string()
}
