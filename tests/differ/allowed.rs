//! Differences that docs/differences.md explains. Everything else is a fault.

use super::judge::Seen;
use super::read::{names_alone, verb, without_empty_addresses, without_locks};

/// One explained difference.
pub struct Row {
    /// What README says of it.
    pub why: &'static str,
    pub fits: fn(&[String], &str, &Seen, &Seen) -> bool,
}

/// Why a difference is meant, if it is.
pub fn why(line: &[String], what: &str, theirs: &Seen, mine: &Seen) -> Option<&'static str> {
    ROWS.iter()
        .chain(super::tables::ROWS)
        .chain(super::words::ROWS)
        .find(|r| (r.fits)(line, what, theirs, mine))
        .map(|r| r.why)
}

/// Whether a word is followed by one of these.
pub fn pair(line: &[String], first: &str, second: &[&str]) -> bool {
    line.windows(2).any(|p| first == p[0] && second.contains(&p[1].as_str()))
}

/// Whether a line of the errors ends so.
pub fn said(seen: &Seen, end: &str) -> bool {
    seen.said.iter().any(|line| line.ends_with(end))
}

/// A word that means no address to `rip` where only one will do.
fn no_address(err: &str) -> bool {
    let said = |w: &str| {
        err.ends_with(&format!(" address is expected rather than \"{w}\"."))
            || err == format!("\"{w}\" is invalid lladdr.")
    };
    ["any", "all", "default"].into_iter().any(said)
}

fn what_is_wrong(err: &str) -> bool {
    err.contains(" prefix is expected rather than ")
}

const ROWS: &[Row] = &[
    Row {
        why: "one address: `any`, `all`, or `default` of no family",
        fits: |_, _, _, mine| mine.said.iter().any(|l| no_address(l)),
    },
    Row {
        why: "the objects of `ip` that the first paragraph does not name",
        fits: |_, _, _, mine| {
            mine.err.starts_with("Object \"") && mine.err.ends_with("\" is unknown, try \"ip help\".")
        },
    },
    Row {
        why: "`save` that fails writes nothing, not even the file's mark",
        fits: |line, what, theirs, mine| {
            what == "output" && theirs.code != 0 && mine.out.is_empty() && verb(line) == Some("save")
        },
    },
    Row {
        why: "`netns set` says which namespace is not there",
        fits: |_, what, theirs, mine| {
            what == "error" && theirs.err.is_empty() && mine.err.starts_with("Cannot open network namespace")
        },
    },
    Row {
        why: "`list-id` names the word that is wrong, not the one behind it",
        fits: |_, what, theirs, mine| {
            what == "error"
                && theirs.err.contains("nsid\" value should be >= 0")
                && mine.err.contains("nsid\" value should be >= 0")
        },
    },
    Row {
        why: "a file in /run/netns that is no namespace is passed over, in silence",
        fits: |_, what, theirs, mine| {
            what.starts_with("error")
                && theirs.err == "Error: Peer netns reference is invalid."
                && theirs.code == mine.code
        },
    },
    Row {
        why: "`-j netns identify`, `pids`, `monitor`: JSON",
        fits: |line, what, _, _| what == "output" && matches!(verb(line), Some("identify" | "pids")),
    },
    Row {
        why: "`tuntap` user or group of -1, or beyond 32 bits: refused",
        fits: |_, _, _, mine| {
            mine.code == 255 && (mine.err.starts_with("invalid group \"") || mine.err.starts_with("invalid user \""))
        },
    },
    Row {
        why: "`maddress add dev DEV` without an address: refused; and a second address, whatever the first begins with",
        fits: |_, what, theirs, mine| {
            let refused = mine.err == "Error: argument \"address\" is required"
                || mine.err.starts_with("Error: duplicate \"address\"");
            let none = "00:00:00:00:00:00";
            mine.code == 255 && refused || what == "output" && theirs.out.contains(none) && !mine.out.contains(none)
        },
    },
    Row {
        why: "`tunnel`: `encaplimit` with junk: refused",
        fits: |_, _, _, mine| mine.code == 255 && mine.err.ends_with(" is wrong: invalid ELIM"),
    },
    Row {
        why: "`-6 tunnel show NAME`: a line; JSON; tunnels of the other family are refused",
        fits: |line, what, theirs, mine| {
            line.first().is_some_and(|w| w.starts_with("tun"))
                && (mine.err.ends_with(" failed: Operation not supported")
                    || what == "output" && (theirs.out == mine.out.trim_end() || mine.out.starts_with("[{")))
        },
    },
    Row {
        why: "`encap ila` with less than four parts: the rest is zero, not chance",
        fits: |line, what, _, _| what == "request" && line.windows(2).any(|p| p[0] == "encap" && p[1] == "ila"),
    },
    Row {
        why: "`link afstats dev NOSUCH`: exit 1",
        fits: |line, what, _, mine| what == "code" && mine.code == 1 && verb(line) == Some("afstats"),
    },
    Row {
        why: "64-bit numbers below 0: refused",
        fits: |line, _, _, mine| {
            let negative = |w: &String| mine.err.starts_with(&format!("Error: argument \"{w}\" is wrong: \""));
            mine.code == 255 && line.iter().filter(|w| w.trim_start().starts_with('-')).any(negative)
        },
    },
    Row {
        why: "`rule show protocol P` shows that protocol's rules",
        fits: |line, what, _, _| {
            what == "output" && line.iter().any(|w| w.len() > 1 && "protocol".starts_with(w.as_str()))
        },
    },
    Row {
        why: "`suppress_ifgroup` beyond 32 bits: refused",
        fits: |_, _, _, mine| said(mine, " is wrong: Invalid \"suppress_ifgroup\" value"),
    },
    Row {
        why: "`-echo -j`: valid JSON",
        fits: |_, what, theirs, mine| {
            what == "output"
                && theirs.out.starts_with("[{{")
                && theirs.out.replace("{{", "{").replace("}}]", "}]") == without_locks(&mine.out).replace("}}]", "}]")
        },
    },
    Row {
        why: "`-j route get ADDRESS connected`: valid JSON",
        fits: |line, what, theirs, mine| {
            what == "output"
                && verb(line) == Some("get")
                && theirs.out.lines().next() == mine.out.lines().next()
                && line.iter().any(|w| w.len() > 1 && "connected".starts_with(w.as_str()))
        },
    },
    Row {
        why: "`link set DEV type vti` of another kind of device: refused",
        fits: |line, _, _, mine| mine.err == "Failed to get existing tunnel info." && line.iter().any(|w| w == "vti"),
    },
    Row {
        why: "`netkit peer type KIND`: the word that is wrong",
        fits: |line, what, theirs, mine| {
            let twice = "Error: duplicate \"type\": \"";
            what == "error"
                && line.iter().any(|w| w == "netkit")
                && theirs.err.starts_with(twice)
                && mine.err.starts_with(twice)
        },
    },
    Row {
        why: "`table N vrf NAME` with N beyond 255: the table of NAME",
        fits: |line, what, _, _| {
            let at = |name: &str| line.iter().position(|w| w.len() > 1 && name.starts_with(w.as_str()));
            what.starts_with("request") && at("table").zip(at("vrf")).is_some_and(|(table, vrf)| table < vrf)
        },
    },
    Row {
        why: "`-j link afstats`: valid JSON",
        fits: |line, what, theirs, mine| {
            what == "output"
                && verb(line) == Some("afstats")
                && theirs.out == mine.out.replace("[{", "[").replace("}}]", "}]")
        },
    },
    Row {
        why: "`addr show dev if99`: exit 1",
        fits: |line, what, theirs, mine| {
            what == "code"
                && mine.code == 1
                && theirs.err == "RTNETLINK answers: No such device"
                && verb(line).is_none_or(|v| v == "show")
        },
    },
    Row {
        why: "`-rcvbuf` with less room than a message needs: works",
        fits: |line, _, theirs, _| {
            line.iter().any(|w| w.starts_with("-rc")) && said(theirs, "No buffer space available (105)")
        },
    },
    Row {
        why: "`can tdcv`, `tdco`, `tdcf` of all bits: sent",
        fits: |line, what, _, _| {
            what == "request" && ["tdcv", "tdco", "tdcf"].iter().any(|w| pair(line, w, &["4294967295", "0xffffffff"]))
        },
    },
    Row {
        why: "a realm's name after NAME/NUMBER: what it means",
        fits: |line, what, _, _| {
            what.starts_with("request") && line.iter().filter(|w| w.contains("cosmos")).count() > 1
        },
    },
    Row {
        why: "`dscp` beyond 8 bits: refused",
        fits: |line, _, _, mine| {
            line.iter().any(|w| w == "dscp")
                && (said(mine, " is wrong: invalid dscp") || said(mine, "invalid dscp mask"))
        },
    },
    Row {
        why: "`tun_id` negative: refused",
        fits: |line, _, _, mine| {
            said(mine, " is wrong: \"tun_id\" value is invalid") && line.iter().any(|w| w.trim_start().starts_with('-'))
        },
    },
    Row {
        why: "`index` beyond 32 bits: refused",
        fits: |line, _, _, mine| said(mine, " is wrong: Invalid \"index\" value") && line.iter().any(|w| w.len() > 9),
    },
    Row {
        why: "`(null)`: the word that is wrong",
        fits: |_, what, theirs, mine| {
            let reason = theirs.err.strip_prefix("Error: argument \"(null)\"");
            let named = |r: &str| mine.err.ends_with(r) || mine.err.starts_with("Command line is not complete");
            let second = "is the second value.";
            what == "error"
                && (reason.is_some_and(named)
                    || theirs.err.ends_with(&format!("\"(null)\" {second}")) && mine.err.ends_with(second))
        },
    },
    Row {
        why: "a second address after `any`: refused as a second one",
        fits: |line, _, theirs, mine| {
            let any = ["any", "all", "default"].iter().any(|w| line.iter().any(|l| l == w));
            any && theirs.code != 0
                && mine.code != 0
                && theirs.sent.is_empty()
                && mine.sent.is_empty()
                && (what_is_wrong(&theirs.err) || theirs.err.starts_with("Warning: "))
                && (mine.err.starts_with("Error: either \"local\" is duplicate") || theirs.err == mine.err)
        },
    },
    Row {
        why: "a list without anything in it is `[]`",
        fits: |_, what, theirs, mine| what == "output" && theirs.out == "[{}]\n" && mine.out == "[]\n",
    },
    Row {
        why: "`link afstats dev ifN` of no device: exit 2",
        fits: |line, _, _, mine| mine.err == "RTNETLINK answers: No such device" && verb(line) == Some("afstats"),
    },
    Row {
        why: "`nexthop flush` of groups that go with their last member: in silence",
        fits: |line, what, theirs, mine| {
            what.starts_with("error")
                && theirs.code == mine.code
                && verb(line) == Some("flush")
                && theirs.said.iter().filter(|l| *l != "RTNETLINK answers: No such file or directory").eq(&mine.said)
        },
    },
    Row {
        why: "`-j route` with locked metrics: the locks are lost",
        fits: |_, what, theirs, mine| what.ends_with("output") && theirs.out == without_locks(&mine.out),
    },
    Row {
        why: "`encap xfrm if_id N` before other words",
        fits: |line, _, _, _| line.windows(2).any(|p| p[0] == "encap" && p[1] == "xfrm"),
    },
    Row {
        why: "`link set` without a device: no id for the namespace that `link-netns` names",
        fits: |_, what, theirs, mine| {
            what == "request"
                && mine.code != 0
                && mine.sent.is_empty()
                && theirs.sent.iter().all(|s| s.starts_with("NEWNSID "))
        },
    },
    Row {
        why: "`-4 addr show label LABEL` with `type` or `master`: addresses of other links",
        fits: |line, what, theirs, mine| {
            what == "output"
                && line.iter().any(|w| ["type", "master", "vrf"].contains(&w.as_str()))
                && line.iter().any(|w| w == "label")
                && theirs.out.contains("inet")
                && mine.out.len() < theirs.out.len()
        },
    },
    Row {
        why: "`-o addr show DEV` with the type or master of other devices: the addresses of DEV",
        fits: |line, what, theirs, mine| {
            what.ends_with("output")
                && line.iter().any(|w| w.starts_with("-o"))
                && line.iter().any(|w| ["type", "master", "vrf"].contains(&w.as_str()))
                && theirs.out.contains("inet")
                && mine.out.is_empty()
        },
    },
    Row {
        why: "`-j mptcp limits`, `-j ioam schema show`, `-j ... monitor`: valid JSON, the bracket at once",
        fits: |line, what, theirs, mine| {
            let has = |begin: &str| line.iter().any(|w| begin.starts_with(w.as_str()) && w.len() > 1);
            let json = line.iter().any(|w| ["-j", "-json", "--json"].contains(&w.as_str()));
            let watch = theirs.code == -1 && theirs.out.is_empty() && mine.out.trim() == "[";
            what == "output" && json && (watch || has("mptcp") && has("limits") || has("ioam") && has("schema"))
        },
    },
    Row {
        why: "`fou` and `ila` with words that are wrong, missing or exclude one another: refused, not sent in part",
        fits: |_, what, theirs, mine| {
            let half = [
                "fou: missing",
                "fou: must",
                "fou: cannot",
                "fou: both",
                "ila: missing",
                "Bad ",
                "No such interface: ",
            ];
            // What ip says of the word is followed by what the kernel says of the rest. A deletion without a locator says nothing.
            let silent = theirs.err.is_empty() && mine.err == "ila: missing locator0match";
            what.starts_with("request")
                && mine.code == 255
                && half.iter().any(|begin| mine.err.starts_with(begin))
                && (theirs.err == mine.err || silent || theirs.err.starts_with("RTNETLINK"))
        },
    },
    Row {
        why: "`ila`: the groups that a locator lacks are zero",
        fits: |line, what, theirs, mine| {
            let short =
                |w: &String| w.contains(':') && w.split(':').count() < 4 || w.bytes().all(|b| b.is_ascii_hexdigit());
            what.starts_with("request")
                && line.iter().any(|w| !w.is_empty() && "ila".starts_with(w.as_str()))
                && line.iter().any(short)
                && theirs.err == mine.err
        },
    },
    Row {
        why: "64-bit numbers of `ioam` below 0 are refused",
        fits: |line, _, theirs, mine| {
            line.iter().any(|w| w == "wide") && theirs.code == 0 && mine.err.ends_with("Invalid wide data")
        },
    },
    Row {
        why: "`monitor`: names of devices after a change of name",
        fits: |line, what, theirs, mine| {
            what.ends_with("output") && line.iter().any(|w| w == "monitor") && names_alone(&theirs.out, &mine.out)
        },
    },
    Row {
        why: "a rate of a virtual function whose device has none: the other one is chance",
        fits: |line, what, theirs, _| {
            (what.starts_with("request") || theirs.err.starts_with("Invalid min_tx_rate "))
                && line.iter().any(|w| w == "vf")
                && line.iter().any(|w| w.ends_with("_tx_rate"))
        },
    },
    Row {
        why: "`gtp` passes over a wrong word",
        fits: |line, _, _, mine| line.iter().any(|w| w == "gtp") && mine.err.starts_with("gtp: unknown command "),
    },
    Row {
        why: "a second address beside `any`: refused",
        fits: |line, _, _, mine| {
            let any = ["any", "all", "default"].iter().any(|w| line.iter().any(|l| l == w));
            any && mine.said.iter().any(|l| l.starts_with("Error: either \"local\" is duplicate"))
        },
    },
    Row {
        why: "`any` of no family: the kernel refuses it, with whatever stands beside it",
        fits: |line, what, theirs, mine| {
            let any = ["any", "all", "default"].iter().any(|w| line.iter().any(|l| l == w));
            let refused = theirs.code == 2 && mine.code == 2 && theirs.err == mine.err;
            any && what == "request" && refused && mine.sent.iter().all(|s| s.contains("ADDR "))
        },
    },
    Row {
        why: "a second `peer any`: refused",
        fits: |_, _, _, mine| {
            ["any", "all", "default"]
                .iter()
                .any(|w| said(mine, &format!("Error: duplicate \"peer\": \"{w}\" is the second value.")))
        },
    },
    Row {
        why: "`link-netns NOSUCH`: the word that is wrong",
        fits: |_, what, theirs, mine| {
            let end = " is wrong: Invalid \"link-netns\" value";
            what == "error" && theirs.err.ends_with(end) && mine.err.ends_with(end)
        },
    },
    Row {
        why: "loading from object files is `bpftool`'s work",
        fits: |_, _, _, mine| said(mine, "rip does not load BPF programs from object files"),
    },
    Row {
        why: "`type ipip`, `sit`: `6rd-reset`: works",
        fits: |line, what, _, _| what == "crash" && line.iter().any(|w| w == "6rd-reset"),
    },
    Row {
        why: "`group` beyond 32 bits: refused",
        fits: |_, _, _, mine| said(mine, " is wrong: Invalid \"group\" value"),
    },
    Row {
        why: "a link-layer address of no bytes: nothing, not the byte behind it",
        fits: |_, what, theirs, mine| {
            what.ends_with("output") && without_empty_addresses(&theirs.out) == without_empty_addresses(&mine.out)
        },
    },
    Row {
        why: "times of TCP metrics beyond 32 bits, or negative: refused",
        fits: |_, _, _, mine| {
            ["rtt", "rttvar", "rto_min"]
                .iter()
                .any(|w| mine.err.ends_with(&format!("is wrong: \"{w}\" value is invalid")))
        },
    },
    Row {
        why: "what stands behind a congestion control's name is chance",
        fits: |line, what, _, _| what == "request" && line.iter().any(|w| w == "congctl"),
    },
    Row {
        why: "`addr flush` and `addr save` obey words about links and flags",
        fits: |line, what, theirs, mine| {
            // The numbers of the addresses that both delete; their ages differ.
            let who = |s: &Seen| -> Vec<String> {
                s.sent.iter().map(|m| m.split(" 6=").next().unwrap_or(m).chars().skip(9).collect()).collect()
            };
            let fewer = || who(mine).iter().all(|m| who(theirs).contains(m));
            what == "output" && verb(line) == Some("save")
                || what == "request" && verb(line) == Some("flush") && mine.sent.len() < theirs.sent.len() && fewer()
        },
    },
    Row {
        why: "`link help` of kinds without words: the kind's",
        fits: |line, _, theirs, mine| {
            theirs.err.starts_with("Usage:")
                && mine.code == 0
                && line.iter().any(|w| !w.is_empty() && "help".starts_with(w.as_str()))
        },
    },
    Row {
        why: "`neigh add help` is a question",
        fits: |line, _, _, mine| {
            mine.err.starts_with("Usage:") && line.iter().any(|w| !w.is_empty() && "help".starts_with(w.as_str()))
        },
    },
    Row {
        why: "via any",
        fits: |line, _, _, mine| {
            pair(line, "via", &["any", "all", "default"]) && mine.err.contains("address is expected rather than")
        },
    },
    Row {
        why: "`link show dev if99 group GROUP`: exit 1",
        fits: |line, _, theirs, mine| {
            theirs.code == 0
                && mine.code == 1
                && theirs.err == mine.err
                && mine.err == "RTNETLINK answers: No such device"
                && line.iter().any(|w| w == "group")
        },
    },
    Row {
        why: "an error in JSON: the list is closed",
        fits: |line, what, theirs, mine| {
            what == "output"
                && line.iter().any(|w| w.starts_with("-j") || w.starts_with("--j"))
                && theirs.code != 0
                && mine.out == "[]\n"
        },
    },
];
