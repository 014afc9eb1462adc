# The inspector: who can see this, and why.

inspector-title = Who can see this?
inspector-hint = Every answer is the rule itself, asked as the person it is about. A person and a ticket: why, or why not. A ticket alone: everybody who sees it. A person alone: what they see of each department. A department alone: who sees all of its tickets.
inspector-person-hint = Address or login.
inspector-ticket = Ticket
inspector-ticket-hint = Its number.
inspector-no-department = No department
inspector-department-hint = Only where neither a person nor a ticket is named.
inspector-ask = Ask
inspector-export = Take away as a file
inspector-fault-ticket = There is no ticket { $detail }.
inspector-fault-alone = Ask about a department alone, without a person or a ticket.

inspector-sees = Sees it
inspector-sees-not = Does not see it
inspector-notes = Reads internal notes
inspector-notes-not = Reads no internal notes
inspector-place = Department and category
inspector-level = Level in the department
inspector-reasons = Reasons
inspector-disabled = This person is disabled: they see nothing, whatever reasons there are.
inspector-confidences = Some of its categories are confidential: of those, only administrators and who is let in see every ticket.
inspector-confidential = Its category is confidential: beside its own people and administrators, only those who are let in see it, whatever their department or scope.
inspector-why = Why
inspector-who = Who sees
inspector-what = What is seen by
inspector-seen = Tickets seen, of all
inspector-seen-alone = Tickets seen
inspector-total = All its tickets
inspector-no-level = Not a member
inspector-looks = Who sees the tickets of
inspector-looks-hint = Beside them, whoever asked for a ticket, was invited, observes it or is in charge of it sees that one.
inspector-yes = Yes
inspector-no = No

inspector-everything = Role or scope over all tickets
inspector-confidant = Let into its confidence
inspector-department = Member of the department, through a team or by a sharing tag
inspector-assignee = In charge
inspector-requester = Asked for it
inspector-invitee = Invited
inspector-observer = Observes

inspector-everything-yes = Their role or scope holds all tickets.
inspector-confidant-yes = They are let into the confidence of its category.
inspector-department-yes = Their membership of its department, a team or a sharing tag shows them its tickets.
inspector-assignee-yes = They are in charge of it.
inspector-requester-yes = They asked for it.
inspector-invitee-yes = They were invited to it.
inspector-observer-yes = They observe it.
inspector-everything-no = Neither their role nor their scope holds all tickets.
inspector-confidant-no = They are not let into the confidence of its category.
inspector-department-no = Neither a membership of its department nor a team or a sharing tag shows them its tickets.
inspector-assignee-no = They are not in charge of it.
inspector-requester-no = They did not ask for it.
inspector-invitee-no = They were not invited to it.
inspector-observer-no = They do not observe it.
inspector-idle = Their membership of its department, a team or a sharing tag would show them its tickets, but their scope does not look at departments.

inspector-link-person = What this person sees
inspector-link-department = Who sees its tickets

inspector-scope = Scope
inspector-glimpse-subject = Its visibility shows them its subject and state only
inspector-glimpse-words = Its visibility shows them its public messages
inspector-also-subject = Beside them, the house sees its subject and state.
inspector-also-intranet = Beside them, the house, without customers, reads its public messages.
inspector-also-public = Beside them, whoever signs in reads its public messages.
inspector-by-tag = By the sharing tag “{ $tag }”, as one of { $department }
inspector-by-team = Through the team { $team }:
inspector-through-team = Through the team { $team }, at the level
inspector-of = Who sees { $department }
inspector-of-ticket = A ticket of this department, by its number
inspector-of-ask = Who sees it?
inspector-of-hint = Who sees all its tickets but confidential ones, and members who see only those that name them. Requesters and participants see theirs besides.
inspector-of-open = Who sees it
inspector-of-open-hint = Who sees this department’s tickets, and why
