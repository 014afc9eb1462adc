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
