# How long the desk keeps what it no longer needs.

retention-title = Retention
retention-explained = What is older than this goes by itself, some every hour; the journal notes how much. Nothing is taken from a ticket that is not over, and tickets stay, with their numbers and messages, unless you say after how many days archived ones go. At least { $days } days; nothing typed keeps it for good.
retention-days = Days
retention-for-good = for good
retention-letters = Letters as they came
retention-letters-hint = The whole mail as it was received, once its ticket is over. What it said stays in the messages. Those in quarantine, too: they can no longer be let in then.
retention-mails = Mails sent
retention-mails-hint = What they said. That they went, to whom and when, stays.
retention-files = Files
retention-files-hint = Attachments of tickets that are over and rested since. Their names stay in the history.
retention-tickets = Archived tickets
retention-tickets-hint = The whole ticket, so many days after it was archived: messages, notes, files, tasks, time, history and mails, and those merged into it. Its number is never given again; a late answer opens a new ticket.
retention-journal = Details of the journal
retention-journal-hint = What was what before and after. Who did what to whom and when stays, and its chain holds.
retention-goes = { $count ->
    [0] Nothing would go now.
    [one] { $count } would go now.
   *[other] { $count } would go now.
 }
retention-no-undo = What is gone cannot be brought back.
retention-look = Count what would go
retention-said = Saved. The clock goes by it within the hour.
retention-changed = Somebody has changed these rules meanwhile. Read again before you save.
