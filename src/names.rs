//! The name tables: /etc/iproute2 over /usr/share/iproute2, each with its `.d` folder, read on first use.

use crate::grammar::words::Table;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

const ETC: &str = "/etc/iproute2";
const SHARE: &str = "/usr/share/iproute2";
/// Larger files, and longer lines, are not name tables.
const FILE_MAX: u64 = 1 << 20;
const LINE_MAX: usize = 512;

const PROTOCOLS: &[(u32, &str)] = &[
    (0, "unspec"),
    (1, "redirect"),
    (2, "kernel"),
    (3, "boot"),
    (4, "static"),
    (8, "gated"),
    (9, "ra"),
    (10, "mrt"),
    (11, "zebra"),
    (12, "bird"),
    (13, "dnrouted"),
    (14, "xorp"),
    (15, "ntk"),
    (16, "dhcp"),
    (18, "keepalived"),
    (42, "babel"),
    (186, "bgp"),
    (187, "isis"),
    (188, "ospf"),
    (189, "rip"),
    (192, "eigrp"),
];
const TABLES: &[(u32, &str)] = &[(255, "local"), (254, "main"), (253, "default")];
const SCOPES: &[(u32, &str)] = &[(0, "global"), (255, "nowhere"), (254, "host"), (253, "link"), (200, "site")];
const REALMS: &[(u32, &str)] = &[(0, "unknown")];
const GROUPS: &[(u32, &str)] = &[(0, "default")];
const ADDRESS_PROTOCOLS: &[(u32, &str)] = &[(0, "unspec"), (1, "kernel_lo"), (2, "kernel_ra"), (3, "kernel_ll")];

/// The built-in names of a table, its file, and whether the built-in name is printed first.
fn builtin(table: Table) -> (&'static [(u32, &'static str)], &'static str) {
    match table {
        Table::Tables => (TABLES, "rt_tables"),
        Table::Protocols => (PROTOCOLS, "rt_protos"),
        Table::Scopes => (SCOPES, "rt_scopes"),
        Table::Realms => (REALMS, "rt_realms"),
        Table::Fields => (&[], "rt_dsfield"),
        Table::Groups => (GROUPS, "group"),
        Table::AddressProtocols => (ADDRESS_PROTOCOLS, "rt_addrprotos"),
        Table::DownReasons => (&[], "protodown_reasons"),
    }
}

/// Tables whose built-in names are printed without reading any file.
fn builtin_first(table: Table) -> bool {
    matches!(table, Table::Protocols | Table::Scopes)
}

/// One table, both ways.
#[derive(Default)]
pub struct NameTable {
    by_id: HashMap<u32, String>,
    by_name: HashMap<String, u32>,
}

impl NameTable {
    fn set(&mut self, id: u32, name: &str) {
        if let Some(old) = self.by_id.insert(id, name.to_string())
            && self.by_name.get(&old) == Some(&id)
        {
            self.by_name.remove(&old);
        }
        self.by_name.insert(name.to_string(), id);
    }

    fn load(table: Table) -> NameTable {
        let (names, file) = builtin(table);
        let mut t = NameTable::default();
        for (id, name) in names {
            t.set(*id, name);
        }
        if !t.read(&Path::new(ETC).join(file)) {
            t.read(&Path::new(SHARE).join(file));
        }
        let dir = format!("{file}.d");
        let etc = parts(&Path::new(ETC).join(&dir));
        for path in parts(&Path::new(SHARE).join(&dir)) {
            if !etc.iter().any(|p| p.file_name() == path.file_name()) {
                t.read(&path);
            }
        }
        for path in etc {
            t.read(&path);
        }
        t
    }

    /// Reads one file; false where there is none.
    fn read(&mut self, path: &Path) -> bool {
        let Some(file) = open_regular(path) else { return false };
        let mut text = Vec::new();
        if file.take(FILE_MAX).read_to_end(&mut text).is_err() {
            return true;
        }
        for line in text.split(|b| *b == b'\n') {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with(b"#") || line.starts_with(b"-") {
                continue;
            }
            match entry(line) {
                Some((id, name)) => self.set(id, name),
                None => {
                    let shown = crate::show::escape::shown(line.get(..60).unwrap_or(line));
                    crate::show::out::complain(&format!("Database {} is corrupted at {shown}\n", path.display()));
                    return true;
                }
            }
        }
        true
    }
}

/// `ID NAME` of a line.
fn entry(line: &[u8]) -> Option<(u32, &str)> {
    if line.len() > LINE_MAX {
        return None;
    }
    let mut words = line.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty());
    let id = words.next()?;
    let id = match id.strip_prefix(b"0x") {
        Some(hex) => u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?,
        None => std::str::from_utf8(id).ok()?.parse().ok()?,
    };
    let name = std::str::from_utf8(words.next()?).ok()?;
    (!name.starts_with('#')).then_some((id, name))
}

/// Opens without waiting (a FIFO would hang us) and takes regular files only.
pub fn open_regular(path: &Path) -> Option<File> {
    let file =
        OpenOptions::new().read(true).custom_flags(nix::libc::O_NONBLOCK | nix::libc::O_CLOEXEC).open(path).ok()?;
    file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    Some(file)
}

/// The `.conf` files of a folder, hidden ones left out, in the order of their names.
fn parts(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut out: Vec<PathBuf> = entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.ends_with(".conf") && !n.starts_with('.')))
        .collect();
    out.sort();
    out
}

/// All tables, each read when it is first asked for.
#[derive(Default)]
pub struct NameTables {
    tables: OnceCell<NameTable>,
    protocols: OnceCell<NameTable>,
    scopes: OnceCell<NameTable>,
    realms: OnceCell<NameTable>,
    fields: OnceCell<NameTable>,
    groups: OnceCell<NameTable>,
    address_protocols: OnceCell<NameTable>,
    down_reasons: OnceCell<NameTable>,
}

impl NameTables {
    fn cell(&self, table: Table) -> &OnceCell<NameTable> {
        match table {
            Table::Tables => &self.tables,
            Table::Protocols => &self.protocols,
            Table::Scopes => &self.scopes,
            Table::Realms => &self.realms,
            Table::Fields => &self.fields,
            Table::Groups => &self.groups,
            Table::AddressProtocols => &self.address_protocols,
            Table::DownReasons => &self.down_reasons,
        }
    }

    fn get(&self, table: Table) -> &NameTable {
        self.cell(table).get_or_init(|| NameTable::load(table))
    }

    /// The number of a name.
    pub fn number(&self, table: Table, name: &str) -> Option<u32> {
        self.get(table).by_name.get(name).copied()
    }

    /// The name of a number. Protocols and scopes with a built-in name need no file.
    pub fn name(&self, table: Table, id: u32) -> Option<&str> {
        if builtin_first(table)
            && self.cell(table).get().is_none()
            && let Some((_, name)) = builtin(table).0.iter().find(|(i, _)| *i == id)
        {
            return Some(name);
        }
        self.get(table).by_id.get(&id).map(String::as_str)
    }

    /// Every name, sorted.
    pub fn all(&self, table: Table) -> Vec<(u32, String)> {
        let mut v: Vec<_> = self.get(table).by_id.iter().map(|(id, n)| (*id, n.clone())).collect();
        v.sort();
        v
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries() {
        assert_eq!(entry(b"10 mine"), Some((10, "mine")));
        assert_eq!(entry(b"0x10\tAF11 extra"), Some((16, "AF11")));
        for bad in [&b"x y"[..], b"10", b"10 #", b"\xff \xff", b"99999999999 a"] {
            assert_eq!(entry(bad), None, "{bad:?}");
        }
        assert_eq!(entry(&[b'1'; 600]), None);
    }

    #[test]
    fn a_later_name_replaces_an_earlier_one() {
        let mut t = NameTable::default();
        t.set(254, "main");
        t.set(254, "mymain");
        assert_eq!(t.by_name.get("main"), None);
        assert_eq!(t.by_name.get("mymain"), Some(&254));
    }
}
