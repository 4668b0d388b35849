//! `maddress`: multicast addresses joined by devices, read from /proc/net; link-layer ones are added and deleted by
//! ioctl (SIOCADDMULTI, SIOCDELMULTI).

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Lost, Span};
use crate::files;
use crate::grammar::address::{INET, INET6, PACKET, UNSPEC};
use crate::grammar::value::{Word, check_name, lladdr};
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Offer, Row, Target, Value, Words, spells};
use crate::net::Request;
use crate::net::interceptor::{Revert, Setting, SideEffect};
use crate::output::color::{Role, of_family};
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::output::{Printer, Scalar};
use crate::schema::RTM_GETMULTICAST;
use crate::session::Session;
use crate::sort::Arrange as _;
use crate::state::{ObjectType, consistent_dump};
use crate::sys::multicast_list;
use crate::{row, rows};
use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, SockFlag, SockType, socket};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;

/// The object.
pub static OBJECT: Object = Object {
    names: &["maddress~"],
    about: "multicast addresses of devices",
    purpose: Purpose::Interfaces,
    terms: &[
        ("", "ip maddr [ add | del ] MULTIADDR dev STRING"),
        ("", "ip maddr show [ dev STRING ]"),
        ("MULTIADDR", "LLADDR"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "add a link-layer multicast address to a device",
            run: |s, w| set(s, w, true),
            effect: Effect::Change,
            tables: &[&CHANGE],
            examples: &[("rip maddress add 33:33:00:00:00:05 dev eth0", "receive a link-layer multicast address")],
        },
        Verb {
            names: &["delete~"],
            about: "delete a link-layer multicast address",
            run: |s, w| set(s, w, false),
            effect: Effect::Change,
            tables: &[&CHANGE],
            examples: &[("rip maddress del 33:33:00:00:00:05 dev eth0", "delete a link-layer multicast address")],
        },
        Verb {
            names: &["list~", "show~", "lst~"],
            about: "list the addresses; -0, -4 and -6 select a family",
            run: show,
            effect: Effect::Read,
            tables: &[&SELECTOR],
            examples: &[
                ("rip maddress show dev eth0", "the multicast addresses of a device"),
                ("rip -6 maddress", "IPv6 groups"),
            ],
        },
    ],
    default: Some(show),
    unknown: Some(unknown),
    ..Object::BASE
};

/// iproute2 uses the short name in this message.
fn unknown(_s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let Some(verb) = w.peek() else { return Ok(0) };
    let text = format!("Command \"{}\" is unknown, try \"ip maddr help\".", verb.shown());
    Err(crate::command::unknown(&OBJECT, verb.bytes, verb.at).say(text))
}

/// A link-layer multicast address and a device.
#[derive(Default)]
pub struct Change {
    address: Option<(Vec<u8>, Span)>,
    device: Option<(Vec<u8>, Span)>,
}

impl Target for Change {}

static DEVICE: &[Row<Change>] = rows!(Change;
    "dev" => Device, "the device", |c, (name, at)| {
        once("dev", &c.device, &name, at)?;
        check_name(&Arg { bytes: &name, at }, "dev")?;
        c.device = Some((name, Span::word(at)));
        Ok(())
    };
);
static ADDRESS: Row<Change> = row!(Change; "address~" => Multicast, "link-layer address, six bytes", |c, (word, at)| {
    once("address", &c.address, &word, at)?;
    let bytes = lladdr(&word).map_err(|e| Diag::fail(e).at(Span::word(at)))?;
    if bytes.len() != LENGTH {
        let text = format!("Error: Invalid address length {} - must be {LENGTH} bytes", bytes.len());
        return Err(Diag::fail(text).at(Span::word(at)));
    }
    c.address = Some((bytes, Span::word(at)));
    Ok(())
});
/// The words of `maddress add` and `maddress delete`.
pub static CHANGE: Grammar<Change> = Grammar { title: "MADDR", rows: &[DEVICE], fallback: Fallback::Take(&ADDRESS) };

/// Bytes of a link-layer address that the ioctl accepts.
const LENGTH: usize = 6;

/// A link-layer address; `help` means help, with and without the keyword.
struct Multicast;

impl Value for Multicast {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        "MULTIADDR".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        match w.peek() {
            Some(arg) if spells("help~", arg.bytes) => Err(w.usage()),
            _ => Word("MULTIADDR").take(w),
        }
    }
}

/// The name of a device, which is not looked up here.
struct Device;

impl Value for Device {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        "STRING".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        Word("STRING").take(w)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

fn once<T>(key: &str, slot: &Option<(T, Span)>, word: &[u8], at: usize) -> Result<(), Diag> {
    match slot {
        Some((_, first)) => Err(Diag::duplicate(key, &shown(word)).at(*first).at(Span::word(at))),
        None => Ok(()),
    }
}

/// A socket for the ioctl, of the requested family or of any that the kernel has.
fn channel(family: u8) -> Result<OwnedFd, Diag> {
    let chosen = match family {
        PACKET => Some(AddressFamily::Packet),
        INET6 => Some(AddressFamily::Inet6),
        _ => None,
    };
    let all = [AddressFamily::Inet, AddressFamily::Packet, AddressFamily::Inet6];
    let mut why = Errno::EAFNOSUPPORT;
    for family in chosen.into_iter().chain(all) {
        match socket(family, SockType::Datagram, SockFlag::SOCK_CLOEXEC, None) {
            Ok(fd) => return Ok(fd),
            Err(e) => why = e,
        }
    }
    Err(Diag::os("Cannot create control socket", why))
}

fn set(s: &Session, w: &mut Words<'_>, add: bool) -> Result<u8, Diag> {
    let mut c = Change::default();
    CHANGE.parse(&mut c, w)?;
    let end = Span::word(w.at());
    let Some((device, at)) = c.device else {
        return Err(Diag::usage("Not enough information: \"dev\" is required.").at(end));
    };
    let Some((address, _)) = c.address else {
        return Err(Diag::usage("Error: argument \"address\" is required").at(end));
    };
    let device = s.existing_link_name(&device).into_owned();
    let verb = if add { "add" } else { "delete" };
    let bytes = address.first_chunk().copied().unwrap_or_default();
    let what = || {
        let words = format!("maddress {verb} {} dev {}", text_of(&address), shown(&device));
        SideEffect::new(words, Revert::RestoreSetting(Setting::Listens { device: device.clone(), address: bytes }))
    };
    if !s.allow(what)? {
        return Ok(0);
    }
    multicast_list(channel(w.family)?.as_fd(), add, &device, bytes).map_err(|e| {
        let d = Diag::os("ioctl", e);
        match e {
            Errno::ENODEV => d.at(at).lost(Lost::Device(device.clone())),
            Errno::ENOENT => d.hint("no command added this address to the device"),
            _ => d,
        }
    })?;
    Ok(0)
}

/// Adds a link-layer multicast address to a device, or deletes it.
///
/// # Errors
///
/// ENODEV if there is no such device; ENOENT if no command added the address that is deleted; EPERM without
/// CAP_NET_ADMIN.
pub fn listen(device: &[u8], address: [u8; LENGTH], on: bool) -> Result<(), Errno> {
    let fd = socket(AddressFamily::Inet, SockType::Datagram, SockFlag::SOCK_CLOEXEC, None)?;
    multicast_list(fd.as_fd(), on, device, address)
}

/// Whether a command (not a protocol) added a link-layer multicast address to a device.
pub fn is_static(index: u32, address: &[u8]) -> bool {
    let mut all = Vec::new();
    link_layer(&files::lines(Path::new("/proc/net/dev_mcast"), BOUND).unwrap_or_default(), &mut all);
    let matches = |e: &Entry| e.index == index && matches!(&e.address, Address::Link(bytes) if bytes == address);
    all.iter().any(|e| e.is_static && matches(e))
}

/// A link-layer address as text.
pub fn text_of(address: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| DIGITS.get(usize::from(n & 15)).copied().map_or('0', char::from);
    let mut out = String::with_capacity(3 * address.len());
    for (i, b) in address.iter().enumerate() {
        if i > 0 {
            out.push(':');
        }
        out.extend([digit(b >> 4), digit(*b)]);
    }
    out
}

/// The device whose addresses are listed, with the position of its word.
#[derive(Default)]
pub struct Selector(Option<(Vec<u8>, usize)>);

impl Target for Selector {}

static ONE: Row<Selector> = row!(Selector; "dev" => Device, "of this device", |f, (name, at)| {
    if let Some((_, first)) = f.0 {
        return Err(Diag::garbage("dev", &shown(&name), Span::word(at)).at(Span::word(first)));
    }
    f.0 = Some((name, at));
    Ok(())
});
/// The words of `maddress show`.
pub static SELECTOR: Grammar<Selector> = Grammar { title: "MADDR-SELECTOR", rows: &[], fallback: Fallback::Take(&ONE) };

/// A multicast address of a device.
struct Entry {
    index: u32,
    name: Vec<u8>,
    address: Address,
    users: u32,
    /// It was added by a command.
    is_static: bool,
}

enum Address {
    Link(Vec<u8>),
    Ip(IpAddr),
}

fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut f = Selector::default();
    SELECTOR.parse(&mut f, w)?;
    let wanted = f.0.map(|(name, _)| s.existing_link_name(&name).into_owned());
    if let Some(name) = &wanted {
        announce_absent(s, name, w.family)?;
    }
    let mut all = Vec::new();
    for (family, file, parse) in LISTS {
        if w.family == UNSPEC || w.family == *family {
            let text = files::lines(Path::new(file), BOUND).unwrap_or_default();
            parse(&text, &mut all);
        }
    }
    all.retain(|e: &Entry| wanted.as_ref().is_none_or(|name| *name == e.name));
    all.arrange_by_key(|e| e.index);
    s.document(|p| {
        let oneline = p.oneline();
        for group in all.chunk_by(|a, b| a.index == b.index && !oneline) {
            device(s, p, group);
        }
    });
    Ok(0)
}

/// iproute2 requests the addresses of `ifN` by that index before it reads the files, and prints the kernel's error if
/// there is no such device.
fn announce_absent(s: &Session, name: &[u8], family: u8) -> Result<(), Diag> {
    let Some(index) = s.link(name)?.filter(|_| name.starts_with(b"if")) else {
        return Ok(());
    };
    for each in [INET, INET6].into_iter().filter(|each| family == UNSPEC || family == *each) {
        let request = Request::raw(RTM_GETMULTICAST, 0, &[&[each, 0, 0, 0], &index.to_ne_bytes()[..]].concat());
        match consistent_dump::collect(s.kernel()?, ObjectType::Maddress, &request) {
            Err(e) if e.is(Errno::ENODEV) => print_stderr(&format!("{}\n", e.line())),
            _ => {}
        }
    }
    Ok(())
}

/// A list in /proc/net: its family, its file, and its parser.
type List = (u8, &'static str, fn(&[u8], &mut Vec<Entry>));

const LISTS: &[List] =
    &[(PACKET, "/proc/net/dev_mcast", link_layer), (INET, "/proc/net/igmp", inet), (INET6, "/proc/net/igmp6", inet6)];

/// Bytes of a list that are read: about half a million addresses.
const BOUND: u64 = 64 << 20;

fn device(s: &Session, p: &mut Printer<'_>, group: &[Entry]) {
    let Some(first) = group.first() else { return };
    p.object(None);
    p.item("ifindex", "{}:", first.index);
    match p.is_json() {
        true => p.hidden("ifname", &first.name),
        false => p.text_colored(Role::Ifname, "\t{}", &first.name),
    }
    p.nl();
    p.array(Some("maddr"));
    for e in group {
        p.object(None);
        match &e.address {
            Address::Link(bytes) => p.labelled("\tlink  ", Role::Mac, "link", text_of(bytes).as_str()),
            Address::Ip(ip) => {
                let (name, family) = if ip.is_ipv4() { ("inet", INET) } else { ("inet6", INET6) };
                p.item("family", "\t{}", name);
                p.labelled(if ip.is_ipv4() { "  " } else { " " }, of_family(family), "address", s.host(*ip));
            }
        }
        if e.users != 1 {
            p.item("users", " users {}", e.users);
        }
        if e.is_static {
            p.item("features", " {}", "static");
        }
        p.close();
        p.end_line();
    }
    p.close();
    p.close();
}

impl Printer<'_> {
    /// A coloured value after a label without colour.
    fn labelled(&mut self, label: &str, role: Role, key: &str, value: impl Scalar) {
        self.text(label);
        self.colored(role, key, "{}", value);
    }
}

fn words(line: &[u8]) -> Vec<&[u8]> {
    line.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()).collect()
}

fn number(word: &[u8]) -> Option<u32> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

fn hex(word: &[u8]) -> Option<Vec<u8>> {
    let digits = std::str::from_utf8(word).ok()?;
    word.chunks(2).enumerate().map(|(i, _)| u8::from_str_radix(digits.get(2 * i..2 * i + 2)?, 16).ok()).collect()
}

/// Parses `3    v0              1     0     333300000001`: index, name, users, whether added by command, address.
fn link_layer(text: &[u8], out: &mut Vec<Entry>) {
    let entry = |line: &[u8]| {
        let [index, name, users, by_command, address] = words(line).try_into().ok()?;
        let (index, users) = (number(index)?, number(users)?);
        Some(Entry {
            index,
            name: name.to_vec(),
            address: Address::Link(hex(address)?),
            users,
            is_static: number(by_command)? != 0,
        })
    };
    out.extend(text.split(|b| *b == b'\n').filter_map(entry));
}

/// Parses `1    lo              ff02000000000000000000000000000001     1 0000000C 0`: index, name, address, users.
fn inet6(text: &[u8], out: &mut Vec<Entry>) {
    let entry = |line: &[u8]| {
        let all = words(line);
        let [index, name, address, users] = all.first_chunk::<4>()?;
        let address = Ipv6Addr::from(*hex(address)?.first_chunk::<16>()?);
        let (index, users) = (number(index)?, number(users)?);
        Some(Entry { index, name: name.to_vec(), address: Address::Ip(address.into()), users, is_static: false })
    };
    out.extend(text.split(|b| *b == b'\n').filter_map(entry));
}

/// Parses a line `3⇥v0        :     1      V3` for each device, followed by indented addresses in host byte order:
/// `010000E0     1 0:00000000⇥⇥0`.
fn inet(text: &[u8], out: &mut Vec<Entry>) {
    let mut device: Option<(u32, &[u8])> = None;
    for line in text.split(|b| *b == b'\n').skip(1) {
        let all = words(line);
        if !line.starts_with(b"\t") {
            device = all
                .first_chunk::<2>()
                .and_then(|[index, name]| Some((number(index)?, name.strip_suffix(b":").unwrap_or(name))));
            continue;
        }
        let (Some((index, name)), Some([address, users])) = (device, all.first_chunk::<2>()) else { continue };
        let Some(bytes) = std::str::from_utf8(address).ok().and_then(|a| u32::from_str_radix(a, 16).ok()) else {
            continue;
        };
        let address = Address::Ip(Ipv4Addr::from(bytes.to_ne_bytes()).into());
        let users = number(users).unwrap_or(1);
        out.push(Entry { index, name: name.to_vec(), address, users, is_static: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_the_kernel() {
        let mut all = Vec::new();
        link_layer(b"3    v0              2     1     333300000001\nrubbish\n", &mut all);
        inet(b"Idx\tDevice    : Count Querier\tGroup\n1\tlo        :     1      V3\n\t\t\t\t010000E0     1 0:0\t\t0\n15\tlongestnameever:     1      V3\n\t\t\t\t050000E0     3 0:0\t\t0\n", &mut all);
        inet6(b"4    v9              ff020000000000000000000000000001     1 0000000C 0\n", &mut all);
        let said: Vec<_> = all
            .iter()
            .map(|e| {
                let address = match &e.address {
                    Address::Link(b) => text_of(b),
                    Address::Ip(ip) => ip.to_string(),
                };
                format!("{} {} {address} {} {}", e.index, String::from_utf8_lossy(&e.name), e.users, e.is_static)
            })
            .collect();
        let wanted = [
            "3 v0 33:33:00:00:00:01 2 true",
            "1 lo 224.0.0.1 1 false",
            "15 longestnameever 224.0.0.5 3 false",
            "4 v9 ff02::1 1 false",
        ];
        assert_eq!(said, wanted);
    }
}
