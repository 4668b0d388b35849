//! What is known of a batch that may have to be undone: what there was, and what it touched. In a file as in memory.

use super::scope::Touched;
use super::snapshot::Snapshot;
use crate::net::attr::{u16_at, u32_at};
use crate::net::identity::Class;
use std::io::Write;

/// The beginning of a journal.
const MAGIC: &str = "rip batch journal 1\n";
/// One part of a journal may be this long.
const PART_MAX: u32 = 1 << 20;

const CLASS: u8 = b'c';
const THING: u8 = b't';
const READY: u8 = b'.';
const REQUEST: u8 = b'r';
const NAME: u8 = b'n';
const LINK: u8 = b'l';

/// Whose batch it is, and when and where it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub boot: String,
    /// Device and inode of the network namespace.
    pub netns: (u64, u64),
    pub pid: u32,
    /// Seconds since the machine started.
    pub since: u64,
    pub file: String,
}

#[derive(Clone, Debug, Default)]
pub struct Record {
    pub origin: Origin,
    pub before: Snapshot,
    pub touched: Touched,
    /// Namespaces that were given a name.
    pub names: Vec<Vec<u8>>,
}

/// Seconds since the machine started.
pub fn uptime() -> u64 {
    nix::time::clock_gettime(nix::time::ClockId::CLOCK_BOOTTIME).map_or(0, |t| u64::try_from(t.tv_sec()).unwrap_or(0))
}

fn class_of(byte: u8) -> Option<Class> {
    super::snapshot::CLASSES.into_iter().find(|c| *c as u8 == byte)
}

/// Appends one part.
fn part(out: &mut Vec<u8>, tag: u8, body: &[&[u8]]) {
    let len: usize = body.iter().map(|b| b.len()).sum();
    out.push(tag);
    out.extend(u32::try_from(len).unwrap_or(u32::MAX).to_ne_bytes());
    body.iter().for_each(|b| out.extend_from_slice(b));
}

/// A request, as it is noted before it is sent.
pub fn request(kind: u16, flags: u16, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 9);
    part(&mut out, REQUEST, &[&kind.to_ne_bytes(), &flags.to_ne_bytes(), body]);
    out
}

/// The name that a namespace is about to get.
pub fn name(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    part(&mut out, NAME, &[name]);
    out
}

/// A device that is about to be made without a request.
pub fn link(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    part(&mut out, LINK, &[name]);
    out
}

impl Record {
    /// Seconds since the snapshot.
    pub fn elapsed(&self) -> u32 {
        u32::try_from(uptime().saturating_sub(self.origin.since)).unwrap_or(u32::MAX)
    }

    /// Writes the beginning of a journal: everything but what will be touched.
    pub fn begin(&self, out: &mut impl Write) -> std::io::Result<()> {
        let o = &self.origin;
        let head = format!(
            "{MAGIC}boot {}\nnetns {} {}\npid {}\nsince {}\nfile {}\n\n",
            o.boot, o.netns.0, o.netns.1, o.pid, o.since, o.file
        );
        out.write_all(head.as_bytes())?;
        let mut buf = Vec::new();
        for (class, list) in &self.before.0 {
            part(&mut buf, CLASS, &[&[*class as u8]]);
            for body in list {
                part(&mut buf, THING, &[&[*class as u8], body]);
                if buf.len() > 1 << 16 {
                    out.write_all(&buf)?;
                    buf.clear();
                }
            }
        }
        part(&mut buf, READY, &[]);
        out.write_all(&buf)
    }

    /// Reads a journal. A part that was being written when the batch died is not there, and was not sent.
    /// None for what is no journal, or one that ends before the first change.
    pub fn read(bytes: &[u8]) -> Option<(Record, bool)> {
        let end = bytes.windows(2).position(|w| w == b"\n\n")?;
        let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
        let mut r = Record { origin: origin(head.strip_prefix(MAGIC)?)?, ..Record::default() };
        let mut ready = false;
        let mut rest = bytes.get(end + 2..)?;
        while let (Some(tag), Some(len)) = (rest.first().copied(), u32_at(rest, 1)) {
            let Some(body) = usize::try_from(len).ok().filter(|_| len <= PART_MAX).and_then(|n| rest.get(5..5 + n))
            else {
                break;
            };
            rest = rest.get(5 + body.len()..).unwrap_or_default();
            match (tag, body.split_first()) {
                (CLASS, Some((class, _))) => drop(r.before.0.entry(class_of(*class)?).or_default()),
                (THING, Some((class, thing))) => r.before.0.entry(class_of(*class)?).or_default().push(thing.to_vec()),
                (READY, _) => ready = true,
                (REQUEST, _) => {
                    r.touched.note(u16_at(body, 0)?, u16_at(body, 2)?, body.get(4..)?);
                }
                (NAME, _) => r.names.push(body.to_vec()),
                (LINK, _) => r.touched.note_name(body),
                _ => return None,
            }
        }
        Some((r, ready))
    }
}

fn origin(head: &str) -> Option<Origin> {
    let mut o = Origin::default();
    let pair = |v: &str| -> Option<(u64, u64)> {
        let (a, b) = v.split_once(' ')?;
        Some((a.parse().ok()?, b.parse().ok()?))
    };
    for line in head.lines() {
        let (key, value) = line.split_once(' ')?;
        match key {
            "boot" => o.boot = value.into(),
            "netns" => o.netns = pair(value)?,
            "pid" => o.pid = value.parse().ok()?,
            "since" => o.since = value.parse().ok()?,
            "file" => o.file = value.into(),
            _ => return None,
        }
    }
    Some(o)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let origin = Origin { boot: "b-1".into(), netns: (4, 5), pid: 6, since: 8, file: "x y".into() };
        let mut r = Record { origin, ..Record::default() };
        r.before.0.insert(Class::Rule, vec![vec![2; 12], vec![10; 40]]);
        r.before.0.insert(Class::Neigh, Vec::new());
        let mut out = Vec::new();
        r.begin(&mut out).unwrap();
        out.extend(request(32, 0x600, &[2; 12]));
        out.extend(name(b"ns1"));
        out.extend(link(b"tun0"));
        out
    }

    #[test]
    fn a_journal_is_read_as_it_was_written() {
        let (r, ready) = Record::read(&sample()).unwrap();
        assert!(ready);
        assert_eq!((r.origin.pid, r.origin.netns, r.origin.file.as_str()), (6, (4, 5), "x y"));
        assert_eq!(r.before.of(Class::Rule).len(), 2);
        assert!(r.before.0.contains_key(&Class::Neigh));
        assert_eq!(r.names, [b"ns1".to_vec()]);
    }

    #[test]
    fn a_journal_cut_anywhere_is_no_harm() {
        let whole = sample();
        let mut ready = 0;
        for len in 0..whole.len() {
            ready += usize::from(Record::read(&whole[..len]).is_some_and(|(_, ready)| ready));
        }
        assert!(ready > 20, "{ready}");
        let mut bytes = whole;
        for at in 0..bytes.len() {
            bytes[at] ^= 0x55;
            let _ = Record::read(&bytes);
            bytes[at] ^= 0x55;
        }
    }
}
