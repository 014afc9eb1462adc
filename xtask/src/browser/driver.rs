//! chromedriver, and sessions in it: each a browser of its own with a fresh profile, like a person of
//! their own at a machine of their own. (The protocol: W3C WebDriver, and `goog/cdp/execute`.)

use crate::http::Connection;
use crate::servers::folder::Temporary;
use crate::servers::machine::{self, Need};
use crate::servers::process::{Running, mortal, spare_port};
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;

/// A running chromedriver.
#[derive(Debug)]
pub struct Driver {
    // Fields drop in order: the driver and its browsers end before their profiles go.
    _process: Running,
    address: SocketAddr,
    folder: Temporary,
    sessions: u32,
}

/// One browser with a profile of its own. [`Browser::quit`] ends it; the driver ends it otherwise.
#[derive(Debug)]
pub struct Browser {
    connection: Connection,
    base: String,
}

const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--window-size=1440,900",
];

impl Driver {
    /// Finds or installs Chromium and starts its driver on a spare loopback port.
    pub async fn start() -> anyhow::Result<Self> {
        machine::provide(Need::Browser).await?;
        let folder = Temporary::new("browser")?;
        let port = spare_port()?;
        let mut command = mortal("chromedriver");
        command
            .arg(format!("--port={port}"))
            .env("TMPDIR", folder.path())
            .env("HOME", folder.path());
        let mut process = Running::start(
            "chromedriver",
            command,
            &folder.path().join("chromedriver.log"),
        )?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        process.listens(address, Duration::from_secs(30)).await?;
        Ok(Self {
            _process: process,
            address,
            folder,
            sessions: 0,
        })
    }

    /// Opens a browser whose pages are asked for in `language` (a tag such as `fr`).
    pub async fn new_browser(&mut self, language: &str) -> anyhow::Result<Browser> {
        self.new_browser_with(language, &[]).await
    }

    /// The same with more flags for Chromium.
    pub async fn new_browser_with(
        &mut self,
        language: &str,
        flags: &[&str],
    ) -> anyhow::Result<Browser> {
        self.sessions += 1;
        let profile = self
            .folder
            .path()
            .join(format!("profile-{}", self.sessions));
        let mut arguments: Vec<String> = FLAGS
            .iter()
            .chain(flags)
            .map(|it| (*it).to_owned())
            .collect();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        arguments.push(format!("--accept-lang={language}"));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {
                "args": arguments,
                "prefs": {"intl.accept_languages": language},
                "perfLoggingPrefs": {"enableNetwork": true},
            },
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            "timeouts": {"script": 60_000, "pageLoad": 30_000, "implicit": 0},
        }}});
        let mut connection = Connection::new(self.address);
        let body = serde_json::to_vec(&wanted)?;
        let answer = connection
            .ask(
                "POST",
                "/session",
                &[("content-type", "application/json")],
                &body,
            )
            .await?;
        let value = value_of(&answer.json()?).context("cannot start Chromium")?;
        let id = value["sessionId"].as_str().context("no session id")?;
        let mut browser = Browser {
            connection,
            base: format!("/session/{id}"),
        };
        browser.cdp("Network.enable", json!({})).await?;
        Ok(browser)
    }
}

fn value_of(answer: &Value) -> anyhow::Result<Value> {
    let value = &answer["value"];
    if let Some(error) = value["error"].as_str() {
        let message = value["message"].as_str().unwrap_or_default();
        bail!("{error}: {}", message.lines().next().unwrap_or_default());
    }
    Ok(value.clone())
}

impl Browser {
    /// Asks the driver something about this session; `body` makes it a POST.
    pub async fn ask(&mut self, path: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let (method, bytes) = match &body {
            Some(body) => ("POST", serde_json::to_vec(body)?),
            None => ("GET", Vec::new()),
        };
        let path = format!("{}{path}", self.base);
        let answer = self
            .connection
            .ask(
                method,
                &path,
                &[("content-type", "application/json")],
                &bytes,
            )
            .await?;
        value_of(&answer.json()?)
    }

    /// Sends a command of the Chrome DevTools Protocol and returns its result.
    pub async fn cdp(&mut self, command: &str, parameters: Value) -> anyhow::Result<Value> {
        self.ask(
            "/goog/cdp/execute",
            Some(json!({"cmd": command, "params": parameters})),
        )
        .await
        .with_context(|| command.to_owned())
    }

    /// Runs a function's body in the page and returns what it returns. Works under any CSP.
    pub async fn run(&mut self, script: &str, arguments: Value) -> anyhow::Result<Value> {
        self.ask(
            "/execute/sync",
            Some(json!({"script": script, "args": arguments})),
        )
        .await
    }

    /// As [`Browser::run`], but the script calls its last argument with the result.
    pub async fn run_and_wait(&mut self, script: &str, arguments: Value) -> anyhow::Result<Value> {
        self.ask(
            "/execute/async",
            Some(json!({"script": script, "args": arguments})),
        )
        .await
    }

    /// Asks the driver to end something of this session.
    pub async fn leave(&mut self, path: &str) -> anyhow::Result<()> {
        let path = format!("{}{path}", self.base);
        let answer = self.connection.ask("DELETE", &path, &[], b"").await?;
        value_of(&answer.json()?)?;
        Ok(())
    }

    /// Closes the browser.
    pub async fn quit(mut self) -> anyhow::Result<()> {
        let answer = self.connection.ask("DELETE", &self.base, &[], b"").await?;
        value_of(&answer.json()?)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Driver;
    use crate::browser::{axe, view};
    use axum::Router;
    use axum::extract::Multipart;
    use axum::response::Html;
    use axum::routing::{get, post};
    use serde_json::json;

    const PAGE: &str = "<!doctype html><html lang=en><title>Probe</title>\
        <meta name=viewport content=\"width=device-width\">\
        <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'self'\">\
        <style>body{background:white} @media (prefers-color-scheme:dark){body{background:black;color:white}}</style>\
        <main><h1>Probe</h1><noscript><p id=without>no script here</p></noscript>\
        <script>document.querySelector('h1').dataset.script='ran'</script>\
        <form action=/sent method=post enctype=multipart/form-data><label>Name <input name=name></label>\
        <label>File <input type=file name=file></label><button>Send</button></form></main>";

    async fn site() -> std::net::SocketAddr {
        let sent = |mut form: Multipart| async move {
            let mut said = Vec::new();
            while let Ok(Some(field)) = form.next_field().await {
                said.push(format!(
                    "{}={}",
                    field.file_name().unwrap_or("").to_owned(),
                    field.text().await.unwrap_or_default()
                ));
            }
            Html(format!(
                "<!doctype html><html lang=en><title>Sent</title><main><h1>{}</h1></main>",
                said.join(";")
            ))
        };
        let pages = Router::new()
            .route("/", get(|| async { Html(PAGE) }))
            .route(
                "/bad",
                get(|| async { Html("<title>Bad</title><img src=data:,><input name=q>") }),
            )
            .route(
                "/abroad",
                get(|| async {
                    Html("<title>Abroad</title><img alt=x src=http://127.0.0.1:9/x.png>")
                }),
            )
            .route("/sent", post(sent));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("bound");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(async move { axum::serve(listener, pages).await });
        address
    }

    #[tokio::test]
    async fn a_browser_is_driven_as_a_person_would_use_it() {
        let address = site().await;
        let url = |path: &str| format!("http://{address}{path}");
        let mut driver = Driver::start().await.expect("chromedriver starts");
        let mut browser = driver.new_browser("fr").await.expect("chromium starts");

        browser.go(&url("/")).await.expect("opens");
        assert_eq!(browser.status().await.expect("known"), 200);
        let file = std::env::temp_dir().join(format!("vigie-upload-{}.txt", address.port()));
        std::fs::write(&file, "contents").expect("written");
        browser
            .fill("input[name=name]", "Zoé")
            .await
            .expect("typed");
        browser
            .upload("input[name=file]", &file)
            .await
            .expect("chosen");
        browser
            .press_and_wait("form button")
            .await
            .expect("pressed");
        std::fs::remove_file(&file).expect("removed");
        let text = browser.text_of("h1").await.expect("there");
        assert!(
            text.starts_with("=Zoé;vigie-upload-") && text.ends_with("=contents"),
            "{text}"
        );

        // The theme and the size of the window are what we say.
        browser.go(&url("/")).await.expect("opens");
        let background = "return getComputedStyle(document.body).backgroundColor";
        for (theme, colour) in [
            (view::Theme::Light, "rgb(255, 255, 255)"),
            (view::Theme::Dark, "rgb(0, 0, 0)"),
        ] {
            browser.wear(theme).await.expect("emulated");
            assert_eq!(
                browser.run(background, json!([])).await.expect("ran"),
                colour
            );
        }
        browser.resize(view::NARROW).await.expect("emulated");
        assert_eq!(
            browser
                .run("return innerWidth", json!([]))
                .await
                .expect("ran"),
            390
        );
        let picture = browser.picture(view::Extent::Window).await.expect("taken");
        assert_eq!(
            (&picture[1..4], &picture[16..24]),
            (&b"PNG"[..], &[0, 0, 1, 134, 0, 0, 3, 76][..])
        );

        // axe finds nothing on the good page and something on the bad one.
        let axe = axe::source().await.expect("axe-core is fetched");
        assert!(
            axe::findings(&mut browser, &axe)
                .await
                .expect("ran")
                .is_empty()
        );
        browser.go(&url("/bad")).await.expect("opens");
        let found = axe::findings(&mut browser, &axe).await.expect("ran");
        assert!(found.iter().any(|it| it.contains("label")), "{found:?}");

        // Nobody else was asked, until a page asks somebody else.
        let allowed = address.to_string();
        assert_eq!(
            browser.foreign_requests(&allowed).await.expect("logged"),
            Vec::<String>::new()
        );
        browser.go(&url("/abroad")).await.expect("opens");
        assert_eq!(
            browser.foreign_requests(&allowed).await.expect("logged"),
            ["http://127.0.0.1:9/x.png"]
        );

        // Without script the page still shows what it says and its form still works.
        browser.forbid_script().await.expect("emulated");
        browser.go(&url("/")).await.expect("opens");
        assert_eq!(
            browser.text_of("#without").await.expect("there"),
            "no script here"
        );
        browser
            .fill("input[name=name]", "Ann")
            .await
            .expect("typed");
        browser
            .press_and_wait("form button")
            .await
            .expect("pressed");
        assert!(
            browser
                .text_of("h1")
                .await
                .expect("there")
                .starts_with("=Ann")
        );
        browser.quit().await.expect("closes");
    }
}
