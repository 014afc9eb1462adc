//! Pages about what is mailed, with made-up data.

use crate::admin::monitoring_mailbox::MonitoringMailboxPage;
use crate::admin::outbox::{OutboxPage, SuppressedPage};
use crate::admin::signature::SignaturePage;
use crate::admin::wording::{MailTextPage, MailTextsPage};
use words::language::Language;

use super::Add;

pub(super) fn all(language: Language, add: &mut Add<'_>) {
    add("administration-texts", &MailTextsPage::sample(language));
    add("administration-text", &MailTextPage::sample(language));
    add(
        "administration-text-refused",
        &MailTextPage::sample_refused(language),
    );
    add("administration-signature", &SignaturePage::sample(language));
    add(
        "administration-signature-refused",
        &SignaturePage::sample_refused(language),
    );
    add("administration-outbox", &OutboxPage::sample(language));
    add(
        "administration-outbox-empty",
        &OutboxPage::sample_empty(language),
    );
    add(
        "administration-suppressed",
        &SuppressedPage::sample(language),
    );
    add(
        "administration-suppressed-empty",
        &SuppressedPage::sample_empty(language),
    );
    add(
        "administration-monitoring-mailbox",
        &MonitoringMailboxPage::sample(language),
    );
    add(
        "administration-monitoring-mailbox-refused",
        &MonitoringMailboxPage::sample_refused(language),
    );
}
