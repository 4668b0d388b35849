//! Words in, exit code out.

use std::os::unix::ffi::OsStringExt as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    rip::restore_sigpipe();
    rip::drop_capabilities();
    let words: Vec<Vec<u8>> = std::env::args_os().map(std::ffi::OsString::into_vec).collect();
    ExitCode::from(rip::run(&words))
}
