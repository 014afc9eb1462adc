//! The steps of the schema, in order.

use kit::db::migrate::Migration;

/// Every step this program knows.
pub const STEPS: &[Migration] = &[
    Migration {
        name: "0001_walking_house",
        text: include_str!("../migrations/0001_walking_house.sql"),
    },
    Migration {
        name: "0002_handling",
        text: include_str!("../migrations/0002_handling.sql"),
    },
    Migration {
        name: "0003_category_members",
        text: include_str!("../migrations/0003_category_members.sql"),
    },
    Migration {
        name: "0004_links_and_tags",
        text: include_str!("../migrations/0004_links_and_tags.sql"),
    },
    Migration {
        name: "0005_attachments_by_digest",
        text: include_str!("../migrations/0005_attachments_by_digest.sql"),
    },
    Migration {
        name: "0006_full_text_search",
        text: include_str!("../migrations/0006_full_text_search.sql"),
    },
    Migration {
        name: "0008_lists",
        text: include_str!("../migrations/0008_lists.sql"),
    },
    Migration {
        name: "0009_views_and_bulk",
        text: include_str!("../migrations/0009_views_and_bulk.sql"),
    },
    Migration {
        name: "0011_second_factor",
        text: include_str!("../migrations/0011_second_factor.sql"),
    },
    Migration {
        name: "0012_people",
        text: include_str!("../migrations/0012_people.sql"),
    },
    Migration {
        name: "0013_composer",
        text: include_str!("../migrations/0013_composer.sql"),
    },
    Migration {
        name: "0014_ticket_templates",
        text: include_str!("../migrations/0014_ticket_templates.sql"),
    },
    Migration {
        name: "0015_tasks",
        text: include_str!("../migrations/0015_tasks.sql"),
    },
    Migration {
        name: "0016_merging",
        text: include_str!("../migrations/0016_merging.sql"),
    },
    Migration {
        name: "0017_rewording",
        text: include_str!("../migrations/0017_rewording.sql"),
    },
    Migration {
        name: "0018_order_and_keys",
        text: include_str!("../migrations/0018_order_and_keys.sql"),
    },
    Migration {
        name: "0019_visibility",
        text: include_str!("../migrations/0019_visibility.sql"),
    },
    Migration {
        name: "0020_who_added_whom",
        text: include_str!("../migrations/0020_who_added_whom.sql"),
    },
    Migration {
        name: "0021_counting",
        text: include_str!("../migrations/0021_counting.sql"),
    },
    Migration {
        name: "0022_audit",
        text: include_str!("../migrations/0022_audit.sql"),
    },
    Migration {
        name: "0023_eyes",
        text: include_str!("../migrations/0023_eyes.sql"),
    },
    Migration {
        name: "0024_roles",
        text: include_str!("../migrations/0024_roles.sql"),
    },
    Migration {
        name: "0025_redaction",
        text: include_str!("../migrations/0025_redaction.sql"),
    },
    Migration {
        name: "0026_giving",
        text: include_str!("../migrations/0026_giving.sql"),
    },
    Migration {
        name: "0027_permanent_invitees",
        text: include_str!("../migrations/0027_permanent_invitees.sql"),
    },
    Migration {
        name: "0028_sights",
        text: include_str!("../migrations/0028_sights.sql"),
    },
    Migration {
        name: "0029_virtual_places",
        text: include_str!("../migrations/0029_virtual_places.sql"),
    },
    Migration {
        name: "0030_reviews",
        text: include_str!("../migrations/0030_reviews.sql"),
    },
    Migration {
        name: "0031_confidential",
        text: include_str!("../migrations/0031_confidential.sql"),
    },
    Migration {
        name: "0032_teams",
        text: include_str!("../migrations/0032_teams.sql"),
    },
    Migration {
        name: "0033_duplicates",
        text: include_str!("../migrations/0033_duplicates.sql"),
    },
    Migration {
        name: "0035_retention",
        text: include_str!("../migrations/0035_retention.sql"),
    },
    Migration {
        name: "0036_reads_and_sign_ins",
        text: include_str!("../migrations/0036_reads_and_sign_ins.sql"),
    },
    Migration {
        name: "0037_new_rights",
        text: include_str!("../migrations/0037_new_rights.sql"),
    },
    Migration {
        name: "0038_shared_departments",
        text: include_str!("../migrations/0038_shared_departments.sql"),
    },
    Migration {
        name: "0039_anonymous_departments",
        text: include_str!("../migrations/0039_anonymous_departments.sql"),
    },
    Migration {
        name: "0041_clientele",
        text: include_str!("../migrations/0041_clientele.sql"),
    },
    Migration {
        name: "0042_activity",
        text: include_str!("../migrations/0042_activity.sql"),
    },
    Migration {
        name: "0044_walks",
        text: include_str!("../migrations/0044_walks.sql"),
    },
    Migration {
        name: "0045_counts",
        text: include_str!("../migrations/0045_counts.sql"),
    },
    Migration {
        name: "0046_served_people",
        text: include_str!("../migrations/0046_served_people.sql"),
    },
    Migration {
        name: "0047_leaving_tickets",
        text: include_str!("../migrations/0047_leaving_tickets.sql"),
    },
    Migration {
        name: "0048_offered_departments",
        text: include_str!("../migrations/0048_offered_departments.sql"),
    },
    Migration {
        name: "0049_overtaken",
        text: include_str!("../migrations/0049_overtaken.sql"),
    },
    Migration {
        name: "0050_participations",
        text: include_str!("../migrations/0050_participations.sql"),
    },
    Migration {
        name: "0051_unsent",
        text: include_str!("../migrations/0051_unsent.sql"),
    },
    Migration {
        name: "0052_notifications",
        text: include_str!("../migrations/0052_notifications.sql"),
    },
    Migration {
        name: "0054_monitoring",
        text: include_str!("../migrations/0054_monitoring.sql"),
    },
    Migration {
        name: "0055_daily_report",
        text: include_str!("../migrations/0055_daily_report.sql"),
    },
    Migration {
        name: "0056_mailboxes",
        text: include_str!("../migrations/0056_mailboxes.sql"),
    },
    Migration {
        name: "0057_mailbox_letters",
        text: include_str!("../migrations/0057_mailbox_letters.sql"),
    },
    Migration {
        name: "0058_advice",
        text: include_str!("../migrations/0058_advice.sql"),
    },
    Migration {
        name: "0059_mentors",
        text: include_str!("../migrations/0059_mentors.sql"),
    },
    Migration {
        name: "0060_withheld_letters",
        text: include_str!("../migrations/0060_withheld_letters.sql"),
    },
    Migration {
        name: "0061_mailed_deeds",
        text: include_str!("../migrations/0061_mailed_deeds.sql"),
    },
    Migration {
        name: "0062_bare_mails",
        text: include_str!("../migrations/0062_bare_mails.sql"),
    },
    Migration {
        name: "0063_filters",
        text: include_str!("../migrations/0063_filters.sql"),
    },
    Migration {
        name: "0064_refused_requests",
        text: include_str!("../migrations/0064_refused_requests.sql"),
    },
    Migration {
        name: "0065_escalation",
        text: include_str!("../migrations/0065_escalation.sql"),
    },
    Migration {
        name: "0067_articles",
        text: include_str!("../migrations/0067_articles.sql"),
    },
    Migration {
        name: "0068_assets",
        text: include_str!("../migrations/0068_assets.sql"),
    },
    Migration {
        name: "0069_monitoring_mailboxes",
        text: include_str!("../migrations/0069_monitoring_mailboxes.sql"),
    },
    Migration {
        name: "0070_suppressed_addresses",
        text: include_str!("../migrations/0070_suppressed_addresses.sql"),
    },
    Migration {
        name: "0071_mail_texts",
        text: include_str!("../migrations/0071_mail_texts.sql"),
    },
    Migration {
        name: "0072_acknowledgements",
        text: include_str!("../migrations/0072_acknowledgements.sql"),
    },
    Migration {
        name: "0073_who_wrote",
        text: include_str!("../migrations/0073_who_wrote.sql"),
    },
    Migration {
        name: "0074_mailbox_grants",
        text: include_str!("../migrations/0074_mailbox_grants.sql"),
    },
    Migration {
        name: "0075_left_letters",
        text: include_str!("../migrations/0075_left_letters.sql"),
    },
    Migration {
        name: "0076_jobs_by_kind",
        text: include_str!("../migrations/0076_jobs_by_kind.sql"),
    },
    Migration {
        name: "0077_copied",
        text: include_str!("../migrations/0077_copied.sql"),
    },
    Migration {
        name: "0078_letter_pictures",
        text: include_str!("../migrations/0078_letter_pictures.sql"),
    },
    Migration {
        name: "0080_absences",
        text: include_str!("../migrations/0080_absences.sql"),
    },
];
