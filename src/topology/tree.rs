//! Prints a topology as a tree, for a terminal.

use super::model::{EdgeKind, Network, State};
use crate::output::Printer;
use crate::output::color::Role;

/// The characters of a tree.
struct Strokes {
    tee: &'static str,
    last: &'static str,
    pipe: &'static str,
    peer: &'static str,
    tunnel: &'static str,
}

const LINES: Strokes = Strokes { tee: "├─ ", last: "└─ ", pipe: "│  ", peer: "──", tunnel: "══" };
const ASCII: Strokes = Strokes { tee: "|- ", last: "`- ", pipe: "|  ", peer: "--", tunnel: "==" };

/// Whether the locale is UTF-8, for box-drawing characters.
pub fn is_utf8() -> bool {
    let value = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|k| std::env::var(k).ok().filter(|v| !v.is_empty()));
    let value = value.unwrap_or_default().to_ascii_lowercase();
    value.contains("utf-8") || value.contains("utf8")
}

/// Prints a tree for each namespace.
pub fn print(p: &mut Printer<'_>, network: &Network, utf8: bool, routes: bool) {
    let strokes = if utf8 { LINES } else { ASCII };
    for (ns, namespace) in network.namespaces.iter().enumerate().filter(|(_, ns)| !ns.is_hidden()) {
        p.text(&format!("{}\n", namespace.label()));
        let order = network.tree(ns);
        let lines = if routes { namespace.routes.as_slice() } else { &[] };
        // Whether another line of the same depth follows before a shallower one.
        let mut more = vec![false; order.len()];
        let mut open: Vec<bool> = vec![!lines.is_empty()];
        for (slot, (_, depth)) in more.iter_mut().zip(&order).rev() {
            open.resize(depth + 1, false);
            if let Some(o) = open.get_mut(*depth) {
                *slot = std::mem::replace(o, true);
            }
        }
        let mut rails: Vec<bool> = Vec::new();
        for ((node, depth), more) in order.iter().zip(more) {
            rails.truncate(*depth);
            for rail in &rails {
                p.text(if *rail { strokes.pipe } else { "   " });
            }
            rails.push(more);
            p.text(if more { strokes.tee } else { strokes.last });
            line(p, network, (ns, *node), &strokes);
        }
        for (i, route) in lines.iter().enumerate() {
            p.text(if i + 1 < lines.len() { strokes.tee } else { strokes.last });
            p.text(&format!("{route}\n"));
        }
    }
}

fn line(p: &mut Printer<'_>, network: &Network, place: (usize, usize), strokes: &Strokes) {
    let Some(n) = network.get(place) else { return };
    p.text_colored(Role::Ifname, "{}", format_args!("{}", n.name));
    p.text(&format!("  {}  ", n.kind));
    let role = if n.state == State::Up { Role::Up } else { Role::Down };
    p.text_colored(role, "{}", n.state.text());
    if let Some(mtu) = n.mtu {
        p.text(&format!("  mtu {mtu}"));
    }
    for address in &n.addresses {
        let role = if address.contains(':') { Role::Inet6 } else { Role::Inet };
        p.text("  ");
        p.text_colored(role, "{}", address.as_str());
    }
    // The lower device of a port of another device.
    if n.master.is_some()
        && let Some(e) = network.of(place).find(|e| e.kind == EdgeKind::Lower && e.a == place && e.b.0 == place.0)
    {
        p.text(&format!("  on {}", network.full_name(place.0, e.b)));
    }
    let mut known = false;
    for (kind, end) in network.ends(place) {
        known |= kind != EdgeKind::Tunnel;
        let stroke = if kind == EdgeKind::Tunnel { strokes.tunnel } else { strokes.peer };
        p.text(&format!(" {stroke} {}", network.full_name(place.0, end)));
    }
    if let Some((_, Some(nsid))) = n.lower.filter(|_| !known) {
        let which = if nsid >= 0 { format!(" (nsid {nsid})") } else { String::new() };
        p.text(&format!(" {} another namespace{which}", strokes.peer));
    }
    p.text("\n");
}
