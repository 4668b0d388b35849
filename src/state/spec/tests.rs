//! Rows of the table against each other, and the groups against those that `ip` joins.

use super::*;

#[test]
fn a_message_belongs_to_the_type_of_its_row() {
    for object in ObjectType::ALL.iter().copied() {
        let spec = object.spec();
        for number in [spec.new, spec.del, spec.get].into_iter().filter(|n| *n != 0) {
            let body = [spec.families.first().copied().unwrap_or(0)];
            assert_eq!(ObjectType::of(number, &body), Some(object), "{number}");
        }
        let message = message(spec.new).map(|m| m.header.len);
        assert!(message.is_none_or(|len| len == spec.header), "{object:?}");
        // A dump that relies on notifications needs a group to join.
        let told = spec.dumps.iter().any(|d| matches!(d.signal, ChangeSignal::Events | ChangeSignal::Additions));
        assert!(!told || !spec.groups.is_empty(), "{object:?}");
    }
    let names: std::collections::BTreeSet<&str> = ObjectType::ALL.iter().map(|o| o.name()).collect();
    assert_eq!(names.len(), ObjectType::ALL.len());
}

fn groups(of: impl Iterator<Item = ObjectType>, family: u8) -> Vec<u32> {
    let mut list: Vec<u32> = of.flat_map(|s| s.groups(family)).map(|g| g as u32).collect();
    list.sort_unstable();
    list
}

/// What `ip monitor` joins, as strace shows it, and the three groups of 7.1.
#[test]
fn groups_are_those_of_ip() {
    let all = ObjectType::watched;
    assert_eq!(groups(all(), UNSPEC), [1, 3, 5, 6, 7, 8, 9, 10, 11, 18, 19, 24, 25, 27, 28, 29, 32, 36, 37, 38, 39]);
    assert_eq!(groups(all(), INET), [1, 3, 5, 6, 7, 8, 24, 28, 32, 36, 37]);
    assert_eq!(groups(all(), INET6), [1, 3, 9, 10, 11, 18, 19, 25, 28, 32, 36, 38, 39]);
    assert_eq!(groups(all(), MPLS), [1, 3, 27, 28, 29, 32, 36]);
    assert!(groups([ObjectType::Prefix].into_iter(), INET).is_empty());
}
