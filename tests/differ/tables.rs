//! Explained differences of the smaller objects: tables, multicast routes, TCP metrics, labels.

use super::allowed::Row;
use super::judge::Seen;
use super::read::object;

pub static ROWS: &[Row] = &[
    Row {
        why: "`ntable` of many devices: a table's own parameters are listed once",
        fits: |line, what, theirs, mine| {
            let own = |s: &Seen| s.out.matches("thresh1").count();
            let lists = line.iter().any(|w| w.starts_with("nt"));
            // Each program reads in pieces of its own size, and a table begins anew with every piece.
            what.ends_with("output") && lists && own(theirs) > own(mine)
        },
    },
    Row {
        why: "`-j netconf show dev DEV` with a family: JSON",
        fits: |line, what, theirs, mine| {
            let netconf = object(line).is_some_and(|(object, _)| object.name() == "netconf");
            what == "output" && netconf && !theirs.out.starts_with('[') && mine.out.starts_with('[')
        },
    },
    Row {
        why: "`maddress add` without an address: refused",
        // ip adds the address of zeros, which is listed from then on.
        fits: |_, what, theirs, mine| {
            let zeros = |s: &Seen| s.out.contains("00:00:00:00:00:00");
            what == "output" && zeros(theirs) && !zeros(mine)
        },
    },
    Row {
        why: "`-j mroute` of a family without multicast routes: `[]`",
        fits: |_, what, theirs, mine| what == "output" && theirs.out.is_empty() && mine.out.trim() == "[]",
    },
    Row {
        why: "`tcp_metrics` with `src` and an address: any order, and no word is passed over",
        fits: |line, _, _, _| {
            // Behind an address or a source, ip does not look at the next word.
            let object = line.iter().position(|w| w.len() > 1 && "tcp_metrics tcpmetrics".contains(w.as_str()));
            object.is_some_and(|at| line.len() > at + 3)
        },
    },
    Row {
        why: "`-j xfrm`: JSON, which ip does not have",
        fits: |line, what, theirs, mine| {
            let xfrm = object(line).is_some_and(|(object, _)| object.name() == "xfrm");
            what == "output" && xfrm && !theirs.out.starts_with('[') && mine.out.starts_with('[')
        },
    },
    Row {
        why: "keys of `xfrm` are not repeated in errors",
        fits: |_, what, _, mine| what == "error" && mine.err.contains("\"<hidden>\" is wrong"),
    },
    Row {
        why: "`addrlabel add prefix default`: the address of zeros",
        fits: |line, _, theirs, mine| {
            let zeros = |s: &str| s.replace(" 1=00000000000000000000000000000000", " 1=");
            let same = theirs.sent.iter().eq(mine.sent.iter().map(|s| zeros(s)).collect::<Vec<_>>().iter());
            same && ["any", "all", "default"].iter().any(|w| line.iter().any(|l| l == w))
        },
    },
];
