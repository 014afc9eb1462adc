# Services et catégories virtuels : de simples entrées.

redirects-title = Redirections : { $department }
redirects-explained = Un service ou une catégorie virtuels sont une simple entrée : on les choisit comme les autres, et le ticket vit dans la catégorie où ils mènent. Il garde le nom de son entrée. Les tickets déjà présents ne bougent pas.
redirects-open = Redirections
redirects-open-hint = Faire du service, ou de l’une de ses catégories, une simple entrée vers une autre catégorie.
redirects-department = Tout le service
redirects-department-hint = Vaut pour chaque catégorie qui ne mène pas ailleurs elle-même.
redirects-real-department = Nulle part : c’est un service réel
redirects-leads-to = Mène à
redirects-virtual = Virtuel
redirects-categories = Catégories virtuelles
redirects-category-add = Rendre une catégorie virtuelle
redirects-category = Catégorie
redirects-choose = Choisir…
redirects-to = mène à { $place }
redirects-make-virtual = Rediriger
redirects-make-real = Rendre réelle
redirects-make-real-named = Rendre réelle la catégorie { $name }
redirects-not-offered = Pas proposée
redirects-shut = Ce service n’est pas proposé : { $place } ne reçoit pas de tickets.
redirects-said = Les redirections sont enregistrées.
redirects-came-in-by = Arrivé par
redirects-sent-to = Envoyé à
