# Refusals of the API.

refusal-not-found = Introuvable
refusal-not-found-advice = Cela n’existe pas, ou vous n’y avez pas accès.
refusal-signed-out = Identification requise
refusal-signed-out-advice = Envoyez un jeton valable, de type Bearer, dans l’en-tête Authorization.
refusal-forbidden = Un droit vous manque
refusal-forbidden-advice = Un administrateur peut vous le donner.
refusal-forged = Ce formulaire ne vient pas d’une page ouverte récemment. Ouvrez la page de nouveau, puis recommencez.
refusal-invalid = La demande ne peut pas être acceptée
refusal-invalid-advice = Corrigez les champs nommés, rien n’a été enregistré.
refusal-conflict = Quelqu’un a changé cela entre-temps
refusal-conflict-advice = Lisez la version actuelle, puis recommencez avec elle.
refusal-too-large = C’est trop gros
refusal-too-large-advice = Réduisez ce que vous envoyez.
refusal-too-many = Trop de demandes en peu de temps
refusal-too-many-advice = Attendez le délai de Retry-After, puis recommencez.
refusal-down = Un service ne répond pas
refusal-down-advice = Rien n’a été enregistré à moitié. Recommencez dans quelques secondes.
refusal-bug = Quelque chose a cassé chez nous
refusal-bug-advice = Donnez ce numéro de demande à un administrateur.
