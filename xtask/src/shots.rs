//! A picture of every page in every pair of theme, width and language; each also checked by axe, for
//! requests to other hosts and for complaints in the console; and colleagues at work, in colour and without any.
//! `shots/index.html` shows them all.

mod addresses;
mod greyscale;
mod ways;

use crate::browser::axe;
use crate::browser::driver::{Browser, Driver};
use crate::browser::view::{Extent, NARROW, Size, Theme, WIDE};
use crate::desk::start::{self, Engine, Place};
use crate::desk::{people::Desk, visit};
use crate::servers::folder;
use anyhow::{Context, bail};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Which pictures.
#[derive(clap::Args)]
pub struct Options {
    /// Only pages whose name holds this
    #[arg(long)]
    only: Option<String>,
    /// Where the pictures go
    #[arg(long, default_value = "shots")]
    into: PathBuf,
    /// The whole page instead of what the window shows
    #[arg(long)]
    full: bool,
    /// All eight pictures of a page instead of four that hold every pair of theme, width and language
    #[arg(long)]
    every: bool,
    #[command(flatten)]
    build: start::Build,
}

/// A page: its address, who looks at it, the name of its pictures, and the status it is answered with.
/// `{ticket}` in an address is the first ticket of that person's list.
type Row = (&'static str, &'static str, &'static str, u64);

/// Every page. A page that is missing here is a page nobody has looked at.
const PAGES: &[Row] = &[
    ("/login", "nobody", "login", 200),
    ("/login/forgotten", "nobody", "login-forgotten", 200),
    ("/tickets", "agent", "tickets", 200),
    ("/tickets/{ticket}", "agent", "ticket", 200),
    ("/tickets/{ticket}/closure", "agent", "ticket-closure", 200),
    ("/tickets/{ticket}/assignee", "agent", "ticket-assign", 200),
    (
        "/tickets/{ticket}/transfer",
        "agent",
        "ticket-transfer",
        200,
    ),
    (
        "/tickets/{ticket}/comments/{comment}/redaction",
        "owner",
        "ticket-redaction",
        200,
    ),
    ("/tickets/{ticket}/tasks", "agent", "ticket-tasks", 200),
    ("/tickets/new", "agent", "ticket-new", 200),
    ("/search?q=BIOS", "agent", "search", 200),
    ("/people", "agent", "people", 200),
    ("/tasks", "agent", "tasks", 200),
    ("/knowledge", "owner", "knowledge", 200),
    ("/knowledge/4", "owner", "knowledge-article", 200),
    ("/knowledge/new", "owner", "knowledge-new", 200),
    ("/help", "nobody", "help", 200),
    ("/help/2", "nobody", "help-article", 200),
    ("/assets", "owner", "assets", 200),
    ("/assets/1", "owner", "asset", 200),
    ("/assets/1/edit", "owner", "asset-edit", 200),
    ("/assets/new", "owner", "asset-new", 200),
    ("/replies", "agent", "replies", 200),
    ("/replies/new", "agent", "reply-new", 200),
    ("/preferences", "agent", "preferences", 200),
    (
        "/preferences/monitoring",
        "agent",
        "preferences-monitoring",
        200,
    ),
    (
        "/preferences/daily-report",
        "agent",
        "preferences-daily-report",
        200,
    ),
    ("/nothing-here", "agent", "not-found", 404),
    ("/tickets", "group", "tickets-of-three-departments", 200),
    ("/tickets/{ticket}", "global", "ticket-not-handled", 200),
    ("/admin", "owner", "admin", 200),
    ("/admin/mail", "owner", "admin-mail", 200),
    ("/admin/departments", "owner", "admin-departments", 200),
    ("/admin/departments/1/giving", "owner", "admin-giving", 200),
    (
        "/admin/departments/1/categories/1/confidence",
        "owner",
        "admin-confidence",
        200,
    ),
    (
        "/admin/departments/6/offering",
        "owner",
        "admin-offering",
        200,
    ),
    (
        "/admin/departments/1/sharing",
        "owner",
        "admin-sharing",
        200,
    ),
    ("/admin/departments/1/copied", "owner", "admin-copied", 200),
    (
        "/admin/departments/1/invitees",
        "owner",
        "admin-invitees",
        200,
    ),
    (
        "/admin/departments/1/mentors",
        "owner",
        "admin-mentors",
        200,
    ),
    ("/admin/setup/needs", "owner", "admin-setup-1", 200),
    ("/admin/setup/access", "owner", "admin-setup-2", 200),
    ("/admin/setup/roles", "owner", "admin-setup-3", 200),
    ("/admin/setup/departments", "owner", "admin-setup-4", 200),
    ("/admin/setup/review", "owner", "admin-setup-5", 200),
    ("/admin/activity", "owner", "admin-activity", 200),
    ("/admin/activity", "agent", "own-activity", 200),
    ("/admin/retention", "owner", "admin-retention", 200),
    ("/admin/desk", "owner", "admin-desk", 200),
    ("/people/import", "owner", "people-import", 200),
    (
        "/admin/departments/1/journal",
        "owner",
        "admin-department-journal",
        200,
    ),
    (
        "/admin/departments/1/access",
        "owner",
        "admin-department-access",
        200,
    ),
    (
        "/admin/departments/1/redirects",
        "owner",
        "admin-redirects",
        200,
    ),
    ("/admin/people", "owner", "admin-people", 200),
    ("/admin/people/40", "owner", "admin-person", 200),
    (
        "/admin/people/40/erasure",
        "owner",
        "admin-person-erasure",
        200,
    ),
    (
        "/admin/people/40/merge?with=41",
        "owner",
        "admin-person-merge",
        200,
    ),
    ("/admin/channels", "owner", "admin-channels", 200),
    ("/admin/mailboxes", "owner", "admin-mailboxes", 200),
    ("/admin/filters", "owner", "admin-filters", 200),
    ("/admin/teams", "owner", "admin-teams", 200),
    ("/admin/roles", "owner", "admin-roles", 200),
    ("/admin/roles/agent", "owner", "admin-role", 200),
    ("/admin/scopes", "owner", "scopes", 200),
    ("/admin/scopes/10", "owner", "scopes-agent", 200),
    (
        "/admin/inspector?ticket=4820",
        "owner",
        "inspector-ticket",
        200,
    ),
    (
        "/admin/inspector?department=1",
        "owner",
        "inspector-department",
        200,
    ),
    ("/admin/journal?check=1", "owner", "admin-journal", 200),
    ("/dev/mail", "owner", "dev-mail", 200),
    ("/portal", "portal", "portal", 200),
    ("/portal/tickets", "portal", "portal-tickets", 200),
    ("/portal/tickets/{ticket}", "portal", "portal-ticket", 200),
    ("/portal/tickets/new", "portal", "portal-ticket-new", 200),
    ("/portal/assets", "portal", "portal-assets", 200),
    ("/portal/search?q=BIOS", "portal", "portal-search", 200),
    ("/portal/solutions", "portal", "portal-solutions", 200),
    ("/portal/solutions/4", "portal", "portal-solution", 200),
    ("/legend", "agent", "legend", 200),
    ("/shared", "portal", "shared", 200),
    ("/shared/4820", "portal", "shared-ticket", 200),
];

const LANGUAGES: [&str; 2] = ["fr", "en"];
const SIZES: [(&str, Size); 2] = [("wide", WIDE), ("narrow", NARROW)];

/// Takes all pictures; an error when axe found something serious, or a page was not what it should be.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let program = options.build.program().await?;
    let place = Place::new(&program, Engine::Sqlite, None).await?;
    let axe = axe::source().await?;
    let (_running, desk) = place.demo().await?;
    let into = folder::repository().join(&options.into);
    std::fs::create_dir_all(&into)
        .with_context(|| format!("cannot make the folder {}", into.display()))?;
    let taken = || Taken {
        axe: axe.clone(),
        into: into.clone(),
        full: options.full,
        every: options.every,
        pictures: BTreeMap::new(),
        findings: Vec::new(),
    };
    let wanted = |row: &&Row| {
        options
            .only
            .as_ref()
            .is_none_or(|word| row.2.contains(word.as_str()))
    };
    let of_agent = |row: &&Row| row.1 == "agent";
    let pages = || PAGES.iter().filter(wanted);
    // Two browsers side by side: half of all pages are an agent's.
    let (taken, others) = tokio::join!(
        taken().all(&desk, pages().filter(of_agent).collect()),
        taken().all(&desk, pages().filter(|row| !of_agent(row)).collect()),
    );
    let (mut taken, others) = (taken?, others?);
    taken.pictures.extend(others.pictures);
    taken.findings.extend(others.findings);
    if greyscale::is_wanted(options.only.as_deref()) {
        let grey = greyscale::pictures(&desk, &taken.into).await?;
        taken.pictures.extend(grey);
    }
    taken.write_index()?;
    let count: usize = taken.pictures.values().map(Vec::len).sum();
    println!(
        "shots: {count} pictures, look at {}",
        taken.into.join("index.html").display()
    );
    for finding in &taken.findings {
        println!("  {finding}");
    }
    if !taken.findings.is_empty() {
        bail!("{} findings", taken.findings.len());
    }
    Ok(())
}

struct Taken {
    axe: String,
    into: PathBuf,
    full: bool,
    every: bool,
    pictures: BTreeMap<&'static str, Vec<String>>,
    findings: Vec<String>,
}

impl Taken {
    /// These pages, each as whoever looks at it.
    async fn all(mut self, desk: &Desk, rows: Vec<&Row>) -> anyhow::Result<Taken> {
        if rows.is_empty() {
            return Ok(self);
        }
        let mut driver = Driver::start().await?;
        let mut actors: Vec<&str> = rows.iter().map(|row| row.1).collect();
        actors.dedup();
        for actor in actors {
            let mut browser = driver.new_browser("fr").await?;
            if actor != "nobody" {
                visit::sign_in(&mut browser, &desk.url, desk.called(actor)?).await?;
            }
            for language in LANGUAGES {
                // From a page with the person's own forms; the last one drawn may be a refusal.
                browser.go(&format!("{}/", desk.url)).await?;
                visit::speak(&mut browser, language)
                    .await
                    .with_context(|| format!("{actor}, {language}"))?;
                for (nth, row) in rows.iter().enumerate() {
                    if row.1 != actor {
                        continue;
                    }
                    let shot = self.page(&mut browser, desk, (nth, row), language).await;
                    if let Err(error) = shot {
                        self.findings
                            .push(format!("{} {language}: {error:#}", row.2));
                    }
                }
            }
            browser.quit().await?;
        }
        Ok(self)
    }

    async fn page(
        &mut self,
        browser: &mut Browser,
        desk: &Desk,
        (nth, row): (usize, &Row),
        language: &str,
    ) -> anyhow::Result<()> {
        let (path, _, name, status) = *row;
        let path = addresses::resolved(browser, desk, path).await?;
        let allowed = desk.url.trim_start_matches("http://").to_owned();
        for (size_name, size) in SIZES {
            browser.resize(size).await?;
            for theme in [Theme::Light, Theme::Dark] {
                if !self.every && !ways::is_of_the_four(nth, language, theme, size_name) {
                    continue;
                }
                browser.wear(theme).await?;
                browser.go(&format!("{}{path}", desk.url)).await?;
                let answered = browser.status().await?;
                if answered != status {
                    bail!("{path} answers {answered}");
                }
                // A picture of where one was sent instead would be of the wrong page.
                let shown = browser.url().await?;
                if !shown.ends_with(&path) {
                    bail!("{path} leads to {shown}");
                }
                let spoken = browser
                    .run("return document.documentElement.lang", json!([]))
                    .await?;
                let what = format!("{name} {language} {} {size_name}", theme.name());
                if spoken != language {
                    self.findings
                        .push(format!("{what}: the page says lang={spoken}"));
                }
                let settle = "const done = arguments[0]; document.fonts.ready.then(() => requestAnimationFrame(() => done(0)));";
                browser.run_and_wait(settle, json!([])).await?;
                let wider = "return document.documentElement.scrollWidth - innerWidth";
                if let Some(pixels) = browser
                    .run(wider, json!([]))
                    .await?
                    .as_i64()
                    .filter(|it| *it > 0)
                {
                    self.findings
                        .push(format!("{what}: {pixels} pixels wider than the window"));
                }
                let extent = if self.full {
                    Extent::Page
                } else {
                    Extent::Window
                };
                let file = format!("{name}-{language}-{}-{size_name}.png", theme.name());
                std::fs::write(self.into.join(&file), browser.picture(extent).await?)?;
                self.pictures.entry(name).or_default().push(file);
                self.check(browser, &what, &allowed, status).await?;
            }
        }
        Ok(())
    }

    async fn check(
        &mut self,
        browser: &mut Browser,
        what: &str,
        allowed: &str,
        status: u64,
    ) -> anyhow::Result<()> {
        let mut found = axe::findings(browser, &self.axe).await?;
        for url in browser.foreign_requests(allowed).await? {
            found.push(format!("asks another host: {url}"));
        }
        // Chromium complains about the status of a page that is not there; that is what it is for.
        let complaints = browser.complaints().await?;
        found.extend(
            complaints
                .into_iter()
                .filter(|it| status < 400 || !it.contains("Failed to load resource")),
        );
        self.findings
            .extend(found.into_iter().map(|it| format!("{what}: {it}")));
        Ok(())
    }

    fn write_index(&self) -> anyhow::Result<()> {
        let mut html = String::from(
            "<!doctype html><meta charset=utf-8><title>Shots</title><style>body{font:14px sans-serif;margin:2em}\
             div{display:flex;flex-wrap:wrap;gap:1em}figure{margin:0}img{height:420px;border:1px solid #888}</style>",
        );
        for (name, files) in &self.pictures {
            html.push_str(&format!("<h2>{name}</h2><div>"));
            for file in files {
                html.push_str(&format!("<figure><a href={file}><img loading=lazy alt=\"\" src={file}></a><figcaption>{file}</figcaption></figure>"));
            }
            html.push_str("</div>");
        }
        let file = self.into.join("index.html");
        std::fs::write(&file, html).with_context(|| format!("cannot write {}", file.display()))
    }
}
