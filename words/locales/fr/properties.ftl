# Ce qui se tient à côté du fil d’un ticket : propriétés, liens, étiquettes.

properties-add = Ajouter
properties-tags = Étiquettes
properties-no-tag = Aucune étiquette.
properties-tag-add = Ajouter une étiquette
properties-tag-hint = Plusieurs mots-clés se séparent par des virgules. Seuls les agents les lisent.
properties-tag-remove = Retirer l’étiquette { $name }
properties-links = Liens
properties-no-link = Aucun ticket lié.
properties-link-add = Lier à un autre ticket
properties-link-this = Ce ticket…
properties-link-other = Numéro de l’autre ticket
properties-link-submit = Lier
properties-link-remove = Retirer le lien avec le ticket #{ $number }
properties-relates-to = est en rapport avec
properties-duplicate-of = est un doublon de
properties-duplicated-by = a pour doublon
properties-follow-up-of = fait suite à
properties-followed-by = a pour suite
properties-said-linked = Le lien est enregistré.
properties-said-unlinked = Le lien est retiré.
properties-said-tagged = Les étiquettes sont enregistrées.
properties-said-untagged = L’étiquette est retirée.
properties-did-link = a lié le ticket #{ $value }
properties-did-unlink = a retiré le lien avec le ticket #{ $value }
properties-did-tag = a ajouté les étiquettes { $value }
properties-did-untag = a retiré l’étiquette { $value }
