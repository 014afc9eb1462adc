//! What the register of assets holds on somebody.

use kit::authz::Actor;
use kit::scoped;

use super::store::{Part, part};
use crate::people::PersonId;

/// What they have, the lines of history that name them, and which links they made.
pub(super) fn register(actor: &Actor, id: PersonId) -> Vec<Part> {
    vec![
        part(
            "assets",
            ["name", "tag", "serial", "number"],
            "since",
            scoped!(
                actor,
                "SELECT a.name AS a, a.tag AS b, a.serial AS c, a.id AS n, CAST(NULL AS BIGINT) AS ticket, COALESCE(a.held_since, a.created_at) AS at FROM assets a \
             WHERE a.holder_id = $1 AND {visible:assets a} ORDER BY a.id",
                id
            ),
        ),
        part(
            "asset_history",
            ["what", "", "", "asset"],
            "at",
            scoped!(
                actor,
                "SELECT e.what AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, e.asset_id AS n, CAST(NULL AS BIGINT) AS ticket, e.created_at AS at \
             FROM asset_events e WHERE (e.actor_id = $1 OR e.old_holder_id = $1 OR e.new_holder_id = $1) AND {visible:asset_events e} ORDER BY e.id",
                id
            ),
        ),
        part(
            "asset_links",
            ["", "", "", "asset"],
            "at",
            scoped!(
                actor,
                "SELECT CAST(NULL AS TEXT) AS a, CAST(NULL AS TEXT) AS b, CAST(NULL AS TEXT) AS c, x.asset_id AS n, x.ticket_id AS ticket, x.created_at AS at \
             FROM ticket_assets x WHERE x.added_by_id = $1 AND {visible:ticket_assets x} ORDER BY x.ticket_id, x.asset_id",
                id
            ),
        ),
    ]
}
