//! `flush`: deletes what matches and dumps again until nothing does.
//!
//! One round is not enough: deleting a primary address can promote a secondary one, and a dump can miss entries.

use crate::diag::Diag;
use crate::net::Request;
use crate::output::Printer;
use crate::session::Session;
use nix::errno::Errno;

/// What differs between the objects' flushes.
pub struct Flush {
    /// What it deletes, for messages: `entries`.
    pub noun: &'static str,
    /// Errnos that mean that the entry no longer exists.
    pub gone: &'static [Errno],
    /// Exit code of any other refusal.
    pub code: u8,
    /// Maximum number of rounds, 0 for no limit: another program may add entries as fast as they are deleted.
    pub rounds: u32,
    /// The error when the limit is reached; `None` where iproute2 reports success.
    pub incomplete: Option<fn(String) -> Diag>,
}

/// Requests that a dry run reports at a time, so that a large table is not kept in memory.
const PART: usize = 256;

/// Receives the deletions that `find` finds, one at a time.
pub type Sink<'a> = &'a mut dyn FnMut(Request);

impl Flush {
    /// Deletes what `find` finds, one request each, until it finds nothing; with `-s -s`, `describe` prints each entry
    /// from the body of its request. A dry run makes one round and reports entries while they are listed.
    ///
    /// # Errors
    ///
    /// That of `find`; the kernel's refusal of a deletion; `incomplete` after the last round.
    pub fn run(
        &self,
        s: &Session,
        describe: &dyn Fn(&mut Printer<'_>, &[u8]),
        find: &mut dyn FnMut(Sink<'_>) -> Result<(), Diag>,
    ) -> Result<u8, Diag> {
        let stats = s.options.stats;
        let say = |text: String| s.print(|p| p.text(&text));
        // A dry run deletes nothing, so a second round would find the same entries.
        if s.is_dry_run() {
            if !self.plan(s, find)? && stats > 0 {
                say("Nothing to flush.\n".into());
            }
            return Ok(0);
        }
        let mut round = 0u32;
        loop {
            let mut doomed = Vec::new();
            find(&mut |request| doomed.push(request))?;
            if stats > 1 && !s.options.json {
                doomed.iter().for_each(|request| s.print(|p| describe(p, &request.body)));
            }
            s.flush_all(&doomed, self.gone, self.code)?;
            let ends = self.incomplete.is_none() && self.rounds != 0 && round >= self.rounds;
            if doomed.is_empty() || ends {
                match round {
                    _ if stats == 0 => {}
                    0 => say("Nothing to flush.\n".into()),
                    n => say(format!("*** Flush is complete after {n} round{} ***\n", if n > 1 { "s" } else { "" })),
                }
                return Ok(0);
            }
            round += 1;
            if stats > 0 {
                say(format!("\n*** Round {round}, deleting {} {} ***\n", doomed.len(), self.noun));
            }
            if let Some(incomplete) = self.incomplete.filter(|_| self.rounds != 0 && round >= self.rounds) {
                return Err(incomplete(format!("*** Flush remains incomplete after {} rounds. ***", self.rounds)));
            }
        }
    }

    /// Reports what would be deleted; returns whether there is anything.
    fn plan(&self, s: &Session, find: &mut dyn FnMut(Sink<'_>) -> Result<(), Diag>) -> Result<bool, Diag> {
        let mut part = Vec::with_capacity(PART);
        let (mut any, mut outcome) = (false, Ok(()));
        let tell = |part: &[Request]| s.plan_listed(|| s.flush_all(part, self.gone, self.code));
        find(&mut |request| {
            any = true;
            part.push(request);
            if part.len() == PART && outcome.is_ok() {
                outcome = tell(&part);
                part.clear();
            }
        })?;
        outcome?;
        tell(&part)?;
        Ok(any)
    }
}

/// Sends the deletions of a list that is kept by its caller: all together, or in a dry run a part at a time.
///
/// # Errors
///
/// That of `send`.
pub fn send_listed(
    s: &Session,
    mut doomed: impl Iterator<Item = Request>,
    send: &mut dyn FnMut(&[Request]) -> Result<(), Diag>,
) -> Result<(), Diag> {
    if !s.is_dry_run() {
        return send(&doomed.collect::<Vec<_>>());
    }
    loop {
        let part: Vec<Request> = doomed.by_ref().take(PART).collect();
        if part.is_empty() {
            return Ok(());
        }
        s.plan_listed(|| send(&part))?;
    }
}
