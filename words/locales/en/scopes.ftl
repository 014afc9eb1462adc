# Agents and how far they see.

scopes-title = Agents and scope
scopes-hint = How far each agent sees. Choose one: what a change would show and hide is counted before it is saved.
scopes-agents = Agents
scopes-agent = Agent
scopes-nobody = No agent matches
scopes-scope = Scope
scopes-departments = { $count ->
    [0] no department
    [one] { $count } department
   *[other] { $count } departments
}
scopes-of = Scope of { $name }
scopes-person = Account of this person
scopes-link = Scope and departments
scopes-above = Only somebody of as high a rank can change this person. You can look.
scopes-disabled = This account is disabled: it sees nothing until it is let in again.
scopes-everything = Owners and administrators see every ticket, whatever is chosen here. The choice counts from the day their role is a lower one.
scopes-global = Every ticket of every department.
scopes-group = The tickets of the departments they view or handle, and those that name them elsewhere.
scopes-restricted = Only the tickets that name them: in their charge, observed, invited to, asked for. Departments add none.
scopes-clientele = Whom they serve
scopes-clientele-hint = Narrows what their scope and their departments show to tickets asked for by people of these organizations and sites. With both, of one of each. What names the agent stays visible. Without any, they serve everybody.
scopes-organizations = Organizations
scopes-sites = Sites
scopes-one-a-line = One a line.
scopes-there-are = Which there are
scopes-all = all
scopes-fault-organization = There is no organization “{ $detail }”. Write it as it stands in the directory.
scopes-fault-site = There is no site “{ $detail }”. Write it as it stands in the directory.
scopes-fault-too-many = At most 200.
scopes-matrix = By department
scopes-no-department = There is no department yet.
scopes-changed = not saved yet
scopes-out = Not a member
scopes-out-means = Does not belong to the department.
scopes-none-means = Belongs to it, and sees only the tickets that name them.
scopes-assigned-means = Can be given its tickets, handles those they are in charge of, and sees no others.
scopes-view-means = Reads all its tickets and writes internal notes, as far as their role goes.
scopes-edit-means = Handles its tickets, within their privileges there. A new member gets the usual ones.
scopes-at-once = At once, on open pages too; noted in the journal.
scopes-discard = Discard
scopes-preview = Preview
scopes-preview-title = What the agent sees
scopes-sees = What { $name } sees
scopes-of-all = { $count ->
    [one] of { $count } ticket
   *[other] of { $count } tickets
}
scopes-now = { $count ->
    [one] Now: { $count } ticket.
   *[other] Now: { $count } tickets.
}
scopes-as-it-stands = As it stands: nothing is changed.
scopes-gained = { $count ->
    [one] { $count } ticket gained
   *[other] { $count } tickets gained
}
scopes-lost = { $count ->
    [one] { $count } ticket lost
   *[other] { $count } tickets lost
}
scopes-same = The same tickets stay visible
scopes-more = more
scopes-less = fewer
scopes-changes = Changes
scopes-by-department = By department
scopes-held = { $count ->
    [one] { $count } open ticket is in their charge where their level falls. Saving asks to release it; it is counted as released.
   *[other] { $count } open tickets are in their charge where their level falls. Saving asks to release them; they are counted as released.
}
scopes-stale = Something else stands meanwhile. This is what your choice would come to now.
scopes-not-counted = It could not be counted: see what is wrong in the form. Below is what stands.
scopes-unreached = It could not be counted again: what follows is of an earlier choice. It will be once the network is back, or by “Preview”.
scopes-why = Why do they see this ticket?
scopes-by-rule = Counted by the rule itself, asked as this agent. Tickets that show something to people they do not concern are not counted.
scopes-what = What
scopes-stands = Stands now
scopes-yours = Your choice
scopes-fault-department = There is no department { $detail }.
scopes-fault-twice = “{ $detail }” is named twice. Name each department once.

scopes-due = Due for review
scopes-due-hint = Nobody looked at these for long. Look whether each is still right: change it, or say that nothing is to change.
scopes-due-since = last looked at
scopes-due-mark = Due
scopes-due-count = { $count ->
    [one] { $count } scope is due for review
   *[other] { $count } scopes are due for review
}
scopes-reviewed = Reviewed, nothing to change
scopes-reviewed-of = Reviewed, nothing to change: { $name }
scopes-reviewed-said = The review is noted.
scopes-reviewed-clash = Somebody changed this agent meanwhile. Look at what stands now.
scopes-review-days = Review each scope after this many days
scopes-review-days-hint = From 0 to 3650. 0: never.
scopes-review-days-clash = Somebody said something else meanwhile. Check, then save again.
scopes-by-team = Besides, through the team { $team }:
