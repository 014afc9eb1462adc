# The portal: what requesters read. Plain words, no jargon of ours.

portal-navigation = Portail
portal-navigation-bottom = Navigation
portal-home = Accueil
portal-home-title = Accueil du portail
portal-my-tickets = Mes tickets
portal-new = Nouveau ticket
portal-agent-desk = Espace agent
portal-tab-tickets = Tickets
portal-tab-new = Nouveau
portal-tab-account = Compte
portal-desk-of = Centre de services de { $organisation }
portal-waiting-count = { $count ->
    [one] { $count } ticket vous attend
   *[other] { $count } tickets vous attendent
}

portal-hello = Bonjour { $name }
portal-hello-lead = Confiez-nous le problème, nous vous tenons au courant à chaque étape.
portal-create = Créer un ticket
portal-create-hint = Incident ou demande, une minute
portal-waiting = En attente de vous
portal-approve-question = Approuver la clôture ?
portal-answer-question = Répondre à une question
portal-all-tickets = Tous ({ $count })
portal-empty = Aucun ticket pour l’instant
portal-empty-hint = Un souci, une demande : créez un ticket, il arrivera dans le bon service.

portal-filter = Tickets affichés
portal-filter-open = En cours
portal-filter-ended = Terminés
portal-empty-open = Aucun ticket en cours
portal-empty-ended = Aucun ticket terminé
portal-empty-ended-hint = Vos tickets clos se retrouveront ici.
portal-pages = Pages de la liste
portal-previous-page = Page précédente
portal-next-page = Page suivante
portal-request-of = demande de { $name }

portal-last-sent = envoyé
portal-last-you = vous avez écrit
portal-last-wrote = { $name } a écrit
portal-last-taken = { $name } s’en occupe
portal-last-closure = clôture proposée
portal-last-ended = terminé

portal-state = État
portal-state-free = Reçu
portal-state-in-progress = En cours
portal-state-incomplete = À compléter
portal-state-postponed = Reporté
portal-state-closed = À approuver
portal-state-approved = Clos
portal-state-expired = Clos sans réponse
portal-state-refused = Refusé
portal-state-cancelled = Annulé
portal-state-archived = Archivé

portal-next-free = Le service { $department } l’a reçu. Un agent le prendra en charge ; vous serez prévenu par e-mail.
portal-next-in-progress = { $name } s’en occupe. Sa réponse arrivera ici et par e-mail.
portal-next-unassigned = Le service { $department } s’en occupe. La réponse arrivera ici et par e-mail.
portal-next-incomplete = Une précision vous est demandée : répondez ci-dessous et le travail reprend.
portal-next-postponed = Ce ticket est mis de côté pour l’instant ; il sera repris. Vous pouvez y ajouter un message.
portal-next-closed = Si vous approuvez, le ticket est clos. Sinon il est rouvert et l’agent est prévenu.
portal-next-closed-other = La clôture est proposée ; le demandeur doit l’approuver.
portal-next-refused = Ce ticket n’a pas été accepté. Les messages ci-dessous disent pourquoi.
portal-next-cancelled = Ce ticket a été retiré par son demandeur.
portal-next-ended = Ce ticket est terminé. Si le problème revient, rouvrez-le.
portal-next-ended-for-good = Ce ticket est terminé. Si le problème revient, créez un nouveau ticket.

portal-step-one = Étape 1 sur 2
portal-choose-title = De quoi s’agit-il ?
portal-choose-hint = Choisissez ce qui s’en rapproche le plus. En cas d’erreur, nous le déplacerons.
portal-choose-none = Aucun service ne reçoit de ticket pour l’instant
portal-choose-none-hint = Écrivez à votre centre de services par e-mail.
portal-choose-again = Votre demande n’est pas partie : elle ne peut pas être envoyée là où vous l’aviez adressée
portal-choose-again-hint = Choisissez de nouveau. Ce que vous avez écrit est gardé et vous suit.
portal-choose-kept = Ce que vous avez écrit
portal-step-two = Étape 2 sur 2
portal-describe-title = Décrivez votre demande
portal-sent-to = Service
portal-change-category = Changer
portal-subject = Objet
portal-subject-hint = En quelques mots, par exemple « Écran noir au démarrage ».
portal-description = Description
portal-description-hint = Ce que vous faisiez, ce qui se passe, depuis quand.
portal-files = Joindre des fichiers
portal-files-hint = { $count ->
    [one] Un fichier au plus, { $size } au plus.
   *[other] { $count } fichiers au plus, { $size } chacun au plus.
}
portal-send = Envoyer
portal-sent-title = Votre ticket est envoyé
portal-sent-next = Le service { $department } l’a reçu. Les réponses arriveront à { $email } et sur la page du ticket.
portal-sent-see = Voir le ticket
portal-sent-home = Retour à l’accueil

portal-created = créé le
portal-progress = Avancement
portal-step-received = Reçu
portal-step-taken = Pris en charge
portal-step-to-approve = À approuver
portal-solved-question = Le problème est-il réglé ?
portal-closure-by = { $name } propose de clore ce ticket.
portal-closure-proposed = La clôture de ce ticket est proposée.
portal-approve = Oui, approuver la clôture
portal-refuse = Non, rouvrir
portal-refusal-reason = Ce qui ne va pas encore
portal-refusal-hint = Votre message sera ajouté au ticket et l’agent sera prévenu.
portal-refuse-submit = Rouvrir le ticket
portal-reopen = Rouvrir
portal-messages = Échanges
portal-earlier = { $count ->
    [one] Afficher { $count } message antérieur
   *[other] Afficher { $count } messages antérieurs
}
portal-quoted = Texte cité
portal-attachments = Pièces jointes
portal-support = Support
portal-reply = Écrire un message
portal-reply-placeholder = Ajouter un message à ce ticket…
portal-reply-does-not-refuse = Écrire ici ne refuse pas la clôture ; pour cela, utilisez « Non, rouvrir ».
portal-details = Détails
portal-assignee = Agent
portal-nobody-yet = Personne encore
portal-department = Service
portal-category = Catégorie
portal-requester = Demandeur
portal-invitees = En copie
portal-said-replied = Votre message est envoyé.
portal-said-approved = Merci, la clôture est approuvée.
portal-said-refused = C’est noté, votre demande est de nouveau ouverte.
portal-said-reopened = Votre demande est de nouveau ouverte.
portal-said-cancelled = Votre demande est annulée.
portal-said-changed = Cette demande a changé pendant que vous la lisiez. Relisez-la, puis décidez.
portal-correct = Corriger la demande
portal-correction-title = Corriger la demande #{ $number }
portal-correction-explained = Tant que la demande est ouverte, vous pouvez en corriger l’objet et la priorité.
portal-correction-submit = Enregistrer
portal-said-corrected = Votre demande est corrigée.
