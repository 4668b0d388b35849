//! The kernel's part of what is timed, alone: a dump is read and thrown away, requests are sent.

use rip::internals::net::Request;
use rip::internals::net::kernel::{Kernel, Messages, Reading};
use rip::internals::schema;

/// `--read WHAT [PER_MILLE]`: reads the dump that `link show`, `addr show` or `route show` needs, and writes so many bytes
/// for each thousand of it to the output. Gives the length of the dump, in bytes.
pub fn read(what: &str, per_mille: usize) -> usize {
    const INET: u8 = 2;
    let mask = schema::RTEXT_FILTER_VF | schema::RTEXT_FILTER_SKIP_STATS;
    let links = || Request::raw(schema::RTM_GETLINK, 0, &[0; 16]).with(schema::IFLA_EXT_MASK, &mask.to_ne_bytes());
    let requests = match what {
        "links" => vec![links()],
        "addresses" => vec![Request::raw(schema::RTM_GETADDR, 0, &[0; 8]), links()],
        _ => vec![
            Request::raw(schema::RTM_GETROUTE, 0, &[INET, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
                .with(schema::RTA_TABLE, &schema::RT_TABLE_MAIN.to_ne_bytes()),
        ],
    };
    let kernel = Kernel::open(1 << 20).expect("a socket");
    let mut output = vec![];
    requests.iter().map(|request| dump(&kernel, request, per_mille, &mut output)).sum()
}

/// Reads one dump.
fn dump(kernel: &Kernel, request: &Request, per_mille: usize, out: &mut Vec<u8>) -> usize {
    use netlink_packet_core::{NLM_F_DUMP, NLM_F_REQUEST, NLMSG_DONE};
    const PIECE: usize = 60 * 1024;
    kernel.socket().send(&request.bytes(1, NLM_F_REQUEST | NLM_F_DUMP), 0).expect("a question");
    let write = |out: &mut Vec<u8>, least: usize| {
        if out.len() > least {
            std::io::Write::write_all(&mut std::io::stdout().lock(), out).expect("a write");
            out.clear();
        }
    };
    let (mut buf, mut all) = (Vec::new(), 0);
    loop {
        kernel.receive(&mut buf).expect("an answer");
        all += buf.len();
        out.resize(out.len() + buf.len() * per_mille / 1000, b'x');
        write(out, PIECE);
        if Reading::ends(&buf) {
            assert!(Messages(&buf).any(|(m, _, _)| m.kind == NLMSG_DONE), "the kernel refused");
            write(out, 0);
            return all;
        }
    }
}

/// `--send add|replace COUNT TOGETHER`: sends the requests of `route_lines`, so many in one datagram, and looks for refusals
/// after each: the kernel's part of a batch.
pub fn send(replace: bool, count: usize, together: usize) {
    use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, NLM_F_REQUEST};
    use nix::libc::{EAGAIN, MSG_DONTWAIT};
    const HEADER: [u8; 12] = [2, 24, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
    const STATIC: u8 = 4;
    let kernel = Kernel::open(1 << 20).expect("a socket");
    let device = nix::net::if_::if_nametoindex("d0").expect("d0").to_ne_bytes();
    let flags = NLM_F_REQUEST | NLM_F_CREATE | if replace { NLM_F_REPLACE } else { NLM_F_EXCL };
    let mut bytes = Vec::new();
    for n in 0..count {
        let third = |n: usize| u8::try_from(n & 255).expect("a byte");
        let mut header = HEADER;
        // struct rtmsg: the protocol and the scope.
        (header[5], header[6]) = (if n % 4 == 3 { STATIC } else { HEADER[5] }, if n % 4 % 3 == 0 { 253 } else { 0 });
        let net = [20 + third(n >> 16), third(n >> 8), third(n), 0];
        let request = Request::raw(schema::RTM_NEWROUTE, 0, &header).with(schema::RTA_DST, &net);
        let via = [10, 250, 0, 2 + third(n % 200)];
        let request = match n % 4 {
            0 => request.with(schema::RTA_OIF, &device),
            1 => request.with(schema::RTA_GATEWAY, &via),
            2 => request
                .with(schema::RTA_GATEWAY, &via)
                .with(schema::RTA_PRIORITY, &u32::try_from(1 + n % 1000).expect("a metric").to_ne_bytes()),
            _ => request.with(schema::RTA_OIF, &device).with(schema::RTA_PREFSRC, &[10, 250, 0, 1]),
        };
        bytes.extend(request.bytes(u32::try_from(n).expect("a number") + 1, flags));
        if (n + 1) % together == 0 || n + 1 == count {
            kernel.socket().send(&bytes, 0).expect("sent");
            bytes.clear();
            let refusal = kernel.socket().recv(&mut &mut [0; 4096][..], MSG_DONTWAIT).map_err(|e| e.raw_os_error());
            assert_eq!(refusal, Err(Some(EAGAIN)), "line {n} was refused");
        }
    }
}
