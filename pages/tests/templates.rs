//! What template files may hold: no bare text, no unknown key, one place where HTML enters unescaped.

use words::catalogue::{FILES, has};

fn templates() -> Vec<(String, String)> {
    fn collect(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("the templates are beside the tests") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push((
                    path.display().to_string(),
                    std::fs::read_to_string(&path).expect("a text"),
                ));
            }
        }
    }
    let mut found = Vec::new();
    collect(
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")),
        &mut found,
    );
    found
}

#[test]
fn every_key_a_template_or_a_view_says_exists() {
    let mut said = 0;
    let sources = [concat!(env!("CARGO_MANIFEST_DIR"), "/src")];
    let mut texts = templates();
    for folder in sources {
        for path in ["", "/tickets", "/portal", "/admin", "/mail"] {
            for entry in std::fs::read_dir(format!("{folder}{path}"))
                .expect("the sources")
                .flatten()
            {
                if entry.path().is_file() {
                    texts.push((
                        entry.path().display().to_string(),
                        std::fs::read_to_string(entry.path()).expect("a text"),
                    ));
                }
            }
        }
    }
    for (path, text) in texts {
        for literal in text.split('"').skip(1).step_by(2) {
            let Some((noun, rest)) = literal.split_once('-') else {
                continue;
            };
            let is_key = FILES.iter().any(|(known, _, _)| *known == noun)
                && !rest.is_empty()
                && rest
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            // Names of samples and of icons look like keys.
            if is_key
                && ![
                    "tickets-all",
                    "tickets-empty",
                    "keys-impossible",
                    "keys-of-access",
                    "list-ordered",
                    "mail-plus",
                    "people-in",
                    "people-in-fault",
                    "people-in-hint",
                    "properties-title",
                    "waiting-own",
                ]
                .contains(&literal)
            {
                said += 1;
                assert!(has(literal), "{path}: {literal}");
            }
        }
    }
    assert!(said > 200, "the search for keys finds keys: {said}");
}

/// What a template file says by itself, once its expressions, its tags and its comments are taken away.
fn bare(template: &str) -> String {
    let mut text = template.to_owned();
    for (from, to) in [
        ("{#", "#}"),
        ("{%", "%}"),
        ("{{", "}}"),
        // Mails alone carry their style; pages are held to none in renders.rs.
        ("<style>", "</style>"),
        ("<", ">"),
    ] {
        while let Some(start) = text.find(from) {
            let end = text[start..]
                .find(to)
                .map_or(text.len(), |length| start + length + to.len());
            // A mark, so that « {{ a }}b » does not hide b beside another expression.
            text.replace_range(start..end, "\u{1}");
        }
    }
    text
}

/// `name="value"`, as macros write them inside a tag of their caller.
fn is_attribute(piece: &str) -> bool {
    piece.ends_with('"')
        && piece
            .split_once("=\"")
            .is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
}

#[test]
fn no_template_holds_bare_text() {
    for (path, template) in templates() {
        for piece in bare(&template).split('\u{1}') {
            let piece = piece.trim();
            let is_sign = !piece.chars().any(char::is_alphabetic)
                || piece.starts_with("&nbsp;")
                || is_attribute(piece)
                // The end of an identifier that an expression begins.
                || piece == "-error\"";
            // The product's name and the names of keys are the same in every language.
            let is_name = [
                "Vigie", "· Vigie", "A", "C", "F", "J", "K", "L", "M", "N", "P", "R", "T", "U",
                "X", "Y", "Z",
            ]
            .contains(&piece);
            assert!(is_sign || is_name, "{path}: bare text « {piece} »");
        }
        for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
            for (at, _) in template.match_indices(attribute) {
                let value = &template[at + attribute.len()..];
                assert!(
                    value.starts_with("{{") || value.starts_with('"'),
                    "{path}: {attribute}{value:.40}"
                );
            }
        }
    }
}

#[test]
fn html_enters_unescaped_in_one_place_of_pages_and_in_the_frame_of_mails() {
    let mut entries = Vec::new();
    for (path, text) in templates() {
        for (at, _) in text.match_indices("|safe") {
            let before = text
                .get(..at)
                .and_then(|text| text.rsplit("{{").next())
                .unwrap_or_default()
                .trim();
            // What is escaped where it is made, once for each language: the catalogue's own sentences.
            let is_ours =
                before.starts_with("crate::assets::") || before == "crate::live::words(frame)";
            if !is_ours {
                entries.push(format!(
                    "{}: {before}",
                    path.rsplit('/').next().unwrap_or_default()
                ));
            }
        }
    }
    // The frame is no page: what it may do is said by its own policy. This list may only shrink.
    let known = ["components.html: html", "as_sent.html: html"];
    assert!(entries.contains(&known[0].to_owned()), "the macro itself");
    assert!(
        entries.iter().all(|entry| known.contains(&entry.as_str())),
        "{entries:?}"
    );
}
