# Les vues enregistrées.

views-own = Mes vues
views-shared = Vues partagées
views-new = Enregistrer la vue
views-edit = Modifier la vue
views-explained = La vue garde les filtres et l’ordre de cette liste. Chacun n’y voit que les tickets qu’il a le droit de voir.
views-name = Nom de la vue
views-audience = Qui la voit
views-personal = Moi seulement
views-department = Les agents d’un service
views-everyone = Tous les agents
views-department-hint = Pour une vue partagée avec un service dont vous traitez les tickets.
views-position = Place dans la liste
views-up = Monter
views-down = Descendre
views-delete = Supprimer la vue
views-delete-explained = La vue disparaît pour tous ceux qui la voient. Les tickets ne changent pas.
views-delete-yes = Supprimer
views-said-created = La vue est enregistrée.
views-said-changed = La vue est modifiée.
views-said-deleted = La vue est supprimée.
views-said-moved = La vue a changé de place.
