//! `link`
use crate::diag::Diag;
use crate::grammar::Offer;
use crate::session::Session;
pub fn offers(_s: &Session) -> Vec<Offer> {
    Vec::new()
}
pub fn vrf_table(_s: &Session, _name: &[u8]) -> Result<Option<u32>, Diag> {
    Ok(None)
}
