//! Words in, exit code out.
#![no_main]

rip::entry!(rip::process);
