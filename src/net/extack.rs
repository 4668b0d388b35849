//! Extended acknowledgements (linux/netlink.h, NLMSGERR_ATTR_*): errno, message, and the attribute to blame.

use super::attr::{Attrs, align, u16_at, u32_at};
use super::request::{Protocol, Request};
use crate::diag::{Diag, REFUSED, Refusal, errno_text};
use nix::errno::Errno;

const MSG: u16 = 1;
const OFFS: u16 = 2;
const POLICY: u16 = 4;
const MISS_TYPE: u16 = 5;
const MISS_NEST: u16 = 6;

/// The limits of an attribute in the kernel's policy.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// The smallest value (NL_POLICY_TYPE_ATTR_MIN_VALUE_*).
    pub min: Option<i128>,
    /// The largest value (NL_POLICY_TYPE_ATTR_MAX_VALUE_*).
    pub max: Option<i128>,
}

/// A refusal or warning of the kernel.
#[derive(Debug, Default)]
pub struct KernelError {
    /// 0 for a warning on success.
    pub errno: i32,
    /// NLMSGERR_ATTR_MSG.
    pub message: Option<Vec<u8>>,
    /// NLMSGERR_ATTR_OFFS: the offset of the attribute in the request, in bytes from the netlink header.
    pub offset: Option<usize>,
    /// NLMSGERR_ATTR_MISS_TYPE: the missing attribute.
    pub missing: Option<u16>,
    /// NLMSGERR_ATTR_MISS_NEST: the offset of the nest that lacks it, in bytes.
    pub missing_nest: Option<usize>,
    /// NLMSGERR_ATTR_POLICY.
    pub policy: Option<Box<Policy>>,
    /// It ended a dump, not a single request.
    pub dump: bool,
}

const ENDED: &str = "Dump terminated";

impl KernelError {
    /// An error without extended ack.
    pub fn from_errno(errno: Errno) -> KernelError {
        KernelError { errno: errno as i32, ..KernelError::default() }
    }

    /// Parses the extended-ack attributes.
    pub fn parse(errno: i32, tlvs: &[u8]) -> KernelError {
        let mut e = KernelError { errno, ..KernelError::default() };
        let index = |b: &[u8]| u32_at(b, 0).and_then(|v| usize::try_from(v).ok());
        for (kind, body) in Attrs(tlvs) {
            match kind {
                MSG => e.message = Some(super::attr::until_nul(body).to_vec()),
                OFFS => e.offset = index(body),
                MISS_TYPE => e.missing = u32_at(body, 0).and_then(|v| u16::try_from(v).ok()),
                MISS_NEST => e.missing_nest = index(body),
                POLICY => e.policy = Some(Box::new(policy(body))),
                _ => {}
            }
        }
        e
    }

    /// Whether it has this errno.
    pub fn is(&self, errno: Errno) -> bool {
        self.errno == errno as i32
    }

    /// Whether the kernel was out of memory.
    pub fn is_memory(&self) -> bool {
        self.is(Errno::ENOBUFS) || self.is(Errno::ENOMEM)
    }

    /// iproute2's first line.
    pub fn line(&self) -> String {
        match &self.message {
            Some(m) if !m.is_empty() => {
                let text = crate::output::escape::shown(m);
                let kind = if self.errno == 0 { "Warning" } else { "Error" };
                let dot = if text.ends_with(['.', '\n']) { "" } else { "." };
                format!("{kind}: {}{dot}", text.trim_end_matches("\\x0a"))
            }
            _ => format!("RTNETLINK answers: {}", errno_text(self.errno)),
        }
    }

    /// The error about `request`, with the words to blame.
    pub fn explain(&self, request: &Request) -> Diag {
        self.explain_ended(request, ENDED)
    }

    /// The error about the dump that a flush begins with.
    pub fn explain_flush(&self, request: &Request) -> Diag {
        self.explain_ended(request, "Flush terminated")
    }

    /// The error about a request, with `ended` as the line for a dump that ended early.
    pub fn explain_ended(&self, request: &Request, ended: &str) -> Diag {
        // As in iproute2, these two errors of a dump have no text.
        let mute = self.dump && self.message.is_none() && (self.is(Errno::ENOENT) || self.is(Errno::EOPNOTSUPP));
        let mut d = match (self.missing, &self.message) {
            _ if mute => Diag::new(REFUSED, ended),
            (Some(kind), None) => {
                Diag::new(REFUSED, format!("Missing required attribute type {kind}")).line(self.line())
            }
            _ => Diag::new(REFUSED, self.line()),
        };
        d = d.with_errno(self.errno);
        if self.dump && !mute {
            d = d.line(ended);
        }
        let sent = request.bytes(0, request.flags);
        let path = |offset| locate(&sent, request.header_len(), offset);
        if let Some(span) = self.offset.and_then(path).and_then(|p| request.trail.words(&p.0)) {
            d = d.at(span);
        }
        if let Some(range) = self.policy.as_ref().and_then(|p| p.range()) {
            d = d.hint(format!("the kernel accepts {range} here"));
        }
        let message = self.message.as_deref().map(crate::output::escape::shown).unwrap_or_default();
        let missing = self.missing.map(|kind| {
            let mut whole = self.missing_nest.and_then(path).unwrap_or_default();
            whole.0.push(kind);
            whole.0
        });
        // Hints know only the messages of rtnetlink.
        if request.protocol != Protocol::Route {
            return d;
        }
        d.with_refusal(Refusal {
            kind: request.kind,
            flags: request.flags,
            body: request.body.clone(),
            message,
            trail: request.trail.spans(),
            missing,
        })
    }
}

impl Policy {
    /// The allowed range, in words.
    pub fn range(&self) -> Option<String> {
        match (self.min, self.max) {
            (Some(lo), Some(hi)) => Some(format!("{lo} to {hi}")),
            (None, Some(hi)) => Some(format!("at most {hi}")),
            (Some(lo), None) => Some(format!("at least {lo}")),
            (None, None) => None,
        }
    }
}

fn policy(body: &[u8]) -> Policy {
    // enum netlink_policy_type_attr of linux/netlink.h.
    let mut p = Policy::default();
    for (kind, v) in Attrs(body) {
        let unsigned = super::attr::u64_at(v, 0).map(i128::from);
        let signed = super::attr::u64_at(v, 0).map(|x| i128::from(x.cast_signed()));
        match kind {
            2 => p.min = signed,
            3 => p.max = signed,
            4 => p.min = unsigned,
            5 => p.max = unsigned,
            _ => {}
        }
    }
    p
}

/// The path of the attribute at an offset of a request (counted from its netlink header).
pub fn locate(sent: &[u8], header: usize, offset: usize) -> Option<super::Path> {
    let mut path = Vec::new();
    let mut from = 16 + align(header);
    let mut end = sent.len();
    loop {
        if offset < from || offset >= end {
            return None;
        }
        let mut at = from;
        loop {
            let len = usize::from(u16_at(sent, at)?);
            let kind = u16_at(sent, at + 2)? & super::attr::TYPE_MASK;
            if len < 4 || at + len > end {
                return None;
            }
            if offset < at + align(len) {
                path.push(kind);
                if offset < at + 4 {
                    return Some(super::Path(path));
                }
                from = at + 4;
                end = at + len;
                break;
            }
            at += align(len);
            if at >= end {
                return None;
            }
        }
        if path.len() > 8 {
            return None;
        }
        // An offset inside a plain value means the value itself.
        if u16_at(sent, from).is_none_or(|len| usize::from(len) < 4 || from + usize::from(len) > end) {
            return Some(super::Path(path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::attr::put;
    use super::*;

    #[test]
    fn an_offset_becomes_a_path() {
        let mut data = Vec::new();
        put(&mut data, 1, &99u32.to_ne_bytes());
        let mut info = Vec::new();
        put(&mut info, 1, b"vxlan\0");
        let data_at = info.len();
        put(&mut info, 2 | 0x8000, &data);
        let mut sent = vec![0; 16 + 16];
        put(&mut sent, 3, b"x0\0");
        let info_at = sent.len();
        put(&mut sent, 18, &info);
        assert_eq!(locate(&sent, 16, 32).map(|p| p.0), Some(vec![3]));
        assert_eq!(locate(&sent, 16, info_at).map(|p| p.0), Some(vec![18]));
        assert_eq!(locate(&sent, 16, info_at + 4 + data_at).map(|p| p.0), Some(vec![18, 2]));
        assert_eq!(locate(&sent, 16, info_at + 4 + data_at + 4).map(|p| p.0), Some(vec![18, 2, 1]));
        assert_eq!(locate(&sent, 16, 4000), None);
        assert_eq!(locate(&sent, 16, 0), None);
        for cut in 0..sent.len() {
            let _ = locate(&sent[..cut], 16, info_at + 8);
        }
    }

    #[test]
    fn first_lines() {
        let e = KernelError { errno: Errno::EEXIST as i32, ..KernelError::default() };
        assert_eq!(e.line(), "RTNETLINK answers: File exists");
        let e =
            KernelError { errno: 22, message: Some(b"Nexthop has invalid gateway".to_vec()), ..KernelError::default() };
        assert_eq!(e.line(), "Error: Nexthop has invalid gateway.");
    }
}
