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
    "suppressed_addresses",
    "search_documents",
    "tags",
    "ticket_links",
    "ticket_tags",
    "advice_requests",
    "merges",
    "tasks",
    "time_entries",
    "saved_replies",
    "articles",
    "article_texts",
    "article_categories",
    "article_tickets",
    "drafts",
    "draft_files",
    "unsent_forms",
    "notifications",
    "mentions",
    "views",
    "audit_entries",
    "assets",
    "asset_events",
    "ticket_assets",
];

/// Full-text indexes, each with the table whose rows it finds: it is named only beside that table,
/// whose marker says for whom.
pub const INDEXES: &[(&str, &str)] = &[("search_index", "search_documents")];

/// Tables of the desk itself that not everybody may look through, though what one sees may name a row
/// of theirs: whoever looks for such rows says for whom, by the marker. And what is no table at all, but asked of the
/// policy by a marker: whether agents are called by their names on a ticket.
pub const SOUGHT: &[&str] = &["people", "agent_names"];

/// Tables of the desk itself. They hold no ticket content.
pub const GLOBAL: &[&str] = &[
    "absences",
    "acts_by_rank",
    "agents",
    "api_tokens",
    "applied_migrations",
    "audit_head",
    "bulk_rows",
    "bulk_runs",
    "categories",
    "category_members",
    "channels",
    "confidants",
    "daily_report_contents",
    "daily_reports",
    "departments",
    "filter_counts",
    "filter_rules",
    "giving_turns",
    "idempotency_keys",
    "jobs",
    "key_maps",
    "list_settings",
    "locations",
    "mailbox_connections",
    "mailbox_letters",
    "mailbox_states",
    "mail_texts",
    "mailboxes",
    "mailed_codes",
    "memberships",
    "mentors",
    "monitoring",
    "monitoring_levels",
    "offered_domains",
    "offered_locations",
    "offered_organizations",
    "one_time_links",
    "organizations",
    "passkey_challenges",
    "passkeys",
    "people",
    "permanent_invitees",
    "person_addresses",
    "reading_floors",
    "recovery_codes",
    "refused_requests",
    "rights_notices",
    "roles",
    "second_factors",
    "person_words",
    "plain_letters",
    "search_queue",
    "served_locations",
    "served_organizations",
    "sessions",
    "settings",
    "sights",
    "spent_mail_links",
    "sign_in_attempts",
    "sign_in_halves",
    "team_departments",
    "team_members",
    "teams",
    "ticket_counts",
    "ticket_marks",
    "ticket_templates",
];

const fn word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

/// Which of [`SCOPED`], and after them of [`INDEXES`], a text names as whole words in any case: one
/// bit each. One walk over the words, for the compiler runs this on the text of every query.
pub(super) const fn named(text: &str) -> u64 {
    assert!(SCOPED.len() + INDEXES.len() <= 64);
    let text = text.as_bytes();
    let mut found = 0;
    let mut end = 0;
    while end < text.len() {
        let begin = end;
        while end < text.len() && word(text[end]) {
            end += 1;
        }
        if end > begin {
            let mut table = 0;
            while table < SCOPED.len() + INDEXES.len() {
                let name = if table < SCOPED.len() {
                    SCOPED[table]
                } else {
                    INDEXES[table - SCOPED.len()].0
                };
                if name.len() == end - begin && is_at(text, begin, name.as_bytes()) {
                    found |= 1 << table;
                }
                table += 1;
            }
        }
        end += 1;
    }
    found
}

/// Whether `name`, which is in lower case, stands there in any case.
const fn is_at(text: &[u8], begin: usize, name: &[u8]) -> bool {
    let mut i = 0;
    while i < name.len() {
        if text[begin + i].to_ascii_lowercase() != name[i] {
            return false;
        }
        i += 1;
    }
    true
}
