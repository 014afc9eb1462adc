//! What others did to a ticket since somebody looked at it, and whether that stands in the way of what they do now
//! (decision 0049). Each deed rests on some of what a ticket is: whoever changes something else is not overtaken, both
//! stand, and the page says what came meanwhile.
//!
//! Deliberately absent: deeds that rest on everything ([`super::changes::must_match`]).

mod store;

use kit::authz::Actor;
use kit::db::Answers;
use kit::error::{Clash, Error};
use kit::record;

use super::history::EventKind;
use super::machine::Deed;
use super::{Ticket, TicketId};
use crate::people::PersonId;

/// A part of what a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// What its people write to each other.
    Words,
    /// What colleagues write to each other.
    Notes,
    /// Where it is in its life, who is in charge, where it lies.
    Work,
    /// Whom its words reach.
    Readers,
    /// What it is about.
    Subject,
    /// How pressing it is.
    Priority,
    /// Which way it came in.
    Origin,
    /// Who else may look at it.
    Visibility,
    /// Who asked.
    Requester,
}

impl Aspect {
    /// What a line of history changed; `by` is who did it, nobody for the desk. None for what changes nothing that
    /// anybody builds on: words of the staff that are put on it, links, tasks, observers; and for what comes with another
    /// change, which counts itself.
    pub const fn of(kind: EventKind, by: Option<PersonId>) -> Option<Aspect> {
        use EventKind::*;
        Some(match kind {
            Replied | Asked | Reworded | Redacted | TookIn | GaveBack | SplitOff => Aspect::Words,
            AttachmentDeleted if by.is_some() => Aspect::Words,
            Noted | Advised | AdviceAsked => Aspect::Notes,
            Taken | TakenOver | Released | Assigned | Closed | Approved | ClosureRefused
            | Reopened | Refused | Cancelled | Expired | Archived | Postponed | Recalled
            | Transferred | Merged | Unmerged => Aspect::Work,
            Invited if by.is_some() => Aspect::Readers,
            Uninvited => Aspect::Readers,
            SubjectChanged => Aspect::Subject,
            PriorityChanged => Aspect::Priority,
            OriginChanged => Aspect::Origin,
            VisibilityChanged => Aspect::Visibility,
            RequesterChanged => Aspect::Requester,
            Created | GivenOut | NotGivenOut | ApprovalReminded | Invited | AttachmentDeleted
            | ObserverAdded | ObserverRemoved | AdviceEnded | Linked | Unlinked | Tagged
            | Untagged | Bounced | FollowedUp | TaskAdded | TaskGiven | TaskChanged | TaskDone
            | TaskUndone | TaskRemoved | TimeSpent | TimeRemoved | AssetLinked | AssetUnlinked => {
                return None;
            }
        })
    }
}

/// What of a ticket a deed rests on: whoever does it has read this, or is told first.
pub const fn rests_on(deed: Deed) -> &'static [Aspect] {
    use Aspect::*;
    match deed {
        Deed::AutoAssign | Deed::Take | Deed::Assign | Deed::Release => &[Work],
        // Whoever writes to others has read what was written, knows who will read it, and that it is still theirs to say.
        Deed::Reply
        | Deed::TakeAndClose
        | Deed::TakeAndAsk
        | Deed::Ask
        | Deed::Postpone
        | Deed::Recall
        | Deed::Close
        | Deed::Approve
        | Deed::RefuseClosure
        | Deed::Refuse
        | Deed::Cancel
        | Deed::Reopen
        | Deed::Transfer => &[Words, Notes, Work, Readers, Visibility, Requester],
        Deed::ChangeSubject => &[Subject],
        Deed::ChangePriority => &[Priority],
        Deed::ChangeOrigin => &[Origin],
        // Who opens it to others has read what these will read.
        Deed::ChangeVisibility => &[Visibility, Words, Subject, Work, Requester],
        // Whoever is let in is let in where it lies.
        Deed::Invite => &[Work],
        Deed::ChangeRequester => &[Requester],
        Deed::Note
        | Deed::Uninvite
        | Deed::Observe
        | Deed::AddObserver
        | Deed::AskAdvice
        | Deed::EndAdvice
        | Deed::Link
        | Deed::Tag
        | Deed::Work
        | Deed::FollowUp
        | Deed::Expire
        | Deed::Archive => &[],
        // These rest on the whole, and compare versions.
        Deed::Reword
        | Deed::Redact
        | Deed::DeleteAttachment
        | Deed::Merge
        | Deed::TakeIn
        | Deed::GiveBack
        | Deed::Split => &[],
    }
}

record! {
    /// What somebody else did.
    #[derive(Clone, Copy, Debug)]
    pub struct Done {
        /// What.
        pub kind: EventKind,
        /// Who; `None` is the desk.
        pub actor_id: Option<PersonId>,
    }
}

impl Done {
    /// Whether it is in the way of this deed.
    pub fn is_in_the_way_of(&self, deed: Deed) -> bool {
        // What was taken out for good does not come back with a subject that was typed before.
        let brings_back = self.kind == EventKind::Redacted && deed == Deed::ChangeSubject;
        let aspect = Aspect::of(self.kind, self.actor_id);
        brings_back || aspect.is_some_and(|it| rests_on(deed).contains(&it))
    }
}

/// What others did since the ticket stood at version `seen`, as far as the actor reads of it; without what changes nothing
/// that anybody builds on.
pub async fn since(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    seen: i64,
) -> Result<Vec<Done>, Error> {
    let mut all = store::since(ask, actor, ticket, seen).await?;
    all.retain(|done| Aspect::of(done.kind, done.actor_id).is_some());
    Ok(all)
}

/// Refuses a deed when others changed meanwhile what it rests on. One is never overtaken by oneself: two pages of one
/// person do not fight. `None` asks nothing.
///
/// # Errors
/// `Conflict` with both versions.
pub async fn must_stand(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: &Ticket,
    deed: Deed,
    seen: Option<i64>,
) -> Result<(), Error> {
    let Some(seen) = seen.filter(|seen| *seen != ticket.version) else {
        return Ok(());
    };
    let clash = || Err(Error::Conflict(Clash::of(seen, ticket.version)));
    // A version that never was.
    if seen > ticket.version {
        return clash();
    }
    if rests_on(deed).is_empty() {
        return Ok(());
    }
    // A version that no line tells of is somebody's who was erased: nothing of theirs is written again.
    let told = store::versions_told(ask, ticket.id, seen, ticket.version).await?;
    if told < ticket.version - seen {
        return clash();
    }
    let done = since(ask, actor, ticket.id, seen).await?;
    if done.iter().any(|it| it.is_in_the_way_of(deed)) {
        return clash();
    }
    Ok(())
}

/// The address of a ticket's page after a change that was made from version `seen`: it says what came meanwhile, if
/// anything did.
pub async fn address(
    ask: &mut dyn Answers,
    actor: &Actor,
    ticket: TicketId,
    seen: i64,
) -> Result<String, Error> {
    Ok(match since(ask, actor, ticket, seen).await?.is_empty() {
        true => format!("/tickets/{ticket}"),
        false => format!("/tickets/{ticket}?since={seen}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever happens to a ticket, and what it overtakes.
    #[test]
    fn each_deed_is_overtaken_by_what_it_rests_on_and_by_nothing_else() {
        let somebody = Some(PersonId(7));
        let overtakes = |kind: EventKind, by| -> Vec<&str> {
            let done = Done { kind, actor_id: by };
            let deeds = Deed::ALL.iter().filter(|it| done.is_in_the_way_of(**it));
            deeds.map(|it| it.word()).collect()
        };
        let writing = [
            "take_and_close",
            "take_and_ask",
            "ask",
            "reply",
            "postpone",
            "recall",
            "close",
            "approve",
            "refuse_closure",
            "refuse",
            "cancel",
            "reopen",
            "transfer",
        ];
        let with = |more: &[&'static str]| -> Vec<&'static str> {
            let all = Deed::ALL.iter().map(|it| it.word());
            all.filter(|it| writing.contains(it) || more.contains(it))
                .collect()
        };
        const HELD: &[&str] = &[
            "auto_assign",
            "take",
            "assign",
            "release",
            "change_visibility",
            "invite",
        ];
        use EventKind::*;
        for (kind, expected) in [
            (Replied, with(&["change_visibility"])),
            (Asked, with(&["change_visibility"])),
            (Redacted, with(&["change_visibility", "change_subject"])),
            (Noted, with(&[])),
            (Advised, with(&[])),
            (AdviceAsked, with(&[])),
            (AdviceEnded, vec![]),
            (Taken, with(HELD)),
            (Closed, with(HELD)),
            (Transferred, with(HELD)),
            (Invited, with(&[])),
            (
                RequesterChanged,
                with(&["change_requester", "change_visibility"]),
            ),
            (VisibilityChanged, with(&["change_visibility"])),
            (SubjectChanged, vec!["change_subject", "change_visibility"]),
            (PriorityChanged, vec!["change_priority"]),
            (OriginChanged, vec!["change_origin"]),
            (Tagged, vec![]),
            (Linked, vec![]),
            (ObserverAdded, vec![]),
            (TaskDone, vec![]),
            (TimeSpent, vec![]),
            (Created, vec![]),
        ] {
            assert_eq!(overtakes(kind, somebody), expected, "{kind:?}");
        }
        // What the desk does with another deed is no change of its own; what it does by the clock is one.
        for kind in [GivenOut, NotGivenOut, Invited, AttachmentDeleted] {
            assert!(overtakes(kind, None).is_empty(), "{kind:?}");
        }
        assert!(overtakes(Expired, None).contains(&"approve"));
    }
}
