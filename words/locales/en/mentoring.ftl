# Mentors: experienced agents who look after newer colleagues.

mentoring-open = Mentors
mentoring-open-hint = Experienced colleagues who look after its members and are told when one of them asks for advice.
mentoring-title = Mentors: { $department }
mentoring-explained = A mentor finds the tickets of the colleagues they look after in one list, and is told by e-mail when one of them asks for advice on a ticket they see. They advise by internal notes.
mentoring-grants-nothing = Being a mentor lets nobody see or do more. What a mentor reads and may do is what their own role, scope and departments say, and they are in charge of nothing by it.
mentoring-none = No mentor
mentoring-by = Looked after by { $names }
mentoring-count = { $count ->
    [one] { $count } mentor
   *[other] { $count } mentors
}
mentoring-of = Mentors of { $name }
mentoring-hint = Addresses or logins of agents, between commas. Leave it empty for none.
mentoring-trainees = Tickets of my trainees
mentoring-held = Held by my trainees
