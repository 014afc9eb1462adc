//! `vigie owner`: a one-time link for whoever is to own the desk.

use kit::clock::Clock;
use kit::config::{Config, Refusal};
use kit::ids::Dice;

use super::sentence;
use crate::house::House;
use crate::setup;

/// Runs the command.
pub async fn run(config: Config) -> Result<(), Refusal> {
    let app = House::open(config, Clock::system(), Dice::fair()).await?;
    let link = setup::owner_link(&app.db, &app.config.public_url, app.clock.now(), &app.dice)
        .await
        .map_err(sentence)?;
    println!("{link}");
    app.db.close().await;
    Ok(())
}
