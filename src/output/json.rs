//! Writes JSON, compact or in iproute2's pretty layout.

use super::scalar::push_short;
use crate::sys::append;
use std::ops::Range;

/// The position in the document: a stack of open objects and arrays.
#[derive(Clone, Default)]
pub struct Json {
    /// With line breaks and indentation.
    pub pretty: bool,
    levels: Vec<Level>,
    /// The position of each key of the outermost object and of its value, once `note_fields` was called.
    fields: Option<Vec<(Range<usize>, usize)>>,
}

#[derive(Clone, Copy)]
struct Level {
    array: bool,
    filled: bool,
    indent: usize,
}

impl Json {
    /// An empty document.
    pub fn new(pretty: bool) -> Json {
        Json { pretty, levels: Vec::new(), fields: None }
    }

    fn newline(&self, out: &mut Vec<u8>, indent: usize) {
        out.push(b'\n');
        out.extend(std::iter::repeat_n(b' ', indent * 4));
    }

    fn indent(&self) -> usize {
        self.levels.last().map_or(0, |l| l.indent)
    }

    /// Writes what precedes an element: comma, line break and indentation, and its key if in an object.
    fn before(&mut self, out: &mut Vec<u8>, key: Option<&str>) {
        if self.pretty || self.fields.is_some() {
            return self.before_with_layout(out, key);
        }
        let filled = self.levels.last_mut().is_some_and(|level| std::mem::replace(&mut level.filled, true));
        match (filled, key) {
            (true, Some(_)) => append(out, *b",\"", 2),
            (false, Some(_)) => out.push(b'"'),
            (true, None) => out.push(b','),
            (false, None) => {}
        }
        if let Some(key) = key {
            push_short(out, key.as_bytes());
            append(out, *b"\":", 2);
        }
    }

    /// `before` for pretty output, or for a document whose fields are noted.
    #[cold]
    fn before_with_layout(&mut self, out: &mut Vec<u8>, key: Option<&str>) {
        let indent = self.indent();
        let pretty = self.pretty;
        let mut line = false;
        if let Some(level) = self.levels.last_mut() {
            if level.filled {
                out.push(b',');
            } else if level.array && pretty {
                out.push(b' ');
            }
            line = !level.array && pretty;
            level.filled = true;
        }
        if line {
            self.newline(out, indent);
        }
        if let Some(key) = key {
            out.push(b'"');
            let from = out.len();
            out.extend_from_slice(key.as_bytes());
            out.extend_from_slice(if pretty { b"\": " } else { b"\":" });
            if let Some(fields) = self.fields.as_mut().filter(|_| self.levels.len() == 1) {
                fields.push((from..from + key.len(), out.len()));
            }
        }
    }

    /// Records the positions of the outermost object's fields from now on.
    pub fn note_fields(&mut self) {
        self.fields = Some(Vec::new());
    }

    /// The recorded fields: the range of each key, and where its value begins.
    pub fn take_fields(&mut self) -> Vec<(Range<usize>, usize)> {
        self.fields.take().unwrap_or_default()
    }

    /// Opens an object or an array.
    pub fn open(&mut self, out: &mut Vec<u8>, key: Option<&str>, array: bool) {
        self.before(out, key);
        out.push(if array { b'[' } else { b'{' });
        let indent = self.indent() + 1;
        self.levels.push(Level { array, filled: false, indent });
    }

    /// Closes the innermost object or array.
    pub fn close(&mut self, out: &mut Vec<u8>) {
        let Some(level) = self.levels.pop() else { return };
        if self.pretty {
            if level.array {
                out.push(b' ');
            } else if level.filled {
                self.newline(out, level.indent - 1);
            }
        }
        out.push(if level.array { b']' } else { b'}' });
    }

    /// Writes a value, with its key inside an object.
    pub fn value(&mut self, out: &mut Vec<u8>, key: Option<&str>, v: impl super::Scalar) {
        self.before(out, key);
        v.json(out);
    }

    /// How many objects and arrays are open.
    pub fn depth(&self) -> usize {
        self.levels.len()
    }
}
