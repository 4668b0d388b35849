//! The only unsafe code: system calls that nix and netlink-sys do not wrap safely.
//!
//! # Errors
//!
//! An [`Errno`] is that of the system call.

#![allow(unsafe_code)]

use nix::errno::Errno;
use nix::libc;
use std::os::fd::{AsFd as _, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

nix::ioctl_write_int_bad!(tun_set_persist_raw, tun_request(0xcb));
nix::ioctl_write_int_bad!(tun_set_owner_raw, tun_request(0xcc));
nix::ioctl_write_int_bad!(tun_set_group_raw, tun_request(0xce));

nix::ioctl_none!(owner_of_namespace, 0xb7, 0x1);

/// Whether the network namespace belongs to a user namespace outside of ours: then NS_GET_USERNS (linux/nsfs.h)
/// refuses.
pub fn network_is_outside() -> bool {
    let Ok(net) = std::fs::File::open("/proc/self/ns/net") else { return false };
    owner_of(net.as_fd()).is_err_and(|e| e == Errno::EPERM)
}

/// `NS_GET_USERNS`: the user namespace that owns a namespace, if it is ours or within ours.
pub fn owner_of(namespace: BorrowedFd<'_>) -> Result<OwnedFd, Errno> {
    // SAFETY: the ioctl takes no argument and shares no memory; its descriptor is new and has no other owner.
    unsafe { Ok(OwnedFd::from_raw_fd(owner_of_namespace(namespace.as_raw_fd())?)) }
}

/// Whether this is not the initial user namespace, which has a fixed inode (PROC_USER_INIT_INO).
pub fn is_in_user_namespace() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self/ns/user").is_ok_and(|m| m.ino() != 0xEFFF_FFFD)
}

/// `_IOW('T', nr, int)` of linux/if_tun.h.
const fn tun_request(nr: u32) -> libc::c_ulong {
    ((1u32 << 30) | (4 << 16) | (0x54 << 8) | nr) as libc::c_ulong
}

/// An ioctl of the tun driver that takes a plain number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TunSet {
    Persist,
    Owner,
    Group,
}

/// Sets one property of an open tun file.
pub fn tun_set(fd: &OwnedFd, what: TunSet, value: i32) -> Result<(), Errno> {
    let fd = fd.as_raw_fd();
    // SAFETY: these ioctls take their argument by value; no memory is shared.
    unsafe {
        match what {
            TunSet::Persist => tun_set_persist_raw(fd, value),
            TunSet::Owner => tun_set_owner_raw(fd, value),
            TunSet::Group => tun_set_group_raw(fd, value),
        }
    }
    .map(drop)
}

/// `TUNSETIFF`: attaches an open /dev/net/tun to a device; returns its name.
pub fn tun_attach(fd: &OwnedFd, name: &[u8], flags: u16) -> Result<Vec<u8>, Errno> {
    let mut req = ifreq(name)?;
    req.ifr_ifru.ifru_flags = flags.cast_signed();
    // SAFETY: `req` is a live ifreq that the kernel reads and writes during the call only.
    let rc = unsafe { libc::ioctl(fd.as_raw_fd(), tun_request(0xca) as _, &raw mut req) };
    Errno::result(rc)?;
    Ok(name_of(&req))
}

/// `SO_NETNS_COOKIE`: the cookie of a socket's network namespace, which the kernel does not reuse before the next boot
/// (Linux 5.14 and later; asm-generic/socket.h).
pub fn netns_cookie(fd: &impl AsRawFd) -> Result<u64, Errno> {
    const SO_NETNS_COOKIE: libc::c_int = 71;
    let mut cookie = 0u64;
    let mut len = std::mem::size_of_val(&cookie) as libc::socklen_t;
    // SAFETY: the kernel writes at most `len` bytes to `cookie`; both live through the call.
    let rc = unsafe {
        libc::getsockopt(fd.as_raw_fd(), libc::SOL_SOCKET, SO_NETNS_COOKIE, (&raw mut cookie).cast(), &raw mut len)
    };
    Errno::result(rc)?;
    if cookie == 0 { Err(Errno::ENOPROTOOPT) } else { Ok(cookie) }
}

/// `SIOCGIFNAME`: the name of a device of this namespace.
pub fn name_of_index(fd: BorrowedFd<'_>, index: u32) -> Result<Vec<u8>, Errno> {
    let mut req = ifreq(b"")?;
    req.ifr_ifru.ifru_ifindex = index.cast_signed();
    // SAFETY: as above; the kernel fills ifr_name.
    let rc = unsafe { libc::ioctl(fd.as_raw_fd(), libc::SIOCGIFNAME as _, &raw mut req) };
    Errno::result(rc)?;
    Ok(name_of(&req))
}

/// `SIOCGIFFLAGS`: the lower 16 flags of a device of this namespace.
pub fn flags_of_name(fd: BorrowedFd<'_>, name: &[u8]) -> Result<u16, Errno> {
    let mut req = ifreq(name)?;
    // SAFETY: as above; the kernel fills ifr_flags.
    let rc = unsafe { libc::ioctl(fd.as_raw_fd(), libc::SIOCGIFFLAGS as _, &raw mut req) };
    Errno::result(rc)?;
    // SAFETY: plain bytes, which were all set.
    Ok(unsafe { req.ifr_ifru.ifru_flags }.cast_unsigned())
}

/// Ioctl numbers of tunnel drivers: linux/if_tunnel.h, from SIOCDEVPRIVATE on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TunnelCall {
    Get = 0x89f0,
    Add = 0x89f1,
    Delete = 0x89f2,
    Change = 0x89f3,
    GetRouters = 0x89f4,
    AddRouter = 0x89f5,
    DeleteRouter = 0x89f6,
    Get6rd = 0x89f8,
    Add6rd = 0x89f9,
    Delete6rd = 0x89fa,
}

/// Bytes of room for any driver's structure, whatever device a name turns out to be: they are far smaller.
const DRIVER_ROOM: usize = 4096;

/// Calls the driver of a tunnel device; the reply replaces the content of `data`, whose length stays.
pub fn tunnel_call(fd: BorrowedFd<'_>, call: TunnelCall, name: &[u8], data: &mut [u8]) -> Result<(), Errno> {
    let mut req = ifreq(name)?;
    let mut room = vec![0u8; data.len().max(DRIVER_ROOM)];
    room.iter_mut().zip(data.iter()).for_each(|(to, from)| *to = *from);
    if call == TunnelCall::GetRouters {
        // struct ip_tunnel_prl: the third word says how many bytes may follow the first entry.
        let follow = data.len().saturating_sub(16) as u32;
        room.iter_mut().skip(8).zip(follow.to_ne_bytes()).for_each(|(to, from)| *to = from);
    }
    req.ifr_ifru.ifru_data = room.as_mut_ptr().cast();
    // SAFETY: `req` and `room` live through the call; the structures of these calls are smaller than `room`, and a list
    // of routers is no longer than the room that its third word tells of.
    let rc = unsafe { libc::ioctl(fd.as_raw_fd(), call as libc::c_ulong as _, &raw mut req) };
    Errno::result(rc)?;
    data.iter_mut().zip(&room).for_each(|(to, from)| *to = *from);
    Ok(())
}

/// `SIOCGIFHWADDR`: the hardware type (ARPHRD_*) of a device of this namespace.
pub fn type_of_name(fd: BorrowedFd<'_>, name: &[u8]) -> Result<u16, Errno> {
    let mut req = ifreq(name)?;
    // SAFETY: as above; the kernel fills ifr_hwaddr.
    let rc = unsafe { libc::ioctl(fd.as_raw_fd(), libc::SIOCGIFHWADDR as _, &raw mut req) };
    Errno::result(rc)?;
    // SAFETY: plain bytes, which were all set.
    Ok(unsafe { req.ifr_ifru.ifru_hwaddr }.sa_family)
}

/// `SIOCADDMULTI` and `SIOCDELMULTI`: adds or deletes a link-layer multicast address.
pub fn multicast_list(fd: BorrowedFd<'_>, add: bool, name: &[u8], mac: [u8; 6]) -> Result<(), Errno> {
    let mut req = ifreq(name)?;
    // SAFETY: writing to a union field of plain bytes; sockaddr has room for 14 data bytes.
    unsafe {
        req.ifr_ifru.ifru_hwaddr.sa_family = libc::AF_UNSPEC as _;
        for (slot, byte) in req.ifr_ifru.ifru_hwaddr.sa_data.iter_mut().zip(mac) {
            *slot = byte.cast_signed();
        }
    }
    let code = if add { libc::SIOCADDMULTI } else { libc::SIOCDELMULTI };
    // SAFETY: the kernel only reads the live `req`.
    let rc = unsafe { libc::ioctl(fd.as_raw_fd(), code as _, &raw mut req) };
    Errno::result(rc).map(drop)
}

fn ifreq(name: &[u8]) -> Result<libc::ifreq, Errno> {
    // SAFETY: ifreq is plain old data; all bits zero is a valid value.
    let mut req: libc::ifreq = unsafe { std::mem::zeroed() };
    if name.len() >= req.ifr_name.len() {
        return Err(Errno::ENAMETOOLONG);
    }
    for (slot, byte) in req.ifr_name.iter_mut().zip(name) {
        *slot = byte.cast_signed();
    }
    Ok(req)
}

fn name_of(req: &libc::ifreq) -> Vec<u8> {
    req.ifr_name.iter().take_while(|c| **c != 0).map(|c| c.cast_unsigned()).collect()
}

/// The program's entry. Rust's own start-up (reading /proc/self/maps, a signal stack, SIGPIPE) takes a seventh of the
/// time of a short command, and changes what programs that `rip` runs inherit; so it is skipped.
#[macro_export]
macro_rules! entry {
    ($run:path) => {
        /// Called by C's start-up code.
        // SAFETY: the only symbol of this name; the arguments are those of the process.
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        extern "C" fn main(argc: core::ffi::c_int, argv: *const *const core::ffi::c_char) -> core::ffi::c_int {
            // SAFETY: C's start-up code gives the process's own words.
            unsafe { $crate::begin(argc, argv, $run) }
        }
    };
}

/// Runs the program with the arguments of C's start-up code; `run` returns the exit code.
///
/// # Safety
///
/// `argv` holds `argc` strings that end with NUL, as the kernel lays them out for a process.
pub unsafe fn begin(argc: libc::c_int, argv: *const *const libc::c_char, run: fn(&[Vec<u8>]) -> u8) -> libc::c_int {
    let mut words = Vec::new();
    for i in 0..usize::try_from(argc).unwrap_or(0) {
        // SAFETY: by the contract above, `argv` has this entry; a null one ends the list.
        let word = unsafe { *argv.add(i) };
        if word.is_null() {
            break;
        }
        // SAFETY: a string of the process, there as long as the process is.
        words.push(unsafe { std::ffi::CStr::from_ptr(word) }.to_bytes().to_vec());
    }
    hold_standard();
    run(&words).into()
}

/// Opens /dev/null for a standard descriptor that the parent left closed: otherwise the next file or socket would take
/// its number.
fn hold_standard() {
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    let mut all = [0, 1, 2].map(|fd| PollFd::new(standard(fd), PollFlags::empty()));
    let _ = poll(&mut all, PollTimeout::ZERO);
    for fd in all {
        if fd.revents().is_some_and(|r| r.contains(PollFlags::POLLNVAL)) {
            // The lowest free number is the closed one.
            let null = std::fs::File::options().read(true).write(true).open("/dev/null");
            std::mem::forget(null);
        }
    }
}

/// Forks. Returns the child's pid in the parent and `None` in the child.
///
/// # Errors
///
/// `EINVAL` if the process has more than one thread: a lock that another thread holds would stay locked in the child.
pub fn fork() -> Result<Option<nix::unistd::Pid>, Errno> {
    // With only this flag unshare(2) changes nothing, but fails unless the process has a single thread.
    nix::sched::unshare(nix::sched::CloneFlags::CLONE_THREAD)?;
    // SAFETY: this is the only thread, so that the child may do whatever the parent may.
    match unsafe { nix::unistd::fork() }? {
        nix::unistd::ForkResult::Parent { child } => Ok(Some(child)),
        nix::unistd::ForkResult::Child => Ok(None),
    }
}

/// One of the three standard descriptors, which stay open for the life of the process.
pub fn standard(fd: i32) -> BorrowedFd<'static> {
    // SAFETY: 0, 1 and 2 are numbers that any process may name, whether open or not: the kernel answers EBADF for a closed
    // one. No safe value owns them, so that nothing closes them behind a borrow; `hold_standard` opens /dev/null in the
    // place of one that the parent left closed before anything else is opened.
    unsafe { BorrowedFd::borrow_raw(fd.clamp(0, 2)) }
}

/// BPF_OBJ_GET: opens a program that is pinned in a BPF file system.
pub fn bpf_pinned(path: &[u8]) -> Result<OwnedFd, Errno> {
    const BPF_OBJ_GET: libc::c_long = 7;
    let path = std::ffi::CString::new(path).map_err(|_| Errno::EINVAL)?;
    // union bpf_attr, as far as this command reads it: the path's address, a descriptor, flags.
    let attr = [path.as_ptr() as u64, 0];
    // SAFETY: the kernel reads `attr` and the path, which live through the call; it returns a new descriptor of ours.
    unsafe {
        let fd = libc::syscall(libc::SYS_bpf, BPF_OBJ_GET, attr.as_ptr(), std::mem::size_of_val(&attr));
        Errno::result(fd)?;
        Ok(OwnedFd::from_raw_fd(i32::try_from(fd).map_err(|_| Errno::EBADF)?))
    }
}

/// Reads struct bpf_prog_info of a program by its id; unknown members are 0.
pub fn bpf_info(id: u32) -> Result<Vec<u8>, Errno> {
    const BPF_PROG_GET_FD_BY_ID: libc::c_long = 13;
    const BPF_OBJ_GET_INFO_BY_FD: libc::c_long = 15;
    let mut info = vec![0u64; 28];
    let size = std::mem::size_of_val(info.as_slice());
    // union bpf_attr: an id, the next id, flags.
    let by_id = [id, 0, 0];
    // SAFETY: the kernel reads both attributes and writes at most `size` bytes to `info`, all of which live through
    // the calls; the first call returns a new descriptor of ours.
    unsafe {
        let fd = libc::syscall(libc::SYS_bpf, BPF_PROG_GET_FD_BY_ID, by_id.as_ptr(), std::mem::size_of_val(&by_id));
        Errno::result(fd)?;
        let fd = OwnedFd::from_raw_fd(i32::try_from(fd).map_err(|_| Errno::EBADF)?);
        // A descriptor, the size of the buffer, and its address.
        let head = u64::from(fd.as_raw_fd().cast_unsigned()) | (size as u64) << 32;
        let head = if cfg!(target_endian = "big") { head.rotate_left(32) } else { head };
        let ask = [head, info.as_mut_ptr() as u64];
        Errno::result(libc::syscall(libc::SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, ask.as_ptr(), std::mem::size_of_val(&ask)))?;
    }
    Ok(info.iter().flat_map(|v| v.to_ne_bytes()).collect())
}

/// BPF_PROG_LOAD: loads a program for sockets of a control group, each instruction as a number (struct bpf_insn).
///
/// # Errors
///
/// The errno, with the verifier's log.
pub fn bpf_load_cgroup_sock(program: &[u64]) -> Result<OwnedFd, (Errno, String)> {
    const BPF_PROG_LOAD: libc::c_long = 5;
    const BPF_PROG_TYPE_CGROUP_SOCK: u32 = 9;
    let license = c"Dual MIT/GPL";
    let mut log = vec![0u8; 64 * 1024];
    // union bpf_attr: pairs of 32-bit numbers, and addresses; level and size of the log precede its address.
    let pair = |a: u32, b: usize| u64::from(a) | (b as u64) << 32;
    let pair = |a, b| if cfg!(target_endian = "big") { pair(a, b).rotate_left(32) } else { pair(a, b) };
    let (code, license) = (program.as_ptr() as u64, license.as_ptr() as u64);
    let kind = pair(BPF_PROG_TYPE_CGROUP_SOCK, program.len());
    let attr = [kind, code, license, pair(1, log.len()), log.as_mut_ptr() as u64, 0];
    // SAFETY: the kernel reads `attr`, the program and the licence, and writes at most `log_size` bytes to `log`, all of
    // which live through the call; it returns a new descriptor of ours.
    let fd = unsafe { libc::syscall(libc::SYS_bpf, BPF_PROG_LOAD, attr.as_ptr(), std::mem::size_of_val(&attr)) };
    let text = |log: &[u8]| String::from_utf8_lossy(log.split(|b| *b == 0).next().unwrap_or_default()).into_owned();
    let fd = Errno::result(fd).map_err(|e| (e, text(&log)))?;
    let fd = i32::try_from(fd).map_err(|_| (Errno::EBADF, String::new()))?;
    // SAFETY: as above.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// BPF_PROG_ATTACH: attaches a program that sees every socket created in the control group; replaces a present one.
pub fn bpf_attach_sock_create(group: BorrowedFd<'_>, program: BorrowedFd<'_>) -> Result<(), Errno> {
    const BPF_PROG_ATTACH: libc::c_long = 8;
    const BPF_CGROUP_INET_SOCK_CREATE: i32 = 2;
    // union bpf_attr: the target, the program, how, flags.
    let attr = [group.as_raw_fd(), program.as_raw_fd(), BPF_CGROUP_INET_SOCK_CREATE, 0];
    // SAFETY: the kernel reads `attr`, which lives through the call.
    let rc = unsafe { libc::syscall(libc::SYS_bpf, BPF_PROG_ATTACH, attr.as_ptr(), std::mem::size_of_val(&attr)) };
    Errno::result(rc).map(drop)
}

/// Ends a forked child immediately, without the parent's exit handlers.
pub fn leave(code: u8) -> ! {
    // SAFETY: _exit takes a plain number and does not return.
    unsafe { libc::_exit(i32::from(code)) }
}

/// The version of struct __user_cap_header_struct (version, process) and __user_cap_data_struct (effective, permitted,
/// inheritable) of linux/capability.h, of which two stand for 64 bits.
const CAP_VERSION: u32 = 0x2008_0522;

/// The capabilities of this process: bit N is the capability of number N.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The effective capabilities, a bit each (linux/capability.h).
    pub effective: u64,
    /// Capabilities that may be raised.
    pub permitted: u64,
    /// Capabilities kept over execve.
    pub inheritable: u64,
}

impl Capabilities {
    /// The capabilities of this process.
    ///
    /// # Errors
    ///
    /// That of capget.
    pub fn of_process() -> Result<Capabilities, Errno> {
        let (mut header, mut data) = ([CAP_VERSION, 0], [[0u32; 3]; 2]);
        // SAFETY: both arrays live through the call and have the layout that this version asks for.
        Errno::result(unsafe { libc::syscall(libc::SYS_capget, header.as_mut_ptr(), data.as_mut_ptr()) })?;
        let [low, high] = data;
        let join = |(low, high): (u32, u32)| u64::from(low) | u64::from(high) << 32;
        let [effective, permitted, inheritable] = [(low[0], high[0]), (low[1], high[1]), (low[2], high[2])].map(join);
        Ok(Capabilities { effective, permitted, inheritable })
    }

    /// Sets the capabilities of this process.
    pub fn set(self) -> Result<(), Errno> {
        let part = |shift: u32| [self.effective, self.permitted, self.inheritable].map(|set| (set >> shift) as u32);
        let (mut header, data) = ([CAP_VERSION, 0], [part(0), part(32)]);
        // SAFETY: as above; the kernel only reads both.
        Errno::result(unsafe { libc::syscall(libc::SYS_capset, header.as_mut_ptr(), data.as_ptr()) }).map(drop)
    }
}

/// Appends the first `n` of `bytes` (all, if `n` is larger) with one store of N bytes: a copy of `n` bytes would be a
/// call of memcpy, which costs more than the rest of a field's output.
#[inline(always)]
pub fn append<const N: usize>(out: &mut Vec<u8>, bytes: [u8; N], n: usize) {
    let len = out.len();
    if out.capacity().wrapping_sub(len) < N {
        out.reserve(N);
    }
    // SAFETY: there is room for N bytes behind the length, and the first `n` of them, at most N, are set here.
    unsafe {
        out.as_mut_ptr().add(len).cast::<[u8; N]>().write_unaligned(bytes);
        out.set_len(len.wrapping_add(n.min(N)));
    }
}

/// Whether exec(2) gave this process privileges that its parent did not have (AT_SECURE: getauxval(3)).
pub fn is_lent() -> bool {
    // SAFETY: getauxval reads the process's own auxiliary vector and takes a plain number.
    unsafe { libc::getauxval(libc::AT_SECURE) != 0 }
}

/// The metadata of a received netlink datagram.
pub struct Received {
    /// Length of the datagram, in bytes; more than the buffer if it was cut.
    pub len: usize,
    /// The sender: 0 is the kernel.
    pub port: u32,
    /// The nsid of the namespace it is about, if that is another one.
    pub nsid: Option<i32>,
}

/// A buffer for one control message with a number.
#[repr(C, align(8))]
struct Control([u8; 64]);

/// Receives one datagram without blocking, with the nsid of the namespace that it is from.
pub fn receive_datagram(fd: BorrowedFd<'_>, buf: &mut [u8]) -> Result<Received, Errno> {
    const LISTEN_ALL_NSID: libc::c_int = 8;
    let mut control = Control([0; 64]);
    // SAFETY: sockaddr_nl and msghdr are plain old data; all bits zero is a valid value.
    let (mut from, mut header): (libc::sockaddr_nl, libc::msghdr) = unsafe { (std::mem::zeroed(), std::mem::zeroed()) };
    let mut part = libc::iovec { iov_base: buf.as_mut_ptr().cast(), iov_len: buf.len() };
    header.msg_name = (&raw mut from).cast();
    header.msg_namelen = std::mem::size_of::<libc::sockaddr_nl>() as _;
    header.msg_iov = &raw mut part;
    header.msg_iovlen = 1;
    header.msg_control = control.0.as_mut_ptr().cast();
    header.msg_controllen = control.0.len() as _;
    // SAFETY: every pointer in `header` is to a live local (or to `buf`) of the length said beside it.
    let len = unsafe { libc::recvmsg(fd.as_raw_fd(), &raw mut header, libc::MSG_DONTWAIT | libc::MSG_TRUNC) };
    let len = usize::try_from(Errno::result(len)?).unwrap_or(0);
    let mut nsid = None;
    // SAFETY: the kernel has filled `header`; CMSG_* stay within msg_controllen, and the data is read unaligned.
    unsafe {
        let mut one = libc::CMSG_FIRSTHDR(&raw const header);
        while !one.is_null() {
            if (*one).cmsg_level == libc::SOL_NETLINK && (*one).cmsg_type == LISTEN_ALL_NSID {
                nsid = Some(libc::CMSG_DATA(one).cast::<i32>().read_unaligned());
            }
            one = libc::CMSG_NXTHDR(&raw const header, one);
        }
    }
    Ok(Received { len, port: from.nl_pid, nsid })
}

/// A Unix time in local time: year, month (from 1), day, day of the week (0: Sunday), hour, minute, second.
pub fn local_time(seconds: i64) -> [i32; 7] {
    // SAFETY: tm is plain old data; localtime_r fills it and keeps no pointer.
    let tm = unsafe {
        let mut tm: libc::tm = std::mem::zeroed();
        let at = seconds as libc::time_t;
        libc::localtime_r(&raw const at, &raw mut tm);
        tm
    };
    [tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_wday, tm.tm_hour, tm.tm_min, tm.tm_sec]
}

/// Whether this signal is ignored, as inherited from the parent.
pub fn is_ignored(signal: nix::sys::signal::Signal) -> bool {
    // SAFETY: a null new action only asks; `old` is plain data filled by the kernel.
    unsafe {
        let mut old: libc::sigaction = std::mem::zeroed();
        libc::sigaction(signal as libc::c_int, std::ptr::null(), &raw mut old) == 0 && old.sa_sigaction == libc::SIG_IGN
    }
}

/// Kills the process by a signal with the default handler, so that the parent sees the signal.
pub fn die_of(signal: nix::sys::signal::Signal) {
    use nix::sys::signal::{SigHandler, raise, signal as set};
    // SAFETY: SIG_DFL runs no code of ours.
    let _ = unsafe { set(signal, SigHandler::SigDfl) };
    let _ = raise(signal);
}

/// Restores the default handlers of signals; ignored ones stay ignored.
pub fn uncatch(signals: &[nix::sys::signal::Signal]) {
    use nix::sys::signal::{SigHandler, signal as set};
    for signal in signals.iter().filter(|s| !is_ignored(**s)) {
        // SAFETY: SIG_DFL runs no code of ours.
        let _ = unsafe { set(*signal, SigHandler::SigDfl) };
    }
}

/// Types that own their descriptor until they are dropped.
///
/// # Safety
///
/// `as_raw_fd` must return the same open descriptor as long as the value lives, even when it is moved.
pub unsafe trait Owns: AsRawFd {}
// SAFETY: an OwnedFd closes its descriptor when it is dropped, and not before.
unsafe impl Owns for OwnedFd {}
// SAFETY: a Socket holds one descriptor, made by `new`, which only its `Drop` closes.
unsafe impl Owns for netlink_sys::Socket {}

/// Registers a descriptor with the event loop of tokio.
pub fn watched<T: Owns>(inner: T, interest: tokio::io::Interest) -> std::io::Result<tokio::io::unix::AsyncFd<T>> {
    // SAFETY: `Owns` says that the descriptor is open, and stays the same, as long as `inner` lives.
    unsafe { tokio::io::unix::AsyncFd::register_with_interest(inner, interest) }.map_err(Into::into)
}
