//! Hides the keys of `macsec` and `xfrm` in messages that repeat the command line.

use std::borrow::Cow;

/// What is printed for a key.
pub const HIDDEN: &str = "<hidden>";

/// Hex digits of the shortest word that counts as a key wherever it stands: 128 bits. The keyword before it may be
/// misspelt.
const KEY_DIGITS: usize = 32;
/// Bytes; a longer word than any algorithm name: it may be a mistyped key.
const LONG: usize = 64;
/// Keywords that are followed by an identifier or an algorithm, and then a key.
const KEYWORDS: &[&str] = &["key", "enc", "auth", "auth-trunc", "aead"];

/// A command line with its keys hidden. The line may be malformed.
pub fn without_keys(words: &[Vec<u8>]) -> Cow<'_, [Vec<u8>]> {
    let Some(object) = words.iter().skip(1).position(|w| has_keys(w)).map(|at| at + 1) else {
        return Cow::Borrowed(words);
    };
    let is_keyword = |at: usize| words.get(at).is_some_and(|w| KEYWORDS.iter().any(|k| w == k.as_bytes()));
    let is_key = |at: usize| at > object + 2 && is_keyword(at - 2) || words.get(at).is_some_and(|w| looks_like_key(w));
    let shown = words.iter().enumerate().map(|(at, w)| if is_key(at) { HIDDEN.into() } else { w.clone() });
    Cow::Owned(shown.collect())
}

/// Whether a word is, possibly abbreviated, the name of an object with keys.
fn has_keys(word: &[u8]) -> bool {
    word.starts_with(b"mac") || word.starts_with(b"xf")
}

/// A word in a message, hidden if it could be a key.
pub fn shown(word: &[u8]) -> String {
    match looks_like_key(word) {
        true => HIDDEN.into(),
        false => crate::output::escape::shown(word),
    }
}

fn looks_like_key(word: &[u8]) -> bool {
    let digits = word.strip_prefix(b"0x").unwrap_or(word);
    digits.len() >= KEY_DIGITS && digits.iter().all(u8::is_ascii_hexdigit) || word.len() >= LONG
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let words: Vec<Vec<u8>> = line.split(' ').map(|w| w.as_bytes().to_vec()).collect();
        without_keys(&words).iter().map(|w| String::from_utf8_lossy(w).into_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_are_hidden_and_nothing_else() {
        let long = "00112233445566778899aabbccddeeff";
        for (line, wanted) in [
            ("rip macsec add m0 tx sa 0 pn 1 key 01 1234 on", "rip macsec add m0 tx sa 0 pn 1 key 01 <hidden> on"),
            ("rip -n a mac add m0 tx sa 0 key 01 x", "rip -n a mac add m0 tx sa 0 key 01 <hidden>"),
            (
                "rip xfrm state add enc cbc(aes) k auth sha1 l",
                "rip xfrm state add enc cbc(aes) <hidden> auth sha1 <hidden>",
            ),
            ("rip link add g type gre key 5 local 10.0.0.1", "rip link add g type gre key 5 local 10.0.0.1"),
            ("rip macsec add m0 key", "rip macsec add m0 key"),
        ] {
            assert_eq!(shown(line), wanted);
        }
        assert_eq!(shown(&format!("rip macsce add m0 tx kye 01 {long}")), "rip macsce add m0 tx kye 01 <hidden>");
        assert_eq!(shown(&format!("rip xfrm state add enk aes 0x{long}")), "rip xfrm state add enk aes <hidden>");
        assert_eq!(shown(&format!("rip link set a alias {long}")), format!("rip link set a alias {long}"));
    }
}
