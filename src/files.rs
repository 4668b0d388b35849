//! Files that others wrote: regular files only, up to a size limit, with a warning if they cannot be read.

use crate::diag::{errno_of, errno_text};
use crate::output::out::print_stderr;
use nix::errno::Errno;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// Opens a regular file without blocking (opening a FIFO would); `None` if there is no such file, or none that may be
/// read.
///
/// # Errors
///
/// EMFILE, ENFILE or ENOMEM: this process or the system is out of descriptors or memory, which says nothing about the
/// file.
pub fn open_regular(path: &Path) -> Result<Option<File>, Errno> {
    let flags = nix::libc::O_NONBLOCK | nix::libc::O_CLOEXEC;
    match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Ok(file) => Ok(Some(file).filter(|f| f.metadata().is_ok_and(|m| m.is_file()))),
        Err(e) => match errno_of(&e) {
            e if is_shortage(e) => Err(e),
            _ => Ok(None),
        },
    }
}

/// Whether an error is a lack of descriptors or memory, rather than about the file asked for.
pub fn is_shortage(e: Errno) -> bool {
    matches!(e, Errno::EMFILE | Errno::ENFILE | Errno::ENOMEM)
}

/// Reads a file; `None` if there is no such regular file. A file longer than `bound` bytes is cut after its last whole
/// line before that, with a warning; a read error is a warning too.
pub fn lines(path: &Path, bound: u64) -> Option<Vec<u8>> {
    let failed = |e: Errno| print_stderr(&format!("Cannot read {}: {}\n", shown(path), errno_text(e as i32)));
    let mut text = Vec::new();
    let file = match open_regular(path) {
        Ok(file) => file?,
        Err(e) => {
            failed(e);
            return Some(text);
        }
    };
    if let Err(e) = file.take(bound + 1).read_to_end(&mut text) {
        failed(errno_of(&e));
    }
    if text.len() as u64 > bound {
        print_stderr(&format!("{} is longer than {bound} bytes; the rest of it is not read\n", shown(path)));
        text.truncate(usize::try_from(bound).unwrap_or(usize::MAX));
        let end = text.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        text.truncate(end);
    }
    Some(text)
}

fn shown(path: &Path) -> String {
    crate::output::escape::shown(path.as_os_str().as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_ends_with_a_whole_line() {
        let path = std::env::temp_dir().join(format!("rip-lines-{}", std::process::id()));
        std::fs::write(&path, "1 one\n2 two\n3 three\n").unwrap();
        let read = |bound| String::from_utf8(lines(&path, bound).unwrap()).unwrap();
        let ends = [(100, 20), (20, 20), (19, 12), (12, 12), (11, 6), (5, 0), (0, 0)];
        for (bound, len) in ends {
            assert_eq!(read(bound).len(), len, "{bound}");
        }
        std::fs::remove_file(&path).unwrap();
        assert_eq!(lines(&path, 9), None);
        assert_eq!(lines(Path::new("/"), 9), None);
        assert_eq!(lines(Path::new("/dev/zero"), 9), None);
    }
}
