//! Journals of atomic batches: whose they are, how long they stay, what becomes of damaged ones, and what they cost.
//!
//! `RIP_LONG=1` flips every byte of a journal and takes 1,000,000 routes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::process::ExitCode;
use support::machine;
use support::rollback::{guarded, holds};
use support::runner::{self, Case};

/// `interrupted RIP...` runs the batch /run/held until it has made rule 8 and waits, and kills it; `waiting` begins the
/// batch /run/batch in the background, and `ends` lets it end.
const HOLD: &str = r#"
cat >/run/held <<END
link set e0 alias changed
addr add 10.77.0.1/24 dev e1
rule add pref 8 lookup 8
route restore
rule del pref 31999
END
mkfifo /run/hold
await() { for i in $(seq 100); do "$@" rule | grep -q '^8:' && return 0; sleep 0.1; done; return 1; }
interrupted() {
  "$@" -atomic -batch /run/held </run/hold >/run/said 2>&1 & p=$!
  exec 9>/run/hold
  await "$@"
  kill -9 $p; wait $p 2>/dev/null || true
  exec 9>&-
}
waiting() {
  rip -atomic -batch /run/batch </run/hold >/run/said 2>&1 & p=$!
  exec 9>/run/hold
  await rip
}
ends() {
  rip route save table 77 >/run/saved 2>/run/e
  cat /run/saved >&9
  exec 9>&-
  code=0; wait $p || code=$?
  cat /run/said
  [ $code = 1 ]
}
refused() { code=0; "$@" >/run/out 2>/run/e || code=$?; cat /run/e; [ $code = 1 ]; }
says() { grep -q "$1" /run/e; }
lacks() { ! grep -q "$1" $2; }
"#;

/// `routes N`: lines that add N routes by e0.
const ROUTES: &str = r#"
routes() {
  seq 0 $(($1 - 1)) | awk '{ printf "route add %d.%d.%d.1/32 via 10.0.0.2\n", 20 + int($1 / 65536), int($1 / 256) % 256, $1 % 256 }'
}
"#;

/// A namespace that has ended: another one, even with the same inode, is not its heir.
const DEAD: &str = r#"
rip netns add dead
rip -n dead link add e0 type veth peer name e1
rip -n dead link set e0 up
first=$(stat -Lc %i /run/netns/dead)
interrupted rip -n dead
rip netns del dead
for i in $(seq 60); do
  n=new$i
  rip netns add $n
  [ $(stat -Lc %i /run/netns/$n) = $first ] && break
done
rip -n $n link add e0 type veth peer name e1
rip -n $n link set e0 alias mine
rip -n $n addr add 10.99.0.1/24 dev e0
rip -n $n batch-recover 2>/run/e
says 'another network namespace'
says 'Nothing to recover'
rip -n $n batch-recover show | grep -q 'another network namespace'
refused rip -n $n batch-recover /run/rip/*.journal
says 'another network namespace'
printf 'link set e0 alias other\nrule del pref 31999\n' >/run/batch
refused rip -n $n -atomic -batch /run/batch
says 'everything is as it was'
rip -n $n link show e0 | grep -q mine
rip -n $n addr show e0 | grep -q 10.99.0.1
[ $(ls /run/rip | wc -l) = 1 ]
"#;

/// One boot cannot be told from another.
const BOOT: &str = r#"
interrupted rip
f=$(echo /run/rip/*.journal)
id=/proc/sys/kernel/random/boot_id
: >/run/boot
mount --bind /run/boot $id
refused rip batch-recover
says 'boot_id'
echo 'link set e0 up' >/run/batch
refused rip -atomic -batch /run/batch
says 'boot_id'
umount $id
echo 00000000-1111-2222-3333-444444444444 >/run/boot
mount --bind /run/boot $id
rip batch-recover 2>/run/e
says 'an earlier boot'
refused rip batch-recover $f
umount $id
rip link show e0 | grep -q changed
rip batch-recover
rip link show e0 | grep -q 'an alias'
[ -z "$(ls /run/rip)" ]
"#;

/// Descriptors run out at every point: everything is as it was, or the journal says what is not.
const DESCRIPTORS: &str = r#"
cat >/run/batch <<END
link set e0 alias changed
rule add pref 8 lookup 8
netns add made
addr add 10.77.0.1/24 dev e1
link add n0 type veth peer name n1
link del e1
rule del pref 31999
END
routes() { rip route show table all | grep -v linkdown | wc -l; }
n1=$(routes)
whole=0
for n in $(seq 3 24); do
  code=0; (ulimit -n $n; exec rip -atomic -batch /run/batch) >/run/said 2>&1 || code=$?
  [ $code = 1 ]
  if [ -n "$(ls /run/rip 2>/dev/null)" ]; then
    grep -q 'Not rolled back' /run/said
    lacks 'everything is as it was' /run/said
    # Neither does a recovery that runs out of them forget anything.
    for m in $(seq 3 $((n - 1))); do
      (ulimit -n $m; exec rip batch-recover) >/dev/null 2>&1 || [ -n "$(ls /run/rip)" ]
    done
    [ -z "$(ls /run/rip)" ] || rip batch-recover
  fi
  [ -z "$(ls /run/rip 2>/dev/null)" ]
  rip rule >/run/rules
  lacks '^8:' /run/rules
  [ -z "$(rip netns)" ]
  rip link show e0 | grep -q 'an alias'
  rip addr show dev e1 >/run/e1
  grep -q 10.1.0.1/24 /run/e1
  lacks 10.77.0.1 /run/e1
  rip link show mv0 | grep -q mv0@e1
  ! grep -q "Command failed /run/batch:7" /run/said || whole=$((whole + 1))
done
[ $whole -gt 3 ]
"#;

/// What cannot be put back, because the kernel refuses it: said once each, and the journal stays until it can be.
const REFUSED: &str = r#"
rip link add k0 type veth peer name k1
rip link set k0 up
rip link set k1 up
rip addr add 10.66.0.1/24 dev k0
rip route add 10.67.0.0/16 via 10.66.0.2
printf 'link del k0\nlink set e0 alias changed\nrule add pref 8 lookup 8\nroute restore\nrule del pref 31999\n' >/run/batch
waiting
# The name is given away: the pair cannot come back.
rip link add k0 type veth peer name squatter
ends
grep -q 'Not rolled back: ' /run/said
lacks 'everything is as it was' /run/said
[ -z "$(grep 'Not rolled back' /run/said | grep 'dev if[0-9]')" ]
[ -z "$(grep 'Not rolled back' /run/said | sed 's/: RTNETLINK.*//' | sort | uniq -d)" ]
[ $(grep -c 'Not rolled back: .*10.67.0.0/16' /run/said) = 1 ]
grep -q 'Not rolled back: .*10.67.0.0/16 .*dev k0' /run/said
rip link show e0 | grep -q 'an alias'
rip link show squatter | grep -q squatter
[ $(ls /run/rip | wc -l) = 1 ]
refused rip -atomic -batch /run/batch
says 'was interrupted'
refused rip batch-recover
[ $(ls /run/rip | wc -l) = 1 ]
rip link del squatter
rip batch-recover 2>/run/e
says 'everything is as it was'
rip link show k0 | grep -q k0@k1
rip route | grep -q '10.67.0.0/16 via 10.66.0.2 dev k0'
[ -z "$(ls /run/rip)" ]
"#;

/// The kernel answers nothing more from some point on, in the batch or in its rollback: what cannot be undone then is
/// undone later.
const ERRORS: &str = r#"
cat >/run/batch <<END
link set e0 alias changed
netns add made
addr del 10.1.0.1/24 dev e1
link del e1
rule add pref 8 lookup 8
rule del pref 31999
END
routes() { rip route show table all | grep -v linkdown | sed 's/ expires [0-9]*sec//' | sort; }
routes >/run/before
stays=0
for call in sendto:error=ENOBUFS recvfrom:error=ENOBUFS pwrite64:error=ENOSPC; do
  for n in $(seq 1 $ERRORS_STEP 90); do
    code=0
    strace -f -o /dev/null -e trace=${call%:*} -e inject=$call:when=$n+ rip -atomic -batch /run/batch >/run/said 2>&1 || code=$?
    cat /run/said
    [ $code != 0 ]
    if [ -n "$(ls /run/rip 2>/dev/null)" ]; then
      lacks 'everything is as it was' /run/said
      rip batch-recover
      stays=$((stays + 1))
    fi
    [ -z "$(ls /run/rip 2>/dev/null)" ]
    routes >/run/after
    diff /run/before /run/after || { sleep 1; routes | diff /run/before -; }
    [ -z "$(rip netns)" ]
    rip link show e0 | grep -q 'an alias'
    rip link show mv0 | grep -q mv0@e1
    rip rule >/run/rules
    lacks '^8:' /run/rules
  done
done
[ $stays -gt 3 ]
"#;

/// A disk that is full: which file could not be written, and everything is as it was.
const FULL: &str = r#"
mkdir -m 700 /run/rip
mount -t tmpfs -o size=16k,mode=700 full /run/rip
routes 2000 >/run/batch
refused rip -atomic -batch /run/batch
grep -q '^Error: -atomic: cannot write the journal /run/rip/batch-[0-9]*-[0-9]*.journal: No space left on device.$' /run/e
[ -z "$(rip route show 20.0.0.0/8)" ]
[ -z "$(ls /run/rip)" ]
"#;

/// A namespace that somebody made again under the name of one that the batch made.
const AGAIN: &str = r#"
printf 'netns add one\nnetns add two\nrule add pref 8 lookup 8\nroute restore\n' >/run/held
interrupted rip
rip netns del one
rip netns add one
rip -n one link add there type veth peer name mine
rip batch-recover 2>/run/e
says 'everything is as it was'
[ "$(rip netns)" = one ]
rip -n one link show there | grep -q there@mine
[ -z "$(ls /run/rip)" ]
"#;

/// A bridge whose last port has left has no address of its own that could be given back.
const BRIDGE: &str = r#"
rip link add b9 type bridge
rip link add x0 type veth peer name x1
rip link set x0 master b9
rip link set b9 up
rip link set x0 nomaster
rip link show b9 | grep -q '00:00:00:00:00:00'
rip addr add 10.95.0.1/24 dev b9
rip route add 10.96.0.0/16 via 10.95.0.2
printf 'link del b9\nlink set nosuch up\n' >/run/batch
refused rip -atomic -batch /run/batch
says 'everything is as it was'
rip addr show b9 | grep -q 10.95.0.1/24
rip route | grep -q '10.96.0.0/16 via 10.95.0.2 dev b9'
[ -z "$(ls /run/rip)" ]
"#;

/// What others make on a touched link while the batch runs is not deleted with the rest.
const THEIRS: &str = r#"
cat >/run/batch <<END
link set e0 mtu 1400
link add mine link e0 type macvlan
addr add 10.0.0.66/25 dev e1
rule add pref 8 lookup 8
route restore
rule del pref 31999
END
waiting
rip link add theirs link e0 type macvlan
rip addr add 10.0.0.44/24 dev p1
rip link add q0 type veth peer name q1
rip link set q0 up
rip link set q1 up
rip route add 10.0.0.0/25 dev q0 metric 7
ends
grep -q 'everything is as it was' /run/said
rip link show theirs | grep -q theirs@e0
[ -z "$(rip -br link show mine 2>/dev/null)" ]
rip link show e0 | grep -q 'mtu 1500'
rip addr show p1 | grep -q 10.0.0.44
rip route | grep -q '10.0.0.0/25 dev q0'
rip addr show e1 >/run/e1
lacks 10.0.0.66 /run/e1
"#;

/// An address that is added and taken away takes no other routes with it: those to the same network on another device,
/// those of a device without addresses, those from the addresses behind it.
const ADDED: &str = r#"
rip link add k0 type veth peer name k1
rip link set k0 up
rip link set k1 up
rip route add 10.68.0.0/16 dev k0
rip addr add 10.69.0.1/24 dev k1 scope link
rip addr add 10.69.0.2/24 dev k1 scope link
rip route add 10.70.0.0/16 dev k0 src 10.69.0.2
rip route add 10.71.0.0/16 dev k1
rip route show table all >/run/before
rip addr show k1 >/run/addresses
cat >/run/batch <<END
addr add 10.0.0.5/24 dev k0
addr add 10.1.0.5/24 dev k1
addr add 10.69.0.3/24 dev k1
addr add 10.69.0.4/16 dev k1 scope host
route append 10.71.0.0/16 dev k0
rule del pref 31999
END
refused rip -atomic -batch /run/batch
says 'everything is as it was'
rip route show table all | diff /run/before -
rip addr show k1 | diff /run/addresses -
[ -z "$(ls /run/rip)" ]
"#;

/// Whatever is no good journal is named, with the reason; no batch begins beside it.
const UNFIT: &str = r#"
echo 'link set e0 up' >/run/batch
rip -atomic -batch /run/batch
f=/run/rip/x.journal
unfit() {
  refused rip batch-recover; says "$1"
  refused rip batch-recover show; says "$1"
  refused rip batch-recover $f
  refused rip -atomic -batch /run/batch; says "$1"
  rm -r $f
}
: >$f; unfit 'it is empty'
echo hello >$f; unfit 'it is not a journal'
mkfifo $f; unfit 'not a regular file'
mkdir $f; unfit 'not a regular file'
(umask 077; truncate -s 2G $f); unfit 'longer than'
interrupted rip
mv /run/rip/batch*.journal /run/good
ln -s /run/good $f; unfit 'Cannot'
cp /run/good $f; chmod 666 $f; unfit 'can write to it'
if chown 1 /run/batch 2>/dev/null; then
  cp /run/good $f; chown 1 $f; unfit 'another user owns it'
fi
cp /run/good $f; chmod 777 /run/rip
refused rip batch-recover; says 'Cannot read the journals'
chmod 700 /run/rip; rm $f
# Something is wrong with one: the other is undone all the same.
echo hello >$f; cp /run/good /run/rip/y.journal
refused rip batch-recover; says 'everything is as it was'
rip link show e0 | grep -q 'an alias'
[ "$(ls /run/rip)" = x.journal ]
"#;

/// Every length, and every byte (or some): nothing of it is applied.
const DAMAGED: &str = r#"
interrupted rip
mv /run/rip/batch*.journal /run/good
size=$(stat -c %s /run/good)
f=/run/rip/x.journal
n=0
while [ $n -lt $size ]; do
  head -c $n /run/good >$f
  if rip batch-recover 2>/run/e; then echo "cut to $n of $size: taken"; exit 1; fi
  cp /run/good $f
  old=$(dd if=$f bs=1 skip=$n count=1 2>/dev/null | od -An -tu1 | tr -d ' ')
  printf "\\$(printf %03o $((old ^ 1 << n % 8)))" | dd of=$f bs=1 seek=$n conv=notrunc 2>/dev/null
  if rip batch-recover 2>/run/e; then echo "byte $n changed: taken"; exit 1; fi
  n=$((n + STEP))
done
rip link show e0 | grep -q changed
rip rule | grep -q '^8:'
cp /run/good $f
# What was not committed does not count.
printf 'r\377' >>$f
rip batch-recover
rip link show e0 | grep -q 'an alias'
"#;

/// Two batches at once beside a large table: the second is refused, or what it did stays.
const TWICE: &str = r#"
routes 20000 >/run/routes
rip -force -batch /run/routes
printf 'route add 9.0.0.0/24 via 10.0.0.2\nrule del pref 31999\n' >/run/slow
printf 'route add 9.9.9.0/24 via 10.0.0.2\n' >/run/quick
for wait in 0 0.02 0.05 0.1 0.2 0.4; do
  rip -atomic -batch /run/slow >/run/said 2>&1 & p=$!
  sleep $wait
  code=0; rip -atomic -batch /run/quick 2>/run/e || code=$?
  failed=0; wait $p || failed=1
  [ $failed = 1 ]
  if [ $code = 0 ]; then
    rip route show 9.9.9.0/24 | grep -q 10.0.0.2
    rip route del 9.9.9.0/24
  else
    says 'another atomic batch'
    [ -z "$(rip route show 9.9.9.0/24)" ]
  fi
  [ -z "$(rip route show 9.0.0.0/24)" ]
done
[ -z "$(ls /run/rip)" ]
"#;

/// A rollback beside a large table needs no more memory than beside a small one (64 MiB), whatever the batch touched there.
const MEMORY: &str = r#"
routes $COUNT >/run/routes
rip -force -batch /run/routes
rip route | wc -l >/run/n
small() {
  printf "$1\nrule del pref 31999\n" >/run/batch
  code=0; (ulimit -d $DATA; exec rip -atomic -batch /run/batch) >/run/said 2>&1 || code=$?
  cat /run/said
  [ $code = 1 ]
  grep -q 'everything is as it was' /run/said
}
small 'link set e0 alias zz'
small 'rule add pref 7 lookup 7'
small 'link set e1 down'
small 'route add 9.9.9.0/24 via 10.1.0.2'
small 'route replace 20.0.1.1/32 via 10.1.0.2'
small 'route del 20.0.2.1/32'
small 'addr add 10.7.0.1/24 dev e1'
small 'addr add 10.7.0.1/24 dev e0'
small 'link del mv0'
rip route | wc -l | diff /run/n -
rip route show 20.0.1.1 | grep -q 'via 10.0.0.2 dev e0'
printf 'link set e0 alias changed\naddr add 10.77.0.1/24 dev e1\nrule add pref 8 lookup 8\nneigh add 10.0.0.99 lladdr 2:0:0:0:0:99 dev e0\nrule restore\n' >/run/held
interrupted rip
(ulimit -d $DATA; exec rip batch-recover)
rip link show e0 | grep -q 'an alias'
[ -z "$(ls /run/rip)" ]
"#;

fn main() -> ExitCode {
    let long = std::env::var_os("RIP_LONG").is_some();
    let (step, errors, count) = if long { (1, 1, 1_000_000) } else { (37, 4, 20_000) };
    // KiB of data: 64 MiB beside 1,000,000 routes.
    let data = if long { 65_536 } else { 20_480 };
    let mut cases = Vec::new();
    for (name, script) in [
        ("dead", DEAD),
        ("boot", BOOT),
        ("descriptors", DESCRIPTORS),
        ("refused", REFUSED),
        ("errors", ERRORS),
        ("full", FULL),
        ("again", AGAIN),
        ("bridge", BRIDGE),
        ("theirs", THEIRS),
        ("added", ADDED),
        ("unfit", UNFIT),
        ("damaged", DAMAGED),
        ("twice", TWICE),
        ("memory", MEMORY),
    ] {
        let needs: &[&str] = if name == "errors" { &["strace"] } else { &[] };
        let script = format!("STEP={step} ERRORS_STEP={errors} COUNT={count} DATA={data}\n{HOLD}{ROUTES}{script}");
        let run = move || holds(&format!("journal-{name}"), &script, !machine::root());
        cases.push(Case::new(name, guarded(needs, run)));
    }
    runner::run("journal", cases, 2)
}
