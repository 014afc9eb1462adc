//! The steps of the walk, in order. Each is a sentence about what somebody does and what is then so.

use super::scene::{POST, Scene};
use crate::desk::{selectors, visit};
use crate::mail::sink::{Failure, Stage};
use crate::mail::write::{self, Letter};
use crate::servers::folder::Temporary;
use anyhow::{Context, bail};
use std::time::Instant;

const SUBJECT: &str = "L’écran reste noir après la mise à jour";
const QUESTION: &str =
    "Bonjour, depuis ce matin l’écran de l’accueil reste noir. Où est-ce que ça coince ?";
const FILE: &str = "relevé d’été.txt";
const ANSWER: &str = "Avez-vous essayé un autre câble ? J’en ai déposé un à l’accueil.";
const THANKS: &str = "Merci, avec l’autre câble ça marche… presque toujours.";
const REFUSAL: &str = "Ce matin l’écran est de nouveau noir.";
const SECOND_ANSWER: &str = "La carte graphique est remplacée.";
const NOTE_FILE: &str = "garantie-carte.txt";
const NOTE: &str = "Entre nous : la carte était sous garantie.";

/// Walks all of them, and prints each with its time.
pub async fn all(scene: &mut Scene) -> anyhow::Result<()> {
    macro_rules! step {
        ($words:literal, $step:expr) => {{
            let begin = Instant::now();
            let outcome = $step.await.context($words);
            println!(
                "  {} {:>6.2} s  {}",
                if outcome.is_ok() { "ok  " } else { "FAIL" },
                begin.elapsed().as_secs_f64(),
                $words
            );
            outcome?;
        }};
    }
    step!(
        "a mail with an attachment and accents comes in",
        mail_comes_in(scene)
    );
    step!(
        "the agent signs in and finds the ticket",
        agent_finds_it(scene)
    );
    step!("the agent takes it", agent_takes_it(scene));
    step!(
        "the agent leaves a note that stays inside",
        agent_notes(scene)
    );
    step!(
        "the agent replies and the reply leaves by mail, not to its author",
        agent_replies(scene)
    );
    step!(
        "the answer to that mail joins the ticket",
        answer_joins(scene)
    );
    step!(
        "the agent closes and the mail that asks for approval arrives",
        agent_closes(scene)
    );
    step!(
        "the requester signs in to the portal and refuses",
        requester_refuses(scene)
    );
    step!("the agent closes again", agent_closes_again(scene));
    step!(
        "the requester approves, by the page or by the link of the mail",
        requester_approves(scene)
    );
    step!(
        "the history shows every step in the reader's language",
        history_tells_all(scene)
    );
    step!("no page asked another host", nobody_else_was_asked(scene));
    Ok(())
}

async fn mail_comes_in(scene: &mut Scene) -> anyhow::Result<()> {
    let letter = Letter {
        subject: SUBJECT.to_owned(),
        body: QUESTION.to_owned(),
        message_id: "walk.1@home.example".to_owned(),
        attachment: Some((
            FILE.to_owned(),
            "text/plain; charset=utf-8".to_owned(),
            "mesuré à 8 h : noir".into(),
        )),
        ..Letter::default()
    };
    let to = scene.desk.mail_address.clone();
    scene.requester_writes(&to, letter).await
}

async fn agent_finds_it(scene: &mut Scene) -> anyhow::Result<()> {
    visit::sign_in(&mut scene.at_desk, &scene.desk.url, &scene.agent).await?;
    scene
        .at_desk
        .go(&format!("{}/tickets?view=unassigned", scene.desk.url))
        .await?;
    scene.at_desk.reload_until(SUBJECT, POST).await?;
    let script = "return [...document.querySelectorAll(arguments[0])]
        .filter(it => (it.closest('tr, li, article') ?? it).textContent.includes(arguments[1]))
        .map(it => it.getAttribute('href'))";
    let links = scene
        .at_desk
        .run(script, serde_json::json!([selectors::LIST_LINKS, SUBJECT]))
        .await?;
    let link = links
        .as_array()
        .and_then(|it| it.first()?.as_str().map(str::to_owned))
        .context("no link to the ticket")?;
    scene.ticket = link.split(['?', '#']).next().unwrap_or_default().to_owned();
    scene.agent_opens_ticket().await?;
    scene.at_desk.sees(QUESTION).await?;
    scene.at_desk.sees(FILE).await?;
    scene.at_desk.find(selectors::FILES).await?;
    Ok(())
}

async fn agent_takes_it(scene: &mut Scene) -> anyhow::Result<()> {
    scene.agent_does(selectors::TAKING, None).await?;
    scene.agent_opens_ticket().await?;
    let left = scene
        .at_desk
        .all(&selectors::deed(&scene.ticket, selectors::TAKING))
        .await?;
    if !left.is_empty() {
        bail!("the ticket that was taken can be taken again");
    }
    Ok(())
}

async fn agent_notes(scene: &mut Scene) -> anyhow::Result<()> {
    scene.agent_opens_ticket().await?;
    let folder = Temporary::new("note")?;
    let file = folder.path().join(NOTE_FILE);
    std::fs::write(&file, "garantie : 3 ans")?;
    scene
        .at_desk
        .upload(selectors::COMPOSER_FILES, &file)
        .await?;
    comment(scene, "staff", NOTE).await?;
    scene.at_desk.sees(NOTE_FILE).await
}

async fn agent_replies(scene: &mut Scene) -> anyhow::Result<()> {
    // The relay fails at first: what leaves must wait and leave later, once.
    let failure = if scene.script {
        (Stage::Data, Failure::Later)
    } else {
        (Stage::Recipient, Failure::HangUp)
    };
    scene.sink.fail(Some(failure));
    scene.agent_opens_ticket().await?;
    comment(scene, "public", ANSWER).await?;
    scene.relay_has_failed().await?;
    scene.sink.fail(None);
    let mail = scene.requester_gets(ANSWER).await?;
    if !write::readable(&mail.bytes)
        .to_lowercase()
        .contains("auto-submitted")
    {
        bail!("the mail does not say Auto-Submitted");
    }
    let author = &scene.agent.email;
    if scene
        .sink
        .mails()
        .iter()
        .any(|it| it.to.contains(author) && write::readable(&it.bytes).contains(ANSWER))
    {
        bail!("the author of the reply was mailed");
    }
    Ok(())
}

async fn comment(scene: &mut Scene, audience: &str, words: &str) -> anyhow::Result<()> {
    scene.at_desk.press(&selectors::audience(audience)).await?;
    scene.at_desk.fill(selectors::COMPOSER, words).await?;
    scene
        .at_desk
        .press_and_wait(&selectors::deed_button(&scene.ticket, "comments"))
        .await?;
    scene.at_desk.sees(words).await
}

async fn answer_joins(scene: &mut Scene) -> anyhow::Result<()> {
    let sent = scene.sink.mails();
    let last = sent
        .iter()
        .rev()
        .find(|it| it.to.contains(&scene.requester.email))
        .context("no mail to answer")?;
    let to = write::header(&last.bytes, "Reply-To").or_else(|| write::header(&last.bytes, "From"));
    let to = write::address(&to.context("the mail names nobody to answer to")?);
    let letter = Letter {
        subject: format!("Re: {SUBJECT}"),
        body: format!("{THANKS}\n\n> {ANSWER}\n"),
        message_id: "walk.2@home.example".to_owned(),
        ..Letter::default()
    };
    scene.requester_writes(&to, letter).await?;
    scene.agent_opens_ticket().await?;
    scene.at_desk.reload_until(THANKS, POST).await
}

async fn agent_closes(scene: &mut Scene) -> anyhow::Result<()> {
    let before = scene.sink.mails().len();
    scene.agent_does(selectors::CLOSURE, None).await?;
    let path = scene.portal_ticket();
    scene.requester_gets_after(before, &path).await
}

async fn requester_refuses(scene: &mut Scene) -> anyhow::Result<()> {
    visit::sign_in(&mut scene.at_home, &scene.desk.url, &scene.requester).await?;
    scene.requester_opens_ticket().await?;
    scene.at_home.sees(ANSWER).await?;
    if scene.at_home.text_of("body").await?.contains(NOTE) {
        bail!("the portal shows an internal note");
    }
    scene.requester_does("refusal", Some(REFUSAL)).await?;
    scene.agent_opens_ticket().await?;
    scene.at_desk.sees(REFUSAL).await
}

async fn agent_closes_again(scene: &mut Scene) -> anyhow::Result<()> {
    scene.agent_opens_ticket().await?;
    comment(scene, "public", SECOND_ANSWER).await?;
    agent_closes(scene).await
}

async fn requester_approves(scene: &mut Scene) -> anyhow::Result<()> {
    if scene.script {
        scene.requester_does("approval", None).await?;
    } else {
        scene.requester_follows(".approve.").await?;
    }
    scene.requester_opens_ticket().await?;
    let left = scene
        .at_home
        .all(&selectors::deed(&scene.portal_ticket(), "approval"))
        .await?;
    if !left.is_empty() {
        bail!("the approved ticket can be approved again");
    }
    Ok(())
}

async fn history_tells_all(scene: &mut Scene) -> anyhow::Result<()> {
    let french = scene.history("fr").await?;
    let english = scene.history("en").await?;
    // Created, taken, closed, refused, closed, approved; more is allowed.
    if french.len() < 6 || french.len() != english.len() {
        bail!(
            "the history has {} steps in French and {} in English",
            french.len(),
            english.len()
        );
    }
    let same = french.iter().zip(&english).filter(|(a, b)| a == b).count();
    if same > 0 {
        bail!("{same} steps of the history read the same in French and in English: {french:?}");
    }
    Ok(())
}

async fn nobody_else_was_asked(scene: &mut Scene) -> anyhow::Result<()> {
    let allowed = scene.desk.url.trim_start_matches("http://").to_owned();
    let mut found = scene.at_desk.foreign_requests(&allowed).await?;
    found.extend(scene.at_home.foreign_requests(&allowed).await?);
    if !found.is_empty() {
        bail!("other hosts were asked: {found:?}");
    }
    let mut complaints = scene.at_desk.complaints().await?;
    complaints.extend(scene.at_home.complaints().await?);
    if !complaints.is_empty() {
        bail!("the browsers complain: {complaints:?}");
    }
    Ok(())
}
