//! The paper: one description of a record, and the folds that write it as text or JSON.

pub mod color;
pub mod escape;
pub mod handoff;
pub mod json;
pub mod lit;
pub mod out;
pub mod paper;
pub mod report;

pub use color::Role;
pub use lit::{Hex, Lit, Padded};
pub use paper::{Draft, Format, Paper};
