//! What a mail is for, as it stands in the outbox.

use kit::stored_words;

stored_words! {
    /// What a mail is for.
    pub enum Purpose {
        /// We have your request.
        Acknowledgement = "acknowledgement",
        /// Your mail was too large.
        TooLarge = "too_large",
        /// Something happened.
        Event = "event",
        /// Do you agree that it is solved?
        ApprovalRequest = "approval_request",
        /// You were let in.
        Invitation = "invitation",
        /// You were called by name.
        Mention = "mention",
        /// Choose a password.
        PasswordLink = "password_link",
        /// Come in with this code.
        SignInCode = "sign_in_code",
        /// Something happened, to a mailbox that a department has told.
        MonitoringMailbox = "monitoring_mailbox",
        /// What is free or in progress, at the hours one chose.
        DailyReport = "daily_report",
    }
}
