//! Fuzzes `ledger` of ../files.rs.
#![no_main]
#![allow(dead_code)]

#[path = "../files.rs"]
mod files;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| files::ledger(bytes));
