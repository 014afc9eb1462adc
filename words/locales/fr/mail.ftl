# Mails, in the language of the person who receives them.

mail-subject = [{ $event } { $department } n°{ $number }] { $subject }
mail-subject-account = [{ $organisation }] { $event }
mail-about = Ticket n°{ $number } : { $subject } ({ $department })

mail-event-created = Création
mail-event-acknowledged = Bien reçu
mail-event-too-large = Trop volumineux
mail-event-public-reply = Commentaire
mail-event-staff-note = Note interne
mail-event-advice-asked = Demande conseil
mail-event-advised = Conseil
mail-event-taken = Prise en charge
mail-event-assigned = Assignation
mail-event-released = Libération
mail-event-closure-proposed = Clôture à approuver
mail-event-approved = Approbation clôture
mail-event-closure-refused = Refus clôture
mail-event-reopened = Réouverture
mail-event-invited = Invitation
mail-event-mentioned = Mention
mail-event-observer-added = À observer
mail-event-changed = Modification
mail-event-file-removed = Pièce jointe supprimée
mail-event-cancelled = Annulation
mail-event-task-given = Tâche
mail-event-asked = Demande
mail-event-refused = Refus
mail-event-expired = Expiration
mail-event-postponed = Report
mail-event-approval-reminder = Relance : clôture à approuver
mail-event-recalled = Rappel
mail-event-transferred = Transfert
mail-event-merged = Fusion
mail-event-unmerged = Fusion annulée
mail-event-password-link = Choisissez un mot de passe
mail-event-setup-link = Votre accès est prêt

mail-lead-created = { $name } a créé un ticket.
mail-lead-acknowledged = Nous avons bien reçu votre demande.
mail-lead-too-large = Votre message est trop volumineux pour nous : son texte et ses fichiers ne nous sont pas parvenus.
mail-lead-public-reply = { $name } a répondu.
mail-lead-staff-note = { $name } a ajouté une note interne.
mail-lead-advice-asked = { $name } demande conseil sur un ticket.
mail-lead-advised = { $name } a donné un conseil par une note interne.
mail-lead-taken = { $name } a pris le ticket en charge.
mail-lead-assigned = { $name } a confié le ticket à { $assignee }.
mail-lead-released = { $name } a libéré le ticket.
mail-lead-closure-proposed = { $name } propose de clore le ticket. Le problème est-il réglé ?
mail-lead-approved = { $name } a approuvé la clôture.
mail-lead-closure-refused = { $name } a refusé la clôture. Le ticket est rouvert.
mail-lead-reopened = { $name } a rouvert le ticket.
mail-lead-invited = { $name } vous invite à suivre un ticket.
mail-lead-mentioned = { $name } vous a mentionné.
mail-lead-observer-added = { $name } vous a ajouté aux observateurs d’un ticket : vous le lisez en entier et conseillez par notes internes.
mail-lead-changed = { $name } a modifié les propriétés du ticket.
mail-lead-file-removed = { $name } a supprimé une pièce jointe du ticket.
mail-lead-cancelled = { $name } a annulé le ticket.
mail-lead-task-given = { $name } vous a confié une tâche.
mail-lead-asked = { $name } a besoin de précisions pour continuer.
mail-lead-refused = { $name } a refusé le ticket.
mail-lead-expired = Personne n’a répondu à temps à la clôture : le ticket est terminé.
mail-lead-postponed = { $name } a reporté le ticket.
mail-lead-approval-reminder = La clôture de votre ticket attend toujours votre réponse. Le problème est-il réglé ?
mail-lead-postponed-until = { $name } a reporté le ticket au { $date }.
mail-lead-recalled = { $name } a rappelé le ticket : le travail reprend.
mail-lead-transferred = { $name } a transféré le ticket au service { $department }.
mail-lead-merged = { $name } a réuni cette demande avec une autre, qui se poursuit.
mail-lead-unmerged = { $name } a de nouveau séparé cette demande de l’autre.
mail-lead-password-link = Vous pouvez choisir un nouveau mot de passe.
mail-lead-setup-link = Votre accès au centre de services est prêt.

mail-next-acknowledged = Le service { $department } s’en occupe. Vous recevrez chaque réponse par e-mail.
mail-next-too-large = Répondez à ce message en redisant l’essentiel, avec moins de fichiers à la fois : un message peut faire { $size } en tout. Vous pouvez aussi joindre les fichiers dans le ticket.
mail-next-advice-asked = Conseillez par une note interne dans le ticket. Vous n’en devenez pas responsable : la prise en charge ne change pas.
mail-next-released = Personne n’en a plus la charge : il attend d’être pris.
mail-next-merged = Vous pouvez répondre à ce message comme d’habitude : votre réponse arrive au bon endroit.
mail-next-closure-proposed = Approuvez si tout va bien ; sinon refusez et dites ce qui manque, le ticket sera rouvert.
mail-next-asked = Le ticket attend votre réponse ; il reprend dès que vous répondez.
mail-next-approval-reminder = Approuvez si tout va bien ; sinon refusez et dites ce qui manque. Sans réponse, le ticket se termine de lui-même le { $date }.
mail-next-password-link = { $hours ->
    [one] Le lien sert une fois, pendant { $hours } heure. Si vous n’avez rien demandé, laissez ce message : rien ne change.
   *[other] Le lien sert une fois, pendant { $hours } heures. Si vous n’avez rien demandé, laissez ce message : rien ne change.
}
mail-next-setup-link = { $hours ->
    [one] Choisissez votre mot de passe pour entrer. Le lien sert une fois, pendant { $hours } heure.
   *[other] Choisissez votre mot de passe pour entrer. Le lien sert une fois, pendant { $hours } heures.
}

mail-link-ticket = Voir le ticket
mail-link-approve = Approuver la clôture
mail-link-refuse = Refuser la clôture
mail-link-password = Choisir un mot de passe
mail-link-setup = Ouvrir mon accès

mail-reply = Pour répondre, répondez simplement à ce message : votre texte rejoindra le ticket.
mail-sent-by = Envoyé par le centre de services de { $organisation }.

mail-bare = Par confidentialité, ce message ne contient rien de ce qui a été écrit : lisez-le dans le ticket.
mail-bare-subject = contenu dans le ticket

mail-unknown-sender = Expéditeur inconnu
mail-no-subject = (sans objet)
mail-only-encrypted = (Ce courriel est chiffré. Son contenu est dans le fichier joint.)
mail-only-container = (Ce courriel est arrivé d’Outlook en un seul fichier. Son contenu est dans « winmail.dat », joint.)
mail-passed-on = Courriel transmis, écrit par { $name } :
mail-left-for-its-size = (Ce courriel de { $size } est trop volumineux pour être relevé. Son texte et ses fichiers sont restés dans la boîte où il est arrivé.)

mail-replayed = Le message est relu.
mail-on-ticket-already = Ce message est déjà sur un ticket.
mail-retried = Le message est renvoyé.
mail-sent-already = Ce message n’attend plus.

mail-reason-own-loop = Notre propre message nous est revenu.
mail-reason-foreign-bounce = Un échec de remise d’un message qui n’était pas de nous.
mail-reason-bounce = Un de nos messages n’a pas pu être remis.
mail-reason-auto-reply = Une réponse automatique sans ticket.
mail-reason-receipt = Un accusé de lecture.
mail-reason-list = Une liste de diffusion ou une lettre d’information.
mail-reason-generated = Écrit par un programme.
mail-reason-flood = Trop de messages automatiques de cette adresse en une heure.
mail-reason-unproven-sender = Répond à un ticket depuis une adresse qui n’y participe pas.
mail-reason-sender-unclear = Expéditeur incertain ; un ticket a été ouvert avec le message entier.
mail-reason-forged = Ne vient pas du domaine de son expéditeur, dit le serveur qui l’a reçu ; un ticket de personne a été ouvert avec le message entier.
mail-reason-unparseable = Message illisible ; un ticket a été ouvert avec le message entier.
mail-reason-sender-disabled = Le compte de l’expéditeur est désactivé.
mail-reason-category-closed = La catégorie de cette boîte ne prend pas de tickets.
mail-reason-channel-gone = La boîte où il est arrivé n’existe plus.
mail-reason-failed = La lecture a échoué plusieurs fois.
mail-event-sign-in-code = Votre code de connexion
mail-lead-sign-in-code = Voici le code pour vous connecter.
mail-next-sign-in-code = Il est valable dix minutes, dans le navigateur où vous l’avez demandé. Si vous n’avez rien demandé, ne faites rien : ce code seul n’ouvre rien.
mail-link-sign-in = Saisir le code

# La page qu’ouvre un lien d’un message.
mail-deed-approve-hint = Le problème est réglé : le ticket se termine.
mail-deed-refuse-hint = Le ticket est rouvert, et la personne qui en a la charge lit ce qui manque.
mail-deed-take-hint = Vous en prenez la charge.
mail-deed-words = Votre message
mail-deed-as = Au nom de { $name }, à qui ce lien a été envoyé.
mail-deed-changed = Le ticket a reçu un ajout entre-temps. Lisez-le d’abord, ou continuez avec votre texte ci-dessous.
mail-deed-news = Le ticket a reçu un ajout depuis ce message. Lisez-le d’abord, ou continuez.
mail-deed-used = C’est fait. Ce lien n’a plus d’effet.
mail-deed-late = Ce lien est devenu trop ancien. Vous pouvez encore le faire dans le ticket.
mail-deed-decided = Ce lien n’a plus d’effet : le ticket a avancé depuis ce message, vous y avez répondu, ou vous n’en avez plus le droit.
mail-deed-anothers = Ce lien a été envoyé à { $name }, et quelqu’un d’autre est connecté ici. Déconnectez-vous, ou transmettez-lui le message.

mail-report-subject = [Rapport quotidien] { $count ->
    [0] rien à signaler
    [one] { $count } ticket libre ou en cours
   *[other] { $count } tickets libres ou en cours
}
mail-report-subject-of = [Rapport quotidien { $department }] { $count ->
    [0] rien à signaler
    [one] { $count } ticket libre ou en cours
   *[other] { $count } tickets libres ou en cours
}
mail-report-lead = { $count ->
    [0] Rien à signaler : aucun des tickets choisis n’est libre ou en cours.
    [one] Votre rapport : { $count } ticket libre ou en cours.
   *[other] Votre rapport : { $count } tickets libres ou en cours.
}
mail-report-managed = Pris en charge par vous ({ $count })
mail-report-category = Dans vos catégories ({ $count })
mail-report-free = Libres ({ $count })
mail-report-others = Pris en charge par d’autres ({ $count })
mail-report-ticket = n°{ $number } : { $subject }
mail-report-is-free = libre
mail-report-in-progress = en cours
mail-report-held-by = en cours, { $name }
mail-report-last = dernière activité le { $date }
mail-report-free-for-a-day = Libre, sans activité depuis plus d’un jour
mail-report-idle-for-a-week = Sans activité depuis plus d’une semaine
mail-report-idle-for-a-month = Sans activité depuis plus d’un mois
mail-report-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
}
mail-report-change = Modifier ou arrêter ce rapport
mail-report-suspend = Suspendre tous les mails de surveillance

mail-mailbox-requester = Le demandeur
mail-mailbox-invitee = Une personne invitée
mail-mailbox-agent = Un membre de l’équipe
mail-mailbox-assignee = un membre de l’équipe
mail-mailbox-foot = Cette boîte est avertie des tickets du service { $department } ; les personnes qui administrent ce service peuvent le changer.
