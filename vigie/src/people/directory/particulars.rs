//! What a card becomes, as it is typed, and what can be wrong with it.

use kit::error::Fields;
use words::language::Language;

use super::Card;
use crate::people::admin::{LONGEST_LOGIN, LONGEST_NAME, LONGEST_SITE};
use crate::people::{Kind, is_address};

/// The longest phone number, in characters.
pub const LONGEST_PHONE: usize = 60;
/// The longest title of a post, in characters.
pub const LONGEST_TITLE: usize = 120;

/// What a card becomes.
#[derive(Clone, Debug)]
pub struct Particulars {
    /// Full name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Name to sign in with, besides the address.
    pub login: Option<String>,
    /// Works here, rather than being served by us.
    pub is_employee: bool,
    /// Language they read.
    pub language: Language,
    /// Phone; empty when unknown.
    pub phone: String,
    /// Post; empty when unknown.
    pub job_title: String,
    /// Whom they work for; empty when unknown.
    pub organization: String,
    /// Where they work; empty when unknown.
    pub site: String,
    /// May open the portal.
    pub has_portal: bool,
}

impl Particulars {
    /// As a card stands.
    pub fn of(card: &Card, otherwise: Language) -> Particulars {
        let language = card.language.as_deref().and_then(Language::parse);
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        Particulars {
            name: card.name.clone(),
            email: card.email.clone(),
            login: card.login.clone(),
            is_employee: card.kind == Kind::Employee,
            language: language.unwrap_or(otherwise),
            phone: text(&card.phone),
            job_title: text(&card.job_title),
            organization: text(&card.organization),
            site: text(&card.site),
            has_portal: card.has_portal,
        }
    }
}

/// What is wrong with it.
pub(super) fn check(wanted: &Particulars) -> Fields {
    let mut faults = Fields::default();
    let login = wanted.login.as_deref().unwrap_or_default();
    for (field, text, most, is_needed) in [
        ("name", wanted.name.as_str(), LONGEST_NAME, true),
        ("email", &wanted.email, 254, true),
        ("login", login, LONGEST_LOGIN, false),
        ("phone", &wanted.phone, LONGEST_PHONE, false),
        ("job_title", &wanted.job_title, LONGEST_TITLE, false),
        ("organization", &wanted.organization, LONGEST_SITE, false),
        ("site", &wanted.site, LONGEST_SITE, false),
    ] {
        if is_needed && text.trim().is_empty() {
            faults.add(field, "fault-missing", None);
        } else if text.trim().chars().count() > most {
            faults.add(field, "fault-too-long", Some(most.to_string()));
        }
    }
    if !wanted.email.trim().is_empty() {
        faults.require(is_address(&wanted.email), "email", "fault-email");
    }
    faults
}
