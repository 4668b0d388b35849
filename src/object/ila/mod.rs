//! `ila`: mappings of identifier-locator addressing, which replace the locator (the upper 64 bits) of IPv6 addresses
//! (linux/ila.h).

mod words;

use crate::command::generic::Entries;
use crate::command::{Effect, Object, Purpose, Verb, generic};
use crate::diag::Diag;
use crate::encap::ila::*;
use crate::grammar::Words;
use crate::net::attr::put;
use crate::net::generic::FamilyName;
use crate::output::Printer;
use crate::output::color::Role;
use crate::output::scalar::Padded;
use crate::session::Session;
use words::{MAPPING, Mapping};

/// The object.
pub static OBJECT: Object = Object {
    names: &["ila~"],
    about: "IPv6 identifier-locator addressing",
    purpose: Purpose::Routing,
    terms: &[
        ("", "ip ila add loc_match LOCATOR_MATCH loc LOCATOR [ dev DEV ] OPTIONS"),
        ("", "ip ila del loc_match LOCATOR_MATCH [ loc LOCATOR ] [ dev DEV ]"),
        ("", "ip ila list"),
        (
            "OPTIONS",
            "[ csum-mode { adj-transport | neutral-map | neutral-map-auto | no-action } ] [ ident-type { luid | use-format } ]",
        ),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "add a mapping",
            run: |s, w| change(s, w, ILA_CMD_ADD),
            effect: Effect::Change,
            tables: &[&MAPPING],
            examples: &[
                (
                    "rip ila add loc_match 2001:db8:0:1 loc 2001:db8:0:2 csum-mode neutral-map-auto ident-type luid",
                    "replace the first 64 bits of matching destinations",
                ),
                ("rip ila add loc_match 2001:db8:0:3 loc 2001:db8:0:4 dev eth0", "only packets that arrive on eth0"),
            ],
        },
        Verb {
            names: &["delete~"],
            about: "delete a mapping",
            run: |s, w| change(s, w, ILA_CMD_DEL),
            effect: Effect::Change,
            tables: &[&MAPPING],
            examples: &[(
                "rip ila delete loc_match 2001:db8:0:1",
                "name its locator and its device too, if several match",
            )],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list mappings",
            run: |s, w| generic::show_entries(s, w, &ENTRIES, &OBJECT, |p, a| describe(s, p, a)),
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip ila list", "list mappings")],
        },
        Verb::usage(&[("rip ila help", "the usage of ila")]),
    ],
    unknown: Some(|s, w| generic::unknown(s, w, &FAMILY, &OBJECT)),
    ..Object::BASE
};

// linux/ila.h: the family and its commands.
const FAMILY: FamilyName = FamilyName { name: "ila", version: 1 };
const ILA_CMD_ADD: u8 = 1;
const ILA_CMD_DEL: u8 = 2;
const ILA_CMD_GET: u8 = 3;

/// How a rollback restores mappings.
pub static ENTRIES: Entries = Entries {
    name: "ILA mapping",
    family: &FAMILY,
    add: ILA_CMD_ADD,
    delete: ILA_CMD_DEL,
    list: ILA_CMD_GET,
    key: |a| {
        let mut out = Vec::new();
        put(&mut out, ILA_ATTR_LOCATOR_MATCH, a.get(ILA_ATTR_LOCATOR_MATCH).unwrap_or_default());
        out.extend(generic::copied(a, &[ILA_ATTR_IFINDEX]));
        out
    },
    body: |a| {
        let mut out = Vec::new();
        // Zero is a valid value of these attributes.
        for attr in [ILA_ATTR_LOCATOR_MATCH, ILA_ATTR_LOCATOR, ILA_ATTR_CSUM_MODE, ILA_ATTR_IDENT_TYPE] {
            if let Some(bytes) = a.get(attr) {
                put(&mut out, attr, bytes);
            }
        }
        out.extend(generic::copied(a, &[ILA_ATTR_IFINDEX]));
        out
    },
    words: |a| format!("ILA mapping loc_match {}", Locator(a.get(ILA_ATTR_LOCATOR_MATCH).unwrap_or_default())),
    fixed: None,
};

fn change(s: &Session, w: &mut Words<'_>, command: u8) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let mut m = Mapping::default();
    MAPPING.parse(&mut m, w)?;
    let verb = if command == ILA_CMD_ADD { "add" } else { "delete" };
    let mut request = family.request(command, 0);
    m.fill(&mut request, w, command == ILA_CMD_ADD)?;
    generic::change_entry(s, kernel, &request, format!("{verb} ILA mapping{}", m.words(s)), &ENTRIES, None)?;
    Ok(0)
}

/// Describes a mapping and ends its line.
fn describe(s: &Session, p: &mut Printer<'_>, a: &generic::Entry<'_>) {
    for (attr, key) in [(ILA_ATTR_LOCATOR_MATCH, "locator_match"), (ILA_ATTR_LOCATOR, "locator")] {
        match a.get(attr) {
            Some(bytes) => p.item(key, "{}", Padded(Locator(bytes), 20)),
            None => p.item(key, "{}", Padded("-", 20)),
        }
    }
    match a.u32(ILA_ATTR_IFINDEX) {
        Some(index) => s.with_link_name(index, |name| p.colored(Role::Ifname, "interface", "{}", Padded(name, 16))),
        None => p.text(&format!("{:<10} ", "-")),
    }
    match a.u8(ILA_ATTR_CSUM_MODE) {
        Some(mode) => p.item("csum_mode", "{}", CSUM_MODES.name(mode).unwrap_or("unknown")),
        None => p.text(&format!("{:<10} ", "-")),
    }
    match a.u8(ILA_ATTR_IDENT_TYPE) {
        Some(kind) => p.item("ident_type", "{}", IDENT_NAMES.name(kind).unwrap_or("unknown")),
        None => p.text("-"),
    }
    p.nl();
    p.out.flush_if_full();
}
