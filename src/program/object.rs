//! XDP programs in object files: selects one and loads it with aya.

use super::elf::Object;
use crate::diag::{Diag, errno_of, errno_text};
use crate::grammar::{Arg, Words};
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use aya::programs::{ProgramError, Xdp};
use aya::{EbpfLoader, VerifierLogLevel};
use nix::errno::Errno;
use std::io::Read as _;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;

/// Bytes of an object file that are read.
const BOUND: u64 = 64 << 20;
/// The default section.
const SECTION: &[u8] = b"prog";

/// Parses `FILE [ section NAME ] [ program NAME ] [ verbose ]` and loads the program.
///
/// # Errors
///
/// The file cannot be read or is malformed, it lacks the section or program, or the kernel's verifier rejects the
/// program.
pub fn load(w: &mut Words<'_>) -> Result<OwnedFd, Diag> {
    let file = w.next()?;
    let mut named = |keyword: &str| match w.take_if(&[keyword]) {
        Some(_) => w.next().map(Some),
        None => Ok(None),
    };
    let (section, program) = (named("section~")?, named("program")?);
    let verbose = w.take_if(&["verbose~"]).is_some();
    let bytes = read(&file)?;
    let mut object = Object::parse(bytes).map_err(|what| Diag::usage(what).at(file.span()))?;
    if object.has_legacy_maps {
        let what = "libbpf: elf: legacy map definitions in 'maps' section are not supported by libbpf v1.0+";
        return Err(Diag::usage(what).line("ERROR: opening BPF object file failed").at(file.span()));
    }
    let found = match (program, section) {
        (Some(name), _) => object.program(name.bytes).ok_or((name, "prog")),
        (None, Some(name)) => object.first_of(name.bytes).ok_or((name, "sec")),
        (None, None) => object.first_of(SECTION).ok_or((Arg { bytes: SECTION, at: file.at }, "sec")),
    };
    let (name, index) = found.map_err(|(name, what)| {
        Diag::usage(format!("object file doesn't contain {what} {}", name.shown())).at(name.at_span(&file))
    })?;
    object.make_xdp(index);
    let refused = |why: String| {
        Diag::usage(format!("libbpf: failed to load object '{}'", file.shown())).at(file.span()).hint(why)
    };
    let level = if verbose { VerifierLogLevel::VERBOSE } else { VerifierLogLevel::DEBUG };
    let mut loader = EbpfLoader::new();
    let mut loaded = loader.verifier_log_level(level).allow_unsupported_maps().load(&object.bytes);
    let loaded = loaded.as_mut().map_err(|e| refused(e.to_string()))?;
    let xdp: Result<&mut Xdp, ProgramError> =
        loaded.program_mut(&name).ok_or(ProgramError::UnexpectedProgramType).and_then(TryInto::try_into);
    let xdp = xdp.map_err(|e| refused(e.to_string()))?;
    xdp.load().map_err(|e| match e {
        ProgramError::LoadError { io_error, verifier_log } => {
            let text = verifier_log.to_string();
            unverified(&file, &name, errno_of(&io_error), &text)
        }
        other => refused(other.to_string()),
    })?;
    let fd = xdp.fd().map_err(|e| refused(e.to_string()))?;
    fd.as_fd().try_clone_to_owned().map_err(|e| refused(e.to_string()))
}

/// The verifier's error about a program, in libbpf's format.
fn unverified(file: &Arg<'_>, name: &str, e: Errno, log: &str) -> Diag {
    let name = shown(name.as_bytes());
    let mut d = Diag::usage(format!("libbpf: prog '{name}': BPF program load failed: -{e:?}")).at(file.span());
    let log: Vec<String> = log.lines().map(|l| shown(l.as_bytes())).filter(|l| !l.is_empty()).collect();
    if !log.is_empty() {
        let log = log.join("\n");
        d = d.line(format!("libbpf: prog '{name}': -- BEGIN PROG LOAD LOG --\n{log}\n-- END PROG LOAD LOG --"));
    }
    let d = d
        .line(format!("libbpf: prog '{name}': failed to load: -{e:?}"))
        .line(format!("libbpf: failed to load object '{}'", file.shown()))
        .with_errno(e as i32);
    if e == Errno::EPERM { d.hint("loading a program needs CAP_BPF and CAP_NET_ADMIN, or CAP_SYS_ADMIN") } else { d }
}

fn read(file: &Arg<'_>) -> Result<Vec<u8>, Diag> {
    let failed = |what: &str, e: Errno| {
        Diag::usage(format!("Error {what} object {}: {}", file.shown(), errno_text(e as i32)))
            .line("Cannot initialize ELF context!")
            .with_errno(e as i32)
            .at(file.span())
    };
    let path = std::path::Path::new(std::ffi::OsStr::from_bytes(file.bytes));
    let open = std::fs::File::open(path).map_err(|e| failed("opening", errno_of(&e)))?;
    let kind = open.metadata().map_err(|e| failed("opening", errno_of(&e)))?;
    if kind.is_dir() {
        return Err(failed("mapping", Errno::ENODEV));
    }
    if !kind.is_file() || kind.len() == 0 {
        return Err(failed("mapping", Errno::EINVAL));
    }
    let mut bytes = Vec::new();
    open.take(BOUND + 1).read_to_end(&mut bytes).map_err(|e| failed("mapping", errno_of(&e)))?;
    if bytes.len() as u64 > BOUND {
        print_stderr(&format!("{} is longer than {BOUND} bytes; the rest of it is not read\n", file.shown()));
        bytes.truncate(usize::try_from(BOUND).unwrap_or(usize::MAX));
    }
    Ok(bytes)
}

impl Arg<'_> {
    /// Its span, if it is a word of the line; otherwise that of the file.
    fn at_span(&self, file: &Arg<'_>) -> crate::diag::Span {
        if self.at == file.at { file.span() } else { self.span() }
    }
}
