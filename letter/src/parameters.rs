//! Header values with parameters.

use crate::complaint::Complaints;
use crate::{encoded_word, header};
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

/// A value with parameters: `text/plain; charset=utf-8`, `attachment; filename="a.txt"`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    /// What comes before the first `;`, lower-case.
    pub value: String,
    /// Name in lower case, value decoded (RFC 2231 and encoded words).
    pub parameters: Vec<(String, String)>,
}

impl Parameters {
    /// The first parameter of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a value with parameters.
#[must_use]
pub fn read(value: &str, complaints: &mut Complaints) -> Parameters {
    let bytes: Vec<u8> = value.bytes().take(4_096).chain(*b"\r\n").collect();
    let parsed = header::contained(|| {
        let HeaderValue::ContentType(parsed) = MessageStream::new(&bytes).parse_content_type()
        else {
            return None;
        };
        let value = match parsed.subtype() {
            Some(subtype) => format!("{}/{subtype}", parsed.ctype()),
            None => parsed.ctype().to_owned(),
        };
        let attributes = parsed.attributes().unwrap_or_default().iter().take(50);
        let parameters =
            attributes.map(|one| (one.name.to_ascii_lowercase(), one.value.to_string()));
        Some(Parameters {
            value,
            parameters: parameters.collect(),
        })
    });
    let mut parameters = parsed.flatten().unwrap_or_else(|| {
        let value = value.split(';').next().unwrap_or_default();
        Parameters {
            value: value.trim().to_owned(),
            ..Parameters::default()
        }
    });
    parameters.value = parameters.value.to_ascii_lowercase().replace('\0', "");
    for (_, value) in &mut parameters.parameters {
        *value = encoded_word::decode(value, complaints).replace('\0', "");
    }
    parameters
}
