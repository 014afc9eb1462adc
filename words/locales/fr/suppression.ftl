# Les adresses auxquelles plus rien ne part.

suppression-title = Adresses suspendues
suppression-about = Rien n’y part tant qu’elles le sont.
suppression-explained = Quand un serveur répond que personne n’est à une adresse, ou qu’une personne signale nos mails comme indésirables, plus rien n’y part : insister nuirait aux mails des autres. Un mail reçu de cette adresse la remet en service, sauf après un signalement. Les liens de mot de passe et les codes de connexion, demandés à l’instant, partent quand même.
suppression-none = Aucune adresse n’est suspendue.
suppression-refused = Personne n’est à cette adresse, dit son serveur.
suppression-bounced = Un mail est revenu : personne n’est à cette adresse.
suppression-complaint = Son destinataire a signalé nos mails comme indésirables.
suppression-held-back = { $count ->
    [0] aucun mail retenu depuis
    [one] { $count } mail retenu depuis
   *[other] { $count } mails retenus depuis
}
suppression-mails = Voir ses mails
suppression-lift = Écrire de nouveau
suppression-lifted = Les prochains mails partiront vers cette adresse.
suppression-lifted-already = Cette adresse n’était déjà plus suspendue.
suppression-here = Aucun mail ne part vers cette adresse.
suppression-see = Adresses suspendues
