# Ce qui s’est passé et qui me concerne. « -created » et suivantes suivent le nom de la personne.

notifications-title = Notifications
notifications-unread = Non lu :
notifications-unread-count = non lues
notifications-read-all = Tout marquer comme lu
notifications-none = Rien de neuf
notifications-none-hint = Ce qui concerne vos tickets vous sera signalé ici.
notifications-dismiss = Fermer
notifications-more = { $count ->
    [one] Et { $count } autre
   *[other] Et { $count } autres
}
notifications-said-read = Tout est lu.
notifications-said-quiet = Vos heures calmes sont enregistrées.
notifications-quiet = Heures calmes
notifications-quiet-hint = À ces heures de votre journée, rien n’apparaît à l’écran. Le nombre de nouveautés reste visible et la liste est complète. Laissez les deux vides pour être toujours averti.
notifications-quiet-from = De
notifications-quiet-until = À
notifications-quiet-weekends = Rien non plus le samedi et le dimanche
notifications-called = vous mentionne
notifications-created = a ouvert un ticket
notifications-given = vous a attribué le ticket
notifications-given-other = a attribué le ticket
notifications-approval = rappelle la clôture à approuver
notifications-transferred = a transféré le ticket
notifications-invited = vous invite
notifications-observer = vous a fait observateur
notifications-task = vous a donné une tâche
notifications-merged = a fusionné le ticket
notifications-unmerged = a défait la fusion
notifications-changed = a modifié le ticket
