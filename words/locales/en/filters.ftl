# Rules for letters that would open a ticket, and the quarantine.

filters-title = Filters
filters-about = Before a message opens a ticket, these rules are asked in order. Tags add up; the first rule that names a category or quarantines is the last one asked. A proven answer always joins its ticket.
filters-none = None yet.
filters-add = Add a rule
filters-name = Name
filters-rule = Rule
filters-position = Place
filters-source = Which messages
filters-any = All messages
filters-of-mailbox = Mailbox { $name }
filters-of-mailbox-with-address = Mailbox { $name } ({ $address })
filters-source-unknown = This address or mailbox is gone. Choose another one.
filters-conditions = Conditions, all of which must hold
filters-senders = Senders
filters-senders-hint = One per line: an address, or @example.org for a whole domain. Any of them will do.
filters-sender-wrong = Give each sender like name@example.org or @example.org.
filters-words = Words of subject or text
filters-words-hint = One phrase per line; capitals and accents do not matter. Any of them will do.
filters-says-nothing = One of these lines has no letter or digit that anybody sees: remove it.
filters-too-many-lines = That is too much: at most { $count } lines. Add another rule.
filters-header-name = Header
filters-header-name-hint = For example List-Id or X-Spam-Flag
filters-header-words = What the header holds
filters-header-words-hint = Empty, it only has to be there.
filters-header-wrong = This is no name of a header: give it like X-Spam-Flag.
filters-header-missing = Give the name of the header, too.
filters-size-over = Larger than, in KiB
filters-size-wrong = Give a number from 1 to { $count }.
filters-needs-file = With an attachment
filters-no-condition = Give at least one condition, or the rule is about every message.
filters-outcome-legend = What becomes of the message
filters-outcome = Outcome
filters-outcome-hint = In quarantine it opens no ticket and nobody is told. Administrators see it there and can let it in.
filters-outcome-missing = Choose one.
filters-ticket = It opens its ticket
filters-quarantine = It goes into quarantine
filters-category = Category
filters-own-category = That of its address
filters-category-closed = Category closed
filters-category-closed-hint = This category takes no tickets any more: messages go to that of their address.
filters-tags = Tags
filters-tags-hint = Between commas.
filters-quarantine-alone = In quarantine a message opens no ticket: leave this empty.
filters-does-nothing = Choose a category, or give tags.
filters-active = Rule is active
filters-too-many = There are { $count } rules already. Remove one first.
filters-met = { $count ->
    [0] Met no message in the last 30 days.
    [one] Met 1 message in the last 30 days.
   *[other] Met { $count } messages in the last 30 days.
}
filters-see-quarantine = See the quarantine
filters-earlier = Ask earlier
filters-later = Ask later
filters-remove = Remove the rule
filters-remove-hint = Tickets stay open, and what is in quarantine stays there.
filters-said-created = Rule added.
filters-said-moved = Order changed.
filters-said-removed = Rule removed.

filters-held-title = In quarantine
filters-held-none = The quarantine is empty.
filters-held-none-of-rule = Nothing of this rule is in quarantine.
filters-held-about = These messages are kept whole; they opened no ticket, and nobody was told.
filters-held-by = By the rule “{ $rule }”
filters-held-every-rule = All rules
filters-held-show = Show
filters-held-let-in = Let in
filters-held-rule-with-count = { $rule } ({ $count })
