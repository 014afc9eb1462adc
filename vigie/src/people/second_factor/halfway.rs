//! Between the password and the code: a token that opens nothing but the second step, for minutes.

use kit::clock::{Moment, Span};
use kit::db::{Answers, Tx};
use kit::error::Error;
use kit::ids::{Dice, digest};

use super::store;
use crate::audit::{self, Deed, Entry, Field, Pen};
use crate::people::access::attempts::Try;
use crate::people::access::entering::{self, Means};
use crate::people::access::sessions;
use crate::people::access::sign_in::{Opened, Tools, Whence};
use crate::people::{self, Person, PersonId};

/// A code is waited for so long.
pub const GOOD_FOR: Span = Span::minutes(10);

/// Notes that somebody's password was right, and gives what their cookie is to hold.
pub async fn open(
    tx: &mut Tx,
    person: PersonId,
    means: Means,
    now: Moment,
    dice: &Dice,
) -> Result<String, Error> {
    let token = dice.token();
    store::insert_half(tx, &digest(&token), person, means, now).await?;
    Ok(token)
}

/// Who is halfway in with this token.
///
/// # Errors
/// `NotFound` when it is none, used, too old, or its person was shut out meanwhile.
pub async fn find(ask: &mut dyn Answers, token: &str, now: Moment) -> Result<Person, Error> {
    Ok(find_half(ask, token, now).await?.0)
}

/// The same with what proved the first half.
async fn find_half(
    ask: &mut dyn Answers,
    token: &str,
    now: Moment,
) -> Result<(Person, Means), Error> {
    let half = store::half(ask, &digest(token), now.minus(GOOD_FOR)).await?;
    let half = half.ok_or(Error::NotFound)?;
    let person = people::find(ask, half.person_id).await?;
    if person.may_sign_in() {
        Ok((person, half.means))
    } else {
        Err(Error::NotFound)
    }
}

/// Takes the second step with a code of the app or one on paper.
///
/// # Errors
/// `NotFound` as for [`find`]; `Invalid` at `code`; `TooMany`, by account or by address.
pub async fn finish(
    tools: &Tools<'_>,
    token: &str,
    typed: &str,
    from: &Whence<'_>,
) -> Result<Opened, Error> {
    let (person, first) = find_half(&mut tools.db.read(), token, tools.now).await?;
    let means = first.and_code();
    let tried = Try {
        means,
        address: from.address,
    };
    let mut tx = super::prove_to_enter(tools, person.id, typed, tried).await?;
    // Of two who hold the same token, one comes in.
    if !store::delete_half(&mut tx, &digest(token)).await? {
        return Err(Error::NotFound);
    }
    if let Some(old) = from.old_session {
        sessions::end_any(&mut tx, old).await?;
    }
    let token = sessions::open(
        &mut tx,
        person.id,
        from.user_agent,
        from.address,
        tools.now,
        tools.dice,
    )
    .await?;
    entering::note(&mut tx, person.id, means, from.address, tools.now).await?;
    tx.commit().await?;
    Ok(Opened { token, person })
}

/// Ends every unfinished sign-in of a person.
pub async fn end_all(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    store::delete_halves_of(tx, person).await
}

/// Clears away what nobody finished, and notes whose it was: who gets so far knows a password, and may be somebody else.
/// Whoever came in since had merely begun twice.
pub async fn sweep(tx: &mut Tx, now: Moment) -> Result<(), Error> {
    let before = now.minus(GOOD_FOR);
    for one in store::unfinished(tx, before).await? {
        let entry = Entry::of(Deed::SignInUnfinished)
            .person(one.person_id.0)
            .field(Field::Count, "", &one.n.to_string())
            .field(Field::Means, "", one.means.word());
        audit::note(tx, Pen::of_time(now), entry).await?;
    }
    store::delete_halves_older(tx, before).await
}
