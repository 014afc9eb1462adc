# Pages that say no, and what to do next.

errors-not-found = Cette page n’existe pas
errors-not-found-next = Elle a pu être déplacée, ou vous n’y avez pas accès.
errors-forbidden = Ce droit vous manque
errors-forbidden-next = Il faudrait : { $right }. Un administrateur peut vous le donner.
errors-too-large = C’est trop gros
errors-too-large-next = La limite est de { $limit }. Réduisez les fichiers, ou envoyez-les en plusieurs fois.
errors-too-many = Trop de demandes en peu de temps
errors-too-many-next = { $seconds ->
    [one] Recommencez dans { $seconds } seconde.
   *[other] Recommencez dans { $seconds } secondes.
}
errors-broken = Quelque chose a cassé chez nous
errors-broken-next = Rien n’a été enregistré à moitié. Recommencez ; si cela se répète, donnez ce numéro à un administrateur.
errors-request-number = Demande { $number }
errors-home = Aller à l’accueil

errors-conflict = { $name } a enregistré pendant votre saisie
errors-conflict-answering = { $name } répond en ce moment même : sa réponse part dans quelques secondes.
errors-conflict-next = Rien n’est perdu : choisissez ce qui doit rester, puis enregistrez de nouveau.
errors-conflict-field = Champ
errors-conflict-was = était { $value }
errors-conflict-yours = Vous
errors-conflict-draft = Votre message
errors-conflict-draft-hint = Il n’a pas encore été envoyé.
errors-conflict-save = Enregistrer
errors-conflict-see = Voir le ticket tel qu’il est
errors-not-now = Ce n’est pas possible maintenant
