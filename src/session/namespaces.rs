//! Caches names and processes of other namespaces, by their ids here.

use super::Session;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Names of namespaces by their id.
pub(super) type NamesById = Rc<HashMap<i32, Vec<u8>>>;

/// A process in each namespace, by the namespace's id: its process id and its command.
pub(super) type Processes = Rc<HashMap<i32, (u32, Vec<u8>)>>;

/// In a replay: the ids that events have announced so far. Only their names are those of the time of the events.
pub(super) type Announced = Option<HashSet<i32>>;

impl Session {
    /// The names of namespaces by their id here, found once by `find`.
    pub fn namespaces(&self, find: impl FnOnce() -> HashMap<i32, Vec<u8>>) -> NamesById {
        found(&self.namespaces, find)
    }

    /// The processes in namespaces without a name, by their id here, found once by `find`.
    pub fn processes(&self, find: impl FnOnce() -> HashMap<i32, (u32, Vec<u8>)>) -> Processes {
        found(&self.processes, find)
    }

    /// Renews the names after ids were assigned. A namespace whose name was deleted keeps it until its end is reported.
    pub fn renew_namespaces(&self, find: impl FnOnce() -> HashMap<i32, Vec<u8>>) {
        let mut known = self.namespaces.take().map(Rc::unwrap_or_clone).unwrap_or_default();
        known.extend(find());
        self.namespaces.replace(Some(Rc::new(known)));
        self.processes.replace(None);
    }

    /// From now on events of the past are described: see [`Session::was_announced`].
    pub fn replay_namespaces(&self) {
        self.announced.replace(Some(HashSet::new()));
    }

    /// Takes notice that an event announced an id.
    pub fn announce_namespace(&self, id: i32) {
        if let Some(announced) = &mut *self.announced.borrow_mut() {
            announced.insert(id);
        }
    }

    /// Whether the namespace that had this id when an event tells of its end is known: not in a replay that has not announced it.
    pub fn was_announced(&self, id: i32) -> bool {
        self.announced.borrow().as_ref().is_none_or(|announced| announced.contains(&id))
    }

    /// Forgets an id that no longer exists.
    pub fn forget_namespace(&self, id: i32) {
        if let Some(announced) = &mut *self.announced.borrow_mut() {
            announced.remove(&id);
        }
        if let Some(known) = &mut *self.namespaces.borrow_mut() {
            Rc::make_mut(known).remove(&id);
        }
        self.processes.replace(None);
    }

    /// Forgets ids and names, because they may have changed.
    pub(super) fn forget_namespaces(&self) {
        self.namespaces.replace(None);
        self.processes.replace(None);
    }
}

/// What a cache holds, or what `find` gives, which may use the session.
fn found<T>(cache: &RefCell<Option<Rc<T>>>, find: impl FnOnce() -> T) -> Rc<T> {
    let known = cache.borrow().clone();
    known.unwrap_or_else(|| {
        let found = Rc::new(find());
        cache.replace(Some(found.clone()));
        found
    })
}
