//! An entry in the reader's words: what became of what, each value by the name people know it under.

use kit::clock::Moment;
use pages::admin::journal::{ChangeRow, EntryRow};
use pages::admin::{Level as LevelView, Privilege as PrivilegeView, Service as ServiceView};
use words::language::Language;
use words::reader::Words;

use super::Noted;
use crate::audit::refused::Answer;
use crate::audit::{Detail, Field};
use crate::departments::giving::{Rule, pages::view as giving_view};
use crate::departments::offering::{Whom, pages::view as offering_view};
use crate::knowledge::{Audience, views::audience_view};
use crate::mail::filters::{Outcome, views::outcome_view};
use crate::mail::mailboxes::grants::SignIn;
use crate::mail::mailboxes::{Afterwards, pages::afterwards_view, pages::sign_in_view};
use crate::people::access::entering::Means;
use crate::people::admin::views::{role_view, scope_view};
use crate::policy::roles::Granted;
use crate::policy::{AgentScope, Level, Privilege, Role, Service};
use crate::setup::guide::{Step, views::view as guide_view};

/// An entry as a row.
pub(super) fn row(noted: Noted, words: &Words) -> EntryRow {
    let detail = Detail::read(&noted.detail);
    let is_emptied = noted.detail.is_empty();
    EntryRow {
        number: noted.id,
        at: words.date_time(noted.at.0),
        iso: words.iso(noted.at.0),
        actor: noted.actor_id.map(|id| id.0).zip(noted.actor),
        way: match noted.way {
            kit::authz::Way::Web => "audit-way-web",
            kit::authz::Way::Api => "audit-way-api",
            kit::authz::Way::Command => "audit-way-command",
            kit::authz::Way::Clock => "audit-way-clock",
        },
        deed: noted.deed.key(),
        person: noted.person_id.map(|id| id.0).zip(noted.person),
        department: noted.department_id.map(|id| id.0).zip(noted.department),
        thing: detail.thing,
        changes: detail
            .changes
            .into_iter()
            .map(|change| ChangeRow {
                field: change.field.key(),
                was: change.was.map(|text| value(change.field, &text, words)),
                becomes: change.becomes.map(|text| value(change.field, &text, words)),
            })
            .collect(),
        is_emptied,
        link: noted.link,
    }
}

/// A value by its name; as it was stored where it has none.
fn value(field: Field, text: &str, words: &Words) -> String {
    let known = match field {
        Field::Role => {
            return Role::of(text).map_or_else(
                || text.to_owned(),
                |it| role_view(Some(it), None).name(words),
            );
        }
        Field::Scope => AgentScope::of(text).map(|it| scope_view(it).key()),
        Field::Giving => Rule::of(text).map(|it| giving_view(it).key()),
        Field::OfferedTo => Whom::of(text).map(|it| offering_view(it).key()),
        Field::Audience => Audience::of(text).map(|it| audience_view(it).key()),
        Field::Level => Level::of(text)
            .and_then(|it| LevelView::parse(it.word()))
            .map(LevelView::key),
        Field::Confidants => {
            let by_name = |text: String, level: &Level| {
                let name = LevelView::parse(level.word()).map_or("", |it| words.say(it.key()));
                text.replace(&format!("({})", level.word()), &format!("({name})"))
            };
            return Level::ALL.iter().fold(text.to_owned(), by_name);
        }
        Field::Privileges => {
            let all: Vec<&str> = Privilege::read(text)
                .into_iter()
                .filter_map(|it| PrivilegeView::parse(it.word()))
                .map(|it| words.say(it.key()))
                .collect();
            return all.join(", ");
        }
        Field::Services => {
            let all: Vec<&str> = Service::read(text)
                .into_iter()
                .filter_map(|it| ServiceView::parse(it.word()))
                .map(|it| words.say(it.key()))
                .collect();
            return all.join(", ");
        }
        Field::Permissions => {
            let all: Vec<&str> = Granted::read(text)
                .list()
                .map(|it| words.say(it.label))
                .collect();
            return all.join(", ");
        }
        Field::Language => {
            return Language::parse(text).map_or_else(
                || text.to_owned(),
                |it| words::catalogue::say(it, "admin-language-name").to_owned(),
            );
        }
        Field::Step => Step::of(text).map(|it| guide_view(it).key()),
        Field::Means => Means::of(text).map(Means::key),
        Field::Answer => Answer::of(text).map(Answer::key),
        Field::Hour => {
            return Moment::parse(text).map_or_else(|| text.to_owned(), |it| words.date_time(it.0));
        }
        Field::Afterwards => Afterwards::of(text).map(|it| afterwards_view(it).key()),
        Field::SignIn => SignIn::of(text).map(|it| sign_in_view(it).key()),
        Field::FilterOutcome => Outcome::of(text).map(|it| outcome_view(it).key()),
        Field::Noting
        | Field::FilterFile
        | Field::NewPassword
        | Field::NewClientSecret
        | Field::NewRefreshToken
        | Field::Portal
        | Field::Disabled
        | Field::Active
        | Field::Anonymous
        | Field::Available
        | Field::MailedBare
        | Field::Confidential => match text {
            "yes" => Some("inspector-yes"),
            "no" => Some("inspector-no"),
            _ => None,
        },
        _ => None,
    };
    known.map_or_else(|| text.to_owned(), |key| words.say(key).to_owned())
}
