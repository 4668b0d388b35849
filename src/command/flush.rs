//! `flush`: deletes what matches and dumps again until nothing does.
//!
//! One round is not enough: deleting a primary address can promote a secondary one, and a dump can miss entries.

use crate::diag::Diag;
use crate::net::Request;
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

impl Flush {
    /// Deletes what `find` returns, a request each, until it returns nothing. A dry run makes one round.
    ///
    /// # Errors
    /// That of `find`; the kernel's refusal of a deletion; `incomplete` after the last round.
    pub fn run(&self, s: &Session, find: &mut dyn FnMut() -> Result<Vec<Request>, Diag>) -> Result<u8, Diag> {
        let stats = s.options.stats;
        let say = |text: String| s.print(|p| p.text(&text));
        let mut round = 0u32;
        loop {
            let doomed = find()?;
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
            // A dry run deletes nothing, so the next round would find the same entries.
            if s.is_dry_run() {
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
}
