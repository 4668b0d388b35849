//! Evaluates the rules one by one: whether each matches a packet, and the consequence (net/core/fib_rules.c).

use super::flow::{Flow, TOS_BITS, within};
use super::table::{self, Answer, Found};
use super::world::World;
use crate::grammar::address::INET;
use crate::net::attr::{Attrs, u16_at, u32_at};
use crate::nss::protocols;
use crate::object::rule::view::{DSCP_BITS, LABEL_BITS, Rule};
use crate::output::escape::shown;
use crate::schema::*;
use nix::errno::Errno;

/// FIB_RULE_FIND_SADDR: a source address is still to be selected (linux/fib_rules.h).
const FIND_SADDR: u32 = 0x1_0000;

/// The outcome of a rule.
pub enum Verdict<'w> {
    /// A selector does not match the packet.
    Skip(String),
    /// It matches and changes nothing.
    Nop,
    /// It matches and jumps to a later rule.
    Goto(u32),
    /// Its table has no route.
    NoRoute(Answer<'w>, u32),
    /// Its route is suppressed.
    Suppressed(Answer<'w>, u32, String),
    Match(Answer<'w>, u32),
    /// It refuses the packet itself.
    Refused(Errno),
    /// It has an attribute that is unknown here.
    Unknown(u16),
}

/// A rule and its outcome.
pub struct Step<'w> {
    /// The rule's message, without the netlink header.
    pub body: &'w [u8],
    /// Its outcome.
    pub verdict: Verdict<'w>,
}

/// How the walk ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum End<'w> {
    Way {
        route: &'w [u8],
        table: u32,
    },
    Refused(Errno),
    /// A rule could not be evaluated.
    Unknown,
}

/// Walks the rules.
pub fn walk<'w>(world: &'w World, flow: &Flow) -> (Vec<Step<'w>>, End<'w>) {
    let mut steps = Vec::new();
    // The target of a `goto` is looked up from this position on.
    let mut from = 0;
    for body in &world.rules {
        let Some(rule) = Rule::parse(body) else { continue };
        let priority = rule.a.u32(FRA_PRIORITY).unwrap_or(0);
        if priority < from {
            continue;
        }
        let verdict = unknown(body).map_or_else(|| judge(world, flow, &rule), Verdict::Unknown);
        let end = match &verdict {
            Verdict::Match(Answer { found: Found::Way(route), .. }, table) => Some(End::Way { route, table: *table }),
            Verdict::Match(Answer { found: Found::Refused(_, e), .. }, _) | Verdict::Refused(e) => {
                Some(End::Refused(*e))
            }
            Verdict::Unknown(_) => Some(End::Unknown),
            Verdict::Goto(to) => {
                from = *to;
                None
            }
            _ => None,
        };
        steps.push(Step { body, verdict });
        if let Some(end) = end {
            return (steps, end);
        }
    }
    (steps, End::Refused(Errno::ENETUNREACH))
}

fn judge<'w>(world: &'w World, flow: &Flow, r: &Rule<'_>) -> Verdict<'w> {
    match (misfit(world, flow, r), r.flags & FIB_RULE_INVERT != 0) {
        (Some(why), false) => return Verdict::Skip(why),
        (None, true) => return Verdict::Skip("its inverted selectors match".into()),
        _ => {}
    }
    let vrf_table = || flow.vrf.and_then(|index| world.link(index)).and_then(|l| l.table);
    match r.action {
        FR_ACT_NOP => return Verdict::Nop,
        FR_ACT_GOTO => {
            return match r.a.u32(FRA_GOTO) {
                Some(to) if r.flags & FIB_RULE_UNRESOLVED == 0 => Verdict::Goto(to),
                _ => Verdict::Skip("its goto target does not exist".into()),
            };
        }
        FR_ACT_TO_TBL => {}
        FR_ACT_UNREACHABLE => return Verdict::Refused(Errno::ENETUNREACH),
        FR_ACT_PROHIBIT => return Verdict::Refused(Errno::EACCES),
        _ => return Verdict::Refused(Errno::EINVAL),
    }
    let is_vrf = r.a.u8(FRA_L3MDEV).is_some_and(|v| v != 0);
    let number = if is_vrf { vrf_table().unwrap_or(0) } else { r.table() };
    let answer = table::ask(world, flow, number);
    match answer.found {
        Found::Nothing | Found::Throw(_) => Verdict::NoRoute(answer, number),
        Found::Way(route) => match suppressed(world, r, route) {
            Some(why) => Verdict::Suppressed(answer, number, why),
            None => Verdict::Match(answer, number),
        },
        Found::Refused(..) => Verdict::Match(answer, number),
    }
}

/// An attribute of a newer kernel, which may be a selector. Scans the message: the index of a rule ends at attribute
/// 31.
fn unknown(body: &[u8]) -> Option<u16> {
    let attrs = Attrs(body.get(FIB_RULE_HDR..).unwrap_or_default());
    attrs.map(|(kind, _)| kind).find(|kind| !RULE_ATTRS.iter().any(|a| a.number == *kind))
}

fn suppressed(world: &World, r: &Rule<'_>, route: &[u8]) -> Option<String> {
    let route = super::super::view::Route::parse(route)?;
    if let Some(len) = r.a.u32(FRA_SUPPRESS_PREFIXLEN).filter(|v| *v != u32::MAX && u32::from(route.dst_len) <= *v) {
        return Some(format!("suppressed: /{} is no longer than /{len}", route.dst_len));
    }
    let dev = route.a.u32(RTA_OIF).or_else(|| route.hops().next().map(|h| h.dev))?;
    let group = r.a.u32(FRA_SUPPRESS_IFGROUP).filter(|v| *v != u32::MAX)?;
    let link = world.link(dev).filter(|l| l.group == group)?;
    Some(format!("suppressed: {} is in group {group}", shown(&link.name)))
}

/// Whether a name is that of the device, or of the packet's VRF on that side: a received packet has the VRF of its
/// input device, a sent one that of its output device.
fn is_device(world: &World, flow: &Flow, name: &[u8], device: Option<u32>, side: bool) -> bool {
    let Some(index) = world.index_of(name) else { return false };
    let vrf = world.link(index).is_some_and(|l| l.table.is_some()) && flow.vrf == Some(index);
    device == Some(index) || side && vrf
}

/// The first selector that does not match, in words.
fn misfit(world: &World, flow: &Flow, r: &Rule<'_>) -> Option<String> {
    let name = |index: u32| world.link(index).map_or(format!("if{index}"), |l| shown(&l.name));
    if let Some(wanted) =
        r.a.str(FRA_IIFNAME).filter(|n| !is_device(world, flow, n, Some(flow.iif()), flow.input.is_some()))
    {
        return Some(match flow.input {
            _ if world.index_of(wanted).is_none() => format!("there is no device {}", shown(wanted)),
            Some(index) => format!("iif is {}", name(index)),
            None => "sent by this host (iif lo)".into(),
        });
    }
    if let Some(wanted) = r.a.str(FRA_OIFNAME).filter(|n| !is_device(world, flow, n, flow.oif, flow.input.is_none())) {
        return Some(match flow.oif {
            _ if world.index_of(wanted).is_none() => format!("there is no device {}", shown(wanted)),
            Some(index) => format!("oif is {}", name(index)),
            None => match flow.vrf.filter(|_| flow.input.is_none()) {
                Some(vrf) => format!("belongs to VRF {}", name(vrf)),
                None => "no oif given".into(),
            },
        });
    }
    let mask = r.a.u32(FRA_FWMASK).unwrap_or(if r.a.has(FRA_FWMARK) { u32::MAX } else { 0 });
    if (r.a.u32(FRA_FWMARK).unwrap_or(0) ^ flow.mark) & mask != 0 {
        return Some(if flow.mark == 0 { "mark is 0".into() } else { format!("mark is {:#x}", flow.mark) });
    }
    if r.a.get(FRA_TUN_ID).is_some_and(|id| id.iter().any(|b| *b != 0)) {
        return Some("not from a tunnel".into());
    }
    let is_vrf = r.a.u8(FRA_L3MDEV).is_some_and(|v| v != 0);
    if is_vrf && flow.vrf.is_none() {
        return Some("in no VRF".into());
    }
    if let Some(range) = r.a.get(FRA_UID_RANGE) {
        let (low, high) = (u32_at(range, 0).unwrap_or(0), u32_at(range, 4).unwrap_or(0));
        let uid = flow.uid.unwrap_or(u32::MAX);
        if uid < low || uid > high {
            return Some(flow.uid.map_or("has no user id".into(), |uid| format!("uid is {uid}")));
        }
    }
    if let Some(why) = addresses(flow, r) {
        return Some(why);
    }
    packet(flow, r)
}

fn addresses(flow: &Flow, r: &Rule<'_>) -> Option<String> {
    if !within(flow.dst, r.a.ip(FRA_DST, r.family), r.dst_len) && r.dst_len > 0 {
        return Some(format!("destination is {}", flow.dst));
    }
    match flow.src {
        _ if r.src_len == 0 => None,
        Some(src) if within(src, r.a.ip(FRA_SRC, r.family), r.src_len) => None,
        Some(src) => Some(format!("source is {src}")),
        None if r.family != INET && r.flags & FIND_SADDR != 0 => None,
        // IPv4 compares with 0.0.0.0.
        None if r.family == INET && within([0, 0, 0, 0].into(), r.a.ip(FRA_SRC, r.family), r.src_len) => None,
        None => Some("no source given".into()),
    }
}

/// Compares the packet's TOS or DSCP, protocol, ports and flow label.
fn packet(flow: &Flow, r: &Rule<'_>) -> Option<String> {
    let dscp = flow.tos >> 2;
    if let Some(wanted) = r.a.u8(FRA_DSCP) {
        if (wanted ^ dscp) & r.a.u8(FRA_DSCP_MASK).unwrap_or(DSCP_BITS) != 0 {
            return Some(format!("dscp is {dscp}"));
        }
    } else {
        let tos = if flow.family == INET { flow.tos & TOS_BITS } else { flow.tos & !3 };
        if r.tos != 0 && r.tos != tos {
            return Some(format!("tos is {:#x}", flow.tos));
        }
    }
    if let Some(label) = r.a.be32(FRA_FLOWLABEL)
        && (label ^ flow.label) & r.a.be32(FRA_FLOWLABEL_MASK).unwrap_or(LABEL_BITS) != 0
    {
        return Some(format!("flow label is {:#x}", flow.label));
    }
    if r.a.u8(FRA_IP_PROTO).is_some_and(|v| v != 0 && v != flow.proto) {
        let name = protocols::name(flow.proto).map_or(flow.proto.to_string(), |n| n.to_string());
        return Some(if flow.proto == 0 { "no ipproto given".into() } else { format!("ipproto is {name}") });
    }
    let ports = [
        (FRA_SPORT_RANGE, FRA_SPORT_MASK, flow.sport, "sport"),
        (FRA_DPORT_RANGE, FRA_DPORT_MASK, flow.dport, "dport"),
    ];
    for (range, mask, port, what) in ports {
        let Some(b) = r.a.get(range) else { continue };
        let (low, high) = (u16_at(b, 0).unwrap_or(0), u16_at(b, 2).unwrap_or(0));
        let fits = match r.a.u16(mask).filter(|m| *m != 0 && low == high) {
            Some(mask) => (low ^ port) & mask == 0,
            None => (low..=high).contains(&port),
        };
        if low != 0 && !fits {
            return Some(if port == 0 { format!("no {what} given") } else { format!("{what} is {port}") });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Request;

    /// An IPv4 rule for the main table with one more attribute.
    fn rule(kind: u16, value: &[u8]) -> Vec<u8> {
        let header = [INET, 0, 0, 0, 254, 0, 0, FR_ACT_TO_TBL, 0, 0, 0, 0];
        Request::raw(RTM_NEWRULE, 0, &header).with(FRA_PRIORITY, &7u32.to_ne_bytes()).with(kind, value).body.to_vec()
    }

    fn flow() -> Flow {
        let dst = "10.1.2.3".parse().unwrap();
        let (sport, dport, tos, label, proto, mark) = (0, 0, 0, 0, 17, 0);
        let (src, input, oif, vrf, uid) = (None, None, None, None, Some(0));
        Flow { family: INET, dst, src, input, oif, vrf, mark, uid, proto, sport, dport, tos, label }
    }

    #[test]
    fn a_rule_with_an_attribute_of_a_newer_kernel_ends_the_walk_unjudged() {
        let known = rule(FRA_FWMARK, &5u32.to_ne_bytes());
        for kind in [RULE_ATTRS.iter().map(|a| a.number).max().unwrap() + 1, 63, 300] {
            let rules = vec![known.clone(), rule(kind, &[1, 0, 0, 0]), known.clone()];
            let world = World { rules, ..World::default() };
            let (steps, end) = walk(&world, &flow());
            assert_eq!(end, End::Unknown, "{kind}");
            let [first, second] = steps.as_slice() else { panic!("{kind}: {} steps", steps.len()) };
            assert!(matches!(&first.verdict, Verdict::Skip(why) if why == "mark is 0"));
            assert!(matches!(second.verdict, Verdict::Unknown(of) if of == kind));
        }
    }
}
