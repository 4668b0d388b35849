//! Netlink messages made up: attributes from the text form of `request`, and links of any kind from them.

pub const NESTED: u16 = 0x8000;

/// One attribute, padded.
pub fn attribute(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(u16::try_from(body.len() + 4).unwrap().to_ne_bytes());
    out.extend(kind.to_ne_bytes());
    out.extend(body);
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

/// The attributes in the text form of a request up to the end of their nest, as bytes.
pub fn attributes(text: &mut &str) -> Vec<(u16, Vec<u8>)> {
    let mut found = Vec::new();
    loop {
        *text = text.trim_start();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            *text = text.get(1..).unwrap_or_default();
            return found;
        }
        let word = &text[..text.find([' ', '}', ']']).unwrap_or(text.len())];
        let number = text[..digits].parse().unwrap();
        match text.as_bytes().get(digits) {
            Some(mark @ (b'{' | b'[')) => {
                *text = &text[digits + 1..];
                // A peer begins with the header of a link.
                let mut body = Vec::new();
                while text.get(..8).is_some_and(|w| w.bytes().all(|b| b.is_ascii_hexdigit())) {
                    body.extend(unhex(&text[..8]));
                    *text = text[8..].trim_start();
                }
                body.extend(attributes(text).into_iter().flat_map(|(n, v)| attribute(n, &v)));
                found.push((if *mark == b'[' { number | NESTED } else { number }, body));
            }
            _ if text[digits..].starts_with("=\"") => {
                let value = &text[digits + 2..];
                let end = value.find('"').unwrap();
                found.push((number, value[..end].replace("\\0", "\0").into_bytes()));
                *text = &value[end + 1..];
            }
            _ => {
                *text = &text[word.len()..];
                // A descriptor is written as a word.
                let value = &word[digits + 1..];
                found.push((number, if value == "fd" { vec![0; 4] } else { unhex(value) }));
            }
        }
    }
}

/// Bytes from hexadecimal digits.
pub fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

/// Messages about new links, one for each line `KIND ATTRIBUTES`; `_slave` makes it a port.
pub fn links(text: &str) -> Vec<u8> {
    const INFO: u16 = 18;
    let mut out = Vec::new();
    for (i, line) in text.lines().filter(|l| !l.starts_with('#')).enumerate() {
        let (kind, mut rest) = line.split_once(' ').unwrap_or((line, ""));
        let data: Vec<u8> = attributes(&mut rest).into_iter().flat_map(|(n, v)| attribute(n, &v)).collect();
        let (name, place) = kind.strip_suffix("_slave").map_or((kind, 1), |name| (name, 4));
        let info = [attribute(place, format!("{name}\0").as_bytes()), attribute(place + 1, &data)].concat();
        let index = u32::try_from(i).unwrap() + 100;
        // Family, type Ethernet, index, flags, change; IFLA_IFNAME and IFLA_MTU.
        let head = [&[0, 0, 1, 0][..], &index.to_ne_bytes(), &[0; 8]].concat();
        let body = [
            head,
            attribute(3, format!("x{i}\0").as_bytes()),
            attribute(4, &1500u32.to_ne_bytes()),
            attribute(INFO, &info),
        ]
        .concat();
        out.extend(u32::try_from(body.len() + 16).unwrap().to_ne_bytes());
        out.extend(16u16.to_ne_bytes());
        out.extend([0; 10]);
        out.extend(body);
    }
    out
}
