# Pages that say no, and what to do next.

errors-not-found = This page does not exist
errors-not-found-next = It may have moved, or you may not open it.
errors-forbidden = You lack this right
errors-forbidden-next = It would take: { $right }. An administrator can give it to you.
errors-too-large = This is too large
errors-too-large-next = The limit is { $limit }. Make the files smaller, or send them in several parts.
errors-too-many = Too many requests in a short time
errors-too-many-next = { $seconds ->
    [one] Try again in { $seconds } second.
   *[other] Try again in { $seconds } seconds.
}
errors-broken = Something broke on our side
errors-broken-next = Nothing was half saved. Try again; if it happens again, give this number to an administrator.
errors-request-number = Request { $number }
errors-home = Go to the home page

errors-conflict = { $name } saved while you were editing
errors-conflict-answering = { $name } is answering in this moment: their reply leaves in a few seconds.
errors-conflict-next = Nothing is lost: choose what to keep, then save again.
errors-conflict-field = Field
errors-conflict-was = was { $value }
errors-conflict-yours = You
errors-conflict-draft = Your message
errors-conflict-draft-hint = It has not been sent yet.
errors-conflict-save = Save
errors-conflict-see = See the ticket as it is
errors-not-now = This is not possible now
