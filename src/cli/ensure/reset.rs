//! What `apply` adds to the lines of its file: resets of link settings that the file omits.

use super::capture::capture;
use super::run::{Failed, Job, failed};
use crate::command::snapshot::Line;
use crate::state::{ObjectType, Store};
use crate::want::reset;

impl Job<'_> {
    /// The lines that `apply` adds to those of its file: link settings that the file omits get their defaults.
    ///
    /// # Errors
    ///
    /// A wrong line.
    pub fn resets(&self) -> Result<Vec<Line>, Failed> {
        let mut out = Vec::new();
        for place in self.places()?.iter().filter(|p| !p.unborn) {
            let which = self.pick(place, |e| matches!(e.object(), "link" | "token" | "tuntap"));
            if which.is_empty() {
                continue;
            }
            Self::within(place, || {
                let s = self.quiet();
                let captured = capture(&s, &self.lines, &which, true).map_err(|(i, d)| (Some(i), d))?;
                let kernel = s.kernel().map_err(|d| (None, d))?;
                let store = Store::load(kernel, [ObjectType::Link]).map_err(|e| (None, failed(e.line())))?;
                let lines = reset::lines(&s, &store, &captured.wanted);
                for mut line in lines {
                    let options = place.name.iter().flat_map(|name| [b"-n".to_vec(), name.clone()]);
                    line.words.splice(..0, options);
                    out.push(line);
                }
                Ok(())
            })??;
        }
        Ok(out)
    }
}
