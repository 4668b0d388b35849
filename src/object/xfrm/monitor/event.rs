//! One event of NETLINK_XFRM: its message, and how it is printed.

use super::super::names::protocol;
use super::super::pack::{be16_of, be32_of, family_of, ip_of, u8_of, u32_of};
use super::super::policy::{self, Policy};
use super::super::selector;
use super::super::state::{self, Look, Sa};
use crate::net::Index;
use crate::net::kernel::Message;
use crate::output::Printer;
use crate::output::scalar::{Both, Hex};
use crate::schema::xfrm::*;
use crate::session::Session;

/// XFRM_AE_*: the reasons of an asynchronous event.
const REASONS: &[(u32, &str, &str)] = &[
    (0x10, "replay update", " replay update "),
    (0x20, "timer expired", " timer expired "),
    (0x40, "policy updated", " policy updated "),
];

/// An event.
pub struct Event<'a> {
    kind: u16,
    body: &'a [u8],
}

impl<'a> Event<'a> {
    /// The event of a message; `None` if its type is unknown.
    pub fn of(m: &Message<'a>) -> Option<Event<'a>> {
        let least = match m.kind {
            XFRM_MSG_NEWSA | XFRM_MSG_UPDSA => usersa_info::SIZE,
            XFRM_MSG_EXPIRE => user_expire::SIZE,
            XFRM_MSG_DELSA => usersa_id::SIZE,
            XFRM_MSG_NEWPOLICY | XFRM_MSG_UPDPOLICY => userpolicy_info::SIZE,
            XFRM_MSG_POLEXPIRE => user_polexpire::SIZE,
            XFRM_MSG_DELPOLICY => userpolicy_id::SIZE,
            XFRM_MSG_ACQUIRE => user_acquire::SIZE,
            XFRM_MSG_FLUSHSA => 1,
            XFRM_MSG_FLUSHPOLICY => 0,
            XFRM_MSG_NEWAE => aevent_id::SIZE,
            XFRM_MSG_MAPPING => user_mapping::SIZE,
            XFRM_MSG_REPORT => user_report::SIZE,
            XFRM_MSG_SETDEFAULT | XFRM_MSG_GETDEFAULT => 3,
            _ => return None,
        };
        (m.body.len() >= least).then_some(Event { kind: m.kind, body: m.body })
    }

    fn part(&self, at: usize, len: usize) -> &'a [u8] {
        self.body.get(at..at + len).unwrap_or_default()
    }

    fn attributes(&self, header: usize) -> Index<'a, 40> {
        Index::new(self.body.get(header..).unwrap_or_default())
    }

    /// Describes the event in an open object, and ends its line in text.
    pub fn describe(&self, s: &Session, p: &mut Printer<'_>, nokeys: bool) {
        let (event, prefix) = match self.kind {
            XFRM_MSG_DELSA | XFRM_MSG_DELPOLICY => ("del", "Deleted "),
            XFRM_MSG_UPDSA | XFRM_MSG_UPDPOLICY => ("update", "Updated "),
            XFRM_MSG_EXPIRE | XFRM_MSG_POLEXPIRE => ("expire", "Expired "),
            XFRM_MSG_FLUSHSA | XFRM_MSG_FLUSHPOLICY => ("flush", ""),
            XFRM_MSG_ACQUIRE => ("acquire", ""),
            XFRM_MSG_NEWAE => ("aevent", ""),
            XFRM_MSG_MAPPING => ("mapping", ""),
            XFRM_MSG_REPORT => ("report", ""),
            XFRM_MSG_SETDEFAULT | XFRM_MSG_GETDEFAULT => ("default", ""),
            _ => ("new", ""),
        };
        let of_policy = matches!(
            self.kind,
            XFRM_MSG_NEWPOLICY
                | XFRM_MSG_DELPOLICY
                | XFRM_MSG_UPDPOLICY
                | XFRM_MSG_POLEXPIRE
                | XFRM_MSG_FLUSHPOLICY
                | XFRM_MSG_SETDEFAULT
                | XFRM_MSG_GETDEFAULT
        );
        p.hidden("event", event);
        p.hidden("object", if of_policy { "xfrm-policy" } else { "xfrm-state" });
        p.text(prefix);
        match self.kind {
            XFRM_MSG_NEWSA | XFRM_MSG_UPDSA | XFRM_MSG_EXPIRE | XFRM_MSG_DELSA => self.state(s, p, nokeys),
            XFRM_MSG_ACQUIRE => self.acquire(s, p),
            XFRM_MSG_FLUSHSA => {
                p.item("proto", "Flushed state proto {}", protocol(u8_of(self.body, 0)));
                p.nl();
                policy::end(p);
            }
            XFRM_MSG_FLUSHPOLICY => {
                p.text("Flushed policy ");
                if let Some(kind) = self.attributes(0).u8(XFRMA_POLICY_TYPE) {
                    p.item("ptype", "ptype {} ", policy::kind_name(kind));
                }
                p.nl();
                policy::end(p);
            }
            XFRM_MSG_NEWAE => self.asynchronous(p),
            XFRM_MSG_MAPPING => self.mapping(p),
            XFRM_MSG_REPORT => {
                p.item("proto", "report proto {} ", protocol(u8_of(self.body, user_report::PROTO)));
                p.nl();
                p.text("  sel ");
                p.object(Some("sel"));
                let sel = self.part(user_report::SEL, crate::schema::xfrm::selector::SIZE);
                selector::describe(s, p, sel, family_of(sel, crate::schema::xfrm::selector::FAMILY));
                p.close();
                p.nl();
                policy::end(p);
            }
            XFRM_MSG_SETDEFAULT | XFRM_MSG_GETDEFAULT => policy::defaults(p, self.body),
            _ => self.policy(s, p),
        }
    }

    fn state(&self, s: &Session, p: &mut Printer<'_>, nokeys: bool) {
        let header = xfrm_header_len(self.kind);
        let a = self.attributes(header);
        // A deleted state or policy is in an attribute.
        let head = match self.kind {
            XFRM_MSG_DELSA => a.get(XFRMA_SA).unwrap_or_default(),
            _ => self.body,
        };
        let Some(head) = head.get(..usersa_info::SIZE) else { return };
        let hard = (self.kind == XFRM_MSG_EXPIRE).then(|| u8_of(self.body, user_expire::HARD));
        state::describe(s, p, &Sa { head, a }, Look { nokeys, hard });
    }

    fn policy(&self, s: &Session, p: &mut Printer<'_>) {
        let header = match self.kind {
            XFRM_MSG_POLEXPIRE => user_polexpire::SIZE,
            XFRM_MSG_DELPOLICY => userpolicy_id::SIZE,
            _ => userpolicy_info::SIZE,
        };
        let a = self.attributes(header);
        let head = match self.kind {
            XFRM_MSG_DELPOLICY => a.get(XFRMA_POLICY).unwrap_or_default(),
            _ => self.body,
        };
        let Some(head) = head.get(..userpolicy_info::SIZE) else { return };
        policy::describe(s, p, &Policy { head, a }, "");
        if self.kind == XFRM_MSG_POLEXPIRE {
            p.item("hard", "\thard {}", u8_of(self.body, user_polexpire::HARD));
            p.nl();
        }
        policy::end(p);
    }

    fn acquire(&self, s: &Session, p: &mut Printer<'_>) {
        let b = self.body;
        let (proto, spi) = (u8_of(b, user_acquire::PROTO), be32_of(b, user_acquire::SPI));
        let more = s.options.stats > 0 || p.is_json();
        p.item("proto", "acquire proto {} ", protocol(proto));
        if spi != 0 || more {
            p.hidden("spi", spi);
            p.text(&format!("spi 0x{spi:08x}"));
            p.text(&if more { format!("({spi}) ") } else { " ".into() });
        }
        p.nl();
        p.text("  sel ");
        p.object(Some("sel"));
        let sel = self.part(user_acquire::SEL, crate::schema::xfrm::selector::SIZE);
        selector::describe(s, p, sel, family_of(sel, crate::schema::xfrm::selector::FAMILY));
        p.close();
        p.nl();
        let head = self.part(user_acquire::POLICY, userpolicy_info::SIZE);
        p.text("  policy ");
        p.object(Some("policy"));
        policy::describe(s, p, &Policy { head, a: self.attributes(user_acquire::SIZE) }, "    ");
        p.close();
        let seq = u32_of(b, user_acquire::SEQ);
        p.hidden("seq", seq);
        if s.options.stats > 0 {
            p.text(&format!("  seq 0x{seq:08x} "));
            for (name, at) in [
                ("enc-mask", user_acquire::EALGOS),
                ("auth-mask", user_acquire::AALGOS),
                ("comp-mask", user_acquire::CALGOS),
            ] {
                let end = if name == "comp-mask" { "" } else { " " };
                p.text(&format!("{name} {:08x}{end}", u32_of(b, at)));
            }
        }
        p.nl();
        policy::end(p);
    }

    fn asynchronous(&self, p: &mut Printer<'_>) {
        let b = self.body;
        let flags = u32_of(b, aevent_id::FLAGS);
        let family = family_of(b, aevent_id::FAMILY);
        p.text(&format!("Async event  (0x{flags:x}) "));
        p.array(Some("flags"));
        for (_, name, form) in REASONS.iter().filter(|(flag, ..)| flags & flag != 0) {
            p.element(form, *name);
        }
        p.close();
        p.text("\n\t");
        if let Some(ip) = ip_of(b, aevent_id::SADDR, family) {
            p.item("src", "src {} ", ip);
        }
        if let Some(ip) = ip_of(b, aevent_id::DADDR, family) {
            p.item("dst", "dst {} ", ip);
        }
        p.item("reqid", " reqid 0x{}", Both(format!("{:x}", u32_of(b, aevent_id::REQID)), u32_of(b, aevent_id::REQID)));
        p.item("proto", " protocol {} ", protocol(u8_of(b, aevent_id::PROTO)));
        let spi = be32_of(b, aevent_id::SPI);
        p.item("spi", " SPI {}", Both(Hex::with_prefix(spi), spi));
        p.end_line();
    }

    fn mapping(&self, p: &mut Printer<'_>) {
        let b = self.body;
        let family = family_of(b, user_mapping::FAMILY);
        for (key, port, form, at, port_at) in [
            ("old", "old_port", "Mapping change {}:", user_mapping::OLD_SADDR, user_mapping::OLD_SPORT),
            ("new", "new_port", " -> {}:", user_mapping::NEW_SADDR, user_mapping::NEW_SPORT),
        ] {
            if let Some(ip) = ip_of(b, at, family) {
                p.item(key, form, ip);
            }
            p.item(port, "{}", be16_of(b, port_at));
        }
        p.text("\n\t");
        if let Some(ip) = ip_of(b, user_mapping::DADDR, family) {
            p.item("dst", "dst {} ", ip);
        }
        let (reqid, spi) = (u32_of(b, user_mapping::REQID), be32_of(b, user_mapping::SPI));
        p.item("reqid", " reqid {}", Both(Hex::with_prefix(reqid), reqid));
        p.item("proto", " protocol {} ", protocol(u8_of(b, user_mapping::PROTO)));
        p.item("spi", " SPI {}", Both(Hex::with_prefix(spi), spi));
        p.end_line();
    }
}
