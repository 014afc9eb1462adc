# Missing rights, as they follow “needed:”; and rules that are nobody's right.

right-staff = open the agents’ space
right-reply = reply to this ticket
right-note = write an internal note on this ticket
right-read-notes = read internal notes
right-handle = handle tickets
right-every-privilege = every privilege in every department
right-administer = administer
right-take-free-ticket = take a free ticket of this department
right-take-assigned-ticket = take somebody else’s ticket in this department
right-release = release this ticket, which only its assignee can
right-close = close this ticket, which only its assignee and its requester can
right-approve = approve or refuse the closure, which only the requester can
right-reopen = reopen this ticket
right-open-for-somebody = open a ticket for somebody else
right-not-yet = an action this version does not know
rule-state = The ticket’s state no longer allows it: somebody probably changed it meanwhile. Open it again to see where it stands.
rule-already-yours = You are in charge of this ticket already.
rule-category-inactive = This category takes no more tickets. Choose another one.

# Sentences at fields.

fault-missing = This field is required.
fault-too-long = This is too long: at most { $count } characters.
fault-too-many-files = Too many files: at most { $count } at once.
fault-file-too-large = The file “{ $detail }” is too large: at most 25 MB.
fault-audience = Choose who will read this message: the requester, or agents only.
fault-category-missing = Choose a category.
fault-category-unknown = This category does not exist or no longer exists. Choose another one.
fault-person-unknown = Nobody is known as “{ $detail }”. Check the address or the login.
fault-priority = The priority goes from 1 (very low) to 5 (urgent).
fault-version = The version you read is missing. Open the page again, then retry.
fault-unreadable-form = The form could not be read to its end. Try again.
fault-email = This is not an e-mail address. Write it like name@example.com.
fault-email-taken = This address already belongs to somebody.
fault-login-taken = This login already belongs to somebody.
fault-density = The row height is comfortable or compact.
fault-theme = The theme is auto, light or dark.
fault-language = The language is fr or en.
fault-time-zone = This time zone does not exist. Write it like Europe/Paris.
fault-json = The JSON body does not fit: { $detail }.
fault-not-json = The body must be JSON (Content-Type: application/json).
fault-idempotency-key = The Idempotency-Key has at most 200 ASCII characters.
fault-idempotency-key-used = This Idempotency-Key was already used for another request.

# Refusals of the API.

refusal-not-found = Not found
refusal-not-found-advice = It does not exist, or you have no access to it.
refusal-signed-out = Authentication required
refusal-signed-out-advice = Send a valid token in the header Authorization: Bearer.
refusal-forbidden = A right is missing
refusal-forbidden-advice = An administrator can give it to you.
refusal-forged = This form does not come from a page opened recently. Open the page again, then retry.
refusal-invalid = The request cannot be accepted
refusal-invalid-advice = Correct the fields named; nothing was saved.
refusal-conflict = Somebody changed this meanwhile
refusal-conflict-advice = Read the current version, then retry with it.
refusal-too-large = This is too large
refusal-too-large-advice = Send less.
refusal-too-many = Too many requests in a short time
refusal-too-many-advice = Wait for the Retry-After delay, then retry.
refusal-down = A service does not answer
refusal-down-advice = Nothing was half saved. Retry in a few seconds.
refusal-bug = Something broke on our side
refusal-bug-advice = Give this request number to an administrator.

# The API.

api-title = The API of Vigie
api-explained = The same lists and deeds as the pages, decided by the same rule. The OpenAPI document says everything:
api-method = Method
api-address = Address
api-what = What it does

fault-filter = This filter does not know this value.
fault-limit = limit goes from 1 to 200.
fault-cursor = This cursor is none: take the value of next.
fault-base64 = The content of a file must be base 64.

# Administration.

right-manage-properties = change the properties of this department
right-manage-categories = manage the categories of this department
right-manage-managers = manage the members of this department
right-own = own the account
right-above-rank = a rank as high as this person’s
fault-department-taken = A department has this name already. Choose another one.
fault-category-elsewhere = This category is not of this department. Choose another one.
fault-category-loop = A category cannot stand under itself.
fault-category-inactive = This category takes no more tickets. Choose another one.
fault-category-is-default = It is the department’s default category: choose another one first.
fault-level = The level is none, view or edit.
fault-privilege = This privilege does not exist.
fault-privilege-above = Nobody gives or takes a privilege they do not have themselves.
fault-not-agent = “{ $detail }” is no agent. Give them a role under People first.
fault-person-disabled = The account of “{ $detail }” is disabled.
fault-already-member = “{ $detail }” is a member of this department already.
fault-holds-tickets = { $count ->
    [one] { $count } open ticket is in their charge. Release it or give it to somebody else first.
   *[other] { $count } open tickets are in their charge. Release them or give them to somebody else first.
}
fault-role = This role does not exist.
fault-scope = This scope does not exist.
fault-role-above = Nobody gives a rank above their own.
fault-last-owner = This is the last account owner. Name another one first.
fault-disable-self = Nobody disables their own account.
fault-cannot-sign-in = This person cannot sign in: give them a role or access to the portal.
