//! Fields whose key and text form are taken apart while the program is compiled: what a record writes most often.
//!
//! A piece of constant text is one store of a block and a new length. As a slice it costs the look for its length, and the
//! form the search for its value: 40 % of what a route of `route show` took.

use crate::sys::append;

/// A text of up to N bytes that is stored as one block.
#[derive(Clone, Copy)]
pub struct Piece<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Piece<N> {
    /// The bytes of `parts`, one behind the other. Longer ones do not compile.
    #[allow(clippy::indexing_slicing)]
    const fn of(parts: &[&[u8]]) -> Piece<N> {
        let (mut bytes, mut len, mut part) = ([0; N], 0, 0);
        while part < parts.len() {
            let mut at = 0;
            while at < parts[part].len() {
                bytes[len] = parts[part][at];
                (at, len) = (at + 1, len + 1);
            }
            part += 1;
        }
        Piece { bytes, len }
    }

    /// Appends it.
    #[inline(always)]
    pub fn push(&self, out: &mut Vec<u8>) {
        // Decided when the program is compiled, where the piece is known: a short one is a store of a word.
        match self.len {
            0 => {}
            1..=8 => append(out, self.bytes.first_chunk::<8>().copied().unwrap_or_default(), self.len),
            9..=16 => append(out, self.bytes.first_chunk::<16>().copied().unwrap_or_default(), self.len),
            _ => append(out, self.bytes, self.len),
        }
    }

    /// Appends it where it is not known when the program is compiled.
    #[inline(always)]
    pub fn push_any(&self, out: &mut Vec<u8>) {
        append(out, self.bytes, self.len);
    }
}

/// A field of a record; see [`field!`](crate::field).
pub struct Field {
    /// Its key in JSON.
    pub key: &'static str,
    /// The key in an object that is empty so far.
    pub first: Piece<32>,
    /// The key behind another field.
    pub next: Piece<32>,
    /// What stands before the value in text.
    pub before: Piece<24>,
    /// What stands behind the value in text.
    pub after: Piece<8>,
}

impl Field {
    /// Takes a key and a text form apart.
    pub const fn new(key: &'static str, form: &'static str) -> Field {
        let (before, after) = around(form.as_bytes());
        Field {
            key,
            first: Piece::of(&[b"\"", key.as_bytes(), b"\":"]),
            next: Piece::of(&[b",\"", key.as_bytes(), b"\":"]),
            before: Piece::of(&[before]),
            after: Piece::of(&[after]),
        }
    }
}

/// What stands before and behind the `{}` of a form.
const fn around(form: &[u8]) -> (&[u8], &[u8]) {
    let (mut before, mut rest) = (0, form);
    while let [b, behind @ ..] = rest {
        if let [b'{', b'}', after @ ..] = rest {
            return (form.split_at(before).0, after);
        }
        let _ = b;
        (before, rest) = (before + 1, behind);
    }
    (form, b"")
}

/// A [`Field`] of a key and a text form, made while the program is compiled: `p.field(field!("dev", "dev {} "), name)`.
#[macro_export]
macro_rules! field {
    ($key:literal, $form:literal) => {{
        static FIELD: $crate::output::field::Field = $crate::output::field::Field::new($key, $form);
        &FIELD
    }};
}
