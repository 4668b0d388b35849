//! Reports the outcome of a rollback.

use super::{Journal, Record, Unrestored, What};
use crate::diag::Diag;
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::session::Session;
use crate::state::ObjectType;

/// Says what can be done with a journal that remains.
pub fn stays(path: &str) {
    print_stderr(&format!(
        "The journal is kept, and no atomic batch can start here. Remove the cause and run: rip batch-recover\n\
         Or accept the present state and remove {path}\n"
    ));
}

/// Rolls back the changes under a journal and reports the outcome; returns whether it was complete. If not, the journal
/// remains.
pub fn roll_back(s: &Session, journal: &Journal) -> bool {
    let outcome = journal.undo();
    let clean = report(s, outcome, &journal.record());
    let removed = if clean { journal.remove() } else { Ok(()) };
    if let Err(d) = &removed {
        print_stderr(&d.render(&[]));
    }
    let done = clean && removed.is_ok();
    if !done {
        stays(&journal.shown());
    }
    done
}

/// Reports the outcome of a rollback; returns whether it was complete.
pub fn report(s: &Session, outcome: Result<Vec<Unrestored>, Diag>, record: &Record) -> bool {
    match outcome {
        Ok(left) if left.is_empty() => {
            print_stderr("Rolled back: everything is as it was before the batch.\n");
            true
        }
        Ok(left) => {
            // Use the former names of devices: deleted ones have no other.
            for body in record.before.list(ObjectType::Link) {
                let index = crate::state::link::ifindex(body);
                let name = ObjectType::Link.index(body).str(crate::schema::IFLA_IFNAME);
                name.into_iter().for_each(|name| s.remember(index, name));
            }
            let mut lines = Vec::new();
            for l in &left {
                let words = match &l.what {
                    What::Request(request) => crate::plan::words(s, request),
                    What::Setting(kept) => kept.words(&shown(&s.link_name(kept.index()))),
                    What::Generic(kept) => kept.words(),
                    What::Name(name) => format!("delete namespace {}", shown(name)),
                };
                let why = l.why.as_ref().map_or(String::new(), |w| format!(": {w}"));
                if !lines.iter().any(|(known, _)| *known == words) {
                    lines.push((words, why));
                }
            }
            lines.iter().for_each(|(words, why)| print_stderr(&format!("Not rolled back: {words}{why}\n")));
            print_stderr(&format!("Rolled back, except for the {} changes listed above.\n", lines.len()));
            false
        }
        Err(d) => {
            print_stderr(&format!("Not rolled back: {}", d.render(&[])));
            false
        }
    }
}
