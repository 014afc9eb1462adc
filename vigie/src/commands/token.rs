//! `vigie token`: API tokens of a person.

use std::sync::Arc;

use clap::{Args, Subcommand};
use kit::clock::Clock;
use kit::config::{Config, Refusal};
use kit::error::Error;
use kit::ids::Dice;

use super::sentence;
use crate::audit::{self, Entry, Pen};
use crate::house::{App, House, Opening};
use crate::people::access::tokens::{self, TokenId};
use crate::people::{self, Person};

/// Options of `vigie token`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Clone, Debug, Subcommand)]
enum Deed {
    /// Make a token; it is printed once and can never be read again
    Create {
        /// E-mail address or login of the person whose rights it has
        #[arg(long)]
        person: String,
        /// What it is for, shown in lists
        #[arg(long, default_value = "vigie token")]
        name: String,
    },
    /// List a person's tokens: number, name, when made, when revoked
    List {
        /// E-mail address or login of the person
        #[arg(long)]
        person: String,
    },
    /// Revoke a token at once
    Revoke {
        /// Number of the token, as `list` shows it
        number: i64,
    },
}

/// Runs the command.
pub async fn run(config: Config, options: &Options) -> Result<(), Refusal> {
    let house = House::open_with(
        config,
        Clock::system(),
        Dice::fair(),
        Opening::AsItIs,
        false,
    )
    .await?;
    let app: App = Arc::new(house);
    let done = act(&app, &options.deed).await;
    app.db.close().await;
    done
}

async fn act(app: &App, deed: &Deed) -> Result<(), Refusal> {
    match deed {
        Deed::Create { person, name } => {
            let person = named(app, person).await?;
            if !person.may_sign_in() {
                return Err(Refusal(format!(
                    "{} may not sign in, so a token would open nothing; give them access first.",
                    person.name
                )));
            }
            let secret = create(app, &person, name).await.map_err(sentence)?;
            println!("{secret}");
        }
        Deed::List { person } => {
            let person = named(app, person).await?;
            let listed = tokens::list(&mut app.db.read(), person.id)
                .await
                .map_err(sentence)?;
            for token in listed {
                let revoked = token.revoked_at.map_or("-".to_owned(), |at| at.rfc3339());
                println!(
                    "{}\t{}\t{}\t{revoked}",
                    token.id,
                    token.name,
                    token.created_at.rfc3339()
                );
            }
        }
        Deed::Revoke { number } => revoke(app, TokenId(*number)).await.map_err(|e| match e {
            Error::NotFound => Refusal(format!(
                "There is no token {number}; “vigie token list --person …” shows them."
            )),
            other => sentence(other),
        })?,
    }
    Ok(())
}

async fn named(app: &App, name: &str) -> Result<Person, Refusal> {
    people::find_by_name(&mut app.db.read(), name)
        .await
        .map_err(sentence)?
        .ok_or_else(|| {
            Refusal(format!(
                "Nobody has the address or login “{name}”; check its spelling."
            ))
        })
}

async fn create(app: &App, person: &Person, name: &str) -> Result<String, Error> {
    let mut tx = app.db.write().await?;
    let secret = tokens::create(&mut tx, person.id, name, app.clock.now(), &app.dice).await?;
    let entry = Entry::of(audit::Deed::TokenMade)
        .person(person.id.0)
        .thing(name);
    audit::note(&mut tx, Pen::of_command(app.clock.now()), entry).await?;
    tx.commit().await?;
    Ok(secret)
}

async fn revoke(app: &App, token: TokenId) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    tokens::revoke(&mut tx, token, app.clock.now()).await?;
    let entry = Entry::of(audit::Deed::TokenRevoked).thing(&token.to_string());
    audit::note(&mut tx, Pen::of_command(app.clock.now()), entry).await?;
    tx.commit().await
}
