//! A topology as a picture: self-contained SVG, 1,000 units wide, readable on a light and on a dark background.
//!
//! One box a namespace, ours on the left and the others on the right; in it a row a link, ports and uppers indented under
//! what they belong to. Peers and tunnels are lines between rows. A state is a colour and a shape: a disc, a ring, a cross.

use super::model::{EdgeKind, Network, Node, Place, State};
use std::collections::HashMap;
use std::fmt::Write as _;

const WIDTH: u32 = 1000;
const BOX: u32 = 400;
const LEFT: u32 = 50;
const RIGHT: u32 = WIDTH - LEFT - BOX;
const ROW: u32 = 22;
const TEXT: u32 = 15;
const HEAD: u32 = 34;
const GAP: u32 = 18;
const INDENT: u32 = 16;
/// Letters of the fixed font that fit beside each other; one takes 7.3 units at most.
const LETTERS: usize = 48;

const STYLE: &str = "\
svg{--bg:#fff;--fg:#1b1f24;--dim:#59636e;--box:#f6f8fa;--rim:#d1d9e0;--up:#1a7f37;--half:#9a6700;--down:#cf222e;--line:#0969da;--tunnel:#8250df;background:var(--bg)}\
@media(prefers-color-scheme:dark){svg{--bg:#0d1117;--fg:#f0f6fc;--dim:#9198a1;--box:#151b23;--rim:#3d444d;--up:#3fb950;--half:#d29922;--down:#f85149;--line:#4493f8;--tunnel:#ab7df8}}\
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--fg)}\
.ns{font-weight:bold;font-size:14px}.n{font-weight:bold}.d{fill:var(--dim)}\
.b{fill:var(--box);stroke:var(--rim)}.t{stroke:var(--rim);fill:none}\
.up{fill:var(--up)}.half{fill:none;stroke:var(--half);stroke-width:2}.down{fill:none;stroke:var(--down);stroke-width:2}\
.peer{fill:none;stroke:var(--line);stroke-width:1.5}.tunnel{fill:none;stroke:var(--tunnel);stroke-width:1.5;stroke-dasharray:6 4}";

/// Text of an element; what is no character of XML cannot come here, for names are escaped before.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text that fits into a row, and the whole of it for the mouse.
fn fitted(x: u32, y: u32, class: &str, text: &str, indent: u32) -> String {
    let most = LETTERS.saturating_sub((indent / 7) as usize);
    if text.chars().count() <= most {
        return format!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>\n", escaped(text));
    }
    let short: String = text.chars().take(most.saturating_sub(1)).collect();
    let (short, text) = (escaped(&short), escaped(text));
    format!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{short}…<title>{text}</title></text>\n")
}

fn details(n: &Node) -> Vec<String> {
    let mut lines: Vec<String> = n.mtu.iter().map(|mtu| format!("mtu {mtu}")).collect();
    lines.extend(n.addresses.iter().cloned());
    lines
}

fn shape(state: State, x: u32, y: u32) -> String {
    match state {
        State::Up => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" class=\"up\"/>\n"),
        State::NoCarrier => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" class=\"half\"/>\n"),
        State::Down => {
            let (l, r, t, b) = (x - 4, x + 4, y - 4, y + 4);
            format!("<path d=\"M{l} {t}L{r} {b}M{l} {b}L{r} {t}\" class=\"down\"/>\n")
        }
    }
}

/// Where the rows stand.
#[derive(Default)]
struct Layout {
    body: String,
    /// The middle of each row.
    rows: HashMap<Place, u32>,
    /// Whether a namespace stands on the right.
    right: Vec<bool>,
}

/// Draws a namespace with its top at `y`; gives its bottom.
fn namespace(l: &mut Layout, network: &Network, ns: usize, x: u32, y: u32, routes: bool) -> u32 {
    let Some(of) = network.namespaces.get(ns) else { return y };
    let mut rows = fitted(x + 12, y + 22, "ns", &of.label(), 40);
    let mut at = y + HEAD;
    let mut above: Vec<u32> = Vec::new();
    for (node, depth) in network.tree(ns) {
        let Some(n) = network.get((ns, node)) else { continue };
        let indent = u32::try_from(depth.min(12)).unwrap_or(0) * INDENT;
        let (left, middle) = (x + 20 + indent, at + ROW / 2);
        above.truncate(depth);
        if let Some(parent) = above.last().filter(|_| depth <= 12) {
            let (px, from) = (left - INDENT, parent + 7);
            let _ = writeln!(rows, "<path d=\"M{px} {from}V{middle}H{}\" class=\"t\"/>", left - 8);
        }
        above.push(middle);
        l.rows.insert((ns, node), middle);
        rows.push_str(&shape(n.state, left, middle));
        let mtu_and_addresses = details(n);
        let name: String = n.name.chars().take(LETTERS).collect();
        let _ = writeln!(
            rows,
            "<text x=\"{}\" y=\"{}\"><tspan class=\"n\">{}</tspan><tspan class=\"d\"> {}, {}</tspan></text>",
            left + 12,
            middle + 4,
            escaped(&name),
            escaped(&n.kind),
            n.state.text()
        );
        at += ROW;
        for line in mtu_and_addresses {
            rows.push_str(&fitted(left + 12, at + 10, "", &line, indent));
            at += TEXT;
        }
    }
    if routes {
        for route in &of.routes {
            rows.push_str(&fitted(x + 12, at + 14, "d", route, 0));
            at += TEXT + 3;
        }
    }
    let height = at + 10 - y;
    let _ =
        write!(l.body, "<rect x=\"{x}\" y=\"{y}\" width=\"{BOX}\" height=\"{height}\" rx=\"8\" class=\"b\"/>\n{rows}");
    y + height
}

/// SVG.
pub fn svg(network: &Network, routes: bool) -> String {
    let mut l = Layout::default();
    let (mut left, mut right) = (GAP, GAP);
    for ns in 0..network.namespaces.len() {
        if network.namespaces.get(ns).is_some_and(super::model::Namespace::is_hidden) {
            l.right.push(false);
            continue;
        }
        // Ours stands alone on the left; namespaces that are not joined to anything fill up below it.
        let joined = network.edges.iter().any(|e| e.a.0 != e.b.0 && (e.a.0 == ns || e.b.0 == ns));
        let to_right = ns > 0 && (joined || right < left);
        let (x, y) = if to_right { (RIGHT, right) } else { (LEFT, left) };
        let end = namespace(&mut l, network, ns, x, y, routes) + GAP;
        l.right.push(to_right);
        if to_right {
            right = end;
        } else {
            left = end;
        }
    }
    let mut lines = String::new();
    let mut bends: [u32; 2] = [0, 0];
    for e in &network.edges {
        let class = match e.kind {
            EdgeKind::Peer => "peer",
            EdgeKind::Tunnel => "tunnel",
            EdgeKind::Lower if e.a.0 != e.b.0 => "t",
            _ => continue,
        };
        let (Some(a), Some(b)) = (l.rows.get(&e.a), l.rows.get(&e.b)) else { continue };
        let side = |place: Place| l.right.get(place.0).copied().unwrap_or(false);
        let title = escaped(&format!(
            "{}: {} - {}",
            e.kind.text(),
            network.full_name(usize::MAX, e.a),
            network.full_name(usize::MAX, e.b)
        ));
        let path = match (side(e.a), side(e.b)) {
            (false, true) => across(*a, *b),
            (true, false) => across(*b, *a),
            (on_right, _) => {
                let bend = bends.get_mut(usize::from(on_right));
                let n = bend.map_or(0, |b| std::mem::replace(b, (*b + 9) % 36));
                match on_right {
                    false => format!("M{LEFT} {a}C{} {a} {} {b} {LEFT} {b}", LEFT - 14 - n, LEFT - 14 - n),
                    true => {
                        let (x, far) = (RIGHT + BOX, RIGHT + BOX + 14 + n);
                        format!("M{x} {a}C{far} {a} {far} {b} {x} {b}")
                    }
                }
            }
        };
        let _ = writeln!(lines, "<path d=\"{path}\" class=\"{class}\"><title>{title}</title></path>");
    }
    let bottom = left.max(right);
    let mut legend = String::new();
    for (x, state) in [(LEFT + 8, State::Up), (LEFT + 80, State::NoCarrier), (LEFT + 200, State::Down)] {
        legend.push_str(&shape(state, x, bottom + 12));
        let _ = writeln!(legend, "<text x=\"{}\" y=\"{}\" class=\"d\">{}</text>", x + 12, bottom + 16, state.text());
    }
    for (x, class) in [(RIGHT + 150, "peer"), (RIGHT + 270, "tunnel")] {
        let (y, end) = (bottom + 12, x + 40);
        let _ = writeln!(legend, "<path d=\"M{x} {y}H{end}\" class=\"{class}\"/>");
        let _ = writeln!(legend, "<text x=\"{}\" y=\"{}\" class=\"d\">{class}</text>", end + 8, y + 4);
    }
    let height = bottom + 34;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\">\n\
         <title>network topology</title>\n<style>{STYLE}</style>\n{}{lines}{legend}</svg>\n",
        l.body
    )
}

/// From a row on the left to one on the right.
fn across(left: u32, right: u32) -> String {
    let (from, to) = (LEFT + BOX, RIGHT);
    let middle = (from + to) / 2;
    format!("M{from} {left}C{middle} {left} {middle} {right} {to} {right}")
}
