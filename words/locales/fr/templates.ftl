# Tickets types : ce que le formulaire contient avant que l’on écrive.

templates-link = Ticket type
templates-of = Ticket type de { $name }
templates-explained = Le formulaire d’un nouveau ticket commence avec ces textes. Ce qui reste vide vient de la catégorie parente, puis du service.
templates-body = Message
templates-inherited = Vide, il vaut : { $value }
templates-nothing-inherited = Vide, le formulaire reste vide.
templates-inherit = Comme au-dessus ({ $value })
templates-unset = Comme d’habitude
templates-conflict = Quelqu’un a changé ce ticket type entre-temps. Vos textes sont encore là : enregistrez de nouveau pour les garder.
templates-said-saved = Le ticket type est enregistré.

templates-similar = { $count ->
    [one] Un ticket ouvert semble demander la même chose.
   *[other] { $count } tickets ouverts semblent demander la même chose.
}
templates-similar-anyway = Créer quand même
templates-use = Remplir avec le ticket type de la catégorie
