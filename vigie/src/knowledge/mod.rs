//! The knowledge base: articles, which the portal calls solutions (features P-05, X-13, L-24; decision 0067). One store, four
//! audiences, three states; every text that was replaced is kept; what they spared the desk is counted.
//!
//! Deliberately absent: comments on articles, files in them, translations tied to one another; and who read what.

mod answering;
pub mod api;
pub mod editing;
pub mod help;
pub mod pages;
pub mod readings;
pub mod rights;
mod store;
pub mod verbs;
pub mod views;

use kit::authz::{Action, Actor, May};
use kit::clock::Moment;
use kit::db::{Answers, Tx};
use kit::error::{Error, Fields};
use kit::{id, record, stored_words};
use words::language::Language;

use crate::departments::{self, CategoryId, DepartmentId, DepartmentName};
use crate::folding;
use crate::people::PersonId;
use crate::policy::{Level, Privilege};
pub use answering::answering;
use rights::{Put, Read, Shelf};

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 200;
/// The longest text, in characters.
pub const LONGEST_BODY: usize = 100_000;
/// The most categories an article is shown in.
pub const MOST_CATEGORIES: usize = 50;
/// The most words of a search that count.
const MOST_WORDS: usize = 8;

id! {
    /// An article.
    ArticleId
}

stored_words! {
    /// For whom an article is, once it is published.
    pub enum Audience {
        /// Everybody, signed in or not.
        Public = "public",
        /// Whoever is signed in.
        Authenticated = "authenticated",
        /// The members of its department, and whoever is offered it when they open a ticket.
        Department = "department",
        /// Staff.
        Staff = "staff",
    }
}

stored_words! {
    /// Whether it is read by others than those who keep it.
    pub enum State {
        /// Not yet.
        Draft = "draft",
        /// As far as its audience reaches.
        Published = "published",
        /// No more.
        Withdrawn = "withdrawn",
    }
}

record! {
    /// An article as its actor sees it.
    #[derive(Clone, Debug)]
    pub struct Article {
        /// Its row.
        pub id: ArticleId,
        /// What it is about.
        pub title: String,
        /// Markdown.
        pub body: String,
        /// Code of the language it is written in.
        pub language: String,
        /// For whom it is.
        pub audience: Audience,
        /// The department it belongs to.
        pub department_id: Option<DepartmentId>,
        /// That department's name.
        pub department: Option<String>,
        /// Whether others read it.
        pub state: State,
        /// Who wrote it first.
        pub author_id: PersonId,
        /// Their name.
        pub author: String,
        /// Who changed it last.
        pub editor_id: PersonId,
        /// Their name.
        pub editor: String,
        /// When it was made.
        pub created_at: Moment,
        /// When it was changed last.
        pub updated_at: Moment,
        /// When it was published last.
        pub published_at: Option<Moment>,
        /// How often customers and passers-by opened it.
        pub readings: i64,
        /// How often somebody said that it solved their problem.
        pub solved: i64,
        /// How often somebody said that it did not.
        pub unsolved: i64,
        /// How often it did so in place of a ticket.
        pub deflected: i64,
        /// Grows with every change.
        pub version: i64,
        /// The actor's level in its department.
        pub my_level: Option<Level>,
        /// The actor's privileges there.
        pub my_privileges: Option<String>,
    }
}

impl Article {
    /// The language it is written in.
    pub fn language(&self) -> Language {
        Language::parse(&self.language).unwrap_or(Language::French)
    }
}

record! {
    /// A line of a list of articles.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// Its row.
        pub id: ArticleId,
        /// What it is about.
        pub title: String,
        /// How its text begins.
        pub start: String,
        /// Code of its language.
        pub language: String,
        /// For whom it is.
        pub audience: Audience,
        /// Its department's name.
        pub department: Option<String>,
        /// Whether others read it.
        pub state: State,
        /// Who changed it last.
        pub editor: String,
        /// When.
        pub updated_at: Moment,
        /// How often it solved something.
        pub solved: i64,
    }
}

record! {
    /// What an article said before.
    #[derive(Clone, Debug)]
    pub struct Before {
        /// Its row.
        pub id: i64,
        /// Who wrote it.
        pub editor: String,
        /// When.
        pub written_at: Moment,
        /// Its title then.
        pub title: String,
        /// Its text then.
        pub body: String,
    }
}

record! {
    /// A category in which an article is shown.
    #[derive(Clone, Debug)]
    pub struct InCategory {
        /// Its row.
        pub id: CategoryId,
        /// Its name.
        pub name: String,
        /// Its department's name.
        pub department: String,
    }
}

record! {
    /// A ticket that an article is about.
    #[derive(Clone, Debug)]
    pub struct AboutTicket {
        /// Its number.
        pub id: i64,
        /// Its subject.
        pub subject: String,
    }
}

/// What an article is to be.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What it is about.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// The language it is written in.
    pub language: Language,
    /// The categories in which it is shown.
    pub categories: Vec<CategoryId>,
}

impl Wanted {
    fn check(&self) -> Result<(), Error> {
        let mut faults = Fields::default();
        faults.require(!self.title.trim().is_empty(), "title", "fault-missing");
        if self.title.trim().chars().count() > LONGEST_TITLE {
            faults.add("title", "fault-too-long", Some(LONGEST_TITLE.to_string()));
        }
        faults.require(!self.body.trim().is_empty(), "body", "fault-missing");
        if self.body.chars().count() > LONGEST_BODY {
            faults.add("body", "fault-too-long", Some(LONGEST_BODY.to_string()));
        }
        if self.categories.len() > MOST_CATEGORIES {
            let most = Some(MOST_CATEGORIES.to_string());
            faults.add("categories", "knowledge-fault-categories", most);
        }
        faults.settle()
    }

    /// What is looked through for words.
    fn words(&self) -> String {
        let all = folding::words(&self.title).chain(folding::words(&self.body));
        all.collect::<Vec<_>>().join(" ")
    }
}

/// What a list is narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words that all occur, folded.
    words: Vec<String>,
    /// In this state.
    pub state: Option<State>,
    /// In this language.
    pub language: Option<Language>,
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// Shown in this category.
    pub category: Option<CategoryId>,
}

impl Filter {
    /// The same, holding all words of what was typed.
    #[must_use]
    pub fn holding(mut self, typed: &str) -> Filter {
        self.words = folding::words(typed).take(MOST_WORDS).collect();
        self
    }

    /// What is published.
    pub fn published() -> Filter {
        Filter {
            state: Some(State::Published),
            ..Filter::default()
        }
    }
}

/// The articles this actor sees, the newest first, before one of them.
pub async fn list(
    ask: &mut dyn Answers,
    actor: &Actor,
    filter: &Filter,
    before: Option<ArticleId>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    store::list(ask, actor, filter, before, limit).await
}

/// Proof that the actor may do `A` to the article.
///
/// # Errors
/// `NotFound` when it is not there or not for them; `Forbidden` when it is not theirs to keep.
pub async fn find<A: Action>(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: ArticleId,
) -> Result<May<A, Article>, Error> {
    kit::authz::find(ask, actor, store::one(actor, id)).await
}

/// The same inside a change.
pub async fn find_to_change<A: Action>(
    tx: &mut Tx,
    actor: &Actor,
    id: ArticleId,
) -> Result<May<A, Article>, Error> {
    let query = store::one(actor, id).locking(tx.engine(), "a");
    kit::authz::find(tx, actor, query).await
}

/// What the article said before, the newest first; nothing for whoever does not keep it.
pub async fn before(
    ask: &mut dyn Answers,
    actor: &Actor,
    article: &May<Read, Article>,
) -> Result<Vec<Before>, Error> {
    store::before(ask, actor, article.id).await
}

/// The categories in which it is shown.
pub async fn categories_of(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: ArticleId,
) -> Result<Vec<InCategory>, Error> {
    store::categories_of(ask, actor, id).await
}

/// The tickets that it is about and that the actor works on.
pub async fn tickets_of(
    ask: &mut dyn Answers,
    actor: &Actor,
    id: ArticleId,
) -> Result<Vec<AboutTicket>, Error> {
    store::tickets_of(ask, actor, id).await
}

/// The articles that are about a ticket, for whoever works on it.
pub async fn about(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: i64,
) -> Result<Vec<Listed>, Error> {
    store::about(ask, actor, ticket).await
}

/// Proof that the actor may put an article there.
///
/// # Errors
/// `Invalid` at `department` when none is named for a department's article, or an unknown one.
pub async fn shelf(
    ask: &mut dyn Answers,
    actor: &Actor,
    audience: Audience,
    department: Option<DepartmentId>,
) -> Result<May<Put, Shelf>, Error> {
    let missing = || Error::invalid("department", "fault-department-missing");
    let mut shelf = Shelf {
        audience,
        department,
        my_level: None,
        has_privilege: false,
    };
    match department {
        Some(id) => {
            let mine = store::standing_in(ask, actor, id).await?;
            let mine = mine.ok_or_else(missing)?;
            shelf.my_level = mine.my_level;
            let privileges = mine.my_privileges.unwrap_or_default();
            shelf.has_privilege = Privilege::ManageFaq.is_in(&privileges);
        }
        None if audience == Audience::Department => return Err(missing()),
        None => {}
    }
    kit::authz::permit(actor, shelf)
}

/// For whom the actor may write, and of which departments.
pub async fn shelves(
    ask: &mut dyn Answers,
    actor: &Actor,
) -> Result<(Vec<Audience>, Vec<DepartmentName>), Error> {
    let mut mine = vec![];
    for department in departments::seen_by(ask, actor).await? {
        let may = shelf(ask, actor, Audience::Department, Some(department.id)).await;
        if may.is_ok() {
            mine.push(department);
        }
    }
    let mut audiences = vec![];
    if shelf(ask, actor, Audience::Staff, None).await.is_ok() {
        audiences.extend([Audience::Public, Audience::Authenticated, Audience::Staff]);
    }
    if !mine.is_empty() {
        audiences.insert(audiences.len().min(2), Audience::Department);
    }
    Ok((audiences, mine))
}

/// Whether the actor may write any article at all.
pub async fn may_write(ask: &mut dyn Answers, actor: &Actor) -> Result<bool, Error> {
    let (audiences, _) = shelves(ask, actor).await?;
    Ok(!audiences.is_empty())
}
