//! Which tickets somebody sees, and of what hangs on them which part: the heart of the rule.

use kit::authz::{Actor, Reach};

use super::permission;

/// Whether nothing is confidential to somebody: what comes with the rank of owners and administrators, and to the
/// desk itself. An agent of global scope sees every ticket but what is confidential, unless they were let in.
pub fn is_in_every_confidence(actor: &Actor) -> bool {
    actor.is_permitted(permission::EVERY_PRIVILEGE) || actor.is_permitted(permission::TIMERS)
}

/// The confidential categories into whose confidence somebody was let, at a level that looks. Whoever left the
/// department, or belongs to it for something else than tickets, is in none of its confidences.
pub(super) fn confidences(me: &str) -> String {
    format!(
        "SELECT k.category_id FROM confidants k JOIN sights ks ON ks.person_id = k.person_id AND ks.department_id = k.department_id \
         WHERE k.person_id = {me} AND k.level IN ('view', 'edit')"
    )
}

/// The departments to which somebody belongs at a level that looks.
pub(super) fn departments(me: &str) -> String {
    format!(
        "SELECT m.department_id FROM sights m WHERE m.person_id = {me} AND m.level IN ('view', 'edit')"
    )
}

/// Whether somebody serves this person, a column (decision 0041).
pub(super) fn serves(person: &str, me: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM served_people sp WHERE sp.person_id = {me} AND sp.served_id = {person})"
    )
}

/// The same of who asked for a ticket.
pub(super) fn served(t: &str, me: &str) -> String {
    serves(&format!("{t}.requester_id"), me)
}

/// Which tickets. The `+` keeps both engines from answering the OR with an index of its own and
/// sorting afterwards: a list walks its order's index and filters, so its cost does not grow with
/// the desk. Few rows (own, assigned, confided) are found by their own indexes instead.
pub(super) fn tickets(t: &str, actor: &Actor, me: &str) -> String {
    let own = format!(
        "SELECT o.id FROM tickets o WHERE o.requester_id = {me} \
         UNION SELECT i.ticket_id FROM participants i WHERE i.person_id = {me} AND i.kind IN ('invitee', 'observer')"
    );
    let confided = format!("+{t}.confidential_id IN ({})", confidences(me));
    let named = format!(
        "+{t}.assignee_id = {me} OR +{t}.requester_id = {me} \
         OR +{t}.id IN (SELECT i.ticket_id FROM participants i WHERE i.person_id = {me} AND i.kind IN ('invitee', 'observer'))"
    );
    match actor.reach() {
        Reach::Nothing => "FALSE".to_owned(),
        Reach::Shared => shared("tickets", t, me),
        Reach::Own => format!(
            "{t}.id IN ({})",
            own.replace("IN ('invitee', 'observer')", "= 'invitee'")
        ),
        Reach::Assigned => {
            format!("{t}.id IN (SELECT a.id FROM tickets a WHERE a.assignee_id = {me} UNION {own})")
        }
        Reach::Departments => format!(
            "(+{t}.department_id IN ({}) AND +{t}.confidential_id IS NULL) OR {named} OR {confided}",
            departments(me)
        ),
        // What names them first: it is little, and asks no further.
        Reach::ServedDepartments => format!(
            "{named} OR (((+{t}.department_id IN ({}) AND +{t}.confidential_id IS NULL) OR {confided}) AND {})",
            departments(me),
            served(t, me)
        ),
        Reach::ServedEverywhere => format!(
            "{named} OR ((+{t}.confidential_id IS NULL OR {confided}) AND {})",
            served(t, me)
        ),
        Reach::Everything if is_in_every_confidence(actor) => "TRUE".to_owned(),
        Reach::Everything => format!("+{t}.confidential_id IS NULL OR {named} OR {confided}"),
    }
}

/// What a ticket shows to people whom it does not concern: itself and, unless it is the subject alone,
/// its public words with their files. Nothing else hangs on it for them: no history, no people, no
/// tags, no links; and what a merge brought was said elsewhere, to others.
pub(super) fn shared(table: &str, alias: &str, me: &str) -> String {
    let of_the_house = format!(
        "EXISTS (SELECT 1 FROM people hp WHERE hp.id = {me} AND hp.kind = 'employee' AND hp.disabled_at IS NULL)"
    );
    // No index by visibility alone: next to all tickets are private.
    let shows = |t: &str, to_the_house: &str| {
        format!(
            "{t}.visibility <> 'private' AND {t}.state <> 'merged' AND ({t}.visibility = 'public' \
             OR ({t}.visibility IN ({to_the_house}) AND {of_the_house})) AND {t}.confidential_id IS NULL"
        )
    };
    let words = |ticket: &str| {
        format!(
            "EXISTS (SELECT 1 FROM tickets wt WHERE wt.id = {ticket} AND {})",
            shows("wt", "'intranet'")
        )
    };
    match table {
        "tickets" => shows(alias, "'intranet', 'subject'"),
        "comments" => format!(
            "{alias}.audience = 'public' AND {alias}.merge_id IS NULL AND {}",
            words(&format!("{alias}.ticket_id"))
        ),
        "attachments" => format!(
            "EXISTS (SELECT 1 FROM comments wc WHERE wc.id = {alias}.comment_id AND wc.audience = 'public' \
             AND wc.merge_id IS NULL) AND {}",
            words(&format!("{alias}.ticket_id"))
        ),
        _ => "FALSE".to_owned(),
    }
}

/// What hangs on a ticket is seen where the ticket is.
pub(super) fn of_ticket(child: &str, actor: &Actor, me: &str) -> String {
    at_ticket(&format!("{child}.ticket_id"), actor, me)
}

/// The ticket of this column is seen.
pub(super) fn at_ticket(column: &str, actor: &Actor, me: &str) -> String {
    match actor.reach() {
        Reach::Everything if is_in_every_confidence(actor) => "TRUE".to_owned(),
        _ => format!(
            "EXISTS (SELECT 1 FROM tickets vt WHERE vt.id = {column} AND ({}))",
            tickets("vt", actor, me)
        ),
    }
}

/// Comments and events: the ticket's rule, and the audience's.
pub(super) fn written(child: &str, actor: &Actor, me: &str) -> String {
    format!(
        "{} AND {}",
        of_ticket(child, actor, me),
        audience(child, actor, me)
    )
}

/// Public words for everybody who sees the ticket; words to the requester or to the invitees for
/// those besides staff's side of it, which reads all of them (features N-09). What was merged in from
/// another ticket was addressed to the people of that one: here only staff reads it.
pub(super) fn audience(child: &str, actor: &Actor, me: &str) -> String {
    let staff = staff_side(child, actor, me);
    if staff == "TRUE" {
        return staff;
    }
    // Words that a merge brought were for the requester or the invitees of the ticket they came from:
    // here those are other people, so until the merge is undone staff alone reads them.
    format!(
        "({child}.audience = 'public' OR {staff} \
         OR ({child}.audience = 'requester' AND {child}.merge_id IS NULL AND EXISTS (SELECT 1 FROM tickets rt WHERE rt.id = {child}.ticket_id AND rt.requester_id = {me})) \
         OR ({child}.audience = 'invitees' AND {child}.merge_id IS NULL AND EXISTS (SELECT 1 FROM participants ip WHERE ip.ticket_id = {child}.ticket_id AND ip.person_id = {me} AND ip.kind = 'invitee')))"
    )
}

/// The reader stands on staff's side of the child's ticket, and reads what is written there.
pub(super) fn staff_side(child: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::READ_NOTES) {
        return "FALSE".to_owned();
    }
    desk_side(&format!("{child}.ticket_id"), actor, me)
}

/// Whether agents are named to the reader on the ticket of this column (decision 0039): to whoever stands on the desk's
/// side of it always, to others unless its department is anonymous, or one that it came out of.
pub(super) fn agent_names(ticket: &str, actor: &Actor, me: &str) -> String {
    let side = desk_side(ticket, actor, me);
    if side == "TRUE" {
        return side;
    }
    // CASE is worked through in its order: who works on a ticket is asked only where it counts, not of each row of a list.
    format!(
        "CASE WHEN EXISTS (SELECT 1 FROM tickets nt JOIN departments nd ON nd.id = nt.department_id \
         WHERE nt.id = {ticket} AND (nd.is_anonymous OR nt.anonymous_id IS NOT NULL)) THEN {side} ELSE TRUE END"
    )
}

/// The reader works on the ticket of this column: staff whose scope holds it, not an agent who sees it only because
/// they asked or were invited (trap E-08).
pub(super) fn desk_side(ticket: &str, actor: &Actor, me: &str) -> String {
    let staff = match actor.reach() {
        Reach::Everything if is_in_every_confidence(actor) => return "TRUE".to_owned(),
        Reach::Nothing | Reach::Shared | Reach::Own => return "FALSE".to_owned(),
        Reach::Everything => format!(
            "st.assignee_id = {me} OR st.confidential_id IS NULL OR st.confidential_id IN ({})",
            confidences(me)
        ),
        Reach::Departments => format!(
            "st.assignee_id = {me} OR (st.department_id IN ({}) AND st.confidential_id IS NULL) OR st.confidential_id IN ({})",
            departments(me),
            confidences(me)
        ),
        Reach::ServedDepartments => format!(
            "st.assignee_id = {me} OR (((st.department_id IN ({}) AND st.confidential_id IS NULL) OR st.confidential_id IN ({})) AND {})",
            departments(me),
            confidences(me),
            served("st", me)
        ),
        Reach::ServedEverywhere => format!(
            "st.assignee_id = {me} OR ((st.confidential_id IS NULL OR st.confidential_id IN ({})) AND {})",
            confidences(me),
            served("st", me)
        ),
        Reach::Assigned => format!("st.assignee_id = {me}"),
    };
    format!(
        "EXISTS (SELECT 1 FROM tickets st WHERE st.id = {ticket} AND ({staff} \
         OR st.id IN (SELECT so.ticket_id FROM participants so WHERE so.person_id = {me} AND so.kind = 'observer')))"
    )
}

/// The letters; those of what is confidential where their ticket is seen.
pub(super) fn post(letter: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::SEE_POST) {
        return "FALSE".to_owned();
    }
    if is_in_every_confidence(actor) {
        return "TRUE".to_owned();
    }
    format!(
        "(NOT EXISTS (SELECT 1 FROM tickets lt WHERE lt.id = {letter}.ticket_id AND lt.confidential_id IS NOT NULL) OR {})",
        of_ticket(letter, actor, me)
    )
}
