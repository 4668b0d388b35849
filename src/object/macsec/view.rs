//! `macsec show`.

use super::FAMILY;
use super::attrs::*;
use crate::command::generic;
use crate::diag::{Diag, FAIL, Span};
use crate::grammar::value::{Absent, Dev};
use crate::grammar::{Value, Words};
use crate::net::Nested;
use crate::net::attr::Attrs;
use crate::object::link::kind::macsec::{Offload, VALIDATE, cipher};
use crate::output::Printer;
use crate::output::color::Role;
use crate::output::scalar::{Both, Hex};
use crate::session::Session;

/// Runs `macsec show`. Like `ip`, prints nothing for a device of another kind.
///
/// # Errors
///
/// The device does not exist, further words follow, the kernel lacks the family, or it refuses the dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    w.help_word = "";
    let wanted = match w.is_empty() {
        true => None,
        false => Some(Dev(Absent::DoesNotExist).take(w)?),
    };
    if !w.is_empty() {
        return Err(w.usage_error().at(Span::word(w.at())));
    }
    let question = family.request(MACSEC_CMD_GET_TXSC, 0);
    let answer = generic::dump(s, kernel, &question, FAIL)?;
    s.document(|p| {
        for a in generic::entries(&answer) {
            let index = a.u32(MACSEC_ATTR_IFINDEX).unwrap_or(0);
            if wanted.is_none_or(|wanted| wanted == index) {
                p.object(None);
                device(s, p, index, &a);
                p.close();
            }
        }
    });
    Ok(0)
}

/// Describes a device and ends its line.
fn device(s: &Session, p: &mut Printer<'_>, index: u32, a: &generic::Entry<'_>) {
    p.item("ifindex", "{}: ", index);
    s.with_link_name(index, |name| p.colored(Role::Ifname, "ifname", "{}: ", name));
    let stats = s.options.stats > 0;
    if let Some(secy) = a.nest(MACSEC_ATTR_SECY) {
        settings(p, &secy);
        p.nl();
        if let Some(suite) = secy.u64(MACSEC_SECY_ATTR_CIPHER_SUITE) {
            p.item("cipher_suite", "    cipher suite: {},", cipher(suite));
        }
        if let Some(len) = secy.u8(MACSEC_SECY_ATTR_ICV_LEN) {
            p.item("icv_length", " using ICV length {}", len);
        }
        p.end_line();
        if let Some(sci) = secy.u64(MACSEC_SECY_ATTR_SCI) {
            p.item("sci", "    TXSC: {}", identifier(sci));
        }
        if let Some(number) = secy.u8(MACSEC_SECY_ATTR_ENCODING_SA) {
            p.item("encoding_sa", " on SA {}", number);
        }
        p.end_line();
    }
    if stats {
        counters(p, a.nest(MACSEC_ATTR_SECY_STATS), SECY_STATS);
        counters(p, a.nest(MACSEC_ATTR_TXSC_STATS), TXSC_STATS);
    }
    associations(p, a.get(MACSEC_ATTR_TXSA_LIST), stats.then_some(TXSA_STATS));
    p.array(Some("rx_sc"));
    for (_, channel) in Attrs(a.get(MACSEC_ATTR_RXSC_LIST).unwrap_or_default()) {
        let channel = Nested::new(channel);
        p.object(None);
        if let Some(sci) = channel.u64(MACSEC_RXSC_ATTR_SCI) {
            p.item("sci", "    RXSC: {},", identifier(sci));
        }
        p.switch("active", " state {}", channel.u8(MACSEC_RXSC_ATTR_ACTIVE).unwrap_or(0) != 0);
        p.end_line();
        if stats {
            counters(p, channel.nest(MACSEC_RXSC_ATTR_STATS), RXSC_STATS);
        }
        associations(p, channel.get(MACSEC_RXSC_ATTR_SA_LIST), stats.then_some(RXSA_STATS));
        p.close();
    }
    p.close();
    if let Some(kind) = a.nest(MACSEC_ATTR_OFFLOAD).and_then(|o| o.u8(MACSEC_OFFLOAD_ATTR_TYPE)) {
        p.item("offload", "    offload: {} ", Offload::name(kind));
        p.nl();
    }
}

/// An SCI; in JSON without leading zeros.
fn identifier(sci: u64) -> Both<String, Hex> {
    let sci = u64::from_be(sci);
    Both(format!("{sci:016x}"), Hex::with_prefix(sci))
}

/// The settings of a device.
fn settings(p: &mut Printer<'_>, secy: &Nested<'_>) {
    let on = |attr| secy.u8(attr).map(|v| v != 0);
    let switch = |p: &mut Printer<'_>, key: &str, form: &str, on: Option<bool>| {
        if let Some(on) = on {
            p.switch(key, form, on);
        }
    };
    switch(p, "protect", "protect {} ", on(MACSEC_SECY_ATTR_PROTECT));
    if let Some(v) = secy.u8(MACSEC_SECY_ATTR_VALIDATE) {
        p.item("validate", "validate {} ", VALIDATE.name(v).unwrap_or("(unknown)"));
    }
    // iproute2 prints the attribute that has this number in another enumeration: the encoding association.
    switch(p, "sc", "sc {} ", on(MACSEC_SECY_ATTR_ENCODING_SA));
    switch(p, "sa", "sa {} ", on(MACSEC_SECY_ATTR_ENCODING_SA));
    switch(p, "encrypt", "encrypt {} ", on(MACSEC_SECY_ATTR_ENCRYPT));
    switch(p, "send_sci", "send_sci {} ", on(MACSEC_SECY_ATTR_INC_SCI));
    switch(p, "end_station", "end_station {} ", on(MACSEC_SECY_ATTR_ES));
    switch(p, "scb", "scb {} ", on(MACSEC_SECY_ATTR_SCB));
    switch(p, "replay", "replay {} ", on(MACSEC_SECY_ATTR_REPLAY));
    if let Some(window) = secy.u32(MACSEC_SECY_ATTR_WINDOW).filter(|_| on(MACSEC_SECY_ATTR_REPLAY) == Some(true)) {
        p.item("window", "window {} ", window);
    }
}

/// The associations of a channel.
fn associations(p: &mut Printer<'_>, list: Option<&[u8]>, stats: Option<&[Counter]>) {
    p.array(Some("sa_list"));
    for (_, sa) in Attrs(list.unwrap_or_default()) {
        let sa = Nested::new(sa);
        p.object(None);
        if let Some(number) = sa.u8(MACSEC_SA_ATTR_AN) {
            p.item("an", "        {}:", number);
        }
        let extended = sa.u64(MACSEC_SA_ATTR_PN);
        if let Some(number) = extended.or_else(|| sa.u32(MACSEC_SA_ATTR_PN).map(u64::from)) {
            p.item("pn", " PN {},", number);
        }
        if let Some(ssci) = sa.be32(MACSEC_SA_ATTR_SSCI).filter(|_| extended.is_some()) {
            p.item("ssci", "SSCI {}", Both(format!("{ssci:08x}"), Hex::with_prefix(ssci)));
        }
        p.switch("active", " state {},", sa.u8(MACSEC_SA_ATTR_ACTIVE).unwrap_or(0) != 0);
        if let Some(id) = sa.get(MACSEC_SA_ATTR_KEYID) {
            let id: String = id.iter().map(|b| format!("{b:02x}")).collect();
            p.item("key", " key {}", id.as_str());
        }
        p.end_line();
        if let Some(stats) = stats {
            counters(p, sa.nest(MACSEC_SA_ATTR_STATS), stats);
        }
        p.close();
    }
    p.close();
}

/// A counter: its attribute and its title.
type Counter = (u16, &'static str);

// The attributes of linux/if_macsec.h: enum macsec_secy_stats_attr, macsec_txsc_stats_attr, macsec_rxsc_stats_attr (64
// bits) and macsec_sa_stats_attr (32 bits).
const SECY_STATS: &[Counter] = &[
    (1, "OutPktsUntagged"),
    (2, "InPktsUntagged"),
    (3, "OutPktsTooLong"),
    (4, "InPktsNoTag"),
    (5, "InPktsBadTag"),
    (6, "InPktsUnknownSCI"),
    (7, "InPktsNoSCI"),
    (8, "InPktsOverrun"),
];
const TXSC_STATS: &[Counter] =
    &[(1, "OutPktsProtected"), (2, "OutPktsEncrypted"), (3, "OutOctetsProtected"), (4, "OutOctetsEncrypted")];
const RXSC_STATS: &[Counter] = &[
    (1, "InOctetsValidated"),
    (2, "InOctetsDecrypted"),
    (3, "InPktsUnchecked"),
    (4, "InPktsDelayed"),
    (5, "InPktsOK"),
    (6, "InPktsInvalid"),
    (7, "InPktsLate"),
    (8, "InPktsNotValid"),
    (9, "InPktsNotUsingSA"),
    (10, "InPktsUnusedSA"),
];
const TXSA_STATS: &[Counter] = &[(6, "OutPktsProtected"), (7, "OutPktsEncrypted")];
const RXSA_STATS: &[Counter] =
    &[(1, "InPktsOK"), (2, "InPktsInvalid"), (3, "InPktsNotValid"), (4, "InPktsNotUsingSA"), (5, "InPktsUnusedSA")];

/// Prints a line of titles, and the numbers below them.
fn counters(p: &mut Printer<'_>, list: Option<Nested<'_>>, titles: &[Counter]) {
    let Some(list) = list else { return };
    p.text("    stats:");
    for (_, title) in titles {
        p.text_item(" {}", *title);
    }
    p.text("\n          ");
    for (attr, title) in titles {
        let width = title.len() + 1;
        match list.u64(*attr).or_else(|| list.u32(*attr).map(u64::from)) {
            Some(v) => p.item(title, "{}", Both(format!("{v:>width$}"), v)),
            None => p.text_item("{}", format!("{:>width$}", "-").as_str()),
        }
    }
    p.end_line();
}
