//! From rows to what the pages of the knowledge base show.

use pages::fields::{Fault, Faults};
use pages::knowledge::reading::SolutionRow;
use pages::knowledge::{ArticleRow, ArticleState, Audience as AudienceView, Figures};
use pages::tickets::Choice;
use words::language::Language;
use words::reader::Words;

use super::{Article, ArticleId, Audience, Listed, State};
use crate::departments::Place;
use crate::web::fail::fault_text;
use kit::error::{Error, Fields};

/// How much of a text a list shows, in characters.
const START: usize = 160;

/// The article that an address names.
///
/// # Errors
/// `NotFound` of what is no number: there is no such page.
pub fn number(text: &str) -> Result<ArticleId, Error> {
    text.parse().map(ArticleId).map_err(|_| Error::NotFound)
}

/// How pages name for whom an article is.
pub fn audience_view(audience: Audience) -> AudienceView {
    match audience {
        Audience::Public => AudienceView::Public,
        Audience::Authenticated => AudienceView::Authenticated,
        Audience::Department => AudienceView::Department,
        Audience::Staff => AudienceView::Staff,
    }
}

/// How pages name whether others read it.
pub fn state_view(state: State) -> ArticleState {
    match state {
        State::Draft => ArticleState::Draft,
        State::Published => ArticleState::Published,
        State::Withdrawn => ArticleState::Withdrawn,
    }
}

/// Faults as a page says them.
pub fn said(faults: &Fields, words: &Words) -> Faults {
    let said = faults.0.iter().map(|fault| Fault {
        field: fault.field,
        text: fault_text(fault, words),
    });
    Faults(said.collect())
}

/// The language of a code.
fn language(code: &str) -> Language {
    Language::parse(code).unwrap_or(Language::French)
}

/// The beginning of a text, without the signs of Markdown.
fn start(body: &str) -> String {
    let plain: String = body
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '*' | '#' | '`' | '>' | '_' | '|'))
        .collect();
    let words = plain.split_whitespace();
    let words: Vec<&str> = words.filter(|it| !it.chars().all(|c| c == '-')).collect();
    let line = words.join(" ");
    match line.char_indices().nth(START) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// A line of staff's list.
pub fn row(listed: Listed) -> ArticleRow {
    ArticleRow {
        id: listed.id.0,
        start: start(&listed.start),
        title: listed.title,
        language: language(&listed.language),
        audience: audience_view(listed.audience),
        department: listed.department,
        state: state_view(listed.state),
        editor: listed.editor,
        updated_micros: listed.updated_at.0,
        solved: listed.solved,
    }
}

/// A line of a list of solutions, which are read below this address.
pub fn solution(listed: Listed, below: &str) -> SolutionRow {
    SolutionRow {
        href: format!("{below}/{}", listed.id),
        start: start(&listed.start),
        title: listed.title,
        language: language(&listed.language),
    }
}

/// How often it was opened, and what that came to.
pub fn figures(article: &Article) -> Figures {
    Figures {
        views: article.readings,
        solved: article.solved,
        unsolved: article.unsolved,
        deflected: article.deflected,
    }
}

/// Every place by department, the chosen categories selected.
pub fn by_department(places: &[Place], chosen: &[i64]) -> Vec<(String, Vec<Choice>)> {
    let mut out: Vec<(String, Vec<Choice>)> = vec![];
    for place in places {
        let choice = Choice {
            value: place.id.to_string(),
            name: place.name.clone(),
            selected: chosen.contains(&place.id.0),
        };
        match out.last_mut() {
            Some((name, all)) if *name == place.department => all.push(choice),
            _ => out.push((place.department.clone(), vec![choice])),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_beginning_of_a_text_is_one_line_without_marks() {
        assert_eq!(
            super::start("## Étape 1\n\n- Ouvrez **Paramètres**.\n\n| a |\n|---|"),
            "Étape 1 Ouvrez Paramètres. a"
        );
        assert_eq!(super::start(&"mot ".repeat(60)).chars().count(), 160);
    }
}
