//! What the project's tests, fuzzing and benchmarks use of the library. Not a stable interface.
//!
//! Everything else is private to the crate, so that the compiler finds dead code.

/// Dispatch, completion and help.
pub mod cli {
    /// Batches.
    pub mod batch {
        pub use crate::command::lines::each_line;
    }
    /// Completion.
    pub mod complete {
        pub use crate::cli::complete::tail;
    }
    /// The names of `-fields`.
    pub mod fields {
        pub use crate::cli::fields::keys;
    }
    /// The options before the object.
    pub mod head {
        pub use crate::cli::head::{Action, parse, whole};
    }
    /// Help.
    pub mod help {
        pub use crate::cli::help::{left, usage};
    }
    /// The list of objects.
    pub mod objects {
        pub use crate::cli::objects::OBJECTS;
    }
    /// Dispatch.
    pub mod tree {
        pub use crate::cli::tree::{is_our_object, is_ours, object};
    }
    /// Usage texts.
    pub mod usage {
        pub use crate::cli::usage::{object_of, program};
    }
}
/// What an object is made of.
pub mod command {
    pub use crate::command::{Object, Table, Verb};
}
/// Errors as values.
pub mod diag {
    pub use crate::diag::{Diag, Span};
}
/// Files of netlink messages.
pub mod dumpfile {
    pub use crate::dumpfile::{File, messages};
}
/// Encapsulations of routes.
pub mod encap {
    pub use crate::encap::TYPES;
}
/// Rows, words and values.
pub mod grammar {
    pub use crate::grammar::{Names, Offer, Walk, Words, full, spells};
    /// The walk over a line for completion.
    pub mod walk {
        pub use crate::grammar::walk::{Entry, Table};
    }
    /// The words of a line and the names that they may use.
    pub mod words {
        pub use crate::grammar::words::Table;
    }
}
/// Events.
pub mod monitor {
    pub use crate::monitor::replay;
    /// The JSON of events.
    pub mod schema {
        pub use crate::monitor::schema::{EVENTS, FIELDS, objects};
    }
}
/// Sockets and requests.
pub mod net {
    pub use crate::net::Request;
    /// The socket.
    pub mod kernel {
        pub use crate::net::dump::Reading;
        pub use crate::net::kernel::{Kernel, Messages};
    }
}
/// Name tables.
pub mod nss {
    /// Tables of numbers and names.
    pub mod names {
        pub use crate::nss::names::parse;
    }
}
/// The objects.
pub mod object {
    pub use crate::object::Declared;
    /// `address`.
    pub mod address {
        /// `save`, `restore` and `showdump`.
        pub mod file {
            pub use crate::object::address::file::{FILE, print, requests};
        }
    }
    /// `link`.
    pub mod link {
        /// Kinds of link.
        pub mod kind {
            pub use crate::object::link::kind::{KINDS, Kind, find};
        }
        /// Ports of bridges and bonds.
        pub mod port {
            pub use crate::object::link::port::PORTS;
        }
        /// Virtual functions.
        pub mod vf {
            pub use crate::object::link::vf::GRAMMAR;
        }
        /// The words of `add` and `set`.
        pub mod words {
            pub use crate::object::link::words::LINK;
        }
    }
    /// `route`.
    pub mod route {
        /// `save`, `restore` and `showdump`.
        pub mod file {
            pub use crate::object::route::file::{FILE, print, requests};
        }
    }
    /// `tcp_metrics`.
    pub mod tcp_metrics {
        pub use crate::object::tcp_metrics::TCP_METRICS_ATTRS;
    }
    /// `mptcp`.
    pub mod mptcp {
        pub use crate::object::mptcp::{MPTCP_ATTRS, MPTCP_PM_ATTRS};
    }
    /// `macsec`.
    pub mod macsec {
        pub use crate::object::macsec::MACSEC_ATTRS;
    }
    /// `ioam`.
    pub mod ioam {
        pub use crate::object::ioam::{IOAM6_ATTRS, IOAM6_EVENT_ATTRS};
    }
    /// `xfrm`.
    pub mod xfrm {
        pub use crate::schema::xfrm::{XFRM_ATTRS, XFRM_SAD_ATTRS, XFRM_SPD_ATTRS, xfrm_header_len};
    }
    /// `fou`.
    pub mod fou {
        pub use crate::object::fou::FOU_ATTRS;
    }
    /// `l2tp`.
    pub mod l2tp {
        pub use crate::object::l2tp::L2TP_ATTRS;
    }
    /// `ila`.
    pub mod ila {
        pub use crate::encap::ila::ATTRS;
    }
    /// `sr`.
    pub mod sr {
        pub use crate::object::sr::SEG6_ATTRS;
    }
    /// `rule`.
    pub mod rule {
        /// `save` and `restore`.
        pub mod file {
            pub use crate::object::rule::file::{FILE, requests};
        }
    }
}
/// Text and JSON.
pub mod output {
    /// Values extracted from JSON (`-fields`).
    pub mod fields {
        pub use crate::output::fields::{Extractor, Fields};
    }
    /// Colours.
    pub mod color {
        pub use crate::output::color::Palette;
    }
    /// Standard output.
    pub mod out {
        pub use crate::output::out::Out;
    }
    /// How errors are printed.
    pub mod report {
        pub use crate::output::report::{json, text};
    }
}
/// Dry runs.
pub mod plan {
    pub use crate::plan::LIMITS;
}
/// Messages and attributes.
pub mod schema {
    pub use crate::schema::{
        Attr, Form, IFLA_EXT_MASK, Kinds, MESSAGES, Message, Names, RT_TABLE_MAIN, RTA_DST, RTA_GATEWAY, RTA_OIF,
        RTA_PREFSRC, RTA_PRIORITY, RTA_TABLE, RTEXT_FILTER_SKIP_STATS, RTEXT_FILTER_VF, RTM_GETADDR, RTM_GETLINK,
        RTM_GETROUTE, RTM_NEWROUTE, message,
    };
}
/// Options, sockets and caches.
pub mod session {
    pub use crate::session::Session;
    /// Options.
    pub mod options {
        pub use crate::session::options::{OPTIONS, Options};
    }
}
/// The model of the network.
pub mod state {
    pub use crate::state::{Change, Everything, ObjectType, Scope, Store, diff, requests};
}
/// Rollback.
pub mod undo {
    pub use crate::undo::{LIMITS, Origin, Record, differences};
    /// The directory of journals.
    pub mod folder {
        pub use crate::undo::folder::at;
    }
    /// The file of a journal.
    pub mod ledger {
        pub use crate::undo::ledger::Reader;
    }
}
