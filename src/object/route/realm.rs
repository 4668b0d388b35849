//! Realms in a selector: `[SRC/]DST`, or `SRC/` alone.

use crate::diag::Diag;
use crate::grammar::named::Realms;
use crate::grammar::{Offer, Value, Words};
use std::borrow::Cow;

/// The realms asked for, and which of their bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    value: u32,
    mask: u32,
}

const DESTINATION: u32 = 0xffff;

impl Wanted {
    pub fn keeps(&self, flow: u32) -> bool {
        (self.value ^ flow) & self.mask == 0
    }

    /// Nothing is left to be said of a route's realms.
    pub fn whole(&self) -> bool {
        self.mask == u32::MAX
    }
}

pub struct WantedRealms;

impl Value for WantedRealms {
    type Out = Wanted;
    fn meta(&self) -> Cow<'static, str> {
        "REALM".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Wanted, Diag> {
        let arg = w.next()?;
        let read = |word: &[u8]| {
            let words = [word.to_vec()];
            Realms.take(&mut Words::new(&words, 0, w.names)).map_err(|_| arg.wrong("invalid realms"))
        };
        if let Some(source) = arg.bytes.strip_suffix(b"/") {
            return Ok(Wanted { value: read(source)? << 16, mask: !DESTINATION });
        }
        let value = read(arg.bytes)?;
        let both = arg.bytes.contains(&b'/') || value > DESTINATION;
        Ok(Wanted { value, mask: if both { u32::MAX } else { DESTINATION } })
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        Realms.offer(w)
    }
}
