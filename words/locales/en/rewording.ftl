# Putting one’s own last words right.

rewording-title = Correct my last message
rewording-link = Correct
rewording-words = Message
rewording-hint = Mails that have left do not change. The former text stays in the history.
rewording-hint-portal = Mails that have left do not change. Agents still see the former text.
rewording-submit = Save
rewording-changed = The ticket changed while you were writing. Your text is below; this is what is saved:
rewording-edited = corrected
rewording-did = corrected their last message
rewording-said = The message is corrected.
rewording-former = Former text
