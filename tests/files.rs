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
