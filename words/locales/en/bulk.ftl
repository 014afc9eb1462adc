# One action on many tickets.

bulk-bar = Actions on the selected tickets
bulk-ticked = selected
bulk-none = Clear the selection
bulk-take = Take
bulk-release = Release
bulk-close = Close
bulk-tag = Tag
bulk-read = Read
bulk-unread = Unread
bulk-tickets = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
bulk-taken = { $count ->
    [0] Nothing to take, all were yours already.
    [one] You took { $count } ticket.
   *[other] You took { $count } tickets.
}
bulk-released = { $count ->
    [0] Nothing to release, all were free already.
    [one] You released { $count } ticket.
   *[other] You released { $count } tickets.
}
bulk-closed = { $count ->
    [0] Nothing to close, all were closed already.
    [one] You closed { $count } ticket.
   *[other] You closed { $count } tickets.
}
bulk-tagged = { $count ->
    [0] Nothing to tag, all were tagged already.
    [one] You tagged { $count } ticket.
   *[other] You tagged { $count } tickets.
}
bulk-were-read = { $count ->
    [one] { $count } ticket is marked as read.
   *[other] { $count } tickets are marked as read.
}
bulk-were-unread = { $count ->
    [one] { $count } ticket is marked as unread.
   *[other] { $count } tickets are marked as unread.
}
bulk-details = Details
bulk-undo = Undo
bulk-said-undone = Undone.
bulk-report = Report
bulk-back = Back to the list
bulk-outcome = Outcome
bulk-outcome-done = Done
bulk-outcome-already = Done already
bulk-outcome-refused = Refused
bulk-outcome-changed = Changed meanwhile
bulk-outcome-missing = Not found
bulk-outcome-undone = Undone
bulk-unseen = You do not see this ticket.
bulk-summary = Done: { $done }. Left as they were: { $left }.
bulk-close-explained = Each requester gets a message and approves the closure, or refuses it. Free tickets become yours first. This cannot be undone at once.
bulk-tags = Tags to add
bulk-tags-hint = Between commas.
bulk-priority = Priority
bulk-prioritised = { $count ->
    [0] Nothing to change, they had that priority already.
    [one] You changed the priority of { $count } ticket.
   *[other] You changed the priority of { $count } tickets.
}
bulk-assign = Assign
bulk-assigned = { $count ->
    [0] Nothing to assign, all were assigned so already.
    [one] You assigned { $count } ticket.
   *[other] You assigned { $count } tickets.
}
bulk-assign-hint = Each ticket is only given to somebody who handles tickets of its department and is available.
bulk-more = More
bulk-merge = Merge
bulk-merge-into = Number of the ticket that takes the others in
bulk-merge-hint = One of those you ticked, or another.
bulk-merge-explained = Comments, files, tasks and history go to that ticket. Each merge can be undone.
bulk-merged = { $count ->
    [0] Nothing to merge, all were already.
    [one] You merged { $count } ticket.
   *[other] You merged { $count } tickets.
}
bulk-postpone = Postpone
bulk-postpone-explained = These tickets leave the work to be done until that day; you stay in charge of them.
bulk-postponed = { $count ->
    [0] Nothing to postpone.
    [one] You postponed { $count } ticket.
   *[other] You postponed { $count } tickets.
}
bulk-refuse = Refuse
bulk-refuse-explained = Each requester gets this message and reads that their request is refused. One click does not undo it.
bulk-were-refused = { $count ->
    [0] Nothing to refuse, all were already.
    [one] You refused { $count } ticket.
   *[other] You refused { $count } tickets.
}
bulk-reopen = Reopen
bulk-reopen-explained = Each requester is told that their ticket is open again.
bulk-reopened = { $count ->
    [0] Nothing to reopen, all were already open.
    [one] You reopened { $count } ticket.
   *[other] You reopened { $count } tickets.
}
bulk-merge-let-in = Invite the requesters and invitees of the merged tickets
bulk-merge-let-in-hint = Invited, they read the whole public conversation of the ticket that takes the others in, with what was written there before. Without it, they no longer see what they wrote.
