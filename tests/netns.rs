//! What `netns` does beyond iproute2: dead names, idle namespaces, namespaces by process, container and path.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

fn run(name: &str, lines: &str) -> Option<String> {
    if !machine::namespaces(!machine::root()) {
        skip::skip(name, "namespaces cannot be made here");
        return None;
    }
    let ended = Sandbox::new(Tool::Rip).script(name, lines);
    let said = ended.stdout();
    assert_eq!(ended.code, Some(0), "{said}{}", ended.stderr());
    Some(said)
}

/// A name of each sort that leads nowhere, old enough to be no `netns add` at work, beside living ones.
const DEAD: &str = r#"
rip netns add live; rip netns add blue
cd /run/netns; touch plain 'sp ace'; mkdir empty full; touch full/x; mkfifo pipe; ln -s /nowhere dangling; ln -s loop loop
ln -s /proc/self/ns/net process; ln -s live near; ln -s plain far; echo text >/run/text; touch bound; mount --bind /run/text bound
cd /; sleep 2.1
"#;

#[test]
fn dead_names_are_removed_and_living_ones_stay() {
    let lines = format!(
        r#"{DEAD}
exec 2>&1
rip -j netns | tr , '\n' | grep -c '"alive":false'; rip -j -fields name,alive netns | grep -c false
ip -j netns 2>/dev/null | grep -c alive; echo END
rip netns gc check | sort; echo ${{PIPESTATUS[0]}}; ls /run/netns | wc -l; echo END
rip -dry-run netns gc | sort | head -2; ls /run/netns | wc -l; echo END
rip netns gc | sort; echo ${{PIPESTATUS[0]}}; ls /run/netns; cat /run/text; echo END
rip netns gc check; echo $?; rm -r /run/netns/full; rip -j netns gc check; echo $?; rip netns exec live true; echo $?; echo END
for line in 'rip netns gc now' 'ip netns gc' 'rip netns g'; do $line 2>/run/err; echo $?; head -1 /run/err; done
for n in ip rip; do $n netns help 2>&1 | grep -cE ' gc|idle'; done
true"#
    );
    let Some(said) = run("netns-dead", &lines) else { return };
    let parts: Vec<&str> = said.split("END\n").collect();
    assert_eq!(parts[0], "9\n9\n0\n", "{said}");
    let gone = "bound (file)\ndangling (symlink)\nempty (directory)\n";
    let rest = "loop (symlink)\npipe (fifo)\nplain (file)\nsp ace (file)\n";
    assert_eq!(parts[1], format!("{gone}far (symlink)\nfull (directory)\n{rest}1\n13\n"));
    assert_eq!(parts[2], "would delete dead namespace name bound\nwould delete dead namespace name dangling\n13\n");
    let left = "full: the directory is not empty, left alone\n";
    assert_eq!(parts[3], format!("{left}{gone}far (symlink)\n{rest}0\nblue\nfull\nlive\nnear\nprocess\ntext\n"));
    assert_eq!(parts[4], "full (directory)\n1\n[]\n0\n0\n");
    let unknown = |word| format!("255\nCommand \"{word}\" is unknown, try \"ip netns help\".\n");
    let words = "255\nError: argument \"now\" is wrong: \"gc\" takes nothing but \"check\"\n";
    assert_eq!(parts[5], format!("{words}{}{}0\n3\n", unknown("gc"), unknown("g")));
}

#[test]
fn a_name_in_the_making_or_mounted_elsewhere_stays() {
    let lines = r#"
rip netns add keep
unshare -m --propagation private sleep 30 & p=$!
for i in $(seq 500); do [ $(readlink /proc/$p/ns/mnt) != $(readlink /proc/self/ns/mnt) ] && break; sleep 0.01; done
umount -l /run/netns/keep; touch -d '1 hour ago' /run/netns/keep; sleep 2.1
rip netns gc check 2>&1; echo $?; rip netns gc 2>&1; ls /run/netns; kill $p; wait
rip netns gc; ls /run/netns
for i in $(seq 40); do rip netns add n$i & rip netns gc & done; wait; rip netns | grep -c n; rip -j netns | grep -c false
true"#;
    let Some(said) = run("netns-making", lines) else { return };
    let alone = "keep: mounted in another mount namespace, left alone\n";
    assert_eq!(said, format!("{alone}0\n{alone}keep\nkeep (file)\n40\n0\n"));
}

#[test]
fn idle_namespaces_are_told() {
    let lines = r#"
for n in idle busy linked; do rip netns add $n; done; touch /run/netns/plain
rip netns exec busy sleep 30 & p=$!
for i in $(seq 500); do rip netns pids busy | grep -q . && break; sleep 0.01; done
rip link add v0 type veth peer name v1 netns linked; rip -n idle link set lo up
rip netns list idle; rip -j netns list idle; kill $p; wait; rip netns list idle | sort; ip netns list idle | wc -l
true"#;
    let Some(said) = run("netns-idle", lines) else { return };
    assert_eq!(said, "idle\n[{\"name\":\"idle\"}]\nbusy\nidle\n4\n");
}
