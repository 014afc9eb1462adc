//! What a letter is allowed to be, from what it proves. Pure: the database is asked by `intake`.
//!
//! The rules, in order:
//! 1. Our own mail come back never becomes anything: held.
//! 2. A bounce concerns a mail of ours only if it returns an identifier we made; else it is held. One of a mail of which it
//!    was not known yet is never too many.
//! 3. More than ten letters of machines from one address within an hour: held.
//! 4. A letter nobody can read, or without one sure sender, opens a ticket for nobody in particular,
//!    with the whole letter as a file, and stays listed as unreadable. It never joins a ticket.
//! 5. A letter that does not come from the domain of its author (`identity`) speaks for nobody: it opens such a ticket too, whatever
//!    token it holds, or is held where a machine's would be.
//! 6. A letter with a token joins its ticket, if its sender may speak there (`intake`).
//! 7. A letter of a machine without a token: lists and programs open a ticket that is not
//!    acknowledged; absence notices and receipts are held.
//! 8. Everything else opens a ticket.
//!
//! What would open one, by rule 4, 5, 7 or 8, and proves no thread is shown to the filter rules first.

use kit::stored_words;
use letter::classify::Automatic;
use letter::complaint::Complaint;
use letter::thread::Thread;

use super::identity::Verdict;

stored_words! {
    /// Why a letter is where it is: for administrators, and for who is not answered.
    pub enum Reason {
        /// Our own mail came back.
        OwnLoop = "own-loop",
        /// A bounce of a mail that was not ours.
        ForeignBounce = "foreign-bounce",
        /// A bounce of our mail.
        Bounce = "bounce",
        /// An absence notice or another automatic answer.
        AutoReply = "auto-reply",
        /// A receipt.
        Receipt = "receipt",
        /// A mailing list or newsletter.
        List = "list",
        /// Another program.
        Generated = "generated",
        /// Too many letters of a machine.
        Flood = "flood",
        /// The token was given to somebody else.
        UnprovenSender = "unproven-sender",
        /// No single sure sender.
        SenderUnclear = "sender-unclear",
        /// The domain of its author does not speak for it.
        Forged = "forged",
        /// Not a letter.
        Unparseable = "unparseable",
        /// The sender was shut out.
        SenderDisabled = "sender-disabled",
        /// The channel's category takes no tickets.
        CategoryClosed = "category-closed",
        /// The channel is gone.
        ChannelGone = "channel-gone",
        /// Reading it failed again and again.
        Failed = "failed",
    }
}

/// Words of letters that machines wrote: nothing automatic answers them.
pub const AUTOMATIC: [&str; 5] = [
    Reason::Bounce.word(),
    Reason::AutoReply.word(),
    Reason::Receipt.word(),
    Reason::List.word(),
    Reason::Generated.word(),
];

/// How many letters of machines one address may send within an hour.
pub const MOST_AUTOMATIC_PER_HOUR: i64 = 10;

/// What is known of a letter before it is acted on.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// What kind of sender wrote it, own addresses and envelope taken into account.
    pub automatic: Automatic,
    /// Its own `Message-ID` is one we made.
    pub has_own_message_id: bool,
    /// The ticket it proves to answer.
    pub proven: Option<Thread>,
    /// It proves that by a letter it names, and not by a token.
    pub is_named: bool,
    /// What its delivery report proves to return.
    pub returned: Option<Thread>,
    /// It returns a mail of ours, of whatever kind, of which that was not known yet.
    pub returns_ours: bool,
    /// It has one sure sender.
    pub has_sender: bool,
    /// What is known of that sender.
    pub verdict: Verdict,
    /// It could not be read as a letter.
    pub is_unreadable: bool,
    /// Letters of machines from this address within the last hour.
    pub automatic_lately: i64,
    /// An administrator let it in.
    pub is_released: bool,
}

/// What to do with a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Keep it from the desk.
    Hold(Reason),
    /// Note on the ticket that our mail came back.
    NoteBounce(Option<Thread>),
    /// Let it join the ticket, if its sender may; `Some` when a machine wrote it.
    Join(Thread, Option<Reason>),
    /// Open a ticket; `Some` when a machine wrote it.
    Open(Option<Reason>),
    /// Open a ticket for nobody in particular, the whole letter as a file.
    OpenForNobody(Reason),
}

/// Judges a letter.
pub fn judge(facts: &Facts) -> Judgement {
    if facts.automatic == Automatic::OwnLoop || facts.has_own_message_id {
        return Judgement::Hold(Reason::OwnLoop);
    }
    let machine = match facts.automatic {
        Automatic::No | Automatic::AnswerUnwanted => None,
        Automatic::AutoReply => Some(Reason::AutoReply),
        Automatic::Bounce => Some(Reason::Bounce),
        Automatic::Receipt => Some(Reason::Receipt),
        Automatic::List => Some(Reason::List),
        Automatic::Generated => Some(Reason::Generated),
        Automatic::OwnLoop => Some(Reason::OwnLoop),
    };
    let bounced = facts.returned.or(facts.proven);
    // However many come within an hour: each answers another mail of ours, and nobody is mailed about it.
    if machine == Some(Reason::Bounce) && facts.returns_ours {
        return Judgement::NoteBounce(bounced);
    }
    let flood = facts.automatic_lately >= MOST_AUTOMATIC_PER_HOUR;
    if machine.is_some() && !facts.is_unreadable && flood && !facts.is_released {
        return Judgement::Hold(Reason::Flood);
    }
    if machine == Some(Reason::Bounce) {
        return match bounced {
            Some(thread) => Judgement::NoteBounce(Some(thread)),
            None if facts.is_released && facts.has_sender => Judgement::Open(machine),
            None => Judgement::Hold(Reason::ForeignBounce),
        };
    }
    if facts.is_unreadable {
        return Judgement::OpenForNobody(Reason::Unparseable);
    }
    if !facts.has_sender {
        return Judgement::OpenForNobody(Reason::SenderUnclear);
    }
    let is_forged = facts.verdict == Verdict::Forged;
    match (facts.proven.filter(|_| !is_forged), machine) {
        (Some(thread), machine) => Judgement::Join(thread, machine),
        (None, Some(reason @ (Reason::AutoReply | Reason::Receipt))) if !facts.is_released => {
            Judgement::Hold(reason)
        }
        (None, _) if is_forged => Judgement::OpenForNobody(Reason::Forged),
        (None, machine) => Judgement::Open(machine),
    }
}

/// Whether the rules of administrators are asked about a letter: only about one that would open a ticket. What proves to
/// answer a mail of ours is never filtered, whatever it becomes, and nor is what an administrator let in.
pub fn is_filtered(facts: &Facts, judgement: Judgement) -> bool {
    let opens = matches!(judgement, Judgement::Open(_) | Judgement::OpenForNobody(_));
    opens && facts.proven.is_none() && !facts.is_released
}

/// Whether these complaints mean that nobody could read the letter.
pub fn is_unreadable(complaints: &[Complaint]) -> bool {
    complaints
        .iter()
        .any(|c| matches!(c, Complaint::Unparseable | Complaint::ParserFailed))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Facts = Facts {
        automatic: Automatic::No,
        has_own_message_id: false,
        proven: None,
        is_named: false,
        returned: None,
        returns_ours: false,
        has_sender: true,
        verdict: Verdict::Unknown,
        is_unreadable: false,
        automatic_lately: 0,
        is_released: false,
    };
    const THREAD: Thread = Thread {
        ticket: 7,
        recipient: 3,
    };

    #[test]
    fn every_letter_is_judged_as_the_table_says() {
        let proven = Facts {
            proven: Some(THREAD),
            ..PLAIN
        };
        let forged = Facts {
            verdict: Verdict::Forged,
            ..PLAIN
        };
        let of = |automatic| Facts { automatic, ..PLAIN };
        let table = [
            ("a person", PLAIN, Judgement::Open(None)),
            (
                "a person with a token",
                proven,
                Judgement::Join(THREAD, None),
            ),
            (
                "ordinary mail of Exchange",
                of(Automatic::AnswerUnwanted),
                Judgement::Open(None),
            ),
            (
                "our own address",
                of(Automatic::OwnLoop),
                Judgement::Hold(Reason::OwnLoop),
            ),
            (
                "our own identifier, even with a token",
                Facts {
                    has_own_message_id: true,
                    ..proven
                },
                Judgement::Hold(Reason::OwnLoop),
            ),
            (
                "an absence notice without token",
                of(Automatic::AutoReply),
                Judgement::Hold(Reason::AutoReply),
            ),
            (
                "an absence notice with a token",
                Facts {
                    automatic: Automatic::AutoReply,
                    ..proven
                },
                Judgement::Join(THREAD, Some(Reason::AutoReply)),
            ),
            (
                "a receipt",
                of(Automatic::Receipt),
                Judgement::Hold(Reason::Receipt),
            ),
            (
                "a newsletter",
                of(Automatic::List),
                Judgement::Open(Some(Reason::List)),
            ),
            (
                "a bounce of somebody else's mail",
                of(Automatic::Bounce),
                Judgement::Hold(Reason::ForeignBounce),
            ),
            (
                "a bounce of a mail of ours about no ticket",
                Facts {
                    returns_ours: true,
                    ..of(Automatic::Bounce)
                },
                Judgement::NoteBounce(None),
            ),
            (
                "the eleventh bounce of a machine in an hour, of another mail of ours",
                Facts {
                    returned: Some(THREAD),
                    returns_ours: true,
                    automatic_lately: 10,
                    ..of(Automatic::Bounce)
                },
                Judgement::NoteBounce(Some(THREAD)),
            ),
            (
                "a bounce of ours",
                Facts {
                    returned: Some(THREAD),
                    ..of(Automatic::Bounce)
                },
                Judgement::NoteBounce(Some(THREAD)),
            ),
            (
                "the eleventh letter of a machine in an hour",
                Facts {
                    automatic_lately: 10,
                    ..of(Automatic::Generated)
                },
                Judgement::Hold(Reason::Flood),
            ),
            (
                "the same let in by an administrator",
                Facts {
                    automatic_lately: 10,
                    is_released: true,
                    ..of(Automatic::Generated)
                },
                Judgement::Open(Some(Reason::Generated)),
            ),
            (
                "two senders, even with a token",
                Facts {
                    has_sender: false,
                    ..proven
                },
                Judgement::OpenForNobody(Reason::SenderUnclear),
            ),
            (
                "somebody known",
                Facts {
                    verdict: Verdict::Proven,
                    ..proven
                },
                Judgement::Join(THREAD, None),
            ),
            (
                "somebody forged",
                forged,
                Judgement::OpenForNobody(Reason::Forged),
            ),
            (
                "somebody forged with a token",
                Facts {
                    proven: Some(THREAD),
                    ..forged
                },
                Judgement::OpenForNobody(Reason::Forged),
            ),
            (
                "somebody forged, let in",
                Facts {
                    proven: Some(THREAD),
                    is_released: true,
                    ..forged
                },
                Judgement::OpenForNobody(Reason::Forged),
            ),
            (
                "a list that passes on what is forged",
                Facts {
                    automatic: Automatic::List,
                    ..forged
                },
                Judgement::OpenForNobody(Reason::Forged),
            ),
            (
                "a forged absence notice with a token",
                Facts {
                    proven: Some(THREAD),
                    automatic: Automatic::AutoReply,
                    ..forged
                },
                Judgement::Hold(Reason::AutoReply),
            ),
            (
                "a bounce of ours, whoever it says it is from",
                Facts {
                    returned: Some(THREAD),
                    automatic: Automatic::Bounce,
                    ..forged
                },
                Judgement::NoteBounce(Some(THREAD)),
            ),
            (
                "no letter at all",
                Facts {
                    is_unreadable: true,
                    has_sender: false,
                    ..of(Automatic::Generated)
                },
                Judgement::OpenForNobody(Reason::Unparseable),
            ),
        ];
        for (what, facts, expected) in table {
            assert_eq!(judge(&facts), expected, "{what}");
        }
    }

    #[test]
    fn rules_are_asked_about_what_would_open_a_ticket_and_about_no_proven_answer() {
        let proven = Facts {
            proven: Some(THREAD),
            ..PLAIN
        };
        let of = |automatic| Facts { automatic, ..PLAIN };
        let table = [
            ("a person", PLAIN, true),
            ("a newsletter", of(Automatic::List), true),
            ("an absence notice", of(Automatic::AutoReply), false),
            ("a bounce", of(Automatic::Bounce), false),
            (
                "a bounce of ours",
                Facts {
                    returned: Some(THREAD),
                    ..of(Automatic::Bounce)
                },
                false,
            ),
            ("our own mail", of(Automatic::OwnLoop), false),
            ("a proven answer", proven, false),
            (
                "a proven answer of two senders",
                Facts {
                    has_sender: false,
                    ..proven
                },
                false,
            ),
            (
                "two senders",
                Facts {
                    has_sender: false,
                    ..PLAIN
                },
                true,
            ),
            (
                "let in",
                Facts {
                    is_released: true,
                    ..PLAIN
                },
                false,
            ),
        ];
        for (what, facts, expected) in table {
            assert_eq!(is_filtered(&facts, judge(&facts)), expected, "{what}");
        }
    }

    #[test]
    fn nothing_lets_our_own_mail_in() {
        for is_released in [false, true] {
            let facts = Facts {
                automatic: Automatic::OwnLoop,
                is_released,
                ..PLAIN
            };
            assert_eq!(judge(&facts), Judgement::Hold(Reason::OwnLoop));
        }
    }
}
