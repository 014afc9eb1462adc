# People in copy of a mail.

copied-title = People in copy: { $department }
copied-people = People in copy of a mail
copied-hint = Who of them is invited to the ticket a mail opens or answers.
copied-explained = When a requester writes to the desk, the other people their mail is addressed to can be invited to its ticket: they read it and may answer there. Internal notes stay with staff.
copied-proven = This is done for mails whose sender is proven by a mail server you trust, for at most 20 people, and never in a confidential category. People the desk does not know are invited only by senders who have an account. Other mails open their ticket as always, and invite nobody.
copied-categories-hint = “As above” follows the category above, or the department.
copied-as-above = As above
copied-nobody = Nobody is invited
copied-known = Whom the desk knows is invited
copied-everybody = Everybody is invited
copied-said = Who is invited from the copy of a mail is saved.
