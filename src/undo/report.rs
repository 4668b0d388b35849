//! What is said of a batch that was undone, and of what could not be.

use super::{Journal, Record, Unrestored, What};
use crate::diag::Diag;
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::session::Session;
use crate::state::ObjectType;

/// Says what can be done with a journal that stays.
pub fn stays(path: &str) {
    print_stderr(&format!(
        "The journal is kept, and no atomic batch can start here. Remove the cause and run: rip batch-recover\n\
         Or accept the present state and remove {path}\n"
    ));
}

/// Undoes what was done under a journal and says how that went; whether all is as it was. Where it is not, the journal stays.
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

/// Says how the undoing went; whether all is as it was.
pub fn report(s: &Session, outcome: Result<Vec<Unrestored>, Diag>, record: &Record) -> bool {
    match outcome {
        Ok(left) if left.is_empty() => {
            print_stderr("Rolled back: everything is as it was before the batch.\n");
            true
        }
        Ok(left) => {
            // Devices are called as they were: those that are gone have no other name.
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
