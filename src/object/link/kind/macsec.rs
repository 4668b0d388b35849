//! `macsec`: encrypted Ethernet (IEEE 802.1AE; linux/if_link.h, IFLA_MACSEC_*).

use super::{Body, Data, Filled, Kind, RecordWriter, unknown_command};
use crate::diag::{Diag, Span};
use crate::grammar::number::{U8, U16, U32, unsigned};
use crate::grammar::value::{LlAddr, OneOf, Switch};
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value, Words, suggest};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoMacSec};
use std::borrow::Cow;

raw!(InfoMacSec);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_MACSEC_SCI = 1: U64, Set;
    IFLA_MACSEC_PORT = 2: Be16, Set;
    IFLA_MACSEC_ICV_LEN = 3: U8, Set;
    IFLA_MACSEC_CIPHER_SUITE = 4: U64, Set;
    IFLA_MACSEC_WINDOW = 5: U32, Set;
    IFLA_MACSEC_ENCODING_SA = 6: U8, Set;
    IFLA_MACSEC_ENCRYPT = 7: U8, Set;
    IFLA_MACSEC_PROTECT = 8: U8, Set;
    IFLA_MACSEC_INC_SCI = 9: U8, Set;
    IFLA_MACSEC_ES = 10: U8, Set;
    IFLA_MACSEC_SCB = 11: U8, Set;
    IFLA_MACSEC_REPLAY_PROTECT = 12: U8, Set;
    IFLA_MACSEC_VALIDATION = 13: U8, Set;
    IFLA_MACSEC_OFFLOAD = 15: U8, Set;
}

/// Links of type `macsec`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse(w)),
    tables: &[&IDENTITY, &GRAMMAR],
    describe: Some(describe),
    ..Kind::named("macsec")
        .terms(&[(
            "",
            "[ [ address <lladdr> ] port { 1..2^16-1 } | sci <u64> ] [ replay { on | off } window { 0..2^32-1 } ]",
        )])
        .about("encrypted Ethernet (IEEE 802.1AE)")
        .examples(&[(
            "rip link add link eth0 name macsec0 type macsec encrypt on",
            "with encryption; rip macsec sets the keys",
        )])
};

/// Attributes, and what is checked at the end of the line.
#[derive(Default)]
pub struct Builder {
    data: Data<InfoMacSec>,
    address: Option<Vec<u8>>,
    named: bool,
    send_sci: bool,
    end_station: bool,
    scb: bool,
    replay: Option<bool>,
    window: Option<(u32, Span)>,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.data.trail.close(span);
    }
}

/// The SCI, recognised only in the first words of a line.
static IDENTITY_ROWS: &[Row<Builder>] = rows!(Builder;
    "sci" => Sci, "secure channel identifier (SCI): 16 hex digits", |d, v, w| {
        if d.address.is_some() {
            let arg = w.line().get(w.at().saturating_sub(2)).map_or(&b""[..], Vec::as_slice);
            return Err(crate::grammar::Arg { bytes: arg, at: w.at().saturating_sub(2) }.wrong("expected port"));
        }
        d.named = true;
        // iproute2 treats 0 as no SCI.
        d.data.put(if v == 0 { InfoMacSec::Port(0) } else { InfoMacSec::Sci(v.to_be()) });
        w.stop();
        Ok(())
    };
    "address" => Owner, "MAC address of the SCI; port follows", |d, v| d.address = Some(v);
    "port" => Port, "port of the SCI, 1-65535", |d, v, w| {
        d.named = true;
        match d.address.as_deref().and_then(|a| a.first_chunk::<6>()) {
            Some([a, b, c, e, f, g]) => {
                let [high, low] = v.to_be_bytes();
                d.data.put(InfoMacSec::Sci(u64::from_ne_bytes([*a, *b, *c, *e, *f, *g, high, low])));
            }
            None => d.data.put(InfoMacSec::Port(v)),
        }
        w.stop();
    };
);

static IDENTITY: Grammar<Builder> =
    Grammar { title: "MACSEC IDENTITY", rows: &[IDENTITY_ROWS], fallback: Fallback::Stop };

const fn switch(name: &'static str) -> Switch {
    Switch(name, 1)
}

/// What happens to received frames that fail validation (enum macsec_validation_type).
pub const VALIDATE: OneOf<u8> = OneOf("validate", &[("disabled~", 0), ("check~", 1), ("strict~", 2)]);
/// Offload modes (enum macsec_offload).
const OFFLOADS: OneOf<u8> = OneOf("offload", &[("off~", 0), ("phy~", 1), ("mac~", 2)]);

static ROWS: &[Row<Builder>] = rows!(Builder;
    "cipher" => Cipher, "cipher suite", |d, v| d.data.raw(IFLA_MACSEC_CIPHER_SUITE, v.to_ne_bytes());
    "icvlen" => IcvLen, "ICV length, bytes, 8-16", |d, v| d.data.put(InfoMacSec::IcvLen(v));
    "encrypt" => switch("encrypt"), "encryption: on, or off for authentication only", |d, v| d.data.put(InfoMacSec::Encrypt(v.into()));
    "send_sci" => switch("send_sci"), "send the SCI in every frame", |d, v| {
        d.send_sci = v;
        d.data.put(InfoMacSec::IncSci(v.into()));
    };
    "end_station" => switch("end_station"), "end station bit", |d, v| {
        d.end_station = v;
        d.data.put(InfoMacSec::Es(v.into()));
    };
    "scb" => switch("scb"), "single copy broadcast bit", |d, v| {
        d.scb = v;
        d.data.put(InfoMacSec::Scb(v.into()));
    };
    "protect" => switch("protect"), "protect transmitted frames", |d, v| d.data.put(InfoMacSec::Protect(v.into()));
    "replay" => switch("replay"), "replay protection; needs window", |d, v| d.replay = Some(v);
    "window" => U32("expected replay window size"), "replay window, frames", |d, v, w| d.window = Some((v, Span::word(w.at().saturating_sub(1))));
    "validate" => VALIDATE, "validation of received frames", |d, v| d.data.put(InfoMacSec::Validation(v.into()));
    "encodingsa" => Association, "secure association used for transmission, 0-3", |d, v| d.data.put(InfoMacSec::EncodingSa(v));
    "offload" => Offload, "offload: off, phy or mac", |d, v| d.data.put(InfoMacSec::Offload(v.into()));
);

static GRAMMAR: Grammar<Builder> =
    Grammar { title: "MACSEC", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("macsec", arg)) };

fn parse(w: &mut Words<'_>) -> Result<Filled, Diag> {
    let mut d = Builder::default();
    IDENTITY.parse(&mut d, w)?;
    if d.address.is_some() && !d.named {
        // Without a port there is no SCI; iproute2 sends this port.
        d.data.put(InfoMacSec::Port(0));
    }
    GRAMMAR.parse(&mut d, w)?;
    match (d.replay, d.window) {
        (None, Some((window, span))) if window != u32::MAX => {
            return Err(Diag::fail(format!(
                "replay window set, but replay protection not enabled. did you mean 'replay on window {window}'?"
            ))
            .at(span));
        }
        (Some(true), None) => {
            return Err(Diag::fail(
                "replay protection enabled, but no window set. did you mean 'replay on window VALUE'?",
            )
            .at(Span::word(w.at())));
        }
        (Some(on), window) => {
            d.data.put(InfoMacSec::ReplayProtect(on.into()));
            if let Some((window, _)) = window.filter(|_| on) {
                d.data.put(InfoMacSec::Window(window));
            }
        }
        (None, _) => {}
    }
    if [d.send_sci, d.end_station, d.scb].iter().filter(|on| **on).count() > 1 {
        return Err(Diag::fail("invalid combination of send_sci/end_station/scb"));
    }
    Ok(Filled { body: Body::Data(InfoData::MacSec(d.data.list)), trail: d.data.trail })
}

/// An offload mode; an abbreviated word is accepted with a warning.
pub struct Offload;

impl Offload {
    /// The name of an offload mode.
    pub fn name(kind: u8) -> &'static str {
        OFFLOADS.name(kind).unwrap_or("(unknown)")
    }
}

impl Value for Offload {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        OFFLOADS.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let word = w.peek().map(|arg| arg.shown()).unwrap_or_default();
        let kind = OFFLOADS.take(w)?;
        let name = Offload::name(kind);
        if name != word {
            crate::output::out::print_stderr(&format!(
                "WARNING: '{word}' matches '{name}' by prefix.\n\
                 Matching by prefix is deprecated in this context, please use the full string.\n"
            ));
        }
        Ok(kind)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        OFFLOADS.offer(w)
    }
}

/// A secure channel identifier: 64 bits in hexadecimal.
pub struct Sci;

impl Value for Sci {
    type Out = u64;
    fn meta(&self) -> Cow<'static, str> {
        "SCI".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u64, Diag> {
        let arg = w.next()?;
        unsigned(arg.bytes, 16).ok_or_else(|| arg.wrong("expected sci"))
    }
}

/// An Ethernet address; a bad one is a usage error here.
pub struct Owner;

impl Value for Owner {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        LlAddr.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let at = Span::word(w.at());
        let word = w.peek().map(|a| a.shown()).unwrap_or_default();
        let bytes = LlAddr.take(w).map_err(|d| match word.as_str() {
            "" => d,
            word => {
                d.with_code(crate::diag::USAGE).line(format!("Error: argument \"{word}\" is wrong: expected lladdr"))
            }
        })?;
        if bytes.len() != 6 {
            return Err(Diag::usage(format!("Invalid address length {} - must be 6 bytes", bytes.len())).at(at));
        }
        Ok(bytes)
    }
}

/// A port of an SCI, not 0.
pub struct Port;

impl Value for Port {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "PORT".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        match U16::parse(arg.bytes) {
            Some(0) => Err(arg.wrong("expected port != 0")),
            Some(v) => Ok(v),
            None => Err(arg.wrong("expected port")),
        }
    }
}

/// The cipher suites of linux/if_macsec.h, with the first number of `default` (MACSEC_DEFAULT_CIPHER_ID).
const CIPHERS: &[(&str, u64)] = &[
    ("default", 0x0080_0200_0100_0001),
    ("GCM-AES-128", 0x0080_C200_0100_0001),
    ("GCM-AES-256", 0x0080_C200_0100_0002),
    ("GCM-AES-XPN-128", 0x0080_C200_0100_0003),
    ("GCM-AES-XPN-256", 0x0080_C200_0100_0004),
];

/// The name of a cipher suite.
pub fn cipher(suite: u64) -> &'static str {
    match CIPHERS.iter().find(|(_, n)| *n == suite) {
        Some(("default", _)) => "GCM-AES-128",
        Some((name, _)) => name,
        None => "(unknown)",
    }
}

/// A cipher suite by name, all upper or all lower case.
struct Cipher;

impl Value for Cipher {
    type Out = u64;
    fn meta(&self) -> Cow<'static, str> {
        "{ default | gcm-aes-128 | gcm-aes-256 | gcm-aes-xpn-128 | gcm-aes-xpn-256 }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u64, Diag> {
        let arg = w.next()?;
        let named = |n: &str| arg.is(n) || arg.is(&n.to_ascii_lowercase());
        CIPHERS.iter().find(|(n, _)| named(n)).map(|(_, v)| *v).ok_or_else(|| {
            let d = arg.wrong("expected: default, gcm-aes-128, gcm-aes-256, gcm-aes-xpn-128 or gcm-aes-xpn-256");
            let names: Vec<String> = CIPHERS.iter().map(|(n, _)| n.to_ascii_lowercase()).collect();
            suggest::hint(d, arg.bytes, names.iter().map(String::as_str))
        })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        CIPHERS.iter().map(|(n, _)| Offer::new(n.to_ascii_lowercase(), "")).collect()
    }
}

/// The length of an ICV, 8 to 16 bytes.
struct IcvLen;

impl Value for IcvLen {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "{ 8..16 }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        let v = U8::parse(arg.bytes).ok_or_else(|| arg.wrong("expected ICV length"))?;
        if (8..=16).contains(&v) { Ok(v) } else { Err(arg.wrong("ICV length must be in the range {8..16}")) }
    }
}

/// An association number, 0 to 3.
pub struct Association;

impl Value for Association {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "{ 0..3 }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        U8::parse(arg.bytes).filter(|v| *v < 4).ok_or_else(|| arg.wrong("expected an { 0..3 }"))
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u64(IFLA_MACSEC_SCI) {
        s.p.item("sci", "sci {} ", format_args!("{:016x}", u64::from_be(v)));
    }
    s.switch(IFLA_MACSEC_PROTECT, "protect", "protect {} ");
    if let Some(v) = s.d.u64(IFLA_MACSEC_CIPHER_SUITE) {
        s.p.item("cipher_suite", "cipher {} ", cipher(v));
    }
    s.u8(IFLA_MACSEC_ICV_LEN, "icv_len", "icvlen {} ");
    s.u8(IFLA_MACSEC_ENCODING_SA, "encoding_sa", "encodingsa {} ");
    named(s, 13, &VALIDATE, "validation", "validate {} ");
    named(s, 15, &OFFLOADS, "offload", "offload {} ");
    s.switch(IFLA_MACSEC_ENCRYPT, "encrypt", "encrypt {} ");
    s.switch(IFLA_MACSEC_INC_SCI, "inc_sci", "send_sci {} ");
    s.switch(IFLA_MACSEC_ES, "es", "end_station {} ");
    s.switch(IFLA_MACSEC_SCB, "scb", "scb {} ");
    s.switch(IFLA_MACSEC_REPLAY_PROTECT, "replay_protect", "replay {} ");
    s.u32(IFLA_MACSEC_WINDOW, "window", "window {} ");
}

fn named(s: &mut RecordWriter<'_, '_, '_>, attr: u16, names: &OneOf<u8>, key: &str, form: &str) {
    let Some(v) = s.d.u8(attr) else { return };
    let name = names.1.iter().find(|(_, n)| *n == v).map_or("(unknown)", |(n, _)| crate::grammar::full(n));
    s.p.item(key, form, name);
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("sci 0011223344556677 encrypt on", "1=0011223344556677 7=01"),
            ("sci 0x11", "1=0000000000000011"),
            ("port 5", "2=0005"),
            ("address 02:00:00:00:00:01 port 5", "1=0200000000010005"),
            ("address 02:00:00:00:00:01", "2=0000"),
            ("cipher default icvlen 16", "4=0100000100028000 3=10"),
            ("cipher GCM-AES-XPN-256", "4=0400000100c28000"),
            ("encrypt off send_sci on end_station off scb off protect on", "7=00 9=01 10=00 11=00 8=01"),
            ("replay on window 5", "12=01 5=05000000"),
            ("replay off", "12=00"),
            ("validate check encodingsa 3 offload mac", "13=01 6=03 15=02"),
            ("sci x", "!Error: argument \"x\" is wrong: expected sci"),
            ("port 0", "!Error: argument \"0\" is wrong: expected port != 0"),
            ("port 65536", "!Error: argument \"65536\" is wrong: expected port"),
            ("address 02:00 port 5", "!Invalid address length 2 - must be 6 bytes"),
            ("address 02:00:00:00:00:01 sci 5", "!Error: argument \"sci\" is wrong: expected port"),
            ("encrypt on port 5", "!macsec: unknown command \"port\"?"),
            ("sci 1 port 5", "!macsec: unknown command \"port\"?"),
            ("icvlen 7", "!Error: argument \"7\" is wrong: ICV length must be in the range {8..16}"),
            ("icvlen x", "!Error: argument \"x\" is wrong: expected ICV length"),
            ("encrypt x", "!Error: argument of \"encrypt\" must be one of \"off\", \"on\", not \"x\""),
            (
                "validate x",
                "!Error: argument of \"validate\" must be one of \"disabled\", \"check\", \"strict\", not \"x\"",
            ),
            ("encodingsa 4", "!Error: argument \"4\" is wrong: expected an { 0..3 }"),
            ("send_sci on scb on", "!invalid combination of send_sci/end_station/scb"),
            ("window 5", "!replay window set, but replay protection not enabled. did you mean 'replay on window 5'?"),
            ("replay on", "!replay protection enabled, but no window set. did you mean 'replay on window VALUE'?"),
            ("foo", "!macsec: unknown command \"foo\"?"),
        ];
        sends("macsec", words);
        covers("macsec", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "macsec",
            &[
                (
                    "1=0011223344556677 3=10 4=0400000100c28000 5=05000000 6=03 7=01 8=01 9=01 10=01 11=01 12=01 13=02 15=02",
                    "sci 0011223344556677 protect on cipher GCM-AES-XPN-256 icvlen 16 encodingsa 3 validate strict offload mac encrypt on send_sci on end_station on scb on replay on window 5 ",
                    r#"{"sci":"0011223344556677","protect":true,"cipher_suite":"GCM-AES-XPN-256","icv_len":16,"encoding_sa":3,"validation":"strict","offload":"mac","encrypt":true,"inc_sci":true,"es":true,"scb":true,"replay_protect":true,"window":5}"#,
                ),
                (
                    "4=0900000100028000 13=05 15=07",
                    "cipher (unknown) validate (unknown) offload (unknown) ",
                    r#"{"cipher_suite":"(unknown)","validation":"(unknown)","offload":"(unknown)"}"#,
                ),
                (
                    "4=0100000100028000 8=00 12=00",
                    "protect off cipher GCM-AES-128 replay off ",
                    r#"{"protect":false,"cipher_suite":"GCM-AES-128","replay_protect":false}"#,
                ),
            ],
        );
    }
}
