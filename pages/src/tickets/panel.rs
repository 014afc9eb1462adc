//! The panel beside a ticket's thread: properties, people, links, tags, and the forms that change
//! them. Each form is folded until it is wanted, and works without script.

use super::StateView;
use crate::fields::Faults;

/// A form of the panel as it was sent and refused; no form when `form` is empty.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Which form: `links`, `tags` …
    pub form: &'static str,
    /// Its fields as they were typed.
    pub fields: Vec<(&'static str, String)>,
    /// What was wrong.
    pub faults: Faults,
}

/// What a linked ticket is to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationView {
    /// They have something to do with each other.
    RelatesTo,
    /// This one is a duplicate of the other.
    DuplicateOf,
    /// The other is a duplicate of this one.
    DuplicatedBy,
    /// This one follows the other.
    FollowUpOf,
    /// The other follows this one.
    FollowedBy,
}

impl RelationView {
    /// Every relation, in the order they are offered.
    pub const ALL: [RelationView; 5] = [
        RelationView::RelatesTo,
        RelationView::DuplicateOf,
        RelationView::DuplicatedBy,
        RelationView::FollowUpOf,
        RelationView::FollowedBy,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            RelationView::RelatesTo => "relates_to",
            RelationView::DuplicateOf => "duplicate_of",
            RelationView::DuplicatedBy => "duplicated_by",
            RelationView::FollowUpOf => "follow_up_of",
            RelationView::FollowedBy => "followed_by",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            RelationView::RelatesTo => "properties-relates-to",
            RelationView::DuplicateOf => "properties-duplicate-of",
            RelationView::DuplicatedBy => "properties-duplicated-by",
            RelationView::FollowUpOf => "properties-follow-up-of",
            RelationView::FollowedBy => "properties-followed-by",
        }
    }
}

/// A link to another ticket the reader sees.
#[derive(Clone, Debug)]
pub struct LinkView {
    /// The other ticket's number.
    pub number: i64,
    /// What it is to this one.
    pub relation: RelationView,
    /// Its subject.
    pub subject: String,
    /// Its state.
    pub state: StateView,
}

/// A tag on the ticket.
#[derive(Clone, Debug)]
pub struct TagView {
    /// Its identifier.
    pub id: i64,
    /// The word.
    pub name: String,
}

/// The panel.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// Links whose other end the reader sees.
    pub links: Vec<LinkView>,
    /// May link and unlink.
    pub may_link: bool,
    /// The reader stands on staff's side, who read tags.
    pub shows_tags: bool,
    /// May tag and untag.
    pub may_tag: bool,
    /// Tags.
    pub tags: Vec<TagView>,
    /// Words offered for a tag.
    pub offered_tags: Vec<String>,
    /// A form that was refused.
    pub typed: Typed,
}

impl Panel {
    /// Whether this form was refused, and is shown open.
    #[must_use]
    pub fn is_open(&self, form: &str) -> bool {
        !form.is_empty() && self.typed.form == form
    }

    /// What was typed in a field of this form; nothing unless it was refused.
    #[must_use]
    pub fn typed(&self, form: &str, field: &str) -> &str {
        if !self.is_open(form) {
            return "";
        }
        let found = self.typed.fields.iter().find(|(name, _)| *name == field);
        found.map_or("", |(_, value)| value)
    }

    /// The sentence at a field of this form.
    #[must_use]
    pub fn fault(&self, form: &str, field: &str) -> Option<&str> {
        self.is_open(form)
            .then(|| self.typed.faults.of(field))
            .flatten()
    }
}

impl Panel {
    /// Everything there, everything allowed.
    #[must_use]
    pub fn sample() -> Panel {
        Panel {
            links: vec![
                LinkView {
                    number: 4796,
                    relation: RelationView::RelatesTo,
                    subject: "§ Remplacement de la batterie".to_owned(),
                    state: StateView::InProgress,
                },
                LinkView {
                    number: 4620,
                    relation: RelationView::FollowUpOf,
                    subject: "§ Station d’accueil : plus aucune image".to_owned(),
                    state: StateView::Approved,
                },
            ],
            may_link: true,
            shows_tags: true,
            may_tag: true,
            tags: vec![
                TagView {
                    id: 3,
                    name: "§ bios-1.42".to_owned(),
                },
                TagView {
                    id: 7,
                    name: "§ nantes".to_owned(),
                },
            ],
            offered_tags: vec!["§ bios-1.42".to_owned(), "§ garantie".to_owned()],
            typed: Typed::default(),
        }
    }

    /// A form that was refused.
    #[must_use]
    pub fn sample_refused() -> Panel {
        Panel {
            links: vec![],
            tags: vec![],
            typed: Typed {
                form: "links",
                fields: vec![
                    ("other", "§ 99".to_owned()),
                    ("relation", "duplicate_of".to_owned()),
                ],
                faults: Faults(vec![crate::fields::Fault {
                    field: "other",
                    text: "§ inconnu".to_owned(),
                }]),
            },
            ..Panel::sample()
        }
    }

    /// A reader who may change nothing.
    #[must_use]
    pub fn sample_read_only() -> Panel {
        Panel {
            may_link: false,
            may_tag: false,
            ..Panel::sample()
        }
    }
}
