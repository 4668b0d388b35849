//! `route explain` through VRFs, in a guest: two customers with the same addresses, and a way out that only one may take.

use super::machine;
use super::runner::Outcome;
use super::sandbox::{Sandbox, Tool};
use serde_json::Value;

const NETWORK: &str = r#"
for f in all default; do echo 0 >/proc/sys/net/ipv4/conf/$f/rp_filter; echo 1 >/proc/sys/net/ipv4/conf/$f/forwarding; done
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
for n in c d m; do
  rip netns add $n; rip link add v$n type veth peer name eth0 netns $n; rip -n $n link set eth0 up; rip -n $n link set lo up
done
rip link add red type vrf table 10; rip link add blue type vrf table 20
for d in red blue lo vm; do rip link set $d up; done
rip link set vc master red up; rip link set vd master blue up
for d in vc vd; do rip addr add 10.5.0.1/24 dev $d; rip addr add 2001:db8:5::1/64 dev $d nodad; done
rip addr add 10.7.0.1/24 dev vm; rip addr add 2001:db8:7::1/64 dev vm nodad
rip route add 10.6.0.0/24 via 10.5.0.2 vrf red; rip route add 2001:db8:6::/64 via 2001:db8:5::2 vrf red
rip route add unreachable default vrf red metric 4278198272; rip -6 route add unreachable default vrf red metric 4278198272
rip route add default via 10.7.0.2; rip route add default via 2001:db8:7::2
rip rule add l3mdev pref 900; rip -6 rule add l3mdev pref 900
"#;

/// Rules for packets of a VRF by its name; kernels before 6.12 compare with the port instead.
const NAMED: &str = "
rip rule add pref 500 to 10.8.0.0/24 iif red table 30; rip rule add pref 501 to 10.8.0.0/24 oif blue table 30
rip route add 10.8.0.0/24 via 10.7.0.2 table 30
";

/// A question, the verdict and the reason of a rule that matters, and the exit code.
type Question = (&'static str, (u64, &'static str, &'static str), i64);

const QUESTIONS: &[Question] = &[
    ("10.6.0.1 vrf red", (900, "match", "table 10: 10.6.0.0/24 "), 0),
    ("10.6.0.1 oif red", (900, "match", "table 10: 10.6.0.0/24 "), 0),
    ("10.6.0.1 oif vc", (900, "match", "table 10: 10.6.0.0/24 "), 0),
    ("10.6.0.1 from 10.5.0.2 iif vc", (900, "match", "table 10: 10.6.0.0/24 "), 0),
    ("10.6.0.1 from 10.5.0.2 iif red", (900, "match", "table 10: 10.6.0.0/24 "), 0),
    ("10.5.0.1 vrf red", (900, "match", "table 10: 10.5.0.1 "), 0),
    ("10.5.0.1 from 10.5.0.2 iif vd", (900, "match", "table 20: 10.5.0.1 "), 0),
    ("10.9.0.1 vrf red", (900, "match", "table 10: unreachable default metric 4278198272 "), 2),
    // Blue has no default route: what it cannot reach leaves by the main table.
    ("10.6.0.1 vrf blue", (900, "no_route", "table 20: no route "), 0),
    ("10.6.0.1 vrf blue", (32766, "match", "table main: default "), 0),
    ("10.6.0.1 from 10.5.0.2 iif vd", (32766, "match", "table main: default "), 0),
    ("10.6.0.1 from 10.5.0.2 iif blue", (32766, "match", "table main: default "), 0),
    ("10.6.0.1", (900, "skip", "skipped: in no VRF"), 0),
    ("10.6.0.1 oif vm", (900, "skip", "skipped: in no VRF"), 0),
    ("10.6.0.1 from 10.7.0.9 iif vm", (900, "skip", "skipped: in no VRF"), 0),
    ("10.6.0.1 from 10.7.0.9 iif vm oif red", (900, "skip", "skipped: in no VRF"), 0),
    ("10.6.0.1 from 10.5.0.2 iif vc oif vm", (900, "match", "table 10: 10.6.0.0/24 "), 0),
    ("2001:db8:6::1 from 2001:db8:5::2 iif vc oif vm", (900, "match", "table 10: 2001:db8:6::/64 "), 0),
    ("2001:db8:6::1 vrf red", (900, "match", "table 10: 2001:db8:6::/64 "), 0),
    ("2001:db8:6::1 oif vc", (900, "match", "table 10: 2001:db8:6::/64 "), 0),
    ("2001:db8:6::1 from 2001:db8:5::2 iif vc", (900, "match", "table 10: 2001:db8:6::/64 "), 0),
    ("2001:db8:6::1 from 2001:db8:5::2 iif red", (900, "match", "table 10: 2001:db8:6::/64 "), 0),
    ("2001:db8:5::1 vrf blue", (900, "match", "table 20: 2001:db8:5::1 "), 0),
    ("2001:db8:9::1 vrf red", (900, "match", "table 10: unreachable default metric 4278198272 "), 2),
    ("2001:db8:6::1 vrf blue", (32766, "match", "table main: default metric 1024 "), 0),
    ("2001:db8:6::1 from 2001:db8:5::2 iif vd", (32766, "match", "table main: default metric 1024 "), 0),
    ("2001:db8:6::1", (900, "skip", "skipped: in no VRF"), 0),
];

const BY_NAME: &[Question] = &[
    ("10.8.0.1 from 10.5.0.2 iif vc", (500, "match", "table 30: 10.8.0.0/24 "), 0),
    ("10.8.0.1 from 10.5.0.2 iif red", (500, "match", "table 30: 10.8.0.0/24 "), 0),
    ("10.8.0.1 from 10.5.0.2 iif vd", (500, "skip", "skipped: iif is vd"), 0),
    ("10.8.0.1 from 10.5.0.2 iif vd", (501, "skip", "skipped: no oif given"), 0),
    ("10.8.0.1 vrf blue", (501, "match", "table 30: 10.8.0.0/24 "), 0),
    ("10.8.0.1 vrf red", (501, "skip", "skipped: belongs to VRF red"), 2),
    ("10.8.0.1", (501, "skip", "skipped: no oif given"), 0),
];

const TEXT: &str = "\
rule 0      from all lookup local           table local: no route (of 5 routes)
rule 900    from all lookup [l3mdev-table]  table 10: 10.6.0.0/24 (of 5 routes; next: unreachable default metric 4278198272)
route       10.6.0.0/24 via 10.5.0.2 dev vc table 10
source      10.5.0.1: address of vc in the network of 10.5.0.2
neighbour   10.5.0.2: none yet; ARP would resolve it on vc
link        vc: up
=text
";

/// Whether rules here compare with a VRF by its name.
fn by_name() -> bool {
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u32>().ok());
    (numbers.next(), numbers.next()) >= (Some(6), Some(12))
}

/// Asks; what is not as wanted fails.
pub fn explained() -> Outcome {
    let mut questions = QUESTIONS.to_vec();
    let mut script = format!("{NETWORK}\nrip route explain 10.6.0.1 vrf red; echo =text\n");
    if by_name() {
        script.push_str(NAMED);
        questions.extend(BY_NAME);
    }
    for (question, ..) in &questions {
        script.push_str(&format!("rip -j route explain {question} 2>/dev/null; printf '\\n=%s\\n' $?\n"));
    }
    let ended = Sandbox::new(Tool::Rip).run(&script, &machine::scratch("vrf"));
    let said = ended.stdout();
    let Some(mut rest) = said.strip_prefix(TEXT) else {
        return Outcome::Failed(format!("{said}{}", ended.stderr()));
    };
    let mut wrong = String::new();
    for (question, (priority, verdict, why), code) in &questions {
        let (record, next) = rest.split_once("\n=").unwrap_or_default();
        let (ended, next) = next.split_once('\n').unwrap_or_default();
        rest = next;
        let json: Value = serde_json::from_str(record).unwrap_or_default();
        let fits = |r: &Value| {
            let reason = r["why"].as_str().unwrap_or_default();
            r["priority"] == *priority && r["verdict"] == *verdict && reason.starts_with(why)
        };
        let found = json[0]["rules"].as_array().is_some_and(|rules| rules.iter().any(fits));
        if !found || json[0]["agrees"] != true || ended != code.to_string() {
            let wanted = format!("rule {priority} {verdict} {why:?}, exit {code}");
            wrong.push_str(&format!("{question}: wanted {wanted}; got exit {ended}: {record}\n"));
        }
    }
    match wrong.is_empty() {
        true => Outcome::Passed(questions.len()),
        false => Outcome::Failed(wrong),
    }
}
