//! Output: a record is described once, and written as text, one line, colour, JSON or pretty JSON.

pub mod color;
pub mod escape;
pub mod field;
pub mod fields;
pub mod json;
pub mod out;
pub mod printer;
pub mod report;
pub mod scalar;
pub mod secret;
pub mod writer_thread;

pub use printer::{Checkpoint, Format, OpenDocument, Printer};
pub use scalar::Scalar;
