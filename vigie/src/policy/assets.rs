//! Which assets somebody sees (decision 0068).

use kit::authz::{Actor, Reach};

use super::permission;
use super::tickets::{desk_side, is_in_every_confidence, of_ticket};

/// What of the register.
pub(super) fn of(table: &str, alias: &str, actor: &Actor, me: &str) -> String {
    match table {
        "assets" => seen(alias, actor, me),
        "asset_events" => told(alias, actor, me),
        _ => linked(alias, actor, me),
    }
}

/// Which assets. Customers see what they have, while the desk shows it to them. Staff see what is had by whom they may
/// find, and what the tickets on which they work are about; whoever keeps the register sees all of it, or what belongs
/// to whom they serve.
fn seen(a: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::STAFF) {
        return match actor.reach() {
            Reach::Own => format!(
                "{a}.holder_id = {me} AND NOT EXISTS (SELECT 1 FROM settings ps WHERE ps.key = 'portal_assets' AND ps.value = 'no')"
            ),
            _ => "FALSE".to_owned(),
        };
    }
    if is_in_every_confidence(actor) {
        return "TRUE".to_owned();
    }
    let kept = match actor.is_permitted(permission::ASSETS) {
        true => kept(a, actor, me),
        false => "FALSE".to_owned(),
    };
    if kept == "TRUE" {
        return kept;
    }
    let had = super::people("ah", actor, me);
    let linked = linked("al", actor, me);
    format!(
        "({kept}) OR EXISTS (SELECT 1 FROM people ah WHERE ah.id = {a}.holder_id AND ({had})) \
         OR {a}.id IN (SELECT al.asset_id FROM ticket_assets al WHERE {linked})"
    )
}

/// The part of the register that its keeper keeps: as far as their scope goes, narrowed by whom they serve. The scope
/// of who sees only what names them holds no part of it.
fn kept(a: &str, actor: &Actor, me: &str) -> String {
    match actor.reach() {
        Reach::Nothing | Reach::Shared | Reach::Own | Reach::Assigned => "FALSE".to_owned(),
        Reach::Departments | Reach::Everything => "TRUE".to_owned(),
        Reach::ServedDepartments | Reach::ServedEverywhere => format!(
            "({a}.organization_id IN (SELECT ao.organization_id FROM served_organizations ao WHERE ao.person_id = {me}) \
             OR NOT EXISTS (SELECT 1 FROM served_organizations an WHERE an.person_id = {me})) \
             AND ({a}.location_id IN (SELECT aw.location_id FROM served_locations aw WHERE aw.person_id = {me}) \
             OR NOT EXISTS (SELECT 1 FROM served_locations am WHERE am.person_id = {me}))"
        ),
    }
}

/// A link is shown to whoever works on its ticket.
fn linked(l: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::STAFF) {
        return "FALSE".to_owned();
    }
    format!(
        "{} AND {}",
        of_ticket(l, actor, me),
        desk_side(&format!("{l}.ticket_id"), actor, me)
    )
}

/// The history of an asset is staff's, who see the asset.
fn told(e: &str, actor: &Actor, me: &str) -> String {
    if !actor.is_permitted(permission::STAFF) {
        return "FALSE".to_owned();
    }
    match seen("ea", actor, me).as_str() {
        "TRUE" => "TRUE".to_owned(),
        seen => format!("EXISTS (SELECT 1 FROM assets ea WHERE ea.id = {e}.asset_id AND ({seen}))"),
    }
}
