# Taking something out of a message for good.

redaction-title = Remove a part of this message
redaction-of = Remove a part of { $name }’s message
redaction-mark = [removed]
redaction-explained = For a password that was pasted by mistake, or a file that should not have been sent. What you remove goes everywhere in this ticket and does not come back.
redaction-source = { $name }’s message
redaction-words = Words to remove
redaction-words-hint = Copy them from the message, exactly. They are removed wherever they stand in this ticket.
redaction-files = Files to remove
redaction-reason = Reason
redaction-reason-hint = Everybody who reads the message sees it. Do not repeat what you remove.
redaction-preview = See what will be left
redaction-left = This is what will be left of the message:
redaction-files-gone = Files that go
redaction-elsewhere = These words also go elsewhere
redaction-in-subject = in the ticket’s subject
redaction-in-messages = { $count ->
    [one] in { $count } other message
   *[other] in { $count } other messages
 }
redaction-in-history = { $count ->
    [one] in { $count } line of the history
   *[other] in { $count } lines of the history
 }
redaction-for-good = This cannot be undone. Mails that have left stay with whoever got them: if it is a password, have it changed.
redaction-submit = Remove for good
redaction-edit = Edit
redaction-changed = The ticket has changed meanwhile. Read the message again before you go on.
redaction-by = A part was removed by { $name }
redaction-did = removed a part of a message: { $value }
redaction-said = It is removed.
