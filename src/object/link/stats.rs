//! Prints a device's counters: the RX and TX tables of `-s` and `-s -s`.

use super::view::Link;
use crate::net::attr::{u32_at, u64_at};
use crate::output::Printer;
use crate::schema::*;
use crate::session::Session;

/// struct rtnl_link_stats64 (linux/if_link.h): every counter in order. The older 32-bit struct has the same order.
pub struct Counters {
    values: Vec<u64>,
    carrier_changes: Option<u32>,
}

const RX_PACKETS: usize = 0;
const TX_PACKETS: usize = 1;
const RX_BYTES: usize = 2;
const TX_BYTES: usize = 3;
const RX_ERRORS: usize = 4;
const TX_ERRORS: usize = 5;
const RX_DROPPED: usize = 6;
const TX_DROPPED: usize = 7;
const MULTICAST: usize = 8;
const COLLISIONS: usize = 9;
const RX_LENGTH: usize = 10;
const RX_OVER: usize = 11;
const RX_CRC: usize = 12;
const RX_FRAME: usize = 13;
const RX_FIFO: usize = 14;
const RX_MISSED: usize = 15;
const TX_ABORTED: usize = 16;
const TX_CARRIER: usize = 17;
const TX_FIFO: usize = 18;
const TX_HEARTBEAT: usize = 19;
const TX_WINDOW: usize = 20;
const RX_COMPRESSED: usize = 21;
const TX_COMPRESSED: usize = 22;
const RX_NOHANDLER: usize = 23;
const RX_OTHERHOST: usize = 24;

impl Counters {
    /// Parses the counters of a link; `None` if the message has none.
    pub fn of(l: &Link<'_>) -> Option<Counters> {
        let values = match (l.a.get(IFLA_STATS64), l.a.get(IFLA_STATS)) {
            (Some(b), _) => (0..b.len() / 8).filter_map(|i| u64_at(b, i * 8)).collect(),
            (None, Some(b)) => (0..b.len() / 4).filter_map(|i| u32_at(b, i * 4).map(u64::from)).collect(),
            (None, None) => of_ipv6(l)?,
        };
        Some(Counters { values, carrier_changes: l.a.u32(IFLA_CARRIER_CHANGES) })
    }

    /// Parses a struct rtnl_link_stats64.
    pub fn from_bytes(b: &[u8]) -> Counters {
        Counters { values: (0..b.len() / 8).filter_map(|i| u64_at(b, i * 8)).collect(), carrier_changes: None }
    }

    fn at(&self, i: usize) -> u64 {
        self.values.get(i).copied().unwrap_or(0)
    }
}

/// The IPv6 counters, used if an AF_INET6 dump has only those: IFLA_INET6_STATS in IFLA_PROTINFO, indexed by
/// IPSTATS_MIB_* (linux/snmp.h, as of Linux 6.8).
fn of_ipv6(l: &Link<'_>) -> Option<Vec<u64>> {
    let info = l.a.nest(IFLA_PROTINFO)?;
    let counts = info.get(IFLA_INET6_STATS)?;
    let mut values = vec![0; RX_OTHERHOST + 1];
    for (to, from) in [
        (RX_PACKETS, 1),
        (RX_BYTES, 2),
        (TX_PACKETS, 9),
        (TX_BYTES, 10),
        (RX_ERRORS, 18),
        (TX_ERRORS, 19),
        (MULTICAST, 28),
        (RX_FRAME, 36),
    ] {
        if let (Some(slot), Some(v)) = (values.get_mut(to), u64_at(counts, from * 8)) {
            *slot = v;
        }
    }
    Some(values)
}

/// A column of a table: heading and counter (`None`: an empty column).
pub type Column = (&'static str, Option<u64>);

/// Minimum widths of the columns, in characters.
const WIDTHS: [usize; 8] = [10, 7, 6, 7, 7, 7, 10, 9];

/// Describes the counters of a link.
pub fn describe(s: &Session, p: &mut Printer<'_>, l: &Link<'_>, level: u8) {
    let Some(c) = Counters::of(l) else { return };
    p.object(Some(if l.a.has(IFLA_STATS64) || !l.a.has(IFLA_STATS) { "stats64" } else { "stats" }));
    write(s, p, &c, level);
    p.close();
}

/// Writes both directions, as text tables or as the keys of an open object.
pub fn write(s: &Session, p: &mut Printer<'_>, c: &Counters, level: u8) {
    if p.is_json() {
        json(p, c, level > 1);
    } else {
        columns(s, p, c, level > 1);
    }
}

fn json(p: &mut Printer<'_>, c: &Counters, errors: bool) {
    let put = |p: &mut Printer<'_>, list: &[(&str, usize)]| {
        for (key, i) in list {
            p.hidden(key, c.at(*i));
        }
    };
    let some = |p: &mut Printer<'_>, key: &str, i: usize| {
        if c.at(i) != 0 {
            p.hidden(key, c.at(i));
        }
    };
    p.object(Some("rx"));
    put(p, &[("bytes", RX_BYTES), ("packets", RX_PACKETS), ("errors", RX_ERRORS), ("dropped", RX_DROPPED)]);
    put(p, &[("over_errors", RX_OVER), ("multicast", MULTICAST)]);
    some(p, "compressed", RX_COMPRESSED);
    if errors {
        put(p, &[("length_errors", RX_LENGTH), ("crc_errors", RX_CRC), ("frame_errors", RX_FRAME)]);
        put(p, &[("fifo_errors", RX_FIFO), ("missed_errors", RX_MISSED)]);
        some(p, "nohandler", RX_NOHANDLER);
        some(p, "otherhost", RX_OTHERHOST);
    }
    p.close();
    p.object(Some("tx"));
    put(p, &[("bytes", TX_BYTES), ("packets", TX_PACKETS), ("errors", TX_ERRORS), ("dropped", TX_DROPPED)]);
    put(p, &[("carrier_errors", TX_CARRIER), ("collisions", COLLISIONS)]);
    some(p, "compressed", TX_COMPRESSED);
    if errors {
        put(p, &[("aborted_errors", TX_ABORTED), ("fifo_errors", TX_FIFO), ("window_errors", TX_WINDOW)]);
        put(p, &[("heartbeat_errors", TX_HEARTBEAT)]);
        if let Some(v) = c.carrier_changes {
            p.hidden("carrier_changes", v);
        }
    }
    p.close();
}

fn columns(s: &Session, p: &mut Printer<'_>, c: &Counters, errors: bool) {
    let v = |i: usize| Some(c.at(i));
    let some = |name: &'static str, i: usize| -> Column { if c.at(i) != 0 { (name, v(i)) } else { ("", None) } };
    let rx = [
        ("bytes", v(RX_BYTES)),
        ("packets", v(RX_PACKETS)),
        ("errors", v(RX_ERRORS)),
        ("dropped", v(RX_DROPPED)),
        ("missed", v(RX_MISSED)),
        ("mcast", v(MULTICAST)),
        some("compressed", RX_COMPRESSED),
    ];
    let tx = [
        ("bytes", v(TX_BYTES)),
        ("packets", v(TX_PACKETS)),
        ("errors", v(TX_ERRORS)),
        ("dropped", v(TX_DROPPED)),
        ("carrier", v(TX_CARRIER)),
        ("collsns", v(COLLISIONS)),
        some("compressed", TX_COMPRESSED),
    ];
    let mut rx_errors: Vec<Column> = vec![
        ("", None),
        ("length", v(RX_LENGTH)),
        ("crc", v(RX_CRC)),
        ("frame", v(RX_FRAME)),
        ("fifo", v(RX_FIFO)),
        ("overrun", v(RX_OVER)),
    ];
    rx_errors.extend(
        [some("nohandler", RX_NOHANDLER), some("otherhost", RX_OTHERHOST)].into_iter().filter(|c| c.1.is_some()),
    );
    let mut tx_errors: Vec<Column> = vec![
        ("", None),
        ("aborted", v(TX_ABORTED)),
        ("fifo", v(TX_FIFO)),
        ("window", v(TX_WINDOW)),
        ("heartbt", v(TX_HEARTBEAT)),
    ];
    tx_errors.push(c.carrier_changes.map_or(("", None), |n| ("transns", Some(u64::from(n)))));
    let mut rows: Vec<(&str, &[Column])> = vec![("RX:", &rx)];
    if errors {
        rows.push(("RX errors:", &rx_errors));
    }
    rows.push(("TX:", &tx));
    if errors {
        rows.push(("TX errors:", &tx_errors));
    }
    tables(s, p, &rows, Margin { indent: 4, widths: &WIDTHS });
}

/// The indentation of a table, and the minimum widths of its columns.
pub struct Margin<'a> {
    /// Spaces before each line.
    pub indent: usize,
    /// The minimum width of each column, in characters.
    pub widths: &'a [usize],
}

/// Writes tables below each other, with columns as wide as the longest number of all of them.
pub fn tables(s: &Session, p: &mut Printer<'_>, rows: &[(&str, &[Column])], margin: Margin<'_>) {
    let mut widths = margin.widths.to_vec();
    if !s.options.human {
        for (_, row) in rows {
            for (width, (_, value)) in widths.iter_mut().zip(row.iter()) {
                *width = (*width).max(value.map_or(0, digits));
            }
        }
    }
    for (i, (title, row)) in rows.iter().enumerate() {
        if i > 0 {
            p.nl();
        }
        table(s, p, title, row, Margin { indent: margin.indent, widths: &widths });
    }
}

/// The number of decimal digits of a number.
fn digits(v: u64) -> usize {
    v.checked_ilog10().map_or(1, |n| n as usize + 1)
}

/// Appends ASCII text, right-aligned. A dump has a dozen cells a link: `format!` would take most of its time.
fn right(out: &mut String, text: &str, width: usize) {
    const BLANKS: &str = "                                ";
    let mut missing = width.saturating_sub(text.len());
    while missing > 0 {
        let blanks = BLANKS.get(..missing).unwrap_or(BLANKS);
        out.push_str(blanks);
        missing -= blanks.len();
    }
    out.push_str(text);
}

/// Writes a heading and the line of numbers below it.
fn table(s: &Session, p: &mut Printer<'_>, title: &str, row: &[Column], margin: Margin<'_>) {
    const LINE: usize = 96;
    let mut head = String::with_capacity(LINE);
    right(&mut head, "", margin.indent);
    let mut data = String::with_capacity(LINE);
    right(&mut data, "", margin.indent);
    for (i, ((name, value), width)) in row.iter().zip(margin.widths).enumerate() {
        let width = *width;
        if i == 0 {
            head.push_str(title);
            right(&mut head, name, width.saturating_sub(title.len()));
        } else {
            head.push(' ');
            right(&mut head, name, width);
        }
        match value {
            Some(v) => right(&mut data, &counter(s, *v), width),
            None if i == 0 => right(&mut data, "", width),
            None => continue,
        }
        data.push(' ');
    }
    p.text(&head);
    p.nl();
    p.text(&data);
}

/// A counter as text: in full, or with `-h` three digits and a suffix.
pub fn counter(s: &Session, v: u64) -> String {
    if !s.options.human {
        return v.to_string();
    }
    human(v, s.options.iec)
}

fn human(v: u64, iec: bool) -> String {
    let base: u64 = if iec { 1024 } else { 1000 };
    if v < base {
        return v.to_string();
    }
    let mut scale = base;
    let mut suffix = 'k';
    for next in ['M', 'G', 'T', 'P', 'E'] {
        match scale.checked_mul(base) {
            Some(up) if v >= up => {
                scale = up;
                suffix = next;
            }
            _ => break,
        }
    }
    let whole = v / scale;
    let i = if iec { "i" } else { "" };
    let digits = match whole {
        0..10 => 100,
        10..100 => 10,
        _ => 1,
    };
    // Rounded half to even, as printf rounds the exact decimal.
    let scaled = u128::from(v) * digits;
    let (mut q, r) = (scaled / u128::from(scale), scaled % u128::from(scale));
    let twice = r * 2;
    if twice > u128::from(scale) || (twice == u128::from(scale) && q % 2 == 1) {
        q += 1;
    }
    match digits {
        100 => format!("{}.{:02}{suffix}{i}", q / 100, q % 100),
        10 => format!("{}.{}{suffix}{i}", q / 10, q % 10),
        _ => format!("{q}{suffix}{i}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes() {
        for (v, text) in [
            (999, "999"),
            (1000, "1.00k"),
            (12_345, "12.3k"),
            (360_448, "360k"),
            (1_500_000, "1.50M"),
            (u64::MAX, "18.4E"),
        ] {
            assert_eq!(human(v, false), text);
        }
        assert_eq!(human(360_448, true), "352ki");
        assert_eq!(human(1000, true), "1000");
    }
}
