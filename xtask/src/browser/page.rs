//! What a person does on a page: go, look, type, press. Everything waits a moment for what it needs.

use super::driver::Browser;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a page may take to show what is looked for.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The key under which WebDriver wraps an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Browser {
    /// Opens an address and waits until it is loaded.
    pub async fn go(&mut self, url: &str) -> anyhow::Result<()> {
        self.ask("/url", Some(json!({"url": url})))
            .await
            .with_context(|| format!("open {url}"))?;
        Ok(())
    }

    /// Loads the page again.
    pub async fn reload(&mut self) -> anyhow::Result<()> {
        self.ask("/refresh", Some(json!({}))).await?;
        Ok(())
    }

    /// Goes back by the history.
    pub async fn goes_back(&mut self) -> anyhow::Result<()> {
        self.ask("/back", Some(json!({}))).await?;
        Ok(())
    }

    /// The tab one looks at.
    pub async fn tab(&mut self) -> anyhow::Result<String> {
        let tab = self.ask("/window", None).await?;
        Ok(tab.as_str().context("a tab has no name")?.to_owned())
    }

    /// Opens another tab, without looking at it; its name.
    pub async fn new_tab(&mut self) -> anyhow::Result<String> {
        let tab = self
            .ask("/window/new", Some(json!({"type": "tab"})))
            .await?;
        Ok(tab["handle"]
            .as_str()
            .context("a tab has no name")?
            .to_owned())
    }

    /// Looks at a tab.
    pub async fn turn_to(&mut self, tab: &str) -> anyhow::Result<()> {
        self.ask("/window", Some(json!({"handle": tab}))).await?;
        Ok(())
    }

    /// Closes the tab one looks at.
    pub async fn close_tab(&mut self) -> anyhow::Result<()> {
        self.leave("/window").await
    }

    /// The address of the page that is open.
    pub async fn url(&mut self) -> anyhow::Result<String> {
        Ok(self
            .ask("/url", None)
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// The status with which the open page was answered.
    pub async fn status(&mut self) -> anyhow::Result<u64> {
        let script = "return performance.getEntriesByType('navigation')[0].responseStatus";
        self.run(script, json!([]))
            .await?
            .as_u64()
            .context("the page has no status")
    }

    /// The elements a CSS selector finds now.
    pub async fn all(&mut self, selector: &str) -> anyhow::Result<Vec<String>> {
        let found = self
            .ask(
                "/elements",
                Some(json!({"using": "css selector", "value": selector})),
            )
            .await?;
        let found = found.as_array().cloned().unwrap_or_default();
        Ok(found
            .iter()
            .filter_map(|it| it[ELEMENT].as_str().map(str::to_owned))
            .collect())
    }

    /// The first element a CSS selector finds, waiting for it.
    pub async fn find(&mut self, selector: &str) -> anyhow::Result<String> {
        let start = Instant::now();
        loop {
            if let Some(it) = self.all(selector).await?.into_iter().next() {
                return Ok(it);
            }
            if start.elapsed() > PATIENCE {
                bail!("`{selector}` is not on {}", self.url().await?);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What a person reads in an element.
    pub async fn text_of(&mut self, selector: &str) -> anyhow::Result<String> {
        let element = self.find(selector).await?;
        let text = self.ask(&format!("/element/{element}/text"), None).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Replaces what a field holds.
    pub async fn fill(&mut self, selector: &str, text: &str) -> anyhow::Result<()> {
        let element = self.find(selector).await?;
        let fill = async {
            self.ask(&format!("/element/{element}/clear"), Some(json!({})))
                .await?;
            self.ask(
                &format!("/element/{element}/value"),
                Some(json!({"text": text})),
            )
            .await
        };
        fill.await.with_context(|| format!("fill `{selector}`"))?;
        Ok(())
    }

    /// Chooses a file in a file field.
    pub async fn upload(&mut self, selector: &str, file: &Path) -> anyhow::Result<()> {
        let element = self.find(selector).await?;
        let text = json!({"text": file.to_string_lossy()});
        self.ask(&format!("/element/{element}/value"), Some(text))
            .await
            .with_context(|| format!("choose a file in `{selector}`"))?;
        Ok(())
    }

    /// Presses keys one after the other, each as people name it: `p`, `Shift+C`, `Control+Enter`, `Tab`.
    pub async fn keys(&mut self, combinations: &str) -> anyhow::Result<()> {
        let mut strokes = Vec::new();
        for combination in combinations.split_whitespace() {
            let keys: Vec<String> = combination.split('+').map(key).collect();
            let down = keys
                .iter()
                .map(|it| json!({"type": "keyDown", "value": it}));
            strokes.extend(down);
            let up = keys.iter().rev();
            strokes.extend(up.map(|it| json!({"type": "keyUp", "value": it})));
        }
        self.strikes(strokes)
            .await
            .with_context(|| format!("press {combinations}"))
    }

    /// Types text where the focus is.
    pub async fn types(&mut self, text: &str) -> anyhow::Result<()> {
        let strokes = text.chars().flat_map(|c| {
            ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": c.to_string()}))
        });
        self.strikes(strokes.collect())
            .await
            .with_context(|| format!("type “{text}”"))
    }

    async fn strikes(&mut self, strokes: Vec<Value>) -> anyhow::Result<()> {
        let hands = json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]});
        self.ask("/actions", Some(hands)).await?;
        Ok(())
    }

    /// Moves the pointer over what a selector finds.
    pub async fn point_at(&mut self, selector: &str) -> anyhow::Result<()> {
        let element = self.find(selector).await?;
        let to = json!({"type": "pointerMove", "x": 0, "y": 0, "duration": 0,
            "origin": {ELEMENT: element}});
        let hands = json!({"actions": [{"type": "pointer", "id": "mouse", "actions": [to]}]});
        self.ask("/actions", Some(hands))
            .await
            .with_context(|| format!("point at `{selector}`"))?;
        Ok(())
    }

    /// Clicks the first visible element a selector finds.
    pub async fn press(&mut self, selector: &str) -> anyhow::Result<()> {
        let start = Instant::now();
        loop {
            self.find(selector).await?;
            for element in self.all(selector).await? {
                let shown = self
                    .ask(&format!("/element/{element}/displayed"), None)
                    .await;
                if shown.is_ok_and(|it| it == Value::Bool(true)) {
                    let click = self
                        .ask(&format!("/element/{element}/click"), Some(json!({})))
                        .await;
                    click.with_context(|| format!("press `{selector}`"))?;
                    return Ok(());
                }
            }
            if start.elapsed() > PATIENCE {
                bail!(
                    "`{selector}` is on {} but not to be seen",
                    self.url().await?
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks twice, as fast as a hand that double-clicks everything.
    pub async fn press_twice(&mut self, selector: &str) -> anyhow::Result<()> {
        let element = self.find(selector).await?;
        let click = [
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pointerUp", "button": 0}),
        ];
        let mut strokes = vec![
            json!({"type": "pointerMove", "x": 0, "y": 0, "duration": 0, "origin": {ELEMENT: element}}),
        ];
        strokes.extend(click.iter().chain(&click).cloned());
        let hands = json!({"actions": [{"type": "pointer", "id": "mouse", "actions": strokes}]});
        self.ask("/actions", Some(hands))
            .await
            .with_context(|| format!("press `{selector}` twice"))?;
        Ok(())
    }

    /// Clicks as [`Browser::press`] does, and waits until that had its effect: another page, or other
    /// words on this one, and nothing on its way any more.
    pub async fn press_and_wait(&mut self, selector: &str) -> anyhow::Result<()> {
        let look = "return [performance.timeOrigin, document.body.innerText]";
        let before = self.run(look, json!([])).await?;
        self.press(selector).await?;
        let start = Instant::now();
        let settled =
            "return document.readyState === 'complete' && !document.querySelector('.htmx-request')";
        loop {
            // Between two pages there is nothing to ask.
            let changed = self.run(look, json!([])).await.is_ok_and(|it| it != before);
            if changed
                && self
                    .run(settled, json!([]))
                    .await
                    .is_ok_and(|it| it == Value::Bool(true))
            {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                bail!(
                    "pressing `{selector}` changes nothing on {}",
                    self.url().await?
                );
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Reloads the page until its text holds `words`, since what other people and jobs do may take a moment.
    pub async fn reload_until(&mut self, words: &str, patience: Duration) -> anyhow::Result<()> {
        let start = Instant::now();
        while !self.text_of("body").await?.contains(words) {
            if start.elapsed() > patience {
                bail!(
                    "“{words}” does not appear on {} within {patience:?}",
                    self.url().await?
                );
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
            self.reload().await?;
        }
        Ok(())
    }

    /// Waits until the open page's text holds `words`, without loading it again.
    pub async fn sees(&mut self, words: &str) -> anyhow::Result<()> {
        let start = Instant::now();
        loop {
            // The page may be on its way to the next one.
            if self
                .text_of("body")
                .await
                .is_ok_and(|it| it.contains(words))
            {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                bail!("“{words}” is not to be read on {}", self.url().await?);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// A key as WebDriver spells it.
fn key(name: &str) -> String {
    match name {
        "Tab" => "\u{e004}",
        "Enter" => "\u{e007}",
        "Shift" => "\u{e008}",
        "Control" => "\u{e009}",
        "Escape" => "\u{e00c}",
        "Space" => " ",
        "End" => "\u{e010}",
        "Home" => "\u{e011}",
        "Up" => "\u{e013}",
        "Down" => "\u{e015}",
        other => other,
    }
    .to_owned()
}
