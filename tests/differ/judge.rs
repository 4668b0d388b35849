//! What two programs did with a line, made comparable.

use super::drive::Done;
use super::support::request;

/// What is compared of one run of a line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Seen {
    pub code: i32,
    /// The first line of the errors.
    pub err: String,
    /// All of them, up to a usage.
    pub said: Vec<String>,
    pub out: String,
    pub sent: Vec<String>,
}

/// The parts of a trace that belong to each run of a program.
pub fn sections(trace: &str, programs: &[String]) -> Vec<String> {
    let marks: Vec<String> = programs.iter().map(|p| format!("execve(\"{p}\"")).collect();
    let mut found: Vec<String> = Vec::new();
    for line in trace.lines() {
        if marks.iter().any(|m| line.contains(m.as_str())) {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    found
}

/// What a run did that sent these messages.
pub fn seen(done: &Done, sent: &[(String, Vec<u8>)]) -> Seen {
    let sent = sent
        .iter()
        .filter(|(p, m)| !request::is_question(p, m))
        .map(|(p, m)| request::text(p, m))
        .collect::<Vec<String>>();
    // Counters are asked for one link by its index or in a list: what is shown counts.
    let sent = sent.into_iter().filter(|t| !t.starts_with("GETSTATS ")).collect();
    let err = String::from_utf8_lossy(&done.err);
    let out = saved(&done.out).unwrap_or_else(|| plain(&done.out));
    let said: Vec<String> = err.lines().take_while(|l| !l.starts_with("Usage:")).map(str::to_string).collect();
    Seen { code: done.code, err: err.lines().next().unwrap_or_default().to_string(), said, out, sent }
}

/// What `save` writes, a line a message: a mark, and messages whose numbers of sequence and port are chance.
fn saved(out: &[u8]) -> Option<String> {
    let (mark, mut rest) = out
        .split_at_checked(4)
        .filter(|(m, r)| m.iter().any(|b| !(9..127).contains(b)) || r.is_empty() || r.get(2) == Some(&0))?;
    let mut text = format!("{mark:02x?}\n");
    while rest.len() >= 16 {
        let len = u32::from_ne_bytes(rest[..4].try_into().ok()?) as usize;
        let message = rest.get(..len).filter(|_| len >= 16)?;
        let sent = request::text("NETLINK_ROUTE", message);
        let made = |w: &str| match w.strip_prefix("6=").filter(|v| v.len() == 32) {
            Some(v) => format!("6={}", &v[..16]),
            None if w.starts_with("12=") && w.len() == 67 => timeless(w),
            None => w.to_string(),
        };
        text.push_str(&sent.split(' ').map(made).collect::<Vec<_>>().join(" "));
        text.push('\n');
        rest = rest.get((len + 3) & !3..).unwrap_or_default();
    }
    Some(text)
}

/// Output without what chance or time decides: made-up link-layer addresses by the order in which they come, timers as N.
pub fn plain(out: &[u8]) -> String {
    let text = String::from_utf8_lossy(out);
    let mut macs: Vec<&str> = Vec::new();
    let mut plain = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some(at) = mac(rest) {
        let found = &rest[at..at + 17];
        plain.push_str(&rest[..at]);
        if found.starts_with("02:00:00:00:")
            || found.starts_with("ff:")
            || found.starts_with("00:")
            || found.starts_with("01:")
        {
            plain.push_str(found);
        } else {
            let n = macs.iter().position(|m| *m == found).unwrap_or_else(|| {
                macs.push(found);
                macs.len() - 1
            });
            plain.push_str(&format!("MAC{n}"));
        }
        rest = &rest[at + 17..];
    }
    plain.push_str(rest);
    for key in TIMED {
        plain = number_after(&plain, key);
    }
    for key in ["last_flush", "last_rand"] {
        plain = date_after(&plain, key);
    }
    plain
}

/// What runs by itself.
const TIMED: &[&str] = &[
    "valid_lft ",
    "preferred_lft ",
    "\"valid_life_time\":",
    "\"preferred_life_time\":",
    "expires ",
    "\"expires\":",
    "used ",
    "\"used\":",
    "/",
    "confirmed\":",
    "updated\":",
    "hello_timer ",
    "tcn_timer ",
    "topology_change_timer ",
    "gc_timer ",
    "_timer\":",
    "idle_timer ",
    "age ",
    "hold_timer ",
    "message_age_timer ",
    "forward_delay_timer ",
    "unbalanced_time ",
    "idle_time ",
    " reachable ",
    "\"reachable\":",
];

/// Takes the date and the time out that stand behind a key.
fn date_after(text: &str, key: &str) -> String {
    let mut parts = text.split(key);
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |all, part| {
        all + key + part.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ':' | '"' | '-'))
    })
}

fn number_after(text: &str, key: &str) -> String {
    // "/" counts as a key only among `used 1/2/3`.
    if key == "/" {
        return text.to_string();
    }
    let mut parts = text.split(key);
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let number = part.trim_start_matches(' ');
        let rest = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || (key == "used " && c == '/'));
        out.push_str(key);
        out.push_str(if rest.len() < number.len() { "N" } else { &part[..part.len() - number.len()] });
        out.push_str(rest);
    }
    out
}

/// Where the first link-layer address stands.
fn mac(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let hex = |b: u8| b.is_ascii_hexdigit();
    let one = |w: &[u8]| w.iter().enumerate().all(|(i, b)| if i % 3 == 2 { *b == b':' } else { hex(*b) });
    let end = |at: usize| bytes.get(at).is_none_or(|b| *b != b':' && !hex(*b));
    (0..bytes.len().saturating_sub(16))
        .find(|at| one(&bytes[*at..at + 17]) && end(at + 17) && (*at == 0 || end(at - 1)))
}

/// The same of a line that was grown: counters are those of two namespaces, and flushes ask for fewer answers.
/// Gives what differs, and whether README explains it.
pub fn judged(line: &[String], theirs: &Seen, mine: &Seen) -> Option<(&'static str, bool)> {
    let mut pair = [theirs.clone(), mine.clone()];
    let counts = super::read::options(line).iter().any(|w| w.trim_start_matches('-').starts_with('s'));
    let counts = counts || super::read::object(line).is_some_and(|(object, _)| object.name() == "stats");
    for seen in &mut pair {
        seen.out = settled(&seen.out);
        if counts {
            seen.out = digits(&seen.out);
        }
        for sent in &mut seen.sent {
            *sent = flushed(sent);
        }
        // A kernel that counts nothing is asked again without counters.
        seen.sent.dedup_by(|a, b| a == b && a.starts_with("GETNEXTHOP "));
    }
    // The kernel lists neighbours, and what IOAM has, by hashes with a seed of the namespace's own.
    if super::read::object(line).is_some_and(|(object, _)| ["neigh", "ioam"].contains(&object.name())) {
        for seen in &mut pair {
            seen.sent.iter_mut().for_each(|s| *s = s.replacen("DELNEIGH 5 ", "DELNEIGH 1 ", 1));
            seen.sent.sort();
            // In JSON all of them are on one line.
            let each = seen.out.replace("},{", "}\n{");
            let mut lines: Vec<&str> = each.lines().map(|l| l.trim_start_matches('[').trim_end_matches(']')).collect();
            lines.sort_unstable();
            seen.out = lines.join("\n");
        }
    }
    let [theirs, mine] = pair;
    let what = difference(&theirs, &mine)?;
    Some((what, super::allowed::why(line, what, &theirs, &mine).is_some()))
}

/// Text without the colours of a terminal.
pub fn uncoloured(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |all, part| all + part.split_once('m').map_or(part, |(_, rest)| rest))
}

/// Text without what a link's operational state decides: the kernel settles it later, in each twin at another time.
fn settled(text: &str) -> String {
    const FLAGS: &[&str] = &[
        "NO-CARRIER,",
        ",LOWER_UP",
        ",M-DOWN",
        "\"NO-CARRIER\",",
        ",\"LOWER_UP\"",
        " tentative",
        "\"tentative\":true,",
    ];
    const STATES: &[&str] = &["UNKNOWN", "LOWERLAYERDOWN", "DORMANT", "DOWN", "UP"];
    let mut text = FLAGS.iter().fold(text.to_string(), |text, flag| text.replace(flag, ""));
    for state in STATES {
        for (before, after) in [("state ", " "), ("\"operstate\":\"", "\""), (" ", "  ")] {
            text = text.replace(&format!("{before}{state}{after}"), &format!("{before}STATE{after}"));
        }
    }
    text
}

/// Numbers as N, and the blanks before them as one.
fn digits(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let c = if c.is_ascii_digit() { 'N' } else { c };
        if (c != 'N' && c != ' ') || !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// A deletion of a flush: whether it is acknowledged, and when the address was made, does not count.
fn flushed(sent: &str) -> String {
    // IFLA_NET_NS_FD holds the number of a descriptor.
    if let Some((head, rest)) = sent.split_once(" 28=").filter(|(h, _)| h.starts_with("DELLINK ")) {
        return format!("{head} 28=fd{}", rest.get(8..).unwrap_or_default());
    }
    // Whether counters are not wanted, or not asked for, is the same.
    if sent.starts_with("GETNEXTHOP ") {
        return sent.replace(" 14=00000000", "").replace(" 14=01000000", "").replace(" 14=03000000", "");
    }
    // Of an attribute that a rule or a question has twice, the kernel takes the last.
    if sent.split(' ').next().is_some_and(|head| head.ends_with("RULE") || head == "GETROUTE") {
        let words: Vec<&str> = sent.split(' ').collect();
        let name = |w: &str| w.split_once('=').map(|(name, _)| name.to_string());
        let last = |(i, w): &(usize, &&str)| {
            let name_of_it = name(w);
            name_of_it.is_none() || words.iter().skip(i + 1).all(|other| name(other) != name_of_it)
        };
        let kept: Vec<&str> = words.iter().enumerate().filter(last).map(|(_, w)| *w).collect();
        return kept.join(" ").replacen("DELRULE 1 ", "DELRULE 5 ", 1);
    }
    let Some((head, rest)) = sent.split_once(' ').filter(|(h, _)| h.starts_with("DEL")) else {
        return sent.to_string();
    };
    let rest = rest.strip_prefix("1 ").map_or_else(|| rest.to_string(), |r| format!("5 {r}"));
    let words = rest.split(' ').map(|w| match w.strip_prefix("6=").filter(|v| head == "DELADDR" && v.len() == 32) {
        Some(_) => "6=TIMES".to_string(),
        // NDA_CACHEINFO and NDA_PROBES go with the time.
        None if head == "DELNEIGH" && w.starts_with("3=") && w.len() == 34 => "3=TIMES".to_string(),
        // So does when a route expires (RTA_CACHEINFO).
        None if head == "DELROUTE" && w.starts_with("12=") && w.len() == 67 => timeless(w),
        None if head == "DELNEIGH" && w.starts_with("4=") && w.len() == 10 => "4=PROBES".to_string(),
        None => w.to_string(),
    });
    let mut words: Vec<String> = words.collect();
    // So does the state of an entry that has times.
    if words.iter().any(|w| w == "3=TIMES")
        && let Some(state) = words.get_mut(3)
    {
        state.replace_range(..state.len().min(4), "STATE");
    }
    format!("{head} {}", words.join(" "))
}

/// RTA_CACHEINFO without its third number: when the route expires.
fn timeless(word: &str) -> String {
    let (head, tail) = word.split_at(word.len().min(19));
    format!("{head}EXPIRES{}", tail.get(8..).unwrap_or_default())
}

/// Why two runs of a line are not alike; nothing where they are.
pub fn difference(theirs: &Seen, mine: &Seen) -> Option<&'static str> {
    // Usages are the program's own.
    let usage = |s: &Seen| s.err.starts_with("Usage:");
    let code = theirs.code != mine.code;
    if theirs.code >= 128 && theirs.code != 255 {
        return Some("crash");
    }
    if theirs.sent != mine.sent {
        return Some(if code { "request and code" } else { "request" });
    }
    if theirs.err != mine.err && !(usage(theirs) && usage(mine)) {
        return Some(if code { "error and code" } else { "error" });
    }
    if code {
        return Some("code");
    }
    // A kind's own usage follows the complaint of a word that is none of its.
    let plain = |s: &Seen| s.said.iter().take_while(|l| !l.is_empty()).cloned().collect::<Vec<_>>();
    if plain(theirs) != plain(mine) && !theirs.err.ends_with("?") && !theirs.err.starts_with("can: unknown option") {
        return Some("errors");
    }
    let help = |s: &Seen| s.out.starts_with("Usage:");
    (theirs.out != mine.out && !(help(theirs) && help(mine))).then_some("output")
}
