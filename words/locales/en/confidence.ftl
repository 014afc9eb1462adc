# Confidential categories.

confidence-open = Confidentiality
confidence-open-hint = Categories whose tickets only those who are let in see.
confidence-title = Confidentiality: { $department }
confidence-explained = The tickets of a confidential category are seen by those who are let in here, by administrators, and by the people of each ticket: who asked, is in charge, was invited or observes it. Nobody else sees them, whatever their department or scope. What lies below a confidential category is as confidential.
confidence-confidential = Confidential
confidence-by = Confidential as { $category }
confidence-hint = What is open in the category becomes confidential at once, and is shown to nobody else any more.
confidence-bare = Mails without content
confidence-bare-hint = Mails of these tickets say that something happened, by whom and in which ticket: neither the subject nor what was written leaves the desk. It can be read on the ticket.
confidence-confidants = Who is let in
confidence-said = Saved who is let in.
confidence-changed = The category was changed meanwhile. What you chose is still here: look at the category again, then save.
confidence-note = Confidential: seen by those who are let in alone.
