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
