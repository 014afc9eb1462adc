# Rules that are nobody’s right: what stands in the way, and what to do.

rule-state = The ticket’s state no longer allows it: somebody probably changed it meanwhile. Open it again to see where it stands.
rule-confidential = The ticket is confidential: it is shown to nobody else.
rule-merge-split = A message of that ticket has become a ticket of its own since: the merge can no longer be undone.
rule-already-yours = You are in charge of this ticket already.
rule-category-inactive = This category takes no more tickets. Choose another one.
rule-undo-late = It is too late to undo, or this cannot be undone.
rule-undo-changed = The ticket changed since.
rule-never-transferred = This ticket was never transferred: there is no sender to return it to.
rule-reopening-over = The time to reopen this ticket has passed. If the problem is back, open a follow-up ticket.
rule-not-your-words = Only the person who wrote this message can correct it.
rule-words-by-mail = This message came by mail: it stays as it was received.
rule-not-last-words = Somebody has written since: this message can no longer be corrected. Write another one.
rule-own-drafts = Everybody keeps only what they typed themselves.
