//! The SQL of what tickets show to others.

use kit::authz::Actor;
use kit::clock::Moment;
use kit::db::{Answers, Ask};
use kit::error::Error;
use kit::{scoped, tail};

use super::Shown;

pub(super) async fn list(
    ask: &mut dyn Answers,
    actor: &Actor,
    since: Moment,
    open_only: bool,
    most: i64,
) -> Result<Vec<Shown>, Error> {
    let query = scoped!(
        actor,
        "SELECT t.id, t.subject, t.state, t.requester_id, t.visibility, d.name AS department, c.name AS category, t.created_at, t.updated_at \
         FROM tickets t JOIN departments d ON d.id = t.department_id JOIN categories c ON c.id = t.category_id \
         WHERE t.visibility <> 'private' AND {visible:tickets t} \
         AND (t.stage = 'open' OR ($1 = FALSE AND t.stage IN ('awaiting', 'ended') AND t.updated_at >= $2))",
        open_only,
        since
    );
    let tail = tail!(
        "ORDER BY CASE WHEN t.stage = 'open' THEN 0 ELSE 1 END, t.updated_at DESC, t.id DESC LIMIT ?",
        most
    );
    ask.all(query.tail(tail)).await
}
