//! Address families, as messages carry them in a byte.

use nix::libc;

pub const UNSPEC: u8 = libc::AF_UNSPEC as u8;
pub const INET: u8 = libc::AF_INET as u8;
pub const INET6: u8 = libc::AF_INET6 as u8;
pub const MPLS: u8 = libc::AF_MPLS as u8;
pub const PACKET: u8 = libc::AF_PACKET as u8;
pub const BRIDGE: u8 = libc::AF_BRIDGE as u8;
// Multicast routing (linux/mroute.h) lists its routes under families of its own: RTNL_FAMILY_IPMR, RTNL_FAMILY_IP6MR.
pub const IPMR: u8 = 128;
pub const IP6MR: u8 = 129;
