//! The dumps that list the entries of an object type.

use super::ObjectType;
use crate::net::Request;
use crate::schema::family::{BRIDGE, INET, INET6, IP6MR, IPMR, UNSPEC};
use crate::schema::*;
use rtnetlink::MulticastGroup as Group;

/// The signal of a change during a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeSignal {
    /// The kernel flags the dump NLM_F_DUMP_INTR.
    DumpIntr,
    /// Events only.
    Events,
    /// Events only; one about a listed entry is an update that spoils nothing.
    Additions,
    /// None: two equal dumps are taken as right.
    None,
}

/// One dump of an object type.
#[derive(Clone, Copy, Debug)]
pub struct Dump {
    /// The requested family; UNSPEC: all.
    pub family: u8,
    /// The `ndm_flags` of the request.
    pub flags: u8,
    /// IFLA_EXT_MASK; 0: none.
    pub ext_mask: u32,
    /// The signal of a change during it.
    pub signal: ChangeSignal,
}

impl Dump {
    /// A dump of a family, which the kernel flags when a change interrupts it.
    pub const fn of(family: u8) -> Dump {
        Dump { family, flags: 0, ext_mask: 0, signal: ChangeSignal::DumpIntr }
    }

    /// A dump of a family that the kernel does not flag: only notifications show a change during it.
    pub const fn unflagged(family: u8) -> Dump {
        Dump { signal: ChangeSignal::Events, ..Dump::of(family) }
    }

    /// The request.
    pub fn request(&self, object: ObjectType) -> Request {
        let spec = object.spec();
        let mut header = vec![0; spec.header];
        let mut set = |at: usize, value: u8| header.get_mut(at).map(|byte| *byte = value);
        set(0, self.family);
        if self.flags != 0 {
            // `struct ndmsg`: the flags.
            set(10, self.flags);
        }
        let request = Request::raw(spec.get, 0, &header);
        match self.ext_mask {
            0 => request,
            mask => request.with(IFLA_EXT_MASK, &mask.to_ne_bytes()),
        }
    }

    /// Whether it lists entries of a family, as named on the command line.
    fn lists(&self, family: u8) -> bool {
        let own = plain(self.family);
        family == UNSPEC || own == UNSPEC || own == family
    }
}

/// The family of this one on the command line and in multicast groups.
fn plain(family: u8) -> u8 {
    match family {
        IPMR => INET,
        IP6MR => INET6,
        family => family,
    }
}

impl ObjectType {
    /// The dumps that list the entries of a family; UNSPEC: of all.
    pub fn dumps(self, family: u8) -> impl Iterator<Item = &'static Dump> {
        self.spec().dumps.iter().filter(move |d| d.lists(family))
    }

    /// The dumps that list all entries that requests can change: without the port entries of bridges.
    pub fn own_dumps(self) -> impl Iterator<Item = Request> {
        self.spec().dumps.iter().filter(|d| d.family != BRIDGE).map(move |d| d.request(self))
    }

    /// The groups that announce a change during a dump of a family: of all types of entries that it lists, those whose
    /// dumps the kernel does not flag, unless it flags all.
    pub fn groups_under(self, family: u8, signal: ChangeSignal) -> impl Iterator<Item = Group> {
        let spec = self.spec();
        let weak = move |of: u8| {
            let mut rows = spec.dumps.iter().filter(move |d| plain(d.family) == of);
            of == UNSPEC || signal == ChangeSignal::DumpIntr || rows.any(|d| d.signal != ChangeSignal::DumpIntr)
        };
        let listed = move |of: u8| family == UNSPEC || of == UNSPEC || of == plain(family);
        spec.groups.iter().filter(move |(of, _)| listed(*of) && weak(*of)).map(|(_, group)| *group)
    }

    /// The signal of a change during a dump.
    pub fn signal(self, request: &Request) -> ChangeSignal {
        let (family, flags) = (request.body.first().copied().unwrap_or(0), request.body.get(10).copied().unwrap_or(0));
        let proxy = if self == ObjectType::Neigh { flags & NTF_PROXY } else { 0 };
        let mut rows = self.spec().dumps.iter().filter(|d| d.flags == proxy);
        let own = rows.clone().find(|d| d.family == family);
        // A dump of all families is only as good as the weakest of them.
        own.or_else(|| rows.clone().find(|d| d.signal != ChangeSignal::DumpIntr))
            .or_else(|| rows.next())
            .map_or(ChangeSignal::DumpIntr, |d| d.signal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::family::{INET6, MPLS};

    #[test]
    fn dumps_of_one_family_ask_for_it_alone() {
        let bodies = |object: ObjectType, family: u8, at: usize| -> Vec<u8> {
            object.dumps(family).map(|d| d.request(object).body[at]).collect()
        };
        assert_eq!(bodies(ObjectType::Mroute, INET6, 0), [IP6MR]);
        assert_eq!(bodies(ObjectType::Neigh, INET, 10), [0, NTF_PROXY]);
        assert_eq!(bodies(ObjectType::Link, INET, 0), [UNSPEC]);
        assert_eq!(bodies(ObjectType::Link, BRIDGE, 0), [UNSPEC, BRIDGE]);
        assert!(ObjectType::Stats.dumps(UNSPEC).next().is_none());
    }

    #[test]
    fn a_dump_is_as_reliable_as_the_kernel_makes_it() {
        let signal = |object: ObjectType, family: u8, flags: u8| {
            let mut header = vec![0; 12];
            (header[0], header[10]) = (family, flags);
            object.signal(&Request::raw(object.spec().get, 0, &header))
        };
        assert_eq!(signal(ObjectType::Route, INET, 0), ChangeSignal::DumpIntr);
        assert_eq!(signal(ObjectType::Route, MPLS, 0), ChangeSignal::DumpIntr);
        assert_eq!(signal(ObjectType::Route, UNSPEC, 0), ChangeSignal::Events);
        assert_eq!(signal(ObjectType::Neigh, UNSPEC, 0), ChangeSignal::Additions);
        assert_eq!(signal(ObjectType::Neigh, INET6, NTF_PROXY), ChangeSignal::None);
        assert_eq!(signal(ObjectType::Address, UNSPEC, 0), ChangeSignal::Events);
    }
}
