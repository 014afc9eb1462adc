# Le conseil : un agent le demande, un collègue le donne par une note interne.

advice-needed = Demande conseil
advice-title = Conseil
advice-none = Personne ne demande conseil ici.
advice-ask = Demander conseil
advice-message = Votre question
advice-message-hint = Elle devient une note interne ; @ appelle un collègue. Les observateurs et les mentors sont prévenus.
advice-how = La prochaine note interne d’un autre agent tient lieu de conseil. Qui l’écrit n’en devient pas responsable : la prise en charge ne change pas.
advice-end = Le conseil n’est plus nécessaire
advice-said-asked = Vous demandez conseil. Le ticket le dit jusqu’à ce qu’un collègue réponde par une note interne.
advice-said-ended = Le ticket ne demande plus conseil.
advice-did-ask = a demandé conseil
advice-did-give = a donné un conseil
advice-did-end = ne demande plus conseil
