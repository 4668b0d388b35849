//! `-dry-run`: prints what a command would change, in words or as JSON, and what is known to fail; changes nothing.
//!
//! The plan takes the kernel's place (see `net/interceptor.rs`): it records each request, answers it as the kernel
//! would as far as that is known, and predicts the links that earlier lines would have created.

mod json;
mod names;
mod words;

use crate::diag::Diag;
use crate::net::interceptor::Known;
use crate::net::interceptor::{Interceptor, Revert, SideEffect};
use crate::net::{KernelError, Request};
use crate::object::Declared;
use crate::output::OpenDocument;
use crate::session::Session;
use crate::state::ObjectType;
use crate::state::predict::Model;
use std::cell::{Cell, RefCell};

/// What a plan cannot know; this text is part of the manual.
pub const LIMITS: &str = "\
A dry run cannot tell whether the kernel will accept a value, nor what a program will do. After a line that sets a link up or \
down, deletes a link, or adds or deletes an address, it does not predict how the kernel changes routes and neighbours. It does \
not follow names that the kernel chooses, nor other namespaces.";

/// A description of a request.
pub fn words(s: &Session, r: &Request) -> String {
    words::of(s, r, None)
}

/// A step of the plan.
enum Step {
    Request {
        request: Request,
        device: Option<Vec<u8>>,
        depends: Vec<usize>,
        fails: Option<String>,
    },
    SideEffect {
        words: String,
        fails: Option<String>,
    },
    /// It is known only once an earlier line has run.
    Later {
        words: String,
        depends: Vec<usize>,
    },
}

/// The plan of a dry run, so far.
pub struct Plan {
    model: RefCell<Model>,
    steps: RefCell<Vec<Step>>,
    /// Namespaces that lines would create or delete.
    names: RefCell<Vec<(Vec<u8>, Option<usize>)>>,
    /// The part of this line that was printed already, if it is printed in parts.
    document: RefCell<Option<OpenDocument>>,
    /// What is to be deleted has just been listed.
    listed: Cell<bool>,
}

impl Plan {
    /// An empty plan; `rcvbuf` is the receive buffer of its socket, in bytes.
    ///
    /// # Errors
    ///
    /// The socket cannot be opened.
    pub fn new(rcvbuf: u32) -> Result<Plan, Diag> {
        Ok(Plan {
            model: RefCell::new(Model::new(rcvbuf, &Declared)?),
            steps: RefCell::default(),
            names: RefCell::default(),
            document: RefCell::default(),
            listed: Cell::default(),
        })
    }

    /// A plan that predicts nothing and only follows the names of links.
    ///
    /// # Errors
    ///
    /// The socket cannot be opened.
    pub fn rehearsal(rcvbuf: u32) -> Result<Plan, Diag> {
        let plan = Plan::new(rcvbuf)?;
        plan.model.borrow_mut().predicts = false;
        Ok(plan)
    }

    /// The earlier line that would create what the words after a verb need: a namespace; or a link, if the verb only
    /// reads.
    pub fn made(&self, rest: &[Vec<u8>], asks: bool) -> Option<usize> {
        let model = self.model.borrow();
        let names = self.names.borrow();
        let namespace = names.iter().rev().find(|(name, _)| rest.contains(name)).and_then(|(_, by)| *by);
        if namespace.is_some() || !asks {
            return namespace.filter(|by| *by < model.line);
        }
        rest.iter().find_map(|w| model.maker(w))
    }

    /// A line that cannot be planned before an earlier one has been run.
    pub fn later(&self, line: &[Vec<u8>], earlier: usize) {
        let words: Vec<String> = line.iter().skip(1).map(|w| crate::output::escape::shown(w)).collect();
        self.steps.borrow_mut().push(Step::Later { words: words.join(" "), depends: vec![earlier] });
    }

    /// Sets the number of the batch line that is planned from now on.
    pub fn line(&self, number: usize) {
        self.model.borrow_mut().line = number;
    }

    /// Discards what was recorded since the last call.
    pub fn skip(&self) {
        self.steps.borrow_mut().clear();
    }

    /// Prints what was recorded since the last call, and ends the line.
    pub fn tell(&self, s: &Session) {
        self.tell_part(s);
        if let Some(document) = self.document.take() {
            s.print(|p| {
                p.go_on(document);
                p.end();
            });
        }
    }

    /// Prints what has been noted since the last call; more of the same line follows.
    pub fn tell_part(&self, s: &Session) {
        let steps = self.steps.take();
        if steps.is_empty() {
            return;
        }
        let line = self.model.borrow().line;
        s.print(|p| {
            match self.document.take() {
                Some(document) => p.go_on(document),
                None => p.begin(),
            }
            for step in &steps {
                p.object(None);
                if line > 0 {
                    p.item("line", "line {}: ", line as u64);
                }
                let (depends, fails) = match step {
                    Step::Request { request, device, depends, fails } => {
                        p.item("would", "would {}", words::of(s, request, device.as_deref()));
                        if p.is_json() {
                            p.object(Some("request"));
                            json::describe(p, request.kind, request.flags, &request.body);
                            p.close();
                        }
                        (depends.as_slice(), fails)
                    }
                    Step::SideEffect { words, fails } => {
                        p.item("would", "would {}", words);
                        (&[][..], fails)
                    }
                    Step::Later { words, depends } => {
                        p.item("would", "would run: {}", words);
                        (depends.as_slice(), &None)
                    }
                };
                if !depends.is_empty() {
                    p.array(Some("depends"));
                    for line in depends {
                        p.element(" (depends on line {})", *line as u64);
                    }
                    p.close();
                }
                if let Some(why) = fails {
                    p.item("fails", " (would fail: {})", why);
                }
                p.end_line();
                p.close();
            }
            self.document.replace(Some(p.leave_open()));
        });
    }
}

impl Interceptor for Plan {
    fn request(&self, r: &Request) -> Result<bool, KernelError> {
        // Outside a batch nothing follows that would need to know which entries are left.
        if self.listed.get() && self.model.borrow().line == 0 {
            let step = Step::Request { request: r.clone(), device: None, depends: Vec::new(), fails: None };
            self.steps.borrow_mut().push(step);
            return Ok(false);
        }
        // A renamed link still has its former name.
        let link = ObjectType::of_request(r.kind) == Some(ObjectType::Link);
        let index = crate::net::attr::u32_at(&r.body, 4).filter(|i| link && *i != 0);
        let device = index.and_then(|i| self.model.borrow().name_of(i));
        let outcome = self.model.borrow_mut().predict(r);
        let fails = outcome.as_ref().err().map(|e| match &e.message {
            Some(m) => crate::output::escape::shown(m),
            None => crate::diag::errno_text(e.errno),
        });
        let depends = outcome.as_ref().map(|effects| effects.depends.clone()).unwrap_or_default();
        self.steps.borrow_mut().push(Step::Request { request: r.clone(), device, depends, fails });
        outcome.map(|_| false)
    }

    fn side_effect(&self, change: &SideEffect) -> Result<bool, Diag> {
        let mut names = self.names.borrow_mut();
        let is_there = |name: &Vec<u8>, names: &[(Vec<u8>, Option<usize>)]| {
            let imagined = names.iter().rev().find(|(n, _)| n == name).map(|(_, by)| by.is_some());
            imagined.unwrap_or_else(|| crate::object::netns::open(name).is_ok())
        };
        let fails = |e: nix::errno::Errno| Err(KernelError::from_errno(e));
        let line = self.model.borrow().line;
        let outcome = match &change.revert {
            Revert::DeleteLink(name) | Revert::RestoreEntry { device: Some(name), .. } => {
                self.model.borrow_mut().make_link(name)
            }
            Revert::LinkIsLost(name, _) | Revert::RecreateDevice(name) => {
                self.model.borrow_mut().remove_link(name);
                Ok(())
            }
            Revert::DeleteName(name) if is_there(name, &names) => fails(nix::errno::Errno::EEXIST),
            Revert::NameIsLost(name, _) if !is_there(name, &names) => fails(nix::errno::Errno::ENOENT),
            Revert::DeleteName(name) => {
                names.push((name.clone(), Some(line)));
                Ok(())
            }
            Revert::NameIsLost(name, _) => {
                names.push((name.clone(), None));
                Ok(())
            }
            _ => Ok(()),
        };
        let fails = outcome.as_ref().err().map(|e| crate::diag::errno_text(e.errno));
        self.steps.borrow_mut().push(Step::SideEffect { words: change.words.clone(), fails: fails.clone() });
        match fails {
            None => Ok(false),
            Some(why) => Err(Diag::fail(format!("{}: {why}", change.words))),
        }
    }

    fn resolve(&self, name: &[u8]) -> Known {
        self.model.borrow().link(name)
    }

    fn name(&self, index: u32) -> Option<Vec<u8>> {
        self.model.borrow().name(index)
    }

    fn listed(&self, now: bool) {
        self.listed.set(now);
    }

    fn is_dry_run(&self) -> bool {
        true
    }
}
