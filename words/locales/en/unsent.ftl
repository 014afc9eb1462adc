# Forms that were begun and are not sent yet.

unsent-begun = Begun and not sent yet:
unsent-kept = Not saved yet, kept
unsent-discard = Discard
unsent-later = Go on later
unsent-saved = Draft kept
unsent-offline = No connection: kept in this browser
unsent-said-discarded = The draft is discarded.
unsent-said-nothing = There was nothing to keep yet.
unsent-unsendable = Your reply that was not sent:
unsent-said-kept = Your draft is kept: “New ticket” offers it on all your devices.
