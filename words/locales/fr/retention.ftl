# Combien de temps la plateforme garde ce dont elle n’a plus besoin.

retention-title = Conservation
retention-explained = Ce qui est plus ancien disparaît de soi-même, un peu chaque heure ; le journal note combien. Rien n’est retiré d’un ticket qui n’est pas terminé, et les tickets restent, avec leurs numéros et leurs messages, sauf si vous dites après combien de jours les archivés disparaissent. Au moins { $days } jours ; un champ vide garde toujours.
retention-days = Jours
retention-for-good = toujours
retention-letters = Lettres telles que reçues
retention-letters-hint = L’e-mail entier tel qu’il est arrivé, une fois son ticket terminé. Ce qu’il disait reste dans les messages. Ceux en quarantaine aussi : on ne peut plus les admettre ensuite.
retention-mails = E-mails envoyés
retention-mails-hint = Leur texte. Qu’ils sont partis, à qui et quand, reste.
retention-files = Fichiers
retention-files-hint = Les pièces jointes des tickets terminés, sans mouvement depuis. Leurs noms restent dans l’historique.
retention-tickets = Tickets archivés
retention-tickets-hint = Le ticket entier, tant de jours après son archivage : messages, notes, fichiers, tâches, temps, historique et e-mails, avec les tickets fusionnés dans celui-ci. Son numéro n’est jamais redonné ; une réponse tardive ouvre un nouveau ticket.
retention-journal = Détails du journal
retention-journal-hint = Les valeurs avant et après. Qui a fait quoi, à qui et quand, reste, et sa chaîne tient.
retention-goes = { $count ->
    [0] Rien ne disparaîtrait maintenant.
    [one] { $count } disparaîtrait maintenant.
   *[other] { $count } disparaîtraient maintenant.
 }
retention-no-undo = Ce qui a disparu ne revient pas.
retention-look = Compter ce qui disparaîtrait
retention-said = C’est enregistré. L’horloge s’y conforme dans l’heure.
retention-changed = Quelqu’un a modifié ces règles entre-temps. Relisez avant d’enregistrer.
