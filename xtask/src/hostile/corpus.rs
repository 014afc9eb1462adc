//! The hostile bodies (`letter/hostile`), and their way to the desk: by SMTP, one mail each, on a few tickets.

use crate::desk::api::Client;
use crate::desk::people::{Account, Desk};
use crate::http::Connection;
use crate::mail::client::{Client as Smtp, Outcome};
use crate::servers::folder;
use anyhow::{Context, bail};
use data_encoding::BASE64;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How many mails one ticket has.
pub const ON_ONE: usize = 13;
/// How long the desk may take with all of them.
const PATIENCE: Duration = Duration::from_secs(120);

/// A body of a mail as its file holds it.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its file's name, without the ending.
    pub name: String,
    source: String,
}

impl Body {
    /// What is sent: `{run}` is script that says so on the console, `{canary}` another host, `{desk}` the desk itself.
    pub fn filled(&self, desk: &str) -> String {
        self.source
            .replace(
                "{run}",
                &format!("console.error(/vigie-ran-{}/.source)", self.name),
            )
            .replace("{canary}", &format!("http://{}.canary.example", self.name))
            .replace("{desk}", desk)
            .replace("{name}", &self.name)
    }

    /// What its mail says for whoever looks whether it is shown.
    pub fn mark(&self) -> String {
        format!("mail-{}-met", self.name)
    }
}

/// All of them, in the order of their names.
pub fn bodies(only: Option<&str>) -> anyhow::Result<Vec<Body>> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder::repository().join("letter/hostile"))? {
        let path = file?.path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if only.is_none_or(|it| name.contains(it)) {
            let source = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            found.push(Body { name, source });
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    if found.is_empty() {
        bail!("there is no such hostile body");
    }
    Ok(found)
}

/// Sends all mails, and returns the numbers of their tickets when every mail is on one.
pub async fn send(
    desk: &Desk,
    web: SocketAddr,
    requester: &Account,
    bodies: &[Body],
    api: &mut Client,
) -> anyhow::Result<Vec<u64>> {
    let smtp: SocketAddr = desk
        .smtp
        .parse()
        .context("the desk's mail server has no address")?;
    let mut client = Smtp::connect(smtp).await?;
    for thread in bodies.chunks(ON_ONE) {
        deliver(
            &mut client,
            desk,
            requester,
            &desk.mail_address,
            &thread[0],
            true,
        )
        .await?;
    }
    let begin = Instant::now();
    let threads = bodies.len().div_ceil(ON_ONE);
    let answers = loop {
        let found = reply_addresses(web, desk, requester).await?;
        if found.len() >= threads {
            break found;
        }
        if begin.elapsed() > PATIENCE {
            bail!(
                "only {} of {threads} first mails are acknowledged",
                found.len()
            );
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    for (thread, to) in bodies.chunks(ON_ONE).zip(answers.values()) {
        for body in &thread[1..] {
            deliver(&mut client, desk, requester, to, body, false).await?;
        }
    }
    client.quit().await?;
    let tickets: Vec<u64> = answers.keys().copied().collect();
    loop {
        let mut there = 0;
        for ticket in &tickets {
            there += api
                .all(&format!("/api/v1/tickets/{ticket}/comments"))
                .await?
                .len();
        }
        if there >= bodies.len() {
            return Ok(tickets);
        }
        if begin.elapsed() > PATIENCE {
            bail!(
                "only {there} of {} mails are on their tickets",
                bodies.len()
            );
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn deliver(
    client: &mut Smtp,
    desk: &Desk,
    requester: &Account,
    to: &str,
    body: &Body,
    with_files: bool,
) -> anyhow::Result<()> {
    let mail = mail(&desk.url, requester, to, body, with_files);
    match client.send(&requester.email, &[to], &mail).await? {
        Outcome::Accepted => Ok(()),
        Outcome::Refused(code, text) => bail!("the desk refuses {}: {code} {text}", body.name),
    }
}

fn packed(text: &str) -> String {
    let all = BASE64.encode(text.as_bytes());
    let lines: Vec<&str> = all
        .as_bytes()
        .chunks(76)
        .filter_map(|it| std::str::from_utf8(it).ok())
        .collect();
    lines.join("\r\n")
}

/// The mail of a body. Its subject and its sender's name are hostile, too, and so are the files of a first one.
fn mail(desk: &str, requester: &Account, to: &str, body: &Body, with_files: bool) -> Vec<u8> {
    let run = format!("console.error(/vigie-ran-{}/.source)", body.name);
    let image = format!(
        "<img src=http://{}.canary.example/s.png onerror={run}>",
        body.name
    );
    let word = |text: &str| format!("=?utf-8?B?{}?=", BASE64.encode(text.as_bytes()));
    let mut out = format!(
        "From: {} <{}>\r\nTo: <{to}>\r\nSubject: {}\r\nMessage-ID: <{}@hostile.example>\r\nMIME-Version: 1.0\r\n",
        word(&format!("\"><script>{run}</script>")),
        requester.email,
        word(&image),
        body.name
    );
    let seen = format!("<table><tr><td>{}</td></tr></table>", body.mark());
    let html = format!(
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        packed(&format!("{seen}\n{}", body.filled(desk)))
    );
    if !with_files {
        out.push_str(&html);
        return out.into_bytes();
    }
    out.push_str(&format!(
        "Content-Type: multipart/mixed; boundary=hostile\r\n\r\n--hostile\r\n{html}"
    ));
    let page = format!("<!doctype html><script>{run}</script>{image}");
    let drawing = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' onload='{run}'><image href='http://{}.canary.example/f.png'/></svg>",
        body.name
    );
    for (name, kind, text) in [
        ("page.html", "text/html", &page),
        ("page.txt", "text/html", &page),
        ("page.xhtml", "application/xhtml+xml", &page),
        ("drawing.svg", "image/svg+xml", &drawing),
        ("drawing.png", "image/svg+xml", &drawing),
    ] {
        out.push_str(&format!(
            "--hostile\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            packed(text)
        ));
    }
    out.push_str("--hostile--\r\n");
    out.into_bytes()
}

/// The mails a demonstration keeps instead of sending, the newest first: their numbers and to whom.
pub async fn captured(web: SocketAddr) -> anyhow::Result<Vec<(u64, String)>> {
    let mut connection = Connection::new(web);
    let mut found = Vec::new();
    let mut next = Some("/dev/mail".to_owned());
    while let Some(path) = next.take() {
        let page = connection
            .ask("GET", &path, &[], b"")
            .await?
            .success()?
            .text();
        for row in page.split("href=\"/dev/mail/").skip(1) {
            let number = row.split('"').next().and_then(|it| it.parse().ok());
            let to = row.split("<span class=\"m2 dblock\">").nth(1);
            if let (Some(number), Some(to)) = (number, to.and_then(|it| it.split('<').next())) {
                found.push((number, to.to_owned()));
            }
        }
        next = page
            .split("href=\"")
            .filter_map(|it| it.split('"').next())
            .find(|it| it.starts_with("/dev/mail?before="))
            .map(str::to_owned);
    }
    Ok(found)
}

/// By ticket, where the requester's answers go, as the mails say that acknowledge theirs.
async fn reply_addresses(
    web: SocketAddr,
    desk: &Desk,
    requester: &Account,
) -> anyhow::Result<BTreeMap<u64, String>> {
    let (local, domain) = desk
        .mail_address
        .split_once('@')
        .context("the desk has no address")?;
    let (start, end) = (format!("{local}+"), format!("@{domain}"));
    let mut connection = Connection::new(web);
    let mut found = BTreeMap::new();
    for (number, to) in captured(web).await? {
        if to != requester.email {
            continue;
        }
        let page = connection
            .ask("GET", &format!("/dev/mail/{number}"), &[], b"")
            .await?
            .success()?
            .text();
        // Only what acknowledges these mails tells of their subjects.
        if !page.contains(".canary.example/s.png") {
            continue;
        }
        let token = page
            .split(&start)
            .nth(1)
            .and_then(|it| it.split(&end).next());
        if let Some(token) = token
            && let Some(ticket) = token.split('.').next().and_then(|it| it.parse().ok())
        {
            found.insert(ticket, format!("{start}{token}{end}"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::bodies;

    #[test]
    fn every_body_says_whose_it_is_when_it_reaches_the_desk_or_runs() {
        let all = bodies(None).expect("there");
        assert!(all.len() >= 80, "{}", all.len());
        for body in all {
            let filled = body.filled("http://127.0.0.1:1");
            for address in filled.split("http://127.0.0.1:1/").skip(1) {
                let address = address
                    .split(['\'', '"', ' ', '>', ']'])
                    .next()
                    .unwrap_or_default();
                // A page of ours may be named in words; what is fetched says whose it is.
                let is_named = address.contains(&format!("canary-{}", body.name));
                assert!(
                    is_named || !address.contains('?'),
                    "{}: {address}",
                    body.name
                );
            }
            assert!(
                !filled.contains("{run}") && !filled.contains("{canary}"),
                "{}",
                body.name
            );
        }
    }
}
