rights-changed = Your rights have changed.
rights-role = Your role:
rights-scope = The tickets you see:
rights-gained = You may now:
rights-lost = No longer:
rights-none = none
rights-known = I have read this
