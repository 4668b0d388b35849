//! A number that may have a name, as it is printed.

use crate::output::Scalar;
use crate::output::escape;
use crate::output::scalar::{decimal, push_short};
use crate::sys::append;

/// A number that may have a name.
pub struct Named<'a> {
    /// The number.
    pub id: u32,
    /// The name, if the table has one.
    pub name: Option<&'a [u8]>,
    /// The name needs no escapes.
    pub is_verbatim: bool,
}

impl Scalar for Named<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        match self.name {
            Some(n) if self.is_verbatim => push_short(out, n),
            Some(n) => escape::text(out, n),
            None => decimal(out, u64::from(self.id)),
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        match self.name {
            Some(n) if self.is_verbatim => {
                append(out, [b'"'], 1);
                push_short(out, n);
                append(out, [b'"'], 1);
            }
            Some(n) => escape::json(out, n),
            None => {
                out.push(b'"');
                decimal(out, u64::from(self.id));
                out.push(b'"');
            }
        }
    }
}
