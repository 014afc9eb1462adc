//! The door of the live channel, and the page that explains what its colours mean.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::error::{Because, Error};
use kit::web::csrf;
use pages::frame::Section as PageSection;
use pages::legend::LegendPage;
use presence::{Activity, Item, Mode, Place, Section};
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use super::line::{End, Line};
use super::socket::{Asked, Heard, Socket};
use super::telling::{Look, Teller};
use super::wire::{Said, WATCHED};
use super::{LAG, kinds, turns};
use crate::house::App;
use crate::people::access::sessions;
use crate::web::fail::{FORGED, Fail};
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, Visitor};

/// How often a line looks whether its session still stands, beside being told.
const JUDGED_EVERY: Duration = Duration::from_secs(30);
/// How often a page is called. Its answer is a sign of life that browsers give for pages behind
/// others, too, whose own timers they hold back.
const CALLED_EVERY: Duration = Duration::from_secs(15);
/// Longer than this nobody counts how long a page is behind others, in milliseconds.
const LONGEST_BEHIND: i64 = 24 * 3600 * 1000;
/// A page that takes no frame for so long has ended.
const TAKING: Duration = Duration::from_secs(4);
/// How much a page may say in [`JUDGED_EVERY`].
const CHATTER: u32 = 600;

/// The addresses of this room.
pub fn routes() -> Vec<Route> {
    vec![
        get("/live", Who::Staff, live),
        get("/legend", Who::Staff, legend).for_eyes(),
    ]
}

async fn legend(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
) -> Result<Response, Fail> {
    let frame = visitor.frame(&app, PageSection::Other, None).await?;
    Ok(page(&LegendPage { frame }))
}

async fn live(
    State(app): State<App>,
    AgentVisitor(visitor): AgentVisitor,
    headers: HeaderMap,
    asked: Result<Asked, StatusCode>,
) -> Result<Response, Fail> {
    // Browsers say where a socket is opened from; whoever does not say it is not one of our pages.
    if !headers.contains_key(ORIGIN) || !csrf::is_own(&headers, &app.config.public_url) {
        return Err(Fail(Error::Forbidden(Because(FORGED))));
    }
    let Ok(asked) = asked else {
        return Err(Fail(Error::NotFound));
    };
    let person = visitor.person.id.0;
    let reader = Reader {
        sections: sections_of(&visitor),
        actor: visitor.actor,
        session: visitor.session,
    };
    Ok(asked.opens(move |socket| async move {
        let line = Held(app.live.open(person), app.clone());
        speak(&app, reader, socket, &line.0).await;
    }))
}

/// What is kept of a visitor for as long as their page is open.
struct Reader {
    actor: Actor,
    session: String,
    sections: BTreeSet<Section>,
}

/// A line as long as its task goes on, however it ends.
struct Held(Arc<Line>, App);

impl Drop for Held {
    fn drop(&mut self) {
        self.1.live.close(&self.0);
    }
}

/// The sections whose people somebody is told of: those they can open (features C-08).
fn sections_of(visitor: &Visitor) -> BTreeSet<Section> {
    let closed = (!visitor.is_admin() && !visitor.is_manager()).then_some(Section::Administration);
    let all = Section::ALL.into_iter();
    all.filter(|section| Some(*section) != closed).collect()
}

/// How a line ends, as its close frame says it: 4001 come again at once, 4002 do not come again by
/// yourself, 1001 come again later.
fn farewell(end: End) -> (u16, &'static str) {
    match end {
        End::Access => (4001, "access changed"),
        End::Silent => (4001, "silent"),
        End::Superfluous => (4002, "superfluous"),
        End::Stopping => (1001, "stopping"),
    }
}

/// Rings again and again, not at once.
fn steady(every: Duration) -> Interval {
    let mut interval = interval(every);
    interval.reset_after(every);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// Speaks with one page until either leaves. What it does now and then is boxed: it waits nearly always, in thousands.
async fn speak(app: &App, reader: Reader, mut socket: Socket, line: &Arc<Line>) {
    let Reader {
        actor,
        session,
        sections,
    } = reader;
    let now = app.clock.now();
    let since = now.minus(turns::earlier(line.number()));
    let mut teller = Teller::new(actor, sections, now, since);
    let mut pause = interval(turns::together(app.live.lines()));
    pause.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Whoever opens the line was judged just now.
    let mut judged = steady(JUDGED_EVERY);
    judged.reset_after(turns::share(line.number(), JUDGED_EVERY));
    let mut called = steady(CALLED_EVERY);
    called.reset_after(turns::share(line.number(), CALLED_EVERY));
    // Lines that come together take turns.
    let mut around = steady(turns::pace(app.live.lines()));
    around.reset_after(turns::first(line.number(), app.live.lines()));
    let mut said = 0;
    let mut has_place = false;
    let end = loop {
        tokio::select! {
            heard = socket.hears() => {
                said += 1;
                let text = match heard {
                    Some(Heard::Text(text)) if said < CHATTER => text,
                    Some(Heard::Sign) if said < CHATTER => {
                        app.live.beat(line);
                        continue;
                    }
                    Some(_) => break Some(End::Superfluous),
                    None => break None,
                };
                let Ok(words) = serde_json::from_str::<Said>(&text) else {
                    break Some(End::Superfluous);
                };
                has_place |= matches!(words, Said::At { .. });
                let is_beat = matches!(words, Said::Beat {});
                if let Err(error) = Box::pin(hear(app, line, &mut teller, words)).await {
                    tracing::warn!(?error, "a live line could not be judged");
                    break Some(End::Stopping);
                }
                // Answered, so that the page knows that its line holds.
                if is_beat && !in_time(socket.says("{\"beat\":1}".to_owned())).await {
                    break None;
                }
            }
            () = async { line.rung().await; pause.tick().await; } => {
                pause.reset_after(turns::together(app.live.lines()));
                let news = line.take_news();
                if let Some(end) = news.end {
                    break Some(end);
                }
                let look = Look { news, ..Look::default() };
                // Nobody is told anything before it is known what they show.
                if has_place && let Err(end) = Box::pin(tell(app, line, &mut teller, &mut socket, look)).await {
                    break end;
                }
            }
            _ = around.tick() => {
                around.reset_after(turns::pace(app.live.lines()));
                let is_turn = has_place && teller.is_behind(&app.live, app.clock.now());
                let look = Look { is_turn, ..Look::default() };
                if is_turn && let Err(end) = Box::pin(tell(app, line, &mut teller, &mut socket, look)).await {
                    break end;
                }
            }
            _ = called.tick() => {
                if !in_time(socket.calls()).await {
                    break None;
                }
            }
            _ = judged.tick() => {
                said = 0;
                match Box::pin(stands(app, &session)).await {
                    Ok(true) => {}
                    Ok(false) => break Some(End::Access),
                    Err(_) => break Some(End::Stopping),
                }
            }
        }
    };
    // Gone at once, however long the farewell takes.
    app.live.close(line);
    if let Some((code, reason)) = end.map(farewell)
        && in_time(socket.leaves(code, reason)).await
    {
        // A socket shut upon what it has not read takes the word of farewell back.
        let read_on = async { while socket.hears().await.is_some() {} };
        let _ = timeout(TAKING, read_on).await;
    }
}

/// Whether the session still stands by which the line was opened.
async fn stands(app: &App, session: &str) -> Result<bool, Error> {
    sessions::stands(&mut app.db.read(), session, app.clock.now()).await
}

/// Looks, and tells the page what is new; how the line ends when it cannot be told, `None` without a word.
async fn tell(
    app: &App,
    line: &Arc<Line>,
    teller: &mut Teller,
    socket: &mut Socket,
    look: Look,
) -> Result<(), Option<End>> {
    let mut db = app.db.read();
    let told = teller.frame(&mut db, &app.live, line, &look, app.clock.now());
    let frame = match told.await {
        Ok(None) => return Ok(()),
        Ok(Some(frame)) => frame,
        Err(error) => {
            tracing::warn!(?error, "a live line could not be told");
            return Err(Some(End::Stopping));
        }
    };
    drop(db);
    let gone = frame.gone.iter().filter_map(|text| known(text)).collect();
    app.live.lose(line, &gone);
    let text = serde_json::to_string(&frame).unwrap_or_default();
    // Whoever takes nothing is waited for a while, by nobody but their own task.
    match in_time(socket.says(text)).await {
        true => Ok(()),
        false => Err(None),
    }
}

/// Whether the page took it.
async fn in_time(said: impl Future<Output = bool>) -> bool {
    timeout(TAKING, said).await.unwrap_or(false)
}

/// Takes what a page says. One stands only where one sees, and watches only what one sees; what is
/// claimed beyond that is as if it had not been said.
async fn hear(app: &App, line: &Line, teller: &mut Teller, said: Said) -> Result<(), Error> {
    match said {
        Said::Beat {} => app.live.beat(line),
        Said::Input {} => app.live.input(line),
        Said::Hidden { is } => app.live.hide(line, is),
        Said::Again {} => {
            teller.forgets(app.clock.now());
            app.live.look_again(line);
        }
        Said::At {
            section,
            mode,
            item,
            editing,
            field,
            hidden,
            behind,
            shows,
            list,
            since,
        } => {
            let item = item.as_deref().and_then(known);
            let shown: BTreeMap<Item, i64> = shows
                .iter()
                .filter_map(|(text, version)| known(text).map(|item| (item, *version)))
                .take(WATCHED)
                .collect();
            // Heard of first, looked at then: what changes in between is told.
            let watched = shown.keys().copied().collect();
            app.live.watch(line, watched);
            teller.lists(&app.live, list);
            let seen = teller
                .shows(&mut app.db.read(), &app.live, shown, item)
                .await?;
            let item = item.filter(|item| seen.contains(item));
            let is_editing = editing && item.is_some();
            let place = Place {
                section: Section::parse(&section).unwrap_or(Section::Elsewhere),
                mode: Mode::parse(&mode).unwrap_or(Mode::List),
                activity: if is_editing {
                    Activity::Editing
                } else {
                    Activity::Viewing
                },
                field: field.filter(|f| is_editing && f.len() <= 40),
                item,
            };
            let hidden = hidden.then(|| Span(behind.clamp(0, LONGEST_BEHIND).saturating_mul(1000)));
            app.live.place(line, place, hidden);
            if list && let Some(since) = since {
                let stood = Moment(since).minus(LAG);
                teller.list_stood(&mut app.db.read(), stood).await?;
            }
            app.live.look_again(line);
        }
    }
    Ok(())
}

/// An item of a kind there is.
fn known(text: &str) -> Option<Item> {
    let item = Item::parse(text)?;
    kinds::of(&item).map(|_| item)
}
