//! Tickets brought together and taken apart: the pages that ask before a merge, a split, a follow-up, and what a
//! ticket's own page says of them.

mod sample;

use crate::form::FormField;
use crate::frame::Frame;
use crate::portal::Navigation;
use crate::tickets::{ChoiceGroup, StateView};
use askama::Template;

/// A ticket that was merged into the one shown.
#[derive(Clone, Debug)]
pub struct TakenInView {
    /// Its number.
    pub number: i64,
    /// Its subject, when the reader sees it.
    pub subject: Option<String>,
    /// Its version, from which the merge can be undone.
    pub version: i64,
    /// When, UTC microseconds.
    pub at_micros: i64,
}

/// What the page of a ticket shows of merges and follow-ups.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// The tickets merged into it.
    pub taken_in: Vec<TakenInView>,
    /// It was merged itself; into which one, when the reader sees that one.
    pub merged: Option<Option<i64>>,
    /// The reader may merge it into another.
    pub may_merge: bool,
    /// The reader may undo a merge into it.
    pub may_give_back: bool,
    /// The reader may open a ticket that follows it.
    pub may_follow_up: bool,
}

impl Joined {
    /// Whether there is anything to show at the side.
    #[must_use]
    pub fn shows(&self) -> bool {
        self.may_merge || self.may_follow_up || !self.taken_in.is_empty()
    }
}

/// The ticket that would take another in, and who would newly read what.
#[derive(Clone, Debug)]
pub struct MergeChoice {
    /// Its number.
    pub number: i64,
    /// The version the reader saw.
    pub version: i64,
    /// Its subject.
    pub subject: String,
    /// Its state.
    pub state: StateView,
    /// How many comments move.
    pub comments: i64,
    /// Who will read the words that move, one sentence each.
    pub will_read: Vec<String>,
    /// The requester of the first, if they could be let in.
    pub requester: Option<String>,
    /// The box of the requester is ticked.
    pub lets_requester_in: bool,
    /// The others who could be let in, already joined; empty for none.
    pub others: String,
    /// The box of the others is ticked.
    pub lets_others_in: bool,
}

/// `/tickets/{number}/merge`: choosing the other ticket, then confirming.
#[derive(Template)]
#[template(path = "joining/merge.html")]
pub struct MergePage {
    /// Surroundings.
    pub frame: Frame,
    /// The ticket to be merged.
    pub number: i64,
    /// The version the reader saw.
    pub version: i64,
    /// Its subject.
    pub subject: String,
    /// The other ticket as it was typed.
    pub into: FormField,
    /// The other ticket, once it is known.
    pub choice: Option<MergeChoice>,
    /// Somebody changed one of them meanwhile: what is shown now is how they stand.
    pub was_changed: bool,
}

/// `/tickets/{number}/split`: a comment becomes a ticket.
#[derive(Template)]
#[template(path = "joining/split.html")]
pub struct SplitPage {
    /// Surroundings.
    pub frame: Frame,
    /// The ticket it stands on.
    pub number: i64,
    /// The version the reader saw.
    pub version: i64,
    /// The comment.
    pub comment: i64,
    /// Who wrote it.
    pub author: String,
    /// How it begins.
    pub excerpt: String,
    /// What the new ticket is about.
    pub subject: FormField,
    /// Where it can be opened; the chosen one is selected.
    pub categories: Vec<ChoiceGroup>,
    /// What was wrong with the category.
    pub category_error: Option<String>,
    /// Who asked for the ticket it stands on.
    pub requester: String,
    /// The author is somebody else, and could be the requester.
    pub offers_author: bool,
    /// The author is chosen.
    pub is_for_author: bool,
    /// Why it cannot be split off.
    pub refused: Option<String>,
}

/// What both follow-up pages ask.
#[derive(Clone, Debug, Default)]
pub struct FollowUpForm {
    /// What the new ticket is about.
    pub subject: FormField,
    /// Its first words.
    pub body: FormField,
    /// Where it can be opened; the chosen one is selected.
    pub categories: Vec<ChoiceGroup>,
    /// What was wrong with the category.
    pub category_error: Option<String>,
    /// Makes a form sent twice count once; hidden field `once`.
    pub once: String,
}

/// `/tickets/{number}/follow-up`.
#[derive(Template)]
#[template(path = "joining/follow_up.html")]
pub struct FollowUpPage {
    /// Surroundings.
    pub frame: Frame,
    /// The ticket that is over.
    pub number: i64,
    /// The version the reader saw.
    pub version: i64,
    /// Its subject.
    pub old_subject: String,
    /// Who asked for it, and will have asked for the new one.
    pub requester: String,
    /// What is asked.
    pub form: FollowUpForm,
}

/// `/portal/tickets/{number}/follow-up`.
#[derive(Template)]
#[template(path = "joining/portal_follow_up.html")]
pub struct PortalFollowUpPage {
    /// Surroundings.
    pub frame: Frame,
    /// What the navigation shows.
    pub navigation: Navigation,
    /// The ticket that is over.
    pub number: i64,
    /// Its subject.
    pub old_subject: String,
    /// What is asked.
    pub form: FollowUpForm,
}
