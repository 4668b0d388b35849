//! Stock values: flags, choices, on/off, text, devices, link-layer addresses, times.

use super::number::unsigned;
use super::{Offer, Value, Words};
use crate::diag::{Diag, Lost, USAGE};
use std::borrow::Cow;

/// A keyword without a value.
pub struct Flag;

impl Value for Flag {
    type Out = ();
    fn meta(&self) -> Cow<'static, str> {
        "".into()
    }
    fn take(&self, _w: &mut Words<'_>) -> Result<(), Diag> {
        Ok(())
    }
}

/// Any word, as its bytes.
pub struct Text(pub &'static str);

impl Value for Text {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        self.0.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        Ok(w.next()?.bytes.to_vec())
    }
}

/// The next word and its position.
pub struct Word(pub &'static str);

impl Value for Word {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        self.0.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<(Vec<u8>, usize), Diag> {
        let arg = w.next()?;
        Ok((arg.bytes.to_vec(), arg.at))
    }
}

/// One of a few words, each with its number, and the error for any other. `~` at a word's end: may be shortened.
#[derive(Clone, Copy)]
pub struct Choice<N: 'static>(pub &'static [(&'static str, N)], pub &'static str);

impl<N: Copy> Choice<N> {
    /// The number that a word spells.
    pub fn find(&self, word: &[u8]) -> Option<N> {
        self.0.iter().find(|(n, _)| super::spells(n, word)).map(|(_, v)| *v)
    }

    /// The word for a number.
    pub fn name(&self, value: N) -> Option<&'static str>
    where
        N: PartialEq,
    {
        self.0.iter().find(|(_, v)| *v == value).map(|(n, _)| super::full(n))
    }
}

impl<N: Copy + Sync> Value for Choice<N> {
    type Out = N;
    fn meta(&self) -> Cow<'static, str> {
        let names: Vec<_> = self.0.iter().map(|(n, _)| super::full(n)).collect();
        format!("{{ {} }}", names.join(" | ")).into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<N, Diag> {
        let arg = w.next()?;
        self.find(arg.bytes).ok_or_else(|| {
            let d = arg.wrong(self.1);
            let names = self.0.iter().map(|(n, _)| super::full(n));
            super::suggest::hint(d, arg.bytes, names)
        })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        self.0.iter().map(|(n, _)| Offer::new(super::full(n), "")).collect()
    }
}

/// `on` or `off`, with the error of iproute2's older keywords (exit 1). Holds the keyword for the message.
pub struct Toggle(pub &'static str);

impl Value for Toggle {
    type Out = bool;
    fn meta(&self) -> Cow<'static, str> {
        "{ on | off }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<bool, Diag> {
        let arg = w.next()?;
        on_off(arg.bytes).ok_or_else(|| {
            Diag::fail(format!("Error: argument of \"{}\" must be \"on\" or \"off\", not \"{}\"", self.0, arg.shown()))
                .at(arg.span())
        })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("on", ""), Offer::new("off", "")]
    }
}

/// `on` or `off`, with the error of iproute2's newer keywords. Holds the keyword and the exit code.
pub struct Switch(pub &'static str, pub u8);

impl Value for Switch {
    type Out = bool;
    fn meta(&self) -> Cow<'static, str> {
        "{ on | off }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<bool, Diag> {
        let arg = w.next()?;
        on_off(arg.bytes).ok_or_else(|| {
            Diag::new(
                self.1,
                format!("Error: argument of \"{}\" must be one of \"off\", \"on\", not \"{}\"", self.0, arg.shown()),
            )
            .at(arg.span())
        })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("on", ""), Offer::new("off", "")]
    }
}

/// One of a few words, with the error of iproute2's newer keywords (exit 1). Holds the keyword and the words with their
/// numbers.
pub struct OneOf<N: 'static>(pub &'static str, pub &'static [(&'static str, N)]);

impl<N: Copy + PartialEq> OneOf<N> {
    /// The word for a number.
    pub fn name(&self, value: N) -> Option<&'static str> {
        Choice(self.1, "").name(value)
    }
}

impl<N: Copy + Sync> Value for OneOf<N> {
    type Out = N;
    fn meta(&self) -> Cow<'static, str> {
        Choice(self.1, "").meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<N, Diag> {
        let arg = w.next()?;
        Choice(self.1, "").find(arg.bytes).ok_or_else(|| {
            let names: Vec<String> = self.1.iter().map(|(n, _)| format!("\"{}\"", super::full(n))).collect();
            let (key, names, word) = (self.0, names.join(", "), arg.shown());
            let d = Diag::fail(format!("Error: argument of \"{key}\" must be one of {names}, not \"{word}\""));
            super::suggest::hint(d.at(arg.span()), arg.bytes, self.1.iter().map(|(n, _)| super::full(n)))
        })
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        Choice(self.1, "").offer(w)
    }
}

/// One of a few words. Holds the error line for any other (exit 1), and the words with their numbers.
pub struct Either<N: 'static>(pub &'static str, pub &'static [(&'static str, N)]);

impl<N: Copy + Sync> Value for Either<N> {
    type Out = N;
    fn meta(&self) -> Cow<'static, str> {
        Choice(self.1, "").meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<N, Diag> {
        let arg = w.next()?;
        Choice(self.1, "").find(arg.bytes).ok_or_else(|| {
            let d = Diag::fail(format!("Error: {}", self.0)).at(arg.span());
            super::suggest::hint(d, arg.bytes, self.1.iter().map(|(n, _)| super::full(n)))
        })
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        Choice(self.1, "").offer(w)
    }
}

fn on_off(word: &[u8]) -> Option<bool> {
    match word {
        b"on" => Some(true),
        b"off" => Some(false),
        _ => None,
    }
}

/// An existing device, parsed to its index. Holds how iproute2 reports a missing one.
pub struct Dev(pub Absent);

/// How iproute2 reports a device that does not exist.
#[derive(Clone, Copy)]
pub enum Absent {
    /// `Cannot find device "X"`, exit 1.
    CannotFind,
    /// `Device "X" does not exist.`, exit 1.
    DoesNotExist,
    /// `argument "X" is wrong: Device does not exist`, exit 255.
    Wrong,
}

impl Absent {
    /// The error about a device that does not exist.
    pub fn say(self, arg: &super::Arg<'_>) -> Diag {
        let name = arg.shown();
        let d = match self {
            Absent::CannotFind => Diag::fail(format!("Cannot find device \"{name}\"")).at(arg.span()),
            Absent::DoesNotExist => Diag::fail(format!("Device \"{name}\" does not exist.")).at(arg.span()),
            Absent::Wrong => arg.wrong("Device does not exist\n"),
        };
        d.lost(Lost::Device(arg.bytes.to_vec()))
    }
}

impl Value for Dev {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        w.names.link(arg.bytes).map_err(|d| d.at_first(arg.span()))?.ok_or_else(|| self.0.say(&arg))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// An existing device whose absence is a usage error (exit 255).
pub struct RequiredDev;

impl Value for RequiredDev {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        Dev(Absent::CannotFind).take(w).map_err(|d| d.with_code(USAGE))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// The name of a device that is looked up after the whole line has been parsed, and its position.
pub struct DevWord;

impl Value for DevWord {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        Word("DEV").take(w)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// The index of a VRF device. Holds the error for anything else.
pub struct VrfDev(pub &'static str);

impl Value for VrfDev {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "VRF".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let wrong = || arg.wrong(self.0);
        w.names.vrf(arg.bytes)?.ok_or_else(wrong)?;
        w.names.link(arg.bytes)?.ok_or_else(wrong)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// The longest device name: IFNAMSIZ - 1 of linux/if.h.
pub const NAME_MAX: usize = 15;

/// Whether iproute2 accepts this as a device name: the kernel's dev_valid_name without its check for a colon.
pub fn is_name(word: &[u8]) -> bool {
    !word.is_empty()
        && word.len() <= NAME_MAX
        && word != b"."
        && word != b".."
        && !word.iter().any(|b| *b == b'/' || b.is_ascii_whitespace() || *b == 0x0b)
}

/// Rejects what iproute2 would not accept as a device name.
///
/// # Errors
///
/// The word is not a valid device name. The error names the keyword before it, with a hint if the word is too long.
pub fn check_name(arg: &super::Arg<'_>, key: &str) -> Result<(), Diag> {
    if is_name(arg.bytes) { Ok(()) } else { Err(bad_name(arg, key)) }
}

/// The error for a word that is not a valid device name, after this keyword.
pub fn bad_name(arg: &super::Arg<'_>, key: &str) -> Diag {
    let d = arg.wrong(&format!("\"{key}\" not a valid ifname"));
    match arg.bytes.len() {
        len if len > NAME_MAX => d.hint(format!("a device name has at most {NAME_MAX} bytes; this one has {len}")),
        _ => d,
    }
}

/// A link-layer address: hexadecimal bytes separated by colons, or a dotted IPv4 address.
pub struct LlAddr;

/// Parses a link-layer address. The error is the complete message.
///
/// # Errors
///
/// The word is neither hexadecimal bytes nor an IPv4 address.
pub fn lladdr(word: &[u8]) -> Result<Vec<u8>, String> {
    let bad = || format!("\"{}\" is invalid lladdr.", crate::output::escape::shown(word));
    let text = std::str::from_utf8(word).map_err(|_| bad())?;
    if !text.contains(':') && text.contains('.') {
        return super::address::v4(text.as_bytes()).map(|a| a.octets().to_vec()).ok_or_else(bad);
    }
    let byte = |part: &str| {
        let part = part.strip_prefix("0x").unwrap_or(part);
        let number = Some(part).filter(|p| !p.is_empty() && !p.starts_with(['+', '-']))?;
        u64::from_str_radix(number, 16).ok().and_then(|v| u8::try_from(v).ok())
    };
    let bytes = text.split(':').map(byte).collect::<Option<Vec<u8>>>();
    bytes.filter(|b| b.len() <= 32).ok_or_else(bad)
}

impl Value for LlAddr {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "LLADDR".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        lladdr(arg.bytes).map_err(|e| Diag::fail(e).at(arg.span()))
    }
}

/// A time of the TCP metrics, in milliseconds with a unit, in the kernel's own units without.
pub struct Millis {
    /// Kernel units per millisecond.
    pub scale: u32,
    /// iproute2's error for anything else.
    pub why: &'static str,
}

impl Value for Millis {
    type Out = (u32, bool);
    fn meta(&self) -> Cow<'static, str> {
        "TIME".into()
    }
    /// The value, and whether it is raw (no unit was given).
    fn take(&self, w: &mut Words<'_>) -> Result<(u32, bool), Diag> {
        let arg = w.next()?;
        millis(arg.bytes).ok_or_else(|| arg.wrong(self.why)).and_then(|(v, raw)| {
            let v = if raw { Some(v) } else { v.checked_mul(self.scale) };
            v.map(|v| (v, raw)).ok_or_else(|| arg.wrong(self.why))
        })
    }
}

/// `200`, `200ms`, `1.5s`: milliseconds, and whether the unit was left out.
fn millis(word: &[u8]) -> Option<(u32, bool)> {
    if let Some(v) = unsigned(word, 0) {
        return u32::try_from(v).ok().map(|v| (v, true));
    }
    let text = std::str::from_utf8(word).ok()?;
    let split = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (digits, unit) = text.split_at(split);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let number: f64 = digits.parse().ok()?;
    let scale = match unit.to_ascii_lowercase().as_str() {
        "s" | "sec" | "secs" => 1000.0,
        "ms" | "msec" | "msecs" => 1.0,
        _ => return None,
    };
    let v = (number * scale).ceil();
    if !(0.0..=f64::from(u32::MAX)).contains(&v) {
        return None;
    }
    format!("{v:.0}").parse().ok().map(|v| (v, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices() {
        assert!(is_name(b"eth0"));
        assert!(is_name(b"123456789012345"));
        for bad in [&b""[..], b"1234567890123456", b"a/b", b".", b"..", b"a b", b"a\tb"] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }

    #[test]
    fn link_layer_addresses() {
        assert_eq!(lladdr(b"0:11:22:aa:BB:cc"), Ok(vec![0, 0x11, 0x22, 0xaa, 0xbb, 0xcc]));
        assert_eq!(lladdr(b"10.0.0.1"), Ok(vec![10, 0, 0, 1]));
        assert_eq!(lladdr(b"0x10:0xff"), Ok(vec![0x10, 0xff]));
        for bad in [&b""[..], b"zz", b"1:", b"111:1", b":", b"+1:2", b"0x", b"0x+1", b"\xff"] {
            assert!(lladdr(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn times() {
        assert_eq!(millis(b"200"), Some((200, true)));
        assert_eq!(millis(b"200ms"), Some((200, false)));
        assert_eq!(millis(b"1.5s"), Some((1500, false)));
        assert_eq!(millis(b"2SEC"), Some((2000, false)));
        for bad in [&b"x"[..], b"1h", b"-1s", b"", b"s", b"99999999999s"] {
            assert_eq!(millis(bad), None, "{bad:?}");
        }
    }
}
