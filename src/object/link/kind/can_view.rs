//! Prints a CAN controller: state, timings and the capabilities of its hardware.

use super::RecordWriter;
use super::can::*;
use crate::net::Nested;
use crate::net::attr::{u16_at, u32_at, until_nul};
use crate::output::Printer;
use crate::output::scalar::{Hex, Padded};

const STATES: &[&str] = &["ERROR-ACTIVE", "ERROR-WARNING", "ERROR-PASSIVE", "BUS-OFF", "STOPPED", "SLEEPING"];

/// Modes in printing order.
const MODES: &[(u32, &str)] = &[
    (0x1, "LOOPBACK"),
    (0x2, "LISTEN-ONLY"),
    (0x4, "TRIPLE-SAMPLING"),
    (0x8, "ONE-SHOT"),
    (0x10, "BERR-REPORTING"),
    (0x20, "FD"),
    (0x80, "FD-NON-ISO"),
    (0x40, "PRESUME-ACK"),
    (0x100, "CC-LEN8-DLC"),
    (0x200, "TDC-AUTO"),
    (0x400, "TDC-MANUAL"),
    (0x800, "RESTRICTED"),
    (0x1000, "XL"),
    (0x2000, "XL-TDC-AUTO"),
    (0x4000, "XL-TDC-MANUAL"),
    (0x8000, "TMS"),
];

/// One of the three bit rates: its attributes, and its names.
struct Rate {
    timing: u16,
    limits: u16,
    choice: u16,
    tdc: Option<u16>,
    pwm: Option<u16>,
    key: &'static str,
    choice_key: &'static str,
    /// The prefix of its words.
    letter: &'static str,
}

const RATES: &[Rate] = &[
    Rate {
        timing: IFLA_CAN_BITTIMING,
        limits: IFLA_CAN_BITTIMING_CONST,
        choice: IFLA_CAN_BITRATE_CONST,
        tdc: None,
        pwm: None,
        key: "bittiming",
        choice_key: "bitrate_const",
        letter: "",
    },
    Rate {
        timing: IFLA_CAN_DATA_BITTIMING,
        limits: IFLA_CAN_DATA_BITTIMING_CONST,
        choice: IFLA_CAN_DATA_BITRATE_CONST,
        tdc: Some(IFLA_CAN_TDC),
        pwm: None,
        key: "data_bittiming",
        choice_key: "data_bitrate_const",
        letter: "d",
    },
    Rate {
        timing: IFLA_CAN_XL_DATA_BITTIMING,
        limits: IFLA_CAN_XL_DATA_BITTIMING_CONST,
        choice: IFLA_CAN_XL_DATA_BITRATE_CONST,
        tdc: Some(IFLA_CAN_XL_TDC),
        pwm: Some(IFLA_CAN_XL_PWM),
        key: "xl_data_bittiming",
        choice_key: "xl_data_bitrate_const",
        letter: "x",
    },
];

/// Describes a CAN device.
pub fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(b) = s.d.get(IFLA_CAN_CTRLMODE) {
        let on = u32_at(b, 4).unwrap_or(0);
        modes(s.p, "ctrlmode", on, true);
        if let Some(can) = s.d.nest(IFLA_CAN_CTRLMODE_EXT).and_then(|n| n.u32(IFLA_CAN_CTRLMODE_SUPPORTED)) {
            modes(s.p, "ctrlmode_supported", can, false);
            modes(s.p, "ctrlmode_static", on & !can, false);
        }
    }
    if let Some(v) = s.d.u32(IFLA_CAN_STATE) {
        let name = usize::try_from(v).ok().and_then(|i| STATES.get(i)).copied().unwrap_or("UNKNOWN");
        s.p.item("state", "state {} ", name);
    }
    if let Some((tx, rx)) = s.d.get(IFLA_CAN_BERR_COUNTER).and_then(|b| Some((u16_at(b, 0)?, u16_at(b, 2)?))) {
        s.p.object(Some("berr_counter"));
        s.p.item("tx", "(berr-counter tx {} ", tx);
        s.p.item("rx", "rx {}) ", rx);
        s.p.close();
    }
    s.u32(IFLA_CAN_RESTART_MS, "restart_ms", "restart-ms {} ");
    for r in RATES {
        rate(s, r);
    }
    if let (Some(v), Some(list)) = (s.d.u16(IFLA_CAN_TERMINATION), s.d.get(IFLA_CAN_TERMINATION_CONST)) {
        s.p.nl();
        s.p.item("termination", "\t  termination {} [ ", v);
        s.p.array(Some("termination_const"));
        for (i, v) in list.chunks_exact(2).filter_map(|b| u16_at(b, 0)).enumerate() {
            s.p.element(if i == 0 { "{}" } else { ", {}" }, v);
        }
        s.p.close();
        s.p.text(" ]");
    }
    if let Some(v) = s.d.u32(IFLA_CAN_CLOCK) {
        s.p.nl();
        s.p.item("clock", "\t  clock {} ", v);
    }
}

/// Describes the modes of a mask by name; `text` is false where only JSON has them.
fn modes(p: &mut Printer<'_>, key: &str, mut bits: u32, text: bool) {
    if bits == 0 || !(text || p.is_json()) {
        return;
    }
    p.array(Some(key));
    p.text("<");
    for (bit, name) in MODES.iter().filter(|(bit, _)| bits & bit != 0).collect::<Vec<_>>() {
        bits &= !bit;
        p.element(if bits == 0 { "{}" } else { "{}," }, *name);
    }
    if bits != 0 {
        p.element("{}", Hex::digits(bits));
    }
    p.text("> ");
    p.close();
}

/// The 32-bit number at an index of a structure.
fn word(b: &[u8], i: usize) -> u32 {
    u32_at(b, i * 4).unwrap_or(0)
}

fn rate(s: &mut RecordWriter<'_, '_, '_>, r: &Rate) {
    let timing = s.d.get(r.timing).filter(|b| b.len() >= 32);
    let letter = r.letter;
    // Hardware with fixed rates reports those instead.
    if let Some(list) = s.d.get(r.choice) {
        s.p.nl();
        s.p.item(&format!("{}_bitrate", r.key), &format!("\t  {letter}bitrate {{}}"), timing.map_or(0, |b| word(b, 0)));
        return choice(s.p, r.choice_key, list);
    }
    let tdc = r.tdc.and_then(|attr| s.d.nest(attr));
    let pwm = r.pwm.and_then(|attr| s.d.nest(attr));
    if let Some(b) = timing {
        s.p.object(Some(r.key));
        s.p.nl();
        s.p.item("bitrate", &format!("\t  {letter}bitrate {{}}"), word(b, 0));
        let point = word(b, 1);
        let point = format!("{}.{:03}", point / 1000, point % 1000);
        s.p.item("sample_point", &format!(" {letter}sample-point {{}}"), point);
        s.p.nl();
        s.p.item("tq", &format!("\t  {letter}tq {{}}"), word(b, 2));
        for (i, key, name) in [
            (3, "prop_seg", "prop-seg"),
            (4, "phase_seg1", "phase-seg1"),
            (5, "phase_seg2", "phase-seg2"),
            (6, "sjw", "sjw"),
            (7, "brp", "brp"),
        ] {
            s.p.item(key, &format!(" {letter}{name} {{}}"), word(b, i));
        }
        for (key, nest, names) in [("tdc", &tdc, TDC), ("pwm", &pwm, PWM)] {
            values(s.p, key, if key == "tdc" && letter == "x" { "x" } else { "" }, nest.as_ref(), names);
        }
        s.p.close();
    }
    if let Some(b) = s.d.get(r.limits).filter(|b| b.len() >= 48) {
        s.p.object(Some(&format!("{}_const", r.key)));
        s.p.nl();
        s.p.item("name", "\t  {}:", until_nul(b.get(..16).unwrap_or_default()));
        for (key, from) in [("tseg1", 4), ("tseg2", 6)] {
            range(s.p, key, &format!(" {letter}{key} "), word(b, from), word(b, from + 1));
        }
        range(s.p, "sjw", &format!(" {letter}sjw "), 1, word(b, 8));
        range(s.p, "brp", &format!(" {letter}brp "), word(b, 9), word(b, 10));
        s.p.item("brp_inc", &format!(" {letter}brp_inc {{}}"), word(b, 11));
        for (key, nest, names) in [("tdc", &tdc, TDC_LIMITS), ("pwm", &pwm, PWM_LIMITS)] {
            let Some(nest) = nest else { continue };
            s.p.object(Some(key));
            s.p.nl();
            s.p.text("\t ");
            let letter = if key == "tdc" && letter == "x" { "x" } else { "" };
            for (name, low, high) in names {
                if let (Some(min), Some(max)) = (nest.u32(low), nest.u32(high)) {
                    range(s.p, name, &format!(" {letter}{name} "), min, max);
                }
            }
            s.p.close();
        }
        s.p.close();
    }
}

/// Bounds of the settings inside IFLA_CAN_TDC.
const TDC_LIMITS: [(&str, u16, u16); 3] = [
    ("tdcv", IFLA_CAN_TDC_TDCV_MIN, IFLA_CAN_TDC_TDCV_MAX),
    ("tdco", IFLA_CAN_TDC_TDCO_MIN, IFLA_CAN_TDC_TDCO_MAX),
    ("tdcf", IFLA_CAN_TDC_TDCF_MIN, IFLA_CAN_TDC_TDCF_MAX),
];
/// Bounds of the settings inside IFLA_CAN_XL_PWM.
const PWM_LIMITS: [(&str, u16, u16); 3] = [
    ("pwms", IFLA_CAN_PWM_PWMS_MIN, IFLA_CAN_PWM_PWMS_MAX),
    ("pwml", IFLA_CAN_PWM_PWML_MIN, IFLA_CAN_PWM_PWML_MAX),
    ("pwmo", IFLA_CAN_PWM_PWMO_MIN, IFLA_CAN_PWM_PWMO_MAX),
];
/// The settings inside IFLA_CAN_TDC.
const TDC: [(&str, u16); 3] = [("tdcv", IFLA_CAN_TDC_TDCV), ("tdco", IFLA_CAN_TDC_TDCO), ("tdcf", IFLA_CAN_TDC_TDCF)];
/// The settings inside IFLA_CAN_XL_PWM.
const PWM: [(&str, u16); 3] = [("pwms", IFLA_CAN_PWM_PWMS), ("pwml", IFLA_CAN_PWM_PWML), ("pwmo", IFLA_CAN_PWM_PWMO)];

/// Describes the settings of a nest, if it has any.
fn values(p: &mut Printer<'_>, key: &str, letter: &str, nest: Option<&Nested<'_>>, all: [(&str, u16); 3]) {
    let Some(nest) = nest else { return };
    if !all.iter().any(|(_, attr)| nest.has(*attr)) {
        return;
    }
    p.object(Some(key));
    p.nl();
    p.text("\t ");
    for (name, attr) in all {
        if let Some(v) = nest.u32(attr) {
            p.item(name, &format!(" {letter}{name} {{}}"), v);
        }
    }
    p.close();
}

fn range(p: &mut Printer<'_>, key: &str, lead: &str, min: u32, max: u32) {
    p.object(Some(key));
    p.text(lead);
    p.item("min", "{}", min);
    p.item("max", "..{}", max);
    p.close();
}

/// Describes a list of bit rates, six per line.
fn choice(p: &mut Printer<'_>, key: &str, list: &[u8]) {
    p.nl();
    p.text("\t     [");
    p.array(Some(key));
    for (i, v) in list.chunks_exact(4).filter_map(|b| u32_at(b, 0)).enumerate() {
        if i > 0 {
            p.text(", ");
            if i % 6 == 0 {
                p.nl();
                p.text("\t      ");
            }
        }
        p.text(&" ".repeat(8usize.saturating_sub(v.to_string().len())));
        p.element("{}", v);
    }
    p.close();
    p.text(" ]");
}

/// Describes the controller's counters (struct can_device_stats).
pub fn counts(s: &mut RecordWriter<'_, '_, '_>, b: &[u8]) {
    if b.len() < 24 {
        return;
    }
    s.p.nl();
    s.p.text("\t  re-started bus-errors arbit-lost error-warn error-pass bus-off");
    s.p.nl();
    s.p.text("\t  ");
    for (i, key, form) in [
        (5, "restarts", "{} "),
        (0, "bus_error", "{} "),
        (4, "arbitration_lost", "{} "),
        (1, "error_warning", "{} "),
        (2, "error_passive", "{} "),
        (3, "bus_off", "{}"),
    ] {
        s.p.item(key, form, Padded(word(b, i), 10));
    }
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::describes;

    #[test]
    fn descriptions() {
        describes(
            "can",
            &[
                ("4=06000000", "state UNKNOWN ", r#"{"state":"UNKNOWN"}"#),
                ("5=0000000000000000", "", r#"{}"#),
                ("5=ffffffff60000000", "<FD,PRESUME-ACK> ", r#"{"ctrlmode":["FD","PRESUME-ACK"]}"#),
                ("5=ffffffff01000100", "<LOOPBACK,10000> ", r#"{"ctrlmode":["LOOPBACK","10000"]}"#),
                (
                    "8=07002c01 4=01000000",
                    "state ERROR-WARNING (berr-counter tx 7 rx 300) ",
                    r#"{"state":"ERROR-WARNING","berr_counter":{"tx":7,"rx":300}}"#,
                ),
                (
                    "13=e8030000d0070000b80b0000a00f00008813000070170000581b0000401f00002823000010270000f82a0000e02e0000c8320000b0360000983a0000803e00006842000050460000384a0000204e000008520000f0550000d8590000c05d0000a86100009065000078690000606d000048710000",
                    "\n\t  bitrate 0\n\t     [    1000,     2000,     3000,     4000,     5000,     6000, \n\t          7000,     8000,     9000,    10000,    11000,    12000, \n\t         13000,    14000,    15000,    16000,    17000,    18000, \n\t         19000,    20000,    21000,    22000,    23000,    24000, \n\t         25000,    26000,    27000,    28000,    29000 ]",
                    r#"{"bittiming_bitrate":0,"bitrate_const":[1000,2000,3000,4000,5000,6000,7000,8000,9000,10000,11000,12000,13000,14000,15000,16000,17000,18000,19000,20000,21000,22000,23000,24000,25000,26000,27000,28000,29000]}"#,
                ),
                (
                    "14=64000000c80000002c010000",
                    "\n\t  dbitrate 0\n\t     [     100,      200,      300 ]",
                    r#"{"data_bittiming_bitrate":0,"data_bitrate_const":[100,200,300]}"#,
                ),
                ("11=7800", "", r#"{}"#),
                (
                    "11=7800 12=3c007800",
                    "\n\t  termination 120 [ 60, 120 ]",
                    r#"{"termination":120,"termination_const":[60,120]}"#,
                ),
                ("12=3c007800", "", r#"{}"#),
                (
                    "1=20a107006b0300007d0000000600000007000000020000000100000004000000 2=6d6370323531780000000000000000000300000010000000020000000800000004000000010000004000000001000000 3=00127a00 4=03000000 5=ffffffff29000000 6=64000000 8=01000200 9=80841e00ee020000190000000e0000000f0000000a0000000100000002000000 10=64636f6e7374000000000000000000000100000010000000010000000800000004000000010000004000000001000000 11=7800 12=3c007800 15=00127a00 16{1=00000000 2=3f000000 3=00000000 4=10000000 5=00000000 6=05000000 7=01000000 8=02000000 9=03000000} 17{1=ff010000}",
                    "<LOOPBACK,ONE-SHOT,FD> state BUS-OFF (berr-counter tx 1 rx 2) restart-ms 100 \n\t  bitrate 500000 sample-point 0.875\n\t  tq 125 prop-seg 6 phase-seg1 7 phase-seg2 2 sjw 1 brp 4\n\t  mcp251x: tseg1 3..16 tseg2 2..8 sjw 1..4 brp 1..64 brp_inc 1\n\t  dbitrate 2000000 dsample-point 0.750\n\t  dtq 25 dprop-seg 14 dphase-seg1 15 dphase-seg2 10 dsjw 1 dbrp 2\n\t  tdcv 1 tdco 2 tdcf 3\n\t  dconst: dtseg1 1..16 dtseg2 1..8 dsjw 1..4 dbrp 1..64 dbrp_inc 1\n\t  tdcv 0..63 tdco 0..16 tdcf 0..5\n\t  termination 120 [ 60, 120 ]\n\t  clock 8000000 ",
                    r#"{"ctrlmode":["LOOPBACK","ONE-SHOT","FD"],"ctrlmode_supported":["LOOPBACK","LISTEN-ONLY","TRIPLE-SAMPLING","ONE-SHOT","BERR-REPORTING","FD","FD-NON-ISO","PRESUME-ACK","CC-LEN8-DLC"],"state":"BUS-OFF","berr_counter":{"tx":1,"rx":2},"restart_ms":100,"bittiming":{"bitrate":500000,"sample_point":"0.875","tq":125,"prop_seg":6,"phase_seg1":7,"phase_seg2":2,"sjw":1,"brp":4},"bittiming_const":{"name":"mcp251x","tseg1":{"min":3,"max":16},"tseg2":{"min":2,"max":8},"sjw":{"min":1,"max":4},"brp":{"min":1,"max":64},"brp_inc":1},"data_bittiming":{"bitrate":2000000,"sample_point":"0.750","tq":25,"prop_seg":14,"phase_seg1":15,"phase_seg2":10,"sjw":1,"brp":2,"tdc":{"tdcv":1,"tdco":2,"tdcf":3}},"data_bittiming_const":{"name":"dconst","tseg1":{"min":1,"max":16},"tseg2":{"min":1,"max":8},"sjw":{"min":1,"max":4},"brp":{"min":1,"max":64},"brp_inc":1,"tdc":{"tdcv":{"min":0,"max":63},"tdco":{"min":0,"max":16},"tdcf":{"min":0,"max":5}}},"termination":120,"termination_const":[60,120],"clock":8000000}"#,
                ),
                (
                    "9=80841e00ee020000190000000e0000000f0000000a0000000100000002000000 10=64636f6e7374000000000000000000000100000010000000010000000800000004000000010000004000000001000000 16{4=10000000}",
                    "\n\t  dbitrate 2000000 dsample-point 0.750\n\t  dtq 25 dprop-seg 14 dphase-seg1 15 dphase-seg2 10 dsjw 1 dbrp 2\n\t  dconst: dtseg1 1..16 dtseg2 1..8 dsjw 1..4 dbrp 1..64 dbrp_inc 1\n\t ",
                    r#"{"data_bittiming":{"bitrate":2000000,"sample_point":"0.750","tq":25,"prop_seg":14,"phase_seg1":15,"phase_seg2":10,"sjw":1,"brp":2},"data_bittiming_const":{"name":"dconst","tseg1":{"min":1,"max":16},"tseg2":{"min":1,"max":8},"sjw":{"min":1,"max":4},"brp":{"min":1,"max":64},"brp_inc":1,"tdc":{}}}"#,
                ),
                (
                    "9=80841e00ee020000190000000e0000000f0000000a0000000100000002000000 10=64636f6e7374000000000000000000000100000010000000010000000800000004000000010000004000000001000000 16{}",
                    "\n\t  dbitrate 2000000 dsample-point 0.750\n\t  dtq 25 dprop-seg 14 dphase-seg1 15 dphase-seg2 10 dsjw 1 dbrp 2\n\t  dconst: dtseg1 1..16 dtseg2 1..8 dsjw 1..4 dbrp 1..64 dbrp_inc 1\n\t ",
                    r#"{"data_bittiming":{"bitrate":2000000,"sample_point":"0.750","tq":25,"prop_seg":14,"phase_seg1":15,"phase_seg2":10,"sjw":1,"brp":2},"data_bittiming_const":{"name":"dconst","tseg1":{"min":1,"max":16},"tseg2":{"min":1,"max":8},"sjw":{"min":1,"max":4},"brp":{"min":1,"max":64},"brp_inc":1,"tdc":{}}}"#,
                ),
                (
                    "14=64000000c8000000 16{8=02000000 4=10000000 3=00000000}",
                    "\n\t  dbitrate 0\n\t     [     100,      200 ]",
                    r#"{"data_bittiming_bitrate":0,"data_bitrate_const":[100,200]}"#,
                ),
                ("12= 11=7800", "\n\t  termination 120 [  ]", r#"{"termination":120,"termination_const":[]}"#),
                ("17{1=01000000} 5=0000000000000000", "", r#"{"ctrlmode_supported":["LOOPBACK"]}"#),
                (
                    "13= 1=0500000000000000000000000000000000000000000000000000000000000000",
                    "\n\t  bitrate 5\n\t     [ ]",
                    r#"{"bittiming_bitrate":5,"bitrate_const":[]}"#,
                ),
                (
                    "17{1=00f80000} 5=ffffffff01000000",
                    "<LOOPBACK> ",
                    r#"{"ctrlmode":["LOOPBACK"],"ctrlmode_supported":["RESTRICTED","XL","XL-TDC-AUTO","XL-TDC-MANUAL","TMS"],"ctrlmode_static":["LOOPBACK"]}"#,
                ),
            ],
        );
    }
}
