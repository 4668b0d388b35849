//! The usage texts of the program and of its objects, with the link kinds inserted.

use super::tree;
use crate::command::usage::{KINDS, SELECTABLE, WRITTEN, fold};
use crate::command::{self, Object};
use crate::grammar::full;
use crate::object::link::{kind, port};
use crate::session::options::{self, OPTIONS, Opt};
use crate::want::snapshot::TYPES;

/// The usage of the program, under the name `ip` or under its own.
pub fn program(is_ip: bool) -> String {
    let mut out = String::from(
        "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n       ip [ -force ] -batch filename\nwhere  OBJECT := {",
    );
    let objects = tree::names(is_ip).chain(["help"]);
    fold(&mut out, &objects.collect::<Vec<_>>(), " |", 18);
    out.push_str(" }\n       OPTIONS := {");
    let options: Vec<String> = OPTIONS.iter().filter(|o| !(is_ip && o.ours)).map(|o| option(o, is_ip)).collect();
    fold(&mut out, &options.iter().map(String::as_str).collect::<Vec<_>>(), " |", 18);
    out.push_str(" }");
    out
}

/// `-s[tats] | -s[tatistics]`: the shortest form that means this option, and the rest in brackets.
fn option(o: &'static Opt, is_ip: bool) -> String {
    let means = |word: &str| options::find(word.as_bytes(), is_ip).is_some_and(|f| f.id == o.id);
    let forms = o.names.iter().map(|name| {
        let name = full(name);
        let short = (1..=name.len()).filter_map(|n| name.split_at_checked(n)).find(|(short, _)| means(short));
        match short {
            // iproute2 writes this one in full, and programs search for it.
            _ if o.id == "iec" => format!("-{name}"),
            Some((short, rest)) if !rest.is_empty() => format!("-{short}[{rest}]"),
            _ => format!("-{name}"),
        }
    });
    let forms = forms.collect::<Vec<_>>().join(" | ");
    if o.takes_value() { format!("{forms} {}", o.meta) } else { forms }
}

/// The usage of an object, under the name `ip` or under its own.
pub fn object_of(object: &Object, is_ip: bool) -> String {
    command::usage::object(object, &listed, &|word| !(is_ip && super::tree::is_ours(object, word)))
}

/// The text of a term that is a list; `None` if it is none.
fn listed(meaning: &str) -> Option<String> {
    let names: Vec<&str> = match meaning {
        KINDS => kind::KINDS.iter().chain(port::PORTS).map(|k| k.name).collect(),
        SELECTABLE => crate::object::SELECTABLE.iter().map(|o| o.name()).collect(),
        WRITTEN => {
            let names: Vec<String> = TYPES.iter().map(|object| format!("[ {} ]", object.name())).collect();
            return Some(names.join(" "));
        }
        _ => return None,
    };
    Some(format!("{{ {} }}", names.join(" | ")))
}
