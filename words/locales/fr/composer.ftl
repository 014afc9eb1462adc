# Le champ où l’on écrit, ce qui est en route, ce que l’on y insère.

composer-placeholder = Répondre… / réponse type, @ collègue, # ticket ou article
composer-hint = Mise en forme Markdown. / propose les réponses types, @ les collègues, # les tickets et les articles. Ctrl Entrée envoie.
composer-format = Mise en forme
composer-bold = Gras
composer-italic = Italique
composer-list = Liste
composer-link = Lien
composer-quote = Citation
composer-code = Code
composer-preview = Aperçu
composer-preview-empty = Rien à montrer : écrivez d’abord.
composer-suggestions = Propositions
composer-nothing-found = Rien de tel
composer-files-here = Fichiers joints à ce message
composer-keep-file = Joindre { $name }
composer-remove-file = Retirer
composer-insert-reply = Insérer une réponse type
composer-saved-reply = Réponse type
composer-insert = Insérer
composer-manage-replies = Mes réponses types
composer-discard = Effacer le brouillon
composer-draft-saved = Brouillon enregistré
composer-draft-restored = Brouillon retrouvé
composer-sending = Envoi en cours
composer-only-you = Vous seul le voyez pour l’instant.
composer-leaves-in = { $seconds ->
    [0] Votre réponse part à l’instant.
    [one] Votre réponse part dans { $seconds } seconde.
   *[other] Votre réponse part dans { $seconds } secondes.
}
composer-leaving = Votre réponse part…
composer-sent = Réponse envoyée.
composer-failed = Pas de connexion. Votre texte est gardé ici ; réessayez dans un instant.
composer-undo = Annuler l’envoi
composer-untold = { $names } ne peut pas ouvrir ce ticket et ne sera pas prévenu.
composer-said-undone = Votre réponse n’est pas partie : la voici de nouveau, prête à être corrigée.
composer-said-too-late = Trop tard : votre réponse est déjà partie.
composer-said-discarded = Le brouillon est effacé.
composer-said-noted-untold = Votre note est enregistrée. Quelqu’un que vous mentionnez ne peut pas ouvrir ce ticket et n’a pas été prévenu.
composer-was-refused = Votre réponse n’est pas partie : le ticket ou vos droits ont changé entre-temps. Voici votre texte.
composer-overtaken-words = { $name } a écrit pendant que vous écriviez. Lisez, puis renvoyez ou modifiez votre texte : il est conservé.
composer-overtaken = { $name } a modifié le ticket pendant que vous écriviez. Regardez de nouveau, puis envoyez ou modifiez votre texte : il est conservé.
composer-crossed = { $name } répond en ce moment même. Attendez quelques secondes pour lire sa réponse, ou envoyez tout de même la vôtre : votre texte est conservé.
