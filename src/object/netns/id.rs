//! Namespace ids: the numbers under which one namespace knows others.

use super::place;
use crate::command::view::View;
use crate::diag::{Diag, FAIL, Lost, Span};
use crate::grammar::number::signed;
use crate::grammar::{Arg, Fallback, Grammar, Target, Value, Words};
use crate::net::attr::{Attrs, u32_at};
use crate::net::kernel::Messages;
use crate::net::{Kernel, Request};
use crate::output::Printer;
use crate::output::escape::shown;
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, What};
use std::borrow::Cow;
use std::collections::HashMap;
use std::os::fd::{AsRawFd as _, BorrowedFd};

/// A line of `list-id`: the content of a message.
#[derive(Default, Clone, Copy)]
pub struct Entry {
    /// NETNSA_NSID; -1 if the namespace has none.
    pub nsid: Option<i32>,
    /// NETNSA_CURRENT_NSID: the id in the requesting namespace.
    pub current: Option<i32>,
}

impl Entry {
    /// Parses the body of an RTM_NEWNSID.
    pub fn parse(body: &[u8]) -> Entry {
        let mut e = Entry::default();
        for (kind, v) in Attrs(body.get(RTGENMSG..).unwrap_or_default()) {
            let number = u32_at(v, 0).map(u32::cast_signed);
            match kind {
                NETNSA_NSID => e.nsid = number,
                NETNSA_CURRENT_NSID => e.current = number,
                _ => {}
            }
        }
        e
    }
}

/// The view of namespace ids.
pub static VIEW: View = View {
    defect: Some(|body| Entry::parse(body).nsid.is_none().then(String::new)),
    learn: Some(|s, e| {
        if e.what == What::Is {
            s.renew_namespaces(|| names(s));
            Entry::parse(e.body).nsid.into_iter().for_each(|id| s.announce_namespace(id));
        }
    }),
    // The message about its deletion is still described with its name, although that may be deleted earlier.
    forget: Some(|s, e| {
        if e.what == What::Deleted {
            let nsid = Entry::parse(e.body).nsid;
            nsid.into_iter().for_each(|id| s.forget_namespace(id));
            s.forget_view(nsid);
        }
    }),
    ..View::of(&[ObjectType::Nsid], |s, p, body, shown| describe(s, p, Entry::parse(body), shown.deleted))
};

/// Describes an id, as `list-id` and `monitor nsid` print it.
pub fn describe(s: &Session, p: &mut Printer<'_>, e: Entry, deleted: bool) {
    if deleted {
        p.flag("deleted", "Deleted ");
    }
    match e.nsid {
        Some(id) if id >= 0 => p.item("nsid", "nsid {} ", id),
        Some(_) => p.text("nsid unassigned "),
        None => {}
    }
    match e.current {
        Some(id) if id >= 0 => p.item("current-nsid", "current-nsid {} ", id),
        Some(_) => p.text("current-nsid unassigned "),
        None => {}
    }
    let id = e.current.or(e.nsid).filter(|id| !deleted || s.was_announced(*id));
    if let Some(name) = id.and_then(|id| name_of_nsid(s, id)) {
        p.item("name", "(iproute2 netns name: {})", name);
    }
    p.end_line();
}

/// The id under which a kernel socket's namespace knows the namespace of `fd`.
pub fn ask(kernel: &Kernel, fd: BorrowedFd<'_>) -> Option<i32> {
    let request = Request::of_family(RTM_GETNSID, 0, 0).with(NETNSA_FD, &fd.as_raw_fd().to_ne_bytes());
    let answer = kernel.ask(&request).ok()?;
    Entry::parse(answer.get(NLMSG_HDRLEN..)?).nsid.filter(|id| *id >= 0)
}

/// The id of a named namespace. A name that refers to no namespace (yet, or any more) has none.
pub fn of_name(s: &Session, name: &[u8]) -> Option<i32> {
    use std::os::fd::AsFd as _;
    let fd = place::open(name).ok().filter(place::is_namespace)?;
    ask(s.side().ok()?, fd.as_fd())
}

/// The name of the namespace with this id here.
pub fn name_of_nsid(s: &Session, id: i32) -> Option<Vec<u8>> {
    // Another namespace has its own ids.
    if s.view().is_some() {
        return None;
    }
    s.namespaces(|| names(s)).get(&id).cloned()
}

/// The names of namespaces by their ids here.
fn names(s: &Session) -> HashMap<i32, Vec<u8>> {
    place::names().unwrap_or_default().into_iter().filter_map(|n| of_name(s, &n).map(|id| (id, n))).collect()
}

/// The id of a namespace as seen from here, or from `target`; assigned if it has none yet.
pub fn nsid_for(s: &Session, fd: BorrowedFd<'_>, target: Option<BorrowedFd<'_>>) -> Option<i32> {
    // A dry run assigns none: the kernel will choose.
    let imagined = s.is_dry_run().then_some(-1);
    match target {
        None => of(s.kernel().ok()?, fd).or(imagined),
        Some(target) => {
            let owned = target.try_clone_to_owned().ok()?;
            super::within(&owned, || of(&s.fresh_kernel().ok()?, fd)).ok()?.or(imagined)
        }
    }
}

fn of(kernel: &Kernel, fd: BorrowedFd<'_>) -> Option<i32> {
    ask(kernel, fd).or_else(|| {
        let request = Request::of_family(RTM_NEWNSID, 0, 0)
            .with(NETNSA_FD, &fd.as_raw_fd().to_ne_bytes())
            .with(NETNSA_NSID, &(-1i32).to_ne_bytes());
        kernel.change(&request).ok()?;
        ask(kernel, fd)
    })
}

/// Runs `netns set NAME { auto | ID }`.
///
/// # Errors
///
/// A wrong word, a namespace that cannot be opened; EEXIST if it has an id or the id is in use.
pub fn set(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let name = super::word(s, w)?;
    let Some(arg) = w.peek() else { return Err(Diag::fail("No nsid specified").at(Span::word(w.at()))) };
    let id = if arg.is("auto") {
        -1
    } else {
        number(&arg, "Invalid \"netnsid\" value", "\"netnsid\" value should be >= 0")?
    };
    let at = Span::word(arg.at - 1);
    let reference = super::Reference::parse(name, s.options.invocation.is_ip).map_err(|d| d.at_first(at))?;
    let fd = reference.open().map_err(|e| {
        let d = Diag::os(format!("Cannot open network namespace \"{}\"", shown(name)), e).at(at);
        if reference.name().is_some() { d.lost(Lost::Namespace(name.to_vec())) } else { d }
    })?;
    let mut request = Request::of_family(RTM_NEWNSID, 0, 0).with(NETNSA_FD, &fd.as_raw_fd().to_ne_bytes());
    request.put(NETNSA_NSID, &id.to_ne_bytes());
    request.trail.note(&[NETNSA_NSID]);
    request.trail.close(arg.span());
    s.change(&request)?;
    Ok(0)
}

fn number(arg: &Arg<'_>, bad: &str, negative: &str) -> Result<i32, Diag> {
    let v = signed(arg.bytes).and_then(|v| i32::try_from(v).ok()).ok_or_else(|| arg.wrong(bad))?;
    if v < 0 {
        return Err(arg.wrong(negative));
    }
    Ok(v)
}

/// The words of `list-id`.
#[derive(Default)]
pub struct Ask {
    target: Option<(i32, Span)>,
    nsid: Option<(i32, Span)>,
}

impl Target for Ask {}

/// The words of `netns list-id`.
pub static LIST_ID: Grammar<Ask> = Grammar {
    title: "LIST-ID",
    rows: &[rows!(Ask;
        @once "target-nsid" => Id("target-nsid"), "ids assigned in this namespace", |a, v| a.target = Some(v);
        @once "nsid" => Id("nsid"), "this id only", |a, v| a.nsid = Some(v);
    )],
    fallback: Fallback::Unknown(|arg| {
        Diag::usage(crate::command::usage::object(&super::OBJECT, &|_| None, &|_| true).trim_end()).at(arg.span())
    }),
};

struct Id(&'static str);

impl Value for Id {
    type Out = (i32, Span);
    fn meta(&self) -> Cow<'static, str> {
        "POSITIVE-INT".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        let key = self.0;
        let id = number(&arg, &format!("\"{key}\" value is invalid"), &format!("\"{key}\" value should be >= 0"))?;
        Ok((id, arg.span()))
    }
    /// iproute2 names the keyword itself as the second value.
    fn lead(&self, w: &mut Words<'_>) {
        w.back();
    }
}

/// Runs `netns list-id [ target-nsid ID ] [ nsid ID ]`.
///
/// # Errors
///
/// A wrong word, or the kernel refuses the request.
pub fn list_id(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    super::check(s, w)?;
    let mut a = Ask::default();
    LIST_ID.parse(&mut a, w)?;
    let mut request = Request::of_family(RTM_GETNSID, 0, 0);
    for (attr, given) in [(NETNSA_TARGET_NSID, a.target), (NETNSA_NSID, a.nsid)] {
        if let Some((id, span)) = given {
            request.put(attr, &id.to_ne_bytes());
            request.trail.note(&[attr]);
            request.trail.close(span);
        }
    }
    let kernel = s.kernel()?;
    let answer = match a.nsid {
        Some(_) => kernel.ask(&request).map_err(|e| e.explain(&request)),
        None => kernel.collect(&request).map_err(|e| {
            // Print an empty list if the kernel refuses the dump.
            s.document(|_| ());
            e.explain(&request).with_code(FAIL)
        }),
    }?;
    s.document(|p| {
        for (m, _, _) in Messages(&answer) {
            p.object(None);
            describe(s, p, Entry::parse(m.body), false);
            p.close();
        }
    });
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A message's body with these attributes of four bytes.
    fn body(attrs: &[(u16, i32)]) -> Vec<u8> {
        let mut out = vec![0; 4];
        for (kind, value) in attrs {
            out.extend(8u16.to_ne_bytes());
            out.extend(kind.to_ne_bytes());
            out.extend(value.to_ne_bytes());
        }
        out
    }

    #[test]
    fn ids_are_read_with_their_sign() {
        let e = Entry::parse(&body(&[(NETNSA_NSID, -1), (NETNSA_CURRENT_NSID, 7)]));
        assert_eq!((e.nsid, e.current), (Some(-1), Some(7)));
        let e = Entry::parse(&body(&[(99, 1), (NETNSA_NSID, 3)]));
        assert_eq!((e.nsid, e.current), (Some(3), None));
    }

    #[test]
    fn a_cut_message_has_no_ids() {
        let whole = body(&[(NETNSA_NSID, 3)]);
        for len in 0..whole.len() {
            assert_eq!(Entry::parse(whole.get(..len).unwrap()).nsid, None, "{len}");
        }
    }
}
