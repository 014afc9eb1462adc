# L’activité des agents, en nombres.

activity-title = Activité
activity-own = Votre activité
activity-of = Activité de { $name }
activity-about-own = Ce que vous avez fait, sur les tickets que vous voyez.
activity-about-departments = Votre activité, et celle des gestionnaires des services dont vous gérez l’équipe, sur les tickets de ces services que vous voyez.
activity-about-everybody = Ce que font les agents, sur les tickets que vous voyez.
activity-counted = Des nombres par jour ou par semaine, faits de l’historique des tickets au moment où vous regardez : ni heures, ni présence, et rien n’en est conservé.
activity-shut = Cette page est fermée
activity-shut-hint = Les propriétaires du compte ont choisi de ne pas compter l’activité des agents.
activity-days = Sur combien de jours
activity-last = { $count ->
    [one] { $count } jour
   *[other] { $count } derniers jours
}
activity-by = Période
activity-by-week = Par semaine
activity-by-day = Par jour
activity-look = Afficher
activity-file = Exporter
activity-nothing = Rien à compter
activity-nothing-hint = Personne n’a rien fait ces jours-là sur les tickets que vous voyez.
activity-agent = Agent
activity-day = Jour
activity-week = Semaine du
activity-from = Depuis le
activity-taken = Pris
activity-replies = Réponses
activity-notes = Notes
activity-closed = Clos
activity-tickets = Tickets touchés
activity-limit = { $count ->
    [one] On ne remonte pas au-delà de { $count } jour.
   *[other] On ne remonte pas au-delà de { $count } jours.
}
activity-look-back = Remonter au plus (jours)
activity-look-back-hint = De 0 à 730. 0 : personne ne regarde.
activity-changed = Quelqu’un a modifié ce réglage entre-temps. Vérifiez, puis enregistrez de nouveau.
activity-preferences-hint = Combien de tickets pris, de réponses, de notes et de clôtures, par semaine ou par jour.
