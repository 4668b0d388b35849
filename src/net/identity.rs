//! What identifies the thing that a message is about, the same in a request and in the kernel's own description of it.

use super::attr::{Attrs, Index, align, u32_at};
use crate::schema::family::{INET, INET6};
use crate::schema::*;

/// The kernel's metric of an IPv6 route that has none.
const METRIC6: u32 = 1024;

/// A kind of thing that a plan follows and a snapshot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Link,
    Address,
    Nexthop,
    Route,
    Rule,
    Neigh,
}

impl Class {
    /// What a message is about.
    pub fn of(kind: u16) -> Option<Class> {
        Some(match kind {
            RTM_NEWLINK..=RTM_SETLINK | RTM_NEWLINKPROP | RTM_DELLINKPROP => Class::Link,
            RTM_NEWADDR..=RTM_GETADDR => Class::Address,
            RTM_NEWROUTE..=RTM_GETROUTE => Class::Route,
            RTM_NEWNEIGH..=RTM_GETNEIGH => Class::Neigh,
            RTM_NEWRULE..=RTM_GETRULE => Class::Rule,
            RTM_NEWNEXTHOP..=RTM_GETNEXTHOP => Class::Nexthop,
            _ => return None,
        })
    }

    /// The type that a dump of it has.
    pub fn new_kind(self) -> u16 {
        match self {
            Class::Link => RTM_NEWLINK,
            Class::Address => RTM_NEWADDR,
            Class::Nexthop => RTM_NEWNEXTHOP,
            Class::Route => RTM_NEWROUTE,
            Class::Rule => RTM_NEWRULE,
            Class::Neigh => RTM_NEWNEIGH,
        }
    }

    /// The attributes of a message's body.
    pub fn attrs(self, body: &[u8]) -> Attrs<'_> {
        Attrs(body.get(align(header_len(self.new_kind()))..).unwrap_or_default())
    }

    pub fn index(self, body: &[u8]) -> Index<'_, 72> {
        Index::new(self.attrs(body).0)
    }
}

/// What identifies a thing of its class. Of routes the metric comes last, so that those to one prefix stand together.
pub fn key(class: Class, body: &[u8]) -> Option<Vec<u8>> {
    let family = *body.first()?;
    let a = class.index(body);
    let mut key = vec![family];
    match class {
        Class::Link => key = body.get(4..8)?.to_vec(),
        Class::Address => {
            key.extend(body.get(4..8)?);
            let local = a.get(IFA_LOCAL).or_else(|| a.get(IFA_ADDRESS))?;
            key.extend(local);
            if family == INET {
                let len = *body.get(1)?;
                key.push(len);
                key.extend(masked(a.get(IFA_ADDRESS).unwrap_or(local), len));
            }
        }
        Class::Route => {
            key.extend(body.get(1..4)?);
            key.extend(table(body, &a)?.to_be_bytes());
            for attr in [RTA_DST, RTA_SRC] {
                key.extend(a.get(attr).unwrap_or_default());
                key.push(0xff);
            }
            let metric = match a.u32(RTA_PRIORITY).unwrap_or(0) {
                0 if family == INET6 => METRIC6,
                given => given,
            };
            key.extend(metric.to_be_bytes());
        }
        Class::Neigh => {
            key.extend(body.get(4..8)?);
            key.push(body.get(10)? & NTF_PROXY);
            key.extend(a.get(NDA_DST)?);
        }
        Class::Nexthop => key = a.u32(NHA_ID)?.to_ne_bytes().to_vec(),
        Class::Rule => {
            key.extend(body.get(1..4)?);
            key.push(*body.get(7)?);
            // INVERT; the others say whether its devices are there.
            key.extend((u32_at(body, 8)? & 2).to_ne_bytes());
            key.extend(rule_table(body, &a).to_ne_bytes());
            let mut rest: Vec<(u16, &[u8])> = class.attrs(body).filter(|(k, v)| told(*k, v)).collect();
            rest.sort_unstable();
            for (kind, value) in rest {
                key.extend(kind.to_ne_bytes());
                key.extend(value);
            }
        }
    }
    Some(key)
}

/// Whether an attribute of a rule says anything: the kernel lists some that mean "not given".
fn told(kind: u16, value: &[u8]) -> bool {
    !(matches!(kind, FRA_PROTOCOL | FRA_TABLE) || matches!(kind, 13 | 14) && value == [0xff; 4])
}

pub fn rule_table(body: &[u8], a: &Index<'_, 72>) -> u32 {
    a.u32(FRA_TABLE).unwrap_or_else(|| u32::from(body.get(4).copied().unwrap_or(0)))
}

/// The table of a route.
pub fn table(body: &[u8], a: &Index<'_, 72>) -> Option<u32> {
    a.u32(RTA_TABLE).or_else(|| body.get(4).copied().map(u32::from))
}

/// The prefix that an IPv4 address is in.
fn masked(ip: &[u8], len: u8) -> [u8; 4] {
    let bits = ip.first_chunk().map_or(0, |b| u32::from_be_bytes(*b));
    let mask = u32::MAX.checked_shl(32 - u32::from(len.min(32))).unwrap_or(0);
    (bits & mask).to_be_bytes()
}

/// Every device that a message speaks of.
pub fn devices(class: Class, body: &[u8]) -> Vec<u32> {
    let a = class.index(body);
    let own = |at: usize| u32_at(body, at).filter(|i| *i != 0);
    match class {
        Class::Link => {
            own(4).into_iter().chain(a.u32(IFLA_MASTER)).chain(a.u32(IFLA_LINK)).filter(|i| *i != 0).collect()
        }
        Class::Address | Class::Neigh => own(4).into_iter().collect(),
        Class::Nexthop => a.u32(NHA_OIF).into_iter().collect(),
        Class::Rule => Vec::new(),
        Class::Route => {
            let mut out: Vec<u32> = a.u32(RTA_OIF).into_iter().collect();
            let mut hops = a.get(RTA_MULTIPATH).unwrap_or_default();
            while let (Some(len), Some(index)) = (super::attr::u16_at(hops, 0), u32_at(hops, 4)) {
                out.push(index);
                match hops.get(align(usize::from(len).max(8))..) {
                    Some(rest) => hops = rest,
                    None => break,
                }
            }
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::attr::put;
    use super::*;

    #[test]
    fn a_route_is_the_same_in_a_request_and_in_a_dump() {
        let mut asked = vec![10, 64, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
        put(&mut asked, RTA_DST, &[1; 16]);
        let mut told = vec![10, 64, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
        put(&mut told, RTA_TABLE, &254u32.to_ne_bytes());
        put(&mut told, RTA_DST, &[1; 16]);
        put(&mut told, RTA_PRIORITY, &1024u32.to_ne_bytes());
        assert_eq!(key(Class::Route, &asked), key(Class::Route, &told));
        assert!(key(Class::Route, &told).is_some());
    }

    #[test]
    fn hops_name_their_devices() {
        let mut hops = Vec::new();
        for index in [7u32, 9] {
            hops.extend([8, 0, 0, 0]);
            hops.extend(index.to_ne_bytes());
        }
        let mut body = vec![INET, 0, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
        put(&mut body, RTA_MULTIPATH, &hops);
        assert_eq!(devices(Class::Route, &body), [7, 9]);
    }

    #[test]
    fn cut_messages_do_no_harm() {
        let whole: Vec<u8> = (0..200).collect();
        for class in [Class::Link, Class::Address, Class::Nexthop, Class::Route, Class::Rule, Class::Neigh] {
            for len in 0..whole.len() {
                let _ = (key(class, &whole[..len]), devices(class, &whole[..len]));
            }
        }
    }
}
