//! The protocol of a guardian: a socket beside its journal, a one-byte request, a reply. And the record of the last
//! trial.

use crate::diag::Diag;
use crate::output::Printer;
use crate::output::scalar::Hundredths;
use crate::undo::{Origin, folder};
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

/// Request: keep the change.
pub const CONFIRM: u8 = b'c';
/// Request: roll it back.
pub const CANCEL: u8 = b'x';
/// Request: report its status.
pub const SHOW: u8 = b's';

/// The outcome of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The change was made; with the number of the trial.
    Made(u32),
    /// It failed and was rolled back; with the exit code.
    Failed(u8),
    /// It was confirmed.
    Confirmed,
    /// It was rolled back because the time was over.
    Undone,
    /// It was cancelled and rolled back.
    Cancelled,
    /// The rollback failed; with the journal.
    Broken(String),
    /// The guardian gave no reply.
    Unknown,
}

impl Ending {
    /// The outcome as a line.
    pub fn line(&self) -> String {
        match self {
            Ending::Made(id) => format!("made {id}\n"),
            Ending::Failed(code) => format!("failed {code}\n"),
            Ending::Confirmed => "confirmed\n".into(),
            Ending::Undone => "undone\n".into(),
            Ending::Cancelled => "cancelled\n".into(),
            Ending::Broken(path) => format!("broken {path}\n"),
            Ending::Unknown => "\n".into(),
        }
    }

    /// Parses such a line.
    pub fn read(line: &str) -> Ending {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "made" => rest.parse().map_or(Ending::Unknown, Ending::Made),
            "failed" => rest.parse().map_or(Ending::Unknown, Ending::Failed),
            "confirmed" => Ending::Confirmed,
            "undone" => Ending::Undone,
            "cancelled" => Ending::Cancelled,
            "broken" => Ending::Broken(rest.into()),
            _ => Ending::Unknown,
        }
    }

    /// The state that `show` prints.
    pub fn state(&self) -> &'static str {
        match self {
            Ending::Made(_) => "open",
            Ending::Confirmed => "confirmed",
            Ending::Broken(_) => "broken",
            _ => "undone",
        }
    }
}

/// The status of a trial.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Its number: the process id of the guardian.
    pub id: u32,
    /// When it began, as Unix time in seconds.
    pub started: i64,
    /// Its time limit, in seconds.
    pub seconds: u64,
    /// The remaining time, in hundredths of a second.
    pub left: u64,
    /// When it ended, as Unix time in seconds; 0 while it is open.
    pub ended: i64,
    /// The user who began it.
    pub uid: u32,
    /// The command.
    pub command: String,
    /// The lines.
    pub lines: Vec<String>,
    /// open, confirmed, undone or broken.
    pub state: String,
}

impl Status {
    /// The status as the guardian sends it.
    pub fn text(&self) -> String {
        let mut out = format!(
            "id {}\nstarted {}\nseconds {}\nleft {}\nended {}\nuid {}\nstate {}\ncommand {}\n",
            self.id, self.started, self.seconds, self.left, self.ended, self.uid, self.state, self.command
        );
        self.lines.iter().for_each(|line| out += &format!("line {line}\n"));
        out
    }

    /// Parses a guardian's reply.
    pub fn read(bytes: &[u8]) -> Option<Status> {
        let mut out = Status::default();
        for line in std::str::from_utf8(bytes).ok()?.lines() {
            let (key, value) = line.split_once(' ').unwrap_or((line, ""));
            match key {
                "id" => out.id = value.parse().ok()?,
                "started" => out.started = value.parse().ok()?,
                "seconds" => out.seconds = value.parse().ok()?,
                "left" => out.left = value.parse().ok()?,
                "ended" => out.ended = value.parse().ok()?,
                "uid" => out.uid = value.parse().ok()?,
                "state" => out.state = value.into(),
                "command" => out.command = value.into(),
                "line" => out.lines.push(value.into()),
                _ => return None,
            }
        }
        (!out.state.is_empty()).then_some(out)
    }

    /// Describes the trial.
    pub fn describe(&self, p: &mut Printer<'_>) {
        p.object(None);
        p.item("id", "{} ", self.id);
        p.item("state", "{}", self.state.as_str());
        p.hidden("started", utc(self.started));
        p.hidden("seconds", self.seconds);
        p.hidden("left", Hundredths(self.left, 0));
        match self.ended {
            0 => p.null("ended", ""),
            at => p.hidden("ended", utc(at)),
        }
        if !p.is_json() {
            match self.state.as_str() {
                "open" => p.text(&format!(", undone in {} s", self.left / 100)),
                "broken" => p.text(", see rip batch-recover"),
                _ => p.text(&format!(" at {}", clock(self.ended))),
            }
            p.text(&format!(": {}", self.command));
            p.end_line();
            self.lines.iter().for_each(|line| {
                p.text(&format!("    {line}"));
                p.end_line();
            });
        }
        p.object(Some("by"));
        p.hidden("pid", self.id);
        p.hidden("uid", self.uid);
        p.hidden("command", self.command.as_str());
        p.close();
        if p.is_json() {
            p.array(Some("lines"));
            self.lines.iter().for_each(|line| p.element("", line.as_str()));
            p.close();
        }
        p.close();
    }
}

/// A Unix time as local time.
pub fn clock(at: i64) -> String {
    let [_, _, _, _, hour, minute, second] = crate::sys::local_time(at);
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// A Unix time in UTC for programs (RFC 3339).
fn utc(at: i64) -> String {
    let (days, rest) = (at.div_euclid(86_400), at.rem_euclid(86_400));
    // Days since 0000-03-01 in the Gregorian calendar (Howard Hinnant's civil_from_days).
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let m = (5 * day_of_year + 2) / 153;
    let (day, month) = (day_of_year - (153 * m + 2) / 5 + 1, if m < 10 { m + 3 } else { m - 9 });
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

/// The path of the socket of a namespace's guardian.
///
/// # Errors
///
/// There is no directory for journals.
pub fn socket(o: &Origin) -> Result<PathBuf, Diag> {
    Ok(folder::first()?.path().join(format!("try-{}.socket", o.cookie)))
}

/// The path of the record of a namespace's last trial.
fn past(o: &Origin) -> Result<PathBuf, Diag> {
    Ok(folder::first()?.path().join(format!("try-{}.last", o.cookie)))
}

/// Sends a request to the guardian; `None` if there is none, or if it ends before it reads the request.
///
/// # Errors
///
/// There is no directory for journals.
pub fn ask(o: &Origin, what: u8) -> Result<Option<Vec<u8>>, Diag> {
    let Ok(mut stream) = UnixStream::connect(socket(o)?) else { return Ok(None) };
    let mut out = Vec::new();
    let told = stream.write_all(&[what]).and_then(|()| stream.read_to_end(&mut out));
    Ok(told.ok().map(|_| out).filter(|o| !o.is_empty()))
}

/// Records a trial that has ended.
pub fn keep(o: &Origin, status: &Status) {
    if let Ok(path) = past(o) {
        // It is for the reply to a late confirmation, which says less without it.
        let _ = std::fs::write(path, status.text());
    }
}

/// Deletes the record of the last trial when a new one begins.
pub fn forget(o: &Origin) {
    if let Ok(path) = past(o) {
        let _ = std::fs::remove_file(path);
    }
}

/// The last trial of this boot that has ended.
pub fn last(o: &Origin) -> Option<Status> {
    Status::read(&std::fs::read(past(o).ok()?).ok()?)
}

/// A trial whose guardian was killed: its journal exists and is not locked.
///
/// # Errors
///
/// A directory of journals cannot be read.
pub fn broken(o: &Origin) -> Result<Option<Status>, Diag> {
    for found in folder::journals()?.into_iter().flatten() {
        let own = found.origin.boot == o.boot && found.origin.cookie == o.cookie;
        if own && found.origin.file.starts_with(super::guardian::LABEL) && !found.is_busy() {
            let command = found.origin.file.clone();
            return Ok(Some(Status { id: found.origin.pid, command, state: "broken".into(), ..Status::default() }));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read() {
        let lines = vec!["link set eth0 up".to_string(), String::new()];
        let status = Status {
            id: 7,
            started: 5,
            seconds: 60,
            left: 4120,
            ended: 0,
            uid: 1,
            command: "rip try".into(),
            lines,
            state: "open".into(),
        };
        assert_eq!(Status::read(status.text().as_bytes()), Some(status));
        for e in [
            Ending::Made(5),
            Ending::Failed(2),
            Ending::Confirmed,
            Ending::Undone,
            Ending::Cancelled,
            Ending::Broken("/run/x y".into()),
        ] {
            assert_eq!(Ending::read(e.line().trim_end()), e);
        }
        assert_eq!(Ending::read(""), Ending::Unknown);
    }

    #[test]
    fn moments() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_795_824_061), "2026-11-28T00:01:01Z");
    }
}
