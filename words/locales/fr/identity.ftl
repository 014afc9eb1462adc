# Signing in, passwords, sessions, preferences, first set-up.

identity-lead = Chaque demande suivie, jusqu’à la clôture approuvée.
identity-lead-more = Le centre de services de { $organisation }.
identity-lead-more-new = Un centre de services qui tient dans un seul programme.
identity-presentation = Présentation

identity-sign-in = Se connecter
identity-sign-in-hint = Avec votre adresse e-mail ou votre identifiant.
identity-login = Adresse e-mail ou identifiant
identity-password = Mot de passe
identity-forgot = Oublié ?
identity-wrong = E-mail, identifiant ou mot de passe incorrect.
identity-throttled = { $minutes ->
    [one] Trop d’essais. Recommencez dans { $minutes } minute.
   *[other] Trop d’essais. Recommencez dans { $minutes } minutes.
}

identity-forgot-title = Mot de passe oublié
identity-forgot-hint = Indiquez votre adresse e-mail ou votre identifiant : si nous vous connaissons, un lien valable une heure vous parvient.
identity-forgot-submit = Recevoir le lien
identity-forgot-sent = Si ce compte existe, un message vient de partir. Le lien est valable une heure.
identity-back-to-sign-in = Retour à la connexion

identity-reset-title = Choisir un mot de passe
identity-reset-hint = Toutes vos sessions ouvertes seront fermées.
identity-new-password = Nouveau mot de passe
identity-new-password-hint = { $count ->
    [one] { $count } caractère au moins. Une phrase convient très bien.
   *[other] { $count } caractères au moins. Une phrase convient très bien.
}
identity-reset-submit = Enregistrer le mot de passe

identity-setup-title = Bienvenue
identity-setup-hint = Ce lien ne sert qu’une fois. Il crée le compte propriétaire, celui qui peut tout.
identity-setup-organisation = Nom de votre organisation
identity-setup-name = Votre nom
identity-setup-email = Votre adresse e-mail
identity-setup-desk = Qui voit quoi
identity-setup-desk-open = Bureau ouvert
identity-setup-desk-open-hint = Chaque agent voit les tickets de tous les services. Pour une petite équipe.
identity-setup-desk-partitioned = Bureau cloisonné
identity-setup-desk-partitioned-hint = Chaque agent voit les tickets de ses services. Pour une grande organisation.
identity-setup-submit = Créer le compte
identity-setup-spent = Ce lien a déjà servi ou a expiré. Demandez-en un autre avec la commande « vigie owner ».

identity-preferences = Préférences
identity-display = Affichage
identity-language = Langue
identity-french = Français
identity-english = English
identity-theme = Thème
identity-theme-auto = Comme l’appareil
identity-theme-light = Clair
identity-theme-dark = Sombre
identity-density = Listes
identity-density-comfortable = Aérées
identity-density-compact = Compactes
identity-change-password = Changer de mot de passe
identity-current-password = Mot de passe actuel
identity-sessions = Sessions ouvertes
identity-sessions-hint = Fermez celles que vous ne reconnaissez pas, puis changez de mot de passe.
identity-session-current = Cette session
identity-session-opened = Ouverte
identity-session-seen = Vue
identity-session-end = Fermer
identity-session-end-named = Fermer la session { $device }
identity-sign-out-everywhere = Fermer toutes les autres sessions

identity-password-short = { $count } caractères au moins.
identity-password-long = { $count } caractères au plus.
identity-password-is-email = Votre adresse n’est pas un mot de passe.
identity-password-wrong = Ce n’est pas votre mot de passe actuel.
identity-password-changed = Mot de passe changé. Vos autres sessions sont fermées.
identity-password-changed-only = Mot de passe changé. Vos autres sessions restent ouvertes.
identity-reset-done = Mot de passe enregistré. Connectez-vous.
identity-reset-stale = Ce lien a déjà servi ou n’est plus valable. Demandez-en un autre.
identity-sessions-ended = Vos autres sessions sont fermées.
identity-session-ended = Session fermée.
identity-session-unknown = Navigateur inconnu
identity-setup-done = Votre centre de services est prêt.
identity-first-department = Support
identity-first-category = Général
