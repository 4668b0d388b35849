//! The words of `macsec`: channel, association, and their settings.

use super::attrs::*;
use crate::diag::{Diag, Span};
use crate::grammar::number::{Named, U32, U64, unsigned};
use crate::grammar::value::Flag;
use crate::grammar::{Arg, Fallback, Grammar, Row, Target, Value, Words};
use crate::net::Trail;
use crate::object::link::kind::macsec::{Owner, Port, Sci};
use crate::output::secret::HIDDEN;
use crate::rows;
use std::borrow::Cow;

/// Bytes of a key id: MACSEC_KEYID_LEN of linux/if_macsec.h.
pub const KEY_ID: usize = 16;
/// Bytes of a salt: MACSEC_SALT_LEN of linux/if_macsec.h.
pub const SALT: usize = 12;
/// Bytes of the longest key: MACSEC_MAX_KEY_LEN of linux/if_macsec.h.
const KEY_MAX: usize = 128;

/// A receive channel that is being parsed.
#[derive(Default)]
pub struct Channel {
    address: Option<Vec<u8>>,
    port: Option<u16>,
    /// The secure channel identifier.
    pub sci: Option<u64>,
}

impl Target for Channel {}

impl Channel {
    /// Combines address and port into the SCI; they end the words of a channel.
    fn join(&mut self, w: &mut Words<'_>) {
        let Some(([a, b, c, d, e, f], port)) =
            self.address.as_deref().and_then(|a| a.first_chunk::<6>()).zip(self.port)
        else {
            return;
        };
        let [high, low] = port.to_be_bytes();
        self.sci = Some(u64::from_be_bytes([*a, *b, *c, *d, *e, *f, high, low]));
        w.stop();
    }
}

static CHANNEL_ROWS: &[Row<Channel>] = rows!(Channel;
    "sci" => Sci, "secure channel identifier (SCI): 16 hex digits", |c, v, w| {
        let at = w.at().saturating_sub(2);
        let keyword = w.line().get(at).map_or(&b""[..], Vec::as_slice);
        match (&c.address, c.port) {
            (Some(_), _) => return Err(Arg { bytes: keyword, at }.wrong("expected port")),
            (_, Some(_)) => return Err(Arg { bytes: keyword, at }.wrong("expected address")),
            _ => {}
        }
        c.sci = Some(v);
        w.stop();
        Ok(())
    };
    "port" => Port, "port of the SCI, 1 to 65535, together with address", |c, v, w| {
        if c.port.replace(v).is_some() {
            return Err(no_channel(w));
        }
        c.join(w);
        Ok(())
    };
    "address" => Owner, "MAC address of the SCI, together with port", |c, v, w| {
        if c.address.replace(v).is_some() {
            return Err(no_channel(w));
        }
        c.join(w);
        Ok(())
    };
);

/// The words of a receive channel.
pub static CHANNEL: Grammar<Channel> = Grammar {
    title: "SCI",
    rows: &[CHANNEL_ROWS],
    fallback: Fallback::Unknown(|arg| arg.wrong("expected sci, port, or address")),
};

/// The error about words that do not name a channel.
pub fn no_channel(w: &Words<'_>) -> Diag {
    Diag::usage("expected sci").line((w.help)().trim_end()).at(Span::word(w.at()))
}

/// The settings of a channel or an association.
#[derive(Default)]
pub struct Settings {
    /// The settings are of an association; a channel can only be on or off.
    pub of_association: bool,
    /// The next packet number, and whether it is a 64-bit one (XPN).
    pub number: Option<(u64, bool)>,
    /// The short secure channel identifier.
    pub ssci: Option<u32>,
    /// The salt.
    pub salt: Option<[u8; SALT]>,
    /// The key id and the key.
    pub key: Option<([u8; KEY_ID], Vec<u8>)>,
    /// On or off.
    pub active: Option<bool>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Target for Settings {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }

    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        let name = names.first()?;
        let given = match *name {
            "pn" | "xpn" => self.number.is_some(),
            "salt" => self.salt.is_some(),
            "ssci" => self.ssci.is_some(),
            _ => false,
        };
        given.then(|| Diag::garbage(name, name, Span::word(w.at().saturating_sub(1))))
    }
}

impl Settings {
    fn number(&mut self, v: u64, extended: bool, w: &Words<'_>) -> Result<(), Diag> {
        if v == 0 {
            let at = w.at().saturating_sub(1);
            let bytes = w.line().get(at).map_or(&b""[..], Vec::as_slice);
            return Err(Arg { bytes, at }.wrong("expected pn != 0"));
        }
        self.number = Some((v, extended));
        self.trail.note(&[MACSEC_ATTR_SA_CONFIG, MACSEC_SA_ATTR_PN]);
        Ok(())
    }

    fn switch(&mut self, on: bool, w: &Words<'_>) -> Result<(), Diag> {
        if self.active.replace(on).is_some() {
            let word = if on { "on" } else { "off" };
            return Err(Diag::garbage("on/off", word, Span::word(w.at().saturating_sub(1))));
        }
        self.trail.note(&match self.of_association {
            true => [MACSEC_ATTR_SA_CONFIG, MACSEC_SA_ATTR_ACTIVE],
            false => [MACSEC_ATTR_RXSC_CONFIG, MACSEC_RXSC_ATTR_ACTIVE],
        });
        Ok(())
    }
}

static SETTING_ROWS: &[Row<Settings>] = rows!(Settings;
    "pn" => Named("<u32>", U32("expected pn")), "next packet number, 1 or more",
    |c, v, w| c.number(u64::from(v), false, w);
    "xpn" => Named("<u64>", U64("expected pn")), "next packet number for an XPN cipher suite, 64 bits",
    |c, v, w| c.number(v, true, w);
    "salt" => Salt, "salt of an XPN cipher suite: 24 hex digits", |c, v| {
        c.salt = Some(v);
        c.trail.note(&[MACSEC_ATTR_SA_CONFIG, MACSEC_SA_ATTR_SALT]);
    };
    "ssci" => Ssci, "short secure channel identifier of an XPN cipher suite, in hexadecimal", |c, v| {
        c.ssci = Some(v);
        c.trail.note(&[MACSEC_ATTR_SA_CONFIG, MACSEC_SA_ATTR_SSCI]);
    };
    "key" => Key, "key id and key, in hex digits (for add)", |c, v| {
        c.key = Some(v);
        c.trail.note(&[MACSEC_ATTR_SA_CONFIG, MACSEC_SA_ATTR_KEYID]);
        c.trail.note(&[MACSEC_ATTR_SA_CONFIG, MACSEC_SA_ATTR_KEY]);
    };
);
static SWITCH_ROWS: &[Row<Settings>] = rows!(Settings;
    "on" => Flag, "use the channel or association", |c, (), w| c.switch(true, w);
    "off" => Flag, "do not use it", |c, (), w| c.switch(false, w);
);

fn unknown(arg: &Arg<'_>) -> Diag {
    Diag::usage(format!("macsec: unknown command \"{}\"?", arg.shown())).at(arg.span())
}

/// The words of an association.
pub static ASSOCIATION: Grammar<Settings> =
    Grammar { title: "OPTS", rows: &[SETTING_ROWS, SWITCH_ROWS], fallback: Fallback::Unknown(unknown) };
/// The settings of a channel.
pub static SWITCHES: Grammar<Settings> =
    Grammar { title: "on | off", rows: &[SWITCH_ROWS], fallback: Fallback::Unknown(unknown) };

/// Parses pairs of hex digits, up to `max` bytes.
fn hex(word: &[u8], max: usize) -> Option<Vec<u8>> {
    let digits = std::str::from_utf8(word).ok()?;
    let pairs = digits.as_bytes().chunks(2).map(|pair| match pair {
        [a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => {
            u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()
        }
        _ => None,
    });
    pairs.collect::<Option<Vec<u8>>>().filter(|bytes| bytes.len() <= max)
}

/// Bytes, zero-padded to a fixed length.
fn padded<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    out
}

/// A salt; a short one is zero-padded, as by `ip`.
struct Salt;

impl Value for Salt {
    type Out = [u8; SALT];
    fn meta(&self) -> Cow<'static, str> {
        "SALT".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<[u8; SALT], Diag> {
        let arg = w.next()?;
        hex(arg.bytes, SALT).map(|bytes| padded(&bytes)).ok_or_else(|| arg.wrong("expected salt"))
    }
}

/// 32 bits in hexadecimal.
struct Ssci;

impl Value for Ssci {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "<u32>".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let number = unsigned(arg.bytes, 16).and_then(|v| u32::try_from(v).ok());
        number.ok_or_else(|| arg.wrong("expected ssci"))
    }
}

/// A key id and a key. No message repeats the key, not even a malformed one, which may lack just one digit.
struct Key;

impl Value for Key {
    type Out = ([u8; KEY_ID], Vec<u8>);
    fn meta(&self) -> Cow<'static, str> {
        "ID KEY".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        let id = hex(arg.bytes, KEY_ID).ok_or_else(|| {
            // A longer word may be the key.
            let shown = if arg.bytes.len() < 2 * KEY_ID { arg.shown() } else { HIDDEN.to_string() };
            Diag::wrong(&shown, "expected key id", arg.span())
        })?;
        let arg = w.next()?;
        let key = hex(arg.bytes, KEY_MAX).ok_or_else(|| {
            let d = Diag::wrong(HIDDEN, "expected key", arg.span());
            match arg.bytes.len() % 2 {
                1 if arg.bytes.iter().all(u8::is_ascii_hexdigit) => d.hint("an odd number of digits"),
                _ => d,
            }
        })?;
        Ok((padded(&id), key))
    }
}
