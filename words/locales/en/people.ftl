# The directory of people, for staff.

people-directory = People
people-search = Name, login, e-mail, phone, organization
people-new = New person
people-none = Nobody matches
people-none-hint = Try a part of the name, the address or the phone number.
people-staff = Staff
people-phone = Phone
people-job-title = Job title
people-organization = Organization
people-kind = Who they are
people-employee = Colleague
people-client = Customer
people-particulars = Particulars
people-edit = Edit
people-administer = Rights and access
people-new-ticket = New ticket for this person
people-no-tickets = No ticket that you may see.
people-open-count = { $count ->
    [one] { $count } open
   *[other] { $count } open
}
people-more-tickets = { $count ->
    [one] { $count } ticket in all.
   *[other] { $count } tickets in all; these are the last twenty.
}
people-access-guarded = This person can sign in: an administrator changes their address and their access.
people-send-link = Send a link to choose a password, if the portal is open to them
people-said-created = Person added.
people-said-invited = Person added, link sent.
people-said-saved = Particulars saved.
people-my-departments = My departments
people-import = Import people
people-import-found = What the sheet comes to
people-import-new = { $count ->
    [0] Nobody new.
    [one] One person will be added.
   *[other] { $count } people will be added.
  }
people-import-known = { $count ->
    [one] One person is known already and stays as they are.
   *[other] { $count } people are known already and stay as they are.
  }
people-import-wrong = { $count ->
    [one] One fault: put it right, then check again. Nobody was added.
   *[other] { $count } faults: put them right, then check again. Nobody was added.
  }
people-import-faults = Faults
people-import-line = Line
people-import-column = Column
people-import-fault = What is wrong
people-import-line-says = Line { $line }, { $column }: { $text }
people-import-lead = One line for each person. The first names the columns: name and address, and, if you have them, others of
people-import-content = The sheet
people-import-hint = Values between semicolons, commas or tabs; { $count } people at most. Nobody is sent a mail.
people-import-file = Or a file
people-import-file-hint = CSV, as a spreadsheet saves it. It takes the place of the text above, and is checked first.
people-import-check = Check
people-import-do = { $count ->
    [one] Import this person
   *[other] Import these { $count } people
  }
people-import-kind = Client or colleague
people-said-imported = People imported.
