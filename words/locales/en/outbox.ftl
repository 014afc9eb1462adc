# Mails that go out, wait, or did not arrive.

outbox-title = Outgoing mail
outbox-about = Each mail that left, waits or did not arrive, and the addresses nothing is mailed to any more.
outbox-list = Mails
outbox-state = State
outbox-any = All
outbox-address = Address
outbox-none = No mail fits.
outbox-suppressed = { $count ->
    [0] No suppressed address
    [one] { $count } suppressed address
   *[other] { $count } suppressed addresses
}

outbox-waiting = Waiting
outbox-sending = Being sent
outbox-sent = Sent
outbox-uncertain = Uncertain
outbox-failed = Failed
outbox-dropped = Not sent
outbox-captured = Shown in the demonstration
outbox-bounced = Came back

outbox-acknowledgement = Acknowledgement
outbox-too-large = Mail too large
outbox-event = Something on a ticket
outbox-approval-request = Closure to approve
outbox-invitation = Invitation
outbox-mention = Mention
outbox-password-link = Password
outbox-sign-in-code = Sign-in code
outbox-monitoring-mailbox = Monitoring mailbox
outbox-daily-report = Daily report

outbox-why-no-relay = No relay is configured.
outbox-why-no-sender = There is no address to send from: add a receiving address, or set mail_from.
outbox-why-no-reader = Nobody is at this address to read it any more.
outbox-why-not-visible = Its reader may no longer read it.
outbox-why-no-ticket = Its ticket is gone.
outbox-why-nothing = It had nothing to say.
outbox-why-late = It came too late.
outbox-why-suspended = Its reader suspended these mails.
outbox-why-suppressed = The address is suppressed.
outbox-why-lost-twice = The connection broke twice at the end: it may have arrived.
outbox-why-unwritable = It could not be written.
