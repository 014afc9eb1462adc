# Saved views.

views-own = My views
views-shared = Shared views
views-new = Save this view
views-edit = Change the view
views-explained = The view keeps the filters and the order of this list. Everybody sees in it only the tickets they may see.
views-name = Name of the view
views-audience = Who sees it
views-personal = Only me
views-department = The agents of a department
views-everyone = All agents
views-department-hint = For a view shared with a department whose tickets you handle.
views-position = Place in the list
views-up = Move up
views-down = Move down
views-delete = Delete the view
views-delete-explained = The view disappears for everybody who sees it. The tickets do not change.
views-delete-yes = Delete
views-said-created = The view is saved.
views-said-changed = The view is changed.
views-said-deleted = The view is deleted.
views-said-moved = The view has moved.
