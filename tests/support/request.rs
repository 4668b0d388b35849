//! Netlink requests as text that can be compared: the type, the flags, the fixed header and the tree of
//! attributes. Sequence numbers, port and padding are left out, attributes of different types are sorted.
//!
//! `NEWLINK 605 00000000 00000000 00000000 00000000 3="d0\0" 18{1="veth" 2{1=...}}`; a nest whose type
//! carries the nested flag is written with `[ ]`.

/// A request as one line.
pub fn text(protocol: &str, message: &[u8]) -> String {
    let kind = u16_at(message, 4);
    let flags = u16_at(message, 6);
    let body = message.get(16..).unwrap_or_default();
    let (name, size) = match protocol {
        "NETLINK_ROUTE" => routing(kind),
        // No structure stands before the attributes of a request for a list.
        "NETLINK_XFRM" if flags & 0x300 == 0x300 => (String::new(), 0),
        "NETLINK_XFRM" => (String::new(), rip::internals::object::xfrm::xfrm_header_len(kind)),
        _ => (String::new(), 4),
    };
    let name = if name.is_empty() { format!("{protocol}:{kind}") } else { name };
    let (head, attributes) = body.split_at(size.min(body.len()));
    let words: Vec<String> = head.chunks(4).map(hex).collect();
    let mut out = format!("{name} {flags:x} {}", words.join(" "));
    // A namespace is named by a descriptor: an accident of the program.
    let descriptor = match name.as_str() {
        "NEWLINK" => Some(28),
        "NEWNSID" | "GETNSID" => Some(3),
        _ => None,
    };
    match children(attributes, descriptor, true) {
        Some(list) => list.iter().for_each(|a| out.push_str(&format!(" {a}"))),
        None => out.push_str(&format!(" ?{}", hex(attributes))),
    }
    out
}

/// Whether a request only asks something on the way to the real one.
pub fn is_question(protocol: &str, message: &[u8]) -> bool {
    if protocol == "NETLINK_GENERIC" {
        return u16_at(message, 4) == 16;
    }
    if protocol == "NETLINK_XFRM" {
        return u16_at(message, 6) & 0x300 == 0x300;
    }
    if protocol != "NETLINK_ROUTE" {
        return false;
    }
    let (kind, flags) = (u16_at(message, 4), u16_at(message, 6));
    let dump = flags & 0x300 == 0x300;
    (kind % 4 == 2 && dump) || is_look_up(protocol, message)
}

/// The name of the family that a request asks the controller of generic netlink for.
pub fn family_asked(protocol: &str, message: &[u8]) -> Option<String> {
    let asks = protocol == "NETLINK_GENERIC" && u16_at(message, 4) == 16;
    let name = message.get(24..).filter(|_| asks && u16_at(message, 22) == 2)?;
    Some(String::from_utf8_lossy(name.split(|b| *b == 0).next()?).into_owned())
}

/// Whether a request only looks up a device or a namespace, or asks what the kernel can do; or is what was left of a buffer.
pub fn is_look_up(protocol: &str, message: &[u8]) -> bool {
    let kind = u16_at(message, 4);
    if kind == 0 && u16_at(message, 6) == 0 {
        return true;
    }
    let probe = kind == 16 && message.len() == 32 && message.get(16..).is_some_and(|b| b.iter().all(|b| *b == 0));
    protocol == "NETLINK_ROUTE" && (kind == 18 || kind == 90 || probe)
}

/// The name and the size of the fixed header of a routing message.
fn routing(kind: u16) -> (String, usize) {
    let (object, size) = match kind / 4 {
        4 => ("LINK", 16),
        5 => ("ADDR", 8),
        6 => ("ROUTE", 12),
        7 => ("NEIGH", 12),
        8 => ("RULE", 12),
        9 => ("QDISC", 20),
        10 => ("TCLASS", 20),
        11 => ("TFILTER", 20),
        16 => ("NEIGHTBL", 4),
        18 => ("ADDRLABEL", 12),
        20 => ("NETCONF", 4),
        22 => ("NSID", 4),
        23 => ("STATS", 12),
        26 => ("NEXTHOP", 8),
        27 => ("LINKPROP", 16),
        29 => ("NEXTHOPBUCKET", 8),
        30 => ("TUNNEL", 8),
        _ => return (String::new(), 4),
    };
    let verb = ["NEW", "DEL", "GET", "SET"].get(usize::from(kind % 4)).copied().unwrap_or_default();
    (format!("{verb}{object}"), size)
}

/// Attributes as text, sorted by type (equal types keep their order); `None` if the bytes are no attributes. Where they must be
/// some, padding is not looked at: iproute2 leaves it to chance.
fn children(mut bytes: &[u8], descriptor: Option<u16>, certain: bool) -> Option<Vec<String>> {
    let mut found: Vec<(u16, String)> = Vec::new();
    while !bytes.is_empty() {
        let len = usize::from(u16_at(bytes, 0));
        let kind = u16_at(bytes, 2);
        if len < 4 || len > bytes.len() || kind & 0x3fff == 0 || kind & 0x3fff > 255 {
            return None;
        }
        let value = bytes.get(4..len)?;
        let padded = (len + 3) & !3;
        if !certain && bytes.get(len..padded.min(bytes.len()))?.iter().any(|b| *b != 0) {
            return None;
        }
        let text = if descriptor == Some(kind) { format!("{kind}=fd") } else { attribute(kind, value) };
        found.push((kind & 0x3fff, text));
        bytes = bytes.get(padded..).unwrap_or_default();
    }
    found.sort_by_key(|(kind, _)| *kind);
    Some(found.into_iter().map(|(_, text)| text).collect())
}

fn attribute(kind: u16, value: &[u8]) -> String {
    let number = kind & 0x3fff;
    let net = if kind & 0x4000 != 0 { "n" } else { "" };
    let nested = kind & 0x8000 != 0;
    if let (9, Some(hops)) = (number, hops(value)) {
        return format!("9({})", hops.join(" | "));
    }
    if let Some(string) = string(value) {
        return format!("{number}{net}=\"{string}\"");
    }
    let inner = if value.is_empty() && !nested { None } else { inside(value, nested) };
    match inner {
        Some(list) if nested => format!("{number}{net}[{list}]"),
        Some(list) => format!("{number}{net}{{{list}}}"),
        None if nested => format!("{number}{net}[?{}]", hex(value)),
        None => format!("{number}{net}={}", hex(value)),
    }
}

/// The next hops of a multipath route: flags, weight, device, attributes.
fn hops(mut bytes: &[u8]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let len = usize::from(u16_at(bytes, 0));
        let hop = bytes.get(..len).filter(|_| len >= 8)?;
        let mut words = vec![hex(&hop[2..4]), hex(&hop[4..8])];
        let mut rest = &hop[8..];
        while !rest.is_empty() {
            let len = usize::from(u16_at(rest, 0));
            let value = rest.get(4..len)?;
            words.push(attribute(u16_at(rest, 2), value));
            // What stands in the padding is left to chance by iproute2.
            rest = rest.get((len + 3) & !3..).unwrap_or_default();
        }
        found.push(words.join(" "));
        bytes = bytes.get((len + 3) & !3..).unwrap_or_default();
    }
    (!found.is_empty()).then_some(found)
}

/// A nest; one that begins with a link header (a veth's peer) shows the header first.
fn inside(value: &[u8], certain: bool) -> Option<String> {
    if let Some(list) = children(value, None, certain) {
        return Some(list.join(" "));
    }
    let header = value.get(..16).filter(|h| h[..4] == [0; 4] && value.len() > 16)?;
    let list = children(value.get(16..)?, Some(28), false)?;
    let words: Vec<String> = header.chunks(4).map(hex).collect();
    Some([words, list].concat().join(" "))
}

/// Text of at least two printable characters, with its final NUL if it has one.
fn string(value: &[u8]) -> Option<String> {
    let (body, end) = match value.split_last() {
        Some((0, body)) => (body, "\\0"),
        _ => (value, ""),
    };
    let printable = body.len() > 1 && body.iter().all(|b| (0x20..0x7f).contains(b) && *b != b'"');
    printable.then(|| format!("{}{end}", String::from_utf8_lossy(body)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_ne_bytes)
}

/// The requests in what `strace -e trace=socket,sendmsg,sendto -e write=all` wrote: (protocol, message).
pub fn from_strace(trace: &str) -> Vec<(String, Vec<u8>)> {
    let mut protocols = std::collections::HashMap::new();
    let mut sent: Vec<(String, Vec<u8>)> = Vec::new();
    for line in trace.lines() {
        if let Some(dump) = line.strip_prefix(" | ") {
            // ` | 00010  de ad be ef ...  ascii |`: the bytes stand in columns 7 to 56.
            let columns = dump.get(7..56).unwrap_or(dump);
            let bytes = columns.split_whitespace().filter_map(|h| u8::from_str_radix(h, 16).ok());
            if let Some((_, message)) = sent.last_mut() {
                message.extend(bytes);
            }
        } else if let Some((_, call)) = line.split_once("socket(") {
            let fd = call.rsplit("= ").next().unwrap_or_default().to_string();
            let protocol = call.split([',', ')']).nth(2).unwrap_or_default().trim().to_string();
            protocols.insert(fd, protocol);
        } else if let Some((_, call)) = line.split_once("sendmsg(").or(line.split_once("sendto(")) {
            let fd = call.split(',').next().unwrap_or_default();
            sent.push((protocols.get(fd).cloned().unwrap_or_default(), Vec::new()));
        }
    }
    let mut messages = Vec::new();
    for (protocol, bytes) in sent.iter().filter(|(p, _)| p.starts_with("NETLINK_")) {
        let mut rest = bytes.as_slice();
        while rest.len() >= 16 {
            let len = rest.get(..4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_ne_bytes);
            let len = usize::try_from(len).unwrap_or(usize::MAX).clamp(16, rest.len());
            messages.push((protocol.clone(), rest[..len].to_vec()));
            rest = rest.get((len + 3) & !3..).unwrap_or_default();
        }
    }
    messages
}
