# Formulaires commencés et pas encore envoyés.

unsent-begun = Commencé et pas encore envoyé :
unsent-kept = Pas encore enregistré, gardé
unsent-discard = Abandonner
unsent-later = Continuer plus tard
unsent-saved = Brouillon gardé
unsent-offline = Pas de connexion : gardé dans ce navigateur
unsent-said-discarded = Le brouillon est abandonné.
unsent-said-nothing = Il n’y avait encore rien à garder.
unsent-unsendable = Votre réponse qui n’a pas été envoyée :
unsent-said-kept = Votre brouillon est gardé : « Nouveau ticket » vous le propose sur tous vos appareils.
