//! Every page with made-up data: what tests render and what one looks at. A new page adds its line here.

use crate::errors::{ConflictPage, RefusalPage};
use crate::identity::{ForgottenPage, LoginPage, PreferencesPage, ResetPage, SetupPage};
use crate::tickets::list::TicketListPage;
use crate::tickets::opening::NewTicketPage;
use crate::tickets::show::{ClosurePage, TicketPage};
use words::language::Language;

/// (name of the sample, its page or why it did not render), every template at least once.
#[must_use]
pub fn all(language: Language) -> Vec<(String, Result<String, askama::Error>)> {
    let mut samples: Vec<(String, Result<String, askama::Error>)> = Vec::new();
    let mut add = |name: &str, page: &dyn askama::DynTemplate| {
        samples.push((name.to_owned(), page.dyn_render()))
    };

    add("login", &LoginPage::sample(language));
    add("forgotten", &ForgottenPage::sample(language));
    add(
        "forgotten-sent",
        &ForgottenPage {
            sent: true,
            ..ForgottenPage::sample(language)
        },
    );
    add("reset", &ResetPage::sample(language));
    add("setup", &SetupPage::sample(language));
    add(
        "setup-spent",
        &SetupPage {
            is_spent: true,
            ..SetupPage::sample(language)
        },
    );
    add("preferences", &PreferencesPage::sample(language));
    for page in RefusalPage::samples(language) {
        add(&format!("refusal-{}", page.refusal.status()), &page);
    }
    add("conflict", &ConflictPage::sample(language));
    add("tickets", &TicketListPage::sample(language));
    add("tickets-all", &TicketListPage::sample_all(language));
    add("tickets-empty", &TicketListPage::sample_empty(language));
    add("ticket", &TicketPage::sample(language));
    add("ticket-mine", &TicketPage::sample_mine(language));
    add(
        "ticket-to-approve",
        &TicketPage::sample_to_approve(language),
    );
    add("ticket-awaiting", &TicketPage::sample_awaiting(language));
    add("ticket-read-only", &TicketPage::sample_read_only(language));
    add("closure", &ClosurePage::sample(language));
    add("new-ticket", &NewTicketPage::sample(language));
    add(
        "new-ticket-refused",
        &NewTicketPage::sample_refused(language),
    );
    samples
}
