//! Explained differences of words of links and encapsulations.

use super::allowed::{Row, said};
use super::read::verb;

pub static ROWS: &[Row] = &[
    Row {
        why: "`-s -j` with `flush` of addresses, routes and neighbours: nothing",
        fits: |line, what, _, mine| {
            what == "output"
                && mine.out.is_empty()
                && verb(line) == Some("flush")
                && line.iter().any(|w| w.trim_start_matches('-').starts_with('j'))
        },
    },
    Row {
        why: "`addr add` with `broadcast +` or `-` and without an address, which the kernel refuses: no empty broadcast",
        fits: |_, what, theirs, mine| {
            let without = |s: &str| s.replace(" 4= ", " ");
            let same = theirs.sent.iter().map(|s| without(s)).eq(mine.sent.iter().cloned());
            what == "request" && theirs.code == 2 && mine.code == 2 && same
        },
    },
    Row {
        why: "`macsec`: MAC addresses of another length than 6: refused",
        fits: |_, _, _, mine| mine.code == 255 && said(mine, " - must be 6 bytes"),
    },
    Row {
        why: "`macsec`: a key or its identifier with a sign or a blank: refused",
        fits: |line, _, _, mine| {
            let odd = |w: &String| w.contains([' ', '+', '-']);
            (said(mine, "is wrong: expected key id") || said(mine, "is wrong: expected key")) && line.iter().any(odd)
        },
    },
    Row {
        why: "`macsec`: `<hidden>` in the place of a key",
        fits: |_, what, theirs, mine| {
            what == "error"
                && theirs.err.ends_with("is wrong: expected key")
                && mine.err.contains("\"<hidden>\" is wrong")
        },
    },
    Row {
        why: "`encap seg6local ... flavors NAMES` at the end of the line: works",
        fits: |line, what, _, _| what == "crash" && line.iter().rev().nth(1).is_some_and(|w| w == "flavors"),
    },
    Row {
        why: "`macvlan macaddr add` with less than six bytes: says so",
        fits: |_, what, theirs, mine| {
            what.starts_with("error")
                && theirs.said.is_empty()
                && theirs.code == 1
                && mine.code == 1
                && mine.err.ends_with("\" is invalid lladdr.")
        },
    },
    Row {
        why: "`macvlan macaddr set ADDRESS... WORD`: no complaint about the next word",
        fits: |line, what, theirs, _| {
            what.starts_with("error")
                && theirs.err.ends_with("\" is invalid lladdr.")
                && line.iter().any(|w| w == "set")
        },
    },
    Row {
        why: "`netns ..`, `link-netns .` of a link: refused",
        fits: |_, _, _, mine| {
            ["..", ".", ""].iter().any(|w| {
                ["netns", "link-netns"].iter().any(|k| said(mine, &format!("\"{w}\" is wrong: Invalid \"{k}\" value")))
            })
        },
    },
];
