//! `vxcan`: a pair of connected CAN devices; the peer takes all generic words of `link add`.

use super::veth::peer;
use super::{Body, Filled, Kind, Setting};
use crate::attrs;
use crate::diag::Diag;
use crate::grammar::Words;
use crate::object::link::words;
use crate::schema::Quirks;
use netlink_packet_core::DefaultNla;
use netlink_packet_route::link::{InfoData, InfoVxcan};

attrs! {
    /// The attributes of its data (linux/can/vxcan.h).
    pub const ATTRS;
    VXCAN_INFO_PEER = 1: Nest(Link), Set;
}

/// Links of type `vxcan`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(parse),
    tables: &[&words::PEER],
    quirks: Quirks { peer: Some(VXCAN_INFO_PEER), ..Quirks::NONE },
    ..Kind::named("vxcan")
        .terms(&[("", "[ peer <options> ]"), ("<options>", "those of ip link add")])
        .about("pair of connected CAN devices")
        .examples(&[("rip link add vxcan0 type vxcan peer name vxcan1", "a pair")])
};

fn parse(w: &mut Words<'_>, setting: &Setting<'_>) -> Result<Filled, Diag> {
    let (data, trail) = peer(w, setting, VXCAN_INFO_PEER)?;
    let data = match data {
        Some(message) => InfoData::Vxcan(InfoVxcan::Peer(message)),
        None => InfoData::Vxcan(InfoVxcan::Other(DefaultNla::new(VXCAN_INFO_PEER, Vec::new()))),
    };
    Ok(Filled { body: Body::Data(data), trail })
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::sends;

    #[test]
    fn words() {
        let header = "1=00000000000000000000000000000000";
        sends(
            "vxcan",
            &[
                ("peer", header),
                ("peer v9", &format!("{header}0700030076390000")),
                ("peer name v9 mtu 50", &format!("{header}08000400320000000700030076390000")),
                ("peer v9 type x", "!Error: duplicate \"type\": \"x\" is the second value."),
            ],
        );
    }
}
