//! Kinds that have no words of their own: a name is all they need.

use super::Kind;

pub static DUMMY: Kind = Kind::named("dummy");
pub static IFB: Kind = Kind::named("ifb");
pub static LOWPAN: Kind = Kind::named("lowpan");
pub static NETDEVSIM: Kind = Kind::named("netdevsim");
pub static NLMON: Kind = Kind::named("nlmon");
pub static OVPN: Kind = Kind::named("ovpn");
pub static PFCP: Kind = Kind::named("pfcp");
pub static TEAM: Kind = Kind::named("team");
pub static VCAN: Kind = Kind::named("vcan");
pub static VIRT_WIFI: Kind = Kind::named("virt_wifi");
pub static WIREGUARD: Kind = Kind::named("wireguard");
