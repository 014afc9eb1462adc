//! An agent's day and a requester's errand in a browser: each deed by the keyboard alone, by the pointer,
//! and in the portal on a phone; in both languages. What came of it is read through the API.

/// One step of somebody's day: lived through if it is wanted, noted however it went, and on.
macro_rules! step {
    ($day:ident, $words:literal, $step:expr) => {
        if $day.wants($words) {
            let began = std::time::Instant::now();
            let outcome = $step($day).await;
            $day.note($words, began, outcome).await;
        }
    };
}

mod agent;
mod colleagues;
mod desk;
mod list;
mod meanwhile;
mod mishaps;
mod portal;

use crate::browser::driver::Driver;
use crate::desk::start::{self, Engine, Place};
use crate::servers::postgres::Postgres;
use anyhow::Context;
use desk::{Day, Hand};
use std::path::Path;
use std::time::Instant;

/// Which days.
#[derive(clap::Args)]
pub struct Options {
    /// On this engine
    #[arg(long, value_enum, default_value_t = Engine::Sqlite)]
    engine: Engine,
    #[command(flatten)]
    build: start::Build,
    /// Only in this language
    #[arg(long)]
    language: Option<String>,
    /// Only steps whose sentence holds these words
    #[arg(long, default_value = "")]
    only: String,
}

/// Lives through all of them, and says which steps failed; one that fails does not keep the next from being tried.
/// The languages go side by side, each at a desk of its own: people wait more than machines do.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let program = options.build.program().await?;
    let postgres = match options.engine {
        Engine::Postgres => Some(Postgres::start(false).await?),
        Engine::Sqlite => None,
    };
    let begin = Instant::now();
    let of = async |language: &str| match options.language.as_deref() {
        Some(other) if other != language => Ok(0),
        _ => days_in(language, &program, postgres.as_ref(), &options).await,
    };
    let (french, english) = tokio::join!(of("fr"), of("en"));
    let failed = french? + english?;
    println!(
        "day: {:.1} s, {failed} steps failed",
        begin.elapsed().as_secs_f64()
    );
    anyhow::ensure!(failed == 0, "{failed} steps failed");
    Ok(())
}

/// The days in one language; how many steps failed.
async fn days_in(
    language: &str,
    program: &Path,
    postgres: Option<&Postgres>,
    options: &Options,
) -> anyhow::Result<usize> {
    let place = Place::new(program, options.engine, postgres).await?;
    let (_running, desk) = place.demo().await?;
    let mut driver = Driver::start().await?;
    let only = &options.only;
    let mut failed = 0;
    for hand in [Hand::Keyboard, Hand::Pointer] {
        println!("day: {language}, {}", hand.name());
        let mut day = Day::new(&mut driver, &desk, language, hand, only)
            .await
            .with_context(|| format!("a day in {language}"))?;
        agent::all(&mut day).await;
        list::all(&mut day).await;
        mishaps::all(&mut day).await;
        failed += day.end().await?;
    }
    println!("day: {language}, two colleagues");
    failed += colleagues::all(&mut driver, &desk, language, only).await?;
    for script in [true, false] {
        let with = if script { "with" } else { "without" };
        println!("day: {language}, portal on a phone, {with} script");
        failed += portal::all(&mut driver, &desk, language, script, only).await?;
    }
    Ok(failed)
}
