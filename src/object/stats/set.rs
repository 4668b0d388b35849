//! `stats set`: turns hardware statistics on and off.

use super::show::once;
use super::{Device, INVALID, what};
use crate::diag::{Diag, Span};
use crate::grammar::value::{Absent, Switch};
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Row, Target, Words};
use crate::net::{Request, Trail};
use crate::rows;
use crate::schema::*;
use crate::session::Session;

/// The device and its setting.
#[derive(Default)]
pub struct Set {
    dev: Option<(Vec<u8>, usize)>,
    l3_stats: Option<bool>,
    trail: Trail,
}

impl Target for Set {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ROWS: &[Row<Set>] = rows!(Set;
    "dev" => Device, "the device", |c, v| {
        c.trail.note(&[HEAD_INDEX]);
        once(&mut c.dev, v)
    };
    "l3_stats" => Switch("l3_stats", INVALID), "hardware layer 3 statistics, on or off", |c, v, w| {
        if c.l3_stats.replace(v).is_some() {
            let at = Span { from: w.at().saturating_sub(2), to: w.at() };
            return Err(Diag::new(INVALID, "A statistics suite to toggle was already given.").at(at));
        }
        c.trail.note(&[IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS]);
        Ok(())
    };
);

/// The words of `stats set`.
pub static SET: Grammar<Set> = Grammar { title: "STATS", rows: &[ROWS], fallback: Fallback::Unknown(what) };

/// Runs `stats set`.
///
/// # Errors
///
/// A wrong or missing word, a device that does not exist, or a refusal of the kernel: EOPNOTSUPP without hardware
/// support.
pub fn set(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut c = Set::default();
    w.help_word = "help";
    w.help_code = 0;
    SET.parse(&mut c, w)?;
    let end = Span::word(w.at());
    let Some((name, at)) = c.dev else {
        return Err(Diag::usage("Not enough information: \"dev\" argument is required.").at(end));
    };
    let Some(on) = c.l3_stats else {
        return Err(Diag::usage("Not enough information: stat type to toggle is required.").at(end));
    };
    let arg = Arg { bytes: &name, at };
    let index = s.link(&name)?.ok_or_else(|| Absent::CannotFind.say(&arg))?;
    let mut request = Request::raw(RTM_SETSTATS, 0, &[[0; 4], index.to_ne_bytes(), [0; 4]].concat());
    request.put(IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS, &[u8::from(on)]);
    request.trail = c.trail;
    s.change(&request).map(|()| 0)
}
