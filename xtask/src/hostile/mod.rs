//! Mails made to run script, to tell somebody that they are read, or to do something in their reader's name: sent to a
//! desk by SMTP, opened in Chromium wherever their words are shown, and nothing may come of it.
//!
//! Every host but the desk's leads to a canary that counts who comes; between the browser and the desk stands somebody
//! who counts requests that only a mail can have caused; a script that runs says so on the console. Each page is opened
//! twice: as people open it, and with its Content-Security-Policy put aside, so that neither of the two lines of defence
//! stands behind the other. At the end the same mails are opened as they came: then the canaries must sing.

mod canary;
mod corpus;
mod visits;

use crate::browser::driver::Driver;
use crate::desk::api::Client;
use crate::desk::start::{self, Engine, Place};
use crate::desk::visit;
use anyhow::{Context, bail};
use canary::{Between, Canary};
use std::time::Instant;
use visits::Seen;

/// What to open.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    build: start::Build,
    /// Only mails whose names hold this
    #[arg(long)]
    only: Option<String>,
}

/// How many of the bodies must make a canary sing when nothing stands in their way. The rest wait for older browsers, for
/// a click, or for a reader of another kind.
const SINGING: usize = 50;

/// Sends them, opens them, counts.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let begin = Instant::now();
    let program = options.build.program().await?;
    let canary = Canary::start().await?;
    let mut place = Place::new(&program, Engine::Sqlite, None).await?;
    let between = Between::start(place.web()).await?;
    place.known_as(between.address());
    let (running, mut desk) = place.demo().await?;
    desk.url = format!("http://{}", between.address());
    let bodies = corpus::bodies(options.only.as_deref())?;
    println!(
        "hostile: {} mails, desk ready in {:.1} s",
        bodies.len(),
        begin.elapsed().as_secs_f64()
    );

    let agent = desk.global_agent()?.clone();
    let requester = desk.portal_user()?.clone();
    let mut api = Client::new(place.web(), &agent.token);
    let tickets = corpus::send(&desk, place.web(), &requester, &bodies, &mut api)
        .await
        .with_context(|| running.log_end())?;
    println!(
        "hostile: on {} tickets after {:.1} s",
        tickets.len(),
        begin.elapsed().as_secs_f64()
    );

    let mut driver = Driver::start().await?;
    let rules = canary.resolver_rules();
    let flags = [rules.as_str()];
    let mut seen = Seen::default();
    let mut at_desk = driver.new_browser_with("en", &flags).await?;
    visit::sign_in(&mut at_desk, &desk.url, &agent).await?;
    let mut at_home = driver.new_browser_with("en", &flags).await?;
    visit::sign_in(&mut at_home, &desk.url, &requester).await?;
    let mut frames = Vec::new();
    for policy in [true, false] {
        if !policy {
            visits::put_policy_aside(&mut at_desk).await?;
            visits::put_policy_aside(&mut at_home).await?;
        }
        visits::as_agent(&mut at_desk, &desk.url, &tickets, &mut seen).await?;
        frames = visits::frames(&mut at_desk, &desk.url, &tickets, &mut seen).await?;
        visits::as_requester(&mut at_home, &desk.url, &tickets, &mut seen).await?;
        visits::mails(
            &mut at_desk,
            place.web(),
            &desk.url,
            &bodies,
            policy,
            &mut seen,
        )
        .await?;
    }
    visits::still_signed_in(&mut at_desk, &desk.url).await?;
    visits::still_signed_in(&mut at_home, &desk.url).await?;
    let abroad = canary.came();
    // What a reader asks for may come: pictures, of other hosts, and nothing else.
    let pictures = visits::frames_with_pictures(&mut at_desk, &frames, &mut seen).await?;
    canary.came();
    visits::still_signed_in(&mut at_desk, &desk.url).await?;
    let at_ours = between.suspicious();
    println!(
        "hostile: {} pages, {} mails' words met, after {:.1} s",
        seen.pages,
        seen.met.len(),
        begin.elapsed().as_secs_f64()
    );
    let with_cookie = at_ours.iter().filter(|it| it.with_cookie).count();
    println!(
        "hostile: {} mails in their frames; {pictures} pictures asked for when they were to be shown",
        frames.len()
    );
    println!(
        "hostile: {} scripts run, {} requests to another host, {} to ours, {with_cookie} of them with a cookie, {} odd elements",
        seen.scripts.len(),
        abroad.len() + seen.abroad.len(),
        at_ours.len(),
        seen.odd.len()
    );
    let mut faults: Vec<String> = Vec::new();
    faults.extend(seen.scripts.iter().map(|it| format!("script: {it}")));
    faults.extend(
        abroad
            .iter()
            .chain(&seen.abroad)
            .map(|it| format!("abroad: {it}")),
    );
    faults.extend(at_ours.iter().map(|it| format!("at ours: {it:?}")));
    faults.extend(seen.odd.iter().map(|it| format!("odd: {it}")));
    for body in &bodies {
        if !seen.met.contains(&body.name) {
            faults.push(format!(
                "{} was met on no page: it proves nothing",
                body.name
            ));
        }
    }
    if options.only.is_none() && (frames.len() < bodies.len() / 4 || pictures == 0) {
        faults.push("the frames show nothing: they prove nothing".to_owned());
    }
    if !faults.is_empty() {
        bail!("{} findings:\n{}", faults.len(), faults.join("\n"));
    }

    // The same mails without the desk: whoever counts must be able to count.
    canary.show(&bodies, &desk.url);
    let mut unguarded = driver.new_browser_with("en", &flags).await?;
    let ran = visits::unguarded(&mut unguarded, &bodies).await?;
    let came = canary.came();
    let ours = between.suspicious();
    let sings = |name: &str| {
        let mark = format!("canary-{name}");
        let host = format!("{name}.canary.example");
        ran.iter().any(|it| it.contains(name))
            || came.iter().any(|it| it.contains(&host))
            || ours.iter().any(|it| it.request.contains(&mark))
    };
    let singing = bodies.iter().filter(|it| sings(&it.name)).count();
    println!(
        "hostile: as they came, {singing} of {} make a canary sing ({} scripts, {} requests abroad, {} to ours); {:.1} s in all",
        bodies.len(),
        ran.len(),
        came.len(),
        ours.len(),
        begin.elapsed().as_secs_f64()
    );
    let silent: Vec<&str> = bodies
        .iter()
        .map(|it| it.name.as_str())
        .filter(|it| !sings(it))
        .collect();
    if options.only.is_none() && (singing < SINGING || ran.is_empty() || ours.is_empty()) {
        bail!("the canaries are deaf: silent are {}", silent.join(", "));
    }
    Ok(())
}
