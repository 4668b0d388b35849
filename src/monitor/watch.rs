//! The event loop of the monitor: the netlink socket, the reader of our output, signals and timers.
//!
//! The socket is emptied before anything else is done, and a slow reader of our output is never waited for; events that
//! cannot be printed yet are kept in a bounded queue. After a loss the watched tables are read again.

use super::processor::{Answer, EventProcessor};
use super::queue::{BOUND, Packet, Queue};
use super::words::Watch;
use super::{print, sys_error};
use crate::diag::Diag;
use crate::net::Kernel;
use crate::output::out::print_stderr;
use crate::session::Session;
use crate::session::options::RCVBUF;
use crate::state::{Dump, ObjectType};
use futures::future::{FutureExt as _, LocalBoxFuture, pending};
use netlink_sys::{Socket, SocketAddr};
use nix::errno::Errno;
use nix::sys::signal::Signal;
use std::os::fd::AsFd as _;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, SystemTime};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::signal::unix::{Signal as Signals, SignalKind, signal};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// The receive buffer, in bytes: some 100,000 events. The kernel uses memory only as needed.
const BUFFER: usize = 64 * 1024 * 1024;
/// Maximum bytes that are formatted and not yet written.
const AHEAD: usize = 1024 * 1024;
/// Datagrams printed before the socket is read again.
const TURN: usize = 256;
/// Minimum time between two readings of the tables.
const PAUSE: Duration = Duration::from_secs(1);
/// How often the socket is read under a stream of events: what arrives meanwhile costs one turn.
const LULL: Duration = Duration::from_millis(1);
/// Bytes of receive buffer that suffice for that.
const ROOMY: usize = 2 * 1024 * 1024;
/// How much later than `timeout` the kernel's first reply may arrive.
const GRACE: Duration = Duration::from_secs(5);
/// How long the remaining output may take at the end.
const LAST: Duration = Duration::from_secs(2);
/// Descriptors needed for the event loop, its signals and its waker, the sockets for tables and names, our output
/// twice, and name tables.
const DESCRIPTORS: usize = 16;
/// The exit code after `timeout`, like timeout(1).
pub const TIMED_OUT: u8 = 124;

/// The tables, or why they could not be requested.
type Answers = Result<Vec<Answer>, Diag>;

/// Why a watch ended.
enum End {
    Done,
    TimedOut,
    Signal(Signal),
    /// The reader of our output has closed it.
    Closed,
}

const SIGNALS: [(fn() -> SignalKind, Signal); 3] = [
    (SignalKind::interrupt, Signal::SIGINT),
    (SignalKind::terminate, Signal::SIGTERM),
    (SignalKind::hangup, Signal::SIGHUP),
];

/// Prints events until a signal, the end of the output, or `count`, `timeout` or `until`.
///
/// # Errors
///
/// The socket or the event loop cannot be opened, or the socket fails.
pub fn live(s: &Session, w: &Watch) -> Result<u8, Diag> {
    let (socket, port) = listen(s, &w.subscribed(), s.options.family, w.all_nsid)?;
    crate::object::link::show::learn(s)?;
    let roomy = nix::sys::socket::getsockopt(&socket, nix::sys::socket::sockopt::RcvBuf).is_ok_and(|n| n >= ROOMY);
    has_room().map_err(|e| Diag::os("Cannot start the event loop", e))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| sys_error("Cannot start the event loop", &e))?;
    let room = Arc::new(Notify::new());
    let told = room.clone();
    s.out.borrow_mut().hand_over(Box::new(move || told.notify_one()));
    let end = runtime.block_on(async {
        let socket = crate::sys::watched(socket, Interest::READABLE)
            .map_err(|e| sys_error("Cannot watch the netlink socket", &e))?;
        let mut loops = Loop {
            s,
            w,
            socket,
            port,
            roomy,
            filled: Instant::now() - PAUSE,
            room,
            queue: if w.all_nsid { Queue::new(BOUND) } else { Queue::of_own(BOUND) },
            processor: EventProcessor::new(s, w),
            asking: None,
            dropped: drops(port).unwrap_or(0),
            next: Instant::now(),
            lost: false,
            known: false,
        };
        let end = loops.run().await;
        loops.account();
        end
    });
    runtime.shutdown_background();
    // `count` is met: wait for the reader without limit, and restore the default signal handlers so that ^C works.
    let patient = matches!(end, Ok(End::Done));
    if patient {
        crate::sys::uncatch(&SIGNALS.map(|(_, which)| which));
    }
    s.out.borrow_mut().take_back(if patient { Duration::MAX } else { LAST });
    match end? {
        End::Done => Ok(0),
        End::TimedOut => Ok(TIMED_OUT),
        End::Signal(signal) => {
            crate::sys::die_of(signal);
            Ok(u8::try_from(128 + signal as i32).unwrap_or(u8::MAX))
        }
        End::Closed => {
            if !crate::sys::is_ignored(Signal::SIGPIPE) {
                crate::sys::die_of(Signal::SIGPIPE);
            }
            Err(Diag::new(crate::diag::REFUSED, "write error: Broken pipe"))
        }
    }
}

/// Checks that the event loop can have all descriptors that it needs: without them it would panic, or the tables could
/// never be read.
fn has_room() -> Result<(), Errno> {
    let all: Result<Vec<_>, Errno> = (0..DESCRIPTORS).map(|_| nix::unistd::dup(crate::sys::standard(2))).collect();
    all.map(drop)
}

/// Opens a socket that receives the events of these object types and this family (0: all), also of namespaces with an
/// id here if `all_nsid`. Returns it and its port.
///
/// # Errors
///
/// The socket cannot be opened, or a group cannot be joined.
pub fn listen(s: &Session, objects: &[ObjectType], family: u8, all_nsid: bool) -> Result<(Socket, u32), Diag> {
    let mut socket =
        Socket::new(netlink_sys::protocols::NETLINK_ROUTE).map_err(|e| sys_error("Cannot open netlink socket", &e))?;
    let asked = s.options.rcvbuf;
    let size = if asked == RCVBUF { BUFFER } else { usize::try_from(asked).unwrap_or(BUFFER) };
    use nix::sys::socket::{setsockopt, sockopt};
    // Without CAP_NET_ADMIN the system's limit applies.
    if setsockopt(&socket.as_fd(), sockopt::RcvBufForce, &size).is_err() {
        let _ = setsockopt(&socket.as_fd(), sockopt::RcvBuf, &size);
    }
    socket.bind(&SocketAddr::new(0, 0)).map_err(|e| sys_error("Cannot bind netlink socket", &e))?;
    let mut own = SocketAddr::new(0, 0);
    socket.get_address(&mut own).map_err(|e| sys_error("Cannot get the address of the netlink socket", &e))?;
    for object in objects {
        for group in object.groups(family) {
            // EINVAL: a group that this kernel does not have.
            match socket.add_membership(group as u32) {
                Err(e) if e.raw_os_error() != Some(Errno::EINVAL as i32) => {
                    return Err(sys_error("Failed to add a netlink group to the list", &e));
                }
                _ => {}
            }
        }
    }
    if all_nsid {
        socket.set_listen_all_namespaces(true).map_err(|e| sys_error("Cannot listen to all namespaces", &e))?;
    }
    Ok((socket, own.port_number()))
}

struct Loop<'a> {
    s: &'a Session,
    w: &'a Watch,
    socket: AsyncFd<Socket>,
    port: u32,
    /// The receive buffer is large enough to read the socket less often.
    roomy: bool,
    /// When the socket was last emptied.
    filled: Instant,
    room: Arc<Notify>,
    queue: Queue,
    processor: EventProcessor<'a>,
    /// The tables are being read; events wait meanwhile, unless it is the first state and was not requested with
    /// `init`.
    asking: Option<(Ask, LocalBoxFuture<'a, Answers>)>,
    /// The kernel's count of dropped messages.
    dropped: u64,
    /// When tables may be dumped again.
    next: Instant,
    /// Events were lost since the last dumps.
    lost: bool,
    /// The first state is known.
    known: bool,
}

/// Why tables are dumped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    /// To know the former state in changes.
    Know,
    /// For `init`, or after a loss: to print it.
    Tell { differences: bool },
    /// For `until gone route`: routes can be deleted without an event.
    Recount,
}

impl Loop<'_> {
    async fn run(&mut self) -> Result<End, Diag> {
        let mut signals = Vec::new();
        for (kind, which) in SIGNALS {
            if !crate::sys::is_ignored(which) {
                signals.push((signal(kind()).map_err(|e| sys_error("Cannot watch for signals", &e))?, which));
            }
        }
        let deadline = self.w.timeout.map(|t| Instant::now() + t);
        // A regular file has no reader and cannot be polled.
        let stdout = crate::sys::standard(1).try_clone_to_owned().ok();
        let stdout = stdout.and_then(|fd| crate::sys::watched(fd, Interest::ERROR).ok());
        let mut recount = self.w.until.as_ref().filter(|u| u.gone).map(|_| Instant::now() + PAUSE);
        self.ask(if self.w.init { Ask::Tell { differences: false } } else { Ask::Know });
        loop {
            if let Some(end) = self.turn()? {
                return Ok(end);
            }
            let again = (self.lost && self.asking.is_none() && self.queue.is_empty()).then_some(self.next);
            // What exists already counts, however short the timeout is.
            let deadline = deadline.map(|at| if self.known { at } else { at + GRACE });
            let recounting = recount.filter(|_| self.asking.is_none());
            let room = self.room.clone();
            tokio::select! {
                biased;
                end = caught(&mut signals) => return Ok(End::Signal(end)),
                ready = self.socket.readable() => {
                    let mut ready = ready.map_err(|e| sys_error("Cannot watch the netlink socket", &e))?;
                    if self.roomy && self.filled.elapsed() < LULL {
                        std::thread::sleep(LULL);
                    }
                    if self.queue.fill(ready.get_inner()).map_err(broken)? {
                        ready.clear_ready();
                    }
                    self.filled = Instant::now();
                }
                answers = answered(&mut self.asking) => self.answered(answers)?,
                () = room.notified() => {}
                () = at(again) => {
                    self.next = Instant::now() + PAUSE;
                    self.lost = false;
                    self.ask(Ask::Tell { differences: true });
                }
                () = at(recounting) => {
                    recount = Some(Instant::now() + PAUSE);
                    self.ask(Ask::Recount);
                }
                () = closed(stdout.as_ref()) => return Ok(End::Closed),
                () = at(deadline) => return Ok(End::TimedOut),
            }
        }
    }

    /// Whether events have to wait for the tables.
    fn waiting(&self) -> bool {
        matches!(self.asking, Some((Ask::Tell { .. }, _)))
    }

    /// Prints what can be printed now.
    fn turn(&mut self) -> Result<Option<End>, Diag> {
        let mut n = 0;
        while !self.waiting() && !self.processor.done() {
            if n == 0 && self.s.out.borrow().is_behind(AHEAD) {
                break;
            }
            let Some(packet) = self.queue.pop() else { break };
            self.processor.packet(&packet);
            n += packet.count;
            if n >= TURN {
                n = 0;
                self.s.flush();
                self.queue.fill(self.socket.get_ref()).map_err(broken)?;
                self.check();
            }
        }
        self.s.flush();
        self.check();
        if self.processor.done() {
            return Ok(Some(End::Done));
        }
        match self.s.out.borrow().failed() {
            Some(Errno::EPIPE) => Ok(Some(End::Closed)),
            // A failed write is reported at the end of every command.
            Some(_) => Err(Diag::silent(crate::diag::REFUSED)),
            None => Ok(None),
        }
    }

    /// Reports a loss, once until the tables are read again.
    fn check(&mut self) {
        if !std::mem::take(&mut self.queue.overrun) || std::mem::replace(&mut self.lost, true) {
            return;
        }
        print_stderr("netlink receive error No buffer space available (105)\n");
        let at = print::utc(SystemTime::now());
        self.s.note(&format!("monitor: {at}: events were lost; re-reading what is watched, differences follow\n"));
    }

    /// Reports, at the end, what was ignored.
    fn account(&self) {
        let (foreign, ignored) = (self.queue.foreign, self.processor.ignored);
        if foreign > 0 {
            self.s.note(&format!("monitor: {foreign} messages did not come from the kernel and were ignored\n"));
        }
        if ignored > 0 {
            self.s.note(&format!(
                "monitor: {ignored} messages from the kernel were not events, or truncated, and were skipped\n"
            ));
        }
    }

    /// Requests the tables in a separate thread.
    fn ask(&mut self, why: Ask) {
        let mut objects = self.w.objects();
        if why == Ask::Recount {
            objects.retain(|s| self.w.until.as_ref().is_some_and(|u| u.object() == *s));
        }
        let family = self.s.options.family;
        let dumps: Vec<(ObjectType, &Dump)> =
            objects.into_iter().flat_map(|object| object.dumps(family).map(move |d| (object, d))).collect();
        let rcvbuf = self.s.options.rcvbuf;
        let (give, take) = tokio::sync::oneshot::channel();
        let thread = std::thread::Builder::new().spawn(move || {
            let answers = Kernel::open(rcvbuf).map(|kernel| {
                let read = |(object, dump): &(ObjectType, &Dump)| {
                    Answer::to(*object, dump.family, kernel.collect(&dump.request(*object)))
                };
                dumps.iter().map(read).collect()
            });
            let _ = give.send(answers);
        });
        let answers = async move {
            match thread {
                Ok(_) => take.await.unwrap_or_else(|_| Ok(Vec::new())),
                Err(e) => Err(sys_error("Cannot start a thread", &e)),
            }
        };
        self.asking = Some((why, answers.boxed_local()));
    }

    fn answered(&mut self, answers: Answers) -> Result<(), Diag> {
        let Some((why, _)) = self.asking.take() else { return Ok(()) };
        let answers = match answers {
            Ok(answers) => answers,
            // Continue: a temporary shortage may be over the next time.
            Err(d) if self.known => {
                print_stderr(&d.render(&[]));
                print_stderr("monitor: not everything could be read; it is tried again\n");
                self.lost |= why != Ask::Recount;
                return Ok(());
            }
            Err(d) => return Err(d),
        };
        // Receive everything from before the end of the dumps.
        while !self.queue.fill(self.socket.get_ref()).map_err(broken)? {}
        self.known = true;
        match why {
            // It is unknown what of this existed before; everything is printed when it is read again.
            Ask::Know if self.lost || self.queue.overrun => self.processor.start_again(),
            Ask::Know => self.processor.seed(&answers),
            Ask::Recount => self.processor.recount(&answers),
            Ask::Tell { differences } => {
                let mut window: Vec<Packet> = Vec::new();
                while let Some(packet) = self.queue.pop() {
                    window.push(packet);
                }
                let lost = if differences { self.count_lost() } else { None };
                if differences {
                    print::overrun(self.s, lost);
                }
                let n = self.processor.reconcile(&answers, &window, differences);
                if differences {
                    let lost = lost.map_or_else(|| "events were".to_string(), |n| format!("{n} events were"));
                    self.s.note(&format!("monitor: {lost} lost; read again, {n} differences\n"));
                }
                if answers.iter().any(|a| a.failed) {
                    self.s.note("monitor: not everything could be read; it is tried again\n");
                    self.lost = true;
                }
            }
        }
        Ok(())
    }

    /// The number of events lost since the last call, if the kernel reports it.
    fn count_lost(&mut self) -> Option<u64> {
        let ours = std::mem::take(&mut self.queue.dropped);
        let now = drops(self.port)?;
        let theirs = now.saturating_sub(std::mem::replace(&mut self.dropped, now));
        Some(ours + theirs)
    }
}

/// The kernel's count of messages dropped for this port, from /proc/net/netlink.
fn drops(port: u32) -> Option<u64> {
    let table = std::fs::read_to_string("/proc/thread-self/net/netlink").ok()?;
    table.lines().skip(1).find_map(|line| {
        let mut fields = line.split_ascii_whitespace().skip(1);
        let (protocol, own) = (fields.next()?, fields.next()?);
        (protocol == "0" && own == port.to_string()).then(|| fields.nth(5)?.parse().ok()).flatten()
    })
}

async fn caught(signals: &mut [(Signals, Signal)]) -> Signal {
    std::future::poll_fn(|cx| {
        let caught = signals.iter_mut().find_map(|(s, which)| s.poll_recv(cx).is_ready().then_some(*which));
        caught.map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

async fn answered(asking: &mut Option<(Ask, LocalBoxFuture<'_, Answers>)>) -> Answers {
    match asking {
        Some((_, answers)) => answers.await,
        None => pending().await,
    }
}

async fn at(when: Option<Instant>) {
    match when {
        Some(when) => sleep_until(when).await,
        None => pending().await,
    }
}

/// Waits until the reader of our output has closed it.
async fn closed(stdout: Option<&AsyncFd<std::os::fd::OwnedFd>>) {
    if let Some(fd) = stdout
        && fd.ready(Interest::ERROR).await.is_ok()
    {
        return;
    }
    pending().await
}

fn broken(e: Errno) -> Diag {
    Diag::os("netlink receive error", e)
}
