//! IP protocols by name. A statically linked program reads /etc/protocols itself; without that file it uses a built-in
//! list of common ones.

use std::path::Path;
use std::sync::OnceLock;

const FILE: &str = "/etc/protocols";
const FILE_MAX: u64 = 1 << 20;

/// IPPROTO_* of linux/in.h.
const USUAL: &[(&str, u8)] = &[
    ("ip", 0),
    ("icmp", 1),
    ("igmp", 2),
    ("ipencap", 4),
    ("tcp", 6),
    ("egp", 8),
    ("udp", 17),
    ("dccp", 33),
    ("ipv6", 41),
    ("rsvp", 46),
    ("gre", 47),
    ("esp", 50),
    ("ah", 51),
    ("ipv6-icmp", 58),
    ("ospf", 89),
    ("pim", 103),
    ("vrrp", 112),
    ("l2tp", 115),
    ("sctp", 132),
    ("udplite", 136),
];

/// Names and numbers in file order. The first name of a number is the one printed; the others are aliases.
fn all() -> &'static [(String, u8)] {
    static ALL: OnceLock<Vec<(String, u8)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let list = read(Path::new(FILE));
        if list.is_empty() { USUAL.iter().map(|(n, v)| ((*n).to_string(), *v)).collect() } else { list }
    })
}

fn read(path: &Path) -> Vec<(String, u8)> {
    let text = crate::files::lines(path, FILE_MAX).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().flat_map(entry).collect()
}

/// Parses `NAME NUMBER ALIAS... # COMMENT`.
fn entry(line: &str) -> Vec<(String, u8)> {
    let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
    let (Some(name), Some(number)) = (words.next(), words.next().and_then(|n| n.parse().ok())) else {
        return Vec::new();
    };
    std::iter::once(name).chain(words).map(|n| (n.to_string(), number)).collect()
}

/// The number of a name.
pub fn number(name: &str) -> Option<u8> {
    all().iter().find(|(n, _)| n == name).map(|(_, v)| *v)
}

/// The name of a number.
pub fn name(number: u8) -> Option<&'static str> {
    all().iter().find(|(_, v)| *v == number).map(|(n, _)| n.as_str())
}

/// Every name, with its number.
pub fn names() -> impl Iterator<Item = (&'static str, u8)> {
    all().iter().map(|(n, v)| (n.as_str(), *v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_file() {
        let is = |line: &str| entry(line).into_iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join(" ");
        assert_eq!(is("tcp\t6\tTCP\t\t# transmission"), "tcp=6 TCP=6");
        assert_eq!(is("hopopt 0 HOPOPT"), "hopopt=0 HOPOPT=0");
        for none in ["", "# ip 0", "mptcp 262 MPTCP", "tcp", "tcp six"] {
            assert_eq!(is(none), "", "{none}");
        }
    }

    #[test]
    fn what_is_no_file_is_empty() {
        assert!(read(Path::new("/nonexistent")).is_empty());
        assert!(read(Path::new("/dev/zero")).is_empty());
        assert_eq!((number("tcp"), name(17)), (Some(6), Some("udp")));
    }
}
