//! The life of a ticket: states, deeds, and the one table of what leads where (features F.1).
//!
//! Pure: no clock, no database, no rights. Who may do a deed is in `rights.rs`.

use kit::stored_words;

stored_words! {
    /// Where a ticket is in its life.
    pub enum State {
        /// Open, nobody in charge.
        Free = "free",
        /// Open, somebody works on it.
        InProgress = "in_progress",
        /// Open, waiting for what the requester was asked.
        Incomplete = "incomplete",
        /// Open, put off to a date.
        Postponed = "postponed",
        /// Solved, waiting for the requester's approval.
        Closed = "closed",
        /// The requester agreed.
        Approved = "approved",
        /// Nobody answered the approval in time.
        Expired = "expired",
        /// Turned down by its holder.
        Refused = "refused",
        /// Withdrawn by its requester.
        Cancelled = "cancelled",
        /// Read-only for ever.
        Archived = "archived",
        /// Its words are in another ticket; read-only until the merge is undone.
        Merged = "merged",
    }
}

stored_words! {
    /// The family of a state.
    pub enum Stage {
        /// Work to do.
        Open = "open",
        /// Waiting for approval.
        Awaiting = "awaiting",
        /// Over.
        Ended = "ended",
        /// In the store.
        Archived = "archived",
    }
}

impl State {
    /// The family it belongs to.
    pub const fn stage(self) -> Stage {
        match self {
            State::Free | State::InProgress | State::Incomplete | State::Postponed => Stage::Open,
            State::Closed => Stage::Awaiting,
            State::Approved | State::Expired | State::Refused | State::Cancelled => Stage::Ended,
            State::Archived | State::Merged => Stage::Archived,
        }
    }
}

stored_words! {
    /// What can be done to a ticket. The word is also the stem of its right and its history line.
    pub enum Deed {
        /// The desk gives it to somebody by the category's rule.
        AutoAssign = "auto_assign",
        /// Become the one in charge.
        Take = "take",
        /// Take, then close, in one.
        TakeAndClose = "take_and_close",
        /// Take, then ask the requester, in one.
        TakeAndAsk = "take_and_ask",
        /// Put somebody else in charge.
        Assign = "assign",
        /// Stop being in charge.
        Release = "release",
        /// Ask the requester for more.
        Ask = "ask",
        /// Write to everybody on the ticket.
        Reply = "reply",
        /// Write to staff only.
        Note = "note",
        /// Put it off.
        Postpone = "postpone",
        /// Bring it back.
        Recall = "recall",
        /// Say it is solved.
        Close = "close",
        /// Agree that it is solved.
        Approve = "approve",
        /// Disagree.
        RefuseClosure = "refuse_closure",
        /// Nobody answered.
        Expire = "expire",
        /// Turn it down.
        Refuse = "refuse",
        /// Withdraw it.
        Cancel = "cancel",
        /// Open it again.
        Reopen = "reopen",
        /// Send it to another department or category.
        Transfer = "transfer",
        /// Change who asked.
        ChangeRequester = "change_requester",
        /// Change the subject.
        ChangeSubject = "change_subject",
        /// Change the priority.
        ChangePriority = "change_priority",
        /// Change who may see it.
        ChangeVisibility = "change_visibility",
        /// Change where it came from.
        ChangeOrigin = "change_origin",
        /// Let somebody in.
        Invite = "invite",
        /// Let somebody out.
        Uninvite = "uninvite",
        /// Observe it oneself, or end that.
        Observe = "observe",
        /// Make another agent an observer, or end that.
        AddObserver = "add_observer",
        /// Say that it needs advice.
        AskAdvice = "ask_advice",
        /// Say that it needs none any more.
        EndAdvice = "end_advice",
        /// Link it to another ticket or an article.
        Link = "link",
        /// Put words of the staff on it, or take one off.
        Tag = "tag",
        /// Put one's own last words right.
        Reword = "reword",
        /// Take something out of a message for good.
        Redact = "redact",
        /// Remove a file.
        DeleteAttachment = "delete_attachment",
        /// Keep its tasks, and note the time it took.
        Work = "work",
        /// Merge it into another ticket.
        Merge = "merge",
        /// Take in another ticket that is merged into it.
        TakeIn = "take_in",
        /// Give back a ticket merged into it. That one is then where it was before: its merge kept it.
        GiveBack = "give_back",
        /// Make a ticket of one of its comments.
        Split = "split",
        /// Open a ticket that follows it.
        FollowUp = "follow_up",
        /// Put it in the store.
        Archive = "archive",
    }
}

/// What the table looks at beside the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// The doer is the requester.
    pub by_requester: bool,
    /// The doer is the one in charge.
    pub by_holder: bool,
    /// Somebody is in charge, and will still be after the deed (a holder who left does not count).
    pub has_holder: bool,
}

/// Where `deed` leads from `state`; `None` when it cannot be done there.
pub const fn next(state: State, deed: Deed, at: Situation) -> Option<State> {
    use Deed::*;
    use State::*;
    let open = matches!(state.stage(), Stage::Open);
    let stored = matches!(state.stage(), Stage::Archived);
    let working = if at.has_holder { InProgress } else { Free };
    match deed {
        AutoAssign | Take | Assign if open => Some(match state {
            Free => InProgress,
            other => other,
        }),
        TakeAndClose if open => Some(Closed),
        TakeAndAsk | Ask if open => Some(Incomplete),
        Release if open && at.has_holder && !matches!(state, Free) => Some(Free),
        Reply if !stored => Some(match state {
            Incomplete if at.by_requester || at.by_holder => working,
            other => other,
        }),
        Note if !stored => Some(match state {
            Incomplete if at.by_holder => working,
            other => other,
        }),
        Postpone if open && !matches!(state, Postponed) => Some(Postponed),
        Recall if matches!(state, Postponed) => Some(working),
        Close if open => Some(if at.by_requester { Approved } else { Closed }),
        Approve if matches!(state, Closed) => Some(Approved),
        RefuseClosure if matches!(state, Closed) => Some(working),
        Expire if matches!(state, Closed) => Some(Expired),
        Refuse if open => Some(Refused),
        Cancel if open => Some(Cancelled),
        Reopen if matches!(state.stage(), Stage::Awaiting | Stage::Ended) => Some(working),
        Transfer if !stored => Some(if open && !at.has_holder { Free } else { state }),
        ChangeRequester if open => Some(state),
        Link | AskAdvice | EndAdvice if open => Some(state),
        ChangeSubject | ChangePriority | ChangeVisibility | ChangeOrigin | Invite | Uninvite
        | DeleteAttachment | Reword | Observe | AddObserver | Tag | Work
            if !stored =>
        {
            Some(state)
        }
        // A secret stays one in the store.
        Redact => Some(state),
        Merge if !stored => Some(Merged),
        TakeIn if matches!(state.stage(), Stage::Open | Stage::Awaiting) => Some(state),
        GiveBack | Split if !stored => Some(state),
        // Nothing of an archived ticket changes by one that follows it.
        FollowUp if matches!(state.stage(), Stage::Ended) || matches!(state, Archived) => {
            Some(state)
        }
        Archive if matches!(state.stage(), Stage::Awaiting | Stage::Ended) => Some(Archived),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITUATIONS: [Situation; 5] = [
        Situation {
            by_requester: true,
            by_holder: false,
            has_holder: true,
        },
        Situation {
            by_requester: true,
            by_holder: false,
            has_holder: false,
        },
        Situation {
            by_requester: false,
            by_holder: true,
            has_holder: true,
        },
        Situation {
            by_requester: false,
            by_holder: false,
            has_holder: true,
        },
        Situation {
            by_requester: false,
            by_holder: false,
            has_holder: false,
        },
    ];

    #[test]
    fn nothing_leaves_the_archive() {
        for deed in Deed::ALL {
            for at in SITUATIONS {
                let redacts = *deed == Deed::Redact;
                let stays = (redacts || *deed == Deed::FollowUp).then_some(State::Archived);
                assert_eq!(next(State::Archived, *deed, at), stays, "{deed:?}");
                let stays = redacts.then_some(State::Merged);
                assert_eq!(next(State::Merged, *deed, at), stays, "{deed:?}");
            }
        }
    }

    #[test]
    fn a_ticket_nobody_holds_is_never_in_progress_after_a_deed_that_moves_it() {
        for state in State::ALL {
            for deed in Deed::ALL {
                for at in SITUATIONS.iter().filter(|s| !s.has_holder) {
                    if matches!(deed, Deed::AutoAssign | Deed::Take | Deed::Assign) {
                        continue;
                    }
                    if let Some(after) = next(*state, *deed, *at) {
                        assert!(
                            after != State::InProgress || *state == State::InProgress,
                            "{state:?} {deed:?} {at:?}"
                        );
                    }
                }
            }
        }
    }

    /// The whole table, printed as people read it: reviewed as a diff.
    #[test]
    fn the_table_is_the_reviewed_one() {
        let mut out = String::from(
            "state × deed → by requester | by holder | by another (held) | by another (free)\n",
        );
        for state in State::ALL {
            out.push_str(&format!("\n{}\n", state.word()));
            for deed in Deed::ALL {
                let cell = |i: usize| next(*state, *deed, SITUATIONS[i]).map_or("-", State::word);
                if SITUATIONS.iter().all(|s| next(*state, *deed, *s).is_none()) {
                    continue;
                }
                out.push_str(&format!(
                    "  {:<18} {:<12} {:<12} {:<12} {}\n",
                    deed.word(),
                    cell(0),
                    cell(2),
                    cell(3),
                    cell(4)
                ));
            }
        }
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/it/expect/state_machine.txt"
        );
        let expected = std::fs::read_to_string(path).unwrap_or_default();
        if expected != out {
            let _ = std::fs::write(format!("{path}.new"), &out);
            panic!("the state machine changed: compare {path} with {path}.new");
        }
    }
}
