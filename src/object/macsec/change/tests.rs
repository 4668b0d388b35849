//! Requests as bytes: those of iproute2 7.3, traced with strace in a guest whose kernel has the family.

use super::*;
use crate::grammar::Offer;
use crate::grammar::words::{Names, Table};

/// The device m0 has index 3.
struct One;

impl Names for One {
    fn link(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok((name == b"m0").then_some(3))
    }
    fn number(&self, _: Table, _: &[u8]) -> Option<u32> {
        None
    }
    fn links(&self) -> Vec<Offer> {
        Vec::new()
    }
}

/// The request of a line, behind the header of the family.
fn sent(doing: Doing, line: &str) -> (u8, Vec<u8>) {
    let words: Vec<Vec<u8>> = line.split(' ').map(|w| w.as_bytes().to_vec()).collect();
    let mut w = Words::new(&words, 0, &One);
    let subject = subject(&mut w).expect("a subject");
    let mut settings = Settings { of_association: subject.association.is_some(), ..Settings::default() };
    let grammar = if settings.of_association { &ASSOCIATION } else { &SWITCHES };
    grammar.parse(&mut settings, &mut w).expect("settings");
    let request = request(&Family::default(), &subject, settings, doing);
    (request.body[0], request.body[4..].to_vec())
}

fn list(parts: &[(u16, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    parts.iter().for_each(|(kind, body)| put(&mut out, *kind, body));
    out
}

const KEY: &[u8] = &[0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff];
const ID: &[u8] = &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

#[test]
fn requests_are_those_of_iproute2() {
    let device = (1, &[3u8, 0, 0, 0][..]);
    let channel = list(&[(1, &[0, 0, 0, 0, 0, 0, 0, 0x77])]);
    let with = |nest: &[u8]| list(&[device, (3, nest)]);
    let of_channel = |nest: &[u8]| list(&[device, (2, &channel), (3, nest)]);
    for (doing, line, command, body) in [
        (Doing::Set, "m0 tx sa 0 pn 5", 6, with(&list(&[(1, &[0]), (3, &[5, 0, 0, 0])]))),
        (
            Doing::Add,
            "m0 tx sa 1 xpn 5 ssci 12 salt 00112233445566778899aabb on key 01 00112233445566778899aabbccddeeff",
            4,
            with(&list(&[
                (1, &[1]),
                (3, &[5, 0, 0, 0, 0, 0, 0, 0]),
                (9, &[0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb]),
                (8, &[0, 0, 0, 0x12]),
                (5, ID),
                (4, KEY),
                (2, &[1]),
            ])),
        ),
        // Without an extended number neither salt nor SSCI is sent.
        (Doing::Set, "m0 tx sa 1 ssci 12 salt 00112233445566778899aabb", 6, with(&list(&[(1, &[1])]))),
        (Doing::Delete, "m0 tx sa 1", 5, with(&list(&[(1, &[1])]))),
        (
            Doing::Add,
            "m0 rx sci 77 on",
            1,
            list(&[device, (2, &list(&[(1, &[0, 0, 0, 0, 0, 0, 0, 0x77]), (2, &[1])]))]),
        ),
        (Doing::Add, "m0 rx sci 77", 1, list(&[device, (2, &channel)])),
        (
            Doing::Add,
            "m0 rx port 5 address 02:00:00:00:00:09",
            1,
            list(&[device, (2, &list(&[(1, &[2, 0, 0, 0, 0, 9, 0, 5])]))]),
        ),
        (Doing::Set, "m0 rx sci 77", 3, list(&[device, (2, &channel)])),
        (Doing::Delete, "m0 rx sci 77", 2, list(&[device, (2, &channel)])),
        (
            Doing::Add,
            "m0 rx sci 77 sa 2 pn 1 off key 01 00112233445566778899aabbccddeeff",
            7,
            of_channel(&list(&[(1, &[2]), (3, &[1, 0, 0, 0]), (5, ID), (4, KEY), (2, &[0])])),
        ),
        (Doing::Set, "m0 rx sci 77 sa 2 off", 9, of_channel(&list(&[(1, &[2]), (2, &[0])]))),
        (Doing::Delete, "m0 rx sci 77 sa 2", 8, of_channel(&list(&[(1, &[2])]))),
    ] {
        assert_eq!(sent(doing, line), (command, body), "{line}");
    }
}
