//! Mail channels.

use crate::fields::{Conflict, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// A category that a channel may open tickets in.
#[derive(Clone, Debug)]
pub struct CategoryChoice {
    /// Its identifier.
    pub id: i64,
    /// « Messagerie, Boîtes partagées ».
    pub name: String,
}

/// What the forms of a channel send, as typed.
#[derive(Clone, Debug, Default)]
pub struct ChannelForm {
    /// `address`.
    pub address: String,
    /// `name`.
    pub name: String,
    /// `category`.
    pub category: Option<i64>,
    /// `active`, a checkbox.
    pub is_active: bool,
}

/// A channel in the list, with the form that changes it.
#[derive(Clone, Debug)]
pub struct ChannelRow {
    /// Its identifier.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// Its address, as it stands.
    pub title: String,
    /// Where its letters open tickets, as it stands.
    pub place: String,
    /// The fields, as typed.
    pub form: ChannelForm,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else changed it meanwhile.
    pub conflict: Option<Conflict>,
}

impl ChannelRow {
    /// Identifier of a control of its form, unique in the page.
    #[must_use]
    pub fn control(&self, field: &str) -> String {
        format!("channel-{}-{field}", self.id)
    }

    /// Whether its form came back and has to be shown unfolded.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        !self.faults.0.is_empty() || self.conflict.is_some()
    }

    /// Its category, when the menu does not offer it any more: it may stay.
    #[must_use]
    pub fn closed_category(&self, choices: &[CategoryChoice]) -> Option<i64> {
        self.form
            .category
            .filter(|id| choices.iter().all(|choice| choice.id != *id))
    }
}

/// `GET /admin/channels`; `POST` to the same address and to `/admin/channels/{id}` comes back here with faults.
#[derive(Template)]
#[template(path = "admin/channels.html")]
pub struct ChannelsPage {
    /// Surroundings.
    pub frame: Frame,
    /// The channels, the oldest first.
    pub rows: Vec<ChannelRow>,
    /// The categories that take tickets.
    pub categories: Vec<CategoryChoice>,
    /// The new channel, as typed.
    pub new: ChannelForm,
    /// What was wrong with the new one.
    pub faults: Faults,
}

impl ChannelsPage {
    /// Two channels, one switched off.
    #[must_use]
    pub fn sample(language: Language) -> ChannelsPage {
        let row = |id, is_active| ChannelRow {
            id,
            version: 1,
            title: format!("§support{id}@nordet.example"),
            place: "§ Messagerie, Boîtes".to_owned(),
            form: ChannelForm {
                address: format!("§support{id}@nordet.example"),
                name: "§ Support Nordet".to_owned(),
                category: Some(id),
                is_active,
            },
            faults: Faults::default(),
            conflict: None,
        };
        ChannelsPage {
            frame: Frame {
                section: Section::Administration,
                here: "/admin/channels".to_owned(),
                ..Frame::sample(language)
            },
            rows: vec![row(1, true), row(2, false)],
            categories: vec![CategoryChoice {
                id: 1,
                name: "§ Messagerie, Boîtes".to_owned(),
            }],
            new: ChannelForm::default(),
            faults: Faults::default(),
        }
    }

    /// None yet, and one refused.
    #[must_use]
    pub fn sample_refused(language: Language) -> ChannelsPage {
        let page = ChannelsPage::sample(language);
        ChannelsPage {
            rows: Vec::new(),
            new: ChannelForm {
                address: "§support+x@nordet.example".to_owned(),
                ..ChannelForm::default()
            },
            faults: Faults(vec![crate::fields::Fault {
                field: "address",
                text: page.frame.say("channels-no-plus").to_owned(),
            }]),
            ..page
        }
    }
}
