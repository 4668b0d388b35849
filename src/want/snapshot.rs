//! `snapshot`: prints the present state as batch lines.

use super::link::Links;
use super::{Line, order};
use crate::command::view::{Shown, View};
use crate::command::{Effect, Object, Purpose, Verb, usage};
use crate::diag::Diag;
use crate::grammar::value::Flag;
use crate::grammar::{Fallback, Grammar, Row, Target, Words};
use crate::object::first_view;
use crate::output::out::{Out, print_stderr};
use crate::row;
use crate::session::Session;
use crate::session::options::Options;
use crate::sort::Arrange as _;
use crate::state::{Key, ObjectType, Store};
use std::collections::HashSet;

/// The first words of a snapshot, before the types that it covers.
pub const HEAD: &str = "# rip snapshot 1:";

/// The object types that a snapshot can cover, in the order of its lines: an entry comes before those that depend on it.
pub static TYPES: [ObjectType; TYPE_COUNT] = {
    let mut written = [ObjectType::Link; TYPE_COUNT];
    let (mut rest, mut types): (&mut [ObjectType], &[ObjectType]) = (&mut written, ObjectType::ALL);
    while let [object, others @ ..] = types {
        types = others;
        if is_written(*object)
            && let [slot, left @ ..] = rest
        {
            *slot = *object;
            rest = left;
        }
    }
    written
};

const TYPE_COUNT: usize = {
    let (mut count, mut types) = (0, ObjectType::ALL);
    while let [object, others @ ..] = types {
        count += is_written(*object) as usize;
        types = others;
    }
    count
};

/// Multicast and anycast addresses are shown as addresses are, but no line adds them.
const fn is_written(object: ObjectType) -> bool {
    object.spec().restorable && matches!(first_view(object), Some(View { snapshot: Some(_), .. }))
}

/// The object `snapshot`.
pub static OBJECT: Object = Object {
    // Not abbreviable: `s` and `sn` mean iproute2's sr.
    names: &["snapshot"],
    purpose: Purpose::Changes,
    about: "print the network as lines of a batch",
    terms: &[("", usage::WRITTEN)],
    verbs: &[Verb {
        names: &[],
        about: "print the network as lines of a batch",
        run,
        effect: Effect::Read,
        tables: &[&SNAPSHOT],
        examples: &[
            ("rip snapshot", "everything, for a file or a repository"),
            ("rip snapshot route rule", "only routes and rules"),
            ("rip -j snapshot link", "an object for each line, with the record that show prints"),
        ],
    }],
    default: Some(run),
    unknown: Some(run),
    ..Object::BASE
};

/// The selected types; empty: all.
#[derive(Default)]
pub struct Ask(Vec<ObjectType>);

impl Target for Ask {}

/// One row per type.
static ROWS: [Row<Ask>; TYPE_COUNT] = {
    const ROW: Row<Ask> = row!(Ask; "" => Flag, "", |a, (), w| a.0.extend(spelled(w)));
    let mut rows = [ROW; TYPE_COUNT];
    let (mut rest, mut types): (&mut [Row<Ask>], &[ObjectType]) = (&mut rows, &TYPES);
    while let ([row, left @ ..], [object, others @ ..]) = (rest, types) {
        row.head.spell(std::slice::from_ref(&object.spec().name));
        if let Some(View { snapshot: Some(written), .. }) = first_view(*object) {
            row.head.help = written.about;
        }
        (rest, types) = (left, others);
    }
    rows
};

static SNAPSHOT: Grammar<Ask> = Grammar {
    title: "SNAPSHOT",
    rows: &[&ROWS],
    fallback: Fallback::Unknown(|arg| arg.wrong("unknown argument of snapshot")),
};

/// The type that the word before the cursor names.
fn spelled(w: &Words<'_>) -> Option<ObjectType> {
    let word = w.line().get(w.at().checked_sub(1)?)?;
    TYPES.iter().copied().find(|object| object.name().as_bytes() == word)
}

/// A snapshot: lines with the messages they come from, and what no line can express.
pub struct Snapshot {
    /// The lines, in order.
    pub lines: Vec<(Line, ObjectType, Vec<u8>)>,
    /// What could not be written.
    pub lost: Vec<String>,
}

impl Snapshot {
    /// Reads these types.
    ///
    /// # Errors
    ///
    /// The kernel refuses a dump, or the socket fails.
    pub fn read(s: &Session, types: &[ObjectType]) -> Result<Snapshot, Diag> {
        let mut needed: Vec<ObjectType> = types.to_vec();
        needed.push(ObjectType::Link);
        needed.arrange();
        needed.dedup();
        let store = Store::load(s.kernel()?, needed).map_err(|e| Diag::fail(e.line()))?;
        Ok(Snapshot::of(s, &store, types))
    }

    /// The lines for the entries of a store of these types.
    pub fn of(s: &Session, store: &Store, types: &[ObjectType]) -> Snapshot {
        let s = &plain(s);
        for body in store.list(ObjectType::Link) {
            if let Some(l) = crate::object::link::view::Link::parse(body).filter(|l| l.family == 0) {
                s.remember_link(l.index, l.name(), Some(l.flags));
            }
        }
        let mut out = Snapshot { lines: Vec::new(), lost: Vec::new() };
        for object in TYPES.iter().copied().filter(|o| types.contains(o)) {
            out.add(s, store, object);
        }
        out
    }

    fn add(&mut self, s: &Session, store: &Store, object: ObjectType) {
        if object == ObjectType::Link {
            let links = Links::of(store);
            let lines = links.lines(s, &mut self.lost);
            self.lines.extend(lines.into_iter().map(|(line, body)| (line, object, body.to_vec())));
            return;
        }
        let mut last: Option<Key> = None;
        for body in order::of(s, store, object) {
            let write = crate::object::view(object).and_then(|view| view.snapshot?.line);
            let Some(mut line) = write.and_then(|write| write(s, body)) else { continue };
            let key = Key::of(object, body);
            // A second route with the same key is appended to the first.
            if object == ObjectType::Route && key.is_some() && key == last {
                line.words.get_mut(1).into_iter().for_each(|verb| *verb = b"append".to_vec());
            }
            last = key;
            self.lines.push((line, object, body.to_vec()));
        }
    }
}

/// A session that writes names for a batch, without the output options.
fn plain(s: &Session) -> Session {
    let options = Options {
        json: false,
        details: false,
        oneline: false,
        brief: false,
        stats: 0,
        resolve: false,
        palette: None,
        fields: None,
        ..s.options.clone()
    };
    Session::new(options, Out::memory())
}

/// The first line: the types that it covers.
pub fn head(types: &[ObjectType]) -> String {
    let names = TYPES.iter().filter(|o| types.contains(o)).map(|o| o.name());
    names.fold(HEAD.to_string(), |line, name| line + " " + name)
}

/// The types that the first line of a snapshot covers; `None` if it is not such a line.
pub fn covered(line: &str) -> Option<Vec<ObjectType>> {
    let words = line.trim_end().strip_prefix(HEAD)?.split_whitespace();
    words.map(|w| TYPES.iter().copied().find(|o| o.name() == w)).collect()
}

fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut ask = Ask::default();
    SNAPSHOT.parse(&mut ask, w)?;
    let types = if ask.0.is_empty() { TYPES.to_vec() } else { ask.0 };
    let mut snapshot = Snapshot::read(s, &types)?;
    let lines: Vec<(Line, ObjectType, Vec<u8>)> = snapshot.lines.drain(..).collect();
    if s.options.json {
        records(s, &lines);
    } else {
        let mut out = s.out.borrow_mut();
        out.buf.extend_from_slice((head(&types) + "\n").as_bytes());
        for (line, ..) in &lines {
            match line.text() {
                Some(text) => {
                    out.buf.extend(text);
                    out.buf.push(b'\n');
                    out.flush_if_full();
                }
                None => snapshot.lost.push(line.shown()),
            }
        }
    }
    snapshot.lost.iter().for_each(|what| print_stderr(&format!("Left out: {what}\n")));
    Ok(0)
}

/// Prints an object for each line; the first line of a link has its record.
fn records(s: &Session, lines: &[(Line, ObjectType, Vec<u8>)]) {
    let mut seen = HashSet::new();
    s.document(|p| {
        for (line, object, body) in lines {
            p.object(None);
            p.item("object", "", object.name());
            p.array(Some("words"));
            line.words.iter().for_each(|word| p.element("", word.as_slice()));
            p.close();
            let first = *object != ObjectType::Link || seen.insert(body);
            match crate::object::view(*object).filter(|_| first) {
                Some(view) => {
                    p.object(Some("record"));
                    (view.describe)(s, p, body, Shown::default());
                    p.close();
                }
                None => p.null("record", ""),
            }
            p.close();
        }
    });
}
