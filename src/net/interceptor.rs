//! Interceptors see each change before it is made: a dry run, which makes none, and an atomic batch, which can be
//! rolled back.
//!
//! Requests come from the transport; other changes (a namespace name, an ioctl) from the command that is about to make
//! them.

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
    /// Delete this namespace name.
    DeleteName(Vec<u8>),
    /// Delete this device.
    DeleteLink(Vec<u8>),
    /// Restore the settings of this device.
    RestoreDevice(Vec<u8>),
    /// Recreate this deleted device.
    RecreateDevice(Vec<u8>),
    /// Restore this setting.
    RestoreSetting(Setting),
    /// Impossible: the change deletes this namespace name; with the reason.
    NameIsLost(Vec<u8>, &'static str),
    /// Impossible: the change deletes this device; with the reason.
    LinkIsLost(Vec<u8>, &'static str),
    /// Restore this entry of a generic netlink family, or delete it if it did not exist.
    RestoreEntry {
        /// The type of entry, by the name of its `command::generic::Entries`.
        of: &'static str,
        /// The attributes by which a request deletes it.
        key: Vec<u8>,
        /// The device that a new entry creates; empty: the kernel chooses its name.
        device: Option<Vec<u8>>,
    },
    /// Nothing to revert.
    Nothing,
    /// Impossible; with the reason.
    Impossible(&'static str),
}

/// A setting that rtnetlink does not dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Whether a command added a link-layer multicast address to a device (`maddress`).
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
        /// The body of a request that identifies it: struct xfrm_usersa_id and attributes, without a key.
        named: Vec<u8>,
    },
    /// An IPsec policy, or that there is none (`xfrm policy add`, `update`, `delete`).
    Policy {
        /// The body of a request that identifies it: struct xfrm_userpolicy_id and attributes.
        named: Vec<u8>,
    },
}

impl SideEffect {
    /// A side effect with its description.
    pub fn new(words: impl Into<String>, revert: Revert) -> SideEffect {
        SideEffect { words: words.into(), revert }
    }
}

/// What an interceptor knows about a device, in place of the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It would have this index.
    Index(u32),
    /// It would be deleted.
    Gone,
    /// Nothing: ask the kernel.
    Unknown,
}

/// Sees every change of a session before it is made.
pub trait Interceptor {
    /// Whether to send a request for a change; if not, it counts as acknowledged.
    ///
    /// # Errors
    ///
    /// A refusal in the form of the kernel's.
    fn request(&self, request: &Request) -> Result<bool, KernelError>;

    /// Whether to make a change other than by a request.
    ///
    /// # Errors
    ///
    /// Why it must not be made.
    fn side_effect(&self, change: &SideEffect) -> Result<bool, Diag>;

    /// Reports that a namespace with this cookie (SO_NETNS_COOKIE) is about to get the name of a side effect.
    ///
    /// # Errors
    ///
    /// The cookie cannot be recorded.
    fn namespace_named(&self, _name: &[u8], _cookie: u64) -> Result<(), Diag> {
        Ok(())
    }

    /// Announces whether the deletions from now on are of entries that a dump has just listed.
    fn listed(&self, _now: bool) {}

    /// The interceptor that this one asks about devices and about whether changes are made, if it is built on another.
    fn base(&self) -> Option<&dyn Interceptor> {
        None
    }

    /// A device by its name.
    fn resolve(&self, name: &[u8]) -> Known {
        self.base().map_or(Known::Unknown, |base| base.resolve(name))
    }

    /// A line has named a device that does not exist.
    fn device_missing(&self) {}

    /// The name of a device, if it is not the one that the kernel has.
    fn name(&self, index: u32) -> Option<Vec<u8>> {
        self.base()?.name(index)
    }

    /// Whether no change is made, so that deleted entries still exist.
    fn is_dry_run(&self) -> bool {
        self.base().is_some_and(|base| base.is_dry_run())
    }
}

/// Whether a message type changes state: in each group of four (NEW, DEL, GET, SET), all but GET do.
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
