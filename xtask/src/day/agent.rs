//! What an agent does with a ticket, deed by deed. Each step brings its own ticket.

use super::desk::{Day, Hand};
use anyhow::{Context, ensure};
use serde_json::{Value, json};

/// Every step, in the order of a day; a failed one is noted and the day goes on.
pub async fn all(day: &mut Day) {
    step!(day, "takes a ticket", takes);
    step!(day, "lets it go", lets_go);
    step!(day, "gives it to a colleague", assigns);
    step!(day, "transfers it to another place", transfers);
    step!(day, "puts it off and brings it back", postpones);
    step!(day, "asks the requester for more", asks);
    step!(day, "turns it down", refuses);
    step!(day, "closes it after a confirmation", closes);
    step!(day, "takes it and closes it", takes_and_closes);
    step!(day, "gives it another priority", prioritises);
    step!(day, "gives it another subject", renames);
    step!(day, "shows it to everybody", shows);
    step!(day, "puts a word on it", labels);
    step!(day, "invites somebody", invites);
    step!(day, "watches it", watches);
    step!(day, "links it to another", links);
    step!(day, "adds a task", adds_a_task);
    step!(day, "leaves a note", notes);
    step!(day, "replies, takes it back, and replies again", replies);
    step!(
        day,
        "chooses who reads, and the button says it",
        narrows_readers
    );
    step!(day, "finds a saved reply by its slash", inserts);
}

/// Whether a ticket is in this state.
pub fn state(wanted: &'static str) -> impl Fn(&Value) -> bool {
    move |ticket| ticket["state"] == wanted
}

/// What the dialog of a deed sends.
const SEND: &str = "dialog[open] button[type=submit]";
/// What opens the menu of rarer deeds.
const MENU: &str = "[popovertarget=more-menu]";

/// Opens the form of a deed that stands in the menu.
async fn by_menu(day: &mut Day, noun: &str) -> anyhow::Result<()> {
    day.does("s", MENU).await?;
    day.presses(&format!("#more-menu a[href$=\"/{noun}\"]"))
        .await?;
    day.browser.find("dialog[open]").await?;
    Ok(())
}

async fn takes(day: &mut Day) -> anyhow::Result<()> {
    let number = day.new_ticket("À prendre").await?;
    day.does("p", "button[form=act-assignment]").await?;
    day.becomes(number, "in progress", state("in_progress"))
        .await
}

async fn lets_go(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À libérer").await?;
    day.does("u", "button[form=act-release]").await?;
    day.becomes(number, "free", state("free")).await
}

async fn assigns(day: &mut Day) -> anyhow::Result<()> {
    let number = day.new_ticket("À confier").await?;
    let name = day.agent.name.clone();
    day.does("a", "a[href$=\"/assignee\"][data-ask]").await?;
    day.chooses_last("dialog[open] select[name=person]").await?;
    day.presses(SEND).await?;
    day.becomes(number, "a colleague's", |ticket| {
        ticket["assignee"]["name"]
            .as_str()
            .is_some_and(|it| it != name)
    })
    .await
}

async fn transfers(day: &mut Day) -> anyhow::Result<()> {
    let number = day.new_ticket("À transférer").await?;
    let before = day.ticket(number).await?;
    day.does("t", "a[href$=\"/transfer\"][data-ask]").await?;
    day.chooses_last("dialog[open] select[name=to]").await?;
    // So that the agent still sees it, wherever it goes.
    let follow = "return Boolean(document.querySelector('dialog[open] input[name=follow]'))";
    if day.browser.run(follow, json!([])).await? == Value::Bool(true) {
        match day.hand {
            Hand::Keyboard => {
                day.reaches("dialog[open] input[name=follow]").await?;
                day.browser.keys("Space").await?;
            }
            Hand::Pointer => day.browser.press("dialog[open] input[name=follow]").await?,
        }
    }
    day.presses(SEND).await?;
    day.becomes(number, "elsewhere", |ticket| {
        ticket["category"]["id"] != before["category"]["id"]
    })
    .await
}

async fn postpones(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À reporter").await?;
    by_menu(day, "postponement").await?;
    day.presses(SEND).await?;
    day.becomes(number, "postponed", state("postponed")).await?;
    day.browser.find("button[form=act-recall]").await?;
    day.presses("button[form=act-recall]").await?;
    day.becomes(number, "in progress", state("in_progress"))
        .await
}

async fn asks(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À préciser").await?;
    by_menu(day, "question").await?;
    day.types("dialog[open] textarea", "Quel écran est-ce ?")
        .await?;
    day.presses(SEND).await?;
    day.becomes(number, "incomplete", state("incomplete")).await
}

async fn refuses(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À refuser").await?;
    by_menu(day, "rejection").await?;
    day.types("dialog[open] textarea", "Ce n’est pas de notre ressort.")
        .await?;
    day.presses(SEND).await?;
    day.becomes(number, "refused", state("refused")).await
}

async fn closes(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À clore").await?;
    // First one changes one's mind: nothing happens.
    day.does("Shift+C", "a[data-dialog=closure]").await?;
    day.browser.find("dialog#closure[open]").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("Escape").await?,
        Hand::Pointer => day.browser.press("dialog#closure [data-close]").await?,
    }
    day.shows(
        "a closed dialog",
        "!document.querySelector('dialog#closure[open]')",
    )
    .await?;
    ensure!(
        day.ticket(number).await?["state"] == "in_progress",
        "it was closed though nobody confirmed"
    );
    day.does("Shift+C", "a[data-dialog=closure]").await?;
    day.types("dialog#closure textarea", "C’est réparé.")
        .await?;
    day.presses("dialog#closure .dlg-f button[type=submit]")
        .await?;
    day.becomes(number, "closed", state("closed")).await
}

async fn takes_and_closes(day: &mut Day) -> anyhow::Result<()> {
    let number = day.new_ticket("À prendre et clore").await?;
    day.presses("[popovertarget=take-menu]").await?;
    day.presses("#take-menu a[href$=\"/closure\"]").await?;
    day.presses("dialog#closure .dlg-f button[type=submit]")
        .await?;
    day.becomes(number, "closed", state("closed")).await
}

async fn prioritises(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("Plus pressé").await?;
    let before = day.ticket(number).await?["priority"].clone();
    let form = "form[action$=\"/priority\"]";
    day.does("y", &format!("details:has({form}) > summary"))
        .await?;
    day.chooses_last(&format!("{form} select")).await?;
    day.presses(&format!("{form} button[type=submit]")).await?;
    day.becomes(number, "of another priority", |it| it["priority"] != before)
        .await
}

async fn renames(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("Mal nommé").await?;
    let form = "form[action$=\"/subject\"]";
    day.presses(&format!("details:has({form}) > summary"))
        .await?;
    day.types(&format!("{form} textarea"), " : bien nommé")
        .await?;
    day.presses(&format!("{form} button[type=submit]")).await?;
    day.becomes(number, "renamed", |it| {
        it["subject"]
            .as_str()
            .is_some_and(|it| it.contains("bien nommé"))
    })
    .await
}

async fn shows(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("Panne connue de tous").await?;
    let form = "form[action$=\"/visibility\"]";
    day.presses(&format!("details:has({form}) > summary"))
        .await?;
    day.chooses_last(&format!("{form} select")).await?;
    day.presses(&format!("{form} button[type=submit]")).await?;
    day.becomes(number, "public", |it| it["visibility"] == "public")
        .await
}

async fn labels(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À étiqueter").await?;
    let form = "form[action$=\"/tags\"]";
    day.does("l", &format!("details:has({form}) > summary"))
        .await?;
    day.types("#panel-tags", "journée").await?;
    day.presses(&format!("{form} button[type=submit]")).await?;
    day.becomes(number, "labelled", |it| {
        it["tags"]
            .as_array()
            .is_some_and(|it| it.contains(&json!("journée")))
    })
    .await
}

async fn invites(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À plusieurs").await?;
    day.does("i", "#invite > summary").await?;
    day.types("#panel-people", "collegue@nordet.example")
        .await?;
    day.presses("form[action$=\"/invitees\"] button[type=submit]")
        .await?;
    let path = format!("/api/v1/tickets/{number}/participants");
    day.holds(&path, "collegue@nordet.example").await
}

async fn watches(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À surveiller").await?;
    let name = day.agent.name.clone();
    day.does("w", "button[name=wants][aria-keyshortcuts=w]")
        .await?;
    day.shows(
        "the way to stop watching",
        "document.querySelector('button[name=wants][value=no]')",
    )
    .await?;
    let path = format!("/api/v1/tickets/{number}/participants");
    day.holds(&path, &name).await
}

async fn links(day: &mut Day) -> anyhow::Result<()> {
    let other = day.own_ticket("Le même souci").await?;
    let number = day.own_ticket("À relier").await?;
    let form = format!("form[action=\"/tickets/{number}/links\"]");
    day.presses(&format!("details:has({form}) > summary"))
        .await?;
    day.types("#panel-other", &other.to_string()).await?;
    day.presses(&format!("{form} button[type=submit]")).await?;
    day.holds(
        &format!("/api/v1/tickets/{number}/links"),
        &other.to_string(),
    )
    .await
}

async fn adds_a_task(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À faire en deux temps").await?;
    let form = format!("form[action=\"/tickets/{number}/tasks\"]");
    day.types("#quick-task", "Commander un câble").await?;
    day.presses(&format!("{form} button")).await?;
    day.holds(
        &format!("/api/v1/tickets/{number}/tasks"),
        "Commander un câble",
    )
    .await
}

async fn notes(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À commenter").await?;
    day.does("n", "label:has(input[name=audience][value=staff])")
        .await?;
    day.types("#body", "Entre nous, c’est la carte.").await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("Control+Enter").await?,
        Hand::Pointer => day.browser.press("button.note.for-staff").await?,
    }
    let path = format!("/api/v1/tickets/{number}/comments");
    day.holds(&path, "Entre nous").await?;
    let comments = day.api.get(&path).await?;
    let last = comments["items"]
        .as_array()
        .and_then(|it| it.last())
        .context("no comment")?;
    ensure!(
        last["audience"] == "staff",
        "the note is read by others: {last}"
    );
    Ok(())
}

async fn replies(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À répondre").await?;
    day.does("r", "label:has(input[name=audience][value=public])")
        .await?;
    day.types("#body", "Bonjour, c’est en route.").await?;
    let send = "button.primary.for-public";
    match day.hand {
        Hand::Keyboard => day.browser.keys("Control+Enter").await?,
        Hand::Pointer => day.browser.press(send).await?,
    }
    // It is held for a moment, and can be taken back.
    day.browser.find("[data-held]").await?;
    day.does("z", "form.c-toast button[aria-keyshortcuts=z]")
        .await?;
    day.shows(
        "the words back in the field",
        "document.querySelector('#body')?.value.includes('en route') && !document.querySelector('[data-held]')",
    )
    .await?;
    let path = format!("/api/v1/tickets/{number}/comments");
    ensure!(
        !day.api.get(&path).await?.to_string().contains("en route"),
        "the reply left though it was taken back"
    );
    match day.hand {
        Hand::Keyboard => {
            day.browser.keys("r").await?;
            day.reaches("#body").await?;
            day.browser.keys("Control+Enter").await?;
        }
        Hand::Pointer => day.browser.press(send).await?,
    }
    day.holds(&path, "en route").await
}

async fn narrows_readers(day: &mut Day) -> anyhow::Result<()> {
    let number = day.own_ticket("À quelques-uns").await?;
    let invite = json!({"people": ["collegue@nordet.example"]});
    let path = format!("/api/v1/tickets/{number}/invitees");
    day.api.post(&path, &invite).await?;
    day.open(number).await?;
    let name = day.requester.name.clone();
    let read = |label: &str| {
        format!(
            "document.querySelector('button.primary.for-public').innerText.trim().endsWith({label:?})"
        )
    };
    ensure!(
        day.browser
            .run(&format!("return {}", read(&name)), json!([]))
            .await?
            == Value::Bool(false),
        "the button names the requester alone though two read"
    );
    match day.hand {
        Hand::Keyboard => {
            day.reaches("#readers").await?;
            day.browser.keys("Down").await?;
        }
        Hand::Pointer => {
            day.browser
                .press("#readers option[value=requester]")
                .await?
        }
    }
    day.shows("a button that names the requester alone", &read(&name))
        .await
}

async fn inserts(day: &mut Day) -> anyhow::Result<()> {
    let title = format!("Salutation {} {}", day.language, day.hand.name());
    let reply =
        json!({"title": title, "body": "Bonjour, nous nous en occupons.", "sharing": "private"});
    day.api.post("/api/v1/replies", &reply).await?;
    day.own_ticket("À répondre vite").await?;
    day.does("r", "label:has(input[name=audience][value=public])")
        .await?;
    day.reaches("#body").await?;
    day.browser.types("/").await?;
    let choice = ".c-pick [role=option]";
    day.browser.find(choice).await?;
    match day.hand {
        Hand::Keyboard => day.browser.keys("Enter").await?,
        Hand::Pointer => day.browser.press(choice).await?,
    }
    day.shows(
        "the words of the saved reply",
        "document.querySelector('#body').value.length > 10",
    )
    .await
}
