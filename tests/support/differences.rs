//! Where `rip` says more than iproute2 does, which docs/differences.md lists: rules that take it out before outputs are compared.

use super::transcript::Captured;

pub struct Rule {
    pub name: &'static str,
    pub reason: &'static str,
    /// Takes from what rip said what iproute2 lacks.
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

pub static RULES: &[Rule] = &[LOCKED_METRICS, UNENDED_LINE];

const UNENDED_LINE: Rule = Rule {
    name: "unended-line",
    reason: "`-o stats` has no end of line in iproute2",
    lift: |said, rip| {
        if said.out.ends_with('\\') && rip.out.ends_with("\\\n") {
            rip.out.pop();
        }
    },
};

const LOCKED_METRICS: Rule = Rule {
    name: "locked-metrics",
    reason: "iproute2's JSON loses which metrics of a route are locked",
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
};

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
