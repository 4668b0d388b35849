//! Writes records as ordered items, each with a key, a text form and a value.
//!
//! The same calls give text, one-line text, colour, JSON and pretty JSON. A text form contains `{}` where the value
//! goes; an item without one appears in JSON only.

use super::color::{END, Palette, Role};
use super::field::Field;
use super::json::Json;
use super::out::Out;
use super::scalar::{Both, Literal, Null, Scalar, push_short};
use crate::sys::append;
use std::collections::BTreeMap;
use std::ops::Range;

/// The output format.
#[derive(Clone, Copy, Debug, Default)]
pub struct Format {
    /// -json.
    pub json: bool,
    /// -pretty.
    pub pretty: bool,
    /// -oneline.
    pub oneline: bool,
    /// -color: the palette.
    pub palette: Option<Palette>,
}

/// Writes records to an output stream.
pub struct Printer<'o> {
    /// The output stream.
    pub out: &'o mut Out,
    format: Format,
    json: Option<Json>,
}

/// An object written as JSON, with the positions of its fields.
pub struct Fields {
    bytes: Vec<u8>,
    places: Vec<(Range<usize>, usize)>,
}

impl Fields {
    /// The fields that are chosen, by their keys, each with its value as JSON.
    pub fn by_key(&self, choose: impl Fn(&str) -> bool) -> BTreeMap<&str, &[u8]> {
        let ends = self.places.iter().skip(1).map(|(key, _)| key.start.saturating_sub(2));
        // The last value is followed by `}` and a newline.
        let ends = ends.chain([self.bytes.len().saturating_sub(2)]);
        let field = |((key, from), end): (&(Range<usize>, usize), usize)| {
            let key = std::str::from_utf8(self.bytes.get(key.clone())?).ok().filter(|key| choose(key))?;
            Some((key, self.bytes.get(*from..end)?))
        };
        crate::sort::map(self.places.iter().zip(ends).filter_map(field))
    }
}

/// An incomplete document, for another printer to continue.
pub struct OpenDocument {
    json: Option<Json>,
}

/// A position that the output can be rewound to.
pub struct Checkpoint {
    json: Option<Json>,
}

impl<'o> Printer<'o> {
    /// A printer over an output stream.
    pub fn new(out: &'o mut Out, format: Format) -> Printer<'o> {
        let json = format.json.then(|| Json::new(format.pretty));
        Printer { out, format, json }
    }

    /// Whether the format is JSON.
    pub fn is_json(&self) -> bool {
        self.json.is_some()
    }

    /// Whether each record takes one line (`-oneline`).
    pub fn oneline(&self) -> bool {
        self.format.oneline
    }

    /// Writes one object to memory as JSON.
    pub fn fields(describe: impl FnOnce(&mut Printer<'_>)) -> Fields {
        let mut out = Out::memory();
        // The checkpoint keeps the object in the buffer, so that offsets in it are those in the object.
        out.checkpoint();
        let mut json = Json::new(false);
        json.note_fields();
        let mut p = Printer { out: &mut out, format: Format { json: true, ..Format::default() }, json: Some(json) };
        p.object(None);
        describe(&mut p);
        p.end();
        let places = p.json.as_mut().map(Json::take_fields).unwrap_or_default();
        Fields { bytes: out.into_bytes(), places }
    }

    /// Opens the document: `[` in JSON.
    pub fn begin(&mut self) {
        self.array(None);
    }

    /// Leaves the document open, for another printer to continue.
    pub fn leave_open(&mut self) -> OpenDocument {
        OpenDocument { json: self.json.clone() }
    }

    /// Continues a document that another printer of this format has left open.
    pub fn go_on(&mut self, document: OpenDocument) {
        self.json = document.json;
    }

    /// Closes all open objects and arrays and ends the document.
    pub fn end(&mut self) {
        if let Some(json) = &mut self.json {
            while json.depth() > 0 {
                json.close(&mut self.out.buf);
            }
            self.out.buf.push(b'\n');
        }
    }

    /// Opens an object (JSON only).
    #[inline]
    pub fn object(&mut self, key: Option<&str>) {
        if let Some(json) = &mut self.json {
            json.open(&mut self.out.buf, key, false);
        }
    }

    /// Opens an array (JSON only).
    pub fn array(&mut self, key: Option<&str>) {
        if let Some(json) = &mut self.json {
            json.open(&mut self.out.buf, key, true);
        }
    }

    /// Closes the innermost object or array.
    #[inline]
    pub fn close(&mut self) {
        if let Some(json) = &mut self.json {
            json.close(&mut self.out.buf);
        }
        self.out.flush_if_full();
    }

    /// Sets a checkpoint: output from here on can be rewound while it is small.
    pub fn checkpoint(&mut self) -> Checkpoint {
        self.out.checkpoint();
        Checkpoint { json: self.json.clone() }
    }

    /// Rewinds to the checkpoint; false if some of the output since was already written.
    pub fn rewind(&mut self, checkpoint: &Checkpoint) -> bool {
        let possible = self.out.rewind();
        if possible {
            self.json.clone_from(&checkpoint.json);
        }
        possible
    }

    /// How many objects and arrays are open (0 in text).
    pub fn depth(&self) -> usize {
        self.json.as_ref().map_or(0, Json::depth)
    }

    /// One field whose key and form were taken apart when the program was compiled.
    #[inline(always)]
    pub fn field(&mut self, field: &Field, v: impl Scalar) {
        let out = &mut self.out.buf;
        match &mut self.json {
            Some(json) => {
                json.before_field(out, field);
                v.json(out);
            }
            None => {
                field.before.push(out);
                v.text(out);
                field.after.push(out);
            }
        }
    }

    /// The same of one out of a table, or where a record has many: one copy of the code for all.
    #[inline(never)]
    pub fn any_field(&mut self, role: Role, field: &Field, v: &dyn Scalar) {
        let out = &mut self.out.buf;
        if let Some(json) = &mut self.json {
            json.before_any(out, field);
            return v.json(out);
        }
        let code = self.format.palette.and_then(|p| p.code(role));
        if let Some(code) = code {
            out.extend_from_slice(code.as_bytes());
        }
        field.before.push_any(out);
        v.text(out);
        field.after.push_any(out);
        if code.is_some() {
            out.extend_from_slice(END.as_bytes());
        }
    }

    /// An element of an array that is one of our own words, in text with a comma behind it if there are more.
    #[inline(never)]
    pub fn word(&mut self, word: &'static str, more: bool) {
        let out = &mut self.out.buf;
        match &mut self.json {
            Some(json) => json.value(out, None, &Literal(word)),
            None => {
                push_short(out, word.as_bytes());
                append(out, [b','], usize::from(more));
            }
        }
    }

    /// The same in JSON only.
    #[inline(always)]
    pub fn hidden_field(&mut self, field: &Field, v: impl Scalar) {
        if let Some(json) = &mut self.json {
            json.before_field(&mut self.out.buf, field);
            v.json(&mut self.out.buf);
        }
    }

    /// The same with a colour over its whole text form.
    #[inline(always)]
    pub fn field_colored(&mut self, role: Role, field: &Field, v: impl Scalar) {
        let code = self.format.palette.and_then(|p| p.code(role)).filter(|_| self.json.is_none());
        if let Some(code) = code {
            self.out.buf.extend_from_slice(code.as_bytes());
        }
        self.field(field, v);
        if code.is_some() {
            self.out.buf.extend_from_slice(END.as_bytes());
        }
    }

    /// Opens an array that is the value of a field; text has nothing for it.
    #[inline(always)]
    pub fn array_field(&mut self, field: &Field) {
        if let Some(json) = &mut self.json {
            json.open_field(&mut self.out.buf, field, true);
        }
    }

    /// An array without elements that is the value of a field; text has nothing for it.
    #[inline(always)]
    pub fn empty_array(&mut self, field: &Field) {
        if let Some(json) = &mut self.json {
            json.empty_array(&mut self.out.buf, field);
        }
    }

    /// Opens an object that is the value of a field; text has nothing for it.
    #[inline(always)]
    pub fn object_field(&mut self, field: &Field) {
        if let Some(json) = &mut self.json {
            json.open_field(&mut self.out.buf, field, false);
        }
    }

    /// One field.
    #[inline]
    pub fn item(&mut self, key: &str, form: &str, v: impl Scalar) {
        self.put(Some(key), Some((Role::Plain, form)), &v);
    }

    /// One field with a colour over its whole text form.
    #[inline]
    pub fn colored(&mut self, role: Role, key: &str, form: &str, v: impl Scalar) {
        self.put(Some(key), Some((role, form)), &v);
    }

    /// An element of an array, with a text form.
    #[inline]
    pub fn element(&mut self, form: &str, v: impl Scalar) {
        self.put(None, Some((Role::Plain, form)), &v);
    }

    /// An element of an array, in the colour of a role.
    #[inline]
    pub fn element_colored(&mut self, role: Role, form: &str, v: impl Scalar) {
        self.put(None, Some((role, form)), &v);
    }

    /// A field that appears in JSON only.
    #[inline]
    pub fn hidden(&mut self, key: &str, v: impl Scalar) {
        self.put(Some(key), None, &v);
    }

    /// A value with its key and its text form: the one that all fields go through whose pieces are not ready, so that no
    /// type of value has code of its own here.
    fn put(&mut self, key: Option<&str>, text: Option<(Role, &str)>, v: &dyn Scalar) {
        match (&mut self.json, text) {
            (Some(json), _) => json.value(&mut self.out.buf, key, v),
            (None, Some((role, form))) => match self.format.palette {
                None => push_form(&mut self.out.buf, form, v),
                palette => push_colored(&mut self.out.buf, palette, role, form, v),
            },
            (None, None) => {}
        }
    }

    /// `"key":true` in JSON, a word in text.
    pub fn flag(&mut self, key: &str, text: &str) {
        match &mut self.json {
            Some(json) => json.value(&mut self.out.buf, Some(key), &true),
            None => push_short(&mut self.out.buf, text.as_bytes()),
        }
    }

    /// `"key":null` in JSON, a word in text.
    pub fn null(&mut self, key: &str, text: &str) {
        match &mut self.json {
            Some(json) => json.value(&mut self.out.buf, Some(key), &Null),
            None => push_short(&mut self.out.buf, text.as_bytes()),
        }
    }

    /// A boolean: `true`/`false` in JSON, `on`/`off` in text.
    pub fn switch(&mut self, key: &str, form: &str, on: bool) {
        self.put(Some(key), Some((Role::Plain, form)), &Both(Literal(if on { "on" } else { "off" }), on));
    }

    /// Literal text, absent from JSON.
    #[inline(always)]
    pub fn text(&mut self, text: &str) {
        if self.json.is_none() {
            push_short(&mut self.out.buf, text.as_bytes());
        }
    }

    /// A value that appears in text only.
    #[inline]
    pub fn text_item(&mut self, form: &str, v: impl Scalar) {
        self.text_colored(Role::Plain, form, v);
    }

    /// A value that appears in text only, in the colour of a role.
    #[inline]
    pub fn text_colored(&mut self, role: Role, form: &str, v: impl Scalar) {
        if self.json.is_none() {
            self.put(None, Some((role, form)), &v);
        }
    }

    /// A line break inside a record: `\` with -o.
    #[inline(always)]
    pub fn nl(&mut self) {
        if self.json.is_none() {
            self.out.buf.push(if self.format.oneline { b'\\' } else { b'\n' });
        }
    }

    /// The end of a record.
    #[inline]
    pub fn end_line(&mut self) {
        if self.json.is_none() {
            self.out.buf.push(b'\n');
        }
        self.out.flush_if_full();
    }
}

/// Writes a text form in the colour of a role.
#[cold]
fn push_colored(out: &mut Vec<u8>, palette: Option<Palette>, role: Role, form: &str, v: &dyn Scalar) {
    let code = palette.and_then(|p| p.code(role));
    if let Some(code) = code {
        out.extend_from_slice(code.as_bytes());
    }
    push_form(out, form, v);
    if code.is_some() {
        out.extend_from_slice(END.as_bytes());
    }
}

/// Writes `form` with `v` at its `{}`.
#[inline]
fn push_form(out: &mut Vec<u8>, form: &str, v: &dyn Scalar) {
    let Some((before, after)) = around(form.as_bytes()) else { return push_short(out, form.as_bytes()) };
    push_short(out, before);
    v.text(out);
    push_short(out, after);
}

/// The text before and after the `{}` of a form. No form has another brace, and nearly every form ends with the value,
/// or with a space after it: searching for the brace from the front took `route show` 15 % more instructions.
fn around(form: &[u8]) -> Option<(&[u8], &[u8])> {
    match form {
        [before @ .., b'{', b'}', b' '] => Some((before, b" ")),
        [before @ .., b'{', b'}'] => Some((before, b"")),
        _ => {
            let at = form.iter().position(|b| *b == b'{')?;
            Some((form.get(..at)?, form.get(at + 2..)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(p: &mut Printer<'_>) {
        p.begin();
        p.object(None);
        p.item("ifindex", "{}: ", 1u32);
        p.colored(Role::Ifname, "ifname", "{}: ", "lo");
        p.nl();
        p.array(Some("flags"));
        p.element("{} ", "UP");
        p.element("{} ", "LOWER_UP");
        p.close();
        p.flag("up", "up ");
        p.close();
        p.end_line();
        p.end();
    }

    #[test]
    fn a_draft_is_taken_back_until_some_of_it_is_out() {
        for (json, wanted) in [(false, "12"), (true, "[{\"n\":1},{\"n\":2}]\n")] {
            let mut out = Out::memory();
            let mut p = Printer::new(&mut out, Format { json, ..Format::default() });
            let line = |p: &mut Printer<'_>, n: u32| {
                p.object(None);
                p.item("n", "{}", n);
                p.close();
            };
            p.begin();
            line(&mut p, 1);
            let checkpoint = p.checkpoint();
            line(&mut p, 7);
            p.object(None);
            assert!(p.rewind(&checkpoint));
            line(&mut p, 2);
            p.end();
            p.out.flush();
            assert!(!p.rewind(&checkpoint));
            assert_eq!(String::from_utf8(out.into_bytes()).unwrap(), wanted);
        }
    }

    #[test]
    fn a_long_draft_is_written() {
        let mut out = Out::memory();
        let mut p = Printer::new(&mut out, Format::default());
        let checkpoint = p.checkpoint();
        p.text(&"x".repeat(4 << 20));
        p.end_line();
        assert!(p.rewind(&checkpoint));
        p.text(&"x".repeat(9 << 20));
        p.end_line();
        assert!(!p.rewind(&checkpoint));
        assert_eq!(out.into_bytes().len(), (9 << 20) + 1);
    }

    fn render(format: Format) -> String {
        let mut out = Out::memory();
        record(&mut Printer::new(&mut out, format));
        String::from_utf8(out.into_bytes()).unwrap()
    }

    #[test]
    fn fields_have_the_values_that_were_written() {
        let fields = Printer::fields(|p| {
            p.item("n", "{}", 1u32);
            p.object(Some("inner"));
            p.item("n", "{}", 2u32);
            p.close();
            p.item("s", "{}", "a,\"b");
            p.array(Some("list"));
            p.element("{}", "x");
            p.close();
        });
        let text = |v: &&[u8]| String::from_utf8(v.to_vec()).unwrap();
        let found: Vec<(&str, String)> = fields.by_key(|_| true).iter().map(|(k, v)| (*k, text(v))).collect();
        let wanted = [("inner", "{\"n\":2}"), ("list", "[\"x\"]"), ("n", "1"), ("s", "\"a,\\\"b\"")];
        assert_eq!(found, wanted.map(|(k, v)| (k, v.to_string())));
        assert!(Printer::fields(|_| ()).by_key(|_| true).is_empty());
    }

    #[test]
    fn one_record_in_every_format() {
        let f = Format::default();
        assert_eq!(render(f), "1: lo: \nUP LOWER_UP up \n");
        assert_eq!(render(Format { oneline: true, ..f }), "1: lo: \\UP LOWER_UP up \n");
        assert_eq!(render(Format { palette: Some(Palette::Dark), ..f }), "1: \x1b[1;36mlo: \x1b[0m\nUP LOWER_UP up \n");
        assert_eq!(
            render(Format { json: true, ..f }),
            "[{\"ifindex\":1,\"ifname\":\"lo\",\"flags\":[\"UP\",\"LOWER_UP\"],\"up\":true}]\n"
        );
        assert_eq!(
            render(Format { json: true, pretty: true, ..f }),
            "[ {\n        \"ifindex\": 1,\n        \"ifname\": \"lo\",\n        \"flags\": [ \"UP\",\"LOWER_UP\" ],\n        \"up\": true\n    } ]\n"
        );
    }
}
