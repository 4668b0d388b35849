//! The packet of a `route explain` line, with the kernel's defaults for what the line leaves out.

use super::super::view::Route;
use super::world::World;
use crate::grammar::address::INET;
use crate::schema::*;
use std::net::IpAddr;

/// LOOPBACK_IFINDEX of net/flow.h: the input device of locally generated packets.
pub const LOOPBACK: u32 = 1;
/// The kernel's default protocol of an IPv4 packet (`inet_rtm_getroute`).
const UDP: u8 = 17;
/// The TOS bits that IPv4 routes, and rules without `dscp`, match (linux/in_route.h: IPTOS_RT_MASK without the ECN
/// bits).
pub const TOS_BITS: u8 = 0x1c;

/// A packet as rules and tables see it.
#[derive(Clone, Debug)]
pub struct Flow {
    /// AF_INET or AF_INET6.
    pub family: u8,
    /// The destination.
    pub dst: IpAddr,
    /// The source, if one was given.
    pub src: Option<IpAddr>,
    /// The input device; `None` for a locally generated packet.
    pub input: Option<u32>,
    /// The required output device.
    pub oif: Option<u32>,
    /// The VRF device that it belongs to.
    pub vrf: Option<u32>,
    /// The firewall mark.
    pub mark: u32,
    /// The sender's user id; `None` if it has none. Rules for all users still match.
    pub uid: Option<u32>,
    /// IPPROTO_*.
    pub proto: u8,
    /// The source port.
    pub sport: u16,
    /// The destination port.
    pub dport: u16,
    /// The DS field.
    pub tos: u8,
    /// The IPv6 flow label.
    pub label: u32,
}

impl Flow {
    /// The packet of an RTM_GETROUTE message.
    pub fn of(r: &Route<'_>, world: &World) -> Option<Flow> {
        let a = &r.a;
        let zero: IpAddr = if r.family == INET { [0u8; 4].into() } else { [0u8; 16].into() };
        let input = a.u32(RTA_IIF);
        // A received packet has no required output device.
        let mut oif = a.u32(RTA_OIF).filter(|_| input.is_none());
        let mut vrf = oif.or(input).and_then(|index| world.vrf_of(index));
        if let Some(index) = oif
            && world.link(index).is_some_and(|l| l.table.is_some())
        {
            (oif, vrf) = (None, Some(index));
        }
        let own = nix::unistd::getuid().as_raw();
        // Received packets have no user; IPv4 treats them as root's.
        let uid = match (a.u32(RTA_UID), input, r.family) {
            (_, Some(_), INET) => Some(0),
            (Some(uid), ..) => Some(uid),
            (None, None, _) => Some(own),
            (None, Some(_), _) => None,
        };
        Some(Flow {
            family: r.family,
            dst: a.ip(RTA_DST, r.family).unwrap_or(zero),
            src: a.ip(RTA_SRC, r.family).filter(|ip| !ip.is_unspecified()),
            input,
            oif,
            vrf,
            mark: a.u32(RTA_MARK).unwrap_or(0),
            uid,
            proto: a.u8(RTA_IP_PROTO).unwrap_or(if r.family == INET { UDP } else { 0 }),
            sport: a.be16(RTA_SPORT).unwrap_or(0),
            dport: a.be16(RTA_DPORT).unwrap_or(0),
            tos: r.tos,
            label: a.be32(RTA_FLOWLABEL).unwrap_or(0),
        })
    }

    /// The device that rules compare `iif` with.
    pub fn iif(&self) -> u32 {
        self.input.unwrap_or(LOOPBACK)
    }

    /// The reply to the packet, as the reverse path filter looks it up.
    pub fn reverse(&self) -> Option<Flow> {
        let dst = self.src?;
        Some(Flow { dst, src: Some(self.dst), proto: 0, sport: 0, dport: 0, mark: 0, ..self.clone() })
    }
}

/// Whether an address is in a network with this prefix length.
pub fn within(ip: IpAddr, net: Option<IpAddr>, len: u8) -> bool {
    let bits = |ip: IpAddr| match ip {
        IpAddr::V4(a) => (u128::from(a.to_bits()) << 96, 32),
        IpAddr::V6(a) => (a.to_bits(), 128),
    };
    let (ip, width) = bits(ip);
    let Some((net, net_width)) = net.map(bits) else { return len == 0 };
    let shift = 128u32.saturating_sub(len.into());
    width == net_width && (len == 0 || (ip ^ net).checked_shr(shift) == Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        for (ip, net, len, expected) in [
            ("10.1.2.3", "10.0.0.0", 8, true),
            ("11.1.2.3", "10.0.0.0", 8, false),
            ("10.1.2.3", "10.1.2.3", 32, true),
            ("10.1.2.2", "10.1.2.3", 32, false),
            ("255.1.2.3", "0.0.0.0", 0, true),
            ("2001:db8::1", "2001:db8::", 32, true),
            ("2001:db8::1", "2001:db8::2", 128, false),
            ("10.1.2.3", "2001:db8::", 0, false),
        ] {
            assert_eq!(within(ip.parse().unwrap(), net.parse().ok(), len), expected, "{ip} {net}/{len}");
        }
        assert!(within("10.1.2.3".parse().unwrap(), None, 0));
    }
}
