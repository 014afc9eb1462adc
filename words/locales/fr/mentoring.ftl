# Les mentors : des agents expérimentés qui accompagnent de nouveaux collègues.

mentoring-open = Mentors
mentoring-open-hint = Des collègues expérimentés qui accompagnent ses membres et sont prévenus quand l’un d’eux demande conseil.
mentoring-title = Mentors : { $department }
mentoring-explained = Un mentor retrouve dans une liste les tickets des collègues qu’il accompagne, et reçoit un e-mail quand l’un d’eux demande conseil sur un ticket qu’il voit. Il conseille par des notes internes.
mentoring-grants-nothing = Être mentor ne donne rien à voir ni à faire de plus. Ce qu’un mentor lit et peut faire reste ce que disent son rôle, sa portée et ses services, et il n’est responsable de rien à ce titre.
mentoring-none = Aucun mentor
mentoring-by = Accompagnement par { $names }
mentoring-count = { $count ->
    [one] { $count } mentor
   *[other] { $count } mentors
}
mentoring-of = Mentors de { $name }
mentoring-hint = Adresses ou identifiants d’agents, entre virgules. Laissez vide pour aucun.
mentoring-trainees = Tickets que j’accompagne
mentoring-held = Confié à qui j’accompagne
