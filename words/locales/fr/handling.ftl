# Handling a ticket: the bar of the ticket page, and the form of each deed.

handling-ask = Demander des précisions
handling-take-and-ask = Prendre en charge et demander des précisions
handling-take-and-ask-hint = Le ticket attend la réponse du demandeur.
handling-refuse = Refuser le ticket
handling-cancel = Annuler ma demande

handling-question-title = Demander des précisions sur le ticket #{ $number }
handling-question-explained = Le demandeur reçoit votre question par e-mail. Le ticket reste incomplet tant qu’il n’a pas répondu.
handling-question-message = Votre question
handling-question-submit = Envoyer la question

handling-rejection-title = Refuser le ticket #{ $number }
handling-rejection-explained = Le ticket s’arrête ici. Le demandeur reçoit un message et peut le rouvrir.
handling-rejection-message = Motif, pour le demandeur
handling-rejection-submit = Refuser le ticket

handling-cancellation-title = Annuler la demande #{ $number }
handling-cancellation-explained = Votre demande s’arrête ici : plus personne ne s’en occupe. Vous pourrez la rouvrir.
handling-cancellation-message = Motif
handling-cancellation-submit = Annuler la demande

handling-said-asked = Votre question est envoyée, le ticket attend la réponse.
handling-said-refused = Le ticket est refusé.
handling-said-cancelled = La demande est annulée.

handling-assign = Assigner
handling-transfer = Transférer
handling-move-back = Retourner à l’expéditeur
handling-postpone = Reporter
handling-recall = Rappeler

handling-waits-answer = Des précisions ont été demandées ; le ticket attend la réponse du demandeur.
handling-waits-until = Reporté : il revient de lui-même le { $date }.
handling-waits-somebody = Reporté, jusqu’à ce que quelqu’un le rappelle.
handling-left-incomplete = Libéré alors qu’il attendait la réponse du demandeur.
handling-left-postponed = Libéré alors qu’il était reporté.

handling-assignment-title = Assigner le ticket #{ $number }
handling-assignment-explained = Votre collègue en a désormais la charge et reçoit un message.
handling-assignment-choose = Choisir un collègue
handling-assignment-members = Membres de la catégorie
handling-assignment-others = Autres membres du service
handling-assignment-nobody = Aucun collègue de ce service n’est disponible.
handling-assignment-message = Message, lu par tous ceux qui suivent le ticket
handling-assignment-submit = Assigner

handling-postponement-title = Reporter le ticket #{ $number }
handling-postponement-explained = Le ticket quitte le travail à faire jusqu’à ce jour ; vous en gardez la charge.
handling-postponement-until = Jusqu’au
handling-postponement-hint = À 8 h. Sans date, il attend que quelqu’un le rappelle.
handling-postponement-message = Message, lu par tous ceux qui suivent le ticket
handling-postponement-submit = Reporter

handling-transfer-title = Transférer le ticket #{ $number }
handling-transfer-explained = Le service choisi est prévenu comme d’un nouveau ticket. Qui en a la charge la garde seulement s’il traite les tickets de ce service.
handling-transfer-to = Vers
handling-transfer-choose = Choisir un service ou une catégorie
handling-transfer-department = { $department }, sans catégorie précise
handling-transfer-nowhere = Il n’y a nulle part où vous puissiez transférer ce ticket.
handling-transfer-message = Motif, pour vos collègues
handling-transfer-submit = Transférer

handling-return-title = Retourner le ticket #{ $number } à l’expéditeur
handling-return-explained = Le ticket revient là où il était avant son dernier transfert :
handling-return-submit = Retourner

handling-follow = Devenir invité du ticket, pour continuer à le lire
handling-follow-warning = Vous n’appartenez pas au service { $department } : une fois le ticket transféré, vous ne le verrez plus, sauf à en devenir invité.

handling-said-assigned = Le ticket est assigné.
handling-said-postponed = Le ticket est reporté.
handling-said-recalled = Le ticket est de retour.
handling-said-transferred = Le ticket est transféré.
handling-said-transferred-away = Le ticket est transféré, vous ne le voyez plus.
