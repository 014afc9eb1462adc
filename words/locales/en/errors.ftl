# errors
errors-not-found = This page does not exist, or you cannot open it
