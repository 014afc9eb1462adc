//! The two languages of the desk, both equal.

/// A language people read the desk in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// French of France (`fr`).
    French,
    /// English with British dates (`en`).
    English,
}

impl Language {
    /// Both languages, for tests and menus.
    pub const ALL: [Language; 2] = [Language::French, Language::English];

    /// The BCP 47 code, as in `<html lang>` and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::English => "en",
        }
    }

    /// The other one, for the language switch.
    #[must_use]
    pub fn other(self) -> Language {
        match self {
            Language::French => Language::English,
            Language::English => Language::French,
        }
    }

    /// Reads a code such as `fr`, `FR-ca` or `en_GB`; `None` for any other language.
    #[must_use]
    pub fn parse(code: &str) -> Option<Language> {
        let primary = code.trim().split(['-', '_']).next().unwrap_or_default();
        Language::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// The language a browser asks for (RFC 9110, 12.5.4), or `default` when it asks for neither of ours.
    #[must_use]
    pub fn from_accept_language(header: &str, default: Language) -> Language {
        let mut best: Option<(f32, Language)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(language) = parts.next().and_then(Language::parse) else {
                continue;
            };
            let weight = parts
                .find_map(|parameter| parameter.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
            // Strictly greater: at equal weight the first named wins, as browsers list them in order of taste.
            if weight > 0.0 && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, language));
            }
        }
        best.map_or(default, |(_, language)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, French};

    #[test]
    fn a_browser_gets_the_language_it_prefers_among_ours() {
        for (header, expect) in [
            ("fr-FR,fr;q=0.9,en;q=0.8", French),
            ("en-GB,en;q=0.9,fr;q=0.5", English),
            ("de,en;q=0.5", English),
            ("en;q=0.3, fr;q=0.7", French),
            ("fr;q=0, en;q=0.1", English),
            ("de, *;q=0.1", French),
            ("", French),
            (";;;q=,", French),
            ("en;q=broken", French),
        ] {
            assert_eq!(
                Language::from_accept_language(header, French),
                expect,
                "{header}"
            );
        }
    }

    #[test]
    fn a_code_is_read_whatever_its_case_and_region() {
        for (code, expect) in [
            ("fr", Some(French)),
            ("FR_ca", Some(French)),
            ("en-US", Some(English)),
            ("frr", None),
            ("", None),
        ] {
            assert_eq!(Language::parse(code), expect, "{code}");
        }
        assert!(
            Language::ALL
                .iter()
                .all(|l| Language::parse(l.code()) == Some(*l))
        );
    }
}
