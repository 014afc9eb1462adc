# Two records of one human become one.

duplicates-title = Merge two records of one person
duplicates-of = Merge another record into { $name }
duplicates-link = Merge with…
duplicates-likely = Perhaps the same person:
duplicates-with = The other record
duplicates-with-hint = Its address or login. It goes into this one, and must not be staff.
duplicates-look = See what happens
duplicates-changed = One of the two has been changed meanwhile. Read again before you go on.
duplicates-kept = Is kept
duplicates-other = Goes into it
duplicates-access = Can sign in
duplicates-yes = yes
duplicates-no = no
duplicates-asked = Tickets requested
duplicates-other-way = The other way round
duplicates-moves = What goes to { $name }
duplicates-requests = { $count ->
    [0] tickets requested: none
    [one] { $count } ticket requested
   *[other] { $count } tickets requested
 }
duplicates-messages = { $count ->
    [0] messages: none
    [one] { $count } message
   *[other] { $count } messages
 }
duplicates-participations = { $count ->
    [0] participations: none
    [one] { $count } participation in a ticket
   *[other] { $count } participations in tickets
 }
duplicates-mails = { $count ->
    [0] mails sent: none
    [one] { $count } mail sent
   *[other] { $count } mails sent
 }
duplicates-takes-address = the address { $address }: mail from it finds this person, answers go to the address that is kept
duplicates-takes-rest = phone, job, organization and site, where the kept record has none; history names the kept person
duplicates-ends = What ends
duplicates-keys = { $count ->
    [0] sessions, tokens and passkeys of the other record: none now
    [one] { $count } session, token or passkey of the other record
   *[other] { $count } sessions, tokens and passkeys of the other record
 }
duplicates-password = password, login, second factor and preferences of the other record
duplicates-sight = { $name } will see every ticket the other record asked for or was let into. Be sure that both are the same human.
duplicates-for-good = This cannot be undone.
duplicates-do = Merge for good
duplicates-said = The two records are one now.
duplicates-went-here = That record was merged into this one.
duplicates-addresses = Further addresses
duplicates-addresses-hint = Mail from these finds this person. Nobody signs in with them, and nothing is sent to them.
duplicates-address = Further address
duplicates-address-remove = Remove { $address }
duplicates-address-gone = This address is no longer theirs.
