# tickets
tickets-view-open = À traiter
tickets-view-unassigned = Non attribués
tickets-view-mine = Mes tickets
tickets-view-awaiting-approval = Clôtures à approuver
tickets-view-all = Tous les tickets
