//! The SQL of reading the journal.

use kit::authz::Actor;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::scoped;

use super::{Noted, Wanted};
use crate::departments::DepartmentId;

/// One way through the journal: whose, which of them, past which entry, how many.
macro_rules! way_through {
    ($name:ident, $text:literal) => {
        pub(super) async fn $name(
            ask: &mut dyn Answers,
            actor: &Actor,
            wanted: &Wanted,
            past: i64,
            limit: i64,
        ) -> Result<Vec<Noted>, Error> {
            // 0 and the empty word stand for whatever there is: no entry has them.
            ask.all(scoped!(
                actor,
                $text,
                wanted.actor.map_or(0, |id| id.0),
                wanted.person.map_or(0, |id| id.0),
                wanted.department.map_or(0, |id| id.0),
                wanted.deed.map_or("", |deed| deed.word()),
                wanted.from.map_or(0, |at| at.0),
                wanted.until.map_or(i64::MAX, |at| at.0),
                past,
                limit
            ))
            .await
        }
    };
}

way_through!(
    older,
    "SELECT e.id, e.at, e.actor_id, a.name AS actor, e.way, e.deed, e.person_id, p.name AS person, \
     e.department_id, d.name AS department, e.detail, e.link \
     FROM audit_entries e LEFT JOIN people a ON a.id = e.actor_id LEFT JOIN people p ON p.id = e.person_id \
     LEFT JOIN departments d ON d.id = e.department_id \
     WHERE {visible:audit_entries e} AND ($1 = 0 OR e.actor_id = $1) AND ($2 = 0 OR e.person_id = $2) \
     AND ($3 = 0 OR e.department_id = $3) AND ($4 = '' OR e.deed = $4) AND e.at >= $5 AND e.at < $6 \
     AND e.id < $7 ORDER BY e.id DESC LIMIT $8"
);

way_through!(
    newer,
    "SELECT e.id, e.at, e.actor_id, a.name AS actor, e.way, e.deed, e.person_id, p.name AS person, \
     e.department_id, d.name AS department, e.detail, e.link \
     FROM audit_entries e LEFT JOIN people a ON a.id = e.actor_id LEFT JOIN people p ON p.id = e.person_id \
     LEFT JOIN departments d ON d.id = e.department_id \
     WHERE {visible:audit_entries e} AND ($1 = 0 OR e.actor_id = $1) AND ($2 = 0 OR e.person_id = $2) \
     AND ($3 = 0 OR e.department_id = $3) AND ($4 = '' OR e.deed = $4) AND e.at >= $5 AND e.at < $6 \
     AND e.id > $7 ORDER BY e.id LIMIT $8"
);

/// What concerns a department, the newest first, past so many: by places and not by numbers, which would tell
/// whoever sees a part how much there is beside it.
pub(super) async fn of_department(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
    past: i64,
    limit: i64,
) -> Result<Vec<Noted>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT e.id, e.at, e.actor_id, a.name AS actor, e.way, e.deed, e.person_id, p.name AS person, \
         e.department_id, d.name AS department, e.detail, e.link \
         FROM audit_entries e LEFT JOIN people a ON a.id = e.actor_id LEFT JOIN people p ON p.id = e.person_id \
         LEFT JOIN departments d ON d.id = e.department_id \
         WHERE {visible:audit_entries e} AND e.department_id = $1 ORDER BY e.id DESC LIMIT $2 OFFSET $3",
        department,
        limit,
        past
    ))
    .await
}
