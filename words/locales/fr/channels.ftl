# Mail channels, for administrators.

channels-title = Adresses de réception
channels-about = Chaque adresse ouvre ses tickets dans une catégorie. Votre serveur de messagerie remet à Vigie ce qui arrive à ces adresses.
channels-none = Aucune pour l’instant.
channels-address = Adresse e-mail
channels-address-hint = Sans « + » : ce qui le suit sert à reconnaître le ticket d’une réponse.
channels-address-taken = Cette adresse a déjà sa ligne.
channels-no-plus = Donnez l’adresse sans « + » : ce qui le suit est réservé.
channels-name = Nom affiché
channels-name-hint = À côté de l’adresse, dans les messages qui partent.
channels-category = Catégorie des tickets
channels-choose = Choisissez une catégorie
channels-active = Reçoit les messages
channels-add = Ajouter une adresse
channels-said-created = Adresse ajoutée.
