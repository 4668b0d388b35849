//! Kinds without their own words.

use super::Kind;
use crate::schema::Quirks;

/// Links of type `dummy`.
pub static DUMMY: Kind = Kind::named("dummy")
    .quirks(Quirks { recreatable: true, sets_carrier: true, ..Quirks::NONE })
    .about("device that drops all packets")
    .examples(&[("rip link add dummy0 type dummy", "a device for addresses of this host")]);
/// Links of type `ifb`.
pub static IFB: Kind = Kind::named("ifb")
    .quirks(Quirks { recreatable: true, ..Quirks::NONE })
    .about("intermediate device to shape incoming traffic")
    .examples(&[("rip link add ifb0 type ifb", "a device to shape incoming traffic")]);
/// Links of type `lowpan`.
pub static LOWPAN: Kind = Kind::named("lowpan")
    .without_usage()
    .about("IPv6 over IEEE 802.15.4")
    .examples(&[("rip link add link wpan0 name lowpan0 type lowpan", "IPv6 on an 802.15.4 device")]);
/// Links of type `netdevsim`.
pub static NETDEVSIM: Kind = Kind::named("netdevsim")
    .about("simulated device, for kernel tests")
    .examples(&[("rip link add name sim0 type netdevsim", "a simulated device")]);
/// Links of type `nlmon`.
pub static NLMON: Kind = Kind::named("nlmon")
    .quirks(Quirks { recreatable: true, ..Quirks::NONE })
    .about("monitor of netlink messages")
    .examples(&[("rip link add nlmon0 type nlmon", "capture netlink messages with tcpdump")]);
/// Links of type `pfcp`.
pub static PFCP: Kind = Kind::named("pfcp")
    .without_usage()
    .about("Packet Forwarding Control Protocol of mobile networks")
    .examples(&[("rip link add pfcp0 type pfcp", "a device for PFCP")]);
/// Links of type `team`.
pub static TEAM: Kind = Kind::named("team")
    .about("link aggregation controlled by teamd")
    .examples(&[("rip link add team0 type team", "a device for teamd")]);
/// Links of type `vcan`.
pub static VCAN: Kind = Kind::named("vcan")
    .quirks(Quirks { recreatable: true, ..Quirks::NONE })
    .about("virtual CAN bus")
    .examples(&[("rip link add vcan0 type vcan", "a CAN bus without hardware")]);
/// Links of type `virt_wifi`.
pub static VIRT_WIFI: Kind = Kind::named("virt_wifi")
    .about("Wi-Fi emulation on an Ethernet device")
    .examples(&[("rip link add link eth0 name wlan0 type virt_wifi", "a simulated Wi-Fi device")]);
/// Links of type `wireguard`.
pub static WIREGUARD: Kind = Kind::named("wireguard")
    .without_usage()
    .about("a WireGuard tunnel")
    .examples(&[("rip link add wg0 type wireguard", "a tunnel; wg(8) sets its keys and peers")]);
