//! Words to bytes and bytes to words. The bytes were recorded from iproute2's requests (its padding cleared),
//! the texts from its output for these bytes. Nothing here reaches a kernel.

use super::*;
use crate::grammar::words::Table as NameTable;
use crate::grammar::{full, spells};
use crate::output::Format;
use crate::output::out::Out;
use crate::session::options::Options;

/// A world with one device and one table name.
struct World;

impl crate::grammar::Names for World {
    fn link(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        Ok((name == b"d0").then_some(3))
    }
    fn number(&self, table: NameTable, name: &[u8]) -> Option<u32> {
        (table == NameTable::Tables && name == b"main").then_some(254)
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let hex: String = hex.split_whitespace().collect();
    hex.as_bytes().chunks(2).map(|c| u8::from_str_radix(std::str::from_utf8(c).unwrap(), 16).unwrap()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn parse(line: &str) -> Result<Encap, Diag> {
    // What follows on the line is not the encapsulation's, but must be there.
    let list: Vec<Vec<u8>> = format!("{line} end .").split(' ').map(|w| w.as_bytes().to_vec()).collect();
    let mut w = Words::new(&list, 0, &World);
    let e = Encapsulation.take(&mut w)?;
    let rest: Vec<_> = w.rest().iter().map(|b| String::from_utf8_lossy(b).into_owned()).collect();
    assert_eq!(rest, ["end", "."], "{line}");
    Ok(e)
}

fn describe_as(format: Format, kind: u16, hex: &str) -> String {
    let s = Session::new(Options::default(), Out::memory());
    s.remember(3, b"d0");
    let mut out = Out::memory();
    let mut p = Printer::new(&mut out, format);
    p.object(None);
    super::describe(&s, &mut p, kind, &bytes(hex));
    p.close();
    String::from_utf8(out.into_bytes()).unwrap()
}

/// Line, type, bytes.
const LINES: &[(&str, u16, &str)] = &[
    ("mpls 100", 1, "0800010000064100"),
    ("mpls 100/200 ttl 64", 1, "0c000100 00064000 000c8100 05000200 40000000"),
    (
        "ip id 5 dst 1.2.3.4 src 4.3.2.1 tos 10 ttl 33 key csum seq",
        2,
        "0c0001000000000000000005 0800020001020304 0800030004030201 0500050010000000 0500040021000000 06000600000d0000",
    ),
    ("ip dst any", 2, "04000200"),
    ("ip dst default", 2, "0800020000000000"),
    ("ip seq", 2, "0600060000080000"),
    (
        "ip dst 1.2.3.4 geneve_opts 0x108:0x80:11223344,1:2:aabbccdd key",
        2,
        "0800020001020304 3c000880 1c000180060001000108000005000200800000000800030011223344 \
         1c0001800600010000010000050002000200000008000300aabbccdd 0600060000040000",
    ),
    ("ip geneve_opts 1::11223344", 2, "18000880 14000180 0600010000010000 0800030011223344"),
    ("ip vxlan_opts 0x101", 2, "10000880 0c000280 0800010001010000"),
    (
        "ip erspan_opts 1:0x123:2:3",
        2,
        "28000880 24000380 0500010001000000 0800020000000123 0500030002000000 0500040003000000",
    ),
    ("ip erspan_opts 2::1:47", 2, "20000880 1c000380 0500010002000000 0500030001000000 050004002f000000"),
    (
        "ip6 id 5 dst ::2 src ::1 tc 10 hoplimit 33 csum",
        4,
        "0c0001000000000000000005 1400020000000000000000000000000000000002 1400030000000000000000000000000000000001 \
         0500050010000000 0500040021000000 0600060000010000",
    ),
    ("ila 1:ffff:aBc:4", 3, "0c0001000001ffff0abc0004"),
    ("ila 1:2:3", 3, "0c0001000001000200030000"),
    (
        "ila 1:2:3:4 csum-mode neutral-map-auto ident-type use-format hook-type input",
        3,
        "0c0001000001000200030004 0500070003000000 0500080020000000 0500090001000000",
    ),
    ("bpf headroom 14 headroom 15", 6, "080004000e000000"),
    (
        "seg6 mode encap segs fc00::1,fc00::2",
        5,
        "3000010001000000 0004040101000000 fc000000000000000000000000000002 fc000000000000000000000000000001",
    ),
    (
        "seg6 mode inline segs fc00::1",
        5,
        "3000010000000000 0004040101000000 00000000000000000000000000000000 fc000000000000000000000000000001",
    ),
    (
        "seg6 mode encap hmac 1 segs fc00::1",
        5,
        "4800010001000000 0007040000080000 fc000000000000000000000000000001 0526000000000001 \
         0000000000000000000000000000000000000000000000000000000000000000",
    ),
    ("seg6 mode l2encap.red", 5, "20000100 04000000 0002040000000000 00000000000000000000000000000000"),
    (
        "seg6 mode encap tunsrc 2001:db8::8 segs fc00::1",
        5,
        "20000100 01000000 0002040000000000 fc000000000000000000000000000001 1400020020010db8000000000000000000000008",
    ),
    (
        "seg6local action End.X nh6 fe80::1 count",
        7,
        "0800010002000000 14000500fe800000000000000000000000000001 28000a80 0c0002000000000000000000 \
         0c0003000000000000000000 0c0004000000000000000000",
    ),
    ("seg6local vrftable main action End.DT6", 7, "08000900fe000000 0800010007000000"),
    ("seg6local action End.DX2 oif d0", 7, "0800010004000000 0800070003000000"),
    ("seg6local action End.DX4 nh4 1.2.3.4", 7, "0800010006000000 0800040001020304"),
    (
        "seg6local srh segs ::1 action End.B6.Encaps table 5",
        7,
        "080001000a000000 0800030005000000 1c000200 0002040000000000 00000000000000000000000000000001",
    ),
    (
        "seg6local action End.B6 srh segs ::1 hmac 0x10",
        7,
        "0800010009000000 54000200 0009040101080000 00000000000000000000000000000000 \
         00000000000000000000000000000001 0526000000000010 \
         0000000000000000000000000000000000000000000000000000000000000000",
    ),
    (
        "seg6local action End flavors psp,next-csid lblen 48 nflen 16",
        7,
        "0800010001000000 1c000b80 0800010012000000 0500020030000000 0500030010000000",
    ),
    (
        "rpl segs fc00::1,fc00::2",
        8,
        "2c000100 0004030200000000 fc000000000000000000000000000002 fc000000000000000000000000000001",
    ),
    (
        "ioam6 freq 1/3 mode encap tundst fc00::1 trace prealloc type 0x800000 ns 1 size 12",
        9,
        "0800040001000000 0800050003000000 0500010002000000 14000200fc000000000000000000000000000001 \
         0c0003000001000380000000",
    ),
    (
        "ioam6 trace prealloc type 0x400001 size 244 ns 1",
        9,
        "0800040001000000 0800050001000000 0500010001000000 0c0003000001003d40000100",
    ),
    ("xfrm if_id 5 link_dev d0", 10, "0800010005000000 0800020003000000"),
];

#[test]
fn words_become_the_references_bytes() {
    for (line, kind, expected) in LINES {
        let e = parse(line).unwrap_or_else(|d| panic!("{line}: {:?}", d.what()));
        assert_eq!((e.kind, hex(&e.bytes)), (*kind, hex(&bytes(expected))), "{line}");
    }
}

#[test]
fn every_attribute_knows_its_words() {
    for (line, _, _) in LINES {
        let e = parse(line).unwrap();
        let mut d = crate::object::route::words::RouteBuilder::default();
        let kinds: Vec<u16> = crate::net::attr::Attrs(&e.bytes).map(|(kind, _)| kind).collect();
        d.encap(e);
        d.set_span(Span { from: 90, to: 99 });
        for kind in kinds {
            assert!(d.trail.words(&[RTA_ENCAP, kind]).is_some(), "{line}: {kind}");
        }
    }
    let e = parse("seg6local action End.X table 5 nh6 fe80::1").unwrap();
    assert_eq!(e.trail.words(&[3]), Some(Span { from: 3, to: 5 }));
    let e = parse("mpls 100/200 ttl 5").unwrap();
    assert_eq!((e.trail.words(&[1]), e.trail.words(&[2])), (Some(Span::word(1)), Some(Span { from: 2, to: 4 })));
}

#[test]
fn refusals() {
    for (line, code, expected) in [
        ("foo 1", 255, "Error: argument \"foo\" is wrong: \"encap type\" value is invalid"),
        ("mpls x", 1, "Error: mpls address is expected rather than \"x\"."),
        ("mpls 100 ttl 1 ttl 2", 255, "Error: either \"ttl\" is duplicate, or \"2\" is garbage."),
        ("mpls 100 ttl 256", 255, "Error: argument \"256\" is wrong: \"ttl\" value is invalid"),
        ("ip key key", 255, "Error: either \"key\" is duplicate, or \"key\" is garbage."),
        ("ip dst ::1", 1, "Error: inet address is expected rather than \"::1\"."),
        ("ip6 tc 100", 255, "Error: argument \"100\" is wrong: \"tc\" value is invalid"),
        ("ip id 0x10000000000000000", 255, "Error: argument \"0x10000000000000000\" is wrong: \"id\" value is invalid"),
        ("ip geneve_opts 1:256:11223344", 255, "Error: argument \"1\" is wrong: \"geneve_opts\" value is invalid"),
        ("ip geneve_opts 1:2:112233z4", 255, "Error: argument \"1\" is wrong: \"geneve_opts\" value is invalid"),
        ("ip geneve_opts 1:2:11223344:4", 255, "Unknown \"geneve_opts\" type"),
        ("ip vxlan_opts 1:2", 255, "Error: argument \"1:2\" is wrong: \"vxlan_opts\" value is invalid"),
        ("ip vxlan_opts 1 erspan_opts 1", 255, "Error: either \"opts\" is duplicate, or \"erspan_opts\" is garbage."),
        ("ila 1:2:3:4:5", 1, "Bad locator: 1:2:3:4:5"),
        ("ila 10000", 1, "Bad locator: 10000"),
        ("ila -1", 1, "Bad locator: -1"),
        ("bpf in foo", 255, "What mode is \"foo\"?"),
        ("bpf headroom 0", 255, "Error: argument \"0\" is wrong: headroom is invalid"),
        (
            "bpf in pinned /nowhere/at/all",
            255,
            "Couldn't retrieve pinned program '/nowhere/at/all': No such file or directory",
        ),
        ("seg6 segs ::1", 255, "Error: argument \"::1\" is wrong: \"segs\" provided before \"mode\""),
        ("seg6 mode encap segs ::1,x", 1, "Error: inet6 address is expected rather than \"x\"."),
        ("seg6 mode encap segs ::1,", 1, "Error: inet6 address is expected rather than \"\"."),
        ("seg6local table 5", 255, "Missing action type"),
        ("seg6local srh segs x", 255, "Missing action type"),
        ("seg6local action End.B6 srh segs x nh4 y", 1, "Error: inet address is expected rather than \"y\"."),
        ("seg6local action End.B6 srh segs ::1,x", 1, "Error: inet6 address is expected rather than \"x\"."),
        ("seg6 mode encap segs x tunsrc y", 1, "Error: inet6 address is expected rather than \"y\"."),
        ("rpl segs x segs y", 255, "Error: either \"segs\" is duplicate, or \"y\" is garbage."),
        ("seg6local action end", 255, "Error: argument \"end\" is wrong: \"action\" value is invalid"),
        ("seg6local action End iif nope", 255, "Cannot find device \"nope\""),
        (
            "seg6local action End flavors psp,psp",
            255,
            "Error: argument \"psp,psp\" is wrong: invalid \"flavors\" attribute",
        ),
        (
            "seg6local action End.B6 srh foo",
            255,
            "Error: argument \"foo\" is wrong: missing \"segs\" attribute for srh",
        ),
        ("ioam6 freq 1/2/3", 255, "Error: argument \"1/2/3\" is wrong: Invalid frequency (malformed)"),
        ("ioam6 freq 3/1", 255, "Error: argument \"3/1\" is wrong: Frequency with k > n is forbidden"),
        ("ioam6 freq 1/1000001", 255, "Error: argument \"1/1000001\" is wrong: Out of bound \"n\" frequency"),
        ("ioam6 mode encap trace prealloc type 1 ns 1 size 4", 255, "Error: argument \"tundst\" is required"),
        ("ioam6 tundst ::1", 255, "Error: argument \"tundst\" is wrong: Inline mode does not need tundst"),
        (
            "ioam6 trace prealloc type 0x1000000 ns 1 size 4",
            255,
            "Error: argument \"0x1000000\" is wrong: Invalid trace type",
        ),
        (
            "ioam6 trace prealloc type 1 ns 1 size 3",
            255,
            "Error: argument \"3\" is wrong: Trace size must be a 4-octet multiple",
        ),
        ("ioam6 trace prealloc type 1 ns 1 size 248", 255, "Error: argument \"248\" is wrong: Trace size is too big"),
        ("ioam6 trace prealloc type 1 size 4", 255, "Error: argument \"ns\" is required"),
        ("xfrm link_dev d0", 255, "Usage: ip route ... encap xfrm if_id IF_ID [ link_dev LINK ]"),
    ] {
        let d = parse(line).err().unwrap_or_else(|| panic!("{line} is taken"));
        assert_eq!((d.code(), d.what()[0].as_str()), (code, expected), "{line}");
    }
    let many = vec!["::1"; 128].join(",");
    for line in [format!("seg6 mode encap segs {many}"), format!("rpl segs {many}")] {
        assert_eq!(parse(&line).err().map(|d| d.code()), Some(255), "{line}");
    }
}

/// Type, bytes, text, JSON.
const SHOWN: &[(u16, &str, &str, &str)] = &[
    (
        1,
        "0c000100 00064000 000c8100 05000200 40000000",
        "mpls  100/200 ttl 64 ",
        r#"{"encap_type":"mpls","dst":"100/200","ttl":64}"#,
    ),
    (
        2,
        "0c0001000000000000000005 0800020001020304 0800030004030201 0500050010000000 0500040021000000 06000600000d0000",
        "ip id 5 src 4.3.2.1 dst 1.2.3.4 ttl 33 tos 16 key csum seq ",
        r#"{"encap_type":"ip","id":5,"src":"4.3.2.1","dst":"1.2.3.4","ttl":33,"tos":16,"key":true,"csum":true,"seq":true}"#,
    ),
    (
        2,
        "38000880 34000180 0600010001080000 0500020080000000 0800030011223344 \
         0600010000010000 0500020002000000 08000300aabbccdd",
        "ip \n\tgeneve_opts 264:128:11223344,1:2:aabbccdd ",
        r#"{"encap_type":"ip","geneve_opts":[{"class":264,"type":128,"data":"11223344"},{"class":1,"type":2,"data":"aabbccdd"}]}"#,
    ),
    (
        2,
        "10000880 0c000280 0800010001010000",
        "ip \n\tvxlan_opts 257 ",
        r#"{"encap_type":"ip","vxlan_opts":[{"gbp":257}]}"#,
    ),
    (
        4,
        "20000880 1c000380 0500010002000000 0500030001000000 050004002f000000",
        "ip6 \n\terspan_opts 2:0:1:47 ",
        r#"{"encap_type":"ip6","erspan_opts":[{"ver":2,"index":0,"dir":1,"hwid":47}]}"#,
    ),
    (
        3,
        "0c0001000001000200030004 0500070000000000 0500080007000000 0500090001000000",
        "ila  1:2:3:4  csum-mode adj-transport  ident-type unknown  hook-type input ",
        r#"{"encap_type":"ila","locator":"1:2:3:4","csum_mode":"adj-transport","ident_type":"unknown","hook_type":"input"}"#,
    ),
    (
        6,
        "0c00010008000200 70726f00 0800020004000100 080004000e000000",
        "bpf in pro out  14 ",
        r#"{"encap_type":"bpf","in":"pro","out":"<unknown>","headroom":14}"#,
    ),
    (
        5,
        "4800010001000000 0007040000080000 fc000000000000000000000000000001 052600000000abcd \
         0000000000000000000000000000000000000000000000000000000000000000",
        "seg6 mode encap segs 1 [ fc00::1 ] hmac ABCD ",
        r#"{"encap_type":"seg6","mode":"encap","segs":["fc00::1"],"hmac":"0xabcd"}"#,
    ),
    (
        7,
        "0800010009000000 2c000200 0004040101000000 00000000000000000000000000000000 fc000000000000000000000000000001 \
         0800030005000000 0800060003000000 0c000b80 080001000e000000",
        "seg6local action End.B6 segs 2 [ fc00::1 :: ] table 5 iif d0 flavors psp,usp,usd ",
        r#"{"encap_type":"seg6local","action":"End.B6","srh":{"segs":["fc00::1","::"]},"table":"5","iif":"d0","flavors":["psp","usp","usd"]}"#,
    ),
    (
        8,
        "2c000100 0004030200000000 fc000000000000000000000000000002 fc000000000000000000000000000001",
        "rpl segs 2 [ fc00::1 fc00::2 ] ",
        r#"{"encap_type":"rpl","segs":["fc00::1","fc00::2"]}"#,
    ),
    (
        9,
        "0800040001000000 0800050003000000 0500010002000000 14000200fc000000000000000000000000000001 \
         0c0003000001000300080000",
        "ioam6 freq 1/3 mode encap tundst fc00::1 trace prealloc type 0x000800 ns 1 size 12 ",
        r#"{"encap_type":"ioam6","freqk":1,"freqn":3,"mode":"encap","tundst":"fc00::1","trace":null,"prealloc":null,"type":"800","ns":1,"size":12}"#,
    ),
    (
        10,
        "0800010005000000 0800020003000000",
        "xfrm if_id 5 link_dev d0 ",
        r#"{"encap_type":"xfrm","if_id":5,"link_dev":"d0"}"#,
    ),
    (11, "0800010005000000", "unknown ", r#"{"encap_type":"unknown"}"#),
];

#[test]
fn bytes_become_the_references_text() {
    for (kind, hex, text, json) in SHOWN {
        assert_eq!(describe_as(Format::default(), *kind, hex), format!(" encap {text}"));
        let format = Format { json: true, ..Format::default() };
        assert_eq!(describe_as(format, *kind, hex), format!("{{\"encap\":{json}}}"));
    }
}

#[test]
fn cut_short_or_spoilt_nothing_breaks() {
    for (kind, hex, _, _) in SHOWN {
        let whole = bytes(hex);
        for cut in 0..whole.len() {
            for format in [Format::default(), Format { json: true, ..Format::default() }] {
                let text = describe_as(format, *kind, &super::tests::hex(&whole[..cut]));
                assert!(!format.json || serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
                let mut spoilt = whole.clone();
                spoilt[cut] = 0xff;
                let text = describe_as(format, *kind, &super::tests::hex(&spoilt));
                assert!(text.len() < 4096, "{text}");
            }
        }
    }
}

#[test]
fn nests_are_marked_in_routes_and_in_hops() {
    let encap = "0c001600 0800010000064100 0600150001000000";
    let marked = "0c001680 0800010000064100 0600150001000000";
    let hop = |encap: &str| format!("1c000000 03000000 {encap}");
    let whole = |encap: &str| format!("080001000a000000 {encap} 3c000900 {} {}", hop(encap), hop(encap));
    let mut body = bytes(&whole(encap));
    crate::net::multipath::mark_encaps(&mut body);
    assert_eq!(hex(&body), hex(&bytes(&whole(marked))));
    for cut in 0..body.len() {
        crate::net::multipath::mark_encaps(&mut body.clone()[..cut]);
    }
    // A hop or an attribute of length 0 ends the walk.
    crate::net::multipath::mark_encaps(&mut bytes("0c000900 0000000000000000"));
    crate::net::multipath::mark_encaps(&mut bytes("0000160000000000"));
}

#[test]
fn every_keyword_means_its_own_row() {
    for t in TYPES {
        let rows = t.table.entries();
        for (i, row) in rows.iter().enumerate() {
            for name in row.names.iter().map(|n| full(n)) {
                let first = rows.iter().position(|r| r.names.iter().any(|n| spells(n, name.as_bytes())));
                assert_eq!(first, Some(i), "{} {name}", t.name());
            }
            assert!(!row.help.is_empty() && row.help.len() <= 70, "{} {:?}", t.name(), row.names);
        }
        assert!(usage().contains(t.name()));
    }
}
