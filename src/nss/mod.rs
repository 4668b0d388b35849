//! Names for numbers, from the system's files and services: rt_tables and the other files of /etc/iproute2, users,
//! hosts, protocols.

pub mod accounts;
pub mod hosts;
pub mod names;
pub mod protocols;
