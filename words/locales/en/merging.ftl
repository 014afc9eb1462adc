# Bringing tickets together, taking them apart, following them up.

merging-title = Merge and follow-up
merging-state = Merged
merging-from = from ticket #{ $number }
merging-into-another = Merge into another ticket…
merging-undo = Undo the merge of ticket #{ $number }
merging-page-title = Merge ticket #{ $number }
merging-into = Into ticket
merging-into-hint = The number of the ticket that goes on. Its rules of access decide everything afterwards.
merging-look = See what changes
merging-changed = One of the two tickets changed meanwhile. This is how things stand now.
merging-moves = { $count ->
    [one] { $count } message moves into
   *[other] { $count } messages move into
}
merging-will-read = From now on these read what was written on ticket #{ $number }:
merging-agents-of = the agents of { $name }, internal notes included
merging-let-requester = Invite { $name }, who made the request that is merged
merging-let-others = Invite { $names }, too
merging-let-requester-hint = With the invitation they read the whole public conversation of ticket #{ $number }, what was written there before included. Without it they lose access to this conversation.
merging-nobody-new = Nobody will read anything new.
merging-undoable = The merge can be undone, even after new messages: those stay on the ticket that goes on. It can no longer be undone once a message that moved has become a ticket of its own, or the ticket that goes on is archived.
merging-do = Merge
merging-said-merged = Tickets merged.
merging-said-undone = Merge undone.
merging-said-moved = The ticket you asked for was merged into this one.
merging-said-split = The message became this ticket.
merging-said-followed = Follow-up ticket opened.
merging-moved = This ticket was merged into ticket
merging-moved-elsewhere = This ticket was merged into another one, which you cannot open.
merging-portal-next = It was brought together with another request, which goes on.
merging-go-on = See request #{ $number }
merging-split-title = Make a ticket of this message
merging-split-of = Make a ticket of the message by { $name }
merging-split-explained = The message and its files leave this conversation and open a new ticket, linked to this one.
merging-split-author = { $name }, who wrote this message
merging-split-do = Create the ticket
merging-follow-up = Follow-up ticket
merging-follow-up-explained = Ticket #{ $number } is over. This one goes on from there and is linked to it.
merging-follow-up-for = It will be in the name of { $name }.
merging-follow-up-body = Message
merging-follow-up-do = Open the follow-up ticket
merging-did-merge = merged this ticket into ticket #{ $value }
merging-did-unmerge = undid the merge into ticket #{ $value }
merging-did-take-in = merged ticket #{ $value } into this one
merging-did-give-back = undid the merge of ticket #{ $value }
merging-did-split = made a message ticket #{ $value }
merging-did-follow = opened the follow-up, ticket #{ $value }
