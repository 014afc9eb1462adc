//! The panel beside a ticket's thread: properties, people, links, tags, and the forms that change
//! them. Each form is folded until it is wanted, and works without script.

use super::unsent::{UnsentForm, UnsentView};
use super::visibility::Visibility;
use super::{PersonChip, StateView};
use crate::equipment::BesideAsset;
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

/// Somebody on the ticket.
#[derive(Clone, Debug)]
pub struct OnTicket {
    /// Their identifier; none for an agent who is not named, whom nobody outside lets out.
    pub id: Option<i64>,
    /// They, small.
    pub person: PersonChip,
    /// Came with the department, by its rule.
    pub is_permanent: bool,
}

/// Who asked for advice, and since when.
#[derive(Clone, Debug)]
pub struct AdviceView {
    /// They, small.
    pub person: PersonChip,
    /// Since when, UTC microseconds.
    pub since_micros: i64,
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent rights, one for each form"
)]
pub struct Panel {
    /// May change what it is about.
    pub may_change_subject: bool,
    /// May change how pressing it is.
    pub may_change_priority: bool,
    /// May change who asked.
    pub may_change_requester: bool,
    /// May change which way it came in.
    pub may_change_origin: bool,
    /// Who beside its own people may look at it.
    pub visibility: Visibility,
    /// May change that.
    pub may_change_visibility: bool,
    /// Whether its category is confidential.
    pub is_confidential: bool,
    /// People outside read the department's name in place of its agents', which the reader knows.
    pub hides_agents: bool,
    /// Who was let in.
    pub invitees: Vec<OnTicket>,
    /// May invite and take an invitation back.
    pub may_invite: bool,
    /// Address and name of those whom the reader invited lately.
    pub recent: Vec<(String, String)>,
    /// The reader stands on staff's side, who know of observers.
    pub shows_observers: bool,
    /// Agents who observe.
    pub observers: Vec<OnTicket>,
    /// May observe.
    pub may_observe: bool,
    /// May make others observers, and end that.
    pub may_add_observer: bool,
    /// Assets the ticket is about.
    pub assets: Vec<BesideAsset>,
    /// What its requester has, and it is not about yet.
    pub offered_assets: Vec<BesideAsset>,
    /// Who asked for advice, while the ticket needs some.
    pub advice: Option<AdviceView>,
    /// May say that it needs advice.
    pub may_ask_advice: bool,
    /// Whether a question may go with it: an internal note.
    pub may_say_why: bool,
    /// May say that it needs none any more.
    pub may_end_advice: bool,
    /// The reader observes.
    pub is_observing: bool,
    /// The reader follows.
    pub is_following: bool,
    /// Links whose other end the reader sees.
    pub links: Vec<LinkView>,
    /// Articles that are about it, each with its number, for whoever works on it.
    pub articles: Vec<(i64, String)>,
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
    /// Forms that were typed in and not sent.
    pub unsent: Vec<UnsentForm>,
    /// Makes a message that is sent twice count once; hidden field `once`.
    pub once: String,
}

impl Panel {
    /// A field's value: as it was typed when its form was refused or not sent, else as it stands.
    #[must_use]
    pub fn value<'a>(&'a self, form: &str, field: &str, standing: &'a str) -> &'a str {
        if self.is_open(form) {
            self.typed(form, field)
        } else {
            standing
        }
    }

    /// Whether this form was refused, or typed in and not sent, and is shown open.
    #[must_use]
    pub fn is_open(&self, form: &str) -> bool {
        self.is_refused(form) || self.unsent(form).is_some()
    }

    fn is_refused(&self, form: &str) -> bool {
        !form.is_empty() && self.typed.form == form
    }

    /// What was typed in a field of this form; nothing unless it is open.
    #[must_use]
    pub fn typed(&self, form: &str, field: &str) -> &str {
        if !self.is_refused(form) {
            return self.unsent(form).map_or("", |kept| kept.text(field));
        }
        let found = self.typed.fields.iter().find(|(name, _)| *name == field);
        found.map_or("", |(_, value)| value)
    }

    /// What was typed in this form and not sent, unless it was refused just now.
    #[must_use]
    pub fn unsent(&self, form: &str) -> Option<&UnsentForm> {
        let of_it = |kept: &&UnsentForm| kept.form == form && !self.is_refused(form);
        self.unsent.iter().find(of_it)
    }

    /// The version of the ticket that a form carries: the one that was looked at when it was typed in.
    #[must_use]
    pub fn version(&self, form: &str, standing: &i64) -> i64 {
        if self.is_refused(form) {
            return self.typed(form, "version").parse().unwrap_or(*standing);
        }
        self.unsent(form).map_or(*standing, |kept| kept.seen)
    }

    /// The value that a form replaces, as it stood then.
    #[must_use]
    pub fn was<'a>(&'a self, form: &str, standing: &'a str) -> &'a str {
        let of_it = |(name, _): &&(&str, String)| *name == "was";
        if let (true, Some((_, was))) =
            (self.is_refused(form), self.typed.fields.iter().find(of_it))
        {
            return was;
        }
        self.unsent(form).map_or(standing, |kept| kept.text("was"))
    }

    /// The sentence at a field of this form.
    #[must_use]
    pub fn fault(&self, form: &str, field: &str) -> Option<&str> {
        self.is_refused(form)
            .then(|| self.typed.faults.of(field))
            .flatten()
    }
}

impl Panel {
    /// Everything there, everything allowed.
    #[must_use]
    pub fn sample() -> Panel {
        let on = |id, name| OnTicket {
            id: Some(id),
            person: PersonChip::new(name),
            is_permanent: id == 31,
        };
        Panel {
            may_change_subject: true,
            may_change_priority: true,
            may_change_requester: true,
            may_change_origin: true,
            visibility: Visibility::Intranet,
            may_change_visibility: true,
            is_confidential: false,
            hides_agents: true,
            invitees: vec![on(31, "§ Laure Castellani")],
            may_invite: true,
            recent: vec![(
                "samir@nordet.example".to_owned(),
                "§ Samir Haddad".to_owned(),
            )],
            shows_observers: true,
            observers: vec![on(12, "§ Théo Lambert"), on(14, "§ Sofia Marques")],
            advice: Some(AdviceView {
                person: PersonChip::new("§ Camille Roux"),
                since_micros: crate::frame::SAMPLE_NOW - 3_600_000_000,
            }),
            may_ask_advice: true,
            may_say_why: true,
            may_end_advice: true,
            may_observe: true,
            may_add_observer: true,
            is_observing: false,
            is_following: true,
            articles: vec![(4, "§ Se connecter au Wi-Fi".to_owned())],
            assets: BesideAsset::samples(),
            offered_assets: BesideAsset::samples(),
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
            unsent: vec![],
            once: "once-panel".to_owned(),
        }
    }

    /// Forms that were typed in and not sent stand open.
    #[must_use]
    pub fn sample_unsent() -> Panel {
        let kept = |form, fields: &[(&str, &str)]| UnsentForm {
            form,
            fields: fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            seen: 3,
            view: UnsentView::sample(),
        };
        Panel {
            unsent: vec![
                kept(
                    "subject",
                    &[("subject", "§ Écran noir"), ("was", "§ Écran")],
                ),
                kept("priority", &[("priority", "high"), ("was", "normal")]),
                kept("origin", &[("origin", "desk"), ("was", "mail")]),
                kept(
                    "visibility",
                    &[("visibility", "private"), ("was", "intranet")],
                ),
                kept(
                    "requester",
                    &[
                        ("requester", "§ Samir"),
                        ("keep", "yes"),
                        ("was", "§ Laure"),
                    ],
                ),
            ],
            ..Panel::sample()
        }
    }

    /// A form that was refused.
    #[must_use]
    pub fn sample_refused() -> Panel {
        Panel {
            links: vec![],
            articles: vec![],
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

    /// An invitation that was refused.
    #[must_use]
    pub fn sample_uninvited() -> Panel {
        Panel {
            invitees: vec![],
            recent: vec![],
            observers: vec![],
            advice: None,
            is_observing: true,
            is_following: false,
            typed: Typed {
                form: "invitees",
                fields: vec![
                    ("people", "§ laure".to_owned()),
                    ("message", "§ Bonjour".to_owned()),
                ],
                faults: Faults(vec![crate::fields::Fault {
                    field: "people",
                    text: "§ inconnue".to_owned(),
                }]),
            },
            ..Panel::sample()
        }
    }

    /// A reader who may change nothing.
    #[must_use]
    pub fn sample_read_only() -> Panel {
        Panel {
            may_change_subject: false,
            may_change_priority: false,
            may_change_requester: false,
            may_change_origin: false,
            visibility: Visibility::Private,
            may_change_visibility: false,
            is_confidential: true,
            may_invite: false,
            may_observe: false,
            may_ask_advice: false,
            may_say_why: false,
            may_end_advice: false,
            may_add_observer: false,
            may_link: false,
            may_tag: false,
            ..Panel::sample()
        }
    }
}
