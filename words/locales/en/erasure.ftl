# Erasing a person, and taking their data away.

erasure-title = Erase a person
erasure-of = Erase { $name }
erasure-link = Erase this person
erasure-data = Personal data
erasure-data-hint = Everything the desk keeps of this person, as one file (JSON). The journal notes it.
erasure-data-own = Everything the desk keeps of you, as one file (JSON).
erasure-export = Export the data
erasure-nobody = Erased person
erasure-reason = Erased person
erasure-changed = This person has been changed meanwhile. Read again before you go on.
erasure-goes = What goes
erasure-identity = name, address, login, phone, job, site and preferences, and the full name and address in all tickets of this person
erasure-keys = { $count ->
    [0] ways to come in: none right now
    [one] { $count } session, token or passkey
   *[other] { $count } sessions, tokens and passkeys
 }
erasure-participations = { $count ->
    [0] participations: none
    [one] { $count } participation in a ticket
   *[other] { $count } participations in tickets
 }
erasure-letters = { $count ->
    [0] letters received: none
    [one] the text of { $count } letter received
   *[other] the text of { $count } letters received
 }
erasure-mails = { $count ->
    [0] mails sent: none
    [one] the text of { $count } mail sent
   *[other] the text of { $count } mails sent
 }
erasure-journal = what the journal tells of this person; its chain stays whole
erasure-stays = What stays
erasure-requests = { $count ->
    [0] no ticket requested
    [one] { $count } ticket requested, with its number and history
   *[other] { $count } tickets requested, with their numbers and histories
 }
erasure-messages = { $count ->
    [0] no message
    [one] { $count } message, without their name
   *[other] { $count } messages, without their name
 }
erasure-with-words = Also erase what this person wrote
erasure-with-words-hint = { $count ->
    [0] The text of their messages and the subjects of their requests. No file.
    [one] The text of their messages, the subjects of their requests, and { $count } file.
   *[other] The text of their messages, the subjects of their requests, and { $count } files.
 }
erasure-for-good = This cannot be undone. Mails that have left and backups do not change.
erasure-type = To confirm, type “{ $name }”
erasure-submit = Erase for good
erasure-said = This person is erased.
erasure-release = { $count ->
    [one] First release { $count } open ticket in their charge
   *[other] First release { $count } open tickets in their charge
 }
