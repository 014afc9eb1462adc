//! Every table, and whose it is. A schema test keeps both lists complete.

/// Tables whose rows belong to somebody: a query that names one says for whom, or does not compile.
pub const SCOPED: &[&str] = &[
    "tickets",
    "comments",
    "attachments",
    "events",
    "participants",
    "incoming_mails",
    "outgoing_mails",
    "search_documents",
    "tags",
    "ticket_links",
    "ticket_tags",
    "merges",
    "tasks",
    "time_entries",
    "saved_replies",
    "drafts",
    "draft_files",
    "mentions",
    "views",
];

/// Full-text indexes, each with the table whose rows it finds: it is named only beside that table,
/// whose marker says for whom.
pub const INDEXES: &[(&str, &str)] = &[("search_index", "search_documents")];

/// Tables of the desk itself. They hold no ticket content.
pub const GLOBAL: &[&str] = &[
    "agents",
    "api_tokens",
    "applied_migrations",
    "bulk_rows",
    "bulk_runs",
    "categories",
    "category_members",
    "channels",
    "departments",
    "idempotency_keys",
    "jobs",
    "list_settings",
    "locations",
    "mailed_codes",
    "memberships",
    "one_time_links",
    "organizations",
    "passkey_challenges",
    "passkeys",
    "people",
    "reading_floors",
    "recovery_codes",
    "second_factors",
    "person_words",
    "search_queue",
    "sessions",
    "settings",
    "sign_in_attempts",
    "sign_in_halves",
    "ticket_counts",
    "ticket_marks",
    "ticket_templates",
];

const fn word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

/// Where a table is named in a text; as a whole word when so asked.
pub(super) const fn find(hay: &[u8], needle: &[u8], whole_word: bool) -> bool {
    let mut i = 0;
    while i + needle.len() <= hay.len() {
        let mut j = 0;
        while j < needle.len() && hay[i + j].to_ascii_lowercase() == needle[j] {
            j += 1;
        }
        if j == needle.len() {
            let before = i > 0 && word(hay[i - 1]);
            let after = i + needle.len() < hay.len() && word(hay[i + needle.len()]);
            if !whole_word || (!before && !after) {
                return true;
            }
        }
        i += 1;
    }
    false
}
