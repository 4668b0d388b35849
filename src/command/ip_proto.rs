//! The IP protocol, as routes and rules take it.

use crate::diag::Diag;
use crate::grammar::number::unsigned;
use crate::grammar::{Offer, Value, Words};
use crate::nss::protocols;
use std::borrow::Cow;

/// An IP protocol: a name of /etc/protocols, or a number.
pub struct IpProto;

impl Value for IpProto {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "PROTOCOL".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        // `show` prints a protocol without a name as `ipproto-N`.
        let digits = arg.bytes.strip_prefix(b"ipproto-").unwrap_or(arg.bytes);
        arg.str()
            .and_then(protocols::number)
            .or_else(|| u8::try_from(unsigned(digits, 10)?).ok())
            .ok_or_else(|| arg.wrong("Invalid \"ipproto\" value\n"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        protocols::names().map(|(n, v)| Offer::new(n, v.to_string())).collect()
    }
}
