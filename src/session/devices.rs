//! The cache of links: names by index and indexes by name, each requested once.

use super::Session;
use crate::diag::Diag;
use crate::grammar::number;
use crate::grammar::value::NAME_MAX;
use crate::hash::TrustedKeys;
use crate::net::attr::{u32_at, until_nul};
use crate::net::{KernelError, Nested, Request};
use crate::output::out::print_stderr;
use crate::output::{Scalar, escape};
use crate::schema::*;
use crate::sys::append;
use std::borrow::Cow;
use std::collections::HashMap;
use std::os::fd::AsFd as _;

/// Maximum number of cached device names: a monitor that runs for weeks must not grow.
pub(super) const NAMES_MAX: usize = 65_536;

/// A map by interface index. The kernel chooses these: with SipHash `route show` takes 4 % more instructions, `link show` and
/// `address show` 5 % (callgrind).
pub type ByIndex<T> = HashMap<u32, T, TrustedKeys>;

pub(super) type Links = ByIndex<Known>;

/// Bytes: from this length on, a name does not fit into iproute2's request for a device.
const NO_ROOM: usize = 1012;

/// Maximum number of other namespaces whose devices are cached.
const VIEWS_MAX: usize = 1024;

/// The cached facts about a device.
#[derive(Clone)]
pub(super) struct Known {
    name: Name,
    flags: Option<u32>,
}

/// A device's name. One that needs no escapes, as nearly all, is a block that is stored at once: an allocation each took 3 %
/// more instructions in `link show` and 4 % in `address show`, and the look for characters to escape 2 % in `route show`
/// (callgrind).
#[derive(Clone)]
pub enum Name {
    /// Up to IFNAMSIZ printable characters: the bytes, and how many of them there are.
    Plain([u8; 16], u8),
    /// Any other.
    Other(Box<[u8]>),
}

impl Name {
    fn new(name: &[u8]) -> Name {
        let mut plain = [0; 16];
        match (plain.get_mut(..name.len()), u8::try_from(name.len())) {
            (Some(room), Ok(len)) if escape::is_verbatim(name) => {
                room.copy_from_slice(name);
                Name::Plain(plain, len)
            }
            _ => Name::Other(name.into()),
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Name::Plain(bytes, len) => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Name::Other(bytes) => bytes,
        }
    }
}

impl Scalar for Name {
    #[inline(always)]
    fn text(&self, out: &mut Vec<u8>) {
        match self {
            Name::Plain(bytes, len) => append(out, *bytes, usize::from(*len)),
            Name::Other(bytes) => escape::text(out, bytes),
        }
    }
    #[inline(always)]
    fn json(&self, out: &mut Vec<u8>) {
        match self {
            Name::Plain(bytes, len) => {
                append(out, [b'"'], 1);
                append(out, *bytes, usize::from(*len));
                append(out, [b'"'], 1);
            }
            Name::Other(bytes) => escape::json(out, bytes),
        }
    }
}

impl Session {
    /// Caches a device's name from a message.
    pub fn remember(&self, index: u32, name: &[u8]) {
        self.remember_link(index, name, None);
    }

    /// Caches a device's name and flags.
    pub fn remember_link(&self, index: u32, name: &[u8], flags: Option<u32>) {
        let mut links = self.links.borrow_mut();
        if links.len() >= NAMES_MAX {
            links.clear();
        }
        links.insert(index, Known { name: Name::new(name), flags });
    }

    /// Calls `work` while `link_name` and the like resolve indexes of the namespace with this nsid; `None` is this namespace.
    ///
    /// It is a scope and not an argument, because every view would have to pass the nsid on, only for `monitor all-nsid`.
    pub fn in_view<R>(&self, nsid: Option<i32>, work: impl FnOnce() -> R) -> R {
        let before = self.view.get();
        self.look_at(nsid);
        let result = work();
        self.look_at(before);
        result
    }

    fn look_at(&self, nsid: Option<i32>) {
        let before = self.view.replace(nsid);
        if before == nsid {
            return;
        }
        let mut views = self.views.borrow_mut();
        if views.len() >= VIEWS_MAX {
            views.retain(|id, _| id.is_none());
        }
        let now = views.remove(&nsid).unwrap_or_default();
        views.insert(before, self.links.replace(now));
    }

    /// The nsid whose indexes are resolved; `None` is this namespace.
    pub fn view(&self) -> Option<i32> {
        self.view.get()
    }

    /// Drops the cache of the namespace with this id, which was deleted: another one may get the id.
    pub fn forget_view(&self, nsid: Option<i32>) {
        if self.view.get().is_none() && nsid.is_some() {
            self.views.borrow_mut().remove(&nsid);
        }
    }

    /// Drops a link from the cache.
    pub fn forget(&self, index: u32) {
        self.links.borrow_mut().remove(&index);
        self.indexes.borrow_mut().clear();
    }

    /// The name of a device, or `ifN` if there is none.
    pub fn link_name(&self, index: u32) -> Vec<u8> {
        if index == 0 {
            return b"*".to_vec();
        }
        if let Some(known) = self.links.borrow().get(&index) {
            return known.name.bytes().to_vec();
        }
        match self.ask_name(index) {
            Some(name) => {
                self.remember(index, &name);
                name
            }
            None => format!("if{index}").into_bytes(),
        }
    }

    /// Passes a device's name to `write`, without a copy if it is cached.
    pub fn with_link_name<R>(&self, index: u32, write: impl FnOnce(&Name) -> R) -> R {
        if let Some(known) = self.links.borrow().get(&index) {
            return write(&known.name);
        }
        write(&Name::new(&self.link_name(index)))
    }

    /// Whether a device is up; `None` if there is no such device.
    pub fn link_up(&self, index: u32) -> Option<bool> {
        if let Some(Known { flags: Some(flags), .. }) = self.links.borrow().get(&index) {
            return Some(flags & IFF_UP != 0);
        }
        let (name, flags) = if self.view.get().is_some() {
            let answer = self.ask_link(index)?;
            let attrs = Nested::new(answer.get(NLMSG_HDRLEN + IFINFOMSG..)?);
            // struct ifinfomsg: the flags follow the index.
            (attrs.str(IFLA_IFNAME).unwrap_or(b"?").to_vec(), u32_at(&answer, 24)?)
        } else {
            let name = self.link_name(index);
            let fd = self.kernel().ok()?.socket().as_fd();
            let flags = crate::sys::flags_of_name(fd, &name).ok()?;
            (name, flags.into())
        };
        self.remember_link(index, &name, Some(flags));
        Some(flags & IFF_UP != 0)
    }

    /// A link by its index, requested on the second socket.
    pub fn ask_link(&self, index: u32) -> Option<Vec<u8>> {
        let mask = RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS;
        let mut request = Request::of_device(RTM_GETLINK, 0, 0, index).with(IFLA_EXT_MASK, &mask.to_ne_bytes());
        if let Some(nsid) = self.view.get() {
            request.put(IFLA_TARGET_NETNSID, &nsid.to_ne_bytes());
        }
        self.side().ok()?.ask(&request).ok()
    }

    fn ask_name(&self, index: u32) -> Option<Vec<u8>> {
        if let Some(name) = self.interceptor.as_ref().and_then(|i| i.name(index)) {
            return Some(name);
        }
        if self.view.get().is_some() {
            let answer = self.ask_link(index)?;
            let attrs = Nested::new(answer.get(NLMSG_HDRLEN + IFINFOMSG..)?);
            return Some(attrs.str(IFLA_IFNAME).unwrap_or(b"?").to_vec());
        }
        let kernel = self.kernel().ok()?;
        let fd = kernel.socket().as_fd();
        crate::sys::name_of_index(fd, index).ok().filter(|n| !n.is_empty())
    }

    /// Requests a device by name, altname or index; returns the reply.
    ///
    /// # Errors
    ///
    /// ENODEV if there is no such device, or another refusal; EIO if the socket cannot be opened.
    pub fn get_link(&self, name: Option<&[u8]>, index: u32, mask: u32) -> Result<Vec<u8>, KernelError> {
        let mut request = Request::of_device(RTM_GETLINK, 0, 0, index).with(IFLA_EXT_MASK, &mask.to_ne_bytes());
        if let Some(name) = name {
            let mut z = name.to_vec();
            z.push(0);
            request.put(if name.len() > NAME_MAX { IFLA_ALT_IFNAME } else { IFLA_IFNAME }, &z);
        }
        let kernel = self.kernel().map_err(|_| KernelError::from_errno(nix::errno::Errno::EIO))?;
        kernel.ask(&request)
    }

    /// The length of a device's hardware address, in bytes. Called `ip`, a refusal is printed: the change that follows fails
    /// for the same reason, and iproute2 prints it twice.
    pub fn hardware_address_len(&self, index: u32) -> Option<usize> {
        let link = match self.get_link(None, index, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS) {
            Ok(link) => link,
            Err(e) => {
                if self.options.invocation.is_ip {
                    print_stderr(&format!("{}\n", e.line()));
                }
                return None;
            }
        };
        Some(Nested::new(link.get(NLMSG_HDRLEN + IFINFOMSG..)?).get(IFLA_ADDRESS)?.len())
    }

    /// The name of an existing device: as typed or, if there is none, with the escapes of our output decoded.
    pub fn existing_link_name<'a>(&self, typed: &'a [u8]) -> Cow<'a, [u8]> {
        let is_there = |name: &[u8]| matches!(self.ask_index(name), Ok(Some(_)));
        match crate::output::escape::unescape(typed) {
            Some(real) if !is_there(typed) && is_there(&real) => Cow::Owned(real),
            _ => Cow::Borrowed(typed),
        }
    }

    /// The routing table of a VRF device; `None` if the name is not one.
    pub(super) fn ask_vrf(&self, name: &[u8]) -> Option<u32> {
        let answer = self.get_link(Some(name), 0, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS).ok()?;
        let info = Nested::new(answer.get(NLMSG_HDRLEN + IFINFOMSG..)?).nest(IFLA_LINKINFO)?;
        let data = info.nest(IFLA_INFO_DATA).filter(|_| info.str(IFLA_INFO_KIND) == Some(b"vrf"))?;
        data.u32(IFLA_VRF_TABLE)
    }

    /// The index of a name, requested from the kernel.
    ///
    /// # Errors
    ///
    /// The socket cannot be opened.
    pub(super) fn ask_index(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        if name.is_empty() || name.len() > 127 {
            // As iproute2 reports a name that does not fit into its message.
            if name.len() >= NO_ROOM {
                crate::output::out::print_stderr("addattr_l ERROR: message exceeded bound of 1056\n");
            }
            return Ok(None);
        }
        self.kernel()?;
        if let Ok(answer) = self.get_link(Some(name), 0, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS) {
            let body = answer.get(NLMSG_HDRLEN..).unwrap_or_default();
            if let Some(index) = u32_at(body, 4) {
                let attrs = Nested::new(body.get(IFINFOMSG..).unwrap_or_default());
                if let Some(name) = attrs.get(IFLA_IFNAME) {
                    self.remember(index, until_nul(name));
                }
                return Ok(Some(index));
            }
        }
        if let Some(device) = alias_of(name) {
            return self.ask_index(device);
        }
        // An altname of up to 15 bytes is found by IFLA_IFNAME too; `ifN` is the index itself.
        Ok(name
            .strip_prefix(b"if")
            .filter(|d| d.first().is_some_and(u8::is_ascii_digit))
            .and_then(|d| number::unsigned(d, 10))
            .and_then(|v| u32::try_from(v).ok())
            .filter(|v| *v != 0))
    }
}

/// The device of an address label: `eth0` of `eth0:1`. SIOCGIFINDEX ignores what follows the colon.
fn alias_of(name: &[u8]) -> Option<&[u8]> {
    let at = name.iter().position(|b| *b == b':').filter(|at| *at > 0 && name.len() <= NAME_MAX)?;
    name.get(..at)
}
