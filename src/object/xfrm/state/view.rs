//! Prints a state: struct xfrm_usersa_info and its attributes.

use super::super::names::{DIRECTIONS, describe_flags, mode, protocol};
use super::super::pack::{be16_of, be32_of, family_of, ip_of, u8_of, u16_of, u32_of};
use super::super::{id::Id, limit, mark, selector};
use super::words::{ENCAPS, EXTRA_FLAGS, FLAGS, INBOUND, PACKET};
use crate::net::Index;
use crate::net::attr::until_nul;
use crate::output::Printer;
use crate::output::scalar::Hex;
use crate::schema::xfrm::*;
use crate::session::Session;

/// Options for printing a state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Hide its keys.
    pub nokeys: bool,
    /// For an expire event: whether the hard limit was reached.
    pub hard: Option<u8>,
}

/// A state in a message: reads its header and attributes without copying.
pub struct Sa<'a> {
    /// struct xfrm_usersa_info.
    pub head: &'a [u8],
    /// Its attributes.
    pub a: Index<'a, 40>,
}

impl<'a> Sa<'a> {
    /// Parses the body of a message that begins with struct xfrm_usersa_info; `header` is the length of all that
    /// precedes the attributes, in bytes.
    pub fn parse(body: &'a [u8], header: usize) -> Option<Sa<'a>> {
        Some(Sa { head: body.get(..usersa_info::SIZE)?, a: Index::new(body.get(header..)?) })
    }

    /// The address family, AF_*.
    pub fn family(&self) -> u8 {
        family_of(self.head, usersa_info::FAMILY)
    }

    /// IPPROTO_*.
    pub fn proto(&self) -> u8 {
        u8_of(self.head, usersa_info::PROTO)
    }

    /// The SPI.
    pub fn spi(&self) -> u32 {
        be32_of(self.head, usersa_info::SPI)
    }

    /// struct xfrm_usersa_id, which names it in a request.
    pub fn id(&self) -> Vec<u8> {
        let mut out = vec![0; usersa_id::SIZE];
        let part = |at: usize, len: usize| self.head.get(at..at + len).unwrap_or_default();
        for (to, from, len) in [
            (usersa_id::DADDR, usersa_info::DADDR, XFRM_ADDRESS),
            (usersa_id::SPI, usersa_info::SPI, 4),
            (usersa_id::FAMILY, usersa_info::FAMILY, 2),
            (usersa_id::PROTO, usersa_info::PROTO, 1),
        ] {
            super::super::pack::set(&mut out, to, part(from, len));
        }
        out
    }

    /// xfrm_address_t of its source.
    pub fn source(&self) -> &'a [u8] {
        self.head.get(usersa_info::SADDR..usersa_info::SADDR + XFRM_ADDRESS).unwrap_or_default()
    }

    /// The command line words that name it.
    pub fn words(&self) -> String {
        let ip = |at| ip_of(self.head, at, self.family()).map_or(String::new(), |ip| ip.to_string());
        let (src, dst) = (ip(usersa_info::SADDR), ip(usersa_info::DADDR));
        let named = format!("src {src} dst {dst} proto {}", protocol(self.proto()));
        match self.spi() {
            0 if !Id::has_spi(self.proto()) => named,
            spi => format!("{named} spi 0x{spi:08x}"),
        }
    }
}

/// Describes a state and ends its record. The caller opens and closes the object.
pub fn describe(s: &Session, p: &mut Printer<'_>, sa: &Sa<'_>, look: Look) {
    let (h, more) = (sa.head, s.options.stats > 0);
    head(p, sa, more);
    marks(p, sa);
    keys(p, sa, look, more);
    ways(p, sa);
    replay(p, &sa.a);
    offload(s, p, &sa.a);
    if let Some(v) = sa.a.u32(XFRMA_IF_ID) {
        p.item("if_id", "\tif_id {}", Number(v));
        p.nl();
    }
    if let Some(v) = sa.a.u32(XFRMA_TFCPAD) {
        p.item("tfcpad", "\ttfcpad {}", v);
        p.nl();
    }
    if let Some(v) = sa.a.u8(XFRMA_SA_DIR) {
        p.item("dir", "\tdir {}", DIRECTIONS.name(v).map_or_else(|| v.to_string(), String::from));
        p.nl();
    }
    if let Some(v) = sa.a.u32(XFRMA_NAT_KEEPALIVE_INTERVAL) {
        p.hidden("nat_keepalive", v);
    }
    if let Some(v) = sa.a.u32(XFRMA_SA_PCPU) {
        p.item("pcpu", "\tpcpu-num {}", v);
        p.nl();
    }
    let sel = h.get(usersa_info::SEL..usersa_info::SEL + crate::schema::xfrm::selector::SIZE).unwrap_or_default();
    if sel.iter().any(|b| *b != 0) {
        p.object(Some("sel"));
        p.text("\tsel ");
        selector_of(s, p, sel, sa.family());
        p.close();
    }
    let part = |at: usize, len: usize| h.get(at..at + len).unwrap_or_default();
    if more || p.is_json() {
        limit::describe(p, "", part(usersa_info::LFT, lifetime::SIZE), part(usersa_info::CURLFT, current::SIZE));
        statistics(p, h);
    }
    if let Some(text) = sa.a.get(XFRMA_SEC_CTX).and_then(|b| b.get(user_sec_ctx::SIZE..)) {
        p.item("ctx", "\tsecurity context {} ", until_nul(text));
        p.nl();
    }
    if let Some(hard) = look.hard {
        p.item("hard", "\thard {}", hard);
        p.nl();
    }
    if p.oneline() {
        p.text("\n");
    }
    p.out.flush_if_full();
}

fn selector_of(s: &Session, p: &mut Printer<'_>, sel: &[u8], family: u8) {
    selector::describe(s, p, sel, family);
    p.nl();
}

/// Describes addresses, protocol, SPI, request id, mode, replay window and flags.
fn head(p: &mut Printer<'_>, sa: &Sa<'_>, more: bool) {
    let h = sa.head;
    for (key, form, at) in [("src", "src {} ", usersa_info::SADDR), ("dst", "dst {}", usersa_info::DADDR)] {
        if let Some(ip) = ip_of(h, at, sa.family()) {
            p.item(key, form, ip);
        }
    }
    p.nl();
    let (proto, spi) = (sa.proto(), sa.spi());
    p.item("proto", "\tproto {} ", protocol(proto));
    if Id::has_spi(proto) || spi != 0 || more || p.is_json() {
        p.hidden("spi", spi);
        p.text_item("spi 0x{}", format_args!("{spi:08x}"));
        p.text(&if more { format!("({spi}) ") } else { " ".into() });
    }
    let reqid = u32_of(h, usersa_info::REQID);
    p.item("reqid", "reqid {}", reqid);
    p.text(&if more { format!("(0x{reqid:08x}) ") } else { " ".into() });
    p.item("mode", "mode {}", mode(u8_of(h, usersa_info::MODE)));
    p.nl();
    p.item("replay_window", "\treplay-window {} ", u8_of(h, usersa_info::REPLAY_WINDOW));
    // iproute2 prints the number in network byte order, as decimal digits after `0x`.
    let seq = u32_of(h, usersa_info::SEQ);
    p.hidden("seq", u32::from_be(seq));
    if more {
        p.text(&format!("seq 0x{seq:08} "));
    }
    let flags = u32::from(u8_of(h, usersa_info::FLAGS));
    if more || flags != 0 || p.is_json() {
        p.text("flag ");
        describe_flags(p, "flags", FLAGS, flags);
    }
    let extra = sa.a.u32(XFRMA_SA_EXTRA_FLAGS).unwrap_or(0);
    if p.is_json() || more && extra != 0 {
        p.text("extra_flag ");
        describe_flags(p, "extra_flags", EXTRA_FLAGS, extra);
    }
    if more {
        p.text(&format!(" (0x{flags:08b})"));
    }
    p.nl();
}

fn marks(p: &mut Printer<'_>, sa: &Sa<'_>) {
    let own = sa.a.get(XFRMA_MARK).map(mark::Mark::parse);
    let output = sa.a.u32(XFRMA_SET_MARK);
    if own.is_none() && output.is_none() {
        return;
    }
    p.text("\t");
    if let Some(own) = own {
        mark::describe(p, "mark", "mark {} ", own);
    }
    if let Some(value) = output {
        let mask = sa.a.u32(XFRMA_SET_MARK_MASK);
        p.object(Some("output_mark"));
        p.hidden("value", value);
        if let Some(mask) = mask {
            p.hidden("mask", mask);
        }
        p.close();
        p.text_item("output-mark {}", Hex::alternate(value));
        if let Some(mask) = mask {
            p.text_item("/{}", Hex::alternate(mask));
        }
    }
    p.nl();
}

/// Describes the algorithms, with their keys unless hidden.
fn keys(p: &mut Printer<'_>, sa: &Sa<'_>, look: Look, more: bool) {
    let trunc = sa.a.get(XFRMA_ALG_AUTH_TRUNC);
    let auth = sa.a.get(XFRMA_ALG_AUTH).filter(|_| trunc.is_none());
    for (b, key, form, length) in [
        (auth, "auth", "\tauth {} ", None),
        (trunc, "auth", "\tauth-trunc {} ", Some("trunc_bits")),
        (sa.a.get(XFRMA_ALG_AEAD), "aead", "\taead {} ", Some("icv_bits")),
        (sa.a.get(XFRMA_ALG_CRYPT), "enc", "\tenc {} ", None),
        (sa.a.get(XFRMA_ALG_COMP), "comp", "\tcomp {} ", None),
    ] {
        let Some(b) = b else { continue };
        let bits = u32_of(b, algo::KEY_LEN);
        let from = algo::LENGTH + if length.is_some() { 4 } else { 0 };
        let bytes = usize::try_from(bits.div_ceil(8)).unwrap_or(0);
        let material = b.get(from..).and_then(|k| k.get(..bytes.min(k.len()))).unwrap_or_default();
        p.object(Some(key));
        p.item("name", form, until_nul(b.get(..ALGO_NAME).unwrap_or(b)));
        if look.nokeys {
            p.text("<<Keys hidden>>");
        } else {
            let hex: String = material.iter().map(|b| format!("{b:02x}")).collect();
            if key != "comp" {
                p.hidden("key", format_args!("0x{hex}"));
            }
            if !material.is_empty() {
                p.text(&format!("0x{hex}"));
                if more {
                    p.text(&format!(" ({bits} bits)"));
                }
            }
        }
        if let Some(length) = length {
            p.item(length, " {}", u32_of(b, algo::LENGTH));
        }
        p.close();
        p.nl();
    }
}

/// Describes encapsulation, care-of address and the time of the last use.
fn ways(p: &mut Printer<'_>, sa: &Sa<'_>) {
    if let Some(b) = sa.a.get(XFRMA_ENCAP) {
        let kind = u16_of(b, encap_tmpl::TYPE);
        p.object(Some("encap"));
        p.item("type", "\tencap type {} ", ENCAPS.name(kind).map_or_else(|| kind.to_string(), String::from));
        p.item("sport", "sport {} ", be16_of(b, encap_tmpl::SPORT));
        p.item("dport", "dport {} ", be16_of(b, encap_tmpl::DPORT));
        if let Some(ip) = ip_of(b, encap_tmpl::OA, sa.family()) {
            p.item("addr", "addr {}", ip);
        }
        p.close();
        p.nl();
    }
    if let Some(ip) = sa.a.get(XFRMA_COADDR).and_then(|b| ip_of(b, 0, sa.family())) {
        p.item("coa", "\tcoa {}", ip);
        p.nl();
    }
    if let Some(seconds) = sa.a.u64(XFRMA_LASTUSED) {
        p.hidden("lastused", seconds);
        p.text_item("\tlastused {}", limit::time(seconds));
        p.nl();
    }
}

/// Describes the sequence numbers and the replay window.
fn replay(p: &mut Printer<'_>, a: &Index<'_, 40>) {
    if let Some(b) = a.get(XFRMA_REPLAY_VAL) {
        let [seq, oseq, bitmap] = [replay_state::SEQ, replay_state::OSEQ, replay_state::BITMAP].map(|at| u32_of(b, at));
        p.object(Some("replay"));
        p.hidden("seq", seq);
        p.hidden("oseq", oseq);
        p.array(Some("bitmap"));
        if p.is_json() {
            p.element("", bitmap);
        }
        p.close();
        p.close();
        p.text(&format!("\tanti-replay context: seq 0x{seq:x}, oseq 0x{oseq:x}, bitmap 0x{bitmap:08x}"));
        p.nl();
    }
    let Some(b) = a.get(XFRMA_REPLAY_ESN_VAL) else { return };
    use replay_state_esn as esn;
    let [length, oseq, seq, oseq_hi, seq_hi, window] =
        [esn::BMP_LEN, esn::OSEQ, esn::SEQ, esn::OSEQ_HI, esn::SEQ_HI, esn::REPLAY_WINDOW].map(|at| u32_of(b, at));
    let words: Vec<u32> = b.get(esn::SIZE..).unwrap_or_default().chunks_exact(4).map(|c| u32_of(c, 0)).collect();
    p.object(Some("replay"));
    for (key, v) in [("seq", seq), ("oseq", oseq), ("seq_hi", seq_hi), ("oseq_hi", oseq_hi), ("window", window)] {
        p.hidden(key, v);
    }
    p.array(Some("bitmap"));
    if p.is_json() {
        words.iter().for_each(|v| p.element("", *v));
    }
    p.close();
    p.close();
    p.text("\tanti-replay esn context:");
    p.nl();
    p.text(&format!("\t seq-hi 0x{seq_hi:x}, seq 0x{seq:x}, oseq-hi 0x{oseq_hi:x}, oseq 0x{oseq:x}"));
    p.nl();
    p.text(&format!("\t replay_window {window}, bitmap-length {length}"));
    p.nl();
    // Highest sequence numbers first, eight words per line.
    for line in words.rchunks(8) {
        p.text("\t ");
        line.iter().rev().for_each(|v| p.text(&format!("{v:08x} ")));
        p.nl();
    }
}

fn offload(s: &Session, p: &mut Printer<'_>, a: &Index<'_, 40>) {
    let Some(b) = a.get(XFRMA_OFFLOAD_DEV) else { return };
    let flags = u8_of(b, user_offload::FLAGS);
    p.object(Some("offload"));
    let index = u32_of(b, user_offload::IFINDEX);
    s.with_link_name(index, |name| p.item("dev", "\tcrypto offload parameters: dev {} ", name));
    p.item("dir", "dir {} ", if flags & INBOUND != 0 { "in" } else { "out" });
    p.item("mode", "mode {}", if flags & PACKET != 0 { "packet" } else { "crypto" });
    p.close();
    p.nl();
}

fn statistics(p: &mut Printer<'_>, h: &[u8]) {
    p.object(Some("stats"));
    p.text("\tstats:");
    p.nl();
    p.item("replay_window", "\t  replay-window {} ", u32_of(h, usersa_info::STATS_REPLAY_WINDOW));
    p.item("replay", "replay {} ", u32_of(h, usersa_info::STATS_REPLAY));
    p.item("failed", "failed {}", u32_of(h, usersa_info::STATS_FAILED));
    p.close();
    p.nl();
}

/// A number, hexadecimal in text and decimal in JSON.
pub struct Number(pub u32);

impl crate::output::Scalar for Number {
    fn text(&self, out: &mut Vec<u8>) {
        Hex::alternate(self.0).text(out);
    }
    fn json(&self, out: &mut Vec<u8>) {
        crate::output::scalar::decimal(out, self.0.into());
    }
}
