//! The manual: pages made of the tables, and of the texts in man/src that stand around them.
//!
//! Those texts are lines with `*bold*` and `_slanted_` words; `# TITLE` begins a section, `- TERM` and `: WORDS` an entry
//! of a list, `@NAME@` is where a part made of the tables stands; a first block of lines `> LINE` goes to the synopsis.

use rip::internals::cli::help::{left, usage};
use rip::internals::cli::objects::OBJECTS;
use rip::internals::command::{Object, Table};
use rip::internals::grammar::full;
use rip::internals::monitor::schema::{self, EVENTS, FIELDS};
use rip::internals::object::link::kind::{KINDS, Kind};
use rip::internals::object::link::port::PORTS;
use rip::internals::session::options::OPTIONS;
use std::path::{Path, PathBuf};

/// The day of the last change of what the pages say by themselves.
const DAY: &str = "2026-11-28";

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("man")
}

/// Every page: the name of its file, and its text.
pub fn all() -> Vec<(String, String)> {
    let mut pages = vec![
        ("rip.8".to_string(), program()),
        ("rip-kinds.8".to_string(), kinds()),
        ("rip-examples.7".to_string(), examples()),
    ];
    pages.extend(OBJECTS.iter().map(|o| (format!("rip-{}.8", o.name()), object(o))));
    pages
}

/// docs/examples.md as a page.
fn examples() -> String {
    let text = std::fs::read_to_string(folder().join("../docs/examples.md")).expect("docs/examples.md");
    let mut p = Page::of_section(7, "rip-examples", "tasks, and the commands for them");
    p.section("DESCRIPTION");
    p.text("Each example is run by the tests of the program, in a namespace with a device named eth0.");
    let (mut code, mut paragraph) = (false, String::new());
    for line in text.lines().skip_while(|l| !l.starts_with("## ")) {
        let ends = line.starts_with("```") || line.is_empty() || line.starts_with("## ");
        if ends && !code && !paragraph.is_empty() {
            p.paragraph(&markdown(&std::mem::take(&mut paragraph)));
        }
        match line.strip_prefix("## ") {
            Some(title) => p.section(&title.to_uppercase()),
            None if line.starts_with("```") => {
                code = !code;
                let begun = p.out.lines().last().is_some_and(|l| !l.starts_with(".SH"));
                p.out.push_str(if code && begun { ".sp\n" } else { "" });
                p.out.push_str(if code { ".RS 4\n.nf\n" } else { ".fi\n.RE\n" });
            }
            None if code => p.line(&escaped(line).replace('\t', "        ")),
            None if line.is_empty() => {}
            None => paragraph = format!("{paragraph} {line}"),
        }
    }
    if !paragraph.is_empty() {
        p.paragraph(&markdown(&paragraph));
    }
    p.finish()
}

/// A paragraph of Markdown: what stands between back quotes is bold.
fn markdown(text: &str) -> String {
    let parts = escaped(text).replace("\\(ga", "`");
    parts
        .split('`')
        .enumerate()
        .map(|(i, part)| if i % 2 == 1 { format!("\\fB{part}\\fR") } else { part.to_string() })
        .collect()
}

/// A page while it is written.
struct Page {
    name: String,
    out: String,
}

impl Page {
    fn new(name: &str, about: &str) -> Page {
        Page::of_section(8, name, about)
    }

    fn of_section(section: u8, name: &str, about: &str) -> Page {
        let out = format!(
            ".\\\" Made of the tables by: RIP_BLESS=1 cargo test --test manual\n\
             .TH {} {section} {DAY} \"rip {}\" \"Linux networking\"\n.SH NAME\n{} \\- {}\n",
            name.to_uppercase(),
            env!("CARGO_PKG_VERSION"),
            escaped(name),
            escaped(about)
        );
        Page { name: name.to_string(), out }
    }

    fn section(&mut self, title: &str) {
        self.out.push_str(&format!(".SH {}\n", escaped(title)));
    }

    /// Text in lines of a width that editors and linters like; no line begins with a mark of a request.
    fn text(&mut self, text: &str) {
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && line.len() + 1 + word.len() > 76 {
                self.line(&line);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(&line);
    }

    /// Text that stands apart from what is before it.
    fn paragraph(&mut self, text: &str) {
        let first = self.out.lines().last().is_some_and(|l| l.starts_with(".SH"));
        self.out.push_str(if first { "" } else { ".PP\n" });
        self.text(text);
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        if line.starts_with(['.', '\'']) {
            self.out.push_str("\\&");
        }
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// An entry of a list.
    fn item(&mut self, term: &str, text: &str) {
        // The term is one line, however long; a backslash joins what stands on several.
        let from = self.out.len() + 4;
        self.out.push_str(".TP\n");
        self.text(term);
        let lines = self.out.split_off(from);
        self.out.push_str(&lines.trim_end().replace('\n', " \\\n"));
        self.out.push('\n');
        self.text(text);
    }

    fn example(&mut self, line: &str, what: &str) {
        self.out.push_str(&format!(".TP\n.B {}\n", escaped(line).replace('"', "\\(dq")));
        self.text(&escaped(what));
    }

    /// The words of a table.
    fn table(&mut self, table: &dyn Table) {
        for (name, about) in table.verbs() {
            self.item(&format!("\\fB{}\\fR", escaped(full(name))), &escaped(about));
        }
        for e in table.entries() {
            self.item(&usage_text(&left(&e)), &escaped(e.help));
        }
    }

    /// The text of man/src for this page, with the parts that `part` makes; what `@WORDS@` stands for where it does not.
    fn source(&mut self, default: &str, part: &dyn Fn(&mut Page, &str)) {
        let text = std::fs::read_to_string(folder().join("src").join(format!("{}.txt", self.name)));
        let mut text = text.unwrap_or_else(|_| default.to_string());
        if !text.contains('@') {
            text.push_str("\n\n@WORDS@\n");
        }
        self.section("DESCRIPTION");
        let mut begun = true;
        for block in text.split("\n\n").map(str::trim).filter(|b| !b.is_empty() && !b.starts_with("> ")) {
            let mut rest = block;
            if let Some(title) = block.strip_prefix("# ") {
                let (title, after) = title.split_once('\n').unwrap_or((title, ""));
                self.section(title);
                (rest, begun) = (after, true);
            }
            if let Some(name) = rest.strip_prefix('@').and_then(|n| n.strip_suffix('@')) {
                part(self, name);
            } else if rest.starts_with("$ ") {
                self.out.push_str(".PP\n.RS 4\n.EX\n");
                rest.lines().for_each(|l| self.line(&escaped(l.strip_prefix("$ ").unwrap_or(l))));
                self.out.push_str(".EE\n.RE\n");
                begun = false;
            } else if rest.starts_with("- ") {
                for entry in rest.trim_start_matches("- ").split("\n- ") {
                    let (term, text) = entry.split_once("\n: ").unwrap_or((entry, ""));
                    self.item(&marked(term), &marked(text));
                }
            } else if !rest.is_empty() {
                if !begun {
                    self.out.push_str(".PP\n");
                }
                self.text(&marked(rest));
                begun = false;
            }
        }
    }

    fn finish(mut self) -> String {
        self.section("SEE ALSO");
        let mut pages: Vec<String> = all_names().into_iter().filter(|n| *n != self.name).collect();
        pages.push("ip".into());
        let last = pages.len() - 1;
        for (i, name) in pages.iter().enumerate() {
            let section = if name == "rip-examples" { 7 } else { 8 };
            self.out.push_str(&format!(".BR {} ({section}){}\n", escaped(name), if i < last { "," } else { "" }));
        }
        self.out
    }
}

fn all_names() -> Vec<String> {
    let mut names = vec!["rip".to_string(), "rip-examples".to_string()];
    names.extend(OBJECTS.iter().map(|o| format!("rip-{}", o.name())));
    names.push("rip-kinds".into());
    names.sort();
    names
}

/// Text as roff takes it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq")
        .replace('^', "\\(ha")
        .replace('~', "\\(ti")
        .replace('`', "\\(ga")
}

/// `*bold*` and `_slanted_` at the borders of words.
fn marked(text: &str) -> String {
    let mut out = String::new();
    let mut open = None;
    let plain = text.replace('\n', " ");
    let chars: Vec<char> = plain.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| chars.get(i)).copied().unwrap_or(' ');
        let after = chars.get(i + 1).copied().unwrap_or(' ');
        let begins = open.is_none() && !before.is_alphanumeric() && after != ' ';
        let ends = open == Some(*c) && before != ' ' && (!after.is_alphanumeric());
        match c {
            '*' | '_' if ends => {
                open = None;
                out.push_str("\\fR");
            }
            '*' if begins => {
                open = Some('*');
                out.push_str("\\fB");
            }
            '_' if begins => {
                open = Some('_');
                out.push_str("\\fI");
            }
            c => out.push_str(&escaped(&c.to_string())),
        }
    }
    assert!(open.is_none(), "a mark stays open in: {text}");
    out
}

/// A usage line: keywords bold, what stands for a value slanted, brackets as they are.
fn usage_text(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let bare = word.trim_end_matches([',', '.', ']']);
        let mark = |font: &str| format!("\\f{font}{}\\fR{}", escaped(bare), escaped(&word[bare.len()..]));
        let upper = bare.chars().any(|c| c.is_ascii_uppercase()) && !bare.chars().any(|c| c.is_ascii_lowercase());
        match bare {
            "" | "[" | "{" | "}" | "|" => escaped(word),
            _ if upper && !bare.starts_with('-') => mark("I"),
            _ => mark("B"),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn program() -> String {
    let mut p = Page::new("rip", "show and change network devices, addresses, routes and namespaces");
    p.section("SYNOPSIS");
    for (i, line) in
        ["rip [ OPTIONS ] OBJECT [ COMMAND ... ]", "rip [ -force ] -batch FILE", "rip OBJECT [ COMMAND ... ] --help"]
            .into_iter()
            .enumerate()
    {
        if i > 0 {
            p.out.push_str(".br\n");
        }
        p.line(&usage_text(line));
    }
    p.source("", &|p, part| match part {
        "OPTIONS" => {
            p.section("OPTIONS");
            p.text("Options come before the object. Each may be abbreviated, and begin with one dash or two.");
            for o in OPTIONS {
                let names: Vec<String> = o.names.iter().map(|n| format!("-{}", full(n))).collect();
                let term = [names.join(", "), o.meta.to_string()].join(" ");
                p.item(&usage_text(term.trim_end()), &escaped(o.help));
            }
        }
        "OBJECTS" => {
            p.section("OBJECTS");
            for o in OBJECTS {
                let names: Vec<&str> = o.names.iter().map(|n| full(n)).collect();
                let page = format!("{}; see \\fBrip\\-{}\\fR(8)", escaped(o.about), escaped(o.name()));
                p.item(&usage_text(&names.join(", ")), &page);
            }
        }
        "PLAN-LIMITS" | "UNDO-LIMITS" => {
            p.out.push_str(".PP\n");
            p.text(&escaped(if part == "PLAN-LIMITS" {
                rip::internals::plan::LIMITS
            } else {
                rip::internals::undo::LIMITS
            }));
        }
        other => panic!("man/src/rip.txt: no part {other}"),
    });
    p.finish()
}

fn object(o: &'static Object) -> String {
    let mut p = Page::new(&format!("rip-{}", o.name()), o.about);
    p.section("SYNOPSIS");
    let source = std::fs::read_to_string(folder().join("src").join(format!("{}.txt", p.name))).unwrap_or_default();
    let mut lines: Vec<String> = source.lines().map_while(|l| l.strip_prefix("> ")).map(String::from).collect();
    lines.extend(o.verbs.iter().map(|v| usage(format!("rip {} {}", o.name(), v.name()).trim_end(), v.tables)));
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            p.out.push_str(".br\n");
        }
        p.text(&usage_text(line));
    }
    p.source(&format!("*rip {}*: {}.", o.name(), o.about), &|p, part| match part {
        "WORDS" => words(p, o),
        "SCHEMA" => schema(p),
        other => panic!("no part {other}"),
    });
    p.section("EXAMPLES");
    o.verbs.iter().flat_map(|v| v.examples).for_each(|(line, what)| p.example(line, what));
    p.finish()
}

/// The lines of `-j monitor`.
fn schema(p: &mut Page) {
    for f in FIELDS {
        let of = if f.of.is_empty() { String::new() } else { format!(" (events: {})", f.of.join(", ")) };
        p.item(&format!("\\fB{}\\fR, {}", escaped(f.key), escaped(f.kind)), &escaped(&format!("{}{of}", f.about)));
    }
    p.out.push_str(".PP\n");
    p.text(&marked("The values of *event*:"));
    EVENTS.iter().for_each(|(event, about)| p.item(&format!("\\fB{}\\fR", escaped(event)), &escaped(about)));
    p.out.push_str(".PP\n");
    p.text(&marked("The values of *object*:"));
    p.text(&escaped(&schema::objects().join(", ")));
}

/// The commands of an object and the words of their tables, each table once.
fn words(p: &mut Page, o: &'static Object) {
    if o.verbs.iter().any(|v| !v.names.is_empty()) {
        p.section("COMMANDS");
        for v in o.verbs {
            let names: Vec<&str> = v.names.iter().map(|n| full(n)).collect();
            p.item(&usage_text(&names.join(", ")), &escaped(v.about));
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    p.section("WORDS");
    for v in o.verbs {
        for t in v.tables {
            if seen.contains(&t.title()) {
                continue;
            }
            seen.push(t.title());
            let users = o.verbs.iter().filter(|v| v.tables.iter().any(|u| u.title() == t.title()));
            let users: Vec<String> = users.map(|v| format!("\\fB{}\\fR", escaped(v.name()))).collect();
            p.out.push_str(&format!(".SS {}\n", escaped(&format!("\"{}\"", t.title()))));
            if !v.names.is_empty() {
                p.text(&format!("Of {}.", users.join(", ")));
            }
            p.table(*t);
            // The words of a word: what follows `vf NUM`.
            if t.entries().iter().any(|e| e.names.contains(&"vf")) {
                let vf = &rip::internals::object::link::vf::GRAMMAR;
                if seen.contains(&Table::title(vf)) {
                    continue;
                }
                seen.push(Table::title(vf));
                p.out.push_str(".SS \"VF\"\n");
                p.text("After \\fBvf\\fR \\fINUM\\fR, at least one of these.");
                p.table(vf);
            }
        }
    }
}

fn kinds() -> String {
    let mut p = Page::new("rip-kinds", "kinds of network devices and their words");
    p.section("SYNOPSIS");
    p.text(&usage_text("rip [ OPTIONS ] link add [ link DEV ] [ name ] NAME type KIND [ WORD ... ]"));
    p.source("", &|p, _| {
        let all: Vec<&Kind> = KINDS.iter().chain(PORTS).copied().collect();
        p.section("KINDS");
        all.iter().for_each(|k| p.item(&format!("\\fB{}\\fR", escaped(k.name)), &escaped(k.about)));
        p.section("WORDS");
        for k in all.iter().filter(|k| !k.tables.is_empty()) {
            p.out.push_str(&format!(".SS {}\n", escaped(k.name)));
            // Kinds that share a table share its words.
            let same = |other: &&&Kind| other.tables.iter().zip(k.tables).all(|(a, b)| std::ptr::addr_eq(*a, *b));
            match all.iter().take_while(|o| o.name != k.name).find(|o| o.tables.len() == k.tables.len() && same(o)) {
                Some(first) => p.text(&format!("The words of \\fB{}\\fR.", escaped(first.name))),
                None => k.tables.iter().for_each(|t| p.table(*t)),
            }
        }
    });
    p.section("EXAMPLES");
    KINDS.iter().chain(PORTS).flat_map(|k| k.examples).for_each(|(line, what)| p.example(line, what));
    p.finish()
}
