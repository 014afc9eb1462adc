# Rules that are nobody’s right: what stands in the way, and what to do.

rule-state = L’état du ticket ne le permet plus : quelqu’un l’a sans doute changé entre-temps. Ouvrez-le de nouveau pour voir où il en est.
rule-confidential = Le ticket est confidentiel : il n’est montré à personne d’autre.
rule-merge-split = Un message de ce ticket est devenu entre-temps un ticket à part : la fusion ne peut plus être annulée.
rule-already-yours = Vous êtes déjà en charge de ce ticket.
rule-category-inactive = Cette catégorie ne reçoit plus de tickets. Choisissez-en une autre.
rule-undo-late = Il est trop tard pour annuler, ou cette action ne s’annule pas.
rule-undo-changed = Le ticket a changé depuis.
rule-never-transferred = Ce ticket n’a jamais été transféré : il n’a pas d’expéditeur à qui revenir.
rule-reopening-over = Le délai pour rouvrir ce ticket est passé. Si le problème revient, ouvrez un ticket de suite.
rule-not-your-words = Seule la personne qui a écrit ce message peut le corriger.
rule-words-by-mail = Ce message est arrivé par e-mail : il reste tel qu’il a été reçu.
rule-not-last-words = Quelqu’un a écrit depuis : ce message ne se corrige plus. Écrivez-en un autre.
rule-own-drafts = Chacun ne garde que ce qu’il a saisi lui-même.
