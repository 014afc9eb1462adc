# The set-up in five steps.

guide-title = Set-up
guide-steps = Steps of the set-up
guide-done = , done
guide-again = Walk through the five steps again; nothing is undone.
guide-offer = { $count ->
    [0] Five steps, from the desk’s name to its first agents. You can leave and come back, on another device too.
    [one] { $count } step of 5 is done. Go on where you were.
   *[other] { $count } steps of 5 are done. Go on where you were.
}
guide-go-on = Continue
guide-put-away = Stop offering this
guide-put-away-said = The set-up is no longer offered. You still find it on this page.
guide-put-away-clash = Somebody has gone on with the set-up meanwhile. Check where it stands.
guide-leave = What is saved stays: leave whenever you like and come back later.
guide-changed = Somebody has changed the set-up meanwhile. Nothing was overwritten: check your values, then save again.
guide-save = Save and continue
guide-finished = The set-up is finished. You can walk through it again at any time; nothing is undone.
guide-missing = Saved. A step is still to be done.

guide-needs = Needs
guide-needs-about = Who you are, and the departments to begin with. Departments are made in the fourth step, not before.
guide-size = Your organisation
guide-size-small = One team
guide-size-small-hint = Everybody may see everything, or nearly.
guide-size-large = Several departments
guide-size-large-hint = Each handles its tickets without reading those of others.
guide-named = Departments to make
guide-named-hint = { $count ->
    [one] One on a line, { $count } at most. A department takes tickets and brings together those who handle them.
   *[other] One on a line, { $count } at most. A department takes tickets and brings together those who handle them.
}
guide-there = Already there:

guide-access = Access
guide-access-about = How far agents see who are added from now on.
guide-suggested = Suggested
guide-confidential = Either way, a confidential category stays with those whom it names, and each agent can be given another scope.
guide-keep = { $count ->
    [one] { $count } agent is there already, and keeps their scope:
   *[other] { $count } agents are there already, and keep their scope:
}

guide-roles = Roles
guide-roles-about = What each may do. Invite the first agents; others can come whenever you like.
guide-shipped = The roles
guide-roles-own = Make other roles by cloning one of them:
guide-agents = Agents already
guide-more = And others
guide-invite = Invite
guide-invite-hint = Each gets a link to choose a password. Scope: { $scope }. An empty line invites nobody.
guide-person = Person { $number }
guide-invite-more = Invite, then others
guide-invited = The invitations are on their way. Invite others, or go on to the next step.

guide-departments = Departments
guide-departments-about = What each department takes, and who handles it. All of it is made together, or nothing.
guide-new = To be made
guide-standing = There
guide-none-named = Name some in the first step.
guide-name-more = Name other departments
guide-name-hint = Empty the name to leave this department out.
guide-categories = Categories to add
guide-categories-hint = One on a line. Those that are there stay as they are.
guide-categories-new-hint = One on a line; the first takes what is sent to the department alone. Without a line there is one, “General”.
guide-categories-there = Categories:
guide-members = Members to add
guide-members-there = Members:
guide-levels = Whoever handles tickets by their role handles those of the department; others read them. Levels and privileges are set in each department afterwards.
guide-shown-some = Not all are shown here:

guide-review = Follow-up
guide-review-about = Rights grow old: say when to read them again, and know where to look.
guide-later = After so many days, administration reminds you of scopes that nobody has read again.
guide-finish = Save and finish
guide-later-scopes = How far each agent sees, with a preview before you save.
guide-later-inspector = Who can see a ticket or a department, and why.
guide-later-journal = Who changed which accounts, rights and settings.
guide-later-channels = The addresses that make a ticket of a mail.
