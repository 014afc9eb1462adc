//! The words that are to go, and texts without them. Pure.

use letter::html;

use crate::tickets::Origin;

/// The fewest characters that are taken out: fewer stand everywhere.
pub const LEAST: usize = 2;
/// A line of a longer passage is also looked for by itself, as where somebody quoted it, unless it is
/// shorter than this.
const LEAST_LINE: usize = 6;

/// Words that are to go. They are never written down anywhere.
#[derive(Clone)]
pub struct Passage {
    /// The passage itself, then its lines; the longest first.
    variants: Vec<String>,
}

// What is to go does not go to a log.
impl std::fmt::Debug for Passage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passage")
    }
}

impl Passage {
    /// What somebody typed, without what stands around it; `None` when that is too little.
    pub fn typed(text: &str) -> Option<Passage> {
        let text = text.replace("\r\n", "\n");
        let whole = text.trim();
        if whole.chars().count() < LEAST {
            return None;
        }
        let mut variants = vec![whole.to_owned()];
        if whole.contains('\n') {
            variants.push(whole.replace('\n', "\r\n"));
            let lines = whole.lines().map(str::trim);
            let long = lines.filter(|line| line.chars().count() >= LEAST_LINE);
            variants.extend(long.map(str::to_owned));
        }
        variants.sort_by_key(|variant| std::cmp::Reverse(variant.len()));
        variants.dedup();
        Some(Passage { variants })
    }

    /// Every spelling that is looked for, the longest first.
    pub fn variants(&self) -> impl Iterator<Item = &str> {
        self.variants.iter().map(String::as_str)
    }

    /// Whether they stand in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.variants().any(|variant| text.contains(variant))
    }

    /// The text with a mark in their place; `None` when they do not stand there.
    pub fn taken_out(&self, text: &str, mark: &str) -> Option<String> {
        if !self.is_in(text) {
            return None;
        }
        let mut left = text.to_owned();
        for variant in self.variants() {
            left = left.replace(variant, mark);
        }
        Some(one_mark(&left, mark))
    }
}

/// Marks with nothing but space between them are one.
fn one_mark(text: &str, mark: &str) -> String {
    let mut parts = text.split(mark).peekable();
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        if !(part.trim().is_empty() && parts.peek().is_some()) {
            out.push_str(mark);
            out.push_str(part);
        }
    }
    out
}

/// The words of a comment with a mark in place of the passage: as they were typed, and as HTML. `None`
/// when it stands in neither.
pub fn words_without(
    passage: &Passage,
    (body, shown): (&str, &str),
    origin: Origin,
    mark: &str,
) -> Option<(String, String)> {
    let stands = |shown: &str| passage.is_in(shown) || passage.is_in(&html::to_text(shown));
    let text = passage.taken_out(body, mark);
    if text.is_none() && !stands(shown) {
        return None;
    }
    let text = text.unwrap_or_else(|| body.to_owned());
    // A letter's own HTML may say it where nobody reads it, so what is shown is made of its words.
    let plain = |text: &str| html::safe(&html::from_text(text));
    let anew = match origin {
        Origin::Email => plain(&text),
        _ => letter::markdown::to_html(&text),
    };
    if !stands(&anew) {
        return Some((text, anew));
    }
    // Typed with marks of its own in between: what is left of it is shown as it reads.
    let read = html::to_text(&anew);
    let text = passage.taken_out(&read, mark).unwrap_or(read);
    let shown = plain(&text);
    Some((text, shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = "[removed]";

    fn without(passage: &str, body: &str, origin: Origin) -> Option<(String, String)> {
        let shown = letter::markdown::to_html(body);
        let passage = Passage::typed(passage).expect("it is long enough");
        words_without(&passage, (body, &shown), origin, MARK)
    }

    #[test]
    fn what_goes_is_replaced_wherever_it_stands() {
        let (body, html) = without("hunter2", "It is hunter2, yes: hunter2.", Origin::Web)
            .expect("it stands there");
        assert_eq!(body, "It is [removed], yes: [removed].");
        assert!(
            html.contains("[removed]") && !html.contains("hunter2"),
            "{html}"
        );
        assert_eq!(without("hunter3", "It is hunter2", Origin::Web), None);
    }

    #[test]
    fn a_passage_hidden_by_its_markup_goes_too() {
        for (body, passage) in [
            ("It is hun*ter*2, yes", "hunter2"),
            ("It is hun\\_ter2, yes", "hun_ter2"),
            ("[here](https://desk.example/?key=hunter2)", "hunter2"),
            ("a & b <hunter2>", "& b <hunter2>"),
        ] {
            let (text, html) = without(passage, body, Origin::Web).expect("it stands there");
            let all = format!("{text} {html} {}", letter::html::to_text(&html));
            assert!(
                !all.contains(passage) && text.contains(MARK),
                "{body}: {all}"
            );
        }
    }

    #[test]
    fn a_letters_own_html_does_not_keep_it() {
        let passage = Passage::typed("hunter2").expect("it is long enough");
        let shown = "<p><a href=\"https://desk.example/?key=hunter2\">here</a></p>";
        let left = words_without(&passage, ("Look here", shown), Origin::Email, MARK);
        let (text, html) = left.expect("it stands there");
        assert_eq!(text, "Look here");
        assert!(!html.contains("hunter2"), "{html}");
    }

    #[test]
    fn a_key_of_many_lines_leaves_one_mark_and_goes_where_it_was_quoted() {
        let key = "BEGIN KEY\r\nAAAABBBB\r\nCCCCDDDD\r\nEND KEY";
        let passage = Passage::typed(key).expect("it is long enough");
        let said = "Here:\nBEGIN KEY\nAAAABBBB\nCCCCDDDD\nEND KEY\nThanks";
        assert_eq!(
            passage.taken_out(said, MARK).as_deref(),
            Some("Here:\n[removed]\nThanks")
        );
        let quoted = "> BEGIN KEY\n> AAAABBBB\n> CCCCDDDD\n> END KEY";
        let left = passage.taken_out(quoted, MARK).expect("it stands there");
        assert!(!left.contains("AAAA") && !left.contains("END"), "{left}");
    }

    #[test]
    fn next_to_nothing_is_no_passage() {
        assert!(Passage::typed(" \r\n a ").is_none());
        assert!(Passage::typed("ab").is_some());
    }
}
