//! Messages of NETLINK_XFRM: their numbers, the structures before and inside the attributes, and the attributes
//! (linux/xfrm.h).

/// A structure with a fixed layout: its size and the offsets of its members, in bytes.
macro_rules! layout {
    ($(#[$doc:meta])* pub mod $name:ident [$size:literal] { $($(#[$note:meta])* $field:ident = $at:literal;)* }) => {
        $(#[$doc])*
        #[allow(dead_code)]
        pub mod $name {
            /// Its size, in bytes.
            pub const SIZE: usize = $size;
            $($(#[$note])*
            #[doc = concat!("The place of `", stringify!($field), "`.")]
            pub const $field: usize = $at;)*
        }
    };
}

macro_rules! numbers {
    ($($name:ident = $number:literal;)*) => {$(
        #[doc = concat!("The message type ", stringify!($name), ".")]
        #[allow(dead_code)]
        pub const $name: u16 = $number;
    )*};
}

numbers! {
    XFRM_MSG_NEWSA = 0x10;
    XFRM_MSG_DELSA = 0x11;
    XFRM_MSG_GETSA = 0x12;
    XFRM_MSG_NEWPOLICY = 0x13;
    XFRM_MSG_DELPOLICY = 0x14;
    XFRM_MSG_GETPOLICY = 0x15;
    XFRM_MSG_ALLOCSPI = 0x16;
    XFRM_MSG_ACQUIRE = 0x17;
    XFRM_MSG_EXPIRE = 0x18;
    XFRM_MSG_UPDPOLICY = 0x19;
    XFRM_MSG_UPDSA = 0x1a;
    XFRM_MSG_POLEXPIRE = 0x1b;
    XFRM_MSG_FLUSHSA = 0x1c;
    XFRM_MSG_FLUSHPOLICY = 0x1d;
    XFRM_MSG_NEWAE = 0x1e;
    XFRM_MSG_GETAE = 0x1f;
    XFRM_MSG_REPORT = 0x20;
    XFRM_MSG_MIGRATE = 0x21;
    XFRM_MSG_NEWSADINFO = 0x22;
    XFRM_MSG_GETSADINFO = 0x23;
    XFRM_MSG_NEWSPDINFO = 0x24;
    XFRM_MSG_GETSPDINFO = 0x25;
    XFRM_MSG_MAPPING = 0x26;
    XFRM_MSG_SETDEFAULT = 0x27;
    XFRM_MSG_GETDEFAULT = 0x28;
}

/// Bytes of xfrm_address_t.
pub const XFRM_ADDRESS: usize = 16;

layout! {
    /// struct xfrm_selector.
    pub mod selector [56] {
        DADDR = 0;
        SADDR = 16;
        DPORT = 32;
        DPORT_MASK = 34;
        SPORT = 36;
        SPORT_MASK = 38;
        FAMILY = 40;
        PREFIXLEN_D = 42;
        PREFIXLEN_S = 43;
        PROTO = 44;
        IFINDEX = 48;
        USER = 52;
    }
}

layout! {
    /// struct xfrm_lifetime_cfg: eight numbers of 64 bits.
    pub mod lifetime [64] {
        SOFT_BYTES = 0;
        HARD_BYTES = 8;
        SOFT_PACKETS = 16;
        HARD_PACKETS = 24;
        SOFT_ADD = 32;
        HARD_ADD = 40;
        SOFT_USE = 48;
        HARD_USE = 56;
    }
}

layout! {
    /// struct xfrm_lifetime_cur.
    pub mod current [32] {
        BYTES = 0;
        PACKETS = 8;
        ADD_TIME = 16;
        USE_TIME = 24;
    }
}

layout! {
    /// struct xfrm_usersa_info: a state.
    pub mod usersa_info [224] {
        SEL = 0;
        DADDR = 56;
        SPI = 72;
        PROTO = 76;
        SADDR = 80;
        LFT = 96;
        CURLFT = 160;
        STATS_REPLAY_WINDOW = 192;
        STATS_REPLAY = 196;
        STATS_FAILED = 200;
        SEQ = 204;
        REQID = 208;
        FAMILY = 212;
        MODE = 214;
        REPLAY_WINDOW = 215;
        FLAGS = 216;
    }
}

layout! {
    /// struct xfrm_userspi_info: a state, and the range of SPIs to choose from.
    pub mod userspi_info [232] {
        INFO = 0;
        MIN = 224;
        MAX = 228;
    }
}

layout! {
    /// struct xfrm_usersa_id.
    pub mod usersa_id [24] {
        DADDR = 0;
        SPI = 16;
        FAMILY = 20;
        PROTO = 22;
    }
}

layout! {
    /// struct xfrm_user_expire: a state, and whether its hard limit was reached.
    pub mod user_expire [232] {
        STATE = 0;
        HARD = 224;
    }
}

layout! {
    /// struct xfrm_userpolicy_info: a policy.
    pub mod userpolicy_info [168] {
        SEL = 0;
        LFT = 56;
        CURLFT = 120;
        PRIORITY = 152;
        INDEX = 156;
        DIR = 160;
        ACTION = 161;
        FLAGS = 162;
        SHARE = 163;
    }
}

layout! {
    /// struct xfrm_user_polexpire: a policy, and whether its hard limit was reached.
    pub mod user_polexpire [176] {
        POLICY = 0;
        HARD = 168;
    }
}

layout! {
    /// struct xfrm_user_acquire: a packet that needs a state.
    pub mod user_acquire [280] {
        DADDR = 0;
        SPI = 16;
        PROTO = 20;
        SADDR = 24;
        SEL = 40;
        POLICY = 96;
        AALGOS = 264;
        EALGOS = 268;
        CALGOS = 272;
        SEQ = 276;
    }
}

layout! {
    /// struct xfrm_aevent_id.
    pub mod aevent_id [48] {
        DADDR = 0;
        SPI = 16;
        FAMILY = 20;
        PROTO = 22;
        SADDR = 24;
        FLAGS = 40;
        REQID = 44;
    }
}

layout! {
    /// struct xfrm_user_mapping: the peer of a state behind a NAT has another address or port.
    pub mod user_mapping [64] {
        DADDR = 0;
        SPI = 16;
        FAMILY = 20;
        PROTO = 22;
        REQID = 24;
        OLD_SADDR = 28;
        NEW_SADDR = 44;
        OLD_SPORT = 60;
        NEW_SPORT = 62;
    }
}

layout! {
    /// struct xfrm_user_report.
    pub mod user_report [60] {
        PROTO = 0;
        SEL = 4;
    }
}

layout! {
    /// struct xfrm_userpolicy_id.
    pub mod userpolicy_id [64] {
        SEL = 0;
        INDEX = 56;
        DIR = 60;
    }
}

layout! {
    /// struct xfrm_user_tmpl: a template of a policy.
    pub mod user_tmpl [64] {
        DADDR = 0;
        SPI = 16;
        PROTO = 20;
        FAMILY = 24;
        SADDR = 28;
        REQID = 44;
        MODE = 48;
        SHARE = 49;
        OPTIONAL = 50;
        AALGOS = 52;
        EALGOS = 56;
        CALGOS = 60;
    }
}

layout! {
    /// struct xfrm_encap_tmpl.
    pub mod encap_tmpl [24] {
        TYPE = 0;
        SPORT = 2;
        DPORT = 4;
        OA = 8;
    }
}

layout! {
    /// struct xfrm_replay_state.
    pub mod replay_state [12] {
        OSEQ = 0;
        SEQ = 4;
        BITMAP = 8;
    }
}

layout! {
    /// struct xfrm_replay_state_esn: SIZE is that of its head; words of the bitmap follow.
    pub mod replay_state_esn [24] {
        BMP_LEN = 0;
        OSEQ = 4;
        SEQ = 8;
        OSEQ_HI = 12;
        SEQ_HI = 16;
        REPLAY_WINDOW = 20;
    }
}

layout! {
    /// struct xfrm_algo: SIZE is that of its head; the key follows. struct xfrm_algo_auth and xfrm_algo_aead have one
    /// more number, a length in bits, before the key.
    pub mod algo [68] {
        NAME = 0;
        KEY_LEN = 64;
        LENGTH = 68;
    }
}

layout! {
    /// struct xfrm_user_sec_ctx: SIZE is that of its head; the text follows.
    pub mod user_sec_ctx [8] {
        LEN = 0;
        EXTTYPE = 2;
        ALG = 4;
        DOI = 5;
        CTX_LEN = 6;
    }
}

layout! {
    /// struct xfrm_address_filter.
    pub mod address_filter [36] {
        SADDR = 0;
        DADDR = 16;
        FAMILY = 32;
        SPLEN = 34;
        DPLEN = 35;
    }
}

layout! {
    /// struct xfrm_user_offload.
    pub mod user_offload [8] {
        IFINDEX = 0;
        FLAGS = 4;
    }
}

/// The length of an algorithm's name, with the NUL at its end.
pub const ALGO_NAME: usize = 64;
/// The largest replay window, in packets.
pub const XFRMA_REPLAY_ESN_MAX: u32 = 4096;

crate::attrs! {
    /// The attributes of messages about states and policies. Algorithms carry keys.
    pub const XFRM_ATTRS;
    XFRMA_ALG_AUTH = 1: Secret, Set;
    XFRMA_ALG_CRYPT = 2: Secret, Set;
    XFRMA_ALG_COMP = 3: Secret, Set;
    /// struct xfrm_encap_tmpl.
    XFRMA_ENCAP = 4: Bytes, Set;
    /// struct xfrm_user_tmpl, repeated.
    XFRMA_TMPL = 5: Bytes, Set;
    XFRMA_SA = 6: Bytes, Read;
    XFRMA_POLICY = 7: Bytes, Read;
    XFRMA_SEC_CTX = 8: Bytes, Set;
    /// struct xfrm_lifetime_cur.
    XFRMA_LTIME_VAL = 9: Bytes, Read;
    XFRMA_REPLAY_VAL = 10: Bytes, Set;
    XFRMA_REPLAY_THRESH = 11: U32, Read;
    XFRMA_ETIMER_THRESH = 12: U32, Read;
    /// xfrm_address_t; its family is elsewhere in the message.
    XFRMA_SRCADDR = 13: Bytes, Request;
    XFRMA_COADDR = 14: Bytes, Set;
    /// Seconds since 1970.
    XFRMA_LASTUSED = 15: U64, Read;
    XFRMA_POLICY_TYPE = 16: Bytes, Set;
    XFRMA_MIGRATE = 17: Bytes, Read;
    XFRMA_ALG_AEAD = 18: Secret, Set;
    XFRMA_KMADDRESS = 19: Bytes, Read;
    XFRMA_ALG_AUTH_TRUNC = 20: Secret, Set;
    /// A value and a mask.
    XFRMA_MARK = 21: Bytes, Set;
    XFRMA_TFCPAD = 22: U32, Set;
    XFRMA_REPLAY_ESN_VAL = 23: Bytes, Set;
    XFRMA_SA_EXTRA_FLAGS = 24: U32, Set;
    XFRMA_PROTO = 25: U8, Request;
    XFRMA_ADDRESS_FILTER = 26: Bytes, Request;
    XFRMA_OFFLOAD_DEV = 28: Bytes, Set;
    XFRMA_SET_MARK = 29: U32, Set;
    XFRMA_SET_MARK_MASK = 30: U32, Set;
    XFRMA_IF_ID = 31: U32, Set;
    /// Seconds.
    XFRMA_MTIMER_THRESH = 32: U32, Read;
    XFRMA_SA_DIR = 33: U8, Set;
    /// Seconds.
    XFRMA_NAT_KEEPALIVE_INTERVAL = 34: U32, Set;
    XFRMA_SA_PCPU = 35: U32, Set;
}

crate::attrs! {
    /// The attributes of XFRM_MSG_NEWSADINFO.
    pub const XFRM_SAD_ATTRS;
    XFRMA_SAD_CNT = 1: U32, Read;
    /// struct xfrmu_sadhinfo: current and maximum number of hash buckets.
    XFRMA_SAD_HINFO = 2: Bytes, Read;
}

crate::attrs! {
    /// The attributes of XFRM_MSG_NEWSPDINFO.
    pub const XFRM_SPD_ATTRS;
    /// struct xfrmu_spdinfo: numbers of policies.
    XFRMA_SPD_INFO = 1: Bytes, Read;
    /// struct xfrmu_spdhinfo: current and maximum number of hash buckets.
    XFRMA_SPD_HINFO = 2: Bytes, Read;
    /// struct xfrmu_spdhthresh: lengths of local and remote prefixes.
    XFRMA_SPD_IPV4_HTHRESH = 3: Bytes, Set;
    XFRMA_SPD_IPV6_HTHRESH = 4: Bytes, Set;
}

/// Bytes of the structure before the attributes of a message. Requests differ: GETSA and GETPOLICY name an entry by its
/// id, and a dump request has no structure before the attributes.
pub const fn xfrm_header_len(kind: u16) -> usize {
    match kind {
        XFRM_MSG_NEWSA | XFRM_MSG_UPDSA => usersa_info::SIZE,
        XFRM_MSG_DELSA | XFRM_MSG_GETSA => usersa_id::SIZE,
        XFRM_MSG_NEWPOLICY | XFRM_MSG_UPDPOLICY => userpolicy_info::SIZE,
        XFRM_MSG_DELPOLICY | XFRM_MSG_GETPOLICY => userpolicy_id::SIZE,
        XFRM_MSG_ALLOCSPI => userspi_info::SIZE,
        XFRM_MSG_EXPIRE => user_expire::SIZE,
        XFRM_MSG_FLUSHPOLICY => 0,
        _ => 4,
    }
}
