//! What there is: the kernel's own messages of links, addresses, nexthops, routes, rules and neighbours, as it lists them.

use crate::net::identity::Class;
use crate::net::kernel::Messages;
use crate::net::uapi::*;
use crate::net::{Kernel, KernelError, Request};
use std::collections::BTreeMap;

const PROXY: u8 = 0x08;
const FAMILIES: [u8; 2] = [2, 10];
const MPLS: u8 = 28;

/// Every class, in the order in which things need one another.
pub const CLASSES: [Class; 6] = [Class::Link, Class::Address, Class::Nexthop, Class::Route, Class::Rule, Class::Neigh];

/// The bodies of messages by class, in the kernel's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot(pub BTreeMap<Class, Vec<Vec<u8>>>);

impl Snapshot {
    /// Everything there is now of some classes.
    pub fn take(kernel: &Kernel, classes: &[Class]) -> Result<Snapshot, KernelError> {
        let mut all = BTreeMap::new();
        for class in classes {
            let list: &mut Vec<Vec<u8>> = all.entry(*class).or_default();
            for request in questions(*class) {
                match kernel.collect(&request) {
                    Ok(bytes) => list.extend(
                        Messages(&bytes)
                            .filter(|(m, _, _)| m.kind == class.new_kind())
                            .map(|(m, _, _)| m.body.to_vec()),
                    ),
                    // A family, or nexthop objects, that this kernel lacks.
                    Err(e) if missing(&e) => {}
                    Err(e) => return Err(e),
                }
            }
        }
        Ok(Snapshot(all))
    }

    pub fn of(&self, class: Class) -> &[Vec<u8>] {
        self.0.get(&class).map_or(&[], Vec::as_slice)
    }

    /// A link by its index.
    pub fn link(&self, index: u32) -> Option<&[u8]> {
        self.of(Class::Link).iter().find(|b| index_of(b) == index).map(Vec::as_slice)
    }
}

fn missing(e: &KernelError) -> bool {
    use nix::errno::Errno;
    [Errno::EOPNOTSUPP, Errno::EAFNOSUPPORT, Errno::ENOENT].iter().any(|no| e.is(*no))
}

/// The index in a link's, an address's or a neighbour's message.
pub fn index_of(body: &[u8]) -> u32 {
    crate::net::attr::u32_at(body, 4).unwrap_or(0)
}

/// The dumps that list everything of a class.
pub fn questions(class: Class) -> Vec<Request> {
    let ask = |kind: u16, len: usize, family: u8| {
        let mut header = vec![family];
        header.resize(len, 0);
        Request::raw(kind, 0, &header)
    };
    let each = |kind: u16, len: usize| FAMILIES.map(|f| ask(kind, len, f)).to_vec();
    match class {
        Class::Link => {
            let mask = RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS;
            vec![ask(RTM_GETLINK, 16, 0).with(IFLA_EXT_MASK, &mask.to_ne_bytes())]
        }
        Class::Address => each(RTM_GETADDR, 8),
        Class::Nexthop => vec![ask(RTM_GETNEXTHOP, 8, 0)],
        Class::Route => [each(RTM_GETROUTE, 12), vec![ask(RTM_GETROUTE, 12, MPLS)]].concat(),
        Class::Rule => each(RTM_GETRULE, 12),
        Class::Neigh => {
            let proxies = each(RTM_GETNEIGH, 12).into_iter().map(|mut q| {
                if let Some(flags) = q.body.get_mut(10) {
                    *flags = PROXY;
                }
                q
            });
            each(RTM_GETNEIGH, 12).into_iter().chain(proxies).collect()
        }
    }
}
