# Le journal d’audit : qui a fait quoi aux comptes, aux droits et aux réglages.

audit-title = Journal d’audit
audit-hint = Ce qui a été fait aux comptes, aux droits et aux réglages : par qui, quand, par quelle voie, ce que c’était avant et ce que c’est devenu. On ne peut qu’y ajouter ; chaque inscription est liée à la précédente. Aucun secret n’y figure.
audit-actor = Fait par
audit-about = À propos de
audit-deed = Action
audit-what = Objet
audit-when = Quand
audit-way = Par quelle voie
audit-number = N°
audit-changes = Modifications
audit-link = Lien
audit-from = Du
audit-to = Au
audit-any-department = Tous les services
audit-any-deed = Toutes les actions
audit-search = Chercher
audit-check = Vérifier la chaîne
audit-whole = { $count ->
    [0] La chaîne est intacte. Aucune inscription.
    [one] La chaîne est intacte. Une inscription.
   *[other] La chaîne est intacte. { $count } inscriptions.
}
audit-newest-link = Lien de la plus récente, à noter ailleurs pour comparer plus tard :
audit-broken = La chaîne est rompue à l’inscription { $number } : le journal a été modifié en dehors de Vigie.
audit-empty = Aucune inscription
audit-empty-hint = Rien de tel n’a été fait. Élargissez la recherche.
audit-nobody = Personne de connecté
audit-nothing = rien
audit-emptied = Le détail a été retiré pour protéger la vie privée.

audit-link-person = Ce qui a été fait à propos de cette personne
audit-link-department = Ce qui y a été fait

audit-way-web = Navigateur
audit-way-api = API
audit-way-command = Commande sur la machine
audit-way-clock = Échéance

audit-category = Catégorie
audit-parent = Catégorie parente
audit-available = Disponible
audit-rate = Part
audit-text = Texte
audit-days = Jours
audit-people = Personnes
audit-expire = Expiration d’une clôture, en jours
audit-reopen = Réouverture possible, en jours
audit-subject = Sujet
audit-priority = Priorité
audit-visibility = Visibilité
audit-count = Nombre

audit-person-added = Personne ajoutée
audit-person-changed = Personne modifiée
audit-password-link-sent = Lien de mot de passe envoyé
audit-password-chosen = Mot de passe choisi
audit-sessions-ended = Sessions fermées
audit-second-factor-removed = Second facteur retiré
audit-second-factor-set = Second facteur mis en place
audit-codes-renewed = Codes de secours renouvelés
audit-passkey-added = Clé d’accès ajoutée
audit-passkey-removed = Clé d’accès retirée
audit-token-made = Jeton d’API créé
audit-token-revoked = Jeton d’API révoqué
audit-owner-link-made = Lien de propriétaire créé
audit-department-added = Service créé
audit-department-changed = Service modifié
audit-category-added = Catégorie ajoutée
audit-category-changed = Catégorie modifiée
audit-member-added = Membre ajouté
audit-member-changed = Membre modifié
audit-member-removed = Membre retiré
audit-serving-changed = Prise en charge d’une catégorie modifiée
audit-confidence-changed = Confidentialité d’une catégorie modifiée
audit-permanent-invitee-added = Invité permanent ajouté
audit-permanent-invitee-removed = Invité permanent retiré
audit-template-changed = Modèle de ticket modifié
audit-giving-changed = Attribution des tickets libres modifiée
audit-waiting-changed = Délais d’attente modifiés
audit-channel-added = Canal de courriel créé
audit-channel-changed = Canal de courriel modifié
audit-eyes-opened = Regard au nom de quelqu’un, début
audit-eyes-closed = Regard au nom de quelqu’un, fin
audit-scope-reviewed = Portée revue, rien à changer
audit-review-days-changed = Délai de revue des portées modifié
audit-tickets-exported = Tickets exportés
audit-journal-exported = Journal exporté
audit-words-removed = Partie d’un message retirée
audit-person-exported = Données personnelles exportées
audit-person-erased = Personne effacée
audit-role-added = Rôle cloné
audit-role-changed = Rôle modifié
audit-role-removed = Rôle supprimé
audit-team-added = Équipe créée
audit-team-changed = Équipe renommée
audit-team-removed = Équipe dissoute
audit-team-member-added = Membre ajouté à une équipe
audit-team-member-removed = Membre retiré d’une équipe
audit-team-level-changed = Niveau d’une équipe dans un service modifié
