//! The meaning of a request's flags: their names, and the verb of the command line.

/// The flags of a netlink header, by their meaning for this type of message.
pub fn flags(kind: u16, flags: u16) -> Vec<&'static str> {
    let deletes = kind & 3 == 1;
    let known: &[(u16, &str)] = if deletes {
        &[(0x1, "request"), (0x4, "ack"), (0x8, "echo"), (0x100, "nonrec"), (0x200, "bulk")]
    } else {
        &[
            (0x1, "request"),
            (0x4, "ack"),
            (0x8, "echo"),
            (0x100, "replace"),
            (0x200, "excl"),
            (0x400, "create"),
            (0x800, "append"),
        ]
    };
    known.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, name)| *name).collect()
}

/// The verb of the command line that these flags stand for.
pub fn verb(kind: u16, flags: u16) -> &'static str {
    const REPLACE: u16 = 0x100;
    const EXCL: u16 = 0x200;
    const CREATE: u16 = 0x400;
    const APPEND: u16 = 0x800;
    match (kind & 3, flags & (REPLACE | EXCL | CREATE | APPEND)) {
        (1, _) => "delete",
        (3, _) => "set",
        (_, 0) => "set",
        (_, EXCL) => "test",
        (_, REPLACE) => "change",
        (_, CREATE) => "prepend",
        (_, f) if f & (CREATE | REPLACE) == CREATE | REPLACE => "replace",
        (_, f) if f & (CREATE | EXCL) == CREATE | EXCL => "add",
        (_, f) if f & (CREATE | APPEND) == CREATE | APPEND => "append",
        _ => "change",
    }
}
