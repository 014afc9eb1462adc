//! A requester on a phone: asks, adds, answers, invites, approves, refuses, reopens, cancels. With
//! script and without; nothing is wider than the screen.

use crate::browser::driver::{Browser, Driver};
use crate::browser::view::Extent;
use crate::desk::api::Client;
use crate::desk::people::Desk;
use crate::desk::visit;
use crate::servers::folder::{Temporary, reports};
use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// The screen of a phone.
const PHONE: (u32, u32) = (390, 844);

struct Phone {
    browser: Browser,
    agent: Client,
    url: String,
    ticket: i64,
    /// What this errand is about, and what another one: alike requests would be asked about first.
    about: [&'static str; 2],
}

/// Every step; how many failed.
pub async fn all(
    driver: &mut Driver,
    desk: &Desk,
    language: &str,
    script: bool,
    only: &str,
) -> anyhow::Result<usize> {
    let requester = desk.portal_user()?.clone();
    let address: SocketAddr = desk.url.trim_start_matches("http://").parse()?;
    let mut browser = driver.new_browser(language).await?;
    browser.resize(PHONE).await?;
    if !script {
        browser.forbid_script().await?;
    }
    visit::sign_in(&mut browser, &desk.url, &requester).await?;
    visit::speak(&mut browser, language).await?;
    let mut phone = Phone {
        browser,
        agent: Client::new(address, &desk.owner()?.token),
        url: desk.url.clone(),
        ticket: 0,
        about: match (language, script) {
            ("fr", true) => ["Écran noir à l’accueil", "Chaise bancale"],
            ("fr", false) => ["Imprimante muette au deuxième", "Fenêtre fêlée"],
            (_, true) => ["Badge refused at the gate", "Wobbly stool"],
            (_, false) => ["Keyboard without its vowels", "Cracked pane"],
        },
    };
    let mut failed = 0;
    macro_rules! step {
        ($words:literal, $step:expr) => {
            if $words.contains(only) {
                let began = Instant::now();
                let outcome = $step(&mut phone).await;
                let took = began.elapsed().as_secs_f64();
                match outcome {
                    Ok(()) => println!("  ok   {language} {took:>6.2} s  {}", $words),
                    Err(error) => {
                        failed += 1;
                        println!("  FAIL {language} {took:>6.2} s  {}: {error:#}", $words);
                        phone.leave_picture($words, language, script).await;
                    }
                }
            }
        };
    }
    step!("asks in three steps, with a file", asks);
    step!("reads what happens next", reads);
    step!("adds words", adds);
    step!("puts the subject right", corrects);
    step!("reads what is known already", knows);
    step!("invites a colleague", invites);
    step!("refuses a closure and says why", refuses);
    step!("approves a closure", approves);
    step!("opens it again", reopens);
    step!("asks again and withdraws", withdraws);
    step!("finds everything in the bar below", bar);
    phone.browser.quit().await?;
    Ok(failed)
}

impl Phone {
    /// Taps what a selector finds, scrolled clear of the bar at the foot of the screen.
    async fn taps(&mut self, selector: &str) -> anyhow::Result<()> {
        self.browser.find(selector).await?;
        let clear = "document.querySelector(arguments[0]).scrollIntoView({block: 'center'})";
        self.browser.run(clear, json!([selector])).await?;
        self.browser.press(selector).await
    }

    async fn leave_picture(&mut self, words: &str, language: &str, script: bool) {
        if let (Ok(folder), Ok(picture)) =
            (reports("day"), self.browser.picture(Extent::Window).await)
        {
            let name = format!("{language}-phone-{script}-{words}.png");
            // The picture only helps; the failure is told already.
            let _ = std::fs::write(folder.join(name.replace([' ', ','], "-")), picture);
        }
    }

    /// The ticket as an agent's program sees it.
    async fn ticket(&mut self) -> anyhow::Result<Value> {
        let path = format!("/api/v1/tickets/{}", self.ticket);
        self.agent.get(&path).await
    }

    async fn open(&mut self) -> anyhow::Result<()> {
        let address = format!("{}/portal/tickets/{}", self.url, self.ticket);
        self.browser.go(&address).await?;
        self.fits().await
    }

    /// Nothing is wider than the screen, and the bar is at hand.
    async fn fits(&mut self) -> anyhow::Result<()> {
        let look = "const wide = document.scrollingElement.scrollWidth;
            const bar = document.querySelector('nav.p-tabs, .p-tabs, .tabs');
            return [wide, bar ? bar.getBoundingClientRect().bottom : 0, location.pathname]";
        let seen = self.browser.run(look, json!([])).await?;
        let wide = seen[0].as_f64().context("no width")?;
        ensure!(wide <= 391.0, "{} is {wide} wide", seen[2]);
        Ok(())
    }

    async fn becomes(&mut self, state: &str) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let ticket = self.ticket().await?;
            if ticket["state"] == state {
                return self.fits().await;
            }
            if began.elapsed() > Duration::from_secs(8) {
                bail!("the ticket does not become {state}: {ticket}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn holds(&mut self, part: &str, words: &str) -> anyhow::Result<()> {
        let path = format!("/api/v1/tickets/{}/{part}", self.ticket);
        let began = Instant::now();
        loop {
            let answer = self.agent.get(&path).await?;
            if answer.to_string().contains(words) {
                return self.fits().await;
            }
            if began.elapsed() > Duration::from_secs(8) {
                bail!("{path} does not hold “{words}”: {answer}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The ticket is taken, if nobody has it, and closed by the desk.
    async fn desk_closes(&mut self) -> anyhow::Result<()> {
        let path = format!("/api/v1/tickets/{}", self.ticket);
        let deed = match self.ticket().await?["state"].as_str() {
            Some("free") => "assignment/closure",
            _ => "closure",
        };
        let words = json!({"message": "C’est réparé."});
        self.agent.post(&format!("{path}/{deed}"), &words).await?;
        self.open().await
    }

    /// From the first step to the ticket's own page.
    async fn files(&mut self, subject: &str, file: Option<&str>) -> anyhow::Result<()> {
        self.browser.go(&format!("{}/portal", self.url)).await?;
        self.fits().await?;
        self.taps("a[href=\"/portal/tickets/new\"]").await?;
        self.browser.find(".choose").await?;
        self.fits().await?;
        self.taps(".choose details > summary").await?;
        self.taps(".choose details[open] a.pt").await?;
        self.browser
            .find("form[action=\"/portal/tickets\"]")
            .await?;
        self.fits().await?;
        self.browser.fill("#subject", subject).await?;
        self.browser
            .fill("#body", "Depuis ce matin, l’écran reste noir.")
            .await?;
        let folder = Temporary::new("phone")?;
        if let Some(name) = file {
            let path = folder.path().join(name);
            std::fs::write(&path, "mesuré à 8 h")?;
            self.browser.upload("#files", &path).await?;
        }
        self.taps("form[action=\"/portal/tickets\"] .acts button.primary")
            .await?;
        let began = Instant::now();
        loop {
            let url = self.browser.url().await?;
            let number = url
                .split("/portal/tickets/")
                .nth(1)
                .and_then(|it| it.split('/').next()?.parse().ok());
            if let Some(number) = number {
                self.ticket = number;
                return self.fits().await;
            }
            if began.elapsed() > Duration::from_secs(8) {
                bail!("nothing was sent from {url}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

async fn asks(phone: &mut Phone) -> anyhow::Result<()> {
    phone
        .files(phone.about[0], Some("relevé d’été.txt"))
        .await?;
    phone.holds("comments", "relevé d").await
}

async fn reads(phone: &mut Phone) -> anyhow::Result<()> {
    phone.open().await?;
    let next = phone.browser.text_of(".callout.next").await?;
    ensure!(next.split_whitespace().count() > 5, "only “{next}”");
    Ok(())
}

async fn adds(phone: &mut Phone) -> anyhow::Result<()> {
    phone.open().await?;
    phone
        .browser
        .fill("#reply-body", "Le câble est pourtant branché.")
        .await?;
    phone.taps("#reply button[type=submit]").await?;
    phone.holds("comments", "pourtant branché").await
}

async fn corrects(phone: &mut Phone) -> anyhow::Result<()> {
    phone.open().await?;
    phone.taps("a[href$=\"/correction\"]").await?;
    phone.fits().await?;
    phone
        .browser
        .fill("#subject", "Écran noir, câble branché")
        .await?;
    phone
        .taps("form[action$=\"/correction\"] button.primary")
        .await?;
    let began = Instant::now();
    while phone.ticket().await?["subject"] != "Écran noir, câble branché" {
        ensure!(began.elapsed() < Duration::from_secs(8), "not corrected");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    phone.fits().await
}

async fn knows(phone: &mut Phone) -> anyhow::Result<()> {
    let home = format!("{}/portal", phone.url);
    phone.browser.go(&home).await?;
    phone.taps("section.known a[href^=\"/shared/\"]").await?;
    phone.fits().await?;
    phone.browser.find("article.bub").await?;
    let forms = phone.browser.all("main form").await?;
    ensure!(forms.is_empty(), "whoever looks on could send something");
    Ok(())
}

async fn invites(phone: &mut Phone) -> anyhow::Result<()> {
    phone.open().await?;
    phone.taps("details.invite > summary").await?;
    phone
        .browser
        .fill("#people-in", "voisine@nordet.example")
        .await?;
    phone.taps("details.invite button[type=submit]").await?;
    phone.holds("participants", "voisine@nordet.example").await
}

async fn refuses(phone: &mut Phone) -> anyhow::Result<()> {
    phone.desk_closes().await?;
    phone.taps("details.refuse > summary").await?;
    phone
        .browser
        .fill("#why-not", "Il est de nouveau noir.")
        .await?;
    phone.taps("#refusal button.primary").await?;
    phone.becomes("in_progress").await
}

async fn approves(phone: &mut Phone) -> anyhow::Result<()> {
    phone.desk_closes().await?;
    phone.taps("form[action$=\"/approval\"] button").await?;
    phone.becomes("approved").await
}

async fn reopens(phone: &mut Phone) -> anyhow::Result<()> {
    phone.open().await?;
    let folded = "details:not([open]):has(form[action$=\"/reopening\"]) > summary";
    if !phone.browser.all(folded).await?.is_empty() {
        phone.taps(folded).await?;
    }
    let words = "form[action$=\"/reopening\"] textarea";
    if !phone.browser.all(words).await?.is_empty() {
        phone.browser.fill(words, "Encore noir.").await?;
    }
    phone.taps("form[action$=\"/reopening\"] button").await?;
    phone.becomes("in_progress").await
}

async fn withdraws(phone: &mut Phone) -> anyhow::Result<()> {
    phone.files(phone.about[1], None).await?;
    phone.open().await?;
    phone.taps("a[href$=\"/cancellation\"]").await?;
    phone
        .taps("form[action$=\"/cancellation\"] button:not([type=button])")
        .await?;
    phone.becomes("cancelled").await
}

async fn bar(phone: &mut Phone) -> anyhow::Result<()> {
    for path in [
        "/portal",
        "/portal/tickets",
        "/portal/search?q=noir",
        "/preferences",
    ] {
        phone.browser.go(&format!("{}{path}", phone.url)).await?;
        phone.fits().await?;
    }
    phone.browser.go(&format!("{}/portal", phone.url)).await?;
    let look = "const bars = [...document.querySelectorAll('nav')].map(it => it.getBoundingClientRect())
        .filter(it => it.height > 0 && it.bottom >= innerHeight - 2 && it.width > 300); return bars.length";
    ensure!(
        phone.browser.run(look, json!([])).await? == json!(1),
        "no bar at the foot of the screen"
    );
    Ok(())
}
