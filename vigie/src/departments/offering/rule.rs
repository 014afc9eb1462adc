//! Whether somebody is offered a department, and why: the rule, and nothing that asks or tells.

use kit::stored_words;

/// The longest name of a domain.
pub(super) const LONGEST: usize = 253;

stored_words! {
    /// To whom a department is offered.
    pub enum Whom {
        /// Everybody who asks for something.
        Everybody = "everybody",
        /// Nobody: agents open tickets there, and letters do.
        Nobody = "nobody",
        /// Whoever belongs to something that is named.
        These = "these",
    }
}

/// An organisation, or a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// To whom a department is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offering {
    /// Everybody, nobody, or those who are named.
    pub whom: Whom,
    /// The organisations that are named, by name.
    pub organizations: Vec<Named>,
    /// The sites, by name.
    pub sites: Vec<Named>,
    /// The mail domains.
    pub domains: Vec<String>,
}

impl Offering {
    /// Names alone.
    pub fn names(all: &[Named]) -> Vec<String> {
        all.iter().map(|it| it.name.clone()).collect()
    }
}

/// Somebody who asks for something, as far as it counts here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asker {
    /// Whom they work for.
    pub organization: Option<i64>,
    /// Where they work.
    pub site: Option<i64>,
    /// The domains of their address and of further ones.
    pub domains: Vec<String>,
}

/// Whether somebody is offered a department, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Everybody is.
    Everybody,
    /// People of this organisation are.
    Organization(String),
    /// People of this site are.
    Site(String),
    /// People with an address of this domain are.
    Domain(String),
    /// Nobody is.
    Nobody,
    /// Others are.
    Others,
}

impl Why {
    /// Whether they are.
    pub fn is_offered(&self) -> bool {
        !matches!(self, Why::Nobody | Why::Others)
    }

    /// The word of the API.
    pub fn word(&self) -> &'static str {
        match self {
            Why::Everybody => "everybody",
            Why::Organization(_) => "organization",
            Why::Site(_) => "site",
            Why::Domain(_) => "domain",
            Why::Nobody => "nobody",
            Why::Others => "others",
        }
    }

    /// What it is by.
    pub fn through(&self) -> Option<&str> {
        match self {
            Why::Organization(name) | Why::Site(name) | Why::Domain(name) => Some(name),
            Why::Everybody | Why::Nobody | Why::Others => None,
        }
    }
}

/// The rule. Any one that fits suffices, and the first is said.
pub fn why(offering: &Offering, asker: &Asker) -> Why {
    match offering.whom {
        Whom::Everybody => return Why::Everybody,
        Whom::Nobody => return Why::Nobody,
        Whom::These => {}
    }
    let among = |all: &[Named], id: Option<i64>| {
        let found = all.iter().find(|it| Some(it.id) == id);
        found.map(|it| it.name.clone())
    };
    if let Some(name) = among(&offering.organizations, asker.organization) {
        return Why::Organization(name);
    }
    if let Some(name) = among(&offering.sites, asker.site) {
        return Why::Site(name);
    }
    let theirs: Vec<String> = asker.domains.iter().map(|it| in_ascii(it)).collect();
    let mut named = offering.domains.iter();
    match named.find(|domain| theirs.contains(&in_ascii(domain))) {
        Some(domain) => Why::Domain(domain.clone()),
        None => Why::Others,
    }
}

/// A domain as it is compared: `é.example` and `xn--9ca.example` are one.
fn in_ascii(domain: &str) -> String {
    match url::Host::parse(domain) {
        Ok(url::Host::Domain(domain)) => domain,
        _ => domain.to_lowercase(),
    }
}

/// A mail domain that was typed, with or without the sign before it.
pub(super) fn domain(typed: &str) -> Option<String> {
    let text = typed.trim();
    let text = text.strip_prefix('@').unwrap_or(text);
    let text = text.trim_end_matches('.').to_lowercase();
    let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut parts = text.split('.');
    let is_fine = text.len() <= LONGEST
        && text.contains('.')
        && parts.all(|part| !part.is_empty() && part.chars().all(is_sign))
        && matches!(url::Host::parse(&text), Ok(url::Host::Domain(_)));
    is_fine.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offering(whom: Whom) -> Offering {
        let named = |id, name: &str| Named {
            id,
            name: name.to_owned(),
        };
        Offering {
            whom,
            organizations: vec![named(1, "Nordet"), named(2, "Brêmes")],
            sites: vec![named(1, "Lyon")],
            domains: vec!["etu.example".to_owned(), "é.example".to_owned()],
        }
    }

    fn asker(organization: Option<i64>, site: Option<i64>, domains: &[&str]) -> Asker {
        Asker {
            organization,
            site,
            domains: domains.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    #[test]
    fn any_one_that_fits_suffices_and_is_said() {
        let by = |name: &str| name.to_owned();
        let table = [
            (asker(None, None, &[]), Why::Others),
            (asker(Some(3), Some(2), &["example"]), Why::Others),
            (asker(Some(2), None, &[]), Why::Organization(by("Brêmes"))),
            // A site of the same number is no organisation.
            (asker(Some(3), Some(1), &[]), Why::Site(by("Lyon"))),
            (
                asker(Some(1), Some(1), &["etu.example"]),
                Why::Organization(by("Nordet")),
            ),
            (
                asker(None, Some(1), &["etu.example"]),
                Why::Site(by("Lyon")),
            ),
            (
                asker(None, None, &["elsewhere.example", "ETU.example"]),
                Why::Domain(by("etu.example")),
            ),
            // What is below a domain, or merely ends like it, is another.
            (asker(None, None, &["bio.etu.example"]), Why::Others),
            (asker(None, None, &["notetu.example"]), Why::Others),
            (
                asker(None, None, &["xn--9ca.example"]),
                Why::Domain(by("é.example")),
            ),
        ];
        for (asker, expected) in &table {
            let said = why(&offering(Whom::These), asker);
            assert_eq!(said, *expected, "{asker:?}");
            assert_eq!(said.is_offered(), *expected != Why::Others, "{asker:?}");
            assert!(why(&offering(Whom::Everybody), asker).is_offered());
            assert!(!why(&offering(Whom::Nobody), asker).is_offered());
        }
    }

    #[test]
    fn these_of_whom_none_is_named_are_nobody() {
        let empty = Offering {
            organizations: vec![],
            sites: vec![],
            domains: vec![],
            ..offering(Whom::These)
        };
        for asker in [
            asker(None, None, &[]),
            asker(Some(1), Some(1), &["a.example"]),
        ] {
            assert_eq!(why(&empty, &asker), Why::Others);
        }
    }

    #[test]
    fn a_domain_is_read_with_its_sign_and_capitals_and_nothing_else_is_one() {
        for (typed, read) in [
            ("etu.example", Some("etu.example")),
            (" @ETU.Example. ", Some("etu.example")),
            ("École.example", Some("école.example")),
            ("etu", None),
            ("dora@etu.example", None),
            ("@@etu.example", None),
            ("*.example", None),
            ("a..example", None),
            (".example", None),
            ("127.0.0.1", None),
            ("a b.example", None),
            ("etu.example/x", None),
            ("", None),
        ] {
            assert_eq!(domain(typed).as_deref(), read, "{typed}");
        }
        assert_eq!(domain(&format!("{}.example", "a".repeat(250))), None);
    }
}
