//! What safe HTML may consist of, checked without the code that makes it.

/// The start tags of a fragment: what is between `<` and `>`. In what a sanitiser serialised every
/// other `<` is escaped.
pub fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap_or(tag))
        .collect()
}

/// Whether every tag is one of the few, with nothing but the few attributes.
pub fn is_harmless(html: &str) -> bool {
    tags(html).iter().all(|tag| {
        let tag = tag.trim_start_matches('/');
        let name = tag.split(' ').next().unwrap_or_default();
        let known = [
            "a",
            "abbr",
            "b",
            "blockquote",
            "br",
            "cite",
            "code",
            "dd",
            "del",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "img",
            "ins",
            "kbd",
            "li",
            "mark",
            "ol",
            "p",
            "pre",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "u",
            "ul",
        ];
        // Values are quoted, so names and values take turns between the quotes.
        let pieces: Vec<&str> = tag[name.len()..].split('"').collect();
        let attributes_known = pieces.chunks(2).all(|pair| {
            let attribute = pair[0].trim().trim_end_matches('=');
            let value = pair.get(1).copied().unwrap_or_default();
            match attribute {
                "" | "/" => pair.len() == 1,
                "href" => ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|s| value.trim().to_ascii_lowercase().starts_with(s)),
                other => [
                    "title", "rel", "alt", "data-cid", "colspan", "rowspan", "start", "dir", "lang",
                ]
                .contains(&other),
            }
        });
        known.contains(&name) && attributes_known
    })
}
