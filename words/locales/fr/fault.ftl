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
fault-filter = Ce filtre ne connaît pas cette valeur.
fault-limit = limit va de 1 à 200.
fault-cursor = Ce curseur n’en est pas un : reprenez la valeur de next.
fault-base64 = Le contenu d’un fichier doit être en base 64.
