//! The difference of an entry between two states: from an event, or from a comparison of two stores.

use super::ObjectType;
use super::normal::attrs_of;
use super::same::changed_attributes;
use crate::schema::find;
use std::borrow::Cow;

/// One entry that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// The entry is new.
    Added {
        /// Its type.
        object: ObjectType,
        /// Its message.
        new: Cow<'a, [u8]>,
    },
    /// It existed and still does.
    Changed {
        /// Its type.
        object: ObjectType,
        /// Its message before.
        old: Cow<'a, [u8]>,
        /// Its message now.
        new: Cow<'a, [u8]>,
        /// The settable attributes that differ, from a comparison. `None` after an event: `attributes` computes them
        /// for the few that need them, because a monitor applies every event.
        attributes: Option<Vec<u16>>,
    },
    /// It was deleted.
    Removed {
        /// Its type.
        object: ObjectType,
        /// Its message, if known.
        old: Option<Cow<'a, [u8]>>,
    },
    /// Some paths of an IPv6 route were deleted; only from events.
    PathsRemoved {
        /// The type of the route.
        object: ObjectType,
        /// The route before.
        old: Cow<'a, [u8]>,
        /// The route with the other paths.
        left: Cow<'a, [u8]>,
    },
}

impl Change<'_> {
    /// The type of the entry.
    pub fn object(&self) -> ObjectType {
        match self {
            Change::Added { object, .. }
            | Change::Changed { object, .. }
            | Change::Removed { object, .. }
            | Change::PathsRemoved { object, .. } => *object,
        }
    }

    /// The attributes that differ.
    pub fn attributes(&self) -> Vec<u16> {
        match (self, self.before(), self.after()) {
            (Change::Changed { attributes: Some(list), .. }, ..) => list.clone(),
            (_, Some(before), Some(after)) => changed_attributes(self.object(), before, after).collect(),
            _ => Vec::new(),
        }
    }

    /// The members of the entry's JSON record that can differ; `None`: any of them, because a field of the header differs
    /// or an attribute whose members the schema does not declare.
    pub fn keys(&self) -> Option<Vec<&'static str>> {
        let (before, after) = (self.before()?, self.after()?);
        let header = self.object().spec().header;
        if before.get(..header) != after.get(..header) {
            return None;
        }
        let table = attrs_of(self.object());
        let mut keys = Vec::new();
        for number in changed_attributes(self.object(), before, after) {
            keys.extend_from_slice(find(table, number)?.keys?);
        }
        Some(keys)
    }

    /// The message of the entry before the change.
    pub fn before(&self) -> Option<&[u8]> {
        match self {
            Change::Added { .. } => None,
            Change::Changed { old, .. } | Change::PathsRemoved { old, .. } => Some(old),
            Change::Removed { old, .. } => old.as_deref(),
        }
    }

    /// The message of the entry after it.
    pub fn after(&self) -> Option<&[u8]> {
        match self {
            Change::Added { new, .. } | Change::Changed { new, .. } | Change::PathsRemoved { left: new, .. } => {
                Some(new)
            }
            Change::Removed { .. } => None,
        }
    }
}
