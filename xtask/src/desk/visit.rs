//! What a person does in a browser on any page of the desk: sign in, choose a language.

use super::people::Account;
use super::selectors;
use crate::browser::driver::Browser;
use anyhow::{Context, bail};
use serde_json::json;
use std::time::{Duration, Instant};

/// Signs in through the form, and waits until the desk shows that it knows the person.
pub async fn sign_in(browser: &mut Browser, url: &str, account: &Account) -> anyhow::Result<()> {
    browser.go(&format!("{url}/login")).await?;
    let name = if account.email.is_empty() {
        &account.login
    } else {
        &account.email
    };
    browser.fill(selectors::SIGN_IN_NAME, name).await?;
    browser
        .fill(selectors::SIGN_IN_PASSWORD, &account.password)
        .await?;
    browser.press(selectors::SIGN_IN_BUTTON).await?;
    let start = Instant::now();
    while browser.url().await?.contains("/login") {
        if start.elapsed() > Duration::from_secs(10) {
            bail!("{} cannot sign in", account.name);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// Makes the desk speak `language` (`fr` or `en`) to the person of this browser, as its own form does.
///
/// Somebody who is not signed in has no preference: what the browser asks for then decides.
pub async fn speak(browser: &mut Browser, language: &str) -> anyhow::Result<()> {
    let headers = json!({"headers": {"Accept-Language": language}});
    browser.cdp("Network.setExtraHTTPHeaders", headers).await?;
    if browser.all(selectors::SIGN_OUT).await?.is_empty() {
        return Ok(());
    }
    browser
        .find(selectors::CSRF)
        .await
        .context("no form on the page holds the token that a change needs")?;
    let script = "const [token, language, done] = arguments;
        const body = new URLSearchParams({csrf: document.querySelector(token).value, language, return_to: '/preferences'});
        fetch('/preferences/language', {method: 'POST', body}).then(it => done(it.status), it => done(String(it)));";
    let status = browser
        .run_and_wait(script, json!([selectors::CSRF, language]))
        .await?;
    if status.as_u64().is_none_or(|it| it >= 400) {
        bail!("POST /preferences/language answers {status}");
    }
    Ok(())
}
