//! The list of all objects: those that are about the network, and those that are features of the program.

use crate::command::Object;
use crate::{monitor, object, topology, undo, wait, want};

/// How many objects stand before `monitor` in the help text.
const BEFORE_MONITOR: usize = 8;

/// The objects that `ip` does not have, and that show or change the network as a whole.
const FEATURES: &[&Object] = &[
    &topology::OBJECT,
    &wait::OBJECT,
    &want::SNAPSHOT,
    &want::DIFF,
    &super::ensure::ENSURE,
    &super::ensure::APPLY,
    &super::trial::OBJECT,
    &undo::recover::OBJECT,
];

const COUNT: usize = object::OBJECTS.len() + 1 + FEATURES.len();

/// Every object there is, in the order of the help text.
pub static OBJECTS: &[&Object] = &{
    let mut all = [&monitor::OBJECT; COUNT];
    let (first, rest) = object::OBJECTS.split_at(BEFORE_MONITOR);
    all.split_at_mut(BEFORE_MONITOR).0.copy_from_slice(first);
    let (own, features) = all.split_at_mut(BEFORE_MONITOR + 1).1.split_at_mut(rest.len());
    own.copy_from_slice(rest);
    features.copy_from_slice(FEATURES);
    all
};
