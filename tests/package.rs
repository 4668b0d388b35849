//! The Debian package: made with dpkg-deb from the list in Cargo.toml that `cargo deb` reads, and installed into a folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::machine;

/// What Cargo.toml says of the package.
fn metadata() -> Value {
    let run = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata");
    let all: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    all["packages"][0].clone()
}

/// Runs a program that must succeed.
#[track_caller]
fn good(program: &str, args: &[&str]) -> String {
    let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
    let run = Command::new(program).args(args).env("PATH", path).output().expect(program);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{program} {args:?}: {said}{}", String::from_utf8_lossy(&run.stdout));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

/// The files that a source of the list stands for: itself, or all that a `*` fits.
fn sources(pattern: &str) -> Vec<PathBuf> {
    if pattern == "target/release/rip" {
        return vec![machine::rip().to_path_buf()];
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(pattern);
    let Some(end) = path.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_prefix('*')) else {
        return vec![path];
    };
    let folder = fs::read_dir(path.parent().unwrap()).expect("a folder of the list");
    let mut found: Vec<PathBuf> = folder.flatten().map(|e| e.path()).collect();
    found.retain(|p| p.to_string_lossy().ends_with(end));
    found
}

/// Puts every file of the list below a folder, manual pages compressed.
fn lay_out(list: &Value, root: &Path) {
    for asset in list.as_array().expect("assets") {
        let part = |i: usize| asset[i].as_str().expect("three words");
        let files = sources(part(0));
        assert!(!files.is_empty(), "{asset} is nothing");
        for file in files {
            let mut to = root.join(part(1));
            if part(1).ends_with('/') {
                to = to.join(file.file_name().unwrap());
            }
            fs::create_dir_all(to.parent().unwrap()).expect("a folder");
            if file.is_symlink() {
                symlink(fs::read_link(&file).unwrap(), &to).expect("a link");
                continue;
            }
            fs::copy(&file, &to).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            let mode = u32::from_str_radix(part(2), 8).expect("a mode");
            fs::set_permissions(&to, fs::Permissions::from_mode(mode)).expect("a mode");
            if part(1).contains("/man/") {
                good("gzip", &["-9n", to.to_str().unwrap()]);
            }
        }
    }
}

/// A text of several lines in a field of the control file: every line is indented, and an empty one is a point.
fn folded(text: &str) -> String {
    text.trim().lines().map(|l| format!(" {}\n", if l.is_empty() { "." } else { l })).collect()
}

/// The version as `cargo deb` writes it: the first revision of the package.
fn revision(package: &Value) -> String {
    format!("{}-1", package["version"].as_str().unwrap())
}

fn control(package: &Value) -> String {
    let deb = &package["metadata"]["deb"];
    let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
    let architecture = good("dpkg", &["--print-architecture"]);
    let mut out = format!(
        "Package: {}\nVersion: {}\nArchitecture: {}\nMaintainer: {}\nSection: {}\nPriority: {}\n",
        text(&package["name"]),
        revision(package),
        architecture.trim(),
        text(&deb["maintainer"]),
        text(&deb["section"]),
        text(&deb["priority"]),
    );
    for (key, value) in [("Depends", &deb["depends"]), ("Suggests", &deb["suggests"])] {
        if !text(value).is_empty() {
            out.push_str(&format!("{key}: {}\n", text(value)));
        }
    }
    let long = text(&deb["extended-description"]);
    out.push_str(&format!("Description: {}\n{}", text(&package["description"]), folded(&long)));
    out
}

/// What `cargo deb` adds to the list: the licence and the changelog.
fn add_documents(package: &Value, root: &Path) {
    let deb = &package["metadata"]["deb"];
    let from = |name: &Value| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name.as_str().unwrap()));
    let licence = from(&deb["license-file"][0]).expect("a licence");
    let (name, owner) = (package["name"].as_str().unwrap(), deb["copyright"].as_str().unwrap());
    let copyright = format!(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: {name}\n\n\
         Files: *\nCopyright: {owner}\nLicense: MIT\n{}",
        folded(&licence)
    );
    let folder = root.join("usr/share/doc/rip");
    fs::write(folder.join("copyright"), copyright).unwrap();
    let changes = from(&deb["changelog"]).expect("a changelog");
    assert!(changes.starts_with(&format!("rip ({}) ", revision(package))), "the changelog is of another version");
    let file = folder.join("changelog.Debian");
    fs::write(&file, changes).unwrap();
    good("gzip", &["-9n", file.to_str().unwrap()]);
}

/// Every file below a folder, by its path from there.
fn below(root: &Path) -> Vec<String> {
    let mut todo = vec![root.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.is_symlink() {
                todo.push(path);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_package_installs_and_goes_again() {
    if support::skip::lacking("package", &["dpkg-deb", "dpkg", "gzip"]) {
        return;
    }
    let package = metadata();
    let work = machine::scratch("package");
    let tree = work.join("tree");
    lay_out(&package["metadata"]["deb"]["assets"], &tree);
    add_documents(&package, &tree);
    let packed = below(&tree);
    fs::create_dir_all(tree.join("DEBIAN")).unwrap();
    fs::write(tree.join("DEBIAN/control"), control(&package)).unwrap();
    let deb = work.join("rip.deb");
    let (tree, deb) = (tree.to_str().unwrap(), deb.to_str().unwrap());
    good("dpkg-deb", &["--root-owner-group", "-Zgzip", "-z1", "--build", tree, deb]);

    if machine::has("lintian") {
        // The program of the tests has its symbols.
        let own = ["--suppress-tags", "unstripped-binary-or-object", "--fail-on", "error,warning"];
        let root: &[&str] = if machine::root() { &["--allow-root"] } else { &[] };
        good("lintian", &[root, &own, &[deb]].concat());
    } else {
        support::skip::skip("package: lintian", "lintian is not installed");
    }

    // Installed as dpkg does it where one may, and unpacked otherwise.
    let root = work.join("root");
    for folder in ["info", "updates", "triggers"] {
        fs::create_dir_all(root.join("var/lib/dpkg").join(folder)).unwrap();
    }
    fs::write(root.join("var/lib/dpkg/status"), "").unwrap();
    let at = root.to_str().unwrap();
    let as_root = machine::root();
    if as_root {
        good("dpkg", &["--root", at, "--log", "/dev/null", "--install", deb]);
        assert!(good("dpkg", &["--root", at, "--status", "rip"]).contains("Status: install ok installed"));
    } else {
        good("dpkg-deb", &["--extract", deb, at]);
    }

    let version = |program: &str| good(root.join(program).to_str().unwrap(), &["-V"]);
    assert!(version("usr/bin/rip").starts_with("rip "), "{}", version("usr/bin/rip"));
    assert!(version("usr/lib/rip/ip").starts_with("ip utility, iproute2-"), "{}", version("usr/lib/rip/ip"));
    for file in [
        "usr/share/bash-completion/completions/rip",
        "usr/share/zsh/vendor-completions/_rip",
        "usr/share/fish/vendor_completions.d/rip.fish",
        "usr/share/doc/rip/README.md",
        "usr/share/doc/rip/docs/differences.md",
    ] {
        assert!(fs::metadata(root.join(file)).is_ok_and(|m| m.len() > 100), "{file}");
    }
    for (page, _) in support::page::all() {
        let file = root.join(format!("usr/share/man/man{}/{page}.gz", &page[page.len() - 1..]));
        let text = good("gzip", &["-dc", file.to_str().unwrap()]);
        assert!(text.contains(".SH NAME"), "{page}");
        if machine::has("man") {
            assert!(good("man", &["-l", file.to_str().unwrap()]).len() > 500, "{page}");
        }
    }
    for file in packed.iter().map(|f| root.join(f)) {
        let mode = fs::symlink_metadata(&file).unwrap().permissions().mode() & 0o777;
        let program = file.ends_with("usr/bin/rip");
        assert!(file.is_symlink() || mode == if program { 0o755 } else { 0o644 }, "{}: {mode:o}", file.display());
    }

    if as_root {
        good("dpkg", &["--root", at, "--log", "/dev/null", "--purge", "rip"]);
        let left: Vec<String> = below(&root).into_iter().filter(|f| f.starts_with("usr/")).collect();
        assert!(left.is_empty(), "left behind: {left:?}");
    }
    fs::remove_dir_all(&work).unwrap();
}

#[test]
fn the_tarball_holds_what_is_installed() {
    if support::skip::lacking("package", &["tar", "gzip", "rustc"]) {
        return;
    }
    let work = machine::scratch("tarball");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/tarball");
    let pack = || good(script.to_str().unwrap(), &[machine::rip().to_str().unwrap(), work.to_str().unwrap()]);
    let file = pack().trim().to_string();
    let first = fs::read(&file).unwrap();
    assert_eq!(pack().trim(), file);
    assert!(fs::read(&file).unwrap() == first, "two tarballs of the same files differ");
    good("tar", &["-xzf", &file, "-C", work.to_str().unwrap()]);
    let root = PathBuf::from(file.strip_suffix(".tar.gz").unwrap());
    assert!(good(root.join("rip").to_str().unwrap(), &["--version"]).starts_with("rip "));
    assert!(good(root.join("ip").to_str().unwrap(), &["-V"]).starts_with("ip utility"));
    for (page, _) in support::page::all() {
        assert!(root.join("man").join(&page).is_file(), "{page}");
    }
    for file in ["completions/rip.bash", "completions/_rip", "completions/rip.fish", "LICENSE", "docs/differences.md"] {
        assert!(root.join(file).is_file(), "{file}");
    }
}

/// The RPM has the files of the Debian package, but for the folders in which a distribution keeps completions.
#[test]
fn the_rpm_has_the_files_of_the_debian_package() {
    let package = metadata();
    let names = |list: &Value, dest: &dyn Fn(&Value) -> String| -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = list
            .as_array()
            .expect("assets")
            .iter()
            .map(|a| (a[0].as_str().or_else(|| a["source"].as_str()).unwrap().to_string(), dest(a)))
            .collect();
        all.sort();
        all
    };
    let zsh = |to: &str| to.replace("vendor-completions", "site-functions").trim_end_matches('/').to_string();
    let deb = names(&package["metadata"]["deb"]["assets"], &|a| format!("/{}", zsh(a[1].as_str().unwrap())));
    let rpm = names(&package["metadata"]["generate-rpm"]["assets"], &|a| zsh(a["dest"].as_str().unwrap()));
    let sources = |list: &[(String, String)]| list.iter().map(|(s, _)| s.clone()).collect::<Vec<_>>();
    // What lintian is to leave out is Debian's alone; the link named ip is made by a script of the RPM, and the licence
    // stands in Debian's copyright file.
    let own = ["tests/package/lintian", "tests/package/ip", "LICENSE"];
    let [deb, rpm] =
        [deb, rpm].map(|list| list.into_iter().filter(|(s, _)| !own.contains(&s.as_str())).collect::<Vec<_>>());
    assert_eq!(sources(&deb), sources(&rpm));
    assert_eq!(deb, rpm);
}

#[test]
fn cargo_makes_the_rpm() {
    if support::skip::lacking("package", &["cargo-generate-rpm"]) {
        return;
    }
    let (package, work) = (metadata(), machine::scratch("rpm"));
    let target = work.join("target");
    let release = target.join("release");
    fs::create_dir_all(&release).unwrap();
    fs::copy(machine::rip(), release.join("rip")).unwrap();
    let rpm = work.join("rip.rpm");
    let run = Command::new(env!("CARGO"))
        .args(["generate-rpm", "--target-dir", target.to_str().unwrap(), "-o", rpm.to_str().unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo generate-rpm");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    if machine::has("rpm") {
        let asks = |what: &str| good("rpm", &["--dbpath", work.to_str().unwrap(), "-qp", what, rpm.to_str().unwrap()]);
        let listed = asks("--list");
        for file in [
            "/usr/bin/rip",
            "/usr/share/man/man8/rip.8",
            "/usr/share/doc/rip/README.md",
            "/usr/share/licenses/rip/LICENSE",
        ] {
            assert!(listed.lines().any(|l| l.trim_end_matches(".gz") == file), "{file} is not in\n{listed}");
        }
        assert!(asks("--scripts").contains("ln -sf ../../bin/rip /usr/lib/rip/ip"), "{}", asks("--scripts"));
        assert!(asks("--info").contains(package["version"].as_str().unwrap()));
    }
    fs::remove_dir_all(&work).unwrap();
}
