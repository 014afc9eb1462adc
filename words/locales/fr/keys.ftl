# L’aide des touches.

keys-title = Raccourcis clavier
keys-here = Sur cette page
keys-go = Aller à
keys-everywhere = Partout
keys-help = Aide des touches
keys-switch = Régler ou couper les touches
