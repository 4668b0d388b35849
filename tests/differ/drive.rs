//! Runs command lines one after another, inside a sandbox and under strace, and writes down how each ended.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Which program runs a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Theirs,
    Mine,
}

/// One line to run.
#[derive(Clone, Debug)]
pub struct Job {
    pub who: Who,
    /// It is stopped after so long.
    pub millis: u64,
    pub words: Vec<String>,
}

/// What a line did.
#[derive(Clone, Default, Debug)]
pub struct Done {
    /// -1: it had to be stopped.
    pub code: i32,
    pub out: Vec<u8>,
    pub err: Vec<u8>,
}

/// More output than this is cut.
const MOST: usize = 400_000;

pub fn write_jobs(path: &Path, jobs: &[Job]) {
    let mut text = Vec::new();
    for job in jobs {
        text.extend(format!("{:?}\0{}\0{}\0", job.who, job.millis, job.words.len()).bytes());
        job.words.iter().for_each(|w| text.extend(w.bytes().chain([0])));
    }
    std::fs::write(path, text).expect("the jobs");
}

fn read_jobs(path: &Path) -> Vec<Job> {
    let text = std::fs::read(path).expect("the jobs");
    let mut parts = text.split(|b| *b == 0).map(|w| String::from_utf8_lossy(w).into_owned());
    let mut jobs = Vec::new();
    while let (Some(who), Some(millis), Some(n)) = (parts.next(), parts.next(), parts.next()) {
        let who = if who == "Mine" { Who::Mine } else { Who::Theirs };
        let n = n.parse().unwrap_or(0);
        let words = parts.by_ref().take(n).collect();
        jobs.push(Job { who, millis: millis.parse().unwrap_or(5000), words });
    }
    jobs
}

pub fn read_done(path: &Path) -> Vec<Done> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let mut rest = bytes.as_slice();
    let mut all = Vec::new();
    while let Some((head, tail)) = rest.split_at_checked(12) {
        let number = |at: usize| u32::from_ne_bytes(head[at..at + 4].try_into().expect("four bytes"));
        let (out, err) = (number(4) as usize, number(8) as usize);
        let Some((body, more)) = tail.split_at_checked(out + err) else { break };
        all.push(Done { code: number(0).cast_signed(), out: body[..out].to_vec(), err: body[out..].to_vec() });
        rest = more;
    }
    all
}

/// The program and the words before a line's own.
pub fn program(who: Who, oracle: &str) -> Vec<String> {
    match who {
        Who::Mine => vec!["/run/bin/ip".into()],
        Who::Theirs => oracle.split(' ').map(str::to_string).collect(),
    }
}

/// `--drive JOBS RESULTS ORACLE [FAMILY]`: a family of generic netlink that the kernel may lack has a stand-in; what is sent to it
/// in line N goes to the file `RESULTS.N`.
pub fn drive(jobs: &str, results: &str, oracle: &str, family: Option<&str>) {
    let me = std::env::current_exe().expect("this program").display().to_string();
    let open =
        |name: &str| File::options().create(true).truncate(true).read(true).write(true).open(name).expect("a file");
    let written = results;
    let mut results = std::io::BufWriter::new(File::create(results).expect("the results"));
    for (n, job) in read_jobs(Path::new(jobs)).into_iter().enumerate() {
        let (mut out, mut err) = (open("/run/differ.out"), open("/run/differ.err"));
        let mut program = program(job.who, oracle);
        if let Some(family) = family {
            let stand_in = [&me, "--stand-in", family, "/dev/null", &format!("{written}.{n}")].map(str::to_string);
            program.splice(0..0, stand_in);
        }
        let mut command = Command::new(&program[0]);
        command.args(&program[1..]).args(job.words.iter().map(|w| std::ffi::OsString::from_vec(w.as_bytes().to_vec())));
        command.stdin(Stdio::null()).stdout(out.try_clone().expect("out")).stderr(err.try_clone().expect("err"));
        let mut child = command.spawn().expect("the program");
        let until = Instant::now() + Duration::from_millis(job.millis);
        let mut nap = Duration::from_micros(200);
        let code = loop {
            match child.try_wait() {
                Ok(Some(status)) => break super::support::sandbox::exit_code(status),
                Ok(None) if Instant::now() < until => {
                    std::thread::sleep(nap);
                    nap = (nap * 2).min(Duration::from_millis(5));
                }
                _ => {
                    let _ = child.kill();
                    let _ = child.wait();
                    break -1;
                }
            }
        };
        let read = |f: &mut File| {
            let mut bytes = Vec::new();
            let _ = f.rewind();
            let _ = f.read_to_end(&mut bytes);
            bytes.truncate(MOST);
            bytes
        };
        let (out, err) = (read(&mut out), read(&mut err));
        for n in [code.cast_unsigned(), len(&out), len(&err)] {
            results.write_all(&n.to_ne_bytes()).expect("a result");
        }
        results.write_all(&out).and_then(|()| results.write_all(&err)).expect("a result");
    }
    results.flush().expect("the results");
}

fn len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("a length")
}
