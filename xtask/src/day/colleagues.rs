//! Two agents at once, each in a browser of their own: who sees whom and how soon.

use super::desk::{Day, Hand};
use super::meanwhile::{
    finds_new_rows, follows_a_merge, hears_in_the_corner, is_narrowed, keeps_what_is_written,
    loses_the_right, takes_up_what_was_typed,
};
use crate::browser::driver::Driver;
use crate::browser::view::Extent;
use crate::desk::people::Desk;
use crate::servers::folder::reports;
use anyhow::bail;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How soon a colleague is to be seen, on a line that holds.
pub(super) const SOON: Duration = Duration::from_secs(2);
/// How soon whoever vanished without a word is gone.
const VANISHED: Duration = Duration::from_secs(45);

/// The two of them.
pub(super) struct Pair {
    /// Whose page is looked at.
    pub(super) here: Day,
    /// Who works meanwhile.
    pub(super) there: Day,
}

impl Pair {
    fn wants(&self, words: &str) -> bool {
        self.here.wants(words)
    }

    async fn note(&mut self, words: &str, began: Instant, outcome: anyhow::Result<()>) {
        if outcome.is_err()
            && let (Ok(folder), Ok(picture)) = (
                reports("day"),
                self.there.browser.picture(Extent::Window).await,
            )
        {
            // The picture only helps; the failure is told already.
            let _ = std::fs::write(folder.join("colleague.png"), picture);
        }
        self.here.note(words, began, outcome).await;
    }
}

/// All steps; says how many failed.
pub async fn all(
    driver: &mut Driver,
    desk: &Desk,
    language: &str,
    only: &str,
) -> anyhow::Result<usize> {
    let here = Day::new(driver, desk, language, Hand::Pointer, only).await?;
    let admin = desk.called("admin")?.clone();
    let there = Day::of(driver, desk, admin, language, Hand::Pointer, only).await?;
    let mut both = Pair { here, there };
    let pair = &mut both;
    step!(pair, "sees a colleague in each state", sees_borders);
    step!(
        pair,
        "finds a new ticket waiting behind a button",
        finds_new_rows
    );
    step!(
        pair,
        "reads a colleague's note and loses no character",
        keeps_what_is_written
    );
    step!(
        pair,
        "hears in the corner what concerns it",
        hears_in_the_corner
    );
    step!(
        pair,
        "takes up again what it typed and did not save",
        takes_up_what_was_typed
    );
    step!(pair, "sees which field a colleague edits", sees_the_field);
    step!(
        pair,
        "sees that its own line is down, and what came meanwhile",
        comes_back
    );
    step!(
        pair,
        "loses the page when the right to it ends",
        loses_the_right
    );
    step!(
        pair,
        "is narrowed, and nothing of it is left to see",
        is_narrowed
    );
    step!(pair, "is led on when a ticket is merged", follows_a_merge);
    step!(
        pair,
        "sees a colleague go whose browser crashed",
        sees_a_crash
    );
    // Its browser crashed on purpose.
    let _ = both.there.browser.quit().await;
    both.here.end().await
}

/// Waits until a page shows it, no longer than it may take.
pub(super) async fn soon(
    day: &mut Day,
    what: &str,
    script: &str,
    within: Duration,
) -> anyhow::Result<()> {
    let began = Instant::now();
    let script = format!("return Boolean({script})");
    loop {
        let seen = day.browser.run(&script, json!([])).await;
        if seen.is_ok_and(|it| it == Value::Bool(true)) {
            return Ok(());
        }
        if began.elapsed() > within {
            bail!("{what}: not within {within:?}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

pub(super) async fn go(day: &mut Day, path: &str) -> anyhow::Result<()> {
    let address = format!("{}{path}", day.url);
    day.browser.go(&address).await?;
    let on = "document.documentElement.dataset.line === 'on'";
    soon(day, "the line", on, Duration::from_secs(8)).await
}

/// Puts words into a field as typing does, and takes them out again.
pub(super) async fn writes(day: &mut Day, selector: &str, text: &str) -> anyhow::Result<()> {
    let script = "const [selector, text] = arguments; const field = document.querySelector(selector);
        field.focus(); field.value = text; field.dispatchEvent(new Event('input', {bubbles: true}))";
    day.browser.run(script, json!([selector, text])).await?;
    Ok(())
}

fn strip(colour: &str) -> String {
    format!("document.querySelector('#strip').dataset.b === '{colour}'")
}

async fn sees_borders(pair: &mut Pair) -> anyhow::Result<()> {
    let number = pair.here.new_ticket("Vu à deux").await?;
    go(&mut pair.there, "/tickets").await?;
    go(&mut pair.here, "/tickets").await?;
    let side = |colour: &str, fill: &str| {
        format!(
            "document.querySelector('[data-presence=tickets] .pa[data-b={colour}][data-m={fill}]')"
        )
    };
    soon(
        &mut pair.here,
        "white, on a list",
        &side("white", "list"),
        SOON,
    )
    .await?;
    go(&mut pair.there, "/tickets/new").await?;
    soon(
        &mut pair.here,
        "violet, adding",
        &side("white", "add"),
        SOON,
    )
    .await?;
    let path = format!("/tickets/{number}");
    go(&mut pair.there, &path).await?;
    let row = |colour: &str| {
        format!(
            "document.querySelector('[data-item=\"ticket/{number}\"] .pa[data-b={colour}]')?.offsetParent"
        )
    };
    soon(&mut pair.here, "blue on the row", &row("blue"), SOON).await?;
    soon(&mut pair.here, "green fill", &side("blue", "detail"), SOON).await?;
    writes(&mut pair.there, "#body", "Je regarde").await?;
    soon(&mut pair.here, "orange on the row", &row("orange"), SOON).await?;
    go(&mut pair.here, &path).await?;
    soon(&mut pair.here, "pink on the ticket", &strip("pink"), SOON).await?;
    soon(&mut pair.there, "pink for both", &strip("pink"), SOON).await?;
    let name = pair.there.agent.name.clone();
    let words = format!("document.querySelector('#strip').innerText.includes({name:?})");
    soon(&mut pair.here, "the colleague's name", &words, SOON).await?;
    writes(&mut pair.here, "#body", "Moi aussi").await?;
    soon(&mut pair.here, "red for both", &strip("red"), SOON).await?;
    let alert = "document.querySelector('[data-alert]').textContent";
    soon(
        &mut pair.there,
        "red, said at once",
        &format!("{} && {alert}", strip("red")),
        SOON,
    )
    .await?;
    // A question that is asked and left says nothing of the words that are not sent yet.
    let asks = "const it = document.getElementById('keys'); it.showModal(); it.close()";
    pair.there.browser.run(asks, json!([])).await?;
    tokio::time::sleep(Duration::from_millis(600)).await;
    soon(&mut pair.here, "still red", &strip("red"), SOON).await?;
    writes(&mut pair.there, "#body", "").await?;
    soon(&mut pair.here, "pink again", &strip("pink"), SOON).await?;
    writes(&mut pair.here, "#body", "").await?;
    soon(&mut pair.here, "green, both look", &strip("green"), SOON).await?;
    go(&mut pair.there, "/tickets").await?;
    let alone = format!(
        "{} && document.querySelector('#strip').hasAttribute('data-idle')",
        strip("blue")
    );
    soon(&mut pair.here, "alone again", &alone, SOON).await
}

async fn sees_the_field(pair: &mut Pair) -> anyhow::Result<()> {
    let number = pair.here.own_ticket("Champ par champ").await?;
    let path = format!("/tickets/{number}");
    go(&mut pair.here, &path).await?;
    go(&mut pair.there, &path).await?;
    let form = "form[action$=\"/priority\"]";
    let standing = "return document.querySelector(arguments[0]).elements.was.value";
    let was = pair.here.browser.run(standing, json!([form])).await?;
    let opens = "document.querySelector(arguments[0]).closest('details').open = true";
    pair.there.browser.run(opens, json!([form])).await?;
    let chooses = "const it = document.querySelector(arguments[0]).elements.priority;
        it.selectedIndex = (it.selectedIndex + 1) % it.options.length;
        it.dispatchEvent(new Event('input', {bubbles: true}))";
    pair.there.browser.run(chooses, json!([form])).await?;
    let name = pair.there.agent.name.clone();
    let tag = format!(
        "document.querySelector('details.live-field .live-by')?.innerText.includes({name:?})"
    );
    soon(&mut pair.here, "the name at the field", &tag, SOON).await?;
    let before = pair.here.ticket(number).await?["priority"].clone();
    pair.there
        .browser
        .press(&format!("{form} button[type=submit]"))
        .await?;
    pair.here
        .becomes(number, "of another priority", |it| it["priority"] != before)
        .await?;
    soon(
        &mut pair.here,
        "no name any more",
        "!document.querySelector('.live-by')",
        SOON,
    )
    .await?;
    let shown =
        format!("document.querySelector('form[action$=\"/priority\"] [name=was]').value !== {was}");
    soon(&mut pair.here, "the new priority in place", &shown, SOON).await
}

async fn comes_back(pair: &mut Pair) -> anyhow::Result<()> {
    let number = pair.here.own_ticket("Ligne coupée").await?;
    go(&mut pair.here, &format!("/tickets/{number}")).await?;
    pair.here.browser.connects(false).await?;
    let off = "document.documentElement.dataset.line === 'off'";
    let down = soon(&mut pair.here, "the line is said to be down", off, SOON).await;
    let body = json!({"audience": "staff", "body": "Écrit pendant la coupure"});
    let path = format!("/api/v1/tickets/{number}/comments");
    let said = pair.there.api.post(&path, &body).await;
    // Whatever went wrong, the next step has its connection.
    pair.here.browser.connects(true).await?;
    down?;
    said?;
    let came = "[...document.querySelectorAll('.msg')].some(it => it.innerText.includes('Écrit pendant la coupure'))";
    soon(
        &mut pair.here,
        "what was missed",
        came,
        Duration::from_secs(5),
    )
    .await
}

async fn sees_a_crash(pair: &mut Pair) -> anyhow::Result<()> {
    let number = pair.here.new_ticket("Panne du navigateur").await?;
    let path = format!("/tickets/{number}");
    go(&mut pair.there, &path).await?;
    go(&mut pair.here, &path).await?;
    soon(&mut pair.here, "both look", &strip("green"), SOON).await?;
    // It answers nothing any more: that is the point.
    let crash = pair.there.browser.cdp("Page.crash", json!({}));
    let _ = tokio::time::timeout(Duration::from_secs(2), crash).await;
    soon(
        &mut pair.here,
        "the crashed one gone",
        &strip("blue"),
        VANISHED,
    )
    .await
}
