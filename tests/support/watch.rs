//! Scripts that watch, and a reader of what a watch prints: what it believes, and whether that is true.

use super::sandbox::{Sandbox, Tool, quoted};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Waits until somebody in this namespace listens, starts a watch, ends it.
const TOOLS: &str = "
ready() { until awk '$2 == 0 && $4 != \"00000000\" { f = 1 } END { exit !f }' /proc/net/netlink; do sleep 0.02; done; sleep 0.1; }
begin() { rip \"$@\" >/run/m 2>/run/m.err & M=$!; ready; }
finish() { sleep ${1:-0.2}; kill $M; wait $M; }
# Until everything that was lost is made good, and the reader has it all.
settled() { for i in $(seq 150); do a=$(wc -c </run/m); sleep 0.7; [ $a -gt 0 ] && [ $a = $(wc -c </run/m) ] && [ $(grep -c 'what is watched is read again' /run/m.err) = $(grep -c 'lost; read again' /run/m.err) ] && break; done; }
rip link set lo up
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
";

pub fn run(script: &str) -> Result<String, String> {
    run_for(script, 60)
}

pub fn run_for(script: &str, seconds: u64) -> Result<String, String> {
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    let script = format!("ROLE={}\n{TOOLS}{script}", quoted(&format!("{} --role", me.display())));
    let sandbox = Sandbox { timeout: Duration::from_secs(seconds), ..Sandbox::new(Tool::Rip) };
    let ended = sandbox.script("monitor", &script);
    match ended.code {
        Some(0) => Ok(ended.stdout()),
        code => Err(format!("  exit {code:?}\n{}{}", ended.stdout(), ended.stderr())),
    }
}

pub fn objects(text: &str) -> Result<Vec<Value>, String> {
    text.lines().map(|l| serde_json::from_str(l).map_err(|e| format!("  {e}: {l}"))).collect()
}

/// A reader that applies every event: what it believes is there.
pub fn believed(events: &[Value]) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for e in events.iter().filter(|e| e["object"] == "route") {
        let r = &e["record"];
        let key = format!("{} {} {}", r["dst"], r["table"], r["metric"]);
        if e["event"] == "del" {
            all.remove(&key);
        } else {
            all.insert(key, r.clone());
        }
    }
    all
}

/// The kernel's truth, by the same keys.
pub fn truth(text: &str) -> BTreeMap<String, Value> {
    let list: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    list.into_iter().map(|r| (format!("{} {} {}", r["dst"], r["table"], r["metric"]), r)).collect()
}

pub fn compare(believed: &BTreeMap<String, Value>, truth: &BTreeMap<String, Value>) -> Result<(), String> {
    let of = |m: &BTreeMap<String, Value>| m.keys().cloned().collect::<BTreeSet<_>>();
    let (b, t) = (of(believed), of(truth));
    let (ghosts, missing) = (b.difference(&t).count(), t.difference(&b).count());
    let stale = t.intersection(&b).filter(|k| believed[*k] != truth[*k]).count();
    match (ghosts, missing, stale) {
        (0, 0, 0) => Ok(()),
        _ => {
            let some: Vec<_> = b.symmetric_difference(&t).take(5).collect();
            Err(format!("  {ghosts} ghosts, {missing} missing, {stale} stale of {}: {some:?}", t.len()))
        }
    }
}

/// The text before and after a line of dashes.
pub fn halves(out: &str) -> Result<(&str, &str), String> {
    out.split_once("-----\n").ok_or_else(|| format!("  two parts expected:\n{out}"))
}
