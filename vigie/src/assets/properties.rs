//! What is said of an asset, property by property: which there are, what follows from what, and how two people's
//! changes of the same asset become one. Pure: no database, no clock.

use kit::error::Side;
use kit::stored_words;

use crate::tasks::day::Day;

stored_words! {
    /// What an asset is.
    pub enum Kind {
        /// A laptop, a desktop, a server.
        Computer = "computer",
        /// A screen.
        Screen = "screen",
        /// A telephone.
        Phone = "phone",
        /// A printer.
        Printer = "printer",
        /// A switch, an access point.
        Network = "network",
        /// A licence of software.
        Licence = "licence",
        /// Something else.
        Other = "other",
    }
}

stored_words! {
    /// Where an asset is in its life.
    pub enum State {
        /// Nobody has it, it waits.
        InStock = "in_stock",
        /// It serves, somebody or everybody.
        InUse = "in_use",
        /// It is being repaired.
        InRepair = "in_repair",
        /// It serves no more.
        Retired = "retired",
    }
}

impl State {
    /// Whether somebody can have what is in this state.
    pub const fn can_be_held(self) -> bool {
        matches!(self, State::InUse | State::InRepair)
    }
}

stored_words! {
    /// A property that changes.
    pub enum Property {
        /// What it is.
        Kind = "kind",
        /// What it is called.
        Name = "name",
        /// What is written on its label.
        Tag = "tag",
        /// Its maker's number.
        Serial = "serial",
        /// Who made it.
        Maker = "manufacturer",
        /// Of which model it is.
        Model = "model",
        /// Where it is in its life.
        State = "state",
        /// Who has it.
        Holder = "holder",
        /// Whose it is.
        Organization = "organization",
        /// Where it is.
        Site = "site",
        /// When it was bought.
        BoughtOn = "bought_on",
        /// Until when its maker answers for it.
        WarrantyUntil = "warranty_until",
        /// What staff wrote down.
        Note = "note",
    }
}

/// Everything that is said of an asset; empty texts say nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Properties {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// What is written on its label.
    pub tag: String,
    /// Its maker's number.
    pub serial: String,
    /// Who made it.
    pub maker: String,
    /// Of which model it is.
    pub model: String,
    /// Where it is in its life.
    pub state: State,
    /// The number of whoever has it.
    pub holder: Option<i64>,
    /// Name of the organisation it belongs to.
    pub organization: String,
    /// Name of the site where it is.
    pub site: String,
    /// When it was bought.
    pub bought_on: Option<Day>,
    /// Until when its maker answers for it.
    pub warranty_until: Option<Day>,
    /// What staff wrote down.
    pub note: String,
}

impl Properties {
    /// A property as a text, which is how history keeps it.
    pub fn text(&self, property: Property) -> String {
        let day = |day: Option<Day>| day.map(|it| it.to_string()).unwrap_or_default();
        match property {
            Property::Kind => self.kind.word().to_owned(),
            Property::Name => self.name.clone(),
            Property::Tag => self.tag.clone(),
            Property::Serial => self.serial.clone(),
            Property::Maker => self.maker.clone(),
            Property::Model => self.model.clone(),
            Property::State => self.state.word().to_owned(),
            Property::Holder => self.holder.map(|it| it.to_string()).unwrap_or_default(),
            Property::Organization => self.organization.clone(),
            Property::Site => self.site.clone(),
            Property::BoughtOn => day(self.bought_on),
            Property::WarrantyUntil => day(self.warranty_until),
            Property::Note => self.note.clone(),
        }
    }

    /// Puts a property as history kept it.
    pub fn put(&mut self, property: Property, text: &str) {
        let said = text.to_owned();
        match property {
            Property::Kind => self.kind = Kind::of(text).unwrap_or(self.kind),
            Property::Name => self.name = said,
            Property::Tag => self.tag = said,
            Property::Serial => self.serial = said,
            Property::Maker => self.maker = said,
            Property::Model => self.model = said,
            Property::State => self.state = State::of(text).unwrap_or(self.state),
            Property::Holder => self.holder = text.parse().ok(),
            Property::Organization => self.organization = said,
            Property::Site => self.site = said,
            Property::BoughtOn => self.bought_on = Day::parse(text),
            Property::WarrantyUntil => self.warranty_until = Day::parse(text),
            Property::Note => self.note = said,
        }
    }

    /// The properties in which two differ, in the order in which they are declared.
    pub fn differing<'a>(&'a self, other: &'a Properties) -> impl Iterator<Item = Property> + 'a {
        let all = Property::ALL.iter().copied();
        all.filter(|it| self.text(*it) != other.text(*it))
    }
}

/// What was before somebody saw it, told by what was changed since: of each property the oldest text before.
#[derive(Clone, Debug, Default)]
pub struct Since(pub Vec<(Property, String)>);

impl Since {
    /// What stood when somebody looked, of what stands now.
    pub fn before(&self, standing: &Properties) -> Properties {
        let mut seen = standing.clone();
        for (property, was) in &self.0 {
            seen.put(*property, was);
        }
        seen
    }
}

/// One change made of what stands and what somebody wants who saw an older version: what only they changed is theirs,
/// what only others changed stays the others'.
///
/// # Errors
/// What both changed, each to something else.
pub fn merged(
    standing: &Properties,
    wanted: &Properties,
    since: &Since,
) -> Result<Properties, Vec<Side>> {
    let mut out = wanted.clone();
    let mut sides = vec![];
    for (property, was) in &since.0 {
        let (theirs, yours) = (standing.text(*property), wanted.text(*property));
        if yours == *was {
            out.put(*property, &theirs);
        } else if theirs != *was && theirs != yours {
            sides.push(Side {
                field: property.word(),
                theirs,
                yours,
            });
        }
    }
    if sides.is_empty() {
        Ok(out)
    } else {
        Err(sides)
    }
}

/// Nobody has what is in stock or retired, and what somebody is given is in use: of a state and a holder that do not
/// go together, what was changed decides.
pub fn settled(standing: Option<&Properties>, mut wanted: Properties) -> Properties {
    let was = standing.and_then(|it| it.holder);
    let is_given = wanted.holder.is_some() && wanted.holder != was;
    let is_taken_back = wanted.holder.is_none() && was.is_some();
    let keeps_state = standing.is_some_and(|it| it.state == wanted.state);
    if is_given && !wanted.state.can_be_held() {
        wanted.state = State::InUse;
    } else if is_taken_back && keeps_state && wanted.state == State::InUse {
        wanted.state = State::InStock;
    } else if !wanted.state.can_be_held() {
        wanted.holder = None;
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laptop() -> Properties {
        Properties {
            kind: Kind::Computer,
            name: "ThinkPad".to_owned(),
            tag: "NB-1".to_owned(),
            serial: String::new(),
            maker: String::new(),
            model: String::new(),
            state: State::InStock,
            holder: None,
            organization: String::new(),
            site: String::new(),
            bought_on: None,
            warranty_until: None,
            note: String::new(),
        }
    }

    #[test]
    fn different_properties_are_merged_and_the_same_one_shows_both_sides() {
        let seen = laptop();
        let standing = Properties {
            model: "T14".to_owned(),
            tag: "NB-2".to_owned(),
            ..seen.clone()
        };
        let since = Since(vec![
            (Property::Model, String::new()),
            (Property::Tag, "NB-1".to_owned()),
        ]);
        let wanted = Properties {
            serial: "PF4K".to_owned(),
            ..seen.clone()
        };
        let both = Properties {
            serial: "PF4K".to_owned(),
            ..standing.clone()
        };
        assert_eq!(since.before(&standing), seen);
        assert_eq!(merged(&standing, &wanted, &since), Ok(both));
        let wanted = Properties {
            tag: "NB-3".to_owned(),
            ..seen
        };
        let sides = merged(&standing, &wanted, &since).unwrap_err();
        assert_eq!(sides.len(), 1);
        assert_eq!(
            (sides[0].field, &*sides[0].theirs, &*sides[0].yours),
            ("tag", "NB-2", "NB-3")
        );
    }

    #[test]
    fn a_change_that_others_took_back_is_nobodys() {
        let since = Since(vec![(Property::Tag, "NB-1".to_owned())]);
        let wanted = Properties {
            tag: "NB-3".to_owned(),
            ..laptop()
        };
        assert_eq!(merged(&laptop(), &wanted, &since), Ok(wanted.clone()));
    }

    #[test]
    fn nobody_has_what_is_in_stock_or_retired() {
        let stock = laptop();
        let given = Properties {
            holder: Some(7),
            ..stock.clone()
        };
        let held = settled(Some(&stock), given);
        assert_eq!((held.state, held.holder), (State::InUse, Some(7)));
        let back = Properties {
            holder: None,
            ..held.clone()
        };
        assert_eq!(settled(Some(&held), back), stock);
        for state in [State::InStock, State::Retired] {
            let put = Properties {
                state,
                ..held.clone()
            };
            let put = settled(Some(&held), put);
            assert_eq!((put.state, put.holder), (state, None));
        }
        let repaired = Properties {
            state: State::InRepair,
            ..held.clone()
        };
        assert_eq!(settled(Some(&held), repaired.clone()), repaired);
        // A printer that serves a floor is in use, and nobody's.
        let shared = Properties {
            state: State::InUse,
            ..stock
        };
        assert_eq!(settled(None, shared.clone()), shared);
    }
}
