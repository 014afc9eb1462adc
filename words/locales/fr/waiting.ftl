# How long things wait in a department.

waiting-title = Délais : { $department }
waiting-department = Tout le service
waiting-categories = Catégories
waiting-categories-hint = Un champ vide suit la catégorie au-dessus, ou le service.
waiting-expire = Jours avant l’expiration d’une clôture
waiting-expire-hint = { $days ->
    [one] Sans réponse du demandeur. 0 : jamais ; vide : { $days } jour.
   *[other] Sans réponse du demandeur. 0 : jamais ; vide : { $days } jours.
}
waiting-reopen = Jours pendant lesquels le demandeur peut rouvrir
waiting-reopen-hint = { $days ->
    [one] Ensuite, il ouvre un ticket de suite. 0 : toujours ; vide : { $days } jour.
   *[other] Ensuite, il ouvre un ticket de suite. 0 : toujours ; vide : { $days } jours.
}
waiting-said = Les délais sont enregistrés.
waiting-changed = Quelqu’un a changé ce service entre-temps. Votre saisie est toujours là : vérifiez-la, puis enregistrez de nouveau.
waiting-open = Délais
waiting-open-hint = Combien de temps une clôture attend son approbation, et un ticket terminé peut être rouvert.

waiting-serving = Membres des catégories
waiting-serving-hint = Proposés d’abord quand on assigne un ticket, et prévenus des nouveaux tickets.
waiting-serving-title = Membres des catégories : { $department }
waiting-serving-explained = Sans personne de coché, une catégorie a les membres de celle au-dessus, ou tous ceux du service.
waiting-serving-nobody = Aucun membre de ce service n’en traite encore les tickets.
waiting-serving-said = Les membres des catégories sont enregistrés.
