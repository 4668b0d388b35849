//! The layers of the program: every module knows only those below it, and no two know each other.
//!
//! The graph is made from the sources: each path that begins with `crate`, `super`, `self` or a child module is followed
//! to the file it leads to, whether it stands in a `use` or in the code. Unit tests are left out. A unit of the graph is a
//! file or folder of `UNITS`; a unit stands in a layer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "layers/docs.rs"]
mod docs;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The layers, lowest first, each with its units: files and folders under src/. The longest path that leads to a file is
/// its unit.
const LAYERS: &[(&str, &[&str])] = &[
    // What messages look like: it imports nothing of ours.
    ("schema", &["schema"]),
    ("containers", &["sort", "hash"]),
    ("sys", &["sys"]),
    ("error", &["diag"]),
    ("output", &["output"]),
    ("system", &["files", "rights"]),
    ("netlink", &["net"]),
    ("state", &["state"]),
    ("grammar", &["grammar"]),
    ("names", &["nss"]),
    ("session", &["session"]),
    ("rootless", &["rootless"]),
    ("command", &["command", "dumpfile", "encap", "program"]),
    (
        "objects",
        &[
            // Only the list of its folders; each object is a unit of its own, by the name of its file or folder.
            "object/mod",
        ],
    ),
    ("features", &["monitor", "topology", "undo", "plan"]),
    // Conditions are read and followed as monitor does it.
    ("waiting", &["wait"]),
    // Lines of what exists, from what monitor prints.
    ("wanted", &["want"]),
    ("cli", &["cli"]),
    ("hints", &["hints"]),
    ("program", &["internals", "lib", "main"]),
];

/// The layers with every object.
static ALL: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let mut objects: Vec<&str> = Vec::new();
    for entry in std::fs::read_dir(root().join("object")).unwrap() {
        let name = entry.unwrap().path().with_extension("").file_name().unwrap().to_str().unwrap().to_string();
        if name != "mod" {
            objects.push(format!("object/{name}").leak());
        }
    }
    let own = |layer: &str| if layer == "objects" { objects.clone() } else { Vec::new() };
    LAYERS.iter().map(|(layer, units)| (*layer, [units.to_vec(), own(layer)].concat())).collect()
});

/// One source file: the path of its module, and what it refers to.
struct Source {
    file: PathBuf,
    module: Vec<String>,
    tokens: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code without comments, strings and characters, as words and signs; `::` is one sign.
fn tokens(text: &str) -> Vec<String> {
    let c: Vec<char> = text.chars().collect();
    let at = |i: usize| c.get(i).copied().unwrap_or('\0');
    let mut out = Vec::new();
    let mut i = 0;
    while i < c.len() {
        let is_word = |ch: char| ch.is_alphanumeric() || ch == '_';
        match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < c.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                i += 2;
                while i < c.len() && !(at(i) == '*' && at(i + 1) == '/') {
                    i += 1;
                }
                i += 2;
            }
            'r' | 'b' | 'c' if raw_string(&c, i).is_some() => i = raw_string(&c, i).unwrap(),
            '"' => i = string(&c, i),
            // A character, not a lifetime.
            '\'' if at(i + 1) == '\\' => i = (i + 3..c.len()).find(|n| at(*n) == '\'').map_or(c.len(), |n| n + 1),
            '\'' if at(i + 2) == '\'' => i += 3,
            ch if is_word(ch) => {
                let end = (i..c.len()).find(|n| !is_word(at(*n))).unwrap_or(c.len());
                out.push(c[i..end].iter().collect());
                i = end;
            }
            ':' if at(i + 1) == ':' => {
                out.push("::".into());
                i += 2;
            }
            ch => {
                if !ch.is_whitespace() {
                    out.push(ch.to_string());
                }
                i += 1;
            }
        }
    }
    out
}

/// The end of a string that begins here.
fn string(c: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < c.len() && c[i] != '"' {
        i += if c[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// The end of a raw string that begins here, if one does.
fn raw_string(c: &[char], start: usize) -> Option<usize> {
    if start > 0 && (c[start - 1].is_alphanumeric() || c[start - 1] == '_') {
        return None;
    }
    let mut i = start + usize::from(c[start] != 'r');
    if c.get(i) != Some(&'r') {
        return None;
    }
    i += 1;
    let hashes = c[i..].iter().take_while(|ch| **ch == '#').count();
    i += hashes;
    if c.get(i) != Some(&'"') {
        return None;
    }
    let closes = |n: &usize| c[*n] == '"' && c[n + 1..].iter().take(hashes).filter(|ch| **ch == '#').count() == hashes;
    (i + 1..c.len()).find(closes).map(|n| n + 1 + hashes)
}

/// Without the items under `#[cfg(test)]`; the names of test modules with a file of their own.
fn without_tests(all: Vec<String>) -> (Vec<String>, Vec<String>) {
    let (mut out, mut files) = (Vec::new(), Vec::new());
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut i = 0;
    while i < all.len() {
        if !all[i..].iter().map(String::as_str).take(mark.len()).eq(mark) {
            out.push(all[i].clone());
            i += 1;
            continue;
        }
        i += mark.len();
        let start = i;
        let mut depth = 0;
        while i < all.len() {
            match all[i].as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            i += 1;
            if depth == 0 && matches!(all[i - 1].as_str(), "}" | ";") {
                break;
            }
        }
        if let Some(n) = all[start..i].iter().position(|t| t == "mod").filter(|_| all[i - 1] == ";") {
            files.push(all[start + n + 1].clone());
        }
    }
    (out, files)
}

fn sources() -> Vec<Source> {
    let mut todo = vec![root()];
    let (mut found, mut tests) = (Vec::new(), BTreeSet::new());
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(&dir).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let file = path.strip_prefix(root()).unwrap().to_path_buf();
                let mut module: Vec<String> =
                    file.with_extension("").iter().map(|c| c.to_string_lossy().into_owned()).collect();
                if module.last().is_some_and(|m| m == "mod") || module == ["lib"] {
                    module.pop();
                }
                let (tokens, own) = without_tests(tokens(&std::fs::read_to_string(&path).unwrap()));
                tests.extend(own.into_iter().map(|name| [module.as_slice(), &[name]].concat()));
                found.push(Source { file, module, tokens });
            }
        }
    }
    found.retain(|s| !tests.contains(&s.module));
    found.sort_by(|a, b| a.file.cmp(&b.file));
    assert!(found.len() > 100, "the sources are not where they were");
    found
}

/// The paths that a path with groups stands for: `a::{b, c::d}` is `a::b` and `a::c::d`. Gives the end, too.
fn spread(t: &[String], mut i: usize, lead: &[String], out: &mut Vec<Vec<String>>) -> usize {
    let mut path = lead.to_vec();
    loop {
        match t.get(i).map(String::as_str) {
            Some("{") => {
                i += 1;
                while t.get(i).is_some_and(|w| w != "}") {
                    i = if t[i] == "," { i + 1 } else { spread(t, i, &path, out).max(i + 1) };
                }
                return i + 1;
            }
            Some("*") => {
                out.push(path);
                return i + 1;
            }
            Some(word) if word.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                if word != "self" || path.is_empty() {
                    path.push(word.to_string());
                }
                i += 1;
            }
            _ => {
                out.push(path);
                return i;
            }
        }
        match t.get(i).map(String::as_str) {
            Some("::") => i += 1,
            // `use a::b as c`
            Some("as") => {
                out.push(path);
                return i + 2;
            }
            _ => {
                out.push(path);
                return i;
            }
        }
    }
}

/// What a file refers to, as paths from the root of the crate.
fn references(s: &Source) -> BTreeSet<Vec<String>> {
    let t = &s.tokens;
    let declares = |i: usize| t[i] == "mod" && t.get(i + 2).is_some_and(|w| w == ";");
    let children: BTreeSet<&String> = (0..t.len()).filter(|i| declares(*i)).map(|i| &t[i + 1]).collect();
    let mut found = BTreeSet::new();
    let mut i = 0;
    while i < t.len() {
        let starts = t.get(i + 1).is_some_and(|w| w == "::") && (i == 0 || t[i - 1] != "::");
        if !starts || !(matches!(t[i].as_str(), "crate" | "super" | "self") || children.contains(&t[i])) {
            i += 1;
            continue;
        }
        let mut paths = Vec::new();
        spread(t, i, &[], &mut paths);
        i += 1;
        for path in paths {
            let up = path.iter().take_while(|w| *w == "super").count();
            let (base, rest) = match path[0].as_str() {
                "crate" => (&[][..], &path[1..]),
                "super" => (&s.module[..s.module.len() - up], &path[up..]),
                "self" => (&s.module[..], &path[1..]),
                _ => (&s.module[..], &path[..]),
            };
            found.insert([base, rest].concat());
        }
    }
    found
}

/// Names that the root of the crate gives to what lies elsewhere: `pub use sys::begin` and exported macros.
fn at_root(all: &[Source]) -> BTreeMap<String, Vec<String>> {
    let mut names = BTreeMap::new();
    for s in all {
        for (i, w) in s.tokens.iter().enumerate() {
            if w == "macro_rules" {
                names.insert(s.tokens[i + 2].clone(), s.module.clone());
            }
            if s.module.is_empty() && w == "use" && s.tokens[i - 1] == "pub" {
                let mut paths = Vec::new();
                spread(&s.tokens, i + 1, &[], &mut paths);
                names.extend(paths.into_iter().map(|p| (p.last().unwrap().clone(), p)));
            }
        }
    }
    names
}

/// The layer and the unit of a file.
fn unit(file: &Path) -> Option<(usize, &'static str)> {
    let path = file.with_extension("");
    let all = ALL.iter().enumerate().flat_map(|(n, (_, units))| units.iter().map(move |u| (n, *u)));
    all.filter(|(_, u)| path.starts_with(u)).max_by_key(|(_, u)| u.len())
}

type Edges = BTreeMap<(&'static str, &'static str), BTreeSet<String>>;

/// Every import from one unit to another, with the places where it stands.
fn edges() -> (Edges, Vec<String>) {
    let all = sources();
    let files: BTreeMap<&[String], &Path> = all.iter().map(|s| (s.module.as_slice(), s.file.as_path())).collect();
    let aliases = at_root(&all);
    let (mut edges, mut homeless) = (Edges::new(), Vec::new());
    for s in &all {
        let Some((_, from)) = unit(&s.file) else {
            homeless.push(format!("src/{} stands in no layer", s.file.display()));
            continue;
        };
        for path in references(s) {
            let path = match path.first().and_then(|name| aliases.get(name)) {
                Some(real) if !files.contains_key(&path[..1]) => real.clone(),
                _ => path,
            };
            let file = (0..=path.len()).rev().find_map(|n| files.get(&path[..n]));
            if let Some((_, to)) = file.and_then(|f| unit(f)).filter(|(_, to)| *to != from) {
                let place = format!("src/{}: {}", s.file.display(), path.join("::"));
                edges.entry((from, to)).or_default().insert(place);
            }
        }
    }
    (edges, homeless)
}

fn layer(unit: &str) -> usize {
    ALL.iter().position(|(_, units)| units.contains(&unit)).expect("a unit of the table")
}

/// The units that a unit reaches over imports.
fn reached<'a>(edges: &'a Edges, from: &'static str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut todo = vec![from];
    while let Some(unit) = todo.pop() {
        todo.extend(edges.keys().filter(|(a, b)| *a == unit && seen.insert(*b)).map(|(_, b)| *b));
    }
    seen
}

#[test]
fn every_module_knows_only_those_below_it() {
    let (edges, mut wrong) = edges();
    for ((from, to), places) in &edges {
        let up = layer(to) > layer(from);
        let circle = layer(to) == layer(from) && reached(&edges, to).contains(from);
        if up || circle {
            let what = if up { "upward" } else { "circle" };
            wrong.push(format!("{what}: {from} ({}) uses {to} ({})", LAYERS[layer(from)].0, LAYERS[layer(to)].0));
            wrong.extend(places.iter().map(|p| format!("    {p}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A line of the table that no file needs would hide a file that has moved.
#[test]
fn every_file_is_a_module() {
    // The compiler does not see a file that none declares.
    let all = sources();
    let declares = |parent: &[String], name: &str| {
        let of = all.iter().filter(|s| s.module == parent && s.file != Path::new("main.rs"));
        of.flat_map(|s| s.tokens.windows(3)).any(|t| t[0] == "mod" && t[1] == name && t[2] == ";")
    };
    let wrong: Vec<_> = all
        .iter()
        .filter(|s| s.file != Path::new("main.rs"))
        .filter(|s| s.module.split_last().is_some_and(|(name, parent)| !declares(parent, name)))
        .map(|s| s.file.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "declared by no module: {wrong:?}");
}

#[test]
fn every_unit_of_the_table_is_there() {
    for unit in LAYERS.iter().flat_map(|(_, units)| *units) {
        let path = root().join(unit);
        assert!(path.is_dir() || path.with_extension("rs").is_file(), "src/{unit} is not there");
    }
}

/// The reader of sources sees what the compiler sees.
#[test]
fn references_are_found_in_every_form() {
    let text = r##"
        use crate::a::{self, b::C, d::{e, f as g}};
        mod kid;
        // crate::comment::x
        fn f(_: &'static str) { super::up::h("crate::string", r#"crate::raw"#, 'c', b"\"crate::bytes"); kid::run() }
        macro_rules! m { () => { $crate::begin() } }
        #[cfg(test)]
        mod tests { use crate::tested::x; }
        #[cfg(test)]
        mod apart;
        fn after() { crate::last() }
    "##;
    let (tokens, tests) = without_tests(tokens(text));
    assert_eq!(tests, ["apart"]);
    let source = Source { file: "x/y.rs".into(), module: vec!["x".into(), "y".into()], tokens };
    let found: Vec<String> = references(&source).iter().map(|p| p.join("::")).collect();
    assert_eq!(found, ["a", "a::b::C", "a::d::e", "a::d::f", "begin", "last", "x::up::h", "x::y::kid::run"]);
}
