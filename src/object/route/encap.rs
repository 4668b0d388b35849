//! Encapsulations of a route: what the kernel wraps packets in.

use crate::session::Session;
use crate::show::Paper;

/// linux/lwtunnel.h, LWTUNNEL_ENCAP_*
const NAMES: [&str; 11] = ["none", "mpls", "ip", "ila", "ip6", "seg6", "bpf", "seg6local", "rpl", "ioam6", "xfrm"];

/// Describes an encapsulation.
pub fn describe(_s: &Session, p: &mut Paper<'_>, kind: u16, _body: &[u8]) {
    let name = NAMES.get(usize::from(kind)).copied().unwrap_or("unknown");
    p.item("encap", "encap {} ", name);
}
