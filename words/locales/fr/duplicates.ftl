# Deux fiches d’une même personne n’en font plus qu’une.

duplicates-title = Fusionner deux fiches d’une même personne
duplicates-of = Fusionner une autre fiche avec celle de { $name }
duplicates-link = Fusionner avec…
duplicates-likely = Peut-être la même personne :
duplicates-with = L’autre fiche
duplicates-with-hint = Son adresse ou son identifiant. Elle rejoint celle-ci, et ne doit pas être celle d’un agent.
duplicates-look = Voir ce qui se passe
duplicates-changed = L’une des deux a été modifiée entre-temps. Relisez avant de continuer.
duplicates-kept = Est gardée
duplicates-other = La rejoint
duplicates-access = Peut se connecter
duplicates-yes = oui
duplicates-no = non
duplicates-asked = Tickets demandés
duplicates-other-way = Dans l’autre sens
duplicates-moves = Ce qui revient à { $name }
duplicates-requests = { $count ->
    [0] les tickets demandés : aucun
    [one] { $count } ticket demandé
   *[other] { $count } tickets demandés
 }
duplicates-messages = { $count ->
    [0] les messages : aucun
    [one] { $count } message
   *[other] { $count } messages
 }
duplicates-participations = { $count ->
    [0] les participations : aucune
    [one] { $count } participation à un ticket
   *[other] { $count } participations à des tickets
 }
duplicates-mails = { $count ->
    [0] les e-mails envoyés : aucun
    [one] { $count } e-mail envoyé
   *[other] { $count } e-mails envoyés
 }
duplicates-takes-address = l’adresse { $address } : un e-mail qui en vient trouve cette personne, les réponses vont à l’adresse gardée
duplicates-takes-rest = le téléphone, le poste, l’organisation et le site, là où la fiche gardée n’en a pas ; l’historique nomme la personne gardée
duplicates-ends = Ce qui prend fin
duplicates-keys = { $count ->
    [0] les sessions, jetons et clés d’accès de l’autre fiche : aucun en ce moment
    [one] { $count } session, jeton ou clé d’accès de l’autre fiche
   *[other] { $count } sessions, jetons et clés d’accès de l’autre fiche
 }
duplicates-password = le mot de passe, l’identifiant, le second facteur et les préférences de l’autre fiche
duplicates-sight = { $name } verra tous les tickets que l’autre fiche a demandés ou auxquels elle participe. Assurez-vous qu’il s’agit bien de la même personne.
duplicates-for-good = Cela ne s’annule pas.
duplicates-do = Fusionner définitivement
duplicates-said = Les deux fiches n’en font plus qu’une.
duplicates-went-here = Cette fiche a rejoint celle-ci.
duplicates-addresses = Autres adresses
duplicates-addresses-hint = Un e-mail qui en vient trouve cette personne. Personne ne se connecte avec elles, et rien n’y est envoyé.
duplicates-address = Autre adresse
duplicates-address-remove = Retirer { $address }
duplicates-address-gone = Cette adresse n’est plus la sienne.
