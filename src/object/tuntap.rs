//! `tuntap`: persistent TUN and TAP devices (linux/if_tun.h).

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Lost, Span};
use crate::grammar::number::Term;
use crate::grammar::value::{Flag, Word, check_name};
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::net::Nested;
use crate::net::interceptor::{Revert, SideEffect};
use crate::net::kernel::Messages;
use crate::nss::accounts::{GROUPS, USERS};
use crate::object::link::select::Selector;
use crate::object::link::{show as links, view::Link};
use crate::output::Printer;
use crate::output::color::Role;
use crate::schema::*;
use crate::session::Session;
use crate::sys::{TunSet, tun_attach, tun_set};
use crate::{row, rows};
use nix::errno::Errno;
use nix::fcntl::{OFlag, open};
use nix::sys::stat::Mode;
use std::borrow::Cow;
use std::os::unix::ffi::OsStrExt as _;

/// The object `tuntap`.
pub static OBJECT: Object = Object {
    names: &["tuntap~", "tap~"],
    about: "TUN and TAP devices",
    purpose: Purpose::Interfaces,
    terms: &[
        ("", "{ add | del | show | list | lst | help }"),
        ("USER", "{ STRING | NUMBER }"),
        ("GROUP", "{ STRING | NUMBER }"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "create a device",
            run: add,
            effect: Effect::Change,
            tables: &[&ADD],
            examples: &[
                ("rip tuntap add dev tun1 mode tun", "a TUN device"),
                ("rip tuntap add dev tap1 mode tap user 1000 multi_queue", "a TAP device owned by a user"),
            ],
        },
        Verb {
            names: &["delete~"],
            about: "delete a device",
            run: delete,
            effect: Effect::Change,
            tables: &[&DELETE],
            examples: &[("rip tuntap del dev tun0 mode tun", "delete a device")],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list devices",
            run: show,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip tuntap", "all devices")],
        },
    ],
    default: Some(show),
    ..Object::BASE
};

// linux/if_tun.h, IFF_*.
const TUN: u16 = 0x0001;
const TAP: u16 = 0x0002;
const MULTI_QUEUE: u16 = 0x0100;
const NO_PI: u16 = 0x1000;
const ONE_QUEUE: u16 = 0x2000;
const VNET_HDR: u16 = 0x4000;
/// IFF_TUN_EXCL: fail if the device exists.
const EXCLUSIVE: u16 = 0x8000;
const PERSISTENT: u16 = 0x0800;
const KNOWN: u16 = TUN | TAP | MULTI_QUEUE | PERSISTENT | NO_PI | ONE_QUEUE | VNET_HDR;

/// A device as described by the words.
#[derive(Default)]
pub struct Device {
    name: Vec<u8>,
    /// The span of its name.
    at: Option<Span>,
    mode: u16,
    mode_at: Option<Span>,
    flags: u16,
    pi: bool,
    user: Option<u32>,
    group: Option<u32>,
}

impl Target for Device {}

impl Device {
    fn named(&mut self, name: Vec<u8>, at: usize) -> Result<(), Diag> {
        if !self.name.is_empty() {
            let d = Diag::garbage("name", &crate::output::escape::shown(&name), Span::word(at)).lost(Lost::Keyword(at));
            let first = self.at.map_or(at, |s| s.from);
            return Err(self.at.into_iter().fold(d, Diag::at).lost(Lost::Keyword(first)));
        }
        check_name(&crate::grammar::Arg { bytes: &name, at }, "name")?;
        (self.name, self.at) = (name, Some(Span::word(at)));
        Ok(())
    }

    /// The side effect of a verb on the device.
    fn side_effect(&self, verb: &str, revert: Revert) -> SideEffect {
        let mode = if self.mode == TUN { "tun" } else { "tap" };
        SideEffect::new(format!("{verb} {mode} device {}", crate::output::escape::shown(&self.name)), revert)
    }

    fn mode(&mut self, mode: u16, at: usize) -> Result<(), Diag> {
        if self.mode & !mode != 0 {
            let d = Diag::usage("You managed to ask for more than one tunnel mode.").at(Span::word(at));
            return Err(self.mode_at.into_iter().fold(d, Diag::at));
        }
        (self.mode, self.mode_at) = (mode, Some(Span::word(at)));
        Ok(())
    }
}

static MODE: &[Row<Device>] = rows!(Device;
    "mode~" => TunnelMode, "tun (IP packets) or tap (Ethernet frames)", |d, (mode, at)| d.mode(mode, at);
);
static OWNER: &[Row<Device>] = rows!(Device;
    "user~" => Term("USER", Account("user")), "owner: user name or UID", |d, v| d.user = Some(v);
    "group~" => Term("GROUP", Account("group")), "owning group: group name or GID", |d, v| d.group = Some(v);
);
static FLAGS: &[Row<Device>] = rows!(Device;
    "pi~" => Flag, "packet information header before each packet", |d, ()| d.pi = true;
    "one_queue~" => Flag, "no queue (obsolete)", |d, ()| d.flags |= ONE_QUEUE;
    "vnet_hdr~" => Flag, "virtio header before each packet", |d, ()| d.flags |= VNET_HDR;
    "multi_queue~" => Flag, "multiple queues", |d, ()| d.flags |= MULTI_QUEUE;
    "dev~" => Term("PHYS_DEV", Word("NAME")), "name of the device", |d, (name, at)| {
        check_name(&crate::grammar::Arg { bytes: &name, at }, "dev")?;
        (d.name, d.at) = (name, Some(Span::word(at)));
        Ok(())
    };
);
static NAME: Row<Device> =
    row!(Device; "name~" => Word("NAME"), "name of the device", |d, (name, at)| d.named(name, at));

/// The words of `tuntap add`.
pub static ADD: Grammar<Device> =
    Grammar { title: "TUNTAP", rows: &[MODE, OWNER, FLAGS], fallback: Fallback::Take(&NAME) };
/// The words of `tuntap delete`.
pub static DELETE: Grammar<Device> =
    Grammar { title: "TUNTAP-DELETE", rows: &[MODE, FLAGS], fallback: Fallback::Take(&NAME) };

/// `tun` or `tap`, which may be shortened.
struct TunnelMode;

impl Value for TunnelMode {
    type Out = (u16, usize);
    fn meta(&self) -> Cow<'static, str> {
        "{ tun | tap }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        for (name, mode) in [("tun~", TUN), ("tap~", TAP)] {
            if crate::grammar::spells(name, arg.bytes) {
                return Ok((mode, arg.at));
            }
        }
        Err(Diag::usage(format!("Unknown tunnel mode \"{}\"", arg.shown())).at(arg.span()))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("tun", "IP packets"), Offer::new("tap", "Ethernet frames")]
    }
}

/// A user or a group: a name of the account files, or a number.
struct Account(&'static str);

impl Value for Account {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        if self.0 == "user" { "USER" } else { "GROUP" }.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let file = if self.0 == "user" { &USERS } else { &GROUPS };
        crate::grammar::number::unsigned(arg.bytes, 10)
            .and_then(|v| u32::try_from(v).ok())
            // (uid_t)-1 means "no owner" to the driver.
            .filter(|v| *v != u32::MAX)
            .or_else(|| file.id(arg.bytes))
            .ok_or_else(|| Diag::usage(format!("invalid {} \"{}\"", self.0, arg.shown())).at(arg.span()))
    }
}

fn parse(w: &mut Words<'_>, grammar: &Grammar<Device>) -> Result<Device, Diag> {
    let mut d = Device::default();
    grammar.parse(&mut d, w)?;
    if d.mode == 0 {
        return Err(Diag::fail("You failed to specify a tunnel mode").at(Span::word(w.at())));
    }
    Ok(d)
}

/// Opens /dev/net/tun and attaches to the device, which is created if it does not exist.
fn attach(d: &Device) -> Result<std::os::fd::OwnedFd, Diag> {
    let fd = crate::rights::as_lender(|| open("/dev/net/tun", OFlag::O_RDWR | OFlag::O_CLOEXEC, Mode::empty()))
        .map_err(|e| Diag::os("open", e))?;
    let pi = if d.pi { 0 } else { NO_PI };
    match tun_attach(&fd, &d.name, d.mode | d.flags | pi) {
        Ok(_) => Ok(fd),
        Err(e) => {
            let failed = Diag::os("ioctl(TUNSETIFF)", e);
            // The driver returns EBUSY for a name in use, and for a device that another program has open.
            Err(match d.at {
                Some(name) if matches!(e, Errno::EBUSY | Errno::EINVAL) => failed.at(name),
                _ => failed,
            })
        }
    }
}

fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut d = parse(w, &ADD)?;
    if !s.allow(|| d.side_effect("add", Revert::DeleteLink(d.name.clone())))? {
        return Ok(0);
    }
    d.flags |= EXCLUSIVE;
    let fd = attach(&d)?;
    for (what, value, name) in [(TunSet::Owner, d.user, "TUNSETOWNER"), (TunSet::Group, d.group, "TUNSETGROUP")] {
        if let Some(v) = value {
            tun_set(&fd, what, v.cast_signed()).map_err(|e| {
                let failed = Diag::os(format!("ioctl({name})"), e);
                // The only reason for EINVAL in the driver.
                if e == Errno::EINVAL {
                    failed.hint(format!("{v} is not mapped into this user namespace"))
                } else {
                    failed
                }
            })?;
        }
    }
    tun_set(&fd, TunSet::Persist, 1).map_err(|e| Diag::os("ioctl(TUNSETPERSIST)", e))?;
    Ok(0)
}

fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut d = parse(w, &DELETE)?;
    d.name = s.existing_link_name(&d.name).into_owned();
    if !s.allow(|| {
        d.side_effect("delete", Revert::LinkIsLost(d.name.clone(), "a tun or tap device cannot be recreated as it was"))
    })? {
        return Ok(0);
    }
    let fd = attach(&d)?;
    tun_set(&fd, TunSet::Persist, 0).map_err(|e| Diag::os("ioctl(TUNSETPERSIST)", e))?;
    Ok(0)
}

// IFLA_TUN_* of linux/if_link.h.
const OWNER_ID: u16 = 1;
const GROUP_ID: u16 = 2;
const TYPE: u16 = 3;
const PI: u16 = 4;
const VNET: u16 = 5;
const PERSIST: u16 = 6;
const QUEUES: u16 = 7;

fn show(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let wanted = Selector { kind: Some(b"tun".to_vec()), ..Selector::default() };
    let list = links::dump(s, &wanted)?;
    let open = if s.options.details { openers() } else { Vec::new() };
    s.document(|p| {
        for (m, _, _) in Messages(&list) {
            let Some(l) = Link::parse(m.body).filter(|l| links::matches(&wanted, l)) else { continue };
            let Some(data) = l.info().and_then(|i| i.nest(IFLA_INFO_DATA)) else { continue };
            p.object(None);
            describe(s, p, &l, &data, &open);
            p.close();
        }
    });
    Ok(0)
}

fn describe(s: &Session, p: &mut Printer<'_>, l: &Link<'_>, data: &Nested<'_>, open: &[Opener]) {
    let on = |attr: u16| data.u8(attr).is_some_and(|v| v != 0);
    let extra = beyond(l, data);
    p.colored(Role::Ifname, "ifname", "{}:", l.name());
    p.array(Some("flags"));
    let flags = [
        (data.u8(TYPE) == Some(1), "tun"),
        (data.u8(TYPE) == Some(2), "tap"),
        (on(PI), "pi"),
        (extra & ONE_QUEUE != 0, "one_queue"),
        (on(QUEUES), "multi_queue"),
        (on(VNET), "vnet_hdr"),
        (on(PERSIST), "persist"),
        // IFF_NOFILTER and IFF_NO_PI are the same bit.
        (on(PI), "filter"),
    ];
    for (_, name) in flags.iter().filter(|(on, _)| *on) {
        p.element(" {}", *name);
    }
    let unknown = extra & !KNOWN;
    if unknown != 0 {
        p.element(" {}", format_args!("{unknown:#x}"));
    }
    p.close();
    if let Some(v) = data.u32(OWNER_ID) {
        p.item("user", " user {}", v);
    }
    if let Some(v) = data.u32(GROUP_ID) {
        p.item("group", " group {}", v);
    }
    if s.options.details {
        p.nl();
        p.text("\tAttached to processes:");
        p.array(Some("processes"));
        for o in open.iter().filter(|o| o.device == l.name()) {
            p.object(None);
            p.item("name", "{}", &o.program);
            p.item("pid", "({})", o.pid);
            p.close();
        }
        p.close();
    }
    p.end_line();
}

/// The flags that only sysfs reports, if it is mounted and shows this namespace.
fn beyond(l: &Link<'_>, data: &Nested<'_>) -> u16 {
    let dir = std::path::Path::new("/sys/class/net").join(std::ffi::OsStr::from_bytes(l.name()));
    let number = |file: &str| {
        let text = std::fs::read(dir.join(file)).ok()?;
        crate::grammar::number::unsigned(text.trim_ascii(), 0)
    };
    let kind = data.u8(TYPE).map(u64::from);
    match number("tun_flags") {
        Some(flags) if number("ifindex") == Some(u64::from(l.index)) && Some(flags & 3) == kind => {
            u16::try_from(flags & 0xffff).unwrap_or(0)
        }
        _ => 0,
    }
}

/// A process that has a device open.
struct Opener {
    device: Vec<u8>,
    program: Vec<u8>,
    pid: u32,
}

/// All processes that have /dev/net/tun open, as far as permissions show them.
fn openers() -> Vec<Opener> {
    let mut out: Vec<Opener> = Vec::new();
    let Ok(processes) = std::fs::read_dir("/proc") else { return out };
    for process in processes.flatten() {
        let Some(pid) = process.file_name().to_str().and_then(|n| n.parse::<u32>().ok()) else { continue };
        let Ok(files) = std::fs::read_dir(process.path().join("fd")) else { continue };
        for file in files.flatten() {
            if std::fs::read_link(file.path()).is_ok_and(|to| to.as_os_str() == "/dev/net/tun")
                && let Some(device) = attached(&process.path().join("fdinfo").join(file.file_name()))
            {
                let program = std::fs::read(process.path().join("comm")).unwrap_or_default();
                out.push(Opener { device, program: program.trim_ascii_end().to_vec(), pid });
            }
        }
    }
    out
}

/// The device of a descriptor: `iff:  NAME` in its fdinfo.
fn attached(fdinfo: &std::path::Path) -> Option<Vec<u8>> {
    let text = std::fs::read(fdinfo).ok()?;
    let line = text.split(|b| *b == b'\n').find_map(|l| l.strip_prefix(b"iff:"))?;
    Some(line.trim_ascii().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn the_device_of_a_descriptor() {
        let path = std::env::temp_dir().join(format!("rip-fdinfo-{}", std::process::id()));
        let read = |text: &str| {
            std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
            attached(&path)
        };
        assert_eq!(read("pos:\t0\nflags:\t0100002\nmnt_id:\t9\niff:\ttun0\n").as_deref(), Some(&b"tun0"[..]));
        assert_eq!(read("pos:\t0\nino:\t5\n"), None);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(attached(&path), None);
    }

    #[test]
    fn names_are_checked_once() {
        let mut d = Device::default();
        d.named(b"tun0".to_vec(), 3).unwrap();
        assert_eq!(d.named(b"tun1".to_vec(), 4).unwrap_err().code(), 255);
        assert_eq!(d.name, b"tun0");
        assert!(Device::default().named(b"a/b".to_vec(), 3).is_err());
        d.mode(TUN, 1).unwrap();
        // The same mode again is no other mode.
        d.mode(TUN, 2).unwrap();
        assert!(d.mode(TAP, 3).is_err());
    }
}
