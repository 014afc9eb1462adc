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
    "tags",
    "ticket_links",
    "ticket_tags",
    "tasks",
    "time_entries",
    "saved_replies",
    "drafts",
    "draft_files",
    "mentions",
];

/// Tables of the desk itself. They hold no ticket content.
pub const GLOBAL: &[&str] = &[
    "agents",
    "api_tokens",
    "applied_migrations",
    "categories",
    "channels",
    "departments",
    "idempotency_keys",
    "jobs",
    "locations",
    "mailed_codes",
    "memberships",
    "one_time_links",
    "organizations",
    "passkey_challenges",
    "passkeys",
    "people",
    "recovery_codes",
    "second_factors",
    "sessions",
    "settings",
    "sign_in_attempts",
    "sign_in_halves",
    "ticket_counts",
    "ticket_templates",
];
