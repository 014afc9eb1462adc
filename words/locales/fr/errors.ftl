# errors
errors-not-found = Cette page n’existe pas, ou vous n’y avez pas accès
