//! `netconf`: per-device settings of the address families, such as forwarding (linux/netconf.h).

use crate::command::view::{Select, Selection, View, deleted};
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, FAIL};
use crate::grammar::address::{INET, INET6, UNSPEC, family_name};
use crate::grammar::number::Term;
use crate::grammar::value::{Absent, Dev};
use crate::grammar::{Fallback, Grammar, Row, Target, Words};
use crate::net::kernel::Messages;
use crate::net::{Index, KernelError, Request};
use crate::output::Printer;
use crate::output::color::Role;
use crate::output::scalar::Both;
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use netlink_packet_core::NLM_F_ACK;
use nix::errno::Errno;

/// The object.
pub static OBJECT: Object = Object {
    names: &["netconf~"],
    about: "device settings: forwarding, rp_filter, proxy ARP and NDP",
    purpose: Purpose::Interfaces,
    views: &[&VIEW],
    terms: &[("", "ip netconf show [ dev STRING ]")],
    verbs: &[Verb {
        names: &["show~", "lst~", "list~"],
        about: "list settings",
        run: show,
        effect: Effect::Read,
        tables: &[&SELECTOR],
        examples: &[
            ("rip netconf", "all devices, and defaults of new devices"),
            ("rip -4 netconf show dev eth0", "the IPv4 settings of a device"),
        ],
    }],
    default: Some(show),
    ..Object::BASE
};

/// The view of settings.
pub static VIEW: View = View {
    selects: Some(Selection {
        about: "settings of devices, by the words of netconf show",
        parse: |_, w| Ok(Box::new(Selected { f: Selector::parse(w)?, family: w.family })),
    }),
    is_on: Some(|body, index| settings(body).u32(NETCONFA_IFINDEX) == Some(index)),
    ..View::of(&[ObjectType::Netconf], |s, p, body, shown| {
        deleted(p, shown);
        describe(s, p, body);
    })
};

/// The settings that the words of `netconf show` select.
struct Selected {
    f: Selector,
    family: u8,
}

impl Select for Selected {
    fn matches(&self, _s: &Session, body: &[u8]) -> bool {
        self.f.matches(self.family, body)
    }
}

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    dev: Option<u32>,
}

impl Target for Selector {}

static ROWS: &[Row<Selector>] = rows!(Selector;
    "dev" => Term("STRING", Dev(Absent::DoesNotExist)), "of this device", |f, v| f.dev = Some(v);
);

/// The words of `netconf show`.
pub static SELECTOR: Grammar<Selector> = Grammar { title: "NETCONF-SELECTOR", rows: &[ROWS], fallback: Fallback::Stop };

impl Selector {
    /// Parses the words of `netconf show`. As in `ip`, unknown words are ignored.
    ///
    /// # Errors
    ///
    /// The device does not exist, or its name is missing.
    pub fn parse(w: &mut Words<'_>) -> Result<Selector, Diag> {
        let mut f = Selector::default();
        while !w.is_empty() {
            if !SELECTOR.one("dev", &mut f, w)? {
                w.skip();
            }
        }
        Ok(f)
    }

    /// Whether a message has the settings of this family, and of the selected device.
    pub fn matches(&self, family: u8, body: &[u8]) -> bool {
        (family == UNSPEC || body.first() == Some(&family))
            && self.dev.is_none_or(|index| settings(body).u32(NETCONFA_IFINDEX) == Some(index))
    }
}

/// Lists settings.
fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = Selector::parse(w)?;
    let answer = s.listed(read(s, w.family, f.dev))?;
    s.document(|p| {
        for (m, _, _) in Messages(&answer).filter(|(m, _, _)| m.kind == RTM_NEWNETCONF) {
            // For a family without settings the kernel answers with all families.
            if f.matches(w.family, m.body) {
                p.object(None);
                describe(s, p, m.body);
                p.close();
            }
        }
    });
    Ok(0)
}

/// The messages of a family, or of a family and a device.
fn read(s: &Session, family: u8, dev: Option<u32>) -> Result<Vec<u8>, Diag> {
    let kernel = s.kernel()?;
    let request = |family| Request::of_family(RTM_GETNETCONF, 0, family);
    if let Some(index) = dev.filter(|_| family != UNSPEC) {
        let question = request(family).with(NETCONFA_IFINDEX, &index.to_ne_bytes());
        let mut answer = Vec::new();
        let asked = kernel.exchange(&question, NLM_F_ACK, &mut |m| answer.extend_from_slice(m.whole));
        return asked.map(|()| answer).map_err(|e| e.explain(&question));
    }
    let list = |family| consistent_dump::collect(kernel, ObjectType::Netconf, &request(family));
    let told = |e: KernelError| e.explain(&request(family)).with_code(FAIL);
    match list(family) {
        // Kernels before 3.8 dump one family at a time.
        Err(e) if family == UNSPEC && e.is(Errno::EOPNOTSUPP) => {
            Ok([list(INET).map_err(told)?, list(INET6).map_err(told)?].concat())
        }
        other => other.map_err(told),
    }
}

fn settings(body: &[u8]) -> Index<'_, 8> {
    Index::new(body.get(RTGENMSG..).unwrap_or_default())
}

/// The settings in output order: attribute, key, text.
const SWITCHES: &[(u16, &str, &str)] = &[
    (NETCONFA_FORWARDING, "forwarding", "forwarding {} "),
    (NETCONFA_RP_FILTER, "rp_filter", "rp_filter {} "),
    (NETCONFA_MC_FORWARDING, "mc_forwarding", "mc_forwarding {} "),
    (NETCONFA_PROXY_NEIGH, "proxy_neigh", "proxy_neigh {} "),
    (NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN, "ignore_routes_with_linkdown", "ignore_routes_with_linkdown {} "),
    (NETCONFA_INPUT, "input", "input {} "),
];

// linux/netconf.h: indexes that are not of a device.
const NETCONFA_IFINDEX_ALL: i32 = -1;
const NETCONFA_IFINDEX_DEFAULT: i32 = -2;

/// Describes the settings of a device and ends their line.
pub fn describe(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let a = settings(body);
    p.item("family", "{} ", family_name(body.first().copied().unwrap_or(0)));
    match a.s32(NETCONFA_IFINDEX) {
        Some(NETCONFA_IFINDEX_ALL) => p.colored(Role::Ifname, "interface", "{} ", "all"),
        Some(NETCONFA_IFINDEX_DEFAULT) => p.colored(Role::Ifname, "interface", "{} ", "default"),
        Some(index) => {
            s.with_link_name(index.cast_unsigned(), |name| p.colored(Role::Ifname, "interface", "{} ", name));
        }
        None => {}
    }
    for (attr, key, form) in SWITCHES {
        let Some(v) = a.u32(*attr) else { continue };
        match (*attr, v) {
            (NETCONFA_RP_FILTER, 0) => p.item(key, form, "off"),
            (NETCONFA_RP_FILTER, 1) => p.item(key, form, "strict"),
            (NETCONFA_RP_FILTER, 2) => p.item(key, form, "loose"),
            (NETCONFA_RP_FILTER, v) => p.item(key, form, Both(v, v)),
            (_, v) => p.switch(key, form, v != 0),
        }
    }
    p.end_line();
}
