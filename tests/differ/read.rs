//! Lines and outputs as far as the rules of explained differences read them.

use super::judge::uncoloured;
use rip::internals::cli::objects::OBJECTS;
use rip::internals::command::{Object, Verb};
use rip::internals::grammar::spells;

/// The options before the object that have a value.
const VALUED: &[&str] = &["-f", "-family", "-n", "-netns", "-l", "-loops", "-rc", "-rcvbuf", "-b", "-batch"];

/// The verb of a line, spelt in full.
pub fn verb(line: &[String]) -> Option<&'static str> {
    let (object, next) = object(line)?;
    object.verb(next?.as_bytes()).map(Verb::name)
}

/// The options before the object of a line, without their values.
pub fn options(line: &[String]) -> Vec<&String> {
    let mut words = line.iter();
    let mut options = Vec::new();
    while let Some(option) = words.next().filter(|w| w.starts_with('-')) {
        options.push(option);
        if VALUED.contains(&format!("-{}", option.trim_start_matches('-')).as_str()) {
            words.next();
        }
    }
    options
}

/// The object of a line, and the word behind it.
pub fn object(line: &[String]) -> Option<(&'static Object, Option<&String>)> {
    let mut words = line.iter();
    let object = loop {
        let word = words.next()?;
        let option = word.strip_prefix('-').map(|o| o.trim_start_matches('-')).filter(|o| !o.is_empty());
        match option {
            Some(o) if VALUED.contains(&format!("-{o}").as_str()) => drop(words.next()),
            Some(_) => {}
            None if word == "--" => {}
            None => break word,
        }
    };
    let named = |o: &&&Object| o.names.iter().any(|n| spells(n, object.as_bytes()));
    Some((OBJECTS.iter().find(named)?, words.next()))
}

/// Output without link-layer addresses of one byte or of none.
pub fn without_empty_addresses(out: &str) -> String {
    let brief = |line: &str| {
        let line = line.trim_end();
        line.strip_suffix("08").filter(|rest| rest.ends_with("  ")).map_or(line, str::trim_end).to_string()
    };
    let text = uncoloured(out).lines().map(brief).collect::<Vec<_>>().join(" \n ");
    let mut words = text.split(' ').peekable();
    let mut kept = Vec::new();
    while let Some(word) = words.next() {
        kept.push(word.to_string());
        if word == "lladdr" && words.peek().is_some_and(|w| w.len() == 2 || w.is_empty()) {
            words.next();
        }
    }
    let text = kept.join(" ");
    let text = text.replace("\"lladdr\": ", "\"lladdr\":");
    let mut parts = text.split("\"lladdr\":\"");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |all, part| match part.split_once('"') {
        Some((address, rest)) if address.len() > 2 => all + "\"lladdr\":\"" + address + "\"" + rest,
        Some((_, rest)) => all + "\"lladdr\":\"\"" + rest,
        None => all + part,
    })
}

/// JSON without the lists of locked metrics.
pub fn without_locks(out: &str) -> String {
    let mut parts = out.split("\"lock\":");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |all, part| {
        let rest = part.split_once(']').map_or("", |(_, rest)| rest);
        all.trim_end().trim_end_matches(',').to_string() + rest
    })
}

/// What links were called in a text, their own names.
pub fn names(text: &str) -> Vec<String> {
    let link = |line: &str| {
        let (_, rest) = line.split_once(": ")?;
        let (name, _) = rest.split_once(": <")?;
        Some(name.split('@').next().unwrap_or(name).to_string())
    };
    uncoloured(text).lines().filter_map(link).collect()
}

/// Whether two lines are alike but for words that name devices, of which `alike` judges: theirs, and ours.
pub fn named_alike(theirs: &str, mine: &str, alike: &dyn Fn(&str, &str) -> bool) -> bool {
    let [theirs, mine] = [theirs, mine].map(|l| without_empty_addresses(&uncoloured(l)));
    let parts = |l: &str| l.split([' ', '@', ':']).map(str::to_string).filter(|w| !w.is_empty()).collect::<Vec<_>>();
    let (t, m) = (parts(&theirs), parts(&mine));
    t.len() == m.len() && t.iter().zip(&m).all(|(t, m)| t == m || alike(t, m))
}

/// Whether two texts differ in names of devices alone, and the second one has what the links were called.
pub fn names_alone(theirs: &str, mine: &str) -> bool {
    let names = names(mine);
    let alike = |_: &str, m: &str| names.iter().any(|n| n == m);
    theirs.lines().count() == mine.lines().count()
        && theirs.lines().zip(mine.lines()).all(|(t, m)| named_alike(t, m, &alike))
}
