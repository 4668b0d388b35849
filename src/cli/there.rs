//! Existing entries of a type for completion, from the kernel's dump.

use super::tree;
use crate::diag::Diag;
use crate::grammar::words::Table;
use crate::grammar::{Names, Offer, Words};
use crate::schema::family::{INET, INET6, IP6MR, IPMR, UNSPEC};
use crate::session::Session;
use crate::state::store::Matching;
use crate::state::{ObjectType, Store};
use std::os::fd::OwnedFd;

/// Looks names up like the session, and also lists existing entries.
pub struct Present<'a>(pub &'a Session);

impl Names for Present<'_> {
    fn link(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        self.0.link(name)
    }
    fn number(&self, table: Table, name: &[u8]) -> Option<u32> {
        self.0.number(table, name)
    }
    fn names(&self, table: Table) -> Vec<Offer> {
        self.0.names(table)
    }
    fn links(&self) -> Vec<Offer> {
        crate::object::link::offers(self.0)
    }
    fn there(&self, what: ObjectType, w: &Words<'_>) -> Vec<Offer> {
        offers(self.0, what, w)
    }
    fn hold(&self, fd: OwnedFd) {
        Names::hold(self.0, fd);
    }
    fn vrf(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        self.0.vrf(name)
    }
}

/// The keywords whose values narrow the entries down.
const NARROWING: &[&str] = &["dev", "table", "vrf"];

/// The entries of an object type that `show` lists for the device and table that the line already names.
fn offers(s: &Session, object: ObjectType, w: &Words<'_>) -> Vec<Offer> {
    let Some((view, offer)) = crate::object::view(object).and_then(|v| Some((v, v.offer?))) else { return Vec::new() };
    // Multicast rules have the same words as rules.
    let multicast = w.line().iter().find_map(|word| tree::object(word)).is_some_and(|o| o.name() == "mrule");
    let family = match (object, w.family, multicast) {
        (ObjectType::Rule, INET6, true) => IP6MR,
        (ObjectType::Rule, _, true) => IPMR,
        (ObjectType::Rule, UNSPEC, false) => INET,
        _ => w.family,
    };
    let mut line: Vec<Vec<u8>> = Vec::new();
    for pair in w.line().windows(2) {
        if let [key, value] = pair
            && NARROWING.iter().any(|k| k.as_bytes() == key)
        {
            line.extend([key.clone(), value.clone()]);
        }
    }
    let mut words = Words::new(&line, 0, w.names);
    words.family = w.family;
    // Words that `show` lacks do not narrow anything.
    let selected = view.selects.and_then(|f| (f.parse)(s, &mut words).ok());
    let mut store = Store::default();
    let mut wanted = Matching(&|body: &[u8]| {
        (family == UNSPEC || body.first() == Some(&family)) && selected.as_ref().is_none_or(|f| f.matches(s, body))
    });
    if s.kernel().is_ok_and(|kernel| store.read(kernel, object, &mut wanted).is_ok()) {
        return store.list(object).into_iter().filter_map(|body| offer(s, body)).collect();
    }
    Vec::new()
}
