# Réunir des tickets, en séparer, en ouvrir la suite.

merging-title = Fusion et suite
merging-state = Fusionné
merging-from = du ticket n°{ $number }
merging-into-another = Fusionner dans un autre ticket…
merging-undo = Annuler la fusion du ticket n°{ $number }
merging-page-title = Fusionner le ticket n°{ $number }
merging-into = Dans le ticket
merging-into-hint = Le numéro du ticket qui continue. Ses règles d’accès décident ensuite de tout.
merging-look = Voir ce qui change
merging-changed = Un des deux tickets a changé entre-temps. Voici ce qu’il en est maintenant.
merging-moves = { $count ->
    [one] { $count } message passe dans
   *[other] { $count } messages passent dans
}
merging-will-read = Liront désormais ce qui a été écrit sur le ticket n°{ $number } :
merging-agents-of = les agents du service { $name }, notes internes comprises
merging-let-requester = Inviter { $name }, qui a fait la demande fusionnée
merging-let-others = Inviter aussi { $names }
merging-let-requester-hint = Avec l’invitation, lecture de toute la conversation publique du ticket n°{ $number }, y compris ce qui y a été écrit avant. Sans elle, plus d’accès à cette conversation.
merging-nobody-new = Personne ne lira rien de nouveau.
merging-undoable = La fusion peut être annulée, même après de nouveaux messages : ils restent sur le ticket qui continue. Elle ne le peut plus dès qu’un message déplacé devient un ticket à part, ou que le ticket qui continue est archivé.
merging-do = Fusionner
merging-said-merged = Tickets fusionnés.
merging-said-undone = Fusion annulée.
merging-said-moved = Le ticket demandé a été fusionné dans celui-ci.
merging-said-split = Le message est devenu ce ticket.
merging-said-followed = Ticket de suite ouvert.
merging-moved = Ce ticket a été fusionné dans le ticket
merging-moved-elsewhere = Ce ticket a été fusionné dans un autre, auquel vous n’avez pas accès.
merging-portal-next = Elle a été réunie avec une autre demande, qui se poursuit.
merging-go-on = Voir la demande n°{ $number }
merging-split-title = Faire un ticket de ce message
merging-split-of = Faire un ticket du message de { $name }
merging-split-explained = Le message et ses fichiers quittent cette conversation pour ouvrir un nouveau ticket, lié à celui-ci.
merging-split-author = { $name }, qui a écrit ce message
merging-split-do = Créer le ticket
merging-follow-up = Ticket de suite
merging-follow-up-explained = Le ticket n°{ $number } est terminé. Celui-ci en prend la suite et lui est lié.
merging-follow-up-for = Il sera au nom de { $name }.
merging-follow-up-body = Message
merging-follow-up-do = Ouvrir le ticket de suite
merging-did-merge = a fusionné ce ticket dans le ticket n°{ $value }
merging-did-unmerge = a annulé la fusion dans le ticket n°{ $value }
merging-did-take-in = a fusionné ici le ticket n°{ $value }
merging-did-give-back = a annulé la fusion du ticket n°{ $value }
merging-did-split = a fait d’un message le ticket n°{ $value }
merging-did-follow = a ouvert la suite, le ticket n°{ $value }
