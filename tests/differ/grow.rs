//! Command lines grown from the program's own grammar tables: the walk that completion uses says what can stand next.

use super::support::random::Dice;
use super::support::sandbox::DEADLY;
use super::values::{RUBBISH, good};
use super::world::World;
use rip::internals::cli::complete;
use rip::internals::cli::objects::OBJECTS;
use rip::internals::command::{Object, Verb};
use rip::internals::grammar::{Offer, Walk, Words, full};
use std::collections::HashMap;

/// A command line behind the program's name.
pub type Line = Vec<String>;

/// Options that may stand before the object; those with a value have it.
const OPTIONS: &[&str] = &[
    "-4",
    "-6",
    "-0",
    "-j",
    "-d",
    "-o",
    "-br",
    "-s",
    "-s -s",
    "-N",
    "-c",
    "-p",
    "-j -p",
    "-f inet",
    "-f inet6",
    "-f link",
    "-f mpls",
    "-n n1",
    "-M",
    "-B",
    "-h",
    "-iec",
    "-force",
    "-t",
    "-ts",
    "-rc 4096",
    "-l 3",
    "-c=always",
    "-c=never",
    "-d -d",
    "-echo",
    "-a",
    "-json",
    "-brief",
    "-details",
    "-family inet6",
    "-netns n1",
    "-Numeric",
    "-oneline",
    "-stat",
    "-f bridge",
    "-f nosuch",
    "-x",
    "--",
    "-c=x",
    "-n nosuch",
    "-n",
    "-f",
    "--json",
    "-4 -6",
    "-d -j",
    "-d -o",
    "-r",
    "-resolve",
    "-human",
    "-loops 2",
    "-tshort",
    "-timestamp",
    "-Version",
    "-V -j",
    "-rcvbuf 65536",
    "-batch /nosuch",
    "-batch /dev/null",
    "-help",
    "-color",
    "-pretty",
    "-all",
    "-br -j",
    "-s -j",
    "-j -d -s",
];

/// Keywords without which most lines say nothing.
const NEEDED: &[&str] =
    &["dev", "type", "encap", "table", "lookup", "via", "mode", "id", "tunnel", "session", "vf", "limit"];

/// What could stand at the end of a line.
struct Next {
    offers: Vec<Offer>,
    wanting: bool,
    bare: Option<String>,
    meta: String,
    wrong: bool,
    inside: bool,
}

/// Where the end of a line stands: behind a kind or an encapsulation, else behind a verb.
fn place(line: &[String]) -> String {
    let inner = line.windows(2).rev().find(|p| ["type", "encap"].contains(&p[0].as_str()));
    let words = inner.unwrap_or(&line[..line.len().min(2)]);
    let asks = line.last().map_or("", String::as_str);
    let asks = if NEEDED.contains(&asks) { asks } else { "" };
    format!("{} {asks}", words.join(" "))
}

/// Asks the grammar tables what may follow.
fn next(line: &[String]) -> Next {
    let bytes: Vec<Vec<u8>> = line.iter().map(|w| w.as_bytes().to_vec()).collect();
    let mut words = Words::new(&bytes, 0, &World);
    let mut walk = Walk::new(&mut words);
    let (_, verb) = complete::tail(&mut walk);
    let bare = verb.and_then(|v| v.tables.first()).and_then(|t| t.fallback_entry()).map(|e| e.meta.into_owned());
    Next {
        wanting: walk.wanting,
        bare: bare.filter(|_| walk.bare),
        meta: walk.meta.clone(),
        wrong: !walk.wrong.is_empty(),
        inside: walk.topic.is_some(),
        offers: walk.offers,
    }
}

pub struct Grower {
    dice: Dice,
    /// How often a word was said, behind a verb, a kind or an encapsulation.
    said: HashMap<(String, String), usize>,
}

impl Grower {
    pub fn new(seed: u64) -> Grower {
        Grower { dice: Dice::new(seed), said: HashMap::new() }
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.dice.below(n) == 0
    }

    fn pick<T: Clone>(&mut self, list: &[T]) -> Option<T> {
        list.get(self.dice.below(list.len())).cloned()
    }

    /// One of the words that may stand here; every second time the one that was said least, so that each has its turn.
    fn offered(&mut self, line: &[String], offers: &[Offer]) -> Option<String> {
        let place = place(line);
        let times = |o: &&Offer| self.said.get(&(place.clone(), o.word.clone())).copied().unwrap_or(0);
        let rarest = offers.iter().min_by_key(times).map(|o| o.word.clone());
        let word = if self.one_in(2) { rarest } else { self.pick(offers).map(|o| o.word) }?;
        *self.said.entry((place, word.clone())).or_default() += 1;
        Some(word)
    }

    /// A line of an object that is safe to run in a sandbox.
    pub fn line(&mut self, object: &'static str) -> Line {
        loop {
            let line = self.any(object);
            if safe(&line) {
                return line;
            }
        }
    }

    fn any(&mut self, name: &'static str) -> Line {
        let object: &Object = OBJECTS.iter().find(|o| o.name() == name).expect("an object");
        let mut line = vec![self.spelled(object.names)];
        let nameless = object.verbs.iter().any(|v| v.names.is_empty());
        let mut verb = None;
        if !nameless && !self.one_in(60) {
            verb = self.verb(object);
            match verb {
                Some(verb) if !self.one_in(60) => line.push(self.spelled(verb.names)),
                _ => line.push(self.rubbish()),
            }
        }
        if name == "link" && verb.is_some_and(|v| v.name() == "add") && !self.one_in(8) {
            line.push(self.pick(&["x0", "x1", "x2", "x3"]).unwrap_or_default().to_string());
            // Most words of links are those of their kinds.
            if !self.one_in(3) {
                line.push("type".to_string());
            }
        }
        if name == "route" && verb.is_some_and(|v| ["add", "replace"].contains(&v.name())) && self.one_in(2) {
            line.extend(["10.30.0.0/16".to_string(), "encap".to_string()]);
        }
        self.grow(&mut line);
        self.spoil(&mut line);
        let mut whole = Vec::new();
        if self.one_in(3) {
            for _ in 0..=self.dice.below(2) {
                let option = self.pick(OPTIONS).unwrap_or_default();
                whole.extend(option.split(' ').map(str::to_string));
            }
        }
        whole.extend(line);
        whole
    }

    /// A verb; those that make things more often.
    fn verb(&mut self, object: &'static Object) -> Option<&'static Verb> {
        let verbs: Vec<&'static Verb> = object.verbs.iter().collect();
        if object.name() == "link" && self.one_in(3) {
            return verbs.into_iter().find(|v| v.name() == "add");
        }
        let first = self.pick(&verbs)?;
        let making = ["add", "replace", "set", "change", "append"].contains(&first.name());
        if making || self.one_in(2) { Some(first) } else { self.pick(&verbs) }
    }

    fn spelled(&mut self, names: &[&'static str]) -> String {
        let name = self.pick(names).unwrap_or_default();
        let short = name.ends_with('~') && self.one_in(6);
        let name = full(name);
        let end = if short { 1 + self.dice.below(name.len()) } else { name.len() };
        name.get(..end).unwrap_or(name).to_string()
    }

    fn rubbish(&mut self) -> String {
        self.pick(RUBBISH).unwrap_or_default().to_string()
    }

    fn value(&mut self, meta: &str, line: &[String], offers: &[Offer]) -> String {
        if self.one_in(16) {
            return self.rubbish();
        }
        if !offers.is_empty() && !self.one_in(4) {
            return self.offered(line, offers).unwrap_or_default();
        }
        let keyword = line.last().map_or("", String::as_str);
        self.pick(good(meta, keyword)).unwrap_or_default().to_string()
    }

    fn grow(&mut self, line: &mut Line) {
        let longest = 3 + self.dice.below(28);
        while line.len() < longest {
            let n = next(line);
            if n.wanting {
                if self.one_in(50) {
                    return;
                }
                let value = self.value(&n.meta, line, &n.offers);
                line.push(value);
                continue;
            }
            let stop = if n.wrong {
                2
            } else if n.inside {
                14
            } else {
                7
            };
            if line.len() > 3 && self.one_in(stop) {
                break;
            }
            if let Some(meta) = n.bare.filter(|_| line.len() < 4)
                && !self.one_in(4)
            {
                let value = self.value(&meta, &[], &[]);
                line.push(value);
                continue;
            }
            let needed: Vec<&Offer> = n.offers.iter().filter(|o| NEEDED.contains(&o.word.as_str())).collect();
            let word = if !needed.is_empty() && self.one_in(3) {
                self.pick(&needed).map(|o| o.word.clone())
            } else if self.one_in(30) {
                Some(self.rubbish())
            } else {
                self.offered(line, &n.offers)
            };
            match word {
                Some(word) => line.push(word),
                None => break,
            }
        }
        // A device is what most lines need.
        let n = next(line);
        if !n.wanting && n.offers.iter().any(|o| o.word == "dev") && !self.one_in(3) {
            let dev = self.pick(&["d0", "d0", "v0", "v0", "br0", "x0", "vx0", "bo0", "t0"]).unwrap_or_default();
            line.extend(["dev".to_string(), dev.to_string()]);
        }
    }

    /// Repeats, drops, swaps and shortens words of one line in five.
    fn spoil(&mut self, line: &mut Line) {
        if line.len() < 3 || !self.one_in(5) {
            return;
        }
        let at = 1 + self.dice.below(line.len() - 1);
        match self.dice.below(6) {
            0 => drop(line.remove(at)),
            1 => {
                let other = 1 + self.dice.below(line.len() - 1);
                line.swap(at, other);
            }
            2 => {
                let again: Vec<String> = line.iter().skip(at).take(2).cloned().collect();
                line.extend(again);
            }
            3 => line.truncate(at + 1),
            4 => line[at] = self.rubbish(),
            _ => {
                let n = line[at].chars().count();
                if n > 1 {
                    let keep = 1 + self.dice.below(n - 1);
                    line[at] = line[at].chars().take(keep).collect();
                }
            }
        }
    }
}

/// Whether `word` is a leading part of `name`, at least so long.
fn begins(word: &str, name: &str, least: usize) -> bool {
    word.len() >= least && name.starts_with(word)
}

/// Whether a line may run on this machine's kernel, and ends by itself.
pub fn safe(line: &[String]) -> bool {
    let has = |name: &str, least: usize| line.iter().any(|w| begins(w, name, least));
    // The kernel crashes on options of tunnels (see sandbox::DEADLY).
    let harmless = |w: &String| ["erspan_ver", "erspan_dir", "erspan_hwid"].contains(&w.as_str());
    let deadly = |w: &String| DEADLY.iter().any(|d| w.to_lowercase().contains(&d[..4]) && w.contains('_'));
    if line.iter().any(|w| deadly(w) && !harmless(w)) {
        return false;
    }
    // A namespace by a process: it might be one of the machine's.
    let by_number =
        |w: &String| w.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-' || c == '/');
    let netns = |w: &String| begins(w, "netns", 1) || begins(w, "link-netnsid", 5);
    let link = line.iter().any(|w| begins(w, "link", 1));
    if link && line.windows(2).any(|p| netns(&p[0]) && !begins(&p[0], "link-netnsid", 11) && by_number(&p[1])) {
        return false;
    }
    // Programs that are run, processes that are named.
    if has("exec", 1) && line.iter().any(|w| begins(w, "netns", 1)) {
        let at = line.iter().position(|w| begins(w, "exec", 1)).unwrap_or(0);
        if line.iter().skip(at + 1).any(|w| !["n1", "n2", "true", "false", "nosuch"].contains(&w.as_str())) {
            return false;
        }
    }
    // A program of a VRF runs in a group of the machine's own, and so does one that leaves its VRF.
    if line.iter().any(|w| begins(w, "vrf", 1)) && has("exec", 1) {
        let at = line.iter().position(|w| begins(w, "exec", 1)).unwrap_or(0);
        if line.iter().skip(at + 1).any(|w| !["vrf0", "v0", "true", "false", "nosuch"].contains(&w.as_str())) {
            return false;
        }
    }
    if has("attach", 1) && line.iter().any(|w| begins(w, "netns", 1)) {
        return false;
    }
    // A proxy without a device is seen in all namespaces: `dev` must be there once, as a keyword with a device behind it.
    let keyword = |p: &[String]| {
        p[1] == "dev"
            && p[2].chars().all(|c| c.is_ascii_alphanumeric())
            && !["protocol", "to", "lladdr", "nud", "proxy"].iter().any(|k| begins(&p[0], k, 1))
    };
    let devices = line.iter().filter(|w| *w == "dev").count();
    if has("proxy", 1) && has("neighbour", 1) && (devices != 1 || !line.windows(3).any(keyword)) {
        return false;
    }
    true
}

/// Whether a line is read by a program that does not end by itself.
pub fn endless(line: &[String]) -> bool {
    line.iter().any(|w| begins(w, "monitor", 1))
}
