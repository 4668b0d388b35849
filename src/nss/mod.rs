//! Names for numbers, from the files and services of the system: routing tables and their like, users, hosts, protocols.

pub mod accounts;
pub mod hosts;
pub mod names;
pub mod protocols;
