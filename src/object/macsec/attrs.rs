//! The commands and attributes of the family (linux/if_macsec.h).

use crate::attrs;

/// Lists devices.
pub const MACSEC_CMD_GET_TXSC: u8 = 0;
/// Adds a receive channel.
pub const MACSEC_CMD_ADD_RXSC: u8 = 1;
/// Deletes a receive channel.
pub const MACSEC_CMD_DEL_RXSC: u8 = 2;
/// Changes a receive channel.
pub const MACSEC_CMD_UPD_RXSC: u8 = 3;
/// Adds an association of the transmit channel.
pub const MACSEC_CMD_ADD_TXSA: u8 = 4;
/// Deletes an association of the transmit channel.
pub const MACSEC_CMD_DEL_TXSA: u8 = 5;
/// Changes an association of the transmit channel.
pub const MACSEC_CMD_UPD_TXSA: u8 = 6;
/// Adds an association of a receive channel.
pub const MACSEC_CMD_ADD_RXSA: u8 = 7;
/// Deletes an association of a receive channel.
pub const MACSEC_CMD_DEL_RXSA: u8 = 8;
/// Changes an association of a receive channel.
pub const MACSEC_CMD_UPD_RXSA: u8 = 9;
/// Sets the offload mode of a device.
pub const MACSEC_CMD_UPD_OFFLOAD: u8 = 10;

attrs! {
    /// The attributes of requests and answers.
    pub const MACSEC_ATTRS;
    MACSEC_ATTR_IFINDEX = 1: U32, Request;
    MACSEC_ATTR_RXSC_CONFIG = 2: Nest(Attrs(RXSC_ATTRS)), Request;
    MACSEC_ATTR_SA_CONFIG = 3: Nest(Attrs(SA_ATTRS)), Request;
    MACSEC_ATTR_SECY = 4: Nest(Attrs(SECY_ATTRS)), Read;
    MACSEC_ATTR_TXSA_LIST = 5: Bytes, Read;
    MACSEC_ATTR_RXSC_LIST = 6: Bytes, Read;
    MACSEC_ATTR_TXSC_STATS = 7: Bytes, Read;
    MACSEC_ATTR_SECY_STATS = 8: Bytes, Read;
    MACSEC_ATTR_OFFLOAD = 9: Nest(Attrs(OFFLOAD_ATTRS)), Request;
}

attrs! {
    /// The device and its transmit channel (enum macsec_secy_attrs).
    pub const SECY_ATTRS;
    MACSEC_SECY_ATTR_SCI = 1: Be64, Read;
    MACSEC_SECY_ATTR_ENCODING_SA = 2: U8, Read;
    MACSEC_SECY_ATTR_WINDOW = 3: U32, Read;
    MACSEC_SECY_ATTR_CIPHER_SUITE = 4: U64, Read;
    MACSEC_SECY_ATTR_ICV_LEN = 5: U8, Read;
    MACSEC_SECY_ATTR_PROTECT = 6: U8, Read;
    MACSEC_SECY_ATTR_REPLAY = 7: U8, Read;
    MACSEC_SECY_ATTR_OPER = 8: U8, Read;
    MACSEC_SECY_ATTR_VALIDATE = 9: U8, Read;
    MACSEC_SECY_ATTR_ENCRYPT = 10: U8, Read;
    MACSEC_SECY_ATTR_INC_SCI = 11: U8, Read;
    MACSEC_SECY_ATTR_ES = 12: U8, Read;
    MACSEC_SECY_ATTR_SCB = 13: U8, Read;
}

attrs! {
    /// A receive channel (enum macsec_rxsc_attrs).
    pub const RXSC_ATTRS;
    MACSEC_RXSC_ATTR_SCI = 1: Be64, Request;
    MACSEC_RXSC_ATTR_ACTIVE = 2: U8, Request;
    MACSEC_RXSC_ATTR_SA_LIST = 3: Bytes, Read;
    MACSEC_RXSC_ATTR_STATS = 4: Bytes, Read;
}

attrs! {
    /// A secure association (enum macsec_sa_attrs).
    pub const SA_ATTRS;
    MACSEC_SA_ATTR_AN = 1: U8, Request;
    MACSEC_SA_ATTR_ACTIVE = 2: U8, Request;
    /// The next packet number: 32 bits, or 64 with an XPN cipher suite.
    MACSEC_SA_ATTR_PN = 3: Bytes, Request;
    /// Secret; the kernel never reports it.
    MACSEC_SA_ATTR_KEY = 4: Secret, Request;
    MACSEC_SA_ATTR_KEYID = 5: Bytes, Request;
    MACSEC_SA_ATTR_STATS = 6: Bytes, Read;
    MACSEC_SA_ATTR_SSCI = 8: Be32, Request;
    MACSEC_SA_ATTR_SALT = 9: Bytes, Request;
}

attrs! {
    /// The offload mode (enum macsec_offload_attrs).
    pub const OFFLOAD_ATTRS;
    MACSEC_OFFLOAD_ATTR_TYPE = 1: U8, Request;
}
