//! The manual in man/ is what the tables say, and what man and mandoc can read. `RIP_BLESS=1` writes it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use rip::internals::command::Table;
use std::collections::BTreeSet;
use std::process::Command;
use support::page;

#[test]
fn the_pages_are_what_the_tables_say() {
    let folder = page::folder();
    let pages = page::all();
    if std::env::var_os("RIP_BLESS").is_some() {
        pages.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).expect("a page"));
    }
    let stale: Vec<&str> = pages
        .iter()
        .filter(|(name, text)| std::fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(stale.is_empty(), "run RIP_BLESS=1 cargo test --test manual: {}", stale.join(", "));
    let known: BTreeSet<String> = pages.into_iter().map(|(name, _)| name).collect();
    let there =
        std::fs::read_dir(&folder).expect("man").flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let lost: Vec<String> = there.filter(|n| (n.ends_with(".8") || n.ends_with(".7")) && !known.contains(n)).collect();
    assert!(lost.is_empty(), "pages of nothing: {}", lost.join(", "));
    // A text in man/src that no page takes would be lost as well.
    let texts = std::fs::read_dir(folder.join("src")).expect("man/src").flatten().map(|e| e.file_name());
    let lost: Vec<String> =
        texts.map(|n| n.to_string_lossy().into_owned()).filter(|n| !known.contains(&n.replace(".txt", ".8"))).collect();
    assert!(lost.is_empty(), "texts of no page: {}", lost.join(", "));
}

/// Runs a program on each page; whatever it says is wrong with the page.
fn silent(test: &str, program: &str, args: &[&str]) {
    if support::skip::lacking(test, &[program]) {
        return;
    }
    let folder = support::machine::scratch(test);
    for (name, text) in page::all() {
        let file = folder.join(&name);
        std::fs::write(&file, text).expect("a page");
        let run = Command::new(program).args(args).arg(&file).env("MANWIDTH", "100").env("LC_ALL", "C.UTF-8").output();
        let run = run.expect(program);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        let lint =
            if args.contains(&"lint") { String::from_utf8_lossy(&run.stdout).into_owned() } else { String::new() };
        assert!(run.status.success() && said.is_empty() && lint.is_empty(), "{name}:\n{said}{lint}");
        assert!(args.contains(&"lint") || run.stdout.len() > 500, "{name} is empty");
    }
}

#[test]
fn man_reads_every_page_without_a_warning() {
    silent("man", "man", &["--warnings", "-E", "UTF-8", "-l", "-Tutf8"]);
}

#[test]
fn mandoc_finds_nothing_to_better() {
    silent("mandoc", "mandoc", &["-T", "lint"]);
}

#[test]
fn every_word_is_in_the_manual() {
    let pages = page::all();
    let text = |name: &str| {
        let page = pages.iter().find(|(n, _)| n == name).map(|(_, t)| t.as_str()).unwrap_or_default();
        page.replace("\\-", "-").replace("\\fB", " ").replace("\\fR", " ").replace(",", " ")
    };
    let mut wrong = Vec::new();
    for object in rip::internals::cli::objects::OBJECTS {
        let page = text(&format!("rip-{}.8", object.name()));
        let words: BTreeSet<&str> = page.split_whitespace().collect();
        for verb in object.verbs {
            let rows = verb.tables.iter().flat_map(|t| t.entries()).flat_map(|e| e.names.to_vec());
            for name in
                verb.names.iter().copied().chain(rows).map(rip::internals::grammar::full).filter(|n| !n.is_empty())
            {
                if !words.contains(name) {
                    wrong.push(format!("rip-{}.8 lacks {name}", object.name()));
                }
                // The words behind it are a table of their own.
                let behind =
                    if name == "vf" { Table::entries(&rip::internals::object::link::vf::GRAMMAR) } else { Vec::new() };
                for name in behind.iter().flat_map(|e| e.names).map(|n| rip::internals::grammar::full(n)) {
                    if !words.contains(name) {
                        wrong.push(format!("rip-{}.8 lacks vf {name}", object.name()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
