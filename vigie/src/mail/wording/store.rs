//! The SQL of what administrators say in mails.

use kit::db::{Answers, Ask, Tx};
use kit::error::Error;
use kit::global;

use super::Kept;

pub(super) async fn all(ask: &mut dyn Answers) -> Result<Vec<Kept>, Error> {
    ask.all(global!(
        "SELECT event, language, subject, lead, next, version FROM mail_texts ORDER BY event, language"
    ))
    .await
}

pub(super) async fn find(
    ask: &mut dyn Answers,
    event: &str,
    language: &str,
) -> Result<Option<Kept>, Error> {
    ask.maybe(global!(
        "SELECT event, language, subject, lead, next, version FROM mail_texts WHERE event = $1 AND language = $2",
        event,
        language
    ))
    .await
}

/// Puts it in place of the version before it; false when that is not what stands.
pub(super) async fn put(tx: &mut Tx, text: &Kept) -> Result<bool, Error> {
    let put = match text.version {
        2 => {
            tx.run(global!(
                "INSERT INTO mail_texts (event, language, subject, lead, next, version) VALUES ($1, $2, $3, $4, $5, 2) \
                 ON CONFLICT (event, language) DO NOTHING",
                text.event.as_str(),
                text.language.as_str(),
                text.subject.as_deref(),
                text.lead.as_deref(),
                text.next.as_deref()
            ))
            .await?
        }
        version => {
            tx.run(global!(
                "UPDATE mail_texts SET subject = $3, lead = $4, next = $5, version = $6 \
                 WHERE event = $1 AND language = $2 AND version = $6 - 1",
                text.event.as_str(),
                text.language.as_str(),
                text.subject.as_deref(),
                text.lead.as_deref(),
                text.next.as_deref(),
                version
            ))
            .await?
        }
    };
    Ok(put == 1)
}
