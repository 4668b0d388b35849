//! `rip`: Linux's `ip`, rebuilt. Words in, netlink out; the kernel's answers as text or JSON.
//!
//! The layers, each of which knows only those below it:
//! `object` (what a route is) over `cli`, `session`; over `grammar` (words), `net` (the kernel),
//! `show` (the paper); over `diag` (errors).

pub mod accounts;
pub mod cli;
pub mod diag;
pub mod grammar;
pub mod hosts;
pub mod names;
pub mod net;
pub mod object;
pub mod protocols;
pub mod session;
pub mod show;
mod sys;

use cli::head::{self, Action};
use cli::{batch, tree};
use diag::{Diag, REFUSED};
use session::Session;
use show::out::{Out, complain};

pub use sys::{drop_capabilities, restore_sigpipe};

/// The version of iproute2 whose behaviour is reproduced.
pub const REFERENCE: &str = "7.1.0";

/// Runs a command line (argv, program name first) and gives the exit code.
pub fn run(words: &[Vec<u8>]) -> u8 {
    let outcome = start(words);
    match outcome {
        Ok(code) => code,
        Err(d) => {
            complain(&d.render(words));
            d.code()
        }
    }
}

fn start(words: &[Vec<u8>]) -> Result<u8, Diag> {
    let program = words.first().map(|w| w.rsplit(|b| *b == b'/').next().unwrap_or(w)).unwrap_or_default();
    let program = show::escape::shown(program);
    let head = head::parse(words)?;
    match head.action {
        Action::Help => return Err(Diag::usage(tree::usage())),
        Action::Version => {
            let version = env!("CARGO_PKG_VERSION");
            let line = if program == "ip" {
                format!("ip utility, iproute2-{REFERENCE}, rip {version}\n")
            } else {
                format!("rip {version}, compatible with iproute2-{REFERENCE}\n")
            };
            let mut out = Out::stdout();
            out.buf.extend_from_slice(line.as_bytes());
            out.flush();
            return finish(&out, 0);
        }
        Action::Run => {}
    }
    let s = Session::new(head.options, Out::stdout(), program);
    let outcome = match &s.options.netns {
        Some(name) => object::netns::switch(name).map_err(|d| d.with_code(diag::USAGE)),
        None => Ok(()),
    }
    .and_then(|()| match s.options.batch.clone() {
        Some(file) => batch::run(&s, &file, words),
        None => tree::dispatch(&s, words, head.rest),
    });
    let code = match outcome {
        Ok(code) => code,
        Err(d) => {
            s.flush();
            complain(&d.render(words));
            d.code()
        }
    };
    let mut out = s.out.borrow_mut();
    out.flush();
    finish(&out, code)
}

/// A write that failed is a failure, whatever else went well.
fn finish(out: &Out, code: u8) -> Result<u8, Diag> {
    match out.failed() {
        Some(e) => Err(Diag::new(REFUSED, format!("write error: {}", crate::diag::errno_text(e as i32)))),
        None => Ok(code),
    }
}
