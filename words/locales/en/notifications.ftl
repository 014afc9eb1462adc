# What happened that concerns me. “-created” and those after it follow somebody's name.

notifications-title = Notifications
notifications-unread = Unread:
notifications-unread-count = unread
notifications-read-all = Mark all as read
notifications-none = Nothing new
notifications-none-hint = What concerns your tickets will be told here.
notifications-dismiss = Dismiss
notifications-more = { $count ->
    [one] And { $count } more
   *[other] And { $count } more
}
notifications-said-read = All is read.
notifications-said-quiet = Your quiet hours are saved.
notifications-quiet = Quiet hours
notifications-quiet-hint = In these hours of your day nothing comes up on the screen. The number of what is new stays visible, and the list is complete. Leave both empty to be told always.
notifications-quiet-from = From
notifications-quiet-until = Until
notifications-quiet-weekends = Nothing on Saturdays and Sundays either
notifications-called = called you by name
notifications-created = opened a ticket
notifications-given = gave you the ticket
notifications-given-other = gave the ticket to somebody
notifications-approval = reminds you of the closure to approve
notifications-transferred = transferred the ticket
notifications-invited = invites you
notifications-observer = made you an observer
notifications-task = gave you a task
notifications-merged = merged the ticket
notifications-unmerged = took the ticket apart again
notifications-changed = changed the ticket
