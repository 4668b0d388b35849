//! `tun`: what the driver tells of a TUN or TAP device. `tuntap` makes them, `link add` cannot.

use super::{Kind, Sheet};
use crate::nss::accounts::{Accounts, GROUPS, USERS};

// linux/if_link.h, IFLA_TUN_*
const OWNER: u16 = 1;
const GROUP: u16 = 2;
const TYPE: u16 = 3;
const PI: u16 = 4;
const VNET_HDR: u16 = 5;
const PERSIST: u16 = 6;
const MULTI_QUEUE: u16 = 7;
const NUM_QUEUES: u16 = 8;
const NUM_DISABLED: u16 = 9;

pub static KIND: Kind = Kind {
    describe: Some(describe),
    ..Kind::named("tun").without_usage().about("a TUN or TAP device, made by rip tuntap")
};

fn describe(s: &mut Sheet<'_, '_, '_>) {
    match s.d.u8(TYPE) {
        Some(1) => s.p.item("type", "type {} ", "tun"),
        Some(2) => s.p.item("type", "type {} ", "tap"),
        Some(n) => s.p.item("type", "type {} ", format_args!("UNKNOWN:{n}")),
        None => {}
    }
    s.switch(PI, "pi", "pi {} ");
    s.switch(VNET_HDR, "vnet_hdr", "vnet_hdr {} ");
    match s.d.u8(MULTI_QUEUE) {
        None | Some(0) => s.p.hidden("multi_queue", false),
        Some(_) => {
            s.p.flag("multi_queue", "multi_queue ");
            s.u32(NUM_QUEUES, "numqueues", "numqueues {} ");
            s.u32(NUM_DISABLED, "numdisabled", "numdisabled {} ");
        }
    }
    s.switch(PERSIST, "persist", "persist {} ");
    account(s, OWNER, &USERS, "user", "user {} ");
    account(s, GROUP, &GROUPS, "group", "group {} ");
}

fn account(s: &mut Sheet<'_, '_, '_>, attr: u16, file: &Accounts, key: &str, form: &str) {
    let Some(id) = s.d.u32(attr) else { return };
    match file.name(id) {
        Some(name) => s.p.item(key, form, name),
        None => s.p.item(key, form, id),
    }
}
