//! The requests of `add`, `update` and `allocspi`: checks the words as a whole, and composes the messages.

use super::super::id::Id;
use super::super::names::*;
use super::super::pack::{address, address_of, set, u8_of};
use super::algorithm::Kind;
use super::words::{ESN, IN, INBOUND, OUT, State};
use crate::diag::{Diag, FAIL, Span, USAGE};
use crate::grammar::Words;
use crate::grammar::address::UNSPEC;
use crate::net::Request;
use crate::net::attr::put;
use crate::schema::xfrm::*;

/// The range of SPIs that `allocspi` chooses from; lower ones are reserved (RFC 4303).
const SPIS: (u32, u32) = (0x100, 0x0fff_ffff);
/// The range of compression parameter indexes (CPIs) that it chooses from (RFC 3173).
const CPIS: (u32, u32) = (0x100, 0xffff);

/// A parsed state: its ID and the other words.
pub struct Whole {
    /// The ID.
    pub id: Id,
    /// The other words.
    pub t: State,
    /// The address family, AF_*.
    pub family: u8,
}

impl Whole {
    /// Takes the parsed words, if they name a state.
    ///
    /// # Errors
    ///
    /// The ID is missing.
    pub fn new(mut t: State, w: &Words<'_>) -> Result<Whole, Diag> {
        let Some(id) = t.take_id() else {
            return Err(Diag::fail("Not enough information: ID is required").at(Span::word(w.at())));
        };
        let family = id.family(w.family);
        Ok(Whole { id, t, family })
    }

    /// The state as struct xfrm_usersa_info.
    fn header(&self, limits: &[u8]) -> Vec<u8> {
        let (t, id) = (&self.t, &self.id);
        let mut out = vec![0; usersa_info::SIZE];
        if let Some(sel) = &t.sel {
            set(&mut out, usersa_info::SEL, &sel.bytes(UNSPEC));
        }
        set(&mut out, usersa_info::DADDR, &address_of(&id.dst));
        set(&mut out, usersa_info::SPI, &id.spi.unwrap_or(0).to_be_bytes());
        set(&mut out, usersa_info::PROTO, &[id.proto.unwrap_or(0)]);
        set(&mut out, usersa_info::SADDR, &address_of(&id.src));
        set(&mut out, usersa_info::LFT, limits);
        set(&mut out, usersa_info::SEQ, &t.seq.to_be_bytes());
        set(&mut out, usersa_info::REQID, &t.reqid.to_ne_bytes());
        set(&mut out, usersa_info::FAMILY, &u16::from(self.family).to_ne_bytes());
        set(&mut out, usersa_info::MODE, &[t.mode.unwrap_or(TRANSPORT)]);
        if !self.has_esn_window() {
            set(&mut out, usersa_info::REPLAY_WINDOW, &[u8::try_from(t.window).unwrap_or(0)]);
        }
        set(&mut out, usersa_info::FLAGS, &[u8::try_from(t.flags).unwrap_or(0)]);
        out
    }

    /// Whether the window is sent as struct xfrm_replay_state_esn.
    fn has_esn_window(&self) -> bool {
        self.t.window > 32 || self.t.flags & ESN != 0
    }

    /// The request of `add` (XFRM_MSG_NEWSA) or `update` (XFRM_MSG_UPDSA).
    pub fn request(self, kind: u16) -> Request {
        let header = self.header(&self.t.limits.0);
        let mut r = Request::xfrm(kind, 0, &header);
        let t = &self.t;
        for a in &t.algorithms {
            r.put(a.kind.attribute(), &a.bytes);
        }
        if let Some(ip) = t.coa.as_ref().and_then(|p| p.ip()) {
            r.put(XFRMA_COADDR, &address(ip));
        }
        if let Some(encap) = &t.encap {
            r.put(XFRMA_ENCAP, encap);
        }
        if let Some(ctx) = &t.ctx {
            r.put(XFRMA_SEC_CTX, &security_context(ctx));
        }
        self.put_replay(&mut r);
        if let Some(offload) = &t.offload {
            // As in iproute2, a later direction applies.
            let inbound = if t.dir == Some(IN) { INBOUND } else { 0 };
            let mut b = offload.clone();
            set(&mut b, user_offload::FLAGS, &[u8_of(offload, user_offload::FLAGS) | inbound]);
            r.put(XFRMA_OFFLOAD_DEV, &b);
        }
        let mut number = |attr, v: u32| {
            if v != 0 {
                r.put(attr, &v.to_ne_bytes());
            }
        };
        number(XFRMA_SA_EXTRA_FLAGS, t.extra);
        number(XFRMA_TFCPAD, t.tfcpad);
        number(XFRMA_SET_MARK, t.output.value);
        number(XFRMA_SET_MARK_MASK, t.output.mask);
        if t.mark.mask != 0 {
            r.put(XFRMA_MARK, &t.mark.bytes());
        }
        if let Some(if_id) = t.if_id {
            r.put(XFRMA_IF_ID, &if_id.to_ne_bytes());
        }
        self.put_direction(&mut r);
        self.end(r)
    }

    fn put_direction(&self, r: &mut Request) {
        if let Some(dir) = self.t.dir {
            r.put(XFRMA_SA_DIR, &[dir]);
        }
        if let Some(pcpu) = self.t.pcpu {
            r.put(XFRMA_SA_PCPU, &pcpu.to_ne_bytes());
        }
    }

    fn put_replay(&self, r: &mut Request) {
        let [seq, seq_hi, oseq, oseq_hi] = self.t.replay.map(|v| v.unwrap_or(0));
        if self.has_esn_window() {
            use replay_state_esn as esn;
            let words = self.t.window.div_ceil(32);
            let mut b = vec![0; esn::SIZE];
            for (at, v) in [
                (esn::BMP_LEN, words),
                (esn::OSEQ, oseq),
                (esn::SEQ, seq),
                (esn::OSEQ_HI, oseq_hi),
                (esn::SEQ_HI, seq_hi),
                (esn::REPLAY_WINDOW, self.t.window),
            ] {
                set(&mut b, at, &v.to_ne_bytes());
            }
            r.put(XFRMA_REPLAY_ESN_VAL, &b);
        } else if seq != 0 || oseq != 0 {
            let mut b = vec![0; replay_state::SIZE];
            set(&mut b, replay_state::OSEQ, &oseq.to_ne_bytes());
            set(&mut b, replay_state::SEQ, &seq.to_ne_bytes());
            r.put(XFRMA_REPLAY_VAL, &b);
        }
    }

    /// The request of `allocspi`.
    pub fn allocation(self) -> Request {
        let mut header = self.header(&[0; lifetime::SIZE]);
        let [min, max] = self.t.range;
        let range = if self.id.proto == Some(COMP) { CPIS } else { SPIS };
        header.extend_from_slice(&min.unwrap_or(range.0).to_ne_bytes());
        header.extend_from_slice(&max.unwrap_or(range.1).to_ne_bytes());
        let mut r = Request::xfrm(XFRM_MSG_ALLOCSPI, 0, &header);
        if self.t.mark.selects() {
            r.put(XFRMA_MARK, &self.t.mark.bytes());
        }
        self.put_direction(&mut r);
        self.end(r)
    }

    fn end(self, mut r: Request) -> Request {
        r.trail = self.t.trail;
        r.trail.adopt(&[], self.id.trail);
        r
    }

    /// Checks that the words of `add` and `update` go together.
    ///
    /// # Errors
    ///
    /// The first such rule.
    pub fn check(&self, span: Span) -> Result<(), Diag> {
        let t = &self.t;
        if t.flags & ESN != 0 && t.window == 0 && t.dir != Some(OUT) {
            return Err(Diag::new(USAGE, "Error: esn flag set without replay-window.").at(span));
        }
        if t.window > XFRMA_REPLAY_ESN_MAX {
            let window = t.window;
            let text = format!("Error: replay-window ({window}) > XFRMA_REPLAY_ESN_MAX ({XFRMA_REPLAY_ESN_MAX}).");
            return Err(Diag::new(USAGE, text).at(span));
        }
        Ok(())
    }

    /// Checks that its protocol allows the words.
    ///
    /// # Errors
    ///
    /// The first such rule.
    pub fn check_protocol(&self, span: Span) -> Result<(), Diag> {
        let proto = self.id.proto.unwrap_or(0);
        let t = &self.t;
        let refuse = |text: &str| {
            let name = protocol(proto);
            Err(Diag::new(FAIL, format!("{text} with XFRM-PROTO value \"{name}\"")).at(span))
        };
        let mode = t.mode.unwrap_or(TRANSPORT);
        let has = |kinds: &[Kind]| t.algorithms.iter().any(|a| kinds.contains(&a.kind));
        match proto {
            ESP if !matches!(mode, TRANSPORT | TUNNEL | BEET) => return refuse("MODE value is invalid"),
            AH | COMP if !matches!(mode, TRANSPORT | TUNNEL) => return refuse("MODE value is invalid"),
            ROUTE2 | HAO => match t.mode {
                None => return refuse("\"mode\" is required"),
                Some(ROUTE_OPTIMIZATION | IN_TRIGGER) => {}
                Some(_) => return refuse("MODE value is invalid"),
            },
            _ => {}
        }
        match proto {
            ESP if has(&[Kind::Comp]) => return refuse("ALGO-TYPE value \"comp\" is invalid"),
            ESP if !has(&[Kind::Enc, Kind::Aead]) => {
                return refuse("ALGO-TYPE value \"enc\" or \"aead\" is required");
            }
            AH if has(&[Kind::Enc, Kind::Aead, Kind::Comp]) => {
                return refuse("ALGO-TYPE values \"enc\", \"aead\", and \"comp\" are invalid");
            }
            AH if !has(&[Kind::Auth, Kind::AuthTrunc]) => {
                return refuse("ALGO-TYPE value \"auth\" or \"auth-trunc\" is required");
            }
            COMP if has(&[Kind::Enc, Kind::Auth, Kind::AuthTrunc, Kind::Aead]) => {
                return refuse("ALGO-TYPE values \"enc\", \"auth\", \"auth-trunc\", and \"aead\" are invalid");
            }
            COMP if !has(&[Kind::Comp]) => return refuse("ALGO-TYPE value \"comp\" is required"),
            ROUTE2 | HAO if !t.algorithms.is_empty() => return refuse("ALGO is invalid"),
            _ => {}
        }
        match proto {
            ROUTE2 | HAO if t.coa.is_none() => refuse("\"coa\" is required"),
            ESP | AH | COMP if t.coa.is_some() => refuse("\"coa\" is invalid"),
            _ => Ok(()),
        }
    }
}

/// struct xfrm_user_sec_ctx, and the NUL-terminated text.
pub fn security_context(text: &[u8]) -> Vec<u8> {
    let mut b = vec![0; user_sec_ctx::SIZE];
    let length = u16::try_from(text.len() + 1).unwrap_or(u16::MAX);
    let whole = u16::try_from(user_sec_ctx::SIZE).unwrap_or(0).saturating_add(length);
    set(&mut b, user_sec_ctx::LEN, &whole.to_ne_bytes());
    set(&mut b, user_sec_ctx::EXTTYPE, &XFRMA_SEC_CTX.to_ne_bytes());
    // XFRM_SC_ALG_SELINUX and XFRM_SC_DOI_LSM of linux/xfrm.h.
    set(&mut b, user_sec_ctx::ALG, &[1]);
    set(&mut b, user_sec_ctx::DOI, &[1]);
    set(&mut b, user_sec_ctx::CTX_LEN, &length.to_ne_bytes());
    b.extend_from_slice(text);
    b.push(0);
    b
}

/// A request that names one state: XFRM_MSG_GETSA or XFRM_MSG_DELSA.
pub fn named(kind: u16, header: &[u8], source: Option<&[u8]>, mark: Option<&[u8]>) -> Request {
    let mut r = Request::xfrm(kind, 0, header);
    for (attr, value) in [(XFRMA_SRCADDR, source), (XFRMA_MARK, mark)] {
        if let Some(value) = value {
            put(&mut r.body, attr, value);
        }
    }
    r
}
