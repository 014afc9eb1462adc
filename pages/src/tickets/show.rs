//! `/tickets/{number}` and the page that confirms a closure without script.

use super::composer::Composer;
use super::handling::{Deeds, Waits};
use super::panel::Panel;
use super::thread::{Audience, CommentView, Show, ThreadCounts, ThreadItem};
use super::{LastActor, MayFlags, Origin, PersonChip, Priority, StateView};
use crate::frame::{Frame, TicketView};
use crate::joining::Joined;
use crate::people::MailStopped;
use crate::tasks::WorkPanel;
use askama::Template;
use words::catalogue::Arg;

/// Who asked, as the panel shows them.
#[derive(Clone, Debug)]
pub struct RequesterCard {
    /// Name and avatar.
    pub person: PersonChip,
    /// Organisation or service, and site, already joined; empty when unknown.
    pub place: String,
    /// Address.
    pub email: String,
    /// Nothing is mailed to that address: they read of nothing there.
    pub mail_stopped: Option<MailStopped>,
    /// Telephone; empty when unknown.
    pub phone: String,
    /// Other open tickets of theirs that the reader may see.
    pub other_open: i64,
    /// Their row, whose card is a page of its own.
    pub id: i64,
}

/// The reader's place in the list they came from.
#[derive(Clone, Debug)]
pub struct Place {
    /// Address of the list.
    pub list: String,
    /// Its name.
    pub name: String,
    /// Address of the ticket before this one in the list.
    pub before: Option<String>,
    /// Address of the ticket after this one.
    pub after: Option<String>,
    /// What links of this page carry on: `&list=…&at=…`.
    pub carried: String,
}

/// The ticket page.
#[derive(Template)]
#[template(path = "tickets/show.html")]
pub struct TicketPage {
    /// Surroundings.
    pub frame: Frame,
    /// Number.
    pub number: i64,
    /// Version the reader saw; every form of the page carries it.
    pub version: i64,
    /// Subject.
    pub subject: String,
    /// State.
    pub state: StateView,
    /// Priority.
    pub priority: Priority,
    /// Who touched it last.
    pub last_actor: LastActor,
    /// Opened, UTC microseconds.
    pub opened_micros: i64,
    /// Way in.
    pub origin: Origin,
    /// Who typed it, when not the requester.
    pub filed_by: Option<PersonChip>,
    /// Who asked.
    pub requester: RequesterCard,
    /// In charge.
    pub assignee: Option<PersonChip>,
    /// Department.
    pub department: String,
    /// Category.
    pub category: String,
    /// The virtual place by which it came in.
    pub came_in_by: Option<String>,
    /// An agent said that it needs advice, and the reader may know.
    pub needs_advice: bool,
    /// Invitees.
    pub invitees: Vec<PersonChip>,
    /// Which part of the thread.
    pub show: Show,
    /// Counts of the tabs.
    pub counts: ThreadCounts,
    /// The thread, oldest first, already limited to `show`.
    pub thread: Vec<ThreadItem>,
    /// What the reader may do.
    pub may: MayFlags,
    /// And what of handling it.
    pub deeds: Deeds,
    /// What it waits for, or was waiting for when its holder let go.
    pub waits: Waits,
    /// Who proposed the closure, when it waits for the reader's approval.
    pub closed_by: Option<String>,
    /// The list the reader came from.
    pub back: TicketView,
    /// The reader's place in the list they came from, when the address knows it.
    pub place: Option<Place>,
    /// Merges and follow-ups.
    pub joined: Joined,
    /// Its tasks and time, for a reader on staff's side of it.
    pub work: Option<WorkPanel>,
    /// What stands beside the thread.
    pub panel: Panel,
    /// What stands in the composer and what is on its way.
    pub composer: Composer,
    /// What others did between what its reader saw and what they changed just now.
    pub meanwhile: Vec<String>,
}

impl TicketPage {
    /// Address of the list the reader came from.
    #[must_use]
    pub fn back_href(&self) -> String {
        match &self.place {
            Some(place) => place.list.clone(),
            None => format!("/tickets?view={}", self.back.code()),
        }
    }

    /// Its name.
    #[must_use]
    pub fn back_name(&self) -> &str {
        match &self.place {
            Some(place) => &place.name,
            None => self.frame.say(self.back.key()),
        }
    }

    /// What links of this page carry on of the list.
    #[must_use]
    pub fn carried(&self) -> &str {
        self.place.as_ref().map_or("", |place| &place.carried)
    }

    /// Who proposed the closure, for the question to the requester; the desk itself when nobody is named.
    #[must_use]
    pub fn closed_by(&self) -> &str {
        self.closed_by.as_deref().unwrap_or("Vigie")
    }

    /// The reader asked for this: closing it ends it at once.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.requester.person.is_you
    }

    /// True when some button of the bar applies.
    #[must_use]
    pub fn has_actions(&self) -> bool {
        self.may.take || self.may.release || self.may.close || self.may.reopen || self.deeds.any()
    }

    /// « Prendre en charge », or « Reprendre » when a colleague is in charge.
    #[must_use]
    pub fn take_key(&self) -> &'static str {
        if self.assignee.is_some() {
            "tickets-take-over"
        } else {
            "tickets-take"
        }
    }

    /// Closing is the natural next step: the reader is in charge and may.
    #[must_use]
    pub fn closing_is_next(&self) -> bool {
        self.may.close && !self.may.take
    }

    /// Closing takes the ticket first.
    #[must_use]
    pub fn closing_takes(&self) -> bool {
        !self.may.close && self.may.take
    }

    /// What the ticket waits for, when it does.
    #[must_use]
    pub fn waiting_sentence(&self) -> Option<String> {
        let words = &self.frame.words;
        match self.waits {
            Waits::Not => None,
            Waits::Answer => Some(words.say("handling-waits-answer").to_owned()),
            Waits::Until(Some(micros)) => {
                let date = words.date(micros);
                Some(words.say_with("handling-waits-until", &[("date", Arg::from(&date))]))
            }
            Waits::Until(None) => Some(words.say("handling-waits-somebody").to_owned()),
            Waits::LeftIncomplete => Some(words.say("handling-left-incomplete").to_owned()),
            Waits::LeftPostponed => Some(words.say("handling-left-postponed").to_owned()),
        }
    }

    /// The audience first proposed.
    #[must_use]
    pub fn audience(&self) -> Audience {
        let wants_note = self.composer.draft.audience == Some(Audience::Staff);
        if !self.may.reply || (self.may.note && wants_note) {
            Audience::Staff
        } else {
            Audience::Public
        }
    }

    /// The buttons of the toolbar: what composer.js does, and its icon.
    #[must_use]
    pub fn formats(&self) -> [(&'static str, &'static str); 6] {
        [
            ("bold", "bold"),
            ("italic", "italic"),
            ("list", "list"),
            ("link", "link"),
            ("quote", "quote"),
            ("code", "code"),
        ]
    }

    /// Key of what a button of the toolbar is called.
    #[must_use]
    pub fn format_key(&self, name: &str) -> &'static str {
        match name {
            "bold" => "composer-bold",
            "italic" => "composer-italic",
            "list" => "composer-list",
            "link" => "composer-link",
            "quote" => "composer-quote",
            _ => "composer-code",
        }
    }

    /// The reader's own avatar.
    #[must_use]
    pub fn me(&self) -> PersonChip {
        let name = self.frame.person.as_ref().map_or("", |p| p.name.as_str());
        PersonChip::you(name)
    }

    /// Who reads a public reply first: the requester, or, when the reader is the requester, whoever is in charge.
    #[must_use]
    pub fn first_reader(&self) -> &str {
        if !self.is_own() {
            return &self.requester.person.name;
        }
        self.assignee
            .as_ref()
            .map_or(&self.department, |person| &person.name)
    }

    /// What the send button of a public reply says: who will read it.
    #[must_use]
    pub fn send_label(&self) -> String {
        let name = Arg::from(self.first_reader());
        let others = i64::try_from(self.invitees.len()).unwrap_or(i64::MAX);
        if others == 0 {
            self.frame
                .words
                .say_with("tickets-send-to", &[("name", name)])
        } else {
            self.frame.words.say_with(
                "tickets-send-to-all",
                &[("name", name), ("others", Arg::from(others))],
            )
        }
    }

    /// What it says once the reply goes to the requester alone.
    #[must_use]
    pub fn send_label_alone(&self) -> String {
        let name = Arg::from(self.first_reader());
        self.frame
            .words
            .say_with("tickets-send-to", &[("name", name)])
    }

    /// « Ouvert ven. 20 nov. 16:48 par e-mail, demandeur ».
    #[must_use]
    pub fn opened_sentence(&self) -> String {
        let when = self.frame.words.date_time(self.opened_micros);
        self.frame
            .words
            .say_with(self.origin.opened(), &[("when", Arg::from(&when))])
    }
}

/// `/tickets/{number}/peek`: what it is about and its last words.
#[derive(Template)]
#[template(path = "tickets/peek.html")]
pub struct PeekPage {
    /// Surroundings.
    pub frame: Frame,
    /// The ticket.
    pub ticket: TicketPage,
    /// Address of the ticket, which knows the list one came from.
    pub href: String,
}

impl PeekPage {
    /// The last words, oldest first.
    pub fn last(&self) -> impl Iterator<Item = &CommentView> {
        let words = self.ticket.thread.iter().filter_map(|item| match item {
            ThreadItem::Comment(comment) => Some(comment),
            ThreadItem::Event(_) => None,
        });
        let words: Vec<&CommentView> = words.collect();
        let from = words.len().saturating_sub(3);
        words.into_iter().skip(from)
    }

    /// A ticket of the demonstration company.
    #[must_use]
    pub fn sample(language: words::language::Language) -> PeekPage {
        PeekPage {
            frame: Frame::sample(language),
            ticket: TicketPage::sample(language),
            href: "/tickets/4812?list=view%3Dopen&at=f1.4812".to_owned(),
        }
    }
}

/// `/tickets/{number}/closure`: the confirmation as a page, for browsers without script.
#[derive(Template)]
#[template(path = "tickets/closure.html")]
pub struct ClosurePage {
    /// Surroundings.
    pub frame: Frame,
    /// Number.
    pub number: i64,
    /// Version the reader saw.
    pub version: i64,
    /// Subject.
    pub subject: String,
    /// The reader becomes the assignee by the same act.
    pub takes: bool,
    /// The reader is the requester: closed and approved at once.
    pub is_own: bool,
    /// Message typed and refused, or nothing.
    pub message: String,
}

/// Something to choose behind `/`, `@` or `#`.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// What is written into the text.
    pub value: String,
    /// The saved reply it is, whose text is fetched filled.
    pub reply: Option<i64>,
    /// What it is called.
    pub name: String,
    /// A word more.
    pub detail: String,
    /// Its icon.
    pub icon: &'static str,
}

/// The choices, for composer.js: a fragment, not a page.
#[derive(Template)]
#[template(path = "tickets/suggestions.html")]
pub struct Suggestions {
    /// At most six.
    pub items: Vec<Suggestion>,
}

/// The preview alone, for composer.js: a fragment, not a page.
#[derive(Template)]
#[template(path = "tickets/preview.html")]
pub struct PreviewFragment {
    /// Surroundings.
    pub frame: Frame,
    /// How the draft would be read.
    pub preview: super::composer::Preview,
}
