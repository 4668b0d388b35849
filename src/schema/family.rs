//! Address families as in netlink headers: one byte (linux/socket.h).
use nix::libc;

/// AF_UNSPEC: any family.
pub const UNSPEC: u8 = libc::AF_UNSPEC as u8;
/// IPv4.
pub const INET: u8 = libc::AF_INET as u8;
/// IPv6.
pub const INET6: u8 = libc::AF_INET6 as u8;
/// MPLS labels.
pub const MPLS: u8 = libc::AF_MPLS as u8;
/// Link-layer addresses.
pub const PACKET: u8 = libc::AF_PACKET as u8;
/// Bridges: ports and forwarding databases.
pub const BRIDGE: u8 = libc::AF_BRIDGE as u8;
/// IPv4 multicast routing: RTNL_FAMILY_IPMR (linux/mroute.h).
pub const IPMR: u8 = 128;
/// IPv6 multicast routing: RTNL_FAMILY_IP6MR.
pub const IP6MR: u8 = 129;
