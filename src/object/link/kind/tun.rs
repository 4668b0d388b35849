//! `tun`: the attributes that the driver reports of a TUN or TAP device. `tuntap` creates such devices, `link add`
//! cannot.

use super::{Kind, RecordWriter};
use crate::attrs;
use crate::nss::accounts::{Accounts, GROUPS, USERS};

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_TUN_OWNER = 1: U32, Read;
    IFLA_TUN_GROUP = 2: U32, Read;
    IFLA_TUN_TYPE = 3: U8, Read;
    IFLA_TUN_PI = 4: U8, Read;
    IFLA_TUN_VNET_HDR = 5: U8, Read;
    IFLA_TUN_PERSIST = 6: U8, Read;
    IFLA_TUN_MULTI_QUEUE = 7: U8, Read;
    IFLA_TUN_NUM_QUEUES = 8: U32, Read;
    IFLA_TUN_NUM_DISABLED_QUEUES = 9: U32, Read;
}

/// Links of type `tun`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    describe: Some(describe),
    ..Kind::named("tun").without_usage().about("TUN or TAP device, created by rip tuntap")
};

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    match s.d.u8(IFLA_TUN_TYPE) {
        Some(1) => s.p.item("type", "type {} ", "tun"),
        Some(2) => s.p.item("type", "type {} ", "tap"),
        Some(n) => s.p.item("type", "type {} ", format_args!("UNKNOWN:{n}")),
        None => {}
    }
    s.switch(IFLA_TUN_PI, "pi", "pi {} ");
    s.switch(IFLA_TUN_VNET_HDR, "vnet_hdr", "vnet_hdr {} ");
    match s.d.u8(IFLA_TUN_MULTI_QUEUE) {
        None | Some(0) => s.p.hidden("multi_queue", false),
        Some(_) => {
            s.p.flag("multi_queue", "multi_queue ");
            s.u32(IFLA_TUN_NUM_QUEUES, "numqueues", "numqueues {} ");
            s.u32(IFLA_TUN_NUM_DISABLED_QUEUES, "numdisabled", "numdisabled {} ");
        }
    }
    s.switch(IFLA_TUN_PERSIST, "persist", "persist {} ");
    account(s, IFLA_TUN_OWNER, &USERS, "user", "user {} ");
    account(s, IFLA_TUN_GROUP, &GROUPS, "group", "group {} ");
}

fn account(s: &mut RecordWriter<'_, '_, '_>, attr: u16, file: &Accounts, key: &str, form: &str) {
    let Some(id) = s.d.u32(attr) else { return };
    match file.name(id) {
        Some(name) => s.p.item(key, form, name),
        None => s.p.item(key, form, id),
    }
}
