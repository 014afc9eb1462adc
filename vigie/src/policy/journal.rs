//! Which entries of the journal.

use kit::authz::Actor;

use super::permission;

/// What the journal tells whoever decides who belongs to a department: what was done to it, its members,
/// categories, templates and invitees. Of people, sign-ins and tickets it tells them nothing, nor of confidences:
/// those who manage members need not be in them.
pub const OF_DEPARTMENTS: &[&str] = &[
    "department_added",
    "department_changed",
    "category_added",
    "category_changed",
    "member_added",
    "member_changed",
    "member_removed",
    "team_level_changed",
    "serving_changed",
    "permanent_invitee_added",
    "permanent_invitee_removed",
    "mentors_changed",
    "template_changed",
    "sharing_changed",
    "offering_changed",
    "giving_changed",
    "waiting_changed",
    "copied_changed",
    "monitoring_mailbox_changed",
    "signature_changed",
];

/// All of it for whom their role says so; of departments for who manages their members, by rank or there.
pub(super) fn predicate(e: &str, actor: &Actor, me: &str) -> String {
    if actor.is_permitted(permission::SEE_AUDIT) {
        return "TRUE".to_owned();
    }
    let told = format!("{e}.deed IN ('{}')", OF_DEPARTMENTS.join("', '"));
    if actor.is_permitted(permission::EVERY_PRIVILEGE) {
        return told;
    }
    if !actor.is_permitted(permission::HANDLE) {
        return "FALSE".to_owned();
    }
    format!(
        "{told} AND {e}.department_id IN (SELECT jm.department_id FROM sights jm \
         WHERE jm.person_id = {me} AND jm.level = 'edit' AND jm.privileges LIKE '%manage_managers%')"
    )
}
