# How tickets that come free are given out.

giving-open = Giving out
giving-open-hint = Whether new tickets go to somebody by themselves, and by which rule.
giving-title = Giving out: { $department }
giving-explained = When a ticket is opened, arrives or is reopened with nobody in charge, it can be given to an available member who serves its category, by their share. A share of 0 is given nothing. A ticket its holder lets go is never given out.
giving-department = The whole department
giving-rule = Free tickets go
giving-rules = What each rule does
giving-nobody = to nobody
giving-nobody-hint = Somebody takes them.
giving-first = to the first available
giving-first-hint = Always the one with the largest share, then by name; the others stand in while they are away.
giving-round = in turn
giving-round-hint = One after the other, as often as their share is large.
giving-random = by lot
giving-random-hint = By chance, as often as their share is large.
giving-least = to the least loaded
giving-least-hint = Whoever works on the fewest open tickets for their share, in all departments; equals take turns.
giving-candidates = { $count ->
    [0] Nobody is available for it now.
    [one] { $count } member could be given one now.
   *[other] { $count } members could be given one now.
}
giving-stuck = Nobody is available now: tickets stay free.
giving-said = How free tickets are given out is saved.
giving-did = gave the ticket to { $name } ({ $by })
giving-did-not = gave the ticket to nobody: no available member serves its category
giving-by-rule = by the category’s rule
giving-by-first = first available
giving-by-round = in turn
giving-by-random = by lot
giving-by-least = least loaded

giving-leaving = { $count ->
    [one] The open ticket in their charge is to be
   *[other] The { $count } open tickets in their charge are to be
}
giving-leaving-out = given out again by the rule of their category; free where there is none
giving-leaving-to = given to a colleague
giving-leaving-free = released
giving-leaving-heir = Colleague who is to have them

giving-invitees = Permanent invitees
giving-invitees-hint = Who is invited to each ticket that is opened here or sent here.
giving-invitees-title = Permanent invitees: { $department }
giving-invitees-explained = They are invited to each ticket that is opened here or sent here from now on, without a mail for the invitation itself. Internal notes stay with staff. Tickets that are here already stay as they are.
giving-invitees-none = Nobody is invited by itself.
giving-invitees-add = Invite somebody to each ticket
