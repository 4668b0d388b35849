//! `veth`: a pair of connected devices; the peer takes all generic words of `link add`.

use super::{Body, Filled, Kind, Setting};
use crate::attrs;
use crate::diag::Diag;
use crate::grammar::Words;
use crate::net::Trail;
use crate::object::link::words;
use crate::schema::Quirks;
use netlink_packet_core::DefaultNla;
use netlink_packet_route::link::{InfoData, InfoVeth};

attrs! {
    /// The attributes of its data (linux/veth.h).
    pub const ATTRS;
    VETH_INFO_PEER = 1: Nest(Link), Set;
}

/// Links of type `veth`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(parse),
    tables: &[&words::PEER],
    quirks: Quirks { recreatable: true, peer: Some(VETH_INFO_PEER), ..Quirks::NONE },
    ..Kind::named("veth")
        .terms(&[("", "[ peer <options> ]"), ("<options>", "those of ip link add")])
        .about("a pair of connected devices")
        .examples(&[
            ("rip link add veth0 type veth peer name veth1", "a pair"),
            ("rip link add veth0 type veth peer name eth0 netns ns1", "with the peer in a namespace"),
        ])
};

fn parse(w: &mut Words<'_>, setting: &Setting<'_>) -> Result<Filled, Diag> {
    let (data, trail) = peer(w, setting, VETH_INFO_PEER)?;
    let data = match data {
        Some(message) => InfoData::Veth(InfoVeth::Peer(message)),
        None => InfoData::Veth(InfoVeth::Other(DefaultNla::new(VETH_INFO_PEER, Vec::new()))),
    };
    Ok(Filled { body: Body::Data(data), trail })
}

/// Parses `peer [ WORDS OF LINK ADD ]` to the message of the peer.
///
/// # Errors
///
/// The first word is not `peer`, or the peer's words are wrong.
pub fn peer(
    w: &mut Words<'_>,
    setting: &Setting<'_>,
    attr: u16,
) -> Result<(Option<netlink_packet_route::link::LinkMessage>, Trail), Diag> {
    let mut trail = Trail::default();
    let Some(arg) = w.peek() else { return Ok((None, trail)) };
    if !arg.is("peer") {
        let text = super::find(setting.kind.as_bytes()).map(super::usage).unwrap_or_default();
        // As in iproute2 the usage is output, and the error has no text.
        if !setting.session.options.invocation.explains {
            setting.session.print_text(|p| p.text(&text));
            return Err(Diag::silent(crate::diag::FAIL));
        }
        return Err(Diag::fail(text.trim_end()).at(arg.span()));
    }
    w.skip();
    let peer = words::parse_peer(w, setting)?;
    trail.adopt(&[attr], peer.trail);
    Ok((Some(peer.msg), trail))
}
