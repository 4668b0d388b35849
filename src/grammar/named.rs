//! Numbers that have names in /etc/iproute2: tables, protocols, scopes, groups, realms, DS fields.

use super::number::{signed, unsigned};
use super::words::Table;
use super::{Arg, Offer, Value, Words};
use crate::diag::Diag;
use std::borrow::Cow;

/// A name of one of the name tables, or a number up to a limit. A name that looks like a number wins.
pub struct Number {
    /// The name table.
    pub table: Table,
    /// The largest number.
    pub max: u32,
    /// The placeholder in help.
    pub meta: &'static str,
    /// iproute2's error for anything else.
    pub why: &'static str,
}

impl Number {
    /// The number for a name, or a plain number.
    pub fn find(&self, arg: &Arg<'_>, names: &dyn super::Names) -> Option<u32> {
        if let Some(v) = names.number(self.table, arg.bytes) {
            return Some(v);
        }
        let base = if self.table == Table::Fields { 16 } else { 0 };
        unsigned(arg.bytes, base).and_then(|v| u32::try_from(v).ok()).filter(|v| *v <= self.max)
    }
}

/// Adds the nearest name of the table to the error about an unknown name.
pub fn near_name(d: Diag, arg: &Arg<'_>, names: &dyn super::Names, table: Table) -> Diag {
    let all = names.names(table);
    super::suggest::hint(d, arg.bytes, all.iter().map(|o| o.word.as_str()))
}

impl Value for Number {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        self.meta.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        self.find(&arg, w.names).ok_or_else(|| {
            let d = super::number::bounds(arg.wrong(self.why), arg.bytes, 0, self.max);
            near_name(d, &arg, w.names, self.table)
        })
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.names(self.table)
    }
}

/// A routing table (rt_tables).
pub const TABLE: Number =
    Number { table: Table::Tables, max: u32::MAX, meta: "TABLE_ID", why: "\"table\" value is invalid\n" };
/// A routing protocol (rt_protos).
pub const PROTOCOL: Number =
    Number { table: Table::Protocols, max: 255, meta: "RTPROTO", why: "\"protocol\" value is invalid\n" };
/// A scope (rt_scopes).
pub const SCOPE: Number = Number { table: Table::Scopes, max: 255, meta: "SCOPE", why: "invalid \"scope\" value\n" };
/// A DS field (rt_dsfield).
pub const TOS: Number = Number { table: Table::Fields, max: 255, meta: "TOS", why: "\"tos\" value is invalid\n" };

/// A number of a name table, or `all`. Fields: the number, its placeholder, and the error for anything else.
pub struct NumberOrAll(pub &'static Number, pub &'static str, pub &'static str);

/// A protocol, or `all`.
pub const PROTOCOL_OR_ALL: NumberOrAll = NumberOrAll(&PROTOCOL, "{ PROTO | all }", "invalid \"protocol\"\n");
/// A scope, or `all`.
pub const SCOPE_OR_ALL: NumberOrAll = NumberOrAll(&SCOPE, "{ SCOPE | all }", "invalid \"scope\"\n");

impl Value for NumberOrAll {
    type Out = Option<u32>;
    fn meta(&self) -> Cow<'static, str> {
        self.1.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u32>, Diag> {
        let arg = w.next()?;
        match self.0.find(&arg, w.names) {
            Some(v) => Ok(Some(v)),
            None if arg.is("all") => Ok(None),
            None => Err(arg.wrong(self.2)),
        }
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = self.0.offer(w);
        all.push(Offer::new("all", ""));
        all
    }
}

/// A link group: a name or a non-negative number.
pub struct Group(pub &'static str);

impl Value for Group {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "GROUP".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if let Some(v) = w.names.number(Table::Groups, arg.bytes) {
            return Ok(v);
        }
        signed(arg.bytes)
            .and_then(|v| i32::try_from(v).ok())
            .and_then(|v| u32::try_from(v).ok())
            .ok_or_else(|| near_name(arg.wrong(self.0), &arg, w.names, Table::Groups))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.names(Table::Groups)
    }
}

/// `[SRC/]DST` realms, each a name or a number up to 255: the source in the upper 16 bits, the destination in the
/// lower. An empty destination is 0.
pub struct Realms;

impl Value for Realms {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "REALM".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let wrong = || arg.wrong("\"realm\" value is invalid\n");
        let one = |part: &str| {
            w.names
                .number(Table::Realms, part.as_bytes())
                .or_else(|| unsigned(part.as_bytes(), 0).and_then(|v| u32::try_from(v).ok()).filter(|v| *v <= 255))
        };
        let text = arg.str().ok_or_else(wrong)?;
        match text.split_once('/') {
            Some((src, "")) => one(src).map(|src| src << 16).ok_or_else(wrong),
            Some((src, dst)) => {
                let (src, dst) = (one(src).ok_or_else(wrong)?, one(dst).ok_or_else(wrong)?);
                Ok(src << 16 | dst)
            }
            None if text.is_empty() => Ok(0),
            None => one(text).or_else(|| unsigned(arg.bytes, 0).and_then(|v| u32::try_from(v).ok())).ok_or_else(wrong),
        }
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.names(Table::Realms)
    }
}
