//! Where the words of a mail are shown: to agents, to requesters, in mails of ours. Each page is opened, every element of
//! a mail is pointed at, and what the page then holds is looked at.

use super::corpus::{self, Body};
use crate::browser::driver::Browser;
use crate::desk::selectors;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

/// How long a page is left alone, for what takes a moment to begin.
const MOMENT: Duration = Duration::from_millis(60);

/// What was seen on all pages.
#[derive(Debug, Default)]
pub struct Seen {
    /// How many pages were opened.
    pub pages: usize,
    /// Scripts that said that they ran.
    pub scripts: Vec<String>,
    /// Addresses of other hosts that were asked for, by what the browser says.
    pub abroad: Vec<String>,
    /// Elements and attributes that no mail may bring, and what else the console complained of.
    pub odd: Vec<String>,
    /// Names of bodies whose words were on a page.
    pub met: BTreeSet<String>,
}

/// Points at everything a mail brought, as a hand and a keyboard would, and says what of it should not be there, and whose
/// words are. (`.prose` is the one place where HTML enters a page unescaped.)
const LOOK: &str = "
    const whole = arguments[0];
    const places = whole ? [document.body] : [...document.querySelectorAll('.prose')];
    const tags = new Set('a abbr b blockquote br cite code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr u ul'.split(' '));
    const attributes = new Set('href title rel alt data-cid colspan rowspan start dir lang'.split(' '));
    const odd = [];
    for (const place of places) {
        for (const it of place.querySelectorAll('*')) {
            for (const kind of ['pointerover', 'mouseover', 'pointerenter', 'mouseenter', 'mousemove', 'focusin', 'touchstart', 'pointerdown']) {
                it.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true}));
            }
            if (it.focus) it.focus({preventScroll: true});
            if (whole) continue;
            if (!tags.has(it.localName)) odd.push('<' + it.localName + '>');
            for (const one of it.attributes) {
                if (!attributes.has(one.name)) odd.push(it.localName + ' ' + one.name + '=' + one.value.slice(0, 80));
            }
            if (it.localName === 'a' && it.hasAttribute('href') && !['http:', 'https:', 'mailto:'].includes(it.protocol)) odd.push(it.href);
            if (it.localName === 'a' && it.hasAttribute('href') && !/noopener/.test(it.rel)) odd.push('opener: ' + it.href);
        }
    }
    for (const details of document.querySelectorAll('details.quoted')) details.open = true;
    const words = places.map(it => it.textContent).join(' ');
    return [odd, [...words.matchAll(/mail-([a-z0-9-]+?)-met/g)].map(it => it[1])];";

/// Puts the policy of every page aside that is opened from now on.
pub async fn put_policy_aside(browser: &mut Browser) -> anyhow::Result<()> {
    browser.cdp("Page.enable", json!({})).await?;
    browser
        .cdp("Page.setBypassCSP", json!({"enabled": true}))
        .await?;
    Ok(())
}

/// Opens a page and looks at it.
async fn open(
    browser: &mut Browser,
    url: &str,
    whole: bool,
    seen: &mut Seen,
) -> anyhow::Result<()> {
    browser.go(url).await?;
    let looked = browser.run(LOOK, json!([whole])).await?;
    tokio::time::sleep(MOMENT).await;
    seen.pages += 1;
    let words = |at: usize| -> Vec<String> {
        let list = looked[at].as_array().cloned().unwrap_or_default();
        list.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    seen.odd
        .extend(words(0).into_iter().map(|it| format!("{url}: {it}")));
    seen.met.extend(words(1));
    hear(browser, url, seen).await
}

/// What the browser noted since the last page.
async fn hear(browser: &mut Browser, url: &str, seen: &mut Seen) -> anyhow::Result<()> {
    for line in browser.complaints().await? {
        // The browser's own idea, on a page that is nothing but a mail.
        if line.contains("/favicon.ico - Failed to load") {
            continue;
        }
        if line.contains("vigie-ran") {
            seen.scripts.push(format!("{url}: {line}"));
        } else {
            seen.odd.push(format!("{url}: {line}"));
        }
    }
    let ours = url.split('/').nth(2).unwrap_or_default().to_owned();
    let abroad = browser.foreign_requests(&ours).await?;
    seen.abroad
        .extend(abroad.into_iter().map(|it| format!("{url}: {it}")));
    Ok(())
}

/// The frames of mails on the tickets, each opened alone: without pictures of other hosts, as a reader opens them first.
pub async fn frames(
    browser: &mut Browser,
    desk: &str,
    tickets: &[u64],
    seen: &mut Seen,
) -> anyhow::Result<Vec<String>> {
    let mut all = Vec::new();
    for ticket in tickets {
        browser.go(&format!("{desk}/tickets/{ticket}")).await?;
        let frames = browser
            .run(
                "return [...document.querySelectorAll('.as-sent iframe')].map(it => it.src)",
                json!([]),
            )
            .await?;
        let frames = frames.as_array().cloned().unwrap_or_default();
        all.extend(frames.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    for frame in &all {
        open(browser, frame, true, seen).await?;
    }
    Ok(all)
}

/// The same frames with pictures of other hosts: what was asked for besides pictures, and how many of these.
pub async fn frames_with_pictures(
    browser: &mut Browser,
    frames: &[String],
    seen: &mut Seen,
) -> anyhow::Result<usize> {
    let mut pictures = 0;
    for frame in frames {
        let url = format!("{frame}?pictures=1");
        browser.go(&url).await?;
        browser.run(LOOK, json!([true])).await?;
        tokio::time::sleep(MOMENT).await;
        seen.pages += 1;
        let ours = url.split('/').nth(2).unwrap_or_default().to_owned();
        for (asked, kind) in browser.foreign_requests_by_kind(&ours).await? {
            match kind.as_str() {
                "Image" => pictures += 1,
                kind => seen.abroad.push(format!("{url}: {kind} {asked}")),
            }
        }
        // That a picture does not arrive is said here, and is no complaint.
        for line in browser.complaints().await? {
            if line.contains("vigie-ran") {
                seen.scripts.push(format!("{url}: {line}"));
            }
        }
    }
    Ok(pictures)
}

/// The pages an agent opens: each ticket, what is shown of it beside a list, lists, search; and the files.
pub async fn as_agent(
    browser: &mut Browser,
    desk: &str,
    tickets: &[u64],
    seen: &mut Seen,
) -> anyhow::Result<()> {
    for ticket in tickets {
        open(browser, &format!("{desk}/tickets/{ticket}"), false, seen).await?;
        let files = browser
            .run(
                "return [...document.querySelectorAll(arguments[0])].map(it => it.href)",
                json!([selectors::FILES]),
            )
            .await?;
        open(
            browser,
            &format!("{desk}/tickets/{ticket}/peek"),
            false,
            seen,
        )
        .await?;
        // One ticket's files say it for all: they come by one way.
        if Some(ticket) == tickets.first() {
            let files = files.as_array().cloned().unwrap_or_default();
            if files.is_empty() {
                bail!("no file of the mails is on /tickets/{ticket}");
            }
            for file in files.iter().filter_map(Value::as_str) {
                // A file is saved, so there is no page to wait for.
                let _ = browser.go(file).await;
                tokio::time::sleep(MOMENT).await;
                hear(browser, file, seen).await?;
            }
        }
    }
    for list in ["/tickets", "/search?q=canary", "/notifications"] {
        open(browser, &format!("{desk}{list}"), false, seen).await?;
    }
    Ok(())
}

/// The pages a requester opens.
pub async fn as_requester(
    browser: &mut Browser,
    desk: &str,
    tickets: &[u64],
    seen: &mut Seen,
) -> anyhow::Result<()> {
    open(browser, &format!("{desk}/portal"), false, seen).await?;
    for ticket in tickets {
        open(
            browser,
            &format!("{desk}/portal/tickets/{ticket}"),
            false,
            seen,
        )
        .await?;
    }
    Ok(())
}

/// Mails of ours that repeat what a hostile one said: as the demonstration frames them, and, with the policy put aside, as
/// any reader of mails might show them.
pub async fn mails(
    browser: &mut Browser,
    web: SocketAddr,
    desk: &str,
    bodies: &[Body],
    in_frames: bool,
    seen: &mut Seen,
) -> anyhow::Result<()> {
    let mut connection = crate::http::Connection::new(web);
    let mut missing: BTreeSet<&str> = bodies.iter().map(|it| it.name.as_str()).collect();
    let all = corpus::captured(web).await?;
    let mut framed = 0;
    for (number, _) in all {
        if missing.is_empty() || (in_frames && framed >= 4) {
            break;
        }
        let path = format!("/dev/mail/{number}");
        let page = connection
            .ask("GET", &format!("{path}/html"), &[], b"")
            .await?
            .text();
        let told: Vec<&str> = bodies
            .iter()
            .filter(|it| page.contains(&it.mark()))
            .map(|it| it.name.as_str())
            .filter(|it| missing.contains(it))
            .collect();
        if told.is_empty() {
            continue;
        }
        missing.retain(|it| !told.contains(it));
        if in_frames {
            framed += 1;
            open(browser, &format!("{desk}{path}"), false, seen).await?;
        } else {
            open(browser, &format!("{desk}{path}/html"), true, seen).await?;
        }
    }
    // Whoever is told of new tickets is mailed the first words of each.
    let repeated = bodies.len() - missing.len();
    if repeated < bodies.len().div_ceil(corpus::ON_ONE).min(4) {
        bail!("only {repeated} mails of ours repeat what a hostile one says");
    }
    Ok(())
}

/// A mail that could end somebody's session has done something in their name.
pub async fn still_signed_in(browser: &mut Browser, desk: &str) -> anyhow::Result<()> {
    browser.go(&format!("{desk}/preferences")).await?;
    browser
        .find(selectors::SIGN_OUT)
        .await
        .context("whoever read the mails is not signed in any more")?;
    Ok(())
}

/// The same mails without anybody in between; what said that it ran.
pub async fn unguarded(browser: &mut Browser, bodies: &[Body]) -> anyhow::Result<Vec<String>> {
    browser.go("http://unguarded.example/").await?;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let said = browser.complaints().await?;
    let names: BTreeSet<&str> = bodies.iter().map(|it| it.name.as_str()).collect();
    let ran = names
        .into_iter()
        .filter(|name| {
            said.iter()
                .any(|it| it.contains(&format!("vigie-ran-{name}\"")))
        })
        .map(str::to_owned);
    Ok(ran.collect())
}
