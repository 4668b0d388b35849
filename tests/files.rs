//! Files that the program reads (batches, saved dumps, journals, name tables): the samples and what once went wrong, cut
//! and damaged in every place, must do no harm. `fuzz/run TARGET` looks for more; its crashes belong in `files/TARGET`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "fuzz/files.rs"]
mod files;

use std::path::Path;

/// Longer samples are damaged in fewer places.
const PLACES: usize = 700;

#[test]
fn damaged_files_do_no_harm() {
    let mut seen = 0;
    for (name, target) in files::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
        let mut samples: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
        samples.sort();
        assert!(!samples.is_empty(), "{name}");
        for sample in samples {
            let whole = std::fs::read(&sample).unwrap();
            target(&whole);
            let step = whole.len().div_ceil(PLACES).max(1);
            for at in (0..whole.len()).step_by(step) {
                target(&whole[..at]);
                for flip in [0xff, 0x01, 0x80] {
                    let mut damaged = whole.clone();
                    damaged[at] ^= flip;
                    target(&damaged);
                }
                seen += 4;
            }
        }
    }
    assert!(seen > 1000, "{seen}");
}

/// Damage in many places at once; `RIP_ROUNDS=100000` looks for longer.
#[test]
fn randomly_damaged_files_do_no_harm() {
    let rounds = std::env::var("RIP_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut dice = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % n.max(1) as u64).unwrap()
    };
    for (name, target) in files::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
        let samples: Vec<Vec<u8>> =
            std::fs::read_dir(&folder).unwrap().map(|e| std::fs::read(e.unwrap().path()).unwrap()).collect();
        for round in 0..rounds {
            let mut bytes = samples[round % samples.len()].clone();
            for _ in 0..=dice(8) {
                let (at, len) = (dice(bytes.len()), dice(40));
                let end = (at + len).min(bytes.len());
                match dice(4) {
                    0 if at < bytes.len() => bytes[at] = u8::try_from(dice(256)).unwrap(),
                    1 => drop(bytes.drain(at..end)),
                    2 => {
                        let piece = bytes[at..end].to_vec();
                        let to = dice(bytes.len());
                        bytes.splice(to..to, piece);
                    }
                    _ => bytes.insert(at, [0, 1, 0xff, b'\n', b'\\', b'"', 0x1b, 0x9b][dice(8)]),
                }
            }
            target(&bytes);
        }
    }
}
