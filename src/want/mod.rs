//! The network as lines: `snapshot` prints the present state as batch lines, `diff` compares two such lists.
//!
//! The lines are those of iproute2's `ip -batch`. They come from the descriptions that `show` prints; the words of a
//! link kind are checked by the kind's own parser against what the kernel reports, so a new kind needs no table here.
//! What a batch of `ip` cannot express because it needs an option (IPv6 rules, MPLS routes) is a comment that begins
//! with that option: `#-6 rule add ...`. The order is canonical and contains neither times nor interface indexes, so
//! that two lists can be compared as text.

pub mod compare;
mod diff;
mod kinds;
mod link;
pub mod need;
mod order;
pub mod reset;
pub mod snapshot;

use crate::command::snapshot::Line;
pub use diff::OBJECT as DIFF;
pub use snapshot::OBJECT as SNAPSHOT;
