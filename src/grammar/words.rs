//! The cursor over a command line's words, and the trait by which names are looked up.

use super::Offer;
use crate::diag::{Diag, Span};
use crate::output::escape;
use crate::state::ObjectType;

/// Name look-up: the session asks the kernel and the name files, tests use a table.
pub trait Names {
    /// The index of a device by name, altname or `ifN`; `None` if there is no such device.
    ///
    /// # Errors
    ///
    /// The kernel cannot be asked.
    fn link(&self, name: &[u8]) -> Result<Option<u32>, Diag>;
    /// The length of a device's hardware address, in bytes; `None` if there is no such device, or it has none.
    ///
    /// # Errors
    ///
    /// The kernel cannot be asked.
    fn address_len(&self, _name: &[u8]) -> Result<Option<usize>, Diag> {
        Ok(None)
    }
    /// The number of a name in one of the name tables.
    fn number(&self, table: Table, name: &[u8]) -> Option<u32>;
    /// The names of a table, for completion.
    fn names(&self, _table: Table) -> Vec<Offer> {
        Vec::new()
    }
    /// All devices, for completion.
    fn links(&self) -> Vec<Offer> {
        Vec::new()
    }
    /// Existing objects of a type that match the words so far, for completion.
    fn there(&self, _object: ObjectType, _w: &Words<'_>) -> Vec<Offer> {
        Vec::new()
    }
    /// Whether the program was called `ip`, under which name it has no extensions.
    fn is_ip(&self) -> bool {
        false
    }
    /// Keeps a file descriptor that the request refers to open until the command ends.
    fn hold(&self, _fd: std::os::fd::OwnedFd) {}
    /// The routing table of a VRF device; `None` if it is not one.
    ///
    /// # Errors
    ///
    /// The kernel cannot be asked.
    fn vrf(&self, _name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok(None)
    }
}

/// The name tables of /etc/iproute2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// rt_tables.
    Tables,
    /// rt_protos.
    Protocols,
    /// rt_scopes.
    Scopes,
    /// rt_realms.
    Realms,
    /// rt_dsfield.
    Fields,
    /// group.
    Groups,
    /// rt_addrprotos.
    AddressProtocols,
    /// protodown_reasons.
    DownReasons,
}

/// A word and its position.
#[derive(Clone, Copy, Debug)]
pub struct Arg<'a> {
    /// The word.
    pub bytes: &'a [u8],
    /// Its index in argv.
    pub at: usize,
}

impl<'a> Arg<'a> {
    /// The word as text, if it is UTF-8.
    pub fn str(&self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes).ok()
    }

    /// The word, escaped for printing.
    pub fn shown(&self) -> String {
        escape::shown(self.bytes)
    }

    /// Whether it is exactly `word`.
    pub fn is(&self, word: &str) -> bool {
        self.bytes == word.as_bytes()
    }

    /// Its span.
    pub fn span(&self) -> Span {
        Span::word(self.at)
    }

    /// `argument "X" is wrong: reason`, pointing here.
    pub fn wrong(&self, reason: &str) -> Diag {
        Diag::wrong(&self.shown(), reason, self.span())
    }
}

/// The words still to be read.
pub struct Words<'a> {
    list: &'a [Vec<u8>],
    at: usize,
    /// Where to look names up.
    pub names: &'a dyn Names,
    /// The address family known so far (AF_*); 0 while none is.
    pub family: u8,
    /// The usage text that `help` prints here.
    pub help: Box<dyn Fn() -> String>,
    /// The spelling of `help`: some objects accept no abbreviation of it.
    pub help_word: &'static str,
    /// The exit code after `help`.
    pub help_code: u8,
    stop: bool,
    starved: bool,
}

impl<'a> Words<'a> {
    /// A cursor at word `at`; earlier words are the head of the line.
    pub fn new(list: &'a [Vec<u8>], at: usize, names: &'a dyn Names) -> Words<'a> {
        Words {
            list,
            at,
            names,
            family: 0,
            help: Box::new(String::new),
            help_word: "help~",
            help_code: crate::diag::USAGE,
            stop: false,
            starved: false,
        }
    }

    /// The usage text as an error, which is what `ip` answers to `help` and to words that it cannot place.
    pub fn usage_error(&self) -> Diag {
        Diag::usage((self.help)().trim_end())
    }

    /// The position of the next word in the whole line.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The next word, without consuming it.
    pub fn peek(&self) -> Option<Arg<'a>> {
        self.list.get(self.at).map(|b| Arg { bytes: b, at: self.at })
    }

    /// The word after the next one.
    pub fn peek_second(&self) -> Option<Arg<'a>> {
        self.list.get(self.at + 1).map(|b| Arg { bytes: b, at: self.at + 1 })
    }

    /// Skips the next word.
    pub fn skip(&mut self) {
        self.at += 1;
    }

    /// Goes back by one word.
    pub fn back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Ends the current grammar: the words that follow belong to another one.
    pub fn stop(&mut self) {
        self.stop = true;
    }

    /// Whether `stop` was called; clears the mark.
    pub fn stopped(&mut self) -> bool {
        std::mem::take(&mut self.stop)
    }

    /// Whether no word is left.
    pub fn is_empty(&self) -> bool {
        self.at >= self.list.len()
    }

    /// Consumes the next word.
    ///
    /// # Errors
    ///
    /// The line ends.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Arg<'a>, Diag> {
        let Some(arg) = self.peek() else {
            self.starved = true;
            return Err(Diag::incomplete(self.list.len()));
        };
        self.at += 1;
        Ok(arg)
    }

    /// Whether a word was requested past the end of the line.
    pub fn starved(&self) -> bool {
        self.starved
    }

    /// Takes the next word if it is one of these spellings (`~` at the end: may be shortened).
    pub fn take_if(&mut self, names: &[&str]) -> Option<Arg<'a>> {
        let arg = self.peek()?;
        if names.iter().any(|n| super::spells(n, arg.bytes)) {
            self.at += 1;
            return Some(arg);
        }
        None
    }

    /// The remaining words.
    pub fn rest(&self) -> &'a [Vec<u8>] {
        self.list.get(self.at..).unwrap_or_default()
    }

    /// The whole line, for messages.
    pub fn line(&self) -> &'a [Vec<u8>] {
        self.list
    }

    /// The answer to `help` below a verb: the usage on stderr, with iproute2's exit code.
    pub fn usage(&self) -> Diag {
        Diag::new(self.help_code, (self.help)().trim_end())
    }
}
