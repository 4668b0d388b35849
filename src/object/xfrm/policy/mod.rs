//! `xfrm policy`: which traffic IPsec protects, blocks or allows.

mod change;
mod list;
mod template;
mod view;
pub mod words;

use crate::command::{Effect, Object, Purpose, Verb};
use crate::net::Request;
use crate::schema::xfrm::*;
pub use list::defaults;
pub use template::TMPL;
pub use view::{Policy, describe, end, kind_name};

/// Example command lines, and what each does.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        "rip xfrm policy add dst 10.2.0.0/16 dir out tmpl src 192.0.2.1 dst 192.0.2.2 proto esp mode tunnel",
        "send this traffic through an ESP tunnel",
    ),
    ("rip xfrm policy list dir out", "list policies of outgoing packets"),
    ("rip -j xfrm policy", "all policies, as JSON"),
    ("rip xfrm policy delete dst 10.2.0.0/16 dir out", "delete a policy"),
    ("rip xfrm policy setdefault in block", "drop incoming packets without a policy"),
];

/// The object inside `xfrm`.
pub static OBJECT: Object = Object {
    names: &["xfrm policy"],
    about: "IPsec policies",
    purpose: Purpose::Routing,
    terms: &[
        (
            "",
            "ip xfrm policy { add | update } SELECTOR dir DIR [ ctx CTX ] [ mark MARK [ mask MASK ] ] [ index INDEX ] [ ptype PTYPE ] [ action ACTION ] [ priority PRIORITY ] [ flag FLAG-LIST ] [ if_id IF_ID ] [ LIMIT-LIST ] [ TMPL-LIST ] [ offload packet dev DEV ]",
        ),
        (
            "",
            "ip xfrm policy { delete | get } { SELECTOR | index INDEX } dir DIR [ ctx CTX ] [ mark MARK [ mask MASK ] ] [ ptype PTYPE ] [ if_id IF_ID ]",
        ),
        (
            "",
            "ip xfrm policy { deleteall | list } [ nosock ] [ SELECTOR ] [ dir DIR ] [ index INDEX ] [ ptype PTYPE ] [ action ACTION ] [ priority PRIORITY ] [ flag FLAG-LIST ]",
        ),
        ("", "ip xfrm policy flush [ ptype PTYPE ]"),
        ("", "ip xfrm policy count"),
        ("", "ip xfrm policy set [ hthresh4 LBITS RBITS ] [ hthresh6 LBITS RBITS ]"),
        ("", "ip xfrm policy setdefault DIR ACTION [ DIR ACTION ] [ DIR ACTION ]"),
        ("", "ip xfrm policy getdefault"),
        ("SELECTOR", "[ src ADDR[/PLEN] ] [ dst ADDR[/PLEN] ] [ dev DEV ] [ UPSPEC ]"),
        (
            "UPSPEC",
            "proto { { tcp | udp | sctp | dccp } [ sport PORT ] [ dport PORT ] | { icmp | ipv6-icmp | mobility-header } [ type NUMBER ] [ code NUMBER ] | gre [ key { DOTTED-QUAD | NUMBER } ] | PROTO }",
        ),
        ("DIR", "in | out | fwd"),
        ("PTYPE", "main | sub"),
        ("ACTION", "allow | block"),
        ("FLAG-LIST", "[ FLAG-LIST ] FLAG"),
        ("FLAG", "localok | icmp"),
        ("LIMIT-LIST", "[ LIMIT-LIST ] limit LIMIT"),
        (
            "LIMIT",
            "{ time-soft | time-hard | time-use-soft | time-use-hard } SECONDS | { byte-soft | byte-hard } SIZE | { packet-soft | packet-hard } COUNT",
        ),
        ("TMPL-LIST", "[ TMPL-LIST ] tmpl TMPL"),
        ("TMPL", "ID [ mode MODE ] [ reqid REQID ] [ level LEVEL ]"),
        ("ID", "[ src ADDR ] [ dst ADDR ] [ proto XFRM-PROTO ] [ spi SPI ]"),
        ("XFRM-PROTO", "esp | ah | comp | route2 | hao"),
        ("MODE", "transport | tunnel | beet | ro | in_trigger"),
        ("LEVEL", "required | use"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "add a policy",
            run: |s, w| change::put(s, w, XFRM_MSG_NEWPOLICY),
            effect: Effect::Change,
            tables: &[&words::POLICY],
            examples: &[],
        },
        Verb {
            names: &["update~"],
            about: "add a policy or replace one with the same selector",
            run: |s, w| change::put(s, w, XFRM_MSG_UPDPOLICY),
            effect: Effect::Change,
            tables: &[&words::POLICY],
            examples: &[],
        },
        Verb {
            names: &["delete~"],
            about: "delete a policy",
            run: change::delete,
            effect: Effect::Change,
            tables: &[&words::ONE],
            examples: &[],
        },
        Verb {
            names: &["deleteall~", "delall~"],
            about: "delete the matching policies",
            run: list::delete_all,
            effect: Effect::Change,
            tables: &[&words::MATCHING],
            examples: &[],
        },
        Verb {
            names: &["list~", "show~", "lst~"],
            about: "list policies",
            run: list::list,
            effect: Effect::Read,
            tables: &[&words::MATCHING],
            examples: &[],
        },
        Verb {
            names: &["get~"],
            about: "print one policy",
            run: change::get,
            effect: Effect::Read,
            tables: &[&words::ONE],
            examples: &[],
        },
        Verb {
            names: &["flush~"],
            about: "delete all policies of a type",
            run: change::flush,
            effect: Effect::Change,
            tables: &[&words::FLUSH],
            examples: &[],
        },
        Verb {
            names: &["count~"],
            about: "print the number of policies by direction",
            run: list::count,
            effect: Effect::Read,
            tables: &[],
            examples: &[],
        },
        Verb {
            names: &["set~"],
            about: "set the prefix lengths from which policies are hashed",
            run: change::thresholds,
            effect: Effect::Change,
            tables: &[&words::THRESHOLDS],
            examples: &[],
        },
        Verb {
            names: &["setdefault~"],
            about: "set what happens to packets without a policy",
            run: change::set_default,
            effect: Effect::Change,
            tables: &[&words::SETDEFAULT],
            examples: &[],
        },
        Verb {
            names: &["getdefault~"],
            about: "print what happens to packets without a policy",
            run: list::get_default,
            effect: Effect::Read,
            tables: &[],
            examples: &[],
        },
    ],
    default: Some(list::list),
    ..Object::BASE
};

/// The name of XFRM_USERPOLICY_*.
fn default_name(v: u8) -> &'static str {
    match v {
        0 => "unspec",
        1 => "block",
        2 => "accept",
        _ => "unknown",
    }
}

/// A message about the default policies: struct xfrm_userpolicy_default, three bytes without padding.
fn defaults_request(kind: u16, values: [u8; 3]) -> Request {
    let mut r = Request::xfrm(kind, 0, &values);
    r.body.truncate(values.len());
    r
}

/// The key of a policy, from its record (struct xfrm_userpolicy_info and attributes): the body of a request that names
/// it by selector. The kernel has no two policies with the same key.
pub fn key(record: &[u8]) -> Option<Vec<u8>> {
    let policy = view::Policy::parse(record, userpolicy_info::SIZE)?;
    let mut id = policy.id();
    super::pack::set(&mut id, userpolicy_id::INDEX, &[0; 4]);
    let mut r = policy.named(XFRM_MSG_GETPOLICY, &id);
    if let Some(ctx) = policy.a.get(XFRMA_SEC_CTX) {
        r.put(XFRMA_SEC_CTX, ctx);
    }
    Some(r.body)
}
