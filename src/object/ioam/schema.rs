//! `ioam schema`.

use super::*;
use crate::diag::Span;
use crate::grammar::number::{Named, U32};
use crate::grammar::walk::{Below, Line, Place};
use crate::grammar::{Row, Target, Value};
use crate::net::Trail;
use crate::row;
use std::borrow::Cow;

/// The longest data of a schema, in bytes: IOAM6_MAX_SCHEMA_DATA_LEN of linux/ioam6_genl.h.
const DATA_MAX: usize = 1020;

/// A schema that is being parsed.
#[derive(Default)]
pub struct Schema {
    id: u32,
    data: Vec<u8>,
    trail: Trail,
}

impl Target for Schema {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ID: Row<Schema> = row!(Schema; "" => Named("ID", U32("Invalid schema ID")), "identifier of the schema", |c, v| {
    c.id = v;
    c.trail.note(&[IOAM6_ATTR_SC_ID]);
});
static DATA: &[Row<Schema>] = &[row!(Schema; "" => Data, "text of up to 1020 bytes (for add)", |c, v| {
    c.data = v;
    c.trail.note(&[IOAM6_ATTR_SC_DATA]);
})];

/// The positional words of a schema.
static PLACES: Line = Line {
    title: "ID DATA",
    places: &[
        Place::new("ID", "identifier of the schema", |_| Vec::new()),
        Place::new("DATA", "text of up to 1020 bytes (for add)", |_| Vec::new()),
    ],
};

const VERBS: &[(&str, &str)] = &[("show", "list schemas"), ("add", "add a schema"), ("del", "delete a schema")];

/// The verbs below `ioam schema`.
pub static BELOW: Below = Below { title: "ID DATA", verbs: VERBS, then: &PLACES };

/// The data of a schema.
struct Data;

impl Value for Data {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "DATA".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        if arg.bytes.len() > DATA_MAX {
            return Err(arg.wrong("Schema DATA too big"));
        }
        Ok(arg.bytes.to_vec())
    }
}

/// Why `-atomic` refuses changes.
const NEVER: &str = "rip cannot restore IOAM schemas";

/// Runs `ioam schema`.
///
/// # Errors
///
/// A wrong word, the kernel lacks the family, or it refuses the request.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let verb = generic::below(w, VERBS, Unknown::Wrong("Unknown"))?;
    if verb == "show" {
        return show(s);
    }
    let mut c = Schema::default();
    for row in [&ID].into_iter().chain(DATA.iter().filter(|_| verb == "add")) {
        let from = w.at();
        (row.take)(&mut c, w)?;
        c.set_span(Span { from, to: w.at() });
    }
    let (kernel, family) = s.generic(&FAMILY)?;
    let (command, words) = match verb {
        "add" => (IOAM6_CMD_ADD_SCHEMA, format!("add IOAM schema {}", c.id)),
        _ => (IOAM6_CMD_DEL_SCHEMA, format!("delete IOAM schema {}", c.id)),
    };
    let mut request = family.request(command, 0);
    request.put(IOAM6_ATTR_SC_ID, &c.id.to_ne_bytes());
    if verb == "add" {
        request.put(IOAM6_ATTR_SC_DATA, &c.data);
    }
    request.trail = c.trail;
    generic::change_or_fail(s, kernel, &request, words, NEVER)
}

fn show(s: &Session) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let question = family.request(IOAM6_CMD_DUMP_SCHEMAS, 0);
    let answer = generic::dump(s, kernel, &question, FAIL)?;
    s.document(|p| {
        for a in generic::entries(&answer) {
            let Some(id) = a.u32(IOAM6_ATTR_SC_ID) else { continue };
            p.object(None);
            p.item("schema", "schema {}", id);
            if let Some(v) = a.u16(IOAM6_ATTR_NS_ID) {
                p.item("namespace", " [namespace {}]", v);
            }
            p.text(", data:");
            p.array(Some("data"));
            for byte in a.get(IOAM6_ATTR_SC_DATA).unwrap_or_default() {
                p.element(" {}", Both(format!("{byte:02x}"), *byte));
            }
            p.close();
            p.nl();
            p.close();
        }
    });
    Ok(0)
}
