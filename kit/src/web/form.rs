//! What a form brought: fields by name, and files; multipart or plain, the same to a handler.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

use crate::error::{Error, Fields};

/// The largest text of one field, in bytes.
pub const FIELD_LIMIT: usize = 256 * 1024;

/// Fields of a form that are no words of its sender: two sendings that differ in these are the same.
const UNSAID: [&str; 5] = ["csrf", "once", "version", "draft", "anyway"];

/// A file as it was sent.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The name the sender gave it; to be cleaned before it is shown.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// A form, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    /// The files that are not empty.
    pub files: Vec<Upload>,
}

impl Form {
    /// Reads the body, whole, up to `limit` bytes.
    pub async fn read(request: Request, limit: usize) -> Result<Form, Error> {
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        if kind.starts_with("multipart/form-data") {
            return read_multipart(request, limit).await;
        }
        let bytes = axum::body::to_bytes(request.into_body(), FIELD_LIMIT.min(limit) * 2)
            .await
            .map_err(|_| Error::TooLarge(limit as u64))?;
        Ok(Form {
            fields: url::form_urlencoded::parse(&bytes)
                .map(|(k, v)| (k.into_owned(), v.into_owned()))
                .collect(),
            files: vec![],
        })
    }

    /// What an address says after its `?`, which is what a form sent by GET says.
    pub fn of_query(query: Option<&str>) -> Form {
        Form {
            fields: url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .map(|(k, v)| (k.into_owned(), v.into_owned()))
                .collect(),
            files: vec![],
        }
    }

    /// Every field with its value, in the order they were sent.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// A form made by hand, for tests.
    pub fn of(fields: &[(&str, &str)]) -> Form {
        Form {
            fields: fields
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
            files: vec![],
        }
    }

    /// A field's text without outer space; empty when it is absent.
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// A field's text as it was sent; empty when it is absent.
    pub fn raw(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(k, _)| k == name)
            .map_or("", |(_, v)| v)
    }

    /// A field's text, or `None` when it is empty or absent.
    pub fn optional(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|t| !t.is_empty())
    }

    /// What makes sending a form twice the same as sending it once: the token it was made with, and what
    /// it says. A form that comes back by the back button and is sent with other words is another
    /// sending, whose words must not be lost.
    pub fn once(&self) -> Option<String> {
        let token = self.optional("once")?;
        let mut said = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            said.update(&bytes.len().to_le_bytes());
            said.update(bytes);
        };
        let words = |name: &&(String, String)| !UNSAID.contains(&name.0.as_str());
        for (name, value) in self.fields.iter().filter(words) {
            add(name.as_bytes());
            add(value.as_bytes());
        }
        for file in &self.files {
            add(file.name.as_bytes());
            add(&file.bytes);
        }
        let said = said.finalize().to_hex();
        Some(format!("{token}.{}", said.get(..16).unwrap_or_default()))
    }

    /// All values of a field that may be given several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(k, _)| k == name)
            .map(|(_, v)| v.as_str())
    }

    /// Whether a box is ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.fields.iter().any(|(k, _)| k == name)
    }

    /// A whole number; `key` is the sentence when it is none.
    pub fn number(&self, name: &'static str, key: &'static str) -> Result<i64, Error> {
        self.text(name)
            .parse()
            .map_err(|_| Error::invalid(name, key))
    }

    /// A text that must be there and not longer than `most` characters; faults go to `fields`.
    pub fn required<'a>(&'a self, name: &'static str, most: usize, fields: &mut Fields) -> &'a str {
        let text = self.text(name);
        if text.is_empty() {
            fields.add(name, "fault-missing", None);
        } else if text.chars().count() > most {
            fields.add(name, "fault-too-long", Some(most.to_string()));
        }
        text
    }
}

async fn read_multipart(request: Request, limit: usize) -> Result<Form, Error> {
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Error::invalid("", "fault-unreadable-form"))?;
    let mut form = Form::default();
    let mut total = 0usize;
    loop {
        let field = match parts.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(e) if e.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(Error::TooLarge(limit as u64));
            }
            Err(_) => return Err(Error::invalid("", "fault-unreadable-form")),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|e| {
            if e.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                Error::TooLarge(limit as u64)
            } else {
                Error::invalid("", "fault-unreadable-form")
            }
        })?;
        total += bytes.len();
        if total > limit || (file.is_none() && bytes.len() > FIELD_LIMIT) {
            return Err(Error::TooLarge(limit as u64));
        }
        match file {
            Some(name) if !bytes.is_empty() => form.files.push(Upload { name, bytes }),
            Some(_) => {}
            None => form
                .fields
                .push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(form)
}

/// What stands on the lines of a field, each once however it is written, without outer space.
pub fn lines(text: &str) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .filter(|line| seen.insert(line.to_lowercase()))
        .map(str::to_owned)
        .collect()
}

/// Whether two names would be taken for one by people.
pub fn is_same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_sent_once_and_other_words_are_another_sending() {
        let sent = |version: &str, body: &str| {
            Form::of(&[("once", "abc"), ("version", version), ("body", body)]).once()
        };
        assert_eq!(sent("1", "Hello"), sent("2", "Hello"));
        assert_ne!(sent("1", "Hello"), sent("1", "Hello again"));
        assert_eq!(Form::of(&[("body", "Hello")]).once(), None);
        let split = |a: &str, b: &str| Form::of(&[("once", "abc"), ("a", a), ("b", b)]).once();
        assert_ne!(split("xb", "y"), split("x", "by"));
        let mut with_file = Form::of(&[("once", "abc")]);
        let without = with_file.once();
        with_file.files.push(Upload {
            name: "a.txt".to_owned(),
            bytes: Bytes::from_static(b"a"),
        });
        assert_ne!(with_file.once(), without);
    }

    #[test]
    fn a_name_written_twice_is_one() {
        let found = lines(" Support \r\n\r\nPAIE\npaie\nsupport\n\tÉtudes\nétudes");
        assert_eq!(found, ["Support", "PAIE", "Études"]);
    }
}
