//! How a letter looked: the attributes that are kept besides when it is shown in a frame of its own, and pictures of other hosts.

use url::{Host, Url};

/// The longest style of one element, in bytes.
const LONGEST_STYLE: usize = 1_000;
/// The longest address of a picture.
const LONGEST_ADDRESS: usize = 2_000;

/// The properties of a style that are kept: none of them can name an address.
pub const PROPERTIES: [&str; 34] = [
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "line-height",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "padding",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
];

/// Whether an attribute says how an element looked, and nothing else.
pub fn is_look(tag: &str, name: &str, value: &str) -> bool {
    let is_size = || {
        let digits = value.strip_suffix('%').unwrap_or(value);
        (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let is_word = |most: usize| {
        (1..=most).contains(&value.len())
            && value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'#')
    };
    match (tag, name) {
        ("table" | "td" | "th" | "img", "width" | "height") => is_size(),
        ("table", "border" | "cellpadding" | "cellspacing") => is_size(),
        ("table" | "tr" | "td" | "th" | "p" | "div", "align") => is_word(10),
        ("tr" | "td" | "th", "valign") => is_word(10),
        ("table" | "tr" | "td" | "th", "bgcolor") => is_word(20),
        (_, "style") => is_harmless_style(value),
        _ => false,
    }
}

/// A style that names no address, escapes nothing and moves nothing out of its place, whatever the properties are.
fn is_harmless_style(style: &str) -> bool {
    let small = style.to_ascii_lowercase();
    let goes_back = small.split(';').any(|one| {
        let value = one.split_once(':').map_or("", |(_, value)| value);
        value.contains("calc") || value.split_whitespace().any(|it| it.starts_with('-'))
    });
    style.len() <= LONGEST_STYLE
        && !goes_back
        && ![
            "url",
            "image",
            "expression",
            "import",
            "\\",
            "/*",
            "@",
            "&",
            "<",
        ]
        .iter()
        .any(|it| small.contains(it))
}

/// The address of a picture of another host, as it is asked for when a reader wants to see it: by HTTPS, at the usual port, of a host
/// with a name of the public kind. Nothing of the reader's own network, and nothing of this desk (`own`, its host).
pub fn remote(source: &str, own: &str) -> Option<String> {
    let source = source.trim();
    if source.len() > LONGEST_ADDRESS {
        return None;
    }
    let mut url = Url::parse(source).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.port().is_some() {
        return None;
    }
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let Some(Host::Domain(host)) = url.host() else {
        return None;
    };
    let host = host.trim_end_matches('.');
    const WITHIN: [&str; 8] = [
        "localhost",
        "local",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "home.arpa",
    ];
    let is_under = |above: &str| {
        let rest = host.strip_suffix(above);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let is_public = host.contains('.') && !WITHIN.iter().any(|it| is_under(it));
    let is_own = !own.is_empty() && (is_under(own) || own.ends_with(&format!(".{host}")));
    if !is_public || is_own {
        return None;
    }
    url.set_scheme("https").ok()?;
    url.set_fragment(None);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_from_public_hosts_by_https_and_never_from_here() {
        let shown = |source: &str| remote(source, "desk.nordet.example");
        let table = [
            (
                "https://shop.example/a.png",
                Some("https://shop.example/a.png"),
            ),
            (
                "http://shop.example/a.png?id=1#x",
                Some("https://shop.example/a.png?id=1"),
            ),
            (
                " HTTPS://Shop.Example/a b.png ",
                Some("https://shop.example/a%20b.png"),
            ),
            ("https://desk.nordet.example/logout", None),
            ("https://desk.nordet.example./logout", None),
            ("https://a.desk.nordet.example/x", None),
            ("https://nordet.example/x", None),
            ("https://shop.example:8443/a.png", None),
            ("https://u:p@shop.example/a.png", None),
            ("https://192.168.1.1/a.png", None),
            ("https://0x7f.1/a.png", None),
            ("https://[::1]/a.png", None),
            ("https://localhost/a.png", None),
            ("https://router.lan/a.png", None),
            ("https://printer/a.png", None),
            ("//shop.example/a.png", None),
            ("javascript:alert(1)", None),
            ("data:image/png;base64,AA==", None),
            ("ftp://shop.example/a.png", None),
        ];
        for (source, expected) in table {
            assert_eq!(shown(source).as_deref(), expected, "{source}");
        }
    }

    #[test]
    fn a_style_names_no_address() {
        for style in [
            "background:url(//x)",
            "background-color:red;background-image:none",
            "color:\\75rl(x)",
            "width:expression(1)",
            "color:red/**/",
            "@import x",
            "margin-top:-110px",
            "margin: 0 0 0 -9px",
            "width:calc(1px - 9px)",
        ] {
            assert!(!is_look("div", "style", style), "{style}");
        }
        assert!(is_look("div", "style", "color: #333; padding: 4px 8px"));
        assert!(is_look("td", "width", "100%") && !is_look("td", "width", "1e9"));
        assert!(!is_look("a", "width", "1") && !is_look("td", "onclick", "x"));
    }
}
