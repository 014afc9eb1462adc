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
