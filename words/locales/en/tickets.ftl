# tickets
tickets-view-open = To do
tickets-view-unassigned = Unassigned
tickets-view-mine = My tickets
tickets-view-awaiting-approval = Closures to approve
tickets-view-all = All tickets
