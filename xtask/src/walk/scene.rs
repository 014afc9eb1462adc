//! Who and what takes part in a walk: two people at browsers of their own, and the post.

use crate::browser::driver::{Browser, Driver};
use crate::browser::view::Extent;
use crate::desk::people::{Account, Desk};
use crate::desk::{selectors, visit};
use crate::mail::client::{Client, Outcome};
use crate::mail::sink::{Received, Sink};
use crate::mail::write::{self, Letter};
use crate::servers::folder::reports;
use anyhow::{Context, bail};
use std::net::SocketAddr;
use std::time::Duration;

/// How long mail may take on its way in or out.
pub const POST: Duration = Duration::from_secs(30);
/// How long a mail may take that the relay refused at first.
pub const LATE_POST: Duration = Duration::from_secs(180);

/// Everything the steps use.
pub struct Scene {
    /// The desk's addresses and accounts.
    pub desk: Desk,
    /// The agent who helps.
    pub agent: Account,
    /// The portal user who asks.
    pub requester: Account,
    /// The agent's browser.
    pub at_desk: Browser,
    /// The requester's browser.
    pub at_home: Browser,
    /// The mail server of everybody who gets mail.
    pub sink: Sink,
    /// Whether pages may run their scripts.
    pub script: bool,
    /// The ticket's address on the agent's side, such as `/tickets/1201`.
    pub ticket: String,
    /// The `Message-ID`s of the conversation, as the requester's mail program knows them.
    pub thread: Vec<String>,
}

impl Scene {
    /// Opens the browsers; nobody has signed in.
    pub async fn new(
        driver: &mut Driver,
        desk: Desk,
        sink: Sink,
        script: bool,
    ) -> anyhow::Result<Self> {
        let agent = desk.group_agent(2)?.clone();
        let requester = desk.portal_user()?.clone();
        let mut at_desk = driver.new_browser("fr").await?;
        let mut at_home = driver.new_browser("fr").await?;
        if !script {
            at_desk.forbid_script().await?;
            at_home.forbid_script().await?;
        }
        Ok(Self {
            desk,
            agent,
            requester,
            at_desk,
            at_home,
            sink,
            script,
            ticket: String::new(),
            thread: Vec::new(),
        })
    }

    /// The ticket's address in the portal.
    pub fn portal_ticket(&self) -> String {
        format!("/portal{}", self.ticket)
    }

    /// The requester writes a mail to the desk, which must accept it.
    pub async fn requester_writes(&mut self, to: &str, letter: Letter) -> anyhow::Result<()> {
        let smtp: SocketAddr = self
            .desk
            .smtp
            .parse()
            .context("the desk's mail server has no address")?;
        let letter = Letter {
            from: self.requester.email.clone(),
            from_name: self.requester.name.clone(),
            to: to.to_owned(),
            references: self.thread.clone(),
            ..letter
        };
        let mut client = Client::connect(smtp).await?;
        match client
            .send(&letter.from, &[to], &write::bytes_of(&letter))
            .await?
        {
            Outcome::Accepted => self.thread.push(letter.message_id),
            Outcome::Refused(code, text) => bail!("the desk refuses the mail: {code} {text}"),
        }
        client.quit().await
    }

    /// Waits until the relay, told to fail, has failed the desk once.
    pub async fn relay_has_failed(&self) -> anyhow::Result<()> {
        let start = std::time::Instant::now();
        while self.sink.failed() == 0 {
            if start.elapsed() > POST {
                bail!("the desk did not try to send anything within {POST:?}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Waits for a mail to the requester that holds `words`, and notes its place in the thread.
    pub async fn requester_gets(&mut self, words: &str) -> anyhow::Result<Received> {
        let to = self.requester.email.clone();
        let fits =
            |it: &Received| it.to.contains(&to) && write::readable(&it.bytes).contains(words);
        let mail = self
            .sink
            .wait_for(LATE_POST, fits)
            .await
            .with_context(|| format!("a mail with “{words}”"))?;
        let id = write::header(&mail.bytes, "Message-ID").context("the mail has no Message-ID")?;
        self.thread.push(id.trim_matches(['<', '>']).to_owned());
        Ok(mail)
    }

    /// Waits for a mail to the requester that holds `words` and came after the first `before` mails.
    pub async fn requester_gets_after(&mut self, before: usize, words: &str) -> anyhow::Result<()> {
        let to = self.requester.email.clone();
        let start = std::time::Instant::now();
        loop {
            let mails = self.sink.mails();
            let new = mails.iter().skip(before);
            if new
                .into_iter()
                .any(|it| it.to.contains(&to) && write::readable(&it.bytes).contains(words))
            {
                return Ok(());
            }
            if start.elapsed() > POST {
                bail!(
                    "no new mail with “{words}” to the requester; {} new ones to others",
                    mails.len() - before
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The agent opens the ticket's page.
    pub async fn agent_opens_ticket(&mut self) -> anyhow::Result<()> {
        self.at_desk
            .go(&format!("{}{}", self.desk.url, self.ticket))
            .await?;
        expect_status(&mut self.at_desk, 200).await
    }

    /// The requester opens the ticket's page in the portal.
    pub async fn requester_opens_ticket(&mut self) -> anyhow::Result<()> {
        self.at_home
            .go(&format!("{}{}", self.desk.url, self.portal_ticket()))
            .await?;
        expect_status(&mut self.at_home, 200).await
    }

    /// The agent does a deed on the ticket's page, with words where its form asks for some.
    pub async fn agent_does(&mut self, deed: &str, words: Option<&str>) -> anyhow::Result<()> {
        self.agent_opens_ticket().await?;
        does(&mut self.at_desk, &self.ticket, deed, words).await
    }

    /// The requester does a deed on the ticket's page in the portal.
    pub async fn requester_does(&mut self, deed: &str, words: Option<&str>) -> anyhow::Result<()> {
        self.requester_opens_ticket().await?;
        let path = self.portal_ticket();
        does(&mut self.at_home, &path, deed, words).await
    }

    /// The requester opens the link of their last mail that does this, and presses its button.
    pub async fn requester_follows(&mut self, deed: &str) -> anyhow::Result<()> {
        let mails = self.sink.mails();
        let link = mails
            .iter()
            .rev()
            .filter(|it| it.to.contains(&self.requester.email))
            .find_map(|it| {
                let text = write::readable(&it.bytes);
                let mut lines = text.lines().map(str::trim);
                let link = lines.find(|line| line.contains("/mailed/") && line.contains(deed));
                link.map(str::to_owned)
            })
            .context("no mail with such a link")?;
        self.at_home.go(&link).await?;
        expect_status(&mut self.at_home, 200).await?;
        self.at_home
            .press_and_wait("form[action^='/mailed/'] button[type=submit]")
            .await?;
        expect_status(&mut self.at_home, 200).await
    }

    /// The steps of the ticket's history, as the agent reads them in `language`.
    pub async fn history(&mut self, language: &str) -> anyhow::Result<Vec<String>> {
        visit::speak(&mut self.at_desk, language).await?;
        self.agent_opens_ticket().await?;
        let script =
            "return [...document.querySelectorAll(arguments[0])].map(it => it.textContent.trim())";
        let steps = self
            .at_desk
            .run(script, serde_json::json!([selectors::HISTORY_STEP]))
            .await?;
        let steps = steps.as_array().cloned().unwrap_or_default();
        Ok(steps
            .iter()
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect())
    }

    /// Keeps pictures, texts and the end of the log of a walk that stopped.
    pub async fn leave_evidence(&mut self, log: &str) {
        let Ok(folder) = reports("walk") else { return };
        let _ = std::fs::write(folder.join("vigie.log"), log);
        for (who, browser) in [
            ("agent", &mut self.at_desk),
            ("requester", &mut self.at_home),
        ] {
            if let Ok(picture) = browser.picture(Extent::Page).await {
                let _ = std::fs::write(folder.join(format!("{who}.png")), picture);
            }
            if let Ok(page) = browser.ask("/source", None).await {
                let _ = std::fs::write(
                    folder.join(format!("{who}.html")),
                    page.as_str().unwrap_or_default(),
                );
            }
        }
        for (number, mail) in self.sink.mails().iter().enumerate() {
            let _ = std::fs::write(folder.join(format!("mail-{number}.eml")), &mail.bytes);
        }
        eprintln!("what was to be seen lies in {}", folder.display());
    }
}

async fn does(
    browser: &mut Browser,
    path: &str,
    deed: &str,
    words: Option<&str>,
) -> anyhow::Result<()> {
    for opener in [
        selectors::deed_unfold(path, deed),
        selectors::deed_link(path, deed),
    ] {
        if !browser.all(&opener).await?.is_empty() {
            browser.press(&opener).await?;
        }
    }
    if let Some(words) = words {
        browser
            .fill(&selectors::deed_text(path, deed), words)
            .await?;
    }
    browser
        .press_and_wait(&selectors::deed_button(path, deed))
        .await?;
    expect_status(browser, 200).await
}

async fn expect_status(browser: &mut Browser, status: u64) -> anyhow::Result<()> {
    let answered = browser.status().await?;
    if answered != status {
        bail!("{} answers {answered}", browser.url().await?);
    }
    Ok(())
}
