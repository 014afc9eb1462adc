//! What handling a ticket asks: which deeds the bar offers, and the page of each that wants words, a
//! date, a person or a place. With script the same form opens as a dialog.

mod sample;

use super::{Choice, ChoiceGroup};
use crate::form::FormField;
use crate::frame::Frame;
use askama::Template;

/// Which of these deeds the reader may do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent rights, one for each action"
)]
pub struct Deeds {
    /// Give it to a colleague.
    pub assign: bool,
    /// Send it to another department or category.
    pub transfer: bool,
    /// Send it back to where it came from.
    pub move_back: bool,
    /// Ask the requester for more.
    pub ask: bool,
    /// Take it and ask the requester, in one.
    pub take_and_ask: bool,
    /// Put it off.
    pub postpone: bool,
    /// Bring it back.
    pub recall: bool,
    /// Turn it down.
    pub refuse: bool,
    /// Withdraw one's own request.
    pub cancel: bool,
}

impl Deeds {
    /// True when one of them is offered by the menu alone.
    #[must_use]
    pub fn has_menu(self) -> bool {
        self.move_back || self.ask || self.postpone || self.refuse || self.cancel
    }

    /// True when any of them is offered.
    #[must_use]
    pub fn any(self) -> bool {
        self.has_menu() || self.assign || self.transfer || self.recall
    }
}

/// What a ticket waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Waits {
    /// Nothing.
    #[default]
    Not,
    /// The requester's answer.
    Answer,
    /// This day, UTC microseconds, or for somebody to bring it back.
    Until(Option<i64>),
    /// Nobody holds it; whoever did had asked the requester.
    LeftIncomplete,
    /// Nobody holds it; whoever did had put it off.
    LeftPostponed,
}

/// Whether whoever sends a ticket away wants to follow it, and what they lose if not.
#[derive(Clone, Debug, Default)]
pub struct Follow {
    /// There is a place from which they would not see it.
    pub is_offered: bool,
    /// Ticked.
    pub is_ticked: bool,
    /// The department where they would lose sight of the ticket, named once it is chosen, and its
    /// identifier, which the second form sends.
    pub warning: Option<(String, i64)>,
}

/// What the form is for.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Ask the requester.
    Question {
        /// The reader becomes the assignee by the same act.
        takes: bool,
    },
    /// Turn the ticket down.
    Rejection,
    /// Withdraw one's own request.
    Cancellation,
    /// Give it to somebody.
    Assignment {
        /// Who serves the ticket's category.
        members: Vec<Choice>,
        /// Their colleagues of the department.
        others: Vec<Choice>,
        /// What was wrong with the choice.
        error: Option<String>,
    },
    /// Put it off.
    Postponement {
        /// The day it comes back, as forms write it; empty for no day.
        until: FormField,
        /// Tomorrow, as forms write it.
        earliest: String,
    },
    /// Send it elsewhere.
    Transfer {
        /// Departments with their categories.
        places: Vec<ChoiceGroup>,
        /// What was wrong with the choice.
        error: Option<String>,
        /// Whether the sender follows it.
        follow: Follow,
    },
    /// Send it back.
    Return {
        /// The department it came from.
        department: String,
        /// The category it came from.
        category: String,
        /// Why it cannot go there.
        error: Option<String>,
        /// Whether the sender follows it.
        follow: Follow,
    },
}

/// What a form says of itself: its address and the keys of its sentences.
struct Wording {
    noun: &'static str,
    title: &'static str,
    explained: &'static str,
    message: &'static str,
    submit: &'static str,
    icon: &'static str,
}

impl Asked {
    fn wording(&self) -> Wording {
        match self {
            Asked::Question { takes } => Wording {
                noun: if *takes {
                    "assignment/question"
                } else {
                    "question"
                },
                title: "handling-question-title",
                explained: "handling-question-explained",
                message: "handling-question-message",
                submit: "handling-question-submit",
                icon: "circle-help",
            },
            Asked::Rejection => Wording {
                noun: "rejection",
                title: "handling-rejection-title",
                explained: "handling-rejection-explained",
                message: "handling-rejection-message",
                submit: "handling-rejection-submit",
                icon: "circle-x",
            },
            Asked::Cancellation => Wording {
                noun: "cancellation",
                title: "handling-cancellation-title",
                explained: "handling-cancellation-explained",
                message: "handling-cancellation-message",
                submit: "handling-cancellation-submit",
                icon: "circle-x",
            },
            Asked::Assignment { .. } => Wording {
                noun: "assignee",
                title: "handling-assignment-title",
                explained: "handling-assignment-explained",
                message: "handling-assignment-message",
                submit: "handling-assignment-submit",
                icon: "user-plus",
            },
            Asked::Postponement { .. } => Wording {
                noun: "postponement",
                title: "handling-postponement-title",
                explained: "handling-postponement-explained",
                message: "handling-postponement-message",
                submit: "handling-postponement-submit",
                icon: "clock",
            },
            Asked::Transfer { .. } => Wording {
                noun: "transfer",
                title: "handling-transfer-title",
                explained: "handling-transfer-explained",
                message: "handling-transfer-message",
                submit: "handling-transfer-submit",
                icon: "arrow-right-left",
            },
            Asked::Return { .. } => Wording {
                noun: "return",
                title: "handling-return-title",
                explained: "handling-return-explained",
                message: "handling-transfer-message",
                submit: "handling-return-submit",
                icon: "undo-2",
            },
        }
    }

    /// The last part of its address.
    #[must_use]
    pub fn noun(&self) -> &'static str {
        self.wording().noun
    }

    /// Key of the heading, which names the ticket's number.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.wording().title
    }

    /// Key of what will happen.
    #[must_use]
    pub fn explained(&self) -> &'static str {
        self.wording().explained
    }

    /// Key of the name of the message.
    #[must_use]
    pub fn message(&self) -> &'static str {
        self.wording().message
    }

    /// Key of the button that does it.
    #[must_use]
    pub fn submit(&self) -> &'static str {
        self.wording().submit
    }

    /// Its icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        self.wording().icon
    }

    /// Whether nothing can be done without a message.
    #[must_use]
    pub fn wants_message(&self) -> bool {
        matches!(self, Asked::Question { .. })
    }

    /// Key of the button that leaves everything as it is.
    #[must_use]
    pub fn keep(&self) -> &'static str {
        match self {
            // « Annuler » beside « Annuler la demande » would be a trap.
            Asked::Cancellation => "common-back",
            _ => "common-cancel",
        }
    }

    /// Whether the ticket ends by it.
    #[must_use]
    pub fn is_grave(&self) -> bool {
        matches!(self, Asked::Rejection | Asked::Cancellation)
    }

    /// Whether there is nobody or nowhere to choose.
    #[must_use]
    pub fn is_impossible(&self) -> bool {
        match self {
            Asked::Assignment {
                members, others, ..
            } => members.is_empty() && others.is_empty(),
            Asked::Transfer { places, .. } => places.is_empty(),
            _ => false,
        }
    }
}

/// `GET /tickets/{number}/question` and its like.
#[derive(Template)]
#[template(path = "tickets/handling/deed.html")]
pub struct DeedPage {
    /// Surroundings.
    pub frame: Frame,
    /// The ticket's number.
    pub number: i64,
    /// Version the reader saw.
    pub version: i64,
    /// Its subject.
    pub subject: String,
    /// What is asked.
    pub asked: Asked,
    /// The message typed so far.
    pub message: FormField,
    /// Makes a form sent twice count once.
    pub once: String,
}
