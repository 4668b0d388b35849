//! Who sees a request that changes something before the kernel does: a plan that is only told, a batch that can be undone.

use super::extack::KernelError;
use super::request::Request;

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The kernel gets it.
    Send,
    /// It was answered in the kernel's place: nothing is sent.
    Done,
}

/// Asked before every request that changes state, and never about a question.
pub trait Guard {
    /// A refusal here looks like one of the kernel's.
    fn before(&self, request: &Request) -> Result<Verdict, KernelError>;
}

/// Whether a type of message changes state: of each four (NEW, DEL, GET, SET) only GET does not.
pub fn changes(kind: u16) -> bool {
    kind >= crate::schema::RTM_NEWLINK && kind & 3 != 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::*;

    #[test]
    fn questions_change_nothing() {
        for kind in [RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE, RTM_GETNEIGH, RTM_GETRULE, RTM_GETNSID, RTM_GETNEXTHOP] {
            assert!(!changes(kind), "{kind}");
        }
        for kind in [RTM_NEWLINK, RTM_DELLINK, RTM_SETLINK, RTM_DELRULE, RTM_NEWNSID, RTM_DELNEXTHOP, RTM_DELLINKPROP] {
            assert!(changes(kind), "{kind}");
        }
    }
}
