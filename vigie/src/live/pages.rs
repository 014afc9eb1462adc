//! The door of the live channel, and the page that explains what its colours mean.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::http::header::ORIGIN;
use axum::response::Response;
use kit::clock::{Moment, Span};
use kit::error::{Because, Error};
use kit::web::csrf;
use pages::frame::Section as PageSection;
use pages::legend::LegendPage;
use presence::{Activity, Item, Mode, Place, Section};
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use super::kinds;
use super::line::{End, Line};
use super::telling::Teller;
use super::wire::{LONGEST, Said, WATCHED};
use crate::house::App;
use crate::people::access::sessions;
use crate::web::fail::{FORGED, Fail};
use crate::web::respond::page;
use crate::web::route::{Audience as Who, Route, get};
use crate::web::visitor::{AgentVisitor, Visitor};

/// What changes within this time is told together.
const TOGETHER: Duration = Duration::from_millis(200);
/// How often a line looks whether its session still stands, beside being told.
const JUDGED_EVERY: Duration = Duration::from_secs(30);
/// How often a page is called. Its answer is a sign of life that browsers give for pages behind
/// others, too, whose own timers they hold back.
const CALLED_EVERY: Duration = Duration::from_secs(15);
/// Longer than this nobody counts how long a page is behind others, in milliseconds.
const LONGEST_BEHIND: i64 = 24 * 3600 * 1000;
/// So long a change may take from its moment to the moment when others read it.
const LAG: Span = Span::seconds(5);
/// A page that takes no frame for so long has ended.
const TAKING: Duration = Duration::from_secs(4);
/// How much a page may say in [`JUDGED_EVERY`].
const CHATTER: u32 = 600;

/// The addresses of this room.
pub fn routes() -> Vec<Route> {
    vec![
        get("/live", Who::Staff, live),
        get("/legend", Who::Staff, legend),
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
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response, Fail> {
    // Browsers say where a socket is opened from; whoever does not say it is not one of our pages.
    if !headers.contains_key(ORIGIN) || !csrf::is_own(&headers, &app.config.public_url) {
        return Err(Fail(Error::Forbidden(Because(FORGED))));
    }
    let Ok(upgrade) = upgrade else {
        return Err(Fail(Error::NotFound));
    };
    Ok(upgrade
        .max_message_size(LONGEST)
        .max_frame_size(LONGEST)
        .on_upgrade(move |socket| async move {
            let line = Held(app.live.open(visitor.person.id.0), app.clone());
            speak(&app, &visitor, socket, &line.0).await;
        }))
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
fn farewell(end: End) -> Message {
    let (code, reason) = match end {
        End::Access => (4001, "access changed"),
        End::Silent => (4001, "silent"),
        End::Superfluous => (4002, "superfluous"),
        End::Stopping => (1001, "stopping"),
    };
    Message::Close(Some(CloseFrame {
        code,
        reason: reason.into(),
    }))
}

fn steady(every: Duration) -> Interval {
    let mut interval = interval(every);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// Speaks with one page until either leaves.
async fn speak(app: &App, visitor: &Visitor, mut socket: WebSocket, line: &Arc<Line>) {
    let sections = sections_of(visitor);
    let mut teller = Teller::new(visitor.actor.clone(), sections, app.clock.now());
    let mut pause = steady(TOGETHER);
    let mut judged = steady(JUDGED_EVERY);
    let mut called = steady(CALLED_EVERY);
    let mut said = 0;
    let mut has_place = false;
    let end = loop {
        tokio::select! {
            message = socket.recv() => {
                said += 1;
                let text = match message {
                    Some(Ok(Message::Text(text))) if said < CHATTER => text,
                    Some(Ok(Message::Pong(_))) if said < CHATTER => {
                        app.live.beat(line);
                        continue;
                    }
                    Some(Ok(Message::Ping(_))) if said < CHATTER => continue,
                    None | Some(Err(_) | Ok(Message::Close(_))) => return,
                    Some(Ok(_)) => break End::Superfluous,
                };
                let Ok(words) = serde_json::from_str::<Said>(&text) else {
                    break End::Superfluous;
                };
                has_place |= matches!(words, Said::At { .. });
                let is_beat = matches!(words, Said::Beat {});
                if let Err(error) = hear(app, line, &mut teller, words).await {
                    tracing::warn!(?error, "a live line could not be judged");
                    break End::Stopping;
                }
                // Answered, so that the page knows that its line holds.
                if is_beat && !send(&mut socket, Message::Text("{\"beat\":1}".into())).await {
                    return;
                }
            }
            () = async { line.rung().await; pause.tick().await; } => {
                let news = line.take_news();
                if let Some(end) = news.end {
                    break end;
                }
                // Nobody is told anything before it is known what they show.
                if !has_place {
                    continue;
                }
                let now = app.clock.now();
                match teller.frame(&mut app.db.read(), &app.live, &news, now).await {
                    Ok(None) => {}
                    Ok(Some(frame)) => {
                        let gone = frame.gone.iter().filter_map(|text| known(text)).collect();
                        app.live.lose(line, &gone);
                        let text = serde_json::to_string(&frame).unwrap_or_default();
                        if !send(&mut socket, Message::Text(text.into())).await {
                            return;
                        }
                    }
                    Err(error) => {
                        tracing::warn!(?error, "a live line could not be told");
                        break End::Stopping;
                    }
                }
            }
            _ = called.tick() => {
                if !send(&mut socket, Message::Ping(axum::body::Bytes::new())).await {
                    return;
                }
            }
            _ = judged.tick() => {
                said = 0;
                let now = app.clock.now();
                match sessions::stands(&mut app.db.read(), &visitor.session, now).await {
                    Ok(true) => {}
                    Ok(false) => break End::Access,
                    Err(_) => break End::Stopping,
                }
            }
        }
    };
    send(&mut socket, farewell(end)).await;
}

async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(TAKING, socket.send(message)).await, Ok(Ok(())))
}

/// Takes what a page says. One stands only where one sees, and watches only what one sees; what is
/// claimed beyond that is as if it had not been said.
async fn hear(app: &App, line: &Line, teller: &mut Teller, said: Said) -> Result<(), Error> {
    match said {
        Said::Beat {} => app.live.beat(line),
        Said::Input {} => app.live.input(line),
        Said::Hidden { is } => app.live.hide(line, is),
        Said::Again {} => {
            teller.forgets();
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
            let claimed: BTreeSet<Item> = shown.keys().chain(&item).cloned().collect();
            let now = app.clock.now();
            let seen = teller.sees(&mut app.db.read(), &claimed, now).await?;
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
            let watched = shown.keys().cloned().collect();
            // Heard of first, looked at then: what changes in between is told.
            let hidden = hidden.then(|| Span(behind.clamp(0, LONGEST_BEHIND).saturating_mul(1000)));
            app.live.place(line, place, hidden, watched, list);
            teller.shows(shown);
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
    kinds::named(&item.kind).map(|_| item)
}
