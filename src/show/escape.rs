//! Strings from outside (kernel, files, arguments) made safe to print: no control characters,
//! no terminal escapes, no invalid UTF-8, and no two names that look the same.

use std::fmt::Write as _;

/// Whether every byte can be printed as it is; true for nearly every name there is.
fn plain(bytes: &[u8]) -> bool {
    plainly(bytes, b'\\')
}

/// Whether all of it is printable ASCII without backslash and `other`: eight bytes at a time, the last ones twice.
fn plainly(bytes: &[u8], other: u8) -> bool {
    let good = |b: u8| (0x20..0x7f).contains(&b) && b != b'\\' && b != other;
    match (bytes.len(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (8.., ..) => {
            let (words, _) = bytes.as_chunks::<8>();
            words.iter().chain(bytes.last_chunk::<8>()).all(|w| plain8(u64::from_ne_bytes(*w), other))
        }
        (_, Some([a, b, c, d]), Some([e, f, g, h])) => {
            plain8(u64::from_ne_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), other)
        }
        _ => bytes.iter().all(|b| good(*b)),
    }
}

/// Eight bytes at once: the top bit of each byte says whether it is one to be escaped.
fn plain8(word: u64, other: u8) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let is = |byte: u8| {
        let x = word ^ (ONES * u64::from(byte));
        x.wrapping_sub(ONES) & !x
    };
    let low = word.wrapping_sub(ONES * 0x20) & !word;
    (word | low | is(0x7f) | is(b'\\') | is(other)) & TOPS == 0
}

/// Characters that change a terminal's state or the order of what is shown.
fn unsafe_char(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Appends `bytes` as safe text.
pub fn text(out: &mut Vec<u8>, bytes: &[u8]) {
    if plain(bytes) {
        out.extend_from_slice(bytes);
        return;
    }
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(c) = rest.chars().next() {
            let (here, after) = rest.split_at(c.len_utf8());
            if unsafe_char(c) {
                let code = u32::from(c);
                let s = if code < 0x80 { format!("\\x{code:02x}") } else { format!("\\u{{{code:x}}}") };
                out.extend_from_slice(s.as_bytes());
            } else if c == '\\' && looks_escaped(after) {
                out.extend_from_slice(b"\\x5c");
            } else {
                out.extend_from_slice(here.as_bytes());
            }
            rest = after;
        }
        bad_bytes(out, chunk.invalid());
    }
}

/// Invalid UTF-8, byte by byte, as `\xNN`.
fn bad_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    for b in bytes {
        out.extend_from_slice(format!("\\x{b:02x}").as_bytes());
    }
}

/// Whether what follows a backslash reads like one of our escapes, so that the backslash needs one itself.
fn looks_escaped(after: &str) -> bool {
    let b = after.as_bytes();
    match b.first() {
        Some(b'x') => b.get(1..3).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit)),
        Some(b'u') => b.get(1) == Some(&b'{'),
        _ => false,
    }
}

/// `bytes` as safe text.
pub fn shown(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    text(&mut out, bytes);
    String::from_utf8(out).unwrap_or_default()
}

/// Undoes the escapes of a name that was copied from our output.
pub fn unescape(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.contains(&b'\\') {
        return None;
    }
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some((b, after)) = rest.split_first() {
        if *b == b'\\' && after.first() == Some(&b'x') {
            let hex =
                after.get(1..3).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
            if let (Some(v), Some(tail)) = (hex, after.get(3..)) {
                out.push(v);
                rest = tail;
                continue;
            }
        }
        out.push(*b);
        rest = after;
    }
    (out != bytes).then_some(out)
}

/// Appends `bytes` as a JSON string, quotes included. Always valid UTF-8.
pub fn json(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'"');
    if plainly(bytes, b'"') {
        out.extend_from_slice(bytes);
        out.push(b'"');
        return;
    }
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(c) = rest.chars().next() {
            let (here, after) = rest.split_at(c.len_utf8());
            match c {
                '\t' => out.extend_from_slice(b"\\t"),
                '\n' => out.extend_from_slice(b"\\n"),
                '\r' => out.extend_from_slice(b"\\r"),
                '\x0c' => out.extend_from_slice(b"\\f"),
                '\x08' => out.extend_from_slice(b"\\b"),
                '"' => out.extend_from_slice(b"\\\""),
                '\\' if looks_escaped(after) => out.extend_from_slice(b"\\\\x5c"),
                '\\' => out.extend_from_slice(b"\\\\"),
                c if u32::from(c) < 0x20 || c == '\x7f' => {
                    let mut s = String::new();
                    let _ = write!(s, "\\u{:04x}", u32::from(c));
                    out.extend_from_slice(s.as_bytes());
                }
                _ => out.extend_from_slice(here.as_bytes()),
            }
            rest = after;
        }
        for b in chunk.invalid() {
            out.extend_from_slice(format!("\\\\x{b:02x}").as_bytes());
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_escapes_become_text() {
        assert_eq!(shown(b"x\x1b[2J\n3: fake0"), "x\\x1b[2J\\x0a3: fake0");
        assert_eq!(shown("a\u{202e}b\u{9b}".as_bytes()), "a\\u{202e}b\\u{9b}");
        assert_eq!(shown(b"\xff\xfe"), "\\xff\\xfe");
        assert_eq!(shown("größe".as_bytes()), "größe");
        assert_eq!(shown(b"a\\b"), "a\\b");
    }

    #[test]
    fn eight_bytes_at_once_say_what_one_says() {
        for len in 0..20 {
            for at in 0..len {
                for b in 0..=255u8 {
                    let mut bytes = vec![b'x'; len];
                    bytes[at] = b;
                    let good = (0x20..0x7f).contains(&b) && b != b'\\';
                    assert_eq!(plain(&bytes), good, "{bytes:?}");
                    assert_eq!(plainly(&bytes, b'"'), good && b != b'"', "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn two_names_never_look_alike() {
        assert_ne!(shown(b"\\xff"), shown(b"\xff"));
        let j = |b: &[u8]| {
            let mut v = Vec::new();
            json(&mut v, b);
            String::from_utf8(v).unwrap()
        };
        assert_ne!(j(b"\\xff"), j(b"\xff"));
        assert_eq!(unescape(b"\\xff"), Some(vec![0xff]));
        assert_eq!(unescape(b"\\x5cxff"), Some(b"\\xff".to_vec()));
        assert_eq!(unescape(b"eth0"), None);
    }

    #[test]
    fn json_strings_are_valid() {
        for sample in [&b"\x00\x1f\x7f\"\\\n\t"[..], b"\xc3\x28", "é\u{2028}".as_bytes(), b"\\u0041", b"\\\\x41"] {
            let mut v = Vec::new();
            json(&mut v, sample);
            let parsed: Result<String, _> = serde_json::from_slice(&v);
            assert!(parsed.is_ok(), "{sample:?}");
        }
    }
}
