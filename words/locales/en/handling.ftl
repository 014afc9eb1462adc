# Handling a ticket: the bar of the ticket page, and the form of each deed.

handling-ask = Ask for information
handling-take-and-ask = Take and ask for information
handling-take-and-ask-hint = The ticket waits for the requester’s answer.
handling-refuse = Refuse the ticket
handling-cancel = Cancel my request

handling-question-title = Ask about ticket #{ $number }
handling-question-explained = The requester gets your question by e-mail. The ticket is incomplete until they answer.
handling-question-message = Your question
handling-question-submit = Send the question

handling-rejection-title = Refuse ticket #{ $number }
handling-rejection-explained = The ticket ends here. The requester gets a message, and can reopen it.
handling-rejection-message = Reason, for the requester
handling-rejection-submit = Refuse the ticket

handling-cancellation-title = Cancel request #{ $number }
handling-cancellation-explained = Your request ends here: nobody works on it any more. You can reopen it.
handling-cancellation-message = Reason
handling-cancellation-submit = Cancel the request

handling-said-asked = Your question is sent; the ticket waits for the answer.
handling-said-refused = The ticket is refused.
handling-said-cancelled = The request is cancelled.

handling-assign = Assign
handling-transfer = Transfer
handling-move-back = Return to sender
handling-postpone = Postpone
handling-recall = Recall

handling-waits-answer = The requester was asked for more; the ticket waits for their answer.
handling-waits-until = Postponed: it comes back by itself on { $date }.
handling-waits-somebody = Postponed, until somebody recalls it.
handling-left-incomplete = Released while it waited for the requester’s answer.
handling-left-postponed = Released while it was postponed.

handling-assignment-title = Assign ticket #{ $number }
handling-assignment-explained = Your colleague is in charge from now on, and gets a message.
handling-assignment-choose = Choose a colleague
handling-assignment-members = Members of the category
handling-assignment-others = Others in the department
handling-assignment-nobody = No colleague of this department is available.
handling-assignment-message = Message, which everybody on the ticket reads
handling-assignment-submit = Assign

handling-postponement-title = Postpone ticket #{ $number }
handling-postponement-explained = The ticket leaves the work to do until that day, and you stay in charge.
handling-postponement-until = Until
handling-postponement-hint = At 8 in the morning. Without a date, it waits until somebody recalls it.
handling-postponement-message = Message, which everybody on the ticket reads
handling-postponement-submit = Postpone

handling-transfer-title = Transfer ticket #{ $number }
handling-transfer-explained = The department you choose is told of it as of a new ticket. Whoever is in charge stays so only if they handle tickets there.
handling-transfer-to = To
handling-transfer-choose = Choose a department or a category
handling-transfer-department = { $department }, no category in particular
handling-transfer-nowhere = There is nowhere you may transfer this ticket to.
handling-transfer-message = Reason, for your colleagues
handling-transfer-submit = Transfer

handling-return-title = Return ticket #{ $number } to its sender
handling-return-explained = The ticket goes back to where it was before it was last transferred:
handling-return-submit = Return

handling-follow = Become an invitee of the ticket, to go on reading it
handling-follow-warning = You do not belong to the department { $department }: once the ticket is there, you will not see it any more, unless you become an invitee.

handling-said-assigned = The ticket is assigned.
handling-said-postponed = The ticket is postponed.
handling-said-recalled = The ticket is back.
handling-said-transferred = The ticket is transferred.
handling-said-transferred-away = The ticket is transferred; it is no longer yours to see.
