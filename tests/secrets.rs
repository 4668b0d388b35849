//! Keys: no output of `rip` repeats one, but those of commands that are asked to print it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use support::sandbox::{Sandbox, Tool, quoted};
use support::{machine, skip};

/// The keys that the lines hold; no output may contain their digits, nor their bytes.
const HEX: &str = "0xdeadbeef00112233445566778899aabbcafef00d";
const TEXT: &str = "MarkedKeyOfThisTest1";

/// Lines with a key, right and wrong ones.
const LINES: &[&str] = &[
    "xfrm state add dst 10.0.0.2 proto esp spi 256 aead 'rfc4106(gcm(aes))' KEY 128",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEY auth 'hmac(sha256)' KEY",
    "xfrm state update dst 10.0.0.2 proto ah spi 256 auth-trunc 'hmac(sha256)' KEY 128",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 mode bogus enc 'cbc(aes)' KEY",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEY mode bogus",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEY bogus",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEY enc 'cbc(aes)' KEY",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEY comp deflate",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 auth-trunc 'hmac(sha256)' KEY",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 auth-trunc 'hmac(sha256)' KEY x",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEYx",
    "xfrm state add dst 10.0.0.2 proto esp enc",
    "xfrm state bogus dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEY",
    "xfrm sttae add dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEY",
    "xfrm state add enc 'cbc(aes)' KEY dst 10.0.0.2 dst ::1 proto esp",
    "xfrm state flush proto esp enc 'cbc(aes)' KEY",
    "xfrm state delete dst 10.0.0.2 proto esp spi 256 enc 'cbc(aes)' KEY",
];

/// Lines whose mistake is around the key: only digits can be told from another word there.
const MISPLACED: &[&str] = &[
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc aes cbc KEY",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc KEY 'cbc(aes)'",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enk 'cbc(aes)' KEY",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 auth-trunc 'hmac(sha256)' 128 KEY",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 aead KEY 'rfc4106(gcm(aes))' 128",
    "xfrm state add dst 10.0.0.2 proto esp spi 256 enc KEYKEYKEYKEYKEYKEYKEYKEY x",
];

#[test]
fn no_message_and_no_plan_repeats_a_key() {
    if !machine::namespaces(!machine::root()) {
        return skip::skip("secrets", "namespaces cannot be made here");
    }
    let mut script = String::from("exec 2>&1; mkdir -p /run/rip\nip() { ( exec -a ip rip \"$@\" ); }\n");
    let lines = LINES.iter().flat_map(|l| [l.replace("KEY", HEX), l.replace("KEY", TEXT)]);
    let lines: Vec<String> = lines.chain(MISPLACED.iter().map(|l| l.replace("KEY", HEX))).collect();
    for line in &lines {
        for options in ["", "-hint", "-j", "-hint -j", "-dry-run", "-dry-run -j", "-dry-run -hint"] {
            script.push_str(&format!("echo '='; rip {options} {line}\n"));
        }
        for options in ["-atomic", "-force", "-dry-run", "-dry-run -j", "-j", "-hint"] {
            // A batch takes quotes as the shell does.
            script.push_str(&format!("echo '='; echo {} | rip {options} -batch -\n", quoted(line)));
        }
        script.push_str(&format!("echo '='; rip complete -- rip {line} ''; rip complete -- rip {line}\n"));
        script.push_str("rip batch-recover; cat /run/rip/* 2>/dev/null\n");
    }
    let said = Sandbox { timeout: std::time::Duration::from_secs(300), ..Sandbox::new(Tool::Rip) };
    let said = said.script("secrets", &script).stdout();
    assert!(said.matches("\n=\n").count() + 1 >= lines.len() * 14, "{said}");
    assert!(said.contains("<hidden>") && said.contains("would add IPsec state dst 10.0.0.2 proto esp"), "{said}");
    let digits = &HEX[2..];
    let bytes: String = TEXT.bytes().map(|b| format!("{b:02x}")).collect();
    for secret in [digits, TEXT, bytes.as_str(), "deadbeef", "MarkedKey"] {
        let told: Vec<&str> = said.lines().filter(|l| l.contains(secret)).collect();
        assert!(told.is_empty(), "{secret}: {told:#?}");
    }
}
