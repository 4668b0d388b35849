//! Realms in a selector: `[SRC/]DST`, or `SRC/` alone.

use crate::diag::Diag;
use crate::grammar::named::Realms;
use crate::grammar::{Offer, Value, Words};
use std::borrow::Cow;

/// The selected realms, with a mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    value: u32,
    mask: u32,
}

const DESTINATION: u32 = 0xffff;

impl Wanted {
    /// Whether RTA_FLOW has these realms.
    pub fn matches(&self, flow: u32) -> bool {
        (self.value ^ flow) & self.mask == 0
    }

    /// Whether the words fix both realms, so that printing them is superfluous.
    pub fn whole(&self) -> bool {
        self.mask == u32::MAX
    }
}

/// Realms to compare with: `SOURCE/` or `[ SOURCE/ ] DESTINATION`.
pub struct WantedRealms;

impl Value for WantedRealms {
    type Out = Wanted;
    fn meta(&self) -> Cow<'static, str> {
        "REALM".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Wanted, Diag> {
        let arg = w.next()?;
        let parse = |word: &[u8]| {
            let words = [word.to_vec()];
            Realms.take(&mut Words::new(&words, 0, w.names)).map_err(|_| arg.wrong("invalid realms\n"))
        };
        if let Some(source) = arg.bytes.strip_suffix(b"/").filter(|source| !source.is_empty()) {
            return Ok(Wanted { value: parse(source)? << 16, mask: !DESTINATION });
        }
        let value = parse(arg.bytes)?;
        let both = arg.bytes.contains(&b'/') || value > DESTINATION;
        Ok(Wanted { value, mask: if both { u32::MAX } else { DESTINATION } })
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        Realms.offer(w)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;
    impl crate::grammar::Names for Nothing {
        fn link(&self, _name: &[u8]) -> Result<Option<u32>, Diag> {
            Ok(None)
        }
        fn number(&self, _table: crate::grammar::words::Table, _name: &[u8]) -> Option<u32> {
            None
        }
    }

    fn parse(word: &str) -> Result<Wanted, Diag> {
        let words = [word.as_bytes().to_vec()];
        WantedRealms.take(&mut Words::new(&words, 0, &Nothing))
    }

    #[test]
    fn which_routes_are_meant() {
        // Word, realms that match, realms that do not, whether printing is superfluous.
        for (word, fits, not, whole) in [
            ("5", &[5, 7 << 16 | 5][..], &[7 << 16, 0][..], false),
            ("0/5", &[5], &[7 << 16 | 5], true),
            ("7/", &[7 << 16, 7 << 16 | 5], &[7, 0], false),
            ("7/8", &[7 << 16 | 8], &[8, 7 << 16], true),
            ("0x70008", &[7 << 16 | 8], &[8, 7 << 16], true),
        ] {
            let wanted = parse(word).unwrap();
            assert!(fits.iter().all(|f| wanted.matches(*f)) && !not.iter().any(|f| wanted.matches(*f)), "{word}");
            assert_eq!(wanted.whole(), whole, "{word}");
        }
        for bad in ["/8", "x", "1/2/3", "-1"] {
            let what = parse(bad).unwrap_err().what()[0].clone();
            assert_eq!(what, format!("Error: argument \"{bad}\" is wrong: invalid realms"));
        }
    }
}
