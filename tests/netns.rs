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

/// Processes as Docker, Podman and its monitor have them: control groups by the ids of containers, namespaces without a
/// name. Two ids begin alike.
const CONTAINERS: &str = r#"
exec 2>&1
mkdir /run/cg && mount -t cgroup2 none /run/cg || { echo 'no cgroups'; exit 0; }
own=/run/cg/rip-test-$$-$RANDOM; mkdir $own || { echo 'no cgroups'; exit 0; }
i1=4f1e09ad4f1e09ad0000000000000000000000000000000000000000000000aa; i2=4f1e09ad5555555500000000000000000000000000000000000000000000bbbb
i3=77aa88bb99cc00dd00000000000000000000000000000000000000000000cccc
start() { mkdir -p $own/$1; $2 sh -c "echo 0 >$own/$1/cgroup.procs; exec sleep 60" & wait_for $! $own/$1; }
wait_for() { for i in $(seq 500); do [ "$(cat /proc/$1/comm)" = sleep ] && break; sleep 0.01; done; }
start docker-$i1.scope 'unshare -n'; p1=$!
start docker/$i2 'unshare -n'; start libpod-conmon-$i3.scope; p0=$!; start libpod-$i3.scope/container 'unshare -n'; p3=$!
net() { readlink /proc/$1/ns/net; }
"#;

#[test]
fn namespaces_by_container() {
    let lines = format!(
        r#"{CONTAINERS}
for w in container:${{i1:0:12}} container:$i1 container:77AA88BB pid:$p3 /proc/$p3/ns/net; do rip netns exec $w readlink /proc/self/ns/net; done
net $p1; net $p1; net $p3; net $p3; net $p3; echo END
rip -n container:77aa88bb netns exec container:4f1e09ad4 readlink /proc/self/ns/net; net $p1
rip link add v0 type veth peer name v1 netns container:77aa88bb; rip link set v0 netns container:4f1e09ad4f; rip -n pid:$p3 -br link show v1 | wc -l
rip -n pid:$p1 -br link show v0 | wc -l; rip netns pids container:77aa88bb; echo $p3; rip -n container:77aa88bb wait timeout 5 link dev v1; echo $?
rip topology netns container:77aa88bb | grep -c 'pid:.* (sleep)'; rip complete -- rip netns exec container:77 | cut -f1; echo END
rip netns exec container:4f1e09ad true; echo $?; rip link add w0 type veth peer name w1 netns container:4f1e09ad; echo $?; echo END
rip netns exec container:deadbeef true; echo $?; rip -n container:4f1e link; echo $?; rip -n pid:99999999 link; echo $?
ip -n pid:$p3 link; echo $?; ip link add w0 type veth peer name w1 netns pid:$p3; echo $?
kill $(jobs -p); wait; find $own -depth -type d -exec rmdir {{}} \;"#
    );
    if !machine::root() {
        return skip::skip("netns-container", "needs root, for control groups");
    }
    let Some(said) = run("netns-container", &lines) else { return };
    if said.contains("no cgroups") {
        return skip::skip("netns-container", "no control groups of version 2");
    }
    let said: String = said
        .lines()
        .filter(|l| !l.starts_with("  ") || l.starts_with("  container:"))
        .map(|l| format!("{l}\n"))
        .collect();
    let parts: Vec<Vec<&str>> = said.split("END\n").map(|p| p.lines().collect()).collect();
    assert_eq!(parts[0][..5], parts[0][5..], "{said}");
    let [there, p1, v1, v0, pid, p3, waited, tree, offer] = parts[1][..] else { panic!("{said}") };
    assert_eq!((there, pid, [v1, v0, waited, tree]), (p1, p3, ["1", "1", "0", "1"]), "{said}");
    assert_eq!(offer, "container:77aa88bb99cc");
    assert_eq!(
        parts[2].iter().filter(|l| l.starts_with("  container:4f1e09ad") && l.ends_with("(sleep)")).count(),
        4,
        "{said}"
    );
    assert_eq!(parts[2].iter().filter(|l| **l == "1").count(), 2, "{said}");
    let short =
        "Error: argument \"container:4f1e\" is wrong: expected the first 8 to 64 hexadecimal digits of a container id";
    let ends = [
        "No process belongs to container \"deadbeef\"",
        "1",
        short,
        "255",
        "Cannot open network namespace \"pid:99999999\": No such process",
        "255",
    ];
    assert_eq!(parts[3][..6], ends, "{said}");
    assert!(parts[3][6].starts_with("Cannot open network namespace \"pid:") && parts[3][7] == "255", "{said}");
    assert!(parts[3][8].contains("Invalid \"netns\" value"), "{said}");
}

#[test]
fn a_number_and_a_name_mean_what_they_mean_to_ip() {
    let lines = r#"
exec 2>&1
unshare -n sleep 30 & p=$!; sleep 0.3; net() { readlink /proc/$1/ns/net; }
rip netns add pid:$p; rip netns add $p; rip netns add container:0123456789
for w in pid:$p $p container:0123456789; do rip netns exec $w readlink /proc/self/ns/net; stat -Lc 'net:[%i]' /run/netns/$w; done
rip netns del $p; rip link add v0 type veth peer name v1 netns $p; rip netns exec /proc/$p/ns/net rip -br link show v1 | wc -l
rip netns exec $p true | head -1; mkdir -p /etc/netns/red; echo mine >/etc/netns/red/resolv.conf; rip netns add red
for w in red /run/netns/red /var/run/netns/red; do rip netns exec $w cat /etc/resolv.conf; done
touch /run/plain; rip netns exec /run/plain true | head -1; rip netns exec ./no true | head -1; cd /run/netns; rip netns exec ./red true; echo $?
kill $p; true"#;
    let Some(said) = run("netns-numbers", lines) else { return };
    let said: Vec<&str> = said.lines().filter(|l| !l.starts_with("  ")).collect();
    for pair in said[..6].chunks(2) {
        assert_eq!(pair[0], pair[1], "{said:?}");
    }
    assert_eq!(said[6], "1", "{said:?}");
    assert!(
        said[7].starts_with("Cannot open network namespace \"") && said[7].ends_with("\": No such file or directory")
    );
    let plain = "setting the network namespace \"/run/plain\" failed: Invalid argument";
    let no = "Cannot open network namespace \"./no\": No such file or directory";
    assert_eq!(said[8..], ["mine", "mine", "mine", plain, no, "0"]);
}

#[test]
fn the_user_namespace_that_owns_it_is_entered_first() {
    let lines = r#"
exec 2>&1
user() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
mkdir /run/s; cp -L $(command -v rip) /run/s/rip; chmod 755 /run /run/s; ln -s rip /run/s/ip
user unshare -Urn sleep 60 & for i in $(seq 500); do p=$(grep -l '^sleep$' /proc/[0-9]*/comm | cut -d/ -f3); [ -n "$p" ] && [ "$(readlink /proc/$p/ns/net)" != "$(readlink /proc/self/ns/net)" ] && break; sleep 0.01; done
sleep 0.2; rip netns attach theirs $p
for w in pid:$p theirs; do user /run/s/rip netns exec $w sh -c 'id -u; tr -s " " </proc/self/uid_map'; done
user /run/s/rip -n pid:$p link set lo up; user /run/s/rip -n theirs -br link show lo | grep -o LOOPBACK,UP; user /run/s/ip netns exec theirs true; echo "ip $?"
rip netns exec theirs tr -s ' ' </proc/self/uid_map
chmod u+s /run/s/rip; user /run/s/rip netns exec theirs sh -c 'tr -s " " </proc/self/uid_map; id -u'
setpriv --reuid 65533 --regid 65533 --clear-groups /run/s/rip netns exec pid:$p true; echo "other $?"; kill $p; true"#;
    if !machine::root() || skip::lacking("netns-owner", &["setpriv"]) {
        return skip::skip("netns-owner", "needs root and setpriv");
    }
    let Some(said) = run("netns-owner", lines) else { return };
    let inside = "0\n 0 65534 1\n";
    let ip = "setting the network namespace \"theirs\" failed: Operation not permitted\nip 255\n";
    let first = " 0 0 4294967295\n";
    let said: String = said.lines().filter(|l| !l.starts_with("  ")).map(|l| format!("{l}\n")).collect();
    let begin = format!("{inside}{inside}LOOPBACK,UP\n{ip}{first}{first}65534\nCannot open network namespace \"pid:");
    assert!(said.starts_with(&begin) && said.contains("Permission denied\nother 255\n"), "{said}");
}

#[test]
fn what_each_command_returned() {
    let lines = r#"
for n in a b c; do rip netns add $n; done
try() { "$@" 'n=$(rip netns identify); echo $n; [ $n != b ] || exit 3; [ $n != c ] || kill -9 $$' >/run/out 2>/run/err; echo "$?"; tail -1 /run/err; }
try rip -j -all -jobs 2 netns exec sh -c; try rip -j -fail -all netns exec sh -c; try rip -fail -all -jobs 8 netns exec sh -c; try rip -j -all netns exec sh -c
rip -fail -all netns exec true >/dev/null; echo $?; rip -j -fail -all -jobs 3 netns exec true 2>&1 >/dev/null; ip -fail -all netns exec true 2>&1 | head -1
true"#;
    let Some(said) = run("netns-results", lines) else { return };
    let said: Vec<&str> = said.lines().collect();
    let results = |line: &str| {
        let all: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        let mut all: Vec<String> = all.as_array().unwrap().iter().map(|r| r.to_string()).collect();
        all.sort();
        all
    };
    let ended =
        [r#"{"exit":0,"netns":"a"}"#, r#"{"exit":137,"netns":"c","signal":"SIGKILL"}"#, r#"{"exit":3,"netns":"b"}"#];
    assert_eq!((said[0], said[2], said[4], said[6]), ("0", "1", "1", "0"), "{said:?}");
    assert_eq!(
        (results(said[1]), results(said[3])),
        (ended.map(String::from).to_vec(), ended.map(String::from).to_vec())
    );
    assert!(!said[5].starts_with('[') && !said[7].starts_with('['), "{said:?}");
    assert_eq!((said[8], results(said[9]).len()), ("0", 3));
    assert!(said[10].starts_with("Option \"-fail\" is unknown"), "{said:?}");
}

#[test]
fn many_add_and_delete_at_once() {
    let lines = r#"
other=$(command -v reference || command -v rip)
for round in 1 2 3; do
  umount -l /run/netns 2>/dev/null; rm -rf /run/netns
  for i in $(seq 25); do rip netns add r$i & $other netns add i$i & done; wait
  echo "$(rip netns | wc -l) $(grep -c ' /run/netns ' /proc/self/mountinfo) $(grep -c ' /run/netns/' /proc/self/mountinfo) $(rip -j netns | grep -c alive)"
  for i in $(seq 25); do rip netns del i$i & $other netns del r$i & done; wait; ls /run/netns; grep -c ' /run/netns/' /proc/self/mountinfo
done
# Who loses a race for one name has made nothing.
for i in $(seq 20); do { rip netns add one 2>/dev/null && echo made; } & done >/run/made; wait; wc -l </run/made; rip netns; rip netns exec one true; echo $?
for i in $(seq 20); do { rip netns del one 2>/dev/null && echo gone; } & done >/run/gone; wait; wc -l </run/gone; rip netns; true"#;
    let Some(said) = run("netns-many", lines) else { return };
    assert_eq!(said, format!("{}1\none\n0\n1\n", "50 1 50 0\n0\n".repeat(3)));
}
