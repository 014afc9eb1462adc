# Missing rights, as they follow “needed:”; and rules that are nobody's right.

right-staff = ouvrir l’espace des agents
right-reply = répondre à ce ticket
right-note = écrire une note interne sur ce ticket
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
right-not-yet = une action que cette version ne connaît pas
rule-state = L’état du ticket ne le permet plus : quelqu’un l’a sans doute changé entre-temps. Ouvrez-le de nouveau pour voir où il en est.
rule-already-yours = Vous êtes déjà en charge de ce ticket.
rule-category-inactive = Cette catégorie ne reçoit plus de tickets. Choisissez-en une autre.

# Sentences at fields.

fault-missing = Ce champ est obligatoire.
fault-too-long = C’est trop long : { $count } caractères au plus.
fault-too-many-files = Trop de fichiers : { $count } au plus à la fois.
fault-file-too-large = Le fichier « { $detail } » est trop gros : 25 Mo au plus.
fault-audience = Choisissez qui lira ce message : le demandeur, ou les agents seulement.
fault-category-missing = Choisissez une catégorie.
fault-category-unknown = Cette catégorie n’existe pas ou n’existe plus. Choisissez-en une autre.
fault-person-unknown = Personne n’est connu sous « { $detail } ». Vérifiez l’adresse ou l’identifiant.
fault-priority = La priorité va de 1 (très basse) à 5 (critique).
fault-version = La version lue manque. Ouvrez la page de nouveau, puis recommencez.
fault-unreadable-form = Le formulaire n’a pas pu être lu en entier. Recommencez.
fault-email = Ce n’est pas une adresse e-mail. Écrivez-la comme prenom@exemple.fr.
fault-email-taken = Cette adresse appartient déjà à quelqu’un.
fault-login-taken = Cet identifiant appartient déjà à quelqu’un.
fault-density = La hauteur des lignes est comfortable ou compact.
fault-theme = Le thème est auto, light ou dark.
fault-language = La langue est fr ou en.
fault-time-zone = Ce fuseau horaire n’existe pas. Écrivez-le comme Europe/Paris.
fault-json = Le corps JSON ne convient pas : { $detail }.
fault-not-json = Le corps doit être du JSON (Content-Type : application/json).
fault-idempotency-key = La clé Idempotency-Key a au plus 200 caractères ASCII.
fault-idempotency-key-used = Cette clé Idempotency-Key a déjà servi pour une autre demande.

# Refusals of the API.

refusal-not-found = Introuvable
refusal-not-found-advice = Cela n’existe pas, ou vous n’y avez pas accès.
refusal-signed-out = Identification requise
refusal-signed-out-advice = Envoyez un jeton valable dans l’en-tête Authorization: Bearer.
refusal-forbidden = Un droit vous manque
refusal-forbidden-advice = Un administrateur peut vous le donner.
refusal-forged = Ce formulaire ne vient pas d’une page ouverte récemment. Ouvrez la page de nouveau, puis recommencez.
refusal-invalid = La demande ne peut pas être acceptée
refusal-invalid-advice = Corrigez les champs nommés, rien n’a été enregistré.
refusal-conflict = Quelqu’un a changé cela entre-temps
refusal-conflict-advice = Lisez la version actuelle, puis recommencez avec elle.
refusal-too-large = C’est trop gros
refusal-too-large-advice = Réduisez ce que vous envoyez.
refusal-too-many = Trop de demandes en peu de temps
refusal-too-many-advice = Attendez le délai de Retry-After, puis recommencez.
refusal-down = Un service ne répond pas
refusal-down-advice = Rien n’a été enregistré à moitié. Recommencez dans quelques secondes.
refusal-bug = Quelque chose a cassé chez nous
refusal-bug-advice = Donnez ce numéro de demande à un administrateur.

# L’API.

api-title = API de Vigie
api-explained = Les mêmes listes et les mêmes actions que les pages, décidées par la même règle. Le document OpenAPI dit tout :
api-method = Méthode
api-address = Adresse
api-what = Ce qu’elle fait

fault-filter = Ce filtre ne connaît pas cette valeur.
fault-limit = limit va de 1 à 200.
fault-cursor = Ce curseur n’en est pas un : reprenez la valeur de next.
fault-base64 = Le contenu d’un fichier doit être en base 64.

# Administration.

right-manage-properties = modifier les propriétés de ce service
right-manage-categories = gérer les catégories de ce service
right-manage-managers = gérer les gestionnaires de ce service
right-own = posséder le compte
right-above-rank = le rang de cette personne, qui dépasse le vôtre
fault-department-taken = Un service porte déjà ce nom. Choisissez-en un autre.
fault-category-elsewhere = Cette catégorie n’est pas de ce service. Choisissez-en une autre.
fault-category-loop = Une catégorie ne peut pas se ranger sous elle-même.
fault-category-inactive = Cette catégorie ne reçoit plus de tickets. Choisissez-en une autre.
fault-category-is-default = C’est la catégorie par défaut du service : choisissez-en d’abord une autre.
fault-level = Le niveau est none, view ou edit.
fault-privilege = Ce privilège n’existe pas.
fault-privilege-above = On ne donne ni ne retire un privilège que l’on n’a pas soi-même.
fault-not-agent = « { $detail } » n’est pas un agent. Donnez-lui d’abord un rôle dans Personnes.
fault-person-disabled = Le compte de « { $detail } » est désactivé.
fault-already-member = « { $detail } » gère déjà ce service.
fault-holds-tickets = { $count ->
    [one] { $count } ticket ouvert lui est attribué. Libérez-le ou confiez-le d’abord à quelqu’un d’autre.
   *[other] { $count } tickets ouverts lui sont attribués. Libérez-les ou confiez-les d’abord à quelqu’un d’autre.
}
fault-role = Ce rôle n’existe pas.
fault-scope = Cette portée n’existe pas.
fault-role-above = On ne donne pas un rang plus haut que le sien.
fault-last-owner = C’est le dernier propriétaire du compte. Nommez-en d’abord un autre.
fault-disable-self = On ne désactive pas son propre compte.
fault-cannot-sign-in = Cette personne ne peut pas se connecter : donnez-lui un rôle ou l’accès au portail.
