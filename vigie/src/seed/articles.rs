//! The articles of a loaded desk, written and published as its people do.

use demo::articles::{Article, Audience as ToldAudience, State as ToldState, articles};
use demo::desk::{Desk, Language as ToldLanguage, Role as ToldRole};
use kit::authz::Actor;
use kit::clock::{Moment, Span};
use kit::db::Tx;
use kit::error::Error;
use words::language::Language;

use super::numbering::Numbering;
use crate::audit::Pen;
use crate::departments::{CategoryId, DepartmentId};
use crate::knowledge::rights::{Keep, Read};
use crate::knowledge::{self, ArticleId, Audience, Wanted, verbs};
use crate::policy::{self, AgentScope, Role};

/// Writes them, each by one of those who keep the whole desk.
pub(super) async fn load(
    tx: &mut Tx,
    desk: &Desk,
    numbering: &Numbering,
    now: Moment,
) -> Result<(), Error> {
    let keepers: Vec<Actor> = desk
        .agents
        .iter()
        .filter_map(|agent| {
            let role = match agent.role {
                ToldRole::Owner => Role::Owner,
                ToldRole::Administrator => Role::Admin,
                _ => return None,
            };
            let person = numbering.person(agent.person);
            Some(policy::actor(person, Some((role, AgentScope::Global))))
        })
        .collect();
    let mut outdated = vec![];
    for (article, keeper) in articles(desk).iter().zip(keepers.iter().cycle()) {
        let id = write(tx, numbering, article, keeper, now).await?;
        if article.state == ToldState::Withdrawn {
            outdated.push((id, keeper));
        }
    }
    let lately = now.minus(Span::days(2));
    for (id, keeper) in outdated {
        let article = knowledge::find_to_change::<Keep>(tx, keeper, id).await?;
        verbs::withdraw(tx, &article, None, Pen::of(keeper, lately)).await?;
    }
    Ok(())
}

async fn write(
    tx: &mut Tx,
    numbering: &Numbering,
    told: &Article,
    keeper: &Actor,
    now: Moment,
) -> Result<ArticleId, Error> {
    let at = now.minus(Span::days(told.days_ago));
    let audience = match told.audience {
        ToldAudience::Public => Audience::Public,
        ToldAudience::Authenticated => Audience::Authenticated,
        ToldAudience::Department => Audience::Department,
        ToldAudience::Staff => Audience::Staff,
    };
    let department = DepartmentId(numbering.department(told.department));
    let wanted = Wanted {
        title: told.title.clone(),
        body: told.body.clone(),
        language: match told.language {
            ToldLanguage::French => Language::French,
            ToldLanguage::English => Language::English,
        },
        categories: told
            .categories
            .iter()
            .map(|it| CategoryId(numbering.category(told.department, *it)))
            .collect(),
    };
    let shelf = knowledge::shelf(tx, keeper, audience, Some(department)).await?;
    let id = verbs::add(tx, &shelf, keeper, &wanted, at).await?;
    if told.state == ToldState::Draft {
        return Ok(id);
    }
    let article = knowledge::find_to_change::<Keep>(tx, keeper, id).await?;
    verbs::publish(tx, &article, None, Pen::of(keeper, at)).await?;
    let read = knowledge::find::<Read>(tx, keeper, id).await?;
    let [readings, solved, unsolved, deflected] = told.figures;
    verbs::count_readings(tx, id, readings).await?;
    for n in 0..solved {
        verbs::count_verdict(tx, &read, true, n < deflected).await?;
    }
    for _ in 0..unsolved {
        verbs::count_verdict(tx, &read, false, false).await?;
    }
    Ok(id)
}
