# Les mails qui partent, attendent ou ne sont pas arrivés.

outbox-title = Courrier sortant
outbox-about = Chaque mail parti, en attente ou pas arrivé, et les adresses auxquelles rien ne part plus.
outbox-list = Mails
outbox-state = État
outbox-any = Tous
outbox-address = Adresse
outbox-none = Aucun mail ne correspond.
outbox-suppressed = { $count ->
    [0] Aucune adresse suspendue
    [one] { $count } adresse suspendue
   *[other] { $count } adresses suspendues
}

outbox-waiting = En attente
outbox-sending = En cours d’envoi
outbox-sent = Parti
outbox-uncertain = Incertain
outbox-failed = Échec
outbox-dropped = Pas envoyé
outbox-captured = Montré dans la démonstration
outbox-bounced = Revenu

outbox-acknowledgement = Accusé de réception
outbox-too-large = Message trop volumineux
outbox-event = Événement d’un ticket
outbox-approval-request = Clôture à approuver
outbox-invitation = Invitation
outbox-mention = Mention
outbox-password-link = Mot de passe
outbox-sign-in-code = Code de connexion
outbox-monitoring-mailbox = Surveillance additionnelle
outbox-daily-report = Rapport quotidien

outbox-why-no-relay = Aucun relais n’est configuré.
outbox-why-no-sender = Il manque une adresse d’expédition : ajoutez une adresse de réception, ou réglez mail_from.
outbox-why-no-reader = Plus personne n’est à cette adresse pour le lire.
outbox-why-not-visible = Son destinataire n’a plus le droit de le lire.
outbox-why-no-ticket = Son ticket n’existe plus.
outbox-why-nothing = Il n’avait rien à dire.
outbox-why-late = Il venait trop tard.
outbox-why-suspended = Son destinataire a suspendu ces mails.
outbox-why-suppressed = L’adresse est suspendue.
outbox-why-lost-twice = La connexion s’est coupée deux fois à la fin : il est peut-être arrivé.
outbox-why-unwritable = Il n’a pas pu être rédigé.
