//! Writes JSON, compact or in iproute2's pretty layout.

use super::field::Field;
use super::scalar::push_short;
use crate::sys::append;
use std::ops::Range;

/// The position in the document: the open objects and arrays.
#[derive(Clone, Default)]
pub struct Json {
    /// With line breaks and indentation.
    pretty: bool,
    /// It is, or fields are noted.
    has_layout: bool,
    /// The innermost one, and those around it: the first stands for what is around the document.
    inner: Level,
    outer: Vec<Level>,
    /// The position of each key of the outermost object and of its value, once `note_fields` was called.
    fields: Option<Vec<(Range<usize>, usize)>>,
}

#[derive(Clone, Copy, Default)]
struct Level {
    array: bool,
    filled: bool,
}

impl Json {
    /// An empty document.
    pub fn new(pretty: bool) -> Json {
        Json { pretty, has_layout: pretty, ..Json::default() }
    }

    fn newline(out: &mut Vec<u8>, indent: usize) {
        out.push(b'\n');
        out.extend(std::iter::repeat_n(b' ', indent * 4));
    }

    /// Writes what precedes an element: comma, line break and indentation, and its key if in an object.
    fn before(&mut self, out: &mut Vec<u8>, key: Option<&str>) {
        if self.has_layout {
            return self.before_with_layout(out, key);
        }
        match (std::mem::replace(&mut self.inner.filled, true), key) {
            (true, Some(_)) => append(out, *b",\"", 2),
            (false, Some(_)) => append(out, [b'"'], 1),
            (true, None) => append(out, [b','], 1),
            (false, None) => {}
        }
        if let Some(key) = key {
            push_short(out, key.as_bytes());
            append(out, *b"\":", 2);
        }
    }

    /// The same of a field whose pieces are ready.
    #[inline(always)]
    pub fn before_field(&mut self, out: &mut Vec<u8>, field: &Field) {
        if self.has_layout {
            return self.before_with_layout(out, Some(field.key));
        }
        match std::mem::replace(&mut self.inner.filled, true) {
            true => field.next.push(out),
            false => field.first.push(out),
        }
    }

    /// `before` for pretty output, or for a document whose fields are noted.
    #[cold]
    #[inline(never)]
    fn before_with_layout(&mut self, out: &mut Vec<u8>, key: Option<&str>) {
        let pretty = self.pretty;
        let mut line = false;
        if self.depth() > 0 {
            let level = &mut self.inner;
            if level.filled {
                out.push(b',');
            } else if level.array && pretty {
                out.push(b' ');
            }
            line = !level.array && pretty;
            level.filled = true;
        }
        if line {
            Json::newline(out, self.depth());
        }
        if let Some(key) = key {
            out.push(b'"');
            let from = out.len();
            out.extend_from_slice(key.as_bytes());
            out.extend_from_slice(if pretty { b"\": " } else { b"\":" });
            if let Some(fields) = self.fields.as_mut().filter(|_| self.outer.len() == 1) {
                fields.push((from..from + key.len(), out.len()));
            }
        }
    }

    /// Records the positions of the outermost object's fields from now on.
    pub fn note_fields(&mut self) {
        (self.fields, self.has_layout) = (Some(Vec::new()), true);
    }

    /// The recorded fields: the range of each key, and where its value begins.
    pub fn take_fields(&mut self) -> Vec<(Range<usize>, usize)> {
        self.fields.take().unwrap_or_default()
    }

    /// Opens an object or an array.
    pub fn open(&mut self, out: &mut Vec<u8>, key: Option<&str>, array: bool) {
        self.before(out, key);
        self.enter(out, array);
    }

    /// Opens an array that is the value of a field.
    #[inline(always)]
    pub fn open_field(&mut self, out: &mut Vec<u8>, field: &Field) {
        self.before_field(out, field);
        self.enter(out, true);
    }

    fn enter(&mut self, out: &mut Vec<u8>, array: bool) {
        append(out, [if array { b'[' } else { b'{' }], 1);
        self.outer.push(std::mem::replace(&mut self.inner, Level { array, filled: false }));
    }

    /// Closes the innermost object or array.
    pub fn close(&mut self, out: &mut Vec<u8>) {
        let Some(outer) = self.outer.pop() else { return };
        let level = std::mem::replace(&mut self.inner, outer);
        if self.has_layout {
            self.layout_of_end(out, level);
        }
        append(out, [if level.array { b']' } else { b'}' }], 1);
        if self.outer.is_empty() {
            self.inner = Level::default();
        }
    }

    #[cold]
    #[inline(never)]
    fn layout_of_end(&self, out: &mut Vec<u8>, level: Level) {
        if self.pretty && level.array {
            out.push(b' ');
        } else if self.pretty && level.filled {
            Json::newline(out, self.depth());
        }
    }

    /// Writes a value, with its key inside an object.
    pub fn value(&mut self, out: &mut Vec<u8>, key: Option<&str>, v: &dyn super::Scalar) {
        self.before(out, key);
        v.json(out);
    }

    /// How many objects and arrays are open.
    pub fn depth(&self) -> usize {
        self.outer.len()
    }
}
