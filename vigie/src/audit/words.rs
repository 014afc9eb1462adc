//! What can be noted, and of what: the words that are stored, and the keys under which they are said.

use kit::stored_words;

stored_words! {
    /// A deed that is noted.
    pub enum Deed {
        /// Somebody was added.
        PersonAdded = "person_added",
        /// Particulars, role, scope or access of somebody changed.
        PersonChanged = "person_changed",
        /// A link to choose a password was mailed.
        PasswordLinkSent = "password_link_sent",
        /// A password was chosen.
        PasswordChosen = "password_chosen",
        /// Somebody's sessions were ended.
        SessionsEnded = "sessions_ended",
        /// Somebody's second factor and passkeys were taken away.
        SecondFactorRemoved = "second_factor_removed",
        /// Somebody began to give a code beside their password.
        SecondFactorSet = "second_factor_set",
        /// New codes on paper.
        CodesRenewed = "codes_renewed",
        /// A passkey was added.
        PasskeyAdded = "passkey_added",
        /// A passkey was taken away.
        PasskeyRemoved = "passkey_removed",
        /// A token for programs was made.
        TokenMade = "token_made",
        /// A token was revoked.
        TokenRevoked = "token_revoked",
        /// A link that makes whoever opens it an owner was made.
        OwnerLinkMade = "owner_link_made",
        /// A department was made.
        DepartmentAdded = "department_added",
        /// Its properties changed.
        DepartmentChanged = "department_changed",
        /// A category was added.
        CategoryAdded = "category_added",
        /// A category changed.
        CategoryChanged = "category_changed",
        /// Somebody was let into a department.
        MemberAdded = "member_added",
        /// What a member may do there changed.
        MemberChanged = "member_changed",
        /// A member left it.
        MemberRemoved = "member_removed",
        /// Who serves its categories changed.
        ServingChanged = "serving_changed",
        /// Somebody is let in to each ticket to come.
        PermanentInviteeAdded = "permanent_invitee_added",
        /// Somebody no longer is.
        PermanentInviteeRemoved = "permanent_invitee_removed",
        /// Who the mentors of an agent are changed.
        MentorsChanged = "mentors_changed",
        /// The form of new tickets in a category changed.
        TemplateChanged = "template_changed",
        /// What is confidential in a department changed, or who is let in.
        ConfidenceChanged = "confidence_changed",
        /// With which departments another shares its tickets changed.
        SharingChanged = "sharing_changed",
        /// To whom a department is offered changed.
        OfferingChanged = "offering_changed",
        /// How free tickets are given out changed.
        GivingChanged = "giving_changed",
        /// How long closures and questions wait changed.
        WaitingChanged = "waiting_changed",
        /// Who in copy of a mail is invited changed.
        CopiedChanged = "copied_changed",
        /// Which mailbox is told of a department's tickets changed.
        MonitoringMailboxChanged = "monitoring_mailbox_changed",
        /// A channel was made.
        ChannelAdded = "channel_added",
        /// A channel changed.
        ChannelChanged = "channel_changed",
        /// What administrators say in a kind of mail changed.
        MailTextChanged = "mail_text_changed",
        /// What a department writes under its mails changed.
        SignatureChanged = "signature_changed",
        /// Mails are sent again to an address that took none.
        SuppressionLifted = "suppression_lifted",
        /// A mailbox to be fetched was added.
        MailboxAdded = "mailbox_added",
        /// A mailbox changed.
        MailboxChanged = "mailbox_changed",
        /// Somebody allowed at its provider that a mailbox is read.
        MailboxConnected = "mailbox_connected",
        /// A mailbox is fetched no longer.
        MailboxRemoved = "mailbox_removed",
        /// A filter rule was made.
        FilterAdded = "filter_added",
        /// A filter rule changed, or its place.
        FilterChanged = "filter_changed",
        /// A filter rule was thrown away.
        FilterRemoved = "filter_removed",
        /// A letter was let in from quarantine.
        LetterLetIn = "letter_let_in",
        /// An article was published, or is for others now.
        ArticlePublished = "article_published",
        /// An article was taken back from its readers.
        ArticleWithdrawn = "article_withdrawn",
        /// An article was thrown away.
        ArticleRemoved = "article_removed",
        /// An administrator began to look with somebody's eyes.
        EyesOpened = "eyes_opened",
        /// They ended it.
        EyesClosed = "eyes_closed",
        /// A role was made.
        RoleAdded = "role_added",
        /// What a role grants changed, or its name.
        RoleChanged = "role_changed",
        /// A role was thrown away.
        RoleRemoved = "role_removed",
        /// A team was made.
        TeamAdded = "team_added",
        /// A team was renamed.
        TeamChanged = "team_changed",
        /// A team was dissolved.
        TeamRemoved = "team_removed",
        /// An agent was taken into a team.
        TeamMemberAdded = "team_member_added",
        /// Somebody was taken out of a team.
        TeamMemberRemoved = "team_member_removed",
        /// What a team gives in a department changed.
        TeamLevelChanged = "team_level_changed",
        /// Somebody looked at how far an agent sees, and nothing was to change.
        ScopeReviewed = "scope_reviewed",
        /// After how many days that is due changed.
        ReviewDaysChanged = "review_days_changed",
        /// A list of tickets was taken away as a file.
        TicketsExported = "tickets_exported",
        /// Something was taken out of a message of a ticket for good.
        WordsRemoved = "words_removed",
        /// What the desk keeps of somebody was taken away as a file.
        PersonExported = "person_exported",
        /// Many people were added at once.
        PeopleImported = "people_imported",
        /// Another record of somebody was merged into theirs.
        PersonMerged = "person_merged",
        /// A further address of somebody was taken away.
        AddressRemoved = "address_removed",
        /// Somebody was erased.
        PersonErased = "person_erased",
        /// After how many days what goes changed.
        RetentionChanged = "retention_changed",
        /// The clock took away what was kept for long enough.
        RetentionDone = "retention_done",
        /// The journal was taken away as a file.
        JournalExported = "journal_exported",
        /// Somebody came in.
        SignedIn = "signed_in",
        /// Somebody tried to come in, and did not; told together, for an hour.
        SignInFailed = "sign_in_failed",
        /// Somebody's password was right, or their mailed code, and the second factor did not follow.
        SignInUnfinished = "sign_in_unfinished",
        /// Requests of somebody signed in were refused; told together, for an hour.
        RequestsRefused = "requests_refused",
        /// Somebody read a ticket that only their rank shows them.
        ReadByRank = "read_by_rank",
        /// Somebody changed such a ticket.
        ChangedByRank = "changed_by_rank",
        /// Whether such reads are noted was changed.
        NotingChanged = "noting_changed",
        /// Somebody said that they know of their new rights.
        RightsAcknowledged = "rights_acknowledged",
        /// What the desk says of itself changed: its name, the scope of new agents.
        DeskChanged = "desk_changed",
        /// A step of the set-up was saved.
        GuideStepped = "guide_stepped",
        /// The set-up is offered no longer.
        GuidePutAway = "guide_put_away",
        /// How far back anybody looks at what agents do changed.
        ActivityDaysChanged = "activity_days_changed",
        /// What agents do was taken away as a file.
        ActivityExported = "activity_exported",
    }
}

impl Deed {
    /// Key of the sentence that says it.
    pub const fn key(self) -> &'static str {
        match self {
            Deed::PersonAdded => "audit-person-added",
            Deed::PersonChanged => "audit-person-changed",
            Deed::PasswordLinkSent => "audit-password-link-sent",
            Deed::PasswordChosen => "audit-password-chosen",
            Deed::SessionsEnded => "audit-sessions-ended",
            Deed::SecondFactorRemoved => "audit-second-factor-removed",
            Deed::SecondFactorSet => "audit-second-factor-set",
            Deed::CodesRenewed => "audit-codes-renewed",
            Deed::PasskeyAdded => "audit-passkey-added",
            Deed::PasskeyRemoved => "audit-passkey-removed",
            Deed::TokenMade => "audit-token-made",
            Deed::TokenRevoked => "audit-token-revoked",
            Deed::OwnerLinkMade => "audit-owner-link-made",
            Deed::DepartmentAdded => "audit-department-added",
            Deed::DepartmentChanged => "audit-department-changed",
            Deed::CategoryAdded => "audit-category-added",
            Deed::CategoryChanged => "audit-category-changed",
            Deed::MemberAdded => "audit-member-added",
            Deed::MemberChanged => "audit-member-changed",
            Deed::MemberRemoved => "audit-member-removed",
            Deed::ServingChanged => "audit-serving-changed",
            Deed::PermanentInviteeAdded => "audit-permanent-invitee-added",
            Deed::PermanentInviteeRemoved => "audit-permanent-invitee-removed",
            Deed::MentorsChanged => "audit-mentors-changed",
            Deed::TemplateChanged => "audit-template-changed",
            Deed::ConfidenceChanged => "audit-confidence-changed",
            Deed::SharingChanged => "audit-sharing-changed",
            Deed::OfferingChanged => "audit-offering-changed",
            Deed::GivingChanged => "audit-giving-changed",
            Deed::WaitingChanged => "audit-waiting-changed",
            Deed::CopiedChanged => "audit-copied-changed",
            Deed::MonitoringMailboxChanged => "audit-monitoring-mailbox-changed",
            Deed::ChannelAdded => "audit-channel-added",
            Deed::ChannelChanged => "audit-channel-changed",
            Deed::MailTextChanged => "audit-mail-text-changed",
            Deed::SignatureChanged => "audit-signature-changed",
            Deed::SuppressionLifted => "audit-suppression-lifted",
            Deed::MailboxAdded => "audit-mailbox-added",
            Deed::MailboxChanged => "audit-mailbox-changed",
            Deed::MailboxConnected => "audit-mailbox-connected",
            Deed::MailboxRemoved => "audit-mailbox-removed",
            Deed::FilterAdded => "audit-filter-added",
            Deed::FilterChanged => "audit-filter-changed",
            Deed::FilterRemoved => "audit-filter-removed",
            Deed::LetterLetIn => "audit-letter-let-in",
            Deed::ArticlePublished => "audit-article-published",
            Deed::ArticleWithdrawn => "audit-article-withdrawn",
            Deed::ArticleRemoved => "audit-article-removed",
            Deed::EyesOpened => "audit-eyes-opened",
            Deed::EyesClosed => "audit-eyes-closed",
            Deed::RoleAdded => "audit-role-added",
            Deed::RoleChanged => "audit-role-changed",
            Deed::RoleRemoved => "audit-role-removed",
            Deed::TeamAdded => "audit-team-added",
            Deed::TeamChanged => "audit-team-changed",
            Deed::TeamRemoved => "audit-team-removed",
            Deed::TeamMemberAdded => "audit-team-member-added",
            Deed::TeamMemberRemoved => "audit-team-member-removed",
            Deed::TeamLevelChanged => "audit-team-level-changed",
            Deed::ScopeReviewed => "audit-scope-reviewed",
            Deed::ReviewDaysChanged => "audit-review-days-changed",
            Deed::TicketsExported => "audit-tickets-exported",
            Deed::WordsRemoved => "audit-words-removed",
            Deed::PersonExported => "audit-person-exported",
            Deed::PeopleImported => "audit-people-imported",
            Deed::PersonMerged => "audit-person-merged",
            Deed::AddressRemoved => "audit-address-removed",
            Deed::PersonErased => "audit-person-erased",
            Deed::RetentionChanged => "audit-retention-changed",
            Deed::RetentionDone => "audit-retention-done",
            Deed::JournalExported => "audit-journal-exported",
            Deed::SignedIn => "audit-signed-in",
            Deed::SignInFailed => "audit-sign-in-failed",
            Deed::SignInUnfinished => "audit-sign-in-unfinished",
            Deed::RequestsRefused => "audit-requests-refused",
            Deed::ReadByRank => "audit-read-by-rank",
            Deed::ChangedByRank => "audit-changed-by-rank",
            Deed::NotingChanged => "audit-noting-changed",
            Deed::RightsAcknowledged => "audit-rights-acknowledged",
            Deed::DeskChanged => "audit-desk-changed",
            Deed::GuideStepped => "audit-guide-stepped",
            Deed::GuidePutAway => "audit-guide-put-away",
            Deed::ActivityDaysChanged => "audit-activity-days-changed",
            Deed::ActivityExported => "audit-activity-exported",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Deed;
    use crate::policy::journal::OF_DEPARTMENTS;

    #[test]
    fn the_deeds_that_managers_are_told_of_are_deeds() {
        assert!(OF_DEPARTMENTS.iter().all(|word| Deed::of(word).is_some()));
    }
}

stored_words! {
    /// What of something changed.
    pub enum Field {
        /// Its name.
        Name = "name",
        /// An address.
        Email = "email",
        /// Name to sign in with.
        Login = "login",
        /// Language somebody reads.
        Language = "language",
        /// Where somebody works.
        Site = "site",
        /// A role.
        Role = "role",
        /// A scope.
        Scope = "scope",
        /// Whom somebody works for.
        Organization = "organization",
        /// The organisations that an agent serves alone.
        ServedOrganizations = "served_organizations",
        /// The sites that an agent serves alone.
        ServedSites = "served_sites",
        /// What a role grants.
        Permissions = "permissions",
        /// Whether somebody may open the portal.
        Portal = "portal",
        /// Whether somebody is shut out.
        Disabled = "disabled",
        /// Whether it takes tickets or letters.
        Active = "active",
        /// Whether a department does not name its agents.
        Anonymous = "anonymous",
        /// A category.
        Category = "category",
        /// The category above.
        Parent = "parent",
        /// The category that a virtual department or category leads to.
        LeadsTo = "leads_to",
        /// A level in a department.
        Level = "level",
        /// Privileges in a department.
        Privileges = "privileges",
        /// What a membership holds for.
        Services = "services",
        /// Whether something is given to a member.
        Available = "available",
        /// How large a share.
        Rate = "rate",
        /// A text, as it was written.
        Text = "text",
        /// Days before a closure expires; 0 is never.
        Expire = "expire_days",
        /// Days in which a requester may open a ticket again; 0 is always.
        Reopen = "reopen_days",
        /// What a mail says happened.
        MailLead = "mail_lead",
        /// What a mail says comes next.
        MailNext = "mail_next",
        /// What stands under a department's mails.
        Signature = "signature",
        /// Who in copy of a mail is invited.
        Copied = "copied",
        /// Which mailbox is told, and how much.
        MonitoringMailbox = "monitoring_mailbox",
        /// A rule by which free tickets are given out.
        Giving = "giving",
        /// A subject.
        Subject = "subject",
        /// A priority, 1 to 5.
        Priority = "priority",
        /// For whom an article is.
        Audience = "audience",
        /// Who may look at a ticket.
        Visibility = "visibility",
        /// Mentors, by name.
        Mentors = "mentors",
        /// Several people, by name.
        People = "people",
        /// Whether a category is confidential.
        Confidential = "confidential",
        /// Whether mails of a category say nothing of what was written.
        MailedBare = "mailed_bare",
        /// Who is let into a confidence, each with their level.
        Confidants = "confidants",
        /// The tag by which departments share their tickets.
        SharingTag = "sharing_tag",
        /// To whom a department is offered.
        OfferedTo = "offered_to",
        /// The organisations whose people are.
        OfferedOrganizations = "offered_organizations",
        /// The sites whose people are.
        OfferedSites = "offered_sites",
        /// The mail domains whose people are.
        OfferedDomains = "offered_domains",
        /// After how many days; 0 is never.
        Days = "days",
        /// How many.
        Count = "count",
        /// By which way somebody comes in.
        Means = "means",
        /// A network address.
        Address = "address",
        /// Method and pattern of the address that was asked.
        Request = "request",
        /// What it was answered.
        Answer = "answer",
        /// The hour that is told of: its beginning.
        Hour = "hour",
        /// Whether reads by rank are noted.
        Noting = "noting",
        /// Letters as they came.
        KeptLetters = "kept_letters",
        /// What mails said.
        KeptMails = "kept_mails",
        /// Files on tickets.
        KeptFiles = "kept_files",
        /// Archived tickets as a whole.
        KeptTickets = "kept_tickets",
        /// From which number to which.
        Numbers = "numbers",
        /// What became of what, in the journal.
        KeptJournal = "kept_journal",
        /// A step of the set-up.
        Step = "step",
        /// A mail server, and what protects the way there.
        Server = "server",
        /// A folder of a mailbox.
        Folder = "folder",
        /// What becomes of the originals of letters.
        Afterwards = "afterwards",
        /// The folder they are moved to.
        MoveTo = "move_to",
        /// The mail servers whose findings about senders are believed.
        TrustedReceivers = "trusted_receivers",
        /// Whether a password was replaced.
        NewPassword = "new_password",
        /// How a mailbox signs in.
        SignIn = "sign_in",
        /// The tenant of Microsoft 365.
        Tenant = "tenant",
        /// The name of an application at a provider.
        ClientId = "client_id",
        /// Where somebody allows it.
        AuthorizeUrl = "authorize_url",
        /// Where tokens are given out.
        TokenUrl = "token_url",
        /// What the tokens are for.
        TokenScope = "token_scope",
        /// Whether the secret of an application was replaced.
        NewClientSecret = "new_client_secret",
        /// Whether a refresh token was replaced.
        NewRefreshToken = "new_refresh_token",
        /// Which letters a filter rule is about.
        FilterSource = "filter_source",
        /// Who wrote them.
        FilterSenders = "filter_senders",
        /// Which header they have.
        FilterHeader = "filter_header",
        /// What they say.
        FilterWords = "filter_words",
        /// How large they are.
        FilterSize = "filter_size",
        /// Whether a file came with them.
        FilterFile = "filter_file",
        /// What becomes of them.
        FilterOutcome = "filter_outcome",
        /// What is put on their tickets.
        FilterTags = "filter_tags",
        /// Where a filter rule stands among the others.
        FilterPosition = "filter_position",
        /// The name of a filter rule.
        FilterRule = "filter_rule",
        /// Whether the portal shows assets.
        PortalAssets = "portal_assets",
    }
}

impl Field {
    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Field::Name => "admin-name",
            Field::Email => "admin-email",
            Field::Login => "admin-login",
            Field::Language => "admin-language",
            Field::Organization => "people-organization",
            Field::Site => "admin-site",
            Field::Role => "admin-role",
            Field::Scope => "inspector-scope",
            Field::ServedOrganizations => "scopes-organizations",
            Field::ServedSites => "scopes-sites",
            Field::Permissions => "roles-permissions",
            Field::Portal => "admin-portal",
            Field::PortalAssets => "admin-settings-portal-assets",
            Field::Disabled => "admin-disabled",
            Field::Active => "admin-active",
            Field::Anonymous => "admin-anonymous",
            Field::Category => "audit-category",
            Field::Parent => "audit-parent",
            Field::LeadsTo => "redirects-leads-to",
            Field::Level => "admin-level",
            Field::Privileges => "admin-privileges",
            Field::Services => "admin-services",
            Field::Available => "audit-available",
            Field::Rate => "audit-rate",
            Field::Text => "audit-text",
            Field::Mentors => "mentoring-open",
            Field::People => "audit-people",
            Field::Expire => "audit-expire",
            Field::Reopen => "audit-reopen",
            Field::MailLead => "audit-mail-lead",
            Field::MailNext => "audit-mail-next",
            Field::Signature => "audit-signature",
            Field::Copied => "copied-people",
            Field::MonitoringMailbox => "audit-monitoring-mailbox",
            Field::Giving => "giving-rule",
            Field::Subject => "audit-subject",
            Field::Priority => "audit-priority",
            Field::Audience => "knowledge-audience",
            Field::Visibility => "audit-visibility",
            Field::Confidential => "confidence-confidential",
            Field::MailedBare => "confidence-bare",
            Field::Confidants => "confidence-confidants",
            Field::SharingTag => "sharing-tag",
            Field::OfferedTo => "offering-whom",
            Field::OfferedOrganizations => "scopes-organizations",
            Field::OfferedSites => "scopes-sites",
            Field::OfferedDomains => "offering-domains",
            Field::Days => "audit-days",
            Field::Count => "audit-count",
            Field::Means => "audit-means",
            Field::Address => "audit-address",
            Field::Request => "audit-request",
            Field::Answer => "audit-answer",
            Field::Hour => "audit-hour",
            Field::Noting => "audit-noting",
            Field::KeptLetters => "retention-letters",
            Field::KeptMails => "retention-mails",
            Field::KeptFiles => "retention-files",
            Field::KeptTickets => "retention-tickets",
            Field::Numbers => "audit-numbers",
            Field::KeptJournal => "retention-journal",
            Field::Step => "audit-step",
            Field::Server => "mailboxes-host",
            Field::Folder => "mailboxes-folder",
            Field::Afterwards => "mailboxes-afterwards",
            Field::MoveTo => "mailboxes-move-to",
            Field::TrustedReceivers => "mailboxes-trusted",
            Field::NewPassword => "audit-new-password",
            Field::SignIn => "mailboxes-sign-in",
            Field::Tenant => "mailboxes-tenant",
            Field::ClientId => "mailboxes-client-id",
            Field::AuthorizeUrl => "mailboxes-authorize-url",
            Field::TokenUrl => "mailboxes-token-url",
            Field::TokenScope => "mailboxes-token-scope",
            Field::NewClientSecret => "audit-new-client-secret",
            Field::NewRefreshToken => "audit-new-refresh-token",
            Field::FilterSource => "filters-source",
            Field::FilterSenders => "filters-senders",
            Field::FilterHeader => "filters-header-name",
            Field::FilterWords => "filters-words",
            Field::FilterSize => "filters-size-over",
            Field::FilterFile => "filters-needs-file",
            Field::FilterOutcome => "filters-outcome",
            Field::FilterTags => "filters-tags",
            Field::FilterPosition => "filters-position",
            Field::FilterRule => "filters-rule",
        }
    }
}
