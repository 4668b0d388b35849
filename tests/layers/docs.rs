//! What is written for those who change the program: documentation of public items, and ARCHITECTURE.md.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The source files with their text, by their path from the root.
fn sources() -> Vec<(PathBuf, String)> {
    let mut todo = vec![root().join("src")];
    let mut out = Vec::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(std::fs::read_dir(&path).unwrap().flatten().map(|e| e.path()));
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push((path.strip_prefix(root()).unwrap().to_path_buf(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    out
}

fn none_of(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Every public item says what it is: rustc's `missing_docs` looks only at what leaves the crate.
#[test]
fn public_items_are_documented() {
    let item = |line: &str| {
        let rest = line.trim_start().strip_prefix("pub ")?;
        let word = rest.split([' ', '(', '<', ':']).next()?;
        let field = rest.strip_prefix(word).is_some_and(|r| r.starts_with(": "));
        (field || ["const", "static", "struct", "enum", "trait", "type", "fn", "unsafe"].contains(&word)).then_some(())
    };
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
        let lines: Vec<&str> = code.lines().collect();
        for (n, line) in lines.iter().enumerate().filter(|(_, l)| item(l).is_some()) {
            let above = lines[..n].iter().rev().find(|l| !l.trim_start().starts_with("#[") || l.contains("#[doc"));
            if !above.is_some_and(|l| l.trim_start().starts_with("///") || l.contains("#[doc")) {
                wrong.push(format!("{}:{}: {}", path.display(), n + 1, line.trim()));
            }
        }
    }
    none_of(wrong);
}

/// The type that a function returns: what follows the last `->` outside of its parameters.
fn returned(signature: &str) -> &str {
    let (mut depth, mut last) = (0_i32, "");
    for (at, c) in signature.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '>' if depth == 0 && signature[..at].ends_with('-') && last.is_empty() => last = &signature[at + 1..],
            _ => {}
        }
    }
    last.trim()
}

/// Every public function that returns `Result` says when it fails, in a section `# Errors` of its documentation or of its
/// module's.
#[test]
fn public_functions_say_when_they_fail() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
        if code.contains("//! # Errors") {
            continue;
        }
        let lines: Vec<&str> = code.lines().collect();
        for (n, line) in lines.iter().enumerate() {
            let public = line.trim_start().starts_with("pub ") || line.trim_start().starts_with("pub(");
            if !public || !line.contains("fn ") {
                continue;
            }
            let signature: String = lines[n..].join(" ").split(['{', ';']).next().unwrap().to_string();
            let mut above = lines[..n].iter().rev().take_while(|l| l.trim_start().starts_with(['/', '#']));
            if returned(&signature).starts_with("Result<") && !above.any(|l| l.trim() == "/// # Errors") {
                wrong.push(format!("{}:{}: {}", path.display(), n + 1, line.trim()));
            }
        }
    }
    none_of(wrong);
}

/// ARCHITECTURE.md names nothing that does not exist: paths, tests, functions and types.
#[test]
fn the_architecture_page_names_what_exists() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let all: Vec<(PathBuf, String)> = sources();
    let code: String = all.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join("\n");
    let names: BTreeSet<&str> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let mut wrong = Vec::new();
    for quoted in page.split('`').skip(1).step_by(2) {
        let is_path = quoted.contains('/') && !quoted.contains([' ', '*', '$']) && !quoted.contains("NAME");
        if is_path {
            let exists = [quoted.to_string(), format!("src/{quoted}")].iter().any(|p| root().join(p).exists());
            let ends = all.iter().any(|(p, _)| p.ends_with(quoted));
            if !exists && !ends {
                wrong.push(format!("no file {quoted}"));
            }
        } else if let Some(name) = quoted.split("::").last().filter(|_| quoted.contains("::")) {
            let name = name.split(['(', '!']).next().unwrap_or_default();
            if !names.contains(name) {
                wrong.push(format!("no {quoted}"));
            }
        }
    }
    // The table of layers has every unit of tests/layers.rs.
    let layers = include_str!("../layers.rs");
    let table = layers.split("const LAYERS").nth(1).unwrap().split("];").next().unwrap();
    for unit in table.split('"').skip(1).step_by(2).filter(|u| !u.starts_with("object")) {
        let rows = page.lines().filter(|l| l.starts_with('|'));
        if !rows.into_iter().any(|l| l.starts_with(&format!("| {unit} |")) || l.contains(&format!("`src/{unit}"))) {
            wrong.push(format!("the table of layers has no {unit}"));
        }
    }
    none_of(wrong);
}
