//! What must hold for any stream of messages, in every format.

use rip::internals::monitor;
use rip::internals::output::color::Palette;
use rip::internals::output::out::Out;
use rip::internals::session::Session;
use rip::internals::session::options::Options;

type Change = fn(&mut Options);

const FORMATS: &[(&str, Change)] = &[
    ("", |_| {}),
    ("-d -s -s", |o| {
        o.details = true;
        o.stats = 2;
    }),
    ("-o -N -c -ts", |o| {
        o.oneline = true;
        o.numeric = true;
        o.tshort = true;
        o.palette = Some(Palette::Dark);
    }),
    ("-br", |o| o.brief = true),
    ("-h -s -t -4", |o| {
        o.human = true;
        o.stats = 1;
        o.timestamp = true;
        o.family = 2;
    }),
    ("-j", |o| o.json = true),
    ("-j -d -s -s", |o| {
        o.json = true;
        o.details = true;
        o.stats = 2;
    }),
    ("-j -p -N", |o| {
        o.json = true;
        o.pretty = true;
        o.numeric = true;
    }),
];

/// Panics when it does not hold.
pub fn prove(bytes: &[u8]) {
    for (name, change) in FORMATS {
        let mut options = Options::default();
        change(&mut options);
        let json = options.json;
        let s = Session::new(options, Out::memory());
        let _ = monitor::replay(&s, bytes);
        let out = s.out.into_inner().into_bytes();
        assert!(out.len() <= 96 * bytes.len() + 4096, "{name}: {} bytes of {}", out.len(), bytes.len());
        assert!(std::str::from_utf8(&out).is_ok(), "{name}: not UTF-8");
        if json {
            for value in serde_json::Deserializer::from_slice(&out).into_iter::<serde_json::Value>() {
                assert!(value.is_ok_and(|v| v.is_object()), "{name}: {}", String::from_utf8_lossy(&out));
            }
        } else {
            let bare = |b: &u8| *b == 0x1b && !name.contains("-c") || *b < 0x20 && !b"\n\t\x1b".contains(b);
            assert!(!out.iter().any(bare), "{name}: {}", String::from_utf8_lossy(&out).escape_debug());
        }
    }
}
