//! The command line: options, the object and its verb, help, and batches.

pub mod batch;
pub mod complete;
pub mod ensure;
pub mod fields;
pub mod front;
pub mod head;
pub mod help;
pub mod objects;
mod there;
pub mod tree;
mod trial;
pub mod usage;
