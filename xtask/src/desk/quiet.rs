//! A department nobody belongs to, with an address of its own: what comes there is answered to whoever wrote, and nobody
//! else is mailed, so that what is measured or tortured is mail coming in.

use super::api::Client;
use anyhow::Context;
use serde_json::json;

/// Where its letters come to.
#[derive(Clone, Debug)]
pub struct Quiet {
    /// The address.
    pub address: String,
    /// The number of its channel.
    pub channel: i64,
}

impl Quiet {
    /// Makes it, as an administrator.
    pub async fn make(api: &mut Client) -> anyhow::Result<Self> {
        let department = json!({"name": "Réserve"});
        let department = api.post("/api/v1/departments", &department).await?;
        let category = department["categories"][0]["id"]
            .as_i64()
            .context("a new department has no category")?;
        let address = "reserve@desk.example".to_owned();
        let channel = json!({"address": address, "name": "Réserve", "category": category});
        let channel = api.post("/api/v1/channels", &channel).await?;
        let channel = channel["id"]
            .as_i64()
            .context("a new channel has no number")?;
        Ok(Self { address, channel })
    }
}
