//! The pages of requesters, with made-up data.

use crate::knowledge::reading::{HelpListPage, HelpPage, SolutionPage, SolutionsPage};
use crate::portal::cancellation::CancellationPage;
use crate::portal::correction::CorrectionPage;
use crate::portal::ticket::TicketPage as RequesterTicketPage;
use crate::portal::{
    ChooseCategoryPage, DescribeTicketPage, Filter, HomePage, TicketSentPage, TicketsPage,
};
use crate::search::PortalSearchPage;
use crate::shared::{DeskListPage, DeskTicketPage, PortalListPage, PortalTicketPage};
use crate::tickets::StateView;
use words::language::Language;

use super::Add;

pub(super) fn all(language: Language, add: &mut Add<'_>) {
    add("requester-home-page", &HomePage::sample(language));
    add("onlooker-portal", &PortalListPage::sample(language));
    add("onlooker-none", &PortalListPage::sample_empty(language));
    add("onlooker-desk", &DeskListPage::sample(language));
    add(
        "onlooker-portal-ticket",
        &PortalTicketPage::sample(language),
    );
    add("onlooker-desk-ticket", &DeskTicketPage::sample(language));
    add("requester-home-first", &HomePage::sample_empty(language));
    add("requester-solutions", &SolutionsPage::sample(language));
    add(
        "requester-solutions-none",
        &SolutionsPage::sample_empty(language),
    );
    add("requester-solution", &SolutionPage::sample(language));
    add("help", &HelpListPage::sample(language));
    add("help-none", &HelpListPage::sample_empty(language));
    add("help-article", &HelpPage::sample(language));
    add("requester-list", &TicketsPage::sample(language));
    for filter in [Filter::Open, Filter::Ended] {
        let page = TicketsPage::sample_empty(language, filter);
        add(&format!("requester-list-no-{}", filter.code()), &page);
    }
    add("requester-finding", &PortalSearchPage::sample(language));
    add(
        "requester-finding-nothing",
        &PortalSearchPage::sample_empty(language),
    );
    add("requester-choice", &ChooseCategoryPage::sample(language));
    add(
        "requester-choice-none",
        &ChooseCategoryPage::sample_empty(language),
    );
    add(
        "requester-choice-again",
        &ChooseCategoryPage::sample_again(language),
    );
    add("requester-form", &DescribeTicketPage::sample(language));
    add(
        "requester-form-refused",
        &DescribeTicketPage::sample_refused(language),
    );
    add("requester-form-sent", &TicketSentPage::sample(language));
    add(
        "requester-ticket-to-approve",
        &RequesterTicketPage::sample(language),
    );
    add(
        "requester-ticket-invited",
        &RequesterTicketPage::sample_invited(language),
    );
    add(
        "requester-cancellation",
        &CancellationPage::sample(language),
    );
    add("requester-correction", &CorrectionPage::sample(language));
    add(
        "requester-correction-refused",
        &CorrectionPage::sample_refused(language),
    );
    for state in StateView::ALL {
        let page = RequesterTicketPage::sample_in(language, state);
        add(&format!("requester-ticket-{}", state.code()), &page);
    }
}
