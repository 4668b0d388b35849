//! Options in an outer header: `geneve_opts`, `vxlan_opts`, `erspan_opts` (linux/lwtunnel.h, LWTUNNEL_IP_OPT*).
//!
//! Some kernels crash on a route that carries them, so their tests only compare bytes and send nothing.

use super::{NESTED, RecordWriter};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::number::unsigned;
use crate::grammar::{Value, Words};
use crate::net::Index;
use crate::net::attr::{Attrs, put};
use crate::output::{Printer, Scalar};
use std::borrow::Cow;

/// LWTUNNEL_IP_OPTS and LWTUNNEL_IP6_OPTS (linux/lwtunnel.h).
pub const ATTR: u16 = 8;

attrs! {
    /// Inside LWTUNNEL_IP_OPTS and LWTUNNEL_IP6_OPTS.
    pub const OPTS_ATTRS;
    LWTUNNEL_IP_OPTS_GENEVE = 1: Nest(Attrs(GENEVE_ATTRS)), Set;
    LWTUNNEL_IP_OPTS_VXLAN = 2: Nest(Attrs(VXLAN_ATTRS)), Set;
    LWTUNNEL_IP_OPTS_ERSPAN = 3: Nest(Attrs(ERSPAN_ATTRS)), Set;
}

attrs! {
    /// Inside LWTUNNEL_IP_OPTS_GENEVE.
    pub const GENEVE_ATTRS;
    LWTUNNEL_IP_OPT_GENEVE_CLASS = 1: Be16, Set;
    LWTUNNEL_IP_OPT_GENEVE_TYPE = 2: U8, Set;
    LWTUNNEL_IP_OPT_GENEVE_DATA = 3: Bytes, Set;
}

attrs! {
    /// Inside LWTUNNEL_IP_OPTS_VXLAN.
    pub const VXLAN_ATTRS;
    LWTUNNEL_IP_OPT_VXLAN_GBP = 1: U32, Set;
}

attrs! {
    /// Inside LWTUNNEL_IP_OPTS_ERSPAN.
    pub const ERSPAN_ATTRS;
    LWTUNNEL_IP_OPT_ERSPAN_VER = 1: U8, Set;
    LWTUNNEL_IP_OPT_ERSPAN_INDEX = 2: Be32, Set;
    LWTUNNEL_IP_OPT_ERSPAN_DIR = 3: U8, Set;
    LWTUNNEL_IP_OPT_ERSPAN_HWID = 4: U8, Set;
}

/// The binary form of a field.
#[derive(Clone, Copy)]
enum Form {
    U8,
    Be16,
    /// In host byte order.
    U32,
    Be32,
    /// Hex digits, two a byte.
    Bytes,
}

/// The options of one tunnel type: fields separated by colons.
pub struct Layout {
    keyword: &'static str,
    meta: &'static str,
    attr: u16,
    /// Whether there can be several, separated by commas.
    many: bool,
    /// Attribute, JSON key, form.
    fields: &'static [(u16, &'static str, Form)],
}

/// `geneve_opts`: class, type and data (RFC 8926).
pub static GENEVE: Layout = Layout {
    keyword: "geneve_opts",
    meta: "CLASS:TYPE:DATA,...",
    attr: 1,
    many: true,
    fields: &[(1, "class", Form::Be16), (2, "type", Form::U8), (3, "data", Form::Bytes)],
};

/// `vxlan_opts`: the group policy id.
pub static VXLAN: Layout =
    Layout { keyword: "vxlan_opts", meta: "GBP", attr: 2, many: false, fields: &[(1, "gbp", Form::U32)] };

/// `erspan_opts`: version, index, direction and hardware id.
pub static ERSPAN: Layout = Layout {
    keyword: "erspan_opts",
    meta: "VERSION:INDEX:DIR:HWID",
    attr: 3,
    many: false,
    fields: &[(1, "ver", Form::U8), (2, "index", Form::Be32), (3, "dir", Form::U8), (4, "hwid", Form::U8)],
};

/// One word of options, parsed to the bytes of its nested attributes, and the word's position.
pub struct Opts(pub &'static Layout);

impl Value for Opts {
    type Out = (Vec<u8>, Span);
    fn meta(&self) -> Cow<'static, str> {
        self.0.meta.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        let several = self.0.fields.len() > 1;
        let mut out = Vec::new();
        let list: Vec<&[u8]> = if self.0.many { arg.bytes.split(|b| *b == b',').collect() } else { vec![arg.bytes] };
        for one in list {
            let mut nest = Vec::new();
            let mut fields = self.0.fields.iter();
            for part in one.split(|b| several && *b == b':') {
                let Some((attr, _, form)) = fields.next() else {
                    return Err(Diag::usage(format!("Unknown \"{}\" type", self.0.keyword)).at(arg.span()));
                };
                // An empty field is omitted.
                if part.is_empty() && several {
                    continue;
                }
                put(&mut nest, *attr, &form.parse(part).ok_or_else(|| self.wrong(&arg))?);
            }
            put(&mut out, self.0.attr | NESTED, &nest);
        }
        Ok((out, arg.span()))
    }
}

impl Opts {
    /// The error about the word: iproute2 has split it by then, and names only the part before the first colon.
    fn wrong(&self, arg: &crate::grammar::Arg<'_>) -> Diag {
        let cut = self.0.fields.len() > 1;
        let first = arg.bytes.split(|b| cut && (*b == b':' || *b == b',')).next().unwrap_or_default();
        let shown = crate::output::escape::shown(first);
        Diag::wrong(&shown, &format!("\"{}\" value is invalid", self.0.keyword), arg.span())
    }
}

impl Form {
    fn parse(self, part: &[u8]) -> Option<Vec<u8>> {
        let number = || unsigned(part, 0);
        Some(match self {
            Form::U8 => vec![u8::try_from(number()?).ok()?],
            Form::Be16 => u16::try_from(number()?).ok()?.to_be_bytes().to_vec(),
            Form::U32 => u32::try_from(number()?).ok()?.to_ne_bytes().to_vec(),
            Form::Be32 => u32::try_from(number()?).ok()?.to_be_bytes().to_vec(),
            Form::Bytes => {
                let pairs = part.chunks(2).map(|two| match two {
                    [a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => {
                        u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()
                    }
                    _ => None,
                });
                pairs.collect::<Option<Vec<u8>>>()?
            }
        })
    }

    fn describe(self, p: &mut Printer<'_>, a: &Index<'_, 5>, attr: u16, key: &str, form: &str) {
        match self {
            Form::U8 => p.item(key, form, a.u8(attr).unwrap_or(0)),
            Form::Be16 => p.item(key, form, a.be16(attr).unwrap_or(0)),
            Form::U32 => p.item(key, form, a.u32(attr).unwrap_or(0)),
            Form::Be32 => p.item(key, form, a.be32(attr).unwrap_or(0)),
            Form::Bytes => p.item(key, form, HexBytes(a.get(attr).unwrap_or_default())),
        }
    }
}

/// Bytes printed as hex digits.
struct HexBytes<'a>(&'a [u8]);

impl Scalar for HexBytes<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        for b in self.0 {
            out.extend_from_slice(format!("{b:02x}").as_bytes());
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        self.text(out);
        out.push(b'"');
    }
}

/// Describes the options of an outer header, on a line of their own.
pub fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    let nest = s.a.get(ATTR).unwrap_or_default();
    let Some((attr, _)) = Attrs(nest).next() else { return };
    let Some(layout) = [&GENEVE, &VXLAN, &ERSPAN].into_iter().find(|l| l.attr == attr) else { return };
    s.p.nl();
    s.p.text_item("\t{} ", layout.keyword);
    s.p.array(Some(layout.keyword));
    let mut count = 0;
    for (_, body) in Attrs(nest).filter(|(a, _)| *a == attr) {
        // The kernel reports all Geneve options in one nest, one after the other.
        for one in Runs(body) {
            s.p.text(if count > 0 { "," } else { "" });
            count += 1;
            s.p.object(None);
            let a = Index::new(one);
            for (i, (attr, key, form)) in layout.fields.iter().enumerate() {
                form.describe(s.p, &a, *attr, key, if i == 0 { "{}" } else { ":{}" });
            }
            s.p.close();
        }
    }
    s.p.close();
    s.p.text(" ");
}

/// Splits a nest before each attribute type that repeats.
struct Runs<'a>(&'a [u8]);

impl<'a> Iterator for Runs<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let mut seen = [false; 8];
        let mut walk = Attrs(self.0);
        let mut end = 0;
        while let Some((attr, _)) = walk.next() {
            match seen.get_mut(usize::from(attr)) {
                Some(true) => break,
                Some(slot) => *slot = true,
                None => {}
            }
            end = self.0.len() - walk.0.len();
        }
        let (one, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        (end != 0).then_some(one)
    }
}
