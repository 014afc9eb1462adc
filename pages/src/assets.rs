//! Static files, embedded in the binary and served for ever under an address that changes with their bytes.
//!
//! All files share one folder, named by the hash of the whole set, so that style sheets, scripts and the icon sheet
//! refer to each other by plain relative names.

use std::sync::OnceLock;

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// File name, unique in the set.
    pub name: &'static str,
    /// `Content-Type` to serve it with.
    pub content_type: &'static str,
    /// The whole file.
    pub bytes: &'static [u8],
}

macro_rules! file {
    ($name:literal, $kind:literal) => {
        Asset {
            name: $name,
            content_type: $kind,
            bytes: include_bytes!(concat!("../static/", $name)),
        }
    };
}

/// Every static file. The style sheet is one file because a chain of imports delays the first page.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "vigie.css",
        content_type: "text/css; charset=utf-8",
        bytes: concat!(
            include_str!("../static/tokens.css"),
            include_str!("../static/app.css"),
            include_str!("../static/agent.css"),
            include_str!("../static/list.css"),
            include_str!("../static/panel.css"),
            include_str!("../static/composer.css"),
            include_str!("../static/portal.css"),
            include_str!("../static/identity.css"),
            include_str!("../static/work.css"),
            include_str!("../static/search.css"),
            include_str!("../static/live.css"),
        )
        .as_bytes(),
    },
    file!("icons.svg", "image/svg+xml"),
    file!("favicon.svg", "image/svg+xml"),
    file!("inter-latin-wght-normal.woff2", "font/woff2"),
    file!("inter-latin-ext-wght-normal.woff2", "font/woff2"),
    file!("vigie.js", "text/javascript; charset=utf-8"),
    file!("theme.js", "text/javascript; charset=utf-8"),
    file!("side.js", "text/javascript; charset=utf-8"),
    file!("dialogs.js", "text/javascript; charset=utf-8"),
    file!("keys.js", "text/javascript; charset=utf-8"),
    file!("composer.js", "text/javascript; charset=utf-8"),
    file!("drafts.js", "text/javascript; charset=utf-8"),
    file!("answering.js", "text/javascript; charset=utf-8"),
    file!("suggest.js", "text/javascript; charset=utf-8"),
    file!("unsent.js", "text/javascript; charset=utf-8"),
    file!("notifications.js", "text/javascript; charset=utf-8"),
    file!("help.js", "text/javascript; charset=utf-8"),
    file!("offline.js", "text/javascript; charset=utf-8"),
    file!("forms.js", "text/javascript; charset=utf-8"),
    file!("passkeys.js", "text/javascript; charset=utf-8"),
    file!("list.js", "text/javascript; charset=utf-8"),
    file!("palette.js", "text/javascript; charset=utf-8"),
    file!("people.js", "text/javascript; charset=utf-8"),
    file!("waiting.js", "text/javascript; charset=utf-8"),
    file!("scopes.js", "text/javascript; charset=utf-8"),
    file!("live.js", "text/javascript; charset=utf-8"),
    file!("presence.js", "text/javascript; charset=utf-8"),
    file!("refresh.js", "text/javascript; charset=utf-8"),
    file!("merge.js", "text/javascript; charset=utf-8"),
];

/// The address of a file, `/static/<hash>/<name>`. An unknown name answers an address that is not found, and a test
/// keeps the templates to known names.
#[must_use]
pub fn asset(name: &str) -> &'static str {
    addresses()
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("/static/unknown", |(_, address)| address.as_str())
}

/// The icon sheet; an icon is `<use href="{icons}#{name}">`.
#[must_use]
pub fn icons() -> &'static str {
    static ICONS: OnceLock<&'static str> = OnceLock::new();
    ICONS.get_or_init(|| asset("icons.svg"))
}

/// The file served at a path `/static/<hash>/<name>`; `None` when the hash is not of this binary.
#[must_use]
pub fn find(path: &str) -> Option<&'static Asset> {
    let at = addresses()
        .iter()
        .position(|(_, address)| address == path)?;
    ASSETS.get(at)
}

fn addresses() -> &'static [(&'static str, String)] {
    static ADDRESSES: OnceLock<Vec<(&'static str, String)>> = OnceLock::new();
    ADDRESSES.get_or_init(|| {
        let mut hasher = blake3::Hasher::new();
        for asset in ASSETS {
            // Lengths keep (ab, c) and (a, bc) apart.
            hasher.update(&(asset.name.len() as u64).to_le_bytes());
            hasher.update(asset.name.as_bytes());
            hasher.update(&(asset.bytes.len() as u64).to_le_bytes());
            hasher.update(asset.bytes);
        }
        let hash = hasher.finalize().to_hex();
        let folder = hash.get(..12).unwrap_or_default();
        ASSETS
            .iter()
            .map(|asset| (asset.name, format!("/static/{folder}/{}", asset.name)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{ASSETS, asset, find};

    #[test]
    fn every_file_is_found_at_its_address_and_nowhere_else() {
        for one in ASSETS {
            assert_eq!(
                find(asset(one.name)).map(|found| found.name),
                Some(one.name)
            );
            assert_eq!(
                asset(one.name).split('/').nth(2).map(str::len),
                Some(12),
                "a hash of twelve digits"
            );
        }
        for path in [
            "/static/000000000000/vigie.css",
            "/static/vigie.css",
            "/static/../vigie.css",
            "",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn the_style_sheet_and_the_scripts_refer_only_to_files_of_the_set() {
        for one in ASSETS {
            let text = String::from_utf8_lossy(one.bytes);
            let references = match one.content_type.split('/').next_back() {
                Some("css; charset=utf-8") => text
                    .split("url(\"")
                    .skip(1)
                    .map(|rest| rest.split('"').next())
                    .collect(),
                Some("javascript; charset=utf-8") => text
                    .split("\"./")
                    .skip(1)
                    .map(|rest| rest.split('"').next())
                    .collect(),
                _ => Vec::new(),
            };
            for reference in references.into_iter().flatten() {
                let known = ASSETS.iter().any(|asset| asset.name == reference);
                assert!(
                    known || reference.starts_with("data:"),
                    "{} refers to {reference}",
                    one.name
                );
            }
            assert!(
                !text.contains("@import"),
                "{}: a chain of imports delays the page",
                one.name
            );
        }
    }
}
