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

/// How many names a text is searched for: one bit each, in the order of [`name`].
const NAMES: usize = SCOPED.len() + INDEXES.len() + SOUGHT.len();

/// The name of a bit: first of [`SCOPED`], then of [`INDEXES`], then of [`SOUGHT`].
const fn name(bit: usize) -> &'static str {
    if bit < SCOPED.len() {
        SCOPED[bit]
    } else if bit < SCOPED.len() + INDEXES.len() {
        INDEXES[bit - SCOPED.len()].0
    } else {
        SOUGHT[bit - SCOPED.len() - INDEXES.len()]
    }
}

/// The bits of some of the names.
const fn bits(begin: usize, end: usize) -> u64 {
    let (mut bits, mut bit) = (0, begin);
    while bit < end {
        bits |= 1 << bit;
        bit += 1;
    }
    bits
}

const SCOPED_BITS: u64 = bits(0, SCOPED.len());
const INDEX_BITS: u64 = bits(SCOPED.len(), SCOPED.len() + INDEXES.len());
const SOUGHT_BITS: u64 = bits(SCOPED.len() + INDEXES.len(), NAMES);

/// The longest name.
const LONGEST: usize = 31;

/// Which names are so long, and which begin so: almost no word of a text is both.
const OF_LENGTH: [u64; LONGEST + 1] = {
    assert!(NAMES <= 64);
    let (mut all, mut bit) = ([0; LONGEST + 1], 0);
    while bit < NAMES {
        all[name(bit).len()] |= 1 << bit;
        bit += 1;
    }
    all
};
const BEGINNING: [u64; 256] = {
    let (mut all, mut bit) = ([0; 256], 0);
    while bit < NAMES {
        let first = name(bit).as_bytes()[0];
        all[first as usize] |= 1 << bit;
        all[first.to_ascii_uppercase() as usize] |= 1 << bit;
        bit += 1;
    }
    all
};

/// The bytes of words. A table, because a call for each byte of each query is what a build waited for.
const IN_WORDS: [bool; 256] = {
    let (mut all, mut b) = ([false; 256], 0u8);
    loop {
        all[b as usize] = b.is_ascii_alphanumeric() || b == b'_';
        if b == u8::MAX {
            break all;
        }
        b += 1;
    }
};

/// What a text names as whole words in any case: one bit for each name.
#[derive(Clone, Copy)]
pub(super) struct Named {
    /// Anywhere.
    anywhere: u64,
    /// In a marker `{visible:table alias}`.
    visible: u64,
    /// In a marker `{mine:table alias}`.
    mine: u64,
}

impl Named {
    /// Looks through a text. One walk, for the compiler runs this on the text of every query.
    pub(super) const fn of(text: &str) -> Named {
        let text = text.as_bytes();
        let mut named = Named {
            anywhere: 0,
            visible: 0,
            mine: 0,
        };
        let mut end = 0;
        while end < text.len() {
            let begin = end;
            while end < text.len() && IN_WORDS[text[end] as usize] {
                end += 1;
            }
            let length = end - begin;
            if length > 0 && length <= LONGEST {
                let mut left = OF_LENGTH[length] & BEGINNING[text[begin] as usize];
                while left != 0 {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    let name = name(bit).as_bytes();
                    if is_at(text, begin, name) {
                        named.anywhere |= 1 << bit;
                        // A marker spells its table as it is spelled here.
                        if end < text.len() && text[end] == b' ' && stands_at(text, begin, name) {
                            if ends_with(text, begin, b"{visible:") {
                                named.visible |= 1 << bit;
                            } else if ends_with(text, begin, b"{mine:") {
                                named.mine |= 1 << bit;
                            }
                        }
                    }
                }
            }
            end += 1;
        }
        named
    }

    /// Whether any of [`SCOPED`] or [`INDEXES`] is named.
    pub(super) const fn any_scoped(self) -> bool {
        self.anywhere & (SCOPED_BITS | INDEX_BITS) != 0
    }

    /// Whether each of [`SCOPED`] that is named has a marker of either kind, each of [`INDEXES`] stands beside the
    /// marker of what may be seen of its table, and anything has a marker at all.
    pub(super) const fn all_scoped_are_marked(self) -> bool {
        let scoped = self.anywhere & SCOPED_BITS;
        if scoped & !(self.visible | self.mine) != 0 {
            return false;
        }
        let mut i = 0;
        while i < INDEXES.len() {
            let is_named = self.anywhere & (1 << (SCOPED.len() + i)) != 0;
            if is_named && self.visible & bit_of(INDEXES[i].1) == 0 {
                return false;
            }
            i += 1;
        }
        scoped != 0 || self.visible & SOUGHT_BITS != 0
    }
}

/// The bit of one of [`SCOPED`].
const fn bit_of(table: &str) -> u64 {
    let mut bit = 0;
    while bit < SCOPED.len() {
        let name = SCOPED[bit].as_bytes();
        if name.len() == table.len() && stands_at(table.as_bytes(), 0, name) {
            return 1 << bit;
        }
        bit += 1;
    }
    0
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

/// Whether exactly this stands there.
const fn stands_at(text: &[u8], begin: usize, what: &[u8]) -> bool {
    let mut i = 0;
    while i < what.len() {
        if text[begin + i] != what[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether exactly this stands before that place.
const fn ends_with(text: &[u8], end: usize, what: &[u8]) -> bool {
    end >= what.len() && stands_at(text, end - what.len(), what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_marked(text: &str) -> bool {
        Named::of(text).all_scoped_are_marked()
    }

    #[test]
    fn every_scoped_table_is_found_as_a_whole_word_in_any_case_and_asked_for_its_marker() {
        for table in SCOPED {
            for name in [(*table).to_owned(), table.to_uppercase()] {
                assert!(Named::of(&format!("FROM {name}")).any_scoped(), "{name}");
                assert!(Named::of(&format!("({name})x")).any_scoped(), "{name}");
                assert!(!is_marked(&format!("FROM {name} t")), "{name}");
                let beside = format!("FROM {name} t JOIN people p WHERE {{visible:people p}}");
                assert!(!is_marked(&beside), "{name}");
            }
            assert!(!Named::of(&format!("FROM x{table} {table}_of")).any_scoped());
            for kind in ["visible", "mine"] {
                let marked = format!("FROM {table} t WHERE {{{kind}:{table} t}}");
                assert!(is_marked(&marked), "{marked}");
                for no_marker in [
                    format!("FROM {table} t WHERE {{{kind}:{table}}}"),
                    format!("FROM {table} t WHERE {{{kind}:x{table} t}}"),
                    format!("FROM {table} t WHERE {kind}:{table} t"),
                    format!("FROM {table} t WHERE {{{kind}:{} t}}", table.to_uppercase()),
                ] {
                    assert!(!is_marked(&no_marker), "{no_marker}");
                }
            }
        }
    }

    #[test]
    fn an_index_stands_beside_what_may_be_seen_of_its_table_and_what_is_sought_by_its_marker() {
        for (index, table) in INDEXES {
            assert!(Named::of(index).any_scoped());
            let beside = |kind| format!("FROM {index} x JOIN {table} d WHERE {{{kind}:{table} d}}");
            assert!(is_marked(&beside("visible")) && !is_marked(&beside("mine")));
        }
        for name in SOUGHT {
            assert!(!Named::of(name).any_scoped());
            assert!(is_marked(&format!("{{visible:{name} p}}")));
            assert!(!is_marked(&format!("{{mine:{name} p}}")) && !is_marked(name));
        }
    }
}
