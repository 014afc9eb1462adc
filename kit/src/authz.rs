//! The mechanism of rights, not the policy: who is asking ([`Actor`]), and proof that they may do
//! something to a thing ([`May`]), which is the second of the two locks.
//!
//! Deliberately absent: which rows anybody sees and which deeds anybody may do. A [`Policy`] says
//! the first as one SQL predicate per table, [`Judged`] the second as one function per thing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::{LazyLock, PoisonError, RwLock};

use crate::db::{Answers, Ask, FromRow, Query};
use crate::error::{Because, Error};

/// How far an actor's eyes reach before any row is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Nothing at all: every predicate is FALSE.
    Nothing,
    /// What is shown to people whom it does not concern, and nothing else.
    Shared,
    /// What concerns them as requester or invitee.
    Own,
    /// That, and what they are assigned or observe.
    Assigned,
    /// That, and of the departments they belong to what those asked for whom they serve.
    ServedDepartments,
    /// That, and the departments they belong to.
    Departments,
    /// What those asked for whom they serve, anywhere, and what names them.
    ServedEverywhere,
    /// Everything.
    Everything,
}

crate::stored_words! {
    /// By which way somebody comes.
    pub enum Way {
        /// In a browser.
        Web = "web",
        /// By a program with a token.
        Api = "api",
        /// At the machine itself.
        Command = "command",
        /// Nobody: time did it.
        Clock = "clock",
    }
}

/// Which rows an actor sees, as SQL.
pub trait Policy: Sync + std::fmt::Debug {
    /// Which policy, by a name that no other has: what a statement becomes under it is made once.
    fn name(&self) -> &'static str;

    /// The predicate for `table` under `alias`; `me` is the placeholder of the actor's id.
    /// Must fail closed: an unknown table or an actor without reach gets `FALSE`. Of the actor it may look at the
    /// reach and the permissions; who they are stands in the placeholder.
    fn predicate(&self, table: &str, alias: &str, actor: &Actor, me: &str) -> String;
}

/// Who is asking. Made once per request, job or letter from what the database says of them.
#[derive(Clone, Debug)]
pub struct Actor {
    id: i64,
    reach: Reach,
    permissions: Cow<'static, [&'static str]>,
    policy: &'static dyn Policy,
    way: Way,
    eyes: Eyes,
}

/// How somebody looks, whoever they are: everything that a predicate may depend on. The same eyes make the same
/// text of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Eyes(usize);

impl Eyes {
    /// The number of this policy, reach and set of permissions. There are as many as roles and reaches.
    fn of(policy: &'static str, reach: Reach, permissions: Cow<'static, [&'static str]>) -> Eyes {
        type Known = HashMap<(&'static str, Reach, Cow<'static, [&'static str]>), Eyes>;
        static KNOWN: LazyLock<RwLock<Known>> = LazyLock::new(RwLock::default);
        let key = (policy, reach, permissions);
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(eyes) = known.get(&key) {
            return *eyes;
        }
        drop(known);
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        let next = Eyes(known.len());
        *known.entry(key).or_insert(next)
    }
}

impl Actor {
    /// An actor with this reach and these permissions under `policy`, in a browser unless
    /// [`Actor::through`] says otherwise.
    pub fn new(
        id: i64,
        reach: Reach,
        permissions: impl Into<Cow<'static, [&'static str]>>,
        policy: &'static dyn Policy,
    ) -> Actor {
        let permissions = permissions.into();
        Actor {
            id,
            reach,
            eyes: Eyes::of(policy.name(), reach, permissions.clone()),
            permissions,
            policy,
            way: Way::Web,
        }
    }

    /// The same actor, coming by another way. It changes nothing of what they may.
    #[must_use]
    pub fn through(mut self, way: Way) -> Actor {
        self.way = way;
        self
    }

    /// By which way they come.
    pub fn way(&self) -> Way {
        self.way
    }

    /// The person's identifier.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// How far their eyes reach.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// Whether their role carries a permission.
    pub fn is_permitted(&self, permission: &str) -> bool {
        self.permissions.contains(&permission)
    }

    pub(crate) fn eyes(&self) -> Eyes {
        self.eyes
    }

    pub(crate) fn predicate(&self, table: &str, alias: &str, me: &str) -> String {
        self.policy.predicate(table, alias, self, me)
    }
}

/// A deed, as a type, so that a proof for one is no proof for another.
pub trait Action {
    /// Its word, such as `close`.
    const NAME: &'static str;
}

/// What can be judged: a thing together with what the judgement needs to know.
pub trait Judged {
    /// Whether `actor` may do `action` to this; the missing right otherwise.
    fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because>;
}

/// Proof that somebody may do `A` to this `T`. [`find`] and [`permit`] make them.
#[derive(Debug)]
pub struct May<A, T> {
    it: T,
    by: (i64, Eyes),
    action: PhantomData<A>,
}

impl<A, T: Judged + Clone> May<A, T> {
    /// The same thing judged for another deed, without looking again: for whoever holds it, so that it is what it was.
    ///
    /// # Errors
    /// `Forbidden`; `Bug` for somebody else than it was found for, or with other eyes.
    pub fn also<B: Action>(&self, actor: &Actor) -> Result<May<B, T>, Error> {
        if self.by != (actor.id, actor.eyes) {
            return Err(Error::bug("a right was asked for through other eyes"));
        }
        permit(actor, self.it.clone())
    }
}

impl<A, T> Deref for May<A, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.it
    }
}

/// Looks for the thing through the actor's own eyes, then judges: no row is `NotFound`, a row one
/// may not act on is `Forbidden`. The query must come from `scoped!`.
pub async fn find<A: Action, T: FromRow + Judged>(
    ask: &mut dyn Answers,
    actor: &Actor,
    query: Query,
) -> Result<May<A, T>, Error> {
    if !query.scoped {
        return Err(Error::bug(
            "a right was asked for through an unscoped query",
        ));
    }
    let it: T = ask.maybe(query).await?.ok_or(Error::NotFound)?;
    permit(actor, it)
}

/// Proof of a right that hangs on the actor alone (such as writing to the desk's settings).
pub fn permit<A: Action, T: Judged>(actor: &Actor, it: T) -> Result<May<A, T>, Error> {
    it.judge(actor, A::NAME).map_err(Error::Forbidden)?;
    Ok(May {
        it,
        by: (actor.id, actor.eyes),
        action: PhantomData,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Anybody;
    impl Policy for Anybody {
        fn name(&self) -> &'static str {
            "anybody"
        }
        fn predicate(&self, _: &str, _: &str, _: &Actor, _: &str) -> String {
            "TRUE".to_owned()
        }
    }

    struct Open;
    impl Action for Open {
        const NAME: &'static str = "open";
    }
    struct Shut;
    impl Action for Shut {
        const NAME: &'static str = "shut";
    }
    struct Turn;
    impl Action for Turn {
        const NAME: &'static str = "turn";
    }

    /// May be opened by anybody, shut by who may write, turned by nobody.
    #[derive(Clone, Debug)]
    struct Door;
    impl Judged for Door {
        fn judge(&self, actor: &Actor, action: &'static str) -> Result<(), Because> {
            match action {
                "open" => Ok(()),
                "shut" if actor.is_permitted("write") => Ok(()),
                _ => Err(Because("write")),
            }
        }
    }

    fn actor(id: i64, permissions: &'static [&'static str]) -> Actor {
        Actor::new(id, Reach::Own, permissions, &Anybody)
    }

    #[test]
    fn what_is_held_is_judged_anew_for_each_deed_and_for_nobody_else() {
        let writer = actor(1, &["write"]);
        let held: May<Open, Door> = permit(&writer, Door).unwrap();
        assert!(held.also::<Shut>(&writer).is_ok());
        assert!(matches!(
            held.also::<Turn>(&writer),
            Err(Error::Forbidden(_))
        ));
        for other in [actor(2, &["write"]), actor(1, &["write", "look"])] {
            assert!(matches!(held.also::<Shut>(&other), Err(Error::Bug(_))));
        }
        let reader = actor(3, &[]);
        let held: May<Open, Door> = permit(&reader, Door).unwrap();
        assert!(matches!(
            held.also::<Shut>(&reader),
            Err(Error::Forbidden(_))
        ));
    }
}
