//! Names of link-layer numbers: EtherTypes, device types, operational states, flags.

use crate::field;
use crate::grammar::number::unsigned;
use crate::output::Printer;
use crate::output::scalar::Hex;

/// ETH_P_8021Q: the EtherType of VLAN tags.
pub const VLAN: u16 = 0x8100;
/// ETH_P_8021AD: the EtherType of service tags (QinQ).
pub const Q_IN_Q: u16 = 0x88a8;

/// EtherTypes by the names that keywords such as `vlan protocol` accept (linux/if_ether.h).
const ETHER_TYPES: &[(u16, &str)] = &[
    (0x0060, "loop"),
    (0x0200, "pup"),
    (0x0800, "ip"),
    (0x0805, "x25"),
    (0x0806, "arp"),
    (0x08ff, "bpq"),
    (0x0a00, "ieeepup"),
    (0x0a01, "ieeepupat"),
    (0x6000, "dec"),
    (0x6001, "dna_dl"),
    (0x6002, "dna_rc"),
    (0x6003, "dna_rt"),
    (0x6004, "lat"),
    (0x6005, "diag"),
    (0x6006, "cust"),
    (0x6007, "sca"),
    (0x8035, "rarp"),
    (0x809b, "atalk"),
    (0x80f3, "aarp"),
    (0x8137, "ipx"),
    (0x86dd, "ipv6"),
    (0x8863, "ppp_disc"),
    (0x8864, "ppp_ses"),
    (0x884c, "atmmpoa"),
    (0x8884, "atmfate"),
    (VLAN, "802.1Q"),
    (Q_IN_Q, "802.1ad"),
    (0x8847, "mpls_uc"),
    (0x8848, "mpls_mc"),
    (0x88cc, "LLDP"),
    (0x8906, "fcoe"),
    (0x8914, "fip"),
    (0x9000, "loopback"),
    (0x22f0, "tsn"),
    (0x88e5, "macsec"),
    (0x88b8, "goose"),
    (0x894f, "nsh"),
    (0x892f, "hsr"),
    (0x88f7, "ptp"),
    (0x88fb, "prp"),
    (0x8892, "profinet"),
    (0x88a2, "aoe"),
    (0x88ca, "tipc"),
    (0x88e7, "pbb"),
    (0x888e, "802_1x"),
    (0x893a, "1905"),
];

/// An EtherType by name (also `ipv4` and `all`) or number, in any case.
pub fn number(word: &[u8]) -> Option<u16> {
    let text = std::str::from_utf8(word).ok()?;
    for (other, value) in [("ipv4", 0x0800), ("all", 0x0003)] {
        if text.eq_ignore_ascii_case(other) {
            return Some(value);
        }
    }
    ETHER_TYPES
        .iter()
        .find(|(_, n)| n.eq_ignore_ascii_case(text))
        .map(|(v, _)| *v)
        .or_else(|| unsigned(word, 0).and_then(|v| u16::try_from(v).ok()))
}

/// The name of an EtherType.
pub fn name(value: u16) -> Option<&'static str> {
    ETHER_TYPES.iter().find(|(v, _)| *v == value).map(|(_, n)| *n)
}

/// Describes an EtherType: its name, or `[N]`.
pub fn describe(p: &mut Printer<'_>, key: &str, form: &str, value: u16, numeric: bool) {
    match name(value).filter(|_| !numeric) {
        Some(n) => p.item(key, form, n),
        None => p.item(key, form, format_args!("[{value}]")),
    }
}

/// Device types (linux/if_arp.h) as iproute2 names them.
const TYPES: &[(u16, &str)] = &[
    (0, "netrom"),
    (1, "ether"),
    (2, "eether"),
    (3, "ax25"),
    (4, "pronet"),
    (5, "chaos"),
    (6, "ieee802"),
    (7, "arcnet"),
    (8, "atalk"),
    (15, "dlci"),
    (19, "atm"),
    (23, "metricom"),
    (24, "ieee1394"),
    (27, "eui64"),
    (32, "infiniband"),
    (256, "slip"),
    (257, "cslip"),
    (258, "slip6"),
    (259, "cslip6"),
    (260, "rsrvd"),
    (264, "adapt"),
    (270, "rose"),
    (271, "x25"),
    (272, "hwx25"),
    (280, "can"),
    (512, "ppp"),
    (513, "hdlc"),
    (516, "lapb"),
    (517, "ddcmp"),
    (518, "rawhdlc"),
    (768, "ipip"),
    (769, "tunnel6"),
    (770, "frad"),
    (771, "skip"),
    (772, "loopback"),
    (773, "ltalk"),
    (774, "fddi"),
    (775, "bif"),
    (776, "sit"),
    (777, "ip/ddp"),
    (778, "gre"),
    (779, "pimreg"),
    (780, "hippi"),
    (781, "ash"),
    (782, "econet"),
    (783, "irda"),
    (784, "fcpp"),
    (785, "fcal"),
    (786, "fcpl"),
    (787, "fcfb0"),
    (800, "tr"),
    (801, "ieee802.11"),
    (802, "ieee802.11/prism"),
    (803, "ieee802.11/radiotap"),
    (804, "ieee802.15.4"),
    (805, "ieee802.15.4/monitor"),
    (820, "phonet"),
    (821, "phonet_pipe"),
    (822, "caif"),
    (823, "gre6"),
    (824, "netlink"),
    (825, "6lowpan"),
    (0xffff, "void"),
    (0xfffe, "none"),
];

/// The name of a device type, if it has one.
pub fn type_name(value: u16) -> Option<&'static str> {
    TYPES.iter().find(|(v, _)| *v == value).map(|(_, n)| *n)
}

/// A link-layer address, with the device type: hex bytes, or an IP address for device types that use those.
pub struct Mac<'a>(pub u16, pub &'a [u8]);

impl crate::output::Scalar for Mac<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        if matches!(self.0, 768 | 776 | 778)
            && let Ok(b) = <[u8; 4]>::try_from(self.1)
        {
            return std::net::Ipv4Addr::from(b).text(out);
        }
        if matches!(self.0, 769 | 823)
            && let Ok(b) = <[u8; 16]>::try_from(self.1)
        {
            return std::net::Ipv6Addr::from(b).text(out);
        }
        hex(out, self.1);
    }
    fn json(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        self.text(out);
        out.push(b'"');
    }
}

/// The two hex digits of a byte.
static PAIRS: [[u8; 2]; 256] = {
    const fn digit(nibble: u8) -> u8 {
        if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble }
    }
    let mut table = [[0; 2]; 256];
    let mut v = 0u8;
    loop {
        #[allow(clippy::indexing_slicing)]
        {
            table[v as usize] = [digit(v >> 4), digit(v & 15)];
        }
        if v == u8::MAX {
            break table;
        }
        v += 1;
    }
};

/// Appends `02:00:5e:…`.
fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    let pair = |b: u8| PAIRS.get(usize::from(b)).copied().unwrap_or_default();
    // Fast path: six bytes, as on nearly all devices.
    if let Ok([a, b, c, d, e, f]) = <[u8; 6]>::try_from(bytes) {
        let ([a, g], [b, h], [c, i], [d, j], [e, k], [f, l]) = (pair(a), pair(b), pair(c), pair(d), pair(e), pair(f));
        out.extend_from_slice(&[a, g, b':', b, h, b':', c, i, b':', d, j, b':', e, k, b':', f, l]);
        return;
    }
    for b in bytes {
        let [high, low] = pair(*b);
        out.extend_from_slice(&[high, low, b':']);
    }
    if !bytes.is_empty() {
        out.pop();
    }
}

/// Operational states (linux/if.h, RFC 2863), by number.
pub const STATES: &[&str] = &["UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN", "TESTING", "DORMANT", "UP"];

/// Device flags in printing order. RUNNING is not printed: its absence is shown as NO-CARRIER.
pub const FLAGS: &[(u32, &str)] = &[
    (0x8, "LOOPBACK"),
    (0x2, "BROADCAST"),
    (0x10, "POINTOPOINT"),
    (0x1000, "MULTICAST"),
    (0x80, "NOARP"),
    (0x200, "ALLMULTI"),
    (0x100, "PROMISC"),
    (0x400, "MASTER"),
    (0x800, "SLAVE"),
    (0x4, "DEBUG"),
    (0x8000, "DYNAMIC"),
    (0x4000, "AUTOMEDIA"),
    (0x2000, "PORTSEL"),
    (0x20, "NOTRAILERS"),
    (0x1, "UP"),
    (0x10000, "LOWER_UP"),
    (0x20000, "DORMANT"),
    (0x40000, "ECHO"),
];

/// Describes flags, separated by commas.
pub fn flags(p: &mut Printer<'_>, flags: u32, lower_is_down: bool) {
    const UP: u32 = 1;
    const RUNNING: u32 = 0x40;
    p.array_field(field!("flags", ""));
    p.text("<");
    let mut rest = flags & !RUNNING;
    if flags & UP != 0 && flags & RUNNING == 0 {
        p.word("NO-CARRIER", rest != 0);
    }
    for (bit, name) in FLAGS {
        if rest & bit != 0 {
            rest &= !bit;
            p.word(name, rest != 0);
        }
    }
    if rest != 0 {
        p.element("{}", Hex::digits(rest));
    }
    if lower_is_down {
        p.element(",{}", "M-DOWN");
    }
    p.text("> ");
    p.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Scalar as _;

    #[test]
    fn ether_types_both_ways() {
        for (word, value) in [("802.1q", 0x8100), ("IPv4", 0x800), ("0x88a8", 0x88a8), ("2048", 0x800)] {
            assert_eq!(number(word.as_bytes()), Some(value), "{word}");
        }
        assert_eq!(number(b"foo"), None);
        assert_eq!(name(0x8100), Some("802.1Q"));
    }

    #[test]
    fn link_layer_addresses() {
        let text = |t, b: &[u8]| {
            let mut out = Vec::new();
            Mac(t, b).text(&mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(text(1, &[0, 0x1f, 0xff]), "00:1f:ff");
        assert_eq!(text(768, &[10, 0, 0, 1]), "10.0.0.1");
        assert_eq!(text(768, &[10, 0]), "0a:00");
        assert_eq!(text(1, &[]), "");
    }
}
