//! What is kept of a ticket for searching: its words, and marks for what fields ask. Pure.
//!
//! Public words and the words of staff are told apart when they are kept, not when they are shown: a
//! ticket on which staff wrote to each other has one document with its public words and one with all
//! of them, and nobody's search looks into the one that is not theirs.

use std::fmt::Write;

use kit::clock::Moment;
use kit::db::Indexed;
use kit::{record, stored_words};

use super::analyse::{self, Stems};
use super::marks;
use crate::departments::{CategoryId, DepartmentId};
use crate::people::PersonId;
use crate::tickets::machine::State;
use crate::tickets::{Audience, TicketId};

stored_words! {
    /// Whose document it is.
    pub enum For {
        /// Everybody who sees the ticket: staff wrote nothing to each other.
        Everybody = "everybody",
        /// Those who read public words only.
        Public = "public",
        /// Those who read all words.
        Staff = "staff",
    }
}

record! {
    /// A ticket, as far as it is searched.
    #[derive(Clone, Debug)]
    pub struct Ticket {
        /// Its number.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// Where it is in its life.
        pub state: State,
        /// Its department.
        pub department_id: DepartmentId,
        /// Its category.
        pub category_id: CategoryId,
        /// Who asked.
        pub requester_id: PersonId,
        /// Their name.
        pub requester: String,
        /// Who is in charge.
        pub assignee_id: Option<PersonId>,
        /// When it was opened.
        pub created_at: Moment,
    }
}

record! {
    /// Words on a ticket, or the name of a file.
    #[derive(Clone, Debug)]
    pub struct Text {
        /// On which.
        pub ticket_id: TicketId,
        /// Who may read it.
        pub audience: Audience,
        /// The words.
        pub text: String,
    }
}

record! {
    /// Somebody on a ticket besides requester and holder.
    #[derive(Clone, Debug)]
    pub struct Participant {
        /// On which.
        pub ticket_id: TicketId,
        /// Who.
        pub person_id: PersonId,
        /// As `invitee` or `observer`.
        pub kind: String,
    }
}

record! {
    /// A word of staff on a ticket.
    #[derive(Clone, Debug)]
    pub struct Tag {
        /// On which.
        pub ticket_id: TicketId,
        /// The word.
        pub name: String,
    }
}

/// Everything of a ticket that is searched.
#[derive(Clone, Debug)]
pub struct Content {
    /// The ticket.
    pub ticket: Ticket,
    /// Its comments, oldest first.
    pub comments: Vec<Text>,
    /// The names of its files.
    pub files: Vec<Text>,
    /// Invitees and observers.
    pub participants: Vec<Participant>,
    /// Its tags, which are words of staff.
    pub tags: Vec<Tag>,
}

/// A document of the index.
#[derive(Debug)]
pub struct Document {
    /// Its row.
    pub id: i64,
    /// Whose.
    pub audience: For,
    /// The words of subject, requester and files, for ranking: see [`super::rank`].
    pub heads: String,
    /// All words and marks.
    pub indexed: Indexed,
}

/// The documents of a ticket: one, or two when staff wrote to each other or tagged it.
pub fn documents(content: &Content, stems: &mut Stems) -> Vec<Document> {
    let mut texts = content.comments.iter().chain(&content.files);
    if content.tags.is_empty() && texts.all(|t| t.audience == Audience::Public) {
        vec![document(content, For::Everybody, stems)]
    } else {
        vec![
            document(content, For::Public, stems),
            document(content, For::Staff, stems),
        ]
    }
}

fn document(content: &Content, audience: For, stems: &mut Stems) -> Document {
    let ticket = &content.ticket;
    let reads = |text: &&Text| audience != For::Public || text.audience == Audience::Public;
    let mut indexed = Indexed::default();
    let mut heads = String::new();
    add(&ticket.subject, &mut indexed, Some(&mut heads), stems);
    for word in analyse::words(&ticket.subject) {
        indexed.mark(marks::subject(stems.of(&word.folded)));
        indexed.mark(marks::subject(&word.folded));
    }
    heads.push('\n');
    add(&ticket.requester, &mut indexed, Some(&mut heads), stems);
    heads.push('\n');
    for file in content.files.iter().filter(reads) {
        add(&file.text, &mut indexed, Some(&mut heads), stems);
        heads.push_str(marks::BETWEEN);
    }
    for comment in content.comments.iter().filter(reads) {
        add(&comment.text, &mut indexed, None, stems);
    }
    if audience == For::Staff {
        for tag in &content.tags {
            add(&tag.name, &mut indexed, None, stems);
            let words = analyse::words(&tag.name).into_iter().map(|w| w.folded);
            indexed.mark(marks::tag(&words.collect::<Vec<_>>()));
        }
    }
    let id = ticket.id.0 * 2 + i64::from(audience == For::Staff);
    let has_file = content.files.iter().any(|f| reads(&f));
    let mut mark = |mark: String| indexed.mark(mark);
    mark(marks::part(marks::part_of(id)));
    for whose in match audience {
        For::Everybody => &[For::Public, For::Staff][..],
        For::Public => &[For::Public],
        For::Staff => &[For::Staff],
    } {
        mark(marks::audience(*whose));
    }
    mark(marks::number(ticket.id));
    mark(marks::state(ticket.state));
    mark(marks::department(ticket.department_id.0));
    mark(marks::category(ticket.category_id.0));
    mark(marks::requester(ticket.requester_id.0));
    mark(marks::assignee(ticket.assignee_id.map_or(0, |a| a.0)));
    for one in &content.participants {
        match one.kind.as_str() {
            "observer" => mark(marks::observer(one.person_id.0)),
            "invitee" => mark(marks::invitee(one.person_id.0)),
            // A follower sees it for another reason.
            _ => {}
        }
    }
    if has_file {
        mark(marks::file());
    }
    Document {
        id,
        audience,
        heads,
        indexed,
    }
}

/// Adds a text's words; what it holds is no part of a phrase with what comes after.
fn add(text: &str, indexed: &mut Indexed, mut heads: Option<&mut String>, stems: &mut Stems) {
    for word in analyse::words(text) {
        let stem = stems.of(&word.folded);
        indexed.word(stem);
        let is_stem = stem == word.folded;
        if let Some(heads) = heads.as_deref_mut() {
            // Writing to a String cannot fail.
            let _ = if is_stem {
                write!(heads, "{stem} ")
            } else {
                write!(heads, "{}/{stem} ", word.folded)
            };
        }
        if !is_stem {
            indexed.mark(word.folded);
        }
    }
    indexed.gap();
}
