//! A command whose system calls are watched with ptrace(2).

use nix::sys::ptrace;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use std::process::{Command, Stdio};

/// Starts a command that stops at the begin and at the end of each system call.
// `follow` waits for it.
#[allow(clippy::zombie_processes)]
pub fn start(command: &[String]) -> Pid {
    // It stops itself before it becomes the command: tracing begins there.
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "kill -STOP $$; exec \"$@\"", "sh"]).args(command).stdin(Stdio::null());
    let child = shell.spawn().expect("a command");
    let pid = Pid::from_raw(i32::try_from(child.id()).expect("a pid"));
    waitpid(pid, Some(WaitPidFlag::WUNTRACED)).expect("its stop");
    ptrace::attach(pid).expect("ptrace");
    waitpid(pid, None).expect("its stop");
    ptrace::setoptions(pid, ptrace::Options::PTRACE_O_TRACESYSGOOD | ptrace::Options::PTRACE_O_EXITKILL)
        .expect("options");
    kill(pid, Signal::SIGCONT).expect("its start");
    pid
}

/// Why it stopped.
pub enum Stop {
    /// A system call begins or ends.
    Call,
    /// It became another program: its memory is another one.
    Exec,
}

/// Lets it run, and calls at each stop. Gives its exit code.
pub fn follow(pid: Pid, mut at: impl FnMut(Stop)) -> i32 {
    let mut signal = None;
    loop {
        ptrace::syscall(pid, signal.take()).expect("ptrace");
        match waitpid(pid, None).expect("a stop") {
            WaitStatus::Exited(_, code) => return code,
            WaitStatus::Signaled(..) => return 128,
            WaitStatus::PtraceSyscall(_) => at(Stop::Call),
            WaitStatus::Stopped(_, Signal::SIGTRAP) => at(Stop::Exec),
            WaitStatus::Stopped(_, other) if !matches!(other, Signal::SIGSTOP | Signal::SIGCONT) => {
                signal = Some(other)
            }
            _ => {}
        }
    }
}
