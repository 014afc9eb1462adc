//! Placeholders of saved replies and ticket templates: a short list of names, each replaced once.
//!
//! Deliberately absent: paths, conditions, loops, anything that computes. A value is put as it is
//! and never looked at again, so a placeholder in a ticket's subject stays text (INJ-17, SC-25).

/// What the placeholders stand for.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Who asked.
    pub requester: String,
    /// The ticket's number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Its department.
    pub department: String,
    /// Its category.
    pub category: String,
    /// Who writes.
    pub agent: String,
    /// The organisation whose desk it is.
    pub desk: String,
}

type Value = fn(&Facts) -> &str;

/// Every placeholder there is, as it is written, and what it becomes.
const KNOWN: &[(&str, Value)] = &[
    ("requester.name", |f| &f.requester),
    ("requester.first_name", |f| {
        f.requester.split_whitespace().next().unwrap_or_default()
    }),
    ("ticket.number", |f| &f.number),
    ("ticket.subject", |f| &f.subject),
    ("department.name", |f| &f.department),
    ("category.name", |f| &f.category),
    ("agent.name", |f| &f.agent),
    ("desk.name", |f| &f.desk),
];

/// The names of all placeholders, without braces.
pub fn names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(name, _)| *name)
}

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
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 60
        && name.split('.').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
        })
}

/// Refuses a text with a placeholder that is not known, and names it.
pub fn check(text: &str) -> Result<(), String> {
    for (_, name) in parts(text) {
        if let Some(name) = name
            && !names().any(|known| known == name)
        {
            return Err(name.to_owned());
        }
    }
    Ok(())
}

/// The text with its placeholders replaced; an unknown one becomes nothing.
pub fn fill(text: &str, facts: &Facts) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for (plain, name) in parts(text) {
        out.push_str(plain);
        let Some(name) = name else { continue };
        match KNOWN.iter().find(|(known, _)| *known == name) {
            // One line: a value never begins a list or a heading of its own.
            Some((_, value)) => out.extend(value(facts).chars().map(|c| match c {
                c if c.is_control() => ' ',
                c => c,
            })),
            None => tracing::info!(placeholder = name, "an unknown placeholder was left out"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            requester: "Dora Éclair".to_owned(),
            number: "12".to_owned(),
            subject: "{agent.name}\n# {{7*7}}".to_owned(),
            agent: "Ben".to_owned(),
            ..Facts::default()
        }
    }

    #[test]
    fn placeholders_are_replaced_once_and_a_value_is_never_looked_at_again() {
        let text =
            "Bonjour {requester.first_name}, n° {ticket.number} « {ticket.subject} » {agent.name}";
        assert_eq!(
            fill(text, &facts()),
            "Bonjour Dora, n° 12 « {agent.name} # {{7*7}} » Ben"
        );
    }

    #[test]
    fn a_path_nobody_allowed_is_refused_by_name_and_empty_when_it_comes_all_the_same() {
        for bad in [
            "ticket.customer.secret",
            "user.password",
            "requester",
            "constructor",
        ] {
            let text = format!("before {{{bad}}} after");
            assert_eq!(check(&text), Err(bad.to_owned()));
            assert_eq!(fill(&text, &facts()), "before  after");
        }
    }

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
            assert_eq!(check(text), Ok(()), "{text}");
            assert_eq!(fill(text, &facts()), text);
        }
        assert_eq!(fill("{{agent.name}}", &facts()), "{Ben}");
    }

    #[test]
    fn every_known_name_looks_like_one() {
        assert!(names().all(|name| is_name(name) && check(&format!("{{{name}}}")).is_ok()));
    }
}
