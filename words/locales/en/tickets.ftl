# Tickets: lists, the ticket page, the new ticket form.

tickets-number = No.
tickets-subject = Subject
tickets-state = Status
tickets-requester = Requester
tickets-department = Department
tickets-category = Category
tickets-department-category = Department › category
tickets-assignee = Assignee
tickets-activity = Activity
tickets-priority = Priority
tickets-last-activity = Last activity
tickets-opened = Opened
tickets-origin = Origin
tickets-comments = Messages

tickets-view-open = To do
tickets-view-unassigned = Unassigned
tickets-view-mine = My tickets
tickets-view-awaiting-approval = Closures to approve
tickets-view-all = All tickets

tickets-state-free = Free
tickets-state-in-progress = In progress
tickets-state-incomplete = Incomplete
tickets-state-postponed = Postponed
tickets-state-closed = To approve
tickets-state-approved = Approved
tickets-state-expired = Expired
tickets-state-refused = Refused
tickets-state-cancelled = Cancelled
tickets-state-archived = Archived

tickets-priority-urgent = Urgent
tickets-priority-high = High
tickets-priority-normal = Normal
tickets-priority-low = Low
tickets-priority-very-low = Very low

tickets-last-you = Last update: you
tickets-last-agent = Last update: another agent
tickets-last-requester = Last update: the requester
tickets-last-system = Last update: Vigie

tickets-origin-portal = Portal
tickets-origin-mail = E-mail
tickets-origin-phone = Phone
tickets-origin-desk = Front desk
tickets-origin-api = API

tickets-sorted-number = sorted by number
tickets-sorted-priority = sorted by priority
tickets-sorted-activity = sorted by activity
tickets-sorted-subject = sorted by subject
tickets-sorted-state = sorted by status
tickets-sorted-requester = sorted by requester
tickets-sorted-assignee = sorted by assignee
tickets-sorted-department = sorted by department
tickets-sorted-category = sorted by category
tickets-sorted-closed = sorted by closing
tickets-sorted-origin = sorted by origin
tickets-list-region = Ticket list
tickets-filters = Filters
tickets-pages = List pages
tickets-newer = Previous page
tickets-older = Next page
tickets-new = New ticket
tickets-free = Free
tickets-empty = No ticket here
tickets-empty-filtered = No ticket matches these filters.
tickets-empty-open = Nothing to do in your departments right now.
tickets-clear-filters = Clear filters
tickets-key-move = move
tickets-key-open = open
tickets-key-new = new

tickets-back = Back to the list { $view }
tickets-actions = Ticket actions
tickets-more-actions = More actions
tickets-conversation = Conversation
tickets-properties = Properties
tickets-details = Details
tickets-hide-details = Close details
tickets-opened-portal = Opened { $when } from the portal for
tickets-opened-mail = Opened { $when } by e-mail for
tickets-opened-phone = Opened { $when } by phone for
tickets-opened-desk = Opened { $when } at the front desk for
tickets-opened-api = Opened { $when } through the API for
tickets-filed-by = Filed by { $name }

tickets-thread-filter = Filter the thread
tickets-show-all = All
tickets-show-exchanges = Messages
tickets-show-notes = Internal notes
tickets-show-history = History
tickets-thread-empty = Nothing to show here.
tickets-role-requester = Requester
tickets-role-invitee = Invitee
tickets-public-reply = Public reply
tickets-note-tag = Internal note, hidden from the requester
tickets-via-portal = from the portal
tickets-via-mail = by e-mail
tickets-via-phone = by phone
tickets-via-desk = at the front desk
tickets-via-api = through the API
tickets-forged = This message does not come from the address it names: the mail domain of that address does not speak for it. Ask the person by another way before you act on it.
tickets-as-sent = As it was sent
tickets-as-sent-of = The mail of { $name } as it was sent
tickets-as-sent-pictures = { $pictures ->
    [one] { $pictures } picture of another host. Showing it tells its sender that the mail is read.
   *[other] { $pictures } pictures of other hosts. Showing them tells their sender that the mail is read.
}
tickets-as-sent-show = Show pictures
tickets-as-sent-gone = This mail is not kept any more.
tickets-as-sent-from = From
tickets-as-sent-to = To
tickets-as-sent-cc = Copy
tickets-as-sent-subject = Subject
tickets-quoted = Quoted text
tickets-attachments = Attachments

tickets-take = Take
tickets-take-hint = You become the assignee.
tickets-take-over = Take over
tickets-take-more = More ways to take
tickets-take-and-close = Take and close
tickets-take-and-close-hint = The requester will be asked to approve.
tickets-release = Release
tickets-close = Close
tickets-close-own = Close my request
tickets-reopen = Reopen
tickets-approve = Approve closure
tickets-refuse-closure = Refuse closure

tickets-closure-title = Close ticket #{ $number }
tickets-closure-explained = The requester gets a message and approves the closure, or refuses it. Until they answer, the ticket waits for approval.
tickets-closure-explained-own = This is your own request: it will be closed and approved at once.
tickets-closure-take = You will also become its assignee.
tickets-closure-message = Message to the requester
tickets-closure-message-hint = They will read it with the closure notice.
tickets-approval-title = Is your request solved?
tickets-approval-explained = { $name } proposes to close it. Approve if all is well, or refuse and say what is missing: it will be reopened.
tickets-refusal-message = What is missing
tickets-awaiting-approval = Closure proposed, waiting for { $name } to approve.

tickets-composer = Write
tickets-audience = Who will read this message
tickets-audience-public = Public reply
tickets-audience-staff = Internal note
tickets-to = To
tickets-to-staff = Visible to the team only. The requester will not know.
tickets-unnamed = Whoever reads from outside sees “{ $department }” in place of your name. Do not sign with it.
tickets-body-label = Your message
tickets-send-to = Send to { $name }
tickets-send-to-all = { $others ->
    [one] Send to { $name } and { $others } other
   *[other] Send to { $name } and { $others } others
}
tickets-send-to-invitees = Send to the invitees
tickets-add-note = Add internal note
tickets-files = Attach files
tickets-cannot-write = You may read this ticket, not write in it.

tickets-requester-open = { $count ->
    [0] No other open ticket
    [one] { $count } other open ticket
   *[other] { $count } other open tickets
}
tickets-no-assignee = None

tickets-new-title = New ticket
tickets-new-explained = On behalf of a requester: they get the acknowledgement and follow their request.
tickets-new-requester = Requester
tickets-new-requester-hint = E-mail address or login. An unknown address creates the person, without portal access.
tickets-new-category-choose = Choose a category
tickets-new-body = Description
tickets-new-body-hint = Markdown is understood: lists, **bold**, links.
tickets-new-files-hint = { $count ->
    [one] One file at most, { $size } at most.
   *[other] { $count } files at most, { $size } at most each.
}
tickets-new-submit = Create ticket

tickets-requests-title = My requests
tickets-requests-empty = You have not asked for anything yet.
tickets-said-noted = Your internal note is saved.
tickets-said-taken = You took this ticket.
tickets-said-released = You released this ticket.
tickets-said-closed = The ticket is closed.
tickets-said-approved = You approved the closure.
tickets-said-refused = You refused the closure; the ticket is open again.
tickets-said-reopened = The ticket is open again.
tickets-said-opened = The ticket is created.
tickets-meanwhile = Saved. Meanwhile:
