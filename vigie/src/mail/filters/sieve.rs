//! What the rules make of a letter. Pure: what is known of the letter and the rules in their order come in, what becomes of
//! it goes out.
//!
//! Rules are asked one after the other. Tags of each that holds are put on; the first that names a category or quarantines
//! decides, and none behind it is asked.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{FilterId, Outcome};
use crate::departments::CategoryId;
use crate::mail::mailboxes::MailboxId;
use crate::mail::store::ChannelId;
use crate::tickets::tags;

/// How much of a letter's words is looked at, in characters.
pub const MOST_TEXT: usize = 100_000;

/// A text as it is compared: without capitals, accents and characters that nobody sees, and with one space where there is
/// any.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        for c in c.to_lowercase() {
            match c {
                c if is_combining_mark(c) || letter::header::is_invisible(c) => {}
                '\u{200c}' | '\u{200d}' => {}
                'œ' => out.push_str("oe"),
                'æ' => out.push_str("ae"),
                'ß' => out.push_str("ss"),
                '’' => out.push('\''),
                c => out.push(c),
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A rule as it is asked. Its texts are [`plain`], its senders and the name of its header in small letters.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its row.
    pub id: FilterId,
    /// Its name.
    pub name: String,
    /// The address its letters came to; `None` for any.
    pub channel: Option<ChannelId>,
    /// The mailbox they were fetched from; `None` for any.
    pub mailbox: Option<MailboxId>,
    /// Addresses, or `@domain`: one of them wrote. Empty for anybody.
    pub senders: Vec<String>,
    /// The name of a header, and what one of that name holds; nothing, if it only has to be there.
    pub header: Option<(String, String)>,
    /// One of these stands in subject or text. Empty for any text.
    pub words: Vec<String>,
    /// Larger than so many KiB.
    pub size_over: Option<i64>,
    /// A file came with it.
    pub needs_file: bool,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The category it opens its ticket in; `None` for that of its address.
    pub category: Option<CategoryId>,
    /// What is put on the ticket.
    pub tags: Vec<String>,
}

/// What is known of a letter. Texts are [`plain`].
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The address it came to.
    pub channel: Option<ChannelId>,
    /// The mailbox it was fetched from.
    pub mailbox: Option<MailboxId>,
    /// Who wrote it, in small letters.
    pub sender: String,
    /// The headers that rules ask about: names in small letters, values.
    pub headers: Vec<(String, String)>,
    /// Its subject, and its words.
    pub texts: [String; 2],
    /// Its bytes.
    pub bytes: usize,
    /// A file came with it, other than pictures that stand in the text.
    pub has_file: bool,
}

/// Where a letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Into quarantine, by the rule of this name.
    Quarantine(String),
    /// Into this category.
    Category(CategoryId),
}

/// What the rules made of a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sieved {
    /// The rules that held, in their order.
    pub met: Vec<FilterId>,
    /// What was decided; `None` leaves it where its address says.
    pub verdict: Option<Verdict>,
    /// What is put on its ticket.
    pub tags: Vec<String>,
}

/// Asks the rules in their order.
pub fn sieve(rules: &[Rule], facts: &Facts) -> Sieved {
    let mut sieved = Sieved::default();
    for rule in rules.iter().filter(|rule| holds(rule, facts)) {
        sieved.met.push(rule.id);
        if rule.outcome == Outcome::Quarantine {
            sieved.verdict = Some(Verdict::Quarantine(rule.name.clone()));
            sieved.tags.clear();
            break;
        }
        for tag in &rule.tags {
            let stands = |known: &String| known.to_lowercase() == tag.to_lowercase();
            if sieved.tags.len() < tags::MOST && !sieved.tags.iter().any(stands) {
                sieved.tags.push(tag.clone());
            }
        }
        if let Some(category) = rule.category {
            sieved.verdict = Some(Verdict::Category(category));
            break;
        }
    }
    sieved
}

/// Whether all conditions of a rule hold.
fn holds(rule: &Rule, facts: &Facts) -> bool {
    let sent = |sender: &String| match sender.strip_prefix('@') {
        // Addresses have one @ each, so that this is the whole domain.
        Some(_) => facts.sender.ends_with(sender.as_str()),
        None => facts.sender == *sender,
    };
    let says = |words: &String| facts.texts.iter().any(|text| text.contains(words.as_str()));
    let heads = |(name, words): &(String, String)| {
        let mut values = facts.headers.iter().filter(|(known, _)| known == name);
        values.any(|(_, value)| value.contains(words.as_str()))
    };
    let is_larger = |kib: i64| facts.bytes as u64 > kib.unsigned_abs().saturating_mul(1024);
    rule.channel.is_none_or(|it| facts.channel == Some(it))
        && rule.mailbox.is_none_or(|it| facts.mailbox == Some(it))
        && (rule.senders.is_empty() || rule.senders.iter().any(sent))
        && rule.header.as_ref().is_none_or(heads)
        && (rule.words.is_empty() || rule.words.iter().any(says))
        && rule.size_over.is_none_or(is_larger)
        && (!rule.needs_file || facts.has_file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            channel: Some(ChannelId(1)),
            mailbox: Some(MailboxId(4)),
            sender: "news@shop.example".to_owned(),
            headers: vec![("x-spam".to_owned(), plain("YES, Score=7"))],
            texts: [
                plain("Soldes d’ÉTÉ"),
                plain("Jusqu'à\n  70 % de remise, cœur"),
            ],
            bytes: 3 * 1024,
            has_file: true,
        }
    }

    fn rule(id: i64) -> Rule {
        Rule {
            id: FilterId(id),
            name: format!("rule {id}"),
            channel: None,
            mailbox: None,
            senders: vec![],
            header: None,
            words: vec![],
            size_over: None,
            needs_file: false,
            outcome: Outcome::Ticket,
            category: None,
            tags: vec![],
        }
    }

    #[test]
    fn each_condition_holds_of_what_it_says_and_of_nothing_else() {
        let senders = |all: &[&str]| Rule {
            senders: all.iter().map(|it| (*it).to_owned()).collect(),
            ..rule(1)
        };
        let words = |all: &[&str]| Rule {
            words: all.iter().map(|it| plain(it)).collect(),
            ..rule(1)
        };
        let header = |name: &str, words: &str| Rule {
            header: Some((name.to_owned(), plain(words))),
            ..rule(1)
        };
        let size = |kib| Rule {
            size_over: Some(kib),
            ..rule(1)
        };
        let of = |channel, mailbox| Rule {
            channel,
            mailbox,
            ..rule(1)
        };
        let table = [
            ("no condition", rule(1), true),
            ("its address", senders(&["news@shop.example"]), true),
            ("its domain", senders(&["@shop.example"]), true),
            (
                "one of several",
                senders(&["a@b.example", "@shop.example"]),
                true,
            ),
            ("a domain above", senders(&["@example"]), false),
            ("the end of its domain", senders(&["@op.example"]), false),
            ("another address", senders(&["new@shop.example"]), false),
            ("a header that says so", header("x-spam", "yes"), true),
            ("a header that is there", header("x-spam", ""), true),
            ("a header that says else", header("x-spam", "no,"), false),
            ("a header that is not there", header("x-ham", ""), false),
            ("words of the subject", words(&["d'ete"]), true),
            ("words over a line's end", words(&["JUSQU’À 70"]), true),
            ("a ligature", words(&["coeur"]), true),
            ("one of several words", words(&["chaise", "remise"]), true),
            ("words over subject and text", words(&["ete jusqu"]), false),
            ("a pattern is a text", words(&["remi.e"]), false),
            ("larger", size(2), true),
            ("not larger", size(3), false),
            ("larger than anything", size(i64::MAX), false),
            (
                "a file",
                Rule {
                    needs_file: true,
                    ..rule(1)
                },
                true,
            ),
            ("its channel", of(Some(ChannelId(1)), None), true),
            ("another channel", of(Some(ChannelId(2)), None), false),
            ("its mailbox", of(None, Some(MailboxId(4))), true),
            ("another mailbox", of(None, Some(MailboxId(1))), false),
            (
                "all but one",
                Rule {
                    size_over: Some(9),
                    ..senders(&["@shop.example"])
                },
                false,
            ),
        ];
        for (what, rule, expected) in table {
            assert_eq!(holds(&rule, &facts()), expected, "{what}");
        }
        let bare = Facts {
            has_file: false,
            channel: None,
            ..facts()
        };
        let file = Rule {
            needs_file: true,
            ..rule(1)
        };
        assert!(!holds(&file, &bare) && !holds(&of(Some(ChannelId(1)), None), &bare));
    }

    #[test]
    fn the_first_that_decides_decides_and_tags_add_up_until_then() {
        let tags = |id, all: &[&str]| Rule {
            tags: all.iter().map(|it| (*it).to_owned()).collect(),
            ..rule(id)
        };
        let place = |id, category| Rule {
            category: Some(CategoryId(category)),
            ..tags(id, &["placed"])
        };
        let away = |id| Rule {
            outcome: Outcome::Quarantine,
            ..rule(id)
        };
        let never = Rule {
            size_over: Some(99),
            ..away(9)
        };
        let ends = |met: &[i64], verdict: Option<Verdict>, tags: &[&str]| Sieved {
            met: met.iter().map(|id| FilterId(*id)).collect(),
            verdict,
            tags: tags.iter().map(|it| (*it).to_owned()).collect(),
        };
        let quarantined = |id: i64| Some(Verdict::Quarantine(format!("rule {id}")));
        let placed = |id| Some(Verdict::Category(CategoryId(id)));
        let table = [
            ("no rule", vec![], ends(&[], None, &[])),
            (
                "one that does not hold",
                vec![never.clone()],
                ends(&[], None, &[]),
            ),
            (
                "tags alone",
                vec![tags(1, &["a", "B"]), tags(2, &["b", "c"])],
                ends(&[1, 2], None, &["a", "B", "c"]),
            ),
            (
                "a category before a quarantine",
                vec![tags(1, &["a"]), place(2, 7), away(3), tags(4, &["late"])],
                ends(&[1, 2], placed(7), &["a", "placed"]),
            ),
            (
                "a quarantine before a category",
                vec![tags(1, &["a"]), away(3), place(2, 7)],
                ends(&[1, 3], quarantined(3), &[]),
            ),
            (
                "two categories",
                vec![never, place(5, 8), place(2, 7)],
                ends(&[5], placed(8), &["placed"]),
            ),
        ];
        for (what, rules, expected) in table {
            assert_eq!(sieve(&rules, &facts()), expected, "{what}");
        }
    }

    #[test]
    fn no_letter_gets_more_tags_than_a_ticket_has_room_for() {
        let rules: Vec<Rule> = (0..5)
            .map(|n| Rule {
                tags: (0..9).map(|m| format!("tag {n} {m}")).collect(),
                ..rule(n)
            })
            .collect();
        assert_eq!(sieve(&rules, &facts()).tags.len(), tags::MOST);
    }

    #[test]
    fn what_nobody_sees_hides_no_word() {
        assert_eq!(
            plain("V\u{200b}i\u{ad}a\u{200d}gra\u{301}"),
            plain("VIAGRA")
        );
        assert_eq!(plain(" \u{a0}Été\r\n\tici "), "ete ici");
        assert_eq!(plain("\u{301}\u{200b}"), "");
    }
}
