//! The state of the network as rtnetlink tells it: object types, keys, events, and what tells one entry from another.

pub mod consistent_dump;
mod dump;
mod event;
pub mod key;
mod related;
mod same;
mod spec;
pub mod store;

pub use dump::{ChangeSignal, Dump};
pub use event::{Event, What};
pub use key::{Key, covers};
pub use related::{devices, route_table};
pub use same::{differ_by_time_alone, replaced_route, same, without_paths};
pub use spec::ObjectType;
pub use store::{Change, Store};
