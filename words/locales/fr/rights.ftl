rights-changed = Vos droits ont changé.
rights-role = Votre rôle :
rights-scope = Les tickets que vous voyez :
rights-gained = Vous pouvez désormais :
rights-lost = Vous ne pouvez plus :
rights-none = aucun
rights-known = J’en ai pris connaissance
