//! How the browser looks at a page (theme, size, script) and what it noted while it did.

use super::driver::Browser;
use anyhow::Context;
use data_encoding::BASE64;
use serde_json::{Value, json};

/// What the person's system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// `prefers-color-scheme: light`.
    Light,
    /// `prefers-color-scheme: dark`.
    Dark,
}

impl Theme {
    /// Its name in CSS and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Width and height of a window in CSS pixels.
pub type Size = (u32, u32);

/// A desk's screen.
pub const WIDE: Size = (1440, 900);
/// A telephone held upright.
pub const NARROW: Size = (390, 844);

/// How much of a page a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What the window shows.
    Window,
    /// The whole page, at most 6,000 pixels high.
    Page,
}

impl Browser {
    /// Prefers a theme; movement is reduced, so that pictures are the same each time.
    pub async fn wear(&mut self, theme: Theme) -> anyhow::Result<()> {
        let features = json!([
            {"name": "prefers-color-scheme", "value": theme.name()},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({"features": features}))
            .await?;
        Ok(())
    }

    /// Sees colours, or shades of grey alone.
    pub async fn see_colour(&mut self, has_colour: bool) -> anyhow::Result<()> {
        let kind = if has_colour { "none" } else { "achromatopsia" };
        self.cdp(
            "Emulation.setEmulatedVisionDeficiency",
            json!({"type": kind}),
        )
        .await?;
        Ok(())
    }

    /// Gives the window another size.
    pub async fn resize(&mut self, (width, height): Size) -> anyhow::Result<()> {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// Pages loaded from now on run no script of their own.
    pub async fn forbid_script(&mut self) -> anyhow::Result<()> {
        self.cdp(
            "Emulation.setScriptExecutionDisabled",
            json!({"value": true}),
        )
        .await?;
        Ok(())
    }

    /// Cuts the connection of the open page, or brings it back.
    pub async fn connects(&mut self, is_there: bool) -> anyhow::Result<()> {
        self.cdp("Network.enable", json!({})).await?;
        let conditions = json!({"offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.cdp("Network.emulateNetworkConditions", conditions)
            .await?;
        Ok(())
    }

    /// A picture as PNG.
    pub async fn picture(&mut self, extent: Extent) -> anyhow::Result<Vec<u8>> {
        let mut wanted = json!({"format": "png"});
        if extent == Extent::Page {
            let size = self.cdp("Page.getLayoutMetrics", json!({})).await?;
            let (width, height) = (
                size["cssContentSize"]["width"].clone(),
                size["cssContentSize"]["height"].as_f64(),
            );
            let height = height.unwrap_or(900.0).min(6000.0);
            wanted["captureBeyondViewport"] = json!(true);
            wanted["clip"] = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
        }
        let picture = self.cdp("Page.captureScreenshot", wanted).await?;
        let packed = picture["data"].as_str().context("no picture")?;
        BASE64
            .decode(packed.as_bytes())
            .context("the picture is no base64")
    }

    /// The addresses of other hosts that pages asked since the last call; `allowed` is `host:port`.
    pub async fn foreign_requests(&mut self, allowed: &str) -> anyhow::Result<Vec<String>> {
        let foreign = self.foreign_requests_by_kind(allowed).await?;
        Ok(foreign.into_iter().map(|(url, _)| url).collect())
    }

    /// The same, each with what it was for, as the browser calls it (`Image`, `Script` …).
    pub async fn foreign_requests_by_kind(
        &mut self,
        allowed: &str,
    ) -> anyhow::Result<Vec<(String, String)>> {
        let entries = self
            .ask("/se/log", Some(json!({"type": "performance"})))
            .await?;
        let mut foreign = Vec::new();
        for entry in entries.as_array().cloned().unwrap_or_default() {
            let message: Value =
                serde_json::from_str(entry["message"].as_str().unwrap_or_default())?;
            let event = &message["message"];
            let params = &event["params"];
            let (url, kind) = match event["method"].as_str() {
                Some("Network.requestWillBeSent") => {
                    (params["request"]["url"].as_str(), params["type"].as_str())
                }
                Some("Network.webSocketCreated") => (params["url"].as_str(), None),
                _ => (None, None),
            };
            if let Some(url) = url.filter(|it| is_foreign(it, allowed)) {
                foreign.push((url.to_owned(), kind.unwrap_or_default().to_owned()));
            }
        }
        Ok(foreign)
    }

    /// Errors the console showed since the last call, such as breaches of the CSP. What the
    /// browser's own pages (its first, empty tab) say of themselves is no complaint of ours.
    pub async fn complaints(&mut self) -> anyhow::Result<Vec<String>> {
        let entries = self
            .ask("/se/log", Some(json!({"type": "browser"})))
            .await?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        let grave = entries.iter().filter(|it| it["level"] == "SEVERE");
        Ok(grave
            .filter_map(|it| it["message"].as_str())
            .filter(|it| !is_of_the_browser(it))
            .map(str::to_owned)
            .collect())
    }
}

/// Whether a line of the console, which begins with the address it comes from, was said by a page
/// that the browser brings itself.
fn is_of_the_browser(line: &str) -> bool {
    line.starts_with("chrome://") || line.starts_with("chrome-untrusted://")
}

fn is_foreign(url: &str, allowed: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        // data:, blob:, about: ask nobody.
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    matches!(scheme, "http" | "https" | "ws" | "wss" | "ftp") && host != allowed
}

#[cfg(test)]
mod tests {
    use super::{is_foreign, is_of_the_browser};

    #[test]
    fn only_addresses_of_other_hosts_are_foreign() {
        let ours = "127.0.0.1:8080";
        for url in [
            "http://127.0.0.1:8080/a",
            "ws://127.0.0.1:8080/live",
            "data:image/png;base64,//",
            "about:blank",
        ] {
            assert!(!is_foreign(url, ours), "{url}");
        }
        for url in [
            "http://127.0.0.1:8081/",
            "https://127.0.0.1:8080.example/",
            "wss://example.org/live",
        ] {
            assert!(is_foreign(url, ours), "{url}");
        }
    }

    #[test]
    fn the_browsers_own_pages_complain_of_nobody() {
        let own = "chrome://resources/js/parse_html_subset.js 158:30 Uncaught Error: Failed";
        assert!(is_of_the_browser(own));
        for line in [
            "http://127.0.0.1:8080/tickets - Refused to run chrome://x by the policy",
            "security - Error with Permissions-Policy header",
            "",
        ] {
            assert!(!is_of_the_browser(line), "{line}");
        }
    }
}
