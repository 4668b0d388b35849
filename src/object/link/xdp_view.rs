//! Prints the XDP programs of a device for `link show`.

use super::view::ShowOptions;
use crate::net::Nested;
use crate::output::Printer;
use crate::program;
use crate::schema::{IFLA_XDP_ATTACHED, IFLA_XDP_PROG_ID};

// XDP_ATTACHED_MULTI of linux/if_link.h.
const MANY: u8 = 4;
/// XDP_ATTACHED_* (linux/if_link.h), the attribute with the program id of that mode, and the label of its line.
const PLACES: [(u8, u16, &str); 3] = [(2, 6, "generic"), (1, 5, "drv"), (3, 7, "offload")];

/// Describes the attach mode in the first line: `xdp`, `xdpgeneric`, `xdpoffload`, `xdpmulti`.
pub fn attached(p: &mut Printer<'_>, xdp: &Nested<'_>, opts: ShowOptions) {
    let Some(mode) = xdp.u8(IFLA_XDP_ATTACHED) else { return };
    let word = match mode {
        1 => "xdp",
        2 => "xdpgeneric",
        3 => "xdpoffload",
        MANY => "xdpmulti",
        _ => return,
    };
    p.text(word);
    // `link show` prints each program on its own line; other output has it here.
    match xdp.u32(IFLA_XDP_PROG_ID).filter(|_| !opts.link) {
        Some(id) => p.text_item("/id:{} ", id),
        None => p.text(" "),
    }
    if !p.is_json() {
        return;
    }
    let one = |p: &mut Printer<'_>, id: u32| {
        p.object(Some("prog"));
        program::describe(p, id, opts.details);
        p.close();
    };
    p.object(Some("xdp"));
    p.hidden("mode", mode);
    if let Some(id) = xdp.u32(IFLA_XDP_PROG_ID) {
        one(p, id);
    }
    p.array(Some("attached"));
    for (mode, attr, _) in PLACES {
        if let Some(id) = xdp.u32(attr) {
            p.object(None);
            p.hidden("mode", mode);
            one(p, id);
            p.close();
        }
    }
    p.close();
    p.close();
}

/// Describes each program in a line, in text only.
pub fn programs(p: &mut Printer<'_>, xdp: &Nested<'_>, details: bool) {
    let Some(mode) = xdp.u8(IFLA_XDP_ATTACHED).filter(|m| (1..=MANY).contains(m) && !p.is_json()) else { return };
    let mut line = |place: &str, id: u32| {
        p.nl();
        p.text("    prog/xdp");
        p.text(place);
        p.text(" ");
        program::describe(p, id, details);
    };
    match xdp.u32(IFLA_XDP_PROG_ID) {
        Some(id) if mode != MANY => line("", id),
        _ => PLACES.iter().filter_map(|(_, attr, name)| Some((name, xdp.u32(*attr)?))).for_each(|(n, id)| line(n, id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::attr::put;
    use crate::output::Format;
    use crate::output::out::Out;

    fn told(attrs: &[(u16, &[u8])], link: bool) -> (String, String) {
        let mut body = Vec::new();
        attrs.iter().for_each(|(kind, b)| put(&mut body, *kind, b));
        let xdp = Nested::new(&body);
        let [text, json] = [false, true].map(|json| {
            let mut out = Out::memory();
            let mut p = Printer::new(&mut out, Format { json, ..Format::default() });
            p.object(None);
            attached(&mut p, &xdp, ShowOptions { link, ..ShowOptions::default() });
            if link {
                programs(&mut p, &xdp, false);
            }
            p.close();
            String::from_utf8(out.into_bytes()).unwrap()
        });
        (text, json)
    }

    /// Ids of programs that do not exist: only the ids are printed.
    const A: [u8; 4] = 0x7fff_fff0u32.to_ne_bytes();
    const B: [u8; 4] = 0x7fff_fff1u32.to_ne_bytes();

    #[test]
    fn one_program() {
        let attrs: &[(u16, &[u8])] = &[(2, &[2]), (4, &A), (6, &A)];
        let json = r#"{"xdp":{"mode":2,"prog":{"id":2147483632},"attached":[{"mode":2,"prog":{"id":2147483632}}]}}"#;
        assert_eq!(told(attrs, true), ("xdpgeneric \n    prog/xdp id 2147483632 ".into(), json.into()));
        assert_eq!(told(attrs, false), ("xdpgeneric/id:2147483632 ".into(), json.into()));
    }

    #[test]
    fn many_and_none() {
        let attrs: &[(u16, &[u8])] = &[(2, &[4]), (5, &A), (7, &B)];
        let text = "xdpmulti \n    prog/xdpdrv id 2147483632 \n    prog/xdpoffload id 2147483633 ";
        let json = r#"{"xdp":{"mode":4,"attached":[{"mode":1,"prog":{"id":2147483632}},{"mode":3,"prog":{"id":2147483633}}]}}"#;
        assert_eq!(told(attrs, true), (text.into(), json.into()));
        assert_eq!(told(&[(2, &[0])], true), (String::new(), "{}".into()));
        assert_eq!(told(&[], true), (String::new(), "{}".into()));
    }
}
