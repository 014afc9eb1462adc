//! A small reader of our own pages: tags, attributes, text. Not a parser of other people's HTML.

/// One tag, with its attributes in order and values unescaped enough for comparison.
#[derive(Debug, Clone)]
pub struct Element {
    /// Lower-case name.
    pub name: String,
    /// Name and value; an attribute without value has an empty one.
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// Value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A piece of a page, in order.
#[derive(Debug, Clone)]
pub enum Node {
    /// Opening tag.
    Open(Element),
    /// Closing tag.
    Close(String),
    /// Text between tags.
    Text(String),
}

impl Node {
    /// The element of an opening tag.
    pub fn element(&self) -> Option<&Element> {
        match self {
            Node::Open(element) => Some(element),
            _ => None,
        }
    }
}

const VOID: [&str; 6] = ["meta", "link", "input", "br", "hr", "img"];

/// Reads a page; panics on what our templates must not produce (a stray `<`, an unclosed tag, wrong nesting).
pub fn parse(page: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            nodes.push(Node::Text(unescape(&rest[..at])));
        }
        let end = tag_end(&rest[at..]);
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "nesting near {tag}");
            nodes.push(Node::Close(name.to_owned()));
            continue;
        }
        let element = element(tag.trim_end_matches('/'));
        let closes_itself = tag.ends_with('/');
        let name = element.name.clone();
        nodes.push(Node::Open(element));
        if closes_itself {
            nodes.push(Node::Close(name));
        } else if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    nodes
}

fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!(
        "a tag never ends: {}",
        text.chars().take(80).collect::<String>()
    )
}

fn element(tag: &str) -> Element {
    let mut rest = tag.trim();
    let name_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let name = rest[..name_end].to_owned();
    rest = rest[name_end..].trim_start();
    let mut attributes: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let attribute = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let end = after
                .find('"')
                .unwrap_or_else(|| panic!("unclosed value in {tag}"));
            value = unescape(&after[..end]);
            rest = &after[end + 1..];
        } else {
            assert!(!rest.starts_with('='), "unquoted value in {tag}");
        }
        assert!(
            attributes.iter().all(|(known, _)| *known != attribute),
            "{attribute} twice in {tag}"
        );
        attributes.push((attribute, value));
        rest = rest.trim_start();
    }
    Element { name, attributes }
}

fn unescape(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// Index after the end of the element opened at `at`.
fn end_of(nodes: &[Node], at: usize) -> usize {
    let Some(opened) = nodes[at].element() else {
        return at;
    };
    if VOID.contains(&opened.name.as_str()) {
        return at + 1;
    }
    let mut depth = 0;
    for (place, node) in nodes.iter().enumerate().skip(at) {
        match node {
            Node::Open(element) if element.name == opened.name => depth += 1,
            Node::Close(name) if *name == opened.name => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place;
        }
    }
    nodes.len()
}

/// Elements inside the one opened at `at`.
pub fn elements_within(nodes: &[Node], at: usize) -> impl Iterator<Item = &Element> {
    nodes[at..end_of(nodes, at)]
        .iter()
        .skip(1)
        .filter_map(Node::element)
}

/// Text inside the element opened at `at`.
pub fn text_within(nodes: &[Node], at: usize) -> String {
    nodes[at..end_of(nodes, at)]
        .iter()
        .filter_map(|node| {
            if let Node::Text(text) = node {
                Some(text.as_str())
            } else {
                None
            }
        })
        .collect()
}

/// True when the node at `at` is inside an element of this name.
pub fn is_inside(nodes: &[Node], at: usize, name: &str) -> bool {
    (0..at).any(|before| {
        nodes[before]
            .element()
            .is_some_and(|element| element.name == name)
            && end_of(nodes, before) > at
    })
}

/// Everything a person reads or hears: text, and the attributes that are spoken or shown.
pub fn readable(nodes: &[Node]) -> Vec<String> {
    let mut texts = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) => texts.push(text.clone()),
            Node::Open(element) => {
                for attribute in [
                    "aria-label",
                    "title",
                    "placeholder",
                    "alt",
                    "data-who",
                    "label",
                ] {
                    texts.extend(element.get(attribute).map(str::to_owned));
                }
            }
            Node::Close(_) => {}
        }
    }
    texts
}
