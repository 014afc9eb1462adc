//! Taking a list away as a file: all rows of its filter that the reader sees, read page by page while
//! they are sent, so that a large list takes no more memory than a small one.

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use kit::error::{Because, Error};
use kit::web::form::Form;
use pages::frame::Section;
use pages::tickets::list_panels::ExportPanel;

use super::{Manner, head, row};
use crate::audit::{self, Deed, Entry, Pen};
use crate::house::App;
use crate::policy::permission;
use crate::tickets::listing;
use crate::tickets::listing::pages::{Asked, list_of, tags_shown};
use crate::tickets::listing::{Cursor, Listed};
use crate::tickets::pages::frame;
use crate::web::fail::Fail;
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, Visitor};

/// Rows read at once.
const ROWS: i64 = 500;

/// The addresses of the export.
pub fn routes() -> Vec<Route> {
    vec![
        get("/lists/export", Who::Staff, panel),
        get("/lists/export/file", Who::Staff, file),
    ]
}

fn must_be_permitted(visitor: &Visitor) -> Result<(), Error> {
    if visitor.actor.is_permitted(permission::EXPORT) {
        Ok(())
    } else {
        Err(Error::Forbidden(Because(permission::EXPORT)))
    }
}

async fn panel(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    must_be_permitted(&visitor)?;
    let form = Form::of_query(query.as_deref());
    let asked = list_of(&mut app.db.read(), &visitor, &form).await?;
    Ok(page(&ExportPanel {
        frame: frame(&app, &visitor, Section::Tickets, asked.ready()).await?,
        back: asked.address.href(),
        list: asked.query(),
    }))
}

async fn file(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fail> {
    must_be_permitted(&visitor)?;
    let form = Form::of_query(query.as_deref());
    let asked = list_of(&mut app.db.read(), &visitor, &form).await?;
    let manner = if form.is_ticked("spreadsheet") {
        Manner::for_spreadsheet(&visitor.words)
    } else {
        Manner::PLAIN
    };
    let entry = Entry::of(Deed::TicketsExported).thing(&asked.query());
    let mut tx = app.db.write().await?;
    audit::note(&mut tx, Pen::of(&visitor.actor, app.clock.now()), entry).await?;
    tx.commit().await?;
    let first = head(&asked.settings.columns, &visitor.words, manner);
    let begin = Step {
        app,
        visitor,
        asked,
        manner,
        next: Next::Head(first),
    };
    let mut response = Body::from_stream(stream::try_unfold(begin, Step::go)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    headers.insert(
        CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"tickets.csv\""),
    );
    Ok(response)
}

/// Where the file has come to.
struct Step {
    app: App,
    visitor: Visitor,
    asked: Asked,
    manner: Manner,
    next: Next,
}

enum Next {
    Head(String),
    Page(Option<Cursor>),
    Nothing,
}

impl Step {
    async fn go(mut self) -> Result<Option<(String, Step)>, Error> {
        let cursor = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Head(text) => {
                self.next = Next::Page(None);
                return Ok(Some((text, self)));
            }
            Next::Nothing => return Ok(None),
            Next::Page(cursor) => cursor,
        };
        let mut db = self.app.db.read();
        let actor = &self.visitor.actor;
        let found = listing::page(
            &mut db,
            actor,
            &self.asked.filter,
            self.asked.order,
            cursor,
            ROWS,
        )
        .await?;
        let columns = &self.asked.settings.columns;
        let tags = tags_shown(&mut db, actor, columns, &found).await?;
        let write = |ticket: &Listed| {
            let tags = tags.get(&ticket.id).map_or(&[][..], Vec::as_slice);
            row(ticket, tags, columns, &self.visitor.words, self.manner)
        };
        let text: String = found.rows.iter().map(write).collect();
        if let Some(after) = found.after {
            self.next = Next::Page(Some(after));
        }
        Ok(Some((text, self)))
    }
}
