//! One agent's browser for a day: hands that press keys or point, and eyes on what became of a ticket.

use crate::browser::driver::{Browser, Driver};
use crate::browser::view::Extent;
use crate::desk::api::Client;
use crate::desk::people::{Account, Desk};
use crate::desk::visit;
use crate::servers::folder::reports;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// What somebody works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Keys alone.
    Keyboard,
    /// A mouse or a finger; words are typed all the same.
    Pointer,
}

impl Hand {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Hand::Keyboard => "keyboard alone",
            Hand::Pointer => "pointer",
        }
    }
}

/// How long the desk may take to do what was asked.
const PATIENCE: Duration = Duration::from_secs(8);
/// How often Tab is pressed before something counts as out of the keyboard's reach.
const MOST_TABS: usize = 120;

/// A day.
pub struct Day {
    /// The browser.
    pub browser: Browser,
    /// The agent's own program, which looks at what came of it.
    pub api: Client,
    /// The desk's address.
    pub url: String,
    /// The agent.
    pub agent: Account,
    /// Somebody who asks.
    pub requester: Account,
    /// Keys or pointer.
    pub hand: Hand,
    /// `fr` or `en`.
    pub language: String,
    category: i64,
    only: String,
    failed: usize,
}

impl Day {
    /// The agent signs in, in that language.
    pub async fn new(
        driver: &mut Driver,
        desk: &Desk,
        language: &str,
        hand: Hand,
        only: &str,
    ) -> anyhow::Result<Day> {
        let agent = desk.group_agent(2)?.clone();
        let mut day = Day::of(driver, desk, agent, language, hand, only).await?;
        let mine = day
            .api
            .all("/api/v1/tickets?assignee=me&stage=open")
            .await?;
        day.category = mine.first().context("the agent has no ticket")?["category"]["id"]
            .as_i64()
            .context("a category has no number")?;
        Ok(day)
    }

    /// Somebody else signs in, who opens no tickets.
    pub async fn of(
        driver: &mut Driver,
        desk: &Desk,
        agent: Account,
        language: &str,
        hand: Hand,
        only: &str,
    ) -> anyhow::Result<Day> {
        let mut browser = driver.new_browser(language).await?;
        visit::sign_in(&mut browser, &desk.url, &agent).await?;
        visit::speak(&mut browser, language).await?;
        let address: SocketAddr = desk.url.trim_start_matches("http://").parse()?;
        let api = Client::new(address, &agent.token);
        Ok(Day {
            browser,
            api,
            url: desk.url.clone(),
            agent,
            requester: desk.portal_user()?.clone(),
            hand,
            language: language.to_owned(),
            category: 0,
            only: only.to_owned(),
            failed: 0,
        })
    }

    /// Whether a step is to be lived through.
    pub fn wants(&self, words: &str) -> bool {
        words.contains(&self.only)
    }

    /// Notes how a step went, with a picture of a failure.
    pub async fn note(&mut self, words: &str, began: Instant, outcome: anyhow::Result<()>) {
        let took = began.elapsed().as_secs_f64();
        match outcome {
            Ok(()) => println!("  ok   {} {took:>6.2} s  {words}", self.language),
            Err(error) => {
                self.failed += 1;
                println!("  FAIL {} {took:>6.2} s  {words}: {error:#}", self.language);
                let name = format!("{}-{}-{words}.png", self.language, self.hand.name());
                if let (Ok(folder), Ok(picture)) =
                    (reports("day"), self.browser.picture(Extent::Window).await)
                {
                    // The picture only helps; the failure is told already.
                    let _ = std::fs::write(folder.join(name.replace([' ', '/'], "-")), picture);
                }
            }
        }
    }

    /// Closes the browser and says how many steps failed.
    pub async fn end(self) -> anyhow::Result<usize> {
        self.browser.quit().await?;
        Ok(self.failed)
    }

    /// A new ticket that nobody has in hand yet, open in the browser; its number.
    pub async fn new_ticket(&mut self, subject: &str) -> anyhow::Result<i64> {
        let body = json!({"subject": subject, "body": "Depuis ce matin, rien ne va.",
            "category": self.category, "requester": self.requester.email});
        let made = self.api.post("/api/v1/tickets", &body).await?;
        let number = made["number"].as_i64().context("a ticket has no number")?;
        self.open(number).await?;
        Ok(number)
    }

    /// A new ticket in the agent's hand, open in the browser; its number.
    pub async fn own_ticket(&mut self, subject: &str) -> anyhow::Result<i64> {
        let number = self.new_ticket(subject).await?;
        let path = format!("/api/v1/tickets/{number}/assignment");
        self.api.post(&path, &json!({})).await?;
        self.open(number).await?;
        Ok(number)
    }

    /// Opens a ticket's page, as a link in a mail would.
    pub async fn open(&mut self, number: i64) -> anyhow::Result<()> {
        let address = format!("{}/tickets/{number}", self.url);
        self.browser.go(&address).await?;
        self.browser.find(".tk").await?;
        Ok(())
    }

    /// Does the deed that `key` is for: by that key, or by pressing what `selector` finds.
    pub async fn does(&mut self, key: &str, selector: &str) -> anyhow::Result<()> {
        match self.hand {
            Hand::Keyboard => self.browser.keys(key).await,
            Hand::Pointer => self.browser.press(selector).await,
        }
    }

    /// Presses what `selector` finds: reached by Tab and pressed by Enter, or pointed at.
    pub async fn presses(&mut self, selector: &str) -> anyhow::Result<()> {
        match self.hand {
            Hand::Keyboard => {
                self.reaches(selector).await?;
                self.browser.keys("Enter").await
            }
            Hand::Pointer => self.browser.press(selector).await,
        }
    }

    /// Moves the focus by Tab until it is on what `selector` finds.
    pub async fn reaches(&mut self, selector: &str) -> anyhow::Result<()> {
        self.browser.find(selector).await?;
        let here = "return document.activeElement?.matches(arguments[0]) ?? false";
        for _ in 0..MOST_TABS {
            if self.browser.run(here, json!([selector])).await? == Value::Bool(true) {
                return Ok(());
            }
            self.browser.keys("Tab").await?;
        }
        bail!("`{selector}` is not reached by {MOST_TABS} times Tab")
    }

    /// Types into what `selector` finds; with keys alone it must have the focus already or be reached.
    pub async fn types(&mut self, selector: &str, text: &str) -> anyhow::Result<()> {
        match self.hand {
            Hand::Keyboard => {
                self.reaches(selector).await?;
                self.browser.types(text).await
            }
            Hand::Pointer => self.browser.fill(selector, text).await,
        }
    }

    /// Chooses the last value of a list of values.
    pub async fn chooses_last(&mut self, selector: &str) -> anyhow::Result<()> {
        match self.hand {
            Hand::Keyboard => {
                self.reaches(selector).await?;
                self.browser.keys("End").await
            }
            Hand::Pointer => {
                self.browser.find(selector).await?;
                let script = "const [name] = arguments; const list = document.querySelector(name);
                    list.scrollIntoView(); list.selectedIndex = list.options.length - 1;
                    list.dispatchEvent(new Event('change', {bubbles: true}))";
                self.browser.run(script, json!([selector])).await?;
                Ok(())
            }
        }
    }

    /// The ticket as the API tells it.
    pub async fn ticket(&mut self, number: i64) -> anyhow::Result<Value> {
        self.api.get(&format!("/api/v1/tickets/{number}")).await
    }

    /// Whoever asked writes, from wherever they are.
    pub async fn requester_writes(&self, number: i64, words: &str) -> anyhow::Result<()> {
        let address: SocketAddr = self.url.trim_start_matches("http://").parse()?;
        let mut theirs = Client::new(address, &self.requester.token);
        let body = json!({"audience": "public", "body": words});
        let path = format!("/api/v1/tickets/{number}/comments");
        theirs.post(&path, &body).await.map(drop)
    }

    /// Waits until the ticket, as the API tells it, is as `fits` says.
    pub async fn becomes(
        &mut self,
        number: i64,
        what: &str,
        fits: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let ticket = self.ticket(number).await?;
            if fits(&ticket) {
                return self.speaks_its_language().await;
            }
            if began.elapsed() > PATIENCE {
                bail!("ticket {number} does not become {what}: {ticket}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until what the API answers at `path` holds `words`.
    pub async fn holds(&mut self, path: &str, words: &str) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let answer = self.api.get(path).await?;
            if answer.to_string().contains(words) {
                return Ok(());
            }
            if began.elapsed() > PATIENCE + Duration::from_secs(8) {
                bail!("{path} does not hold “{words}”: {answer}");
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn speaks_its_language(&mut self) -> anyhow::Result<()> {
        let began = Instant::now();
        let language = "return document.documentElement.lang";
        // A page may be on its way.
        while self
            .browser
            .run(language, json!([]))
            .await
            .is_ok_and(|it| it != self.language)
        {
            if began.elapsed() > PATIENCE {
                bail!("the page does not speak {}", self.language);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Waits until the page is as a script says.
    pub async fn shows(&mut self, what: &str, script: &str) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let script = format!("return Boolean({script})");
            if self
                .browser
                .run(&script, json!([]))
                .await
                .is_ok_and(|it| it == Value::Bool(true))
            {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                bail!("{what}: not on {}", self.browser.url().await?);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
