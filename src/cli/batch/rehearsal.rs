//! The rehearsal of an atomic batch: every line is parsed before the first one runs.
//!
//! Lines are parsed against the present state and the links that earlier lines would create, so that a wrong word in
//! the last line is found before anything is changed. A change that cannot be rolled back is refused, and the entries
//! that the journal must hold are collected.

use super::planned;
use crate::cli::tree;
use crate::command::{Effect, Object};
use crate::diag::Diag;
use crate::net::interceptor::{Interceptor, Revert, SideEffect};
use crate::net::{KernelError, Request};
use crate::output::out::Out;
use crate::plan::Plan;
use crate::session::Session;
use crate::state::link::{ifindex, name_of};
use crate::state::{ObjectType, Store};
use crate::undo::{Entry, journal::never, refuse, refuse_deletion};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

/// An interceptor that only follows links, and refuses what cannot be rolled back.
pub struct Rehearsal {
    plan: Plan,
    links: Store,
    /// The current line does something that cannot be rolled back.
    refused: Cell<bool>,
    /// The line names a device that does not exist.
    missed: Cell<bool>,
    /// The entries that the lines may change, as far as known.
    reached: RefCell<HashSet<Entry>>,
}

impl Rehearsal {
    /// A rehearsal with these links; `rcvbuf` is the receive buffer of its socket, in bytes.
    ///
    /// # Errors
    ///
    /// The socket cannot be opened.
    pub fn new(rcvbuf: u32, links: Store) -> Result<Rehearsal, Diag> {
        let plan = Plan::rehearsal(rcvbuf)?;
        Ok(Rehearsal { plan, links, refused: Cell::default(), missed: Cell::default(), reached: RefCell::default() })
    }

    /// A session that changes and prints nothing.
    pub fn session(self: &Rc<Rehearsal>, s: &Session) -> Session {
        let mut options = s.options.clone();
        options.echo = false;
        Session::new(options, Out::memory()).for_batch().intercepted(self.clone())
    }

    /// Takes the entries that the lines may change.
    pub fn reached(&self) -> Vec<Entry> {
        self.reached.take().into_iter().collect()
    }

    /// Rehearses a line.
    ///
    /// # Errors
    ///
    /// The line is wrong whatever earlier lines do, or cannot be rolled back.
    pub fn line(&self, own: &Session, number: usize, words: &[Vec<u8>]) -> Result<u8, Diag> {
        let (object, verb) = (tree::object(object_word(words)), words.get(2).map(Vec::as_slice));
        if object.is_some_and(|o| o.name() == "monitor") {
            return Err(Diag::fail("Error: -atomic: \"monitor\" may never end."));
        }
        if object.is_some_and(|o| looks(o, verb)) {
            return Ok(0);
        }
        if verb.and_then(|v| object?.verb(v)).is_some_and(|v| v.name() == "restore") {
            self.reached.borrow_mut().extend(restored(words));
            return Ok(0);
        }
        self.missed.set(false);
        self.refused.set(false);
        self.plan.line(number);
        let outcome = tree::dispatch(own, words, 1);
        own.forget_all();
        self.plan.skip();
        let Err(d) = outcome else { return Ok(0) };
        // What an earlier line may create in ways that are not followed is only known when it has run.
        let depends = self.missed.get() || planned::made(&self.plan, words, &d).is_some();
        if self.refused.take() || !depends && d.errno().is_none() { Err(d) } else { Ok(0) }
    }
}

fn object_word(words: &[Vec<u8>]) -> &[u8] {
    words.get(1).map_or(&[], Vec::as_slice)
}

/// Whether a verb only reads.
fn looks(object: &Object, verb: Option<&[u8]>) -> bool {
    let Some(verb) = verb else { return true };
    object.verb(verb).is_some_and(|v| v.effect == Effect::Read)
}

/// What a line may change that is not rehearsed because it reads a dump that cannot be read twice.
fn restored(words: &[Vec<u8>]) -> Vec<Entry> {
    match tree::object(object_word(words)).map(|o| o.name()) {
        Some("route") => vec![Entry::Any(ObjectType::Route)],
        Some("rule") => vec![Entry::Any(ObjectType::Rule)],
        _ => vec![Entry::AnyLink],
    }
}

impl Interceptor for Rehearsal {
    fn request(&self, r: &Request) -> Result<bool, KernelError> {
        refuse(&self.links, r).inspect_err(|_| self.refused.set(true))?;
        self.reached.borrow_mut().extend(Entry::of(r.kind, r.flags, &r.body));
        self.plan.request(r)
    }

    fn side_effect(&self, change: &SideEffect) -> Result<bool, Diag> {
        match &change.revert {
            Revert::Impossible(why) | Revert::NameIsLost(_, why) | Revert::LinkIsLost(_, why) => {
                self.refused.set(true);
                Err(never(change, why))
            }
            undo => {
                if let Revert::DeleteLink(name) | Revert::RestoreDevice(name) | Revert::RecreateDevice(name) = undo {
                    let index =
                        self.links.iter(ObjectType::Link).map(|(_, body)| body).find(|b| name_of(b) == name.as_slice());
                    if let (Some(index), Revert::RecreateDevice(_)) = (index.map(ifindex), undo) {
                        refuse_deletion(&self.links, index).map_err(|why| never(change, &why))?;
                    }
                    self.reached.borrow_mut().insert(Entry::of_new(name));
                }
                if let Revert::RestoreEntry { device: Some(name), .. } = undo {
                    self.reached.borrow_mut().insert(Entry::of_new(name));
                }
                self.plan.side_effect(change)
            }
        }
    }

    fn base(&self) -> Option<&dyn Interceptor> {
        Some(&self.plan)
    }

    fn device_missing(&self) {
        self.missed.set(true);
    }
}
