//! `ioam namespace`.

use super::*;
use crate::diag::Span;
use crate::grammar::number::{Named, U16, U32, bounds, unsigned};
use crate::grammar::walk::Below;
use crate::grammar::{Fallback, Grammar, Row, Target, Value};
use crate::net::Trail;
use crate::{row, rows};
use std::borrow::Cow;

/// A namespace that is being parsed.
#[derive(Default)]
pub struct Namespace {
    id: u16,
    data: Option<u32>,
    wide: Option<u64>,
    /// The schema to use; `Some(None)` for none.
    schema: Option<Option<u32>>,
    trail: Trail,
}

impl Target for Namespace {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ID: Row<Namespace> = row!(Namespace; "" => Named("ID", U16("Invalid namespace ID")),
"identifier of the namespace, 0 to 65535", |n, v| {
    n.id = v;
    n.trail.note(&[IOAM6_ATTR_NS_ID]);
});
static WORDS: &[Row<Namespace>] = rows!(Namespace;
    "data" => Named("DATA32", U32("Invalid data")), "data of this node, 32 bits (for add)", |n, v| {
        n.data = Some(v);
        n.trail.note(&[IOAM6_ATTR_NS_DATA]);
    };
    "wide" => Wide, "data of this node, 64 bits in hexadecimal (for add, after data)", |n, v| {
        n.wide = Some(v);
        n.trail.note(&[IOAM6_ATTR_NS_DATA_WIDE]);
    };
    "schema" => SchemaId, "schema whose data is added to traces (for set)", |n, v| {
        n.schema = Some(v);
        n.trail.note(&[if v.is_some() { IOAM6_ATTR_SC_ID } else { IOAM6_ATTR_SC_NONE }]);
    };
);

/// The words of a namespace.
pub static NAMESPACE: Grammar<Namespace> =
    Grammar { title: "NAMESPACE", rows: &[WORDS], fallback: Fallback::TakeAll(&ID) };

const VERBS: &[(&str, &str)] = &[
    ("show", "list namespaces"),
    ("add", "add a namespace"),
    ("del", "delete a namespace"),
    ("set", "set the schema of a namespace"),
];

/// The verbs below `ioam namespace`.
pub static BELOW: Below = Below { title: "NAMESPACE", verbs: VERBS, then: &NAMESPACE };

/// 64 bits in hexadecimal.
struct Wide;

impl Value for Wide {
    type Out = u64;
    fn meta(&self) -> Cow<'static, str> {
        "DATA64".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u64, Diag> {
        let arg = w.next()?;
        unsigned(arg.bytes, 16).ok_or_else(|| arg.wrong("Invalid wide data"))
    }
}

/// A schema id, or `none`.
struct SchemaId;

impl Value for SchemaId {
    type Out = Option<u32>;
    fn meta(&self) -> Cow<'static, str> {
        "{ ID | none }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u32>, Diag> {
        let arg = w.next()?;
        if arg.is("none") {
            return Ok(None);
        }
        let wrong = || bounds(arg.wrong("Invalid schema ID"), arg.bytes, 0, u32::MAX);
        U32::parse(arg.bytes).map(Some).ok_or_else(wrong)
    }
}

/// Why `-atomic` refuses changes.
const NEVER: &str = "rip cannot restore IOAM namespaces";

/// Runs `ioam namespace`.
///
/// # Errors
///
/// A wrong word, the kernel lacks the family, or it refuses the request.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let verb = generic::below(w, VERBS, Unknown::Wrong("Unknown"))?;
    if verb == "show" {
        return show(s);
    }
    let mut n = Namespace::default();
    let from = w.at();
    (ID.take)(&mut n, w)?;
    n.set_span(Span { from, to: w.at() });
    match verb {
        "add" => {
            let data = NAMESPACE.one("data", &mut n, w)?;
            let wide = NAMESPACE.one("wide", &mut n, w)?;
            if let Some(arg) = w.peek().filter(|_| !(data && wide)) {
                let why = if data || wide { "Unexpected argument" } else { "Invalid argument" };
                return Err(NAMESPACE.suggest(arg.wrong(why), &arg));
            }
        }
        "set" => {
            let Some(arg) = w.peek() else { return Err(Diag::incomplete(w.at())) };
            if !NAMESPACE.one("schema", &mut n, w)? {
                return Err(arg.wrong("Unknown"));
            }
        }
        _ => {}
    }
    let (kernel, family) = s.generic(&FAMILY)?;
    let (command, words) = match verb {
        "add" => (IOAM6_CMD_ADD_NAMESPACE, format!("add IOAM namespace {}", n.id)),
        "del" => (IOAM6_CMD_DEL_NAMESPACE, format!("delete IOAM namespace {}", n.id)),
        _ => {
            let schema = n.schema.flatten().map_or("none".to_string(), |id| id.to_string());
            (IOAM6_CMD_NS_SET_SCHEMA, format!("set IOAM namespace {} schema {schema}", n.id))
        }
    };
    let mut request = family.request(command, 0);
    request.put(IOAM6_ATTR_NS_ID, &n.id.to_ne_bytes());
    if let Some(v) = n.data {
        request.put(IOAM6_ATTR_NS_DATA, &v.to_ne_bytes());
    }
    if let Some(v) = n.wide {
        request.put(IOAM6_ATTR_NS_DATA_WIDE, &v.to_ne_bytes());
    }
    match n.schema {
        Some(Some(id)) => request.put(IOAM6_ATTR_SC_ID, &id.to_ne_bytes()),
        Some(None) => request.put(IOAM6_ATTR_SC_NONE, &[]),
        None => {}
    }
    request.trail = n.trail;
    generic::change_or_fail(s, kernel, &request, words, NEVER)
}

fn show(s: &Session) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let question = family.request(IOAM6_CMD_DUMP_NAMESPACES, 0);
    let answer = generic::dump(s, kernel, &question, FAIL)?;
    s.document(|p| {
        for a in generic::entries(&answer) {
            let Some(id) = a.u16(IOAM6_ATTR_NS_ID) else { continue };
            p.object(None);
            p.item("namespace", "namespace {}", id);
            if let Some(v) = a.u32(IOAM6_ATTR_SC_ID) {
                p.item("schema", " [schema {}]", v);
            }
            if let Some(v) = a.u32(IOAM6_ATTR_NS_DATA) {
                p.item("data", ", data {}", Both(format!("{v:#010x}"), Hex::digits(v)));
            }
            if let Some(v) = a.u64(IOAM6_ATTR_NS_DATA_WIDE) {
                p.item("wide", ", wide {}", Both(format!("{v:#018x}"), Hex::with_prefix(v)));
            }
            p.nl();
            p.close();
        }
    });
    Ok(0)
}
