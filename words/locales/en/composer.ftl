# Where one writes, what is on its way, what is put into it.

composer-placeholder = Reply… / saved reply, @ colleague, # ticket or article
composer-hint = Markdown formatting. / offers saved replies, @ colleagues, # tickets and articles. Ctrl Enter sends.
composer-format = Formatting
composer-bold = Bold
composer-italic = Italic
composer-list = List
composer-link = Link
composer-quote = Quote
composer-code = Code
composer-preview = Preview
composer-preview-empty = Nothing to show: write something first.
composer-suggestions = Suggestions
composer-nothing-found = Nothing like that
composer-files-here = Files of this message
composer-keep-file = Attach { $name }
composer-remove-file = Remove
composer-insert-reply = Insert a saved reply
composer-saved-reply = Saved reply
composer-insert = Insert
composer-manage-replies = My saved replies
composer-discard = Delete the draft
composer-draft-saved = Draft saved
composer-draft-restored = Draft restored
composer-sending = Sending
composer-only-you = Only you see it for now.
composer-leaves-in = { $seconds ->
    [0] Your reply leaves now.
    [one] Your reply leaves in { $seconds } second.
   *[other] Your reply leaves in { $seconds } seconds.
}
composer-leaving = Your reply is leaving…
composer-sent = Reply sent.
composer-failed = No connection. Your text is kept here; try again in a moment.
composer-undo = Undo send
composer-untold = { $names } cannot open this ticket and will not be told.
composer-said-undone = Your reply did not leave: here it is again, ready to be changed.
composer-said-too-late = Too late: your reply has left already.
composer-said-discarded = The draft is deleted.
composer-said-noted-untold = Your note is saved. Somebody you mention cannot open this ticket and was not told.
composer-was-refused = Your reply did not leave: the ticket or your rights changed meanwhile. Here is your text.
composer-overtaken-words = { $name } wrote while you were writing. Read it, then send again or change your text: it is kept.
composer-overtaken = { $name } changed the ticket while you were writing. Look again, then send or change your text: it is kept.
composer-crossed = { $name } is answering in this moment. Wait a few seconds to read it, or send yours all the same: your text is kept.
