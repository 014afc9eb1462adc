# The portal: what requesters read. Plain words, no jargon of ours.

portal-navigation = Portal
portal-navigation-bottom = Navigation
portal-home = Home
portal-home-title = Portal home
portal-my-tickets = My tickets
portal-new = New ticket
portal-agent-desk = Agent desk
portal-tab-tickets = Tickets
portal-tab-new = New
portal-tab-account = Account
portal-desk-of = Service desk of { $organisation }
portal-waiting-count = { $count ->
    [one] { $count } ticket is waiting for you
   *[other] { $count } tickets are waiting for you
}

portal-hello = Hello { $name }
portal-hello-lead = Hand the problem to us, we keep you posted at every step.
portal-create = Create a ticket
portal-create-hint = Incident or request, one minute
portal-waiting = Waiting for you
portal-approve-question = Approve the closure?
portal-answer-question = Answer a question
portal-all-tickets = All ({ $count })
portal-empty = No ticket yet
portal-empty-hint = A problem, a request: create a ticket and it reaches the right department.

portal-filter = Tickets shown
portal-filter-open = Open
portal-filter-ended = Ended
portal-empty-open = No open ticket
portal-empty-ended = No ended ticket
portal-empty-ended-hint = Your closed tickets will be found here.
portal-pages = List pages
portal-previous-page = Previous page
portal-next-page = Next page
portal-request-of = request of { $name }

portal-last-sent = sent
portal-last-you = you wrote
portal-last-wrote = { $name } wrote
portal-last-taken = { $name } is on it
portal-last-closure = closure proposed
portal-last-ended = ended

portal-state = Status
portal-state-free = Received
portal-state-in-progress = In progress
portal-state-incomplete = Needs your answer
portal-state-postponed = Postponed
portal-state-closed = To approve
portal-state-approved = Closed
portal-state-expired = Closed, no answer
portal-state-refused = Turned down
portal-state-cancelled = Cancelled
portal-state-archived = Archived

portal-next-free = The department { $department } has received it. An agent will take it; you will hear by e-mail.
portal-next-in-progress = { $name } is on it. The answer will come here and by e-mail.
portal-next-unassigned = The department { $department } is on it. The answer will come here and by e-mail.
portal-next-incomplete = We need one more detail: answer below and the work resumes.
portal-next-postponed = This ticket is set aside for now and will be taken up again. You may add a message.
portal-next-closed = If you approve, the ticket is closed. Otherwise it is reopened and the agent is told.
portal-next-closed-other = The closure is proposed; the requester has to approve it.
portal-next-refused = This ticket was not accepted. The messages below say why.
portal-next-cancelled = This ticket was withdrawn by its requester.
portal-next-ended = This ticket has ended. If the problem comes back, reopen it.
portal-next-ended-for-good = This ticket has ended. If the problem comes back, create a new ticket.

portal-step-one = Step 1 of 2
portal-choose-title = What is it about?
portal-choose-hint = Choose what comes closest. If it is the wrong place, we will move it.
portal-choose-none = No department takes tickets for now
portal-choose-none-hint = Write to your service desk by e-mail.
portal-choose-again = Your request was not sent: it cannot go where you had addressed it
portal-choose-again-hint = Choose again. What you wrote is kept and comes along.
portal-choose-kept = What you wrote
portal-step-two = Step 2 of 2
portal-describe-title = Describe your request
portal-sent-to = Department
portal-change-category = Change
portal-subject = Subject
portal-subject-hint = In a few words, for example “Black screen at start-up”.
portal-description = Description
portal-description-hint = What you were doing, what happens, since when.
portal-files = Attach files
portal-files-hint = { $count ->
    [one] One file at most, { $size } at most.
   *[other] { $count } files at most, { $size } each at most.
}
portal-send = Send
portal-sent-title = Your ticket is sent
portal-sent-next = The department { $department } has received it. Answers will come to { $email } and on the page of the ticket.
portal-sent-see = See the ticket
portal-sent-home = Back to the home page

portal-created = created
portal-progress = Progress
portal-step-received = Received
portal-step-taken = Being handled
portal-step-to-approve = To approve
portal-solved-question = Is the problem solved?
portal-closure-by = { $name } suggests closing this ticket.
portal-closure-proposed = Closing this ticket is suggested.
portal-approve = Yes, approve the closure
portal-refuse = No, reopen
portal-refusal-reason = What is still wrong
portal-refusal-hint = Your message will be added to the ticket and the agent will be told.
portal-refuse-submit = Reopen the ticket
portal-reopen = Reopen
portal-messages = Messages
portal-earlier = { $count ->
    [one] Show { $count } earlier message
   *[other] Show { $count } earlier messages
}
portal-quoted = Quoted text
portal-attachments = Attachments
portal-support = Support
portal-reply = Write a message
portal-reply-placeholder = Add a message to this ticket…
portal-reply-does-not-refuse = Writing here does not refuse the closure; for that, use “No, reopen”.
portal-details = Details
portal-assignee = Agent
portal-nobody-yet = Nobody yet
portal-department = Department
portal-category = Category
portal-requester = Requester
portal-invitees = Copied
portal-said-replied = Your message is sent.
portal-said-approved = Thank you, the closure is approved.
portal-said-refused = Noted, your request is open again.
portal-said-reopened = Your request is open again.
portal-said-cancelled = Your request is cancelled.
portal-said-changed = This request changed while you were reading it. Read it again, then decide.
portal-correct = Correct the request
portal-correction-title = Correct request #{ $number }
portal-correction-explained = As long as your request is open, you can correct its subject and its priority.
portal-correction-submit = Save
portal-said-corrected = Your request is corrected.
