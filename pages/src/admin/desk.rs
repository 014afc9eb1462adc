//! `/admin/desk`: what the desk says of itself, and how far agents to come see.

use crate::fields::{Fault, Faults};
use crate::frame::{Frame, Section};
use askama::Template;
use words::language::Language;

/// The page.
#[derive(Template)]
#[template(path = "admin/desk.html")]
pub struct DeskPage {
    /// Surroundings.
    pub frame: Frame,
    /// Version the reader saw.
    pub version: i64,
    /// Name of the organisation, as typed.
    pub organisation: String,
    /// The word of the scope of agents to come, as chosen: `global` or `group`.
    pub default_scope: String,
    /// Whether the portal shows people the assets they have.
    pub shows_assets: bool,
    /// Whether the reader may choose the scope.
    pub may_choose_scope: bool,
    /// What was wrong, at a field or with the whole form.
    pub faults: Faults,
}

impl DeskPage {
    /// An open desk.
    #[must_use]
    pub fn sample(language: Language) -> DeskPage {
        DeskPage {
            frame: Frame {
                section: Section::Administration,
                here: "/admin/desk".to_owned(),
                ..Frame::sample(language)
            },
            version: 3,
            organisation: "§ Groupe Nordet".to_owned(),
            default_scope: "global".to_owned(),
            shows_assets: true,
            may_choose_scope: true,
            faults: Faults::default(),
        }
    }

    /// Every sentence it may say.
    #[must_use]
    pub fn sample_refused(language: Language) -> DeskPage {
        let page = DeskPage::sample(language);
        let fault = |field, key| Fault {
            field,
            text: page.frame.say(key).to_owned(),
        };
        let faults = vec![
            fault("", "admin-settings-changed"),
            fault("organisation", "fault-missing"),
            fault("default_scope", "fault-default-scope"),
        ];
        DeskPage {
            may_choose_scope: true,
            faults: Faults(faults),
            ..page
        }
    }
}
