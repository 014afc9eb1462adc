# La recherche et la palette de commandes.

search-title = Recherche
search-open = Rechercher, exécuter
search-open-key = Ctrl K
search-label = Chercher dans les tickets et les personnes
search-placeholder = Mots, « phrase exacte », de:… , état:ouvert, #numéro
search-submit = Rechercher
search-results = Résultats
search-tickets = Tickets
search-people = Personnes
search-count = { $count ->
    [0] Aucun ticket
    [one] { $count } ticket
   *[other] { $count } tickets
}
search-count-cut = Plus de { $count } tickets : les plus récents d’abord
search-empty = Rien de tel parmi ce que vous pouvez voir.
search-empty-hint = Essayez moins de mots, un début suivi de * ou une autre orthographe.
search-start = Que cherchez-vous ?
search-start-hint = Sujets, commentaires, noms de fichiers et personnes, en français et en anglais ; les accents et les pluriels ne comptent pas.
search-refused = Cette recherche n’a pas pu être faite.
search-note = Note interne
search-newer = Précédents
search-older = Suivants
search-pages = Pages de résultats
search-narrow = Affiner
search-narrow-open = Ouverts
search-narrow-mine = Dont je m’occupe
search-narrow-file = Avec un fichier
search-narrow-month = Depuis 30 jours

search-help = Comment chercher
search-help-words = tous ces mots, dans n’importe quel ordre
search-help-phrase = ces mots, l’un après l’autre
search-help-prefix = un début de mot
search-help-not = sans ce mot
search-help-number = le ticket de ce numéro
search-help-from = qui a demandé (de:moi)
search-help-to = qui s’en occupe (à:moi, à:personne)
search-help-in = le service ou la catégorie
search-help-state = l’état (ouvert, libre, clos, archivé…)
search-help-tag = l’étiquette
search-help-date = ouvert à partir de ce jour, ou avant:
search-help-file = avec un fichier
search-example-words = écran noir
search-example-phrase = « écran noir »
search-example-prefix = impr*
search-example-not = -toner
search-example-number = #4812
search-example-from = de:martin
search-example-to = à:moi
search-example-in = dans:réseau
search-example-state = état:ouvert
search-example-tag = étiquette:vip
search-example-date = après:2026-11-01
search-example-file = avec:fichier

search-hint-unknown-field = « { $detail } » n’est pas un filtre : cherché comme du texte.
search-hint-empty-field = Rien ne suit « { $detail } » : ce filtre est ignoré.
search-hint-short-beginning = « { $detail } » est trop court : un début de mot compte au moins deux lettres.
search-fault-too-long = Cette recherche est trop longue : { $count } caractères au plus.
search-fault-too-many = Cette recherche a trop de parties : { $count } au plus.
search-fault-state = « { $detail } » n’est pas un état : essayez ouvert, libre, en-cours, incomplet, reporté, clos, approuvé, refusé, annulé ou archivé.
search-fault-date = « { $detail } » n’est pas une date : écrivez 2026-11-23, 23/11/2026, hier ou 7j.
search-fault-has = « avec: » ne connaît que fichier, pas « { $detail } ».

search-palette = Palette de commandes
search-palette-label = Rechercher ou exécuter
search-palette-placeholder = Ticket, personne ou action…
search-palette-escape = Échap
search-palette-actions = Actions
search-palette-go = Aller à
search-palette-none = Rien de tel.
search-palette-failed = Pas de réponse : vérifiez la connexion et réessayez.
search-palette-everything = Tout chercher : { $detail }
search-palette-said = { $count ->
    [0] Aucune proposition
    [one] { $count } proposition
   *[other] { $count } propositions
}
search-kind-ticket = Ticket
search-kind-person = Personne

search-portal-title = Rechercher dans mes demandes
search-portal-placeholder = Mots, « phrase exacte », #numéro
search-portal-empty = Aucune de vos demandes ne contient cela.
search-portal-start-hint = Cherchez dans vos demandes et dans celles où l’on vous a invité : sujets, messages et noms de fichiers.
