//! Who sees a change before it is made: a dry run, which makes none of them, and a batch that can be rolled back.
//!
//! Requests come from the transport, other changes (a namespace's name, an ioctl) from the command that is about to make them.

use super::extack::KernelError;
use super::request::Request;
use crate::diag::Diag;

/// A change that is made without a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideEffect {
    /// What it does, in words: `add namespace ns1`.
    pub words: String,
    /// How it is reverted.
    pub revert: Revert,
}

/// How a change that is made without a request is reverted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revert {
    /// This name of a namespace is deleted.
    DeleteName(Vec<u8>),
    /// This device is deleted.
    DeleteLink(Vec<u8>),
    /// This device gets its settings back.
    RestoreDevice(Vec<u8>),
    /// This device, which is deleted, is created again as it was.
    RecreateDevice(Vec<u8>),
    /// This setting gets its value back.
    RestoreSetting(Setting),
    /// It cannot be: this name of a namespace is deleted; why not.
    NameIsLost(Vec<u8>, &'static str),
    /// It cannot be: this device is deleted; why not.
    LinkIsLost(Vec<u8>, &'static str),
    /// This entry of a generic netlink family is there again as it was, or not there.
    RestoreEntry {
        /// Which entries it is one of, by the name of their `command::generic::Entries`.
        of: &'static str,
        /// The attributes by which a request deletes it.
        key: Vec<u8>,
        /// The device that a new entry brings with it; empty: the kernel chooses its name.
        device: Option<Vec<u8>>,
    },
    /// It leaves nothing behind.
    Nothing,
    /// It cannot be; why not.
    Impossible(&'static str),
}

/// A setting that no dump of rtnetlink reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Whether a device listens to a link-layer address because a command asked for it (`maddress`).
    Listens {
        /// The device.
        device: Vec<u8>,
        /// The address.
        address: [u8; 6],
    },
    /// The potential router list of an ISATAP tunnel (`tunnel prl`).
    Routers {
        /// The tunnel.
        device: Vec<u8>,
    },
    /// Whether an IPsec state exists (`xfrm state add`).
    State {
        /// The body of the request that names it: struct xfrm_usersa_id, and the attributes behind it. It holds no key.
        named: Vec<u8>,
    },
    /// An IPsec policy, or that there is none (`xfrm policy add`, `update`, `delete`).
    Policy {
        /// The body of the request that names it: struct xfrm_userpolicy_id, and the attributes behind it.
        named: Vec<u8>,
    },
}

impl SideEffect {
    /// A change, in words.
    pub fn new(words: impl Into<String>, revert: Revert) -> SideEffect {
        SideEffect { words: words.into(), revert }
    }
}

/// What an interceptor knows of a device that the kernel may know otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It would have this index.
    Index(u32),
    /// It would be deleted.
    Gone,
    /// Ask the kernel.
    Unknown,
}

/// Sees every change of a session before it is made.
pub trait Interceptor {
    /// Whether to send a request that changes something; without that, it counts as acknowledged.
    ///
    /// # Errors
    ///
    /// A refusal, which looks like one of the kernel's.
    fn request(&self, request: &Request) -> Result<bool, KernelError>;

    /// Whether to make a change that is no request.
    ///
    /// # Errors
    ///
    /// Why it must not be made.
    fn side_effect(&self, change: &SideEffect) -> Result<bool, Diag>;

    /// A namespace is about to get the name that a side effect was about; its number (SO_NETNS_COOKIE).
    ///
    /// # Errors
    ///
    /// The number could not be recorded.
    fn namespace_named(&self, _name: &[u8], _cookie: u64) -> Result<(), Diag> {
        Ok(())
    }

    /// Whether the deletions from now on are of entries that a dump has just listed.
    fn listed(&self, _now: bool) {}

    /// A device by its name.
    fn resolve(&self, _name: &[u8]) -> Known {
        Known::Unknown
    }

    /// A line has named a device that does not exist.
    fn device_missing(&self) {}

    /// The name of a device, if it is not the one that the kernel has.
    fn name(&self, _index: u32) -> Option<Vec<u8>> {
        None
    }

    /// Whether nothing is really changed: what was deleted still exists.
    fn is_dry_run(&self) -> bool {
        false
    }
}

/// Whether a type of message changes state: of each four (NEW, DEL, GET, SET) only GET does not.
pub fn changes(kind: u16) -> bool {
    kind >= crate::schema::RTM_NEWLINK && kind & 3 != 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::*;

    #[test]
    fn questions_change_nothing() {
        for kind in [RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE, RTM_GETNEIGH, RTM_GETRULE, RTM_GETNSID, RTM_GETNEXTHOP] {
            assert!(!changes(kind), "{kind}");
        }
        for kind in [RTM_NEWLINK, RTM_DELLINK, RTM_SETLINK, RTM_DELRULE, RTM_NEWNSID, RTM_DELNEXTHOP, RTM_DELLINKPROP] {
            assert!(changes(kind), "{kind}");
        }
    }
}
