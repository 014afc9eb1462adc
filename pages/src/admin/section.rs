//! The menu of administration.

/// An entry of the administration menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdminSection {
    /// `/admin`.
    Overview,
    /// `/admin/departments`.
    Departments,
    /// `/admin/people`.
    People,
    /// `/admin/roles`.
    Roles,
    /// `/admin/scopes`.
    Scopes,
    /// `/admin/teams`.
    Teams,
    /// `/admin/inspector`.
    Inspector,
    /// `/admin/journal`.
    Journal,
    /// `/admin/activity`.
    Activity,
    /// `/admin/desk`.
    Desk,
    /// `/admin/retention`.
    Retention,
    /// `/admin/channels`.
    Channels,
    /// `/admin/mailboxes`.
    Mailboxes,
    /// `/admin/filters`.
    Filters,
    /// `/admin/mail-texts`.
    MailTexts,
    /// `/admin/mail`.
    Mail,
}

impl AdminSection {
    /// All entries, in the order of the menu.
    pub const ALL: [AdminSection; 16] = [
        AdminSection::Overview,
        AdminSection::Departments,
        AdminSection::People,
        AdminSection::Roles,
        AdminSection::Scopes,
        AdminSection::Teams,
        AdminSection::Inspector,
        AdminSection::Journal,
        AdminSection::Activity,
        AdminSection::Desk,
        AdminSection::Retention,
        AdminSection::Channels,
        AdminSection::Mailboxes,
        AdminSection::Filters,
        AdminSection::MailTexts,
        AdminSection::Mail,
    ];

    /// Its address.
    #[must_use]
    pub fn href(self) -> &'static str {
        match self {
            AdminSection::Overview => "/admin",
            AdminSection::Departments => "/admin/departments",
            AdminSection::People => "/admin/people",
            AdminSection::Roles => "/admin/roles",
            AdminSection::Scopes => "/admin/scopes",
            AdminSection::Teams => "/admin/teams",
            AdminSection::Inspector => "/admin/inspector",
            AdminSection::Journal => "/admin/journal",
            AdminSection::Activity => "/admin/activity",
            AdminSection::Desk => "/admin/desk",
            AdminSection::Retention => "/admin/retention",
            AdminSection::Channels => "/admin/channels",
            AdminSection::Mailboxes => "/admin/mailboxes",
            AdminSection::Filters => "/admin/filters",
            AdminSection::MailTexts => "/admin/mail-texts",
            AdminSection::Mail => "/admin/mail",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            AdminSection::Overview => "admin-overview",
            AdminSection::Departments => "admin-departments",
            AdminSection::People => "admin-people",
            AdminSection::Roles => "roles-title",
            AdminSection::Scopes => "scopes-title",
            AdminSection::Teams => "teams-title",
            AdminSection::Inspector => "inspector-title",
            AdminSection::Journal => "audit-title",
            AdminSection::Activity => "activity-title",
            AdminSection::Desk => "admin-settings",
            AdminSection::Retention => "retention-title",
            AdminSection::Channels => "channels-title",
            AdminSection::Mailboxes => "mailboxes-title",
            AdminSection::Filters => "filters-title",
            AdminSection::MailTexts => "wording-title",
            AdminSection::Mail => "admin-mail",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            AdminSection::Overview => "sliders-horizontal",
            AdminSection::Departments => "building-2",
            AdminSection::People => "users",
            AdminSection::Roles => "shield",
            AdminSection::Scopes => "layers",
            AdminSection::Teams => "user-check",
            AdminSection::Inspector => "eye",
            AdminSection::Journal => "history",
            AdminSection::Activity => "chart-column",
            AdminSection::Desk => "wrench",
            AdminSection::Retention => "hourglass",
            AdminSection::Channels => "at-sign",
            AdminSection::Mailboxes => "inbox",
            AdminSection::Filters => "list-filter",
            AdminSection::MailTexts => "text-quote",
            AdminSection::Mail => "mail",
        }
    }

    /// Whether the page at this address (`frame.here`) belongs to the entry.
    #[must_use]
    pub fn holds(self, here: &str) -> bool {
        let path = here.split('?').next().unwrap_or_default();
        match self {
            AdminSection::Overview => path == "/admin" || path.starts_with("/admin/setup"),
            _ => path
                .strip_prefix(self.href())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AdminSection;

    #[test]
    fn a_page_belongs_to_one_entry_of_the_menu() {
        for (here, expect) in [
            ("/admin", AdminSection::Overview),
            ("/admin/departments", AdminSection::Departments),
            ("/admin/departments/3?members=1", AdminSection::Departments),
            ("/admin/people?q=/admin/mail", AdminSection::People),
            ("/admin/scopes/7/preview", AdminSection::Scopes),
            ("/admin/mail", AdminSection::Mail),
            ("/admin/mail/outbox", AdminSection::Mail),
            ("/admin/mail-texts/created/fr", AdminSection::MailTexts),
            ("/admin/mailboxes", AdminSection::Mailboxes),
            ("/admin/filters", AdminSection::Filters),
            ("/admin/setup/needs", AdminSection::Overview),
        ] {
            let held: Vec<_> = AdminSection::ALL
                .into_iter()
                .filter(|section| section.holds(here))
                .collect();
            assert_eq!(held, [expect], "{here}");
        }
    }
}
