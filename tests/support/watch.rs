//! Scripts that watch, and a reader of what a watch prints: what it believes, and whether that is true.

use super::sandbox::{Sandbox, Tool, quoted};
use rip::internals::monitor::schema::{self, EVENTS, FIELDS};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Waits until somebody in this namespace listens, starts a watch, ends it.
const TOOLS: &str = "
ready() { until awk '$2 == 0 && $4 != \"00000000\" { f = 1 } END { exit !f }' /proc/net/netlink; do sleep 0.02; done; sleep 0.1; }
begin() { rip \"$@\" >/run/m 2>/run/m.err & M=$!; ready; }
finish() { sleep ${1:-0.2}; kill $M; wait $M; }
# Until everything that was lost is made good, and the reader has it all.
settled() { for i in $(seq 150); do a=$(wc -c </run/m); sleep 0.7; [ $a -gt 0 ] && [ $a = $(wc -c </run/m) ] && [ $(grep -c 're-reading what is watched' /run/m.err) = $(grep -c 'lost; read again' /run/m.err) ] && break; done; }
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

/// The events of a watch with -j, each held against the schema.
pub fn objects(text: &str) -> Result<Vec<Value>, String> {
    text.lines()
        .map(|l| {
            let e: Value = serde_json::from_str(l).map_err(|e| format!("  {e}: {l}"))?;
            match misfit(&e) {
                Some(what) => Err(format!("  {what}: {l}")),
                None => Ok(e),
            }
        })
        .collect()
}

/// What the schema does not know, or misses.
fn misfit(e: &Value) -> Option<String> {
    let Some(event) = e["event"].as_str() else { return Some("no event".into()) };
    if !EVENTS.iter().any(|(name, _)| *name == event) {
        return Some(format!("no event {event}"));
    }
    if event != "overrun" && !schema::objects().iter().any(|name| e["object"] == *name) {
        return Some("no such object".into());
    }
    let optional = ["nsid", "netns", "family"];
    for f in FIELDS {
        let belongs = f.of.is_empty() || f.of.contains(&event);
        let fits = match &e[f.key] {
            Value::Null => !belongs || optional.contains(&f.key) || f.kind.contains("null"),
            Value::String(_) => belongs && f.kind == "string",
            Value::Number(_) => belongs && f.kind.contains("number"),
            Value::Array(_) => belongs && f.kind == "array",
            Value::Object(_) => belongs && f.kind == "object",
            Value::Bool(_) => false,
        };
        if !fits {
            return Some(format!("{} does not fit", f.key));
        }
    }
    let known = |key: &String| FIELDS.iter().any(|f| f.key == key);
    e.as_object().into_iter().flat_map(|o| o.keys()).find(|key| !known(key)).map(|key| format!("no key {key}"))
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

/// The same of every object, by what tells its things apart.
pub fn standing(events: &[Value]) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for e in events.iter().filter(|e| e["event"] != "overrun") {
        let r = &e["record"];
        let names: &[&str] = match e["object"].as_str().unwrap_or_default() {
            "link" => &["ifindex"],
            "address" => &["index", "local", "prefixlen"],
            // Several devices have a route to every multicast address.
            "route" if r["type"] == "multicast" => &["dst", "dev"],
            "route" => &["type", "dst", "table", "metric", "gateway"],
            "rule" => &["priority", "src", "table"],
            "neigh" => &["dst", "dev"],
            "nexthop" => &["id"],
            // Settings are told one by one.
            "netconf" if r["rp_filter"].is_string() => &["family", "interface"],
            _ => continue,
        };
        let key = |r: &Value| {
            let parts = names.iter().map(|name| format!(" {}", r[*name])).collect::<String>();
            format!("{} {}{parts}", e["object"], e["family"])
        };
        if e["event"] == "change" {
            // As it was before.
            let mut old = r.clone();
            for name in e["changed"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                old[name] = e["old"][name].clone();
            }
            all.remove(&key(&old));
        }
        let key = key(r);
        if e["event"] == "del" {
            all.remove(&key);
        } else if e["object"] == "netconf" {
            all.insert(key, r["rp_filter"].clone());
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
