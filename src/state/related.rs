//! What a message refers to: the interfaces of any object, and the table of a route or rule.

use super::ObjectType;
use crate::net::Index;
use crate::net::attr::u32_at;
use crate::net::multipath::Hops;
use crate::schema::*;

/// The table of a route.
pub fn route_table(body: &[u8], a: &Index<'_, 72>) -> Option<u32> {
    a.u32(RTA_TABLE).or_else(|| body.get(4).copied().map(u32::from))
}

/// The indexes of all interfaces that a message refers to.
pub fn devices(object: ObjectType, body: &[u8]) -> Vec<u32> {
    let a = object.index(body);
    // struct ifinfomsg, ifaddrmsg and ndmsg have the index at the same offset.
    let own = || u32_at(body, 4).into_iter();
    let list: Vec<u32> = match object {
        ObjectType::Link => own().chain(a.u32(IFLA_MASTER)).chain(a.u32(IFLA_LINK)).collect(),
        ObjectType::Address | ObjectType::Maddress | ObjectType::Acaddress | ObjectType::Neigh => own().collect(),
        ObjectType::Nexthop => a.u32(NHA_OIF).into_iter().collect(),
        ObjectType::Route => {
            let paths = Hops::new(a.get(RTA_MULTIPATH).unwrap_or_default()).map(|hop| hop.dev);
            a.u32(RTA_OIF).into_iter().chain(paths).collect()
        }
        _ => Vec::new(),
    };
    list.into_iter().filter(|index| *index != 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::attr::put;
    use crate::schema::family::INET;

    #[test]
    fn paths_name_their_interfaces() {
        let mut hops = Vec::new();
        for index in [7u32, 9] {
            hops.extend([8, 0, 0, 0]);
            hops.extend(index.to_ne_bytes());
        }
        let mut body = vec![INET, 0, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
        put(&mut body, RTA_MULTIPATH, &hops);
        assert_eq!(devices(ObjectType::Route, &body), [7, 9]);
    }
}
