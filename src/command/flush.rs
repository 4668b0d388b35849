//! `flush`: deletes what matches and dumps again until nothing does.
//!
//! One round is not enough: deleting one entry can bring up another (a secondary address becomes the primary), and a
//! dump can miss entries.

use crate::diag::Diag;
use crate::net::Request;
use crate::output::Printer;
use crate::session::Session;
use nix::errno::Errno;

/// How the flush of an object speaks and ends.
pub struct Flush {
    /// What it deletes, in messages: `entries`.
    pub noun: &'static str,
    /// Refusals that mean that the entry is gone already.
    pub gone: &'static [Errno],
    /// Exit code of any other refusal.
    pub code: u8,
    /// Rounds at most, 0 for no limit: something may put the entries back as fast as they go.
    pub rounds: u32,
    /// The error when the limit is reached; `None` where iproute2 ends as if it were complete.
    pub incomplete: Option<fn(String) -> Diag>,
}

/// Requests that a dry run tells at a time: a large table is not kept in memory.
const PART: usize = 256;

/// Takes the deletions that `find` finds, one at a time.
pub type Sink<'a> = &'a mut dyn FnMut(Request);

impl Flush {
    /// Deletes what `find` finds, a request each, until it finds nothing; with -statistics twice, `describe` prints each entry
    /// from the body of its request. A dry run makes one round, and tells what is found while it is being listed.
    ///
    /// # Errors
    /// That of `find`, a refusal, or the limit of rounds.
    pub fn run(
        &self,
        s: &Session,
        describe: &dyn Fn(&mut Printer<'_>, &[u8]),
        find: &mut dyn FnMut(Sink<'_>) -> Result<(), Diag>,
    ) -> Result<u8, Diag> {
        let stats = s.options.stats;
        let say = |text: String| s.print(|p| p.text(&text));
        // The entries would be found again: they are still there.
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
            if stats > 1 {
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

    /// Tells what would be deleted; whether there is anything.
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
