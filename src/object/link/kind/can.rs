//! `can`: a CAN controller: bit timing and modes (linux/can/netlink.h).

use super::{Body, Data, Filled, Kind, usage};
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U16, U32};
use crate::grammar::value::{Flag, Toggle};
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::net::attr::put;
use crate::schema::NESTED;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoCan, InfoData};
use std::borrow::Cow;

raw!(InfoCan);

attrs! {
    /// The attributes of its data (linux/can/netlink.h).
    pub const ATTRS;
    IFLA_CAN_BITTIMING = 1: Bytes, Set;
    IFLA_CAN_BITTIMING_CONST = 2: Bytes, Read;
    IFLA_CAN_CLOCK = 3: U32, Read;
    IFLA_CAN_STATE = 4: U32, Read;
    IFLA_CAN_CTRLMODE = 5: Bytes, Set;
    IFLA_CAN_RESTART_MS = 6: U32, Set;
    IFLA_CAN_RESTART = 7: U32, Request;
    IFLA_CAN_BERR_COUNTER = 8: Bytes, Read;
    IFLA_CAN_DATA_BITTIMING = 9: Bytes, Set;
    IFLA_CAN_DATA_BITTIMING_CONST = 10: Bytes, Read;
    IFLA_CAN_TERMINATION = 11: U16, Set;
    IFLA_CAN_TERMINATION_CONST = 12: Bytes, Read;
    IFLA_CAN_BITRATE_CONST = 13: Bytes, Read;
    IFLA_CAN_DATA_BITRATE_CONST = 14: Bytes, Read;
    IFLA_CAN_BITRATE_MAX = 15: U32, Read;
    IFLA_CAN_TDC = 16: Nest(Attrs(TDC_ATTRS)), Set;
    IFLA_CAN_CTRLMODE_EXT = 17: Nest(Attrs(CTRLMODE_EXT_ATTRS)), Read;
    IFLA_CAN_XL_DATA_BITTIMING = 18: Bytes, Set;
    IFLA_CAN_XL_DATA_BITTIMING_CONST = 19: Bytes, Read;
    IFLA_CAN_XL_DATA_BITRATE_CONST = 20: Bytes, Read;
    IFLA_CAN_XL_TDC = 21: Nest(Attrs(TDC_ATTRS)), Set;
    IFLA_CAN_XL_PWM = 22: Nest(Attrs(PWM_ATTRS)), Set;
}

attrs! {
    /// Inside IFLA_CAN_CTRLMODE_EXT.
    pub const CTRLMODE_EXT_ATTRS;
    IFLA_CAN_CTRLMODE_SUPPORTED = 1: U32, Read;
}

attrs! {
    /// Inside IFLA_CAN_TDC.
    pub const TDC_ATTRS;
    IFLA_CAN_TDC_TDCV_MIN = 1: U32, Read;
    IFLA_CAN_TDC_TDCV_MAX = 2: U32, Read;
    IFLA_CAN_TDC_TDCO_MIN = 3: U32, Read;
    IFLA_CAN_TDC_TDCO_MAX = 4: U32, Read;
    IFLA_CAN_TDC_TDCF_MIN = 5: U32, Read;
    IFLA_CAN_TDC_TDCF_MAX = 6: U32, Read;
    IFLA_CAN_TDC_TDCV = 7: U32, Set;
    IFLA_CAN_TDC_TDCO = 8: U32, Set;
    IFLA_CAN_TDC_TDCF = 9: U32, Set;
}

attrs! {
    /// Inside IFLA_CAN_XL_PWM.
    pub const PWM_ATTRS;
    IFLA_CAN_PWM_PWMS_MIN = 1: U32, Read;
    IFLA_CAN_PWM_PWMS_MAX = 2: U32, Read;
    IFLA_CAN_PWM_PWML_MIN = 3: U32, Read;
    IFLA_CAN_PWM_PWML_MAX = 4: U32, Read;
    IFLA_CAN_PWM_PWMO_MIN = 5: U32, Read;
    IFLA_CAN_PWM_PWMO_MAX = 6: U32, Read;
    IFLA_CAN_PWM_PWMS = 7: U32, Set;
    IFLA_CAN_PWM_PWML = 8: U32, Set;
    IFLA_CAN_PWM_PWMO = 9: U32, Set;
}

/// CAN_CTRLMODE_TDC_* and CAN_CTRLMODE_XL_TDC_*: automatic and manual transmitter delay compensation.
const TDC_AUTO: u32 = 0x200;
const TDC_MANUAL: u32 = 0x400;
const XL_TDC_AUTO: u32 = 0x2000;
const XL_TDC_MANUAL: u32 = 0x4000;

/// Links of type `can`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse(w)),
    tables: &[&GRAMMAR],
    describe: Some(super::can_view::describe),
    xstats: Some(super::can_view::counts),
    ..Kind::named("can")
        .terms(&[
            ("", "ip link set DEVICE type can"),
            ("", "[ termination { 0..65535 } ]"),
            (
                "",
                "[ tdcv TDCV tdco TDCO tdcf TDCF ] [ xtdcv TDCV xtdco TDCO xtdcf TDCF pwms PWMS pwml PWML pwmo PWMO ]",
            ),
            ("", "[ tq TQ prop-seg PROP_SEG phase-seg1 PHASE-SEG1 phase-seg2 PHASE-SEG2 ]"),
            ("BITRATE", "{ NUMBER in bps }"),
            ("SAMPLE-POINT", "{ 0.000..0.999 }"),
            ("TQ", "{ NUMBER in ns }"),
            ("PROP-SEG", "{ NUMBER in tq }"),
            ("PHASE-SEG1", "{ NUMBER in tq }"),
            ("PHASE-SEG2", "{ NUMBER in tq }"),
            ("SJW", "{ NUMBER in tq }"),
            ("TDCV", "{ NUMBER in mtq }"),
            ("TDCO", "{ NUMBER in mtq }"),
            ("TDCF", "{ NUMBER in mtq }"),
            ("PWMS", "{ NUMBER in mtq }"),
            ("PWML", "{ NUMBER in mtq }"),
            ("PWMO", "{ NUMBER in mtq }"),
            ("RESTART-MS", "{ 0 | NUMBER in ms }"),
        ])
        .about("a CAN bus")
        .examples(&[
            ("rip link set can0 type can bitrate 500000", "the bit rate of the bus"),
            ("rip link set can0 type can bitrate 500000 dbitrate 2000000 fd on", "CAN FD"),
        ])
};

/// The timing of one bit rate (struct can_bittiming); the kernel computes the prescaler.
#[derive(Default)]
struct Timing {
    bitrate: u32,
    sample_point: u32,
    tq: u32,
    prop_seg: u32,
    phase_seg1: u32,
    phase_seg2: u32,
    sjw: u32,
}

impl Timing {
    /// The structure, if anything is set.
    fn bytes(&self) -> Option<Vec<u8>> {
        let Timing { bitrate, sample_point, tq, prop_seg, phase_seg1, phase_seg2, sjw } = *self;
        let all = [bitrate, sample_point, tq, prop_seg, phase_seg1, phase_seg2, sjw, 0];
        (bitrate != 0 || tq != 0).then(|| all.iter().flat_map(|v| v.to_ne_bytes()).collect())
    }
}

/// Attributes, and the structures that several words fill.
#[derive(Default)]
pub struct Builder {
    data: Data<InfoCan>,
    classic: Timing,
    fd: Timing,
    xl: Timing,
    modes: u32,
    mask: u32,
    tdc: Vec<u8>,
    xl_tdc: Vec<u8>,
    pwm: Vec<u8>,
    words: Vec<Span>,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.data.trail.close(span);
        self.words.push(span);
    }
}

impl Builder {
    /// Sets a mode. As in iproute2, one that was on stays on.
    fn mode(&mut self, bits: u32, on: bool) {
        self.mask |= bits;
        if on {
            self.modes |= bits;
        }
    }

    /// Adds the structures that the words have filled.
    fn finish(mut self) -> Filled {
        let modes = [self.mask, self.modes].iter().flat_map(|v| v.to_ne_bytes()).collect();
        let some = |v: Vec<u8>| (!v.is_empty()).then_some(v);
        let made = [
            (IFLA_CAN_BITTIMING, self.classic.bytes()),
            (IFLA_CAN_DATA_BITTIMING, self.fd.bytes()),
            (IFLA_CAN_XL_DATA_BITTIMING, self.xl.bytes()),
            (IFLA_CAN_CTRLMODE, (self.mask != 0).then_some(modes)),
            (IFLA_CAN_TDC | NESTED, some(self.tdc)),
            (IFLA_CAN_XL_TDC | NESTED, some(self.xl_tdc)),
            (IFLA_CAN_XL_PWM | NESTED, some(self.pwm)),
        ];
        for (kind, body) in made {
            if let Some(body) = body {
                self.data.raw(kind, body);
            }
        }
        if let (Some(first), Some(last)) = (self.words.first(), self.words.last()) {
            self.data.trail.close(Span { from: first.from, to: last.to });
        }
        Filled { body: Body::Data(InfoData::Can(self.data.list)), trail: self.data.trail }
    }
}

static CLASSIC: &[Row<Builder>] = rows!(Builder;
    "bitrate~" => U32("invalid \"bitrate\" value"), "bit rate, bits per second", |d, v| d.classic.bitrate = v;
    "sample-point~" => Term("SAMPLE-POINT", SamplePoint("invalid \"sample-point\" value")), "sample point, 0.000-0.999", |d, v| d.classic.sample_point = v;
    "tq~" => U32("invalid \"tq\" value"), "time quantum, nanoseconds", |d, v| d.classic.tq = v;
    "prop-seg~" => U32("invalid \"prop-seg\" value"), "propagation segment, quanta", |d, v| d.classic.prop_seg = v;
    "phase-seg1~" => U32("invalid \"phase-seg1\" value"), "phase segment 1, quanta", |d, v| d.classic.phase_seg1 = v;
    "phase-seg2~" => U32("invalid \"phase-seg2\" value"), "phase segment 2, quanta", |d, v| d.classic.phase_seg2 = v;
    "sjw~" => Term("SJW", U32("invalid \"sjw\" value")), "synchronisation jump width, quanta", |d, v| d.classic.sjw = v;
);

static FD: &[Row<Builder>] = rows!(Builder;
    "dbitrate~" => U32("invalid \"dbitrate\" value"), "CAN FD data bit rate, bits per second", |d, v| d.fd.bitrate = v;
    "dsample-point~" => Term("SAMPLE-POINT", SamplePoint("invalid \"dsample-point\" value")), "CAN FD data: sample point, 0.000-0.999", |d, v| d.fd.sample_point = v;
    "dtq~" => U32("invalid \"dtq\" value"), "CAN FD data: time quantum, nanoseconds", |d, v| d.fd.tq = v;
    "dprop-seg~" => U32("invalid \"dprop-seg\" value"), "CAN FD data: propagation segment, quanta", |d, v| d.fd.prop_seg = v;
    "dphase-seg1~" => U32("invalid \"dphase-seg1\" value"), "CAN FD data: phase segment 1, quanta", |d, v| d.fd.phase_seg1 = v;
    "dphase-seg2~" => U32("invalid \"dphase-seg2\" value"), "CAN FD data: phase segment 2, quanta", |d, v| d.fd.phase_seg2 = v;
    "dsjw~" => Term("SJW", U32("invalid \"dsjw\" value")), "CAN FD data: synchronisation jump width, quanta", |d, v| d.fd.sjw = v;
);

static XL: &[Row<Builder>] = rows!(Builder;
    "xbitrate" => U32("invalid \"xbitrate\" value"), "CAN XL data bit rate, bits per second", |d, v| d.xl.bitrate = v;
    "xsample-point" => Term("SAMPLE-POINT", SamplePoint("invalid \"xsample-point\" value")), "CAN XL data: sample point, 0.000-0.999", |d, v| d.xl.sample_point = v;
    "xtq" => U32("invalid \"xtq\" value"), "CAN XL data: time quantum, nanoseconds", |d, v| d.xl.tq = v;
    "xprop-seg" => U32("invalid \"xprop-seg\" value"), "CAN XL data: propagation segment, quanta", |d, v| d.xl.prop_seg = v;
    "xphase-seg1" => U32("invalid \"xphase-seg1\" value"), "CAN XL data: phase segment 1, quanta", |d, v| d.xl.phase_seg1 = v;
    "xphase-seg2" => U32("invalid \"xphase-seg2\" value"), "CAN XL data: phase segment 2, quanta", |d, v| d.xl.phase_seg2 = v;
    "xsjw" => Term("SJW", U32("invalid \"xsjw\" value")), "CAN XL data: synchronisation jump width, quanta", |d, v| d.xl.sjw = v;
);

static DELAYS: &[Row<Builder>] = rows!(Builder;
    "tdcv~" => U32("invalid \"tdcv\" value"), "CAN FD: transmitter delay compensation value, clock periods", |d, v| put(&mut d.tdc, IFLA_CAN_TDC_TDCV, &v.to_ne_bytes());
    "tdco~" => U32("invalid \"tdco\" value"), "CAN FD: transmitter delay compensation offset, clock periods", |d, v| put(&mut d.tdc, IFLA_CAN_TDC_TDCV + 1, &v.to_ne_bytes());
    "tdcf~" => U32("invalid \"tdcf\" value"), "CAN FD: transmitter delay compensation filter window, clock periods", |d, v| put(&mut d.tdc, IFLA_CAN_TDC_TDCV + 2, &v.to_ne_bytes());
    "xtdcv" => U32("invalid \"xtdcv\" value"), "CAN XL: transmitter delay compensation value, clock periods", |d, v| put(&mut d.xl_tdc, IFLA_CAN_TDC_TDCV, &v.to_ne_bytes());
    "xtdco" => U32("invalid \"xtdco\" value"), "CAN XL: transmitter delay compensation offset, clock periods", |d, v| put(&mut d.xl_tdc, IFLA_CAN_TDC_TDCV + 1, &v.to_ne_bytes());
    "xtdcf" => U32("invalid \"xtdcf\" value"), "CAN XL: transmitter delay compensation filter window, clock periods", |d, v| put(&mut d.xl_tdc, IFLA_CAN_TDC_TDCV + 2, &v.to_ne_bytes());
    "pwms" => U32("invalid \"pwms\" value"), "PWM short phase", |d, v| put(&mut d.pwm, IFLA_CAN_TDC_TDCV, &v.to_ne_bytes());
    "pwml" => U32("invalid \"pwml\" value"), "PWM long phase", |d, v| put(&mut d.pwm, IFLA_CAN_TDC_TDCV + 1, &v.to_ne_bytes());
    "pwmo" => U32("invalid \"pwmo\" value"), "PWM offset", |d, v| put(&mut d.pwm, IFLA_CAN_TDC_TDCV + 2, &v.to_ne_bytes());
);

static MODES: &[Row<Builder>] = rows!(Builder;
    "loopback~" => OnOff("loopback"), "loopback: receive own frames", |d, v| d.mode(0x1, v);
    "listen-only~" => OnOff("listen-only"), "listen only: send nothing, not even acknowledgements", |d, v| d.mode(0x2, v);
    "triple-sampling~" => OnOff("triple-sampling"), "triple sampling", |d, v| d.mode(0x4, v);
    "one-shot~" => OnOff("one-shot"), "one-shot: do not retransmit", |d, v| d.mode(0x8, v);
    "berr-reporting~" => OnOff("berr-reporting"), "report bus errors", |d, v| d.mode(0x10, v);
    "fd~" => OnOff("fd"), "CAN FD frames", |d, v| d.mode(0x20, v);
    "fd-non-iso~" => OnOff("fd-non-iso"), "CAN FD before ISO 11898-1:2015", |d, v| d.mode(0x80, v);
    "presume-ack~" => OnOff("presume-ack"), "ignore missing acknowledgements", |d, v| d.mode(0x40, v);
    "cc-len8-dlc~" => OnOff("cc-len8-dlc"), "keep DLC 9 to 15 of classic frames", |d, v| d.mode(0x100, v);
    "restricted" => OnOff("restricted"), "restricted operation: acknowledge only", |d, v| d.mode(0x800, v);
    "xl" => OnOff("xl"), "CAN XL frames", |d, v| d.mode(0x1000, v);
    "tms" => OnOff("tms"), "CAN XL transceiver mode switching", |d, v| d.mode(0x8000, v);
    "tdc-mode~" => TdcMode("tdc-mode"), "CAN FD transmitter delay compensation", |d, v| d.tdc_mode(TDC_AUTO, TDC_MANUAL, v);
    "xtdc-mode" => TdcMode("xtdc-mode"), "CAN XL transmitter delay compensation", |d, v| d.tdc_mode(XL_TDC_AUTO, XL_TDC_MANUAL, v);
    "restart~" => Flag, "restart the controller now", |d, ()| d.data.put(InfoCan::Restart(1));
    "restart-ms~" => Term("TIME-MS", U32("invalid \"restart-ms\" value")), "automatic restart after bus-off, milliseconds; 0: never", |d, v| d.data.put(InfoCan::RestartMs(v));
    "termination~" => U16("invalid \"termination\" value"), "termination resistor, ohms", |d, v| d.data.put(InfoCan::Termination(v));
);

static GRAMMAR: Grammar<Builder> = Grammar {
    title: "CAN",
    rows: &[CLASSIC, FD, XL, DELAYS, MODES],
    fallback: Fallback::Unknown(|arg| {
        Diag::fail(format!("can: unknown option \"{}\"", arg.shown())).at(arg.span()).line(usage(&KIND).trim_end())
    }),
};

fn parse(w: &mut Words<'_>) -> Result<Filled, Diag> {
    let mut d = Builder::default();
    GRAMMAR.parse(&mut d, w)?;
    Ok(d.finish())
}

impl Builder {
    /// Sets `auto`, `manual` or neither.
    fn tdc_mode(&mut self, auto: u32, manual: u32, choice: Option<bool>) {
        match choice {
            Some(true) => self.mode(auto, true),
            Some(false) => self.mode(manual, true),
            None => self.mode(auto | manual, false),
        }
    }
}

/// A fraction of the bit time, sent in thousandths.
struct SamplePoint(&'static str);

impl Value for SamplePoint {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "FRACTION".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let fraction = arg.str().and_then(|s| s.parse::<f32>().ok());
        // f32 as in iproute2, where 0.57 is 570; f64 would give 569.
        let thousandths = fraction.map(|f| (f * 1000.0).trunc()).filter(|v| *v >= 0.0);
        thousandths.and_then(|v| format!("{v:.0}").parse().ok()).ok_or_else(|| arg.wrong(self.0))
    }
}

/// `on` or `off`; a usage error here.
struct OnOff(&'static str);

impl Value for OnOff {
    type Out = bool;
    fn meta(&self) -> Cow<'static, str> {
        Toggle(self.0).meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<bool, Diag> {
        Toggle(self.0).take(w).map_err(|d| d.with_code(crate::diag::USAGE))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        Toggle(self.0).offer(w)
    }
}

/// `auto` (true), `manual` (false) or `off`.
struct TdcMode(&'static str);

impl Value for TdcMode {
    type Out = Option<bool>;
    fn meta(&self) -> Cow<'static, str> {
        "{ auto | manual | off }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<bool>, Diag> {
        let arg = w.next()?;
        match arg.bytes {
            b"auto" => Ok(Some(true)),
            b"manual" => Ok(Some(false)),
            b"off" => Ok(None),
            _ => Err(arg.wrong(&format!("\"{}\" must be either of \"auto\", \"manual\" or \"off\"", self.0))),
        }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        ["auto", "manual", "off"].map(|n| Offer::new(n, "")).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, sends};

    #[test]
    fn words() {
        let timing = |attr: u16, values: [u32; 7]| {
            let hex: String = values.iter().flat_map(|v| v.to_ne_bytes()).map(|b| format!("{b:02x}")).collect();
            format!("{attr}={hex}00000000")
        };
        let all = |prefix: &str| {
            ["bitrate 1", "sample-point 0.57", "tq 3", "prop-seg 4", "phase-seg1 5", "phase-seg2 6", "sjw 7"]
                .map(|w| format!("{prefix}{w}"))
                .join(" ")
        };
        let each = [1, 570, 3, 4, 5, 6, 7];
        let (classic, fd, xl) = (timing(1, each), timing(9, each), timing(18, each));
        let (a, b, c) = (all(""), all("d"), all("x"));
        let point = timing(1, [7, 999, 0, 0, 0, 0, 0]);
        let words: &[(&str, &str)] = &[
            (&a, &classic),
            (&b, &fd),
            (&c, &xl),
            ("bit 7 sa 0.9999", &point),
            ("sjw 7", ""),
            ("bitrate -1", "!Error: argument \"-1\" is wrong: invalid \"bitrate\" value"),
            ("bitrate 7 sample-point 0.8x", "!Error: argument \"0.8x\" is wrong: invalid \"sample-point\" value"),
            ("bitrate 7 sample-point -0.5", "!Error: argument \"-0.5\" is wrong: invalid \"sample-point\" value"),
            ("bitrate 7 sample-point nan", "!Error: argument \"nan\" is wrong: invalid \"sample-point\" value"),
            ("tdcv 1 tdco 2 tdcf 3", "16=080007000100000008000800020000000800090003000000"),
            ("xtdcv 1 xtdco 2 xtdcf 3", "21=080007000100000008000800020000000800090003000000"),
            ("pwms 1 pwml 2 pwmo 3", "22=080007000100000008000800020000000800090003000000"),
            ("loopback on listen-only on triple-sampling on one-shot off", "5=0f00000007000000"),
            ("berr-reporting on fd on fd-non-iso off presume-ack on cc-len8-dlc on", "5=f001000070010000"),
            ("restricted on xl on tms off", "5=0098000000180000"),
            ("l on o on f on c on", "5=2901000029010000"),
            ("loopback zz", "!Error: argument of \"loopback\" must be \"on\" or \"off\", not \"zz\""),
            ("tdc-mode auto", "5=0002000000020000"),
            ("tdc-mode manual", "5=0004000000040000"),
            ("tdc-mode off xtdc-mode auto", "5=0026000000200000"),
            (
                "tdc-mode zz",
                "!Error: argument \"zz\" is wrong: \"tdc-mode\" must be either of \"auto\", \"manual\" or \"off\"",
            ),
            ("restart-ms 100 termination 120", "6=64000000 11=7800"),
            ("restart", "7=01000000"),
            ("termination 65536", "!Error: argument \"65536\" is wrong: invalid \"termination\" value"),
            ("foo", "!can: unknown option \"foo\""),
        ];
        sends("can", words);
        covers("can", words);
    }
}
