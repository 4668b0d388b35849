//! The network as nodes and edges: namespaces with their links, and the connections between these.

use crate::output::escape::shown;
use std::collections::HashMap;

/// A link.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// The interface index.
    pub index: u32,
    /// The name, escaped.
    pub name: String,
    /// IFLA_INFO_KIND, or another description of its type.
    pub kind: String,
    /// Its operational state.
    pub state: State,
    /// The MTU, if it is not 1500.
    pub mtu: Option<u32>,
    /// Its addresses with their prefix lengths.
    pub addresses: Vec<String>,
    /// The index of its master.
    pub master: Option<u32>,
    /// The lower device or the peer: its index, and the nsid of its namespace if that is another one.
    pub lower: Option<(u32, Option<i32>)>,
    /// The remote address of a tunnel.
    pub remote: Option<std::net::IpAddr>,
}

/// The state of a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    Up,
    NoCarrier,
    Down,
}

impl State {
    /// The state, as printed.
    pub fn text(self) -> &'static str {
        match self {
            State::Up => "up",
            State::NoCarrier => "no carrier",
            State::Down => "down",
        }
    }
}

/// A namespace.
#[derive(Clone, Debug, Default)]
pub struct Namespace {
    /// All its names.
    pub names: Vec<Vec<u8>>,
    /// A process in it, and its command name.
    pub process: Option<(u32, Vec<u8>)>,
    /// It is the namespace of this process.
    pub here: bool,
    /// The inode of its file in nsfs.
    pub inode: u64,
    /// Its devices.
    pub nodes: Vec<Node>,
    /// Default routes, as `route show` prints them.
    pub routes: Vec<String>,
    /// The links as JSON of `address show`, by interface index.
    pub records: Vec<(u32, String)>,
    /// The namespaces that it has an nsid for, by index in the list.
    pub known: HashMap<i32, usize>,
}

impl Namespace {
    /// Whether it is not shown.
    pub fn is_hidden(&self) -> bool {
        self.nodes.is_empty() && !self.here
    }

    /// Its name, escaped for printing.
    pub fn label(&self) -> String {
        let names = self.names.iter().map(|n| shown(n)).collect::<Vec<_>>().join(", ");
        match (self.here, &self.process) {
            (true, _) if names.is_empty() => "(here)".into(),
            (true, _) => format!("{names} (here)"),
            (false, Some((pid, command))) if names.is_empty() => format!("pid:{pid} ({})", shown(command)),
            _ => names,
        }
    }
}

/// How two devices are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    Master,
    Lower,
    Peer,
    Tunnel,
}

impl EdgeKind {
    /// The kind of relation, as printed.
    pub fn text(self) -> &'static str {
        match self {
            EdgeKind::Master => "master",
            EdgeKind::Lower => "lower",
            EdgeKind::Peer => "peer",
            EdgeKind::Tunnel => "tunnel",
        }
    }
}

/// A link, as the indexes of its namespace and of the link in it.
pub type Place = (usize, usize);

/// A relation of two devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The kind of relation.
    pub kind: EdgeKind,
    /// One device.
    pub a: Place,
    /// The other.
    pub b: Place,
}

/// All namespaces that can be reached, and their devices.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The namespaces; this one is the first.
    pub namespaces: Vec<Namespace>,
    /// The relations.
    pub edges: Vec<Edge>,
    /// The indexes of the edges of each link.
    at: HashMap<Place, Vec<usize>>,
}

/// Kinds whose IFLA_LINK is the peer, not the lower device.
fn is_pair(kind: &str) -> bool {
    matches!(kind, "veth" | "netkit" | "vxcan")
}

impl Network {
    /// The link at a place.
    pub fn get(&self, (ns, node): Place) -> Option<&Node> {
        self.namespaces.get(ns)?.nodes.get(node)
    }

    /// Finds all edges, each once.
    pub fn join(&mut self) {
        let mut edges: Vec<Edge> = Vec::new();
        let places: Vec<HashMap<u32, usize>> = self
            .namespaces
            .iter()
            .map(|ns| ns.nodes.iter().enumerate().map(|(at, n)| (n.index, at)).collect())
            .collect();
        let at = |ns: usize, index: u32| places.get(ns).and_then(|p| p.get(&index)).map(|node| (ns, *node));
        let mut owners: HashMap<&str, Place> = HashMap::new();
        for (ns, namespace) in self.namespaces.iter().enumerate() {
            for (node, n) in namespace.nodes.iter().enumerate() {
                for address in &n.addresses {
                    owners.entry(address.split('/').next().unwrap_or_default()).or_insert((ns, node));
                }
            }
        }
        for (ns, namespace) in self.namespaces.iter().enumerate() {
            for (node, n) in namespace.nodes.iter().enumerate() {
                let a = (ns, node);
                if let Some(b) = n.master.and_then(|m| at(ns, m)) {
                    edges.push(Edge { kind: EdgeKind::Master, a, b });
                }
                let lower = n.lower.and_then(|(index, nsid)| match nsid {
                    None => at(ns, index),
                    Some(id) => namespace.known.get(&id).and_then(|other| at(*other, index)),
                });
                if let Some(b) = lower.filter(|b| *b != a) {
                    let kind = if is_pair(&n.kind) { EdgeKind::Peer } else { EdgeKind::Lower };
                    edges.push(Edge { kind, a, b });
                }
                let remote = n.remote.map(|ip| ip.to_string());
                if let Some(owner) = remote.as_deref().and_then(|ip| owners.get(ip)).filter(|o| o.0 != ns) {
                    // The tunnel there with this end as remote, or else the device with the address.
                    let back = self.namespaces.get(owner.0).and_then(|there| {
                        let comes_back = |t: &Node| {
                            t.kind == n.kind
                                && t.remote
                                    .is_some_and(|ip| owners.get(ip.to_string().as_str()).is_some_and(|o| o.0 == ns))
                        };
                        there.nodes.iter().position(comes_back).map(|node| (owner.0, node))
                    });
                    let b = back.unwrap_or(*owner);
                    edges.push(Edge { kind: EdgeKind::Tunnel, a, b });
                }
            }
        }
        // Both ends of a pair report it.
        let twice = |e: &Edge| matches!(e.kind, EdgeKind::Peer | EdgeKind::Tunnel);
        let mut seen = std::collections::HashSet::new();
        edges.retain(|e| !twice(e) || seen.insert((e.kind.text(), e.a.min(e.b), e.a.max(e.b))));
        self.at.clear();
        for (i, e) in edges.iter().enumerate() {
            self.at.entry(e.a).or_default().push(i);
            self.at.entry(e.b).or_default().push(i);
        }
        self.edges = edges;
    }

    /// Keeps only what is connected to a device, directly or not; returns whether the device exists.
    pub fn around(&mut self, name: &str) -> bool {
        let Some(start) = self
            .namespaces
            .iter()
            .enumerate()
            .find_map(|(ns, of)| of.nodes.iter().position(|n| n.name == name).map(|node| (ns, node)))
        else {
            return false;
        };
        let mut near: HashMap<Place, Vec<Place>> = HashMap::new();
        for e in &self.edges {
            near.entry(e.a).or_default().push(e.b);
            near.entry(e.b).or_default().push(e.a);
        }
        let mut kept = std::collections::HashSet::from([start]);
        let mut todo = vec![start];
        while let Some(place) = todo.pop() {
            todo.extend(near.get(&place).into_iter().flatten().copied().filter(|p| kept.insert(*p)));
        }
        for (ns, of) in self.namespaces.iter_mut().enumerate() {
            let mut node = 0;
            of.nodes.retain(|_| {
                node += 1;
                kept.contains(&(ns, node - 1))
            });
        }
        self.join();
        true
    }

    /// The links of a namespace in tree order, each with its depth: ports under their master, upper devices under their
    /// lower device; the members of a cycle follow.
    pub fn tree(&self, ns: usize) -> Vec<(usize, usize)> {
        let count = self.namespaces.get(ns).map_or(0, |n| n.nodes.len());
        let mut parent: Vec<Option<usize>> = vec![None; count];
        for kind in [EdgeKind::Lower, EdgeKind::Master] {
            for e in self.edges.iter().filter(|e| e.kind == kind && e.a.0 == ns && e.b.0 == ns) {
                if let Some(slot) = parent.get_mut(e.a.1) {
                    *slot = Some(e.b.1);
                }
            }
        }
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (node, of) in parent.iter().enumerate() {
            if let Some(list) = of.and_then(|of| children.get_mut(of)) {
                list.push(node);
            }
        }
        let mut order = Vec::with_capacity(count);
        let mut seen = vec![false; count];
        let roots = (0..count).filter(|n| parent.get(*n).is_none_or(Option::is_none)).chain(0..count);
        for root in roots {
            let mut todo = vec![(root, 0)];
            while let Some((node, depth)) = todo.pop() {
                match seen.get_mut(node) {
                    Some(s @ false) => *s = true,
                    _ => continue,
                }
                order.push((node, depth));
                todo.extend(children.get(node).into_iter().flatten().rev().map(|c| (*c, depth + 1)));
            }
        }
        order
    }

    /// The connections of a link outside the tree of its namespace: the kind of edge, and the other end.
    pub fn ends(&self, place: Place) -> impl Iterator<Item = (EdgeKind, Place)> {
        self.of(place).filter_map(move |e| match (e.kind, e.a == place) {
            (EdgeKind::Peer | EdgeKind::Tunnel, true) => Some((e.kind, e.b)),
            (EdgeKind::Peer | EdgeKind::Tunnel, false) => Some((e.kind, e.a)),
            (EdgeKind::Lower, true) if e.b.0 != place.0 => Some((e.kind, e.b)),
            _ => None,
        })
    }

    /// The edges of a link.
    pub fn of(&self, place: Place) -> impl Iterator<Item = &Edge> {
        self.at.get(&place).into_iter().flatten().filter_map(|i| self.edges.get(*i))
    }

    /// `red: eth0`, or only the name within the same namespace.
    pub fn full_name(&self, from: usize, place: Place) -> String {
        let name = self.get(place).map_or("?", |n| n.name.as_str());
        match self.namespaces.get(place.0).filter(|_| place.0 != from) {
            Some(ns) => format!("{}: {name}", ns.label()),
            None => name.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(index: u32, kind: &str, master: Option<u32>, lower: Option<u32>) -> Node {
        let (name, kind) = (format!("d{index}"), kind.to_string());
        Node { index, name, kind, master, lower: lower.map(|l| (l, None)), ..Node::default() }
    }

    fn network(nodes: Vec<Node>) -> Network {
        let namespaces = vec![Namespace { here: true, nodes, ..Namespace::default() }];
        let mut n = Network { namespaces, ..Network::default() };
        n.join();
        n
    }

    #[test]
    fn a_circle_is_shown_once_and_ends() {
        // A VLAN on a bridge whose port lies on that VLAN, and a device that is below itself.
        let n = network(vec![
            node(1, "bridge", None, None),
            node(2, "vlan", None, Some(1)),
            node(3, "macvlan", Some(1), Some(2)),
            node(4, "vlan", None, Some(5)),
            node(5, "vlan", None, Some(4)),
            node(6, "vlan", None, Some(6)),
        ]);
        let mut order = n.tree(0);
        assert_eq!(order, [(0, 0), (1, 1), (2, 1), (5, 0), (3, 0), (4, 1)]);
        order.sort_unstable();
        order.dedup_by_key(|(node, _)| *node);
        assert_eq!(order.len(), 6);
    }

    #[test]
    fn a_pair_is_one_edge() {
        let n = network(vec![node(1, "veth", None, Some(2)), node(2, "veth", None, Some(1))]);
        assert_eq!(n.edges, [Edge { kind: EdgeKind::Peer, a: (0, 0), b: (0, 1) }]);
        assert_eq!(n.ends((0, 1)).collect::<Vec<_>>(), [(EdgeKind::Peer, (0, 0))]);
    }

    #[test]
    fn what_a_device_is_joined_to_stays() {
        let mut n = network(vec![
            node(1, "bridge", None, None),
            node(2, "veth", Some(1), Some(3)),
            node(3, "veth", None, Some(2)),
            node(4, "bridge", None, None),
        ]);
        assert!(n.around("d3") && !n.clone().around("d4"));
        assert_eq!(n.namespaces[0].nodes.iter().map(|n| n.index).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn a_large_network_is_drawn_whole() {
        let mut nodes = vec![node(1, "bridge", None, None)];
        nodes.extend(
            (1..2500).flat_map(|n| {
                [node(2 * n, "veth", Some(1), Some(2 * n + 1)), node(2 * n + 1, "veth", None, Some(2 * n))]
            }),
        );
        let n = network(nodes);
        assert_eq!(n.tree(0).len(), 4999);
        assert!(super::super::svg::svg(&n, true).len() > 500_000 && super::super::graph::dot(&n, true).len() > 100_000);
    }
}
