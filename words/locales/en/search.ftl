# Search and the command palette.

search-title = Search
search-open = Search or run
search-open-key = Ctrl K
search-label = Search tickets and people
search-placeholder = Words, “exact phrase”, from:…, state:open, #number
search-submit = Search
search-results = Results
search-tickets = Tickets
search-people = People
search-count = { $count ->
    [0] No ticket
    [one] { $count } ticket
   *[other] { $count } tickets
}
search-count-cut = More than { $count } tickets: the latest come first
search-empty = Nothing like this among what you may see.
search-empty-hint = Try fewer words, the beginning of a word followed by *, or another spelling.
search-start = What are you looking for?
search-start-hint = Subjects, comments, names of files and people, in French and in English; accents and plurals do not matter.
search-refused = This search could not be done.
search-note = Internal note
search-newer = Previous
search-older = Next
search-pages = Pages of results
search-narrow = Narrow down
search-narrow-open = Open
search-narrow-mine = In my charge
search-narrow-file = With a file
search-narrow-month = Last 30 days

search-help = How to search
search-help-words = all these words, in any order
search-help-phrase = these words, one after the other
search-help-prefix = the beginning of a word
search-help-not = without this word
search-help-number = the ticket with this number
search-help-from = who asked (from:me)
search-help-to = who is in charge (to:me, to:nobody)
search-help-in = the department or category
search-help-state = the state (open, free, closed, archived…)
search-help-tag = the tag
search-help-date = opened on this day or later, or before:
search-help-file = with a file
search-example-words = black screen
search-example-phrase = “black screen”
search-example-prefix = prin*
search-example-not = -paper
search-example-number = #4812
search-example-from = from:martin
search-example-to = to:me
search-example-in = in:network
search-example-state = state:open
search-example-tag = tag:vip
search-example-date = after:2026-11-01
search-example-file = has:file

search-hint-unknown-field = “{ $detail }” is no filter: searched as text.
search-hint-empty-field = Nothing follows “{ $detail }”: this filter is left out.
search-hint-short-beginning = “{ $detail }” is too short: the beginning of a word has at least two letters.
search-fault-too-long = This search is too long: at most { $count } characters.
search-fault-too-many = This search has too many parts: at most { $count }.
search-fault-state = “{ $detail }” is no state: try open, free, in-progress, incomplete, postponed, closed, approved, refused, cancelled or archived.
search-fault-date = “{ $detail }” is no date: write 2026-11-23, 23/11/2026, yesterday or 7d.
search-fault-has = “has:” only knows file, not “{ $detail }”.

search-palette = Command palette
search-palette-label = Search or run a command
search-palette-placeholder = Ticket, person or action…
search-palette-escape = Esc
search-palette-actions = Actions
search-palette-go = Go to
search-palette-none = Nothing like this.
search-palette-failed = No answer: check the connection and try again.
search-palette-everything = Search everything: { $detail }
search-palette-said = { $count ->
    [0] No suggestion
    [one] { $count } suggestion
   *[other] { $count } suggestions
}
search-kind-ticket = Ticket
search-kind-person = Person

search-portal-title = Search my requests
search-portal-placeholder = Words, “exact phrase”, #number
search-portal-empty = None of your requests holds this.
search-portal-start-hint = Search your requests and those you were invited to: subjects, messages and names of files.
