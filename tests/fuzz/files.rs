//! What must hold for the files that the program reads: they may be damaged or hostile. Nothing is sent to the kernel, but
//! for questions about devices and nexthops by their number.

use rip::internals::cli::{batch, head};
use rip::internals::dumpfile::{self, File};
use rip::internals::object::{address, route, rule};
use rip::internals::output::out::Out;
use rip::internals::output::report;
use rip::internals::session::Session;
use rip::internals::session::options::Options;
use rip::internals::state::Store;
use rip::internals::undo::ledger::Reader;
use rip::internals::undo::{Origin, Record, folder};
use std::os::unix::fs::OpenOptionsExt as _;

/// Every target, by its name.
/// Reads one input.
type Target = fn(&[u8]);

pub const TARGETS: &[(&str, Target)] =
    &[("batch", batch), ("dump", dump), ("journal", journal), ("ledger", ledger), ("names", names)];

fn session(json: bool) -> Session {
    Session::new(Options { json, details: true, ..Options::default() }, Out::memory())
}

#[track_caller]
fn harmless(text: &str) {
    let acts = |c: char| c.is_control() && !"\n\t".contains(c);
    assert!(!text.contains(acts), "{}", text.escape_debug());
}

/// The lines of a batch, their options, and the errors about them.
pub fn batch(bytes: &[u8]) {
    let mut last = 0;
    let result = batch::each_line(Box::new(std::io::Cursor::new(bytes.to_vec())), &mut |number, words| {
        assert!(number > last && words.len() <= 512, "line {number} after {last}, {} words", words.len());
        last = number;
        let size: usize = words.iter().map(Vec::len).sum();
        assert!(size <= bytes.len());
        let mut line = vec![b"rip".to_vec()];
        line.extend_from_slice(words);
        if let Err(d) = head::parse(&line) {
            said(&d, &line);
        }
    });
    if let Err(d) = result {
        said(&d, &[]);
    }
}

fn said(d: &rip::internals::diag::Diag, words: &[Vec<u8>]) {
    harmless(&report::text(d, words, true));
    let json = report::json(d, words, None);
    harmless(&json);
    let last = json.lines().last().unwrap_or_default();
    assert!(serde_json::from_str::<serde_json::Value>(last).is_ok_and(|v| v.is_object()), "{json}");
}

/// A saved dump of routes, addresses or rules, by the first byte: what it shows and what restoring it would send.
pub fn dump(bytes: &[u8]) {
    let Some((which, rest)) = bytes.split_first() else { return };
    let file: &File = match which % 3 {
        0 => &route::file::FILE,
        1 => &address::file::FILE,
        _ => &rule::file::FILE,
    };
    let mut whole = file.magic.to_ne_bytes().to_vec();
    whole.extend_from_slice(rest);
    // As it is read: in pieces, and refused where it is too long.
    let Ok(read) = file.parse(&whole[..], 1 << 20) else { return };
    assert!(rest.starts_with(&read));
    for json in [false, true] {
        let s = session(json);
        let (list, code) = dumpfile::messages(&s, &read);
        assert!(code == 0 || code == 2);
        let sent: usize = match which % 3 {
            0 => route::file::requests(&list).map(|r| r.body.len()).sum(),
            1 => address::file::requests(&list).map(|r| r.body.len()).sum(),
            _ => rule::file::requests(&list).map(|r| r.body.len()).sum(),
        };
        assert!(sent <= read.len(), "{sent} bytes of {}", read.len());
        match which % 3 {
            0 => drop(route::file::print(&s, &read, 0)),
            1 => drop(address::file::print(&s, &read)),
            _ => continue,
        }
        let out = String::from_utf8(s.out.into_inner().into_bytes()).expect("UTF-8");
        harmless(&out);
        assert!(out.len() <= 96 * bytes.len() + 4096, "{} bytes of {}", out.len(), bytes.len());
        if json {
            assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok_and(|v| v.is_array()), "{out}");
        }
    }
}

/// A journal: its head alone, and as a file.
pub fn journal(bytes: &[u8]) {
    let _ = Origin::read(bytes);
    let path = std::env::temp_dir().join(format!("rip-fuzz-journal-{}", std::process::id()));
    let mut options = std::fs::File::options();
    let written = options.write(true).create(true).truncate(true).mode(0o600).open(&path);
    std::io::Write::write_all(&mut written.expect("a file"), bytes).expect("written");
    let told = match folder::at(&path) {
        Ok(found) => found.record().err(),
        Err(d) => Some(d),
    };
    std::fs::remove_file(&path).expect("removed");
    if let Some(d) = told {
        said(&d, &[]);
    }
}

/// FNV-1a, 64 bits: the checksum of journals.
fn sum(bytes: &[u8]) -> [u8; 8] {
    let step = |sum: u64, b: &u8| (sum ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step).to_ne_bytes()
}

/// What a journal holds behind its head, under checksums that fit: read, and what undoing it would send, here where there
/// is nothing and where everything is as it was.
pub fn ledger(bytes: &[u8]) {
    let head = b"boot b\ncookie 5\npid 6\nsince 8\nfile x\n";
    let len = u32::try_from(head.len()).expect("a short head");
    let body = [&len.to_ne_bytes(), &head[..], &sum(head), bytes].concat();
    let size = (body.len() as u64).to_ne_bytes();
    let whole = [&b"rip batch journal 4\n"[..], &size, &sum(&body), &body].concat();
    let (mut reader, read) = Reader::begin(&whole[..], whole.len() as u64).expect("a whole file");
    assert_eq!(read, head);
    let Ok(record) = Record::read(Origin::read(&read).expect("a head"), &mut reader) else { return };
    let sent = rip::internals::undo::differences(&record, &Store::default());
    let back: usize = sent.iter().map(|r| r.body.len()).sum();
    assert!(back <= 16 * bytes.len() + 4096, "{back} bytes of {}", bytes.len());
    let _ = rip::internals::undo::differences(&record, &record.before);
}

/// A name table: every entry is one that can be looked up.
pub fn names(bytes: &[u8]) {
    let mut entries = Vec::new();
    if let Err(line) = rip::internals::nss::names::parse(bytes, &mut entries) {
        harmless(&line);
    }
    let size: usize = entries.iter().map(|(_, name)| name.len() + 2).sum();
    assert!(size <= bytes.len() + 1, "{size} of {}", bytes.len());
    assert!(
        entries.iter().all(|(_, name)| !name.is_empty() && !name.iter().any(u8::is_ascii_whitespace)),
        "{entries:?}"
    );
}
