//! Prints a policy: struct xfrm_userpolicy_info and its attributes.

use super::super::names::describe_flags;
use super::super::pack::{family_of, u8_of, u32_of};
use super::super::state::Number;
use super::super::{limit, mark, selector};
use super::template;
use super::words::{ACTIONS, DIRECTIONS, FLAGS, TYPES};
use crate::net::attr::until_nul;
use crate::net::{Index, Request};
use crate::output::Printer;
use crate::schema::xfrm::*;
use crate::session::Session;

/// A policy in a message: reads its header and attributes without copying.
pub struct Policy<'a> {
    /// struct xfrm_userpolicy_info.
    pub head: &'a [u8],
    /// Its attributes.
    pub a: Index<'a, 40>,
}

impl<'a> Policy<'a> {
    /// Parses the body of a message that begins with struct xfrm_userpolicy_info; `header` is the length of all that
    /// precedes the attributes, in bytes.
    pub fn parse(body: &'a [u8], header: usize) -> Option<Policy<'a>> {
        Some(Policy { head: body.get(..userpolicy_info::SIZE)?, a: Index::new(body.get(header..)?) })
    }

    /// struct xfrm_selector.
    pub fn sel(&self) -> &'a [u8] {
        self.head
            .get(userpolicy_info::SEL..userpolicy_info::SEL + crate::schema::xfrm::selector::SIZE)
            .unwrap_or_default()
    }

    /// The address family of its selector, AF_*.
    pub fn family(&self) -> u8 {
        family_of(self.sel(), crate::schema::xfrm::selector::FAMILY)
    }

    /// Its index.
    pub fn index(&self) -> u32 {
        u32_of(self.head, userpolicy_info::INDEX)
    }

    /// Its direction: XFRM_POLICY_IN, OUT or FWD.
    pub fn dir(&self) -> u8 {
        u8_of(self.head, userpolicy_info::DIR)
    }

    /// Whether it is a socket policy: the kernel gives those their own directions.
    pub fn is_of_socket(&self) -> bool {
        self.index() & 7 >= DIRECTION_COUNT || self.dir() >= 3
    }

    /// XFRM_POLICY_TYPE_*; `None` if the kernel has only one type.
    pub fn kind(&self) -> Option<u8> {
        self.a.u8(XFRMA_POLICY_TYPE)
    }

    /// struct xfrm_userpolicy_id, which names it in a request.
    pub fn id(&self) -> Vec<u8> {
        let mut out = vec![0; userpolicy_id::SIZE];
        super::super::pack::set(&mut out, userpolicy_id::SEL, self.sel());
        super::super::pack::set(&mut out, userpolicy_id::INDEX, &self.index().to_ne_bytes());
        super::super::pack::set(&mut out, userpolicy_id::DIR, &[self.dir()]);
        out
    }

    /// A request that names it by `id` (struct xfrm_userpolicy_id).
    pub fn named(&self, kind: u16, id: &[u8]) -> Request {
        let of = self.kind().filter(|of| *of != 0);
        super::change::named(kind, id, of, self.a.get(XFRMA_MARK), self.a.u32(XFRMA_IF_ID))
    }

    /// The command line words that name it.
    pub fn words(&self, s: &Session) -> String {
        let sel = crate::command::view::one_line(|p| selector::describe(s, p, self.sel(), self.family()));
        format!("{sel} dir {}", direction(self.dir()))
    }
}

/// XFRM_POLICY_MAX: the number of directions, without those of socket policies.
const DIRECTION_COUNT: u32 = 3;

/// The name of a direction, or its number.
pub fn direction(v: u8) -> String {
    DIRECTIONS.name(v).map_or_else(|| v.to_string(), String::from)
}

/// Describes a policy, each line after `indent`. The caller opens and closes the object.
pub fn describe(s: &Session, p: &mut Printer<'_>, policy: &Policy<'_>, indent: &str) {
    let (h, more) = (policy.head, s.options.stats > 0);
    selector::describe(s, p, policy.sel(), policy.family());
    p.nl();
    if let Some(text) = policy.a.get(XFRMA_SEC_CTX).and_then(|b| b.get(user_sec_ctx::SIZE..)) {
        p.text(indent);
        p.item("ctx", "\tsecurity context {} ", until_nul(text));
        p.nl();
    }
    p.text(indent);
    head(p, policy, more);
    let part = |at: usize, len: usize| h.get(at..at + len).unwrap_or_default();
    if more || p.is_json() {
        limit::describe(
            p,
            indent,
            part(userpolicy_info::LFT, lifetime::SIZE),
            part(userpolicy_info::CURLFT, current::SIZE),
        );
    }
    if let Some(b) = policy.a.get(XFRMA_MARK) {
        p.text(indent);
        mark::describe(p, "mark", "\tmark {} ", mark::Mark::parse(b));
        p.nl();
    }
    if let Some(list) = policy.a.get(XFRMA_TMPL) {
        template::describe(s, p, list, policy.family(), indent);
    }
    if let Some(b) = policy.a.get(XFRMA_OFFLOAD_DEV) {
        p.text(indent);
        p.object(Some("offload"));
        let index = u32_of(b, user_offload::IFINDEX);
        s.with_link_name(index, |name| p.item("dev", "\tcrypto offload parameters: dev {} ", name));
        let packet = u8_of(b, user_offload::FLAGS) & super::words::PACKET != 0;
        p.item("mode", "mode {}", if packet { "packet" } else { "crypto" });
        p.close();
        p.nl();
    }
    if let Some(v) = policy.a.u32(XFRMA_IF_ID) {
        p.text(indent);
        p.item("if_id", "\tif_id {}", Number(v));
        p.nl();
    }
}

/// Ends the record of a policy.
pub fn end(p: &mut Printer<'_>) {
    if p.oneline() {
        p.text("\n");
    }
    p.out.flush_if_full();
}

/// Describes direction, action, index, priority, type and flags.
fn head(p: &mut Printer<'_>, policy: &Policy<'_>, more: bool) {
    let h = policy.head;
    let json = p.is_json();
    // The direction of a socket policy is part of its index.
    let socket = policy.is_of_socket();
    let dir = if socket { direction((policy.index() & 7) as u8 % 3) } else { direction(policy.dir()) };
    p.item("dir", if socket { "\tsocket {} " } else { "\tdir {} " }, dir);
    if json {
        p.hidden("socket", socket);
    }
    let action = u8_of(h, userpolicy_info::ACTION);
    if action != 0 || more || json {
        p.item("action", "action {} ", ACTIONS.name(action).map_or_else(|| action.to_string(), String::from));
    }
    if more || json {
        p.item("index", "index {} ", policy.index());
    }
    p.item("priority", "priority {} ", u32_of(h, userpolicy_info::PRIORITY));
    if let Some(kind) = policy.kind() {
        p.item("ptype", "ptype {} ", kind_name(kind));
    }
    let shared = u8_of(h, userpolicy_info::SHARE);
    if shared != 0 || more || json {
        p.item("share", "share {} ", template::share(shared));
    }
    let flags = u32::from(u8_of(h, userpolicy_info::FLAGS));
    if flags != 0 || more || json {
        p.text("flag ");
        describe_flags(p, "flags", FLAGS, flags);
    }
    if more {
        p.text(&format!(" (0x{flags:08b})"));
    }
    p.nl();
}

/// The name of a type, or its number.
pub fn kind_name(v: u8) -> String {
    TYPES.name(v).map_or_else(|| v.to_string(), String::from)
}
