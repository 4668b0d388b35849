//! The forms of the lines of `macsec`, for help and completion: device, direction, channel, association.

use super::words::{ASSOCIATION, CHANNEL as SCI, SWITCHES};
use crate::grammar::walk::{Entry, Line, Offers, Place, Table, Walk};
use crate::grammar::{Offer, Words};

/// The device to show.
pub static SHOW: Line =
    Line { title: "[ DEV ]", places: &[Place::new("DEV", "device of type macsec", |w| w.names.links())] };

/// A device, and its offload mode.
pub static OFFLOAD: Line = Line {
    title: "DEV { off | phy | mac }",
    places: &[
        Place::new("DEV", "device of type macsec", |w| w.names.links()),
        Place::new("{ off | phy | mac }", "off: in software, phy: in the PHY, mac: in the network card", |_| {
            ["off", "phy", "mac"].map(|word| Offer::new(word, "")).into()
        }),
    ],
};

/// A channel or an association of a device, and its settings.
pub static CHANNEL: Channel = Channel;

/// See [`CHANNEL`].
pub struct Channel;

/// The positional words.
const PLACES: &[Place] = &[
    Place::new("DEV", "device of type macsec", |w| w.names.links()),
    Place::new("{ tx | rx }", "the transmit channel, or a receive channel, which an SCI names", |_| {
        vec![Offer::new("tx", "transmit channel"), Offer::new("rx", "receive channel")]
    }),
];
/// The number of an association.
const NUMBER: Place = Place::new("{ 0..3 }", "number of the association", |_| Vec::new());
const SA: &[&str] = &["sa"];

fn place(p: &Place) -> Entry {
    Entry {
        names: &[],
        meta: p.meta.into(),
        term: p.meta.into(),
        help: p.help,
        once: true,
        offers: Offers::Place(p.offer),
    }
}

impl Table for Channel {
    fn title(&self) -> &'static str {
        "CHANNEL"
    }

    fn entries(&self) -> Vec<Entry> {
        let number = Entry { names: SA, ..place(&NUMBER) };
        let places = PLACES.iter().map(place);
        places.chain(SCI.entries()).chain([number]).chain(ASSOCIATION.entries()).collect()
    }

    fn walk(&self, w: &mut Walk<'_, '_>) {
        for p in PLACES {
            if w.words.is_empty() {
                let offers = (p.offer)(w.words);
                return w.want(offers, p.meta);
            }
            w.words.skip();
        }
        let direction = w.words.line().get(w.words.at().saturating_sub(1));
        let receives = match direction.map(Vec::as_slice) {
            Some(b"tx") => false,
            Some(b"rx") => true,
            _ => {
                let at = w.words.at().saturating_sub(1);
                w.wrong.push(crate::diag::Diag::usage("tx or rx").at(crate::diag::Span::word(at)));
                return;
            }
        };
        if receives && !channel(w) {
            return;
        }
        match w.words.peek() {
            Some(arg) if arg.is("sa") => w.words.skip(),
            Some(_) if receives => return SWITCHES.walk(w),
            Some(arg) => return w.wrong.push(arg.wrong("expected sa")),
            None if receives => {
                w.keyword(SA, "a secure association of the channel");
                return SWITCHES.walk(w);
            }
            None => return w.want(vec![Offer::new("sa", "a secure association")], ""),
        }
        let Some(arg) = w.words.peek() else { return w.want(Vec::new(), NUMBER.meta) };
        w.words.skip();
        if super::change::association(&arg).is_err() {
            w.wrong.push(arg.wrong("expected an { 0..3 }"));
        }
        ASSOCIATION.walk(w);
    }
}

/// Walks the words of an SCI; returns whether it is complete.
fn channel(w: &mut Walk<'_, '_>) -> bool {
    let is = |w: &Words<'_>, names: &[&str]| w.peek().is_some_and(|arg| names.iter().any(|n| arg.is(n)));
    let from = w.words.at();
    if is(w.words, &["sci"]) {
        return pair(w, "<u64>");
    }
    while is(w.words, &["port", "address"]) {
        let meta = if is(w.words, &["port"]) { "{ 1..2^16-1 }" } else { "LLADDR" };
        if !pair(w, meta) {
            return false;
        }
        if w.words.at() == from + 4 {
            return true;
        }
    }
    let rows = SCI.entries();
    let half = w.words.line().get(from).map(Vec::as_slice);
    match w.words.peek() {
        Some(arg) => w.wrong.push(arg.wrong("expected sci, port, or address")),
        None => {
            for e in rows.iter().filter(|e| match half {
                None => true,
                Some(first) => e.names.iter().any(|n| *n != "sci" && n.as_bytes() != first),
            }) {
                w.keyword(e.names, e.help);
            }
        }
    }
    w.done = true;
    false
}

/// Walks a keyword and its value; returns whether the value is there.
fn pair(w: &mut Walk<'_, '_>, meta: &str) -> bool {
    w.words.skip();
    if w.words.is_empty() {
        w.want(Vec::new(), meta);
        return false;
    }
    w.words.skip();
    true
}
