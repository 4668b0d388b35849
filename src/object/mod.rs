//! The vocabulary: one file or folder for each object of the command line.

pub mod address;
pub mod link;
pub mod neigh;
pub mod netns;
pub mod nexthop;
pub mod route;
pub mod rule;
pub mod tuntap;
