//! Changes that are not requests to the kernel's routing socket, and who is asked before one is made.
//!
//! A plan (`-dry-run`) and a batch that can be undone (`-atomic`) watch a session: they see every request as the
//! transport's guard, and every deed here.

use crate::diag::Diag;
use crate::net::Guard;
use crate::state::predict::Known;

/// Something that is about to be done without a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// In the words of the command line: `netns add ns1`.
    pub words: String,
    /// How it is undone.
    pub undo: Undo,
}

/// How a deed is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undo {
    /// This name of a namespace is taken away.
    Name(Vec<u8>),
    /// This device is deleted.
    Link(Vec<u8>),
    /// This device gets its settings back.
    Device(Vec<u8>),
    /// This device, which goes, is created again as it was.
    Again(Vec<u8>),
    /// This setting gets its value back.
    Setting(Setting),
    /// It cannot be: this name of a namespace goes; why not.
    Unname(Vec<u8>, &'static str),
    /// It cannot be: this device goes; why not.
    Unlink(Vec<u8>, &'static str),
    /// It leaves nothing behind.
    Nothing,
    /// It cannot be; why not.
    Never(&'static str),
}

/// A setting of a device that no dump of rtnetlink reports.
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
}

impl Deed {
    /// A deed in the words of the command line.
    pub fn new(words: impl Into<String>, undo: Undo) -> Deed {
        Deed { words: words.into(), undo }
    }
}

/// Sees every change of a session before it is made.
pub trait Watch: Guard {
    /// Whether to go on and do it.
    fn deed(&self, deed: &Deed) -> Result<bool, Diag>;
    /// A namespace is about to get the name that a deed spoke of; its number (SO_NETNS_COOKIE).
    fn named(&self, _name: &[u8], _cookie: u64) -> Result<(), Diag> {
        Ok(())
    }
    /// A device by its name.
    fn link(&self, _name: &[u8]) -> Known {
        Known::Unknown
    }
    /// The name of a device, if it is not the one that the kernel has.
    fn name(&self, _index: u32) -> Option<Vec<u8>> {
        None
    }
    /// Nothing is really changed: what was removed is still there.
    fn pretends(&self) -> bool {
        false
    }
}
