//! Postfix between the desk and the world, as most desks have it. Going out: it refuses somebody for ever (the address is
//! suppressed), puts somebody off (greylisting, OUT-01), has a mail whose answer never came (OUT-02), is down and up again
//! (OUT-01). Coming in: it delivers by LMTP to a desk that is down, up, and killed (IN-20).

use super::Common;
use super::found::{self, Before};
use super::letters::{fixed, letter};
use crate::desk::api::Client;
use crate::desk::quiet::Quiet;
use crate::desk::start::{Engine, Place};
use crate::mail::client::{Client as Sender, Outcome};
use crate::mail::cut::Cut;
use crate::mail::greylist::Greylist;
use crate::mail::sink::{Received, Sink};
use crate::mail::write::{Letter, bytes_of, header};
use crate::servers::machine;
use crate::servers::postfix::{NOBODY, Postfix, Ways};
use crate::servers::process::Running;
use anyhow::{Context, bail};
use serde_json::Value;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How long something may take that happens after a pause: a mail's next try, and a relay that is left alone.
const PATIENCE: Duration = Duration::from_secs(100);
/// Put off the first time.
const PUT_OFF: &str = "someone@slow.example";
/// Their mail's answer is lost once.
const CUT_ONCE: &str = "once@lost.example";
/// And theirs twice, so that nobody knows about the repetition either.
const CUT_TWICE: &str = "twice@lost.example";
/// Letters that come in.
const LETTERS: usize = 60;

struct Scene {
    place: Place,
    api: Client,
    to: String,
    sink: Sink,
}

/// Goes through all of it.
pub async fn run(common: &Common<'_>) -> anyhow::Result<()> {
    if !machine::is_root() {
        println!("torture: relay: LEFT OUT, since Postfix is started by root alone");
        return Ok(());
    }
    let sink = Sink::start().await?;
    let greylist = Greylist::start("slow.example").await?;
    let mut place = Place::new(common.program, Engine::Sqlite, None).await?;
    let mut postfix = Postfix::start(Ways {
        policy: greylist.address(),
        desk: place.smtp(),
        world: sink.address(),
    })
    .await?;
    let wire = Cut::start(postfix.address()).await?;
    wire.breaks_after(CUT_ONCE, 1);
    wire.breaks_after(CUT_TWICE, 2);
    place.relay_to(wire.address());
    let (running, desk) = place.demo().await?;
    let token = desk.owner()?.token.clone();
    let mut api = Client::new(place.web(), &token);
    let to = Quiet::make(&mut api).await?.address;
    let mut scene = Scene {
        place,
        api,
        to,
        sink,
    };
    let outgoing = scene.outgoing(&greylist).await;
    outgoing.with_context(|| format!("Postfix says\n{}", postfix.log_end()))?;
    let begin = Instant::now();
    let incoming = scene.incoming(&postfix, running, &token, common.seed).await;
    let mut running = incoming.with_context(|| format!("Postfix says\n{}", postfix.log_end()))?;
    println!(
        "torture: relay: coming in {:.1} s",
        begin.elapsed().as_secs_f64()
    );

    postfix.stop().await?;
    let away = scene.while_away().await?;
    running.must_be_alive()?;
    postfix.start_again().await?;
    let begin = Instant::now();
    scene.after(&away).await?;
    println!(
        "torture: relay: {} mails while it was down, all there in order {:.1} s after it was up",
        away.len(),
        begin.elapsed().as_secs_f64()
    );
    Ok(())
}

impl Scene {
    /// Somebody writes, so that the desk answers them.
    async fn somebody_writes(&self, from: &str) -> anyhow::Result<()> {
        let word = crate::chance::fresh_word()?;
        let letter = Letter {
            from: from.to_owned(),
            from_name: "Somebody".to_owned(),
            to: self.to.clone(),
            subject: format!("Question {word}"),
            body: format!("A question: {word}.\n"),
            message_id: format!("{word}@elsewhere.example"),
            ..Letter::default()
        };
        deliver(self.place.smtp(), from, &self.to, &bytes_of(&letter)).await
    }

    /// The mails of the outbox to an address.
    async fn mails_to(&mut self, address: &str) -> anyhow::Result<Vec<Value>> {
        let address = crate::http::escaped(address);
        self.api
            .all(&format!("/api/v1/outgoing-mails?address={address}"))
            .await
    }

    /// Waits until the only mail to an address is as wanted.
    async fn until(
        &mut self,
        address: &str,
        wanted: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        let begin = Instant::now();
        loop {
            let mails = self.mails_to(address).await?;
            if let [mail] = mails.as_slice()
                && wanted(mail)
            {
                return Ok(mail.clone());
            }
            if begin.elapsed() > PATIENCE {
                bail!("the mails to {address} are not what they should become: {mails:?}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The `Message-ID`s of what arrived for somebody, in the order in which it came.
    fn arrived(&self, address: &str) -> Vec<String> {
        let mails = self.sink.mails();
        let theirs = mails
            .iter()
            .filter(|it| it.to.iter().any(|to| to == address));
        theirs
            .map(|it| header(&it.bytes, "Message-ID").unwrap_or_default())
            .collect()
    }

    async fn outgoing(&mut self, greylist: &Greylist) -> anyhow::Result<()> {
        let begin = Instant::now();
        for from in [
            "calm@elsewhere.example",
            NOBODY,
            PUT_OFF,
            CUT_ONCE,
            CUT_TWICE,
        ] {
            self.somebody_writes(from).await?;
        }
        // Shown as what they are while they wait.
        let says =
            |mail: &Value, word: &str| mail["why"].as_str().is_some_and(|it| it.contains(word));
        let state = |mail: &Value, word: &str| mail["state"] == word;
        self.until(PUT_OFF, |it| state(it, "waiting") && says(it, "greylisted"))
            .await?;
        self.until(CUT_ONCE, |it| {
            state(it, "uncertain") && it["next_at"].is_string()
        })
        .await?;
        let refused = self.until(NOBODY, |it| state(it, "failed")).await?;
        if !says(&refused, "5.1.1") {
            bail!("the outbox does not say why it failed: {refused}");
        }
        let suppressed = self.api.all("/api/v1/suppressed-addresses").await?;
        if !suppressed
            .iter()
            .any(|it| it["address"] == NOBODY && it["reason"] == "refused")
        {
            bail!("an address at which nobody is is still written to: {suppressed:?}");
        }
        self.until("calm@elsewhere.example", |it| state(it, "sent"))
            .await?;
        self.until(PUT_OFF, |it| state(it, "sent")).await?;
        self.until(CUT_ONCE, |it| state(it, "sent")).await?;
        // Nobody knows, it is said so, and it is not sent a third time: nothing is to happen to it any more.
        self.until(CUT_TWICE, |it| {
            state(it, "uncertain") && it["next_at"].is_null()
        })
        .await?;
        let is_through = |it: &Received| {
            header(&it.bytes, "Received").is_some_and(|it| it.contains("relay.example"))
        };
        if !self.sink.mails().iter().all(is_through) {
            bail!("a mail found another way than through Postfix");
        }
        for (address, times) in [
            ("calm@elsewhere.example", 1),
            (NOBODY, 0),
            (PUT_OFF, 1),
            (CUT_ONCE, 2),
            (CUT_TWICE, 2),
        ] {
            // What Postfix has it may still be passing on.
            let wait = Instant::now();
            while self.arrived(address).len() < times && wait.elapsed() < PATIENCE {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let arrived = self.arrived(address);
            let same: HashSet<&String> = arrived.iter().collect();
            if arrived.len() != times || same.len() > 1 {
                bail!("{address} got {arrived:?}, which should be {times} and alike");
            }
        }
        if !greylist.put_off(PUT_OFF) {
            bail!("nobody was put off");
        }
        println!(
            "torture: relay: one taken, one refused, one put off, two cut: as promised, {:.1} s",
            begin.elapsed().as_secs_f64()
        );
        Ok(())
    }

    /// Postfix brings letters to a desk that is down, and then killed while it takes them.
    async fn incoming(
        &mut self,
        postfix: &Postfix,
        mut running: Running,
        token: &str,
        seed: u64,
    ) -> anyhow::Result<Running> {
        let before = Before::of(&mut self.api).await?;
        let give = async |range: std::ops::Range<usize>| -> anyhow::Result<()> {
            for mail in range {
                let letter = letter(mail, seed, &self.to);
                deliver(postfix.address(), &letter.from, &self.to, &fixed(&letter)).await?;
            }
            Ok(())
        };
        running.kill().await?;
        give(0..LETTERS / 3).await?;
        running = self.place.demo().await?.0;
        give(LETTERS / 3..LETTERS * 2 / 3).await?;
        running.kill().await?;
        give(LETTERS * 2 / 3..LETTERS).await?;
        running = self.place.demo().await?.0;
        self.api = Client::new(self.place.web(), token);
        let numbered = (LETTERS, seed);
        let found = found::look(&mut self.api, &before, numbered, (1, &HashSet::new())).await?;
        println!("torture: relay: {LETTERS} letters brought by Postfix, 2 kills; {found}");
        found
            .must_be_exact()
            .with_context(|| running.complaints())?;
        Ok(running)
    }

    /// People write while the relay is down; says to whom mails wait, in the order in which they were written down.
    async fn while_away(&mut self) -> anyhow::Result<Vec<String>> {
        let mut away = Vec::new();
        for number in 0..5 {
            let from = format!("later{number}@elsewhere.example");
            self.somebody_writes(&from).await?;
            self.until(&from, |it| it["state"] == "waiting").await?;
            away.push(from);
        }
        let last = away.last().context("nobody wrote")?.clone();
        self.until(&last, |it| it["why"].is_string()).await?;
        Ok(away)
    }

    async fn after(&mut self, away: &[String]) -> anyhow::Result<()> {
        for from in away {
            self.until(from, |it| it["state"] == "sent").await?;
        }
        let begin = Instant::now();
        loop {
            let mails = self.sink.mails();
            let came: Vec<&String> = mails
                .iter()
                .flat_map(|it| &it.to)
                .filter(|it| away.contains(it))
                .collect();
            if came.len() >= away.len() {
                if came != away.iter().collect::<Vec<_>>() {
                    bail!("they came as {came:?}, and were written as {away:?}");
                }
                return Ok(());
            }
            if begin.elapsed() > PATIENCE {
                bail!("only {came:?} of {away:?} came");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Hands a letter to a server, which must take it.
async fn deliver(server: SocketAddr, from: &str, to: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let mut sender = Sender::connect(server).await?;
    match sender.send(from, &[to], bytes).await? {
        Outcome::Accepted => sender.quit().await,
        Outcome::Refused(code, text) => bail!("refused: {code} {text}"),
    }
}
