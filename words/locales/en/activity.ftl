# What agents do, in counts.

activity-title = Activity
activity-own = Your activity
activity-of = Activity of { $name }
activity-about-own = What you did, on the tickets that you see.
activity-about-departments = Your activity, and that of the members of departments whose members you manage, on the tickets of these that you see.
activity-about-everybody = What agents do, on the tickets that you see.
activity-counted = Counts by day or week, made of the tickets’ history while you look: no hours, no presence, and nothing of it is kept.
activity-shut = This page is shut
activity-shut-hint = The owners of the account chose not to count what agents do.
activity-days = Over how many days
activity-last = { $count ->
    [one] Last day
   *[other] Last { $count } days
}
activity-by = Period
activity-by-week = Week by week
activity-by-day = Day by day
activity-look = Show
activity-file = Export
activity-nothing = Nothing to count
activity-nothing-hint = Nobody did anything in these days on the tickets that you see.
activity-agent = Agent
activity-day = Day
activity-week = Week of
activity-from = From
activity-taken = Taken
activity-replies = Replies
activity-notes = Notes
activity-closed = Closed
activity-tickets = Tickets touched
activity-limit = { $count ->
    [one] Nobody looks further back than { $count } day.
   *[other] Nobody looks further back than { $count } days.
}
activity-look-back = Look back at most (days)
activity-look-back-hint = From 0 to 730. 0: nobody looks.
activity-changed = Somebody has changed this setting meanwhile. Check, then save again.
activity-preferences-hint = How many tickets taken, replies, notes and closures, by week or by day.
