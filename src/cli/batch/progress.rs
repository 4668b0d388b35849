//! The progress bar of a long batch, on a terminal only, once it has taken a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// A shorter batch shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// Lines between two readings of the clock.
const EVERY: usize = 64;

/// The progress bar, if standard error is a terminal.
pub struct Progress(Option<Watched>);

struct Watched {
    started: Instant,
    /// The total, if known.
    total: Option<u64>,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar for a batch of `total` bytes (or lines), if it would be seen.
    pub fn new(total: Option<u64>) -> Progress {
        let seen = nix::unistd::isatty(crate::sys::standard(2)).unwrap_or(false);
        Progress(seen.then(|| Watched { started: Instant::now(), total, bar: None }))
    }

    /// A bar that is never shown.
    pub fn hidden() -> Progress {
        Progress(None)
    }

    /// Reports the lines and bytes read so far.
    pub fn at(&mut self, lines: usize, done: u64) {
        let Some(w) = &mut self.0 else { return };
        if !lines.is_multiple_of(EVERY) {
            return;
        }
        if w.bar.is_none() && w.started.elapsed() >= PATIENCE {
            w.bar = Some(bar(w.total));
        }
        if let Some(bar) = &w.bar {
            bar.set_message(format!("{lines} lines"));
            bar.set_position(done);
        }
    }

    /// Whether a bar is on the line where the next output would go.
    pub fn is_shown(&self) -> bool {
        self.0.as_ref().is_some_and(|w| w.bar.is_some())
    }

    /// Removes the bar before other output.
    pub fn hide(&mut self) {
        if let Some(bar) = self.0.as_mut().and_then(|w| w.bar.take()) {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.hide();
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, form) = match total {
        Some(n) => (ProgressBar::new(n), "{bar:40} {percent:>3}% {msg} {elapsed}"),
        None => (ProgressBar::new_spinner(), "{spinner} {msg} {elapsed}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar
}
