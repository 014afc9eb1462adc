# Administration: departments, people, mail.

admin-menu = Administration menu
admin-overview = Overview
admin-departments = Departments
admin-people = People
admin-mail = Mail
admin-dev-mail = Demonstration mail
admin-dev-mail-hint = The messages that would have left. Nothing leaves this machine.
admin-overview-departments = { $count ->
    [one] { $count } active department
   *[other] { $count } active departments
}
admin-overview-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
admin-overview-agents = { $count ->
    [one] of whom { $count } agent
   *[other] of whom { $count } agents
}
admin-overview-held = { $count ->
    [one] { $count } received message to look at
   *[other] { $count } received messages to look at
}
admin-overview-waiting = { $count ->
    [0] Nothing waits to leave
    [one] { $count } message waits to leave
   *[other] { $count } messages wait to leave
}
admin-overview-failed = { $count ->
    [one] { $count } message given up
   *[other] { $count } messages given up
}

admin-conflict = { $name } saved in the meantime
admin-conflict-hint = Nothing was overwritten. Your values are still below: check them, then save again.
admin-name = Name
admin-state = Status
admin-active = Active
admin-inactive = Inactive
admin-create = Create
admin-add = Add
admin-edit = Edit

admin-department = Department
admin-departments-empty = No department
admin-departments-empty-hint = A department takes tickets in its categories; create the first one below.
admin-department-create = New department
admin-department-active = Takes tickets
admin-anonymous = Anonymous department
admin-anonymous-hint = Requesters, invited people and whoever else looks from outside read the department’s name in place of its agents’: in messages, history, mails and lists. Whoever works on its tickets reads names. What agents write themselves is not changed. Tickets that are sent on stay so; without the tick all names show, those of the past, too.
admin-properties = Properties
admin-default-category = Default category
admin-default-category-hint = The one of tickets sent to the department without more detail.
admin-categories = Categories
admin-categories-empty = No category: the department cannot take tickets yet.
admin-category-add = Add a category
admin-category-active = Takes tickets
admin-parent = Under
admin-parent-none = Top level
admin-default = Default
admin-members = Members
admin-members-empty = Nobody runs this department yet.
admin-member-add = Add a member
admin-member-person = E-mail or login
admin-member-remove = Remove from department
admin-level = Level
admin-level-view = Views
admin-level-edit = Handles
admin-level-assigned = Assigned only
admin-level-none = Nothing
admin-services = Covers
admin-services-hint = Without “Tickets”, the membership shows no tickets and nobody assigns one there. Chats and calls are kept, and have no effect yet.
admin-service-tickets = Tickets
admin-service-chats = Chats
admin-service-calls = Calls
admin-privileges = Privileges
admin-privilege-count = { $count ->
    [0] no privilege
    [one] { $count } privilege
   *[other] { $count } privileges
}
admin-privilege-manage-properties = change the department’s properties
admin-privilege-manage-managers = manage members
admin-privilege-manage-categories = manage categories
admin-privilege-manage-faq = manage FAQs
admin-privilege-take-free-ticket = take a free ticket
admin-privilege-take-assigned-ticket = take another agent’s ticket
admin-privilege-assign-ticket = assign to another agent
admin-privilege-transfer-ticket = transfer to another department
admin-privilege-refuse-ticket = refuse a ticket
admin-privilege-reopen-any-ticket = reopen any ticket
admin-privilege-set-own-availability = set own availability

admin-person = Person
admin-people-search = Name, e-mail or login
admin-search = Search
admin-search-clear = Show all
admin-people-empty = Nobody matches
admin-people-empty-hint = Try a part of the name or of the address.
admin-full-name = Full name
admin-email = E-mail
admin-login = Login
admin-site = Site
admin-language = Language
admin-language-name = English
admin-role = Role
admin-role-none = None
admin-role-viewer = Viewer
admin-role-agent = Agent
admin-role-admin = Administrator
admin-role-owner = Account owner
admin-role-trainee = Trainee
admin-role-advisor = Advisor
admin-role-none-says = Does not open the agents’ space.
admin-role-viewer-says = Reads the tickets of their scope and the internal notes, and changes nothing.
admin-role-trainee-says = Reads, writes internal notes and keeps tasks; takes, answers and closes nothing.
admin-role-agent-says = Handles the tickets of their scope: takes, answers, assigns, transfers, merges and closes.
admin-role-advisor-says = Sets up departments, channels and what everyone shares; reads the tickets of their scope without handling them.
admin-role-admin-says = Sees and does everything, but for what is kept for account owners.
admin-role-owner-says = Sees and does everything, and chooses account owners.
admin-access = Access
admin-portal = Portal
admin-disabled = Disabled
admin-scope = Scope of an agent
admin-scope-global = Global
admin-scope-global-hint = All tickets, all departments
admin-scope-group = Group
admin-scope-group-hint = The tickets of own departments
admin-scope-restricted = Restricted
admin-scope-restricted-hint = Only the tickets assigned to them
admin-scope-global-served = Global, for whom they serve
admin-scope-group-served = Group, for whom they serve
admin-portal-access = May open the portal
admin-disable = Disable this account
admin-disable-hint = All their sessions close at once; their tickets and their name stay.
admin-sign-in = Sign-in
admin-has-password = A password is chosen.
admin-no-password = No password is chosen.
admin-seen = Last seen:
admin-never-seen = Has never signed in.
admin-send-link = Send a password link
admin-no-membership = Runs no department.

admin-mail-no-relay = No outgoing relay: messages wait
admin-mail-no-relay-hint = Set smtp_url and mail_from, then restart. Nothing is lost meanwhile.
admin-held = Received, to look at
admin-held-none = Everything that came in was read.
admin-raw = Raw message
admin-replay = Replay
admin-failed = Given up
admin-failed-none = Nothing was given up.
admin-retry = Retry
admin-waiting = Waiting to leave
admin-waiting-none = Nothing waits.
admin-attempts = { $count ->
    [0] not tried yet
    [one] { $count } attempt
   *[other] { $count } attempts
}
admin-next-try = next try
admin-dev-mail-none = No message
admin-dev-mail-none-hint = Reply to a ticket: the message will show here.
admin-dev-mail-to = To
admin-dev-mail-html = HTML version
admin-dev-mail-text = Text version
admin-dev-mail-headers = Headers
admin-dev-mail-links = Links of the message
admin-dev-mail-links-hint = The frame that shows the message may open nothing; follow its links from here.

admin-somebody = Somebody
admin-first-category = General
admin-person-new = New person

admin-said-saved = Saved.
admin-said-department-created = The department is created, with a first category.
admin-said-category-added = The category is added.
admin-said-member-added = The member is added.
admin-said-member-removed = The member left the department.
admin-said-person-created = The person is created.
admin-said-person-invited = The person is created, and a link to choose a password is on its way to them.
admin-said-link-sent = A link to choose a password is on its way to this person.
admin-available = Available: takes part in what is given out
admin-rate = Share, 0 to 100%
admin-settings = Settings
admin-settings-organisation = Name of the organisation
admin-settings-organisation-hint = On each page, in the portal and in mails.
admin-settings-scope = Agents to come
admin-settings-scope-hint = Agents who are there keep their scope.
admin-settings-portal = Portal
admin-settings-portal-assets = Show people the assets they have been given
admin-settings-portal-assets-hint = Otherwise assets exist neither in the portal nor for programs of requesters.
admin-settings-said = Settings saved.
admin-settings-changed = Somebody has changed these settings meanwhile. Read again before you save.
