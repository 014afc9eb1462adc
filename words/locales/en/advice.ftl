# Advice: an agent asks for it, a colleague gives it by an internal note.

advice-needed = Needs advice
advice-title = Advice
advice-none = Nobody asks for advice here.
advice-ask = Ask for advice
advice-message = Your question
advice-message-hint = It becomes an internal note; @ calls a colleague. Observers and mentors are told.
advice-how = The next internal note by somebody else is the advice. Whoever writes it takes on nothing: the assignee stays the same.
advice-end = Advice is no longer needed
advice-said-asked = You asked for advice. The ticket says so until a colleague answers by an internal note.
advice-said-ended = The ticket no longer asks for advice.
advice-did-ask = asked for advice
advice-did-give = gave advice
advice-did-end = no longer asks for advice
