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
    /// How many are open.
    depth: usize,
    /// Which of them are arrays, the innermost in the lowest bit: no record nests deeper than this has bits.
    arrays: u128,
    /// Something precedes the next element of the innermost one. Of those around it that is always so.
    filled: bool,
    /// The position of each key of the outermost object and of its value, once `note_fields` was called.
    fields: Option<Vec<(Range<usize>, usize)>>,
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
        match (std::mem::replace(&mut self.filled, true), key) {
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

    /// The same of one that is not known when the program is compiled.
    #[inline(always)]
    pub fn before_any(&mut self, out: &mut Vec<u8>, field: &Field) {
        if self.has_layout {
            return self.before_with_layout(out, Some(field.key));
        }
        match std::mem::replace(&mut self.filled, true) {
            true => field.next.push_any(out),
            false => field.first.push_any(out),
        }
    }

    /// The same of a field whose pieces are ready.
    #[inline(always)]
    pub fn before_field(&mut self, out: &mut Vec<u8>, field: &Field) {
        if self.has_layout {
            return self.before_with_layout(out, Some(field.key));
        }
        match std::mem::replace(&mut self.filled, true) {
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
        if self.depth > 0 {
            let array = self.arrays & 1 != 0;
            if self.filled {
                out.push(b',');
            } else if array && pretty {
                out.push(b' ');
            }
            line = !array && pretty;
            self.filled = true;
        }
        if line {
            Json::newline(out, self.depth);
        }
        if let Some(key) = key {
            out.push(b'"');
            let from = out.len();
            out.extend_from_slice(key.as_bytes());
            out.extend_from_slice(if pretty { b"\": " } else { b"\":" });
            if let Some(fields) = self.fields.as_mut().filter(|_| self.depth == 1) {
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
        if key.is_some() || self.has_layout {
            self.before(out, key);
            return self.enter(out, array);
        }
        let bracket = if array { b'[' } else { b'{' };
        let filled = std::mem::replace(&mut self.filled, false);
        append(out, if filled { [b',', bracket] } else { [bracket, 0] }, 1 + usize::from(filled));
        self.depth = self.depth.wrapping_add(1);
        self.arrays = self.arrays << 1 | u128::from(array);
    }

    /// Writes an array without elements that is the value of a field.
    #[inline(always)]
    pub fn empty_array(&mut self, out: &mut Vec<u8>, field: &Field) {
        self.before_field(out, field);
        // The layout puts a space into it.
        match self.pretty {
            true => append(out, *b"[ ]", 3),
            false => append(out, *b"[]", 2),
        }
    }

    /// Opens an object or an array that is the value of a field.
    #[inline(always)]
    pub fn open_field(&mut self, out: &mut Vec<u8>, field: &Field, array: bool) {
        self.before_field(out, field);
        self.enter(out, array);
    }

    #[inline(always)]
    fn enter(&mut self, out: &mut Vec<u8>, array: bool) {
        append(out, [if array { b'[' } else { b'{' }], 1);
        self.depth = self.depth.wrapping_add(1);
        self.arrays = self.arrays << 1 | u128::from(array);
        self.filled = false;
    }

    /// Closes the innermost object or array.
    #[inline(always)]
    pub fn close(&mut self, out: &mut Vec<u8>) {
        let Some(outer) = self.depth.checked_sub(1) else { return };
        self.depth = outer;
        let array = self.arrays & 1 != 0;
        self.arrays >>= 1;
        if self.has_layout {
            self.layout_of_end(out, array);
        }
        append(out, [if array { b']' } else { b'}' }], 1);
        self.filled = outer > 0;
    }

    #[cold]
    #[inline(never)]
    fn layout_of_end(&self, out: &mut Vec<u8>, array: bool) {
        if self.pretty && array {
            out.push(b' ');
        } else if self.pretty && self.filled {
            Json::newline(out, self.depth);
        }
    }

    /// Writes a value, with its key inside an object.
    pub fn value(&mut self, out: &mut Vec<u8>, key: Option<&str>, v: &dyn super::Scalar) {
        self.before(out, key);
        v.json(out);
    }

    /// How many objects and arrays are open.
    pub fn depth(&self) -> usize {
        self.depth
    }
}
