//! Leafing through people by name: what the address of such a list says, and its neighbours.

use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::PersonId;
use super::admin::search::Past;

/// What the address of a list of people says.
#[derive(Debug, Default, Deserialize)]
pub struct Leaf {
    #[serde(default)]
    q: String,
    after: Option<String>,
    before: Option<String>,
}

impl Leaf {
    /// Whom one looks for; empty for everybody.
    pub fn asked(&self) -> &str {
        self.q.trim()
    }

    /// From where the page goes on; what names nobody is the beginning.
    pub fn past(&self) -> Past {
        let person = |text: &Option<String>| text.as_deref()?.parse().ok().map(PersonId);
        match (person(&self.after), person(&self.before)) {
            (Some(id), _) => Past::After(id),
            (None, Some(id)) => Past::Before(id),
            (None, None) => Past::Start,
        }
    }

    /// The addresses of the pages beside this one, of the list at `path`: before the first person of it,
    /// and after the last, where anybody stands there.
    pub fn neighbours(
        &self,
        path: &str,
        first: Option<PersonId>,
        last: Option<PersonId>,
    ) -> (Option<String>, Option<String>) {
        let link = |word: &str, id: PersonId| {
            let address = format!("{path}?");
            let start = address.len();
            let mut href = Serializer::for_suffix(address, start);
            if !self.asked().is_empty() {
                href.append_pair("q", self.asked());
            }
            href.append_pair(word, &id.to_string()).finish()
        };
        (
            first.map(|id| link("before", id)),
            last.map(|id| link("after", id)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_keep_what_was_looked_for_and_nonsense_is_the_beginning() {
        let leaf = Leaf {
            q: " d & l ".to_owned(),
            after: Some("7".to_owned()),
            before: None,
        };
        assert_eq!(leaf.past(), Past::After(PersonId(7)));
        let (previous, next) = leaf.neighbours("/people", None, Some(PersonId(9)));
        assert_eq!(previous, None);
        assert_eq!(next.as_deref(), Some("/people?q=d+%26+l&after=9"));
        let nonsense = Leaf {
            after: Some("seven".to_owned()),
            ..Leaf::default()
        };
        assert_eq!(nonsense.past(), Past::Start);
    }
}
