//! Every column that names a person, and what becomes of it when two records become one.

/// What becomes of a column that named who is merged away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It names who was kept.
    Moves,
    /// Its row goes, or what it says.
    Ends,
    /// It stays as it is, for this reason.
    Stays(&'static str),
}

/// Every column that names a person. A test holds this against the schema.
pub const COLUMNS: &[(&str, Fate)] = &[
    ("absences.person_id", Fate::Ends),
    (
        "acts_by_rank.person_id",
        Fate::Stays("what staff did, until the journal has told of it"),
    ),
    (
        "advice_requests.asked_by_id",
        Fate::Stays("staff is never merged away"),
    ),
    (
        "agents.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    ("api_tokens.person_id", Fate::Ends),
    ("article_texts.editor_id", Fate::Moves),
    ("articles.author_id", Fate::Moves),
    ("articles.editor_id", Fate::Moves),
    (
        "audit_entries.actor_id",
        Fate::Stays("the journal is only added to"),
    ),
    (
        "audit_entries.person_id",
        Fate::Stays("the journal is only added to"),
    ),
    ("asset_events.actor_id", Fate::Moves),
    ("asset_events.new_holder_id", Fate::Moves),
    ("asset_events.old_holder_id", Fate::Moves),
    ("assets.holder_id", Fate::Moves),
    ("bulk_runs.person_id", Fate::Moves),
    ("category_members.person_id", Fate::Ends),
    ("comments.author_id", Fate::Moves),
    ("comments.redacted_by_id", Fate::Moves),
    (
        "confidants.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    (
        "daily_report_contents.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    (
        "daily_reports.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    ("drafts.author_id", Fate::Moves),
    ("events.actor_id", Fate::Moves),
    (
        "notifications.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    ("idempotency_keys.person_id", Fate::Ends),
    ("key_maps.person_id", Fate::Ends),
    ("list_settings.person_id", Fate::Ends),
    ("mailed_codes.person_id", Fate::Ends),
    (
        "memberships.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    ("mentions.person_id", Fate::Moves),
    (
        "mentors.mentor_id",
        Fate::Stays("staff is never merged away"),
    ),
    (
        "mentors.trainee_id",
        Fate::Stays("staff is never merged away"),
    ),
    ("merges.by_id", Fate::Moves),
    ("merges.undone_by_id", Fate::Moves),
    (
        "monitoring.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    (
        "monitoring_levels.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    ("one_time_links.person_id", Fate::Ends),
    ("outgoing_mails.person_id", Fate::Moves),
    ("participants.added_by_id", Fate::Moves),
    ("participants.person_id", Fate::Moves),
    ("passkey_challenges.person_id", Fate::Ends),
    ("passkeys.person_id", Fate::Ends),
    ("people.added_by_id", Fate::Moves),
    ("people.merged_into_id", Fate::Moves),
    ("permanent_invitees.added_by_id", Fate::Moves),
    ("permanent_invitees.person_id", Fate::Moves),
    ("person_addresses.person_id", Fate::Moves),
    ("person_words.person_id", Fate::Ends),
    ("reading_floors.person_id", Fate::Ends),
    ("recovery_codes.person_id", Fate::Ends),
    (
        "refused_requests.person_id",
        Fate::Stays("what was refused to them, until the journal has told of it"),
    ),
    ("rights_notices.person_id", Fate::Ends),
    ("saved_replies.owner_id", Fate::Moves),
    ("second_factors.person_id", Fate::Ends),
    ("sessions.eyes_id", Fate::Ends),
    ("sessions.person_id", Fate::Ends),
    (
        "served_locations.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    (
        "served_organizations.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    (
        "sights.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    ("sign_in_halves.person_id", Fate::Ends),
    ("tasks.assignee_id", Fate::Moves),
    ("tasks.author_id", Fate::Moves),
    ("tasks.done_by_id", Fate::Moves),
    (
        "team_members.person_id",
        Fate::Stays("staff is never merged away"),
    ),
    ("ticket_assets.added_by_id", Fate::Moves),
    ("ticket_links.added_by_id", Fate::Moves),
    ("ticket_marks.person_id", Fate::Moves),
    ("ticket_tags.added_by_id", Fate::Moves),
    (
        "tickets.assignee_id",
        Fate::Stays("what an agent was in charge of is handed on to nobody by it"),
    ),
    ("tickets.author_id", Fate::Moves),
    ("tickets.last_actor_id", Fate::Moves),
    ("tickets.requester_id", Fate::Moves),
    ("time_entries.person_id", Fate::Moves),
    ("unsent_forms.person_id", Fate::Moves),
    ("views.owner_id", Fate::Moves),
];
