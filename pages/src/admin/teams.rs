//! Teams: agents of several departments, and what the team gives them in each.

use super::Level;
use super::leaving::Leaving;
use crate::fields::Faults;
use crate::frame::Frame;
use askama::Template;

/// A team in the list.
#[derive(Clone, Debug)]
pub struct TeamRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How many agents are in it.
    pub members: i64,
    /// In how many departments it gives something.
    pub departments: i64,
}

/// `GET /admin/teams`; `POST` to the same address (`name`) comes back here with faults.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/teams.html")]
pub struct TeamsPage {
    /// Surroundings.
    pub frame: Frame,
    /// Every team, by name.
    pub rows: Vec<TeamRow>,
    /// The name of a new one, as typed.
    pub name: String,
    /// What was wrong, at `name`.
    pub faults: Faults,
}

/// Somebody in a team.
#[derive(Clone, Debug)]
pub struct TeamMemberRow {
    /// Their number.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Shut out.
    pub is_disabled: bool,
}

/// A department, and what a team gives there.
#[derive(Clone, Debug)]
pub struct TeamPlaceRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// It takes tickets.
    pub is_active: bool,
    /// What the team gives as it stands; `None` is nothing.
    pub was: Option<Level>,
    /// The same, as typed.
    pub level: Option<Level>,
}

impl TeamPlaceRow {
    /// The levels to choose from, nothing first: value, key of the name, whether it is chosen.
    #[must_use]
    pub fn choices(&self) -> Vec<(&'static str, &'static str, bool)> {
        let mut all = vec![("", "teams-nothing", self.level.is_none())];
        for level in [Level::Assigned, Level::View, Level::Edit] {
            all.push((level.code(), level.key(), self.level == Some(level)));
        }
        all
    }

    /// What is typed, as the form says it.
    #[must_use]
    pub fn typed(&self) -> &'static str {
        self.level.map_or("", Level::code)
    }
}

/// `GET /admin/teams/{id}`. `POST` to the same address (`version`, `name`), to `/departments` (`version`, `level-` with
/// the number of each department), to `/members` (`version`, `person`), to `/members/{person}/removal` and to `/removal`
/// (`version`) come back here with faults, and with a question when open tickets stand in the way (`release`, `heir`).
#[derive(Clone, Debug, Template)]
#[template(path = "admin/team.html")]
pub struct TeamPage {
    /// Surroundings.
    pub frame: Frame,
    /// Its number.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// Its name, as it stands.
    pub title: String,
    /// Its name, as typed.
    pub name: String,
    /// Who is in it, by name.
    pub members: Vec<TeamMemberRow>,
    /// Every department.
    pub places: Vec<TeamPlaceRow>,
    /// Who was typed to be taken in.
    pub person: String,
    /// Open tickets in the charge of those who would handle no more, when that is why the form came back.
    pub leaving: Option<Leaving>,
    /// Where that form was sent, after the address of the team.
    pub deed: String,
    /// What was wrong, at `name`, `level`, `person` or `heir`, or with the whole form.
    pub faults: Faults,
}
