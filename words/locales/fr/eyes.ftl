# Regarder l’application avec les yeux de quelqu’un.

eyes-open = Voir l’application comme cette personne
eyes-close = Cesser de regarder
eyes-banner = Vous voyez l’application comme { $name }. Rien ne peut être modifié, et le journal d’audit en garde la trace.
eyes-refused = Vous voyez l’application comme quelqu’un d’autre : rien ne peut être modifié, et ce qui lui est personnel reste fermé. Cessez d’abord de regarder.
eyes-fault-whose = On ne regarde qu’avec les yeux d’un autre membre de l’équipe, dont le compte est actif.
eyes-said-closed = Vous voyez de nouveau avec vos propres yeux.
