# Les catégories confidentielles.

confidence-open = Confidentialité
confidence-open-hint = Les catégories dont seules les personnes admises voient les tickets.
confidence-title = Confidentialité : { $department }
confidence-explained = Les tickets d’une catégorie confidentielle ne sont visibles que des personnes admises ici, des administrateurs et des personnes de chaque ticket : qui l’a demandé, en a la charge, y est invité ou l’observe. Personne d’autre ne les voit, quels que soient son service et sa portée. Ce qui se trouve sous une catégorie confidentielle l’est aussi.
confidence-confidential = Confidentielle
confidence-by = Confidentielle comme { $category }
confidence-hint = Ce qui est ouvert dans la catégorie devient aussitôt confidentiel, et n’est plus montré à personne d’autre.
confidence-bare = E-mails sans contenu
confidence-bare-hint = Les e-mails de ces tickets disent qu’il s’est passé quelque chose, par qui et dans quel ticket : ni l’objet ni ce qui a été écrit ne quittent le centre de services. Tout se lit dans le ticket.
confidence-confidants = Personnes admises
confidence-said = Les personnes admises sont enregistrées.
confidence-changed = La catégorie a été modifiée entre-temps. Votre choix est resté ici : regardez-la de nouveau, puis enregistrez.
confidence-note = Confidentiel : seules les personnes admises le voient.
