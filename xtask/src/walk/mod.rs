//! From a stranger's mail to an approved closure: in a browser, with a real mail client and server.

mod scene;
mod steps;

use crate::browser::driver::Driver;
use crate::desk::start::{self, Engine, Place};
use crate::mail::sink::Sink;
use crate::servers::postgres::Postgres;
use anyhow::Context;
use scene::Scene;
use std::path::Path;
use std::time::Instant;

/// Which walks.
#[derive(clap::Args)]
pub struct Options {
    /// Only this engine
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    #[command(flatten)]
    build: start::Build,
    /// Only the walk without script (by default both kinds are walked)
    #[arg(long, conflicts_with = "with_script")]
    without_script: bool,
    /// Only the walk with script
    #[arg(long)]
    with_script: bool,
}

/// Walks on both engines, with script and without.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let program = options.build.program().await?;
    for engine in Engine::BOTH {
        if options.engine.is_some_and(|it| it != engine) {
            continue;
        }
        for script in [true, false] {
            if (script && options.without_script) || (!script && options.with_script) {
                continue;
            }
            let how = format!(
                "{}, {} script",
                engine.name(),
                if script { "with" } else { "without" }
            );
            println!("walk: {how}");
            on(engine, &program, script)
                .await
                .with_context(|| format!("walk on {how}"))?;
        }
    }
    Ok(())
}

async fn on(engine: Engine, program: &Path, script: bool) -> anyhow::Result<()> {
    let postgres = if engine == Engine::Postgres {
        Some(Postgres::start(false).await?)
    } else {
        None
    };
    let sink = Sink::start().await?;
    let mut place = Place::new(program, engine, postgres.as_ref()).await?;
    place.relay_to(sink.address());
    let (running, desk) = place.demo().await?;
    let mut driver = Driver::start().await?;
    let mut scene = Scene::new(&mut driver, desk, sink, script).await?;
    let begin = Instant::now();
    let walked = steps::all(&mut scene).await;
    if walked.is_err() {
        scene.leave_evidence(&running.log_end()).await;
    }
    println!(
        "walk: {} in {:.1} s",
        if walked.is_ok() { "arrived" } else { "stopped" },
        begin.elapsed().as_secs_f64()
    );
    walked
}
