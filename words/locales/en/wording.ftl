# What mails say, and what a department writes under them.

wording-title = Mail texts
wording-events = A text for each event and language
wording-about = Each mail has its text in French and in English. What you do not write yourself stays Vigie’s own. What people wrote, links and who may read what do not change.
wording-own = Your own
wording-of = Mail “{ $name }”
wording-explained = Leave a field empty to keep Vigie’s text. Nothing is computed: only the names between braces are replaced.
wording-subject = Subject
wording-lead = What happened
wording-next = What comes next
wording-ours = Vigie writes:
wording-ours-nothing = Vigie writes nothing here.
wording-placeholders = What can be filled in
wording-preview = Preview
wording-reset = Back to Vigie’s texts
wording-example = Example
wording-said = The text is saved. Mails that have not left yet say it, too.
wording-changed = Somebody changed this text meanwhile. Yours is still here: compare, then save again.
wording-is-actor = Who did it
wording-is-assignee = Who was given the ticket
wording-is-number = The ticket’s number
wording-is-subject = The ticket’s subject
wording-is-department = The department
wording-is-desk = Your organisation
wording-is-date = The day it is about
wording-is-hours = How many hours the link works
wording-is-size = The size a mail may have

wording-signature-open = Signature
wording-signature-open-hint = What stands under the mails about this department’s tickets.
wording-signature-title = Signature: { $department }
wording-signature = Signature
wording-signature-hint = The team’s name, its hours, where it is. Empty: nothing.
wording-signature-said = The signature is saved.
