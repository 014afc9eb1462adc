//! Who beside its own people may look at a ticket, as pages name it.

/// Who may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Nobody else.
    #[default]
    Private,
    /// People of the house see its subject and state.
    Subject,
    /// People of the house read its public words.
    Intranet,
    /// Whoever signs in reads them.
    Public,
}

impl Visibility {
    /// Every one, from the narrowest to the widest.
    pub const ALL: [Visibility; 4] = [
        Visibility::Private,
        Visibility::Subject,
        Visibility::Intranet,
        Visibility::Public,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Visibility::Private => "private",
            Visibility::Subject => "subject",
            Visibility::Intranet => "intranet",
            Visibility::Public => "public",
        }
    }

    /// Reads a form field.
    #[must_use]
    pub fn parse(code: &str) -> Option<Visibility> {
        Visibility::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Visibility::Private => "shared-private",
            Visibility::Subject => "shared-subject",
            Visibility::Intranet => "shared-intranet",
            Visibility::Public => "shared-public",
        }
    }

    /// Key of the sentence that tells whoever replies who reads along; none when nobody does.
    #[must_use]
    pub fn reads_along(self) -> Option<&'static str> {
        match self {
            Visibility::Private | Visibility::Subject => None,
            Visibility::Intranet => Some("shared-reads-intranet"),
            Visibility::Public => Some("shared-reads-public"),
        }
    }

    /// Key of the sentence that warns whoever writes who will read it; none for a private ticket.
    #[must_use]
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Visibility::Private => None,
            Visibility::Subject => Some("shared-warning-subject"),
            Visibility::Intranet => Some("shared-warning-intranet"),
            Visibility::Public => Some("shared-warning-public"),
        }
    }
}
