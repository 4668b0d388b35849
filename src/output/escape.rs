//! Strings from outside (kernel, files, arguments) made safe to print: no control characters,
//! no terminal escapes, no invalid UTF-8, and no two names that look the same.

use crate::sys::append;
use std::borrow::Cow;

/// The last bytes: `last_chunk`, but inlined even where the program is built for the least size.
#[inline(always)]
fn final_chunk<const N: usize>(bytes: &[u8]) -> Option<&[u8; N]> {
    bytes.get(bytes.len().checked_sub(N)?..)?.first_chunk()
}

/// Whether `bytes` is all printable ASCII without backslash and `quote`, and so needs no escape: true for nearly every
/// name.
///
/// Eight bytes at a time, the last eight overlapping, and inlined: together that saves 1 % of the instructions of
/// `route show`, `addr show` and `-d link show`. As a call it would cost `route show` more than a loop over bytes.
#[inline(always)]
fn is_plain(bytes: &[u8], quote: u8) -> bool {
    match (bytes.len(), bytes.first_chunk::<4>(), final_chunk::<4>(bytes)) {
        (8.., ..) => {
            let (words, _) = bytes.as_chunks::<8>();
            let mut plain = final_chunk::<8>(bytes).is_none_or(|w| are_plain(u64::from_ne_bytes(*w), quote));
            for w in words {
                plain &= are_plain(u64::from_ne_bytes(*w), quote);
            }
            plain
        }
        (_, Some([a, b, c, d]), Some([e, f, g, h])) => {
            are_plain(u64::from_ne_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), quote)
        }
        _ => match *bytes {
            [] => true,
            [a] => are_plain(u64::from_ne_bytes([a; 8]), quote),
            // Two or three bytes: the second is the last or the middle one.
            [a, b, ..] => {
                let c = *bytes.last().unwrap_or(&b);
                are_plain(u64::from_ne_bytes([a, b, c, a, b, c, a, b]), quote)
            }
        },
    }
}

/// Whether text and JSON have these bytes as they are.
pub fn is_verbatim(bytes: &[u8]) -> bool {
    is_plain(bytes, b'"')
}

/// The same for eight bytes: the top bit of each says whether it must be escaped.
#[inline(always)]
fn are_plain(word: u64, quote: u8) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let is = |byte: u8| {
        let x = word ^ (ONES * u64::from(byte));
        x.wrapping_sub(ONES) & !x
    };
    let low = word.wrapping_sub(ONES * 0x20) & !word;
    (word | low | is(0x7f) | is(b'\\') | is(quote)) & TOPS == 0
}

/// Characters that change a terminal's state (C0, C1), reorder text (bidirectional controls), break a line, or have
/// zero width, so that two different names would look the same.
fn unsafe_char(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Escapes what must never reach a terminal in text that is about to be written. Backslashes, line breaks and tabs
/// stay; callers that print a single line escape the breaks before.
pub fn guard(text: &str) -> Cow<'_, str> {
    let bad = |c: char| unsafe_char(c) && c != '\n' && c != '\t';
    if !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len() + 16);
    for c in text.chars() {
        match bad(c) {
            true => escaped(&mut out, c),
            false => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(String::from_utf8(out).unwrap_or_default())
}

/// Appends a character as `\xNN` or `\u{N}`.
fn escaped(out: &mut Vec<u8>, c: char) {
    let code = u32::from(c);
    let s = if code < 0x80 { format!("\\x{code:02x}") } else { format!("\\u{{{code:x}}}") };
    out.extend_from_slice(s.as_bytes());
}

/// Appends `bytes` as safe text.
pub fn text(out: &mut Vec<u8>, bytes: &[u8]) {
    if !push_plain(out, bytes, b'\\') {
        text_escaped(out, bytes);
    }
}

/// Appends bytes that need no escape; false, without an effect, if some do. A name is read once for both.
#[inline(always)]
fn push_plain(out: &mut Vec<u8>, bytes: &[u8], quote: u8) -> bool {
    let n = bytes.len();
    if n > 16 {
        let plain = is_plain(bytes, quote);
        if plain {
            out.extend_from_slice(bytes);
        }
        return plain;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), final_chunk::<8>(bytes)) {
        let plain = are_plain(u64::from_ne_bytes(*first), quote) & are_plain(u64::from_ne_bytes(*last), quote);
        if plain {
            append(out, *first, n.wrapping_sub(8));
            append(out, *last, 8);
        }
        return plain;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), final_chunk::<4>(bytes)) {
        let (first, last) = (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)));
        let plain = are_plain(first | last << 32, quote);
        if plain {
            // The last four bytes go at offset `n - 4`.
            append(out, (first | last.wrapping_shl(8 * (n as u32).wrapping_sub(4))).to_le_bytes(), n);
        }
        return plain;
    }
    let [a, b, c] = match *bytes {
        [a] => [a, a, a],
        [a, b] => [a, b, a],
        [a, b, c] => [a, b, c],
        _ => return true,
    };
    let plain = are_plain(u64::from_ne_bytes([a, b, c, a, b, c, a, b]), quote);
    if plain {
        append(out, [a, b, c, 0], n);
    }
    plain
}

/// The same of what may need escapes: apart, because every name would pay for the room that this needs.
#[cold]
#[inline(never)]
fn text_escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(c) = rest.chars().next() {
            let (here, after) = rest.split_at(c.len_utf8());
            if unsafe_char(c) {
                escaped(out, c);
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

/// Appends invalid UTF-8 byte by byte as `\xNN`.
fn bad_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    for b in bytes {
        out.extend_from_slice(format!("\\x{b:02x}").as_bytes());
    }
}

/// Whether the text after a backslash reads like one of our escapes, so that the backslash itself must be escaped.
fn looks_escaped(after: &str) -> bool {
    let b = after.as_bytes();
    match b.first() {
        Some(b'x') => b.get(1..3).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit)),
        Some(b'u') => b.get(1) == Some(&b'{'),
        _ => false,
    }
}

/// Appends text as part of one line; strings from outside are already escaped in it.
pub fn line(out: &mut Vec<u8>, text: &str) {
    for c in text.chars() {
        match unsafe_char(c) {
            true => escaped(out, c),
            false => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// `bytes` as safe text.
pub fn shown(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    text(&mut out, bytes);
    String::from_utf8(out).unwrap_or_default()
}

/// Decodes the escapes of a name copied from our output: `\xNN` is a byte, `\u{N}` a character. `None` if there are no
/// escapes.
pub fn unescape(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.contains(&b'\\') {
        return None;
    }
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some((b, after)) = rest.split_first() {
        let real = if *b == b'\\' { byte(after).or_else(|| character(after)) } else { None };
        rest = match real {
            Some((real, tail)) => {
                out.extend_from_slice(&real);
                tail
            }
            None => {
                out.push(*b);
                after
            }
        };
    }
    (out != bytes).then_some(out)
}

fn hex(digits: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(digits).ok().filter(|t| t.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(text, 16).ok()
}

/// The byte of `xNN`, and the rest.
fn byte(after: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let value = hex(after.strip_prefix(b"x")?.get(..2)?)?;
    Some((vec![u8::try_from(value).ok()?], after.get(3..)?))
}

/// The character of `u{N}`, and the rest.
fn character(after: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let inner = after.strip_prefix(b"u{")?;
    let end = inner.iter().position(|b| *b == b'}')?;
    let c = char::from_u32(hex(inner.get(..end)?)?)?;
    Some((c.to_string().into_bytes(), inner.get(end + 1..)?))
}

/// Appends `bytes` as a JSON string, quotes included. Always valid UTF-8.
pub fn json(out: &mut Vec<u8>, bytes: &[u8]) {
    append(out, [b'"'], 1);
    if !push_plain(out, bytes, b'"') {
        json_escaped(out, bytes);
    }
    append(out, [b'"'], 1);
}

#[cold]
#[inline(never)]
fn json_escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(c) = rest.chars().next() {
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            match c {
                '\\' if looks_escaped(after) => out.extend_from_slice(b"\\\\x5c"),
                c => json_char(out, c),
            }
            rest = after;
        }
        for b in chunk.invalid() {
            out.extend_from_slice(format!("\\\\x{b:02x}").as_bytes());
        }
    }
}

/// Appends text of ours as a JSON string; strings from outside are already escaped in it.
pub fn json_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    text.chars().for_each(|c| json_char(out, c));
    out.push(b'"');
}

/// Appends one character of a JSON string.
fn json_char(out: &mut Vec<u8>, c: char) {
    match c {
        '\t' => out.extend_from_slice(b"\\t"),
        '\n' => out.extend_from_slice(b"\\n"),
        '\r' => out.extend_from_slice(b"\\r"),
        '\x0c' => out.extend_from_slice(b"\\f"),
        '\x08' => out.extend_from_slice(b"\\b"),
        '"' => out.extend_from_slice(b"\\\""),
        '\\' => out.extend_from_slice(b"\\\\"),
        c if unsafe_char(c) => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        }
        c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
    }
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
        for (typed, real) in
            [("\\u{9b}x", "\u{9b}x"), ("a\\u{202e}\\x1b", "a\u{202e}\x1b"), ("\\u{e0041}", "\u{e0041}")]
        {
            assert_eq!(unescape(typed.as_bytes()).as_deref(), Some(real.as_bytes()), "{typed}");
            assert_eq!(shown(real.as_bytes()), typed);
        }
        for odd in ["\\u{}", "\\u{110000}", "\\u{d800}", "\\u{9b", "\\x+1", "\\x", "\\u{+9b}", "\\"] {
            assert_eq!(unescape(odd.as_bytes()), None, "{odd}");
        }
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

    #[test]
    fn json_leaves_nothing_that_acts_on_a_terminal() {
        for c in (0..=0x10ffff).filter_map(char::from_u32).filter(|c| unsafe_char(*c)) {
            let (mut outside, mut ours) = (Vec::new(), Vec::new());
            json(&mut outside, c.to_string().as_bytes());
            json_text(&mut ours, &c.to_string());
            assert!(outside == ours && outside.is_ascii(), "{c:?}");
            assert!(outside.iter().all(|b| (0x20..0x7f).contains(b)), "{c:?}");
            assert_eq!(serde_json::from_slice::<String>(&outside).unwrap(), c.to_string());
        }
    }

    #[test]
    fn eight_bytes_at_once_say_what_one_says() {
        for len in 0..20 {
            for at in 0..len {
                for b in 0..=255u8 {
                    let mut bytes = vec![b'x'; len];
                    bytes[at] = b;
                    let plain = (0x20..0x7f).contains(&b) && b != b'\\' && b != b'"';
                    assert_eq!(is_plain(&bytes, b'"'), plain, "{b} at {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn a_guarded_text_keeps_its_lines_and_backslashes() {
        assert_eq!(guard("a\\x1b\n\tb"), "a\\x1b\n\tb");
        assert_eq!(guard("a\u{1b}[31m\u{9b}\n"), "a\\x1b[31m\\u{9b}\n");
    }
}
