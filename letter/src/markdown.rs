//! Markdown as people type it into a reply, made into safe HTML.

use crate::html;
use comrak::{Options, markdown_to_html};

/// The most cells of a table; more is an attack, for short rows are filled up to the head's width.
const MOST_CELLS: usize = 20_000;
/// The longest text rendered as Markdown, in bytes; longer ones are shown as plain paragraphs.
pub const LONGEST: usize = 100 * 1024;
/// The most brackets, markers or columns in a row that a person writes; more is an attack.
const MOST_IN_A_ROW: usize = 100;

/// Safe HTML ([`html::safe`]) of a GitHub-flavoured Markdown text: autolinks, tables, strikethrough,
/// and line breaks where the person broke the line. HTML in the source is shown as text, images of
/// other hosts only by their alternative text. Texts too long or too tangled to render in a moment
/// are shown as they were typed.
#[must_use]
pub fn to_html(text: &str) -> String {
    if text.len() > LONGEST || is_tangled(text) || cells(text) > MOST_CELLS {
        return html::safe(&html::from_text(text));
    }
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    let rendered = crate::header::contained(|| markdown_to_html(text, &options));
    let safe = html::safe(&rendered.unwrap_or_default());
    // Link definitions alone render to nothing; what was typed is never invisible.
    if safe.trim().is_empty() {
        html::safe(&html::from_text(text))
    } else {
        safe
    }
}

/// The text of a Markdown source without its marks, for mails and for lists.
#[must_use]
pub fn to_text(text: &str) -> String {
    html::to_text(&to_html(text))
}

/// Whether a text nests so deep that rendering it could take long.
fn is_tangled(text: &str) -> bool {
    let (mut open, mut emphasis) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            '[' | '(' => open += 1,
            ']' | ')' => open = open.saturating_sub(1),
            '*' | '_' | '~' | '`' => emphasis += 1,
            '\n' => {}
            _ => {}
        }
        if open > MOST_IN_A_ROW || emphasis > 20_000 {
            return true;
        }
    }
    text.lines().any(|line| {
        let marker =
            |c: &char| matches!(c, '>' | '-' | '*' | '+' | ' ' | '\t' | '.') || c.is_ascii_digit();
        let markers = line
            .chars()
            .take_while(marker)
            .filter(|c| matches!(c, '>' | '-' | '*' | '+' | '.'));
        let markers = markers.count();
        let is_rule = line.trim().chars().all(|c| matches!(c, '-' | '*' | ' '));
        (markers > 30 && !is_rule)
            || line.matches('|').count() > MOST_IN_A_ROW
            || line.chars().take_while(|c| c.is_whitespace()).count() > 400
    })
}

/// How many cells the widest table of a text could have: the columns that a line of `|` and `-`
/// declares, on every line.
fn cells(text: &str) -> usize {
    let declares = |line: &&str| {
        line.contains('-')
            && line.contains('|')
            && line
                .chars()
                .all(|c| matches!(c, '|' | '-' | ':' | '>') || c.is_whitespace())
    };
    let columns = text.lines().filter(declares);
    let widest = columns.map(|line| line.matches('|').count() + 1).max();
    widest.unwrap_or_default() * text.lines().count()
}
