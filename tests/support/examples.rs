//! The examples that stand in the tables: of every verb and every kind of link.

use super::machine;
use super::runner::Outcome;
use super::sandbox::{Sandbox, Tool};
use rip::internals::cli::objects::OBJECTS;
use rip::internals::object::link::kind::KINDS;
use rip::internals::object::link::port::PORTS;

/// Where each was found, its line, and what it does.
pub fn all() -> Vec<(String, &'static str, &'static str)> {
    let verbs =
        OBJECTS.iter().flat_map(|o| o.verbs.iter().map(move |v| (format!("{} {}", o.name(), v.name()), v.examples)));
    let kinds = KINDS.iter().chain(PORTS).map(|k| (format!("type {}", k.name), k.examples));
    let all = verbs.chain(kinds);
    all.flat_map(|(place, list)| list.iter().map(move |(line, what)| (place.clone(), *line, *what))).collect()
}

/// The words of a line as a shell hands them on: without quotes and without files for input and output.
pub fn words(line: &str) -> Vec<String> {
    line.split(' ').filter(|w| !w.starts_with(['<', '>'])).map(|w| w.replace(['"', '\''], "")).collect()
}

/// What the examples of the tables speak of.
const WORLD: &str = "
KEY=0x000102030405060708090a0b0c0d0e0f10111213
rip -batch - <<'END'
link set lo up
link add eth0 group 7 type veth peer name uplink
link set eth0 up
link set uplink up
link add eth1 type veth peer name other
link add eth2 type veth peer name other2
link add br0 type bridge
link set eth1 master br0
link property add dev eth0 altname lan-port-one
addr add 192.0.2.1/24 dev eth0
addr add 192.0.2.9/24 dev eth0
netns add ns1
route add 10.1.0.0/16 via 192.0.2.254
route add 10.2.0.0/16 via 192.0.2.254 table 100 proto static
rule add from 10.1.0.0/16 lookup 100 pref 1000
neigh add 192.0.2.5 lladdr 02:00:00:00:00:05 dev eth0 nud permanent
nexthop add id 1 via 192.0.2.254 dev eth0
nexthop add id 2 via 192.0.2.253 dev eth0
nexthop add id 30 group 1/2 type resilient buckets 4
END
test $? = 0 || exit 90
echo 3 >/proc/sys/net/ipv6/conf/eth0/router_solicitations
rip maddress add 33:33:00:00:00:05 dev eth0 || exit 92
rip tuntap add dev tun0 mode tun 2>/run/err
rip addr save >/run/addresses && rip route save table 100 >/run/routes && rip rule save >/run/rules || exit 91
rip addr del 192.0.2.9/24 dev eth0; rip addr add 192.0.2.9/24 dev eth0
rip rule del pref 1000; rip route flush table 100
";

/// Devices that only hardware brings.
const HARDWARE: &[&str] = &["can0", "ib0", "lan0", "wpan0", "rmnet_ipa0"];

/// What is there again for all examples but those that bring it back themselves.
const AGAIN: &str = "
rip rule add from 10.1.0.0/16 lookup 100 pref 1000; rip route add 10.2.0.0/16 via 192.0.2.254 table 100 proto static
rip mrule add iif eth0 lookup 100 pref 1000
";

/// A MACsec device; the kernel may lack it.
const MACSEC: &str = "rip link add link eth0 name macsec0 type macsec encrypt on\n";
/// One with a key and the channel of a peer.
const MACSEC_CHANNELS: &str = "rip link add link eth0 name macsec0 type macsec encrypt on
rip macsec add macsec0 tx sa 0 pn 1 off key 01 00112233445566778899aabbccddeeff
rip macsec add macsec0 rx port 1 address 02:00:00:00:00:02
";

/// Runs one example of the tables. What this kernel lacks is no fault of the example.
pub fn run(line: &str) -> Outcome {
    let again = if line.contains("restore") { "" } else { AGAIN };
    let own = if line.contains("rule restore") {
        "rip rule del pref 0; rip rule del pref 32766; rip rule del pref 32767\n"
    } else if line.contains("addr restore") {
        "rip addr flush dev eth0 scope global\n"
    } else if line.starts_with("rip try c") {
        "rip try 20 background link set eth1 mtu 1400 2>/dev/null || exit 94\n"
    } else if line.contains("/run/state") {
        "rip snapshot >/run/state && cp /run/state /run/before || exit 93\n"
    } else if line.contains("mptcp endpoint") && line.contains("id 1") && !line.contains("add") {
        "rip mptcp endpoint add 192.0.2.1 id 1 || exit 95\n"
    } else if line.contains("ioam namespace set") {
        "rip ioam namespace add 123; rip ioam schema add 777 data || exit 96\n"
    } else if line.contains("xfrm policy delete") {
        "rip xfrm policy add dst 10.2.0.0/16 dir out || exit 98\n"
    } else if line.contains("xfrm state") && line.contains("spi 256") && !line.contains("add") {
        "rip xfrm state allocspi src 192.0.2.1 dst 192.0.2.2 proto esp min 256 max 256 || exit 97\n"
    } else if line.starts_with("rip fou delete") {
        "rip fou add port 5555 ipproto 4\n"
    } else if line.starts_with("rip l2tp") && !line.contains("add tunnel") {
        "rip l2tp add tunnel tid 1 ptid 2 local 192.0.2.9 remote 192.0.2.2 encap ip\n\
         rip l2tp add session tid 1 sid 10 psid 20\n"
    } else if line.contains("macsec add") && !line.contains("address 02:00:00:00:00:02 sa") {
        MACSEC
    } else if line.starts_with("rip macsec ") || line.starts_with("rip -s macsec ") {
        MACSEC_CHANNELS
    } else if line.contains("addrlabel del") {
        "rip addrlabel add prefix 2001:db8::/32 label 99\n"
    } else {
        ""
    };
    let script = format!(
        "{WORLD}{again}{own}{line} >/run/out 2>/run/err & pid=$!; (sleep 2; kill $pid) 2>/dev/null &
wait $pid; code=$?; cat /run/err >&2; exit $code"
    );
    let ended = Sandbox::new(Tool::Rip).script("example", &script);
    let said = ended.stderr();
    let no_tun = machine::lacks("tun").is_some();
    let tun = ["open: Permission denied", "open: No such file or directory", "\"tun0\""];
    let lacking = ["Operation not supported", "Unknown device type", "not supported", "algorithm not found"].iter();
    let lacking = lacking.chain(tun.iter().filter(|_| no_tun)).find(|w| said.contains(**w));
    // An ordinary user's namespace has one user.
    let unmapped = ["ioctl(TUNSETOWNER): Invalid argument"];
    let lacking = lacking.or(unmapped.iter().find(|w| !machine::root() && said.contains(**w)));
    // These want rights in the initial user namespace.
    let refused = ["Operation not permitted"];
    let initial = ["ioam", "sr", "tcp_metrics"].iter().any(|o| line.split(' ').any(|word| word == *o));
    let lacking = lacking.or(refused.iter().find(|w| !machine::root() && initial && said.contains(**w)));
    // Tunnels and VRFs are asked for by name: without the kernel's part of them the name is what is wrong.
    let unnamed = [
        ("rip tunnel ", "No such device"),
        ("rip vrf ", "Invalid VRF name"),
        ("rip macsec ", "Error talking to the kernel"),
        ("rip -s macsec ", "Error talking to the kernel"),
        // A virtual Ethernet device has no hardware for it.
        ("rip macsec offload ", "Operation not supported"),
    ];
    let unnamed = unnamed.iter().find(|(begin, why)| line.starts_with(begin) && said.contains(why)).map(|(_, why)| why);
    let lacking = lacking.or(unnamed);
    // The family of generic netlink is looked up first.
    let absent = ["fou", "l2tp", "ila"].iter().any(|o| line.contains(&format!("{o} ")));
    let lacking = lacking.or(["Error talking to the kernel"].iter().find(|w| absent && said.contains(**w)));
    let absent = HARDWARE.iter().find(|d| said.contains(&format!("Cannot find device \"{d}\"")));
    match (ended.code, lacking.or(absent)) {
        (Some(0), _) => Outcome::Passed(1),
        // Two words of iproute2's have codes of their own; a watch goes on until it is ended.
        (Some(255), _) if line.ends_with(" help") => Outcome::Passed(1),
        (Some(2), _) if line.contains("route test") && said.starts_with("RTNETLINK answers: File exists") => {
            Outcome::Passed(1)
        }
        // Nobody types a secret, which deletes a key that does not exist.
        (Some(1), _) if line.contains("sr hmac set") && said.contains("No such file or directory") => {
            Outcome::Passed(1)
        }
        // Nothing has connected to the host of the example.
        (Some(2), _) if line.contains("tcp_metrics delete") && said.contains("No such process") => Outcome::Passed(1),
        (Some(143), _) if ["monitor", "rip wait"].iter().any(|w| line.contains(w)) && said.is_empty() => {
            Outcome::Passed(1)
        }
        (_, Some(why)) => Outcome::Skipped(format!("not on this machine: {why}")),
        (code, None) => Outcome::Failed(format!("  $ {line}\n  exit {code:?}\n{said}")),
    }
}
