//! Static files: under an address that changes with their bytes, so browsers keep them for a year.

use std::collections::HashMap;
use std::io::Write;
use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use kit::error::Error;
use pages::assets::{self, Asset};

use super::fail::Fail;

/// Serves `/static/{hash}/{name}`.
pub async fn serve(request: Request) -> Result<Response, Fail> {
    let asset = assets::find(request.uri().path()).ok_or(Error::NotFound)?;
    let takes_gzip = request
        .headers()
        .get(ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| {
            v.split(',')
                .any(|e| matches!(e.split(';').next().map(str::trim), Some("gzip")))
        });
    let small = small(asset).filter(|_| takes_gzip);
    let is_small = small.is_some();
    let body = small.map_or_else(|| Body::from(asset.bytes), Body::from);
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if is_small {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

/// The compressed bytes, made once; none for what is compressed already.
fn small(asset: &'static Asset) -> Option<Bytes> {
    static SMALL: OnceLock<HashMap<&'static str, Bytes>> = OnceLock::new();
    SMALL
        .get_or_init(|| {
            assets::ASSETS
                .iter()
                .filter(|a| !a.content_type.starts_with("font/"))
                .filter_map(|a| {
                    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                    encoder.write_all(a.bytes).ok()?;
                    Some((a.name, Bytes::from(encoder.finish().ok()?)))
                })
                .collect()
        })
        .get(asset.name)
        .cloned()
}
