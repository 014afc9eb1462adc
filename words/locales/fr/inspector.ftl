# L’inspecteur : qui peut voir ceci, et pourquoi.

inspector-title = Qui peut voir ceci ?
inspector-hint = Chaque réponse est la règle elle-même, interrogée au nom de la personne concernée. Une personne et un ticket : pourquoi elle le voit, ou pourquoi non. Un ticket seul : tous ceux qui le voient. Une personne seule : ce qu’elle voit de chaque service. Un service seul : qui voit tous ses tickets.
inspector-person-hint = Adresse ou identifiant.
inspector-ticket = Ticket
inspector-ticket-hint = Son numéro.
inspector-no-department = Aucun service
inspector-department-hint = Seulement si ni personne ni ticket n’est indiqué.
inspector-ask = Demander
inspector-export = Emporter dans un fichier
inspector-fault-ticket = Le ticket { $detail } n’existe pas.
inspector-fault-alone = Interrogez un service seul, sans personne ni ticket.

inspector-sees = Le voit
inspector-sees-not = Ne le voit pas
inspector-notes = Lit les notes internes
inspector-notes-not = Ne lit pas les notes internes
inspector-place = Service et catégorie
inspector-level = Niveau dans le service
inspector-reasons = Raisons
inspector-disabled = Cette personne est désactivée : elle ne voit rien, quelles que soient les raisons.
inspector-confidences = Certaines de ses catégories sont confidentielles : de celles-ci, seuls les administrateurs et les personnes admises voient tous les tickets.
inspector-confidential = Sa catégorie est confidentielle : outre ses propres personnes et les administrateurs, seules les personnes admises le voient, quels que soient leur service et leur portée.
inspector-why = Pourquoi
inspector-who = Qui voit
inspector-what = Ce que voit
inspector-seen = Tickets vus, sur tous
inspector-seen-alone = Tickets vus
inspector-total = Tous ses tickets
inspector-no-level = Pas membre
inspector-looks = Qui voit les tickets de
inspector-looks-hint = En outre, qui a demandé un ticket, y est invité, l’observe ou l’a en charge voit celui-là.
inspector-yes = Oui
inspector-no = Non

inspector-everything = Rôle ou portée sur tous les tickets
inspector-confidant = Dans la confidence
inspector-department = Membre du service, par une équipe ou par une étiquette de partage
inspector-assignee = En charge
inspector-requester = Demandeur
inspector-invitee = Invité
inspector-observer = Observateur

inspector-everything-yes = Son rôle ou sa portée comprend tous les tickets.
inspector-confidant-yes = La personne est admise dans la confidence de sa catégorie.
inspector-department-yes = Son appartenance au service, une équipe ou une étiquette de partage lui en montre les tickets.
inspector-assignee-yes = Elle a le ticket en charge.
inspector-requester-yes = Elle l’a demandé.
inspector-invitee-yes = Elle y est invitée.
inspector-observer-yes = Elle l’observe.
inspector-everything-no = Ni son rôle ni sa portée ne comprend tous les tickets.
inspector-confidant-no = La personne n’est pas admise dans la confidence de sa catégorie.
inspector-department-no = Ni appartenance au service, ni équipe, ni étiquette de partage ne lui en montre les tickets.
inspector-assignee-no = Elle n’a pas le ticket en charge.
inspector-requester-no = Elle ne l’a pas demandé.
inspector-invitee-no = Elle n’y est pas invitée.
inspector-observer-no = Elle ne l’observe pas.
inspector-idle = Son appartenance au service, une équipe ou une étiquette de partage lui en montrerait les tickets, mais sa portée ne regarde pas les services.

inspector-link-person = Ce que voit cette personne
inspector-link-department = Qui voit ses tickets

inspector-scope = Portée
inspector-glimpse-subject = Sa visibilité lui en montre seulement l’objet et l’état
inspector-glimpse-words = Sa visibilité lui en montre les messages publics
inspector-also-subject = En outre, la maison en voit l’objet et l’état.
inspector-also-intranet = En outre, la maison, sans les clients, en lit les messages publics.
inspector-also-public = En outre, quiconque s’identifie en lit les messages publics.
inspector-by-tag = Par l’étiquette de partage « { $tag } », au titre de { $department }
inspector-by-team = Par l’équipe { $team } :
inspector-through-team = Par l’équipe { $team }, au niveau
inspector-of = Qui voit { $department }
inspector-of-ticket = Un ticket de ce service, par son numéro
inspector-of-ask = Qui le voit ?
inspector-of-hint = Qui voit tous ses tickets hormis les confidentiels, et les membres qui ne voient que ceux qui les nomment. Les demandeurs et les participants voient en outre les leurs.
inspector-of-open = Qui le voit
inspector-of-open-hint = Qui voit les tickets de ce service, et pourquoi
