# Administration: departments, people, mail.

admin-menu = Administration, rubriques
admin-overview = Vue d’ensemble
admin-departments = Services
admin-people = Personnes
admin-mail = Courrier
admin-dev-mail = Courrier de démonstration
admin-dev-mail-hint = Les messages qui seraient partis. Rien ne quitte cette machine.
admin-overview-departments = { $count ->
    [one] { $count } service actif
   *[other] { $count } services actifs
}
admin-overview-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
admin-overview-agents = { $count ->
    [one] dont { $count } agent
   *[other] dont { $count } agents
}
admin-overview-held = { $count ->
    [one] { $count } message reçu à examiner
   *[other] { $count } messages reçus à examiner
}
admin-overview-waiting = { $count ->
    [0] Rien n’attend de partir
    [one] { $count } message attend de partir
   *[other] { $count } messages attendent de partir
}
admin-overview-failed = { $count ->
    [one] { $count } envoi abandonné
   *[other] { $count } envois abandonnés
}

admin-conflict = { $name } a enregistré entre-temps
admin-conflict-hint = Rien n’a été écrasé. Vos valeurs sont encore ci-dessous : vérifiez-les, puis enregistrez de nouveau.
admin-name = Nom
admin-state = État
admin-active = Actif
admin-inactive = Inactif
admin-create = Créer
admin-add = Ajouter
admin-edit = Modifier

admin-department = Service
admin-departments-empty = Aucun service
admin-departments-empty-hint = Un service reçoit des tickets dans ses catégories ; créez le premier ci-dessous.
admin-department-create = Nouveau service
admin-department-active = Reçoit des tickets
admin-anonymous = Service anonyme
admin-anonymous-hint = Les demandeurs, les invités et toute personne extérieure lisent le nom du service à la place de celui de ses agents : dans les messages, l’historique, les courriels et les listes. Qui travaille sur ses tickets lit les noms. Ce que les agents écrivent eux-mêmes n’est pas modifié. Les tickets transférés restent anonymes ; sans la coche, tous les noms apparaissent, ceux du passé compris.
admin-properties = Propriétés
admin-default-category = Catégorie par défaut
admin-default-category-hint = Celle des tickets adressés au service sans autre précision.
admin-categories = Catégories
admin-categories-empty = Aucune catégorie : le service ne peut pas encore recevoir de ticket.
admin-category-add = Ajouter une catégorie
admin-category-active = Reçoit des tickets
admin-parent = Sous
admin-parent-none = Premier niveau
admin-default = Par défaut
admin-members = Gestionnaires
admin-members-empty = Personne ne gère encore ce service.
admin-member-add = Ajouter un gestionnaire
admin-member-person = E-mail ou identifiant
admin-member-remove = Retirer du service
admin-level = Niveau
admin-level-view = Consulte
admin-level-edit = Traite
admin-level-assigned = Attribués seulement
admin-level-none = Rien
admin-services = Couvre
admin-services-hint = Sans « Tickets », l’appartenance ne donne à voir aucun ticket du service et personne ne peut lui en attribuer. Les chats et les appels sont conservés, sans effet pour l’instant.
admin-service-tickets = Tickets
admin-service-chats = Chats
admin-service-calls = Appels
admin-privileges = Privilèges
admin-privilege-count = { $count ->
    [0] aucun privilège
    [one] { $count } privilège
   *[other] { $count } privilèges
}
admin-privilege-manage-properties = modifier les propriétés du service
admin-privilege-manage-managers = gérer les gestionnaires
admin-privilege-manage-categories = gérer les catégories
admin-privilege-manage-faq = gérer les FAQ
admin-privilege-take-free-ticket = prendre un ticket libre
admin-privilege-take-assigned-ticket = prendre le ticket d’un autre
admin-privilege-assign-ticket = assigner à un autre
admin-privilege-transfer-ticket = transférer à un autre service
admin-privilege-refuse-ticket = refuser un ticket
admin-privilege-reopen-any-ticket = ré-ouvrir n’importe quel ticket
admin-privilege-set-own-availability = définir sa disponibilité

admin-person = Personne
admin-people-search = Nom, e-mail ou identifiant
admin-search = Rechercher
admin-search-clear = Tout afficher
admin-people-empty = Personne ne correspond
admin-people-empty-hint = Essayez une partie du nom ou de l’adresse.
admin-full-name = Nom complet
admin-email = E-mail
admin-login = Identifiant
admin-site = Site
admin-language = Langue
admin-language-name = Français
admin-role = Rôle
admin-role-none = Aucun
admin-role-viewer = Lecteur
admin-role-agent = Agent
admin-role-admin = Administrateur
admin-role-owner = Propriétaire du compte
admin-role-trainee = Stagiaire
admin-role-advisor = Conseiller
admin-role-none-says = N’ouvre pas l’espace des agents.
admin-role-viewer-says = Lit les tickets de sa portée et leurs notes internes, sans rien y faire.
admin-role-trainee-says = Lit, écrit des notes internes et tient des tâches ; ne prend, ne répond et ne clôt rien.
admin-role-agent-says = Traite les tickets de sa portée : prend, répond, attribue, transfère, réunit et clôt.
admin-role-advisor-says = Configure les services, les canaux et ce que tous partagent ; lit les tickets de sa portée sans les traiter.
admin-role-admin-says = Voit et fait tout, sauf ce qui revient aux propriétaires du compte.
admin-role-owner-says = Voit et fait tout, et choisit les propriétaires du compte.
admin-access = Accès
admin-portal = Portail
admin-disabled = Désactivé
admin-scope = Portée d’un agent
admin-scope-global = Globale
admin-scope-global-hint = Tous les tickets, tous les services
admin-scope-group = Groupe
admin-scope-group-hint = Les tickets de ses services
admin-scope-restricted = Restreinte
admin-scope-restricted-hint = Seulement les tickets qui lui sont attribués
admin-scope-global-served = Globale, pour qui il sert
admin-scope-group-served = Groupe, pour qui il sert
admin-portal-access = Peut ouvrir le portail
admin-disable = Désactiver ce compte
admin-disable-hint = Toutes ses sessions se ferment aussitôt ; ses tickets et son nom restent.
admin-sign-in = Connexion
admin-has-password = Un mot de passe est choisi.
admin-no-password = Aucun mot de passe n’est choisi.
admin-seen = Dernière activité :
admin-never-seen = Ne s’est jamais connecté.
admin-send-link = Envoyer un lien de mot de passe
admin-no-membership = Ne gère aucun service.

admin-mail-no-relay = Aucun relais d’envoi : les messages attendent
admin-mail-no-relay-hint = Réglez smtp_url et mail_from, puis redémarrez. Rien n’est perdu en attendant.
admin-held = Reçus, à examiner
admin-held-none = Tout ce qui est arrivé a été lu.
admin-raw = Message brut
admin-replay = Relire
admin-failed = Envois abandonnés
admin-failed-none = Aucun envoi abandonné.
admin-retry = Réessayer
admin-waiting = En attente d’envoi
admin-waiting-none = Rien n’attend.
admin-attempts = { $count ->
    [0] pas encore tenté
    [one] { $count } essai
   *[other] { $count } essais
}
admin-next-try = prochain essai
admin-dev-mail-none = Aucun message
admin-dev-mail-none-hint = Répondez à un ticket : le message paraîtra ici.
admin-dev-mail-to = À
admin-dev-mail-html = Version HTML
admin-dev-mail-text = Version texte
admin-dev-mail-headers = En-têtes
admin-dev-mail-links = Liens du message
admin-dev-mail-links-hint = Le cadre qui montre le message ne peut rien ouvrir ; suivez ses liens d’ici.

admin-somebody = Quelqu’un
admin-first-category = Général
admin-person-new = Nouvelle personne

admin-said-saved = Enregistré.
admin-said-department-created = Le service est créé, avec une première catégorie.
admin-said-category-added = La catégorie est ajoutée.
admin-said-member-added = Le gestionnaire est ajouté.
admin-said-member-removed = Le gestionnaire est retiré du service.
admin-said-person-created = La personne est créée.
admin-said-person-invited = La personne est créée, et un lien pour choisir un mot de passe part à son adresse.
admin-said-link-sent = Un lien pour choisir un mot de passe part à l’adresse de cette personne.
admin-available = Disponible : prend part à ce qui est distribué
admin-rate = Part, de 0 à 100 %
admin-settings = Réglages
admin-settings-organisation = Nom de l’organisation
admin-settings-organisation-hint = Sur chaque page, dans le portail et dans les courriels.
admin-settings-scope = Les nouveaux agents
admin-settings-scope-hint = Les agents déjà là gardent leur portée.
admin-settings-portal = Portail
admin-settings-portal-assets = Montrer à chacun le matériel qui lui est confié
admin-settings-portal-assets-hint = Sinon, le parc n’existe ni dans le portail, ni pour les programmes des demandeurs.
admin-settings-said = Réglages enregistrés.
admin-settings-changed = Quelqu’un a changé ces réglages entre-temps. Relisez avant d’enregistrer.
