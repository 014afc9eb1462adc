//! Who may do which deed to a ticket they see: role's permission, department's privilege or
//! admin rank, and the state's rule, in this order (features D, F.1).

use kit::authz::{Action, Actor, Judged, Reach};
use kit::error::{Because, Error};

use super::machine::{Deed, Situation, State, next};
use super::{Audience, Hat, Ticket};
use crate::people::PersonId;
use crate::policy::{self, Level, Privilege, permission};

macro_rules! deeds {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Action for $name {
            const NAME: &'static str = Deed::$name.word();
        }
    )*};
}
deeds! {
    /// Give it out by the category's rule; only the desk does.
    AutoAssign,
    /// Become the one in charge.
    Take,
    /// Take and close in one.
    TakeAndClose,
    /// Take and ask the requester in one.
    TakeAndAsk,
    /// Put somebody else in charge.
    Assign,
    /// Stop being in charge.
    Release,
    /// Ask the requester for more.
    Ask,
    /// Write to everybody on the ticket.
    Reply,
    /// Write to staff only.
    Note,
    /// Put it off.
    Postpone,
    /// Bring it back.
    Recall,
    /// Say it is solved.
    Close,
    /// Agree that it is solved.
    Approve,
    /// Disagree.
    RefuseClosure,
    /// Nobody answered.
    Expire,
    /// Turn it down.
    Refuse,
    /// Withdraw it.
    Cancel,
    /// Open it again.
    Reopen,
    /// Change what it is about.
    ChangeSubject,
    /// Change how pressing it is.
    ChangePriority,
    /// Change who asked.
    ChangeRequester,
    /// Change which way it is said to have come in.
    ChangeOrigin,
    /// Change who else may look at it.
    ChangeVisibility,
    /// Put one's own last words right.
    Reword,
    /// Take something out of a message for good.
    Redact,
    /// Take a file off.
    DeleteAttachment,
    /// Let people in.
    Invite,
    /// Let somebody out.
    Uninvite,
    /// Observe it oneself, or end that.
    Observe,
    /// Make another agent an observer, or end that.
    AddObserver,
    /// Say that it needs advice.
    AskAdvice,
    /// Say that it needs none any more.
    EndAdvice,
    /// Link it to another, or take a link away.
    Link,
    /// Put words on it, or take one off.
    Tag,
    /// Keep its tasks, and note the time it took.
    Work,
    /// Send it to another department or category.
    Transfer,
    /// Put it in the store.
    Archive,
    /// Merge it into another ticket.
    Merge,
    /// Take in another ticket that is merged into it.
    TakeIn,
    /// Give back a ticket merged into it.
    GiveBack,
    /// Make a ticket of one of its comments.
    Split,
    /// Open a ticket that follows it.
    FollowUp,
}

/// Look at it.
#[derive(Clone, Copy, Debug)]
pub struct Read;
impl Action for Read {
    const NAME: &'static str = "read";
}

/// Return it from a merge to where it was; the other ticket is asked whether it gives it back.
#[derive(Clone, Copy, Debug)]
pub struct ReturnFromMerge;
impl Action for ReturnFromMerge {
    const NAME: &'static str = "return_from_merge";
}

/// Let go for somebody who leaves the department, or may no longer handle tickets there.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseForSomebody;
impl Action for ReleaseForSomebody {
    const NAME: &'static str = "release_for_somebody";
}

/// Remind the requester of a closure; only the desk does.
#[derive(Clone, Copy, Debug)]
pub struct Remind;
impl Action for Remind {
    const NAME: &'static str = "remind";
}

/// Shut it for its requester; only the desk does.
#[derive(Clone, Copy, Debug)]
pub struct Shut;
impl Action for Shut {
    const NAME: &'static str = "shut";
}

impl Ticket {
    /// What the state machine looks at, for this doer.
    pub fn situation(&self, actor: &Actor) -> Situation {
        Situation {
            by_requester: self.is_requester(actor),
            by_holder: self.is_holder(actor),
            has_holder: self.assignee_id.is_some(),
        }
    }

    /// Whether the actor asked for this.
    pub fn is_requester(&self, actor: &Actor) -> bool {
        self.requester_id.0 == actor.id()
    }

    /// Whether the actor is in charge.
    pub fn is_holder(&self, actor: &Actor) -> bool {
        self.assignee_id.is_some_and(|a| a.0 == actor.id())
    }

    /// What the ticket remembers of its waiting once a deed left it like this: a holder who let go of
    /// an incomplete or postponed one leaves a flag, until it is free no more.
    pub(super) fn left_as_after(
        &self,
        state: super::machine::State,
        assignee: Option<crate::people::PersonId>,
    ) -> Option<super::machine::State> {
        use super::machine::State::{Free, Incomplete, Postponed};
        let lets_go = self.assignee_id.is_some() && assignee.is_none();
        match (self.state, state) {
            (Incomplete | Postponed, Free) if lets_go => Some(self.state),
            (Free, Free) => self.left_as,
            _ => None,
        }
    }

    /// Whether the actor carries every privilege everywhere.
    fn is_unrestricted(&self, actor: &Actor) -> bool {
        actor.is_permitted(permission::EVERY_PRIVILEGE)
    }

    /// Whether the tickets of this department are the actor's to work on, whatever their role lets them do; with a
    /// membership for what is assigned to them, this one, while they are in charge of it.
    fn is_of_department(&self, actor: &Actor) -> bool {
        self.is_unrestricted(actor)
            || self.my_level == Some(Level::Edit)
            || (self.my_takes && self.is_holder(actor))
    }

    /// Whether the actor handles tickets of this department.
    pub(super) fn is_manager(&self, actor: &Actor) -> bool {
        self.is_of_department(actor) && actor.is_permitted(permission::HANDLE)
    }

    pub(super) fn has_privilege(&self, actor: &Actor, privilege: Privilege) -> bool {
        self.is_unrestricted(actor)
            || (self.my_level == Some(Level::Edit)
                && self
                    .my_privileges
                    .as_deref()
                    .is_some_and(|p| privilege.is_in(p)))
    }

    /// Whether the actor stands on staff's side of this ticket: reads internal notes here.
    pub fn is_on_staff_side(&self, actor: &Actor) -> bool {
        actor.is_permitted(permission::READ_NOTES)
            && (self.is_holder(actor)
                || self.am_observer
                || match actor.reach() {
                    // My level in a confidential category is that of a confidant.
                    Reach::Everything => {
                        self.confidential_id.is_none()
                            || policy::is_in_every_confidence(actor)
                            || self.my_level.is_some_and(Level::looks)
                    }
                    Reach::ServedEverywhere => {
                        self.is_served
                            && (self.confidential_id.is_none()
                                || self.my_level.is_some_and(Level::looks))
                    }
                    // Of whom they do not serve, it is there only for what names them.
                    Reach::ServedDepartments | Reach::Departments => {
                        self.my_level.is_some_and(Level::looks)
                    }
                    _ => false,
                })
    }

    /// The side the actor acts from (trap E-07): the requester's own words are the requester's,
    /// whatever else they are.
    pub fn hat(&self, actor: &Actor) -> Hat {
        if self.is_requester(actor) {
            Hat::Requester
        } else if self.is_on_staff_side(actor) {
            Hat::Agent
        } else {
            Hat::Invitee
        }
    }

    /// Whether the actor may do the deed now.
    pub fn allows(&self, actor: &Actor, deed: Deed) -> bool {
        self.judge(actor, deed.word()).is_ok()
    }

    /// Whether the actor could do the deed had others left the ticket otherwise: in another state, in the
    /// actor's hands or in nobody's, in a department where the actor may do everything. Whoever could not
    /// is refused, whatever happened meanwhile.
    pub(super) fn could_allow(&self, actor: &Actor, deed: Deed) -> bool {
        let holders = [None, Some(PersonId(actor.id()))];
        let others = State::ALL.iter().flat_map(|state| {
            holders.iter().map(|holder| Ticket {
                state: *state,
                assignee_id: *holder,
                my_level: Some(Level::Edit),
                my_privileges: Some(Privilege::store(Privilege::ALL)),
                ..self.clone()
            })
        });
        others.into_iter().any(|other| other.allows(actor, deed))
    }

    /// Whether words may go with a deed: a deed one may do is no way around the permission to write.
    ///
    /// # Errors
    /// `Forbidden`, naming the permission that is missing.
    pub(super) fn must_say(&self, actor: &Actor, audience: Audience) -> Result<(), Error> {
        let right = match audience {
            Audience::Staff => permission::NOTE,
            _ if self.is_requester(actor) || self.am_invitee => return Ok(()),
            _ => permission::REPLY,
        };
        if actor.is_permitted(right) {
            Ok(())
        } else {
            Err(Error::Forbidden(Because(right)))
        }
    }

    fn person_may(&self, actor: &Actor, deed: Deed) -> Result<(), Because> {
        let requester = self.is_requester(actor);
        let handles = actor.is_permitted(permission::HANDLE);
        let holder = self.is_holder(actor) && handles;
        let unrestricted = self.is_unrestricted(actor);
        let is_desk = actor.is_permitted(permission::TIMERS);
        let grant = |ok: bool, right: &'static str| if ok { Ok(()) } else { Err(Because(right)) };
        // Their place here first, then their role: what is said to be missing is what is.
        let by_role = |place: bool, right: &'static str, permission: &'static str| {
            grant(place, right)?;
            grant(actor.is_permitted(permission), permission)
        };
        let place = self.is_holder(actor) || self.is_of_department(actor);
        match deed {
            Deed::Reply => {
                let as_staff = actor.is_permitted(permission::REPLY) && place;
                grant(requester || self.am_invitee || as_staff, "right-reply")
            }
            Deed::Note => grant(
                actor.is_permitted(permission::NOTE) && self.is_on_staff_side(actor),
                "right-note",
            ),
            Deed::Take | Deed::TakeAndClose | Deed::TakeAndAsk => {
                if self.is_holder(actor) {
                    return Err(Because("rule-already-yours"));
                }
                let (privilege, right) = match self.assignee_id {
                    None => (Privilege::TakeFreeTicket, "right-take-free-ticket"),
                    Some(_) => (Privilege::TakeAssignedTicket, "right-take-assigned-ticket"),
                };
                by_role(
                    self.has_privilege(actor, privilege),
                    right,
                    permission::HANDLE,
                )?;
                let also = match deed {
                    Deed::TakeAndClose => permission::CLOSE,
                    Deed::TakeAndAsk => permission::REPLY,
                    _ => permission::HANDLE,
                };
                grant(actor.is_permitted(also), also)
            }
            Deed::AutoAssign => {
                if self.assignee_id.is_some() {
                    return Err(Because("rule-state"));
                }
                grant(is_desk, "right-desk")
            }
            Deed::Assign => by_role(
                self.has_privilege(actor, Privilege::AssignTicket),
                "right-assign-ticket",
                permission::ASSIGN,
            ),
            // An answer brings it back to somebody: who nobody holds cannot be asked about.
            Deed::Ask => {
                grant(holder, "right-ask")?;
                grant(actor.is_permitted(permission::REPLY), permission::REPLY)
            }
            Deed::Postpone => grant(holder, "right-postpone"),
            Deed::Recall => grant(holder || unrestricted || is_desk, "right-recall"),
            Deed::Refuse => grant(
                unrestricted || (holder && self.has_privilege(actor, Privilege::RefuseTicket)),
                "right-refuse-ticket",
            ),
            Deed::Cancel => grant(requester, "right-cancel"),
            Deed::Expire | Deed::Archive => grant(is_desk, "right-desk"),
            Deed::Transfer => {
                // Whoever holds it, at any time; its department while there is work to do. Where to
                // is judged with the target (handling/transfer.rs).
                let is_open = self.state.stage() == super::machine::Stage::Open;
                let transfers = actor.is_permitted(permission::TRANSFER);
                if transfers && place && !self.is_holder(actor) && !unrestricted && !is_open {
                    return Err(Because("rule-state"));
                }
                by_role(place, "right-transfer", permission::TRANSFER)
            }
            Deed::Release => grant(holder || unrestricted, "right-release"),
            Deed::Close if requester => Ok(()),
            Deed::Close => by_role(
                self.is_holder(actor) || unrestricted,
                "right-close",
                permission::CLOSE,
            ),
            Deed::Approve | Deed::RefuseClosure => grant(requester, "right-approve"),
            Deed::Reopen => {
                let by_right =
                    holder || (handles && self.has_privilege(actor, Privilege::ReopenAnyTicket));
                let as_requester = requester && self.state.stage() == super::machine::Stage::Ended;
                if as_requester && !by_right && self.is_reopening_over {
                    return Err(Because("rule-reopening-over"));
                }
                grant(by_right || as_requester, "right-reopen")
            }
            Deed::ChangeSubject => {
                grant(holder || unrestricted || requester, "right-change-subject")
            }
            Deed::ChangePriority => {
                let as_requester = requester && self.state.stage() == super::machine::Stage::Open;
                grant(
                    holder || unrestricted || as_requester,
                    "right-change-priority",
                )
            }
            // What is confidential is shown to nobody else (trap E-32).
            Deed::ChangeVisibility if self.confidential_id.is_some() => {
                Err(Because("rule-confidential"))
            }
            Deed::ChangeVisibility => {
                let as_requester = requester && self.state.stage() == super::machine::Stage::Open;
                grant(
                    holder || unrestricted || as_requester,
                    "right-change-visibility",
                )
            }
            Deed::ChangeRequester => grant(holder || unrestricted, "right-change-requester"),
            Deed::ChangeOrigin => grant(holder || unrestricted, "right-change-origin"),
            // Whoever may write here; that the words are theirs is asked of the comment.
            Deed::Reword => self
                .person_may(actor, Deed::Reply)
                .or_else(|_| self.person_may(actor, Deed::Note)),
            // Whoever handles the department's tickets, all of them: it is done for everybody, and not undone.
            Deed::Redact => grant(
                handles && (unrestricted || self.my_level == Some(Level::Edit)),
                "right-redact",
            ),
            Deed::DeleteAttachment => grant(
                requester || holder || self.is_manager(actor),
                "right-delete-attachment",
            ),
            Deed::Invite | Deed::Uninvite => grant(
                requester || holder || self.is_manager(actor),
                "right-invite",
            ),
            // Nobody lets themselves see more: only who reads notes here may observe.
            Deed::Observe => grant(self.is_on_staff_side(actor), "right-observe"),
            Deed::AddObserver => grant(holder || self.is_manager(actor), "right-add-observer"),
            // Whoever works on it: its holder, or who could be. A question is a note besides.
            Deed::AskAdvice => by_role(
                self.is_on_staff_side(actor) && (holder || self.is_manager(actor)),
                "right-ask-advice",
                permission::ESCALATE,
            ),
            // Twice is once: where nobody asks any more, whoever could have asked is not refused.
            Deed::EndAdvice => grant(
                holder
                    || self
                        .advice_asker_id
                        .map_or_else(|| self.is_manager(actor), |asker| asker.0 == actor.id()),
                "right-end-advice",
            ),
            // Whoever handles both tickets joins them (decision 0015).
            Deed::Merge | Deed::TakeIn | Deed::GiveBack => {
                by_role(place, "right-merge", permission::MERGE)
            }
            Deed::Split => by_role(place, "right-split", permission::MERGE),
            Deed::FollowUp => grant(
                requester || holder || self.is_manager(actor),
                "right-follow-up",
            ),
            Deed::Link => grant(holder || self.is_manager(actor), "right-link"),
            Deed::Tag => grant(holder || self.is_manager(actor), "right-tag"),
            // Like a note: whoever stands on staff's side and may write there.
            Deed::Work => grant(
                actor.is_permitted(permission::NOTE) && self.is_on_staff_side(actor),
                "right-work",
            ),
        }
    }
}

impl Judged for Ticket {
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
        if action == Read::NAME {
            return Ok(());
        }
        if action == ReleaseForSomebody::NAME {
            // Whoever manages the department's members; the verb asks the state machine.
            let is_theirs = actor.is_permitted(permission::HANDLE)
                && self.has_privilege(actor, Privilege::ManageManagers);
            return if is_theirs {
                Ok(())
            } else {
                Err(Because("right-manage-managers"))
            };
        }
        if action == Remind::NAME || action == Shut::NAME {
            // Neither moves the ticket: the verb looks whether it is due.
            return if actor.is_permitted(permission::TIMERS) {
                Ok(())
            } else {
                Err(Because(permission::TIMERS))
            };
        }
        if action == ReturnFromMerge::NAME {
            return self.person_may(actor, Deed::Merge);
        }
        let Some(deed) = Deed::of(action) else {
            return Err(Because("right-not-yet"));
        };
        self.person_may(actor, deed)?;
        match next(self.state, deed, self.situation(actor)) {
            Some(_) => Ok(()),
            None => Err(Because("rule-state")),
        }
    }
}
