# Personnes en copie d’un courriel.

copied-title = Personnes en copie : { $department }
copied-people = Personnes en copie d’un courriel
copied-hint = Qui d’entre elles est invité au ticket que le courriel ouvre ou complète.
copied-explained = Quand un demandeur écrit au service, les autres destinataires de son courriel peuvent être invités au ticket : ils le lisent et peuvent y répondre. Les notes internes restent à l’équipe.
copied-proven = Cela vaut pour les courriels dont l’expéditeur est prouvé par un serveur de confiance, pour 20 personnes au plus, et jamais dans une catégorie confidentielle. Les personnes inconnues ne sont invitées que par un expéditeur qui a un compte. Les autres courriels ouvrent leur ticket comme toujours, sans inviter personne.
copied-categories-hint = « Comme au-dessus » suit la catégorie parente, ou le service.
copied-as-above = Comme au-dessus
copied-nobody = Personne n’est invité
copied-known = Les personnes connues sont invitées
copied-everybody = Tout le monde est invité
copied-said = Les invitations des personnes en copie sont enregistrées.
