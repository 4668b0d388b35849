//! `xfrm state`: security associations.

mod algorithm;
mod change;
mod list;
mod request;
mod view;
pub mod words;

pub use request::security_context;
pub use view::{Look, Number, Sa, describe};

use crate::command::{Effect, Object, Purpose, Verb};
use crate::schema::xfrm::{XFRM_MSG_NEWSA, XFRM_MSG_UPDSA};

/// Example command lines, and what each does.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        "rip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 256 aead 'rfc4106(gcm(aes))' $KEY 128",
        "a state for ESP with AES-GCM; the key ends with the salt",
    ),
    ("rip xfrm state list nokeys", "list states without their keys"),
    ("rip -s xfrm state get src 192.0.2.1 dst 192.0.2.2 proto esp spi 256", "one state with its counters"),
    ("rip xfrm state delete src 192.0.2.1 dst 192.0.2.2 proto esp spi 256", "delete a state"),
];

/// The object inside `xfrm`.
pub static OBJECT: Object = Object {
    names: &["xfrm state"],
    about: "security associations",
    purpose: Purpose::Routing,
    terms: &[
        ("", "ip xfrm state allocspi ID [ mode MODE ] [ mark MARK [ mask MASK ] ]"),
        ("", "ip xfrm state { delete | get } ID [ mark MARK [ mask MASK ] ]"),
        ("", "ip xfrm state flush [ proto XFRM-PROTO ]"),
        ("ID", "[ src ADDR ] [ dst ADDR ] [ proto XFRM-PROTO ] [ spi SPI ]"),
        ("XFRM-PROTO", "esp | ah | comp | route2 | hao | ipsec-any"),
        ("MODE", "transport | tunnel | beet | ro | in_trigger"),
        ("FLAG-LIST", "[ FLAG-LIST ] FLAG"),
        ("FLAG", "noecn | decap-dscp | nopmtudisc | wildrecv | icmp | af-unspec | align4 | esn"),
        ("EXTRA-FLAG-LIST", "[ EXTRA-FLAG-LIST ] EXTRA-FLAG"),
        ("EXTRA-FLAG", "dont-encap-dscp | oseq-may-wrap"),
        ("SELECTOR", "[ src ADDR[/PLEN] ] [ dst ADDR[/PLEN] ] [ dev DEV ] [ UPSPEC ]"),
        (
            "UPSPEC",
            "proto { { tcp | udp | sctp | dccp } [ sport PORT ] [ dport PORT ] | { icmp | ipv6-icmp | mobility-header } [ type NUMBER ] [ code NUMBER ] | gre [ key { DOTTED-QUAD | NUMBER } ] | PROTO }",
        ),
        (
            "LIMIT",
            "{ time-soft | time-hard | time-use-soft | time-use-hard } SECONDS | { byte-soft | byte-hard } SIZE | { packet-soft | packet-hard } COUNT",
        ),
        ("ENCAP", "{ espinudp | espinudp-nonike | espintcp } SPORT DPORT OADDR"),
        ("DIR", "in | out"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "add a state",
            run: |s, w| change::put(s, w, XFRM_MSG_NEWSA),
            effect: Effect::Change,
            tables: &[&words::STATE],
            examples: &[],
        },
        Verb {
            names: &["update~"],
            about: "replace an existing state",
            run: |s, w| change::put(s, w, XFRM_MSG_UPDSA),
            effect: Effect::Change,
            tables: &[&words::STATE],
            examples: &[],
        },
        Verb {
            names: &["allocspi~"],
            about: "reserve an SPI and print the state that holds it",
            run: change::allocate,
            effect: Effect::Change,
            tables: &[&words::ALLOC],
            examples: &[],
        },
        Verb {
            names: &["delete~"],
            about: "delete a state",
            run: change::delete,
            effect: Effect::Change,
            tables: &[&words::ONE],
            examples: &[],
        },
        Verb {
            names: &["deleteall~", "delall~"],
            about: "delete the matching states",
            run: list::delete_all,
            effect: Effect::Change,
            tables: &[&words::MATCHING],
            examples: &[],
        },
        Verb {
            names: &["list~", "show~", "lst~"],
            about: "list states",
            run: list::list,
            effect: Effect::Read,
            tables: &[&words::LIST],
            examples: &[],
        },
        Verb {
            names: &["get~"],
            about: "print one state",
            run: change::get,
            effect: Effect::Read,
            tables: &[&words::ONE],
            examples: &[],
        },
        Verb {
            names: &["flush~"],
            about: "delete all states, or those of a protocol",
            run: list::flush,
            effect: Effect::Change,
            tables: &[&words::FLUSH],
            examples: &[],
        },
        Verb {
            names: &["count~"],
            about: "print the number of states",
            run: list::count,
            effect: Effect::Read,
            tables: &[],
            examples: &[],
        },
    ],
    default: Some(list::list),
    ..Object::BASE
};
