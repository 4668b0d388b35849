//! The release build aborts on a panic: nothing ever walks its stack. The tables for that, 7 % of the program, which the
//! compiler makes on this target all the same, are left out by the linker. Tests unwind, and keep theirs.

fn main() {
    println!("cargo::rerun-if-changed=.cargo/build.rs");
    println!("cargo::rerun-if-changed=.cargo/no-unwind.ld");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|v| v == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        println!("cargo::rustc-link-arg-bins=-Wl,-T,{root}/.cargo/no-unwind.ld,--no-eh-frame-hdr");
    }
}
