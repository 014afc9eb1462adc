# La mise en place en cinq étapes.

guide-title = Mise en place
guide-steps = Étapes de la mise en place
guide-done = , étape faite
guide-again = Revoir les cinq étapes ; rien n’est défait.
guide-offer = { $count ->
    [0] Cinq étapes, du nom de la plateforme aux premiers agents. Vous pouvez quitter et reprendre, d’un autre appareil aussi.
    [one] { $count } étape sur 5 est faite. Reprenez où vous en étiez.
   *[other] { $count } étapes sur 5 sont faites. Reprenez où vous en étiez.
}
guide-go-on = Continuer
guide-put-away = Ne plus proposer
guide-put-away-said = La mise en place n’est plus proposée. Elle reste accessible depuis cette page.
guide-put-away-clash = Quelqu’un a avancé la mise en place entre-temps. Vérifiez où elle en est.
guide-leave = Ce qui est enregistré reste : quittez quand vous voulez et reprenez plus tard.
guide-changed = Quelqu’un a modifié la mise en place entre-temps. Rien n’a été écrasé : vérifiez vos valeurs, puis enregistrez de nouveau.
guide-save = Enregistrer et continuer
guide-finished = La mise en place est terminée. Vous pouvez la refaire quand vous voulez, sans rien défaire.
guide-missing = Enregistré. Il reste une étape.

guide-needs = Besoins
guide-needs-about = Qui vous êtes, et les services par lesquels commencer. Les services ne sont créés qu’à la quatrième étape.
guide-size = Votre organisation
guide-size-small = Une équipe
guide-size-small-hint = Tout le monde peut tout voir, ou presque.
guide-size-large = Plusieurs services
guide-size-large-hint = Chacun traite ses tickets, sans lire ceux des autres.
guide-named = Services à créer
guide-named-hint = { $count ->
    [one] Un par ligne, { $count } au plus. Un service reçoit des tickets et réunit ceux qui les traitent.
   *[other] Un par ligne, { $count } au plus. Un service reçoit des tickets et réunit ceux qui les traitent.
}
guide-there = Existent déjà :

guide-access = Accès
guide-access-about = Jusqu’où voient les agents que l’on ajoutera à partir de maintenant.
guide-suggested = Conseillé
guide-confidential = Dans les deux cas, une catégorie confidentielle reste réservée à ceux qu’elle nomme, et chaque agent peut recevoir une autre portée.
guide-keep = { $count ->
    [one] { $count } agent est déjà là, et garde sa portée :
   *[other] { $count } agents sont déjà là, et gardent leur portée :
}

guide-roles = Rôles
guide-roles-about = Ce que chacun peut faire. Invitez les premiers agents ; d’autres viendront quand vous voudrez.
guide-shipped = Les rôles
guide-roles-own = D’autres rôles se font en copiant l’un d’eux :
guide-agents = Déjà agents
guide-more = D’autres encore
guide-invite = Inviter
guide-invite-hint = Chacun reçoit un lien pour choisir un mot de passe. Portée : { $scope }. Une ligne vide n’invite personne.
guide-person = Personne { $number }
guide-invite-more = Inviter, puis d’autres
guide-invited = Les invitations partent. Invitez-en d’autres, ou passez à l’étape suivante.

guide-departments = Services
guide-departments-about = Ce que chaque service reçoit, et qui le traite. Tout est créé ensemble, ou rien.
guide-new = À créer
guide-standing = Existe
guide-none-named = Nommez-en à la première étape.
guide-name-more = Nommer d’autres services
guide-name-hint = Videz le nom pour ne pas créer ce service.
guide-categories = Catégories à ajouter
guide-categories-hint = Une par ligne. Celles qui existent restent telles quelles.
guide-categories-new-hint = Une par ligne ; la première reçoit ce qui est adressé au service sans précision. Sans ligne, il y en a une, « Général ».
guide-categories-there = Catégories :
guide-members = Gestionnaires à ajouter
guide-members-there = Gestionnaires :
guide-levels = Qui traite des tickets par son rôle traite ceux du service ; les autres les lisent. Niveaux et privilèges se règlent ensuite dans chaque service.
guide-shown-some = Tous ne sont pas montrés ici :

guide-review = Suivi
guide-review-about = Les droits vieillissent : dites quand les relire, et sachez où regarder.
guide-later = Passé ce délai, l’administration rappelle les portées que personne n’a relues.
guide-finish = Enregistrer et terminer
guide-later-scopes = Jusqu’où voit chacun, avec un aperçu avant d’enregistrer.
guide-later-inspector = Qui peut voir un ticket ou un service, et pourquoi.
guide-later-journal = Qui a modifié quels comptes, droits et réglages.
guide-later-channels = Les adresses qui font d’un e-mail un ticket.
