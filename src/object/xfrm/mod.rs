//! `xfrm`: the IPsec databases of states (security associations) and policies (NETLINK_XFRM, linux/xfrm.h).
//!
//! A sub-object is a file or directory with its own `Object`, whose name has both words; [`Inner`] makes a verb of it.
//! What several share is in files of this directory: [`id`], [`selector`], [`mark`], [`limit`], and names of numbers in
//! [`names`].
//!
//! netlink-packet-xfrm 0.5 is not used: its messages own copies of all attributes, where `rip` reads slices.

mod id;
mod limit;
mod mark;
mod monitor;
mod names;
mod pack;
pub mod policy;
mod rounds;
mod selector;
mod state;

use crate::command::inner::{self, Inner};
use crate::command::{Effect, Object, Purpose, Verb};

/// The object.
pub static OBJECT: Object = Object {
    names: &["xfrm~"],
    about: "IPsec: states and policies",
    purpose: Purpose::Routing,
    terms: &[("", "ip xfrm XFRM-OBJECT { COMMAND | help }"), ("", "where XFRM-OBJECT := state | policy | monitor")],
    verbs: &[
        Verb {
            names: &["state~", "sa~"],
            about: "security associations: keys, algorithms and replay windows",
            run: |s, w| inner::run(&state::OBJECT, s, w),
            effect: Effect::Change,
            tables: &[
                &Inner(&state::OBJECT),
                &state::words::STATE,
                &selector::SELECTOR,
                &limit::LIMIT,
                &state::words::ALLOC,
                &state::words::ONE,
                &state::words::LIST,
                &state::words::MATCHING,
                &state::words::FLUSH,
            ],
            examples: state::EXAMPLES,
        },
        Verb {
            names: &["policy~"],
            about: "policies: which traffic to protect, block or allow",
            run: |s, w| inner::run(&policy::OBJECT, s, w),
            effect: Effect::Change,
            tables: &[
                &Inner(&policy::OBJECT),
                &policy::words::POLICY,
                &selector::SELECTOR,
                &limit::LIMIT,
                &policy::TMPL,
                &policy::words::ONE,
                &policy::words::MATCHING,
                &policy::words::FLUSH,
                &policy::words::THRESHOLDS,
                &policy::words::SETDEFAULT,
            ],
            examples: policy::EXAMPLES,
        },
        Verb {
            names: &["monitor~"],
            about: "print events of states and policies",
            run: monitor::run,
            effect: Effect::Read,
            tables: &[&monitor::MONITOR],
            examples: monitor::EXAMPLES,
        },
    ],
    unknown: Some(|_, w| {
        let arg = w.next()?;
        let d = w.usage_error().at(arg.span());
        Err(crate::command::suggest(d, arg.bytes, OBJECT.verbs.iter().flat_map(|v| v.names.iter())))
    }),
    ..Object::BASE
};
