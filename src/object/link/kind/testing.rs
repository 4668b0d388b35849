//! Helpers for the kinds' tests: attributes in a short notation (`1=0a000000 2{1=00}`), the attributes that a kind's
//! words send, and the description of a kind's data.

use super::{Body, Filled, RecordWriter, Setting, find};
use crate::diag::Diag;
use crate::grammar::words::Table;
use crate::grammar::{Names, Words};
use crate::net::Nested;
use crate::net::attr::{Attrs, put};
use crate::output::out::Out;
use crate::output::{Format, Printer};
use crate::session::Session;
use crate::session::options::Options;
use netlink_packet_core::Nla as _;
use netlink_packet_route::link::LinkInfo;

/// Names of two devices.
struct World;

impl Names for World {
    fn link(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok(match name {
            b"v0" => Some(3),
            b"v1" => Some(2),
            _ => None,
        })
    }
    fn number(&self, table: Table, name: &[u8]) -> Option<u32> {
        (table == Table::Tables && name == b"main").then_some(254)
    }
}

fn session() -> Session {
    let s = Session::new(Options::default(), Out::memory());
    for (index, name) in [(3, &b"v0"[..]), (2, b"v1"), (77, b"br7")] {
        s.remember(index, name);
    }
    s
}

/// `TYPE=HEX` and `TYPE{...}`, as many as there are.
pub fn bytes(text: &str) -> Vec<u8> {
    fn list(text: &mut &str) -> Vec<u8> {
        let mut out = Vec::new();
        loop {
            *text = text.trim_start();
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if digits == 0 {
                return out;
            }
            let kind: u16 = text[..digits].parse().unwrap();
            let nest = text.as_bytes()[digits] == b'{';
            *text = &text[digits + 1..];
            let body = if nest {
                let body = list(text);
                *text = text.strip_prefix('}').unwrap();
                body
            } else {
                let end = text.find([' ', '}']).unwrap_or(text.len());
                let hex = &text[..end];
                *text = &text[end..];
                (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
            };
            put(&mut out, kind, &body);
        }
    }
    let mut rest = text;
    let out = list(&mut rest);
    assert_eq!(rest, "", "{text}");
    out
}

fn notation(bytes: &[u8]) -> String {
    let one =
        |(kind, body): (u16, &[u8])| format!("{kind}={}", body.iter().map(|b| format!("{b:02x}")).collect::<String>());
    Attrs(bytes).map(one).collect::<Vec<_>>().join(" ")
}

/// The attributes that the words of a kind or a port send, or the first line of the error.
///
/// # Errors
///
/// The words are wrong; the text is the first line of the error.
pub fn sent(kind: &str, words: &str) -> Result<String, String> {
    let s = session();
    let list: Vec<Vec<u8>> = words.split_whitespace().map(|w| w.as_bytes().to_vec()).collect();
    let mut w = Words::new(&list, 0, &World);
    let setting =
        Setting { session: &s, kind: find(kind.as_bytes()).unwrap().name, device: None, adding: true, deleting: false };
    let parse = find(kind.as_bytes()).and_then(|k| k.parse).unwrap();
    let Filled { body, .. } = parse(&mut w, &setting)
        .map_err(|d| d.what().first().cloned().unwrap_or_default().lines().next().unwrap_or_default().to_string())?;
    assert!(w.is_empty(), "{kind} {words}: words are left");
    let info = match body {
        Body::Data(d) => LinkInfo::Data(d),
        Body::Port(d) => LinkInfo::PortData(d),
    };
    let mut out = vec![0; info.value_len()];
    info.emit_value(&mut out);
    Ok(notation(&out))
}

/// Checks a table of words and what they send: attributes, or after `!` the error.
pub fn sends(kind: &str, table: &[(&str, &str)]) {
    for (words, expected) in table {
        let got = sent(kind, words).unwrap_or_else(|e| format!("!{e}"));
        assert_eq!(got, *expected, "{kind} {words}");
    }
}

/// Checks that every keyword of a kind is in its table of words.
pub fn covers(kind: &str, table: &[(&str, &str)]) {
    let all: Vec<&str> = table.iter().flat_map(|(words, _)| words.split_whitespace()).collect();
    for row in find(kind.as_bytes()).unwrap().tables.iter().flat_map(|t| t.entries()) {
        for name in row.names.iter().map(|n| crate::grammar::full(n)) {
            assert!(all.contains(&name), "{kind}: {name} is not tried");
        }
    }
}

/// A kind's data as text and as JSON.
pub fn described(kind: &str, attrs: &str) -> (String, String) {
    let s = session();
    let bytes = bytes(attrs);
    let describe = find(kind.as_bytes()).and_then(|k| k.describe).unwrap();
    let [text, json] = [false, true].map(|json| {
        let mut out = Out::memory();
        let mut p = Printer::new(&mut out, Format { json, ..Format::default() });
        p.object(None);
        describe(&mut RecordWriter { s: &s, p: &mut p, d: &Nested::new(&bytes) });
        p.close();
        String::from_utf8(out.into_bytes()).unwrap()
    });
    (text, json)
}

/// Checks a table of attributes with their text and their JSON.
pub fn describes(kind: &str, table: &[(&str, &str, &str)]) {
    for (attrs, text, json) in table {
        assert_eq!(described(kind, attrs), (text.to_string(), json.to_string()), "{kind} {attrs}");
    }
}
