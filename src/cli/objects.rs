//! The list of all objects: those of the network (`object::OBJECTS`), and the features of the program.

use crate::command::Object;
use crate::{monitor, object, topology, undo, wait, want};

/// The number of objects before `monitor` in the help text.
const BEFORE_MONITOR: usize = 8;

/// Objects that `ip` lacks, and that show or change the network as a whole.
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

/// All objects, in the order of the help text.
pub static OBJECTS: &[&Object] = &{
    let mut all = [&monitor::OBJECT; COUNT];
    let (first, rest) = object::OBJECTS.split_at(BEFORE_MONITOR);
    all.split_at_mut(BEFORE_MONITOR).0.copy_from_slice(first);
    let (own, features) = all.split_at_mut(BEFORE_MONITOR + 1).1.split_at_mut(rest.len());
    own.copy_from_slice(rest);
    features.copy_from_slice(FEATURES);
    all
};
