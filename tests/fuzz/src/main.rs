//! Bytes as a recorded stream of netlink messages, through the reader and every printer: text, details, statistics, one
//! line, brief, colour, numeric, JSON. Nothing may panic, what comes out is bounded by what goes in, JSON is JSON.
//!
//!     cd tests/fuzz && cargo build --release
//!     mkdir -p corpus && cp ../monitor/recorded ../monitor/small-things ../monitor/multicast-routes corpus
//!     unshare -n target/*/release/rip-fuzz -close_fd_mask=2 -max_len=8192 -rss_limit_mb=1024 corpus
//!
//! Devices and nexthop objects are looked up in the namespace that it runs in: give it an empty one. Crash files belong
//! in ../monitor/crashes, where `cargo test --test monitor` replays them with `prove` below.
#![no_main]

#[path = "../prove.rs"]
mod prove;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| prove::prove(bytes));
