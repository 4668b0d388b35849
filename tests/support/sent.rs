//! The stored requests of the wire cases, walked by the schema: which attributes have no name.

use super::machine;
use rip::internals::object::Declared;
use rip::internals::object::fou::FOU_ATTRS;
use rip::internals::object::ila::ATTRS as ILA_ATTRS;
use rip::internals::object::ioam::IOAM6_ATTRS;
use rip::internals::object::l2tp::L2TP_ATTRS;
use rip::internals::object::macsec::MACSEC_ATTRS;
use rip::internals::object::mptcp::MPTCP_PM_ATTRS;
use rip::internals::object::sr::SEG6_ATTRS;
use rip::internals::object::tcp_metrics::TCP_METRICS_ATTRS;
use rip::internals::object::xfrm::{XFRM_ATTRS, XFRM_SPD_ATTRS, xfrm_header_len};
use rip::internals::schema::{self, Attr, Form, Names};

/// An attribute as `request::text` wrote it.
#[derive(Debug)]
struct Sent {
    number: u16,
    value: Vec<u8>,
    inside: Vec<Sent>,
    hops: Vec<Vec<Sent>>,
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(word) else { return false };
        self.rest = rest;
        true
    }

    fn while_(&mut self, fits: fn(char) -> bool) -> &str {
        let end = self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// A list of attributes, up to its closing character.
    fn list(&mut self, end: &str) -> Vec<Sent> {
        let mut found = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || !end.is_empty() && self.take(end) || self.rest.starts_with(['|', ')']) {
                return found;
            }
            // A link inside a link begins with its header, in words.
            let word = self.rest.split([' ', '=', '{', '[', '(', '}', ']']).next().unwrap_or_default();
            if word.len() == 8 && self.rest[8..].starts_with([' ', '}', ']']) {
                self.rest = &self.rest[8..];
                continue;
            }
            found.push(self.attribute());
        }
    }

    fn attribute(&mut self) -> Sent {
        let number = self.while_(|c| c.is_ascii_digit()).parse().unwrap_or_else(|_| panic!("at {:?}", self.rest));
        let mut sent = Sent { number, value: Vec::new(), inside: Vec::new(), hops: Vec::new() };
        self.take("n");
        if self.take("(") {
            while !self.take(")") {
                self.take("| ");
                // Flags and weight, device.
                for _ in 0..2 {
                    self.while_(|c| c.is_ascii_hexdigit());
                    self.rest = self.rest.trim_start();
                }
                sent.hops.push(self.list("\n"));
            }
        } else if self.take("{") {
            sent.inside = self.list("}");
        } else if self.take("[?") {
            sent.value = bytes(self.while_(|c| c.is_ascii_hexdigit()));
            self.take("]");
        } else if self.take("[") {
            sent.inside = self.list("]");
        } else if self.take("=\"") {
            let (text, rest) = self.rest.split_once('"').expect("a closing quote");
            self.rest = rest;
            sent.value = text.replace("\\0", "\0").into_bytes();
        } else if self.take("=") {
            sent.value = bytes(self.while_(|c| c.is_ascii_alphanumeric()));
        }
        sent
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2);
    digits.filter_map(|d| u8::from_str_radix(std::str::from_utf8(d).ok()?, 16).ok()).collect()
}

/// The attributes in `list` without a row, and in the nests in it.
fn nameless(names: Names, list: &[Sent], place: &str, wrong: &mut Vec<String>) {
    let beside = |attr| list.iter().find(|s| s.number == attr).map(|s| s.value.as_slice());
    for sent in list {
        let form = match (names, names.row(sent.number)) {
            (Names::Array(form), _) => *form,
            (_, Some(row)) => row.form,
            _ => {
                wrong.push(format!("{place}: no name for {}", sent.number));
                continue;
            }
        };
        let place = format!("{place} {}", names.row(sent.number).map_or("an element", |r| r.name));
        for hop in &sent.hops {
            nameless(names, hop, &place, wrong);
        }
        if let Form::Nest(inner) = form {
            match inner.names(beside, &Declared) {
                Some(inside) => nameless(inside, &sent.inside, &place, wrong),
                None => wrong.push(format!("{place}: nothing is declared inside")),
            }
        }
    }
}

/// The families of generic netlink, whose attributes stand behind struct genlmsghdr.
const FAMILIES: &[(&str, &[Attr])] = &[
    ("tcp_metrics", TCP_METRICS_ATTRS),
    ("mptcp_pm", MPTCP_PM_ATTRS),
    ("IOAM6", IOAM6_ATTRS),
    ("SEG6", SEG6_ATTRS),
    ("fou", FOU_ATTRS),
    ("l2tp", L2TP_ATTRS),
    ("ila", ILA_ATTRS),
    ("macsec", MACSEC_ATTRS),
];

/// Every attribute of a stored request that the schema has no name for.
pub fn without_a_name() -> Vec<String> {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in std::fs::read_dir(machine::tests().join("wire/stored")).expect("the stored requests").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("a file");
        // An ioctl has no attributes, and what a command prints is no request.
        let other = |l: &&str| !["SIOC", "| ", "|", "error ", "exit "].iter().any(|begin| l.starts_with(begin));
        for line in text.lines().filter_map(|l| l.strip_prefix("> ")).filter(other) {
            let kind = line.split(' ').next().unwrap_or_default();
            let message = schema::MESSAGES.iter().find(|m| m.name.strip_prefix("RTM_") == Some(kind));
            let generic = kind.strip_prefix("NETLINK_GENERIC:");
            let family = FAMILIES.iter().find(|(name, _)| generic == Some(name)).map(|(_, attrs)| (4, *attrs));
            let xfrm = kind.strip_prefix("NETLINK_XFRM:").and_then(|k| k.parse().ok()).map(|kind| {
                let dump = line.split(' ').nth(1).is_some_and(|flags| flags.starts_with('3'));
                // XFRM_MSG_NEWSPDINFO
                let attrs = if kind == 36 { XFRM_SPD_ATTRS } else { XFRM_ATTRS };
                (if dump { 0 } else { xfrm_header_len(kind) }, attrs)
            });
            let family = family.or(xfrm);
            let Some((header, attrs)) = message.map(|m| (m.header.len, m.attrs)).or(family) else {
                wrong.push(format!("no message {kind}"));
                continue;
            };
            // The type, the flags, and the words of the header.
            let skip = 2 + header / 4;
            let list = line.splitn(skip + 1, ' ').nth(skip).unwrap_or_default();
            let sent = Reader { rest: list }.list("");
            seen += sent.len();
            nameless(Names::Attrs(attrs), &sent, kind, &mut wrong);
        }
    }
    assert!(seen > 1000, "only {seen} attributes were read");
    wrong.sort();
    wrong.dedup();
    wrong
}
