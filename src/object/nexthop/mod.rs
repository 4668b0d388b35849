//! `nexthop`: paths that routes share.

pub mod view;
