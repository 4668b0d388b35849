//! Kinds that have no words of their own: a name is all they need.

use super::Kind;

pub static DUMMY: Kind = Kind::named("dummy");
pub static IFB: Kind = Kind::named("ifb");
