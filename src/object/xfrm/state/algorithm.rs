//! ALGO: the algorithms of a state, with their keys. Only `list`, `get`, `allocspi` and `monitor` print keys.

use crate::diag::{Diag, Span};
use crate::grammar::number::U32;
use crate::grammar::{Arg, Offer, Value, Walk, Words};
use crate::output::secret::{self, HIDDEN};
use crate::schema::xfrm::*;
use std::borrow::Cow;

/// iproute2's maximum key length, in bytes.
const KEY_MAX: usize = 512;

/// The type of an algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Encryption.
    Enc,
    /// Authentication.
    Auth,
    /// Authentication with the length of the truncated ICV.
    AuthTrunc,
    /// Authenticated encryption.
    Aead,
    /// Compression.
    Comp,
}

impl Kind {
    /// The keyword.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Enc => "enc",
            Kind::Auth => "auth",
            Kind::AuthTrunc => "auth-trunc",
            Kind::Aead => "aead",
            Kind::Comp => "comp",
        }
    }

    /// The attribute.
    pub const fn attribute(self) -> u16 {
        match self {
            Kind::Enc => XFRMA_ALG_CRYPT,
            Kind::Auth => XFRMA_ALG_AUTH,
            Kind::AuthTrunc => XFRMA_ALG_AUTH_TRUNC,
            Kind::Aead => XFRMA_ALG_AEAD,
            Kind::Comp => XFRMA_ALG_COMP,
        }
    }

    /// The placeholder of the length after the key, with iproute2's error.
    const fn length(self) -> Option<(&'static str, &'static str)> {
        match self {
            Kind::AuthTrunc => Some(("ALGO-TRUNC-LEN", "ALGO-TRUNC-LEN value is invalid")),
            Kind::Aead => Some(("ALGO-ICV-LEN", "ALGO-ICV-LEN value is invalid")),
            _ => None,
        }
    }

    /// Whether a state cannot have both types.
    pub fn excludes(self, other: Kind) -> bool {
        self == other
            || match self {
                Kind::Comp => false,
                Kind::Aead => other != Kind::Comp,
                Kind::Enc => other == Kind::Aead,
                Kind::Auth | Kind::AuthTrunc => matches!(other, Kind::Auth | Kind::AuthTrunc | Kind::Aead),
            }
    }
}

/// An algorithm of a state, as sent.
#[derive(Clone)]
pub struct Algorithm {
    /// Its type.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// struct xfrm_algo, xfrm_algo_auth or xfrm_algo_aead.
    pub bytes: Vec<u8>,
}

/// The words of an algorithm after its keyword.
pub struct Algo(pub Kind);

/// The next word; `name` is what the error calls a missing one.
fn required<'a>(w: &mut Words<'a>, name: &str) -> Result<Arg<'a>, Diag> {
    let missing = Diag::usage(format!("Error: argument \"{name}\" is required")).at(Span::word(w.at()));
    w.next().map_err(|_| missing)
}

impl Value for Algo {
    type Out = Algorithm;
    fn meta(&self) -> Cow<'static, str> {
        match self.0 {
            Kind::Comp => "NAME".into(),
            Kind::AuthTrunc => "NAME KEY BITS".into(),
            Kind::Aead => "NAME KEY ICV-BITS".into(),
            Kind::Enc | Kind::Auth => "NAME KEY".into(),
        }
    }
    fn term(&self) -> Cow<'static, str> {
        match self.0 {
            Kind::Comp => "ALGO-NAME".into(),
            Kind::AuthTrunc => "ALGO-NAME ALGO-KEYMAT ALGO-TRUNC-LEN".into(),
            Kind::Aead => "ALGO-NAME ALGO-KEYMAT ALGO-ICV-LEN".into(),
            Kind::Enc | Kind::Auth => "ALGO-NAME ALGO-KEYMAT".into(),
        }
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Algorithm, Diag> {
        let name = required(w, "ALGO-NAME")?;
        let mut bytes = name.bytes.to_vec();
        if bytes.len() >= ALGO_NAME {
            // iproute2 would truncate it.
            let d = Diag::wrong(&secret::shown(name.bytes), "ALGO-NAME value is too long", name.span());
            return Err(d.hint("a name has at most 63 bytes"));
        }
        bytes.resize(ALGO_NAME, 0);
        let mut key = Vec::new();
        if self.0 != Kind::Comp {
            let arg = required(w, "ALGO-KEYMAT")?;
            key = key_of(&arg)?;
        }
        let bits = u32::try_from(key.len() * 8).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&bits.to_ne_bytes());
        if let Some((what, why)) = self.0.length() {
            let arg = required(w, what)?;
            let length = U32::parse(arg.bytes);
            // This word may be the key, in the wrong position.
            let length = length.ok_or_else(|| Diag::wrong(&secret::shown(arg.bytes), why, arg.span()))?;
            bytes.extend_from_slice(&length.to_ne_bytes());
        }
        bytes.extend_from_slice(&key);
        Ok(Algorithm { kind: self.0, name: secret::shown(name.bytes), bytes })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        let names: &[&str] = match self.0 {
            Kind::Enc => &["cbc(aes)", "rfc3686(ctr(aes))", "cbc(des3_ede)", "cbc(camellia)", "ecb(cipher_null)"],
            Kind::Auth | Kind::AuthTrunc => {
                &["hmac(sha256)", "hmac(sha384)", "hmac(sha512)", "hmac(sha1)", "xcbc(aes)", "cmac(aes)", "digest_null"]
            }
            Kind::Aead => {
                &["rfc4106(gcm(aes))", "rfc4309(ccm(aes))", "rfc4543(gcm(aes))", "rfc7539esp(chacha20,poly1305)"]
            }
            Kind::Comp => &["deflate"],
        };
        names.iter().map(|name| Offer::new(*name, "")).collect()
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        if w.words.is_empty() {
            let offers = self.offer(w.words);
            return w.want(offers, &self.meta());
        }
        w.pass(&|w| self.take(w).map(drop), &|_| Vec::new(), &|_| Vec::new(), &self.meta());
        // What is missing after the name or the key is not a keyword.
        let missing = w.words.is_empty()
            && w.wrong.pop().is_some_and(|d| {
                let ends = d.what().first().is_some_and(|t| t.ends_with("is required"));
                if !ends {
                    w.wrong.push(d);
                }
                ends
            });
        if missing {
            w.want(Vec::new(), &self.meta());
        }
    }
}

/// A key: hex digits after `0x`, or the bytes of the word. The error does not repeat it.
fn key_of(arg: &Arg<'_>) -> Result<Vec<u8>, Diag> {
    let wrong = |why| Diag::wrong(HIDDEN, why, arg.span());
    // `0x` without digits is text.
    let key = match arg.bytes.strip_prefix(b"0x").filter(|digits| !digits.is_empty()) {
        Some(digits) => hex(digits).ok_or_else(|| wrong("ALGO-KEYMAT value is invalid"))?,
        None => arg.bytes.to_vec(),
    };
    match key.len() {
        ..=KEY_MAX => Ok(key),
        _ => Err(wrong("ALGO-KEYMAT value makes buffer overflow\n").hint("a key has at most 512 bytes")),
    }
}

/// Decodes hex digits; an odd number of them gets a leading 0.
fn hex(digits: &[u8]) -> Option<Vec<u8>> {
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|v| u8::try_from(v).ok());
    let mut all = digits.iter().map(digit).collect::<Option<Vec<u8>>>()?;
    if all.len() % 2 == 1 {
        all.insert(0, 0);
    }
    Some(all.chunks_exact(2).map(|c| c.iter().fold(0, |v, d| v << 4 | d)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_hex_and_as_text() {
        let key = |word: &[u8]| key_of(&Arg { bytes: word, at: 9 });
        assert_eq!(key(b"0x123").unwrap(), [1, 0x23]);
        assert_eq!(key(b"0x").unwrap(), b"0x");
        assert!(key(b"").unwrap().is_empty());
        assert_eq!(key(b"0X12").unwrap(), b"0X12");
        assert_eq!(key(&[b'x'; KEY_MAX]).unwrap().len(), KEY_MAX);
        for wrong in [&b"0xsecret"[..], b"0x+1", b"0x 1", &[b'x'; KEY_MAX + 1]] {
            let d = key(wrong).unwrap_err();
            assert!(!d.lines().contains("secret") && !d.lines().contains("xx"), "{}", d.lines());
        }
    }

    #[test]
    fn one_of_each_sort() {
        assert!(Kind::Aead.excludes(Kind::Enc) && Kind::Auth.excludes(Kind::AuthTrunc));
        assert!(!Kind::Enc.excludes(Kind::Auth) && !Kind::Comp.excludes(Kind::Enc) && !Kind::Aead.excludes(Kind::Comp));
    }
}
