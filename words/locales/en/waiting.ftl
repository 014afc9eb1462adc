# How long things wait in a department.

waiting-title = Waiting times: { $department }
waiting-department = The whole department
waiting-categories = Categories
waiting-categories-hint = An empty field follows the category above, or the department.
waiting-expire = Days before a closure expires
waiting-expire-hint = { $days ->
    [one] Without an answer from the requester. 0: never; empty: { $days } day.
   *[other] Without an answer from the requester. 0: never; empty: { $days } days.
}
waiting-reopen = Days in which the requester can reopen
waiting-reopen-hint = { $days ->
    [one] Afterwards they open a follow-up ticket. 0: always; empty: { $days } day.
   *[other] Afterwards they open a follow-up ticket. 0: always; empty: { $days } days.
}
waiting-said = The waiting times are saved.
waiting-changed = Somebody changed this department meanwhile. What you typed is still here: check it, then save again.
waiting-open = Waiting times
waiting-open-hint = How long closures wait for approval, and how long ended tickets can be reopened.

waiting-serving = Who serves which category
waiting-serving-hint = They are offered first when a ticket is assigned, and told of new tickets there.
waiting-serving-title = Who serves what: { $department }
waiting-serving-explained = Without anybody ticked, a category is served by whoever serves the one above, or by every member of the department.
waiting-serving-nobody = No member of this department handles its tickets yet.
waiting-serving-said = Who serves which category is saved.
