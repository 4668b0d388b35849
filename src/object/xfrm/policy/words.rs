//! The words of `xfrm policy`.

use super::super::limit::{Limit, Limits};
use super::super::mark::{MARK, Mark};
use super::super::names::{FlagList, Flags};
use super::super::pack::set;
use super::super::selector::{
    Device, GreKey, HasSelector, Net, Selector, SelectorWord, UpperProtocol, selector_again, unknown,
};
use super::template::Template;
use crate::diag::{Diag, Lost, Span};
use crate::grammar::number::{Named, U8, U16, U32};
use crate::grammar::value::{Choice, Flag, Text, is_name};
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::net::Trail;
use crate::schema::xfrm::*;
use crate::{rows, selector_rows};
use std::borrow::Cow;

/// XFRM_POLICY_IN, OUT and FWD.
pub const DIRECTIONS: Choice<u8> = Choice(&[("in", 0), ("out", 1), ("fwd", 2)], "DIR value is invalid");
/// XFRM_POLICY_TYPE_MAIN and SUB.
pub const TYPES: Choice<u8> = Choice(&[("main", 0), ("sub", 1)], "PTYPE value is invalid");
/// XFRM_POLICY_ALLOW and BLOCK.
pub const ACTIONS: Choice<u8> = Choice(&[("allow", 0), ("block", 1)], "ACTION value is invalid\n");
/// XFRM_POLICY_LOCALOK and ICMP.
pub const FLAGS: Flags = &[(1, "localok"), (2, "icmp")];
/// XFRM_USERPOLICY_BLOCK and ACCEPT.
pub const DEFAULTS: &[(&str, u8)] = &[("block", 1), ("accept", 2), ("allow", 2)];
/// XFRM_OFFLOAD_PACKET.
pub const PACKET: u8 = 4;

/// A policy, as far as given.
#[derive(Default)]
pub struct Policy {
    /// The traffic that it applies to.
    pub sel: Option<Selector>,
    /// XFRM_POLICY_IN, OUT or FWD.
    pub dir: Option<u8>,
    /// The security context.
    pub ctx: Option<Vec<u8>>,
    /// The mark that packets must have.
    pub mark: Mark,
    /// Its index.
    pub index: Option<u32>,
    /// XFRM_POLICY_TYPE_*.
    pub kind: Option<u8>,
    /// XFRM_POLICY_ALLOW or BLOCK.
    pub action: u8,
    /// The lower, the more preferred.
    pub priority: u32,
    /// XFRM_POLICY_LOCALOK and ICMP.
    pub flags: u32,
    /// Its lifetimes.
    pub limits: Limits,
    /// The states that packets must go through.
    pub templates: Vec<Template>,
    /// The id of an xfrm interface.
    pub if_id: Option<u32>,
    /// struct xfrm_user_offload.
    pub offload: Option<Vec<u8>>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

/// iproute2's error about a word that is not part of a policy.
fn second(word: &str, at: Span) -> Diag {
    Diag::duplicate("unknown", word).at(at)
}

fn wrong_word(arg: &Arg<'_>) -> Diag {
    second(&arg.shown(), arg.span())
}

/// The error about a repeated keyword.
fn twice(key: &str, w: &Words<'_>) -> Option<Diag> {
    Some(Diag::duplicate(key, key).at(Span::word(w.at().saturating_sub(1))))
}

impl Target for Policy {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        match names.first().copied() {
            Some("dir") if self.dir.is_some() => twice("dir", w),
            Some("ctx") if self.ctx.is_some() => twice("ctx", w),
            Some("ptype") if self.kind.is_some() => twice("ptype", w),
            _ => selector_again(&self.sel, second, names, w),
        }
    }
}

impl HasSelector for Policy {
    fn selector(&mut self) -> &mut Option<Selector> {
        &mut self.sel
    }
}

static SETTINGS: &[Row<Policy>] = rows!(Policy;
    "dir" => DIRECTIONS, "direction of its traffic; required", |t, v| t.dir = Some(v);
    "ctx" => Text("CTX"), "security context", |t, v| {
        t.ctx = Some(v);
        t.trail.note(&[XFRMA_SEC_CTX]);
    };
    "mark" => MARK, "mark of the packets, and its significant bits", |t, v| {
        t.mark = v;
        t.trail.note(&[XFRMA_MARK]);
    };
    "index" => Named("INDEX", U32("INDEX value is invalid")), "index of the policy; the kernel may choose another", |t, v| {
        t.index = Some(v);
    };
    "ptype" => TYPES, "main, or sub for sub-policies (Mobile IPv6)", |t, v| {
        t.kind = Some(v);
        t.trail.note(&[XFRMA_POLICY_TYPE]);
    };
    "action" => ACTIONS, "action for its packets", |t, v| t.action = v;
    "priority" => Named("PRIORITY", U32("PRIORITY value is invalid")), "priority: the lower, the more preferred", |t, v| {
        t.priority = v;
    };
    "flag" => FlagList(FLAGS, "FLAG value is invalid", 0xff), "flags", |t, v| t.flags = v;
    "limit" => Limit, "lifetime limit; may be repeated", |t, v| t.limits.put(v);
    "tmpl" => super::template::Words, "template of a state that packets must use; may be repeated", |t, v, w| {
        if t.templates.len() >= MAX_TEMPLATES {
            return Err(Diag::fail("Too many tmpls: buffer overflow").at(Span::word(w.at().saturating_sub(1))));
        }
        t.templates.push(v);
        t.trail.note(&[XFRMA_TMPL]);
        Ok(())
    };
    "if_id" => Named("IF_ID", U32("IF_ID value is invalid")), "id of an xfrm interface", |t, v| {
        t.if_id = Some(v);
        t.trail.note(&[XFRMA_IF_ID]);
    };
    "offload" => Offload, "offload to this device", |t, v| {
        t.offload = Some(v);
        t.trail.note(&[XFRMA_OFFLOAD_DEV]);
    };
);

/// iproute2's limit of templates. The kernel's is six (XFRM_MAX_DEPTH).
const MAX_TEMPLATES: usize = 16;

/// The words of `add` and `update`.
pub static POLICY: Grammar<Policy> = Grammar {
    title: "POLICY",
    rows: &[SETTINGS, selector_rows!(Policy, second)],
    fallback: Fallback::Unknown(wrong_word),
};

/// A reference to a policy by selector or index.
#[derive(Default)]
pub struct One {
    /// The selector.
    pub sel: Option<Selector>,
    /// The index.
    pub index: Option<u32>,
    /// XFRM_POLICY_IN, OUT or FWD.
    pub dir: Option<u8>,
    /// The security context.
    pub ctx: Option<Vec<u8>>,
    /// Its mark.
    pub mark: Mark,
    /// XFRM_POLICY_TYPE_*.
    pub kind: Option<u8>,
    /// The id of an xfrm interface.
    pub if_id: Option<u32>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Target for One {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        match names.first().copied() {
            Some("dir") if self.dir.is_some() => twice("dir", w),
            Some("ctx") if self.ctx.is_some() => twice("ctx", w),
            Some("ptype") if self.kind.is_some() => twice("ptype", w),
            Some("index") if self.index.is_some() => twice("index", w),
            _ => selector_again(&self.sel, unknown, names, w),
        }
    }
}

impl HasSelector for One {
    fn selector(&mut self) -> &mut Option<Selector> {
        &mut self.sel
    }
}

static NAMING: &[Row<One>] = rows!(One;
    "index" => Named("INDEX", U32("INDEX value is invalid")), "index of the policy, instead of a selector", |t, v| {
        t.index = Some(v);
    };
    "dir" => DIRECTIONS, "its direction; required", |t, v| t.dir = Some(v);
    "ctx" => Text("CTX"), "its security context", |t, v| {
        t.ctx = Some(v);
        t.trail.note(&[XFRMA_SEC_CTX]);
    };
    "mark" => MARK, "its mark", |t, v| {
        t.mark = v;
        t.trail.note(&[XFRMA_MARK]);
    };
    "ptype" => TYPES, "its type", |t, v| {
        t.kind = Some(v);
        t.trail.note(&[XFRMA_POLICY_TYPE]);
    };
    "if_id" => Named("IF_ID", U32("IF_ID value is invalid")), "id of its xfrm interface", |t, v| {
        t.if_id = Some(v);
        t.trail.note(&[XFRMA_IF_ID]);
    };
);

/// The words of `delete` and `get`.
pub static ONE: Grammar<One> = Grammar {
    title: "NAME",
    rows: &[NAMING, selector_rows!(One, unknown)],
    fallback: Fallback::Unknown(|arg| unknown(&arg.shown(), arg.span())),
};

/// The selected policies.
#[derive(Default)]
pub struct Matching {
    /// The selectors.
    pub sel: Option<Selector>,
    /// No socket policies.
    pub nosock: bool,
    /// XFRM_POLICY_IN, OUT or FWD.
    pub dir: Option<u8>,
    /// The index.
    pub index: Option<u32>,
    /// XFRM_POLICY_TYPE_*.
    pub kind: Option<u8>,
    /// XFRM_POLICY_ALLOW or BLOCK.
    pub action: Option<u8>,
    /// The priority.
    pub priority: Option<u32>,
    /// A policy must have at least one of these flags.
    pub flags: Option<u32>,
}

impl Target for Matching {
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        selector_again(&self.sel, unknown, names, w)
    }
}

impl HasSelector for Matching {
    fn selector(&mut self) -> &mut Option<Selector> {
        &mut self.sel
    }
}

static FILTER: &[Row<Matching>] = rows!(Matching;
    "nosock" => Flag, "omit socket policies", |m, ()| m.nosock = true;
    "dir" => DIRECTIONS, "of this direction", |m, v| m.dir = Some(v);
    "index" => Named("INDEX", U32("INDEX value is invalid")), "with this index", |m, v| m.index = Some(v);
    "ptype" => TYPES, "of this type", |m, v| m.kind = Some(v);
    "action" => ACTIONS, "with this action", |m, v| m.action = Some(v);
    "priority" => Named("PRIORITY", U32("PRIORITY value is invalid")), "with this priority", |m, v| {
        m.priority = Some(v);
    };
    "flag" => FlagList(FLAGS, "FLAG value is invalid", 0xff), "with one of these flags", |m, v| m.flags = Some(v);
);

/// The words of `list` and `deleteall`.
pub static MATCHING: Grammar<Matching> = Grammar {
    title: "MATCHING",
    rows: &[FILTER, selector_rows!(Matching, unknown)],
    fallback: Fallback::Unknown(|arg| unknown(&arg.shown(), arg.span())),
};

/// The type whose policies are flushed.
#[derive(Default)]
pub struct Flush(pub Option<u8>);

impl Target for Flush {
    fn repeated(&self, _names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        self.0.and_then(|_| twice("ptype", w))
    }
}

/// The words of `flush`.
pub static FLUSH: Grammar<Flush> = Grammar {
    title: "FLUSH",
    rows: &[rows!(Flush;
        "ptype" => TYPES, "policies of this type (default main)", |f, v| f.0 = Some(v);
    )],
    fallback: Fallback::Unknown(|arg| unknown(&arg.shown(), arg.span())),
};

/// Prefix lengths from which policies are looked up by hash, local and remote.
#[derive(Default)]
pub struct Thresholds {
    /// Of IPv4.
    pub four: Option<[u8; 2]>,
    /// Of IPv6.
    pub six: Option<[u8; 2]>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Target for Thresholds {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        match names.first().copied() {
            Some("hthresh4") if self.four.is_some() => twice("hthresh4", w),
            Some("hthresh6") if self.six.is_some() => twice("hthresh6", w),
            _ => None,
        }
    }
}

/// The words of `set`.
pub static THRESHOLDS: Grammar<Thresholds> = Grammar {
    title: "SET",
    rows: &[rows!(Thresholds;
        "hthresh4" => Bits(["hthresh4 LBITS value is invalid", "hthresh4 RBITS value is invalid"], 32),
            "minimum local and remote IPv4 prefix lengths to hash, up to 32", |t, v| {
            t.four = Some(v);
            t.trail.note(&[XFRMA_SPD_IPV4_HTHRESH]);
        };
        "hthresh6" => Bits(["hthresh6 LBITS value is invalid", "hthresh6 RBITS value is invalid"], 128),
            "minimum local and remote IPv6 prefix lengths to hash, up to 128", |t, v| {
            t.six = Some(v);
            t.trail.note(&[XFRMA_SPD_IPV6_HTHRESH]);
        };
    )],
    fallback: Fallback::Unknown(|arg| unknown(&arg.shown(), arg.span())),
};

/// Two prefix lengths, up to a maximum.
struct Bits([&'static str; 2], u8);

impl Value for Bits {
    type Out = [u8; 2];
    fn meta(&self) -> Cow<'static, str> {
        "LBITS RBITS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<[u8; 2], Diag> {
        let mut one = |why: &str| {
            let arg = w.next()?;
            U8::parse(arg.bytes).filter(|v| *v <= self.1).ok_or_else(|| arg.wrong(why))
        };
        let [local, remote] = self.0;
        Ok([one(local)?, one(remote)?])
    }
}

/// What happens to packets without a policy, by direction: XFRM_USERPOLICY_*.
#[derive(Default)]
pub struct Defaults(pub [Option<u8>; 3]);

impl Target for Defaults {
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        let first = names.first().copied()?;
        let dir = DIRECTIONS.find(first.as_bytes())?;
        self.0.get(usize::from(dir)).copied().flatten().and_then(|_| twice(first, w))
    }
}

impl Defaults {
    fn choose(&mut self, dir: usize, v: u8) {
        if let Some(slot) = self.0.get_mut(dir) {
            *slot = Some(v);
        }
    }
}

/// The words of `setdefault`.
pub static SETDEFAULT: Grammar<Defaults> = Grammar {
    title: "SETDEFAULT",
    rows: &[rows!(Defaults;
        "in" => Choice(DEFAULTS, "in policy value is invalid"), "packets for this host", |d, v| d.choose(0, v);
        "fwd" => Choice(DEFAULTS, "fwd policy value is invalid"), "forwarded packets", |d, v| d.choose(2, v);
        "out" => Choice(DEFAULTS, "out policy value is invalid"), "packets from this host", |d, v| d.choose(1, v);
    )],
    fallback: Fallback::Unknown(|arg| arg.wrong("unknown direction")),
};

/// Offload to a device: the mode and the device.
struct Offload;

impl Value for Offload {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "packet dev DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let mode = w.next()?;
        if !mode.is("packet") {
            return Err(mode.wrong("Invalid offload mode"));
        }
        let key = w.next()?;
        if !key.is("dev") {
            return Err(key.wrong("Missing dev keyword"));
        }
        let name = w.next()?;
        let absent = || name.wrong("Invalid device name").lost(Lost::Device(name.bytes.to_vec()));
        let index = if is_name(name.bytes) { w.names.link(name.bytes)? } else { None };
        let mut out = vec![0; user_offload::SIZE];
        set(&mut out, user_offload::IFINDEX, &index.ok_or_else(absent)?.to_ne_bytes());
        set(&mut out, user_offload::FLAGS, &[PACKET]);
        Ok(out)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("packet", "the device encrypts and encapsulates")]
    }
}
