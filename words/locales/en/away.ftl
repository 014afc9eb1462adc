# What happened while an agent was away. “-opened” and those after it are said of a ticket, one after the other.

away-title = While you were away
away-told = { $count ->
    [one] From { $since } to { $until }: one ticket moved.
   *[other] From { $since } to { $until }: { $count } tickets moved.
}
away-bar = { $count ->
    [one] While you were away (since { $since }): one ticket moved
   *[other] While you were away (since { $since }): { $count } tickets moved
}
away-more = { $count ->
    [one] And one other ticket.
   *[other] And { $count } other tickets.
}
away-dismiss = Got it
away-opened = opened by { $who }
away-taken = taken by { $who }
away-given-to-you = yours now
away-given = given to a colleague by { $who }
away-released = released by { $who }
away-asked = more information asked by { $who }
away-closure-proposed = closure proposed by { $who }
away-closure-approved = closure approved by { $who }
away-closure-refused = closure refused by { $who }
away-expired = closed without an answer from the requester
away-reopened = reopened by { $who }
away-refused = refused by { $who }
away-cancelled = cancelled by { $who }
away-postponed = postponed by { $who }
away-recalled = brought back by { $who }
away-transferred = transferred by { $who }
away-merged = merged by { $who }
away-unmerged = taken apart again by { $who }
away-called = { $who } called you by name
away-invited = { $who } invites you
away-observing = you observe it now
away-task = { $count ->
    [one] a task for you
   *[other] { $count } tasks for you
}
away-reminded = closure still to approve
away-advice-asked = advice asked by { $who }
away-advised = advice given by { $who }
away-advice-ended = no more advice needed
away-reply = { $count ->
    [one] a reply by { $who }
   *[other] { $count } replies
}
away-note = { $count ->
    [one] an internal note by { $who }
   *[other] { $count } internal notes
}
away-other = { $count ->
    [one] another change
   *[other] { $count } other changes
}
