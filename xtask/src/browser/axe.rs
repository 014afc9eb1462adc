//! axe-core, the accessibility checker, fetched once from the npm registry and put into open pages.

use super::driver::Browser;
use crate::servers::folder;
use crate::servers::machine::{self, Need};
use crate::servers::process::run_and_read;
use anyhow::Context;
use serde_json::json;
use tokio::process::Command;

/// The version that is fetched.
const VERSION: &str = "4.14.1";

/// The text of axe-core: from the target folder, or from the registry when it is not there yet.
pub async fn source() -> anyhow::Result<String> {
    let tools = folder::reports("tools")?;
    let place = tools.join(format!("axe-core-{VERSION}"));
    let script = place.join("package/axe.min.js");
    if !script.exists() {
        machine::provide(Need::Npm).await?;
        std::fs::create_dir_all(&place)?;
        let mut pack = Command::new("npm");
        pack.args(["pack", "--silent", "--pack-destination", "."])
            .arg(format!("axe-core@{VERSION}"))
            .current_dir(&place);
        run_and_read("npm pack axe-core", pack).await?;
        let mut unpack = Command::new("tar");
        unpack
            .args(["-xzf", &format!("axe-core-{VERSION}.tgz")])
            .current_dir(&place);
        run_and_read("tar", unpack).await?;
    }
    std::fs::read_to_string(&script).with_context(|| format!("cannot read {}", script.display()))
}

/// What axe finds serious or critical on the open page, one line each.
pub async fn findings(browser: &mut Browser, source: &str) -> anyhow::Result<Vec<String>> {
    browser
        .run(source, json!([]))
        .await
        .context("cannot put axe-core into the page")?;
    let script = "const done = arguments[arguments.length - 1];
        axe.run(document, {resultTypes: ['violations']}).then(
            it => done(it.violations
                .filter(v => v.impact === 'serious' || v.impact === 'critical')
                .map(v => `${v.impact}: ${v.id}: ${v.help}: ` + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))),
            error => done(['axe failed: ' + error]));";
    let found = browser
        .run_and_wait(script, json!([]))
        .await
        .context("axe-core")?;
    Ok(found
        .as_array()
        .cloned()
        .unwrap_or_default()
        .iter()
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect())
}
