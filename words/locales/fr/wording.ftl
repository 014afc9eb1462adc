# Ce que disent les mails, et ce qu’un service écrit au-dessous.

wording-title = Textes des mails
wording-events = Un texte par événement et par langue
wording-about = Chaque mail a son texte en français et en anglais. Ce que vous n’écrivez pas vous-même reste celui de Vigie. Les mots des personnes, les liens et les droits de lecture ne changent pas.
wording-own = Texte à vous
wording-of = Mail « { $name } »
wording-explained = Laissez un champ vide pour garder le texte de Vigie. Rien ne se calcule : seuls les noms entre accolades sont remplacés.
wording-subject = Objet
wording-lead = Ce qui s’est passé
wording-next = La suite
wording-ours = Vigie écrit :
wording-ours-nothing = Vigie n’écrit rien ici.
wording-placeholders = Ce qui peut être rempli
wording-preview = Aperçu
wording-reset = Revenir aux textes de Vigie
wording-example = Exemple
wording-said = Le texte est enregistré. Les mails qui ne sont pas encore partis le disent aussi.
wording-changed = Quelqu’un a changé ce texte entre-temps. Le vôtre est toujours là : comparez, puis enregistrez de nouveau.
wording-is-actor = Qui l’a fait
wording-is-assignee = À qui le ticket est confié
wording-is-number = Le numéro du ticket
wording-is-subject = L’objet du ticket
wording-is-department = Le service
wording-is-desk = Votre organisation
wording-is-date = Le jour dont il s’agit
wording-is-hours = Pendant combien d’heures le lien sert
wording-is-size = La taille qu’un message peut avoir

wording-signature-open = Signature
wording-signature-open-hint = Ce qui se lit sous les mails des tickets de ce service.
wording-signature-title = Signature : { $department }
wording-signature = Signature
wording-signature-hint = Le nom de l’équipe, ses heures, où la trouver. Vide : rien.
wording-signature-said = La signature est enregistrée.
