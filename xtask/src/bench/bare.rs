//! The bare server: axum, returning given bytes from memory. What the desk is compared with.

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::routing::get;
use std::path::PathBuf;

/// What to serve.
#[derive(clap::Args)]
pub struct Options {
    /// Port on loopback
    #[arg(long)]
    port: u16,
    /// The list page's bytes, served at /list
    #[arg(long)]
    list: PathBuf,
    /// The ticket page's bytes, served at /ticket
    #[arg(long)]
    ticket: PathBuf,
}

/// Serves until it is killed.
pub async fn serve(options: Options) -> anyhow::Result<()> {
    let page = |file: &PathBuf| -> anyhow::Result<_> {
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let bytes = Bytes::from(bytes);
        let head: [(HeaderName, &str); 1] = [(CONTENT_TYPE, "text/html; charset=utf-8")];
        Ok(get(move || {
            let bytes = bytes.clone();
            async move { (head, bytes) }
        }))
    };
    let pages = Router::new()
        .route("/list", page(&options.list)?)
        .route("/ticket", page(&options.ticket)?);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port)).await?;
    axum::serve(listener, pages).await?;
    Ok(())
}
