# Effacer une personne, et prendre ses données.

erasure-title = Effacer une personne
erasure-of = Effacer { $name }
erasure-link = Effacer cette personne
erasure-data = Données personnelles
erasure-data-hint = Tout ce que la plateforme garde de cette personne, en un fichier (JSON). Le journal le note.
erasure-data-own = Tout ce que la plateforme garde de vous, en un fichier (JSON).
erasure-export = Exporter les données
erasure-nobody = Personne effacée
erasure-reason = Personne effacée
erasure-changed = Cette personne a été modifiée entre-temps. Relisez avant de continuer.
erasure-goes = Ce qui disparaît
erasure-identity = le nom, l’adresse, l’identifiant, le téléphone, le poste, le site et les préférences, ainsi que le nom complet et l’adresse dans tous les tickets de cette personne
erasure-keys = { $count ->
    [0] les accès : aucun en ce moment
    [one] { $count } session, jeton ou clé d’accès
   *[other] { $count } sessions, jetons et clés d’accès
 }
erasure-participations = { $count ->
    [0] les participations : aucune
    [one] { $count } participation à un ticket
   *[other] { $count } participations à des tickets
 }
erasure-letters = { $count ->
    [0] les lettres reçues : aucune
    [one] le texte de { $count } lettre reçue
   *[other] le texte de { $count } lettres reçues
 }
erasure-mails = { $count ->
    [0] les e-mails envoyés : aucun
    [one] le texte de { $count } e-mail envoyé
   *[other] le texte de { $count } e-mails envoyés
 }
erasure-journal = ce que le journal dit de cette personne ; sa chaîne reste intacte
erasure-stays = Ce qui reste
erasure-requests = { $count ->
    [0] aucun ticket demandé
    [one] { $count } ticket demandé, avec son numéro et son historique
   *[other] { $count } tickets demandés, avec leurs numéros et leurs historiques
 }
erasure-messages = { $count ->
    [0] aucun message
    [one] { $count } message, sans son nom
   *[other] { $count } messages, sans son nom
 }
erasure-with-words = Effacer aussi ce que cette personne a écrit
erasure-with-words-hint = { $count ->
    [0] Le texte de ses messages et l’objet de ses demandes. Aucune pièce jointe.
    [one] Le texte de ses messages, l’objet de ses demandes et { $count } pièce jointe.
   *[other] Le texte de ses messages, l’objet de ses demandes et { $count } pièces jointes.
 }
erasure-for-good = Cela ne s’annule pas. Les e-mails déjà partis et les sauvegardes ne changent pas.
erasure-type = Pour confirmer, tapez « { $name } »
erasure-submit = Effacer définitivement
erasure-said = Cette personne est effacée.
erasure-release = { $count ->
    [one] Libérer d’abord { $count } ticket ouvert dont elle a la charge
   *[other] Libérer d’abord { $count } tickets ouverts dont elle a la charge
 }
