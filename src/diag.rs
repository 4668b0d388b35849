//! Errors as values: iproute2's first line, the words it is about, and the exit code.
//!
//! A `Diag` is returned up to `run` or the batch loop; nothing else prints an error. The renderer puts the command line
//! and carets under the first line.

/// A range of words of the command line, as indexes in argv.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first word.
    pub from: usize,
    /// One past the last word.
    pub to: usize,
}

impl Span {
    /// The span of a single word.
    pub fn word(at: usize) -> Span {
        Span { from: at, to: at + 1 }
    }
}

/// Exit code of a malformed address, a missing device or a failed system call.
pub const FAIL: u8 = 1;
/// Exit code of a request that the kernel refused.
pub const REFUSED: u8 = 2;
/// Exit code of a command line error.
pub const USAGE: u8 = 255;

/// An error, ready to be printed.
#[derive(Debug)]
pub struct Diag(Box<Inner>);

#[derive(Debug)]
struct Inner {
    code: u8,
    /// The lines that iproute2 prints.
    what: Vec<String>,
    /// iproute2 prints an empty line after them (a reason that ends in `\n`).
    gap: bool,
    at: Vec<Span>,
    hints: Vec<String>,
    /// The command line, if it is not that of the process (a batch line).
    line: Option<Vec<Vec<u8>>>,
    /// The kernel's error number.
    errno: Option<i32>,
    refusal: Option<Refusal>,
    lost: Vec<Lost>,
    /// The line ends where a value is expected.
    incomplete: bool,
}

/// A request that the kernel refused, from which `hints` looks for the reason.
#[derive(Debug, Default)]
pub struct Refusal {
    /// Message type, RTM_*.
    pub kind: u16,
    /// NLM_F_* flags of the request.
    pub flags: u16,
    /// Family header and attributes, as sent.
    pub body: Vec<u8>,
    /// The message of the extended ack, or empty.
    pub message: String,
    /// Which words caused which attribute.
    pub trail: Vec<(Vec<u16>, Span)>,
    /// The path of the attribute that the kernel reports as missing (NLMSGERR_ATTR_MISS_TYPE).
    pub missing: Option<Vec<u16>>,
}

/// Something that the line names and that does not exist. Similar names are looked up only when the error is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    Device(Vec<u8>),
    Namespace(Vec<u8>),
    /// A word, by its index in argv, that is not a keyword where it stands.
    Keyword(usize),
}

impl Diag {
    /// An error with an exit code and the text that iproute2 prints.
    pub fn new(code: u8, what: impl Into<String>) -> Diag {
        Diag(Box::new(Inner {
            code,
            what: vec![what.into()],
            gap: false,
            at: Vec::new(),
            hints: Vec::new(),
            line: None,
            errno: None,
            refusal: None,
            lost: Vec::new(),
            incomplete: false,
        }))
    }

    /// An error whose text is already complete, exit 1.
    pub fn fail(what: impl Into<String>) -> Diag {
        Diag::new(FAIL, what)
    }

    /// A wrong command line, exit 255.
    pub fn usage(what: impl Into<String>) -> Diag {
        Diag::new(USAGE, what)
    }

    /// An exit code without text: the error has been reported already.
    pub fn silent(code: u8) -> Diag {
        let mut d = Diag::new(code, "");
        d.0.what.clear();
        d
    }

    /// `Command line is not complete`: the word after the last one is missing.
    pub fn incomplete(at: usize) -> Diag {
        let mut d = Diag::usage("Command line is not complete. Try option \"help\"").at(Span::word(at));
        d.0.incomplete = true;
        d
    }

    /// If a word is missing, names what it would have been.
    pub fn expected(mut self, meta: impl FnOnce() -> std::borrow::Cow<'static, str>) -> Diag {
        if std::mem::take(&mut self.0.incomplete) {
            let meta = meta();
            if !meta.is_empty() {
                return self.hint(format!("expected: {meta}"));
            }
        }
        self
    }

    /// A value that its keyword does not accept. A reason ending in `\n` gets an empty line after it, as from iproute2.
    pub fn wrong(word: &str, reason: &str, at: Span) -> Diag {
        let text = reason.strip_suffix('\n').unwrap_or(reason);
        let mut d = Diag::usage(format!("Error: argument \"{word}\" is wrong: {text}")).at(at);
        d.0.gap = reason.len() > text.len();
        d
    }

    /// A keyword used twice; both uses are marked.
    pub fn duplicate(key: &str, value: &str) -> Diag {
        Diag::usage(format!("Error: duplicate \"{key}\": \"{value}\" is the second value."))
    }

    /// A second bare word where only one is allowed.
    pub fn garbage(key: &str, value: &str, at: Span) -> Diag {
        Diag::usage(format!("Error: either \"{key}\" is duplicate, or \"{value}\" is garbage.")).at(at)
    }

    /// A system error, formatted like perror(3).
    pub fn os(what: impl Into<String>, err: nix::errno::Errno) -> Diag {
        Diag::fail(format!("{}: {}", what.into(), errno_text(err as i32))).with_errno(err as i32)
    }

    /// Adds a span of words that the error is about.
    pub fn at(mut self, span: Span) -> Diag {
        if !self.0.at.contains(&span) {
            self.0.at.push(span);
        }
        self
    }

    /// Points at `span` unless the error already points somewhere.
    pub fn at_first(self, span: Span) -> Diag {
        if self.0.at.is_empty() { self.at(span) } else { self }
    }

    /// Adds a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Diag {
        self.0.hints.push(hint.into());
        self
    }

    /// Replaces all hints by this one, which is certain.
    pub fn only_hint(mut self, hint: impl Into<String>) -> Diag {
        self.0.hints = vec![hint.into()];
        self
    }

    /// Adds a line to the message.
    pub fn line(mut self, text: impl Into<String>) -> Diag {
        self.0.what.push(text.into());
        self
    }

    /// Replaces the message.
    pub fn say(mut self, what: impl Into<String>) -> Diag {
        self.0.what = vec![what.into()];
        self
    }

    /// Replaces the exit code.
    pub fn with_code(mut self, code: u8) -> Diag {
        self.0.code = code;
        self
    }

    /// Adds the kernel's error number.
    pub fn with_errno(mut self, errno: i32) -> Diag {
        self.0.errno = Some(errno);
        self
    }

    /// Adds the request that was refused.
    pub fn with_refusal(mut self, refusal: Refusal) -> Diag {
        self.0.refusal = Some(refusal);
        self
    }

    /// Adds something that the line names and that does not exist.
    pub fn lost(mut self, lost: Lost) -> Diag {
        if !self.0.lost.contains(&lost) {
            self.0.lost.push(lost);
        }
        self
    }

    /// Sets the command line that the error refers to, if it is not that of the process.
    pub fn with_words(mut self, words: &[Vec<u8>]) -> Diag {
        self.0.line.get_or_insert_with(|| words.to_vec());
        self
    }

    /// Rewrites each line of the message.
    pub fn map_lines(mut self, with: impl Fn(String) -> String) -> Diag {
        self.0.what = self.0.what.into_iter().map(with).collect();
        self
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        self.0.code
    }

    /// The error number, if the kernel gave one.
    pub fn errno(&self) -> Option<i32> {
        self.0.errno
    }

    /// The lines that iproute2 prints.
    pub fn what(&self) -> &[String] {
        &self.0.what
    }

    /// The spans of words that the error is about.
    pub fn spans(&self) -> &[Span] {
        &self.0.at
    }

    /// The hints, most important first.
    pub fn hints(&self) -> &[String] {
        &self.0.hints
    }

    /// The request that the kernel refused.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.0.refusal.as_ref()
    }

    /// What the line names and does not exist, as far as known.
    pub fn what_is_lost(&self) -> &[Lost] {
        &self.0.lost
    }

    /// The command line that the error refers to: a batch line, or that of the process.
    pub fn words<'a>(&'a self, process: &'a [Vec<u8>]) -> &'a [Vec<u8>] {
        self.0.line.as_deref().unwrap_or(process)
    }

    /// Everything that iproute2 would print on stderr.
    pub fn lines(&self) -> String {
        let mut out = self.text();
        out.extend(self.0.gap.then_some('\n'));
        out
    }

    /// iproute2's lines.
    pub fn text(&self) -> String {
        self.0.what.iter().flat_map(|line| [line, "\n"]).collect()
    }
}

/// The errno of an I/O error.
pub fn errno_of(e: &std::io::Error) -> nix::errno::Errno {
    nix::errno::Errno::from_raw(e.raw_os_error().unwrap_or(nix::libc::EIO))
}

/// The text of strerror(3) for an errno.
pub fn errno_text(errno: i32) -> String {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    match text.rsplit_once(" (os error ") {
        Some((words, _)) => words.to_string(),
        None => text,
    }
}
