//! What goes wrong on an ordinary day, and must not cost a word: files pasted and dropped, a connection
//! that fails, two tabs on one ticket, a button pressed twice, the way back after sending.

use super::desk::{Day, Hand};
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Every mishap; a failed one is noted and the day goes on.
pub async fn all(day: &mut Day) {
    step!(day, "pastes a picture and drops a file", pastes_and_drops);
    step!(day, "writes on without a connection", goes_offline);
    step!(
        day,
        "closes in one tab what changed in the other",
        works_in_two_tabs
    );
    step!(day, "presses the button twice", presses_twice);
    step!(day, "goes back after sending, and writes more", goes_back);
}

/// Puts files into the page as the system would: one event that carries them, at what `selector` finds.
const HAND_OVER: &str = "const [selector, kind, name, type, text] = arguments;
    const all = new DataTransfer();
    const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const bytes = text ? new TextEncoder().encode(text) : Uint8Array.from(atob(picture), it => it.charCodeAt(0));
    all.items.add(new File([bytes], name, {type}));
    const event = kind === 'paste' ? new ClipboardEvent(kind, {clipboardData: all, bubbles: true, cancelable: true})
        : new DragEvent(kind, {dataTransfer: all, bubbles: true, cancelable: true});
    document.querySelector(selector).dispatchEvent(event);
    return event.defaultPrevented";

const CHIPS: &str =
    "[...document.querySelectorAll('#composer [data-new]')].map(it => it.innerText)";

/// Chooses the note, so that what is sent stands there at once.
async fn begins_a_note(day: &mut Day, text: &str) -> anyhow::Result<()> {
    day.does("n", "label:has(input[name=audience][value=staff])")
        .await?;
    day.types("#body", text).await
}

async fn sends_the_note(day: &mut Day) -> anyhow::Result<()> {
    match day.hand {
        Hand::Keyboard => day.browser.keys("Control+Enter").await,
        Hand::Pointer => day.browser.press("button.note.for-staff").await,
    }
}

async fn comments(day: &mut Day, number: i64) -> anyhow::Result<Vec<Value>> {
    let path = format!("/api/v1/tickets/{number}/comments");
    let all = day.api.get(&path).await?;
    Ok(all["items"].as_array().context("no comments")?.clone())
}

/// How many comments hold the words.
async fn times(day: &mut Day, number: i64, words: &str) -> anyhow::Result<usize> {
    let all = comments(day, number).await?;
    Ok(all
        .iter()
        .filter(|it| it["body"].to_string().contains(words))
        .count())
}

/// The page that follows a note that came.
async fn has_arrived(day: &mut Day) -> anyhow::Result<()> {
    day.shows(
        "the note in the thread",
        "location.hash.startsWith('#comment-')",
    )
    .await
}

async fn pastes_and_drops(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À illustrer").await?;
    begins_a_note(day, "Voyez la photo et le relevé.").await?;
    let pasted = json!(["#body", "paste", "capture.png", "image/png", ""]);
    ensure!(
        day.browser.run(HAND_OVER, pasted).await? == Value::Bool(true),
        "the picture was left to the browser"
    );
    // Text that is pasted with a picture of itself, as office programs do, stays text.
    let mixed = "const all = new DataTransfer(); all.setData('text/plain', 'du texte');
        all.items.add(new File(['x'], 'texte.png', {type: 'image/png'}));
        const event = new ClipboardEvent('paste', {clipboardData: all, bubbles: true, cancelable: true});
        document.querySelector('#body').dispatchEvent(event); return event.defaultPrevented";
    ensure!(
        day.browser.run(mixed, json!([])).await? == Value::Bool(false),
        "pasted text was taken for a file"
    );
    for kind in ["dragover", "drop"] {
        let dropped = json!(["#composer", kind, "relevé.txt", "text/plain", "12 V à 8 h"]);
        ensure!(
            day.browser.run(HAND_OVER, dropped).await? == Value::Bool(true),
            "{kind} was left to the browser"
        );
    }
    day.shows(
        "both files beside the words",
        &format!("{CHIPS}.length === 2"),
    )
    .await?;
    day.shows(
        "a look at the picture",
        "document.querySelector('#composer [data-new] img')?.naturalWidth === 1",
    )
    .await?;
    // A third one is put in and taken out again.
    let third = json!(["#composer", "drop", "erreur.txt", "text/plain", "rien"]);
    day.browser.run(HAND_OVER, third).await?;
    day.shows("three files", &format!("{CHIPS}.length === 3"))
        .await?;
    day.presses("#composer [data-new=\"2\"] button").await?;
    day.shows("two files again", &format!("{CHIPS}.length === 2"))
        .await?;
    sends_the_note(day).await?;
    has_arrived(day).await?;
    let all = comments(day, number).await?;
    let last = all.last().context("no comment")?.to_string();
    for name in ["capture.png", "relevé.txt"] {
        ensure!(last.contains(name), "{name} did not come: {last}");
    }
    ensure!(
        !last.contains("erreur.txt") && !last.contains("texte.png"),
        "too much came: {last}"
    );
    Ok(())
}

async fn goes_offline(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("Sans réseau").await?;
    day.browser.connects(false).await?;
    let outcome = offline(day, number).await;
    // Whatever went wrong, the next step has its connection.
    day.browser.connects(true).await?;
    outcome?;
    day.shows(
        "no note about the connection",
        "document.querySelector('#offline').hidden",
    )
    .await?;
    ensure!(
        times(day, number, "malgré tout").await? == 0,
        "it was sent without a connection"
    );
    sends_the_note(day).await?;
    has_arrived(day).await?;
    ensure!(
        times(day, number, "malgré tout").await? == 1,
        "it did not come, or came twice"
    );
    Ok(())
}

async fn offline(day: &mut Day, number: i64) -> anyhow::Result<()> {
    let note = match &*day.language {
        "fr" => "Hors connexion",
        _ => "You are offline",
    };
    day.shows(
        "the note about the connection",
        &format!("document.querySelector('#offline').checkVisibility() && document.querySelector('#offline').innerText.includes({note:?})"),
    )
    .await?;
    begins_a_note(day, "J’écris malgré tout.").await?;
    sends_the_note(day).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let stays = format!(
        "document.querySelector('#body').value === 'J’écris malgré tout.' && location.pathname === '/tickets/{number}'"
    );
    day.shows("the words in their field", &stays).await
}

async fn works_in_two_tabs(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("Deux onglets").await?;
    // One begins a message here, and another sentence in the window that closes.
    day.does("r", "label:has(input[name=audience][value=public])")
        .await?;
    day.types("#body", "Une réponse à finir.").await?;
    // As long as the composer waits before it keeps them.
    tokio::time::sleep(Duration::from_millis(2500)).await;
    begins_to_close(day).await?;
    let first = day.browser.tab().await?;
    let second = day.browser.new_tab().await?;
    day.browser.turn_to(&second).await?;
    day.open(number).await?;
    let form = "form[action$=\"/subject\"]";
    day.presses(&format!("details:has({form}) > summary"))
        .await?;
    day.types(&format!("{form} textarea"), " : précisé").await?;
    day.presses(&format!("{form} button[type=submit]")).await?;
    day.becomes(number, "renamed", |it| {
        it["subject"].to_string().contains("précisé")
    })
    .await?;
    // A window that is on its way somewhere does not always close.
    let renamed = "document.readyState === 'complete' && document.querySelector('.tk-h h1').innerText.includes('précisé')";
    day.shows("the new subject", renamed).await?;
    // What one did oneself in the other window is in nobody's way; what somebody else says meanwhile is.
    day.requester_writes(number, "Attendez, il y a autre chose.")
        .await?;
    day.browser.close_tab().await?;
    day.browser.turn_to(&first).await?;
    closes_from_the_first(day, number).await?;
    // What was begun in the composer is still there.
    day.open(number).await?;
    day.shows(
        "the begun reply",
        "document.querySelector('#body').value.includes('Une réponse à finir.')",
    )
    .await
}

/// Opens the question and answers it, upon what one sees now.
async fn begins_to_close(day: &mut Day) -> anyhow::Result<()> {
    // Not from the field of the message, where letters are letters.
    day.browser
        .run("document.activeElement.blur()", json!([]))
        .await?;
    day.does("Shift+C", "a[data-dialog=closure]").await?;
    day.types("dialog#closure textarea", "C’est réparé ici.")
        .await
}

async fn closes_from_the_first(day: &mut Day, number: i64) -> anyhow::Result<()> {
    // What the other window did is told here meanwhile; the open question stays as it was asked.
    day.shows(
        "the new subject behind it",
        "document.querySelector('.tk-h h1').innerText.includes('précisé')",
    )
    .await?;
    day.presses("dialog#closure .dlg-f button[type=submit]")
        .await?;
    let said = match &*day.language {
        "fr" => "a enregistré pendant votre saisie",
        _ => "saved while you were editing",
    };
    day.browser.sees(said).await?;
    ensure!(day.browser.status().await? == 409, "not a conflict");
    ensure!(
        day.ticket(number).await?["state"] == "in_progress",
        "it was closed upon what nobody had read"
    );
    day.shows(
        "the closing words",
        "document.querySelector('#body').value.includes('C’est réparé ici.')",
    )
    .await?;
    day.presses("form.form-page button[type=submit]").await?;
    day.becomes(number, "closed", |it| it["state"] == "closed")
        .await?;
    ensure!(
        times(day, number, "réparé ici").await? == 1,
        "the closing words are lost or doubled"
    );
    Ok(())
}

async fn presses_twice(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("Deux fois").await?;
    begins_a_note(day, "Une seule fois, merci.").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("Control+Enter Control+Enter").await?,
        Hand::Pointer => day.browser.press_twice("button.note.for-staff").await?,
    }
    has_arrived(day).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    ensure!(
        times(day, number, "Une seule fois").await? == 1,
        "it came twice, or not at all"
    );
    // A reply, which is held for a moment, too.
    day.does("r", "label:has(input[name=audience][value=public])")
        .await?;
    day.types("#body", "Répondu une fois.").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("Control+Enter Control+Enter").await?,
        Hand::Pointer => day.browser.press_twice("button.primary.for-public").await?,
    }
    day.holds(
        &format!("/api/v1/tickets/{number}/comments"),
        "Répondu une fois",
    )
    .await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    ensure!(
        times(day, number, "Répondu une fois").await? == 1,
        "the reply came twice"
    );
    Ok(())
}

async fn goes_back(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("Retour en arrière").await?;
    begins_a_note(day, "Première note.").await?;
    sends_the_note(day).await?;
    has_arrived(day).await?;
    day.browser.goes_back().await?;
    let began = Instant::now();
    while day.browser.url().await?.contains("#comment-") && began.elapsed() < Duration::from_secs(5)
    {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    day.browser.find("#body").await?;
    // Whatever the browser put back into the field, sending it again does not double it.
    if day
        .browser
        .run("return document.querySelector('#body').value", json!([]))
        .await?
        == json!("Première note.")
    {
        day.does("n", "label:has(input[name=audience][value=staff])")
            .await?;
        sends_the_note(day).await?;
        has_arrived(day).await?;
        ensure!(
            times(day, number, "Première note").await? == 1,
            "the note came twice"
        );
        day.browser.goes_back().await?;
    }
    // Other words from the page one came back to are words of their own.
    day.browser.find("#body").await?;
    day.browser
        .run(
            "document.querySelector('#body').value = ''; document.activeElement.blur()",
            json!([]),
        )
        .await?;
    begins_a_note(day, "Seconde note.").await?;
    sends_the_note(day).await?;
    day.holds(
        &format!("/api/v1/tickets/{number}/comments"),
        "Seconde note",
    )
    .await?;
    ensure!(
        times(day, number, "Première note").await? == 1,
        "the first note is lost or doubled"
    );
    ensure!(
        times(day, number, "Seconde note").await? == 1,
        "the second note is doubled"
    );
    Ok(())
}
