# Missing rights, as they follow “needed:”.

right-staff = ouvrir l’espace des agents
right-reply = répondre à ce ticket
right-note = écrire une note interne sur ce ticket
right-work = tenir les tâches de ce ticket et noter le temps passé
right-time-of-others = retirer le temps noté par quelqu’un d’autre
right-read-notes = lire les notes internes
right-handle = traiter les tickets
right-every-privilege = tous les privilèges de tous les services
right-administer = administrer
right-take-free-ticket = prendre un ticket libre de ce service
right-take-assigned-ticket = prendre le ticket d’un autre dans ce service
right-release = libérer ce ticket, réservé à son gestionnaire en charge
right-close = clore ce ticket, réservé à son gestionnaire en charge et à son demandeur
right-approve = approuver ou refuser la clôture, réservé au demandeur
right-reopen = rouvrir ce ticket
right-open-for-somebody = ouvrir un ticket pour quelqu’un d’autre
right-link = lier ce ticket à un autre
right-tag = étiqueter ce ticket
right-not-yet = une action que cette version ne connaît pas
right-manage-properties = modifier les propriétés de ce service
right-manage-categories = gérer les catégories de ce service
right-manage-managers = gérer les gestionnaires de ce service
right-own = posséder le compte
right-above-rank = le rang de cette personne, qui dépasse le vôtre
right-replies-department = gérer les réponses types de ce service
