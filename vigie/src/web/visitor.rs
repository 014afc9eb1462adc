//! Who asks: a signed-in person, or somebody not signed in yet.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use kit::authz::{Actor, Reach};
use kit::clock::Moment;
use kit::db::{Answers, Done};
use kit::error::Error;
use kit::web::cookie;
use pages::admin::AdminSection;
use pages::frame::{Counts, Density, Frame, Section, Theme, TicketView, initials};
use pages::keys::Keys;
use words::language::Language;
use words::reader::Words;

use super::fail::Fail;
use super::outer::Asked;
use super::{flash, last_use, token};
use crate::departments;
use crate::house::{App, House};
use crate::people::access::sessions::{self, Session};
use crate::people::preferences::shortcuts::KeyMap;
use crate::people::{Person, PersonId, eyes, new_rights};
use crate::policy::{self, AgentScope, Role, permission};
use crate::tickets::counts;
use crate::tickets::machine::{Stage, State};

/// The cookie of a session.
pub const SESSION_COOKIE: &str = "vigie_session";
/// The cookie of somebody not signed in: only proves that a form came from our page.
pub const GUEST_COOKIE: &str = "vigie_guest";
/// The cookie of somebody whose second factor is still to come: opens nothing but its step.
pub const HALF_COOKIE: &str = "vigie_half";
/// The cookie of the browser that asked for a code by mail: the code is good with it only.
pub const MAILED_COOKIE: &str = "vigie_mailed";
/// Language chosen before signing in.
pub const LANGUAGE_COOKIE: &str = "vigie_language";
/// Theme chosen before signing in.
pub const THEME_COOKIE: &str = "vigie_theme";
/// Height of rows, chosen before signing in.
pub const DENSITY_COOKIE: &str = "vigie_density";

/// How somebody reads: words and looks.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Language, zone, moment.
    pub words: Words,
    /// Colours.
    pub theme: Theme,
    /// Height of rows.
    pub density: Density,
    /// Single keys are shortcuts.
    pub has_single_keys: bool,
    /// Those that were given other keys.
    pub keys: Keys,
    here: String,
}

/// The person behind a session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Which.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Language they chose.
    pub language: Option<String>,
    /// Zone they chose.
    pub time_zone: Option<String>,
    /// Theme they chose.
    pub theme: String,
    /// Role and scope, when they are staff.
    pub staff: Option<(Role, AgentScope)>,
    /// May open the portal.
    pub has_portal: bool,
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who they are to the rule.
    pub actor: Actor,
    /// Who they are.
    pub person: SignedIn,
    /// Key of their session's row.
    pub session: String,
    /// How they read.
    pub words: Words,
    /// Path and query they asked for.
    pub here: String,
    secret: String,
    manages: bool,
    mentors: bool,
    has_new_rights: bool,
    is_untold: bool,
    reader: Reader,
    flash: Option<pages::frame::Flash>,
    /// Who looks, when it is with these eyes that somebody else does.
    looker: Option<PersonId>,
}

/// A visitor who is staff; anybody else learns that there is nothing.
#[derive(Clone, Debug)]
pub struct AgentVisitor(pub Visitor);

/// A visitor with a portal account; staff without one are sent to their own requests.
#[derive(Clone, Debug)]
pub struct CustomerVisitor(pub Visitor);

/// Anybody: what pages for people not signed in go by.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Who they turn out to be, if they are signed in.
    pub visitor: Option<Arc<Visitor>>,
    /// How they read.
    pub reader: Reader,
    /// Path and query they asked for.
    pub here: String,
    secret: String,
    flash: Option<pages::frame::Flash>,
}

impl Reader {
    /// How somebody reads who is not signed in: as they chose, as their browser says, as the desk does.
    pub fn of_headers(app: &House, asked: &Asked, headers: &HeaderMap) -> Reader {
        let desk = Language::parse(&app.config.language).unwrap_or(Language::French);
        let language = cookie::read(headers, LANGUAGE_COOKIE)
            .and_then(Language::parse)
            .unwrap_or_else(|| {
                headers
                    .get(ACCEPT_LANGUAGE)
                    .and_then(|v| v.to_str().ok())
                    .map_or(desk, |v| Language::from_accept_language(v, desk))
            });
        Reader {
            words: Words::new(language, &app.config.time_zone, app.clock.now().0),
            theme: theme(cookie::read(headers, THEME_COOKIE).unwrap_or_default()),
            density: density(cookie::read(headers, DENSITY_COOKIE).unwrap_or_default()),
            has_single_keys: true,
            keys: Keys::default(),
            here: asked.here.clone(),
        }
    }

    /// A frame without a person, a form or a count: what refusals stand in.
    pub fn bare_frame(self) -> Frame {
        Frame {
            words: self.words,
            theme: self.theme,
            density: self.density,
            organisation: String::new(),
            person: None,
            csrf: String::new(),
            section: Section::Other,
            view: None,
            counts: Counts::default(),
            saved: vec![],
            flash: None,
            is_agent: false,
            is_admin: false,
            administration: vec![],
            is_manager: false,
            is_mentor: false,
            has_single_keys: self.has_single_keys,
            keys: self.keys,
            has_requests: false,
            is_looking: false,
            new_rights: None,
            place: pages::place::Place::default(),
            here: self.here,
        }
    }
}

fn theme(word: &str) -> Theme {
    match word {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::Auto,
    }
}

fn density(word: &str) -> Density {
    match word {
        "compact" => Density::Compact,
        _ => Density::Comfortable,
    }
}

fn keys(stored: &str) -> Keys {
    let map = KeyMap::read(stored);
    let chosen = map.chosen();
    Keys::new(
        chosen
            .map(|(one, key)| (one.own(), key.to_owned()))
            .collect(),
    )
}

impl Visitor {
    fn new(app: &House, asked: &Asked, headers: &HeaderMap, session: Session) -> Visitor {
        let staff = session.role.zip(session.scope);
        let chosen = session.language.as_deref().and_then(Language::parse);
        let reader = match chosen {
            Some(language) => Reader {
                words: Words::new(
                    language,
                    session
                        .time_zone
                        .as_deref()
                        .unwrap_or(&app.config.time_zone),
                    app.clock.now().0,
                ),
                theme: theme(&session.theme),
                density: density(&session.density),
                has_single_keys: session.single_keys != "off",
                keys: keys(&session.key_map),
                here: asked.here.clone(),
            },
            None => {
                let mut reader = Reader::of_headers(app, asked, headers);
                if let Some(zone) = &session.time_zone {
                    reader.words = Words::new(reader.words.language, zone, app.clock.now().0);
                }
                reader.theme = theme(&session.theme);
                reader.density = density(&session.density);
                reader.has_single_keys = session.single_keys != "off";
                reader.keys = keys(&session.key_map);
                reader
            }
        };
        let words = reader.words.clone();
        Visitor {
            actor: policy::actor(session.person_id.0, staff),
            flash: flash::read(headers, &words),
            words,
            reader,
            here: asked.here.clone(),
            session: session.token_hash,
            secret: session.secret,
            manages: session.manages,
            mentors: session.mentors,
            has_new_rights: session.has_new_rights,
            is_untold: session.is_untold,
            looker: None,
            person: SignedIn {
                id: session.person_id,
                name: session.name,
                email: session.email,
                language: session.language,
                time_zone: session.time_zone,
                theme: session.theme,
                staff,
                has_portal: session.has_portal,
            },
        }
    }

    /// The same session, looking with the eyes of this person: how they read stays the looker's own.
    fn looking_as(mut self, person: Person, manages: bool, mentors: bool) -> Visitor {
        self.looker = Some(self.person.id);
        self.actor = policy::with_eyes_of(person.id.0, person.staff());
        self.manages = manages;
        self.mentors = mentors;
        self.person = SignedIn {
            staff: person.staff(),
            id: person.id,
            name: person.name,
            email: person.email,
            has_portal: person.has_portal,
            ..self.person
        };
        self
    }

    /// Who really sits there, when it is with somebody else's eyes that they look.
    pub fn looks_for(&self) -> Option<PersonId> {
        self.looker
    }

    /// Whose session it is, whoever's eyes it looks with.
    pub fn owner(&self) -> PersonId {
        self.looker.unwrap_or(self.person.id)
    }

    /// Whether they came back from an absence and have yet to look at what happened meanwhile.
    pub fn is_untold(&self) -> bool {
        self.is_untold && self.looker.is_none()
    }

    /// Whether they are staff.
    pub fn is_agent(&self) -> bool {
        self.person.staff.is_some()
    }

    /// Whether some part of administration is theirs.
    pub fn is_admin(&self) -> bool {
        let mut parts = policy::roles::ADMINISTRATION.iter();
        parts.any(|right| self.actor.is_permitted(right))
    }

    /// What the menu of administration leads them to.
    fn administration(&self) -> Vec<AdminSection> {
        let opens = |section: &AdminSection| {
            let may = |right| self.actor.is_permitted(right);
            match section {
                AdminSection::Overview => self.is_admin(),
                AdminSection::Departments => {
                    may(permission::MANAGE_DEPARTMENTS) || self.is_manager()
                }
                AdminSection::People => may(permission::MANAGE_PEOPLE),
                AdminSection::Roles => may(permission::MANAGE_ROLES),
                AdminSection::Desk | AdminSection::MailTexts => may(permission::MANAGE_SETTINGS),
                AdminSection::Retention => may(permission::OWN),
                AdminSection::Scopes | AdminSection::Teams => {
                    may(permission::MANAGE_PEOPLE) && self.sees_everything()
                }
                AdminSection::Inspector => may(permission::SEE_AUDIT) && self.sees_everything(),
                AdminSection::Journal => may(permission::SEE_AUDIT),
                AdminSection::Activity => may(permission::REPORTS) || self.is_manager(),
                AdminSection::Channels | AdminSection::Mailboxes | AdminSection::Filters => {
                    may(permission::MANAGE_CHANNELS)
                }
                AdminSection::Mail => may(permission::SEE_POST),
            }
        };
        AdminSection::ALL.into_iter().filter(opens).collect()
    }

    fn sees_everything(&self) -> bool {
        self.actor.reach() == Reach::Everything
    }

    /// Whether they are somebody's mentor.
    pub fn is_mentor(&self) -> bool {
        self.mentors
    }

    /// Whether they administer a part of their own departments.
    pub fn is_manager(&self) -> bool {
        self.actor.is_permitted(permission::HANDLE) && self.manages
    }

    /// How they read.
    pub fn reader(&self) -> Reader {
        self.reader.clone()
    }

    /// The present moment, as this request reads it.
    pub fn now(&self) -> Moment {
        Moment(self.words.now_micros)
    }

    /// What surrounds a page for them. `view` is the list it shows, if any.
    pub async fn frame(
        &self,
        app: &House,
        section: Section,
        view: Option<TicketView>,
    ) -> Result<Frame, Error> {
        self.framed(&mut app.db.read(), app, section, view).await
    }

    /// The same, asked as the rest of the page is.
    pub fn framed<'a>(
        &'a self,
        ask: &'a mut dyn Answers,
        app: &'a House,
        section: Section,
        view: Option<TicketView>,
    ) -> Done<'a, Frame> {
        // Boxed: it would be built anew wherever it is waited for (decision 0082).
        Box::pin(async move {
            let counts = if self.is_agent() {
                let seen = counts::of_views(ask, &self.actor).await?;
                Counts {
                    open: seen.in_stage(Stage::Open),
                    unassigned: seen.of(State::Free),
                    mine: seen.mine,
                    awaiting_approval: seen.in_stage(Stage::Awaiting),
                    all: seen.is_whole.then(|| seen.all()),
                }
            } else {
                Counts::default()
            };
            let told = match self.has_new_rights && self.looker.is_none() {
                true => new_rights::of(ask, self.person.id).await?,
                false => None,
            };
            let new_rights =
                told.map(|it| new_rights::pages::view(&it, self.person.staff, &self.words));
            Ok(Frame {
                counts,
                new_rights,
                organisation: app.desk().organisation.clone(),
                person: Some(pages::frame::SignedIn {
                    id: self.person.id.0,
                    name: self.person.name.clone(),
                    initials: initials(&self.person.name),
                }),
                csrf: token::masked(&self.secret, &app.dice),
                section,
                view,
                flash: self.flash.clone(),
                is_agent: self.is_agent(),
                is_admin: self.is_admin(),
                administration: self.administration(),
                is_manager: self.is_manager(),
                is_mentor: self.mentors,
                has_requests: self.is_agent(),
                is_looking: self.looker.is_some(),
                ..self.reader.clone().bare_frame()
            })
        })
    }

    pub(super) fn token_fits(&self, given: &str) -> bool {
        token::fits(&self.secret, given)
    }
}

impl Guest {
    /// What surrounds a page for somebody not signed in.
    pub fn frame(&self, app: &House) -> Frame {
        Frame {
            organisation: app.desk().organisation.clone(),
            csrf: token::masked(&self.secret, &app.dice),
            flash: self.flash.clone(),
            ..self.reader.clone().bare_frame()
        }
    }

    pub(super) fn token_fits(&self, given: &str) -> bool {
        token::fits(&self.secret, given)
    }
}

/// The signed-in person of this request; asked of the database once.
pub(super) fn signed_in<'a>(
    app: &'a App,
    asked: &'a Arc<Asked>,
    headers: &'a HeaderMap,
) -> Done<'a, Option<Arc<Visitor>>> {
    // Boxed: it would be built anew wherever it is waited for (decision 0082).
    Box::pin(async move {
        if let Some(known) = asked.visitor.get() {
            return Ok(known.clone());
        }
        let name = cookie::name(SESSION_COOKIE, app.is_secure());
        let found = match cookie::read(headers, &name) {
            None => None,
            Some(secret) => {
                let found = sessions::find(&mut app.db.read(), secret, app.clock.now()).await?;
                turned(app, asked, secret, found).await?
            }
        };
        let visitor = match found {
            None => None,
            Some(mut session) => {
                last_use::note(app, headers, &mut session).await;
                let has_eyes = session.has_eyes;
                let mut visitor = Visitor::new(app, asked, headers, session);
                if has_eyes {
                    let (mut db, now) = (app.db.read(), app.clock.now());
                    let eyes =
                        eyes::now_with(&mut db, &visitor.actor, &visitor.session, now).await?;
                    if let Some(person) = eyes {
                        let theirs = departments::admin::list(&mut db, &person.actor()).await?;
                        let mentors = departments::mentoring::is_mentor(&mut db, person.id).await?;
                        visitor = visitor.looking_as(person, !theirs.is_empty(), mentors);
                    }
                }
                Some(Arc::new(visitor))
            }
        };
        Ok(asked.visitor.get_or_init(|| visitor).clone())
    })
}

/// The session under its new identifier, when it is to have one (`people::new_rights`).
async fn turned(
    app: &App,
    asked: &Asked,
    secret: &str,
    found: Option<Session>,
) -> Result<Option<Session>, Error> {
    let Some(mut session) = found else {
        return Ok(None);
    };
    if !session.must_turn {
        return Ok(Some(session));
    }
    let now = app.clock.now();
    match new_rights::turn(&app.db, &session.token_hash, now, &app.dice).await? {
        Some((token, hash)) => {
            session.token_hash = hash;
            let _ = asked.fresh_session.set(token);
            Ok(Some(session))
        }
        // Another tab was first: a moment ago this was the same session.
        None => sessions::find(&mut app.db.read(), secret, now).await,
    }
}

pub(super) fn asked(parts: &Parts) -> Result<Arc<Asked>, Fail> {
    parts
        .extensions
        .get::<Arc<Asked>>()
        .cloned()
        .ok_or_else(|| Fail(Error::bug("a route stands outside of the outer layer")))
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let asked = asked(parts)?;
        let found = signed_in(app, &asked, &parts.headers).await?;
        found
            .map(Arc::unwrap_or_clone)
            .ok_or(Fail(Error::SignedOut))
    }
}

impl FromRequestParts<App> for AgentVisitor {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        if visitor.is_agent() {
            Ok(AgentVisitor(visitor))
        } else {
            Err(Fail(Error::NotFound))
        }
    }
}

impl FromRequestParts<App> for CustomerVisitor {
    type Rejection = axum::response::Response;
    async fn from_request_parts(
        parts: &mut Parts,
        app: &App,
    ) -> Result<Self, axum::response::Response> {
        use axum::response::IntoResponse;
        let visitor = Visitor::from_request_parts(parts, app)
            .await
            .map_err(Fail::into_response)?;
        if visitor.person.has_portal {
            Ok(CustomerVisitor(visitor))
        } else {
            Err(super::respond::see_other("/my-requests", None))
        }
    }
}

impl FromRequestParts<App> for Guest {
    type Rejection = Fail;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fail> {
        let asked = asked(parts)?;
        let visitor = signed_in(app, &asked, &parts.headers).await?;
        let reader = match &visitor {
            Some(visitor) => visitor.reader(),
            None => Reader::of_headers(app, &asked, &parts.headers),
        };
        let secret = match &visitor {
            Some(visitor) => visitor.secret.clone(),
            None => {
                let name = cookie::name(GUEST_COOKIE, app.is_secure());
                match cookie::read(&parts.headers, &name).filter(|s| s.len() == 32) {
                    Some(secret) => secret.to_owned(),
                    None => asked.fresh_guest.get_or_init(|| app.dice.token()).clone(),
                }
            }
        };
        Ok(Guest {
            flash: flash::read(&parts.headers, &reader.words),
            reader,
            here: asked.here.clone(),
            visitor,
            secret,
        })
    }
}
