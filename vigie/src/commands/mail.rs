//! `vigie mail`: what came in and could not be read, what waits to go out.

use std::io::Write;

use clap::{Args, Subcommand};
use kit::authz::Actor;
use kit::clock::Clock;
use kit::config::{Config, Refusal};
use kit::error::Error;
use kit::ids::Dice;

use super::sentence;
use crate::house::{House, Opening};
use crate::mail::lists_store;
use crate::mail::outbox_store::{self, OutgoingId, OutgoingState};
use crate::mail::store::{self, IncomingId, IncomingState};
use crate::policy::{self, AgentScope, Role};

/// Options of `vigie mail`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Clone, Debug, Subcommand)]
enum Deed {
    /// List letters that were held or could not be read, and mails that wait or were given up
    List {
        /// Rows of each list
        #[arg(long, default_value_t = 50)]
        limit: i64,
    },
    /// Write a letter that came in to standard output, as it came
    Show {
        /// Number of the letter, as `list` shows it after “in”
        number: i64,
    },
    /// Try again: a letter is read once more, a mail is sent once more
    Retry {
        /// Which: in-12 or out-34, as `list` shows it
        which: String,
    },
    /// Let every mail leave that waits without being tried, such as after a relay was configured
    Release,
}

/// Runs the command.
///
/// # Errors
/// One sentence that says what to do.
pub async fn run(config: Config, options: &Options) -> Result<(), Refusal> {
    let house = House::open_with(
        config,
        Clock::system(),
        Dice::fair(),
        Opening::AsItIs,
        false,
    );
    let house = house.await?;
    // Whoever may open the database may see the post.
    let operator = policy::actor(0, Some((Role::Admin, AgentScope::Global)));
    let done = act(&house, &operator, &options.deed).await;
    house.db.close().await;
    done
}

async fn act(house: &House, operator: &Actor, deed: &Deed) -> Result<(), Refusal> {
    match deed {
        Deed::List { limit } => list(house, operator, *limit).await.map_err(sentence),
        Deed::Show { number } => {
            let raw =
                lists_store::raw_incoming(&mut house.db.read(), operator, IncomingId(*number))
                    .await;
            let (raw, _) = raw.map_err(|error| missing(error, &format!("in-{number}")))?;
            std::io::stdout()
                .write_all(&raw)
                .map_err(|e| Refusal(format!("The letter cannot be written ({e}).")))
        }
        Deed::Retry { which } => {
            let again = retry(house, operator, which)
                .await
                .map_err(|error| missing(error, which))?;
            println!("{which}\t{}", if again { "again" } else { "nothing to do" });
            Ok(())
        }
        Deed::Release => {
            let released = release(house).await.map_err(sentence)?;
            println!("{released}");
            Ok(())
        }
    }
}

fn missing(error: Error, which: &str) -> Refusal {
    match error {
        Error::NotFound => Refusal(format!(
            "There is no mail “{which}”; “vigie mail list” shows them."
        )),
        other => sentence(other),
    }
}

async fn list(house: &House, operator: &Actor, limit: i64) -> Result<(), Error> {
    let mut reader = house.db.read();
    for state in [
        IncomingState::Received,
        IncomingState::Held,
        IncomingState::Unreadable,
    ] {
        for mail in lists_store::list_incoming(&mut reader, operator, state, limit).await? {
            println!(
                "in-{}\t{}\t{}\t{}\t{}\t{}",
                mail.id,
                state.word(),
                mail.received_at.rfc3339(),
                mail.reason.unwrap_or_else(|| "-".to_owned()),
                mail.sender.unwrap_or(mail.envelope_from),
                mail.subject.unwrap_or_default(),
            );
        }
    }
    for states in [
        [OutgoingState::Waiting, OutgoingState::Uncertain],
        [OutgoingState::Failed, OutgoingState::Bounced],
    ] {
        for mail in lists_store::list_outgoing(&mut reader, operator, states, limit).await? {
            println!(
                "out-{}\t{}\t{}\t{}\t{}\t{}",
                mail.id,
                mail.state.word(),
                mail.created_at.rfc3339(),
                mail.last_error.unwrap_or_else(|| "-".to_owned()),
                mail.address,
                mail.subject.unwrap_or_default(),
            );
        }
    }
    Ok(())
}

async fn retry(house: &House, operator: &Actor, which: &str) -> Result<bool, Error> {
    let (way, number) = which.split_once('-').ok_or(Error::NotFound)?;
    let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
    let now = house.clock.now();
    let mut tx = house.db.write().await?;
    let again = match way {
        "in" => store::replay(&mut tx, operator, IncomingId(number), now).await?,
        "out" => outbox_store::retry(&mut tx, operator, OutgoingId(number), now).await?,
        _ => return Err(Error::NotFound),
    };
    tx.commit().await?;
    Ok(again)
}

async fn release(house: &House) -> Result<usize, Error> {
    let mut tx = house.db.write().await?;
    let released = outbox_store::release_waiting(&mut tx, house.clock.now()).await?;
    tx.commit().await?;
    Ok(released)
}
