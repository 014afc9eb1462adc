//! Placeholders of saved replies and ticket templates: a short list of names, each replaced once
//! (`words::placeholders`).

use words::placeholders;

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

/// Refuses a text with a placeholder that is not known, and names it.
pub fn check(text: &str) -> Result<(), String> {
    match placeholders::names(text).find(|name| !names().any(|known| known == *name)) {
        Some(name) => Err(name.to_owned()),
        None => Ok(()),
    }
}

/// The text with its placeholders replaced; an unknown one becomes nothing.
pub fn fill(text: &str, facts: &Facts) -> String {
    placeholders::fill(text, |name| {
        let known = KNOWN.iter().find(|(known, _)| *known == name);
        if known.is_none() {
            tracing::info!(placeholder = name, "an unknown placeholder was left out");
        }
        known.map(|(_, value)| value(facts))
    })
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
    fn every_known_name_looks_like_one() {
        assert!(
            names()
                .all(|name| placeholders::is_name(name) && check(&format!("{{{name}}}")).is_ok())
        );
    }
}
