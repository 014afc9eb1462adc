# The API’s page.

api-title = API de Vigie
api-explained = Les mêmes listes et les mêmes actions que les pages, décidées par la même règle. Le document OpenAPI dit tout :
api-method = Méthode
api-address = Adresse
api-what = Ce qu’elle fait
