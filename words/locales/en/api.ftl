# The API’s page.

api-title = The API of Vigie
api-explained = The same lists and deeds as the pages, decided by the same rule. The OpenAPI document says everything:
api-method = Method
api-address = Address
api-what = What it does
