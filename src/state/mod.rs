//! The state of the network as rtnetlink reports it: object types, keys, events, stores, comparison and prediction.

mod change;
pub mod consistent_dump;
pub mod diff;
mod dump;
mod event;
pub mod key;
pub mod link;
pub mod normal;
pub mod predict;
mod related;
pub mod requests;
mod same;
mod spec;
pub mod store;

pub use change::Change;
pub use diff::link::FLAGS;
pub use diff::{Everything, Scope, diff, diff_of};
pub use dump::{ChangeSignal, Dump};
pub use event::{Event, What};
pub use key::{Key, covers};
pub use related::{devices, route_table};
pub use requests::requests;
pub use same::{differ_by_time_alone, replaced_route, same, without_paths};
pub use spec::{Keyword, ObjectType};
pub use store::Store;
