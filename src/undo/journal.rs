//! The journal of an atomic batch: in memory, and in a file that outlives the process.

use super::folder::{self, Found, Kept};
use super::generic;
use super::ledger::Writer;
use super::reach::{self, Reached};
use super::record::{self, Origin, Record, uptime};
use super::refuse::{refuse, refuse_deletion};
use super::scope::Scope;
use super::setting::{Saved, index_of_name};
use super::touched::Entry;
use super::{Unrestored, roll_back};
use crate::diag::{Diag, errno_of, errno_text};
use crate::net::interceptor::{Interceptor, Revert, SideEffect};
use crate::net::{Kernel, KernelError, Request};
use crate::output::escape::shown;
use crate::schema::*;
use crate::state::{Key, ObjectType, Store};
use nix::errno::Errno;
use std::cell::{Ref, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use std::os::unix::ffi::OsStrExt as _;

/// The description, up to the time, in the journal of a change that awaits confirmation.
pub const TRIAL: &str = "a change is on trial until";

/// The journal of a running batch.
pub struct Journal {
    record: RefCell<Record>,
    out: RefCell<Writer>,
    kept: Kept,
    /// Opened before the first change, so that a limit of descriptors cannot prevent the rollback.
    kernel: Kernel,
    /// What the snapshot holds.
    scope: RefCell<Scope<'static>>,
    /// The links that existed before the batch, and those that it is known to have created.
    links: RefCell<HashSet<u32>>,
    made: RefCell<HashSet<u32>>,
}

/// The origin of a journal: this boot, namespace and process, and the time.
///
/// # Errors
///
/// The boot or the namespace cannot be identified.
pub fn here(kernel: &Kernel, file: &str) -> Result<Origin, Diag> {
    let cannot = |what: &str, e: Errno| {
        Diag::fail(format!("Cannot tell {what}, which a journal needs: {}", errno_text(e as i32)))
    };
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map_err(|e| cannot("one boot from another (/proc/sys/kernel/random/boot_id)", errno_of(&e)))?;
    let boot = boot.trim().to_string();
    if boot.is_empty() {
        return Err(cannot("one boot from another (/proc/sys/kernel/random/boot_id)", Errno::ENODATA));
    }
    let cookie = kernel.cookie().map_err(|e| cannot("one network namespace from another (SO_NETNS_COOKIE)", e))?;
    let file = shown(file.as_bytes()).replace('\n', " ");
    Ok(Origin { boot, cookie, pid: std::process::id(), since: uptime(), file })
}

impl Journal {
    /// Begins a journal, unless this namespace has one already: reads and records the present state of what may change
    /// (`entries`). `file` is the name of the batch in messages.
    ///
    /// # Errors
    ///
    /// Another journal of this namespace exists, none can be written, or the tables cannot be read.
    pub fn begin(file: &str, kernel: Kernel, entries: Vec<Entry>) -> Result<Journal, Diag> {
        let origin = here(&kernel, file)?;
        let folder = folder::first()?;
        let turn = folder.turn()?;
        for found in folder::journals()? {
            if let Some(why) =
                hindrance(&found.map_err(|d| d.hint("see to it first: rip batch-recover show"))?, &origin)?
            {
                return Err(why);
            }
        }
        let (kept, out) = folder.create(&origin)?;
        drop(turn);
        let record = Record { origin, ..Record::default() };
        let journal = Journal {
            scope: RefCell::new(scope_of(&record)),
            record: RefCell::new(record),
            out: RefCell::new(out),
            kept,
            kernel,
            links: RefCell::default(),
            made: RefCell::default(),
        };
        if let Err(d) = journal.plan(entries) {
            journal.remove()?;
            return Err(d);
        }
        Ok(journal)
    }

    /// Reads and records what these lines may change.
    ///
    /// # Errors
    ///
    /// The tables cannot be read, or the journal cannot be written.
    fn plan(&self, entries: Vec<Entry>) -> Result<(), Diag> {
        self.reach(entries).map_err(|e| Diag::fail(e.line()))
    }

    fn reach(&self, entries: Vec<Entry>) -> Result<(), KernelError> {
        let reached = reach::read(&self.kernel, &self.record.borrow(), entries)?;
        let mut out = self.out.borrow_mut();
        let before = out.mark();
        let written = record::reach(&mut out, &self.kept.file, &reached.entries, &reached.things);
        if let Err(e) = written.and_then(|()| out.commit(&self.kept.file)) {
            out.back(&before);
            return Err(self.unwritten(errno_of(&e)));
        }
        let Reached { entries, things, links } = reached;
        let mut record = self.record.borrow_mut();
        let planned = Rc::make_mut(&mut record.planned);
        entries.into_iter().for_each(|e| planned.add(e));
        record.before.set_loaded(ObjectType::restorable());
        record.before.extend(&things);
        self.scope.replace(scope_of(&record));
        if !record.ready {
            self.links.replace(links);
        }
        record.ready = true;
        Ok(())
    }

    /// Reads and records the state of a device that is about to change without a request; returns its index, if it
    /// exists.
    fn reach_device(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        let Some(index) = index_of_name(&self.kernel, name) else { return Ok(None) };
        let entry = Entry::Link(index);
        if !self.is_made(&self.record.borrow(), index) && !self.scope.borrow().has_link(index) {
            self.plan(vec![entry.clone()])?;
        }
        self.write(&record::entry(&entry))?;
        let mut record = self.record.borrow_mut();
        Rc::make_mut(&mut record.touched).add(entry);
        for saved in Saved::of_tunnel(index, &self.kernel) {
            self.write(&record::setting(&saved))?;
            record.note_setting(saved);
        }
        Ok(Some(index))
    }

    /// Whether the batch created a link.
    fn is_made(&self, record: &Record, index: u32) -> bool {
        if self.made.borrow().contains(&index) {
            return true;
        }
        let made = !self.links.borrow().contains(&index)
            && (record.touched.unnamed || self.name_of(index).is_some_and(|n| record.touched.names.contains(&n)));
        if made {
            self.made.borrow_mut().insert(index);
        }
        made
    }

    fn name_of(&self, index: u32) -> Option<Vec<u8>> {
        let mask = RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS;
        let ask = Request::of_device(RTM_GETLINK, 0, 0, index).with(IFLA_EXT_MASK, &mask.to_ne_bytes());
        let answer = self.kernel.ask(&ask).ok()?;
        Some(ObjectType::Link.index(answer.get(NLMSG_HDRLEN..)?).str(IFLA_IFNAME)?.to_vec())
    }

    /// Rolls everything back. The journal remains if that is not fully possible.
    ///
    /// # Errors
    ///
    /// The tables cannot be read.
    pub fn undo(&self) -> Result<Vec<Unrestored>, Diag> {
        roll_back(&self.record.borrow(), &self.kernel)
    }

    /// Restores what changes deleted unintentionally; returns what the kernel refuses.
    ///
    /// # Errors
    ///
    /// The tables cannot be read.
    pub fn repair(&self, changed: &HashSet<Key>, links: bool, kernel: &Kernel) -> Result<Vec<Request>, Diag> {
        let record = self.record.borrow();
        let (planned, before) = (record.planned.clone(), record.before.clone());
        drop(record);
        // Sending a request updates the journal's record, so it must not be borrowed.
        let record = Record { planned, before, ..Record::default() };
        super::repair(&record, changed, links, kernel).map_err(|e| Diag::fail(e.line()))
    }

    /// Its content.
    pub fn record(&self) -> Ref<'_, Record> {
        self.record.borrow()
    }

    /// Deletes the journal after the batch has ended or was rolled back.
    ///
    /// # Errors
    ///
    /// The file cannot be deleted.
    pub fn remove(&self) -> Result<(), Diag> {
        self.kept.remove()
    }

    /// The file, for messages.
    pub fn shown(&self) -> String {
        shown(self.kept.path.as_os_str().as_bytes())
    }

    fn append(&self, part: &[u8]) -> Result<(), Errno> {
        let mut out = self.out.borrow_mut();
        let before = out.mark();
        let written = out.append(&self.kept.file, part).and_then(|()| out.commit(&self.kept.file));
        written.map_err(|e| {
            out.back(&before);
            errno_of(&e)
        })
    }

    fn write(&self, part: &[u8]) -> Result<(), Diag> {
        self.append(part).map_err(|e| Diag::fail(self.unwritten(e).line()))
    }

    /// The error for a change that could not be recorded before it is made.
    fn unwritten(&self, e: Errno) -> KernelError {
        let mut message = b"-atomic: cannot write the journal ".to_vec();
        message.extend_from_slice(self.kept.path.as_os_str().as_bytes());
        message.extend(format!(": {}", errno_text(e as i32)).bytes());
        KernelError { message: Some(message), ..KernelError::from_errno(e) }
    }
}

fn scope_of(record: &Record) -> Scope<'static> {
    Scope::new(&record.planned, &record.before, &Store::default())
}

/// Why no batch may begin while this journal exists; a journal without changes is deleted.
fn hindrance(found: &Found, here: &Origin) -> Result<Option<Diag>, Diag> {
    let o = &found.origin;
    if o.boot != here.boot || o.cookie != here.cookie {
        return Ok(None);
    }
    if found.is_busy() {
        if o.file.starts_with(TRIAL) {
            return Ok(Some(Diag::fail(o.file.clone()).hint("rip try confirm keeps it, rip try cancel undoes it")));
        }
        return Ok(Some(Diag::fail(format!("another atomic batch runs in this namespace, process {}", o.pid))));
    }
    if found.is_gone() {
        return Ok(None);
    }
    if found.record()?.ready {
        let why = format!("an atomic batch of this namespace was interrupted ({})", o.file);
        return Ok(Some(Diag::fail(why).hint("undo it first: rip batch-recover")));
    }
    found.remove().map(|()| None)
}

impl Interceptor for Journal {
    fn request(&self, r: &Request) -> Result<bool, KernelError> {
        let entries = Entry::of(r.kind, r.flags, &r.body);
        let is_made = &mut |index| self.is_made(&self.record.borrow(), index);
        let included = self.scope.borrow().includes(r, &entries, is_made);
        if !included {
            self.reach(entries)?;
        }
        let mut record = self.record.borrow_mut();
        refuse(&record.before, r)?;
        if let Some(kept) = Saved::of_request(r, &self.kernel) {
            self.append(&record::setting(&kept)).map_err(|e| self.unwritten(e))?;
            record.note_setting(kept);
        }
        self.append(&record::request(r.kind, r.flags, &r.body)).map_err(|e| self.unwritten(e))?;
        Rc::make_mut(&mut record.touched).note(r.kind, r.flags, &r.body);
        Ok(true)
    }

    fn side_effect(&self, change: &SideEffect) -> Result<bool, Diag> {
        if let Revert::RestoreDevice(name) | Revert::RecreateDevice(name) = &change.revert
            && let Some(index) = self.reach_device(name)?
            && matches!(change.revert, Revert::RecreateDevice(_))
        {
            refuse_deletion(&self.record.borrow().before, index).map_err(|why| never(change, &why))?;
        }
        if let Revert::DeleteLink(name) | Revert::RestoreEntry { device: Some(name), .. } = &change.revert
            && !self.record.borrow().planned.has_new(name)
        {
            // A new device can only be recognised if the others are known.
            self.plan(vec![Entry::of_new(name)])?;
        }
        let mut record = self.record.borrow_mut();
        match &change.revert {
            Revert::Impossible(why) | Revert::NameIsLost(_, why) | Revert::LinkIsLost(_, why) => {
                return Err(never(change, why));
            }
            Revert::Nothing => {}
            // Recorded above.
            Revert::RestoreDevice(_) | Revert::RecreateDevice(_) => {}
            Revert::RestoreSetting(setting) => {
                if let Some(kept) = Saved::of(setting, &self.kernel) {
                    self.write(&record::setting(&kept))?;
                    record.note_setting(kept);
                }
            }
            Revert::RestoreEntry { of, key, device } => {
                let kept =
                    generic::Saved::of(of, key).map_err(|d| never(change, d.what().first().map_or("", |why| why)));
                if let Some(kept) = kept? {
                    self.write(&record::generic(&kept))?;
                    record.note_generic(kept);
                }
                if let Some(name) = device {
                    self.write(&record::link(name))?;
                    Rc::make_mut(&mut record.touched).note_name(name);
                }
            }
            Revert::DeleteName(name) => match crate::object::netns::exists(name) {
                // One that exists is not created, and must not be deleted by a rollback.
                Ok(true) => {}
                Ok(false) => {
                    self.write(&record::name(name, None))?;
                    record.note_name(name, None);
                }
                Err(e) => return Err(Diag::os(format!("Cannot look at the namespace \"{}\"", shown(name)), e)),
            },
            Revert::DeleteLink(name) => {
                self.write(&record::link(name))?;
                Rc::make_mut(&mut record.touched).note_name(name);
            }
        }
        Ok(true)
    }

    fn namespace_named(&self, name: &[u8], cookie: u64) -> Result<(), Diag> {
        self.write(&record::name(name, Some(cookie)))?;
        self.record.borrow_mut().note_name(name, Some(cookie));
        Ok(())
    }
}

/// The refusal of a change that cannot be rolled back.
pub fn never(change: &SideEffect, why: &str) -> Diag {
    Diag::fail(format!("Error: -atomic: cannot roll back \"{}\": {why}.", change.words))
}
