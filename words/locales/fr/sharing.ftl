# Les services qui voient les tickets les uns des autres.

sharing-open = Visibilité entre services
sharing-open-hint = Les services dont les agents voient les tickets de celui-ci, et dont les siens voient les tickets.
sharing-title = Visibilité entre services : { $department }
sharing-explained = Les services qui portent la même étiquette voient les tickets les uns des autres : qui consulte les tickets de l’un d’eux parce qu’il y appartient lit ceux des autres et peut y écrire des notes internes, rien de plus. Aucun courriel à leur sujet ne lui est envoyé, aucun ne lui est attribué. Qui a le niveau « aucun » dans un service n’y entre pas, et ce qui est confidentiel leur reste fermé à tous.
sharing-tag = Étiquette de partage
sharing-tag-hint = Les majuscules ne comptent pas. Sans étiquette, le service ne partage rien. L’effet est immédiat, y compris pour qui rejoindra plus tard l’un des services.
sharing-by-rank = Seuls les propriétaires et les administrateurs donnent une étiquette : elle ouvre aussi les tickets d’autres services. Vous pouvez la retirer.
sharing-withdraw = Ne plus partager
sharing-with = Services portant cette étiquette
sharing-alone = Aucun autre service ne porte cette étiquette : elle ne montre rien à personne.
sharing-look-here = { $count ->
    [0] Aucun de ses agents ne voit les tickets d’ici par la seule étiquette.
    [one] Un de ses agents voit les tickets d’ici par la seule étiquette.
   *[other] { $count } de ses agents voient les tickets d’ici par la seule étiquette.
}
sharing-look-there = { $count ->
    [0] Aucun agent d’ici ne voit ses tickets par la seule étiquette.
    [one] Un agent d’ici voit ses tickets par la seule étiquette.
   *[other] { $count } agents d’ici voient ses tickets par la seule étiquette.
}
sharing-said = Le partage est enregistré.
sharing-changed = Le service a été modifié entre-temps. Votre saisie est restée ici : vérifiez-la, puis enregistrez.
