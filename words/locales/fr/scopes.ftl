# Les agents et jusqu’où ils voient.

scopes-title = Agents et portée
scopes-hint = Jusqu’où voit chaque agent. Choisissez-en un : ce qu’un changement montrerait et cacherait est compté avant d’être enregistré.
scopes-agents = Agents
scopes-agent = Agent
scopes-nobody = Aucun agent ne correspond
scopes-scope = Portée
scopes-departments = { $count ->
    [0] aucun service
    [one] { $count } service
   *[other] { $count } services
}
scopes-of = Portée de { $name }
scopes-person = Compte de cette personne
scopes-link = Portée et services
scopes-above = Seul quelqu’un d’un rang aussi élevé peut modifier cette personne. Vous pouvez consulter.
scopes-disabled = Ce compte est désactivé : il ne voit rien tant qu’il n’est pas rétabli.
scopes-everything = Les propriétaires et les administrateurs voient tous les tickets, quel que soit le choix fait ici. Il comptera le jour où leur rôle sera moins élevé.
scopes-global = Tous les tickets de tous les services.
scopes-group = Les tickets des services que l’agent consulte ou traite, et ceux qui le nomment ailleurs.
scopes-restricted = Seulement les tickets qui le nomment : en charge, observés, invité, demandés. Les services n’en ajoutent aucun.
scopes-clientele = Qui l’agent sert
scopes-clientele-hint = Restreint ce que montrent sa portée et ses services aux tickets demandés par les personnes de ces organisations et de ces sites. Avec les deux, d’une des unes et d’un des autres. Ce qui nomme l’agent reste visible. Sans aucun, il sert tout le monde.
scopes-organizations = Organisations
scopes-sites = Sites
scopes-one-a-line = Un nom par ligne.
scopes-there-are = Ce qui existe
scopes-all = toutes et tous
scopes-fault-organization = Il n’y a pas d’organisation « { $detail } ». Écrivez-la comme dans l’annuaire.
scopes-fault-site = Il n’y a pas de site « { $detail } ». Écrivez-le comme dans l’annuaire.
scopes-fault-too-many = 200 au plus.
scopes-matrix = Par service
scopes-no-department = Il n’y a pas encore de service.
scopes-changed = pas encore enregistré
scopes-out = Hors du service
scopes-out-means = N’appartient pas au service.
scopes-none-means = Y appartient, et n’y voit que les tickets qui le nomment.
scopes-assigned-means = Peut se voir attribuer ses tickets, traite ceux dont il est chargé et n’en voit aucun autre.
scopes-view-means = Lit tous ses tickets et rédige des notes internes, dans la mesure de son rôle.
scopes-edit-means = Traite ses tickets, dans la limite de ses privilèges. Un nouveau gestionnaire reçoit les privilèges habituels.
scopes-at-once = Effet immédiat, aussi sur les pages ouvertes ; noté au journal.
scopes-discard = Abandonner
scopes-preview = Aperçu
scopes-preview-title = Ce que voit l’agent
scopes-sees = Ce que voit { $name }
scopes-of-all = { $count ->
    [one] sur { $count } ticket
   *[other] sur { $count } tickets
}
scopes-now = { $count ->
    [one] Actuellement : { $count } ticket.
   *[other] Actuellement : { $count } tickets.
}
scopes-as-it-stands = En l’état : rien n’est changé.
scopes-gained = { $count ->
    [one] { $count } ticket gagné
   *[other] { $count } tickets gagnés
}
scopes-lost = { $count ->
    [one] { $count } ticket perdu
   *[other] { $count } tickets perdus
}
scopes-same = Les mêmes tickets restent visibles
scopes-more = de plus
scopes-less = de moins
scopes-changes = Changements
scopes-by-department = Par service
scopes-held = { $count ->
    [one] { $count } ticket ouvert lui est attribué là où son niveau baisse. L’enregistrement demande de le libérer ; il est compté comme libéré.
   *[other] { $count } tickets ouverts lui sont attribués là où son niveau baisse. L’enregistrement demande de les libérer ; ils sont comptés comme libérés.
}
scopes-stale = Autre chose est en vigueur entre-temps. Voici ce que votre choix donnerait maintenant.
scopes-not-counted = Le compte n’a pas pu être fait : voyez dans le formulaire ce qui ne va pas. Ci-dessous, ce qui est en vigueur.
scopes-unreached = Le compte n’a pas pu être refait : ce qui suit vaut pour un choix précédent. Il sera refait au retour du réseau, ou par « Aperçu ».
scopes-why = Pourquoi voit-il ce ticket ?
scopes-by-rule = Compté par la règle elle-même, interrogée au nom de cet agent. Les tickets qui montrent quelque chose à des personnes qu’ils ne concernent pas ne sont pas comptés.
scopes-what = Quoi
scopes-stands = En vigueur
scopes-yours = Votre choix
scopes-fault-department = Le service { $detail } n’existe pas.
scopes-fault-twice = « { $detail } » est nommé deux fois. Nommez chaque service une seule fois.

scopes-due = À revoir
scopes-due-hint = Personne ne les a regardées depuis longtemps. Voyez si chacune est toujours juste : changez-la, ou dites qu’il n’y a rien à changer.
scopes-due-since = regardée pour la dernière fois
scopes-due-mark = À revoir
scopes-due-count = { $count ->
    [one] { $count } portée est à revoir
   *[other] { $count } portées sont à revoir
}
scopes-reviewed = Revue, rien à changer
scopes-reviewed-of = Revue, rien à changer : { $name }
scopes-reviewed-said = La revue est notée.
scopes-reviewed-clash = Quelqu’un a changé cet agent entre-temps. Regardez ce qui vaut maintenant.
scopes-review-days = Revoir chaque portée après ce nombre de jours
scopes-review-days-hint = De 0 à 3650. 0 : jamais.
scopes-review-days-clash = Quelqu’un a dit autre chose entre-temps. Vérifiez, puis enregistrez de nouveau.
scopes-by-team = En plus, par l’équipe { $team } :
