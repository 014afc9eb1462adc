# Looking at the application with somebody's eyes.

eyes-open = See the application as this person
eyes-close = Stop looking
eyes-banner = You see the application as { $name }. Nothing can be changed, and the audit journal keeps a trace of it.
eyes-refused = You see the application as somebody else: nothing can be changed, and what is personal to them stays closed. Stop looking first.
eyes-fault-whose = One looks only with the eyes of another member of the staff, whose account is active.
eyes-said-closed = You see with your own eyes again.
