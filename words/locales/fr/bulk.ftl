# Une action sur plusieurs tickets.

bulk-bar = Actions sur les tickets cochés
bulk-ticked = cochés
bulk-none = Tout décocher
bulk-take = Prendre
bulk-release = Libérer
bulk-close = Clore
bulk-tag = Étiqueter
bulk-read = Lu
bulk-unread = Non lu
bulk-tickets = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
bulk-taken = { $count ->
    [0] Rien à prendre, tout était déjà à vous.
    [one] Vous avez pris { $count } ticket.
   *[other] Vous avez pris { $count } tickets.
}
bulk-released = { $count ->
    [0] Rien à libérer, tout était déjà libre.
    [one] Vous avez libéré { $count } ticket.
   *[other] Vous avez libéré { $count } tickets.
}
bulk-closed = { $count ->
    [0] Rien à clore, tout l’était déjà.
    [one] Vous avez clos { $count } ticket.
   *[other] Vous avez clos { $count } tickets.
}
bulk-tagged = { $count ->
    [0] Rien à étiqueter, tout l’était déjà.
    [one] Vous avez étiqueté { $count } ticket.
   *[other] Vous avez étiqueté { $count } tickets.
}
bulk-were-read = { $count ->
    [one] { $count } ticket est marqué comme lu.
   *[other] { $count } tickets sont marqués comme lus.
}
bulk-were-unread = { $count ->
    [one] { $count } ticket est marqué comme non lu.
   *[other] { $count } tickets sont marqués comme non lus.
}
bulk-details = Détails
bulk-undo = Annuler
bulk-said-undone = C’est annulé.
bulk-report = Compte rendu
bulk-back = Retour à la liste
bulk-outcome = Résultat
bulk-outcome-done = Fait
bulk-outcome-already = Déjà fait
bulk-outcome-refused = Refusé
bulk-outcome-changed = Modifié entre-temps
bulk-outcome-missing = Introuvable
bulk-outcome-undone = Annulé
bulk-unseen = Vous ne voyez pas ce ticket.
bulk-summary = Faits : { $done }. Laissés tels quels : { $left }.
bulk-close-explained = Chaque demandeur reçoit un message et approuve la clôture, ou la refuse. Les tickets libres vous sont d’abord attribués. Cette action ne s’annule pas d’un geste.
bulk-tags = Étiquettes à ajouter
bulk-tags-hint = Séparées par des virgules.
bulk-priority = Priorité
bulk-prioritised = { $count ->
    [0] Rien à changer, la priorité était déjà celle-là.
    [one] Vous avez changé la priorité de { $count } ticket.
   *[other] Vous avez changé la priorité de { $count } tickets.
}
bulk-assign = Assigner
bulk-assigned = { $count ->
    [0] Rien à assigner, tout l’était déjà.
    [one] Vous avez assigné { $count } ticket.
   *[other] Vous avez assigné { $count } tickets.
}
bulk-assign-hint = Chaque ticket n’est confié qu’à qui en traite dans son service et est disponible.
bulk-more = Autres
bulk-merge = Fusionner
bulk-merge-into = Numéro du ticket qui reçoit les autres
bulk-merge-hint = L’un de ceux que vous avez cochés, ou un autre.
bulk-merge-explained = Commentaires, fichiers, tâches et historique passent à ce ticket. Chaque fusion peut être défaite.
bulk-merged = { $count ->
    [0] Rien à fusionner, tout l’était déjà.
    [one] Vous avez fusionné { $count } ticket.
   *[other] Vous avez fusionné { $count } tickets.
}
bulk-postpone = Reporter
bulk-postpone-explained = Ces tickets quittent le travail à faire jusqu’à ce jour ; vous en gardez la charge.
bulk-postponed = { $count ->
    [0] Rien à reporter.
    [one] Vous avez reporté { $count } ticket.
   *[other] Vous avez reporté { $count } tickets.
}
bulk-refuse = Refuser
bulk-refuse-explained = Chaque demandeur reçoit ce message et lit que sa demande est refusée. Cette action ne s’annule pas d’un geste.
bulk-were-refused = { $count ->
    [0] Rien à refuser, tout l’était déjà.
    [one] Vous avez refusé { $count } ticket.
   *[other] Vous avez refusé { $count } tickets.
}
bulk-reopen = Rouvrir
bulk-reopen-explained = Chaque demandeur est averti que son ticket est rouvert.
bulk-reopened = { $count ->
    [0] Rien à rouvrir, tout l’était déjà.
    [one] Vous avez rouvert { $count } ticket.
   *[other] Vous avez rouvert { $count } tickets.
}
bulk-merge-let-in = Inviter les demandeurs et les invités des tickets fusionnés
bulk-merge-let-in-hint = Avec l’invitation, lecture de toute la conversation publique du ticket qui reçoit les autres, y compris ce qui y a été écrit avant. Sans elle, plus d’accès à ce qu’ils ont écrit.
