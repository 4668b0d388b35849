//! Whether the kernel's record of an object has the values of a request: only what the request says counts.

use crate::net::attr::Attrs;
use crate::object::Declared;
use crate::schema::{Attr, Form, Inner, Kinds as _, find};

/// A mask of the attribute number in nla_type, without NLA_F_NESTED and NLA_F_NET_BYTEORDER.
pub const NUMBER: u16 = 0x3fff;

/// The value of an attribute in a list.
pub fn value(list: &[u8], number: u16) -> Option<&[u8]> {
    Attrs(list).find(|(kind, _)| kind & NUMBER == number).map(|(_, v)| v)
}

/// What determines the attributes inside a nest.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The attributes beside it, which name the kind or the encapsulation.
    pub said: &'a [u8],
    /// The values of IFLA_INFO_KIND and IFLA_INFO_SLAVE_KIND in use.
    pub kinds: (u16, u16),
}

/// The attribute table of a nest.
fn inner(inner: Inner, around: Around<'_>) -> Option<&'static [Attr]> {
    let name = |number| value(around.said, number).map(crate::net::attr::until_nul);
    match inner {
        Inner::Attrs(table) => Some(table),
        Inner::Kind => Declared.kind(name(around.kinds.0)?),
        Inner::Port => Declared.port(name(around.kinds.1)?),
        Inner::Encap(number) => Declared.encap(u16::from_ne_bytes(*value(around.said, number)?.first_chunk()?)),
        Inner::Array(_) | Inner::Link => None,
    }
}

/// Flags and the mask of those that are set (struct ifla_vlan_flags, br_boolopt_multi).
fn flags(value: &[u8]) -> Option<(u32, u32)> {
    let (on, mask) = value.split_first_chunk::<4>()?;
    let mask = mask.first_chunk().filter(|_| value.len() == 8)?;
    Some((u32::from_ne_bytes(*on), u32::from_ne_bytes(*mask)))
}

/// Whether the kernel reports the value that a request gives an attribute.
pub fn same_value(row: Option<&Attr>, said: &[u8], told: Option<&[u8]>, around: Around<'_>) -> bool {
    let Some(told) = told else {
        // Many attributes are not reported if their value is zero or all their flags are off.
        let off = |v: &[u8]| flags(v).map_or_else(|| v.iter().all(|b| *b == 0), |(on, _)| on == 0);
        return match row.map(|r| r.form) {
            Some(Form::Flag) => false,
            Some(Form::Bytes) => off(said),
            _ => said.iter().all(|b| *b == 0),
        };
    };
    if said == told {
        return true;
    }
    match row.map(|r| r.form) {
        Some(Form::Text) => crate::net::attr::until_nul(said) == crate::net::attr::until_nul(told),
        Some(Form::Flag) => said.is_empty() && !(told.len() == 1 && told.first() == Some(&0)),
        // A nest: compare each attribute in the request.
        Some(Form::Nest(nest)) => match nest {
            Inner::Array(form) => {
                let row =
                    Attr { number: 0, name: "", form: *form, access: crate::schema::Access::Set, word: "", keys: None };
                let (a, b): (Vec<_>, Vec<_>) = (Attrs(said).collect(), Attrs(told).collect());
                a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| same_value(Some(&row), x.1, Some(y.1), around))
            }
            _ => same_all(inner(nest, around).unwrap_or_default(), said, told),
        },
        Some(Form::Bytes) => match (flags(said), flags(told)) {
            (Some((on, mask)), Some((is, _))) => mask != 0 && (on ^ is) & mask == 0,
            _ => false,
        },
        _ => false,
    }
}

/// Whether every attribute of a list is reported with the requested value.
pub fn same_all(table: &[Attr], said: &[u8], told: &[u8]) -> bool {
    differing(table, said, told).is_empty()
}

/// The attributes of a list that are reported with another value, or not at all. Several with one number (entries of a
/// list) are compared together.
pub fn differing(table: &[Attr], said: &[u8], told: &[u8]) -> Vec<u16> {
    use crate::schema::{IFLA_INFO_KIND, IFLA_INFO_SLAVE_KIND};
    let around = Around { said, kinds: (IFLA_INFO_KIND, IFLA_INFO_SLAVE_KIND) };
    let mut out = Vec::new();
    let mut seen = Vec::new();
    for (kind, v) in Attrs(said) {
        let number = kind & NUMBER;
        if seen.contains(&number) {
            continue;
        }
        seen.push(number);
        let all = |list: &[u8]| -> Vec<Vec<u8>> {
            Attrs(list).filter(|(k, _)| k & NUMBER == number).map(|(_, v)| v.to_vec()).collect()
        };
        let several = all(said);
        let same = match several.len() {
            1 => same_value(find(table, number), v, value(told, number), around),
            _ => several == all(told),
        };
        if !same {
            out.push(number);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::attr::put;
    use crate::object::link::kind::vlan;
    use crate::schema::{IFLA_INFO_DATA, IFLA_INFO_KIND, IFLA_LINKINFO, IFLA_MTU, LINK_ATTRS, NESTED};

    fn list(attrs: &[(u16, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        attrs.iter().for_each(|(kind, v)| put(&mut out, *kind, v));
        out
    }

    fn vlan_link(mtu: u32, id: u16, flags: [u32; 2]) -> Vec<u8> {
        let flags = flags.map(u32::to_ne_bytes).concat();
        let data = list(&[(vlan::IFLA_VLAN_ID, &id.to_ne_bytes()), (vlan::IFLA_VLAN_FLAGS, &flags)]);
        let info = list(&[(IFLA_INFO_KIND, b"vlan"), (IFLA_INFO_DATA | NESTED, &data)]);
        list(&[(IFLA_MTU, &mtu.to_ne_bytes()), (IFLA_LINKINFO | NESTED, &info)])
    }

    #[test]
    fn only_what_is_said_counts() {
        let told = vlan_link(1500, 5, [1, u32::MAX]);
        assert_eq!(differing(LINK_ATTRS, &vlan_link(1500, 5, [1, 1]), &told), [0u16; 0]);
        assert_eq!(differing(LINK_ATTRS, &vlan_link(1400, 5, [0, 2]), &told), [IFLA_MTU]);
        assert_eq!(differing(LINK_ATTRS, &vlan_link(1500, 6, [1, 1]), &told), [IFLA_LINKINFO]);
        assert_eq!(differing(LINK_ATTRS, &vlan_link(1500, 5, [0, 1]), &told), [IFLA_LINKINFO]);
        // The kernel does not report flags that are all off.
        let off = list(&[(vlan::IFLA_VLAN_FLAGS, &[0u32, 1].map(u32::to_ne_bytes).concat())]);
        assert_eq!(differing(vlan::KIND.attrs, &off, &[]), [0u16; 0]);
        assert_eq!(differing(LINK_ATTRS, &list(&[(IFLA_MTU, &1500u32.to_ne_bytes())]), &told), [0u16; 0]);
    }
}
