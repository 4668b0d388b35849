//! Users and groups by name. A statically linked program has no NSS modules, so this reads /etc/passwd and /etc/group
//! itself.

/// In bytes: enough for several 100,000 accounts.
const FILE_MAX: u64 = 64 << 20;

/// One of the account files.
pub struct Accounts(&'static str);

/// Users.
pub static USERS: Accounts = Accounts("/etc/passwd");
/// Groups.
pub static GROUPS: Accounts = Accounts("/etc/group");

impl Accounts {
    /// The uid or gid of a name.
    pub fn id(&self, name: &[u8]) -> Option<u32> {
        self.entries(|n, id| (n == name).then_some(id))
    }

    /// The name of a uid or gid.
    pub fn name(&self, id: u32) -> Option<Vec<u8>> {
        self.entries(|n, i| (i == id).then(|| n.to_vec()))
    }

    fn entries<R>(&self, find: impl Fn(&[u8], u32) -> Option<R>) -> Option<R> {
        let text = crate::files::lines(std::path::Path::new(self.0), FILE_MAX)?;
        text.split(|b| *b == b'\n').find_map(|line| {
            let mut fields = line.split(|b| *b == b':');
            let (name, _, id) = (fields.next()?, fields.next()?, fields.next()?);
            find(name, std::str::from_utf8(id).ok()?.parse().ok()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_both_ways() {
        assert_eq!(USERS.id(b"root"), Some(0));
        assert_eq!(USERS.name(0).as_deref(), Some(&b"root"[..]));
        assert_eq!(GROUPS.id(b"no such group"), None);
    }
}
