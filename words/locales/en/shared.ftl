# What a ticket shows to people whom it does not concern.

shared-visibility = Visibility
shared-who = Who else may look at this request
shared-private = Private
shared-subject = Subject only
shared-intranet = Intranet
shared-public = Public
shared-hint = Private: the requester, the invitees and the department. Subject only: the house sees its subject and state. Intranet: the house, without customers, reads its public messages. Public: whoever signs in reads them.
shared-template-hint = Applies to tickets created in a form, which announces it. Tickets received by e-mail stay private.
shared-warning-subject = In this category, all your colleagues see the subject and the state of the request.
shared-warning-intranet = In this category, all your colleagues read the request and its public replies.
shared-warning-public = In this category, whoever signs in reads the request and its public replies, customers included.
shared-keep-private = Keep my request private
shared-did-change = changed the visibility
shared-title = Known problems
shared-lead = Tickets that their department shows to everybody. If yours is among them, there is no need to report it again.
shared-none = No known problem
shared-none-hint = Nothing is shown to everybody at the moment.
shared-known = Known problems
shared-all = See all
shared-subject-only = Only the subject and the state of this ticket are shown.
shared-read-only = You read the public messages of this ticket. Only the people it concerns reply.
shared-reads-intranet = This ticket is shown to the house: your colleagues read a reply to everybody, too.
shared-reads-public = This ticket is public: whoever signs in reads a reply to everybody, too.
