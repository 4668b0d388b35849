//! TMPL: a state that packets of a policy must use.

use super::super::id::{Endpoint, HasId, ID, Id, IdWord};
use super::super::names::{MODES, Protocol, mode, protocol};
use super::super::pack::{address_of, be32_of, family_of, ip_of, set, u8_of, u32_of};
use crate::diag::{Diag, Span};
use crate::grammar::number::{Named, Term, U32};
use crate::grammar::value::Choice;
use crate::grammar::{Fallback, Grammar, Offer, Target, Value, Walk};
use crate::output::Printer;
use crate::schema::xfrm::*;
use crate::session::Session;
use crate::{id_rows, rows};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv6Addr};

/// Whether a packet may pass if there is no such state.
const LEVELS: Choice<u8> = Choice(&[("required", 0), ("use", 1)], "LEVEL value is invalid\n");
/// XFRM_SHARE_*.
const SHARES: Choice<u8> = Choice(&[("any", 0), ("session", 1), ("user", 2), ("unique", 3)], "");
/// A mask of all algorithms.
const ALL: [u8; 4] = [0xff; 4];

/// A template, as far as given.
#[derive(Clone, Debug, Default)]
pub struct Template {
    id: Option<Id>,
    mode: u8,
    reqid: u32,
    optional: u8,
}

impl Target for Template {}

impl HasId for Template {
    fn id(&mut self) -> &mut Option<Id> {
        &mut self.id
    }
}

/// The words of a template, in any order.
pub static TMPL: Grammar<Template> = Grammar {
    title: "TMPL",
    rows: &[
        rows!(Template;
            "mode" => Term("MODE", MODES), "mode", |t, v| t.mode = v;
            "reqid" => Named("REQID", U32("REQID value is invalid")), "request id of the states", |t, v| t.reqid = v;
            "level" => Term("LEVEL", LEVELS), "whether packets may pass without a state", |t, v| t.optional = v;
        ),
        id_rows!(Template, false),
    ],
    fallback: Fallback::Stop,
};

/// The words after `tmpl`.
pub struct Words;

impl Value for Words {
    type Out = Template;
    fn meta(&self) -> Cow<'static, str> {
        "TMPL".into()
    }
    fn take(&self, w: &mut crate::grammar::Words<'_>) -> Result<Template, Diag> {
        let first = w.next()?;
        w.back();
        let mut t = Template::default();
        while let Some((arg, row)) = w.peek().and_then(|arg| Some((arg, TMPL.find(arg.bytes)?))) {
            // After the ID, such a word is part of the policy's selector.
            if t.id.is_some() && ID.find(arg.bytes).is_some() {
                break;
            }
            w.skip();
            let end = |w: &crate::grammar::Words<'_>| Span { from: arg.at, to: w.at().max(arg.at + 1) };
            (row.take)(&mut t, w).map_err(|d| d.at_first(end(w)).expected(|| row.value.meta()))?;
        }
        if w.at() == first.at {
            // A word that is not part of a template is parsed as an ID.
            Id::take(w, false)?;
        }
        Ok(t)
    }
    fn offer(&self, _w: &crate::grammar::Words<'_>) -> Vec<Offer> {
        TMPL.all().map(|row| Offer::new(row.name(), row.help)).collect()
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        if w.words.is_empty() {
            let offers = self.offer(w.words);
            return w.want(offers, "TMPL");
        }
        crate::command::Table::walk(&TMPL, w);
    }
}

impl Template {
    /// Its address family, AF_*: its own, or that of the preceding words.
    pub fn family(&self, preferred: u8) -> u8 {
        self.id.as_ref().map_or(Id::default().family(preferred), |id| id.family(preferred))
    }

    /// The template as struct xfrm_user_tmpl.
    pub fn bytes(&self, preferred: u8) -> [u8; user_tmpl::SIZE] {
        let mut out = [0; user_tmpl::SIZE];
        let none = Id::default();
        let id = self.id.as_ref().unwrap_or(&none);
        set(&mut out, user_tmpl::DADDR, &address_of(&id.dst));
        set(&mut out, user_tmpl::SPI, &id.spi.unwrap_or(0).to_be_bytes());
        set(&mut out, user_tmpl::PROTO, &[id.proto.unwrap_or(0)]);
        set(&mut out, user_tmpl::FAMILY, &u16::from(self.family(preferred)).to_ne_bytes());
        set(&mut out, user_tmpl::SADDR, &address_of(&id.src));
        set(&mut out, user_tmpl::REQID, &self.reqid.to_ne_bytes());
        set(&mut out, user_tmpl::MODE, &[self.mode]);
        set(&mut out, user_tmpl::OPTIONAL, &[self.optional]);
        for at in [user_tmpl::AALGOS, user_tmpl::EALGOS, user_tmpl::CALGOS] {
            set(&mut out, at, &ALL);
        }
        out
    }
}

/// The name of XFRM_SHARE_*, or its number.
pub fn share(v: u8) -> String {
    SHARES.name(v).map_or_else(|| v.to_string(), String::from)
}

/// Describes the templates of a policy, each line after `indent`. `family` is that of a template without one.
pub fn describe(s: &Session, p: &mut Printer<'_>, list: &[u8], family: u8, indent: &str) {
    p.array(Some("tmpl"));
    for b in list.chunks_exact(user_tmpl::SIZE) {
        p.object(None);
        one(s, p, b, family, indent);
        p.close();
    }
    p.close();
}

fn one(s: &Session, p: &mut Printer<'_>, b: &[u8], family: u8, indent: &str) {
    let more = s.options.stats > 0 || p.is_json();
    let family = match family_of(b, user_tmpl::FAMILY) {
        0 => family,
        own => own,
    };
    let ip = |at| ip_of(b, at, family).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
    p.text(indent);
    p.item("src", "\ttmpl src {}", ip(user_tmpl::SADDR));
    p.item("dst", " dst {}", ip(user_tmpl::DADDR));
    p.nl();
    p.text(indent);
    let (proto, spi, reqid) = (u8_of(b, user_tmpl::PROTO), be32_of(b, user_tmpl::SPI), u32_of(b, user_tmpl::REQID));
    p.item("proto", "\t\tproto {} ", protocol(proto));
    if spi != 0 || more {
        p.hidden("spi", spi);
        p.text(&format!("spi 0x{spi:08x}"));
        p.text(&if more { format!("({spi}) ") } else { " ".into() });
    }
    p.item("reqid", "reqid {}", reqid);
    p.text(&if more { format!("(0x{reqid:08x}) ") } else { " ".into() });
    p.item("mode", "mode {}", mode(u8_of(b, user_tmpl::MODE)));
    p.nl();
    let (optional, shared) = (u8_of(b, user_tmpl::OPTIONAL), u8_of(b, user_tmpl::SHARE));
    if optional != 0 || shared != 0 || more {
        p.text(indent);
        p.text("\t\t");
        if optional != 0 || more {
            p.item("level", "level {} ", LEVELS.name(optional).map_or_else(|| optional.to_string(), String::from));
        }
        if shared != 0 || more {
            p.item("share", "share {} ", share(shared));
        }
        p.nl();
    }
    if more {
        p.text(indent);
        p.text("\t\t");
        for (key, form, at) in [
            ("enc_mask", "enc-mask {} ", user_tmpl::EALGOS),
            ("auth_mask", "auth-mask {} ", user_tmpl::AALGOS),
            ("comp_mask", "comp-mask {}", user_tmpl::CALGOS),
        ] {
            let mask = u32_of(b, at);
            p.item(key, form, crate::output::scalar::Both(format!("{mask:08x}"), mask));
        }
        p.nl();
    }
}
