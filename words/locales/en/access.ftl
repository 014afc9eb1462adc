# Proving who one is: second factor, codes by mail, passkeys, sessions.

access-second-factor = Two-step sign-in
access-about = A code from your phone, asked for after the password, so that a stolen password is not enough.
access-app = Authenticator app
access-set-up = Set up
access-manage = Manage
access-on = On
access-on-since = A code has been asked for at every sign-in since
access-step-app = 1. Store the key
access-step-app-hint = Scan this square with an authenticator app, or type the key in.
access-square = QR code of the key
access-key = Key to type in
access-key-account = Account: { $account }. Six-digit code, renewed every 30 seconds.
access-another-key = Start again with another key
access-step-code = 2. Confirm
access-step-code-hint = Type the code that the app shows. Your other sessions will be closed.
access-code = Code
access-confirm = Turn on
access-code-wrong = This code is not valid, or was used already. Wait for the next one.
access-code-title = Your code
access-code-hint = Type the six-digit code from your authenticator app.
access-code-lost = Lost your phone? Type one of your recovery codes, or ask an administrator.
access-half-stale = Your sign-in waited too long. Start again.
access-recovery = Recovery codes
access-recovery-once = Write these codes down now: they will never be shown again.
access-recovery-hint = Each one stands in for your phone’s code once. Keep them somewhere else than on it.
access-recovery-kept = I have written them down
access-recovery-left = { $count ->
    [one] You have { $count } recovery code left.
   *[other] You have { $count } recovery codes left.
}
access-recovery-renew = New recovery codes
access-recovery-renew-hint = The old ones will no longer work.
access-recovery-renew-submit = Make ten new codes
access-remove = Turn off
access-remove-hint = The password alone will be enough again. A recovery code works here, too.
access-remove-submit = Turn two-step sign-in off
access-removed = Two-step sign-in is off.
access-keep-sessions = Leave my other sessions open
access-keep-sessions-hint = Otherwise they are closed, which is better when somebody knows the old password.

access-person-on = Two-step sign-in is on.
access-person-off = Two-step sign-in is off.
access-person-sessions = { $count ->
    [one] { $count } open session.
   *[other] { $count } open sessions.
}
access-person-remove = Take two-step sign-in away
access-person-remove-hint = For a lost phone: their sessions are closed, and the password alone is enough until they set it up again.
access-person-end = Close all their sessions
access-said-factor-removed = Two-step sign-in taken away, sessions closed.
access-said-sessions-ended = All their sessions are closed.

access-mailed-link = Receive a code by mail
access-mailed-title = A code by mail
access-mailed-hint = For portal accounts: an eight-digit code, valid for ten minutes, instead of the password.
access-mailed-address = E-mail address
access-mailed-ask = Receive the code
access-mailed-sent = If this address has a portal account, a code is on its way. Type it in this browser: it works here only, for ten minutes.
access-mailed-again = Ask for another code
access-mailed-wrong = This code is not valid here, or has expired. Only the last one asked for counts.

access-passkeys = Passkeys
access-passkeys-mine = My passkeys
access-passkeys-about = A passkey (phone, computer, USB key) signs you in without a password or a code.
access-passkeys-none = None yet.
access-passkeys-manage = Manage passkeys
access-passkeys-need-tls = Browsers take passkeys only at an https address that has a name. Whoever runs the server sets that address.
access-passkeys-need-script = Adding a passkey takes JavaScript.
access-passkey-add = Add a passkey
access-passkey-added = Passkey added.
access-passkey-name = Name of the passkey
access-passkey-name-hint = For example: phone, USB key at the office.
access-passkey-rename = Rename
access-passkey-renamed = Passkey renamed.
access-passkey-remove = Remove
access-passkey-remove-named = Remove the passkey { $name }
access-passkey-removed = Passkey removed.
access-passkey-added-at = Added
access-passkey-used-at = Used
access-passkey-unused = Never used
access-passkey-stopped = The browser gave no passkey. Try again whenever you like.
access-passkey-refused = This passkey could not be verified. Try again.
access-passkey-known = This passkey is registered already.
access-passkey-many = Twenty passkeys at most. Remove one first.
access-passkey-conflict = This passkey was renamed meanwhile. Here is your text; save again to keep it.
access-passkey-sign-in = Sign in with a passkey
access-passkey-wrong = This passkey opens nothing here. Sign in another way.

access-time-zone = Time zone
access-keys = Single-key shortcuts
access-keys-on = On
access-keys-off = Off
access-keys-hint = Without them, only combinations with Ctrl or Cmd remain.
access-passkeys-count = { $count ->
    [one] { $count } passkey registered.
   *[other] { $count } passkeys registered.
}
access-availability = Availability
access-availability-hint = An available agent takes part in the tickets that their department gives out.
access-available = Available
access-unavailable = Unavailable
access-share = Share: { $count }%
access-become-available = Become available
access-become-available-in = Become available in { $department }
access-become-unavailable = Become unavailable
access-become-unavailable-in = Become unavailable in { $department }
