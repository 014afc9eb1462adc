# Ce qui s’est passé pendant l’absence d’un agent. « -opened » et les suivantes se disent d’un ticket, l’une après l’autre.

away-title = Pendant votre absence
away-told = { $count ->
    [one] Du { $since } au { $until } : un ticket a bougé.
   *[other] Du { $since } au { $until } : { $count } tickets ont bougé.
}
away-bar = { $count ->
    [one] Pendant votre absence (depuis le { $since }) : un ticket a bougé
   *[other] Pendant votre absence (depuis le { $since }) : { $count } tickets ont bougé
}
away-more = { $count ->
    [one] Et un autre ticket.
   *[other] Et { $count } autres tickets.
}
away-dismiss = C’est vu
away-opened = ouvert par { $who }
away-taken = pris en charge par { $who }
away-given-to-you = maintenant à vous
away-given = confié à un collègue par { $who }
away-released = libéré par { $who }
away-asked = précisions demandées par { $who }
away-closure-proposed = clôture proposée par { $who }
away-closure-approved = clôture approuvée par { $who }
away-closure-refused = clôture refusée par { $who }
away-expired = clos, faute de réponse du demandeur
away-reopened = rouvert par { $who }
away-refused = refusé par { $who }
away-cancelled = annulé par { $who }
away-postponed = reporté par { $who }
away-recalled = rappelé par { $who }
away-transferred = transféré par { $who }
away-merged = fusionné par { $who }
away-unmerged = fusion défaite par { $who }
away-called = { $who } vous mentionne
away-invited = { $who } vous invite
away-observing = vous l’observez désormais
away-task = { $count ->
    [one] une tâche pour vous
   *[other] { $count } tâches pour vous
}
away-reminded = clôture toujours à approuver
away-advice-asked = conseil demandé par { $who }
away-advised = conseil donné par { $who }
away-advice-ended = plus besoin de conseil
away-reply = { $count ->
    [one] { $who } a répondu
   *[other] { $count } réponses
}
away-note = { $count ->
    [one] une note interne par { $who }
   *[other] { $count } notes internes
}
away-other = { $count ->
    [one] une autre modification
   *[other] { $count } autres modifications
}
