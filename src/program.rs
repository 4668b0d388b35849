//! BPF programs: the words for one that is pinned in a BPF file system or in an object file, and its description from
//! the kernel.

mod elf;
mod object;

use crate::diag::{Diag, errno_text};
use crate::grammar::{Arg, Words, spells};
use crate::net::attr::{u32_at, u64_at, until_nul};
use crate::output::Printer;
use std::os::fd::OwnedFd;

pub use object::load;

/// Whether a word announces a program from an object file.
pub fn is_object(arg: &Arg<'_>) -> bool {
    spells("object-file~", arg.bytes)
}

/// Parses `pinned FILE`, of which `arg` is the first word; returns the open program and the file's name.
///
/// # Errors
///
/// The word is none of these, the file name is missing, or BPF_OBJ_GET fails: ENOENT without such a file, EPERM without
/// the capability.
pub fn pinned<'a>(w: &mut Words<'a>, arg: &Arg<'a>) -> Result<(OwnedFd, &'a [u8]), Diag> {
    let is = |names: &[&str]| names.iter().any(|n| spells(n, arg.bytes));
    if is_object(arg) {
        w.next()?;
        return Err(Diag::usage("rip does not load programs for routes from object files").at(arg.span()).hint(
            "load and pin it first: bpftool prog load FILE /sys/fs/bpf/NAME; then use \"pinned /sys/fs/bpf/NAME\"",
        ));
    }
    if !is(&["object-pinned~", "pinned~", "fd~"]) {
        return Err(Diag::usage(format!("What mode is \"{}\"?", arg.shown())).at(arg.span()));
    }
    let path = w.next()?;
    // These select within an object file; a pinned program ignores them.
    for keyword in ["section~", "program"] {
        if w.take_if(&[keyword]).is_some() {
            w.next()?;
        }
    }
    w.take_if(&["verbose~"]);
    let fd = crate::sys::bpf_pinned(path.bytes).map_err(|e| {
        let reason = errno_text(e as i32);
        Diag::usage(format!("Couldn't retrieve pinned program '{}': {reason}", path.shown())).at(path.span())
    })?;
    Ok((fd, path.bytes))
}

/// Describes a program by its id: `id 5 name x tag 0011223344556677 jited `. Without the permission to query it, only
/// the id.
pub fn describe(p: &mut Printer<'_>, id: u32, details: bool) {
    p.item("id", "id {} ", id);
    if let Ok(info) = crate::sys::bpf_info(id) {
        told(p, &info, details);
    }
}

/// Describes struct bpf_prog_info of linux/bpf.h; an older kernel leaves unknown members 0.
fn told(p: &mut Printer<'_>, info: &[u8], details: bool) {
    const TAG: usize = 8;
    const JITED_LEN: usize = 16;
    const LOAD_TIME: usize = 40;
    const UID: usize = 48;
    const NAME: usize = 64;
    const BTF_ID: usize = 128;
    p.item("name", "name {} ", until_nul(info.get(NAME..NAME + 16).unwrap_or_default()));
    let tag: String = info.get(TAG..TAG + 8).unwrap_or_default().iter().map(|b| format!("{b:02x}")).collect();
    p.item("tag", "tag {} ", tag);
    let jited = u32_at(info, JITED_LEN).is_some_and(|n| n != 0);
    p.hidden("jited", u8::from(jited));
    p.text(if jited { "jited " } else { "" });
    if !details {
        return;
    }
    if let Some(v) = u64_at(info, LOAD_TIME).filter(|v| *v != 0) {
        p.item("load_time", "load_time {} ", v);
        p.item("created_by_uid", "created_by_uid {} ", u32_at(info, UID).unwrap_or(0));
    }
    if let Some(v) = u32_at(info, BTF_ID).filter(|v| *v != 0) {
        p.item("btf_id", "btf_id {} ", v);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Format;
    use crate::output::out::Out;

    #[test]
    fn programs_old_and_new() {
        let mut new = vec![0u8; 132];
        new[8..16].copy_from_slice(&[0x61, 0x4b, 0x43, 0x4c, 0xd8, 0x32, 0x4e, 0xcc]);
        new[16] = 9;
        new[40] = 7;
        new[48] = 5;
        new[64..67].copy_from_slice(b"abc");
        new[128] = 3;
        let mut plain = new.clone();
        plain[16] = 0;
        plain[128] = 0;
        for (info, details, text, json) in [
            (
                &new,
                true,
                "name abc tag 614b434cd8324ecc jited load_time 7 created_by_uid 5 btf_id 3 ",
                r#"{"name":"abc","tag":"614b434cd8324ecc","jited":1,"load_time":7,"created_by_uid":5,"btf_id":3}"#,
            ),
            (
                &new,
                false,
                "name abc tag 614b434cd8324ecc jited ",
                r#"{"name":"abc","tag":"614b434cd8324ecc","jited":1}"#,
            ),
            (&plain, false, "name abc tag 614b434cd8324ecc ", r#"{"name":"abc","tag":"614b434cd8324ecc","jited":0}"#),
        ] {
            for (is_json, expected) in [(false, text), (true, json)] {
                let mut out = Out::memory();
                let mut p = Printer::new(&mut out, Format { json: is_json, ..Format::default() });
                p.object(None);
                told(&mut p, info, details);
                p.close();
                assert_eq!(String::from_utf8(out.into_bytes()).unwrap(), expected);
            }
        }
    }
}
