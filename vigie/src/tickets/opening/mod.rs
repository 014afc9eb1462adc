//! Opening a ticket with a form: what the form is filled with, and whether the same was asked
//! already. The verb itself is in `verbs.rs`.

pub mod pages;
pub mod portal;
mod store;

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::Error;
pub use store::Similar;

use crate::departments::DepartmentId;
use crate::people::PersonId;

/// The most similar tickets that are named.
const MOST: usize = 5;

/// Open tickets of the same requester, or of the department, whose subject is much the same; only
/// those the actor sees, the likest first. What the form itself opened (`once`) is not like it but it.
pub async fn similar(
    ask: &mut dyn Answers,
    actor: &Actor,
    requester: PersonId,
    department: Option<DepartmentId>,
    subject: &str,
    once: Option<&str>,
) -> Result<Vec<Similar>, Error> {
    let mut found = store::open_of_requester(ask, actor, requester, once).await?;
    if let Some(department) = department {
        for other in store::open_of_department(ask, actor, department, once).await? {
            if found.iter().all(|known| known.id != other.id) {
                found.push(other);
            }
        }
    }
    let typed = words_of(subject);
    let mut scored: Vec<(u32, Similar)> = found
        .into_iter()
        .filter_map(|ticket| {
            let score = likeness(&typed, &words_of(&ticket.subject));
            // One's own are named sooner: the same person asks twice more often than two people once.
            let enough = if ticket.requester_id == requester {
                34
            } else {
                50
            };
            (score >= enough).then_some((score, ticket))
        })
        .collect();
    scored.sort_by_key(|(score, ticket)| (std::cmp::Reverse(*score), ticket.id.0));
    Ok(scored.into_iter().take(MOST).map(|(_, t)| t).collect())
}

/// Words too common to say what a ticket is about.
const COMMON: &[&str] = &[
    "the", "and", "for", "not", "with", "les", "des", "une", "pas", "est", "sur", "dans", "pour",
    "par", "mon", "mes", "ma", "my", "de", "du", "la", "le", "un", "en", "et", "au", "ne", "a",
    "is", "in", "on", "of", "to", "i", "l", "d", "n", "plus", "que", "qui", "avec", "depuis",
    "does", "cannot", "problem", "probleme",
];

/// The words of a subject that say what it is about, without accents, each once.
fn words_of(subject: &str) -> Vec<String> {
    let mut words: Vec<String> = subject
        .to_lowercase()
        .chars()
        .map(plain)
        .collect::<String>()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !COMMON.contains(word))
        // A plural is the same thing.
        .map(|word| {
            word.strip_suffix('s')
                .filter(|w| w.len() > 3)
                .unwrap_or(word)
                .to_owned()
        })
        .collect();
    words.sort();
    words.dedup();
    words
}

fn plain(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        c => c,
    }
}

/// How alike two sets of words are: those they share in a hundred of all.
fn likeness(one: &[String], other: &[String]) -> u32 {
    let shared = one.iter().filter(|word| other.contains(word)).count();
    let all = one.len() + other.len() - shared;
    if all == 0 {
        return 0;
    }
    u32::try_from(shared * 100 / all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> u32 {
        likeness(&words_of(one), &words_of(other))
    }

    #[test]
    fn the_same_trouble_in_other_words_is_alike_and_another_one_is_not() {
        assert_eq!(alike("Écran noir au réveil", "ecrans noirs, reveil"), 100);
        assert!(
            alike(
                "The printer eats paper",
                "Printer on floor 2 eats the paper"
            ) >= 50
        );
        assert!(alike("The printer eats paper", "The printer is offline") < 50);
        assert_eq!(alike("VPN drops", "Badge refusé"), 0);
        assert_eq!(alike("", "the and de"), 0);
    }
}
