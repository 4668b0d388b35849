//! Entries of generic netlink families, which rtnetlink does not dump: read before they change, kept in the journal,
//! and deleted or added again.

use crate::command::generic::{Entries, Entry, entries};
use crate::diag::Diag;
use crate::net::attr::Attrs;
use crate::net::generic::Family;
use crate::net::request::Protocol;
use crate::net::{Index, Kernel, KernelError, Request};
use crate::object::{fou, ila, l2tp};
use nix::errno::Errno;

/// All entries that can be restored.
const ALL: &[&Entries] = &[&fou::ENTRIES, &ila::ENTRIES, &l2tp::TUNNELS, &l2tp::SESSIONS];

/// The receive buffer, in bytes: the default of iproute2.
const RCVBUF: u32 = 1 << 20;

/// An entry and its former state.
#[derive(Clone)]
pub struct Saved {
    of: &'static Entries,
    /// The attributes that delete it.
    key: Vec<u8>,
    /// The attributes that add it; `None`: it did not exist.
    was: Option<Vec<u8>>,
}

impl std::fmt::Debug for Saved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct(self.of.name).field("key", &self.key).field("was", &self.was).finish()
    }
}

impl Saved {
    /// Reads an entry before it changes.
    ///
    /// # Errors
    ///
    /// The entries cannot be listed, or this one cannot be changed in an atomic batch.
    pub fn of(name: &str, key: &[u8]) -> Result<Option<Saved>, Diag> {
        let Some(of) = ALL.iter().find(|of| of.name == name) else { return Ok(None) };
        let was = opened(of).and_then(|(kernel, family)| read(of, &kernel, &family, key));
        let was = was.map_err(|e| Diag::fail(e.line()))?;
        match of.fixed.filter(|_| was.is_some()) {
            Some(why) => Err(Diag::fail(why)),
            None => Ok(Some(Saved { of, key: key.to_vec(), was })),
        }
    }

    /// Whether both are about the same entry.
    pub fn is_of(&self, other: &Saved) -> bool {
        self.of.name == other.of.name && self.key == other.key
    }

    /// Whether the entry did not exist.
    pub fn is_new(&self) -> bool {
        self.was.is_none()
    }

    /// Its form in the journal: the index in [`ALL`], the length of the key, the key, and a flag before its former
    /// state.
    pub fn bytes(&self) -> Vec<u8> {
        let place = ALL.iter().position(|of| of.name == self.of.name).and_then(|at| u8::try_from(at).ok());
        let len = u16::try_from(self.key.len()).unwrap_or(u16::MAX).to_ne_bytes();
        let was = self.was.as_ref().map_or(vec![0], |was| [&[1], was.as_slice()].concat());
        [&[place.unwrap_or(u8::MAX)], len.as_slice(), &self.key, &was].concat()
    }

    /// Parses it from the journal.
    pub fn from_bytes(bytes: &[u8]) -> Option<Saved> {
        let (place, rest) = bytes.split_first()?;
        let (len, rest) = rest.split_first_chunk()?;
        let (key, was) = rest.split_at_checked(usize::from(u16::from_ne_bytes(*len)))?;
        let was = match was.split_first()? {
            (0, []) => None,
            (1, was) => Some(was.to_vec()),
            _ => return None,
        };
        Some(Saved { of: ALL.get(usize::from(*place))?, key: key.to_vec(), was })
    }

    /// Deletes an entry that did not exist, and adds one that did.
    ///
    /// # Errors
    ///
    /// The text of the kernel's refusal.
    pub fn restore(&self) -> Result<(), String> {
        self.try_restore().map_err(|e| e.line())
    }

    fn try_restore(&self) -> Result<(), KernelError> {
        let (kernel, family) = opened(self.of)?;
        let now = read(self.of, &kernel, &family, &self.key)?;
        if now == self.was {
            return Ok(());
        }
        if now.is_some() {
            match kernel.change(&filled(family.request(self.of.delete, 0), &self.key)) {
                // The kernel has deleted it with another one.
                Err(e) if e.is(Errno::ENOENT) || e.is(Errno::ENODEV) => {}
                other => other?,
            }
        }
        match &self.was {
            Some(was) => kernel.change(&filled(family.request(self.of.add, 0), was)),
            None => Ok(()),
        }
    }

    /// The words of the command that restores it.
    pub fn words(&self) -> String {
        let verb = if self.is_new() { "delete" } else { "add" };
        format!("{verb} {}", (self.of.words)(&Index::new(&self.key)))
    }
}

fn opened(of: &Entries) -> Result<(Kernel, Family), KernelError> {
    let failed = |d: Diag| KernelError::from_errno(d.errno().map_or(Errno::EIO, Errno::from_raw));
    let kernel = Kernel::open_protocol(Protocol::Generic, RCVBUF).map_err(failed)?;
    let family = kernel.family(of.family)?;
    Ok((kernel, family))
}

/// The present entry with a key.
fn read(of: &Entries, kernel: &Kernel, family: &Family, key: &[u8]) -> Result<Option<Vec<u8>>, KernelError> {
    let answer = kernel.collect(&family.request(of.list, 0))?;
    let same = |a: &Entry<'_>| (of.key)(a) == key;
    Ok(entries(&answer).find(same).map(|a| (of.body)(&a)))
}

/// A request with attributes.
fn filled(mut request: Request, attributes: &[u8]) -> Request {
    Attrs(attributes).for_each(|(attr, value)| request.put(attr, value));
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_as_they_were_written() {
        for was in [None, Some(vec![]), Some(vec![4, 5, 6])] {
            let kept = Saved { of: &ila::ENTRIES, key: vec![1, 2, 3], was };
            let bytes = kept.bytes();
            let again = Saved::from_bytes(&bytes).expect("an entry");
            assert!(again.is_of(&kept));
            assert_eq!(again.was, kept.was);
            (0..7).for_each(|len| assert!(Saved::from_bytes(&bytes[..len]).is_none()));
        }
    }

    #[test]
    fn a_key_is_the_same_from_a_request_and_from_a_list() {
        let mut request = Vec::new();
        let mut listed = Vec::new();
        for (attr, asked, shown) in [(1, &[21u8, 179][..], &[21u8, 179][..]), (2, &[2], &[2]), (6, &[], &[0, 0, 0, 0])]
        {
            if !asked.is_empty() {
                crate::net::attr::put(&mut request, attr, asked);
            }
            crate::net::attr::put(&mut listed, attr, shown);
        }
        assert_eq!((fou::ENTRIES.key)(&Index::new(&request)), (fou::ENTRIES.key)(&Index::new(&listed)));
        assert_eq!((fou::ENTRIES.words)(&Index::new(&request)), "FOU port 5555");
    }
}
