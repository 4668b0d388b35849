//! Runs named cases on a few threads and says how many passed, failed and were skipped.
//! `cargo test --test live -- WORD...` runs the cases whose names hold one of the words.

use super::skip;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub enum Outcome {
    /// How much it compared.
    Passed(usize),
    Failed(String),
    Skipped(String),
}

pub struct Case {
    pub name: String,
    /// It confirms by itself what it finds: a failure is not run again.
    once: bool,
    pub run: Box<dyn Fn() -> Outcome + Send + Sync>,
}

impl Case {
    pub fn new(name: impl Into<String>, run: impl Fn() -> Outcome + Send + Sync + 'static) -> Case {
        Case { name: name.into(), once: false, run: Box::new(run) }
    }

    /// A case that is not run again when it fails.
    pub fn once(self) -> Case {
        Case { once: true, ..self }
    }
}

/// What the words after `--` ask for.
pub struct Wanted {
    words: Vec<String>,
    exact: bool,
    list: bool,
    nothing: bool,
}

impl Wanted {
    pub fn from_args() -> Wanted {
        let all: Vec<String> = std::env::args().skip(1).collect();
        let words = all.iter().filter(|a| !a.starts_with('-')).cloned().collect();
        // `--ignored` asks for the ignored tests only, and there are none.
        let given = |option: &str| all.iter().any(|a| a == option);
        Wanted { words, exact: given("--exact"), list: given("--list"), nothing: given("--ignored") }
    }

    fn takes(&self, name: &str) -> bool {
        let named = |w: &String| if self.exact { name == w } else { name.contains(w.as_str()) };
        !self.nothing && (self.words.is_empty() || self.words.iter().any(named))
    }
}

#[derive(Default)]
struct Totals {
    passed: usize,
    failed: Vec<String>,
    skipped: usize,
    compared: usize,
}

/// Runs the cases that are wanted.
pub fn run(layer: &str, cases: Vec<Case>, threads: usize) -> ExitCode {
    let wanted = Wanted::from_args();
    let cases: Vec<Case> = cases.into_iter().filter(|c| wanted.takes(&c.name)).collect();
    if wanted.list {
        for case in &cases {
            println!("{}: test", case.name);
        }
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} cases of {layer}", cases.len());
    let began = std::time::Instant::now();
    let next = AtomicUsize::new(0);
    let totals = Mutex::new(Totals::default());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let begun = Instant::now();
                    let outcome = settled(case);
                    let took = begun.elapsed();
                    let mut t = totals.lock().expect("totals");
                    report(layer, &case.name, outcome, took, &mut t);
                }
            });
        }
    });
    let t = totals.into_inner().expect("totals");
    let verdict = if t.failed.is_empty() { "ok" } else { "FAILED" };
    let seconds = began.elapsed().as_secs_f64();
    skip::took(layer, seconds);
    println!(
        "\n{layer}: {verdict}. {} passed ({} comparisons); {} failed; {} skipped; {seconds:.1} s\n",
        t.passed,
        t.compared,
        t.failed.len(),
        t.skipped
    );
    for name in &t.failed {
        println!("    failed: {name}");
    }
    if t.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The time of a case worth speeding up.
fn slow(took: Duration) -> String {
    if took.as_secs() < 5 { String::new() } else { format!(", {} s", took.as_secs()) }
}

/// The kernel tells of carriers, lists hash tables and makes addresses of its own in its own time and order, so that two
/// worlds may differ for a moment. What is really different is so every time: a case that fails runs again, twice at most,
/// and the last test program counts it.
fn settled(case: &Case) -> Outcome {
    let again = if case.once { 0 } else { 2 };
    for _ in 0..again {
        match (case.run)() {
            Outcome::Failed(why) => {
                println!("again   {}\n{why}", case.name);
                skip::again(&case.name);
            }
            good => return good,
        }
    }
    (case.run)()
}

fn report(layer: &str, name: &str, outcome: Outcome, took: Duration, t: &mut Totals) {
    match outcome {
        Outcome::Passed(n) => {
            println!("ok      {name} ({n}{})", slow(took));
            t.passed += 1;
            t.compared += n;
        }
        Outcome::Failed(why) => {
            println!("FAILED  {name}\n{why}");
            t.failed.push(name.to_string());
        }
        Outcome::Skipped(why) => {
            skip::skip(&format!("{layer} {name}"), &why);
            t.skipped += 1;
        }
    }
}
