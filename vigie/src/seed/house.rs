//! Everything of a desk but its tickets: organizations, people, departments, memberships.

use std::collections::HashMap;

use demo::desk::{Desk, Level as ToldLevel, Privilege as ToldPrivilege};
use kit::clock::Moment;
use kit::db::{Tx, Value};
use kit::error::Error;

use super::accounts::{self, Account};
use super::numbering::Numbering;
use super::store::{self, Line};
use crate::departments::offering::Whom;
use crate::people::{Kind, email_key, login_key};
use crate::policy::{Level, Privilege};

/// The mail channel of a loaded desk.
pub(super) struct Channel<'a> {
    pub(super) address: &'a str,
    pub(super) name: &'a str,
    /// A position in the departments; mail lands in its default category.
    pub(super) department: usize,
}

/// Writes it all; `accounts` get their passwords (`hashes`, in the same order) and tokens.
pub(super) async fn load(
    tx: &mut Tx,
    desk: &Desk,
    numbering: &Numbering,
    accounts: &[Account],
    hashes: &[String],
    channel: &Channel<'_>,
    founded: Moment,
) -> Result<(), Error> {
    let named = |names: Vec<&String>| -> Vec<Line> {
        let keyed = names.into_iter().enumerate();
        keyed
            .map(|(index, name)| vec![Value::from(index as i64 + 1), Value::from(name)])
            .collect()
    };
    let organizations = desk.organizations.iter().map(|o| &o.name).collect();
    store::write(tx, store::organizations, named(organizations)).await?;
    let locations = desk.sites.iter().map(|site| &site.name).collect();
    store::write(tx, store::locations, named(locations)).await?;
    let hash_of: HashMap<i64, &String> = accounts
        .iter()
        .map(|account| account.person)
        .zip(hashes)
        .collect();
    store::write(
        tx,
        store::people,
        people(desk, numbering, &hash_of, founded),
    )
    .await?;
    store::write(tx, store::agents, agents(desk, numbering, founded)).await?;
    store::write(
        tx,
        store::departments,
        departments(desk, numbering, founded),
    )
    .await?;
    store::write(tx, store::offered_organizations, offered(desk, numbering)).await?;
    store::write(tx, store::categories, categories(desk, numbering)).await?;
    store::write(tx, store::memberships, memberships(desk, numbering)).await?;
    let inbox = desk.departments[channel.department].default_category;
    let inbox = numbering.category(channel.department, inbox);
    let channel = vec![
        Value::from(1),
        Value::from(channel.address),
        Value::from(channel.name),
        Value::from(inbox),
        Value::from(true),
    ];
    store::write(tx, store::channels, vec![channel]).await?;
    let tokens = accounts.iter().map(|account| token(account, founded));
    store::write(tx, store::api_tokens, tokens.collect()).await
}

/// The rules that letters to the demonstration meet: what its mail server calls spam, and what machines report.
pub(super) fn filters() -> Vec<Line> {
    let rule =
        |position: i64, name: &str, sender: &str, header: [&str; 2], away: bool, tag: &str| {
            vec![
                Value::from(name),
                Value::from(position),
                Value::from(true),
                Value::from(sender),
                Value::from(header[0]),
                Value::from(header[1]),
                Value::from(""),
                Value::from(false),
                Value::from(if away { "quarantine" } else { "ticket" }),
                Value::from(tag),
            ]
        };
    let flag = ["X-Spam-Flag", "YES"];
    let machines = "@supervision.nordet.example";
    vec![
        rule(1, "Indésirables", "", flag, true, ""),
        rule(2, "Supervision", machines, ["", ""], false, "supervision"),
    ]
}

fn people(
    desk: &Desk,
    numbering: &Numbering,
    hash_of: &HashMap<i64, &String>,
    founded: Moment,
) -> Vec<Line> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let everybody = desk.people.iter().enumerate();
    everybody
        .map(|(index, person)| {
            let key = numbering.person(index);
            let kind = if desk.organizations[person.organization].customer {
                Kind::Client
            } else {
                Kind::Employee
            };
            vec![
                Value::from(key),
                Value::from(person.name.as_str()),
                Value::from(person.email.as_str()),
                Value::from(email_key(&person.email)),
                Value::from(person.login.clone()),
                Value::from(person.login.as_ref().map(|login| login_key(login))),
                Value::from(kind),
                Value::from(accounts::language(person.language)),
                Value::from(desk.sites[person.site].time_zone.as_str()),
                Value::from(numbering.organization(person.organization)),
                Value::from(numbering.site(person.site)),
                Value::from(some(&person.phone)),
                Value::from(some(&person.job_title)),
                Value::from(hash_of.get(&key).map(|hash| (*hash).clone())),
                Value::from(person.portal_account),
                Value::from(founded),
            ]
        })
        .collect()
}

fn agents(desk: &Desk, numbering: &Numbering, founded: Moment) -> Vec<Line> {
    let agents = desk.agents.iter();
    agents
        .map(|agent| {
            vec![
                Value::from(numbering.person(agent.person)),
                Value::from(accounts::role(agent)),
                Value::from(accounts::scope(agent)),
                Value::from(founded),
            ]
        })
        .collect()
}

fn departments(desk: &Desk, numbering: &Numbering, founded: Moment) -> Vec<Line> {
    let departments = desk.departments.iter().enumerate();
    departments
        .map(|(index, department)| {
            vec![
                Value::from(numbering.department(index)),
                Value::from(department.name.as_str()),
                Value::from(numbering.category(index, department.default_category)),
                Value::from(true),
                Value::from(match department.offered_to.as_slice() {
                    [] => Whom::Everybody,
                    _ => Whom::These,
                }),
                Value::from(founded),
            ]
        })
        .collect()
}

/// The organizations whose people are offered a department.
fn offered(desk: &Desk, numbering: &Numbering) -> Vec<Line> {
    let mut lines = vec![];
    for (index, department) in desk.departments.iter().enumerate() {
        for organization in &department.offered_to {
            lines.push(vec![
                Value::from(numbering.department(index)),
                Value::from(numbering.organization(*organization)),
            ]);
        }
    }
    lines
}

fn categories(desk: &Desk, numbering: &Numbering) -> Vec<Line> {
    let mut lines = vec![];
    for (place, department) in desk.departments.iter().enumerate() {
        for (index, category) in department.categories.iter().enumerate() {
            let parent = category
                .parent
                .map(|parent| numbering.category(place, parent));
            lines.push(vec![
                Value::from(numbering.category(place, index)),
                Value::from(numbering.department(place)),
                Value::from(parent),
                Value::from(category.name.as_str()),
                Value::from(index as i64 + 1),
                Value::from(true),
            ]);
        }
    }
    lines
}

fn memberships(desk: &Desk, numbering: &Numbering) -> Vec<Line> {
    let mut lines = vec![];
    for agent in &desk.agents {
        for place in &agent.memberships {
            let privileges: Vec<Privilege> = place.privileges.iter().map(privilege).collect();
            lines.push(vec![
                Value::from(numbering.person(agent.person)),
                Value::from(numbering.department(place.department)),
                Value::from(level(place.level)),
                Value::from(Privilege::store(&privileges)),
                Value::from(place.available),
            ]);
        }
    }
    lines
}

fn token(account: &Account, founded: Moment) -> Line {
    vec![
        Value::from(account.person),
        Value::from(account.kind.as_str()),
        Value::from(kit::ids::digest(&account.token)),
        Value::from(founded),
    ]
}

fn level(level: ToldLevel) -> Level {
    match level {
        ToldLevel::View => Level::View,
        ToldLevel::Assigned => Level::Assigned,
        ToldLevel::Edit => Level::Edit,
    }
}

fn privilege(told: &ToldPrivilege) -> Privilege {
    match told {
        ToldPrivilege::ManageProperties => Privilege::ManageProperties,
        ToldPrivilege::ManageManagers => Privilege::ManageManagers,
        ToldPrivilege::ManageCategories => Privilege::ManageCategories,
        ToldPrivilege::ManageFaq => Privilege::ManageFaq,
        ToldPrivilege::TakeFreeTicket => Privilege::TakeFreeTicket,
        ToldPrivilege::TakeAssignedTicket => Privilege::TakeAssignedTicket,
        ToldPrivilege::AssignTicket => Privilege::AssignTicket,
        ToldPrivilege::TransferTicket => Privilege::TransferTicket,
        ToldPrivilege::RefuseTicket => Privilege::RefuseTicket,
        ToldPrivilege::ReopenAnyTicket => Privilege::ReopenAnyTicket,
        ToldPrivilege::SetOwnAvailability => Privilege::SetOwnAvailability,
    }
}
