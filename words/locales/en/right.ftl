# Missing rights, as they follow “needed:”.

right-staff = open the agents’ space
right-reply = reply to this ticket
right-note = write an internal note on this ticket
right-work = keep the tasks of this ticket and note the time spent on it
right-time-of-others = take back time that somebody else noted
right-read-notes = read internal notes
right-handle = handle tickets
right-every-privilege = every privilege in every department
right-administer = administer
right-take-free-ticket = take a free ticket of this department
right-take-assigned-ticket = take somebody else’s ticket in this department
right-release = release this ticket, which only its assignee can
right-close = close this ticket, which only its assignee and its requester can
right-approve = approve or refuse the closure, which only the requester can
right-reopen = reopen this ticket
right-open-for-somebody = open a ticket for somebody else
right-link = link this ticket to another
right-tag = tag this ticket
right-not-yet = an action this version does not know
right-manage-properties = change the properties of this department
right-manage-categories = manage the categories of this department
right-manage-managers = manage the members of this department
right-own = own the account
right-above-rank = a rank as high as this person’s
right-replies-department = manage the saved replies of this department
