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
