//! The colour of each role, for dark and for light backgrounds.

/// What a field is, for colouring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Plain,
    Ifname,
    Mac,
    Inet,
    Inet6,
    Up,
    Down,
}

/// A set of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// For an unknown background: readable on both.
    Either,
}

impl Palette {
    /// Dark, unless the last field of COLORFGBG names a light background.
    pub fn from_env(colorfgbg: Option<&[u8]>) -> Palette {
        let Some(value) = colorfgbg else { return Palette::Dark };
        let Some(i) = value.iter().rposition(|b| *b == b';') else { return Palette::Dark };
        match value.get(i + 1..) {
            Some([b'0'..=b'6' | b'8']) => Palette::Dark,
            _ => Palette::Light,
        }
    }

    /// The ANSI escape sequence of a role; `None` for uncoloured ones.
    pub fn code(self, role: Role) -> Option<&'static str> {
        Some(match (self, role) {
            (_, Role::Plain) => return None,
            (Palette::Dark, Role::Ifname) => "\x1b[1;36m",
            (Palette::Dark, Role::Mac) => "\x1b[1;33m",
            (Palette::Dark, Role::Inet) => "\x1b[1;35m",
            (Palette::Dark, Role::Inet6) => "\x1b[1;94m",
            (Palette::Dark, Role::Up) => "\x1b[1;32m",
            (Palette::Dark, Role::Down) => "\x1b[1;31m",
            (Palette::Light | Palette::Either, Role::Ifname) => "\x1b[36m",
            (Palette::Light | Palette::Either, Role::Mac) => "\x1b[33m",
            (Palette::Light | Palette::Either, Role::Inet) => "\x1b[35m",
            (Palette::Light, Role::Inet6) => "\x1b[34m",
            (Palette::Either, Role::Inet6) => "\x1b[94m",
            (Palette::Light | Palette::Either, Role::Up) => "\x1b[32m",
            (Palette::Light | Palette::Either, Role::Down) => "\x1b[31m",
        })
    }
}

/// Resets to the terminal's own colour.
pub const END: &str = "\x1b[0m";

/// The role of an address of a family.
pub fn of_family(family: u8) -> Role {
    match family {
        2 => Role::Inet,
        10 => Role::Inet6,
        _ => Role::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn background() {
        for (v, p) in [
            (None, Palette::Dark),
            (Some("15;0"), Palette::Dark),
            (Some("0;15"), Palette::Light),
            (Some("1"), Palette::Dark),
            (Some(""), Palette::Dark),
            (Some("0;7"), Palette::Light),
            (Some("0;8"), Palette::Dark),
        ] {
            assert_eq!(Palette::from_env(v.map(str::as_bytes)), p, "{v:?}");
        }
    }
}
