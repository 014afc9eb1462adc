//! When a session was last used, and when its person was last there by their own hand (decision 0081).
//!
//! Pages that are left open ask by themselves: they open their live line again, and fetch what changed. That keeps a session
//! alive, and nobody sits there. Their scripts say so, and what a browser fetches for a page is no hand either.

use axum::http::HeaderMap;
use axum::http::header::UPGRADE;
use kit::clock::Moment;
use kit::db::Db;
use kit::error::Error;

use crate::house::App;
use crate::people::PersonId;
use crate::people::absences::{self, Sign};
use crate::people::access::sessions::{self, SEEN_EVERY, Session};

/// The header by which a script of our pages says that nobody asked for this.
const UNASKED: &str = "x-vigie-unasked";

/// What is to be written of a request.
struct Use {
    /// The session's row, if it was not noted a moment ago.
    session: Option<String>,
    /// Who is there.
    there: Option<PersonId>,
    now: Moment,
}

/// Writes the last use down beside the request, at most once a minute, so that reading a page never waits for the writer.
/// But the first request after an absence does, once: it is to show what happened meanwhile.
pub(super) async fn note(app: &App, headers: &HeaderMap, session: &mut Session) {
    let now = app.clock.now();
    let is_there = session.role.is_some() && is_by_hand(headers);
    let sign = match is_there {
        true => Sign::after(session.there_at, now),
        false => Sign::Known,
    };
    let is_due = now.since(session.seen_at) >= SEEN_EVERY;
    if sign == Sign::Known && !is_due {
        return;
    }
    // Both together whenever one is due, so that it is one change a minute.
    let last = Use {
        session: is_due.then(|| session.token_hash.clone()),
        there: is_there.then_some(session.person_id),
        now,
    };
    let db = app.db.clone();
    if sign == Sign::Back {
        session.is_untold = last.write(&db).await;
    } else {
        app.run_errand(async move {
            last.write(&db).await;
        });
    }
}

impl Use {
    /// Whether it was written down; if not, the log says so and the request goes on.
    async fn write(self, db: &Db) -> bool {
        match self.try_to_write(db).await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "a session's last use was not written down");
                false
            }
        }
    }

    async fn try_to_write(self, db: &Db) -> Result<(), Error> {
        let mut tx = db.write().await?;
        if let Some(session) = self.session {
            sessions::touch(&mut tx, &session, self.now).await?;
        }
        if let Some(person) = self.there {
            absences::there(&mut tx, person, self.now).await?;
        }
        tx.commit().await
    }
}

/// Whether somebody asked for this, as far as can be told: it is not a live line, not fetched by a script that says that
/// nobody did, and no picture or other part of a page.
fn is_by_hand(headers: &HeaderMap) -> bool {
    let destination = headers.get("sec-fetch-dest").map(|it| it.as_bytes());
    let is_asked = matches!(destination, None | Some(b"document" | b"empty"));
    is_asked && !headers.contains_key(UNASKED) && !headers.contains_key(UPGRADE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    #[test]
    fn what_a_page_fetches_by_itself_is_nobodys_hand() {
        for (sent, is_hand) in [
            (&[][..], true),
            (&[("sec-fetch-dest", "document")], true),
            // A form that a script sends, or what is suggested while one types.
            (&[("sec-fetch-dest", "empty")], true),
            (
                &[("sec-fetch-dest", "empty"), ("x-vigie-unasked", "yes")],
                false,
            ),
            (&[("x-vigie-unasked", "yes")], false),
            (&[("upgrade", "websocket")], false),
            (&[("sec-fetch-dest", "image")], false),
        ] {
            let pairs = sent.iter().map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            });
            let headers: HeaderMap = pairs.collect();
            assert_eq!(is_by_hand(&headers), is_hand, "{sent:?}");
        }
    }
}
