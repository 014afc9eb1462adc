# Ce qu’un ticket montre à ceux qu’il ne concerne pas.

shared-visibility = Visibilité
shared-who = Qui d’autre peut regarder cette demande
shared-private = Privé
shared-subject = Objet seul
shared-intranet = Intranet
shared-public = Public
shared-hint = Privé : le demandeur, les invités et le service. Objet seul : la maison en voit l’objet et l’état. Intranet : la maison, sans les clients, en lit les échanges publics. Public : toute personne connectée les lit.
shared-template-hint = S’applique aux tickets créés dans un formulaire, qui l’annonce. Les tickets reçus par e-mail restent privés.
shared-warning-subject = Dans cette catégorie, tous vos collègues voient l’objet et l’état de la demande.
shared-warning-intranet = Dans cette catégorie, tous vos collègues lisent la demande et ses réponses publiques.
shared-warning-public = Dans cette catégorie, toute personne connectée lit la demande et ses réponses publiques, clients compris.
shared-keep-private = Garder ma demande privée
shared-did-change = a changé la visibilité
shared-title = Problèmes connus
shared-lead = Des tickets que leur service montre à tous. Si le vôtre en fait partie, inutile de le signaler encore.
shared-none = Aucun problème connu
shared-none-hint = Rien n’est montré à tous en ce moment.
shared-known = Problèmes connus
shared-all = Tout voir
shared-subject-only = Seuls l’objet et l’état de ce ticket sont montrés.
shared-read-only = Vous lisez les échanges publics de ce ticket. Seules les personnes concernées y répondent.
shared-reads-intranet = Ce ticket est visible dans la maison : vos collègues lisent aussi une réponse adressée à tous.
shared-reads-public = Ce ticket est public : toute personne connectée lit aussi une réponse adressée à tous.
