//! The SQL of counting what agents did.

use kit::authz::Actor;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::scoped;

use super::periods::Piece;
use super::{Counted, Whose};
use crate::people::PersonId;

/// Counted in the database, of what the actor may read: lines of history leave it only as sums. Whoever manages the members of
/// a department sees what its members did on its tickets; a sharing tag makes nobody a member.
pub(super) async fn counts(
    ask: &mut dyn Answers,
    actor: &Actor,
    whose: Whose,
    piece: Piece,
    agent: Option<PersonId>,
) -> Result<Vec<Counted>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT c.period, c.agent_id, p.name AS agent, \
         SUM(CASE WHEN c.kind IN ('taken', 'taken_over') THEN 1 ELSE 0 END) AS taken, \
         SUM(CASE WHEN c.kind IN ('replied', 'asked') THEN 1 ELSE 0 END) AS replies, \
         SUM(CASE WHEN c.kind IN ('noted', 'advised') THEN 1 ELSE 0 END) AS notes, \
         SUM(CASE WHEN c.kind = 'closed' THEN 1 ELSE 0 END) AS closed, \
         COUNT(DISTINCT c.ticket_id) AS tickets FROM \
         (SELECT $1 + (e.at - $2) / $3 AS period, e.actor_id AS agent_id, e.kind, e.ticket_id \
          FROM events e JOIN tickets t ON t.id = e.ticket_id \
          WHERE e.at >= $2 AND e.at < $4 AND e.hat = 'agent' \
          AND e.kind IN ('taken', 'taken_over', 'replied', 'asked', 'noted', 'advised', 'closed') \
          AND {visible:events e} AND {visible:tickets t} AND ($5 = 0 OR e.actor_id = $5) \
          AND (e.actor_id = $6 OR {visible:agent_names e.ticket_id}) \
          AND (e.actor_id = $6 OR $7 = 'everybody' OR ($7 = 'departments' \
           AND t.department_id IN (SELECT mine.department_id FROM sights mine \
            WHERE mine.person_id = $6 AND mine.level = 'edit' AND mine.privileges LIKE '%manage_managers%') \
           AND EXISTS (SELECT 1 FROM sights theirs WHERE theirs.person_id = e.actor_id \
            AND theirs.department_id = t.department_id AND theirs.own_level IS NOT NULL)))) c \
         JOIN people p ON p.id = c.agent_id JOIN agents a ON a.person_id = p.id \
         GROUP BY c.period, c.agent_id, p.name ORDER BY p.name, c.agent_id, c.period",
        piece.first,
        piece.from,
        piece.length,
        piece.until,
        agent.map_or(0, |id| id.0),
        actor.id(),
        match whose {
            Whose::Everybodys => "everybody",
            Whose::OfDepartments => "departments",
            Whose::Own => "own",
        }
    ))
    .await
}
