# Réponses types.

replies-list = Réponses types
replies-new = Nouvelle réponse type
replies-edit = Modifier la réponse type
replies-explained = Des textes prêts à l’emploi. Dans un ticket, tapez / pour en insérer un.
replies-empty = Aucune réponse type
replies-empty-hint = Gardez ici ce que vous écrivez souvent.
replies-title = Titre
replies-body = Texte
replies-placeholders = Markdown accepté. Remplis à l’insertion :
replies-sharing = Qui peut s’en servir
replies-private = Moi seul
replies-department = Un service
replies-everyone = Tous les agents
replies-which-department = Service
replies-which-department-hint = Compte seulement pour une réponse de service.
replies-remove = Supprimer
replies-said-added = La réponse type est enregistrée.
replies-said-saved = La réponse type est modifiée.
replies-said-removed = La réponse type est supprimée.
