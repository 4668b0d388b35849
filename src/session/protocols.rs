//! The sockets of protocols other than NETLINK_ROUTE. Interceptors do not see their requests: a command that changes
//! something asks `allow` first.

use super::Session;
use crate::diag::Diag;
use crate::net::Kernel;
use crate::net::generic::{Family, FamilyName};
use crate::net::request::Protocol;
use std::cell::OnceCell;

impl Session {
    fn socket<'s>(&'s self, cell: &'s OnceCell<Kernel>, protocol: Protocol) -> Result<&'s Kernel, Diag> {
        if let Some(kernel) = cell.get() {
            return Ok(kernel);
        }
        let opened = Kernel::open_protocol(protocol, self.options.rcvbuf)?;
        Ok(cell.get_or_init(|| opened))
    }

    /// The kernel's generic netlink socket, and a family on it.
    ///
    /// # Errors
    ///
    /// The kernel has no such family.
    pub fn generic(&self, family: &FamilyName) -> Result<(&Kernel, Family), Diag> {
        let kernel = self.socket(&self.generic, Protocol::Generic)?;
        let found = kernel.family(family);
        let found = found.map_err(|e| Diag::fail(e.line()).line("Error talking to the kernel").with_errno(e.errno))?;
        Ok((kernel, found))
    }

    /// The kernel's socket to the databases of IPsec states and policies (NETLINK_XFRM).
    ///
    /// # Errors
    ///
    /// The kernel has no IPsec.
    pub fn xfrm(&self) -> Result<&Kernel, Diag> {
        self.socket(&self.xfrm, Protocol::Xfrm)
    }
}
