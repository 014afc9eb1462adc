//! Placeholders in texts that people write for others to fill: `{ticket.number}`.
//!
//! Deliberately absent: paths, conditions, loops, anything that computes. A value is put as it is
//! and never looked at again, so a placeholder in a ticket's subject stays text (INJ-17, SC-25).

/// The parts of a text: plain ones, and names between braces that look like placeholders.
fn parts(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(open) = rest[from..].find('{').map(|at| from + at) {
            let inside = &rest[open + 1..];
            let name = inside.split('}').next().unwrap_or_default();
            if name.len() < inside.len() && is_name(name) {
                if open > 0 {
                    let (plain, after) = rest.split_at(open);
                    rest = after;
                    return Some((plain, None));
                }
                rest = &rest[name.len() + 2..];
                return Some(("", Some(name)));
            }
            from = open + 1;
        }
        let plain = rest;
        rest = "";
        Some((plain, None))
    })
}

/// Whether it looks like a placeholder: words of letters between dots. Other braces are text.
#[must_use]
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 60
        && name.split('.').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
        })
}

/// The names of the placeholders in a text, without braces, in its order.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    parts(text).filter_map(|(_, name)| name)
}

/// The text with its placeholders replaced by what they stand for; one that stands for nothing is left out. A value is one
/// line: it never begins a list or a heading of its own.
#[must_use]
pub fn fill<'a>(text: &str, value: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for (plain, name) in parts(text) {
        out.push_str(plain);
        let value = name.and_then(&value).unwrap_or_default();
        out.extend(value.chars().map(|c| match c {
            c if c.is_control() => ' ',
            c => c,
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_braces_are_text() {
        for text in [
            "{{7*7}}",
            "{",
            "}{",
            "a {b",
            "{ \"json\": 1 }",
            "{}",
            "{1.2}",
            "été {é}",
        ] {
            assert_eq!(names(text).count(), 0, "{text}");
            assert_eq!(fill(text, |_| Some("value")), text);
        }
        assert_eq!(fill("{{agent.name}}", |_| Some("Ben")), "{Ben}");
    }

    #[test]
    fn a_value_is_one_line_and_never_looked_at_again() {
        let value = |name: &str| (name == "a").then_some("{b}\n# {a}");
        assert_eq!(fill("{a} and {b}.", value), "{b} # {a} and .");
        assert_eq!(names("{a} and {b}.").collect::<Vec<_>>(), ["a", "b"]);
    }
}
