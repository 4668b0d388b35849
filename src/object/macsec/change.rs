//! `macsec add`, `set`, `delete` and `offload`.

use super::FAMILY;
use super::attrs::*;
use super::words::{ASSOCIATION, CHANNEL, Channel, SWITCHES, Settings, no_channel};
use crate::command::generic;
use crate::diag::{Diag, Span};
use crate::grammar::number::U8;
use crate::grammar::value::{Absent, Dev};
use crate::grammar::{Arg, Value, Words};
use crate::net::Request;
use crate::net::attr::put;
use crate::net::generic::Family;
use crate::object::link::kind::macsec::Offload;
use crate::output::escape;
use crate::session::Session;

/// Why `-atomic` refuses changes.
const NEVER: &str = "rip does not store keys, so it cannot restore MACsec associations";

/// The operation on a channel or an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It is added.
    Add,
    /// It is changed.
    Set,
    /// It is deleted.
    Delete,
}

/// The channel or association that a line is about.
struct Subject {
    index: u32,
    /// The receive channel; `None`: the transmit channel.
    sci: Option<u64>,
    /// The association number; `None`: the channel itself.
    association: Option<u8>,
}

/// The usage as an error, for a line of no known form.
fn usage(w: &Words<'_>) -> Diag {
    w.usage_error().at(Span::word(w.at()))
}

/// Parses an association number.
///
/// # Errors
///
/// The word is not a number from 0 to 3.
pub fn association(arg: &Arg<'_>) -> Result<u8, Diag> {
    U8::parse(arg.bytes).filter(|v| *v < 4).ok_or_else(|| arg.wrong("expected an { 0..3 }"))
}

/// Parses device, direction, channel and association.
fn subject(w: &mut Words<'_>) -> Result<Subject, Diag> {
    if w.is_empty() {
        return Err(usage(w));
    }
    let index = Dev(Absent::DoesNotExist).take(w)?;
    let sci = match w.peek() {
        Some(arg) if arg.is("tx") => {
            w.skip();
            None
        }
        Some(arg) if arg.is("rx") => {
            w.skip();
            let mut channel = Channel::default();
            CHANNEL.parse(&mut channel, w)?;
            Some(channel.sci.ok_or_else(|| no_channel(w))?)
        }
        _ => return Err(usage(w)),
    };
    let association = match w.peek().filter(|arg| arg.is("sa")) {
        Some(_) => {
            w.skip();
            Some(association(&w.next()?)?)
        }
        None if sci.is_none() => return Err(usage(w)),
        None => None,
    };
    Ok(Subject { index, sci, association })
}

/// Adds, changes or deletes a receive channel or an association.
///
/// # Errors
///
/// A wrong word, the kernel lacks the family, or it refuses the request.
pub fn run(s: &Session, w: &mut Words<'_>, doing: Doing) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    // Here `help` is an ordinary word.
    w.help_word = "";
    let from = w.at();
    let subject = subject(w)?;
    let at = Span { from, to: w.at() };
    let mut settings = Settings { of_association: subject.association.is_some(), ..Settings::default() };
    // For a deletion, iproute2 ignores further words.
    if doing != Doing::Delete {
        let words = if settings.of_association { &ASSOCIATION } else { &SWITCHES };
        words.parse(&mut settings, w).map_err(|d| with_usage(d, w))?;
        check(&settings, doing).map_err(|d| d.at_first(at))?;
    }
    let words = words(s, &subject, &settings, doing);
    let request = request(&family, &subject, settings, doing);
    generic::change(s, kernel, &request, words, NEVER)?;
    Ok(0)
}

/// An unknown word is followed by the usage.
fn with_usage(d: Diag, w: &Words<'_>) -> Diag {
    let is_unknown = d.what().first().is_some_and(|line| line.starts_with("macsec: "));
    if is_unknown { d.line((w.help)().trim_end()) } else { d }
}

fn check(settings: &Settings, doing: Doing) -> Result<(), Diag> {
    let has_key = settings.key.as_ref().is_some_and(|(_, key)| !key.is_empty());
    let wrong = match doing {
        Doing::Add if !settings.of_association => return Ok(()),
        Doing::Add if !has_key => "cannot create SA without key",
        Doing::Add if settings.number.is_none() => "must specify a packet number != 0",
        Doing::Set if has_key => "cannot change key on SA",
        _ => return Ok(()),
    };
    Err(Diag::fail(wrong))
}

fn request(family: &Family, subject: &Subject, settings: Settings, doing: Doing) -> Request {
    let command = match (subject.sci, subject.association, doing) {
        (None, _, Doing::Add) => MACSEC_CMD_ADD_TXSA,
        (None, _, Doing::Set) => MACSEC_CMD_UPD_TXSA,
        (None, _, Doing::Delete) => MACSEC_CMD_DEL_TXSA,
        (Some(_), None, Doing::Add) => MACSEC_CMD_ADD_RXSC,
        (Some(_), None, Doing::Set) => MACSEC_CMD_UPD_RXSC,
        (Some(_), None, Doing::Delete) => MACSEC_CMD_DEL_RXSC,
        (Some(_), Some(_), Doing::Add) => MACSEC_CMD_ADD_RXSA,
        (Some(_), Some(_), Doing::Set) => MACSEC_CMD_UPD_RXSA,
        (Some(_), Some(_), Doing::Delete) => MACSEC_CMD_DEL_RXSA,
    };
    let mut request = family.request(command, 0).with(MACSEC_ATTR_IFINDEX, &subject.index.to_ne_bytes());
    if let Some(sci) = subject.sci {
        let mut channel = Vec::new();
        put(&mut channel, MACSEC_RXSC_ATTR_SCI, &sci.to_be_bytes());
        if let Some(on) = settings.active.filter(|_| subject.association.is_none()) {
            put(&mut channel, MACSEC_RXSC_ATTR_ACTIVE, &[on.into()]);
        }
        request.put(MACSEC_ATTR_RXSC_CONFIG, &channel);
    }
    if let Some(number) = subject.association {
        let mut sa = Vec::new();
        put(&mut sa, MACSEC_SA_ATTR_AN, &[number]);
        match settings.number {
            Some((number, true)) => {
                put(&mut sa, MACSEC_SA_ATTR_PN, &number.to_ne_bytes());
                // The kernel accepts them only with extended packet numbers.
                if let Some(salt) = settings.salt {
                    put(&mut sa, MACSEC_SA_ATTR_SALT, &salt);
                }
                if let Some(ssci) = settings.ssci {
                    put(&mut sa, MACSEC_SA_ATTR_SSCI, &ssci.to_be_bytes());
                }
            }
            Some((number, false)) => {
                put(&mut sa, MACSEC_SA_ATTR_PN, &u32::try_from(number).unwrap_or(u32::MAX).to_ne_bytes());
            }
            None => {}
        }
        if let Some((id, key)) = settings.key.as_ref().filter(|(_, key)| !key.is_empty()) {
            put(&mut sa, MACSEC_SA_ATTR_KEYID, id);
            put(&mut sa, MACSEC_SA_ATTR_KEY, key);
        }
        if let Some(on) = settings.active {
            put(&mut sa, MACSEC_SA_ATTR_ACTIVE, &[on.into()]);
        }
        request.put(MACSEC_ATTR_SA_CONFIG, &sa);
    }
    request.trail = settings.trail;
    request
}

/// A description of a change, without the key.
fn words(s: &Session, subject: &Subject, settings: &Settings, doing: Doing) -> String {
    let verb = match doing {
        Doing::Add => "add",
        Doing::Set => "set",
        Doing::Delete => "delete",
    };
    let mut out = format!("{verb} MACsec {} ", escape::shown(&s.link_name(subject.index)));
    out.push_str(&match subject.sci {
        Some(sci) => format!("rx sci {sci:016x}"),
        None => "tx".to_string(),
    });
    let mut word = |text: String| {
        out.push(' ');
        out.push_str(&text);
    };
    if let Some(number) = subject.association {
        word(format!("sa {number}"));
    }
    if let Some((number, extended)) = settings.number {
        word(format!("{} {number}", if extended { "xpn" } else { "pn" }));
    }
    if let Some((id, _)) = &settings.key {
        let id: String = id.iter().map(|b| format!("{b:02x}")).collect();
        word(format!("key {id}"));
    }
    if let Some(on) = settings.active {
        word(if on { "on" } else { "off" }.to_string());
    }
    out
}

/// Runs `macsec offload`. Like `ip`, ignores further words.
///
/// # Errors
///
/// A wrong or missing word, the kernel lacks the family, or it refuses the mode.
pub fn offload(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    if w.is_empty() {
        return Err(usage(w));
    }
    let index = Dev(Absent::DoesNotExist).take(w)?;
    let from = w.at();
    if w.is_empty() {
        return Err(usage(w));
    }
    let kind = Offload.take(w).map_err(|d| d.with_code(crate::diag::USAGE).line((w.help)().trim_end()))?;
    let mut nest = Vec::new();
    put(&mut nest, MACSEC_OFFLOAD_ATTR_TYPE, &[kind]);
    let mut request = family.request(MACSEC_CMD_UPD_OFFLOAD, 0).with(MACSEC_ATTR_IFINDEX, &index.to_ne_bytes());
    request.put(MACSEC_ATTR_OFFLOAD, &nest);
    request.trail.note(&[MACSEC_ATTR_OFFLOAD, MACSEC_OFFLOAD_ATTR_TYPE]);
    request.trail.close(Span { from, to: w.at() });
    let name = Offload::name(kind);
    let words = format!("set MACsec {} offload {name}", escape::shown(&s.link_name(index)));
    generic::change(s, kernel, &request, words, "rip does not record the offload mode of MACsec devices")?;
    Ok(0)
}

#[cfg(test)]
mod tests;
