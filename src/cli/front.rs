//! `rip`, `rip --help` and `rip --version`: a page for new users, on stdout.
//!
//! Under the name `ip` none of them exists: there the usage goes to stderr with exit code 255.

use super::help::row;
use super::objects::OBJECTS;
use crate::command::Purpose;
use crate::session::invocation::Invocation;
use crate::session::options::OPTIONS;

/// The version of iproute2 that this program reproduces.
pub const REFERENCE: &str = "7.3.0";

/// The options that the page lists, in order.
const USED: &[&str] = &["brief", "json", "details", "stats", "netns", "dry-run"];

/// The text for a command line without an object, if it requests one.
pub fn asked(words: &[Vec<u8>]) -> Option<String> {
    let text = match words.get(1..)? {
        [] => page,
        [word] if word == b"--help" => page,
        [word] if word == b"--version" => || version(false),
        _ => return None,
    };
    (!Invocation::new(words).is_ip).then(text)
}

/// What `-Version` prints.
pub fn version(is_ip: bool) -> String {
    let own = env!("CARGO_PKG_VERSION");
    match is_ip {
        true => format!("ip utility, iproute2-{REFERENCE}, rip {own}\n"),
        false => format!("rip {own}, compatible with iproute2-{REFERENCE}\n"),
    }
}

fn page() -> String {
    let mut out = String::from(
        "rip: show and change network devices, addresses, routes, rules and namespaces\n\n\
         It takes the commands of ip(8).\n\n\
         Usage: rip [ OPTIONS ] OBJECT [ COMMAND ] [ WORD ... ]\n\n\
         Examples:\n\x20 rip -br address\n\x20 rip addr add 192.168.1.100/24 dev eth0\n\x20 rip route add default via 192.168.1.1\n",
    );
    for (purpose, title) in Purpose::ALL {
        out.push_str(&format!("\n{title}:\n"));
        OBJECTS.iter().filter(|o| o.purpose == purpose).for_each(|o| row(&mut out, o.name(), o.about));
    }
    out.push_str("\nOptions:\n");
    for option in USED.iter().filter_map(|id| OPTIONS.iter().find(|o| o.id == *id)) {
        let name = option.names.first().map_or("", |n| crate::grammar::full(n));
        let meta = if option.takes_value() { format!(" {}", option.meta.to_uppercase()) } else { String::new() };
        row(&mut out, &format!("-{name}{meta}"), option.help);
    }
    out.push_str(
        "\nThe words of a command: rip OBJECT COMMAND --help. The manual: man rip.\n\
         Every object and option, as ip lists them: rip help.\n",
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &[&str]) -> Option<String> {
        asked(&words.iter().map(|w| w.as_bytes().to_vec()).collect::<Vec<_>>())
    }

    #[test]
    fn every_object_stands_on_the_page_once() {
        let page = said(&["rip"]).unwrap();
        for o in OBJECTS {
            let lines =
                page.lines().filter(|l| l.trim_start().split(' ').next() == Some(o.name()) && l.starts_with("  "));
            assert_eq!(lines.count(), 1, "{}", o.name());
        }
        for id in USED {
            assert!(OPTIONS.iter().any(|o| o.id == *id), "{id}");
        }
        assert_eq!(said(&["rip", "--help"]), Some(page));
    }

    #[test]
    fn ip_has_none() {
        assert_eq!(said(&["ip"]), None);
        assert_eq!(said(&["/sbin/ip", "--help"]), None);
        assert_eq!(said(&["rip", "link"]), None);
        assert!(said(&["rip", "--version"]).unwrap().starts_with("rip "));
    }
}
