//! Events: lines of every object change a namespace in which iproute2's and rip's `monitor` run side by side.

use super::drive::{self, Job, Who};
use super::found::{Compared, Difference, Found};
use super::grow::{self, Grower, Line};
use super::read;
use super::round;
use super::support::machine;
use super::support::random::Dice;
use super::support::sandbox::quoted;
use super::world::{DEVICES, MONITORED};

/// Lines in one namespace.
const ROUND: usize = 100;
/// Objects whose lines change something.
const CHANGING: &[&str] = &["address", "link", "link", "route", "rule", "neigh", "nexthop", "netns", "tuntap"];
/// Verbs without a change to report.
const READING: &[&str] =
    &["show", "list", "get", "save", "help", "afstats", "xstats", "identify", "pids", "monitor", "exec"];
/// What is watched beside everything.
const WORDS: &[&str] = &[
    "link label",
    "address route",
    "route nexthop rule label",
    "neigh",
    "nsid netconf label",
    "dev d0",
    "all dev v0 label",
    "link address dev br0",
    "maddress acaddress prefix",
];

/// The words of the monitors of a round: everything in each format, and one choice of subjects.
fn watched(dice: &mut Dice) -> Vec<String> {
    let formats = MONITORED.iter().filter(|f| !f.contains("-t"));
    let mut all: Vec<String> = formats.clone().map(|f| format!("{f} monitor all")).collect();
    let formats: Vec<&&str> = formats.collect();
    all.push(format!("{} monitor {}", formats[dice.below(formats.len())], WORDS[dice.below(WORDS.len())]));
    all.iter().map(|w| w.trim_start().to_string()).collect()
}

/// Changes one namespace by so many lines and compares how each is reported.
pub fn compare(seed: u64, count: usize, oracle: &str) -> Compared {
    let (mut grower, mut dice) = (Grower::new(seed), Dice::new(seed));
    let (mut compared, mut found, mut left) = (Compared::default(), Found::default(), count);
    while left > 0 {
        let lines: Vec<Line> = (0..ROUND.min(left)).map(|_| changing(&mut grower, &mut dice)).collect();
        left -= lines.len();
        let watched = watched(&mut dice);
        let watch = |watched: &[String]| watch(&lines, watched, oracle).or_else(|_| watch(&lines, watched, oracle));
        match watch(&watched) {
            Ok(seen) => {
                compared.lines += lines.len();
                compared.looks += seen.pairs.iter().map(|(theirs, _)| theirs.lines().count()).sum::<usize>();
                for (i, words) in watched.iter().enumerate() {
                    let Some(difference) = seen.difference(i, words) else { continue };
                    let again = || watch(std::slice::from_ref(words)).ok()?.difference(0, words);
                    found.seen(&difference, || again().or_else(again).map(|d| d.after(&lines)));
                }
            }
            Err(why) => found.failed(&why),
        }
    }
    compared.with(found)
}

/// A line that may change something and ends by itself.
fn changing(grower: &mut Grower, dice: &mut Dice) -> Line {
    loop {
        let line = grower.line(CHANGING[dice.below(CHANGING.len())]);
        let reads = read::verb(&line).is_some_and(|v| READING.contains(&v));
        if !reads && !grow::endless(&line) {
            return line;
        }
    }
}

/// What monitors printed while lines ran.
struct Watched {
    /// For each pair of monitors, what iproute2's and rip's printed.
    pairs: Vec<(String, String)>,
    /// The last index of the links that were there before.
    last: u32,
}

impl Watched {
    fn difference(&self, pair: usize, words: &str) -> Option<Difference> {
        let (theirs, mine) = self.pairs.get(pair)?;
        let names: Vec<String> = self.pairs.iter().flat_map(|(_, mine)| read::names(mine)).collect();
        let (text, sort) = difference(theirs, mine, &Links { names: &names, last: self.last })?;
        Some(Difference::told(format!("  ip {words}\n{text}"), &sort))
    }
}

/// Runs lines beside pairs of monitors.
fn watch(lines: &[Line], watched: &[String], oracle: &str) -> Result<Watched, String> {
    let dir = machine::scratch("differ-events");
    let file = |name: &str| quoted(&dir.join(name).display().to_string());
    let jobs: Vec<Job> = lines.iter().map(|l| Job { who: Who::Mine, millis: 5000, words: l.clone() }).collect();
    drive::write_jobs(&dir.join("jobs"), &jobs);
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut script = round::setup(oracle)
        + "sleep 0.3\ncat /sys/class/net/*/ifindex >"
        + &file("indexes")
        + "\nsum() { cat "
        + &file("")
        + "/*.ip "
        + &file("")
        + "/*.rip | wc -c; }\n";
    for (i, words) in watched.iter().enumerate() {
        for (program, end) in [(oracle, "ip"), ("/run/bin/ip", "rip")] {
            script += &format!("{program} {words} >{} 2>&1 & pids=\"$pids $!\"\n", file(&format!("{i}.{end}")));
        }
    }
    // They run until nothing more is printed.
    script += &format!(
        "sleep 0.4\n{oracle} link set lo mtu 65001\n{} --drive {} {} {}\nbefore=; while now=$(sum); [ \"$now\" != \"$before\" ]; do before=$now; sleep 0.3; done\n\
         kill $pids; wait\n",
        quoted(&me.display().to_string()),
        file("jobs"),
        file("results"),
        quoted(oracle)
    );
    let ended = round::sandbox().run(&script, &dir);
    if drive::read_done(&dir.join("results")).len() != lines.len() {
        return Err(format!("  {}: {:?}: {}\n", dir.display(), ended.code, ended.stderr()));
    }
    let read = |name: String| String::from_utf8_lossy(&std::fs::read(dir.join(name)).unwrap_or_default()).into_owned();
    let pairs = (0..watched.len()).map(|i| (read(format!("{i}.ip")), read(format!("{i}.rip")))).collect();
    let indexes = read("indexes".to_string()).lines().filter_map(|l| l.parse().ok()).max();
    let _ = std::fs::remove_dir_all(&dir);
    Ok(Watched { pairs, last: indexes.unwrap_or(0) })
}

/// The first place where two monitors disagree for no reason that README gives: for people, and its two lines.
fn difference(theirs: &str, mine: &str, links: &Links<'_>) -> Option<(String, String)> {
    if theirs == mine {
        return None;
    }
    let [theirs, mine] = [theirs, mine].map(marked);
    let (t, m): (Vec<_>, Vec<_>) = (theirs.lines().collect(), mine.lines().collect());
    let at = (0..t.len().max(m.len())).find(|i| match (t.get(*i), m.get(*i)) {
        (Some(t), Some(m)) => t != m && !explained(t, m, links),
        _ => true,
    })?;
    let line = |list: &[&str], i: usize| list.get(i).map_or("(nothing)".to_string(), |l| format!("{l:?}"));
    let mut out = format!("    {} and {} lines\n", t.len(), m.len());
    for i in at.saturating_sub(2)..(at + 3).min(t.len().max(m.len())) {
        out += &format!("    ip | {i}: {}\n    rip| {i}: {}\n", line(&t, i), line(&m, i));
    }
    Some((out, format!("{} {}", line(&t, at), line(&m, at))))
}

/// The events after the change that marks their beginning: the monitors do not begin at the same moment.
fn marked(text: &str) -> &str {
    text.find("mtu 65001").map_or(text, |at| &text[at..])
}

/// What is known of the links of a round.
struct Links<'a> {
    /// What they were called, first and last.
    names: &'a [String],
    /// The last index of those that were there before the monitors.
    last: u32,
}

/// A line with the new name of a device, where iproute2 prints the old one; or with a link-layer address of no bytes. A
/// device that was made and soon deleted has a name for the monitor that asked in time.
fn explained(theirs: &str, mine: &str, links: &Links<'_>) -> bool {
    let named = |word: &str| DEVICES.contains(&word) || links.names.iter().any(|n| n == word);
    let late = |word: &str| word.strip_prefix("if").and_then(|n| n.parse().ok()).is_some_and(|n: u32| n > links.last);
    let alike = |t: &str, m: &str| named(m) && (named(t) || late(t)) || late(m) && named(t);
    read::named_alike(theirs, mine, &alike)
}
