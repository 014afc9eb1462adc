# Corriger ses propres derniers mots.

rewording-title = Corriger mon dernier message
rewording-link = Corriger
rewording-words = Message
rewording-hint = Les mails déjà partis ne changent pas. L’ancien texte reste dans l’historique.
rewording-hint-portal = Les mails déjà partis ne changent pas. Les agents voient encore l’ancien texte.
rewording-submit = Enregistrer
rewording-changed = Le ticket a changé pendant que vous écriviez. Votre texte est ci-dessous ; voici ce qui est enregistré :
rewording-edited = corrigé
rewording-did = a corrigé son dernier message
rewording-said = Le message est corrigé.
rewording-former = Ancien texte
