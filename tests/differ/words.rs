//! Explained differences of words of links and encapsulations.

use super::allowed::{Row, pair, said};
use super::judge::Seen;
use super::read::{object, verb};

/// A list of namespaces without the ids that `auto` can give: the lines that are grown set no other one below 5.
fn without_low_ids(out: &str) -> String {
    let low = |c: char| ('0'..'5').contains(&c);
    ["(id: ", "\"id\":", "\"nsid\":", "nsid "].iter().fold(out.to_string(), |text, key| {
        let mut parts = text.split(key);
        let first = parts.next().unwrap_or_default().to_string();
        parts.fold(first, |all, part| {
            let rest = part.strip_prefix(low).filter(|r| !r.starts_with(|c: char| c.is_ascii_digit()));
            all + key + &rest.map_or_else(|| part.to_string(), |rest| format!("AUTO{rest}"))
        })
    })
}

pub static ROWS: &[Row] = &[
    Row {
        why: "encapsulations: an empty segment: refused",
        fits: |line, _, _, mine| {
            let empty = |w: &String| w.split(',').any(str::is_empty);
            said(mine, "Error: inet6 address is expected rather than \"\".")
                && line.windows(2).any(|p| p[0] == "segs" && empty(&p[1]))
        },
    },
    Row {
        why: "settings of a virtual function with a rate that no word names: chance",
        fits: |line, what, theirs, mine| {
            let without_rate = |m: &String| {
                m.split_once(" 6=").map_or(m.clone(), |(head, rest)| {
                    format!("{head}{}", rest.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
                })
            };
            what == "request"
                && line.iter().any(|w| w == "vf")
                && theirs.sent.iter().map(without_rate).eq(mine.sent.iter().cloned())
        },
    },
    Row {
        why: "`any` as an end of a VXLAN: refused",
        fits: |line, _, theirs, mine| {
            let ends = [
                "Error: argument \"any\" is wrong: invalid local address",
                "Error: argument \"any\" is wrong: invalid remote address",
            ];
            theirs.code == 2 && line.iter().any(|w| w == "vxlan") && ends.contains(&mine.err.as_str())
        },
    },
    Row {
        why: "`-echo` of a link in a group other than 0",
        fits: |line, what, theirs, mine| {
            what == "output"
                && line.iter().any(|w| w.len() > 2 && "-echo".starts_with(w.trim_start_matches('-')) || w == "-echo")
                && theirs.out.trim_matches(['[', ']', '{', '}', '\n']).is_empty()
                && mine.out.contains(" group ")
        },
    },
    Row {
        why: "`vf N mac` of another length than 6 for a link that does not exist: refused",
        fits: |line, _, theirs, mine| {
            mine.err.starts_with("Invalid address length ")
                && mine.err != theirs.err
                && mine.sent.iter().all(|s| s.starts_with("GET"))
                && pair(line, "mac", &["0200.0000.0053", "1.2.3.4", "2001:db8::1", "::1"])
        },
    },
    Row {
        why: "`hmac` of an encapsulation that is no number: refused",
        fits: |_, _, _, mine| said(mine, "is wrong: \"hmac\" value is invalid"),
    },
    Row {
        why: "`can` with a TDC value of 4294967295: sent",
        fits: |line, what, _, _| {
            what == "request"
                && line.windows(2).any(|p| p[0].trim_start_matches('x').starts_with("tdc") && p[1] == "4294967295")
        },
    },
    Row {
        why: "`-V` names `rip` beside the release that it reproduces",
        fits: |_, what, theirs, mine| {
            let version = |s: &Seen| s.out.starts_with("ip utility, iproute");
            what == "output" && version(theirs) && version(mine)
        },
    },
    Row {
        why: "the id of a namespace that `auto` gave: the kernel frees those of deleted ones in its own time",
        fits: |line, what, theirs, mine| {
            let netns = object(line).is_some_and(|(object, _)| object.name() == "netns");
            what.ends_with("output") && netns && without_low_ids(&theirs.out) == without_low_ids(&mine.out)
        },
    },
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
            let without = |s: &str| s.split(' ').filter(|w| *w != "4=").collect::<Vec<_>>().join(" ");
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
