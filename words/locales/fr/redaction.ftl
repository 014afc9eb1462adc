# Retirer pour de bon quelque chose d’un message.

redaction-title = Retirer une partie de ce message
redaction-of = Retirer une partie du message de { $name }
redaction-mark = [retiré]
redaction-explained = Pour un mot de passe collé par mégarde, ou un fichier qui n’aurait pas dû être envoyé. Ce que vous retirez disparaît partout dans ce ticket et ne revient pas.
redaction-source = Message de { $name }
redaction-words = Mots à retirer
redaction-words-hint = Copiez-les depuis le message, exactement. Ils sont retirés partout où ils figurent dans ce ticket.
redaction-files = Pièces jointes à retirer
redaction-reason = Motif
redaction-reason-hint = Visible de tous ceux qui lisent le message. Ne répétez pas ce que vous retirez.
redaction-preview = Voir ce qui restera
redaction-left = Voici ce qui restera du message :
redaction-files-gone = Pièces jointes retirées
redaction-elsewhere = Ces mots disparaissent aussi ailleurs
redaction-in-subject = dans l’objet du ticket
redaction-in-messages = { $count ->
    [one] dans { $count } autre message
   *[other] dans { $count } autres messages
 }
redaction-in-history = { $count ->
    [one] dans { $count } ligne de l’historique
   *[other] dans { $count } lignes de l’historique
 }
redaction-for-good = Cela ne s’annule pas. Les e-mails déjà partis restent chez ceux qui les ont reçus : si c’est un mot de passe, faites-le changer.
redaction-submit = Retirer définitivement
redaction-edit = Modifier
redaction-changed = Le ticket a changé entre-temps. Relisez le message avant de continuer.
redaction-by = Une partie a été retirée par { $name }
redaction-did = a retiré une partie d’un message : { $value }
redaction-said = C’est retiré.
