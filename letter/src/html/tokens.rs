//! A linear tokenizer for whatever calls itself HTML.

/// One token. Character references are left as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text; may hold `<` and `>` that start nothing.
    Text(&'a str),
    /// A start tag: name in lower case, attributes with names in lower case.
    Open(String, Vec<(String, &'a str)>),
    /// An end tag.
    Close(String),
}

/// Elements whose content is not text to read; it is dropped when it is closed.
const HIDDEN: &[&str] = &[
    "script", "style", "title", "xmp", "iframe", "noembed", "noframes", "textarea", "object",
    "applet", "xml",
];

/// The most attributes of one tag that are read.
const MOST_ATTRIBUTES: usize = 100;

/// Cuts HTML into tokens. Each byte is looked at a bounded number of times: what is searched for in
/// vain once is not searched for again.
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    unclosed: Vec<&'static str>,
    no_comment_end: bool,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning.
    pub fn new(html: &'a str) -> Self {
        Tokens {
            html,
            at: 0,
            unclosed: Vec::new(),
            no_comment_end: false,
        }
    }

    fn skip_comment(&mut self) {
        let rest = &self.html[self.at..];
        if rest.starts_with("<!--") {
            // `<!-->` is a whole comment. One that never ends hides nothing: only its mark goes.
            let end = if self.no_comment_end {
                None
            } else {
                memchr::memmem::find(&rest.as_bytes()[2..], b"-->")
            };
            self.no_comment_end |= end.is_none();
            self.at += end.map_or(4, |end| 2 + end + 3);
        } else {
            let end = memchr::memchr(b'>', rest.as_bytes());
            self.at += end.map_or(rest.len(), |end| end + 1);
        }
    }

    /// Past the end tag of a hidden element, if there is one.
    fn skip_hidden(&mut self, name: &'static str) {
        if self.unclosed.contains(&name) {
            return;
        }
        let rest = &self.html.as_bytes()[self.at..];
        for start in memchr::memmem::find_iter(rest, b"</") {
            let after = &rest[start + 2..];
            let named = after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes());
            let ends = after
                .get(name.len())
                .is_none_or(|b| !b.is_ascii_alphanumeric());
            if named && ends {
                let end = memchr::memchr(b'>', after);
                self.at += end.map_or(rest.len(), |end| start + 2 + end + 1);
                return;
            }
        }
        self.unclosed.push(name);
    }

    /// The tag at `at`, or none when it never ends: then the rest is text.
    fn tag(&mut self) -> Option<Token<'a>> {
        let bytes = self.html.as_bytes();
        let closes = bytes.get(self.at + 1) == Some(&b'/');
        let mut at = self.at + 1 + usize::from(closes);
        let name_from = at;
        while at < bytes.len()
            && !matches!(bytes[at], b'>' | b'/')
            && !bytes[at].is_ascii_whitespace()
        {
            at += 1;
        }
        let name = self.html[name_from..at].to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
                at += 1;
            }
            if *bytes.get(at)? == b'>' {
                break;
            }
            let from = at;
            at += 1;
            while at < bytes.len()
                && !matches!(bytes[at], b'>' | b'/' | b'=')
                && !bytes[at].is_ascii_whitespace()
            {
                at += 1;
            }
            let attribute = &self.html[from..at];
            let mut ahead = at;
            while ahead < bytes.len() && bytes[ahead].is_ascii_whitespace() {
                ahead += 1;
            }
            let mut value = "";
            if bytes.get(ahead) == Some(&b'=') {
                at = ahead + 1;
                while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                let quote = *bytes.get(at)?;
                if matches!(quote, b'"' | b'\'') {
                    let length = memchr::memchr(quote, &bytes[at + 1..])?;
                    value = &self.html[at + 1..at + 1 + length];
                    at += length + 2;
                } else {
                    let from = at;
                    while at < bytes.len() && bytes[at] != b'>' && !bytes[at].is_ascii_whitespace()
                    {
                        at += 1;
                    }
                    value = &self.html[from..at];
                }
            }
            if !closes && attributes.len() < MOST_ATTRIBUTES {
                attributes.push((attribute.to_ascii_lowercase(), value));
            }
        }
        self.at = at + 1;
        Some(if closes {
            Token::Close(name)
        } else {
            Token::Open(name, attributes)
        })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.html[self.at..];
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let length = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += length;
                return Some(Token::Text(&rest[..length]));
            }
            match (rest.as_bytes().get(1), rest.as_bytes().get(2)) {
                (Some(b'!' | b'?'), _) => self.skip_comment(),
                (Some(b'/'), Some(third)) if !third.is_ascii_alphabetic() => self.skip_comment(),
                (Some(b'/'), None) | (None, _) => {
                    self.at = self.html.len();
                    return Some(Token::Text(rest));
                }
                (Some(second), _) if second.is_ascii_alphabetic() || *second == b'/' => {
                    let Some(token) = self.tag() else {
                        self.at = self.html.len();
                        return Some(Token::Text(rest));
                    };
                    if let Token::Open(name, _) = &token
                        && let Some(hidden) = HIDDEN.iter().find(|hidden| *hidden == name)
                    {
                        self.skip_hidden(hidden);
                        continue;
                    }
                    return Some(token);
                }
                _ => {
                    self.at += 1;
                    return Some(Token::Text(&rest[..1]));
                }
            }
        }
    }
}
