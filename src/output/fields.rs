//! `-fields`: extracts plain values from a command's JSON, tab-separated, one record a line.
//!
//! It reads the JSON writer's output, so a field has the name and the value that `-json` gives it, and the commands
//! know nothing of it. Records are read one at a time: memory use is that of one record.

use super::escape;

/// The requested fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Each a name, or the last parts of a path: `local`, `rx.bytes`.
    pub paths: Vec<Vec<String>>,
    /// The index in argv of the word that lists them.
    pub at: usize,
}

impl Fields {
    /// Parses `NAME[.NAME...][,NAME...]`.
    ///
    /// # Errors
    ///
    /// The first part that is not a name.
    pub fn parse(list: &[u8], at: usize) -> Result<Fields, String> {
        let mut paths = Vec::new();
        for field in list.split(|b| *b == b',') {
            let is_name =
                |n: &&[u8]| !n.is_empty() && n.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
            let names: Vec<&[u8]> = field.split(|b| *b == b'.').collect();
            if !names.iter().all(is_name) {
                return Err(escape::shown(field));
            }
            let mut path: Vec<String> = Vec::new();
            for name in names.iter().map(|n| escape::shown(n)) {
                // An all-digits part belongs to the name before the dot: `802.3ad`.
                match path.last_mut().filter(|last| last.bytes().all(|b| b.is_ascii_digit())) {
                    Some(last) => *last = format!("{last}.{name}"),
                    None => path.push(name),
                }
            }
            paths.push(path);
        }
        Ok(Fields { paths, at })
    }
}

/// A JSON value; strings and numbers keep their raw text.
#[derive(Debug, PartialEq)]
enum Value<'a> {
    Bare(&'a [u8]),
    Text(&'a [u8]),
    Array(Vec<Value<'a>>),
    Object(Vec<(&'a [u8], Value<'a>)>),
}

impl<'a> Value<'a> {
    fn get(&self, key: &str) -> Option<&Value<'a>> {
        match self {
            Value::Object(members) => members.iter().find(|(k, _)| *k == key.as_bytes()).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The elements of a list, or this value alone.
    fn each(&self) -> &[Value<'a>] {
        match self {
            Value::Array(all) => all,
            one => std::slice::from_ref(one),
        }
    }

    /// Whether it or a value inside it has this key.
    fn has_key(&self, key: &str) -> bool {
        self.each().iter().any(|v| match v {
            Value::Object(members) => members.iter().any(|(k, v)| *k == key.as_bytes() || v.has_key(key)),
            Value::Array(_) => v.has_key(key),
            _ => false,
        })
    }

    /// Whether a path of keys leads to a value; lists on the way stand for their elements.
    fn leads(&self, path: &[String]) -> bool {
        let Some((key, rest)) = path.split_first() else { return true };
        self.each().iter().filter_map(|v| v.get(key)).any(|v| v.leads(rest))
    }
}

/// Parses one value of the JSON that `Json` writes.
struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&mut self) -> Option<u8> {
        while self.bytes.get(self.at).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b',' | b':')) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    /// The content of a string that begins here, escapes included.
    fn string(&mut self) -> Option<&'a [u8]> {
        let start = self.at + 1;
        let mut end = start;
        loop {
            match self.bytes.get(end)? {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        self.at = end + 1;
        self.bytes.get(start..end)
    }

    fn value(&mut self) -> Option<Value<'a>> {
        match self.peek()? {
            b'"' => self.string().map(Value::Text),
            b'[' => {
                self.at += 1;
                let mut all = Vec::new();
                while self.peek()? != b']' {
                    all.push(self.value()?);
                }
                self.at += 1;
                Some(Value::Array(all))
            }
            b'{' => {
                self.at += 1;
                let mut members = Vec::new();
                while self.peek()? != b'}' {
                    let key = self.string()?;
                    members.push((key, self.value()?));
                }
                self.at += 1;
                Some(Value::Object(members))
            }
            _ => {
                let rest = self.bytes.get(self.at..)?;
                let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b',' | b']' | b'}');
                let len = rest.iter().position(ends).unwrap_or(rest.len());
                self.at += len;
                rest.get(..len).filter(|b| !b.is_empty()).map(Value::Bare)
            }
        }
    }
}

/// The paths of least depth in a record that end in `field`; none if it lacks the field.
fn find(record: &Value<'_>, field: &[String]) -> Vec<Vec<String>> {
    let mut level: Vec<(Vec<String>, &Value<'_>)> = vec![(Vec::new(), record)];
    while !level.is_empty() {
        let mut found: Vec<Vec<String>> = Vec::new();
        for (path, v) in &level {
            let whole = [path.as_slice(), field].concat();
            if v.leads(field) && !found.contains(&whole) {
                found.push(whole);
            }
        }
        if !found.is_empty() {
            return found;
        }
        let mut next = Vec::new();
        for (path, v) in level {
            for one in v.each() {
                if let Value::Object(members) = one {
                    next.extend(members.iter().map(|(key, v)| {
                        let mut path = path.clone();
                        path.push(String::from_utf8_lossy(key).into_owned());
                        (path, v)
                    }));
                }
            }
        }
        level = next;
    }
    Vec::new()
}

/// A column: its index in the line, and the rest of its path.
type Column<'p> = (usize, &'p [String]);

/// A line: the value of each column that has one.
type Row<'v, 'a> = Vec<(usize, &'v Value<'a>)>;

/// The lines of a value: one for each element of a list on the way to the columns, and all combinations if there are
/// several such lists.
fn rows<'v, 'a>(v: &'v Value<'a>, columns: &[Column<'_>]) -> Vec<Row<'v, 'a>> {
    if let Value::Array(all) = v {
        let lines: Vec<_> = all.iter().flat_map(|one| rows(one, columns)).collect();
        return if lines.is_empty() { vec![Vec::new()] } else { lines };
    }
    let mut lines: Vec<Row<'v, 'a>> = vec![Vec::new()];
    let mut done: Vec<&str> = Vec::new();
    for (_, path) in columns {
        let Some(key) = path.first().filter(|k| !done.contains(&k.as_str())) else { continue };
        done.push(key);
        let Some(child) = v.get(key) else { continue };
        let mine: Vec<Column<'_>> = columns
            .iter()
            .filter_map(|(at, path)| path.split_first().filter(|(k, _)| *k == key).map(|(_, rest)| (*at, rest)))
            .collect();
        let here: Row<'v, 'a> = mine.iter().filter(|(_, rest)| rest.is_empty()).map(|(at, _)| (*at, child)).collect();
        let deeper: Vec<Column<'_>> = mine.into_iter().filter(|(_, rest)| !rest.is_empty()).collect();
        let below = if deeper.is_empty() { vec![Vec::new()] } else { rows(child, &deeper) };
        lines =
            lines.iter().flat_map(|line| below.iter().map(|more| [line.as_slice(), &here, more].concat())).collect();
    }
    lines
}

/// Appends a string without its quotes, with its escapes decoded, except for those of characters that would act on a
/// terminal or break the line.
fn push_text(out: &mut Vec<u8>, inside: &[u8]) {
    let quoted = [b"\"", inside, b"\""].concat();
    match serde_json::from_slice::<String>(&quoted) {
        Ok(text) => escape::line(out, &text),
        Err(_) => escape::text(out, inside),
    }
}

/// Appends a value: `null` as nothing, a list of scalars with commas, everything else as JSON on one line.
fn push_value(out: &mut Vec<u8>, v: &Value<'_>) {
    match v {
        Value::Bare(b"null") => {}
        Value::Bare(b) => out.extend_from_slice(b),
        Value::Text(inside) => push_text(out, inside),
        Value::Array(all) if all.iter().all(|v| matches!(v, Value::Bare(_) | Value::Text(_))) => {
            for (i, v) in all.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                push_value(out, v);
            }
        }
        v => push_json(out, v),
    }
}

fn push_json(out: &mut Vec<u8>, v: &Value<'_>) {
    match v {
        Value::Bare(b) => out.extend_from_slice(b),
        Value::Text(inside) => {
            out.push(b'"');
            out.extend_from_slice(inside);
            out.push(b'"');
        }
        Value::Array(all) => {
            out.push(b'[');
            for (i, v) in all.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                push_json(out, v);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            for (i, (key, v)) in members.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                push_json(out, &Value::Text(key));
                out.push(b':');
                push_json(out, v);
            }
            out.push(b'}');
        }
    }
}

/// Turns a stream of JSON documents into lines of fields.
#[derive(Default)]
pub struct Extractor {
    paths: Vec<Vec<String>>,
    /// The incomplete record read so far, with what precedes it.
    pending: Vec<u8>,
    /// Bytes of `pending` that have been scanned.
    seen: usize,
    depth: usize,
    in_string: bool,
    in_list: bool,
    start: Option<usize>,
    /// Why it stopped.
    wrong: Option<String>,
    /// The object whose records are read, and the requested names that are neither in its table of keys nor in a record
    /// so far.
    doubted: (&'static str, Vec<String>),
    /// Lines withheld until no name is in doubt.
    held: Vec<u8>,
}

impl Extractor {
    /// An extractor of these fields.
    pub fn new(paths: Vec<Vec<String>>) -> Extractor {
        Extractor { paths, ..Extractor::default() }
    }

    /// The error about an ambiguous field, with its possible meanings.
    pub fn wrong(&self) -> Option<&str> {
        self.wrong.as_deref()
    }

    /// Withholds all lines until each of these names has been a key: no table lists the keys of every kernel version.
    pub fn doubt(&mut self, object: &'static str, names: Vec<String>) {
        self.doubted = (object, names);
    }

    /// A requested name that was never a key, and the object.
    pub fn unseen(&self) -> Option<(&'static str, &str)> {
        let (object, names) = &self.doubted;
        names.first().map(|name| (*object, name.as_str()))
    }

    /// Reads more of the JSON; appends the lines of the records that are complete.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        self.pending.extend_from_slice(bytes);
        let pending = std::mem::take(&mut self.pending);
        let mut at = self.seen;
        while let Some(b) = pending.get(at) {
            match (self.in_string, b) {
                // Skips the byte after a backslash, which may only come with the next call.
                (true, b'\\') if at + 1 >= pending.len() => break,
                (true, b'\\') => at += 1,
                (_, b'"') => self.in_string = !self.in_string,
                (true, _) => {}
                (false, b'[' | b'{') => {
                    if self.depth == 0 {
                        self.in_list = *b == b'[';
                    }
                    if *b == b'{' && self.depth == usize::from(self.in_list) {
                        self.start = Some(at);
                    }
                    self.depth += 1;
                }
                (false, b']' | b'}') => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == usize::from(self.in_list)
                        && let Some(start) = self.start.take()
                    {
                        self.record(pending.get(start..=at).unwrap_or_default(), out);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        let keep = self.start.unwrap_or(at);
        self.seen = at - keep;
        self.start = self.start.map(|_| 0);
        self.pending = pending.get(keep..).unwrap_or_default().to_vec();
    }

    fn record(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        if self.wrong.is_some() {
            return;
        }
        let Some(record) = (Parser { bytes, at: 0 }).value() else { return };
        let mut found = Vec::with_capacity(self.paths.len());
        for path in &self.paths {
            let mut all = find(&record, path);
            if all.len() > 1 {
                let all: Vec<String> = all.iter().map(|p| p.join(".")).collect();
                self.wrong = Some(format!("\"{}\" is ambiguous: {}", path.join("."), all.join(", ")));
                return;
            }
            found.push(all.pop());
        }
        let (_, doubted) = &mut self.doubted;
        doubted.retain(|name| !record.has_key(name));
        if doubted.is_empty() {
            out.append(&mut self.held);
            self.lines(&record, &found, out);
        } else {
            let mut held = std::mem::take(&mut self.held);
            self.lines(&record, &found, &mut held);
            self.held = held;
        }
    }

    /// Appends the lines of a record in which the fields were found at these paths.
    fn lines(&self, record: &Value<'_>, found: &[Option<Vec<String>>], out: &mut Vec<u8>) {
        let columns: Vec<Column<'_>> =
            found.iter().enumerate().filter_map(|(at, path)| Some((at, path.as_deref()?))).collect();
        for row in rows(record, &columns).iter().filter(|row| !row.is_empty()) {
            for column in 0..self.paths.len() {
                if column > 0 {
                    out.push(b'\t');
                }
                if let Some((_, v)) = row.iter().find(|(at, _)| *at == column) {
                    push_value(out, v);
                }
            }
            out.push(b'\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extract(list: &str, json: &str, piece: usize) -> Result<String, String> {
        let mut x = Extractor::new(Fields::parse(list.as_bytes(), 0)?.paths);
        let mut out = Vec::new();
        json.as_bytes().chunks(piece).for_each(|bytes| x.feed(bytes, &mut out));
        match x.wrong() {
            Some(why) => Err(why.to_string()),
            None => Ok(String::from_utf8(out).unwrap()),
        }
    }

    const ADDRESSES: &str = r#"[{"ifname":"lo","flags":["UP","LOOPBACK"],"addr_info":[]},{},{"ifname":"e\"{0","mtu":1500,
        "not":null,"addr_info":[{"local":"10.0.0.1","prefixlen":24},{"local":"fe80::1","prefixlen":64,"dynamic":true}],
        "802.3ad":{"rx":7},"stats64":{"rx":{"bytes":1},"tx":{"bytes":2}},"odd":[{"a":[1,2]},3],"alias":"a\tb\u001b[2J\\x1b"}]
"#;

    #[test]
    fn values_of_records_and_of_the_lists_in_them() {
        for (list, expected) in [
            ("ifname", "lo\ne\"{0\n"),
            ("local,prefixlen", "10.0.0.1\t24\nfe80::1\t64\n"),
            ("ifname,local", "lo\t\ne\"{0\t10.0.0.1\ne\"{0\tfe80::1\n"),
            ("addr_info.local", "10.0.0.1\nfe80::1\n"),
            ("dynamic", "true\n"),
            ("dynamic,local", "\t10.0.0.1\ntrue\tfe80::1\n"),
            ("not,mtu", "\t1500\n"),
            ("flags", "UP,LOOPBACK\n"),
            ("rx.bytes,stats64.tx.bytes", "1\t2\n"),
            ("802.3ad.rx", "7\n"),
            ("802.3ad", "{\"rx\":7}\n"),
            ("tx", "{\"bytes\":2}\n"),
            ("odd", "[{\"a\":[1,2]},3]\n"),
            ("odd.a", "1,2\n"),
            ("alias", "a\\x09b\\x1b[2J\\x1b\n"),
            ("nosuch", ""),
        ] {
            for piece in [1, 2, 7, 10_000] {
                assert_eq!(extract(list, ADDRESSES, piece).as_deref(), Ok(expected), "{list}, {piece}");
            }
        }
    }

    #[test]
    fn an_ambiguous_name_is_no_guess() {
        let said = extract("bytes", ADDRESSES, 100).unwrap_err();
        assert_eq!(said, "\"bytes\" is ambiguous: stats64.rx.bytes, stats64.tx.bytes");
        // A name further out is meant before one further in.
        let routes = r#"[{"dev":"a"},{"nexthops":[{"dev":"b"},{"dev":"c"}]},{"dev":"d","nexthops":[{"dev":"e"}]}]"#;
        assert_eq!(extract("dev", routes, 9).as_deref(), Ok("a\nb\nc\nd\n"));
    }

    #[test]
    fn a_name_in_doubt_holds_the_lines_back_until_it_is_a_key() {
        for (name, expected, unseen) in [
            ("bytes", "lo\t\ne\"{0\t1500\n", None),
            ("ifname", "lo\t\ne\"{0\t1500\n", None),
            ("byte", "", Some(("link", "byte"))),
        ] {
            let mut x = Extractor::new(Fields::parse(b"ifname,mtu", 0).unwrap().paths);
            x.doubt("link", vec![name.to_string()]);
            let mut out = Vec::new();
            x.feed(ADDRESSES.as_bytes(), &mut out);
            assert_eq!((String::from_utf8(out).unwrap().as_str(), x.unseen()), (expected, unseen), "{name}");
        }
    }

    #[test]
    fn single_objects_and_several_documents_are_records_too() {
        assert_eq!(extract("a", "{\"a\":1}\n[{\"a\":2}]\n[ {\n  \"a\": 3\n } ]\n[]\n", 3).as_deref(), Ok("1\n2\n3\n"));
    }

    #[test]
    fn what_is_no_list_of_names() {
        for wrong in ["", "a,,b", "a.", ".a", "a b", "a,b;c", "ä"] {
            assert!(Fields::parse(wrong.as_bytes(), 0).is_err(), "{wrong}");
        }
    }

    #[test]
    fn damaged_documents_do_no_harm() {
        for len in 0..ADDRESSES.len() {
            let _ = extract("local", ADDRESSES.get(..len).unwrap_or_default(), 5);
            let _ = extract("local", ADDRESSES.get(len..).unwrap_or_default(), 5);
        }
    }
}
