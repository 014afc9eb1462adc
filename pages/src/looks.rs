//! How pages look: as their reader chose.

/// Theme and density chosen by the person; attributes of `<html>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Value of `data-theme`, of the form field and of the stored preference.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// How tall the rows of lists are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Two lines a row.
    #[default]
    Comfortable,
    /// One line a row.
    Compact,
}

impl Density {
    /// Value of `data-density` and of the stored preference.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Density::Comfortable => "comfortable",
            Density::Compact => "compact",
        }
    }
}
