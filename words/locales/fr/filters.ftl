# Règles pour les messages qui ouvriraient un ticket, et la quarantaine.

filters-title = Filtres
filters-about = Avant qu’un message ouvre un ticket, ces règles sont examinées dans l’ordre. Les étiquettes s’additionnent ; la première règle qui choisit une catégorie ou met en quarantaine est la dernière examinée. Une réponse reconnue rejoint toujours son ticket.
filters-none = Aucune pour l’instant.
filters-add = Ajouter une règle
filters-name = Nom
filters-rule = Règle
filters-position = Rang
filters-source = Messages concernés
filters-any = Tous les messages
filters-of-mailbox = Boîte aux lettres { $name }
filters-of-mailbox-with-address = Boîte aux lettres { $name } ({ $address })
filters-source-unknown = Cette adresse ou cette boîte n’existe plus. Choisissez-en une autre.
filters-conditions = Conditions, qui doivent toutes être remplies
filters-senders = Expéditeurs
filters-senders-hint = Un par ligne : une adresse, ou @example.org pour tout un domaine. Un seul suffit.
filters-sender-wrong = Donnez chaque expéditeur comme nom@example.org ou @example.org.
filters-words = Mots de l’objet ou du texte
filters-words-hint = Une expression par ligne, sans égard aux majuscules ni aux accents. Une seule suffit.
filters-says-nothing = Une de ces lignes n’a ni lettre ni chiffre que l’on voie : retirez-la.
filters-too-many-lines = C’est trop : { $count } lignes au plus. Ajoutez une autre règle.
filters-header-name = En-tête
filters-header-name-hint = Par exemple List-Id ou X-Spam-Flag
filters-header-words = Contenu de l’en-tête
filters-header-words-hint = Vide, il suffit que l’en-tête soit là.
filters-header-wrong = Ce n’est pas un nom d’en-tête : donnez-le comme X-Spam-Flag.
filters-header-missing = Donnez aussi le nom de l’en-tête.
filters-size-over = Plus grand que, en Kio
filters-size-wrong = Donnez un nombre de 1 à { $count }.
filters-needs-file = Avec une pièce jointe
filters-no-condition = Donnez au moins une condition, sans quoi tous les messages seraient concernés.
filters-outcome-legend = Ce que le message devient
filters-outcome = Issue
filters-outcome-hint = En quarantaine, il n’ouvre pas de ticket et personne n’en est averti. Les administrateurs l’y voient et peuvent l’admettre.
filters-outcome-missing = Choisissez.
filters-ticket = Il ouvre son ticket
filters-quarantine = Il va en quarantaine
filters-category = Catégorie
filters-own-category = Celle de son adresse
filters-category-closed = Catégorie fermée
filters-category-closed-hint = Cette catégorie ne prend plus de tickets : les messages vont dans celle de leur adresse.
filters-tags = Étiquettes
filters-tags-hint = Entre virgules.
filters-quarantine-alone = En quarantaine, un message n’ouvre pas de ticket : laissez ce champ vide.
filters-does-nothing = Choisissez une catégorie, ou donnez des étiquettes.
filters-active = Règle active
filters-too-many = Il y a déjà { $count } règles. Retirez-en une d’abord.
filters-met = { $count ->
    [0] Aucun message concerné ces 30 derniers jours.
    [one] 1 message concerné ces 30 derniers jours.
   *[other] { $count } messages concernés ces 30 derniers jours.
}
filters-see-quarantine = Voir la quarantaine
filters-earlier = Examiner avant
filters-later = Examiner après
filters-remove = Retirer la règle
filters-remove-hint = Les tickets ouverts le restent, et ce qui est en quarantaine y reste.
filters-said-created = Règle ajoutée.
filters-said-moved = Ordre changé.
filters-said-removed = Règle retirée.

filters-held-title = En quarantaine
filters-held-none = La quarantaine est vide.
filters-held-none-of-rule = Rien de cette règle n’est en quarantaine.
filters-held-about = Ces messages sont conservés en entier ; ils n’ont ouvert aucun ticket et personne n’en a été averti.
filters-held-by = Par la règle « { $rule } »
filters-held-every-rule = Toutes les règles
filters-held-show = Afficher
filters-held-let-in = Admettre
filters-held-rule-with-count = { $rule } ({ $count })
