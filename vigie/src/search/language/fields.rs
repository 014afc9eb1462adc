//! The fields of the language: their names in both languages, and the values they take.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kit::clock::Moment;
use words::reader::Words;

use super::{Asked, Fields, Remark, Understood, Who, folded};
use crate::search::analyse;
use crate::tickets::machine::{Stage, State};

/// A field of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    From,
    To,
    In,
    Tag,
    State,
    Before,
    After,
    Has,
}

impl Field {
    /// By its folded name, in either language.
    pub(super) fn of(name: &str) -> Option<Field> {
        Some(match name {
            "from" | "de" | "requester" | "demandeur" => Field::From,
            "to" | "a" | "assignee" | "assigne" | "responsable" => Field::To,
            "in" | "dans" | "department" | "service" | "category" | "categorie" => Field::In,
            "tag" | "etiquette" | "mot" => Field::Tag,
            "state" | "etat" | "status" | "statut" => Field::State,
            "before" | "avant" => Field::Before,
            "after" | "apres" | "since" | "depuis" => Field::After,
            "has" | "avec" => Field::Has,
            _ => return None,
        })
    }

    /// Who asked, who works on it and what staff call it are no filter of requesters: by its answers
    /// such a filter tells addresses, names and words that their pages do not show.
    pub(super) fn is_for(self, fields: Fields) -> bool {
        match self {
            Field::From | Field::To | Field::In | Field::Tag => fields == Fields::Staff,
            Field::State | Field::Before | Field::After | Field::Has => true,
        }
    }

    pub(super) fn read(self, value: &str, reader: &Words, out: &mut Understood) -> Option<Asked> {
        let key = match self {
            Field::From => return who(value, false).map(Asked::From),
            Field::To => return who(value, true).map(Asked::To),
            Field::In => {
                let words = folded(value);
                return (!words.is_empty()).then_some(Asked::In(words));
            }
            Field::Tag => {
                let words = folded(value);
                return (!words.is_empty()).then_some(Asked::Tag(words));
            }
            Field::State => match states(value) {
                Some(states) => return Some(Asked::States(states)),
                None => "search-fault-state",
            },
            Field::Before => match day(value, reader) {
                Some(at) => return Some(Asked::Before(at)),
                None => "search-fault-date",
            },
            Field::After => match day(value, reader) {
                Some(at) => return Some(Asked::After(at)),
                None => "search-fault-date",
            },
            Field::Has => match folded(value).join(" ").as_str() {
                "attachment" | "attachments" | "file" | "files" | "piece jointe"
                | "pieces jointes" | "piece" | "pj" | "fichier" | "fichiers" => {
                    return Some(Asked::Attachment);
                }
                _ => "search-fault-has",
            },
        };
        out.faults.push(Remark {
            key,
            about: value.to_owned(),
        });
        None
    }
}

fn who(value: &str, may_be_nobody: bool) -> Option<Who> {
    let words = folded(value);
    match words.join(" ").as_str() {
        "" => None,
        "me" | "moi" => Some(Who::Me),
        "none" | "nobody" | "personne" | "aucun" if may_be_nobody => Some(Who::Nobody),
        _ => Some(Who::Named(words)),
    }
}

/// States by the words of both languages, several between commas.
fn states(value: &str) -> Option<Vec<State>> {
    let mut out = vec![];
    for one in value.split(',') {
        let word = folded(one).join(" ");
        let of = |stage: Stage| {
            let all = State::ALL.iter().copied();
            all.filter(move |s| s.stage() == stage).collect::<Vec<_>>()
        };
        out.extend(match word.as_str() {
            "open" | "ouvert" | "ouverts" => of(Stage::Open),
            "awaiting" | "attente" | "en attente" | "a approuver" => of(Stage::Awaiting),
            "ended" | "over" | "termine" | "termines" | "fini" => of(Stage::Ended),
            "archived" | "archive" | "archives" => of(Stage::Archived),
            "new" | "unassigned" | "free" | "libre" | "nouveau" => vec![State::Free],
            "in progress" | "progress" | "en cours" | "cours" => vec![State::InProgress],
            "incomplete" | "incomplet" => vec![State::Incomplete],
            "postponed" | "reporte" | "differe" => vec![State::Postponed],
            "closed" | "clos" | "cloture" => vec![State::Closed],
            "approved" | "approuve" | "accepte" => vec![State::Approved],
            "expired" | "expire" => vec![State::Expired],
            "refused" | "refuse" | "rejected" => vec![State::Refused],
            "cancelled" | "canceled" | "annule" => vec![State::Cancelled],
            other => vec![State::of(&other.replace(' ', "_"))?],
        });
    }
    (!out.is_empty()).then_some(out)
}

/// The beginning of a day, in the reader's zone: `2026-11-23`, `23/11/2026`, `today`, `7d` ago.
fn day(value: &str, reader: &Words) -> Option<Moment> {
    let value = value.trim();
    let now = Timestamp::from_microsecond(reader.now_micros).ok()?;
    let today = now.to_zoned(reader.zone.clone()).date();
    let word = analyse::fold(value);
    let ago = |text: &str| {
        text.parse::<i32>()
            .ok()
            .filter(|n| (0..=36_500).contains(n))
    };
    let back = |days: i32| today.checked_sub(i64::from(days).days()).ok();
    let date = match word.as_str() {
        "today" | "aujourdhui" | "aujourd'hui" => today,
        "yesterday" | "hier" => today.yesterday().ok()?,
        _ => match (word.strip_suffix(['d', 'j']), word.strip_suffix(['w', 's'])) {
            (Some(days), _) => back(ago(days)?)?,
            (_, Some(weeks)) => back(ago(weeks)?.checked_mul(7)?)?,
            _ => {
                let parts: Vec<&str> = value.split(['-', '/', '.']).collect();
                let [first, month, last] = parts.as_slice() else {
                    return None;
                };
                let (year, day) = if first.len() == 4 {
                    (first, last)
                } else {
                    (last, first)
                };
                if year.len() != 4 {
                    return None;
                }
                Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?
            }
        },
    };
    let start = date.to_zoned(reader.zone.clone()).ok()?.timestamp();
    Some(Moment(start.as_microsecond()))
}
