//! Every page with made-up data: what tests render and what one looks at. A new page adds its line here.

mod equipment;
mod mail;
mod portal;

use crate::admin::OverviewPage;
use crate::admin::activity::ActivityPage;
use crate::admin::channels::ChannelsPage;
use crate::admin::confidence::ConfidencePage;
use crate::admin::copied::CopiedPage;
use crate::admin::department_access::DepartmentAccessPage;
use crate::admin::department_journal::DepartmentJournalPage;
use crate::admin::departments::{DepartmentPage, DepartmentsPage};
use crate::admin::desk::DeskPage;
use crate::admin::filters::FiltersPage;
use crate::admin::giving::GivingPage;
use crate::admin::guide::{AccessPage, NeedsPage, PlacesPage, ReviewPage, RolesPage as GuideRoles};
use crate::admin::inspector::InspectorPage;
use crate::admin::invitees::InviteesPage;
use crate::admin::journal::JournalPage;
use crate::admin::mailboxes::{MailboxGoingPage, MailboxesPage};
use crate::admin::mails::{DevMailPage, DevMailsPage, MailPage};
use crate::admin::mentoring::MentoringPage;
use crate::admin::offering::OfferingPage;
use crate::admin::people::{NewPersonPage, PeoplePage, PersonPage};
use crate::admin::redirects::RedirectsPage;
use crate::admin::retention::RetentionPage;
use crate::admin::roles::{RolePage, RolesPage};
use crate::admin::scopes::{ScopePage, ScopesPage};
use crate::admin::serving::ServingPage;
use crate::admin::sharing::SharingPage;
use crate::admin::teams::{TeamPage, TeamsPage};
use crate::admin::templates::TemplatePage;
use crate::admin::waiting::WaitingPage;
use crate::daily::DailyPage;
use crate::duplicates::DuplicatePage;
use crate::erasure::ErasurePage;
use crate::errors::{ConflictPage, RefusalPage};
use crate::identity::{ForgottenPage, LoginPage, PreferencesPage, ResetPage, SetupPage};
use crate::joining::{FollowUpPage, MergePage, PortalFollowUpPage, SplitPage};
use crate::keys::ShortcutsPage;
use crate::knowledge::{ArticlePage, EditArticlePage, KnowledgePage};
use crate::legend::LegendPage;
use crate::mailed_code::{AskCodePage, MailedCodePage};
use crate::mailed_deed::{Mailed, MailedDeedPage, Standing};
use crate::monitoring::MonitoringPage;
use crate::notifications::NotificationsPage;
use crate::passkeys::PasskeysPage;
use crate::people::{CardPage, DirectoryPage, EditCardPage};
use crate::people_import::ImportPage;
use crate::redaction::RedactionPage;
use crate::replies::{EditReplyPage, RepliesPage};
use crate::rewording::{PortalWordsPage, WordsPage};
use crate::search::SearchPage;
use crate::second_factor::{CodePage, RecoveryCodesPage, SecondFactorPage};
use crate::tasks::{MyTasksPage, TicketTasksPage};
use crate::tickets::bulk::{ReportPage, StepPage};
use crate::tickets::handling::DeedPage;
use crate::tickets::list::TicketListPage;
use crate::tickets::list_panels::{DisplayPanel, ExportPanel, FilterPanel};
use crate::tickets::opening::NewTicketPage;
use crate::tickets::people::NamingPage;
use crate::tickets::show::{ClosurePage, PeekPage, TicketPage};
use crate::tickets::view::ViewPage;
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
    add("told", &NotificationsPage::sample(language));
    add("told-away", &NotificationsPage::sample_away(language));
    add("told-refused", &NotificationsPage::sample_refused(language));
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
    identity(language, &mut add);
    for page in RefusalPage::samples(language) {
        add(&format!("refusal-{}", page.refusal.status()), &page);
    }
    add("conflict", &ConflictPage::sample(language));
    add(
        "docs-of-the-interface",
        &crate::api_docs::DocsPage::sample(language),
    );
    add("tickets", &TicketListPage::sample(language));
    let mut looked_at = TicketListPage::sample(language);
    looked_at.frame.is_looking = true;
    add("looked-at-tickets", &looked_at);
    let mut promoted = TicketListPage::sample(language);
    promoted.frame.new_rights = Some(crate::frame::NewRights::sample());
    add("promoted-tickets", &promoted);
    let mut back = TicketListPage::sample(language);
    back.away = Some(crate::notifications::away::AwayBar::sample());
    add("tickets-back", &back);
    add("tickets-all", &TicketListPage::sample_all(language));
    add("tickets-empty", &TicketListPage::sample_empty(language));
    add("cards", &TicketListPage::sample_grid(language));
    add("view-new", &ViewPage::sample(language));
    add("view-refused", &ViewPage::sample_refused(language));
    add("panel-export", &ExportPanel::sample(language));
    add("ticket-peek", &PeekPage::sample(language));
    add("many-closure", &StepPage::sample(language));
    add("many-people", &StepPage::sample_people(language));
    add("many-priority", &StepPage::sample_priority(language));
    add("many-merge", &StepPage::sample_merge(language));
    add("many-postpone", &StepPage::sample_postpone(language));
    add("many-refuse", &StepPage::sample_refuse(language));
    add("many-words", &StepPage::sample_refused(language));
    add("many-report", &ReportPage::sample(language));
    add("panel-filter", &FilterPanel::sample(language));
    add("panel-display", &DisplayPanel::sample(language));
    add("ticket", &TicketPage::sample(language));
    add("ticket-mine", &TicketPage::sample_mine(language));
    add(
        "ticket-to-approve",
        &TicketPage::sample_to_approve(language),
    );
    add("ticket-awaiting", &TicketPage::sample_awaiting(language));
    add("ticket-read-only", &TicketPage::sample_read_only(language));
    add("ticket-postponed", &TicketPage::sample_postponed(language));
    for (n, page) in TicketPage::samples_waiting(language).iter().enumerate() {
        add(&format!("ticket-waiting-{n}"), page);
    }
    add("closure", &ClosurePage::sample(language));
    add("ticket-people", &NamingPage::sample(language));
    add("ticket-people-nobody", &NamingPage::sample_nobody(language));
    for (name, page) in DeedPage::samples(language) {
        add(&format!("deed-{name}"), &page);
    }
    add("new-ticket", &NewTicketPage::sample(language));
    add(
        "new-ticket-refused",
        &NewTicketPage::sample_refused(language),
    );

    work(language, &mut add);
    add(
        "ticket-on-its-way",
        &TicketPage::sample_on_its_way(language),
    );
    add("saved-replies", &RepliesPage::sample(language));
    add("saved-replies-none", &RepliesPage::sample_empty(language));
    add("saved-reply", &EditReplyPage::sample(language));
    add(
        "saved-reply-refused",
        &EditReplyPage::sample_refused(language),
    );
    knowledge(language, &mut add);
    add("finding", &SearchPage::sample(language));
    add("finding-unasked", &SearchPage::sample_unasked(language));
    add("finding-nothing", &SearchPage::sample_empty(language));
    add("finding-refused", &SearchPage::sample_refused(language));

    portal::all(language, &mut add);
    equipment::all(language, &mut add);
    administration(language, &mut add);
    samples
}

fn identity(language: Language, add: &mut Add<'_>) {
    add("presence-legend", &LegendPage::sample(language));
    add("preferences", &PreferencesPage::sample(language));
    add("sign-in-code", &CodePage::sample(language));
    add("factor-none", &SecondFactorPage::sample(language));
    add("factor-set-up", &SecondFactorPage::sample_setup(language));
    add(
        "factor-in-use",
        &SecondFactorPage::sample_standing(language),
    );
    add("factor-paper", &RecoveryCodesPage::sample(language));
    add("sign-in-by-mail", &AskCodePage::sample(language));
    for deed in Mailed::ALL {
        let name = match deed {
            Mailed::Approve => "mailed-approve",
            Mailed::Refuse => "mailed-refuse",
            Mailed::Take => "mailed-take",
            Mailed::TakeAndClose => "mailed-take-and-close",
            Mailed::TakeAndAsk => "mailed-take-and-ask",
        };
        add(name, &MailedDeedPage::sample(language, deed));
    }
    add("mailed-refused", &MailedDeedPage::sample_refused(language));
    for (name, standing) in [
        ("mailed-used", Standing::Used),
        ("mailed-late", Standing::Late),
        ("mailed-decided", Standing::Decided),
        ("mailed-anothers", Standing::Anothers),
    ] {
        add(name, &MailedDeedPage::sample_over(language, standing));
    }
    add("sign-in-by-mail-code", &MailedCodePage::sample(language));
    add("shortcuts", &ShortcutsPage::sample(language));
    add(
        "shortcuts-refused",
        &ShortcutsPage::sample_refused(language),
    );
    add("levels", &MonitoringPage::sample(language));
    add(
        "levels-meanwhile",
        &MonitoringPage::sample_meanwhile(language),
    );
    add("levels-nowhere", &MonitoringPage::sample_nowhere(language));
    add("morning", &DailyPage::sample(language));
    add("morning-meanwhile", &DailyPage::sample_meanwhile(language));
    add("morning-nowhere", &DailyPage::sample_nowhere(language));
    add("keys-of-access", &PasskeysPage::sample(language));
    add(
        "keys-impossible",
        &PasskeysPage::sample_impossible(language),
    );
    add("directory", &DirectoryPage::sample(language));
    add("directory-none", &DirectoryPage::sample_empty(language));
    add("directory-import", &ImportPage::sample(language));
    add(
        "directory-import-empty",
        &ImportPage::sample_empty(language),
    );
    add(
        "directory-import-wrong",
        &ImportPage::sample_wrong(language),
    );
    add(
        "directory-import-unread",
        &ImportPage::sample_unread(language),
    );
    add("card", &CardPage::sample(language));
    add("card-of-staff", &CardPage::sample_staff(language));
    add("card-new", &EditCardPage::sample(language));
    add("card-guarded", &EditCardPage::sample_guarded(language));
}

type Add<'a> = dyn FnMut(&str, &dyn askama::DynTemplate) + 'a;

fn knowledge(language: Language, add: &mut Add<'_>) {
    add("articles", &KnowledgePage::sample(language));
    add("articles-none", &KnowledgePage::sample_empty(language));
    add("article", &ArticlePage::sample(language));
    add(
        "article-read-only",
        &ArticlePage::sample_read_only(language),
    );
    add("article-refused", &ArticlePage::sample_refused(language));
    add("article-edit", &EditArticlePage::sample(language));
    add("article-new", &EditArticlePage::sample_refused(language));
    add("article-clash", &EditArticlePage::sample_conflict(language));
}

fn work(language: Language, add: &mut Add<'_>) {
    add("ticket-merged", &TicketPage::sample_merged(language));
    add("joined-choose", &MergePage::sample(language));
    add("joined-confirm", &MergePage::sample_chosen(language));
    add("joined-confirm-calm", &MergePage::sample_calm(language));
    add("reworded", &WordsPage::sample(language));
    add("reworded-changed", &WordsPage::sample_changed(language));
    add("reworded-outside", &PortalWordsPage::sample(language));
    add("duplicate-typed", &DuplicatePage::sample_typed(language));
    add("duplicate-asked", &DuplicatePage::sample(language));
    add(
        "duplicate-refused",
        &DuplicatePage::sample_refused(language),
    );
    add("desk-settings", &DeskPage::sample(language));
    add("desk-settings-refused", &DeskPage::sample_refused(language));
    add("kept-days", &RetentionPage::sample(language));
    add(
        "kept-days-refused",
        &RetentionPage::sample_refused(language),
    );
    add("gone-asked", &ErasurePage::sample(language));
    add("gone-refused", &ErasurePage::sample_refused(language));
    add("taken-out-form", &RedactionPage::sample(language));
    add(
        "taken-out-refused",
        &RedactionPage::sample_refused(language),
    );
    add("taken-out-asked", &RedactionPage::sample_asked(language));
    add("parted", &SplitPage::sample(language));
    add("parted-refused", &SplitPage::sample_refused(language));
    add("followed", &FollowUpPage::sample(language));
    add("followed-requester", &PortalFollowUpPage::sample(language));
    add("work-of-a-ticket", &TicketTasksPage::sample(language));
    add(
        "work-of-a-ticket-empty",
        &TicketTasksPage::sample_empty(language),
    );
    add(
        "work-of-a-ticket-refused",
        &TicketTasksPage::sample_refused(language),
    );
    add("work-of-mine", &MyTasksPage::sample(language));
    add("work-of-mine-empty", &MyTasksPage::sample_empty(language));
    add("work-of-mine-done", &MyTasksPage::sample_done(language));
}

fn administration(language: Language, add: &mut Add<'_>) {
    add("administration-home", &OverviewPage::sample(language));
    add(
        "administration-home-calm",
        &OverviewPage::sample_calm(language),
    );
    add("administration-inspector", &InspectorPage::sample(language));
    for (name, page) in InspectorPage::samples(language) {
        add(&format!("administration-inspector-of-{name}"), &page);
    }
    add("administration-journal", &JournalPage::sample(language));
    for (name, page) in JournalPage::samples(language) {
        add(&format!("administration-journal-{name}"), &page);
    }
    add("administration-scopes", &ScopesPage::sample(language));
    add(
        "administration-scopes-nobody",
        &ScopesPage::sample_nobody(language),
    );
    for (name, page) in ScopePage::samples(language) {
        add(&format!("administration-scope-{name}"), &page);
    }
    add("administration-serving", &ServingPage::sample(language));
    add(
        "administration-serving-refused",
        &ServingPage::sample_refused(language),
    );
    add(
        "administration-serving-empty",
        &ServingPage::sample_empty(language),
    );
    add(
        "administration-department-journal",
        &DepartmentJournalPage::sample(language),
    );
    add(
        "administration-department-journal-empty",
        &DepartmentJournalPage::sample_empty(language),
    );
    add(
        "administration-department-access",
        &DepartmentAccessPage::sample(language),
    );
    add(
        "administration-department-access-refused",
        &DepartmentAccessPage::sample_refused(language),
    );
    add("administration-mentors", &MentoringPage::sample(language));
    add(
        "administration-mentors-refused",
        &MentoringPage::sample_refused(language),
    );
    add(
        "administration-mentors-empty",
        &MentoringPage::sample_empty(language),
    );
    add("administration-copied", &CopiedPage::sample(language));
    add(
        "administration-copied-refused",
        &CopiedPage::sample_refused(language),
    );
    add("administration-invitees", &InviteesPage::sample(language));
    add(
        "administration-invitees-refused",
        &InviteesPage::sample_refused(language),
    );
    add(
        "administration-confidence",
        &ConfidencePage::sample(language),
    );
    add(
        "administration-confidence-refused",
        &ConfidencePage::sample_refused(language),
    );
    add("administration-guide-1", &NeedsPage::sample(language));
    add(
        "administration-guide-1-refused",
        &NeedsPage::sample_refused(language),
    );
    add("administration-guide-2", &AccessPage::sample(language));
    add(
        "administration-guide-2-refused",
        &AccessPage::sample_refused(language),
    );
    add("administration-guide-3", &GuideRoles::sample(language));
    add(
        "administration-guide-3-refused",
        &GuideRoles::sample_refused(language),
    );
    add("administration-guide-4", &PlacesPage::sample(language));
    add(
        "administration-guide-4-refused",
        &PlacesPage::sample_refused(language),
    );
    add(
        "administration-guide-4-empty",
        &PlacesPage::sample_empty(language),
    );
    add("administration-guide-5", &ReviewPage::sample(language));
    add(
        "administration-guide-5-refused",
        &ReviewPage::sample_refused(language),
    );
    add("administration-activity", &ActivityPage::sample(language));
    add(
        "administration-activity-own",
        &ActivityPage::sample_own(language),
    );
    add(
        "administration-activity-days",
        &ActivityPage::sample_days(language),
    );
    add(
        "administration-activity-empty",
        &ActivityPage::sample_empty(language),
    );
    add(
        "administration-activity-shut",
        &ActivityPage::sample_shut(language),
    );
    add("administration-offering", &OfferingPage::sample(language));
    add(
        "administration-offering-refused",
        &OfferingPage::sample_refused(language),
    );
    add(
        "administration-offering-changed",
        &OfferingPage::sample_changed(language),
    );
    add("administration-sharing", &SharingPage::sample(language));
    add(
        "administration-sharing-refused",
        &SharingPage::sample_refused(language),
    );
    add(
        "administration-sharing-keeper",
        &SharingPage::sample_keeper(language),
    );
    add(
        "administration-sharing-keeper-untagged",
        &SharingPage::sample_keeper_untagged(language),
    );
    add("administration-giving", &GivingPage::sample(language));
    add(
        "administration-giving-refused",
        &GivingPage::sample_refused(language),
    );
    add("administration-waiting", &WaitingPage::sample(language));
    mail::all(language, add);
    add(
        "administration-waiting-refused",
        &WaitingPage::sample_refused(language),
    );
    add("administration-redirects", &RedirectsPage::sample(language));
    add(
        "administration-redirects-refused",
        &RedirectsPage::sample_refused(language),
    );
    add(
        "administration-department-list",
        &DepartmentsPage::sample(language),
    );
    add(
        "administration-department-list-refused",
        &DepartmentsPage::sample_refused(language),
    );
    add(
        "administration-department-page",
        &DepartmentPage::sample(language),
    );
    add(
        "administration-department-page-refused",
        &DepartmentPage::sample_refused(language),
    );
    add(
        "administration-template-page",
        &TemplatePage::sample(language),
    );
    add(
        "administration-template-page-refused",
        &TemplatePage::sample_refused(language),
    );
    add(
        "administration-department-page-empty",
        &DepartmentPage::sample_empty(language),
    );
    add("administration-people-list", &PeoplePage::sample(language));
    add(
        "administration-people-list-none",
        &PeoplePage::sample_empty(language),
    );
    add(
        "administration-person-new",
        &NewPersonPage::sample(language),
    );
    add("administration-person-page", &PersonPage::sample(language));
    add(
        "administration-person-page-refused",
        &PersonPage::sample_refused(language),
    );
    add("administration-roles", &RolesPage::sample(language));
    add(
        "administration-roles-refused",
        &RolesPage::sample_refused(language),
    );
    add("administration-role", &RolePage::sample(language));
    add(
        "administration-role-fixed",
        &RolePage::sample_fixed(language),
    );
    add(
        "administration-role-refused",
        &RolePage::sample_refused(language),
    );
    add(
        "administration-role-above",
        &RolePage::sample_above(language),
    );
    add("administration-teams", &TeamsPage::sample(language));
    add(
        "administration-teams-refused",
        &TeamsPage::sample_refused(language),
    );
    add("administration-team", &TeamPage::sample(language));
    add(
        "administration-team-refused",
        &TeamPage::sample_refused(language),
    );
    add(
        "administration-team-leaving",
        &TeamPage::sample_leaving(language),
    );
    add("administration-addresses", &ChannelsPage::sample(language));
    add(
        "administration-addresses-refused",
        &ChannelsPage::sample_refused(language),
    );
    add("administration-mailboxes", &MailboxesPage::sample(language));
    add(
        "administration-mailbox-going",
        &MailboxGoingPage::sample(language),
    );
    add(
        "administration-mailboxes-refused",
        &MailboxesPage::sample_refused(language),
    );
    add("administration-filters", &FiltersPage::sample(language));
    add(
        "administration-filters-refused",
        &FiltersPage::sample_refused(language),
    );
    add("administration-mail-page", &MailPage::sample(language));
    add(
        "administration-mail-page-none",
        &MailPage::sample_empty(language),
    );
    add(
        "administration-dev-mail-list",
        &DevMailsPage::sample(language),
    );
    add(
        "administration-dev-mail-list-none",
        &DevMailsPage::sample_empty(language),
    );
    add(
        "administration-dev-mail-page",
        &DevMailPage::sample(language),
    );
}
