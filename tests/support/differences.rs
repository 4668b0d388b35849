//! What 7.1 prints differently from the installed 6.1: rules that lift 6.1's output, each with its reason.

use super::machine;
use super::transcript::Captured;

pub struct Rule {
    pub name: &'static str,
    pub reason: &'static str,
    /// Changes what 6.1 said, or takes from what rip said a word that only 7.1 knows.
    pub lift: fn(said: &mut Captured, rip: &mut Captured),
}

/// Applies every rule.
pub fn lift(said: &mut Captured, rip: &mut Captured) {
    for rule in RULES {
        (rule.lift)(said, rip);
    }
}

/// Masks what runs while we look at it, a bridge's garbage collection timer, and what the kernel makes up: the
/// permanent address of a tunnel over IPv6 (three random groups and `::`).
pub fn hold_still(text: &mut String) {
    let mut from = 0;
    while let Some(at) = text[from..].find("permaddr").map(|i| from + i) {
        from = at + 8;
        let Some(end) = text[from..].find("::").map(|i| from + i).filter(|end| end - from < 32) else { continue };
        let digits = text[..end].trim_end_matches(|c: char| c.is_ascii_hexdigit() || c == ':').len();
        text.replace_range(digits..end, "N");
    }
    for key in ["gc_timer", "\"gc_timer\":"] {
        *text = number_after(text, key);
    }
}

pub static RULES: &[Rule] = &[
    Rule {
        name: "allmulti-blank",
        reason: "6.1 prints two blanks between promiscuity and allmulti",
        lift: |said, _| said.out = said.out.replace("  allmulti ", " allmulti "),
    },
    Rule {
        name: "gso-ipv4-sizes",
        reason: "7.1 knows the IPv4 sizes of GSO and GRO (which kernels have since 6.3)",
        lift: |said, _| {
            if machine::kernel() < (6, 3) {
                return;
            }
            said.out = after_number(&said.out, "gro_max_size ", "gso_ipv4_max_size 65536 gro_ipv4_max_size 65536 ");
            if !said.out.contains("\"gro_max_size\": ") {
                said.out = after_number(
                    &said.out,
                    "\"gro_max_size\":",
                    ",\"gso_ipv4_max_size\":65536,\"gro_ipv4_max_size\":65536",
                );
            }
            let pretty = "\"gro_max_size\": ";
            if let Some(at) = said.out.find(pretty) {
                let indent = said.out[..at].rsplit('\n').next().unwrap_or("").to_string();
                let more = format!(",\n{indent}\"gso_ipv4_max_size\": 65536,\n{indent}\"gro_ipv4_max_size\": 65536");
                said.out = after_number(&said.out, pretty, &more);
            }
        },
    },
    Rule {
        name: "netns-immutable",
        reason: "7.1 marks devices that cannot change their namespace; transcripts ask for it with a line of their own",
        lift: |_, rip| {
            rip.out = rip.out.replace(" netns-immutable ", " ").replace(",\"netns-immutable\":true", "");
            rip.out = without_line(&rip.out, "\"netns-immutable\": true,");
        },
    },
    Rule {
        name: "bond-words",
        reason: "7.1 shows a bond's coupled_control and a port's actor_port_prio",
        lift: |_, rip| {
            rip.out = rip.out.replace(" coupled_control on ", " ").replace(",\"coupled_control\":true", "");
            rip.out = rip.out.replace(" actor_port_prio 255 ", " ").replace(",\"actor_port_prio\":255", "");
            rip.out = without_line(&rip.out, "\"coupled_control\": true,");
        },
    },
    Rule {
        name: "address-protocol",
        reason: "7.1 prints who made an address; transcripts ask for it with a line of their own",
        lift: |_, rip| {
            for (name, number) in [("kernel_lo", 1), ("kernel_ra", 2), ("kernel_ll", 3)] {
                rip.out = rip.out.replace(&format!(" proto {name} "), " ").replace(&format!(" proto 0x{number} "), " ");
                rip.out = rip.out.replace(&format!(",\"protocol\":\"{name}\""), "");
                let pretty = format!("\"protocol\": \"{name}\",");
                rip.out = without_line(&rip.out, &pretty);
            }
        },
    },
    Rule {
        name: "locked-metrics",
        reason: "the reference's JSON loses which metrics of a route are locked; rip says it",
        lift: |_, rip| {
            while let Some((before, rest)) = rip.out.split_once(",\"lock\":[") {
                let after = rest.split_once(']').map_or("", |(_, after)| after);
                rip.out = format!("{before}{after}");
            }
            while let Some(at) = rip.out.find("\"lock\": [") {
                let before = rip.out[..at].trim_end().trim_end_matches(',').to_string();
                let after = rip.out[at..].split_once(']').map_or("", |(_, after)| after);
                rip.out = format!("{before}{after}");
            }
        },
    },
    Rule {
        name: "garbage-article",
        reason: "7.1 dropped an article",
        lift: |said, _| said.err = said.err.replace("is a garbage.", "is garbage."),
    },
    Rule {
        name: "address-protocol",
        reason: "7.1 tells who made an address; transcripts ask for it with lines of their own",
        lift: |_, rip| {
            for name in ["kernel_lo", "kernel_ra", "kernel_ll"] {
                rip.out = rip.out.replace(&format!(" proto {name} "), " ");
                rip.out = rip.out.replace(&format!(",\"protocol\":\"{name}\""), "");
                let own = format!("\"protocol\": \"{name}\",");
                let lines: Vec<&str> = rip.out.split('\n').filter(|l| l.trim() != own).collect();
                rip.out = lines.join("\n");
            }
        },
    },
    Rule {
        name: "locked-metrics",
        reason: "the reference's JSON loses which metrics are locked; ours has them",
        lift: |_, rip| {
            while let Some(at) = rip.out.find(",\"lock\":[") {
                let Some(len) = rip.out[at..].find(']') else { return };
                rip.out.replace_range(at..=at + len, "");
            }
            while let Some(at) = rip.out.find("\"lock\": [") {
                let Some(len) = rip.out[at..].find(']') else { return };
                let from = rip.out[..at].rfind(',').unwrap_or(at);
                rip.out.replace_range(from..=at + len, "");
            }
        },
    },
    Rule {
        name: "bridge-settings",
        reason: "7.1 knows more settings of bridges and their ports",
        lift: |_, rip| {
            for word in [
                "fdb_n_learned",
                "fdb_max_learned",
                "mst_enabled",
                "mdb_offload_fail_notification",
                "fdb_local_vlan_0",
                "neigh_vlan_suppress",
                "neigh_forward_grat",
                "mab",
            ] {
                rip.out = without(&rip.out, word, word);
            }
            // The text has always had this one, under another name.
            rip.out = without(&rip.out, "", "fast_leave");
        },
    },
    Rule {
        name: "bright-blue",
        reason: "7.1 shows IPv6 addresses in a brighter blue on dark backgrounds",
        lift: |said, _| said.out = said.out.replace("<1b>[1;34m", "<1b>[1;94m"),
    },
];

/// The text with `N` for the decimal number that follows each `key` (and blanks).
fn number_after(text: &str, key: &str) -> String {
    let mut parts = text.split(key);
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let number = part.trim_start_matches(' ');
        let rest = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        out.push_str(key);
        out.push_str(&part[..part.len() - number.len()]);
        out.push_str(if rest.len() < number.len() { "N" } else { "" });
        out.push_str(rest);
    }
    out
}

/// The text without the lines that hold only `words`.
fn without_line(text: &str, words: &str) -> String {
    text.split('\n').filter(|l| l.trim() != words).collect::<Vec<_>>().join("\n")
}

/// Takes a field out: `word VALUE ` in text, `"key":VALUE` in JSON, plain or pretty.
fn without(text: &str, word: &str, key: &str) -> String {
    let mut out = text.to_string();
    let form = format!(" {word} ");
    while !word.is_empty()
        && let Some(at) = out.find(&form)
    {
        let value = at + form.len();
        let end = out[value..].find(' ').map_or(out.len(), |i| value + i);
        out.replace_range(at..end, "");
    }
    for form in [format!("\"{key}\":"), format!("\"{key}\": ")] {
        while let Some(at) = out.find(&form) {
            let value = at + form.len();
            let end = out[value..].find([',', '}', '\n']).map_or(out.len(), |i| value + i);
            // The comma before goes with it; a pretty line's break and blanks stand between.
            let from = out[..at].rfind(',').unwrap_or(at);
            out.replace_range(from..end, "");
        }
    }
    out
}

/// Inserts `more` after each `key` and the number (and blank) that follows it.
fn after_number(text: &str, key: &str, more: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(key) {
        let (before, after) = rest.split_at(at + key.len());
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let end = digits + usize::from(key.ends_with(' ') && !key.starts_with('"') && after[digits..].starts_with(' '));
        out.push_str(before);
        out.push_str(&after[..end]);
        out.push_str(more);
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}
