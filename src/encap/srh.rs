//! Segment routing headers (linux/seg6.h, RFC 8754), as seg6 and seg6local send them, and the words of a segment list.

use crate::diag::{Diag, Span};
use crate::grammar::address::{Addr, INET6, parse, take_addr};
use crate::grammar::number::{Named, U32};
use crate::grammar::{Value, Words};
use crate::output::color::Role;
use crate::output::scalar::{Both, Hex};
use crate::output::{Printer, Scalar};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv6Addr};

const FIXED: usize = 8;
const SEGMENT: usize = 16;
/// SR6_TLV_HMAC of linux/seg6_hmac.h.
const TLV_HMAC: u8 = 5;
const TLV_LEN: usize = 40;
const FLAG_HMAC: u8 = 1 << 3;
const ROUTING_TYPE: u8 = 4;

/// A segment list, with its position among the words.
#[derive(Debug, Default)]
pub struct Path {
    /// The segments in the order of travel.
    pub segments: Vec<Ipv6Addr>,
    /// They were typed as `show` prints them, including the last segment, which the kernel fills in.
    whole: bool,
    /// The words that gave them.
    pub at: Option<Span>,
    /// What is wrong with a segment. As in iproute2 it is said after the other words of the encapsulation.
    wrong: Option<Diag>,
}

impl Path {
    /// The path, if every segment is an address.
    ///
    /// # Errors
    ///
    /// A segment is not an IPv6 address.
    pub fn checked(mut self) -> Result<Path, Diag> {
        self.wrong.take().map_or(Ok(self), Err)
    }
}

/// `ADDRESS,ADDRESS,...`, or `N [ ADDRESS ... ]` as `show` prints it.
pub struct Segments;

impl Value for Segments {
    type Out = Path;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS[,ADDRESS...]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Path, Diag> {
        let Some(arg) = w.peek() else { return Err(w.next().err().unwrap_or_else(|| Diag::incomplete(w.at()))) };
        let mut segments = Vec::new();
        if arg.bytes.iter().all(u8::is_ascii_digit) && w.rest().get(1).is_some_and(|b| b == b"[") {
            return shown(w, arg.span());
        }
        for part in arg.bytes.split(|b| *b == b',') {
            match parse(part, INET6) {
                Some(Addr::Ip(IpAddr::V6(ip))) => segments.push(ip),
                _ => {
                    // The usual error, about this part of the word.
                    let words = [part.to_vec()];
                    let d = take_addr(&mut Words::new(&words, 0, w.names), INET6).err();
                    let what = d.and_then(|d| d.what().first().cloned()).unwrap_or_default();
                    w.skip();
                    let wrong = Some(Diag::fail(what).at(arg.span()));
                    return Ok(Path { segments, whole: false, at: Some(arg.span()), wrong });
                }
            }
        }
        w.skip();
        Ok(Path { segments, whole: false, at: Some(arg.span()), wrong: None })
    }
}

/// A segment list as `show` prints it; the words up to the bracket have been checked.
fn shown(w: &mut Words<'_>, count: Span) -> Result<Path, Diag> {
    w.skip();
    w.skip();
    let mut segments = Vec::new();
    while w.take_if(&["]"]).is_none() {
        if let Some(IpAddr::V6(ip)) = take_addr(w, INET6)?.ip() {
            segments.push(ip);
        }
    }
    Ok(Path { segments, whole: true, at: Some(Span { from: count.from, to: w.at() }), wrong: None })
}

/// An HMAC key id; 0 for none.
pub const HMAC: Named<U32> = Named("KEYID", U32("\"hmac\" value is invalid"));

/// Builds a header. An inserted one (`inline`) ends with a placeholder that the kernel replaces by the packet's
/// destination.
///
/// # Errors
///
/// A segment is not an IPv6 address, or there are more of them than a header's length byte can count.
pub fn build(path: Path, hmac: u32, inserted: bool) -> Result<Vec<u8>, Diag> {
    let path = path.checked()?;
    let mut list = path.segments;
    if list.is_empty() {
        list.push(Ipv6Addr::UNSPECIFIED);
    }
    if inserted && !(path.whole && list.len() > 1) {
        list.push(Ipv6Addr::UNSPECIFIED);
    }
    let len = FIXED + SEGMENT * list.len() + if hmac != 0 { TLV_LEN } else { 0 };
    let (Ok(last), Ok(units)) = (u8::try_from(list.len() - 1), u8::try_from(len / 8 - 1)) else {
        let d = Diag::usage(format!("Error: a path of {} segments does not fit a header", list.len()));
        return Err(path.at.iter().fold(d, |d, at| d.at(*at)));
    };
    let flags = if hmac != 0 { FLAG_HMAC } else { 0 };
    let mut out = vec![0, units, ROUTING_TYPE, last, last, flags, 0, 0];
    out.extend(list.iter().rev().flat_map(|ip| ip.octets()));
    if hmac != 0 {
        let end = out.len() + TLV_LEN;
        out.extend([TLV_HMAC, 38, 0, 0]);
        out.extend(hmac.to_be_bytes());
        out.resize(end, 0);
    }
    Ok(out)
}

/// The addresses of a header, which stores them last first, in travel order.
pub fn reversed(bytes: &[u8], count: usize) -> impl Iterator<Item = Ipv6Addr> {
    bytes.chunks_exact(SEGMENT).take(count).rev().filter_map(|c| c.first_chunk::<SEGMENT>()).map(|c| Ipv6Addr::from(*c))
}

/// `segs 2 [ A B ]`
pub fn describe_path(p: &mut Printer<'_>, bytes: &[u8], count: usize) {
    let count = count.min(bytes.len() / SEGMENT);
    p.text_item("segs {} [ ", u32::try_from(count).unwrap_or(0));
    p.array(Some("segs"));
    for ip in reversed(bytes, count) {
        p.element_colored(Role::Inet6, "{} ", ip);
    }
    p.close();
    p.text("] ");
}

/// Describes a header.
pub fn describe(p: &mut Printer<'_>, header: &[u8]) {
    let Some([_, units, _, _, first, flags, ..]) = header.first_chunk::<FIXED>() else { return };
    let segments = header.get(FIXED..).unwrap_or_default();
    let count = usize::from(*first) + 1;
    describe_path(p, segments, count);
    if flags & FLAG_HMAC != 0 {
        let whole = (usize::from(*units) + 1) * 8;
        let key = whole.checked_sub(TLV_LEN).and_then(|at| header.get(at + 4..)).and_then(|b| b.first_chunk());
        if let Some(key) = key {
            let key = u32::from_be_bytes(*key);
            p.item("hmac", "hmac {} ", Both(Upper(key), Hex::with_prefix(key)));
        }
    }
}

/// Upper-case hex digits.
struct Upper(u32);

impl Scalar for Upper {
    fn text(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("{:X}", self.0).as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}
