//! Generic netlink: looks families up by name, and their multicast groups by the name within the family
//! (linux/genetlink.h).

use super::attr::Attrs;
use super::extack::KernelError;
use super::kernel::{Kernel, Messages};
use super::request::{Protocol, Request};
use super::{Index, Nested};
use nix::errno::Errno;
use nix::libc;

/// Bytes of struct genlmsghdr.
pub const GENLMSGHDR: usize = 4;

/// The controller, the family that resolves the others.
const GENL_ID_CTRL: u16 = libc::GENL_ID_CTRL as u16;
/// The version in requests to the controller, as from iproute2; the controller accepts any.
const CTRL_VERSION: u8 = 0;
const CTRL_CMD_GETFAMILY: u8 = libc::CTRL_CMD_GETFAMILY as u8;
const CTRL_ATTR_FAMILY_ID: u16 = libc::CTRL_ATTR_FAMILY_ID as u16;
const CTRL_ATTR_FAMILY_NAME: u16 = libc::CTRL_ATTR_FAMILY_NAME as u16;
const CTRL_ATTR_MCAST_GROUPS: u16 = libc::CTRL_ATTR_MCAST_GROUPS as u16;
const CTRL_ATTR_MCAST_GRP_NAME: u16 = libc::CTRL_ATTR_MCAST_GRP_NAME as u16;
const CTRL_ATTR_MCAST_GRP_ID: u16 = libc::CTRL_ATTR_MCAST_GRP_ID as u16;

/// A generic netlink family as declared in its header.
#[derive(Clone, Copy, Debug)]
pub struct FamilyName {
    /// The name by which the controller finds it.
    pub name: &'static str,
    /// The version in requests.
    pub version: u8,
}

/// A generic netlink family as numbered by the running kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// The message type of its requests and answers.
    pub id: u16,
    /// The version in requests.
    version: u8,
    /// Its multicast groups.
    groups: Vec<(Vec<u8>, u32)>,
}

impl Family {
    /// A request of the family.
    pub fn request(&self, command: u8, flags: u16) -> Request {
        request(self.id, command, self.version, flags)
    }

    /// The number of a multicast group.
    pub fn group(&self, name: &str) -> Option<u32> {
        self.groups.iter().find(|(known, _)| known == name.as_bytes()).map(|(_, id)| *id)
    }

    fn parse(version: u8, body: &[u8]) -> Option<Family> {
        let a: Index<'_, 16> = Index::new(body.get(GENLMSGHDR..)?);
        let groups = Attrs(a.get(CTRL_ATTR_MCAST_GROUPS).unwrap_or_default()).filter_map(|(_, group)| {
            let group = Nested::new(group);
            Some((group.str(CTRL_ATTR_MCAST_GRP_NAME)?.to_vec(), group.u32(CTRL_ATTR_MCAST_GRP_ID)?))
        });
        Some(Family { id: a.u16(CTRL_ATTR_FAMILY_ID)?, version, groups: groups.collect() })
    }
}

fn request(id: u16, command: u8, version: u8, flags: u16) -> Request {
    Request { protocol: Protocol::Generic, ..Request::raw(id, flags, &[command, version, 0, 0]) }
}

impl Kernel {
    /// Subscribes to a multicast group.
    ///
    /// # Errors
    ///
    /// EPERM if the group is restricted to privileged users.
    pub fn join(&mut self, group: u32) -> Result<(), Errno> {
        self.socket.add_membership(group).map_err(|e| crate::diag::errno_of(&e))
    }

    /// Looks a family up by name.
    ///
    /// # Errors
    ///
    /// ENOENT if the kernel has no such family, built in or as a module.
    pub fn family(&self, family: &FamilyName) -> Result<Family, KernelError> {
        let name = [family.name.as_bytes(), &[0]].concat();
        let request = request(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_VERSION, 0).with(CTRL_ATTR_FAMILY_NAME, &name);
        let answer = self.ask(&request)?;
        let found = Messages(&answer).find_map(|(m, _, _)| Family::parse(family.version, m.body));
        found.ok_or_else(|| KernelError::from_errno(Errno::ENOENT))
    }
}

#[cfg(test)]
mod tests {
    use super::super::attr::put;
    use super::*;

    #[test]
    fn a_family_and_its_groups() {
        let mut group = Vec::new();
        put(&mut group, CTRL_ATTR_MCAST_GRP_ID, &7u32.to_ne_bytes());
        put(&mut group, CTRL_ATTR_MCAST_GRP_NAME, b"events\0");
        let mut groups = Vec::new();
        put(&mut groups, 1, &group);
        let mut body = vec![1, 2, 0, 0];
        put(&mut body, CTRL_ATTR_FAMILY_ID, &27u16.to_ne_bytes());
        put(&mut body, CTRL_ATTR_MCAST_GROUPS, &groups);
        let family = Family::parse(1, &body).expect("a family");
        assert_eq!((family.id, family.group("events"), family.group("nosuch")), (27, Some(7), None));
        for cut in 0..body.len() {
            let _ = Family::parse(1, &body[..cut]);
        }
        let sent = family.request(3, 0x100);
        assert_eq!((sent.kind, sent.flags, sent.body.as_slice(), sent.header_len()), (27, 0x100, &[3, 1, 0, 0][..], 4));
    }
}
