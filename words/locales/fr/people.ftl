# The directory of people, for staff.

people-directory = Personnes
people-search = Nom, identifiant, e-mail, téléphone, organisation
people-new = Nouvelle personne
people-none = Personne ne correspond
people-none-hint = Essayez une partie du nom, de l’adresse ou du téléphone.
people-staff = Équipe
people-phone = Téléphone
people-job-title = Fonction
people-organization = Organisation
people-kind = Qui est-ce
people-employee = Collaborateur
people-client = Client
people-particulars = Coordonnées
people-edit = Modifier
people-administer = Droits et accès
people-new-ticket = Nouveau ticket pour cette personne
people-no-tickets = Aucun ticket que vous puissiez voir.
people-open-count = { $count ->
    [one] { $count } ouvert
   *[other] { $count } ouverts
}
people-more-tickets = { $count ->
    [one] { $count } ticket en tout.
   *[other] { $count } tickets en tout, dont voici les vingt derniers.
}
people-access-guarded = Cette personne peut se connecter : un administrateur change son adresse et son accès.
people-send-link = Envoyer un lien pour choisir un mot de passe, si le portail est ouvert
people-said-created = Personne ajoutée.
people-said-invited = Personne ajoutée, lien envoyé.
people-said-saved = Coordonnées enregistrées.
people-my-departments = Mes services
people-import = Importer des personnes
people-import-found = Ce que donne la feuille
people-import-new = { $count ->
    [0] Personne de nouveau.
    [one] Une personne sera ajoutée.
   *[other] { $count } personnes seront ajoutées.
  }
people-import-known = { $count ->
    [one] Une personne est déjà connue et reste telle quelle.
   *[other] { $count } personnes sont déjà connues et restent telles quelles.
  }
people-import-wrong = { $count ->
    [one] Une erreur : corrigez-la, puis vérifiez de nouveau. Personne n’a été ajouté.
   *[other] { $count } erreurs : corrigez-les, puis vérifiez de nouveau. Personne n’a été ajouté.
  }
people-import-faults = Erreurs
people-import-line = Ligne
people-import-column = Colonne
people-import-fault = Ce qui ne va pas
people-import-line-says = Ligne { $line }, { $column } : { $text }
people-import-lead = Une ligne par personne. La première nomme les colonnes : nom et adresse, et, si vous les avez, les autres parmi
people-import-content = La feuille
people-import-hint = Valeurs séparées par des points-virgules, des virgules ou des tabulations ; { $count } personnes au plus. Personne ne reçoit de courriel.
people-import-file = Ou un fichier
people-import-file-hint = CSV, tel que l’enregistre un tableur. Il prend la place du texte ci-dessus et est d’abord vérifié.
people-import-check = Vérifier
people-import-do = { $count ->
    [one] Importer cette personne
   *[other] Importer ces { $count } personnes
  }
people-import-kind = Client ou collaborateur
people-said-imported = Personnes importées.
