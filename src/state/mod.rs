//! What there is in the kernel's tables, in kinds: what an event is about, and what tells one thing from another.

pub mod dumps;
pub mod identity;
pub mod lists;
pub mod subject;

pub use identity::identity;
pub use subject::Subject;
