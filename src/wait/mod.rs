//! `wait`: waits until all conditions hold at the same moment.
//!
//! It subscribes first, then reads what exists, then follows the events; after a loss it reads again. Nothing is polled
//! in intervals: one poll(2) waits for events of the network, of namespace names, and for the timer.

mod condition;
mod names;
mod network;
mod words;

use crate::command::view::Shown;
use crate::command::{Effect, Object, Purpose, Verb, usage};
use crate::diag::{Diag, Lost};
use crate::grammar::Words;
use crate::monitor::watch::TIMED_OUT;
use crate::net::kernel::Messages;
use crate::object::netns;
use crate::output::escape::shown;
use crate::output::out::{Out, print_stderr};
use crate::output::scalar::Hundredths;
use crate::session::Session;
use crate::sort::Arrange as _;
use crate::state::{Event, ObjectType, Store};
use condition::Condition;
use names::{Named, Names};
use network::Network;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::time::TimeSpec;
use nix::sys::timerfd::{ClockId, Expiration, TimerFd, TimerFlags, TimerSetTimeFlags};
use std::os::fd::AsFd as _;
use std::time::Duration;
use words::{Ask, CONDITIONS};

/// The object `wait`.
pub static OBJECT: Object = Object {
    // Not abbreviable: an abbreviation could mean an object of iproute2.
    names: &["wait"],
    about: "wait until conditions hold",
    purpose: Purpose::Watching,
    terms: &[
        ("", "[ timeout SECONDS ] CONDITION [ and CONDITION ]..."),
        ("CONDITION", "{ [ no ] OBJECT SELECTOR | carrier DEV | ready DEV | [ no ] netns NAME }"),
        ("OBJECT", usage::SELECTABLE),
    ],
    verbs: &[Verb {
        names: &[],
        about: "wait until conditions hold",
        run,
        effect: Effect::Read,
        tables: &[&CONDITIONS],
        examples: &[
            ("rip wait timeout 30 ready eth0", "a usable device, for at most thirty seconds"),
            ("rip wait carrier eth0 and route default", "carrier and a default route at the same time"),
            (
                "rip wait timeout 5 address to 2001:db8::1 dev eth0",
                "an address whose duplicate address detection has ended",
            ),
            ("rip wait no link dev eth0", "until a device does not exist"),
            ("rip wait netns red and no netns blue", "until one namespace exists and another does not"),
        ],
    }],
    unknown: Some(run),
    ..Object::BASE
};

/// Whether the words from `at` on are of `wait`, which enters the namespace of `-n` itself.
pub fn is_asked(words: &[Vec<u8>], at: usize, is_ip: bool) -> bool {
    !is_ip && words.get(at).is_some_and(|w| w == b"wait") && words.last().is_none_or(|w| w != b"--help")
}

/// How the wait ended.
enum End {
    Met,
    TimedOut,
    /// A condition can never hold.
    Impossible(String),
}

/// A wait in progress.
struct Wait<'a> {
    s: &'a Session,
    line: &'a [Vec<u8>],
    timer: Option<TimerFd>,
    conditions: Vec<Condition>,
    /// The namespace of `-n`: its name, and its file.
    home: Option<(Vec<u8>, Named)>,
    /// Which conditions have been reported as met, with `-details`.
    reported: Vec<bool>,
}

fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let started = now();
    let ask = Ask::parse(w)?;
    let line = w.line();
    let timer = ask.timeout.map(timer).transpose()?;
    let entered = s.in_batch || s.options.netns.is_none();
    s.forget_all();
    // Wrong words are reported before waiting; devices are looked up inside the namespace.
    let scratch = Session::new(s.options.clone(), Out::memory());
    let conditions = ask.conditions.iter().map(|c| Condition::new(&scratch, line, c)).collect::<Result<Vec<_>, _>>()?;
    let reported = vec![false; conditions.len()];
    let mut wait = Wait { s, line, timer, conditions, home: None, reported };
    let store = Store::default();
    if let Some(name) = s.options.netns.as_ref().filter(|_| !entered)
        && !wait.enter(name)?
    {
        return wait.finish(&End::TimedOut, &store, started, Some(name));
    }
    wait.conditions = ask.conditions.iter().map(|c| Condition::new(s, line, c)).collect::<Result<Vec<_>, _>>()?;
    let mut objects: Vec<ObjectType> = wait.conditions.iter().flat_map(Condition::objects).collect();
    objects.arrange();
    objects.dedup();
    let names = Names::watch()?;
    let mut network = match objects.is_empty() {
        true => None,
        false => Some(Network::open(s, objects)?),
    };
    let end = wait.follow(&names, network.as_mut())?;
    let store = network.as_ref().map_or(&store, |n| &n.store);
    wait.finish(&end, store, started, None)
}

impl Wait<'_> {
    /// Waits for the namespace of `-n` and enters it; false after the timeout.
    fn enter(&mut self, name: &[u8]) -> Result<bool, Diag> {
        if netns::is_other(name) && netns::exists(name) != Ok(true) {
            return netns::switch(name, false).map(|()| true);
        }
        let names = Names::watch()?;
        let mut expired = false;
        loop {
            names.renew()?;
            let named = names::look(name);
            if let Named::Namespace(..) = named {
                match netns::switch(name, false) {
                    Ok(()) => {
                        self.home = Some((name.to_vec(), named));
                        return Ok(true);
                    }
                    // It was deleted in the meantime.
                    Err(d) if matches!(d.what_is_lost(), [Lost::Namespace(_), ..]) => continue,
                    Err(d) => return Err(d),
                }
            }
            if expired {
                return Ok(false);
            }
            expired = self.sleep(&names, None, false)?;
        }
    }

    /// Follows the events until the end.
    fn follow(&mut self, names: &Names, mut network: Option<&mut Network<'_>>) -> Result<End, Diag> {
        let mut expired = false;
        let none = Store::default();
        if let Some(network) = &network {
            self.load(network)?;
        }
        loop {
            names.renew()?;
            if let Some(end) = self.home_is_gone() {
                return Ok(end);
            }
            self.conditions.iter_mut().for_each(Condition::look);
            let mut empty = true;
            if let Some(network) = network.as_deref_mut() {
                empty = network.fill()?;
                if network.stale {
                    network.renew()?;
                    self.load(network)?;
                }
                if !network.stale && self.apply(network)? {
                    return Ok(End::Met);
                }
                if network.must_load() && !network.stale {
                    network.renew()?;
                    self.load(network)?;
                }
                empty &= !network.must_load();
            }
            let store = network.as_deref().map_or(&none, |n| &n.store);
            let known = network.as_deref().is_none_or(|n| !n.must_load());
            self.report_changes(store);
            if known && self.is_met() {
                return Ok(End::Met);
            }
            if let Some(why) = self.conditions.iter().find_map(|c| c.why_impossible(self.s, store)) {
                return Ok(End::Impossible(why));
            }
            if expired && empty {
                return Ok(End::TimedOut);
            }
            let socket = network.as_deref();
            expired |= self.sleep(names, socket, !empty)?;
        }
    }

    /// Sleeps until something happens, or only polls (`busy`); true after the timeout.
    fn sleep(&self, names: &Names, network: Option<&Network<'_>>, busy: bool) -> Result<bool, Diag> {
        let mut fds = vec![
            PollFd::new(names.files.as_fd(), PollFlags::POLLIN),
            PollFd::new(names.mounts.as_fd(), PollFlags::POLLPRI),
        ];
        fds.extend(network.map(|n| PollFd::new(n.socket.as_fd(), PollFlags::POLLIN)));
        let timer = self.timer.as_ref().map(|t| PollFd::new(t.as_fd(), PollFlags::POLLIN));
        let is_timed = timer.is_some();
        fds.extend(timer);
        match poll(&mut fds, if busy { PollTimeout::ZERO } else { PollTimeout::NONE }) {
            Ok(_) => Ok(is_timed && fds.last().and_then(PollFd::any).unwrap_or(false)),
            Err(Errno::EINTR) => Ok(false),
            Err(e) => Err(Diag::os("poll failed", e)),
        }
    }

    fn is_met(&self) -> bool {
        self.conditions.iter().all(|c| c.met)
    }

    fn load(&mut self, network: &Network<'_>) -> Result<(), Diag> {
        self.conditions.iter_mut().try_for_each(|c| c.load(self.s, self.line, &network.store))
    }

    /// Applies the received events; true as soon as all conditions hold.
    fn apply(&mut self, network: &mut Network<'_>) -> Result<bool, Diag> {
        while let Some(packet) = network.queue.pop() {
            for (m, _, _) in Messages(&packet.bytes) {
                let Some(e) = Event::read(&m) else { continue };
                let Some(change) = network.apply(&e) else { continue };
                for c in &mut self.conditions {
                    c.apply(self.s, self.line, &network.store, &e, &change)?;
                }
                if self.is_met() && !network.must_load() {
                    self.report_changes(&network.store);
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// With `-details`, says on stderr which conditions have come to hold, or do no longer.
    fn report_changes(&mut self, store: &Store) {
        if !self.s.options.details {
            return;
        }
        for (c, reported) in self.conditions.iter().zip(&mut self.reported) {
            if std::mem::replace(reported, c.met) != c.met {
                let state = if c.met { "met".into() } else { c.state(self.s, store) };
                print_stderr(&format!("{}: {state}\n", c.text()));
            }
        }
    }

    /// Whether the namespace of `-n` was deleted, or its name given to another one.
    fn home_is_gone(&self) -> Option<End> {
        let (name, named) = self.home.as_ref()?;
        let awaited = self.conditions.iter().any(|c| c.awaits_end_of(name));
        (!awaited && names::look(name) != *named)
            .then(|| End::Impossible(format!("Network namespace \"{}\" was deleted.", shown(name))))
    }

    /// Reports the end; returns the exit code.
    fn finish(&self, end: &End, store: &Store, started: Duration, missing: Option<&[u8]>) -> Result<u8, Diag> {
        let state = |c: &Condition| match missing {
            Some(name) => format!("no network namespace \"{}\"", shown(name)),
            None => c.state(self.s, store),
        };
        if self.s.options.json {
            self.record(matches!(end, End::Met), store, now().saturating_sub(started), &state);
        }
        match end {
            End::Met => Ok(0),
            End::Impossible(why) => Err(Diag::fail(why.clone())),
            End::TimedOut => {
                let mut unmet = self.conditions.iter().filter(|c| !c.met || missing.is_some());
                let line = |c: &Condition| format!("{}: {}", c.text(), state(c));
                let first = unmet.next().map(line).unwrap_or_default();
                Err(unmet.map(line).fold(Diag::new(TIMED_OUT, first), Diag::line))
            }
        }
    }

    /// Prints a JSON object: how it ended, and each condition with its object.
    fn record(&self, met: bool, store: &Store, took: Duration, state: &dyn Fn(&Condition) -> String) {
        let s = self.s;
        s.print(|p| {
            p.object(None);
            p.hidden("met", met);
            p.hidden("seconds", Hundredths(u64::try_from(took.as_millis() / 10).unwrap_or(u64::MAX), 0));
            p.array(Some("conditions"));
            for c in &self.conditions {
                p.object(None);
                p.array(Some("words"));
                c.words.iter().for_each(|word| p.element("{}", word.as_slice()));
                p.close();
                p.hidden("met", c.met);
                if c.met {
                    p.null("why", "");
                } else {
                    p.hidden("why", state(c));
                }
                match c.record(s, store).and_then(|(object, body)| Some((crate::object::view(object)?, body))) {
                    Some((view, body)) => {
                        p.object(Some("record"));
                        (view.describe)(s, p, body, Shown::default());
                        p.close();
                    }
                    None => p.null("record", ""),
                }
                p.close();
            }
            p.close();
            p.end_line();
            p.end();
        });
    }
}

/// The time since boot, including suspend (CLOCK_BOOTTIME).
pub fn now() -> Duration {
    let clock = nix::time::clock_gettime(nix::time::ClockId::CLOCK_BOOTTIME);
    clock.map_or(Duration::ZERO, Duration::from)
}

/// A timer that includes the time in suspend (CLOCK_BOOTTIME).
///
/// # Errors
///
/// That of timerfd_create(2).
pub fn timer(timeout: Duration) -> Result<TimerFd, Diag> {
    let failed = |e| Diag::os("timerfd failed", e);
    let timer = TimerFd::new(ClockId::CLOCK_BOOTTIME, TimerFlags::TFD_CLOEXEC).map_err(failed)?;
    // Zero would disarm the timer.
    let timeout = TimeSpec::from_duration(timeout.max(Duration::from_nanos(1)));
    timer.set(Expiration::OneShot(timeout), TimerSetTimeFlags::empty()).map_err(failed)?;
    Ok(timer)
}
