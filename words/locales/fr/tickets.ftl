# Tickets: lists, the ticket page, the new ticket form.

tickets-number = N°
tickets-subject = Objet
tickets-state = Statut
tickets-requester = Demandeur
tickets-department = Service
tickets-category = Catégorie
tickets-department-category = Service › catégorie
tickets-assignee = Gestionnaire
tickets-activity = Activité
tickets-priority = Priorité
tickets-last-activity = Dernière activité
tickets-opened = Ouverture
tickets-origin = Origine
tickets-comments = Messages

tickets-view-open = À traiter
tickets-view-unassigned = Non attribués
tickets-view-mine = Mes tickets
tickets-view-awaiting-approval = Clôtures à approuver
tickets-view-all = Tous les tickets

tickets-state-free = Libre
tickets-state-in-progress = En cours
tickets-state-incomplete = Incomplet
tickets-state-postponed = Reporté
tickets-state-closed = À approuver
tickets-state-approved = Approuvé
tickets-state-expired = Expiré
tickets-state-refused = Refusé
tickets-state-cancelled = Annulé
tickets-state-archived = Archivé

tickets-priority-urgent = Critique
tickets-priority-high = Haute
tickets-priority-normal = Normale
tickets-priority-low = Basse
tickets-priority-very-low = Très basse

tickets-last-you = Dernière mise à jour : vous
tickets-last-agent = Dernière mise à jour : un autre agent
tickets-last-requester = Dernière mise à jour : le demandeur
tickets-last-system = Dernière mise à jour : Vigie

tickets-origin-portal = Portail
tickets-origin-mail = E-mail
tickets-origin-phone = Téléphone
tickets-origin-desk = Guichet
tickets-origin-api = API

tickets-sorted-number = triés par numéro
tickets-sorted-priority = triés par priorité
tickets-sorted-activity = triés par activité
tickets-sorted-subject = triés par objet
tickets-sorted-state = triés par statut
tickets-sorted-requester = triés par demandeur
tickets-sorted-assignee = triés par gestionnaire
tickets-sorted-department = triés par service
tickets-sorted-category = triés par catégorie
tickets-sorted-closed = triés par clôture
tickets-sorted-origin = triés par origine
tickets-list-region = Liste des tickets
tickets-filters = Filtres
tickets-pages = Pages de la liste
tickets-newer = Page précédente
tickets-older = Page suivante
tickets-new = Nouveau ticket
tickets-free = Libre
tickets-empty = Aucun ticket ici
tickets-empty-filtered = Aucun ticket ne correspond à ces filtres.
tickets-empty-open = Rien à traiter dans vos services pour le moment.
tickets-clear-filters = Retirer les filtres
tickets-key-move = parcourir
tickets-key-open = ouvrir
tickets-key-new = nouveau

tickets-back = Retour à la liste { $view }
tickets-actions = Actions sur le ticket
tickets-more-actions = Autres actions
tickets-conversation = Conversation
tickets-properties = Propriétés
tickets-details = Détails
tickets-hide-details = Fermer les détails
tickets-opened-portal = Ouvert { $when } par le portail, demandeur
tickets-opened-mail = Ouvert { $when } par e-mail, demandeur
tickets-opened-phone = Ouvert { $when } au téléphone, demandeur
tickets-opened-desk = Ouvert { $when } au guichet, demandeur
tickets-opened-api = Ouvert { $when } par l’API, demandeur
tickets-filed-by = Saisi par { $name }

tickets-thread-filter = Filtrer le fil
tickets-show-all = Tout
tickets-show-exchanges = Échanges
tickets-show-notes = Notes internes
tickets-show-history = Historique
tickets-thread-empty = Rien à montrer ici.
tickets-role-requester = Demandeur
tickets-role-invitee = Invité
tickets-public-reply = Réponse publique
tickets-note-tag = Note interne, invisible pour le demandeur
tickets-via-portal = par le portail
tickets-via-mail = par e-mail
tickets-via-phone = au téléphone
tickets-via-desk = au guichet
tickets-via-api = par l’API
tickets-forged = Ce message ne vient pas de l’adresse qu’il indique : le domaine de cette adresse ne le reconnaît pas. Demandez à la personne par un autre moyen avant d’y donner suite.
tickets-as-sent = Tel qu’envoyé
tickets-as-sent-of = Courriel tel qu’envoyé ({ $name })
tickets-as-sent-pictures = { $pictures ->
    [one] { $pictures } image d’un autre site. L’afficher apprend à son expéditeur que le courriel est lu.
   *[other] { $pictures } images d’autres sites. Les afficher apprend à leur expéditeur que le courriel est lu.
}
tickets-as-sent-show = Afficher les images
tickets-as-sent-gone = Ce courriel n’est plus conservé.
tickets-as-sent-from = De
tickets-as-sent-to = À
tickets-as-sent-cc = Copie
tickets-as-sent-subject = Objet
tickets-quoted = Texte cité
tickets-attachments = Pièces jointes

tickets-take = Prendre en charge
tickets-take-hint = Vous devenez gestionnaire en charge.
tickets-take-over = Reprendre
tickets-take-more = Autres façons de prendre en charge
tickets-take-and-close = Prendre en charge et clore
tickets-take-and-close-hint = Le demandeur devra approuver la clôture.
tickets-release = Libérer
tickets-close = Clore
tickets-close-own = Clore ma demande
tickets-reopen = Rouvrir
tickets-approve = Approuver la clôture
tickets-refuse-closure = Refuser la clôture

tickets-closure-title = Clore le ticket #{ $number }
tickets-closure-explained = Le demandeur reçoit un message et approuve la clôture, ou la refuse. Tant qu’il n’a pas répondu, le ticket reste à approuver.
tickets-closure-explained-own = C’est votre demande : elle sera close et approuvée aussitôt.
tickets-closure-take = Vous en deviendrez aussi gestionnaire en charge.
tickets-closure-message = Message au demandeur
tickets-closure-message-hint = Il le lira avec l’avis de clôture.
tickets-approval-title = Votre demande est-elle résolue ?
tickets-approval-explained = { $name } propose de la clore. Approuvez si tout va bien, ou refusez en disant ce qui manque : elle sera rouverte.
tickets-refusal-message = Ce qui manque
tickets-awaiting-approval = Clôture proposée, en attente de l’approbation de { $name }.

tickets-composer = Écrire
tickets-audience = Qui lira ce message
tickets-audience-public = Réponse publique
tickets-audience-staff = Note interne
tickets-to = À
tickets-to-staff = Visible par l’équipe seulement. Le demandeur n’en saura rien.
tickets-unnamed = À l’extérieur, on lit « { $department } » à la place de votre nom. Ne signez pas.
tickets-body-label = Votre message
tickets-send-to = Envoyer à { $name }
tickets-send-to-all = { $others ->
    [one] Envoyer à { $name } et { $others } autre
   *[other] Envoyer à { $name } et { $others } autres
}
tickets-send-to-invitees = Envoyer aux invités
tickets-add-note = Ajouter la note interne
tickets-files = Joindre des fichiers
tickets-cannot-write = Vous pouvez lire ce ticket, pas y écrire.

tickets-requester-open = { $count ->
    [0] Aucun autre ticket ouvert
    [one] { $count } autre ticket ouvert
   *[other] { $count } autres tickets ouverts
}
tickets-no-assignee = Aucun

tickets-new-title = Nouveau ticket
tickets-new-explained = Au nom d’un demandeur : il reçoit l’accusé de réception et suit sa demande.
tickets-new-requester = Demandeur
tickets-new-requester-hint = Adresse e-mail ou identifiant. Une adresse inconnue crée la personne, sans accès au portail.
tickets-new-category-choose = Choisir une catégorie
tickets-new-body = Description
tickets-new-body-hint = Markdown accepté : listes, **gras**, liens.
tickets-new-files-hint = { $count ->
    [one] Un fichier au plus, { $size } au plus.
   *[other] { $count } fichiers au plus, { $size } au plus par fichier.
}
tickets-new-submit = Créer le ticket

tickets-requests-title = Mes demandes
tickets-requests-empty = Vous n’avez rien demandé pour l’instant.
tickets-said-noted = Votre note interne est enregistrée.
tickets-said-taken = Vous avez pris ce ticket en charge.
tickets-said-released = Vous avez libéré ce ticket.
tickets-said-closed = Le ticket est clos.
tickets-said-approved = Vous avez approuvé la clôture.
tickets-said-refused = Vous avez refusé la clôture, le ticket est de nouveau ouvert.
tickets-said-reopened = Le ticket est de nouveau ouvert.
tickets-said-opened = Le ticket est créé.
tickets-meanwhile = Enregistré. Entre-temps :
