//! Writes a topology for Graphviz and Mermaid. Nodes are numbers, never names, so that no name can be taken for syntax.

use super::model::{EdgeKind, Network, Node, State};
use std::fmt::Write as _;

/// The content of a DOT string: quotes and backslashes are escaped.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn lines(n: &Node) -> Vec<String> {
    let mut lines = vec![n.name.clone(), format!("{}, {}", n.kind, n.state.text())];
    lines.extend(n.mtu.map(|mtu| format!("mtu {mtu}")));
    lines.extend(n.addresses.iter().cloned());
    lines
}

/// The network in Graphviz's DOT language.
pub fn dot(network: &Network, routes: bool) -> String {
    let mut out = String::from(
        "graph topology {\n  graph [rankdir=LR, fontname=\"sans-serif\"]\n  node [shape=box, fontname=\"sans-serif\"]\n",
    );
    for (ns, namespace) in network.namespaces.iter().enumerate().filter(|(_, ns)| !ns.is_hidden()) {
        let mut label = namespace.label();
        if routes {
            namespace.routes.iter().for_each(|r| label.push_str(&format!("\n{r}")));
        }
        let label = escaped(&label).replace('\n', "\\n");
        let _ = writeln!(out, "  subgraph cluster_{ns} {{\n    label=\"{label}\"");
        for (at, n) in namespace.nodes.iter().enumerate() {
            let style = match n.state {
                State::Up => "solid",
                State::NoCarrier => "dashed",
                State::Down => "dotted",
            };
            let label = lines(n).iter().map(|l| escaped(l)).collect::<Vec<_>>().join("\\n");
            let _ = writeln!(out, "    n{ns}_{at} [label=\"{label}\", style={style}]");
        }
        out.push_str("  }\n");
    }
    for e in &network.edges {
        let style = match e.kind {
            EdgeKind::Master | EdgeKind::Lower => "solid",
            EdgeKind::Peer => "bold",
            EdgeKind::Tunnel => "dashed",
        };
        let ((a, b), (c, d)) = (e.a, e.b);
        let _ = writeln!(out, "  n{a}_{b} -- n{c}_{d} [label=\"{}\", style={style}]", e.kind.text());
    }
    out.push_str("}\n");
    out
}

/// A Mermaid label, in which everything but letters, digits and a few signs is a character reference.
fn reference(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || " .,:/_-".contains(c) {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

/// The network as a Mermaid flowchart.
pub fn mermaid(network: &Network, routes: bool) -> String {
    let mut out = String::from("flowchart LR\n");
    for (ns, namespace) in network.namespaces.iter().enumerate().filter(|(_, ns)| !ns.is_hidden()) {
        let mut label = vec![reference(&namespace.label())];
        if routes {
            label.extend(namespace.routes.iter().map(|r| reference(r)));
        }
        let _ = writeln!(out, "  subgraph s{ns}[\"{}\"]", label.join("<br>"));
        for (at, n) in namespace.nodes.iter().enumerate() {
            let label: Vec<String> = lines(n).iter().map(|l| reference(l)).collect();
            let _ = writeln!(out, "    n{ns}_{at}[\"{}\"]", label.join("<br>"));
        }
        out.push_str("  end\n");
    }
    for e in &network.edges {
        let stroke = match e.kind {
            EdgeKind::Master | EdgeKind::Lower => "---",
            EdgeKind::Peer => "===",
            EdgeKind::Tunnel => "-.-",
        };
        let ((a, b), (c, d)) = (e.a, e.b);
        let _ = writeln!(out, "  n{a}_{b} {stroke}|{}| n{c}_{d}", e.kind.text());
    }
    out
}
