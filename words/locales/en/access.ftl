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
