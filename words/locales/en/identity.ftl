# Signing in, passwords, sessions, preferences, first set-up.

identity-lead = Every request followed, to an approved closure.
identity-lead-more = The service desk of { $organisation }.
identity-lead-more-new = A service desk that fits in one program.
identity-presentation = About

identity-sign-in = Sign in
identity-sign-in-hint = With your e-mail address or your login.
identity-login = E-mail address or login
identity-password = Password
identity-forgot = Forgot?
identity-wrong = Wrong e-mail, login or password.
identity-throttled = { $minutes ->
    [one] Too many attempts. Try again in { $minutes } minute.
   *[other] Too many attempts. Try again in { $minutes } minutes.
}

identity-forgot-title = Forgotten password
identity-forgot-hint = Give your e-mail address or login: if we know you, a link valid for one hour is on its way.
identity-forgot-submit = Get the link
identity-forgot-sent = If this account exists, a message has just left. The link is valid for one hour.
identity-back-to-sign-in = Back to sign-in

identity-reset-title = Choose a password
identity-reset-hint = All your open sessions will be closed.
identity-new-password = New password
identity-new-password-hint = { $count ->
    [one] At least { $count } character. A phrase does very well.
   *[other] At least { $count } characters. A phrase does very well.
}
identity-reset-submit = Save the password

identity-setup-title = Welcome
identity-setup-hint = This link works once. It creates the owner’s account, the one that may do everything.
identity-setup-organisation = Name of your organisation
identity-setup-name = Your name
identity-setup-email = Your e-mail address
identity-setup-desk = Who sees what
identity-setup-desk-open = Open desk
identity-setup-desk-open-hint = Every agent sees the tickets of all departments. For a small team.
identity-setup-desk-partitioned = Partitioned desk
identity-setup-desk-partitioned-hint = Each agent sees the tickets of their departments. For a large organisation.
identity-setup-submit = Create the account
identity-setup-spent = This link was used already or has expired. Ask for another with the command “vigie owner”.

identity-preferences = Preferences
identity-display = Display
identity-language = Language
identity-french = Français
identity-english = English
identity-theme = Theme
identity-theme-auto = Like the device
identity-theme-light = Light
identity-theme-dark = Dark
identity-density = Lists
identity-density-comfortable = Roomy
identity-density-compact = Compact
identity-change-password = Change password
identity-current-password = Current password
identity-sessions = Open sessions
identity-sessions-hint = Close those you do not recognise, then change your password.
identity-session-current = This session
identity-session-opened = Opened
identity-session-seen = Seen
identity-session-end = Close
identity-session-end-named = Close the session { $device }
identity-sign-out-everywhere = Close all other sessions

identity-password-short = At least { $count } characters.
identity-password-long = At most { $count } characters.
identity-password-is-email = Your address is not a password.
identity-password-wrong = This is not your current password.
identity-password-changed = Password changed. Your other sessions are closed.
identity-password-changed-only = Password changed. Your other sessions stay open.
identity-reset-done = Password saved. Sign in.
identity-reset-stale = This link was used already or has expired. Ask for another.
identity-sessions-ended = Your other sessions are closed.
identity-session-ended = Session closed.
identity-session-unknown = Unknown browser
identity-setup-done = Your service desk is ready.
identity-first-department = Support
identity-first-category = General
