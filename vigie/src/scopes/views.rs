//! What the page of an agent's scope shows.

use kit::error::Fields;
use kit::web::form::{self, Form};
use pages::admin::people::Scope as ScopeView;
use pages::admin::scopes::{
    AgentRow, ChangeRow, DueRow, PlaceRow, Preview as PreviewView, ScopePage, SightRow,
};
use pages::admin::{Level as LevelView, Service as ServiceView};
use pages::fields::Faults;
use pages::frame::Frame;
use words::reader::Words;

use super::preview::Preview;
use super::review::Due;
use super::saving::Changed;
use super::{Listed, Standing};
use crate::departments::views;
use crate::inspector::pages::tag_views;
use crate::people::admin::views::{role_view, scope_view};
use crate::policy::{AgentScope, Level, Service};

/// An agent in the list.
pub(super) fn row(listed: Listed) -> AgentRow {
    let person = listed.person;
    AgentRow {
        id: person.id.0,
        name: person.name,
        email: person.email,
        role: role_view(person.role, person.role_name.as_deref()),
        scope: scope_view(person.scope.unwrap_or(AgentScope::Restricted)),
        departments: listed.departments,
        is_disabled: person.disabled_at.is_some(),
    }
}

/// Services as pages show them.
fn shown(services: &[Service]) -> Vec<ServiceView> {
    views::services(&Service::store(services))
}

/// An agent whose scope is due for a look.
pub(super) fn due(due: Due) -> DueRow {
    DueRow {
        id: due.person_id.0,
        name: due.name,
        role: role_view(Some(due.role), due.role_name.as_deref()),
        scope: scope_view(due.scope),
        version: due.version,
        since: due.since.0,
    }
}

fn change(it: &Changed, words: &Words) -> ChangeRow {
    let level = |level: &Option<Level>, services: &[Service]| {
        PlaceRow::said(words, level.map(views::level), &shown(services))
    };
    let scope = |scope: &AgentScope| words.say(scope_view(*scope).key()).to_owned();
    match it {
        Changed::Scope(from, to) => ChangeRow {
            what: words.say("scopes-scope").to_owned(),
            from: scope(from),
            to: scope(to),
        },
        Changed::Organizations(from, to) => served("scopes-organizations", from, to, words),
        Changed::Sites(from, to) => served("scopes-sites", from, to, words),
        Changed::Level {
            name,
            was,
            becomes,
            services,
            ..
        } => ChangeRow {
            what: name.clone(),
            from: level(was, &services.0),
            to: level(becomes, &services.1),
        },
    }
}

/// Whom they serve, by name; all where none is named.
fn served(key: &'static str, from: &[String], to: &[String], words: &Words) -> ChangeRow {
    let said = |names: &[String]| match names {
        [] => words.say("scopes-all").to_owned(),
        names => names.join(", "),
    };
    ChangeRow {
        what: words.say(key).to_owned(),
        from: said(from),
        to: said(to),
    }
}

/// What a change comes to, in the reader's words.
pub(super) fn preview(it: &Preview, words: &Words) -> PreviewView {
    PreviewView {
        changes: it.changes.iter().map(|it| change(it, words)).collect(),
        sights: it
            .sights
            .iter()
            .map(|it| SightRow {
                name: it.name.clone(),
                total: it.total,
                now: it.now,
                then: it.then,
            })
            .collect(),
        held: it.held,
    }
}

/// The page as it stands.
pub(super) fn page(
    frame: Frame,
    agents: Vec<AgentRow>,
    standing: &Standing,
    preview: PreviewView,
    words: &Words,
) -> ScopePage {
    let services = |it: &super::Place| match &it.membership {
        Some(it) => shown(&it.services),
        None => ServiceView::ALL.to_vec(),
    };
    let place = |it: &super::Place| PlaceRow {
        id: it.department.id.0,
        name: it.department.name.clone(),
        is_active: it.is_active,
        was: it.membership.as_ref().map(|it| views::level(it.level)),
        level: it.membership.as_ref().map(|it| views::level(it.level)),
        teams: it
            .teams
            .iter()
            .map(|it| (it.team.clone(), views::level(it.level)))
            .collect(),
        tags: tag_views(&it.tags, words),
        services_were: services(it),
        services: services(it),
        version: it
            .membership
            .as_ref()
            .map_or_else(String::new, |it| it.version.to_string()),
    };
    ScopePage {
        frame,
        agents,
        id: standing.person.id.0,
        name: standing.person.name.clone(),
        email: standing.person.email.clone(),
        role: role_view(standing.person.role, standing.person.role_name.as_deref()),
        is_disabled: standing.seer.is_disabled,
        may_change: standing.may_change,
        may_look: standing.may_look,
        version: standing.person.version,
        scope: scope_view(standing.scope),
        organizations: standing.clientele.organizations.join("\n"),
        sites: standing.clientele.sites.join("\n"),
        all_organizations: vec![],
        all_sites: vec![],
        places: standing.places.iter().map(place).collect(),
        preview,
        leaving: None,
        faults: Faults::default(),
        conflict: None,
    }
}

/// Puts what was typed over what stands; a level that is none keeps what stands.
pub(super) fn typed(page: &mut ScopePage, form: &Form) {
    page.scope = ScopeView::parse(form.text("scope")).unwrap_or(page.scope);
    page.organizations = form.text("organizations").to_owned();
    page.sites = form.text("sites").to_owned();
    for (name, value) in form.pairs() {
        let Some(id) = name.strip_prefix("level-") else {
            continue;
        };
        let found = page.places.iter_mut().find(|it| it.id.to_string() == id);
        match (found, value.trim()) {
            (Some(place), "") => place.level = None,
            (Some(place), word) => {
                place.level = LevelView::parse(word).or(place.level);
                let field = format!("services-{id}");
                if form.all(&field).next().is_some() {
                    place.services = views::typed_services(form, &field);
                }
            }
            (None, _) => {}
        }
    }
}

/// Says what is wrong with it.
pub(super) fn refused(page: &mut ScopePage, form: &Form, faults: &Fields, words: &Words) {
    page.faults = views::faults(faults, words);
    page.leaving = views::leaving(faults, form);
}

/// Says what stands where it is not what was typed.
pub(super) fn clashed(page: &mut ScopePage, standing: &Standing, words: &Words) {
    let scope = scope_view(standing.scope);
    let mut rows = vec![];
    if scope.code() != page.scope.code() {
        rows.push(ChangeRow {
            what: words.say("scopes-scope").to_owned(),
            from: words.say(scope.key()).to_owned(),
            to: words.say(page.scope.key()).to_owned(),
        });
    }
    let both = [
        (
            "scopes-organizations",
            &standing.clientele.organizations,
            &page.organizations,
        ),
        ("scopes-sites", &standing.clientele.sites, &page.sites),
    ];
    for (key, stands, typed) in both {
        let typed = form::lines(typed);
        if *stands != typed {
            rows.push(served(key, stands, &typed, words));
        }
    }
    for place in page.places.iter().filter(|it| it.is_changed()) {
        rows.push(ChangeRow {
            what: place.name.clone(),
            from: PlaceRow::said(words, place.was, &place.services_were),
            to: PlaceRow::said(words, place.level, &place.services),
        });
    }
    page.conflict = Some(rows);
}
