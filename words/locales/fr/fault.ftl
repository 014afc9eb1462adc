# Sentences at fields.

fault-missing = Ce champ est obligatoire.
fault-too-long = C’est trop long : { $count } caractères au plus.
fault-too-many-files = Trop de fichiers : { $count } au plus à la fois.
fault-file-too-large = Le fichier « { $detail } » est trop gros : 25 Mo au plus.
fault-audience = Choisissez qui lira ce message : le demandeur, ou les agents seulement.
fault-category-missing = Choisissez une catégorie.
fault-category-unknown = Cette catégorie n’existe pas ou n’existe plus. Choisissez-en une autre.
fault-person-unknown = Personne n’est connu sous « { $detail } ». Vérifiez l’adresse ou l’identifiant.
fault-ticket-unknown = Aucun ticket « { $detail } » que vous puissiez voir. Vérifiez le numéro.
fault-ticket-itself = C’est ce ticket-ci. Donnez le numéro d’un autre.
fault-relation = La relation est relates_to, duplicate_of, duplicated_by, follow_up_of ou followed_by.
fault-too-many-tags = Trop d’étiquettes : { $count } au plus par ticket.
fault-priority = La priorité va de 1 (très basse) à 5 (critique).
fault-day = Écrivez le jour comme 2026-11-27.
fault-minutes = Entre 1 et { $count } minutes.
fault-task-assignee = { $detail } ne peut pas lire les tâches de ce ticket. Choisissez quelqu’un qui y travaille.
fault-task-elsewhere = Cette tâche n’est pas de ce ticket. Choisissez-en une autre.
fault-too-many-tasks = Un ticket porte au plus { $count } tâches.
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
fault-filter = Ce filtre ne connaît pas cette valeur.
fault-limit = limit va de 1 à 200.
fault-cursor = Ce curseur n’en est pas un : reprenez la valeur de next.
fault-base64 = Le contenu d’un fichier doit être en base 64.
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
