//! What programs read and write of articles.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::knowledge::{Article, InCategory, Listed};

/// An article in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleLine {
    /// Its number.
    pub id: i64,
    /// What it is about.
    pub title: String,
    /// `fr` or `en`.
    pub language: String,
    /// `public`, `authenticated`, `department` or `staff`.
    pub audience: &'static str,
    /// `draft`, `published` or `withdrawn`.
    pub state: &'static str,
    /// When it was changed last.
    pub updated_at: String,
}

/// Articles one sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleLines {
    /// They, the newest first.
    pub items: Vec<ArticleLine>,
    /// What `cursor` is for those behind; null when there is none.
    pub next: Option<String>,
}

/// An article.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleItem {
    /// Its number.
    pub id: i64,
    /// What it is about.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// `fr` or `en`.
    pub language: String,
    /// `public`, `authenticated`, `department` or `staff`.
    pub audience: &'static str,
    /// The identifier of its department.
    pub department: Option<i64>,
    /// The identifiers of the categories in which it is offered before a ticket.
    pub categories: Vec<i64>,
    /// `draft`, `published` or `withdrawn`.
    pub state: &'static str,
    /// When it was changed last.
    pub updated_at: String,
    /// When it was published last.
    pub published_at: Option<String>,
    /// What whoever keeps it reads besides; null for others.
    pub kept: Option<ArticleKept>,
    /// Grows with every change; send it back in `If-Match`.
    pub version: i64,
}

/// What whoever keeps an article reads of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleKept {
    /// The identifier of whoever wrote it first.
    pub author: i64,
    /// The identifier of whoever changed it last.
    pub editor: i64,
    /// When it was made.
    pub created_at: String,
    /// How often customers and passers-by opened it.
    pub readings: i64,
    /// How often somebody said that it solved their problem.
    pub solved: i64,
    /// How often somebody said that it did not.
    pub unsolved: i64,
    /// How often it did so in place of a ticket.
    pub deflected: i64,
}

/// An article to write; it begins as a draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArticleBody {
    /// What it is about.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// `fr`, unless `en`.
    pub language: Option<String>,
    /// `staff`, unless `public`, `authenticated` or `department`.
    pub audience: Option<String>,
    /// The department's identifier; needed for `department`.
    pub department: Option<i64>,
    /// The identifiers of the categories in which it is offered before a ticket.
    #[serde(default)]
    pub categories: Vec<i64>,
}

/// What to change of an article; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleBody {
    /// What it is about.
    pub title: Option<String>,
    /// Markdown.
    pub body: Option<String>,
    /// `fr` or `en`.
    pub language: Option<String>,
    /// `public`, `authenticated`, `department` or `staff`.
    pub audience: Option<String>,
    /// The department's identifier; 0 for none.
    pub department: Option<i64>,
    /// All the categories in which it is offered before a ticket.
    pub categories: Option<Vec<i64>>,
}

/// Which articles are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArticleQuery {
    /// Holding all of these words.
    #[serde(default)]
    pub q: String,
    /// In this state alone.
    pub state: Option<String>,
    /// In this language alone.
    pub language: Option<String>,
    /// Of this department alone.
    pub department: Option<i64>,
    /// Offered in this category alone.
    pub category: Option<i64>,
    /// 1 to 200, 50 unless given.
    pub limit: Option<i64>,
    /// Where the page before said to go on.
    pub cursor: Option<String>,
}

/// A line of a list.
pub fn line(listed: Listed) -> ArticleLine {
    ArticleLine {
        id: listed.id.0,
        title: listed.title,
        language: listed.language,
        audience: listed.audience.word(),
        state: listed.state.word(),
        updated_at: listed.updated_at.rfc3339(),
    }
}

/// A whole article; its figures for whoever keeps it.
pub fn item(article: &Article, categories: &[InCategory], is_kept: bool) -> ArticleItem {
    ArticleItem {
        id: article.id.0,
        title: article.title.clone(),
        body: article.body.clone(),
        language: article.language.clone(),
        audience: article.audience.word(),
        department: article.department_id.map(|it| it.0),
        categories: categories.iter().map(|it| it.id.0).collect(),
        state: article.state.word(),
        updated_at: article.updated_at.rfc3339(),
        published_at: article.published_at.map(|at| at.rfc3339()),
        kept: is_kept.then(|| ArticleKept {
            author: article.author_id.0,
            editor: article.editor_id.0,
            created_at: article.created_at.rfc3339(),
            readings: article.readings,
            solved: article.solved,
            unsolved: article.unsolved,
            deflected: article.deflected,
        }),
        version: article.version,
    }
}
