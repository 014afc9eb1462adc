//! A mailbox that is told of the tickets of a department, beside its agents: the list of a team, a screen in a control
//! room (features; decision 0069). A category may say another address or that nothing is told, else the one
//! above it says it, else its department. Tickets of confidential categories are told to none: nobody knows who reads there.
//!
//! Deliberately absent: what the mail says, and that it is not one too many, which `mail` knows.

pub mod api;
pub mod pages;
mod store;

use std::collections::HashMap;

use kit::authz::May;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::{record, stored_words};

use super::admin::must_match;
use super::rights::{ChangeProperties, DepartmentAdmin};
use super::{CategoryId, DepartmentId};
use crate::audit::{self, Deed, Entry, Field, Pen};

stored_words! {
    /// How much a mailbox hears.
    pub enum Alert {
        /// Nothing.
        Never = "never",
        /// That a ticket was opened.
        Creation = "creation",
        /// That one was opened, came from elsewhere, came back, or is free again.
        Release = "release",
        /// The same, and whatever happens while nobody is in charge.
        WhileFree = "while_free",
        /// Everything an agent can hear of.
        Always = "always",
    }
}

/// What is said of a mailbox at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// How much it hears; `None` is not said here.
    pub alert: Option<Alert>,
    /// Its address; empty when nothing is told.
    pub address: String,
}

impl Said {
    /// For the journal: `always desk@example.org`.
    fn text(&self) -> String {
        match self.alert {
            None => String::new(),
            Some(alert) => format!("{} {}", alert.word(), self.address)
                .trim()
                .to_owned(),
        }
    }
}

record! {
    /// A category with what it says.
    #[derive(Clone, Debug)]
    pub struct CategoryMailbox {
        /// The category.
        pub id: CategoryId,
        /// Its name.
        pub name: String,
        /// The one above.
        pub parent_id: Option<CategoryId>,
        /// The confidential category, itself or above, that holds for it.
        pub confidential_id: Option<CategoryId>,
        /// Where to.
        pub mailbox_address: Option<String>,
        /// How much.
        pub mailbox_alert: Option<String>,
    }
}

impl CategoryMailbox {
    /// What it says itself.
    pub fn said(&self) -> Said {
        said(&self.mailbox_address, &self.mailbox_alert)
    }

    /// Nothing is told of its tickets, whatever is said.
    pub fn is_confidential(&self) -> bool {
        self.confidential_id.is_some()
    }
}

/// A word that this version does not know is heard as nothing.
fn said(address: &Option<String>, alert: &Option<String>) -> Said {
    let known = |word: &str| Alert::of(word).unwrap_or(Alert::Never);
    Said {
        alert: alert.as_deref().map(known),
        address: address.clone().unwrap_or_default(),
    }
}

/// What a department says, and each of its categories.
#[derive(Clone, Debug, Default)]
pub struct Mailboxes {
    /// The department itself.
    pub own: Said,
    /// Its categories.
    pub categories: Vec<CategoryMailbox>,
}

impl Mailboxes {
    /// Whether a category is confidential, itself or by one above; one that is gone counts as if.
    pub fn is_confidential(&self, category: CategoryId) -> bool {
        let found = self.categories.iter().find(|c| c.id == category);
        found.is_none_or(CategoryMailbox::is_confidential)
    }

    /// Which mailbox hears of tickets of a category, and how much.
    pub fn at(&self, category: CategoryId) -> Option<(&str, Alert)> {
        let by_id: HashMap<_, _> = self.categories.iter().map(|c| (c.id, c)).collect();
        let mut at = by_id.get(&category);
        if at.is_none_or(|it| it.is_confidential()) {
            return None;
        }
        // As many steps as there are categories: a loop in old data ends here too.
        for _ in 0..=self.categories.len() {
            let Some(here) = at else { break };
            if let Some(alert) = here.said().alert {
                return told(here.mailbox_address.as_deref(), alert);
            }
            at = here.parent_id.and_then(|up| by_id.get(&up));
        }
        told(
            Some(self.own.address.as_str()),
            self.own.alert.unwrap_or(Alert::Never),
        )
    }
}

fn told(address: Option<&str>, alert: Alert) -> Option<(&str, Alert)> {
    let address = address.filter(|it| !it.is_empty() && alert != Alert::Never);
    address.map(|address| (address, alert))
}

/// What a department and its categories say.
pub async fn of(ask: &mut dyn Answers, department: DepartmentId) -> Result<Mailboxes, Error> {
    Ok(Mailboxes {
        own: match store::department(ask, department).await? {
            Some(own) => said(&own.mailbox_address, &own.mailbox_alert),
            None => Said::default(),
        },
        categories: store::categories(ask, department).await?,
    })
}

/// Forgets an address everywhere, for whoever is erased; how many places named it.
pub async fn forget(tx: &mut Tx, address: &str) -> Result<u64, Error> {
    store::forget(tx, address).await
}

/// Says it anew, for the department and these categories of it.
///
/// # Errors
/// `Conflict` when the department was changed meanwhile; `Invalid` at `mailbox` for an address that is none, is missing, or
/// is one that letters come to, which would open tickets about tickets; at `category` for one of another department.
pub async fn say(
    tx: &mut Tx,
    department: &May<ChangeProperties, DepartmentAdmin>,
    seen: Option<i64>,
    own: Said,
    categories: Vec<(CategoryId, Said)>,
    pen: Pen,
) -> Result<(), Error> {
    must_match(seen, department.version)?;
    let mut faults = Fields::default();
    let stands = of(tx, department.id).await?;
    let own = checked(tx, (&department.name, own), &mut faults).await?;
    let mut wanted = Vec::with_capacity(categories.len());
    for (id, said) in categories {
        match stands.categories.iter().find(|c| c.id == id) {
            Some(category) => {
                let said = checked(tx, (&category.name, said), &mut faults).await?;
                wanted.push((id, said));
            }
            None => faults.add("category", "fault-category-elsewhere", None),
        }
    }
    faults.settle()?;
    store::set_department(tx, department.id, &own).await?;
    for (id, said) in &wanted {
        store::set_category(tx, *id, said).await?;
    }
    let noted = |was: &Said, becomes: &Said| {
        Entry::change(Deed::MonitoringMailboxChanged)
            .department(department.id.0)
            .field(Field::MonitoringMailbox, &was.text(), &becomes.text())
    };
    audit::note(tx, pen, noted(&stands.own, &own)).await?;
    for standing in &stands.categories {
        if let Some((_, becomes)) = wanted.iter().find(|(id, _)| *id == standing.id) {
            let entry = noted(&standing.said(), becomes).thing(&standing.name);
            audit::note(tx, pen, entry).await?;
        }
    }
    Ok(())
}

/// What was said at a place of this name, its address as it is kept. An address that hears nothing is a mistake: whoever
/// typed it waits for mails.
async fn checked(
    ask: &mut dyn Answers,
    (place, said): (&str, Said),
    faults: &mut Fields,
) -> Result<Said, Error> {
    let typed = said.address.trim();
    let is_heard = said.alert.is_some_and(|it| it != Alert::Never);
    let mut wrong = |key, detail: &str| faults.add("mailbox", key, Some(detail.to_owned()));
    let address = match (is_heard, typed) {
        (false, "") => String::new(),
        (false, _) => {
            wrong("fault-mailbox-unheard", place);
            String::new()
        }
        (true, "") => {
            wrong("fault-mailbox-missing", place);
            String::new()
        }
        (true, typed) => {
            let address = letter::address::parse(typed).unwrap_or_default();
            let address = address.to_ascii_lowercase();
            if address.is_empty() {
                wrong("fault-mailbox-address", typed);
            } else if store::is_channel(ask, &without_plus(&address)).await? {
                wrong("fault-mailbox-ours", &address);
            }
            address
        }
    };
    Ok(Said {
        alert: said.alert,
        address,
    })
}

/// The address without what follows a plus: letters to both come to the same place.
fn without_plus(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => {
            format!("{}@{domain}", local.split('+').next().unwrap_or(local))
        }
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: i64, parent: Option<i64>, alert: Option<&str>) -> CategoryMailbox {
        CategoryMailbox {
            id: CategoryId(id),
            name: String::new(),
            parent_id: parent.map(CategoryId),
            confidential_id: None,
            mailbox_address: alert.map(|_| format!("{id}@example.org")),
            mailbox_alert: alert.map(str::to_owned),
        }
    }

    fn mailboxes(own: Option<Alert>) -> Mailboxes {
        Mailboxes {
            own: Said {
                alert: own,
                address: "own@example.org".to_owned(),
            },
            categories: vec![
                category(1, None, None),
                category(2, Some(1), Some("always")),
                category(3, Some(2), None),
                category(4, Some(2), Some("never")),
                category(5, Some(2), Some("a word of a later version")),
                CategoryMailbox {
                    confidential_id: Some(CategoryId(2)),
                    ..category(6, Some(2), Some("always"))
                },
            ],
        }
    }

    #[test]
    fn what_is_nearest_holds_and_of_what_is_confidential_nothing_is_told() {
        let told = |own, id| {
            let all = mailboxes(own);
            all.at(CategoryId(id))
                .map(|(address, alert)| format!("{} {address}", alert.word()))
        };
        let own = Some("creation own@example.org".to_owned());
        let second = Some("always 2@example.org".to_owned());
        assert_eq!(told(None, 1), None);
        assert_eq!(told(Some(Alert::Never), 1), None);
        assert_eq!(told(Some(Alert::Creation), 1), own);
        assert_eq!(told(Some(Alert::Creation), 2), second);
        assert_eq!(told(None, 3), second, "as the one above");
        assert_eq!(
            told(Some(Alert::Creation), 4),
            None,
            "nothing, whatever stands above"
        );
        assert_eq!(told(Some(Alert::Creation), 5), None);
        assert_eq!(told(Some(Alert::Creation), 6), None, "a confidence");
        assert_eq!(
            told(Some(Alert::Creation), 99),
            None,
            "a category that is gone"
        );
    }

    #[test]
    fn a_loop_in_old_data_ends() {
        let loops = Mailboxes {
            own: Said::default(),
            categories: vec![category(1, Some(2), None), category(2, Some(1), None)],
        };
        assert_eq!(loops.at(CategoryId(1)), None);
    }
}
