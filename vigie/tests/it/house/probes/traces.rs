//! What the tables hold, as far as it tells whether a probe changed anything: how many rows, and the sum
//! of their versions.

use std::collections::BTreeMap;

use kit::db::tables::{GLOBAL, SCOPED};
use kit::db::{Ask, Db};
use kit::{record, system};

/// Tables without anything a person could change.
const STILL: &[&str] = &["applied_migrations", "plain_letters"];
/// The desk's own count of what it refused, which every probe that is refused adds to, and when each was last there, which
/// every probe is.
const COUNTS: &[&str] = &["absences", "refused_requests"];

record! { struct Counted { stand: String } }

/// How the tables stand, each between commas: one text, for it is asked thousands of times.
pub async fn stand(db: &Db) -> String {
    let counted: Counted = db
        .read()
        .one(system!(
            because = "a test looks at the tables themselves",
            "SELECT (SELECT 'acts_by_rank ' || COUNT(*) || ' ' || COALESCE(SUM(day), 0) FROM acts_by_rank) || ',' || \
             (SELECT 'advice_requests ' || COUNT(*) || ' ' || 0 FROM advice_requests) || ',' || \
             (SELECT 'agents ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM agents) || ',' || \
             (SELECT 'api_tokens ' || COUNT(*) || ' ' || 0 FROM api_tokens) || ',' || \
             (SELECT 'article_categories ' || COUNT(*) || ' ' || 0 FROM article_categories) || ',' || \
             (SELECT 'article_texts ' || COUNT(*) || ' ' || 0 FROM article_texts) || ',' || \
             (SELECT 'article_tickets ' || COUNT(*) || ' ' || 0 FROM article_tickets) || ',' || \
             (SELECT 'articles ' || COUNT(*) || ' ' || COALESCE(SUM(version + solved + unsolved), 0) FROM articles) || ',' || \
             (SELECT 'attachments ' || COUNT(*) || ' ' || 0 FROM attachments) || ',' || \
             (SELECT 'assets ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM assets) || ',' || \
             (SELECT 'asset_events ' || COUNT(*) || ' ' || 0 FROM asset_events) || ',' || \
             (SELECT 'ticket_assets ' || COUNT(*) || ' ' || 0 FROM ticket_assets) || ',' || \
             (SELECT 'audit_entries ' || COUNT(*) || ' ' || 0 FROM audit_entries) || ',' || \
             (SELECT 'audit_head ' || COUNT(*) || ' ' || COALESCE(SUM(number), 0) FROM audit_head) || ',' || \
             (SELECT 'bulk_rows ' || COUNT(*) || ' ' || 0 FROM bulk_rows) || ',' || \
             (SELECT 'bulk_runs ' || COUNT(*) || ' ' || 0 FROM bulk_runs) || ',' || \
             (SELECT 'categories ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM categories) || ',' || \
             (SELECT 'category_members ' || COUNT(*) || ' ' || 0 FROM category_members) || ',' || \
             (SELECT 'channels ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM channels) || ',' || \
             (SELECT 'comments ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM comments) || ',' || \
             (SELECT 'daily_report_contents ' || COUNT(*) || ' ' || COALESCE(SUM(LENGTH(content)), 0) FROM daily_report_contents) || ',' || \
             (SELECT 'daily_reports ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM daily_reports) || ',' || \
             (SELECT 'departments ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM departments) || ',' || \
             (SELECT 'draft_files ' || COUNT(*) || ' ' || 0 FROM draft_files) || ',' || \
             (SELECT 'drafts ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM drafts) || ',' || \
             (SELECT 'events ' || COUNT(*) || ' ' || 0 FROM events) || ',' || \
             (SELECT 'confidants ' || COUNT(*) || ' ' || COALESCE(SUM(person_id), 0) FROM confidants) || ',' || \
             (SELECT 'served_organizations ' || COUNT(*) || ' ' || COALESCE(SUM(person_id), 0) FROM served_organizations) || ',' || \
             (SELECT 'served_locations ' || COUNT(*) || ' ' || COALESCE(SUM(person_id), 0) FROM served_locations) || ',' || \
             (SELECT 'offered_organizations ' || COUNT(*) || ' ' || COALESCE(SUM(department_id), 0) FROM offered_organizations) || ',' || \
             (SELECT 'offered_locations ' || COUNT(*) || ' ' || COALESCE(SUM(department_id), 0) FROM offered_locations) || ',' || \
             (SELECT 'offered_domains ' || COUNT(*) || ' ' || COALESCE(SUM(department_id), 0) FROM offered_domains) || ',' || \
             (SELECT 'filter_counts ' || COUNT(*) || ' ' || 0 FROM filter_counts) || ',' || \
             (SELECT 'filter_rules ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM filter_rules) || ',' || \
             (SELECT 'giving_turns ' || COUNT(*) || ' ' || COALESCE(SUM(given), 0) FROM giving_turns) || ',' || \
             (SELECT 'idempotency_keys ' || COUNT(*) || ' ' || 0 FROM idempotency_keys) || ',' || \
             (SELECT 'incoming_mails ' || COUNT(*) || ' ' || 0 FROM incoming_mails) || ',' || \
             (SELECT 'jobs ' || COUNT(*) || ' ' || 0 FROM jobs) || ',' || \
             (SELECT 'key_maps ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM key_maps) || ',' || \
             (SELECT 'list_settings ' || COUNT(*) || ' ' || 0 FROM list_settings) || ',' || \
             (SELECT 'locations ' || COUNT(*) || ' ' || 0 FROM locations) || ',' || \
             (SELECT 'mailbox_connections ' || COUNT(*) || ' ' || 0 FROM mailbox_connections) || ',' || \
             (SELECT 'mailbox_letters ' || COUNT(*) || ' ' || 0 FROM mailbox_letters) || ',' || \
             (SELECT 'mailbox_states ' || COUNT(*) || ' ' || 0 FROM mailbox_states) || ',' || \
             (SELECT 'mailboxes ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM mailboxes) || ',' || \
             (SELECT 'mail_texts ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM mail_texts) || ',' || \
             (SELECT 'mailed_codes ' || COUNT(*) || ' ' || 0 FROM mailed_codes) || ',' || \
             (SELECT 'memberships ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM memberships) || ',' || \
             (SELECT 'mentions ' || COUNT(*) || ' ' || 0 FROM mentions) || ',' || \
             (SELECT 'mentors ' || COUNT(*) || ' ' || 0 FROM mentors) || ',' || \
             (SELECT 'merges ' || COUNT(*) || ' ' || 0 FROM merges) || ',' || \
             (SELECT 'monitoring ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM monitoring) || ',' || \
             (SELECT 'monitoring_levels ' || COUNT(*) || ' ' || COALESCE(SUM(LENGTH(alert_any)), 0) FROM monitoring_levels) || ',' || \
             (SELECT 'notifications ' || COUNT(*) || ' ' || COALESCE(SUM(read_at), 0) FROM notifications) || ',' || \
             (SELECT 'one_time_links ' || COUNT(*) || ' ' || 0 FROM one_time_links) || ',' || \
             (SELECT 'organizations ' || COUNT(*) || ' ' || 0 FROM organizations) || ',' || \
             (SELECT 'outgoing_mails ' || COUNT(*) || ' ' || 0 FROM outgoing_mails) || ',' || \
             (SELECT 'participants ' || COUNT(*) || ' ' || 0 FROM participants) || ',' || \
             (SELECT 'passkey_challenges ' || COUNT(*) || ' ' || 0 FROM passkey_challenges) || ',' || \
             (SELECT 'passkeys ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM passkeys) || ',' || \
             (SELECT 'people ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM people) || ',' || \
             (SELECT 'permanent_invitees ' || COUNT(*) || ' ' || 0 FROM permanent_invitees) || ',' || \
             (SELECT 'person_addresses ' || COUNT(*) || ' ' || 0 FROM person_addresses) || ',' || \
             (SELECT 'person_words ' || COUNT(*) || ' ' || 0 FROM person_words) || ',' || \
             (SELECT 'reading_floors ' || COUNT(*) || ' ' || 0 FROM reading_floors) || ',' || \
             (SELECT 'recovery_codes ' || COUNT(*) || ' ' || 0 FROM recovery_codes) || ',' || \
             (SELECT 'rights_notices ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM rights_notices) || ',' || \
             (SELECT 'roles ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM roles) || ',' || \
             (SELECT 'saved_replies ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM saved_replies) || ',' || \
             (SELECT 'search_documents ' || COUNT(*) || ' ' || 0 FROM search_documents) || ',' || \
             (SELECT 'search_queue ' || COUNT(*) || ' ' || 0 FROM search_queue) || ',' || \
             (SELECT 'second_factors ' || COUNT(*) || ' ' || 0 FROM second_factors) || ',' || \
             (SELECT 'sessions ' || COUNT(*) || ' ' || 0 FROM sessions) || ',' || \
             (SELECT 'settings ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM settings) || ',' || \
             (SELECT 'sights ' || COUNT(*) || ' ' || 0 FROM sights) || ',' || \
             (SELECT 'sign_in_attempts ' || COUNT(*) || ' ' || 0 FROM sign_in_attempts) || ',' || \
             (SELECT 'sign_in_halves ' || COUNT(*) || ' ' || 0 FROM sign_in_halves) || ',' || \
             (SELECT 'spent_mail_links ' || COUNT(*) || ' ' || 0 FROM spent_mail_links) || ',' || \
             (SELECT 'suppressed_addresses ' || COUNT(*) || ' ' || 0 FROM suppressed_addresses) || ',' || \
             (SELECT 'tags ' || COUNT(*) || ' ' || 0 FROM tags) || ',' || \
             (SELECT 'tasks ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM tasks) || ',' || \
             (SELECT 'team_departments ' || COUNT(*) || ' ' || 0 FROM team_departments) || ',' || \
             (SELECT 'team_members ' || COUNT(*) || ' ' || 0 FROM team_members) || ',' || \
             (SELECT 'teams ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM teams) || ',' || \
             (SELECT 'ticket_counts ' || COUNT(*) || ' ' || 0 FROM ticket_counts) || ',' || \
             (SELECT 'ticket_links ' || COUNT(*) || ' ' || 0 FROM ticket_links) || ',' || \
             (SELECT 'ticket_marks ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM ticket_marks) || ',' || \
             (SELECT 'ticket_tags ' || COUNT(*) || ' ' || 0 FROM ticket_tags) || ',' || \
             (SELECT 'ticket_templates ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM ticket_templates) || ',' || \
             (SELECT 'tickets ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM tickets) || ',' || \
             (SELECT 'time_entries ' || COUNT(*) || ' ' || 0 FROM time_entries) || ',' || \
             (SELECT 'unsent_forms ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM unsent_forms) || ',' || \
             (SELECT 'views ' || COUNT(*) || ' ' || COALESCE(SUM(version), 0) FROM views) AS stand"
        ))
        .await
        .unwrap();
    counted.stand
}

fn tables(stand: &str) -> BTreeMap<&str, &str> {
    let tables = stand.split(',');
    tables.filter_map(|table| table.split_once(' ')).collect()
}

/// Every table is counted.
pub fn is_whole(stand: &str) {
    let counted = tables(stand);
    let all = SCOPED.iter().chain(GLOBAL);
    let is_counted = |table: &&&str| !STILL.contains(*table) && !COUNTS.contains(*table);
    for table in all.filter(is_counted) {
        let is_there = counted.contains_key(table);
        assert!(is_there, "{table} is not counted: add it to the query");
    }
}

/// The tables that stand otherwise.
pub fn changed(before: &str, after: &str) -> Vec<String> {
    if before == after {
        return vec![];
    }
    let before = tables(before);
    let after = tables(after).into_iter();
    let other = after.filter(|(table, stands)| before.get(table) != Some(stands));
    other.map(|(table, _)| table.to_owned()).collect()
}
