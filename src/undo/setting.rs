//! Settings that rtnetlink does not report in the form in which they are set: read before they change, kept in the
//! journal, and set again.

use crate::net::attr::{u16_at, u32_at};
use crate::net::interceptor::Setting;
use crate::net::request::Protocol;
use crate::net::{Kernel, Request};
use crate::object::maddress;
use crate::object::tunnel::{self, router};
use crate::object::xfrm::policy;
use crate::schema::xfrm::{
    XFRM_MSG_DELPOLICY, XFRM_MSG_DELSA, XFRM_MSG_GETPOLICY, XFRM_MSG_GETSA, XFRM_MSG_NEWPOLICY, XFRM_MSG_UPDPOLICY,
};
use crate::schema::*;
use crate::state::ObjectType;
use crate::sys::name_of_index;
use nix::errno::Errno;
use std::net::Ipv4Addr;
use std::os::fd::AsFd as _;

/// A setting and its former value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The index of the device; 0 if it does not belong to one.
    index: u32,
    what: What,
    /// Of a switch: 0 or 1. Of a router list: each address and its flags. Of a state that did not exist: its identity.
    /// Of a policy: the length of its identity, the identity, and its record; without a record it did not exist.
    was: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A command added this multicast address to the device.
    Listens([u8; 6]),
    /// The settings of a tunnel, as for its driver's ioctls.
    Tunnel,
    /// The potential router list of an ISATAP tunnel.
    Routers,
    /// Hardware layer 3 statistics.
    CountsL3,
    /// An IPsec state does not exist.
    NoState,
    /// An IPsec policy.
    Policy,
}

/// A request of IPsec with the given body, and the socket that it is for.
fn of_ipsec(kind: u16, named: &[u8]) -> Result<(Kernel, Request), Errno> {
    let kernel = Kernel::open_protocol(Protocol::Xfrm, RCVBUF).map_err(|d| Errno::from_raw(d.errno().unwrap_or(0)))?;
    Ok((kernel, Request::xfrm(kind, 0, named)))
}

/// Bytes of the receive buffer for one reply.
const RCVBUF: u32 = 1 << 16;

/// Bytes of an entry of a router list: an address and its flags.
const ROUTER: usize = 6;

/// The index of a device; `None` if it does not exist.
pub fn index_of_name(kernel: &Kernel, name: &[u8]) -> Option<u32> {
    let name = [name, &[0]].concat();
    let ask = Request::of_family(RTM_GETLINK, 0, 0).with(IFLA_IFNAME, &name);
    u32_at(kernel.ask(&ask).ok()?.get(NLMSG_HDRLEN..)?, 4)
}

impl Saved {
    /// Reads a setting before it changes; `None` if there is no such device, or it lacks the setting.
    pub fn of(setting: &Setting, kernel: &Kernel) -> Option<Saved> {
        let (device, what) = match setting {
            Setting::Listens { device, address } => (device, What::Listens(*address)),
            Setting::Routers { device } => (device, What::Routers),
            Setting::State { named } => {
                // An existing state will be refused and stays.
                let (kernel, request) = of_ipsec(XFRM_MSG_GETSA, named).ok()?;
                return match kernel.ask(&request) {
                    Ok(_) => None,
                    Err(_) => Some(Saved { index: 0, what: What::NoState, was: named.clone() }),
                };
            }
            Setting::Policy { named } => {
                let (kernel, request) = of_ipsec(XFRM_MSG_GETPOLICY, named).ok()?;
                let record = kernel.ask(&request).ok().and_then(|answer| Some(answer.get(NLMSG_HDRLEN..)?.to_vec()));
                let key = record.as_deref().and_then(policy::key).unwrap_or_else(|| named.clone());
                let length = u32::try_from(key.len()).ok()?.to_ne_bytes();
                let was = [&length[..], &key, &record.unwrap_or_default()].concat();
                return Some(Saved { index: 0, what: What::Policy, was });
            }
        };
        Saved::read(kernel, index_of_name(kernel, device)?, what)
    }

    /// The identity of the policy, and its record.
    fn policy(&self) -> (&[u8], &[u8]) {
        let length = u32_at(&self.was, 0).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        self.was.get(4..).and_then(|rest| rest.split_at_checked(length)).unwrap_or_default()
    }

    /// The settings of a tunnel that netlink does not report.
    pub fn of_tunnel(index: u32, kernel: &Kernel) -> impl Iterator<Item = Saved> {
        [What::Tunnel, What::Routers].into_iter().filter_map(move |what| Saved::read(kernel, index, what))
    }

    /// Reads a setting that a request changes.
    pub fn of_request(r: &Request, kernel: &Kernel) -> Option<Saved> {
        if r.kind != RTM_SETSTATS {
            return None;
        }
        Saved::read(kernel, u32_at(&r.body, 4)?, What::CountsL3)
    }

    fn read(kernel: &Kernel, index: u32, what: What) -> Option<Saved> {
        let name = name_of_index(kernel.socket().as_fd(), index).ok()?;
        Some(Saved { index, what, was: value(kernel, index, &name, what)? })
    }

    /// Whether both are about the same setting.
    pub fn is_of(&self, other: &Saved) -> bool {
        let same = (self.index, self.what) == (other.index, other.what);
        same && match self.what {
            What::NoState => self.was == other.was,
            What::Policy => self.policy().0 == other.policy().0,
            _ => true,
        }
    }

    /// Its form in the journal.
    pub fn bytes(&self) -> Vec<u8> {
        let (tag, address) = match self.what {
            What::Listens(address) => (b'm', address),
            What::Tunnel => (b't', [0; 6]),
            What::Routers => (b'r', [0; 6]),
            What::CountsL3 => (b's', [0; 6]),
            What::NoState => (b'x', [0; 6]),
            What::Policy => (b'p', [0; 6]),
        };
        [&self.index.to_ne_bytes()[..], &[tag], &address, &self.was].concat()
    }

    /// Parses it from the journal.
    pub fn from_bytes(bytes: &[u8]) -> Option<Saved> {
        let index = u32_at(bytes, 0)?;
        let (address, was) = bytes.get(5..)?.split_first_chunk()?;
        let what = match bytes.get(4)? {
            b'm' => What::Listens(*address),
            b't' => What::Tunnel,
            b'r' => What::Routers,
            b's' => What::CountsL3,
            b'x' => What::NoState,
            b'p' => What::Policy,
            _ => return None,
        };
        Some(Saved { index, what, was: was.to_vec() })
    }

    /// Restores the setting. If the device no longer exists, does nothing.
    ///
    /// # Errors
    ///
    /// The errno of the refusal.
    pub fn restore(&self, kernel: &Kernel) -> Result<(), Errno> {
        if self.what == What::NoState {
            let (kernel, request) = of_ipsec(XFRM_MSG_DELSA, &self.was)?;
            return match kernel.change(&request) {
                Err(e) if !e.is(Errno::ESRCH) => Err(Errno::from_raw(e.errno)),
                _ => Ok(()),
            };
        }
        if self.what == What::Policy {
            return self.restore_policy();
        }
        let Ok(name) = name_of_index(kernel.socket().as_fd(), self.index) else { return Ok(()) };
        let is = value(kernel, self.index, &name, self.what).unwrap_or_default();
        if is == self.was {
            return Ok(());
        }
        match self.what {
            What::Listens(address) => maddress::listen(&name, address, self.is_on()),
            What::Routers => {
                routers(&is).iter().try_for_each(|(ip, _)| router::set(&name, *ip, None))?;
                // The driver inserts a new one before the others.
                routers(&self.was).iter().rev().try_for_each(|(ip, flags)| router::set(&name, *ip, Some(*flags)))
            }
            What::Tunnel => tunnel::write(&name, &self.was),
            What::CountsL3 => kernel.change(&counts(self.index, self.is_on())).map_err(|e| Errno::from_raw(e.errno)),
            What::NoState | What::Policy => Ok(()),
        }
    }

    fn restore_policy(&self) -> Result<(), Errno> {
        let (named, record) = self.policy();
        let (kernel, question) = of_ipsec(XFRM_MSG_GETPOLICY, named)?;
        let exists = kernel.ask(&question).is_ok();
        let request = match (record.is_empty(), exists) {
            (true, false) => return Ok(()),
            (true, true) => Request::xfrm(XFRM_MSG_DELPOLICY, 0, named),
            (false, true) => Request::xfrm(XFRM_MSG_UPDPOLICY, 0, record),
            (false, false) => Request::xfrm(XFRM_MSG_NEWPOLICY, 0, record),
        };
        kernel.change(&request).map_err(|e| Errno::from_raw(e.errno))
    }

    fn is_on(&self) -> bool {
        self.was == [1]
    }

    /// The words of the command that restores it; `name` is the device's.
    pub fn words(&self, name: &str) -> String {
        match self.what {
            What::Listens(address) => {
                let verb = if self.is_on() { "add" } else { "delete" };
                format!("maddress {verb} {} dev {name}", maddress::text_of(&address))
            }
            What::Tunnel => format!("change tunnel {name}"),
            What::Routers => format!("change the potential routers of {name}"),
            What::CountsL3 => format!("stats set dev {name} l3_stats {}", if self.is_on() { "on" } else { "off" }),
            What::NoState => "delete an added IPsec state".into(),
            What::Policy if self.policy().1.is_empty() => "delete an added IPsec policy".into(),
            What::Policy => "restore an IPsec policy".into(),
        }
    }

    /// The index of its device.
    pub fn index(&self) -> u32 {
        self.index
    }
}

fn routers(list: &[u8]) -> Vec<(Ipv4Addr, u16)> {
    let entry = |b: &[u8]| Some((Ipv4Addr::from(*b.first_chunk::<4>()?), u16_at(b, 4)?));
    list.chunks_exact(ROUTER).filter_map(entry).collect()
}

/// The present value of a setting.
fn value(kernel: &Kernel, index: u32, name: &[u8], what: What) -> Option<Vec<u8>> {
    match what {
        What::Listens(address) => Some(vec![u8::from(maddress::is_static(index, &address))]),
        What::Tunnel => tunnel::read(name),
        What::Routers => {
            let list = router::of(name);
            Some(list.iter().flat_map(|(ip, flags)| [&ip.octets()[..], &flags.to_ne_bytes()].concat()).collect())
        }
        What::NoState | What::Policy => None,
        What::CountsL3 => {
            let mask = 1u32 << (IFLA_STATS_LINK_OFFLOAD_XSTATS - 1);
            let header = [[0; 4], index.to_ne_bytes(), mask.to_ne_bytes()].concat();
            let answer = kernel.ask(&Request::raw(RTM_GETSTATS, 0, &header)).ok()?;
            let a = ObjectType::Stats.index(answer.get(NLMSG_HDRLEN..)?);
            let info = a.nest(IFLA_STATS_LINK_OFFLOAD_XSTATS)?.nest(IFLA_OFFLOAD_XSTATS_HW_S_INFO)?;
            Some(vec![info.nest(HW_S_INFO_L3_STATS)?.u8(IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST)?])
        }
    }
}

/// The request that turns hardware statistics on or off.
fn counts(index: u32, on: bool) -> Request {
    Request::raw(RTM_SETSTATS, 0, &[[0; 4], index.to_ne_bytes(), [0; 4]].concat())
        .with(IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS, &[u8::from(on)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written() {
        let all = [
            Saved { index: 7, what: What::Listens([1, 2, 3, 4, 5, 6]), was: vec![1] },
            Saved { index: 8, what: What::Tunnel, was: vec![1; 52] },
            Saved { index: 8, what: What::Routers, was: vec![10, 0, 0, 1, 1, 0] },
            Saved { index: 9, what: What::CountsL3, was: vec![0] },
            Saved { index: 0, what: What::NoState, was: vec![7; 44] },
            Saved { index: 0, what: What::Policy, was: [&4u32.to_ne_bytes()[..], &[1, 2, 3, 4, 5]].concat() },
        ];
        for kept in all {
            let bytes = kept.bytes();
            assert_eq!(Saved::from_bytes(&bytes), Some(kept));
            (0..11).for_each(|len| assert_eq!(Saved::from_bytes(&bytes[..len]), None));
        }
        assert_eq!(routers(&[10, 0, 0, 1, 1, 0]), [(Ipv4Addr::new(10, 0, 0, 1), 1)]);
    }
}
