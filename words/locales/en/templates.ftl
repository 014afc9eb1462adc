# Ticket templates: what the form holds before anybody writes.

templates-link = Ticket template
templates-of = Ticket template of { $name }
templates-explained = The form of a new ticket begins with these texts. What stays empty comes from the category above, then from the department.
templates-body = Message
templates-inherited = When empty, it is: { $value }
templates-nothing-inherited = When empty, the form stays empty.
templates-inherit = As above ({ $value })
templates-unset = As usual
templates-conflict = Somebody changed this template meanwhile. Your texts are still here: save again to keep them.
templates-said-saved = The ticket template is saved.

templates-similar = { $count ->
    [one] An open ticket seems to ask the same.
   *[other] { $count } open tickets seem to ask the same.
}
templates-similar-anyway = Create all the same
templates-use = Fill with the category’s template
