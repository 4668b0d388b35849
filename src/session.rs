//! One run of the program: its options, its netlink sockets (opened on first use), the name tables, the output.

pub mod devices;
pub mod invocation;
mod named;
mod namespaces;
pub mod options;
mod protocols;

pub use named::Named;

use crate::diag::{Diag, errno_text};
use crate::grammar::words::Table;
use crate::grammar::{Names, Offer};
use crate::hash::TrustedKeys;
use crate::net::dump::{Buffering, Consumer};
use crate::net::interceptor::Known as Imagined;
use crate::net::interceptor::{Interceptor, SideEffect};
use crate::net::kernel::Message;
use crate::net::queue::{Queue, Refused, Sending};
use crate::net::{Kernel, KernelError, Request};
use crate::nss::hosts::{Host, Resolver};
use crate::nss::names::NameTables;
use crate::output::escape;
use crate::output::out::{Out, print_stderr};
use crate::output::{Checkpoint, Format, Printer};
use crate::session::options::{Options, RCVBUF};
use crate::state::{ChangeSignal, ObjectType, consistent_dump};
use devices::{Links, NAMES_MAX};
use namespaces::{Announced, NamesById, Processes};
use nix::errno::Errno;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::os::fd::OwnedFd;
use std::rc::Rc;

/// Prints what a dry run has planned so far.
type TellPlan = Box<dyn Fn(&Session)>;

/// The context of a command: its options, its output, and what it has cached.
pub struct Session {
    /// The options.
    pub options: Options,
    /// Standard output.
    pub out: RefCell<Out>,
    /// The name tables of /etc/iproute2.
    pub tables: NameTables,
    kernel: OnceCell<Kernel>,
    /// The generic netlink socket.
    generic: OnceCell<Kernel>,
    /// The socket to the IPsec databases.
    xfrm: OnceCell<Kernel>,
    /// The socket for requests while a dump is being read.
    side: OnceCell<Kernel>,
    links: RefCell<Links>,
    /// The nsid whose interface indexes `link_name` resolves; `None` is this namespace. Set by `in_view` alone.
    view: Cell<Option<i32>>,
    /// The devices of the namespaces other than the current one.
    views: RefCell<HashMap<Option<i32>, Links>>,
    /// File descriptors that a request refers to, open until the command ends.
    held: RefCell<Vec<OwnedFd>>,
    indexes: RefCell<HashMap<Vec<u8>, u32, TrustedKeys>>,
    namespaces: RefCell<Option<NamesById>>,
    announced: RefCell<Announced>,
    /// Processes in namespaces without a name, by the id of these here.
    processes: RefCell<Option<Processes>>,
    /// Nexthop objects by their id, as routes refer to them.
    nexthops: RefCell<HashMap<u32, Option<Rc<[u8]>>>>,
    hosts: Resolver,
    /// Sees every change before it is made.
    interceptor: Option<Rc<dyn Interceptor>>,
    tell_plan: Option<TellPlan>,
    /// The lines of a batch are run: `exec` forks.
    pub in_batch: bool,
    /// Unsent requests of the routing socket, and how it sends; the socket is opened when it is needed.
    queue: Rc<Queue>,
}

impl Session {
    /// A session without sockets, which are opened on first use.
    pub fn new(options: Options, out: Out) -> Session {
        Session {
            options,
            out: RefCell::new(out),
            tables: NameTables::default(),
            kernel: OnceCell::new(),
            generic: OnceCell::new(),
            xfrm: OnceCell::new(),
            side: OnceCell::new(),
            links: RefCell::default(),
            view: Cell::new(None),
            views: RefCell::default(),
            held: RefCell::default(),
            indexes: RefCell::default(),
            namespaces: RefCell::default(),
            processes: RefCell::default(),
            announced: RefCell::default(),
            nexthops: RefCell::default(),
            hosts: Resolver::default(),
            interceptor: None,
            tell_plan: None,
            in_batch: false,
            queue: Rc::default(),
        }
    }

    /// Prints a line on stderr that iproute2 does not print, unless only iproute2's lines are allowed there.
    pub fn note(&self, text: &str) {
        if self.options.invocation.explains {
            print_stderr(text);
        }
    }

    /// Makes this a session that runs the lines of a batch.
    pub fn for_batch(mut self) -> Session {
        self.in_batch = true;
        self
    }

    /// Shows every change of the session to `interceptor` first.
    pub fn intercepted(mut self, interceptor: Rc<dyn Interceptor>) -> Session {
        self.interceptor = Some(interceptor);
        self
    }

    /// Sets `tell`, which prints what the interceptor has recorded.
    pub fn telling(mut self, tell: Box<dyn Fn(&Session)>) -> Session {
        self.tell_plan = Some(tell);
        self
    }

    /// Runs deletions of entries that were just listed, and prints what the interceptor has recorded of them.
    pub fn plan_listed<R>(&self, show: impl FnOnce() -> R) -> R {
        self.interceptor.iter().for_each(|i| i.listed(true));
        let shown = show();
        self.interceptor.iter().for_each(|i| i.listed(false));
        self.tell_plan.iter().for_each(|tell| tell(self));
        shown
    }

    fn open<'a>(&self, cell: &'a OnceCell<Kernel>) -> Result<&'a Kernel, Diag> {
        if let Some(k) = cell.get() {
            return Ok(k);
        }
        let k = self.fresh_kernel()?;
        Ok(cell.get_or_init(|| k))
    }

    /// A new socket in the current namespace.
    ///
    /// # Errors
    ///
    /// The socket cannot be opened.
    pub fn fresh_kernel(&self) -> Result<Kernel, Diag> {
        let k = Kernel::open(self.options.rcvbuf)?;
        if let Some(interceptor) = &self.interceptor {
            k.intercept(interceptor.clone());
        }
        Ok(k)
    }

    /// Whether a change other than by a request may be made now.
    ///
    /// # Errors
    ///
    /// The change must not be made: it cannot be rolled back, or is known to fail.
    pub fn allow(&self, change: impl FnOnce() -> SideEffect) -> Result<bool, Diag> {
        self.interceptor.as_ref().map_or(Ok(true), |i| i.side_effect(&change()))
    }

    /// Reports that a namespace is about to get its name; `cookie` returns its cookie.
    ///
    /// # Errors
    ///
    /// The journal cannot be written.
    pub fn note_namespace(&self, name: &[u8], cookie: impl FnOnce() -> Result<u64, Diag>) -> Result<(), Diag> {
        self.interceptor.as_ref().map_or(Ok(()), |i| i.namespace_named(name, cookie()?))
    }

    fn note_missing(&self) {
        self.interceptor.iter().for_each(|i| i.device_missing());
    }

    /// Whether there is an interceptor.
    pub fn is_watched(&self) -> bool {
        self.interceptor.is_some()
    }

    /// Whether changes are only planned, so that a second look finds the same state.
    pub fn is_dry_run(&self) -> bool {
        self.interceptor.as_ref().is_some_and(|i| i.is_dry_run())
    }

    /// The kernel's routing socket.
    ///
    /// # Errors
    ///
    /// The socket cannot be opened.
    pub fn kernel(&self) -> Result<&Kernel, Diag> {
        if let Some(k) = self.kernel.get() {
            return Ok(k);
        }
        let k = self.fresh_kernel()?.with_queue(self.queue.clone());
        Ok(self.kernel.get_or_init(|| k))
    }

    /// Sets how the changes of the next batch line are sent.
    pub fn send_as(&self, sending: Sending) {
        self.queue.sending.set(sending);
    }

    /// Sends the queued changes of a batch; returns the refusals.
    pub fn flush_queue(&self) -> Vec<Refused> {
        if let Some(kernel) = self.kernel.get() {
            kernel.flush_queue();
        }
        self.refused().unwrap_or_default()
    }

    /// The refusals of a batch's changes; `None` while some are queued.
    pub fn refused(&self) -> Option<Vec<Refused>> {
        self.kernel.get().map_or_else(|| Some(Vec::new()), |k| k.refused())
    }

    /// The second socket, for requests in the middle of a dump.
    ///
    /// # Errors
    ///
    /// The socket cannot be opened.
    pub fn side(&self) -> Result<&Kernel, Diag> {
        if let Some(kernel) = self.kernel.get() {
            kernel.flush_queue();
        }
        self.open(&self.side)
    }

    /// Sends a change.
    ///
    /// # Errors
    ///
    /// The kernel refuses it; the error has the words that caused that.
    pub fn change(&self, request: &Request) -> Result<(), Diag> {
        self.kernel()?.change(request).map_err(|e| e.explain(request))
    }

    /// Sends independent changes, until the first refusal other than the forgiven errnos.
    ///
    /// # Errors
    ///
    /// The first refusal that is not forgiven.
    pub fn change_all(&self, requests: &[Request], forgiven: &[Errno]) -> Result<(), Diag> {
        let sending = if self.may_queue() { Sending::Queued(0) } else { Sending::Acknowledged };
        let told = self.kernel()?.change_all(requests, forgiven, sending);
        told.map_err(|one| one.error.explain(&one.request))
    }

    /// Sends the deletions of a flush like `change_all`; a refusal is reported in iproute2's words, with its exit code
    /// for the object.
    ///
    /// # Errors
    ///
    /// The first refusal that is not forgiven.
    pub fn flush_all(&self, requests: &[Request], forgiven: &[Errno], code: u8) -> Result<(), Diag> {
        self.change_all(requests, forgiven).map_err(|d| match d.errno() {
            Some(errno) => d.say(format!("Failed to send flush request: {}", errno_text(errno))).with_code(code),
            None => d,
        })
    }

    /// Whether many changes may be sent at once: a small receive buffer has no room for many refusals.
    pub fn may_queue(&self) -> bool {
        self.options.rcvbuf >= RCVBUF
    }

    /// The output format.
    pub fn format(&self) -> Format {
        let o = &self.options;
        Format { json: o.json, pretty: o.pretty, oneline: o.oneline, palette: if o.json { None } else { o.palette } }
    }

    /// Prints in the chosen format.
    pub fn print<R>(&self, write: impl FnOnce(&mut Printer<'_>) -> R) -> R {
        let mut out = self.out.borrow_mut();
        let mut printer = Printer::new(&mut out, self.format());
        write(&mut printer)
    }

    /// Prints text even with -json: between the outputs of programs that we run.
    pub fn print_text<R>(&self, write: impl FnOnce(&mut Printer<'_>) -> R) -> R {
        let mut out = self.out.borrow_mut();
        out.text();
        let mut printer = Printer::new(&mut out, Format { json: false, ..self.format() });
        write(&mut printer)
    }

    /// Prints a document: a JSON array, or text lines.
    pub fn document<R>(&self, write: impl FnOnce(&mut Printer<'_>) -> R) -> R {
        self.print(|p| {
            p.begin();
            let r = write(p);
            p.end();
            r
        })
    }

    /// Prints the document of a dump, message by message; up to 8 MiB of it are buffered until the dump is known to be
    /// consistent. `note` sees each message before it is described. A refused dump is an empty document.
    ///
    /// # Errors
    ///
    /// Outer: the socket cannot be opened. Inner: the kernel refuses the dump.
    pub fn show_dump(
        &self,
        request: &Request,
        object: ObjectType,
        note: &mut dyn FnMut(&Message<'_>),
        describe: &mut dyn FnMut(&mut Printer<'_>, &Message<'_>),
    ) -> Result<Result<(), KernelError>, Diag> {
        let kernel = self.kernel()?;
        Ok(self.document(|p| {
            // What is buffered as messages need not be buffered as text, too.
            let checkpoint = (object.signal(request) == ChangeSignal::DumpIntr).then(|| p.checkpoint());
            let mut dump_printer = DumpPrinter { printer: p, checkpoint, note, describe };
            let result = consistent_dump::read(kernel, object, request, &mut dump_printer);
            // The part before the failure of a dump is discarded.
            if result.is_err() {
                dump_printer.forget();
            }
            p.out.keep();
            result
        }))
    }

    /// Passes a list through; with `-j`, one that could not be read is printed as an empty document.
    ///
    /// # Errors
    ///
    /// That of `all`.
    pub fn listed<T>(&self, all: Result<T, Diag>) -> Result<T, Diag> {
        all.inspect_err(|_| self.document(|_| ()))
    }

    /// Flushes the output.
    pub fn flush(&self) {
        self.out.borrow_mut().flush();
    }

    /// Keeps descriptors open until the command ends.
    pub fn hold(&self, fds: Vec<OwnedFd>) {
        self.held.borrow_mut().extend(fds);
    }

    /// Closes what `hold` kept.
    pub fn release(&self) {
        let held = self.held.take();
        if !held.is_empty()
            && let Some(kernel) = self.kernel.get()
        {
            kernel.flush_queue();
        }
    }

    /// A nexthop object, requested once.
    pub fn nexthop(&self, id: u32, ask: impl FnOnce(&Session, u32) -> Option<Vec<u8>>) -> Option<Rc<[u8]>> {
        if let Some(known) = self.nexthops.borrow().get(&id) {
            return known.clone();
        }
        let known: Option<Rc<[u8]>> = ask(self, id).map(Rc::from);
        let mut nexthops = self.nexthops.borrow_mut();
        if nexthops.len() >= NAMES_MAX {
            nexthops.clear();
        }
        nexthops.insert(id, known.clone());
        known
    }

    /// Forgets nexthop objects, because they may have changed.
    pub fn forget_nexthops(&self) {
        self.nexthops.borrow_mut().clear();
    }

    /// Forgets all cached names, because they can change between the lines of a batch.
    pub fn forget_all(&self) {
        self.links.borrow_mut().clear();
        self.indexes.borrow_mut().clear();
        self.forget_namespaces();
    }

    /// An address for printing: with -resolve, its host name.
    pub fn host(&self, ip: std::net::IpAddr) -> Host {
        let name = if self.options.resolve { self.hosts.name(ip) } else { None };
        name.map_or(Host::Ip(ip), Host::Name)
    }

    /// A number of a name table for printing: its name, unless -N or it has none.
    pub fn named(&self, table: Table, id: u32) -> Named<'_> {
        if self.options.numeric {
            return Named { id, name: None, is_verbatim: false };
        }
        match self.tables.builtin(table, id) {
            Some(name) => Named { id, name: Some(name.as_bytes()), is_verbatim: true },
            None => Named { id, name: self.tables.name(table, id), is_verbatim: false },
        }
    }
}

/// A document that is printed while its dump is read.
struct DumpPrinter<'a, 'o> {
    printer: &'a mut Printer<'o>,
    checkpoint: Option<Checkpoint>,
    note: &'a mut dyn FnMut(&Message<'_>),
    describe: &'a mut dyn FnMut(&mut Printer<'_>, &Message<'_>),
}

impl Consumer for DumpPrinter<'_, '_> {
    fn preview(&mut self, messages: &mut dyn Iterator<Item = Message<'_>>) {
        messages.for_each(|m| (self.note)(&m));
    }

    fn take(&mut self, m: Message<'_>) -> ControlFlow<()> {
        (self.describe)(self.printer, &m);
        ControlFlow::Continue(())
    }

    fn buffering(&self) -> Buffering {
        if self.checkpoint.is_some() { Buffering::Tentative } else { Buffering::Limited }
    }

    fn forget(&mut self) -> bool {
        self.checkpoint.as_ref().is_some_and(|checkpoint| self.printer.rewind(checkpoint))
    }
}

impl Names for Session {
    fn link(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        if let Some(index) = self.indexes.borrow().get(name) {
            return Ok(Some(*index));
        }
        match self.interceptor.as_ref().map_or(Imagined::Unknown, |i| i.resolve(name)) {
            Imagined::Index(index) => return Ok(Some(index)),
            Imagined::Gone => {
                self.note_missing();
                return Ok(None);
            }
            Imagined::Unknown => {}
        }
        let mut found = self.ask_index(name)?;
        if found.is_none()
            && let Some(real) = escape::unescape(name)
        {
            found = self.ask_index(&real)?;
        }
        match found {
            Some(index) => drop(self.indexes.borrow_mut().insert(name.to_vec(), index)),
            None => self.note_missing(),
        }
        Ok(found)
    }

    fn address_len(&self, name: &[u8]) -> Result<Option<usize>, Diag> {
        Ok(match Names::link(self, name)? {
            Some(index) => self.hardware_address_len(index),
            None => None,
        })
    }

    fn number(&self, table: Table, name: &[u8]) -> Option<u32> {
        self.tables.number(table, name).or_else(|| self.tables.number(table, &escape::unescape(name)?))
    }

    fn names(&self, table: Table) -> Vec<Offer> {
        let all = self.tables.all(table).into_iter();
        all.map(|(id, n)| Offer::new(escape::shown(&n), id.to_string())).collect()
    }

    fn is_ip(&self) -> bool {
        self.options.invocation.is_ip
    }

    fn hold(&self, fd: OwnedFd) {
        self.held.borrow_mut().push(fd);
    }

    fn vrf(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok(self.ask_vrf(name))
    }
}
