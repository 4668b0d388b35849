//! The dumps that list what there is, for whoever compares two states.

use crate::net::Request;
use crate::net::identity::Class;
use crate::schema::family::{INET, INET6, IP6MR, IPMR, MPLS};
use crate::schema::*;

/// The dumps that list everything of a class.
pub fn questions(class: Class) -> Vec<Request> {
    let ask = |kind: u16, len: usize, family: u8| {
        let mut header = vec![family];
        header.resize(len, 0);
        Request::raw(kind, 0, &header)
    };
    let each = |kind: u16, len: usize| [INET, INET6].map(|f| ask(kind, len, f)).to_vec();
    match class {
        Class::Link => {
            let mask = RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS;
            vec![ask(RTM_GETLINK, 16, 0).with(IFLA_EXT_MASK, &mask.to_ne_bytes())]
        }
        Class::Address => each(RTM_GETADDR, 8),
        Class::Nexthop => vec![ask(RTM_GETNEXTHOP, 8, 0)],
        Class::Route => [each(RTM_GETROUTE, 12), vec![ask(RTM_GETROUTE, 12, MPLS)]].concat(),
        Class::Rule => [INET, INET6, IPMR, IP6MR].map(|f| ask(RTM_GETRULE, FIB_RULE_HDR, f)).to_vec(),
        Class::Neigh => {
            let proxies = each(RTM_GETNEIGH, 12).into_iter().map(|mut q| {
                if let Some(flags) = q.body.get_mut(10) {
                    *flags = NTF_PROXY;
                }
                q
            });
            each(RTM_GETNEIGH, 12).into_iter().chain(proxies).collect()
        }
    }
}
