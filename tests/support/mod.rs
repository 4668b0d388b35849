//! What the test layers share: what this machine can do, skips that are seen and counted, a
//! sandbox to run command lines in, transcripts, and a small runner of cases.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod answers;
pub mod boot;
pub mod columns;
pub mod coverage;
pub mod differences;
pub mod examples;
pub mod fields;
pub mod forge;
pub mod ioctls;
pub mod machine;
pub mod page;
pub mod random;
pub mod request;
pub mod rollback;
pub mod runner;
pub mod sandbox;
pub mod sent;
pub mod skip;
pub mod sources;
pub mod stand_in;
pub mod streams;
pub mod traced;
pub mod transcript;
pub mod vrf;
pub mod watch;
pub mod world;
pub mod worlds;
