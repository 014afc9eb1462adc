# The audit journal: who did what to accounts, rights and settings.

audit-title = Audit journal
audit-hint = What was done to accounts, rights and settings: by whom, when, which way, what it was before and what it became. It is only ever added to; each entry is tied to the one before. It holds no secret.
audit-actor = Done by
audit-about = About
audit-deed = Deed
audit-what = What it is about
audit-when = When
audit-way = Which way
audit-number = No.
audit-changes = Changes
audit-link = Link
audit-from = From
audit-to = To
audit-any-department = All departments
audit-any-deed = All deeds
audit-search = Search
audit-check = Check the chain
audit-whole = { $count ->
    [0] The chain is whole. No entry.
    [one] The chain is whole. One entry.
   *[other] The chain is whole. { $count } entries.
}
audit-newest-link = Link of the newest, to be noted elsewhere and compared later:
audit-broken = The chain is broken at entry { $number }: the journal was changed from outside Vigie.
audit-empty = No entry
audit-empty-hint = Nothing of the kind was done. Widen the search.
audit-nobody = Nobody signed in
audit-nothing = nothing
audit-emptied = The detail was taken out to protect somebody’s privacy.

audit-link-person = What was done about this person
audit-link-department = What was done in it

audit-way-web = Browser
audit-way-api = API
audit-way-command = Command at the machine
audit-way-clock = Due date

audit-category = Category
audit-parent = Category above
audit-available = Available
audit-rate = Share
audit-text = Text
audit-days = Days
audit-people = People
audit-expire = Days before a closure expires
audit-reopen = Days in which a ticket may be reopened
audit-subject = Subject
audit-priority = Priority
audit-visibility = Visibility
audit-count = Count

audit-person-added = Person added
audit-person-changed = Person changed
audit-password-link-sent = Password link sent
audit-password-chosen = Password chosen
audit-sessions-ended = Sessions ended
audit-second-factor-removed = Second factor removed
audit-second-factor-set = Second factor set up
audit-codes-renewed = Recovery codes renewed
audit-passkey-added = Passkey added
audit-passkey-removed = Passkey removed
audit-token-made = API token made
audit-token-revoked = API token revoked
audit-owner-link-made = Owner link made
audit-department-added = Department created
audit-department-changed = Department changed
audit-category-added = Category added
audit-category-changed = Category changed
audit-member-added = Member added
audit-member-changed = Member changed
audit-member-removed = Member removed
audit-serving-changed = Serving of a category changed
audit-confidence-changed = Confidentiality of a category changed
audit-permanent-invitee-added = Permanent invitee added
audit-permanent-invitee-removed = Permanent invitee removed
audit-template-changed = Ticket template changed
audit-giving-changed = Giving out of free tickets changed
audit-waiting-changed = Waiting times changed
audit-channel-added = Mail channel created
audit-channel-changed = Mail channel changed
audit-eyes-opened = Looking with somebody’s eyes, begun
audit-eyes-closed = Looking with somebody’s eyes, ended
audit-scope-reviewed = Scope reviewed, nothing to change
audit-review-days-changed = Days until a scope is due for review changed
audit-tickets-exported = Tickets exported
audit-journal-exported = Journal exported
audit-words-removed = Part of a message removed
audit-person-exported = Personal data exported
audit-person-erased = Person erased
audit-role-added = Role cloned
audit-role-changed = Role changed
audit-role-removed = Role deleted
audit-team-added = Team made
audit-team-changed = Team renamed
audit-team-removed = Team dissolved
audit-team-member-added = Member added to a team
audit-team-member-removed = Member taken out of a team
audit-team-level-changed = Level of a team in a department changed
