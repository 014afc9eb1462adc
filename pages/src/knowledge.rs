//! The knowledge base: articles as staff keeps them, and as customers and passers-by read them.

pub mod reading;
mod sample;

use crate::fields::{Conflict, Faults};
use crate::frame::Frame;
use crate::pager::Pager;
use crate::tickets::Choice;
use askama::Template;
use words::language::Language;

/// For whom an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    Authenticated,
    /// Its department, and whoever is offered it.
    Department,
    /// Staff.
    Staff,
}

impl Audience {
    /// All of them, the widest first.
    pub const ALL: [Audience; 4] = [
        Audience::Public,
        Audience::Authenticated,
        Audience::Department,
        Audience::Staff,
    ];

    /// Value of the form field.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Authenticated => "authenticated",
            Audience::Department => "department",
            Audience::Staff => "staff",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Audience::Public => "knowledge-public",
            Audience::Authenticated => "knowledge-authenticated",
            Audience::Department => "knowledge-of-department",
            Audience::Staff => "knowledge-staff",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Audience::Public => "globe",
            Audience::Authenticated => "key-round",
            Audience::Department => "building-2",
            Audience::Staff => "headset",
        }
    }
}

/// Whether others read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleState {
    /// Not yet.
    Draft,
    /// They do.
    Published,
    /// No more.
    Withdrawn,
}

impl ArticleState {
    /// All of them.
    pub const ALL: [ArticleState; 3] = [
        ArticleState::Draft,
        ArticleState::Published,
        ArticleState::Withdrawn,
    ];

    /// Value of the parameter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ArticleState::Draft => "draft",
            ArticleState::Published => "published",
            ArticleState::Withdrawn => "withdrawn",
        }
    }

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            ArticleState::Draft => "knowledge-draft",
            ArticleState::Published => "knowledge-published",
            ArticleState::Withdrawn => "knowledge-withdrawn",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            ArticleState::Draft => "pencil",
            ArticleState::Published => "circle-check",
            ArticleState::Withdrawn => "eye-off",
        }
    }

    /// Tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            ArticleState::Draft => "warn",
            ArticleState::Published => "ok",
            ArticleState::Withdrawn => "line",
        }
    }
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct ArticleRow {
    /// Its number.
    pub id: i64,
    /// What it is about.
    pub title: String,
    /// How its text begins.
    pub start: String,
    /// The language it is written in.
    pub language: Language,
    /// For whom it is.
    pub audience: Audience,
    /// Its department's name.
    pub department: Option<String>,
    /// Whether others read it.
    pub state: ArticleState,
    /// Who changed it last.
    pub editor: String,
    /// When, UTC microseconds.
    pub updated_micros: i64,
    /// How often it solved something.
    pub solved: i64,
}

/// `/knowledge`.
#[derive(Template)]
#[template(path = "knowledge/list.html")]
pub struct KnowledgePage {
    /// Surroundings.
    pub frame: Frame,
    /// What was looked for.
    pub query: String,
    /// In this state alone.
    pub state: Option<ArticleState>,
    /// In this language alone.
    pub language: Option<Language>,
    /// Departments; the chosen one is selected.
    pub departments: Vec<Choice>,
    /// Categories; the chosen one is selected.
    pub categories: Vec<Choice>,
    /// Something narrows the list.
    pub is_narrowed: bool,
    /// The articles of this page.
    pub rows: Vec<ArticleRow>,
    /// The reader may write articles.
    pub may_write: bool,
    /// The next page.
    pub pager: Pager,
}

/// What an article said before.
#[derive(Clone, Debug)]
pub struct TextBefore {
    /// Who wrote it.
    pub editor: String,
    /// When, UTC microseconds.
    pub at_micros: i64,
    /// Its title then.
    pub title: String,
    /// Its Markdown then.
    pub body: String,
}

/// How often it was opened, and what that came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// Opened by customers and passers-by.
    pub views: i64,
    /// Said to have solved it.
    pub solved: i64,
    /// Said not to.
    pub unsolved: i64,
    /// In place of a ticket.
    pub deflected: i64,
}

/// `/knowledge/{id}`.
#[derive(Template)]
#[template(path = "knowledge/article.html")]
pub struct ArticlePage {
    /// Surroundings.
    pub frame: Frame,
    /// Its number.
    pub id: i64,
    /// The version that is shown.
    pub version: i64,
    /// What it is about.
    pub title: String,
    /// Its text, safe.
    pub safe_html: String,
    /// The language it is written in.
    pub language: Language,
    /// For whom it is.
    pub audience: Audience,
    /// Its department's name.
    pub department: Option<String>,
    /// Whether others read it.
    pub state: ArticleState,
    /// Who wrote it first.
    pub author: String,
    /// When, UTC microseconds.
    pub created_micros: i64,
    /// Who changed it last.
    pub editor: String,
    /// When, UTC microseconds.
    pub updated_micros: i64,
    /// When it was published last, UTC microseconds.
    pub published_micros: Option<i64>,
    /// Where its readers outside find it.
    pub address: Option<String>,
    /// The reader keeps it.
    pub may_keep: bool,
    /// The reader may say which tickets it is about.
    pub may_link: bool,
    /// What it said before, for whoever keeps it.
    pub before: Vec<TextBefore>,
    /// The categories in which it is shown, each with its department.
    pub categories: Vec<(String, String)>,
    /// The tickets it is about.
    pub tickets: Vec<(i64, String)>,
    /// The number typed in the form of tickets.
    pub typed: String,
    /// How often it was opened, and what that came to, for whoever keeps it.
    pub figures: Option<Figures>,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else changed it meanwhile: nothing was done.
    pub is_overtaken: bool,
}

/// `/knowledge/new` and `/knowledge/{id}/edit`.
#[derive(Template)]
#[template(path = "knowledge/edit.html")]
pub struct EditArticlePage {
    /// Surroundings.
    pub frame: Frame,
    /// Its number; none for a new one.
    pub id: Option<i64>,
    /// The version the form carries.
    pub version: i64,
    /// What it is about.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// The text as readers see it, safe, when it was asked for.
    pub preview: Option<String>,
    /// The language it is written in.
    pub language: Language,
    /// For whom it is.
    pub audience: Audience,
    /// For whom the reader may write.
    pub audiences: Vec<Audience>,
    /// Departments the reader may write for; the chosen one is selected.
    pub departments: Vec<Choice>,
    /// Categories by department, the chosen ones selected.
    pub categories: Vec<(String, Vec<Choice>)>,
    /// What was wrong.
    pub faults: Faults,
    /// Somebody else saved it first.
    pub conflict: Option<Conflict>,
}

impl EditArticlePage {
    /// Where the form goes.
    #[must_use]
    pub fn action(&self) -> String {
        self.id
            .map_or_else(|| "/knowledge".to_owned(), |id| format!("/knowledge/{id}"))
    }

    /// Where giving up leads.
    #[must_use]
    pub fn back(&self) -> String {
        self.action()
    }

    /// Key of its heading.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        if self.id.is_some() {
            "knowledge-edit"
        } else {
            "knowledge-new"
        }
    }

    /// The buttons of the toolbar: what each does, and its icon.
    #[must_use]
    pub fn formats(&self) -> [(&'static str, &'static str, &'static str); 6] {
        [
            ("bold", "bold", "composer-bold"),
            ("italic", "italic", "composer-italic"),
            ("list", "list", "composer-list"),
            ("link", "link", "composer-link"),
            ("quote", "quote", "composer-quote"),
            ("code", "code", "composer-code"),
        ]
    }
}

/// The preview alone, for the script of the form.
#[derive(Template)]
#[template(path = "knowledge/preview.html")]
pub struct ArticlePreview {
    /// Surroundings.
    pub frame: Frame,
    /// The text as readers see it, safe.
    pub preview: String,
}
