//! The XDP programs of a device, as `link show` prints them.

use crate::net::Nested;
use crate::show::Paper;

// linux/if_link.h
const ATTACHED: u16 = 2;
const PROG_ID: u16 = 4;

/// The mode in line one: `xdp`, `xdpgeneric`, `xdpoffload`, `xdpmulti`.
pub fn attached(p: &mut Paper<'_>, xdp: &Nested<'_>) {
    let word = match xdp.u8(ATTACHED) {
        Some(1) => "xdp",
        Some(2) => "xdpgeneric",
        Some(3) => "xdpoffload",
        Some(4) => "xdpmulti",
        _ => return,
    };
    p.object(Some("xdp"));
    p.hidden("mode", xdp.u8(ATTACHED).unwrap_or(0));
    p.text(word);
    if let Some(id) = xdp.u32(PROG_ID) {
        p.object(Some("prog"));
        p.item("id", "/id:{}", id);
        p.close();
    }
    p.text(" ");
    p.close();
}
