//! `topology`: namespaces, their links and the connections between these, as a tree, JSON, DOT, Mermaid or SVG.

mod graph;
mod model;
mod read;
mod svg;
mod tree;

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Lost, Span};
use crate::grammar::number::Term;
use crate::grammar::value::{Flag, OneOf, Word};
use crate::grammar::{Fallback, Grammar, Offer, Target, Value, Words};
use crate::object::netns;
use crate::output::escape::{json, shown};
use crate::output::out::print_stderr;
use crate::rows;
use crate::session::Session;
use model::{Namespace, Network};
use read::Wish;
use std::borrow::Cow;

/// The object `topology`.
pub static OBJECT: Object = Object {
    // Not abbreviable: `t` and `to` mean iproute2's tunnel and token.
    names: &["topology"],
    about: "map of devices and namespaces, as text or as a picture",
    purpose: Purpose::Watching,
    terms: &[
        ("", "[ dev DEV ] [ netns NAME ]... [ all ] [ routes ] [ as FORM ]"),
        ("FORM", "{ tree | dot | mermaid | svg }"),
    ],
    verbs: &[Verb {
        names: &[],
        about: "namespaces, their devices and connections",
        run,
        effect: Effect::Read,
        tables: &[&TOPOLOGY],
        examples: &[
            ("rip topology", "this and the named namespaces, as a tree"),
            ("rip topology all routes", "unnamed namespaces and default routes too"),
            ("rip topology dev eth0", "what eth0 is connected to"),
            ("rip topology as svg >/run/net.svg", "a picture for a browser"),
        ],
    }],
    default: Some(run),
    unknown: Some(run),
    ..Object::BASE
};

#[derive(Clone, Copy, Default, PartialEq)]
enum Form {
    #[default]
    Tree,
    Dot,
    Mermaid,
    Svg,
}

/// The parsed words.
#[derive(Default)]
pub struct Ask {
    dev: Option<(Vec<u8>, usize)>,
    names: Vec<Vec<u8>>,
    all: bool,
    routes: bool,
    form: Form,
}

impl Target for Ask {}

/// The name of a namespace.
struct Name;

impl Value for Name {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "NAME".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        netns::found(arg.bytes, false).map_err(|d| d.at_first(arg.span()))?;
        Ok(arg.bytes.to_vec())
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        netns::references()
    }
}

static TOPOLOGY: Grammar<Ask> = Grammar {
    title: "TOPOLOGY",
    rows: &[rows!(Ask;
        "dev" => Word("DEV"), "only what is connected to this device, directly or not", |a, v| a.dev = Some(v);
        "netns" => Name, "also this namespace; may be repeated", |a, v| a.names.push(v);
        "all" => Flag, "also unnamed namespaces, found through their processes", |a, ()| a.all = true;
        "routes" => Flag, "default routes", |a, ()| a.routes = true;
        "as" => Term("FORM", OneOf("as", FORMS)), "output format", |a, v| a.form = v;
    )],
    fallback: Fallback::Unknown(|arg| arg.wrong("unknown argument of topology")),
};

const FORMS: &[(&str, Form)] =
    &[("tree", Form::Tree), ("dot", Form::Dot), ("mermaid", Form::Mermaid), ("svg", Form::Svg)];

fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut ask = Ask::default();
    TOPOLOGY.parse(&mut ask, w)?;
    let wish = Wish { names: ask.names, all: ask.all, records: s.options.json };
    let (mut network, missed) = read::read(s, &wish)?;
    if let Some((name, at)) = &ask.dev
        && !network.around(&shown(name))
    {
        let d = Diag::fail(format!("Device \"{}\" does not exist.", shown(name))).at(Span::word(*at));
        return Err(d.lost(Lost::Device(name.clone())));
    }
    let text = match ask.form {
        _ if s.options.json => records(&network),
        Form::Tree => {
            s.print_text(|p| tree::print(p, &network, tree::is_utf8(), ask.routes));
            String::new()
        }
        Form::Dot => graph::dot(&network, ask.routes),
        Form::Mermaid => graph::mermaid(&network, ask.routes),
        Form::Svg => svg::svg(&network, ask.routes),
    };
    s.out.borrow_mut().buf.extend_from_slice(text.as_bytes());
    s.flush();
    for what in missed {
        print_stderr(&format!("Not read: {what}\n"));
    }
    Ok(0)
}

/// The JSON document `{"namespaces":[...],"edges":[...]}`. A link is as in `-d -j address show`; an edge refers to
/// namespaces by their index in the list.
fn records(network: &Network) -> String {
    let mut out = b"{\"namespaces\":[".to_vec();
    for (at, ns) in network.namespaces.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        one(&mut out, at, ns);
    }
    out.extend_from_slice(b"],\"edges\":[");
    for (at, e) in network.edges.iter().enumerate() {
        let index = |place| network.get(place).map_or(0, |n| n.index);
        let text = format!(
            "{}{{\"kind\":\"{}\",\"a\":[{},{}],\"b\":[{},{}]}}",
            if at > 0 { "," } else { "" },
            e.kind.text(),
            e.a.0,
            index(e.a),
            e.b.0,
            index(e.b)
        );
        out.extend_from_slice(text.as_bytes());
    }
    out.extend_from_slice(b"]}\n");
    String::from_utf8(out).unwrap_or_default()
}

fn one(out: &mut Vec<u8>, id: usize, ns: &Namespace) {
    let list = |out: &mut Vec<u8>, key: &str, all: &mut dyn Iterator<Item = &[u8]>| {
        out.extend_from_slice(format!(",\"{key}\":[").as_bytes());
        for (at, text) in all.enumerate() {
            if at > 0 {
                out.push(b',');
            }
            json(out, text);
        }
        out.push(b']');
    };
    out.extend_from_slice(format!("{{\"id\":{id},\"here\":{},\"inode\":{}", ns.here, ns.inode).as_bytes());
    out.extend_from_slice(b",\"name\":");
    match ns.names.first() {
        Some(name) => json(out, name),
        None => out.extend_from_slice(b"null"),
    }
    list(out, "names", &mut ns.names.iter().map(Vec::as_slice));
    if let Some((pid, command)) = &ns.process {
        out.extend_from_slice(format!(",\"pid\":{pid},\"command\":").as_bytes());
        json(out, command);
    }
    list(out, "default_routes", &mut ns.routes.iter().map(String::as_bytes));
    out.extend_from_slice(b",\"links\":");
    let shown = ns.records.iter().filter(|(index, _)| ns.nodes.iter().any(|n| n.index == *index));
    let shown: Vec<&str> = shown.map(|(_, record)| record.as_str()).collect();
    out.extend_from_slice(format!("[{}]}}", shown.join(",")).as_bytes());
}
