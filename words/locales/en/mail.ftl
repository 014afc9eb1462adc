# Mails, in the language of the person who receives them.

mail-subject = [{ $event } { $department } #{ $number }] { $subject }
mail-subject-account = [{ $organisation }] { $event }
mail-about = Ticket #{ $number }: { $subject } ({ $department })

mail-event-created = New ticket
mail-event-acknowledged = Received
mail-event-too-large = Too large
mail-event-public-reply = Reply
mail-event-staff-note = Internal note
mail-event-advice-asked = Needs advice
mail-event-advised = Advice
mail-event-taken = Taken
mail-event-assigned = Assigned
mail-event-released = Released
mail-event-closure-proposed = Closure to approve
mail-event-approved = Closure approved
mail-event-closure-refused = Closure refused
mail-event-reopened = Reopened
mail-event-invited = Invitation
mail-event-mentioned = Mention
mail-event-observer-added = To observe
mail-event-changed = Changed
mail-event-file-removed = File removed
mail-event-cancelled = Cancelled
mail-event-task-given = Task
mail-event-asked = Question
mail-event-refused = Refused
mail-event-expired = Expired
mail-event-postponed = Postponed
mail-event-approval-reminder = Reminder: closure to approve
mail-event-recalled = Recalled
mail-event-transferred = Transferred
mail-event-merged = Merge
mail-event-unmerged = Merge undone
mail-event-password-link = Choose a password
mail-event-setup-link = Your access is ready

mail-lead-created = { $name } created a ticket.
mail-lead-acknowledged = We have received your request.
mail-lead-too-large = Your mail is too large for us: its words and files did not reach us.
mail-lead-public-reply = { $name } replied.
mail-lead-staff-note = { $name } added an internal note.
mail-lead-advice-asked = { $name } asks for advice on a ticket.
mail-lead-advised = { $name } gave advice by an internal note.
mail-lead-taken = { $name } took the ticket.
mail-lead-assigned = { $name } assigned the ticket to { $assignee }.
mail-lead-released = { $name } released the ticket.
mail-lead-closure-proposed = { $name } suggests closing the ticket. Is the problem solved?
mail-lead-approved = { $name } approved the closure.
mail-lead-closure-refused = { $name } refused the closure. The ticket is open again.
mail-lead-reopened = { $name } reopened the ticket.
mail-lead-invited = { $name } invites you to follow a ticket.
mail-lead-mentioned = { $name } mentioned you.
mail-lead-observer-added = { $name } made you an observer of a ticket: you read all of it, and advise by internal notes.
mail-lead-changed = { $name } changed the properties of the ticket.
mail-lead-file-removed = { $name } removed an attachment from the ticket.
mail-lead-cancelled = { $name } cancelled the ticket.
mail-lead-task-given = { $name } gave you a task.
mail-lead-asked = { $name } needs more information to go on.
mail-lead-refused = { $name } refused the ticket.
mail-lead-expired = Nobody answered the closure in time: the ticket has ended.
mail-lead-postponed = { $name } postponed the ticket.
mail-lead-approval-reminder = The closure of your ticket still waits for your answer. Is the problem solved?
mail-lead-postponed-until = { $name } postponed the ticket until { $date }.
mail-lead-recalled = { $name } recalled the ticket: work on it goes on.
mail-lead-transferred = { $name } transferred the ticket to { $department }.
mail-lead-merged = { $name } brought this request together with another one, which goes on.
mail-lead-unmerged = { $name } took this request apart from the other one again.
mail-lead-password-link = You can choose a new password.
mail-lead-setup-link = Your access to the service desk is ready.

mail-next-acknowledged = The department { $department } is on it. You will get every answer by e-mail.
mail-next-too-large = Answer this message and say the essential again, with fewer files at a time: a mail may have { $size } in all. You can also add the files on the ticket.
mail-next-advice-asked = Advise by an internal note on the ticket. You take on nothing by it: the assignee stays the same.
mail-next-released = Nobody is in charge any more: it waits to be taken.
mail-next-merged = You can answer this message as usual: your answer arrives in the right place.
mail-next-closure-proposed = Approve if all is well; otherwise refuse and say what is missing, and the ticket is reopened.
mail-next-asked = The ticket waits for your answer; it goes on as soon as you reply.
mail-next-approval-reminder = Approve if all is well; otherwise refuse and say what is missing. Without an answer the ticket ends by itself on { $date }.
mail-next-password-link = { $hours ->
    [one] The link works once, within { $hours } hour. If you asked for nothing, leave this message: nothing changes.
   *[other] The link works once, within { $hours } hours. If you asked for nothing, leave this message: nothing changes.
}
mail-next-setup-link = { $hours ->
    [one] Choose your password to come in. The link works once, within { $hours } hour.
   *[other] Choose your password to come in. The link works once, within { $hours } hours.
}

mail-link-ticket = See the ticket
mail-link-approve = Approve the closure
mail-link-refuse = Refuse the closure
mail-link-password = Choose a password
mail-link-setup = Open my access

mail-reply = To answer, just reply to this message: your text will join the ticket.
mail-sent-by = Sent by the service desk of { $organisation }.

mail-bare = For confidentiality this message holds nothing of what was written: read it on the ticket.
mail-bare-subject = content on the ticket

mail-unknown-sender = Unknown sender
mail-no-subject = (no subject)
mail-only-encrypted = (This mail is encrypted. What it says is in the attached file.)
mail-only-container = (This mail came from Outlook as one file. What it says is in the attached “winmail.dat”.)
mail-passed-on = Passed on, written by { $name }:
mail-left-for-its-size = (This mail of { $size } is too large to be taken. What it says and its files are still in the mailbox where it arrived.)

mail-replayed = The message is read again.
mail-on-ticket-already = This message is on a ticket already.
mail-retried = The message is sent again.
mail-sent-already = This message does not wait any more.

mail-reason-own-loop = Our own message came back.
mail-reason-foreign-bounce = A delivery failure of a message that was not ours.
mail-reason-bounce = One of our messages could not be delivered.
mail-reason-auto-reply = An automatic answer without a ticket.
mail-reason-receipt = A receipt.
mail-reason-list = A mailing list or a newsletter.
mail-reason-generated = Written by a program.
mail-reason-flood = Too many automatic messages from this address within an hour.
mail-reason-unproven-sender = Answers a ticket from an address that has no part in it.
mail-reason-sender-unclear = No single sure sender; a ticket was opened with the whole message.
mail-reason-forged = Does not come from the domain of its sender, says the server that received it; a ticket of nobody’s was opened with the whole message.
mail-reason-unparseable = Not a message that can be read; a ticket was opened with the whole of it.
mail-reason-sender-disabled = The sender’s account is disabled.
mail-reason-category-closed = The category of this mailbox takes no tickets.
mail-reason-channel-gone = The mailbox it came to is gone.
mail-reason-failed = Reading it failed several times.
mail-event-sign-in-code = Your sign-in code
mail-lead-sign-in-code = Here is the code to sign in with.
mail-next-sign-in-code = It works for ten minutes, in the browser where you asked for it. If you did not ask, do nothing: this code alone opens nothing.
mail-link-sign-in = Type the code

# The page that a link in a mail opens.
mail-deed-approve-hint = The problem is solved: the ticket ends.
mail-deed-refuse-hint = The ticket is reopened, and whoever is in charge reads what is missing.
mail-deed-take-hint = You become its assignee.
mail-deed-words = Your message
mail-deed-as = In the name of { $name }, to whom this link was mailed.
mail-deed-changed = Something was added to the ticket meanwhile. Read it first, or go on with your words below.
mail-deed-news = Something was added to the ticket since this message. Read it first, or go on.
mail-deed-used = It is done. This link has no further effect.
mail-deed-late = This link has become too old. You can still do it on the ticket.
mail-deed-decided = This link no longer has any effect: the ticket has moved on since that message, you answered it, or you may no longer do this.
mail-deed-anothers = This link was mailed to { $name }, and somebody else is signed in here. Sign out, or pass the message on to them.

mail-report-subject = [Daily report] { $count ->
    [0] nothing to tell
    [one] { $count } ticket free or in progress
   *[other] { $count } tickets free or in progress
}
mail-report-subject-of = [Daily report { $department }] { $count ->
    [0] nothing to tell
    [one] { $count } ticket free or in progress
   *[other] { $count } tickets free or in progress
}
mail-report-lead = { $count ->
    [0] Nothing to tell: none of the tickets you chose is free or in progress.
    [one] Your report: { $count } ticket is free or in progress.
   *[other] Your report: { $count } tickets are free or in progress.
}
mail-report-managed = You are in charge ({ $count })
mail-report-category = In your categories ({ $count })
mail-report-free = Free ({ $count })
mail-report-others = Others are in charge ({ $count })
mail-report-ticket = #{ $number }: { $subject }
mail-report-is-free = free
mail-report-in-progress = in progress
mail-report-held-by = in progress, { $name }
mail-report-last = last activity on { $date }
mail-report-free-for-a-day = Free, and idle for more than a day
mail-report-idle-for-a-week = Idle for more than a week
mail-report-idle-for-a-month = Idle for more than a month
mail-report-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
mail-report-change = Change or stop this report
mail-report-suspend = Suspend all monitoring mails

mail-mailbox-requester = The requester
mail-mailbox-invitee = Somebody who was invited
mail-mailbox-agent = Somebody of the team
mail-mailbox-assignee = somebody of the team
mail-mailbox-foot = This mailbox is told of the tickets of { $department }; whoever administers that department can change it.
