//! Colleagues at work on the same tickets, in colour and without any: whatever tells the states apart must be there
//! without it, too (fault PRES-22). Nothing judges these pictures but the eyes of whoever looks at them.

use crate::browser::driver::{Browser, Driver};
use crate::browser::view::{Extent, Theme, WIDE};
use crate::desk::{people::Desk, visit};
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// How soon a page shows a colleague.
const SOON: Duration = Duration::from_secs(8);

/// The pictures, in the order in which they come about, each by its name.
const SCENES: [&str; 7] = [
    "greyscale-list",
    "greyscale-list-viewed-by-two",
    "greyscale-list-viewed-and-edited",
    "greyscale-list-conflict",
    "greyscale-ticket",
    "greyscale-conflict",
    "greyscale-legend",
];

/// Whether one of them is asked for.
pub fn is_wanted(only: Option<&str>) -> bool {
    SCENES
        .iter()
        .any(|scene| only.is_none_or(|word| scene.contains(word)))
}

/// Takes them; says which files each scene has.
pub async fn pictures(
    desk: &Desk,
    into: &Path,
) -> anyhow::Result<Vec<(&'static str, Vec<String>)>> {
    let mut driver = Driver::start().await?;
    let mut stage = Stage {
        here: enter(&mut driver, desk, "agent").await?,
        one: enter(&mut driver, desk, "owner").await?,
        other: enter(&mut driver, desk, "admin").await?,
        url: desk.url.clone(),
        taken: vec![],
    };
    let played = stage.play(into).await;
    for browser in [stage.here, stage.one, stage.other] {
        browser.quit().await?;
    }
    played.map(|()| stage.taken)
}

async fn enter(driver: &mut Driver, desk: &Desk, actor: &str) -> anyhow::Result<Browser> {
    let mut browser = driver.new_browser("fr").await?;
    visit::sign_in(&mut browser, &desk.url, desk.called(actor)?).await?;
    visit::speak(&mut browser, "fr").await?;
    Ok(browser)
}

/// Whose page is looked at, and two who work meanwhile.
struct Stage {
    here: Browser,
    one: Browser,
    other: Browser,
    url: String,
    taken: Vec<(&'static str, Vec<String>)>,
}

impl Stage {
    async fn play(&mut self, into: &Path) -> anyhow::Result<()> {
        let [
            list,
            by_two,
            and_edited,
            list_conflict,
            ticket,
            conflict,
            legend,
        ] = SCENES;
        let url = self.url.clone();
        self.here.resize(WIDE).await?;
        go(&mut self.here, &url, "/tickets").await?;
        let (first, second) = two_tickets(&mut self.here).await?;
        let row = |ticket: &str, colour: &str| {
            format!(
                "document.querySelector('[data-item=\"ticket/{ticket}\"] .pa[data-b={colour}]')"
            )
        };
        let (at_first, at_second) = (format!("/tickets/{first}"), format!("/tickets/{second}"));
        go(&mut self.one, &url, &at_first).await?;
        go(&mut self.other, &url, &at_second).await?;
        writes(&mut self.other, "Je regarde").await?;
        soon(&mut self.here, &row(&first, "blue")).await?;
        soon(&mut self.here, &row(&second, "orange")).await?;
        self.take(list, into).await?;
        writes(&mut self.other, "").await?;
        go(&mut self.other, &url, &at_first).await?;
        soon(&mut self.here, &row(&first, "green")).await?;
        self.take(by_two, into).await?;
        writes(&mut self.other, "Je regarde").await?;
        soon(&mut self.here, &row(&first, "pink")).await?;
        self.take(and_edited, into).await?;
        writes(&mut self.one, "Moi aussi").await?;
        soon(&mut self.here, &row(&first, "red")).await?;
        self.take(list_conflict, into).await?;
        writes(&mut self.one, "").await?;
        go(&mut self.here, &url, &at_first).await?;
        soon(&mut self.here, &strip("pink")).await?;
        self.take(ticket, into).await?;
        writes(&mut self.here, "Moi aussi").await?;
        soon(&mut self.here, &strip("red")).await?;
        self.take(conflict, into).await?;
        writes(&mut self.here, "").await?;
        writes(&mut self.other, "").await?;
        go(&mut self.here, &url, "/legend").await?;
        self.take(legend, into).await
    }

    /// The page as it is now: in both themes, in colour and without.
    async fn take(&mut self, scene: &'static str, into: &Path) -> anyhow::Result<()> {
        let mut files = vec![];
        for theme in [Theme::Light, Theme::Dark] {
            self.here.wear(theme).await?;
            for (name, has_colour) in [("colour", true), ("grey", false)] {
                self.here.see_colour(has_colour).await?;
                let painted = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(0)));";
                self.here.run_and_wait(painted, json!([])).await?;
                let file = format!("{scene}-fr-{}-wide-{name}.png", theme.name());
                std::fs::write(into.join(&file), self.here.picture(Extent::Window).await?)?;
                files.push(file);
            }
        }
        self.here.see_colour(true).await?;
        self.taken.push((scene, files));
        Ok(())
    }
}

async fn go(browser: &mut Browser, url: &str, path: &str) -> anyhow::Result<()> {
    browser.go(&format!("{url}{path}")).await?;
    soon(browser, "document.documentElement.dataset.line === 'on'").await
}

fn strip(colour: &str) -> String {
    format!("document.querySelector('#strip')?.dataset.b === '{colour}'")
}

/// Waits until a page shows it.
async fn soon(browser: &mut Browser, script: &str) -> anyhow::Result<()> {
    let began = Instant::now();
    let asked = format!("return Boolean({script})");
    loop {
        if browser.run(&asked, json!([])).await? == Value::Bool(true) {
            return Ok(());
        }
        if began.elapsed() > SOON {
            bail!("{script}: not within {SOON:?}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Puts words into the composer as typing does; none takes them out again.
async fn writes(browser: &mut Browser, text: &str) -> anyhow::Result<()> {
    let script =
        "const field = document.querySelector('#body'); field.focus(); field.value = arguments[0];
        field.dispatchEvent(new Event('input', {bubbles: true}))";
    browser.run(script, json!([text])).await?;
    Ok(())
}

/// The numbers of the first two tickets of the list that is open.
async fn two_tickets(browser: &mut Browser) -> anyhow::Result<(String, String)> {
    let script = "return [...document.querySelectorAll('[data-row][data-item^=\"ticket/\"]')].map(it => it.dataset.item.slice('ticket/'.length))";
    let rows = browser.run(script, json!([])).await?;
    let rows = rows.as_array().cloned().unwrap_or_default();
    let mut numbers = rows.iter().filter_map(Value::as_str).map(str::to_owned);
    let first = numbers.next().context("the list holds no ticket")?;
    let second = numbers.find(|it| *it != first);
    Ok((first, second.context("the list holds one ticket alone")?))
}
