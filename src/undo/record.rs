//! The record of a batch that may have to be rolled back: the former state, and what it touched. In a file as in
//! memory.

use super::generic;
use super::ledger::{Reader, Unfit, Writer};
use super::setting::Saved;
use super::touched::{Entry, Touched};
use crate::net::attr::u16_at;
use crate::state::{ObjectType, Store};
use std::fs::File;
use std::io::Read;
use std::rc::Rc;

/// Maximum bytes of a part of a journal.
const PART_MAX: u32 = 1 << 20;

const THING: u8 = b't';
const PLANNED: u8 = b'p';
const READY: u8 = b'.';
const REQUEST: u8 = b'r';
const NAMED: u8 = b'n';
const LINK: u8 = b'l';
const ENTRY: u8 = b'e';
const SETTING: u8 = b's';
const GENERIC: u8 = b'g';

/// Which batch it is, and when and where it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// /proc/sys/kernel/random/boot_id.
    pub boot: String,
    /// The cookie of the network namespace (SO_NETNS_COOKIE).
    pub cookie: u64,
    /// The process that ran the batch.
    pub pid: u32,
    /// The start of the batch, in seconds since boot.
    pub since: u64,
    /// The batch file.
    pub file: String,
}

/// The name that a batch gave to a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: Vec<u8>,
    /// The cookie of the namespace; `None`: the name was not assigned yet.
    pub cookie: Option<u64>,
}

/// The content of a journal.
#[derive(Debug, Default)]
pub struct Record {
    /// The batch that it belongs to.
    pub origin: Origin,
    /// The former state of all that `planned` reaches.
    pub before: Store,
    /// What the batch may change.
    pub planned: Rc<Touched>,
    /// What it has changed.
    pub touched: Rc<Touched>,
    /// Names of namespaces that it created.
    pub names: Vec<Name>,
    /// Settings that it has changed other than by requests, and their former values.
    pub settings: Vec<Saved>,
    /// Entries of generic netlink families that it has changed, and their former state.
    pub generic: Vec<generic::Saved>,
    /// It was ready for the first change.
    pub ready: bool,
}

/// Seconds since boot.
pub fn uptime() -> u64 {
    nix::time::clock_gettime(nix::time::ClockId::CLOCK_BOOTTIME).map_or(0, |t| u64::try_from(t.tv_sec()).unwrap_or(0))
}

/// The object type of a byte in the file.
pub fn object_of(byte: u8) -> Option<ObjectType> {
    ObjectType::restorable().find(|object| *object as u8 == byte)
}

/// A part: its tag, its length, its bytes.
fn part(tag: u8, body: &[&[u8]]) -> Vec<u8> {
    let len: usize = body.iter().map(|b| b.len()).sum();
    let mut out = Vec::with_capacity(len + 5);
    out.push(tag);
    out.extend(u32::try_from(len).unwrap_or(u32::MAX).to_ne_bytes());
    body.iter().for_each(|b| out.extend_from_slice(b));
    out
}

/// A request, as recorded before it is sent.
pub fn request(kind: u16, flags: u16, body: &[u8]) -> Vec<u8> {
    part(REQUEST, &[&kind.to_ne_bytes(), &flags.to_ne_bytes(), body])
}

/// The name that a namespace is about to get.
pub fn name(name: &[u8], cookie: Option<u64>) -> Vec<u8> {
    part(NAMED, &[&cookie.unwrap_or(0).to_ne_bytes(), name])
}

/// A device that is about to be created without a request.
pub fn link(name: &[u8]) -> Vec<u8> {
    part(LINK, &[name])
}

/// Something that is about to change without a request.
pub fn entry(entry: &Entry) -> Vec<u8> {
    part(ENTRY, &[&entry.bytes()])
}

/// A setting that is about to change.
pub fn setting(kept: &Saved) -> Vec<u8> {
    part(SETTING, &[&kept.bytes()])
}

/// An entry of a generic netlink family that is about to change.
pub fn generic(kept: &generic::Saved) -> Vec<u8> {
    part(GENERIC, &[&kept.bytes()])
}

impl Origin {
    /// The first line of the file.
    pub fn head(&self) -> String {
        format!(
            "boot {}\ncookie {}\npid {}\nsince {}\nfile {}\n",
            self.boot, self.cookie, self.pid, self.since, self.file
        )
    }

    /// Parses the first line of the file.
    pub fn read(head: &[u8]) -> Option<Origin> {
        let mut o = Origin::default();
        for line in std::str::from_utf8(head).ok()?.lines() {
            let (key, value) = line.split_once(' ')?;
            match key {
                "boot" => o.boot = value.into(),
                "cookie" => o.cookie = value.parse().ok()?,
                "pid" => o.pid = value.parse().ok()?,
                "since" => o.since = value.parse().ok()?,
                "file" => o.file = value.into(),
                _ => return None,
            }
        }
        Some(o)
    }
}

/// Writes what a batch may change, and its present state; it counts as a whole or not at all.
///
/// # Errors
///
/// That of write(2).
pub fn reach(out: &mut Writer, file: &File, entries: &[Entry], things: &Store) -> std::io::Result<()> {
    for entry in entries {
        out.append(file, &part(PLANNED, &[&entry.bytes()]))?;
    }
    for object in ObjectType::restorable() {
        for body in things.list(object) {
            out.append(file, &part(THING, &[&[object as u8], body]))?;
        }
    }
    out.append(file, &part(READY, &[]))
}

impl Record {
    /// Seconds since the snapshot.
    pub fn elapsed(&self) -> u32 {
        u32::try_from(uptime().saturating_sub(self.origin.since)).unwrap_or(u32::MAX)
    }

    /// Records that a namespace is about to get a name, or has got it.
    pub fn note_name(&mut self, name: &[u8], cookie: Option<u64>) {
        match self.names.iter_mut().find(|n| n.name == name && n.cookie.is_none()) {
            Some(known) => known.cookie = cookie,
            None => self.names.push(Name { name: name.to_vec(), cookie }),
        }
    }

    /// Records that a setting is about to change; its value before the first change counts.
    pub fn note_setting(&mut self, kept: Saved) {
        if !self.settings.iter().any(|known| known.is_of(&kept)) {
            self.settings.push(kept);
        }
    }

    /// Records that an entry of a generic netlink family is about to change; its state before the first change counts.
    pub fn note_generic(&mut self, kept: generic::Saved) {
        if !self.generic.iter().any(|known| known.is_of(&kept)) {
            self.generic.push(kept);
        }
    }

    /// Parses what follows the head.
    ///
    /// # Errors
    ///
    /// The journal is damaged.
    pub fn read<R: Read>(origin: Origin, input: &mut Reader<R>) -> Result<Record, Unfit> {
        let mut r = Record { origin, ..Record::default() };
        // What the batch may change counts only once it is complete.
        let (mut planned, mut things): (Vec<Entry>, Vec<(ObjectType, Vec<u8>)>) = Default::default();
        while !input.at_end() {
            let head = input.take(5)?;
            let (tag, len) = head.split_first().ok_or(Unfit::Damaged)?;
            let len = len.first_chunk().map_or(u32::MAX, |b| u32::from_ne_bytes(*b));
            let len = usize::try_from(len).ok().filter(|n| *n <= PART_MAX as usize).ok_or(Unfit::Damaged)?;
            let body = input.take(len)?;
            match (*tag, body.split_first()) {
                (PLANNED, _) => planned.push(Entry::read(&body).ok_or(Unfit::Damaged)?),
                (THING, Some((class, thing))) => {
                    things.push((object_of(*class).ok_or(Unfit::Damaged)?, thing.to_vec()));
                }
                (READY, _) => {
                    let known = Rc::make_mut(&mut r.planned);
                    planned.drain(..).for_each(|e| known.add(e));
                    r.before.set_loaded(ObjectType::restorable());
                    things.drain(..).for_each(|(object, body)| r.before.insert(object, &body));
                    r.ready = true;
                }
                (tag, _) => r.replay(tag, &body).ok_or(Unfit::Damaged)?,
            }
        }
        input.check()?;
        Ok(r)
    }

    fn replay(&mut self, tag: u8, body: &[u8]) -> Option<()> {
        match tag {
            REQUEST => Rc::make_mut(&mut self.touched).note(u16_at(body, 0)?, u16_at(body, 2)?, body.get(4..)?),
            NAMED => {
                let cookie = u64::from_ne_bytes(*body.first_chunk()?);
                self.note_name(body.get(8..)?, Some(cookie).filter(|c| *c != 0));
            }
            LINK => Rc::make_mut(&mut self.touched).note_name(body),
            ENTRY => Rc::make_mut(&mut self.touched).add(Entry::read(body)?),
            SETTING => self.note_setting(Saved::from_bytes(body)?),
            GENERIC => self.note_generic(generic::Saved::from_bytes(body)?),
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Key;

    fn sample() -> (Vec<u8>, std::path::PathBuf) {
        let path = std::env::temp_dir().join(format!("rip-journal-{:?}", std::thread::current().id()));
        let file = File::create(&path).unwrap();
        let origin = Origin { boot: "b-1".into(), cookie: 5, pid: 6, since: 8, file: "x y".into() };
        let mut before = Store::default();
        before.insert(ObjectType::Rule, &[2; 12]);
        before.insert(ObjectType::Rule, &[10; 40]);
        let mut out = Writer::begin(&file, origin.head().as_bytes()).unwrap();
        let entries = [Entry::Link(7), Entry::Any(ObjectType::Rule), Entry::Key(Key::of_nexthop(7))];
        reach(&mut out, &file, &entries, &before).unwrap();
        out.append(&file, &request(32, 0x600, &[2; 12])).unwrap();
        out.append(&file, &name(b"ns1", None)).unwrap();
        out.append(&file, &name(b"ns1", Some(77))).unwrap();
        out.append(&file, &link(b"tun0")).unwrap();
        out.commit(&file).unwrap();
        (std::fs::read(&path).unwrap(), path)
    }

    fn read(bytes: &[u8]) -> Result<Record, Unfit> {
        let (mut reader, head) = Reader::begin(bytes, bytes.len() as u64)?;
        Record::read(Origin::read(&head).ok_or(Unfit::Damaged)?, &mut reader)
    }

    #[test]
    fn a_journal_is_read_as_it_was_written() {
        let (bytes, path) = sample();
        let _ = std::fs::remove_file(path);
        let r = read(&bytes).unwrap();
        assert!(r.ready);
        assert_eq!((r.origin.pid, r.origin.cookie, r.origin.file.as_str()), (6, 5, "x y"));
        assert_eq!(r.before.list(ObjectType::Rule).len(), 2);
        assert_eq!(r.names, [Name { name: b"ns1".to_vec(), cookie: Some(77) }]);
        assert_eq!(r.planned.entries().len(), 3);
    }

    #[test]
    fn a_journal_cut_or_changed_anywhere_is_refused() {
        let (mut bytes, path) = sample();
        let _ = std::fs::remove_file(path);
        for len in 0..bytes.len() {
            assert!(read(&bytes[..len]).is_err(), "{len} bytes");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                bytes[at] ^= 1 << bit;
                assert!(read(&bytes).is_err(), "bit {bit} of byte {at}");
                bytes[at] ^= 1 << bit;
            }
        }
        // What was not committed does not count.
        bytes.extend([b'r', 0xff, 0, 0]);
        assert!(read(&bytes).is_ok());
    }
}
