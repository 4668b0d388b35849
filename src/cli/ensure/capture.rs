//! Runs lines without sending anything: the session's interceptor captures their requests.

use super::lines::{self, Entry};
use crate::cli::tree;
use crate::diag::Diag;
use crate::grammar::Names as _;
use crate::net::interceptor::{Interceptor, Revert, SideEffect};
use crate::net::{KernelError, Request};
use crate::output::out::Out;
use crate::plan::Plan;
use crate::schema::{IFLA_IFNAME, RTM_NEWLINK};
use crate::session::Session;
use crate::sort::Arrange as _;
use crate::state::ObjectType;
use crate::want::need::Wanted;
use netlink_packet_core::NLM_F_CREATE;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What the lines would do.
#[derive(Default)]
pub struct Captured {
    /// The requests.
    pub wanted: Vec<Wanted>,
    /// Changes other than by requests: the index of the line, and the side effect.
    pub side_effects: Vec<(usize, SideEffect)>,
    /// Lines that find nothing to delete, and renames that are already done.
    pub done: Vec<usize>,
    /// Lines that need a device which does not exist, with their errors.
    pub postponed: Vec<(usize, Diag)>,
}

/// Captures requests and side effects, and predicts the links that earlier lines would create.
struct Catcher {
    plan: Plan,
    imagines: bool,
    requests: RefCell<Vec<Request>>,
    side_effects: RefCell<Vec<SideEffect>>,
    /// The current line names a device that does not exist.
    missed: Cell<bool>,
}

impl Interceptor for Catcher {
    fn request(&self, r: &Request) -> Result<bool, KernelError> {
        self.requests.borrow_mut().push(r.clone());
        let names = ObjectType::of_request(r.kind) == Some(ObjectType::Link)
            && r.kind == RTM_NEWLINK
            && (r.flags & NLM_F_CREATE != 0 || ObjectType::Link.index(&r.body).has(IFLA_IFNAME));
        if self.imagines && names {
            // Whether it exists is left to the comparison.
            let _ = self.plan.request(r);
            self.plan.skip();
        }
        Ok(false)
    }

    fn side_effect(&self, change: &SideEffect) -> Result<bool, Diag> {
        self.side_effects.borrow_mut().push(change.clone());
        if self.imagines && matches!(change.revert, Revert::DeleteLink(_)) {
            let _ = self.plan.side_effect(change);
            self.plan.skip();
        }
        Ok(false)
    }

    fn base(&self) -> Option<&dyn Interceptor> {
        Some(&self.plan)
    }

    fn device_missing(&self) {
        self.missed.set(true);
    }
}

/// Runs lines, those that create links first. `imagines`: links that lines create count as existing for the others.
///
/// # Errors
///
/// The first wrong line, by its index.
pub fn capture(s: &Session, all: &[Entry], which: &[usize], imagines: bool) -> Result<Captured, (usize, Diag)> {
    let first = which.first().copied().unwrap_or(0);
    let plan = Plan::rehearsal(s.options.rcvbuf).map_err(|d| (first, d))?;
    let (requests, side_effects, missed) = Default::default();
    let catcher = Rc::new(Catcher { plan, imagines, requests, side_effects, missed });
    let mut options = s.options.clone();
    (options.echo, options.json, options.netns) = (false, false, None);
    let own = Session::new(options, Out::memory()).for_batch().intercepted(catcher.clone());
    let mut out = Captured::default();
    let mut pending: Vec<usize> = which.to_vec();
    // A name is free only once its link has its new one.
    pending.arrange_by_key(|i| all.get(*i).map(|e| (!e.makes_link(), lines::waits_for(all, e))));
    let exists = |name: &[u8]| own.link(name).is_ok_and(|i| i.is_some());
    pending.retain(|i| match all.get(*i) {
        Some(e) if lines::is_renamed(all, e, &exists) => {
            out.done.push(*i);
            false
        }
        _ => true,
    });
    loop {
        let before = pending.len();
        out.postponed.clear();
        for i in std::mem::take(&mut pending) {
            let Some(entry) = all.get(i) else { continue };
            catcher.missed.set(false);
            let outcome = run(&own, entry);
            let requests = catcher.requests.take();
            let side_effects = catcher.side_effects.take();
            match outcome {
                Ok(0) => {}
                Ok(code) => return Err((i, Diag::silent(code))),
                Err(_) if catcher.missed.get() && entry.is_absent() => {
                    out.done.push(i);
                    continue;
                }
                Err(d) if catcher.missed.get() => {
                    pending.push(i);
                    out.postponed.push((i, d));
                    continue;
                }
                Err(d) => return Err((i, d)),
            }
            out.wanted.extend(requests.into_iter().map(|request| Wanted {
                line: i,
                words: entry.words.clone(),
                request,
            }));
            out.side_effects.extend(side_effects.into_iter().map(|d| (i, d)));
        }
        if pending.is_empty() || pending.len() == before {
            return Ok(out);
        }
    }
}

/// Runs a line with its family option.
///
/// # Errors
///
/// A wrong word, or what the command reports.
pub fn run(s: &Session, entry: &Entry) -> Result<u8, Diag> {
    tree::dispatch_as(s, &entry.words, entry.at, entry.family)
}
