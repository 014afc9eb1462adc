//! `vigie migrate`: brings the database to this version.

use kit::clock::Clock;
use kit::config::{Config, Refusal};
use kit::ids::Dice;

use crate::house::House;

/// Runs the command.
pub async fn run(config: Config) -> Result<(), Refusal> {
    let app = House::open(config, Clock::system(), Dice::fair()).await?;
    println!("The database is at this version.");
    app.db.close().await;
    Ok(())
}
