//! The notice that one's rights changed, on every page until it is acknowledged, and its button.

use axum::extract::State;
use axum::response::Response;
use pages::frame::NewRights;
use words::reader::Words;

use super::Notice;
use crate::house::App;
use crate::people::admin::views::{role_view, scope_view};
use crate::policy::roles::Granted;
use crate::policy::{AgentScope, Role};
use crate::web::fail::Fail;
use crate::web::posted::Posted;
use crate::web::respond::{local, see_other};
use crate::web::route::{Audience as Who, Route, post};

/// The address of the button.
pub fn routes() -> Vec<Route> {
    vec![post("/rights/acknowledgement", Who::SignedIn, acknowledge)]
}

/// What it says: what was and is, and what that gives and takes.
pub fn view(notice: &Notice, staff: Option<(Role, AgentScope)>, words: &Words) -> NewRights {
    let none = || words.say("rights-none").to_owned();
    let was_role = match notice.was_role.as_str() {
        "" => none(),
        text => Role::of(text).map_or_else(
            || text.to_owned(),
            |role| role_view(Some(role), None).name(words),
        ),
    };
    let role = staff.map_or_else(none, |(role, _)| {
        role_view(Some(role), notice.role_name.as_deref()).name(words)
    });
    let scope = |of: Option<AgentScope>| {
        of.map_or_else(none, |it| words.say(scope_view(it).key()).to_owned())
    };
    let was_scope = scope(AgentScope::of(&notice.was_scope));
    let sees = scope(staff.map(|(role, scope)| super::seen(role, scope)));
    let before = Granted::read(&notice.was_permissions);
    let after = staff.map_or_else(Granted::default, |(role, _)| role.granted());
    let list = |granted: Granted| -> Vec<String> {
        granted
            .list()
            .map(|it| words.say(it.label).to_owned())
            .collect()
    };
    NewRights {
        role: (was_role != role).then_some((was_role, role)),
        scope: (was_scope != sees).then_some((was_scope, sees)),
        gained: list(after.without(before)),
        lost: list(before.without(after)),
        version: notice.version,
    }
}

async fn acknowledge(
    State(app): State<App>,
    Posted { visitor, form }: Posted,
) -> Result<Response, Fail> {
    let version = form.number("version", "fault-version")?;
    super::acknowledge(&app.db, visitor.person.id, version, visitor.now()).await?;
    Ok(see_other(local(form.text("next")), None))
}
