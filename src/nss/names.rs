//! The name tables: /etc/iproute2, which overrides /usr/share/iproute2, each file with its `.d` directory, read on
//! first use.

use crate::grammar::words::Table;
use crate::hash::TrustedKeys;
use crate::sort::Arrange as _;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

const ETC: &str = "/etc/iproute2";
const SHARE: &str = "/usr/share/iproute2";
/// In bytes. No name table is larger.
const FILE_MAX: u64 = 16 << 20;
/// Bytes. iproute2 splits longer lines into pieces of this size.
const LINE_MAX: usize = 511;

/// The commonest first: each route and address looks its own up.
const PROTOCOLS: &[(u32, &str)] = &[
    (4, "static"),
    (2, "kernel"),
    (3, "boot"),
    (0, "unspec"),
    (1, "redirect"),
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
const SCOPES: &[(u32, &str)] = &[(253, "link"), (0, "global"), (254, "host"), (255, "nowhere"), (200, "site")];
const REALMS: &[(u32, &str)] = &[(0, "unknown")];
const GROUPS: &[(u32, &str)] = &[(0, "default")];
const ADDRESS_PROTOCOLS: &[(u32, &str)] = &[(0, "unspec"), (1, "kernel_lo"), (2, "kernel_ra"), (3, "kernel_ll")];

/// The built-in names of a table, and its file name.
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

/// The array size of a table in iproute2, where an id has one name; `None` for those kept in hash buckets (tables,
/// groups), where it may have several.
fn array_len(table: Table) -> Option<u32> {
    match table {
        Table::Tables | Table::Groups => None,
        Table::DownReasons => Some(32),
        _ => Some(256),
    }
}

/// iproute2's number of hash buckets.
const BUCKETS: u32 = 256;

/// The files are the administrator's: no hash of their names needs to withstand attacks. With SipHash a command that reads
/// one table takes 4,000 instructions more.
type Names<K, V> = HashMap<K, V, TrustedKeys>;

/// One table, by id and by name.
#[derive(Default)]
pub struct NameTable {
    by_id: Names<u32, Vec<u8>>,
    by_name: Names<Vec<u8>, u32>,
}

impl NameTable {
    /// Indexes entries in the order in which they were read. The last name of an id is the one printed. A name given to
    /// several ids means the one that iproute2's search finds first: in hash buckets the lowest bucket and within it
    /// the last entry read; in an array the lowest id.
    fn index(array: Option<u32>, entries: Vec<(u32, Vec<u8>)>) -> NameTable {
        let mut t = NameTable::default();
        if array.is_none() {
            for (id, name) in &entries {
                match t.by_name.get(name) {
                    Some(known) if known % BUCKETS < id % BUCKETS => {}
                    _ => drop(t.by_name.insert(name.clone(), *id)),
                }
            }
        }
        t.by_id = entries.into_iter().filter(|(id, _)| array.is_none_or(|len| *id < len)).collect();
        if array.is_some() {
            for (id, name) in &t.by_id {
                let lowest = t.by_name.entry(name.clone()).or_insert(*id);
                *lowest = (*lowest).min(*id);
            }
        }
        t
    }

    fn load(table: Table) -> NameTable {
        let (names, file) = builtin(table);
        let mut entries: Vec<_> = names.iter().map(|(id, name)| (*id, name.as_bytes().to_vec())).collect();
        let has_file = table != Table::DownReasons;
        if has_file && !read(&mut entries, &Path::new(ETC).join(file)) {
            read(&mut entries, &Path::new(SHARE).join(file));
        }
        let dir = format!("{file}.d");
        let etc = parts(&Path::new(ETC).join(&dir));
        for path in parts(&Path::new(SHARE).join(&dir)) {
            if !etc.iter().any(|p| p.file_name() == path.file_name()) {
                read(&mut entries, &path);
            }
        }
        for path in etc {
            read(&mut entries, &path);
        }
        NameTable::index(array_len(table), entries)
    }
}

/// Reads one file; false if it does not exist.
fn read(entries: &mut Vec<(u32, Vec<u8>)>, path: &Path) -> bool {
    let Some(text) = crate::files::lines(path, FILE_MAX) else { return false };
    if let Err(shown) = parse(&text, entries) {
        crate::output::out::print_stderr(&format!("Database {} is corrupted at {shown}\n", path.display()));
    }
    true
}

/// Parses the text of a table.
///
/// # Errors
///
/// The first malformed line, escaped for printing; the lines after it are not read.
pub fn parse(text: &[u8], entries: &mut Vec<(u32, Vec<u8>)>) -> Result<(), String> {
    for whole in text.split_inclusive(|b| *b == b'\n').flat_map(|line| line.chunks(LINE_MAX)) {
        let line = whole.split(|b| *b == 0).next().unwrap_or_default().trim_ascii();
        if line.is_empty() || line.starts_with(b"#") {
            continue;
        }
        let Some((id, name)) = entry(line) else {
            // iproute2 prints the line with its end.
            let end = if whole.ends_with(b"\n") { "\n" } else { "" };
            return Err(crate::output::escape::shown(line) + end);
        };
        if let Ok(id) = u32::try_from(id) {
            entries.push((id, name.to_vec()));
        }
    }
    Ok(())
}

/// `ID NAME` of a line, as C's scanf reads it: an id of more than 32 bits is truncated.
fn entry(line: &[u8]) -> Option<(i32, &[u8])> {
    let (digits, base) = match line.strip_prefix(b"0x") {
        Some(hex) => (hex, 16),
        None => (line, 10),
    };
    let (negative, digits) = match digits.split_first() {
        Some((b'-', rest)) => (true, rest),
        Some((b'+', rest)) => (false, rest),
        _ => (false, digits),
    };
    let is_digit = |b: &u8| char::from(*b).is_digit(base);
    let end = digits.iter().position(|b| !is_digit(b)).unwrap_or(digits.len());
    let (number, rest) = digits.split_at_checked(end).filter(|(number, _)| !number.is_empty())?;
    let value = number
        .iter()
        .filter_map(|b| char::from(*b).to_digit(base))
        .fold(0i128, |value, digit| (value * i128::from(base) + i128::from(digit)).min(i128::from(u64::MAX)));
    let value = if negative { -value } else { value };
    // scanf("%d") keeps the value in the range of a long, scanf("%x") in that of an unsigned long.
    let value = if base == 10 { value.clamp(i64::MIN.into(), i64::MAX.into()) } else { value };
    let name = rest.split(is_blank).find(|word| !word.is_empty())?;
    Some((low_half(value), name))
}

/// Whitespace as C's isspace defines it, which includes the vertical tab.
fn is_blank(b: &u8) -> bool {
    b.is_ascii_whitespace() || *b == 0x0b
}

/// The low 32 bits, like a C cast.
fn low_half(value: i128) -> i32 {
    let low = value.rem_euclid(1 << 32);
    i32::try_from(low).or_else(|_| i32::try_from(low - (1 << 32))).unwrap_or(-1)
}

/// The `.conf` files of a directory, without hidden ones, sorted by name.
fn parts(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut out: Vec<PathBuf> = entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.ends_with(".conf") && !n.starts_with('.')))
        .collect();
    out.arrange();
    out
}

/// All tables, each read on first use.
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
    pub fn number(&self, table: Table, name: &[u8]) -> Option<u32> {
        self.get(table).by_name.get(name).copied()
    }

    /// The built-in name of a protocol or scope, unless their files are read already.
    pub fn builtin(&self, table: Table, id: u32) -> Option<&'static str> {
        let is_first = builtin_first(table) && self.cell(table).get().is_none();
        builtin(table).0.iter().find(|(i, _)| is_first && *i == id).map(|(_, name)| *name)
    }

    /// The name of a number. Protocols and scopes with a built-in name need no file.
    pub fn name(&self, table: Table, id: u32) -> Option<&[u8]> {
        if let Some(name) = self.builtin(table, id) {
            return Some(name.as_bytes());
        }
        self.get(table).by_id.get(&id).map(Vec::as_slice)
    }

    /// Every name that can be typed, with its number, sorted.
    pub fn all(&self, table: Table) -> Vec<(u32, Vec<u8>)> {
        let mut v: Vec<_> = self.get(table).by_name.iter().map(|(n, id)| (*id, n.clone())).collect();
        v.arrange();
        v
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries() {
        for (line, id, name) in [
            (&b"10 mine"[..], 10, &b"mine"[..]),
            (b"0x10\tAF11 extra", 16, b"AF11"),
            (b"12abc odd", 12, b"abc"),
            (b"0X14 q", 0, b"X14"),
            (b"+14 q", 14, b"q"),
            (b"10 #", 10, b"#"),
            (b"-5 neg", -5, b"neg"),
            (b"4294967297 big", 1, b"big"),
            (b"3000000000 big", -1_294_967_296, b"big"),
            (b"99999999999999999999 huge", -1, b"huge"),
            (b"0x1ffffffff hex", -1, b"hex"),
            (b"7 \xff", 7, b"\xff"),
        ] {
            assert_eq!(entry(line), Some((id, name)), "{}", line.escape_ascii());
        }
        for bad in [&b"x y"[..], b"10", b"0x", b"-", b"- 1 x", b"\xff \xff"] {
            assert_eq!(entry(bad), None, "{}", bad.escape_ascii());
        }
        assert_eq!(entry(&[b'1'; 600]), None);
    }

    fn table(array: Option<u32>, entries: &[(u32, &str)]) -> NameTable {
        NameTable::index(array, entries.iter().map(|(id, name)| (*id, name.as_bytes().to_vec())).collect())
    }

    #[test]
    fn every_name_of_an_id_in_a_hash() {
        let t = table(None, &[(254, "main"), (254, "mymain")]);
        assert_eq!((t.by_name.get(&b"main"[..]), t.by_name.get(&b"mymain"[..])), (Some(&254), Some(&254)));
        assert_eq!(t.by_id.get(&254).map(Vec::as_slice), Some(&b"mymain"[..]));
    }

    #[test]
    fn a_name_of_several_ids() {
        for (entries, id) in [
            (&[(200, "wan"), (201, "wan")][..], 200),
            (&[(201, "wan"), (200, "wan")], 200),
            (&[(200, "wan"), (456, "wan")], 456),
            (&[(456, "wan"), (200, "wan"), (201, "wan")], 200),
            (&[(300, "wan"), (200, "wan")], 300),
        ] {
            assert_eq!(table(None, entries).by_name.get(&b"wan"[..]), Some(&id), "{entries:?}");
        }
        assert_eq!(table(Some(256), &[(300, "a"), (5, "a"), (4, "a")]).by_name.get(&b"a"[..]), Some(&4));
    }

    #[test]
    fn one_name_of_an_id_in_an_array() {
        let t = table(Some(256), &[(7, "bar"), (7, "baz"), (256, "big"), (9, "bar"), (9, "x")]);
        assert_eq!(
            (t.by_name.get(&b"bar"[..]), t.by_name.get(&b"baz"[..]), t.by_name.get(&b"big"[..])),
            (None, Some(&7), None)
        );
        assert_eq!(t.by_id.get(&256), None);
    }
}
