//! Rounds: some lines in fresh twin namespaces. After a difference the rest of them begins anew, for the twins are no longer alike;
//! the lines of a difference are run again in fresh twins before it is reported.

use super::drive::{self, Job, Who};
use super::found::{Compared, Difference, Found};
use super::grow::{self, Grower, Line};
use super::judge::{self, Seen};
use super::support::random::Dice;
use super::support::sandbox::{Sandbox, Tool, quoted};
use super::support::{forge, machine, request};
use super::world::{FORMATS, MONITORED, SETUP, SHOWN};
use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

/// Lines between two looks at everything, at most.
const ROUND: usize = 120;
/// The fewest: fresh namespaces cost as much as ten lines.
const SHORTEST: usize = 10;
/// Looks after a whole round.
const SHOWS: usize = 16;
/// Objects whose families of generic netlink have a stand-in in the kernel's place.
const STOOD_IN: &[&str] = &["l2tp", "macsec"];
const EVENTS: &str = "/run/events";

/// The words that run iproute2.
pub fn oracle() -> Option<String> {
    machine::reference().map(|r| r.words().join(" "))
}

/// A line as a shell would take it.
pub fn shown(line: &Line) -> String {
    let plain =
        |w: &String| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:,+=@%".contains(&b));
    let words: Vec<String> = line.iter().map(|w| if plain(w) { w.clone() } else { quoted(w) }).collect();
    format!("ip {}", words.join(" "))
}

/// The part of a script that makes the network of every round.
pub fn setup(oracle: &str) -> String {
    format!(
        "for d in all default; do echo 1 >/proc/sys/net/ipv6/conf/$d/addr_gen_mode; done\n\
         {oracle} -force -batch - <<'END' 2>/dev/null\n{SETUP}END\n"
    )
}

/// Where a round runs.
pub fn sandbox() -> Sandbox {
    Sandbox { timeout: Duration::from_secs(300), ..Sandbox::new(Tool::Rip) }
}

/// Runs jobs in fresh namespaces; how each ended.
fn run(jobs: &[Job], oracle: &str, family: Option<&str>, name: &str) -> Result<Vec<Seen>, String> {
    let dir = machine::scratch(name);
    let file = |n: &str| dir.join(n).display().to_string();
    drive::write_jobs(&dir.join("jobs"), jobs);
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    let me = quoted(&me.display().to_string());
    let drive = format!("{me} --drive {} {} {}", quoted(&file("jobs")), quoted(&file("results")), quoted(oracle));
    let drive = match family {
        Some(family) => format!("{drive} {family}"),
        None => format!(
            "strace -f --seccomp-bpf -qq -s 0 -e signal=none -e trace=socket,sendmsg,sendto,execve -e write=all -o {} {drive}",
            quoted(&file("trace"))
        ),
    };
    // Every event of the lines, for `monitor file`.
    let record = if name == "differ-rip" { "rtmon file /run/events all & sleep 0.1" } else { ":" };
    let script = setup(oracle) + &format!("{record}\n{drive}");
    let ended = sandbox().run(&script, &dir);
    if ended.code != Some(0) {
        return Err(format!("  {}: {:?}: {}\n", dir.display(), ended.code, ended.stderr()));
    }
    let done = drive::read_done(&dir.join("results"));
    let sent = match family {
        Some(_) => (0..jobs.len()).map(|n| stood_in(&dir.join(format!("results.{n}")))).collect(),
        None => traced(&dir.join("trace"), oracle),
    };
    if sent.len() != jobs.len() || done.len() != jobs.len() {
        let (dir, jobs, done, sent) = (dir.display(), jobs.len(), done.len(), sent.len());
        return Err(format!("  {dir}: {jobs} jobs, {done} results, {sent} traces\n"));
    }
    let _ = std::fs::remove_dir_all(&dir);
    Ok(done.iter().zip(&sent).map(|(d, s)| judge::seen(d, s)).collect())
}

/// Messages, each with its protocol.
type Sent = Vec<(String, Vec<u8>)>;

/// What each run of a program sent, after strace.
fn traced(trace: &Path, oracle: &str) -> Vec<Sent> {
    let trace = std::fs::read(trace).unwrap_or_default();
    let programs = [Who::Mine, Who::Theirs].map(|w| drive::program(w, oracle)[0].clone());
    let sections = judge::sections(&String::from_utf8_lossy(&trace), &programs);
    sections.iter().map(|s| request::from_strace(s)).collect()
}

/// What one run sent to the stand-in.
fn stood_in(file: &Path) -> Sent {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|hex| ("NETLINK_GENERIC".to_string(), forge::unhex(hex))).collect()
}

fn jobs(lines: &[Line], who: Who, shows: &[Line]) -> Vec<Job> {
    let one = |line: &Line, who| Job {
        who,
        millis: if grow::endless(line) && !line.iter().any(|w| w == EVENTS) { 300 } else { 5000 },
        words: line.clone(),
    };
    let mut jobs: Vec<Job> = lines.iter().map(|l| one(l, who)).collect();
    if who == Who::Mine {
        shows.iter().for_each(|s| jobs.extend([Who::Theirs, Who::Mine, Who::Theirs].map(|w| one(s, w))));
    }
    jobs
}

/// What is looked at after a round, and how.
fn shows(dice: &mut Dice, lines: usize) -> Vec<Line> {
    let show = |_| {
        let line = format!("{} {}", FORMATS[dice.below(FORMATS.len())], SHOWN[dice.below(SHOWN.len())]);
        line.split_whitespace().map(str::to_string).collect()
    };
    let mut all: Vec<Line> = (0..(SHOWS * lines).div_ceil(ROUND)).map(show).collect();
    let events =
        |format: &&str| format!("{format} monitor file {EVENTS}").split_whitespace().map(str::to_string).collect();
    let formats = if lines < ROUND { MONITORED.len() } else { 2 };
    all.extend(MONITORED.iter().skip(dice.below(formats)).step_by(formats).map(events));
    all
}

/// What both programs did in a round: each line, then each look thrice (iproute2, rip, iproute2) in rip's twin.
struct Round {
    theirs: Vec<Seen>,
    mine: Vec<Seen>,
}

/// Runs lines and looks in fresh twins.
struct Twins<'a> {
    oracle: &'a str,
    family: Option<&'a str>,
}

impl Twins<'_> {
    /// A round that a busy machine stopped is run once more.
    fn round(&self, lines: &[Line], shows: &[Line]) -> Result<Round, String> {
        self.once(lines, shows).or_else(|_| self.once(lines, shows))
    }

    fn once(&self, lines: &[Line], shows: &[Line]) -> Result<Round, String> {
        let (a, b) = (jobs(lines, Who::Theirs, shows), jobs(lines, Who::Mine, shows));
        let (theirs, mine) = std::thread::scope(|s| {
            let theirs = s.spawn(|| run(&a, self.oracle, self.family, "differ-ip"));
            let mine = run(&b, self.oracle, self.family, "differ-rip");
            (theirs.join().expect("a round"), mine)
        });
        match (theirs, mine) {
            (Ok(theirs), Ok(mine)) => Ok(Round { theirs, mine }),
            (t, m) => Err([t.err(), m.err()].into_iter().flatten().collect()),
        }
    }

    /// The unexplained difference of the last of these lines, or of the look after them, if there is one this time.
    fn again(&self, lines: &[Line], show: Option<&Line>) -> Option<Difference> {
        let round = self.round(lines, &show.cloned().into_iter().collect::<Vec<_>>()).ok()?;
        match show {
            Some(show) => looked(show, round.mine.get(lines.len()..)?),
            None => line(lines.last()?, round.theirs.last()?, round.mine.get(lines.len() - 1)?).map(|(d, _)| d)?,
        }
    }

    /// A difference that is there in fresh twins too, with the fewest lines that lead to it; not one that a late event made.
    fn confirmed(&self, lines: &[Line], show: Option<&Line>) -> Option<Difference> {
        let alone = lines.len().saturating_sub(1);
        let few = lines.get(alone..).filter(|_| show.is_none()).and_then(|few| self.again(few, show));
        few.or_else(|| {
            // One of two replays is enough: what comes late may also hide a difference.
            let difference = self.again(lines, show).or_else(|| self.again(lines, show))?;
            let before = if show.is_some() { lines } else { lines.get(..alone)? };
            Some(difference.after(before))
        })
    }
}

/// How a line differs, if it does: the difference where no row explains it, and what differs.
fn line(line: &Line, theirs: &Seen, mine: &Seen) -> Option<(Option<Difference>, &'static str)> {
    let (what, explained) = judge::judged(line, theirs, mine)?;
    Some(((!explained).then(|| Difference::new(what, line, theirs, mine)), what))
}

/// How a look differs; `seen` is what iproute2, rip and again iproute2 showed.
fn looked(show: &Line, seen: &[Seen]) -> Option<Difference> {
    let [theirs, mine, again, ..] = seen else { return None };
    // What changes by itself is not compared.
    let stable = judge::difference(theirs, again).is_none();
    let differs = judge::difference(theirs, mine).is_some();
    let explained = || super::allowed::why(show, "shown output", theirs, mine).is_some();
    (stable && differs && !explained()).then(|| Difference::new("shown output", show, theirs, mine))
}

/// Grows and compares so many lines of an object.
pub fn compare(object: &'static str, seed: u64, count: usize, oracle: &str) -> Compared {
    let twins = Twins { oracle, family: STOOD_IN.contains(&object).then_some(object) };
    let mut grower = Grower::new(seed);
    let mut dice = Dice::new(seed);
    let mut left: VecDeque<Line> = VecDeque::new();
    let (mut grown, mut compared, mut found) = (0, Compared::default(), Found::default());
    let mut size = ROUND;
    loop {
        while left.len() < ROUND && grown < count {
            left.push_back(grower.line(object));
            grown += 1;
        }
        if left.is_empty() {
            return compared.with(found);
        }
        let lines: Vec<Line> = left.iter().take(size).cloned().collect();
        let shows = shows(&mut dice, lines.len());
        let round = match twins.round(&lines, &shows) {
            Ok(round) => round,
            Err(why) => {
                found.failed(&why);
                left.drain(..lines.len());
                continue;
            }
        };
        let mut good = lines.len();
        for (i, each) in lines.iter().enumerate() {
            compared.lines += 1;
            let (theirs, mine) = (&round.theirs[i], &round.mine[i]);
            let Some((difference, what)) = line(each, theirs, mine) else { continue };
            if let Some(difference) = difference {
                found.seen(&difference, || twins.confirmed(&lines[..=i], None));
            }
            // The twins stay alike while what they send is the same; ioctls and mounts are not seen.
            let unseen = ["netns", "tuntap"].contains(&object) && theirs.code != mine.code;
            if unseen || what.starts_with("request") || what == "crash" {
                good = i + 1;
                break;
            }
        }
        for (i, show) in shows.iter().enumerate() {
            compared.looks += 1;
            if let Some(difference) = looked(show, &round.mine[lines.len() + 3 * i..]) {
                found.seen(&difference, || twins.confirmed(&lines, Some(show)));
            }
        }
        left.drain(..good);
        // What follows a difference is run twice: the more of them, the shorter the rounds.
        size = if good < lines.len() { (2 * good).clamp(SHORTEST, ROUND) } else { (2 * size).min(ROUND) };
    }
}
