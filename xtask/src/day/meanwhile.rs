//! What becomes of an agent's page while a colleague works: new rows, a note while one writes, a right that ends,
//! a ticket that goes on as another.

use super::colleagues::{Pair, SOON, go, soon, writes};
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::time::Duration;

/// Whether nothing moved that anybody could see: the browser's measure of shifts, of which a time that grows by a
/// digit as its minute ends is some hundred-thousandths, and a row that pushes others down some hundredths.
fn is_still(moved: f64) -> bool {
    moved < 0.001
}

/// On a list one looks at one row and has ticked another; both change, so does a third, and a new one comes.
pub(super) async fn finds_new_rows(pair: &mut Pair) -> anyhow::Result<()> {
    go(&mut pair.there, "/tickets?view=all").await?;
    let watch = "const boxes = [...document.querySelectorAll('.ck[name=ticket]')]; boxes[2].click();
        document.querySelectorAll('.subj')[1].focus(); window.moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(it => window.moved += it.value))
            .observe({type: 'layout-shift'});
        performance.clearResourceTimings();
        return [document.activeElement.textContent, boxes[2].value, boxes.slice(1, 4).map(it => it.value.split('.')[0])]";
    let seen = pair.there.browser.run(watch, json!([])).await?;
    let changed = seen[2].as_array().context("no rows")?.clone();
    for number in changed.iter().filter_map(Value::as_str) {
        let body = json!({"audience": "staff", "body": "Changé pendant qu’on regarde"});
        let path = format!("/api/v1/tickets/{number}/comments");
        pair.there.api.post(&path, &body).await?;
    }
    pair.here.new_ticket("Tout nouveau ticket").await?;
    let offered = "document.querySelector('[data-new] button')";
    soon(
        &mut pair.there,
        "the button",
        offered,
        Duration::from_secs(4),
    )
    .await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let still = "return [document.activeElement.textContent, window.moved,
        performance.getEntriesByType('resource').filter(it => it.initiatorType === 'fetch').length]";
    let after = pair.there.browser.run(still, json!([])).await?;
    ensure!(after[0] == seen[0], "the focus moved to {}", after[0]);
    ensure!(
        after[1].as_f64().is_some_and(is_still),
        "the page moved by {}",
        after[1]
    );
    // As many looks as changes came, not one after the other without end.
    ensure!(
        after[2]
            .as_u64()
            .is_some_and(|looks| (1..=6).contains(&looks)),
        "{} looks",
        after[2]
    );
    pair.there.browser.keys(".").await?;
    let first = "document.querySelector('.subj').textContent.includes('Tout nouveau ticket')";
    soon(&mut pair.there, "the new row", first, SOON).await?;
    soon(
        &mut pair.there,
        "no button any more",
        &format!("!{offered}"),
        SOON,
    )
    .await?;
    let rows = "const rows = [...document.querySelectorAll('[data-row]')];
        return [rows.filter(it => !it.querySelector('.subj')?.textContent.trim()).length,
            [...document.querySelectorAll('.ck:checked')].filter(it => it.name === 'ticket').map(it => it.value)]";
    let rows = pair.there.browser.run(rows, json!([])).await?;
    ensure!(rows[0] == 0, "{} rows are blank", rows[0]);
    ensure!(
        rows[1] == json!([seen[1]]),
        "the tick, with the version that was seen: {}",
        rows[1]
    );
    Ok(())
}

pub(super) async fn keeps_what_is_written(pair: &mut Pair) -> anyhow::Result<()> {
    let number = pair.here.own_ticket("Écrit à deux").await?;
    let path = format!("/tickets/{number}");
    go(&mut pair.here, &path).await?;
    let seen = pair
        .here
        .browser
        .run(
            "return document.querySelector('#composer [name=version]').value",
            json!([]),
        )
        .await?;
    writes(&mut pair.here, "#body", "Ma réponse à moitié").await?;
    let watch = "const field = document.querySelector('#body'); field.focus(); field.setSelectionRange(3, 5); window.moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(it => window.moved += it.value)).observe({type: 'layout-shift'})";
    pair.here.browser.run(watch, json!([])).await?;
    let body = json!({"audience": "staff", "body": "Note d’une collègue"});
    pair.there
        .api
        .post(&format!("/api/v1/tickets/{number}/comments"), &body)
        .await?;
    let came = "[...document.querySelectorAll('.msg')].some(it => it.innerText.includes('Note d’une collègue'))";
    soon(&mut pair.here, "the note in the thread", came, SOON).await?;
    let news = "!document.querySelector('[data-news]').hidden";
    soon(&mut pair.here, "the word that something came", news, SOON).await?;
    let field = "const it = document.querySelector('#body');
        return [it.value, document.activeElement === it, it.selectionStart, it.selectionEnd, window.moved,
            document.querySelector('#composer [name=version]').value]";
    let kept = pair.here.browser.run(field, json!([])).await?;
    ensure!(kept[0] == "Ma réponse à moitié", "the words: {}", kept[0]);
    ensure!(
        kept[1] == true && kept[2] == 3 && kept[3] == 5,
        "the caret: {kept}"
    );
    ensure!(
        kept[4].as_f64().is_some_and(is_still),
        "the page moved by {}",
        kept[4]
    );
    ensure!(
        kept[5] == seen,
        "it would be sent upon what nobody has read"
    );
    pair.here.browser.press("[data-news-seen]").await?;
    let version = pair.here.ticket(number).await?["version"].to_string();
    let fresh = format!("document.querySelector('#composer [name=version]').value === '{version}'");
    soon(&mut pair.here, "the version that was read", &fresh, SOON).await?;
    pair.here
        .browser
        .press("label:has(input[name=audience][value=staff])")
        .await?;
    pair.here.browser.press("button.note.for-staff").await?;
    let path = format!("/api/v1/tickets/{number}/comments");
    pair.here.holds(&path, "Ma réponse à moitié").await
}

pub(super) async fn loses_the_right(pair: &mut Pair) -> anyhow::Result<()> {
    let number = pair.here.new_ticket("Bientôt ailleurs").await?;
    go(&mut pair.here, &format!("/tickets/{number}")).await?;
    writes(&mut pair.here, "#body", "Presque fini").await?;
    let mine = &pair.here.agent.departments;
    let places = pair.there.api.get("/api/v1/categories").await?;
    let places = places.as_array().context("no categories")?;
    let other = places
        .iter()
        .find(|it| !mine.iter().any(|name| it["department"]["name"] == *name));
    let other = other.context("no category elsewhere")?["id"].clone();
    let body = json!({"category": other, "message": "Pour un autre service."});
    pair.there
        .api
        .post(&format!("/api/v1/tickets/{number}/transfer"), &body)
        .await?;
    let gone = "!document.querySelector('[data-gone]').hidden && !document.querySelector('.msg')";
    soon(
        &mut pair.here,
        "that access has ended",
        gone,
        Duration::from_secs(5),
    )
    .await?;
    let words = "return document.querySelector('#body').value";
    let kept = pair.here.browser.run(words, json!([])).await?;
    ensure!(kept == "Presque fini", "the words are lost: {kept}");
    go(&mut pair.here, "/tickets").await?;
    let listed = format!("document.querySelector('[data-item=\"ticket/{number}\"]')");
    ensure!(
        pair.here
            .browser
            .run(&format!("return !{listed}"), json!([]))
            .await?
            == Value::Bool(true),
        "it is still listed"
    );
    Ok(())
}

/// An administrator narrows somebody who has a ticket open: their page says so within five seconds, list, search and counters
/// are without it, and the inspector explains both states. Widened again, all of it is back.
pub(super) async fn is_narrowed(pair: &mut Pair) -> anyhow::Result<()> {
    const SUBJECT: &str = "Hors de portée demain";
    let number = pair.here.new_ticket(SUBJECT).await?;
    let me = pair.here.api.get("/api/v1/me").await?["id"]
        .as_i64()
        .context("the agent has no number")?;
    let scope = format!("/api/v1/people/{me}/scope");
    let was = pair.there.api.get(&scope).await?["scope"].clone();
    let verdict = format!("/api/v1/tickets/{number}/access/{me}");
    let before = pair.there.api.get(&verdict).await?;
    ensure!(
        before["sees"] == true && before["reasons"] == json!(["department"]),
        "{before}"
    );
    go(&mut pair.here, &format!("/tickets/{number}")).await?;
    pair.there
        .api
        .put(&scope, &json!({"scope": "restricted"}))
        .await?;
    let outcome = narrowed(pair, number, &verdict, SUBJECT).await;
    // Whatever went wrong, the next step has its agent as they were.
    pair.there.api.put(&scope, &json!({"scope": was})).await?;
    outcome?;
    go(&mut pair.here, &format!("/tickets/{number}")).await?;
    let back = format!("document.querySelector('h1').innerText.includes({SUBJECT:?})");
    soon(&mut pair.here, "the ticket again", &back, SOON).await
}

async fn narrowed(
    pair: &mut Pair,
    number: i64,
    verdict: &str,
    subject: &str,
) -> anyhow::Result<()> {
    let gone = "!document.querySelector('[data-gone]').hidden && !document.querySelector('.msg')";
    let within = Duration::from_secs(5);
    soon(&mut pair.here, "that access has ended", gone, within).await?;
    let after = pair.there.api.get(verdict).await?;
    ensure!(
        after["sees"] == false && after["reasons"] == json!([]),
        "{after}"
    );
    go(&mut pair.here, "/tickets?view=unassigned").await?;
    let is_so = async |pair: &mut Pair, what: &str, script: &str| {
        let script = format!("return Boolean({script})");
        let said = pair.here.browser.run(&script, json!([])).await?;
        ensure!(said == Value::Bool(true), "{what}");
        Ok(())
    };
    let listed = format!("!document.querySelector('[data-item=\"ticket/{number}\"]')");
    is_so(pair, "it is still listed", &listed).await?;
    let counts = "(() => { const count = document.querySelector('.nav-row a[href=\"/tickets?view=unassigned\"] .n'); \
        return Number(count?.textContent.replace(/\\D/g, '') ?? 0) === document.querySelectorAll('[data-row]').length; })()";
    is_so(pair, "the counter tells of more than the list", counts).await?;
    let words = crate::http::escaped(&format!("\"{subject}\""));
    go(&mut pair.here, &format!("/search?q={words}")).await?;
    let found = format!("!document.querySelector('main a[href^=\"/tickets/{number}\"]')");
    is_so(pair, "the search finds it", &found).await
}

pub(super) async fn follows_a_merge(pair: &mut Pair) -> anyhow::Result<()> {
    let into = pair.here.own_ticket("Le principal").await?;
    let number = pair.here.own_ticket("Le doublon").await?;
    go(&mut pair.here, &format!("/tickets/{number}")).await?;
    let body = json!({"into": into, "let_requester_in": true, "let_others_in": true});
    let path = format!("/api/v1/tickets/{number}/merge");
    pair.there.api.post(&path, &body).await?;
    let led = format!(
        "!document.querySelector('[data-ended]').hidden \
         && document.querySelector('[data-go-on]').pathname === '/tickets/{into}' \
         && document.querySelector('[data-gone]').hidden && document.querySelector('.msg')"
    );
    soon(
        &mut pair.here,
        "where it went on",
        &led,
        Duration::from_secs(5),
    )
    .await
}

/// Somewhere else, one hears of a note on one's own ticket, once; on the ticket itself it is read there.
pub(super) async fn hears_in_the_corner(pair: &mut Pair) -> anyhow::Result<()> {
    let number = pair.here.own_ticket("Dans le coin").await?;
    // What this browser hears first is nothing new.
    go(&mut pair.here, "/tickets").await?;
    soon(
        &mut pair.here,
        "the number of what is new",
        "Object.keys(localStorage).some(it => it.startsWith('vigie-told/'))",
        SOON,
    )
    .await?;
    let body = json!({"audience": "staff", "body": "Ailleurs"});
    let path = format!("/api/v1/tickets/{number}/comments");
    pair.there.api.post(&path, &body).await?;
    let came = format!("document.querySelector('.corner .toast[data-ticket=\"{number}\"] a')");
    soon(&mut pair.here, "the toast", &came, 2 * SOON).await?;
    let counted = "Number(document.querySelector('[data-count]').textContent) > 0";
    soon(&mut pair.here, "the number beside it", counted, SOON).await?;
    pair.here.browser.press(".corner [data-dismiss]").await?;
    soon(&mut pair.here, "dismissed", &format!("!{came}"), SOON).await?;
    go(&mut pair.here, &format!("/tickets/{number}")).await?;
    let body = json!({"audience": "staff", "body": "Sous les yeux"});
    pair.there.api.post(&path, &body).await?;
    let read =
        "[...document.querySelectorAll('.msg')].some(it => it.innerText.includes('Sous les yeux'))";
    soon(&mut pair.here, "the note in the thread", read, SOON).await?;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let said = pair
        .here
        .browser
        .run(&format!("return {came} === null"), json!([]))
        .await?;
    ensure!(said == true, "it came up beside what it tells");
    Ok(())
}

/// A property typed and left stands open with it on the next page, also after a colleague wrote meanwhile; a new
/// ticket is offered again; what was typed without a connection is kept in the browser and then on the desk.
pub(super) async fn takes_up_what_was_typed(pair: &mut Pair) -> anyhow::Result<()> {
    let number = pair.here.own_ticket("À reprendre").await?;
    let path = format!("/tickets/{number}");
    go(&mut pair.here, &path).await?;
    writes(&mut pair.here, "#panel-subject", "À moitié").await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let body = json!({"audience": "staff", "body": "Pendant ce temps"});
    pair.there
        .api
        .post(&format!("/api/v1{path}/comments"), &body)
        .await?;
    go(&mut pair.here, "/tickets").await?;
    go(&mut pair.here, &path).await?;
    let stands = "document.querySelector('#panel-subject').value === 'À moitié' && document.querySelector('#panel-subject').closest('details').open";
    soon(&mut pair.here, "what was typed", stands, SOON).await?;
    pair.here
        .browser
        .press("[data-unsent=subject] [type=submit]")
        .await?;
    let saved = "document.querySelector('h1').innerText.includes('À moitié')";
    soon(&mut pair.here, "saved", saved, 2 * SOON).await?;
    go(&mut pair.here, "/tickets/new").await?;
    pair.here.browser.connects(false).await?;
    writes(&mut pair.here, "#subject", "Commencé hors ligne").await?;
    let offline = "document.querySelector('[data-unsent-said]').textContent === document.querySelector('[data-unsent-said]').dataset.offline";
    soon(&mut pair.here, "kept in the browser", offline, 2 * SOON).await?;
    pair.here.browser.connects(true).await?;
    go(&mut pair.here, "/tickets/new").await?;
    let offered = "[...document.querySelectorAll('[data-begun] a')].some(it => it.textContent === 'Commencé hors ligne')";
    soon(&mut pair.here, "offered again", offered, 2 * SOON).await?;
    pair.here.browser.press("[data-begun] button").await?;
    soon(
        &mut pair.here,
        "thrown away",
        &format!("!({offered})"),
        2 * SOON,
    )
    .await
}
