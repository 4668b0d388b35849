//! `link`: network devices, their kinds and their settings.

pub mod afstats;
pub mod brief;
pub mod change;
pub mod ether;
pub mod event;
pub mod inet;
pub mod kind;
pub mod port;
pub mod property;
mod rate;
pub mod select;
pub mod show;
pub mod stats;
mod values;
pub mod vf;
pub mod vf_view;
pub mod view;
pub mod words;
pub mod xdp;
pub mod xdp_view;
pub mod xstats;

use crate::command::usage;
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::Diag;
use crate::grammar::walk::{Line, Place};
use crate::grammar::{Offer, Words};
use crate::net::attr::{Attrs, until_nul};
use crate::net::kernel::Messages;
use crate::schema::*;
use crate::session::Session;

/// The object `link`.
pub static OBJECT: Object = Object {
    names: &["link~"],
    about: "network devices",
    purpose: Purpose::Interfaces,
    views: &[&event::VIEW],
    ours: &["rate"],
    terms: &[
        ("", "{ DEVICE | dev DEVICE | group DEVGROUP } [ DEVICE | group GROUP ] [ { up | down } ]"),
        ("", "[ link DEV | parentdev NAME ] [ name ] NAME [ type TYPE ARGS ]"),
        ("", "[ link-netns NAME | link-netnsid ID ] [ netns { NETNSNAME | NETNSFILE | PID } ]"),
        (
            "",
            "[ { xdp | xdpgeneric | xdpdrv | xdpoffload } { off | pinned FILE | object FILE [ { section | program } NAME ] [ verbose ] } ]",
        ),
        ("", "[ protodown_reason PREASON { on | off } ] [ altname NAME .. ]"),
        ("", "[ vf NUM [ vlan VLANID [ qos VLAN-QOS ] [ proto VLAN-PROTO ] ] ]"),
        ("", "[ inet [ rp_filter { 0 | 1 | 2 } ] [ arp_announce { 0 | 1 | 2 } ] [ arp_accept { 0 | 1 | 2 } ]"),
        (
            "",
            "[ arp_ignore { 0 | 1 | ... | 8 } ] [ force_igmp_version { 0 | 1 | 2 | 3 } ] [ tag TAG ] [ medium_id ID ]",
        ),
        ("", "[ igmpv2_unsolicited_report_interval INTERVAL ] [ igmpv3_unsolicited_report_interval INTERVAL ] ]"),
        ("TYPE", usage::KINDS),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "create a device",
            run: change::add,
            effect: Effect::Change,
            tables: &[&words::LINK],
            examples: &[
                ("rip link add br1 type bridge", "a bridge"),
                ("rip link add veth0 type veth peer name veth1", "a pair of connected devices"),
                ("rip link add link eth0 name eth0.10 type vlan id 10", "a VLAN"),
            ],
        },
        Verb {
            names: &["set~"],
            about: "change a device, or all devices of a group",
            run: change::set,
            effect: Effect::Change,
            tables: &[&words::LINK, &vf::GRAMMAR],
            examples: &[
                ("rip link set eth0 up", "bring a device up"),
                ("rip link set eth0 mtu 1400 alias uplink", "set MTU and description"),
                ("rip link set eth0 master br0", "make a device a port of a bridge"),
                ("rip link set eth0 netns ns1", "move a device to a namespace"),
            ],
        },
        Verb {
            names: &["change~"],
            about: "change an existing device",
            run: change::set,
            effect: Effect::Change,
            tables: &[&words::LINK, &vf::GRAMMAR],
            examples: &[("rip link change eth0 txqueuelen 500", "change a device")],
        },
        Verb {
            names: &["replace~"],
            about: "create or change a device",
            run: change::replace,
            effect: Effect::Change,
            tables: &[&words::LINK],
            examples: &[("rip link replace dummy0 type dummy", "create it unless it exists")],
        },
        Verb {
            names: &["delete~"],
            about: "delete a device, or all devices of a group",
            run: change::delete,
            effect: Effect::Change,
            tables: &[&words::LINK],
            examples: &[
                ("rip link del br0", "delete a device"),
                ("rip link del group 7", "delete all devices of a group"),
            ],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list devices",
            run: show::show,
            effect: Effect::Read,
            tables: &[&select::SELECTOR],
            examples: &[
                ("rip link", "all devices"),
                ("rip -br link show up", "devices that are up, one per line"),
                ("rip -d -j link show eth0", "all details of one device, as JSON"),
                ("rip link show type bridge", "devices of a kind"),
            ],
        },
        Verb {
            names: &["xstats~"],
            about: "statistics specific to a device type",
            run: xstats::run,
            effect: Effect::Read,
            tables: &[&xstats::XSTATS],
            examples: &[("rip link xstats type bridge", "statistics of bridges")],
        },
        Verb {
            names: &["afstats~"],
            about: "per-address-family statistics",
            run: afstats::run,
            effect: Effect::Read,
            tables: &[&afstats::AFSTATS],
            examples: &[("rip link afstats dev eth0", "one device")],
        },
        Verb {
            names: &["property~"],
            about: "alternative names of a device",
            run: property::run,
            effect: Effect::Change,
            tables: &[&property::BELOW],
            examples: &[
                ("rip link property add dev eth0 altname upstream", "add an alternative name"),
                ("rip link property del dev eth0 altname lan-port-one", "delete an alternative name"),
            ],
        },
        Verb {
            names: &["help~"],
            about: "usage; with TYPE, of a kind",
            run: help,
            effect: Effect::Read,
            tables: &[&KIND],
            examples: &[("rip link help bridge", "usage of a kind")],
        },
        // Not in iproute2, and last: it must not change the meaning of iproute2's abbreviations.
        Verb {
            names: &["rate"],
            about: "bytes and packets per second",
            run: rate::rate,
            effect: Effect::Read,
            tables: &[&rate::RATE],
            examples: &[
                ("rip link rate count 1", "all devices, measured for one second"),
                ("rip -j link rate dev eth0 interval 1 count 1", "one device, as JSON lines"),
            ],
        },
    ],
    default: Some(show::show),
    ..Object::BASE
};

/// The name of a link kind.
static KIND: Line =
    Line { title: "[ TYPE ]", places: &[Place::new("TYPE", "kind of link", |_: &Words<'_>| kind::offers())] };

/// Runs `link help [ KIND ]`.
fn help(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    match w.peek().and_then(|a| kind::find(a.bytes)).filter(|k| k.has_usage) {
        Some(kind) => {
            s.print_text(|p| p.text(&kind::usage(kind)));
            Ok(0)
        }
        None => Err(w.usage_error()),
    }
}

/// All devices by each of their names, for completion.
pub fn offers(s: &Session) -> Vec<Offer> {
    let Ok(links) = show::dump(s, &select::Selector { novf: true, ..select::Selector::default() }) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (m, _, _) in Messages(&links) {
        let Some(l) = view::Link::parse(m.body) else { continue };
        let kind = l.info().and_then(|i| i.str(IFLA_INFO_KIND)).map(crate::output::escape::shown);
        let kind = kind.as_deref().or(ether::type_name(l.hw)).unwrap_or("device").to_string();
        let state = if l.flags & IFF_UP != 0 { "up" } else { "down" };
        out.push(Offer::new(crate::output::escape::shown(l.name()), format!("{kind}, {state}")));
        let others = Attrs(l.a.get(IFLA_PROP_LIST).unwrap_or_default()).filter(|(kind, _)| *kind == IFLA_ALT_IFNAME);
        for (_, name) in others {
            let help = format!("alternative name of {}", crate::output::escape::shown(l.name()));
            out.push(Offer::new(crate::output::escape::shown(until_nul(name)), help));
        }
    }
    out
}
