//! Why a command failed. Reasons are looked up only after a failure, on the second socket, and given only if certain.
//!
//! `meant` knows which words a refusal is about; the other files look up reasons, one object each.

mod address;
mod entry;
mod gone;
mod link;
mod meant;
mod rights;
mod route;
mod slip;
mod word;

use crate::diag::{Diag, Refusal, Span};
use crate::net::attr::u32_at;
use crate::net::{Index, Message, Nested, Request};
use crate::output::out::Out;
use crate::output::{Format, Printer};
use crate::schema::header_len;
use crate::session::Session;
use crate::state::{Key, ObjectType};
use nix::errno::Errno;
use std::ops::ControlFlow;

/// A failure that is being explained.
pub struct Case<'a> {
    s: &'a Session,
    d: &'a Diag,
    words: &'a [Vec<u8>],
    /// The request that the kernel refused; empty if there was none.
    r: &'a Refusal,
}

/// A reason that is looked up after a failure.
struct Reason {
    /// The message types that it applies to.
    requests: &'static [u16],
    /// Part of the kernel's message; empty for an errno without a message.
    says: &'static str,
    errno: Option<Errno>,
    look: fn(&Case<'_>) -> Option<String>,
}

const fn by_message(requests: &'static [u16], says: &'static str, look: fn(&Case<'_>) -> Option<String>) -> Reason {
    Reason { requests, says, errno: None, look }
}

const fn by_errno(requests: &'static [u16], errno: Errno, look: fn(&Case<'_>) -> Option<String>) -> Reason {
    Reason { requests, says: "", errno: Some(errno), look }
}

/// Marks the words that are meant and, if `hints` is set, adds hints.
pub fn explain(s: &Session, d: Diag, words: &[Vec<u8>], hints: bool) -> Diag {
    let nothing = Refusal::default();
    let case = Case { s, words: d.words(words), r: d.refusal().unwrap_or(&nothing), d: &d };
    let spans = if d.spans().is_empty() { case.meant() } else { Vec::new() };
    let certain = if hints { slip::meant(&case) } else { None };
    let found = if hints && certain.is_none() { case.found() } else { Vec::new() };
    let kind = word::wrong_kind(&case);
    let d = spans.into_iter().chain(kind).fold(d, Diag::at);
    match certain {
        Some(hint) => d.only_hint(hint),
        None => found.into_iter().fold(d, Diag::hint),
    }
}

impl Case<'_> {
    fn meant(&self) -> Vec<Span> {
        if self.d.refusal().is_some() { meant::spans(self) } else { Vec::new() }
    }

    fn found(&self) -> Vec<String> {
        let mut found: Vec<String> = [rights::missing(self), word::missing(self)].into_iter().flatten().collect();
        if self.d.hints().is_empty() {
            found.extend(word::lost(self).or_else(|| word::behind_kind(self)).or_else(|| word::switch(self)));
        }
        found.extend(link::tun(self));
        if self.d.refusal().is_some() {
            let all = [link::REASONS, address::REASONS, route::REASONS, entry::REASONS, gone::REASONS];
            found.extend(all.iter().flat_map(|r| r.iter()).filter(|r| self.matches(r)).filter_map(|r| (r.look)(self)));
        }
        found
    }

    fn matches(&self, reason: &Reason) -> bool {
        reason.requests.contains(&self.r.kind) && self.says(reason.says, reason.errno)
    }

    /// Whether the kernel's message contains `part`, or, if `part` is empty, whether there is only this errno.
    fn says(&self, part: &str, errno: Option<Errno>) -> bool {
        if part.is_empty() { self.r.message.is_empty() && self.errno() == errno } else { self.r.message.contains(part) }
    }

    fn errno(&self) -> Option<Errno> {
        self.d.errno().map(Errno::from_raw)
    }

    /// A batch that continues after errors expects them: skip dumps of large tables.
    fn is_one_of_many(&self) -> bool {
        self.s.in_batch && self.s.options.force
    }

    /// The entry with the key of the request, from a dump.
    fn entry(&self, dump: &Request) -> Option<Vec<u8>> {
        let object = ObjectType::of(self.r.kind, &self.r.body)?;
        let key = Key::of(object, &self.r.body)?;
        let mut found = None;
        let result = self.s.side().ok()?.dump(dump, &mut |m: Message<'_>| {
            if Key::of(object, m.body).as_ref() != Some(&key) {
                return ControlFlow::Continue(());
            }
            found = Some(m.body.to_vec());
            ControlFlow::Break(())
        });
        result.ok()?;
        found
    }

    /// The words of an attribute.
    fn words_of(&self, path: &[u16]) -> Option<Span> {
        self.r.trail.iter().rev().find(|(p, _)| p == path).map(|(_, s)| *s)
    }

    /// A byte of the family header.
    fn head(&self, at: usize) -> u8 {
        self.r.body.get(at).copied().unwrap_or(0)
    }

    /// A number of the family header.
    fn head_u32(&self, at: usize) -> u32 {
        u32_at(&self.r.body, at).unwrap_or(0)
    }

    fn attrs(&self) -> Nested<'_> {
        Index::new(self.r.body.get(header_len(self.r.kind)..).unwrap_or_default())
    }

    /// A device's name, escaped for printing.
    fn device(&self, index: u32) -> String {
        crate::output::escape::shown(&self.s.link_name(index))
    }

    /// What `describe` writes, on one line of plain text.
    fn line(&self, describe: impl FnOnce(&mut Printer<'_>)) -> String {
        let mut out = Out::memory();
        let format = Format { json: false, pretty: false, oneline: false, palette: None };
        describe(&mut Printer::new(&mut out, format));
        let text = String::from_utf8_lossy(&out.into_bytes()).into_owned();
        text.lines().next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{KernelError, Request};
    use crate::schema::*;
    use crate::session::options::Options;

    /// The error that is reported for `route add 10.0.0.0/8 proto static`, with the protocol as an attribute.
    fn said(error: &KernelError) -> Diag {
        let s = Session::new(Options::default(), Out::memory());
        let words: Vec<Vec<u8>> = "rip route add 10.0.0.0/8".split(' ').map(|w| w.as_bytes().to_vec()).collect();
        let mut request = Request::of_family(RTM_NEWROUTE, 0, 0);
        request.put(RTA_DST, &[10, 0, 0, 0]);
        request.trail.note(&[RTA_DST]);
        request.trail.close(Span::word(3));
        explain(&s, error.explain(&request), &words, true)
    }

    #[test]
    fn a_missing_attribute_is_named_by_its_word() {
        let missing = |kind| KernelError { missing: Some(kind), ..KernelError::from_errno(Errno::EINVAL) };
        let d = said(&missing(RTA_OIF));
        assert_eq!(d.what(), ["Missing required attribute type 4", "RTNETLINK answers: Invalid argument"]);
        assert_eq!((d.spans(), d.hints()), (&[Span::word(4)][..], &["missing: dev DEV".to_string()][..]));
        // One that no word sets.
        let d = said(&missing(RTA_MFC_STATS));
        assert_eq!((d.spans().len(), d.hints().len()), (0, 0));
    }

    #[test]
    fn an_offset_wins_and_a_policy_gives_the_range() {
        let policy = crate::net::extack::Policy { min: Some(1), max: None };
        let e = KernelError {
            offset: Some(16 + 12),
            policy: Some(Box::new(policy)),
            ..KernelError::from_errno(Errno::ERANGE)
        };
        let d = said(&e);
        assert_eq!(
            (d.spans(), d.hints()),
            (&[Span::word(3)][..], &["the kernel accepts at least 1 here".to_string()][..])
        );
    }

    #[test]
    fn a_message_that_nobody_knows_is_left_alone() {
        let e = KernelError { message: Some(b"Out of ideas".to_vec()), ..KernelError::from_errno(Errno::EINVAL) };
        let d = said(&e);
        assert_eq!((d.spans().len(), d.hints().len()), (0, 0));
    }
}
