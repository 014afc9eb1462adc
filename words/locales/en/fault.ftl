# Sentences at fields.

fault-missing = This field is required.
fault-too-long = This is too long: at most { $count } characters.
fault-too-many-files = Too many files: at most { $count } at once.
fault-file-too-large = The file “{ $detail }” is too large: at most 25 MB.
fault-audience = Choose who will read this message: the requester, or agents only.
fault-category-missing = Choose a category.
fault-category-unknown = This category does not exist or no longer exists. Choose another one.
fault-person-unknown = Nobody is known as “{ $detail }”. Check the address or the login.
fault-ticket-unknown = There is no ticket “{ $detail }” that you can see. Check the number.
fault-ticket-itself = It is this ticket. Give the number of another one.
fault-relation = The relation is relates_to, duplicate_of, duplicated_by, follow_up_of or followed_by.
fault-too-many-tags = Too many tags: at most { $count } on a ticket.
fault-priority = The priority goes from 1 (very low) to 5 (urgent).
fault-day = Write the day like 2026-11-27.
fault-minutes = Between 1 and { $count } minutes.
fault-task-assignee = { $detail } cannot read the tasks of this ticket. Choose somebody who works on it.
fault-task-elsewhere = This task is not one of this ticket. Choose another one.
fault-too-many-tasks = A ticket holds at most { $count } tasks.
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
fault-filter = This filter does not know this value.
fault-limit = limit goes from 1 to 200.
fault-cursor = This cursor is none: take the value of next.
fault-base64 = The content of a file must be base 64.
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
