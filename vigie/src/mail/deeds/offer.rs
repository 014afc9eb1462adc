//! What a link in a mail says, and the proof that this desk said it. Pure.

use std::collections::BTreeSet;

use kit::clock::{Moment, Span};
use kit::stored_words;
use letter::Letter;
use letter::thread::{ThreadKey, proof, proves};

use crate::people::PersonId;
use crate::tickets::deeds::Wanted;
use crate::tickets::machine::Deed;
use crate::tickets::{EventId, TicketId};

/// How long a link works.
pub const GOOD_FOR: Span = Span::days(14);

/// What the signature is for: no code of a thread is one of a link.
const PURPOSE: &str = "mailed deed";

/// Microseconds of an hour, by which links are dated.
const HOUR: i64 = 3_600_000_000;

stored_words! {
    /// What a link does.
    pub enum MailedDeed {
        /// Agree that it is solved.
        Approve = "approve",
        /// Disagree, and say why.
        RefuseClosure = "refuse",
        /// Become the one in charge.
        Take = "take",
        /// Take, then say it is solved.
        TakeAndClose = "take_close",
        /// Take, then ask the requester for more.
        TakeAndAsk = "take_ask",
    }
}

impl MailedDeed {
    /// The deed whose right is asked for.
    #[must_use]
    pub const fn deed(self) -> Deed {
        match self {
            MailedDeed::Approve => Deed::Approve,
            MailedDeed::RefuseClosure => Deed::RefuseClosure,
            MailedDeed::Take => Deed::Take,
            MailedDeed::TakeAndClose => Deed::TakeAndClose,
            MailedDeed::TakeAndAsk => Deed::TakeAndAsk,
        }
    }

    /// What it comes to.
    pub(super) const fn wanted(self) -> Wanted {
        match self {
            MailedDeed::Approve => Wanted::Approve,
            MailedDeed::RefuseClosure => Wanted::RefuseClosure,
            MailedDeed::Take => Wanted::Take,
            MailedDeed::TakeAndClose => Wanted::TakeAndClose,
            MailedDeed::TakeAndAsk => Wanted::TakeAndAsk,
        }
    }

    /// Whether words go with it.
    #[must_use]
    pub const fn takes_words(self) -> bool {
        !matches!(self, MailedDeed::Approve | MailedDeed::Take)
    }

    /// Whether it is nothing without words.
    #[must_use]
    pub const fn needs_words(self) -> bool {
        matches!(self, MailedDeed::RefuseClosure | MailedDeed::TakeAndAsk)
    }
}

/// What a link offers: to whom, what, and from which event on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offer {
    /// Whose it is.
    pub person: PersonId,
    /// On which ticket.
    pub ticket: TicketId,
    /// What it does.
    pub deed: MailedDeed,
    /// The event that was mailed: what was decided after it ends the offer.
    pub event: EventId,
    /// Until when it works, in whole hours since 1970.
    until: i64,
}

impl Offer {
    /// An offer that works for [`GOOD_FOR`] from now on.
    #[must_use]
    pub fn new(
        person: PersonId,
        ticket: TicketId,
        deed: MailedDeed,
        event: EventId,
        now: Moment,
    ) -> Offer {
        let until = now.plus(GOOD_FOR).0 / HOUR + 1;
        Offer {
            person,
            ticket,
            deed,
            event,
            until,
        }
    }

    /// Whether a code proves that this desk offered it to this address.
    pub(super) fn is_proven_by(&self, code: &str, key: &ThreadKey, address: &str) -> bool {
        proves(key, PURPOSE, &signed(&self.says(), address), code)
    }

    /// Whether it is too old.
    pub(super) fn is_late(&self, now: Moment) -> bool {
        now.0 / HOUR >= self.until
    }

    /// The one way of writing it.
    pub(super) fn says(&self) -> String {
        format!(
            "{}.{}.{}.{}.{}",
            self.person,
            self.ticket,
            self.deed.word(),
            self.event,
            self.until
        )
    }

    /// The last part of the link's address: what it offers, and the proof that this desk offered it to this address.
    #[must_use]
    pub fn token(&self, key: &ThreadKey, address: &str) -> String {
        let says = self.says();
        let proof = proof(key, PURPOSE, &signed(&says, address));
        format!("{says}.{proof}")
    }

    /// What a token says, proven or not: whose it would be is needed to prove it.
    pub(super) fn claimed(token: &str) -> Option<(Offer, &str)> {
        let (says, code) = token.rsplit_once('.')?;
        let mut parts = says.split('.');
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (person, ticket) = (number()?, number()?);
        let deed = MailedDeed::of(parts.next()?)?;
        let mut number = || parts.next()?.parse::<i64>().ok();
        let offer = Offer {
            person: PersonId(person),
            ticket: TicketId(ticket),
            deed,
            event: EventId(number()?),
            until: number()?,
        };
        // Only the one way of writing it.
        (offer.says() == says).then_some((offer, code))
    }
}

fn signed(says: &str, address: &str) -> String {
    format!("{says} {address}")
}

/// Where a text holds what follows `/mailed/` in a link: from and to which byte.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    const WORD: &str = "mailed";
    let small = text.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = small[from..].find(WORD) {
        let end = from + at + WORD.len();
        // As an address has it, or one within another.
        let slash = match &small[end..] {
            rest if rest.starts_with('/') => 1,
            rest if rest.starts_with("%2f") => 3,
            _ => 0,
        };
        let begin = end + slash;
        let of_token = |b: &u8| b.is_ascii_alphanumeric() || matches!(*b, b'.' | b'_');
        let token: Vec<u8> = small[begin..].bytes().take_while(|b| of_token(b)).collect();
        let dots = token.iter().filter(|b| **b == b'.').count();
        from = end;
        if slash > 0 && dots >= 4 {
            from = begin + token.len();
            found.push((begin, from));
        }
    }
    found
}

/// A text without what makes such links work: an answer to a mail quotes it, and others read the answer.
#[must_use]
pub fn blinded(text: &str) -> String {
    let mut blind = String::with_capacity(text.len());
    let mut from = 0;
    for (begin, end) in tokens(text) {
        blind.push_str(&text[from..begin]);
        blind.push('…');
        from = end;
    }
    blind.push_str(&text[from..]);
    blind
}

/// The most links of one letter that are looked at: mails hold three at most, and a thread few mails.
const MOST_HELD: usize = 200;

/// The links that a letter holds, each once, with the code that would prove it: in its words, its files, and letters within
/// it, as deep as that.
pub(super) fn held_by(letter: &Letter, deep: usize) -> BTreeSet<(Offer, String)> {
    let mut held = BTreeSet::new();
    gather(letter, deep, &mut held);
    held
}

fn gather(letter: &Letter, deep: usize, held: &mut BTreeSet<(Offer, String)>) {
    let mut of_text = |text: &str| {
        for (begin, end) in tokens(text) {
            let token = text[begin..end].to_ascii_lowercase();
            if let Some((offer, code)) = Offer::claimed(token.trim_end_matches('.'))
                && held.len() < MOST_HELD
            {
                held.insert((offer, code.to_owned()));
            }
        }
    };
    of_text(&letter.text);
    of_text(letter.html.as_deref().unwrap_or_default());
    for file in &letter.attachments {
        of_text(&String::from_utf8_lossy(&file.bytes));
    }
    let letters = letter.attachments.iter();
    for file in letters.filter(|it| it.name.to_ascii_lowercase().ends_with(".eml")) {
        if deep > 0 {
            gather(&letter::parse::parse(&file.bytes), deep - 1, held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer() -> Offer {
        let (person, ticket) = (PersonId(77), TicketId(4812));
        Offer::new(
            person,
            ticket,
            MailedDeed::TakeAndAsk,
            EventId(991),
            Moment(1_795_439_280_000_000),
        )
    }

    #[test]
    fn what_quotes_a_link_is_blind() {
        let token = offer().token(&ThreadKey::new([7; 32]), "dora@nordet.example");
        for (text, shown) in [
            (
                format!("> https://desk.example/mailed/{token}\n> x"),
                "> https://desk.example/mailed/…\n> x".to_owned(),
            ),
            (
                format!("<a href=\"https://desk.example/mailed/{token}\">Prendre</a>"),
                "<a href=\"https://desk.example/mailed/…\">Prendre</a>".to_owned(),
            ),
            (
                format!(
                    "https://safe.example/?url=https%3A%2F%2Fdesk.example%2Fmailed%2F{token}&data=1"
                ),
                "https://safe.example/?url=https%3A%2F%2Fdesk.example%2Fmailed%2F…&data=1"
                    .to_owned(),
            ),
            (
                token
                    .to_uppercase()
                    .replace("77.", "https://desk.example/MAILED/77."),
                "https://desk.example/MAILED/…".to_owned(),
            ),
            (
                "I mailed/faxed it. É mailed/a.b é".to_owned(),
                "I mailed/faxed it. É mailed/a.b é".to_owned(),
            ),
            ("mailed".to_owned(), "mailed".to_owned()),
        ] {
            assert_eq!(blinded(&text), shown);
        }
    }

    #[test]
    fn a_link_is_found_in_words_in_files_and_in_letters_within_letters() {
        let token = offer().token(&ThreadKey::new([7; 32]), "dora@nordet.example");
        let link = format!("https://desk.example/mailed/{token}");
        let mail = |body: &str| {
            format!("From: a@b.example\r\nSubject: S\r\nContent-Type: text/plain\r\n\r\n{body}\r\n")
        };
        let within = |inner: &str| {
            format!(
                "From: a@b.example\r\nSubject: S\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
                 --x\r\nContent-Type: text/plain\r\n\r\nSee.\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--x--\r\n"
            )
        };
        let soft =
            "https://desk.example/mailed/".to_owned() + &token[..20] + "=\r\n" + &token[20..];
        let quoted = format!(
            "From: a@b.example\r\nSubject: S\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{soft}\r\n"
        );
        for raw in [
            mail(&link),
            within(&mail(&link)),
            within(&quoted),
            within(&within(&quoted)),
        ] {
            let held = held_by(&letter::parse::parse(raw.as_bytes()), 3);
            let says: Vec<String> = held.iter().map(|(offer, _)| offer.says()).collect();
            assert!(says.contains(&offer().says()), "{raw}");
            let proven = |(offer, code): &(Offer, String)| {
                offer.is_proven_by(code, &ThreadKey::new([7; 32]), "dora@nordet.example")
            };
            assert!(held.iter().any(proven), "{raw}");
        }
        let none = held_by(&letter::parse::parse(mail("Hello").as_bytes()), 3);
        assert!(none.is_empty());
        // However many look like one, few are looked at.
        let many: String = (0..5_000)
            .map(|n| format!("/mailed/77.{n}.take.991.498000.aa "))
            .collect();
        assert_eq!(
            held_by(&letter::parse::parse(mail(&many).as_bytes()), 3).len(),
            MOST_HELD
        );
    }

    #[test]
    fn a_token_is_read_as_it_was_written_and_in_no_other_way() {
        let key = ThreadKey::new([7; 32]);
        let token = offer().token(&key, "dora@nordet.example");
        assert!(token.starts_with("77.4812.take_ask.991."), "{token}");
        let (read, code) = Offer::claimed(&token).unwrap_or_else(|| panic!("{token}"));
        assert_eq!(read, offer());
        assert!(proves(
            &key,
            PURPOSE,
            &signed(&read.says(), "dora@nordet.example"),
            code
        ));
        // Another address, another desk, another deed.
        assert!(!proves(
            &key,
            PURPOSE,
            &signed(&read.says(), "emil@nordet.example"),
            code
        ));
        let theirs = ThreadKey::new([8; 32]);
        assert!(!proves(
            &theirs,
            PURPOSE,
            &signed(&read.says(), "dora@nordet.example"),
            code
        ));
        let wider = token.replace("take_ask", "take");
        let (wider, code) = Offer::claimed(&wider).unwrap_or_else(|| panic!("{wider}"));
        assert!(!proves(
            &key,
            PURPOSE,
            &signed(&wider.says(), "dora@nordet.example"),
            code
        ));
        for wrong in [
            "",
            ".",
            "77.4812.take_ask.991",
            "077.4812.take_ask.991.498000.aa",
            "+77.4812.take_ask.991.498000.aa",
            "77.4812.delete.991.498000.aa",
            "77.4812.take_ask.991.498000.1.aa",
            "x.4812.take_ask.991.498000.aa",
        ] {
            assert!(Offer::claimed(wrong).is_none(), "{wrong}");
        }
    }
}
