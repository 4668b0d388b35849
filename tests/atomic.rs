//! Batches that are undone: whatever they did, however they ended, everything is as it was before them.
//!
//! `RIP_SEEDS=N` runs N random batches that fail and N that are killed; `RIP_SEED=N` says with which to begin.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::process::ExitCode;
use support::machine;
use support::random::Dice;
use support::rollback::{guarded, holds};
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};
use support::world::{self, LOOK, MADE};

fn from_env(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(otherwise)
}

/// A batch of random lines, the last of which cannot succeed.
fn batch(dice: &mut Dice, lines: usize) -> String {
    let mut text: String = (0..lines).map(|n| world::line(dice, n) + "\n").collect();
    // Refused by the kernel, after everything else.
    text.push_str("rule del pref 31999\n");
    text
}

/// Runs a script in the network, between two looks; they must have seen the same.
fn unchanged(name: &str, batch: &str, run: &str) -> Outcome {
    let script = format!(
        "{MADE}{LOOK}\nsleep 1.2\nlook /run/before\nprintf '%s' {} >/run/batch\n{run}\nlooks /run/after\n\
         for f in before after.0 after.1 after.2; do cat /run/$f; printf '\\0'; done\n\
         ls /run/rip 2>/dev/null; printf '\\0'; cat /run/said",
        quoted(batch)
    );
    let ended = Sandbox::new(Tool::Rip).script(name, &script);
    let out = ended.stdout();
    let parts: Vec<&str> = out.split('\0').collect();
    let [before, first, second, last, journals, said] = parts[..] else {
        return Outcome::Failed(format!("  exit {:?}\n{}{}", ended.code, ended.stdout(), ended.stderr()));
    };
    let differences = [first, second, last].map(|after| world::difference(before, after));
    let settled = differences.iter().any(String::is_empty);
    if settled && journals.trim().is_empty() && !said.contains("ot undone") && world::things(before).len() > 60 {
        return Outcome::Passed(1);
    }
    Outcome::Failed(format!("{batch}{said}{journals}\n{}", differences[2]))
}

fn fails(seed: u64) -> Outcome {
    let mut dice = Dice::new(seed);
    let lines = 1 + dice.below(12);
    let batch = batch(&mut dice, lines);
    unchanged("atomic-fails", &batch, "rip -atomic -batch /run/batch >/run/said 2>&1 && echo it went well >>/run/said")
}

/// Killed while it sends its request number N: before, between, or in the middle of undoing.
fn killed(seed: u64) -> Outcome {
    let mut dice = Dice::new(seed ^ 0xdead);
    let lines = 1 + dice.below(12);
    let batch = batch(&mut dice, lines);
    let (first, second) = (30 + dice.below(60), 12 + dice.below(60));
    let kill = |n: usize| format!("strace -f -o /dev/null -e trace=sendto -e inject=sendto:signal=KILL:when={n}");
    // The first recovery is killed as well.
    let run = format!(
        "{} rip -atomic -batch /run/batch >/run/said 2>&1\n{} rip batch-recover >>/run/said 2>&1\n\
         rip batch-recover >>/run/said 2>&1 || echo not undone >>/run/said",
        kill(first),
        kill(second)
    );
    unchanged("atomic-killed", &batch, &run)
}

/// Refused before anything is done, with the line named.
const REFUSED: &str = r#"
look /run/before
rip netns add there
refused() {
  printf "link set e0 alias gone\n$1\n" >/run/batch
  code=0; rip -atomic -batch /run/batch >/run/said 2>&1 || code=$?
  cat /run/said
  [ $code = 1 ]
  grep -q '^Command failed /run/batch:2' /run/said
  grep -q '^No changes were made' /run/said
  [ "$(rip -j link show e0 | grep -c 'an alias')" = 1 ]
}
refused 'netns del there'
refused 'netns exec there true'
refused 'link set e1 netns there'
refused 'tuntap del t0 mode tun'
refused 'netns set there 5'
refused 'link set e0 xdp off'
refused 'monitor'
refused 'tcp_metrics delete 10.0.0.2'
refused 'link set e0 state dormant'
refused 'link set e0 inet forwarding on'
refused 'nexthop add via 10.0.0.9 dev e0'
refused 'mptcp endpoint add 10.0.0.9'
refused 'mptcp limits set subflows 3'
refused 'ioam namespace add 5'
refused 'ioam schema add 5 x'
refused 'sr tunsrc set ::1'
refused 'xfrm state flush'
refused 'xfrm policy flush'
refused 'xfrm policy setdefault in block'
rip xfrm policy add src 10.7.0.0/16 dst 10.8.0.0/16 dir fwd priority 9 mark 3 mask 7 if_id 9 limit byte-soft 5 tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 3 mode tunnel
rip xfrm policy add src 10.9.0.0/16 dir out action block; rip xfrm policy | sort >/run/policies
for lines in 'add src 10.6.0.0/16 dir in|delete src 10.9.0.0/16 dir out' 'update src 10.9.0.0/16 dir out priority 5|update src 10.9.0.0/16 dir out priority 7' 'add src 10.6.0.0/16 dir in ptype main|deleteall'; do
  (IFS='|'; for l in $lines; do echo "xfrm policy $l"; done; echo 'addr add 10.0.0.8/24 dev nosuch') >/run/lines
  code=0; rip -atomic -batch /run/lines 2>/run/said || code=$?; [ $code = 1 ]; grep -q 'as it was' /run/said
  rip xfrm policy | sort | cmp - /run/policies
done
rip xfrm policy flush
refused 'xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp'
refused 'addr add 10.0.0.300/24 dev e0'
refused 'addr add 10.0.0.30/24 dev nosuch frobnicate'
refused 'link frobnicate e0'
rip tuntap add t0 mode tun
refused 'link del t0'
rip link add far type veth peer name near netns there
refused 'link del far'
code=0; rip -atomic addr add 10.0.0.9/24 dev e0 2>/run/said || code=$?; [ $code = 255 ]
code=0; rip -atomic -force -batch /dev/null 2>/run/said || code=$?; [ $code = 255 ]
[ -z "$(ls /run/rip 2>/dev/null)" ]
"#;

/// Many links that go together; one in a group of that number does not.
const MANY: &str = r#"
rip link add keep type veth peer name kept
rip link set keep group 1919512576
list() { rip link | sed 's/^[0-9]*: //' | sort; rip mrule; rip addrlabel | sort; }
list >/run/before
for n in $(seq 40); do
  echo "link add a$n type veth peer name b$n"
  echo "link add c$n link keep type macvlan"
  echo "link add d$n type bridge"
  echo "link set a$n master d$n up"
done >/run/batch
printf 'mrule add iif keep lookup 9 pref 9\nmrule del pref 32767\nmrule flush\naddrlabel add prefix 2001:db8::/32 label 7 dev keep\naddrlabel del prefix 2002::/16 label 2\naddrlabel flush\n' >>/run/batch
echo 'rule del pref 31999' >>/run/batch
code=0; rip -atomic -batch /run/batch >/run/said 2>&1 || code=$?
cat /run/said; [ $code = 1 ]
grep -q '^Command failed /run/batch:167' /run/said
grep -q '^Rolled back: everything is as it was' /run/said
list >/run/after
diff /run/before /run/after
"#;

/// A device whose name the kernel chooses goes again, and it alone, whatever else the batch speaks of.
const UNNAMED: &str = r#"
rip link add keep type veth peer name kept
seconds() { cut -d. -f1 /proc/uptime; }
# Lifetimes run: their ends stay, somewhere between the two readings of the clock.
list() {
  from=$(seconds); rip addr >$1.addresses; to=$(seconds)
  { rip link | sort; sed 's/_lft [0-9]*sec/_lft N/g' $1.addresses; } >$1
  grep -o '_lft [0-9]*sec' $1.addresses | tr -dc '0-9\n' | while read left; do echo $((from + left)) $((to + left + 1)); done >$1.ends
}
list /run/before
[ $(wc -l </run/before.ends) -ge 2 ]
for lines in 'link add type ifb' 'link add type veth' 'tuntap add mode tun' 'link set keep alias x\nlink add type ifb\nlink add new0 type ifb'; do
  printf "$lines\nrule del pref 31999\n" >/run/batch
  code=0; rip -atomic -batch /run/batch >/run/said 2>&1 || code=$?
  cat /run/said; [ $code = 1 ]
  grep -q '^Rolled back: everything is as it was' /run/said
  list /run/after
  diff /run/before /run/after
  paste -d' ' /run/before.ends /run/after.ends | while read a b c d; do [ $a -le $((d + 1)) ]; [ $c -le $((b + 1)) ]; done
done
"#;

/// All of it, when nothing fails; and what earlier lines make is there for later ones.
const SUCCEEDS: &str = r#"
cat >/run/batch <<E
link add n0 type veth peer name n1
link set n0 up
link set n1 up name n2
addr add 10.77.0.1/24 dev n0
route add 10.78.0.0/16 via 10.77.0.2
netns add made
tuntap add t5 mode tap
link set t5 master br0
link show dev n0
rule add pref 9 lookup 9
E
rip -atomic -batch /run/batch >/run/said
grep -q n0@n2 /run/said
rip route show 10.78.0.0/16 | grep -q 'via 10.77.0.2 dev n0'
rip netns | grep -q made
rip -d link show t5 | grep -q 'master br0'
[ -z "$(ls /run/rip)" ]
"#;

/// Whose journal it is.
const JOURNAL: &str = r#"
look /run/before
printf 'link set e0 alias changed\nrule add pref 8 lookup 8\nnetns add made\nroute restore\nrule del pref 31999\n' >/run/batch
mkfifo /run/hold
rip -atomic -batch /run/batch </run/hold >/run/said 2>&1 & p=$!
exec 9>/run/hold
for i in 1 2 3 4 5 6 7 8 9 10; do rip rule | grep -q '^8:' && break; sleep 0.2; done
rip netns | grep -q made
[ "$(stat -c %a /run/rip)" = 700 ]
[ "$(stat -c %a /run/rip/*.journal)" = 600 ]
f=$(echo /run/rip/*.journal)
# It runs: neither to be undone, nor to be joined.
rip batch-recover >/run/e 2>&1; grep -q 'still runs' /run/e; grep -q 'Nothing to recover' /run/e
code=0; rip batch-recover $f 2>/run/e || code=$?; [ $code = 1 ]; grep -q 'still runs' /run/e
code=0; echo 'link show' | rip -atomic -batch - 2>/run/e || code=$?; [ $code = 0 ] || grep -q 'another atomic batch' /run/e
kill -9 $p; wait $p 2>/dev/null || true
exec 9>&-
# It is dead: not to be forgotten, not to be undone elsewhere or after another boot.
code=0; echo 'link set e0 up' | rip -atomic -batch - 2>/run/e || code=$?; [ $code = 1 ]; grep -q 'was interrupted' /run/e
rip netns add other
code=0; rip -n other batch-recover $f 2>/run/e || code=$?; [ $code = 1 ]; grep -q 'another network namespace' /run/e
echo another >/run/boot
if mount --bind /run/boot /proc/sys/kernel/random/boot_id 2>/dev/null; then
  code=0; rip batch-recover $f 2>/run/e || code=$?; [ $code = 1 ]; grep -q 'an earlier boot' /run/e
  umount /proc/sys/kernel/random/boot_id
fi
ln -s $f /run/rip/link.journal
code=0; rip batch-recover /run/rip/link.journal 2>/run/e || code=$?; [ $code = 1 ]
rm /run/rip/link.journal
rip -j batch-recover show | grep -q '"recoverable":true'
rip batch-recover 2>/run/e; grep -q 'everything is as it was' /run/e
rip netns del other
[ -z "$(ls /run/rip)" ]
[ -z "$(rip netns)" ]
rip link show e0 | grep -q 'an alias'
! rip rule | grep -q '^8:'
# A folder that others can write to is not trusted.
chmod 777 /run/rip
code=0; echo 'link set e0 up' | rip -atomic -batch - 2>/run/e || code=$?; [ $code = 1 ]; grep -q 'Cannot keep a journal' /run/e
"#;

/// Settings that are in no table of links, addresses or routes: after a failure, and after the batch was killed.
const SETTINGS: &str = r#"
rip maddress add 33:33:00:00:00:09 dev e0
settings() { rip maddress show dev e0; rip ntable show dev e0 | sed 's/ reachable [0-9]*//'; rip stats show dev e0 group offload subgroup hw_stats_info; }
settings >/run/before
cat >/run/lines <<E
maddress add 33:33:00:00:00:05 dev e0
maddress add 33:33:00:00:00:09 dev e0
maddress del 33:33:00:00:00:09 dev e0
maddress add 33:33:00:00:00:06 dev e0
maddress del 33:33:00:00:00:06 dev e0
ntable change name arp_cache dev e0 queue 7 locktime 5 base_reachable 10000
ntable change name ndisc_cache dev e0 retrans 4000 app_probes 5
stats set dev e0 l3_stats on
E
cp /run/lines /run/batch; echo 'rule del pref 31999' >>/run/batch
code=0; rip -atomic -batch /run/batch >/run/said 2>&1 || code=$?
cat /run/said; [ $code = 1 ]
grep -q '^Command failed /run/batch:9' /run/said
grep -q '^Rolled back: everything is as it was' /run/said
settings >/run/after; diff /run/before /run/after
cp /run/lines /run/batch; echo 'route restore' >>/run/batch
mkfifo /run/hold
rip -atomic -batch /run/batch </run/hold >/run/said 2>&1 & p=$!
exec 9>/run/hold
for i in 1 2 3 4 5 6 7 8 9 10; do rip ntable show dev e0 | grep -q 'app_probes 5' && break; sleep 0.2; done
rip ntable show dev e0 | grep -q 'app_probes 5'
rip stats show dev e0 group offload subgroup hw_stats_info | grep -q 'l3_stats on'
rip maddress show dev e0 | grep -q '33:33:00:00:00:05 static'
! rip maddress show dev e0 | grep -q '33:33:00:00:00:09'
kill -9 $p; wait $p 2>/dev/null || true
exec 9>&-
rip batch-recover 2>/run/e; grep -q 'everything is as it was' /run/e
settings >/run/after; diff /run/before /run/after
"#;

/// A signal ends the batch after its line, and undoes it.
const SIGNAL: &str = r#"
printf 'link set e0 alias changed\nrule add pref 8 lookup 8\nroute restore\nrule add pref 7 lookup 7\n' >/run/batch
mkfifo /run/hold
rip -atomic -batch /run/batch </run/hold >/run/said 2>&1 & p=$!
exec 9>/run/hold
for i in 1 2 3 4 5 6 7 8 9 10; do rip rule | grep -q '^8:' && break; sleep 0.2; done
kill -TERM $p
rip route save table 77 >/run/saved 2>/run/e
cat /run/saved >&9
exec 9>&-
code=0; wait $p || code=$?
[ $code = 1 ]
grep -q 'Interrupted by SIGTERM' /run/said
grep -q 'everything is as it was' /run/said
! rip rule | grep -q '^[78]:'
rip link show e0 | grep -q 'an alias'
"#;

/// What others do meanwhile stays.
const OTHERS: &str = r#"
printf 'addr add 10.1.0.99/24 dev e1\nroute restore\nrule del pref 31999\n' >/run/batch
mkfifo /run/hold
rip -atomic -batch /run/batch </run/hold >/run/said 2>&1 & p=$!
exec 9>/run/hold
for i in 1 2 3 4 5 6 7 8 9 10; do rip addr show e1 | grep -q 10.1.0.99 && break; sleep 0.2; done
rip route add 10.55.0.0/16 via 10.0.0.2
rip link add mine type veth peer name yours
rip addr add 10.0.0.200/24 dev e0
rip rule add pref 44 lookup 44
rip route save table 77 >/run/saved 2>/run/e
cat /run/saved >&9
exec 9>&-
code=0; wait $p || code=$?
[ $code = 1 ]
! rip addr show e1 | grep -q 10.1.0.99
rip route | grep -q 10.55.0.0
rip link show mine | grep -q yours
rip addr show e0 | grep -q 10.0.0.200
rip rule | grep -q ^44:
"#;

/// What a request says otherwise than a list does: the number of a table, a source prefix, a preference.
const SAID_OTHERWISE: &str = r#"
rip rule add pref 0 from 10.9.0.0/16 lookup 9
all() { look /run/look; rip rule >>/run/look; cp /run/look $1; }
undone() {
  all /run/before
  printf "$1\nrule del pref 31999\n" >/run/batch
  code=0; rip -atomic -batch /run/batch 2>/run/said || code=$?
  cat /run/said; [ $code = 1 ]
  grep -q "^$2" /run/said
  all /run/after
  for f in before after; do
    sed -E 's/"(valid_life_time|preferred_life_time|expires|reachable|used|confirmed|updated|probes|refcnt|promiscuity)":[^,}]*//g; s/"state":\[[^]]*\]//g' /run/$f |
      sed -E 's/"[a-z_]*timer":[^,}]*//g' >/run/$f.still
  done
  diff /run/before.still /run/after.still
}
all_of='Rolled back: everything is as it was'
undone 'route add 10.62.0.0/16 dev e0 table 0\nroute add 2001:db8:62::/48 dev e0 table 0' "$all_of"
undone 'route add 10.62.0.0/16 from 10.1.0.0/16 via 10.0.0.2' "$all_of"
undone 'rule del pref 0' "$all_of"
undone 'rule del pref 0\nrule del pref 0\nrule add pref 0 lookup 7' "$all_of"
undone 'rule add pref 0 lookup 7\nrule flush' "$all_of"
undone 'neigh replace proxy 10.0.0.44 dev e0 protocol 5\nneigh replace 10.0.0.33 lladdr 2:0:0:0:0:33 dev e0 protocol 5' "$all_of"
undone 'neigh add 10.0.0.51 dev e0 managed' "$all_of"
# A new name is in the labels of addresses, too.
undone 'link set e0 name other' "$all_of"
undone 'link set e0 alias gone\nroute del local 2001:db8::1 dev e0 table local' "$all_of"
grep -q 'kernel keeps for addresses' /run/said
undone 'route del multicast ff00::/8 dev e0 table local' "$all_of"
grep -q 'kernel keeps for addresses' /run/said
"#;

/// What is read beside a large table: nothing of other tables and families; of its own once before and twice after.
const READS: &str = r#"
rip link set lo up
# 20,000 messages of 52 bytes.
seq 1 20000 | while read i; do echo "route add 11.0.$((i >> 8)).$((i & 255)) dev lo"; done >/run/routes
rip -force -batch /run/routes
rip route add 10.60.0.0/16 dev e0 table 7
rip route >/run/before; rip route show table 7 >>/run/before
# The bytes that are received, and the dumps of routes.
reads() {
  printf '%s\nrule del pref 31999\n' "$1" >/run/batch
  code=0; strace -f -o /run/trace -e trace=sendto,recvfrom rip -atomic -batch /run/batch 2>/run/said || code=$?
  [ $code = 1 ]; grep -q '^Rolled back: everything is as it was' /run/said
  rip route >/run/after; rip route show table 7 >>/run/after; cmp /run/before /run/after
  bytes=$(awk '/recvfrom.* = [0-9]+$/ { sum += $NF } END { print sum }' /run/trace)
  dumps=$(grep -c 'RTM_GETROUTE.*NLM_F_DUMP' /run/trace || true)
  echo "$1: $bytes bytes, $dumps dumps"
}
lines='route add 10.61.0.0/16 dev e0 table 7
route replace 10.60.0.0/16 dev e1 table 7
route del 10.60.0.0/16 table 7'
reads "$lines"
[ $bytes -lt 100000 ]; [ $dumps = 3 ]
reads "$(echo "$lines" | sed 's/ table 7//; s/10.60/10.16/')"
[ $bytes -gt 3000000 ]; [ $bytes -lt 3600000 ]; [ $dumps = 3 ]
"#;

fn main() -> ExitCode {
    let (first, count) = (from_env("RIP_SEED", 1), from_env("RIP_SEEDS", 12));
    let mut cases = Vec::new();
    for (name, script) in [
        ("refused", REFUSED),
        ("many", MANY),
        ("unnamed", UNNAMED),
        ("succeeds", SUCCEEDS),
        ("journal", JOURNAL),
        ("settings", SETTINGS),
        ("signal", SIGNAL),
        ("others", OTHERS),
        ("said otherwise", SAID_OTHERWISE),
    ] {
        cases.push(Case::new(
            name,
            guarded(&["tun"], move || holds(&format!("atomic-{name}"), script, !machine::root())),
        ));
    }
    cases.push(Case::new("reads", guarded(&["tun", "strace"], || holds("atomic-reads", READS, !machine::root()))));
    if machine::root() {
        let check = guarded(&["tun", "user"], || holds("atomic-user", JOURNAL, true));
        cases.push(Case::new("journal, in a user namespace", check));
    }
    for seed in first..first + count {
        cases.push(Case::new(format!("fails {seed}"), guarded(&["tun"], move || fails(seed))));
        cases.push(Case::new(format!("killed {seed}"), guarded(&["tun", "strace"], move || killed(seed))));
    }
    runner::run("atomic", cases, 2)
}
