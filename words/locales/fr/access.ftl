# Proving who one is: second factor, codes by mail, passkeys, sessions.

access-second-factor = Double authentification
access-about = Un code de votre téléphone, demandé après le mot de passe : un mot de passe volé ne suffit plus.
access-app = Application d’authentification
access-set-up = Mettre en place
access-manage = Gérer
access-on = Active
access-on-since = Un code est demandé à chaque connexion depuis le
access-step-app = 1. Enregistrer la clé
access-step-app-hint = Photographiez ce carré avec une application d’authentification, ou recopiez la clé.
access-square = Code QR de la clé
access-key = Clé à recopier
access-key-account = Compte : { $account }. Code à six chiffres, renouvelé toutes les 30 secondes.
access-another-key = Recommencer avec une autre clé
access-step-code = 2. Confirmer
access-step-code-hint = Saisissez le code que l’application affiche. Vos autres sessions seront fermées.
access-code = Code
access-confirm = Activer
access-code-wrong = Ce code n’est pas valable, ou il a déjà servi. Attendez le suivant.
access-code-title = Votre code
access-code-hint = Saisissez le code à six chiffres de votre application d’authentification.
access-code-lost = Téléphone perdu ? Saisissez l’un de vos codes de secours, ou adressez-vous à un administrateur.
access-half-stale = Votre connexion a trop attendu. Recommencez.
access-recovery = Codes de secours
access-recovery-once = Notez ces codes maintenant : ils ne seront plus jamais affichés.
access-recovery-hint = Chacun remplace une fois le code de votre téléphone. Gardez-les ailleurs que sur lui.
access-recovery-kept = Je les ai notés
access-recovery-left = { $count ->
    [one] Il vous reste { $count } code de secours.
   *[other] Il vous reste { $count } codes de secours.
}
access-recovery-renew = Nouveaux codes de secours
access-recovery-renew-hint = Les anciens ne serviront plus.
access-recovery-renew-submit = Créer dix nouveaux codes
access-remove = Désactiver
access-remove-hint = Le mot de passe seul suffira de nouveau. Un code de secours convient aussi.
access-remove-submit = Désactiver la double authentification
access-removed = La double authentification est désactivée.
access-keep-sessions = Laisser mes autres sessions ouvertes
access-keep-sessions-hint = Sinon elles sont fermées, ce qui vaut mieux si quelqu’un connaît l’ancien mot de passe.

access-person-on = Double authentification active.
access-person-off = Double authentification inactive.
access-person-sessions = { $count ->
    [one] { $count } session ouverte.
   *[other] { $count } sessions ouvertes.
}
access-person-remove = Retirer la double authentification
access-person-remove-hint = Pour un téléphone perdu : ses sessions sont fermées, et le mot de passe seul suffit jusqu’à une nouvelle mise en place.
access-person-end = Fermer toutes ses sessions
access-said-factor-removed = Double authentification retirée, sessions fermées.
access-said-sessions-ended = Toutes ses sessions sont fermées.

access-mailed-link = Recevoir un code par e-mail
access-mailed-title = Un code par e-mail
access-mailed-hint = Pour les comptes du portail : un code à huit chiffres, valable dix minutes, remplace le mot de passe.
access-mailed-address = Adresse e-mail
access-mailed-ask = Recevoir le code
access-mailed-sent = Si cette adresse a un compte sur le portail, un code vient de partir. Saisissez-le dans ce navigateur : il n’est valable qu’ici, dix minutes.
access-mailed-again = Demander un autre code
access-mailed-wrong = Ce code n’est pas valable ici, ou il a expiré. Seul le dernier demandé compte.

access-passkeys = Clés d’accès
access-passkeys-mine = Mes clés d’accès
access-passkeys-about = Une clé d’accès (téléphone, ordinateur, clé USB) vous connecte sans mot de passe ni code.
access-passkeys-none = Aucune pour l’instant.
access-passkeys-manage = Gérer les clés d’accès
access-passkeys-need-tls = Les navigateurs n’acceptent une clé d’accès qu’à une adresse en https qui porte un nom. L’administrateur du serveur règle cette adresse.
access-passkeys-need-script = Ajouter une clé d’accès demande JavaScript.
access-passkey-add = Ajouter une clé d’accès
access-passkey-added = Clé d’accès ajoutée.
access-passkey-name = Nom de la clé
access-passkey-name-hint = Par exemple : téléphone, clé USB du bureau.
access-passkey-rename = Renommer
access-passkey-renamed = Clé d’accès renommée.
access-passkey-remove = Retirer
access-passkey-remove-named = Retirer la clé { $name }
access-passkey-removed = Clé d’accès retirée.
access-passkey-added-at = Ajoutée le
access-passkey-used-at = Utilisée
access-passkey-unused = Jamais utilisée
access-passkey-stopped = Le navigateur n’a pas donné de clé. Recommencez quand vous voulez.
access-passkey-refused = Cette clé n’a pas pu être vérifiée. Recommencez.
access-passkey-known = Cette clé est déjà enregistrée.
access-passkey-many = Vingt clés au plus. Retirez-en une d’abord.
access-passkey-conflict = Cette clé a été renommée entre-temps. Voici votre texte ; enregistrez de nouveau pour le garder.
access-passkey-sign-in = Se connecter avec une clé d’accès
access-passkey-wrong = Cette clé d’accès n’ouvre pas de session ici. Connectez-vous autrement.

access-time-zone = Fuseau horaire
access-keys = Raccourcis d’une seule touche
access-keys-on = Actifs
access-keys-off = Inactifs
access-keys-hint = Sans eux, seules les combinaisons avec Ctrl ou Cmd restent.
access-passkeys-count = { $count ->
    [one] { $count } clé d’accès enregistrée.
   *[other] { $count } clés d’accès enregistrées.
}
access-availability = Disponibilité
access-availability-hint = Un agent disponible prend part aux tickets que son service distribue.
access-available = Disponible
access-unavailable = Indisponible
access-share = Part : { $count } %
access-become-available = Me rendre disponible
access-become-available-in = Me rendre disponible, service { $department }
access-become-unavailable = Me rendre indisponible
access-become-unavailable-in = Me rendre indisponible, service { $department }
