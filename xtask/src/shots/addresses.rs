//! Addresses of pages, with what they name on the desk that is looked at.

use crate::browser::driver::Browser;
use crate::desk::{people::Desk, selectors};
use anyhow::Context;
use serde_json::json;

/// The address with `{ticket}` replaced by the number of the first ticket on the person's list, and
/// `{comment}` by the number of its first message.
pub async fn resolved(browser: &mut Browser, desk: &Desk, path: &str) -> anyhow::Result<String> {
    let Some((before, _)) = path.split_once("{ticket}") else {
        return Ok(path.to_owned());
    };
    let (list, links) = if before.starts_with("/portal") {
        ("/portal/tickets", selectors::PORTAL_LINKS)
    } else {
        ("/tickets", selectors::LIST_LINKS)
    };
    browser.go(&format!("{}{list}", desk.url)).await?;
    let script =
        "return [...document.querySelectorAll(arguments[0])].map(it => it.getAttribute('href'))";
    let links = browser.run(script, json!([links])).await?;
    let links = links.as_array().cloned().unwrap_or_default();
    let number = links
        .iter()
        .filter_map(|it| {
            it.as_str()?
                .strip_prefix(before)?
                .split(['?', '#'])
                .next()?
                .parse::<u64>()
                .ok()
        })
        .next()
        .with_context(|| format!("{list} links to no ticket"))?;
    let path = path.replace("{ticket}", &number.to_string());
    if !path.contains("{comment}") {
        return Ok(path);
    }
    browser.go(&format!("{}{before}{number}", desk.url)).await?;
    let script = "return document.querySelector('[id^=comment-]').id.slice('comment-'.length)";
    let comment = browser.run(script, json!([])).await?;
    let comment = comment.as_str().context("the ticket holds no message")?;
    Ok(path.replace("{comment}", comment))
}
