//! `vrf`: VRF devices, the processes bound to one, and commands run in one.
//!
//! A process belongs to a VRF through its control group: a BPF program attached to the group binds each new socket to
//! the VRF's device.

mod exec;
mod group;

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, FAIL, Lost, Span, USAGE};
use crate::grammar::walk::{Line, Place};
use crate::grammar::{Names as _, Offer, Words};
use crate::net::kernel::Messages;
use crate::object::link::select::Selector;
use crate::object::link::{show as links, view::Link};
use crate::object::netns;
use crate::output::scalar::Padded;
use crate::schema::*;
use crate::session::Session;

/// The object.
pub static OBJECT: Object = Object {
    names: &["vrf~"],
    about: "VRFs, and commands run in them",
    purpose: Purpose::Interfaces,
    terms: &[],
    verbs: &[
        Verb {
            names: &["identify~"],
            about: "show the VRF of a process",
            run: identify,
            effect: Effect::Read,
            tables: &[&PROCESS],
            examples: &[("rip vrf identify", "the VRF of this shell"), ("rip vrf identify 1", "the VRF of a process")],
        },
        Verb {
            names: &["pids~"],
            about: "list the processes of a VRF",
            run: pids,
            effect: Effect::Read,
            tables: &[&NAME],
            examples: &[("rip vrf pids red", "processes in a VRF")],
        },
        Verb {
            names: &["exec~"],
            about: "run a command in a VRF; \"default\": in none",
            run: exec::exec,
            effect: Effect::Change,
            tables: &[&COMMAND],
            examples: &[("rip vrf exec red ping 192.0.2.1", "run a command in a VRF")],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list VRFs and their tables",
            run: show,
            effect: Effect::Read,
            tables: &[&SHOWN],
            examples: &[("rip vrf", "all VRFs")],
        },
    ],
    default: Some(show),
    ..Object::BASE
};

fn devices(w: &Words<'_>) -> Vec<Offer> {
    w.names.links()
}

const VRF: Place = Place::new("NAME", "name of the VRF", devices);

static SHOWN: Line = Line { title: "[ NAME ] ...", places: &[VRF] };
static NAME: Line = Line { title: "[ NAME ]", places: &[VRF] };
static PROCESS: Line = Line { title: "[ PID ]", places: &[Place::new("PID", "process id", |_| Vec::new())] };
static COMMAND: Line = Line {
    title: "[ NAME ] cmd ...",
    places: &[
        VRF,
        Place { rest: true, ..Place::new("cmd ...", "command to run, with its arguments", netns::commands) },
    ],
};

fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if let Some(extra) = w.peek_second() {
        return Err(w.usage_error().at(extra.span()));
    }
    if let Some(arg) = w.peek() {
        let absent = || Diag::usage("Invalid VRF").at(arg.span()).lost(Lost::Device(arg.bytes.to_vec()));
        let table = s.vrf(arg.bytes)?.ok_or_else(absent)?;
        s.document(|p| {
            p.object(None);
            p.item("name", "{} ", arg.bytes);
            p.item("table", "{}", table);
            p.end_line();
            p.close();
        });
        return Ok(0);
    }
    let list = links::dump(s, &Selector { kind: Some(b"vrf".to_vec()), ..Selector::default() })?;
    s.document(|p| {
        p.text("Name              Table\n-----------------------\n");
        let mut none = true;
        for (m, _, _) in Messages(&list) {
            let Some(l) = Link::parse(m.body) else { continue };
            let Some(info) = l.info().filter(|i| i.str(IFLA_INFO_KIND) == Some(b"vrf")) else { continue };
            let Some(table) = info.nest(IFLA_INFO_DATA).and_then(|d| d.u32(IFLA_VRF_TABLE)) else { continue };
            none = false;
            p.object(None);
            p.item("name", "{} ", Padded(l.name(), 16));
            // Numbers are right-aligned.
            p.text(&" ".repeat(5usize.saturating_sub(table.to_string().len())));
            p.item("table", "{}", table);
            p.end_line();
            p.close();
        }
        if none {
            p.text("No VRF has been configured\n");
        }
    });
    Ok(0)
}

fn identify(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if let Some(extra) = w.peek_second() {
        return Err(extra.wrong("Extra arguments specified\n"));
    }
    let pid = match w.peek() {
        None => "self".to_string(),
        Some(arg) => match crate::grammar::number::unsigned(arg.bytes, 10).and_then(|v| u32::try_from(v).ok()) {
            Some(pid) => pid.to_string(),
            None => return Err(arg.wrong("Invalid pid\n")),
        },
    };
    let own = group::of_process(&pid).map_err(|e| {
        let d = Diag::os("Failed to lookup vrf association", e);
        w.peek().map(|arg| arg.span()).into_iter().fold(d, Diag::at)
    })?;
    s.document(|p| {
        if let Some(name) = group::vrf_of(&own) {
            p.object(None);
            p.item("name", "{}", name);
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}

fn pids(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (Some(arg), None) = (w.peek(), w.peek_second()) else {
        let at = w.peek_second().map_or(Span::word(w.at()), |extra| extra.span());
        return Err(Diag::fail("Invalid arguments").at(at));
    };
    known(s, arg.bytes, arg.at, FAIL)?;
    let mount = group::mount()?;
    let space = netns::name_of_process("self").ok().flatten();
    let found = group::processes(&mount, arg.bytes, space.as_deref());
    s.document(|p| {
        for pid in found {
            let name = std::fs::read(format!("/proc/{pid}/comm")).unwrap_or_else(|_| b"<terminated?>".to_vec());
            p.object(None);
            p.text(&" ".repeat(5usize.saturating_sub(pid.to_string().len())));
            p.item("pid", "{}  ", pid);
            p.item("cmd", "{}", name.trim_ascii_end());
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}

/// The index of a VRF, by its name.
fn known(s: &Session, name: &[u8], at: usize, code: u8) -> Result<u32, Diag> {
    let absent = || {
        let d = Diag::new(code, "Invalid VRF name").at(Span::word(at));
        if code == USAGE || code == FAIL { d.lost(Lost::Device(name.to_vec())) } else { d }
    };
    match s.vrf(name)? {
        Some(_) => s.link(name)?.ok_or_else(absent),
        None => Err(absent()),
    }
}
