//! `bond_slave`: a port of a bond (linux/if_link.h, IFLA_BOND_SLAVE_*).

use crate::grammar::number::{S32, Term, U16};
use crate::grammar::{Fallback, Grammar, Row};
use crate::object::link::ether::Mac;
use crate::object::link::kind::{Data, Kind, RecordWriter, parse_port, unknown_option};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoBondPort as P, InfoPortData};

raw!(P);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_BOND_SLAVE_STATE = 1: U8, Read;
    IFLA_BOND_SLAVE_MII_STATUS = 2: U8, Read;
    IFLA_BOND_SLAVE_LINK_FAILURE_COUNT = 3: U32, Read;
    IFLA_BOND_SLAVE_PERM_HWADDR = 4: Mac, Read;
    IFLA_BOND_SLAVE_QUEUE_ID = 5: U16, Set;
    IFLA_BOND_SLAVE_AD_AGGREGATOR_ID = 6: U16, Read;
    IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE = 7: U8, Read;
    IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE = 8: U16, Read;
    IFLA_BOND_SLAVE_PRIO = 9: I32, Set;
    IFLA_BOND_SLAVE_ACTOR_PORT_PRIO = 10: U16, Request;
    IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE = 11: U8, Read;
    IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE = 12: U8, Read;
}

/// Ports of a bond.
pub static PORT: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_port(w, &GRAMMAR, InfoPortData::BondPort)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    defaults: &["queue_id 0", "prio 0", "actor_port_prio 255"],
    ..Kind::named("bond_slave")
        .about("a port of a bond")
        .examples(&[("rip link set eth1 type bond_slave prio 5", "failover priority: the higher, the earlier")])
};

static ROWS: &[Row<Data<P>>] = rows!(Data<P>;
    "queue_id~" => Term("ID", U16("queue_id is invalid")), "transmit queue for this port", |d, v| d.put(P::QueueId(v));
    "prio" => Term("PRIORITY", S32("prio is invalid")), "failover priority: the higher, the earlier", |d, v| d.put(P::Prio(v));
    "actor_port_prio" => Term("PRIORITY", U16("actor prio is invalid")), "LACP port priority", |d, v| d.put(P::ActorPortPrio(v));
);

static GRAMMAR: Grammar<Data<P>> = Grammar {
    title: "BOND_SLAVE",
    rows: &[ROWS],
    fallback: Fallback::Unknown(|arg| unknown_option("bond_slave", arg)),
};

const STATES: &[&str] = &["ACTIVE", "BACKUP"];
const MII: &[&str] = &["UP", "GOING_DOWN", "DOWN", "GOING_BACK"];
/// Churn states of a port (linux/if_bonding.h, enum churn_state_t).
const CHURN: &[&str] = &["MONITOR", "CHURN", "NO_CHURN"];
/// Bits of the state of an 802.3ad port (IEEE 802.1AX).
const LACP: &[&str] =
    &["active", "short_timeout", "aggregating", "in_sync", "collecting", "distributing", "defaulted", "expired"];

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    for (attr, names, key, word) in [(1, STATES, "state", "state"), (2, MII, "mii_status", "mii_status")] {
        let Some(v) = s.d.u8(attr) else { continue };
        s.p.text_item("{} ", word);
        match names.get(usize::from(v)) {
            Some(n) => s.p.item(key, "{} ", *n),
            None => s.p.item(&format!("{key}_index"), "{} ", v),
        }
    }
    s.u32(IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, "link_failure_count", "link_failure_count {} ");
    if let Some(b) = s.d.get(IFLA_BOND_SLAVE_PERM_HWADDR) {
        s.p.item("perm_hwaddr", "perm_hwaddr {} ", Mac(1, b));
    }
    s.u16(IFLA_BOND_SLAVE_QUEUE_ID, "queue_id", "queue_id {} ");
    if let Some(v) = s.d.s32(IFLA_BOND_SLAVE_PRIO) {
        s.p.item("prio", "prio {} ", v);
    }
    s.u16(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, "ad_aggregator_id", "ad_aggregator_id {} ");
    s.u8(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE, "ad_actor_oper_port_state", "ad_actor_oper_port_state {} ");
    if let Some(v) = s.d.u8(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) {
        bits(s, "ad_actor_oper_port_state_str", v);
    }
    s.u16(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE, "ad_partner_oper_port_state", "ad_partner_oper_port_state {} ");
    if let Some(v) = s.d.u16(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE) {
        bits(s, "ad_partner_oper_port_state_str", v.to_ne_bytes().first().copied().unwrap_or(0));
    }
    for (attr, key) in [(11, "churn_actor_state"), (12, "churn_partner_state")] {
        let Some(v) = s.d.u8(attr) else { continue };
        s.p.text_item("{} ", key);
        match CHURN.get(usize::from(v)) {
            Some(n) => s.p.item(key, "{} ", *n),
            None => s.p.item(&format!("{key}_index"), "{} ", v),
        }
    }
    s.u16(IFLA_BOND_SLAVE_ACTOR_PORT_PRIO, "actor_port_prio", "actor_port_prio {} ");
}

fn bits(s: &mut RecordWriter<'_, '_, '_>, key: &str, mut value: u8) {
    s.p.array(Some(key));
    s.p.text_item("{} <", key);
    for (i, name) in LACP.iter().enumerate() {
        if value & (1 << i) != 0 {
            value &= !(1 << i);
            s.p.element(if value != 0 { "{}," } else { "{}" }, *name);
        }
    }
    s.p.text("> ");
    s.p.close();
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("queue_id 5 prio -5", "5=0500 9=fbffffff"),
            ("q 1 actor_port_prio 300", "5=0100 10=2c01"),
            ("queue_id 65536", "!Error: argument \"65536\" is wrong: queue_id is invalid"),
            ("prio zz", "!Error: argument \"zz\" is wrong: prio is invalid"),
            ("pri 5", "!bond_slave: unknown option \"pri\"?"),
        ];
        sends("bond_slave", words);
        covers("bond_slave", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "bond_slave",
            &[
                (
                    "1=00 2=00 3=01000000 4=020000000001 5=0300 6=0400 7=3f 8=c500 9=fbffffff",
                    "state ACTIVE mii_status UP link_failure_count 1 perm_hwaddr 02:00:00:00:00:01 queue_id 3 prio -5 ad_aggregator_id 4 ad_actor_oper_port_state 63 ad_actor_oper_port_state_str <active,short_timeout,aggregating,in_sync,collecting,distributing> ad_partner_oper_port_state 197 ad_partner_oper_port_state_str <active,aggregating,defaulted,expired> ",
                    r#"{"state":"ACTIVE","mii_status":"UP","link_failure_count":1,"perm_hwaddr":"02:00:00:00:00:01","queue_id":3,"prio":-5,"ad_aggregator_id":4,"ad_actor_oper_port_state":63,"ad_actor_oper_port_state_str":["active","short_timeout","aggregating","in_sync","collecting","distributing"],"ad_partner_oper_port_state":197,"ad_partner_oper_port_state_str":["active","aggregating","defaulted","expired"]}"#,
                ),
                ("1=02 2=04", "state 2 mii_status 4 ", r#"{"state_index":2,"mii_status_index":4}"#),
                (
                    "7=00",
                    "ad_actor_oper_port_state 0 ad_actor_oper_port_state_str <> ",
                    r#"{"ad_actor_oper_port_state":0,"ad_actor_oper_port_state_str":[]}"#,
                ),
                (
                    "10=0500 11=00 12=01",
                    "churn_actor_state MONITOR churn_partner_state CHURN actor_port_prio 5 ",
                    r#"{"churn_actor_state":"MONITOR","churn_partner_state":"CHURN","actor_port_prio":5}"#,
                ),
                (
                    "11=02 12=03",
                    "churn_actor_state NO_CHURN churn_partner_state 3 ",
                    r#"{"churn_actor_state":"NO_CHURN","churn_partner_state_index":3}"#,
                ),
                ("10=ff00", "actor_port_prio 255 ", r#"{"actor_port_prio":255}"#),
            ],
        );
    }
}
