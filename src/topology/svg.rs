//! Draws a topology: self-contained SVG, 1,000 units wide, readable on light and dark backgrounds.
//!
//! Each namespace is a box, ours on the left and the others on the right; if there are many, in two columns of narrower
//! boxes with lanes for the lines, and each row also names its peer. In a box, each link is a row, with ports and upper
//! devices indented under their master or lower device. Peers and tunnels are lines between rows. A state is a colour
//! and a shape: a disc, a ring, a cross. Text that is too long for its box continues on the next line.

use super::model::{EdgeKind, Network, Node, Place, State};
use crate::sort::Arrange as _;
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
/// Maximum number of other namespaces in one column; more are put into a grid.
const FEW: usize = 8;
/// The width of a grid box, where its two columns begin, and the number of lanes before each.
const CELL: u32 = 276;
const COLUMNS: [u32; 2] = [LEFT + CELL + 72, WIDTH - CELL - 4];
const LANES: [u32; 2] = [61, 31];
/// The gap between two rows of the grid.
const STREET: u32 = 34;

/// Characters of the monospaced font that fit into a box; one is at most 7.3 units wide.
fn letters(width: u32, indent: u32) -> usize {
    ((width - 46).saturating_sub(indent) * 10 / 73) as usize
}

/// Characters that fit into a heading, at 8.6 units each.
fn heading(width: u32) -> usize {
    ((width - 24) * 10 / 86) as usize
}

/// Wraps a text into lines of at most `most` characters, between words if that fills at least half a line.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut rest: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    while rest.len() > most.max(1) {
        let space = rest.iter().take(most + 1).rposition(|c| *c == ' ').filter(|at| *at > most / 2);
        let mut next = rest.split_off(space.unwrap_or(most.max(1)));
        next.drain(..usize::from(space.is_some()));
        lines.push(rest.into_iter().collect());
        rest = next;
    }
    lines.push(rest.into_iter().collect());
    lines
}

const STYLE: &str = "\
svg{--bg:#fff;--fg:#1b1f24;--dim:#59636e;--box:#f6f8fa;--rim:#d1d9e0;--up:#1a7f37;--half:#9a6700;--down:#cf222e;--line:#0969da;--tunnel:#8250df;background:var(--bg)}\
@media(prefers-color-scheme:dark){svg{--bg:#0d1117;--fg:#f0f6fc;--dim:#9198a1;--box:#151b23;--rim:#3d444d;--up:#3fb950;--half:#d29922;--down:#f85149;--line:#4493f8;--tunnel:#ab7df8}}\
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--fg)}\
.ns{font-weight:bold;font-size:14px}.n{font-weight:bold}.d{fill:var(--dim)}\
.b{fill:var(--box);stroke:var(--rim)}.t{stroke:var(--rim);fill:none}\
.up{fill:var(--up)}.half{fill:none;stroke:var(--half);stroke-width:2}.down{fill:none;stroke:var(--down);stroke-width:2}\
.peer{fill:none;stroke:var(--line);stroke-width:1.2}.tunnel{fill:none;stroke:var(--tunnel);stroke-width:1.5;stroke-dasharray:6 4}";

/// Escapes text for an element. Characters that XML forbids cannot occur: names are escaped before.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An element with a line of text.
fn line(x: u32, y: u32, class: &str, text: &str) -> String {
    format!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>\n", escaped(text))
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

/// The positions of the rows.
#[derive(Default)]
struct Layout {
    body: String,
    /// The vertical middle of each row.
    rows: HashMap<Place, u32>,
    /// The frame of each namespace; `None` if it is hidden.
    frames: Vec<Option<Frame>>,
}

/// The frame of a namespace.
#[derive(Clone, Copy)]
struct Frame {
    x: u32,
    y: u32,
    width: u32,
}

/// What a box shows.
#[derive(Clone, Copy)]
struct Detail {
    /// Its default routes.
    routes: bool,
    /// The names of its links' peers.
    peers: bool,
}

/// The text after the name of a link: its kind and state, and its other ends.
fn about(network: &Network, place: Place, peers: bool) -> Vec<String> {
    let state = network.get(place).map(|n| format!("{}, {}", n.kind, n.state.text()));
    let ends = network.ends(place).filter(|_| peers).map(|(kind, end)| {
        let before = if kind == EdgeKind::Tunnel { "tunnel " } else { "" };
        format!("{before}→ {}", network.full_name(place.0, end))
    });
    state.into_iter().chain(ends).collect()
}

/// Draws a namespace; returns the y of its bottom.
fn namespace(l: &mut Layout, network: &Network, ns: usize, frame: Frame, detail: Detail) -> u32 {
    let Frame { x, y, width } = frame;
    let Some(of) = network.namespaces.get(ns) else { return y };
    let mut rows = String::new();
    let mut at = y + HEAD - TEXT;
    for part in wrapped(&of.label(), heading(width)) {
        rows.push_str(&line(x + 12, at + 3, "ns", &part));
        at += TEXT;
    }
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
        let most = letters(width, indent);
        let name = wrapped(&n.name, most);
        // What does not fit next to the name goes below it.
        let mut room = if name.len() == 1 { most.saturating_sub(n.name.chars().count()) } else { 0 };
        let (mut beside, mut below) = (String::new(), Vec::new());
        for text in about(network, (ns, node), detail.peers) {
            match text.chars().count() < room && below.is_empty() {
                true => {
                    room -= text.chars().count() + 1;
                    beside.push_str(&format!(" {text}"));
                }
                false => below.extend(wrapped(&text, most).into_iter().map(|part| ("d", part))),
            }
        }
        let (first, more) = name.split_first().map_or(("", [].as_slice()), |(first, more)| (first.as_str(), more));
        let _ = writeln!(
            rows,
            "<text x=\"{}\" y=\"{}\"><tspan class=\"n\">{}</tspan><tspan class=\"d\">{}</tspan></text>",
            left + 12,
            middle + 4,
            escaped(first),
            escaped(&beside)
        );
        at += ROW;
        let lines = more.iter().map(|part| ("n", part.clone())).chain(below);
        let details = details(n).into_iter().flat_map(|text| wrapped(&text, most)).map(|part| ("", part));
        for (class, text) in lines.chain(details) {
            rows.push_str(&line(left + 12, at + 10, class, &text));
            at += TEXT;
        }
    }
    if detail.routes {
        for route in &of.routes {
            at += 3;
            for part in wrapped(route, letters(width, 0)) {
                rows.push_str(&line(x + 12, at + 11, "d", &part));
                at += TEXT;
            }
        }
    }
    let height = at + 10 - y;
    let _ = write!(
        l.body,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"8\" class=\"b\"/>\n{rows}"
    );
    y + height
}

/// Ours on the left, the others on the right; unconnected ones go below ours.
fn columns(l: &mut Layout, network: &Network, shown: &[usize], routes: bool) -> u32 {
    let detail = Detail { routes, peers: false };
    let (mut left, mut right) = (GAP, GAP);
    for ns in shown.iter().copied() {
        let joined = network.edges.iter().any(|e| e.a.0 != e.b.0 && (e.a.0 == ns || e.b.0 == ns));
        let to_right = ns > 0 && (joined || right < left);
        let (x, bottom) = if to_right { (RIGHT, &mut right) } else { (LEFT, &mut left) };
        let frame = Frame { x, y: *bottom, width: BOX };
        *bottom = namespace(l, network, ns, frame, detail) + GAP;
        l.place(ns, frame);
    }
    left.max(right)
}

/// Ours on the left, the others in two columns.
fn grid(l: &mut Layout, network: &Network, shown: &[usize], routes: bool) -> u32 {
    let detail = Detail { routes, peers: true };
    let (ours, others): (Vec<usize>, Vec<usize>) = shown.iter().partition(|ns| **ns == 0);
    let mut left = STREET;
    for ns in ours {
        let frame = Frame { x: LEFT, y: left, width: CELL };
        left = namespace(l, network, ns, frame, detail) + GAP;
        l.place(ns, frame);
    }
    let mut top = STREET;
    for row in others.chunks(COLUMNS.len()) {
        let mut bottom = top;
        for (ns, x) in row.iter().copied().zip(COLUMNS) {
            let frame = Frame { x, y: top, width: CELL };
            bottom = bottom.max(namespace(l, network, ns, frame, detail));
            l.place(ns, frame);
        }
        top = bottom + STREET;
    }
    left.max(top)
}

impl Layout {
    fn place(&mut self, ns: usize, frame: Frame) {
        if let Some(slot) = self.frames.get_mut(ns) {
            *slot = Some(frame);
        }
    }

    /// The line between two boxes: through the lane beside one, the street above, and the lane beside the other. `n`
    /// spreads the lines; `trunk` is the lane of a line from our box.
    fn lanes(&self, from: (Frame, u32), to: (Frame, u32), n: u32, trunk: Option<u32>) -> String {
        let ((f, a), (t, b)) = (from, to);
        let [near, far] = COLUMNS;
        let [many, few] = LANES;
        let lane = |x: u32| if x == far { far - 7 - n * 5 % few } else { near - 5 - n * 37 % many };
        let (start, first) = match trunk {
            Some(trunk) => (LEFT + CELL, trunk),
            None => (f.x, lane(f.x)),
        };
        if f.x == LEFT && t.x == near || f.x == t.x {
            return format!("M{start} {a}H{first}V{b}H{}", t.x);
        }
        let street = t.y - 5 - n * 5 % 24;
        format!("M{start} {a}H{first}V{street}H{}V{b}H{}", lane(t.x), t.x)
    }

    /// The lanes of the lines from our box, by start: from top to bottom each further left, so that lines that go down
    /// do not cross.
    fn trunk(&self, network: &Network) -> HashMap<Place, u32> {
        let lines =
            network.edges.iter().filter(|e| matches!(e.kind, EdgeKind::Peer | EdgeKind::Tunnel | EdgeKind::Lower));
        let ours = lines.filter_map(|e| match (e.a.0, e.b.0) {
            (0, 0) => None,
            (0, _) => Some(e.a),
            (_, 0) => Some(e.b),
            _ => None,
        });
        let mut rows: Vec<(u32, Place)> = ours.filter_map(|place| Some((*self.rows.get(&place)?, place))).collect();
        rows.arrange();
        rows.dedup();
        let [near, _] = COLUMNS;
        let [width, _] = LANES;
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1);
        let lane = |k: usize| near - 5 - u32::try_from(k).unwrap_or(0) * (width - 1) / count;
        rows.into_iter().enumerate().map(|(k, (_, place))| (place, lane(k))).collect()
    }
}

/// An SVG picture of the network.
pub fn svg(network: &Network, routes: bool) -> String {
    let all = network.namespaces.iter().enumerate();
    let shown: Vec<usize> = all.filter(|(_, n)| !n.is_hidden()).map(|(ns, _)| ns).collect();
    let mut l = Layout { frames: vec![None; network.namespaces.len()], ..Layout::default() };
    let many = shown.len() > FEW + 1;
    let bottom = if many { grid } else { columns }(&mut l, network, &shown, routes);
    let trunk = l.trunk(network);
    let mut lines = String::new();
    let mut bends: [u32; 2] = [0, 0];
    let mut spread = 0u32;
    for e in &network.edges {
        let class = match e.kind {
            EdgeKind::Peer => "peer",
            EdgeKind::Tunnel => "tunnel",
            EdgeKind::Lower if e.a.0 != e.b.0 => "t",
            _ => continue,
        };
        let (Some(a), Some(b)) = (l.rows.get(&e.a), l.rows.get(&e.b)) else { continue };
        let frame = |place: Place| l.frames.get(place.0).copied().flatten();
        let (Some(fa), Some(fb)) = (frame(e.a), frame(e.b)) else { continue };
        let side = |frame: Frame| frame.x > LEFT;
        let title = escaped(&format!(
            "{}: {} - {}",
            e.kind.text(),
            network.full_name(usize::MAX, e.a),
            network.full_name(usize::MAX, e.b)
        ));
        let path = match (side(fa), side(fb)) {
            (on_right, _) if many && (on_right || side(fb)) => {
                spread = (spread + 1) % 10_000;
                let swap = fb.x == LEFT;
                let (from, to) = if swap { ((fb, *b), (fa, *a)) } else { ((fa, *a), (fb, *b)) };
                l.lanes(
                    from,
                    to,
                    spread,
                    trunk.get(if swap { &e.b } else { &e.a }).copied().filter(|_| from.0.x == LEFT),
                )
            }
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
    let (width, height) = (WIDTH, bottom + 34);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
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

#[cfg(test)]
mod tests {
    use super::super::model::Namespace;
    use super::*;

    /// A bridge with a port to each of so many namespaces, and a device of its own in each.
    fn star(count: usize, more: usize) -> Network {
        let node = |index: usize, name: String, kind: &str| Node {
            index: u32::try_from(index).unwrap(),
            name,
            kind: kind.into(),
            mtu: Some(1450),
            addresses: vec!["2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/128".into()],
            ..Node::default()
        };
        let mut network = Network::default();
        let mut here = Namespace { here: true, ..Namespace::default() };
        here.nodes.push(node(1, "br0".into(), "bridge"));
        for n in 0..count {
            here.nodes.push(Node { master: Some(1), ..node(n + 2, format!("v-customer-{n}"), "veth") });
        }
        network.namespaces.push(here);
        for n in 0..count {
            let mut nodes = vec![node(1, "lo".into(), "loopback"), node(2, "eth0".into(), "veth")];
            nodes.extend((0..more + n % 3).map(|k| node(k + 3, format!("averylongname{k}"), "openvswitch-vport")));
            let names = vec![format!("a-customer-with-a-long-name-{n}").into_bytes()];
            network.namespaces.push(Namespace { names, nodes, ..Namespace::default() });
            network.edges.push(super::super::model::Edge { kind: EdgeKind::Peer, a: (0, n + 1), b: (n + 1, 1) });
            if n > 0 {
                let kind = EdgeKind::Tunnel;
                network.edges.push(super::super::model::Edge { kind, a: (n, 1), b: (n + 1, 1) });
            }
        }
        network
    }

    fn number(tag: &str, key: &str) -> i64 {
        let value = tag.split_once(&format!(" {key}=\"")).unwrap().1;
        value.split('"').next().unwrap().parse().unwrap()
    }

    /// The corners of a path of straight lines.
    fn corners(path: &str) -> Vec<(i64, i64)> {
        let (mut at, mut all) = ((0, 0), Vec::new());
        let mut rest = path;
        while let Some(letter) = rest.chars().next() {
            let end = rest[1..].find(['H', 'V']).map_or(rest.len(), |e| e + 1);
            let value = &rest[1..end];
            match letter {
                'M' => at = value.split_once(' ').map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).unwrap(),
                'H' => at.0 = value.parse().unwrap(),
                _ => at.1 = value.parse().unwrap(),
            }
            all.push(at);
            rest = &rest[end..];
        }
        all
    }

    #[test]
    fn forty_namespaces_stand_in_a_grid_and_no_line_crosses_a_box() {
        for count in [9, 40, 100] {
            let text = svg(&star(count, 0), true);
            let (width, height) = (number(&text, "width"), number(&text, "height"));
            let boxes: Vec<[i64; 4]> =
                text.split("<rect").skip(1).map(|t| ["x", "y", "width", "height"].map(|k| number(t, k))).collect();
            assert_eq!(boxes.len(), count + 1);
            for (i, [x, y, w, h]) in boxes.iter().enumerate() {
                assert!(x + w <= width && y + h <= height);
                let apart = |[a, b, c, d]: &[i64; 4]| x + w <= *a || a + c <= *x || y + h <= *b || b + d <= *y;
                assert!(boxes.iter().enumerate().all(|(k, other)| k == i || apart(other)), "{count}: boxes overlap");
            }
            assert_eq!(width, 1000);
            for tag in text.split("<text ").skip(1) {
                let line: String = tag.split_once('>').unwrap().1.split("</text>").next().unwrap().into();
                let letters: usize = line.split('<').map(|p| p.rsplit('>').next().unwrap().chars().count()).sum();
                let (x, y) = (number(&format!(" {tag}"), "x"), number(&format!(" {tag}"), "y"));
                let Some([left, _, w, _]) =
                    boxes.iter().find(|[l, t, w, h]| *l <= x && x < l + w && *t <= y && y < t + h)
                else {
                    continue;
                };
                let end = x + i64::try_from(letters).unwrap() * 73 / 10;
                assert!(end <= left + w, "{count}: {line:?} ends at {end}, its box at {}", left + w);
            }
            let lines = text
                .split("<path d=\"")
                .skip(1)
                .filter(|t| t.contains("class=\"peer\"><") || t.contains("class=\"tunnel\"><"));
            let (mut seen, mut lanes) = (0, Vec::new());
            for line in lines {
                let corners = corners(line.split('"').next().unwrap());
                for pair in corners.windows(2) {
                    let ((a, b), (c, d)) = (pair[0], pair[1]);
                    let through = |[x, y, w, h]: &&[i64; 4]| {
                        a.min(c) < x + w && a.max(c) > *x && b.min(d) < y + h && b.max(d) > *y
                    };
                    assert_eq!(boxes.iter().find(through), None, "{count}: {corners:?}");
                }
                lanes.extend(line.contains("class=\"peer\"").then_some(corners[1].0));
                seen += 1;
            }
            assert_eq!(seen, 2 * count - 1);
            lanes.sort_unstable();
            lanes.dedup();
            assert!(count > 40 || lanes.len() == count, "{count}: {} lanes", lanes.len());
        }
    }

    #[test]
    fn five_thousand_links_are_drawn() {
        let network = star(500, 7);
        assert!(network.namespaces.iter().map(|n| n.nodes.len()).sum::<usize>() > 5000);
        assert!(svg(&network, false).len() > 500_000);
    }
}
