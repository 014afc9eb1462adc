//! The SQL of the knowledge base.

use kit::authz::{Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Ask, Query, Tx};
use kit::error::Error;
use kit::{acting, cond, cond_scoped, global, record, scoped, system, tail};

use super::rights::{Keep, Link, Put, Read, Shelf};
use super::{AboutTicket, Article, ArticleId, Before, Filter, InCategory, Listed, Wanted};
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::policy::Level;

pub(super) fn one(actor: &Actor, id: ArticleId) -> Query {
    scoped!(
        actor,
        "SELECT a.id, a.title, a.body, a.language, a.audience, a.department_id, d.name AS department, a.state, a.author_id, \
         p.name AS author, a.editor_id, e.name AS editor, a.created_at, a.updated_at, a.published_at, a.readings, a.solved, \
         a.unsolved, a.deflected, a.version, m.own_level AS my_level, m.privileges AS my_privileges FROM articles a \
         LEFT JOIN people p ON p.id = a.author_id LEFT JOIN people e ON e.id = a.editor_id \
         LEFT JOIN departments d ON d.id = a.department_id \
         LEFT JOIN sights m ON m.department_id = a.department_id AND m.person_id = {actor} \
         WHERE a.id = $1 AND {visible:articles a}",
        id
    )
}

pub(super) async fn list(
    ask: &mut dyn Answers,
    actor: &Actor,
    filter: &Filter,
    before: Option<ArticleId>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let mut query = scoped!(
        actor,
        "SELECT a.id, a.title, SUBSTR(a.body, 1, 240) AS start, a.language, a.audience, d.name AS department, a.state, \
         e.name AS editor, a.updated_at, a.solved FROM articles a LEFT JOIN people e ON e.id = a.editor_id \
         LEFT JOIN departments d ON d.id = a.department_id WHERE {visible:articles a}"
    );
    // Words are letters and digits alone: nothing in them means something to LIKE.
    for word in &filter.words {
        query = query.and(cond!("a.words LIKE ?", format!("%{word}%")));
    }
    if let Some(state) = filter.state {
        query = query.and(cond!("a.state = ?", state));
    }
    if let Some(language) = filter.language {
        query = query.and(cond!("a.language = ?", language.code()));
    }
    if let Some(department) = filter.department {
        query = query.and(cond!("a.department_id = ?", department));
    }
    if let Some(category) = filter.category {
        query = query.and(cond_scoped!(
            actor,
            "EXISTS (SELECT 1 FROM article_categories c WHERE c.article_id = a.id AND c.category_id = ? AND {visible:article_categories c})",
            category
        ));
    }
    if let Some(before) = before {
        query = query.and(cond!("a.id < ?", before));
    }
    ask.all(query.tail(tail!("ORDER BY a.id DESC LIMIT ?", limit)))
        .await
}

pub(super) async fn before(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: ArticleId,
) -> Result<Vec<Before>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT x.id, p.name AS editor, x.written_at, x.title, x.body FROM article_texts x LEFT JOIN people p ON p.id = x.editor_id \
         WHERE x.article_id = $1 AND {visible:article_texts x} ORDER BY x.id DESC",
        id
    ))
    .await
}

pub(super) async fn categories_of(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: ArticleId,
) -> Result<Vec<InCategory>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT c.id, c.name, d.name AS department FROM article_categories x JOIN categories c ON c.id = x.category_id \
         JOIN departments d ON d.id = c.department_id WHERE x.article_id = $1 AND {visible:article_categories x} \
         ORDER BY d.name, c.position, c.id",
        id
    ))
    .await
}

pub(super) async fn tickets_of(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: ArticleId,
) -> Result<Vec<AboutTicket>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT t.id, t.subject FROM article_tickets x JOIN tickets t ON t.id = x.ticket_id \
         WHERE x.article_id = $1 AND {visible:article_tickets x} AND {visible:tickets t} ORDER BY t.id DESC",
        id
    ))
    .await
}

pub(super) async fn about(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: i64,
) -> Result<Vec<Listed>, Error> {
    ask.all(scoped!(
        actor,
        "SELECT a.id, a.title, SUBSTR(a.body, 1, 240) AS start, a.language, a.audience, d.name AS department, a.state, \
         e.name AS editor, a.updated_at, a.solved FROM article_tickets x JOIN articles a ON a.id = x.article_id \
         LEFT JOIN people e ON e.id = a.editor_id LEFT JOIN departments d ON d.id = a.department_id \
         WHERE x.ticket_id = $1 AND {visible:article_tickets x} AND {visible:articles a} ORDER BY a.title, a.id",
        ticket
    ))
    .await
}

record! {
    pub(super) struct StandingThere {
        pub my_level: Option<Level>,
        pub my_privileges: Option<String>,
    }
}

/// What the actor is in a department that is there.
pub(super) async fn standing_in(
    ask: &mut dyn Answers,
    actor: &Actor,
    department: DepartmentId,
) -> Result<Option<StandingThere>, Error> {
    ask.maybe(global!(
        "SELECT m.own_level AS my_level, m.privileges AS my_privileges FROM departments d \
         LEFT JOIN sights m ON m.department_id = d.id AND m.person_id = $2 WHERE d.id = $1",
        department,
        actor.id()
    ))
    .await
}

record! { struct NewRow { id: ArticleId } }
record! { struct Number { id: i64 } }

/// The same draft, when its author wrote it before: a form sent twice writes one.
pub(super) async fn twin(
    ask: &mut dyn Answers,
    actor: &Actor,
    shelf: &Shelf,
    wanted: &Wanted,
) -> Result<Option<ArticleId>, Error> {
    let row: Option<NewRow> = ask
        .maybe(scoped!(
            actor,
            "SELECT MIN(a.id) AS id FROM articles a WHERE a.title = $1 AND a.body = $2 AND a.audience = $3 \
             AND COALESCE(a.department_id, 0) = $4 AND a.state = 'draft' AND a.author_id = {actor} AND {visible:articles a} \
             HAVING MIN(a.id) IS NOT NULL",
            wanted.title.trim(),
            wanted.body.as_str(),
            shelf.audience,
            shelf.department.map_or(0, |d| d.0)
        ))
        .await?;
    Ok(row.map(|r| r.id))
}

pub(super) async fn insert(
    tx: &mut Tx,
    shelf: &May<Put, Shelf>,
    author: PersonId,
    wanted: &Wanted,
    now: Moment,
) -> Result<ArticleId, Error> {
    let row: NewRow = tx
        .one(acting!(
            shelf,
            "INSERT INTO articles (title, body, words, language, audience, department_id, state, author_id, editor_id, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 'draft', $7, $7, $8, $8) RETURNING id",
            wanted.title.trim(),
            wanted.body.as_str(),
            wanted.words(),
            wanted.language.code(),
            shelf.audience,
            shelf.department,
            author,
            now
        ))
        .await?;
    Ok(row.id)
}

pub(super) async fn update(
    tx: &mut Tx,
    article: &May<Keep, Article>,
    shelf: &May<Put, Shelf>,
    editor: PersonId,
    wanted: &Wanted,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        article,
        "UPDATE articles SET title = $2, body = $3, words = $4, language = $5, audience = $6, department_id = $7, editor_id = $8, \
         updated_at = $9, version = version + 1 WHERE id = $1",
        article.id,
        wanted.title.trim(),
        wanted.body.as_str(),
        wanted.words(),
        wanted.language.code(),
        shelf.audience,
        shelf.department,
        editor,
        now
    ))
    .await
    .map(|_| ())
}

/// Keeps what it says now.
pub(super) async fn keep_text(tx: &mut Tx, article: &May<Keep, Article>) -> Result<(), Error> {
    tx.run(acting!(
        article,
        "INSERT INTO article_texts (article_id, editor_id, title, body, written_at) \
         SELECT a.id, a.editor_id, a.title, a.body, a.updated_at FROM articles a WHERE a.id = $1",
        article.id
    ))
    .await
    .map(|_| ())
}

pub(super) async fn leave_categories(
    tx: &mut Tx,
    article: &May<Keep, Article>,
) -> Result<(), Error> {
    tx.run(acting!(
        article,
        "DELETE FROM article_categories WHERE article_id = $1",
        article.id
    ))
    .await
    .map(|_| ())
}

pub(super) async fn show_in(
    tx: &mut Tx,
    article: &May<Keep, Article>,
    category: CategoryId,
) -> Result<u64, Error> {
    tx.run(acting!(
        article,
        "INSERT INTO article_categories (article_id, category_id) SELECT $1, c.id FROM categories c WHERE c.id = $2",
        article.id,
        category
    ))
    .await
}

pub(super) async fn publish(
    tx: &mut Tx,
    article: &May<Keep, Article>,
    now: Moment,
) -> Result<(), Error> {
    tx.run(acting!(
        article,
        "UPDATE articles SET state = 'published', published_at = $2, version = version + 1 WHERE id = $1",
        article.id,
        now
    ))
    .await
    .map(|_| ())
}

pub(super) async fn withdraw(tx: &mut Tx, article: &May<Keep, Article>) -> Result<(), Error> {
    tx.run(acting!(
        article,
        "UPDATE articles SET state = 'withdrawn', version = version + 1 WHERE id = $1",
        article.id
    ))
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, article: &May<Keep, Article>) -> Result<(), Error> {
    for query in [
        acting!(
            article,
            "DELETE FROM article_texts WHERE article_id = $1",
            article.id
        ),
        acting!(
            article,
            "DELETE FROM article_categories WHERE article_id = $1",
            article.id
        ),
        acting!(
            article,
            "DELETE FROM article_tickets WHERE article_id = $1",
            article.id
        ),
        acting!(article, "DELETE FROM articles WHERE id = $1", article.id),
    ] {
        tx.run(query).await?;
    }
    Ok(())
}

/// A ticket on whose side the actor stands: what is linked to it is staff's to know.
pub(super) async fn ticket(
    ask: &mut dyn Answers,
    actor: &Actor,
    number: i64,
) -> Result<Option<i64>, Error> {
    let row: Option<Number> = ask
        .maybe(scoped!(
            actor,
            "SELECT t.id FROM tickets t WHERE t.id = $1 AND {visible:tickets t}",
            number
        ))
        .await?;
    Ok(row.map(|row| row.id))
}

pub(super) async fn link(
    tx: &mut Tx,
    article: &May<Link, Article>,
    ticket: i64,
) -> Result<(), Error> {
    tx.run(acting!(
        article,
        "INSERT INTO article_tickets (article_id, ticket_id) VALUES ($1, $2) ON CONFLICT (article_id, ticket_id) DO NOTHING",
        article.id,
        ticket
    ))
    .await
    .map(|_| ())
}

pub(super) async fn unlink(
    tx: &mut Tx,
    article: &May<Link, Article>,
    ticket: i64,
) -> Result<(), Error> {
    tx.run(acting!(
        article,
        "DELETE FROM article_tickets WHERE article_id = $1 AND ticket_id = $2",
        article.id,
        ticket
    ))
    .await
    .map(|_| ())
}

pub(super) async fn count_readings(tx: &mut Tx, id: ArticleId, n: i64) -> Result<(), Error> {
    tx.run(system!(
        because = "who reads was let in to the article when they did; many are counted at once",
        "UPDATE articles SET readings = readings + $2 WHERE id = $1",
        id,
        n
    ))
    .await
    .map(|_| ())
}

pub(super) async fn count_verdict(
    tx: &mut Tx,
    article: &May<Read, Article>,
    is_solved: bool,
    deflected: bool,
) -> Result<(), Error> {
    tx.run(acting!(
        article,
        "UPDATE articles SET solved = solved + $2, unsolved = unsolved + $3, deflected = deflected + $4 WHERE id = $1",
        article.id,
        i64::from(is_solved),
        i64::from(!is_solved),
        i64::from(deflected)
    ))
    .await
    .map(|_| ())
}
