//! The SQL of what somebody wrote for the knowledge base.

use kit::authz::Actor;
use kit::scoped;

use super::store::{Part, part};
use crate::people::PersonId;

/// Articles of theirs, and what they wrote in articles that say something else now.
pub(super) fn articles(actor: &Actor, id: PersonId) -> Vec<Part> {
    vec![
        part(
            "articles",
            ["title", "state", "audience", "number"],
            "at",
            scoped!(
                actor,
                "SELECT a.title AS a, a.state AS b, a.audience AS c, a.id AS n, CAST(NULL AS BIGINT) AS ticket, a.created_at AS at FROM articles a \
             WHERE (a.author_id = $1 OR a.editor_id = $1) AND {visible:articles a} ORDER BY a.id",
                id
            ),
        ),
        part(
            "texts_of_articles",
            ["title", "text", "", "article"],
            "at",
            scoped!(
                actor,
                "SELECT x.title AS a, x.body AS b, CAST(NULL AS TEXT) AS c, x.article_id AS n, CAST(NULL AS BIGINT) AS ticket, x.written_at AS at \
             FROM article_texts x WHERE x.editor_id = $1 AND {visible:article_texts x} ORDER BY x.id",
                id
            ),
        ),
    ]
}
