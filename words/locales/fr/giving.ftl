# Comment les tickets libres sont attribués.

giving-open = Attribution
giving-open-hint = Si les nouveaux tickets vont d’eux-mêmes à quelqu’un, et selon quelle règle.
giving-title = Attribution : { $department }
giving-explained = Quand un ticket est créé, arrive ou est rouvert sans que personne l’ait en charge, il peut être confié à un membre disponible de sa catégorie, selon son taux. À un taux de 0, on ne reçoit rien. Un ticket que son gestionnaire libère n’est jamais attribué.
giving-department = Tout le service
giving-rule = Les tickets libres vont
giving-rules = Ce que fait chaque règle
giving-nobody = à personne
giving-nobody-hint = Quelqu’un les prend.
giving-first = au premier disponible
giving-first-hint = Toujours celui qui a le plus grand taux, puis par nom ; les autres le remplacent en son absence.
giving-round = à tour de rôle
giving-round-hint = L’un après l’autre, d’autant plus souvent que le taux est grand.
giving-random = au hasard
giving-random-hint = Par tirage au sort, d’autant plus souvent que le taux est grand.
giving-least = au moins chargé
giving-least-hint = Celui qui traite le moins de tickets ouverts pour son taux, tous services confondus ; à égalité, à tour de rôle.
giving-candidates = { $count ->
    [0] Personne n’est disponible pour elle en ce moment.
    [one] { $count } membre pourrait en recevoir un en ce moment.
   *[other] { $count } membres pourraient en recevoir un en ce moment.
}
giving-stuck = Personne n’est disponible en ce moment : les tickets restent libres.
giving-said = L’attribution des tickets libres est enregistrée.
giving-did = a confié le ticket à { $name } ({ $by })
giving-did-not = n’a confié le ticket à personne : aucun membre disponible pour sa catégorie
giving-by-rule = selon la règle de la catégorie
giving-by-first = premier disponible
giving-by-round = à tour de rôle
giving-by-random = au hasard
giving-by-least = le moins chargé

giving-leaving = { $count ->
    [one] Le ticket ouvert dont cette personne a la charge sera
   *[other] Les { $count } tickets ouverts dont cette personne a la charge seront
}
giving-leaving-out = attribués de nouveau selon la règle de leur catégorie ; libres là où il n’y en a pas
giving-leaving-to = confiés à un collègue
giving-leaving-free = libérés
giving-leaving-heir = Collègue à qui les confier

giving-invitees = Invités permanents
giving-invitees-hint = Qui est invité à chaque ticket créé ou transféré ici.
giving-invitees-title = Invités permanents : { $department }
giving-invitees-explained = Ces personnes sont invitées à chaque ticket désormais créé ou transféré ici, sans courriel pour l’invitation elle-même. Les notes internes restent à l’équipe. Les tickets déjà là restent tels quels.
giving-invitees-none = Personne n’est invité d’office.
giving-invitees-add = Inviter quelqu’un à chaque ticket
