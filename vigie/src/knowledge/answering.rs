//! What may answer already what somebody is about to ask (features L-24).

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;

use super::{Filter, Listed, store};
use crate::departments::CategoryId;
use crate::folding;

/// How many titles are compared with what somebody is about to ask.
const COMPARED: i64 = 500;
/// The shortest word that tells what something is about.
const SHORTEST_TELLING: usize = 4;

/// Published articles that may answer what somebody is about to ask: those of the category first, then those whose title has
/// words of the subject.
pub async fn answering(
    ask: &mut dyn Answers,
    actor: &Actor,
    category: Option<CategoryId>,
    subject: &str,
    most: usize,
) -> Result<Vec<Listed>, Error> {
    let mut found = vec![];
    if let Some(category) = category {
        let filter = Filter {
            category: Some(category),
            ..Filter::published()
        };
        found = store::list(ask, actor, &filter, None, most as i64).await?;
    }
    if found.len() < most && !telling(subject).is_empty() {
        let all = store::list(ask, actor, &Filter::published(), None, COMPARED).await?;
        let mut near: Vec<(usize, Listed)> = all
            .into_iter()
            .filter(|it| found.iter().all(|shown| shown.id != it.id))
            .map(|it| (shared_words(subject, &it.title), it))
            .filter(|(shared, _)| *shared > 0)
            .collect();
        near.sort_by_key(|(shared, it)| (std::cmp::Reverse(*shared), std::cmp::Reverse(it.id.0)));
        found.extend(near.into_iter().map(|(_, it)| it));
    }
    found.truncate(most);
    Ok(found)
}

/// The words that tell what a text is about.
fn telling(text: &str) -> Vec<String> {
    let mut all: Vec<String> = folding::words(text)
        .filter(|word| word.chars().count() >= SHORTEST_TELLING)
        .collect();
    all.sort();
    all.dedup();
    all
}

fn shared_words(one: &str, other: &str) -> usize {
    let other = telling(other);
    let one = telling(one);
    one.iter().filter(|word| other.contains(word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_answers_what_has_its_telling_words_whatever_their_accents() {
        let title = "Récupérer l’accès à la réunion Teams";
        assert_eq!(shared_words("REUNION teams en panne", title), 2);
        assert_eq!(
            shared_words("à la l’", title),
            0,
            "small words tell nothing"
        );
        assert_eq!(shared_words("réunion réunion", title), 1, "each once");
    }
}
