//! Recorded streams of messages: against iproute2, and spoilt, through the program and through every printer.

use super::machine;
use super::sandbox::quoted;
use super::watch::{run, run_for};

#[path = "../fuzz/prove.rs"]
mod prove;

/// With -o, iproute2 ends no line about counters.
pub fn recorded() -> Result<usize, String> {
    let dir = machine::tests().join("monitor");
    let mut n = 0;
    for (file, options) in [
        ("recorded", &["", "-o", "-4", "-6", "-s"][..]),
        ("multicast-routes", &["", "-o", "-s", "-s -o", "-d", "-N"]),
        ("small-things", &["", "-4", "-6", "-0", "-s", "-d", "-N"]),
        // Made by hand: devices with virtual functions, and with attributes, which no kernel here has.
        ("functions", &["", "-s", "-d", "-d -s", "-d -h -s", "-d -o -s", "-d -N"]),
        ("odd-links", &["", "-d", "-d -N", "-d -o"]),
    ] {
        let file = dir.join(file);
        for o in options {
            for w in ["", "label", "all-nsid", "dev lo", "label dev lo"] {
                // iproute2 leaves a label behind where it passes over an event.
                let lift = "sed -e 's/^\\(\\[[a-zA-Z ]*\\]\\)*\\(Timestamp\\|exit\\)/\\2/'";
                let clean = "sed -e 's/^\\(\\[[a-zA-Z ]*\\]\\)*\\(\\[[a-zA-Z ]*\\]\\)/\\2/'";
                let both = format!(
                    "for t in reference rip; do $t {o} monitor {w} file {} 2>/run/e; echo exit $?; done | {lift} | {clean} >/run/o
                     n=$(($(wc -l </run/o) / 2)); head -n $n /run/o >/run/1; tail -n $n /run/o >/run/2; diff /run/1 /run/2 && echo $n lines",
                    quoted(&file.display().to_string())
                );
                let out = run(&both).map_err(|e| format!("  ip {o} monitor {w} file {}\n{e}", file.display()))?;
                if out.starts_with("0 ") {
                    return Err(format!("  nothing printed by {o} monitor {w}"));
                }
                n += 1;
            }
        }
    }
    Ok(n)
}

/// Links of all kinds, made up: also those that no kernel at hand has.
pub fn kinds() -> Result<usize, String> {
    let dir = machine::scratch("kinds");
    let file = dir.join("links");
    let links = include_str!("../monitor/kinds.txt");
    std::fs::write(&file, super::forge::links(links)).map_err(|e| e.to_string())?;
    let file = quoted(&file.display().to_string());
    let mut n = 0;
    for o in ["-d", "-d -o", "-d -c", "-d -N", "-d -s"] {
        let both = format!(
            "reference {o} monitor file {file} >/run/1; rip {o} monitor file {file} >/run/2
             diff /run/1 /run/2 && grep -c ' mtu 1500' /run/2"
        );
        let out = run(&both).map_err(|e| format!("  ip {o} monitor file\n{e}"))?;
        let lines = links.lines().filter(|l| !l.starts_with('#')).count();
        if out.trim() != lines.to_string() {
            return Err(format!("  {o}: {} links of {lines}", out.trim()));
        }
        n += lines;
    }
    let _ = std::fs::remove_dir_all(&dir);
    Ok(n)
}

/// Spoilt files: each length is doubted, nothing is endless, nothing panics.
pub fn spoilt() -> Result<usize, String> {
    let dir = machine::scratch("spoilt");
    let mut random = random();
    let mut n = 0;
    for seed in ["recorded", "small-things", "multicast-routes"] {
        let whole = std::fs::read(machine::tests().join("monitor").join(seed)).map_err(|e| e.to_string())?;
        for _ in 0..120 {
            let mut bytes = whole.clone();
            for _ in 0..=random() % 40 {
                let at = random() % bytes.len();
                bytes[at] = [0, 1, 0xff, u8::try_from(random() & 255).unwrap_or(0)][random() % 4];
            }
            bytes.truncate(bytes.len() - random() % 100 * (random() % 2));
            std::fs::write(dir.join(format!("f{n}")), bytes).map_err(|e| e.to_string())?;
            n += 1;
        }
    }
    let kept = machine::tests().join("monitor");
    let script = format!(
        "for f in {0}/f* {1}/* {1}/crashes/*; do [ -f $f ] && for o in -d -j -s; do
           timeout 10 rip $o monitor label file $f >/run/o 2>/run/e; code=$?
           [ $code -le 1 ] || {{ echo $f $o: exit $code; tail -3 /run/e; exit 45; }}
           grep -q panicked /run/e && exit 46
           [ $(wc -c </run/o) -le $((64 * $(wc -c <$f) + 4096)) ] || {{ echo $f $o: $(wc -c </run/o) bytes; exit 47; }}
         done; done",
        dir.display(),
        kept.display()
    );
    let out = run_for(&script, 400);
    if out.is_ok() {
        let _ = std::fs::remove_dir_all(&dir);
    }
    out.map(|_| n * 3)
}

/// The printers in a process of their own: what they say of bad messages is not for the reader of the tests.
pub fn printers() -> Result<usize, String> {
    let out = run_for("$ROLE print-all 2>/run/said || { grep -A5 panicked /run/said; exit 50; }", 300)?;
    out.trim().parse().map_err(|e| format!("  {e}: {out}"))
}

/// Every recorded stream and every input that once was too much, spoilt in many ways, through every printer.
pub fn print_all() -> Result<usize, String> {
    let mut seeds = Vec::new();
    for dir in ["monitor", "monitor/crashes"] {
        for entry in std::fs::read_dir(machine::tests().join(dir)).map_err(|e| e.to_string())? {
            let path = entry.map_err(|e| e.to_string())?.path();
            if path.is_file() {
                seeds.push(std::fs::read(&path).map_err(|e| format!("  {}: {e}", path.display()))?);
            }
        }
    }
    let rounds = if std::env::var_os("RIP_LONG").is_some() { 20_000 } else { 600 };
    let mut random = random();
    let mut n = 0;
    for seed in &seeds {
        prove::prove(seed);
        n += 1;
    }
    for _ in 0..rounds {
        let seed = &seeds[random() % seeds.len()];
        // A window of whole messages, so that all of them have their turn.
        let starts: Vec<usize> = std::iter::successors(Some(0), |at| {
            let len = seed.get(*at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_ne_bytes) as usize;
            (len >= 16 && at + len < seed.len()).then(|| at + len.div_ceil(4) * 4)
        })
        .collect();
        let from = starts[random() % starts.len()];
        let mut bytes = seed[from.min(seed.len())..].to_vec();
        bytes.truncate(2000);
        for _ in 0..random() % 12 {
            if bytes.is_empty() {
                break;
            }
            let at = random() % bytes.len();
            bytes[at] = [0, 1, 0xff, u8::try_from(random() & 255).unwrap_or(0)][random() % 4];
        }
        prove::prove(&bytes);
        n += 1;
    }
    Ok(n)
}

/// The same numbers every time.
fn random() -> impl FnMut() -> usize {
    let mut x = 0x9e37_79b9_7f4a_7c15u64;
    move || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        usize::try_from(x >> 33).unwrap_or(0)
    }
}
