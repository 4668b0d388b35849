//! Reads what is needed of an ELF file to select a program: sections with code, and the functions in them.
//!
//! aya derives the type of a program from its section's name, and refuses a file with a code section of an unknown
//! name. The section name of an XDP program is its author's choice, so such sections are given a name that aya knows.

use crate::sort::Arrange as _;
use std::collections::BTreeMap;

const SHT_SYMTAB: u32 = 2;
const SHF_EXECINSTR: u64 = 4;
const STT_FUNC: u8 = 2;
const HEADER: usize = 64;

/// An object file and its parsed structure.
pub struct Object {
    /// Its content.
    pub bytes: Vec<u8>,
    /// The sections with code, by index.
    code: BTreeMap<usize, Section>,
    functions: Vec<Function>,
    header: Header,
    /// It has a section `maps`: legacy maps, without BTF.
    pub has_legacy_maps: bool,
}

struct Header {
    sections: usize,
    size: usize,
    names: usize,
    count: usize,
}

struct Section {
    name: Vec<u8>,
}

struct Function {
    name: Vec<u8>,
    section: usize,
    at: u64,
}

impl Object {
    /// Parses a 64-bit file in host byte order. The error is iproute2's text.
    ///
    /// # Errors
    ///
    /// The file is not such an ELF file, or is truncated or inconsistent.
    pub fn parse(bytes: Vec<u8>) -> Result<Object, &'static str> {
        const NO_ELF: &str = "Cannot initialize ELF context!";
        const BROKEN: &str = "Error fetching ELF ancillary data!";
        let order = if cfg!(target_endian = "big") { 2 } else { 1 };
        if !bytes.starts_with(&[0x7f, b'E', b'L', b'F', 2, order]) {
            return Err(NO_ELF);
        }
        let place = |v: Option<u64>| v.and_then(|v| usize::try_from(v).ok()).ok_or(BROKEN);
        let header = Header {
            sections: place(u64_at(&bytes, 0x28))?,
            size: place(u16_at(&bytes, 0x3a).map(u64::from))?,
            count: place(u16_at(&bytes, 0x3c).map(u64::from))?,
            names: place(u16_at(&bytes, 0x3e).map(u64::from))?,
        };
        let mut object = Object { bytes, code: BTreeMap::new(), functions: Vec::new(), header, has_legacy_maps: false };
        object.read().ok_or(BROKEN)?;
        Ok(object)
    }

    fn section(&self, index: usize) -> Option<usize> {
        let at = self.header.sections.checked_add(index.checked_mul(self.header.size)?)?;
        (index < self.header.count && self.header.size >= HEADER && self.bytes.get(at..at + HEADER).is_some())
            .then_some(at)
    }

    /// The bytes of a section.
    fn data(&self, index: usize) -> Option<&[u8]> {
        let at = self.section(index)?;
        let start = usize::try_from(u64_at(&self.bytes, at + 24)?).ok()?;
        let size = usize::try_from(u64_at(&self.bytes, at + 32)?).ok()?;
        self.bytes.get(start..start.checked_add(size)?)
    }

    fn text(&self, table: usize, at: u32) -> Option<Vec<u8>> {
        let rest = self.data(table)?.get(usize::try_from(at).ok()?..)?;
        Some(rest.split(|b| *b == 0).next()?.to_vec())
    }

    fn read(&mut self) -> Option<()> {
        let mut symbols = None;
        for index in 0..self.header.count {
            let at = self.section(index)?;
            let (kind, flags) = (u32_at(&self.bytes, at + 4)?, u64_at(&self.bytes, at + 8)?);
            if kind == SHT_SYMTAB {
                symbols = Some((index, usize::try_from(u32_at(&self.bytes, at + 40)?).ok()?));
            }
            let name = self.text(self.header.names, u32_at(&self.bytes, at)?)?;
            self.has_legacy_maps |= name == b"maps";
            if flags & SHF_EXECINSTR != 0 && u64_at(&self.bytes, at + 32)? > 0 && name != b".text" {
                self.code.insert(index, Section { name });
            }
        }
        let (table, strings) = symbols?;
        for symbol in self.data(table)?.to_vec().chunks_exact(24) {
            let section = usize::from(u16_at(symbol, 6)?);
            // aya trusts the bounds of a function.
            if let Some(header) = self.section(section).filter(|_| self.code.contains_key(&section)) {
                let (start, size) = (u64_at(&self.bytes, header + 16)?, u64_at(&self.bytes, header + 32)?);
                let (from, len) = (u64_at(symbol, 8)?, u64_at(symbol, 16)?);
                if from < start || from.checked_add(len)? > size {
                    return None;
                }
            }
            if symbol.get(4)? & 0xf == STT_FUNC && self.code.contains_key(&section) {
                let name = self.text(strings, u32_at(symbol, 0)?)?;
                self.functions.push(Function { name, section, at: u64_at(symbol, 8)? });
            }
        }
        self.functions.arrange_by_key(|f| (f.section, f.at));
        Some(())
    }

    /// The function with this name, and its section.
    pub fn program(&self, name: &[u8]) -> Option<(String, usize)> {
        self.functions.iter().find(|f| f.name == name).and_then(Function::named)
    }

    /// The first function of the section with this name.
    pub fn first_of(&self, section: &[u8]) -> Option<(String, usize)> {
        let is_there = |f: &&Function| self.code.get(&f.section).is_some_and(|s| s.name == section);
        self.functions.iter().find(is_there).and_then(Function::named)
    }

    /// Renames code sections whose names aya does not know, and the chosen one, to names of XDP sections.
    pub fn make_xdp(&mut self, chosen: usize) {
        let is_xdp = |name: &[u8]| matches!(name, b"xdp" | b"xdp.frags");
        let wrong: Vec<usize> = self
            .code
            .iter()
            .filter(|(i, s)| !is_xdp(&s.name) && (**i == chosen || !is_known(&s.name)))
            .map(|(i, _)| *i)
            .collect();
        if wrong.is_empty() {
            return;
        }
        let Some((table, names)) =
            self.section(self.header.names).zip(self.data(self.header.names).map(<[u8]>::to_vec))
        else {
            return;
        };
        // A name table with two more names, at the end of the file.
        let (xdp, hidden) = (names.len(), names.len() + b"xdp\0".len());
        let names = [&names, b"xdp\0".as_slice(), b".hidden\0"].concat();
        let start = self.bytes.len() as u64;
        put(&mut self.bytes, table + 24, &start.to_ne_bytes());
        put(&mut self.bytes, table + 32, &(names.len() as u64).to_ne_bytes());
        self.bytes.extend(&names);
        for index in wrong {
            if let Some(at) = self.section(index) {
                put(&mut self.bytes, at, &(xdp as u32).to_ne_bytes());
            }
        }
        // BTF refers to sections by name.
        for index in 0..self.header.count {
            let Some(at) = self.section(index) else { continue };
            let name = u32_at(&self.bytes, at).and_then(|n| self.text(self.header.names, n));
            if name.as_deref() == Some(b".BTF.ext") {
                put(&mut self.bytes, at, &(hidden as u32).to_ne_bytes());
            }
        }
    }
}

impl Function {
    fn named(&self) -> Option<(String, usize)> {
        Some((String::from_utf8(self.name.clone()).ok()?, self.section))
    }
}

/// Whether aya knows the program type of this section name.
fn is_known(name: &[u8]) -> bool {
    std::str::from_utf8(name).is_ok_and(|name| name.parse::<aya_obj::ProgramSection>().is_ok())
}

fn put(bytes: &mut [u8], at: usize, value: &[u8]) {
    bytes.iter_mut().skip(at).zip(value).for_each(|(to, from)| *to = *from);
}

fn u16_at(b: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_ne_bytes(*b.get(at..)?.first_chunk()?))
}

fn u32_at(b: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(*b.get(at..)?.first_chunk()?))
}

fn u64_at(b: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_ne_bytes(*b.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&[u8]; 2] = [include_bytes!("../../tests/bpf/pass.o"), include_bytes!("../../tests/bpf/bad.o")];

    #[test]
    fn programs_by_section_and_name() {
        let [pass, _] = FILES;
        let object = Object::parse(pass.to_vec()).unwrap();
        let name = |found: Option<(String, usize)>| found.map(|(name, _)| name);
        assert_eq!(name(object.first_of(b"xdp")).as_deref(), Some("pass"));
        assert_eq!(name(object.first_of(b"prog")).as_deref(), Some("drop"));
        assert_eq!(name(object.program(b"other")).as_deref(), Some("other"));
        assert_eq!((name(object.program(b"nosuch")), name(object.first_of(b"nosuch"))), (None, None));
        assert!(Object::parse(b"hello".to_vec()).is_err());
    }

    /// Cut and damaged in every place: neither this nor aya may fail worse than with an error.
    #[test]
    fn damaged_files_do_no_harm() {
        let read = |bytes: &[u8]| {
            let Ok(mut object) = Object::parse(bytes.to_vec()) else { return };
            if let Some((_, index)) = object.first_of(b"xdp") {
                object.make_xdp(index);
                drop(aya_obj::Object::parse(&object.bytes));
            }
        };
        for file in FILES {
            for n in 0..file.len() {
                read(&file[..n]);
                for value in [0, 1, 0x80, 0xff, file[n] ^ 1] {
                    let mut damaged = file.to_vec();
                    damaged[n] = value;
                    read(&damaged);
                }
            }
        }
    }
}
